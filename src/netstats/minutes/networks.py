"""Which network a part of a text is about: « le réseau Hauts-de-France », « les coordonnateurs franciliens »."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from netstats.intake.snapshot import Snapshot
from netstats.intake.values import slug
from netstats.minutes.cues import Cues
from netstats.minutes.prose import HEADING, Prose, Sentence
from netstats.reference.fold import normalize
from netstats.reference.vocabulary import Lexicon, uncovered
from netstats.reference.words import word_set

NATIONAL = "national"

_NETWORK = frozenset({"reseau", "reseaux"})
_GROUP = word_set(
    "coordonnateurs coordinateurs coordonateurs coordonnatrices coordonnateur directeurs directrices collectivites "
    "territoires membres adherents professionnels villes referents equipes rencontre reunion seance collegues visio "
    "visioconference webconference"
)
# « réseau régional des coordonnateurs d’Île-de-France », not « réseau des médiathèques de Bretagne »
_OF_A_NETWORK = _GROUP | word_set(
    "de d du des la le l les en et au a regional regionaux territorial territoriaux ffsu forum francais pour securite "
    "urbaine prevention tranquillite publique delinquance service services clspd cispd ville"
)
_NOT_A_NETWORK = word_set(
    "region prefecture prefet rectorat academie universite conseil comme chez agence police gendarmerie observatoire"
)
_BEFORE = 10  # words between « réseau » and its region
_LONGEST = 12  # words of the name of a region
_NATIONAL_WEIGHT = 2.0
_PASSING = 0.2
_COMPLEMENTS = word_set("de d du des la le l les")
_OF_POLICE = re.compile(r"\b(?:démantel|interpell|trafiquant|malfaiteur|mis en examen)", re.IGNORECASE)
_NAMED = 3.0  # weight of a region that a network has: « réseau Occitanie »
_APART = 4  # words between the two regions of one network


_OURS = re.compile(
    r"\bFFSU\b|\b[Aa]ssises[\s\u00a0]+de[\s\u00a0]+la[\s\u00a0]+sécurité[\s\u00a0]+des[\s\u00a0]+territoires\b|\b[Ff]orum[\s\u00a0]+[Ff]rançais\b|\bFORUM[\s\u00a0]+FRANÇAIS\b"
)


class About(NamedTuple):
    """A network that the text names: its code (the one it would get when it is new), the INSEE codes of its regions.

    `weight`, from 0 to 4: whether the text is about it, or names its region in passing. `is_named`: as a network.
    """

    code: str
    regions: tuple[str, ...]
    first: int
    last: int
    weight: float
    is_named: bool = False


class Networks:
    """Finds the networks that a text names; made once for what the database holds."""

    def __init__(self, known: Snapshot, regions: Lexicon) -> None:
        self._lexicon = regions
        self._names = dict(known.regions)
        frame = known.rows["network_region"]
        self._regions: dict[str, set[str]] = {}
        for code, region in zip(frame["network_code"], frame["region_code"], strict=True):
            self._regions.setdefault(code, set()).add(region)
        self.known = known.networks

    def of_region(self, region: str) -> About:
        """Return the network of a region, which the text does not name."""
        return About(*self._network((region,)), 0, 0, 0.0)

    def name_of(self, regions: Iterable[str]) -> str:
        """Return the name that a network of these regions would get."""
        return " – ".join(self._names.get(region, region) for region in regions)

    def find(self, prose: Prose, cues: Cues, sentence: Sentence) -> Iterator[About]:
        """Yield the networks that a sentence names, in their order."""
        groups: list[list[tuple[str, int, int]]] = []
        for code, first, last, _ in uncovered(prose.find(self._lexicon, sentence.first, sentence.last)):
            if code != NATIONAL and not self._is_a_region(prose, first, last):
                continue
            if groups and first - groups[-1][-1][2] <= _APART and self._joined([*groups[-1], (code, first, last)]):
                groups[-1].append((code, first, last))
            else:
                groups.append([(code, first, last)])
        # What the police called a network.
        is_police = bool(groups) and _OF_POLICE.search(prose.text, sentence.start, sentence.end) is not None
        for group in groups:
            regions = tuple(dict.fromkeys(code for code, _, _ in group))
            first, last = group[0][1], group[-1][2]
            code, covered = self._network(regions)
            if code == NATIONAL:  # « rencontre nationale », « réseau national »: of whom, the text tells elsewhere
                weight, is_named = _NATIONAL_WEIGHT, False
            else:
                is_others = is_police or _is_of_others(prose, sentence, last)
                is_named = not is_others and self._is_of_a_network(prose, sentence, first)
                weight = self._weight(prose, cues, sentence, first, is_named=is_named)
            yield About(code, covered, first, last, weight, is_named and weight > _PASSING)

    def _is_a_region(self, prose: Prose, first: int, last: int) -> bool:
        """Return whether words are written as a region: « Centre-Val de Loire », not « la réunion »."""
        words = prose.tokens[first:last]
        text = prose.text[words[0].start : words[-1].end]
        if text.isupper() and len(text) <= 4:
            return True
        if words[-1].norm == "reunion":  # « la réunion », « COMPTE RENDU DE LA RÉUNION » are none
            after = prose.tokens[last].norm if last < len(prose.tokens) else ""
            return words[-1].is_capital and not text.isupper() and after not in {"du", "de", "d", "le"}
        is_adjective = len(words) == 1 and words[0].norm.endswith(
            ("ns", "n", "nne", "nnes", "is", "ise", "ises", "nd", "nds", "nde", "ndes", "ains", "aines", "aine", "in")
        )
        return words[-1].is_capital or words[0].is_capital or (is_adjective and words[0].norm != "bretagne")

    def _joined(self, group: list[tuple[str, int, int]]) -> bool:
        wanted = {code for code, _, _ in group}
        return any(wanted <= regions for regions in self._regions.values())

    def _network(self, regions: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        if regions == (NATIONAL,):
            return NATIONAL, ()
        for code, covered in self._regions.items():
            if set(regions) <= covered:
                return code, tuple(sorted(covered))
        return slug(self._names.get(regions[0], regions[0])), regions

    def _weight(self, prose: Prose, cues: Cues, sentence: Sentence, first: int, *, is_named: bool) -> float:
        words = prose.tokens
        if prose.gap(first).endswith("("):  # « Saint-Denis (La Réunion) »
            return _PASSING
        if cues.distance(("comparison",), sentence, first, first + 1, before=3) is not None:
            return _PASSING
        near = [words[place].norm for place in range(max(sentence.first, first - 3), first)]
        if any(norm in _NOT_A_NETWORK for norm in near):
            return _PASSING
        before = [words[place].norm for place in range(max(sentence.first, first - _BEFORE), first)]
        if is_named:
            weight = _NAMED
        elif any(norm in _GROUP for norm in before):
            weight = 2.0
        else:
            weight = 0.5
        if prose.blocks[sentence.block].kind == HEADING:
            return weight + 1.0
        # « En Occitanie, la réunion du 28 juin … »
        opens = first - sentence.first <= 2 and cues.has(("meets", "held", "present"), sentence)
        return max(weight, 2.0) if opens else weight

    def _is_of_a_network(self, prose: Prose, sentence: Sentence, first: int) -> bool:
        """Return whether the words before a region are those of one of our networks: « réseau Occitanie »."""
        before = [word.norm for word in prose.tokens[max(sentence.first, first - _BEFORE) : first]]
        place = next((place for place in range(len(before) - 1, -1, -1) if before[place] in _NETWORK), None)
        if place is None:
            return first == sentence.first and _is_headed_network(prose, sentence)
        start = first - len(before) + place + 1
        if "«" in prose.gap(start - 1) or "“" in prose.gap(start - 1):
            return False  # what the police called the « réseau Île-de-France »
        named = {
            word
            for hit in prose.find(self._lexicon, start, min(first + _LONGEST, sentence.last))
            for word in range(hit.first, hit.last)
        }
        return all(prose.tokens[word].norm in _OF_A_NETWORK or word in named for word in range(start, first))


def _is_of_others(prose: Prose, sentence: Sentence, last: int) -> bool:
    """Return whether a network is another body's: « réseau Bretagne Santé », « … Occitanie des missions locales »."""
    words, place = prose.tokens, last
    while place < sentence.last and words[place].norm in _COMPLEMENTS and prose.gap(place).strip() in {"", "’", "'"}:
        place += 1
    if place >= sentence.last or prose.gap(place).strip(" \u00a0’'"):
        return False
    word = words[place]
    if place == last:
        return word.is_capital and word.norm not in _OF_A_NETWORK
    return not word.norm[:1].isdigit() and word.norm not in _OF_A_NETWORK


def _is_headed_network(prose: Prose, sentence: Sentence) -> bool:
    """Return whether a line is what « Réseau », alone on the line above, says: a row of a sheet."""
    above = prose.blocks[sentence.block - 1] if sentence.block else None
    return above is not None and normalize(prose.text[above.start : above.end]).strip(" :") in _NETWORK


def names_us(prose: Prose, sentence: Sentence | None = None) -> bool:
    """Return whether a sentence names the FFSU; without one, whether the text does."""
    start, end = sentence.span if sentence else (0, len(prose.text))
    return _OURS.search(prose.text, start, end) is not None


def best(found: Collection[About]) -> About | None:
    """Return the network that a part of a text is about: the one that weighs most, the first of equals."""
    return max(found, key=lambda about: (about.weight, -about.first), default=None)
