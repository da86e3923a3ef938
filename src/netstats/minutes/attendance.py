"""Who was there: the lists of those present, and the names in them that are none (host, excused, elected, abroad…)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from netstats.intake.persons import looks_like_a_name
from netstats.minutes.attendance_lists import JOINING, AttendanceLists, Zone
from netstats.minutes.cues import LONGEST_CUE
from netstats.minutes.drafts import DOUBTFUL, LIKELY, SetAside, Span, TerritoryMention
from netstats.minutes.name_bounds import LINKS
from netstats.minutes.places import SMALLEST_SUBJECT, Named
from netstats.minutes.prose import Sentence
from netstats.reference.fold import normalize
from netstats.reference.words import word_set

# role of what stands beside a name -> why it is no attendance
_WHY = {
    "excused": "excusé ou absent",
    "host": "accueille la réunion, n’est pas dans la liste des présents",
    "member": "nouvel adhérent, pas un présent",
    "elected": "ville d’un élu",
    "partner": "nom d’un partenaire",
    "foreign": "à l’étranger",
    "next": "réunion à venir",
    "cancelled": "réunion annulée",
    "earlier": "autre réunion",
    "comparison": "citée en exemple",
    "neither": "excusé ou absent",
    "except": "excusé ou absent",
    "person": "nom de personne",
    "word": "mot de la phrase",
}
_TITLES = word_set("m mm mr mme mmes monsieur madame mesdames messieurs")
_LEADING = {
    "elected": 7,
    "partner": 4,
    "comparison": 2,
    "neither": 2,
}  # words between « maire de » and the name that it leads to
_BESIDE = ("excused", "member", "next", "cancelled", "earlier", "host")
_OUTWEIGH_WEAK = frozenset({"member", "next", "cancelled", "excused"})

_CLAUSE = re.compile(r"[;.]|\s[–—]\s|,\s(?:tandis|alors|mais|quant|en revanche)")
_SEPARATES = re.compile(r"[,;:|()\t\n]")
# « Valence, jeudi 16 mars 2023 – Ils étaient douze … »
_DATELINE = re.compile(
    r"[\s\u00a0]*[,.]?[\s\u00a0]*(?:[—–-]\s|(?:le[\s\u00a0]+)?(?:(?:lun|mar|mercr|jeu|vendr|sam)[a-z]*di\b|\d))"
)
_EXCUSED_NOTE = re.compile(r"[\s\u00a0]*\((?:excus|absent)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class AttendanceReader(AttendanceLists):
    """Tells who was there from a part of a text.

    `is_held`: whether nothing says that the meeting is to come or was cancelled; names in a row may then be those
    present.
    """

    is_held: bool

    def read(self, regions: tuple[str, ...]) -> tuple[tuple[TerritoryMention, ...], tuple[SetAside, ...]]:
        """Return who was there, and the names beside them that are no attendance.

        `regions` are the INSEE codes of the regions of the network: they settle homonyms.
        """
        present: list[TerritoryMention] = []
        aside: list[SetAside] = []
        for zones in (self.zones, self.enumerations):
            for zone in zones():
                found = list(self.places.on(self.prose, regions).listed(zone.first, zone.last))
                where = self._rows_of_places(zone, found)
                if zone.is_weak and not self.is_a_row(found):
                    continue
                is_denied = bool(found) and not zone.is_list and self.section.is_denied(zone.sentence)
                alone = sum(one.is_known for one in found) == 1
                for place, named in enumerate(found):
                    why = "host" if place in where else self._why_not(zone, named, alone=alone)
                    asked = self._is_worth_asking(zone, named, found[max(0, place - 1) : place + 2])
                    if why and (named.is_known or named.is_foreign or asked):
                        aside.append(SetAside("territory", named.mention.evidence[0], _WHY[why]))
                    elif not why and (named.is_known or asked):
                        present.append(replace(named.mention, step=DOUBTFUL) if is_denied else named.mention)
            if present or not self.is_held:
                break
        return _distinct(present or self._convened(regions)), tuple(aside)

    def _convened(self, regions: tuple[str, ...]) -> list[TerritoryMention]:
        """Return the councils whose meeting it is: « le CLSPD d’Alençon s’est réuni »."""
        names = self.places.on(self.prose, regions)
        return [
            replace(named.mention, step=min(named.mention.step, LIKELY))
            for sentence in self.section.own
            if self.section.is_dated(sentence) or self.cues.has(("held",), sentence)
            for named in names.councils(sentence.first, sentence.last)
        ]

    # --- the names

    def _why_not(self, zone: Zone, named: Named, *, alone: bool) -> str:
        """Return the role (of `_WHY`) that keeps a name from being an attendance; empty when it is one."""
        if named.is_foreign:
            return "foreign"
        if self._is_a_person(named):
            return "person"
        begins = named.first == zone.sentence.first and not zone.is_list and not named.mention.choices
        if begins and named.is_known and named.population < SMALLEST_SUBJECT:
            return "word"  # « Son rôle était … »
        noted = _EXCUSED_NOTE.match(self.prose.text, self.prose.tokens[named.last - 1].end)
        in_a_row = zone.is_list and alone and self.cues.has(("excused",), zone.sentence)  # of a table
        if zone.is_excused or noted or in_a_row:
            return "excused"
        after = self.prose.tokens[named.last - 1].end
        if named.first == zone.sentence.first and not zone.is_list and _DATELINE.match(self.prose.text, after):
            return "host"
        if not zone.is_list and named.first > zone.first and self.prose.tokens[named.first - 1].norm == "a":
            return "" if self._is_from_to(named) else "host"
        if self._is_excepted(zone, named):
            return "except"
        leading = (role for role, most in _LEADING.items() if self._leads_to(role, most, zone.sentence, named))
        return next(leading, "") or self._role_beside(zone, named)

    def _rows_of_places(self, zone: Zone, found: Sequence[Named]) -> set[int]:
        """Return the ranks of the names that say where something is: « des ateliers à Reims, Tarbes et Vannes »."""
        words, ranks = self.prose.tokens, set[int]()
        for rank, named in enumerate(found) if zone.is_weak else ():
            before = words[named.first - 1].norm if named.first > zone.first else ""
            joined = rank and all(word.norm in JOINING for word in words[found[rank - 1].last : named.first])
            if (before in {"a", "au"} and not self._is_from_to(named)) or (rank - 1 in ranks and joined):
                ranks.add(rank)
        return ranks

    def _is_a_person(self, named: Named) -> bool:
        """Return whether a name is part of a person's: « Rémy Antoine Corvin », « M. Auray »."""
        words, last = self.prose.tokens, named.last
        while last < len(words) and last < named.last + 2 and words[last].is_capital and self.prose.gap(last) == " ":
            last += 1
        titled = named.first > 0 and words[named.first - 1].norm in _TITLES
        whole = self.prose.text[words[named.first].start : words[last - 1].end]
        return titled or (last > named.last and looks_like_a_name(whole))

    def _role_beside(self, zone: Zone, named: Named) -> str:
        """Return the role of the words nearest to a name, when they weigh more than those that say « présent »."""
        sentence = zone.sentence
        present = min(self._distance(role, sentence, named) for role in ("present", "gathered"))
        if zone.is_list and zone.first > sentence.first:
            present = min(present, 6)  # the label
        for role in _BESIDE:
            away = self._distance(role, sentence, named)
            nearer = away < present or (away < _FAR and zone.is_weak and role in _OUTWEIGH_WEAK)
            if role == "host":
                nearer = (nearer or away <= 1) and self._is_host(sentence, named)
            if nearer:
                return role
        return ""

    def _is_from_to(self, named: Named) -> bool:
        """Return whether a name ends « de Pantin à Sarcelles », which says from where to where people came."""
        words = self.prose.tokens
        place = named.first - 2
        while place > 0 and words[place].norm not in {"de", "d"} and "," not in self.prose.gap(place + 1):
            place -= 1
        between = words[place + 1 : named.first - 1]
        is_a_name = all(word.is_capital or word.norm in LINKS for word in between)  # no « de Lens se sont réunies à »
        return bool(between) and words[place].norm in {"de", "d"} and between[0].is_capital and is_a_name

    def _is_excepted(self, zone: Zone, named: Named) -> bool:
        """Return whether a name follows « sauf »: up to the end of the clause, or to the words that say « présent »."""
        excepted = max((cue.last for cue in self.cues.inside(("except",), zone.first, named.first)), default=None)
        if excepted is None:
            return False
        between = self.prose.text[self.prose.tokens[excepted - 1].end : self.prose.tokens[named.first].start]
        present = self.cues.inside(("present", "gathered"), excepted, named.first)
        return not (_CLAUSE.search(between) or ":" in between or any(True for _ in present))

    def _leads_to(self, role: str, most: int, sentence: Sentence, named: Named) -> bool:
        """Return whether a cue leads to a name, some words before it: « maire de Gagny », « parquet de Lille »."""
        for cue in self.cues.inside((role,), max(sentence.first, named.first - most - LONGEST_CUE), named.first + 1):
            if cue.first >= named.first or named.first - cue.last > most:  # « Le Port » is a town
                continue
            between = self.prose.text[self.prose.tokens[cue.last - 1].end : self.prose.tokens[named.first].start]
            words = {word.norm for word in self.prose.tokens[cue.last : named.first]}
            if not re.search(r"[,;:()]", between) and not words & {"et", "ainsi"}:
                return True
        return False

    def _distance(self, role: str, sentence: Sentence, named: Named) -> int:
        """Return how many words part a name from the nearest such cue of its clause."""
        nearest = _FAR
        tokens = self.prose.tokens
        first, last = (
            max(sentence.first, named.first - _LONGEST_CLAUSE),
            min(sentence.last, named.last + _LONGEST_CLAUSE),
        )
        for cue in self.cues.inside((role,), first, last):
            left, right = sorted(((cue.first, cue.last), (named.first, named.last)))
            between = self.prose.text[tokens[left[1] - 1].end : tokens[right[0]].start] if left[1] <= right[0] else ""
            noted = role == "excused" and re.search("[()]", between)  # « Douai (excusé), Arras »
            if not noted and not _CLAUSE.search(between):
                nearest = min(nearest, max(0, right[0] - left[1]))
        return nearest

    def _is_host(self, sentence: Sentence, named: Named) -> bool:
        """Return whether a town receives the meeting: « accueillie par la ville de Lille », « à Nancy »."""
        before = self.prose.tokens[named.first - 1].norm if named.first > sentence.first else ""
        return before in {"a", "au"} or any(
            cue.last <= named.first <= cue.last + 2
            # « Lens et Calais se sont réunies à Lille »
            or (named.last <= cue.first <= named.last + 2 and self.prose.tokens[cue.last - 1].norm not in {"a", "au"})
            for cue in self.cues.inside(
                ("host",),
                max(sentence.first, named.first - 2 - LONGEST_CUE),
                min(sentence.last, named.last + 2 + LONGEST_CUE),
            )
        )

    def _is_worth_asking(self, zone: Zone, named: Named, row: Sequence[Named]) -> bool:
        """Return whether an unknown name of a list is worth a question: no partner, no acronym, no common word.

        `row` is the name and those before and after it: « les villes de Lille et de Trifouilly » is a list too.
        """
        text = named.mention.written
        in_a_row = zone.is_list or any(one.is_known for one in row)
        if not in_a_row or len(text) < 3 or (text.isupper() and len(text) <= 5):
            return False
        if any(True for _ in self.cues.inside(_NO_TERRITORY, named.first, named.last)):
            return False
        if normalize(text) in self.places.foreign or self.places.index.is_department(text):
            return False  # « Turin, Italie », « (Calvados) »
        words, gap = self.prose.tokens, self.prose.gap
        before = words[named.first - 1].norm if named.first > zone.first else ""
        after = words[named.last].norm if named.last < zone.last else ""
        starts = named.first == zone.first or before in JOINING or _SEPARATES.search(gap(named.first)) is not None
        ends = not after or after in {"et", "ainsi"} or _SEPARATES.search(gap(named.last)) is not None
        is_told = not zone.is_list and before in LINKS  # « de Trifouilly étaient représentées »
        return starts and (ends or is_told)


_FAR = 10_000  # words
_LONGEST_CLAUSE = 300  # words
_NO_TERRITORY = ("partner", "domain", "present", "excused")


def _distinct(mentions: Iterable[TerritoryMention]) -> tuple[TerritoryMention, ...]:
    """Return each territory once, with all the words that name it."""
    alike: dict[object, list[TerritoryMention]] = defaultdict(list)
    for one in mentions:
        alike[one.code or one.communes or one.choices or one.written].append(one)
    return tuple(_merged(*same) if len(same) > 1 else same[0] for same in alike.values())


def _merged(first: TerritoryMention, *others: TerritoryMention) -> TerritoryMention:
    """Return one mention for several of a territory; who is named twice is likely to be meant."""
    told = (first, *others)
    return replace(
        first,
        evidence=tuple(dict.fromkeys(span for one in told for span in one.evidence)),
        step=max(LIKELY if first.code else DOUBTFUL, *(one.step for one in told)),
    )


def evidence_of(mentions: Iterable[TerritoryMention]) -> set[Span]:
    """Return the words that name those who were there."""
    return {span for one in mentions for span in one.evidence}
