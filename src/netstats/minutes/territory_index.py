"""What a name of a territory means in the regions of a network: one territory, several, a council of communes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from rapidfuzz import fuzz, process

from netstats.choices import INTERCOMMUNALITY_KINDS, OWN_KINDS, TERRITORY_KINDS
from netstats.intake.snapshot import Snapshot
from netstats.minutes.drafts import DOUBTFUL, LIKELY, SURE, Step
from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Candidate, Match
from netstats.reference.names import core_of

_LEAST_LIKENESS = 90.0
_SHORTEST_RESEMBLING, _SHORTEST_PART, _SHORTEST_ACRONYM = 6, 6, 3  # characters
_DOMINANT = 20  # times more inhabitants than any homonym: who writes Valence means that one
_KNOWN_TOWN = 20_000
_MOST_CHOICES = 12
_REMEMBERED = 10_000  # names of texts
_SHORTEST_BEGINNING, _MOST_TRIED = 5, 60  # characters of « Vitry », names that begin so


class Meaning(NamedTuple):
    """What a name means: one territory; or, in doubt, the codes of those that may be meant, best first.

    `communes`: INSEE codes of the communes of a council that nobody knows yet.
    """

    territory: Candidate | None = None
    step: Step = DOUBTFUL
    choices: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()


class TerritoryIndex:
    """The names of territories, and what they mean; made once for what the database holds.

    `first_words` are those that a name may begin with.
    """

    def __init__(self, known: Snapshot) -> None:
        self._gazetteer = known.gazetteer
        self._names: dict[str, bool] = {}  # spelling -> whether it is that of a commune
        self._others: set[str] = set()  # full names of what is no commune
        for name, code in self._gazetteer.spellings():
            is_commune = len(code) == 5
            self._names[name] = self._names.get(name, False) or is_commune
            if not is_commune:
                candidate = self._gazetteer.candidate(code)
                plain = re.sub(r"\s*\(.*?\)", "", candidate.name) if candidate else name
                self._others |= {name, bare(name), normalize(plain), core_of(plain), bare(core_of(plain))}
        self._names |= dict.fromkeys(self._others - self._names.keys(), False)
        self._sorted = sorted(self._names)
        self.first_words = {word for name in self._names for word in (name.split(" ")[0], bare(name).split(" ")[0])}
        self._of_length: dict[int, list[str]] = defaultdict(list)
        for name in self._names:
            self._of_length[len(name)].append(name)
        # A text says the same few names again and again, and each reader asks what they mean.
        self.meaning = lru_cache(_REMEMBERED)(self._meaning)
        self.guess = lru_cache(_REMEMBERED)(self._guess)
        self.is_department = lru_cache(_REMEMBERED)(self._names_a_department)

    def __contains__(self, name: str) -> bool:
        """Return whether a normalised name is that of a territory."""
        return name in self._names

    def is_complete(self, name: str) -> bool:
        """Return whether a normalised name says all: that of a commune, or one with the words that tell its kind."""
        return name in self._others or self._names.get(name, False)

    # --- what a name means

    def _meaning(self, name: str, kinds: tuple[str, ...], regions: tuple[str, ...]) -> Meaning:
        """Return what a name means, written without the words that tell its kind (`kinds`: what those tell).

        The INSEE codes of the regions of the network settle homonyms.
        """
        if kinds and kinds[0] in OWN_KINDS:
            return self.council(kinds[0], name, regions)
        match = self._match(name, kinds, regions)
        if not kinds and match.candidates and self._is_department(name, match.candidates[0]):
            return Meaning()  # « venus de la Loire » names nobody
        territory = match.territory
        if territory is not None and territory.kind == "department" and kinds != ("department",):
            return Meaning()
        if territory is None:
            found: Sequence[Candidate] = match.candidates
            if not kinds or kinds == ("commune",):
                # « Saint-Ouen », in Île-de-France, before those of that very name elsewhere
                found = [*(_inside(found, regions) or self._longer_names(name, regions)), *found]
                found = list({one.code: one for one in found}.values())
            territory = dominant(found, regions)
            if territory is None:
                return Meaning(choices=tuple(one.code for one in found[:_MOST_CHOICES]))
            return Meaning(territory, LIKELY)
        in_part = bool(kinds) and kinds[0] in INTERCOMMUNALITY_KINDS and territory.how == "part"
        return Meaning(territory, LIKELY if in_part else SURE)

    def _match(self, name: str, kinds: tuple[str, ...], regions: Collection[str]) -> Match:
        if kinds == INTERCOMMUNALITY_KINDS:
            return self._group(name, regions)
        if kinds and kinds != ("commune",):
            return self._gazetteer.match(f"{TERRITORY_KINDS[kinds[0]].short_noun} {name}", regions=regions)
        match = self._gazetteer.match(name, regions=regions, kind="commune" if kinds else None)
        if match.candidates:
            return match
        # « les villes de … et Lens-Liévin », « le Grand Saint-Dizier »
        return self._gazetteer.match(name, regions=regions) if kinds else self._group(name, regions)

    def _group(self, name: str, regions: Collection[str]) -> Match:
        return self._gazetteer.match(f"communauté {name}", regions=regions)

    def _is_department(self, name: str, candidate: Candidate) -> bool:
        """Return whether a name alone is that of a department, or of its river, rather than of a small commune."""
        if candidate.kind == "department":
            return True
        is_small = candidate.kind == "commune" and candidate.population < _KNOWN_TOWN
        return is_small and self.is_department(name)

    def _names_a_department(self, text: str) -> bool:
        """Return whether a text is the name or the code of a department."""
        return bool(self._gazetteer.match(text, kind="department").candidates)

    def in_department(self, name: str, note: str, kinds: tuple[str, ...], regions: Collection[str]) -> Candidate | None:
        """Return the territory of this name in the department that a note tells: « Genay (69) »."""
        kind = "commune" if kinds == ("commune",) else None
        return self._gazetteer.match(f"{name} ({note})", regions=regions, kind=kind).territory

    def council(self, kind: str, name: str, regions: Collection[str]) -> Meaning:
        """Return the council (CISPD, CLSPD) of this name: one of the database, or the communes that make it."""
        match = self._gazetteer.match(f"{kind} {name}", regions=regions)
        if match.territory is not None:
            return Meaning(match.territory, SURE)
        members = _neighbours([self._member(member, regions) for member in match.communes], regions)
        if members and all(members):
            return Meaning(None, LIKELY, communes=tuple(member.code for member in members if member))
        group = self._group(name, regions).territory
        if group is not None:  # « CISPD du Douaisis »
            return Meaning(None, LIKELY, communes=self._gazetteer.communes(group.code))
        return Meaning()

    def _member(self, match: Match, regions: Collection[str]) -> Sequence[Candidate]:
        return _inside(match.candidates, regions) or self._longer_names(match.text, regions) or match.candidates

    def _longer_names(self, text: str, regions: Collection[str]) -> Sequence[Candidate]:
        """Return the communes of the regions whose names begin so: « Grigny » for « Grigny-sur-Rhône »."""
        begin = f"{normalize(text)} "
        if not regions or len(begin) <= _SHORTEST_BEGINNING:
            return []
        start, end = bisect_left(self._sorted, begin), bisect_left(self._sorted, f"{begin}\uffff")
        found = [name for name in self._sorted[start:end] if self._names[name]]
        resolved = (
            self._gazetteer.match(name, regions=regions, kind="commune").territory for name in found[:_MOST_TRIED]
        )
        inside = {one.code: one for one in resolved if one is not None and _inside([one], regions)}
        return sorted(inside.values(), key=lambda one: -one.population)

    # --- what is no name that we know

    def _guess(self, name: str, regions: tuple[str, ...]) -> Meaning:
        """Return what an unknown name may mean in the regions: by a part of a long name, or by likeness."""
        if not regions:
            return Meaning()
        group = self._group(name, regions).territory
        is_acronym = name.isupper() and len(name) >= _SHORTEST_ACRONYM and group is not None and group.how != "part"
        if group is not None and (len(name) >= _SHORTEST_PART or is_acronym) and not self.is_department(name):
            return Meaning(group, LIKELY)  # « Agglopolys »
        longer = () if self.is_department(name) else self._longer_names(name, regions)  # « Vitry »
        choices = tuple(one.code for one in longer) or self._resembling(normalize(name), regions)
        only = self._gazetteer.candidate(choices[0]) if len(choices) == 1 else None
        return Meaning(only, DOUBTFUL, () if only else choices)

    def _resembling(self, name: str, regions: Collection[str]) -> tuple[str, ...]:
        if len(name) < _SHORTEST_RESEMBLING:
            return ()
        # Two texts are never as alike when one is much longer.
        shortest = ceil(len(name) * _LEAST_LIKENESS / (200 - _LEAST_LIKENESS))
        longest = int(len(name) * (200 - _LEAST_LIKENESS) / _LEAST_LIKENESS)
        names = [one for length in range(shortest, longest + 1) for one in self._of_length.get(length, ())]
        found = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS, limit=8)
        candidates = [
            one for spelling, _, _ in found for one in self._gazetteer.match(spelling, regions=regions).candidates
        ]
        return tuple(dict.fromkeys(one.code for one in _inside(candidates, regions) if one.kind != "department"))


def bare(name: str) -> str:
    """Return a normalised name without its article: « CU du Grand Poitiers » is « Grand Poitiers »."""
    return re.sub(r"^(?:le|la|les|l) (?=\w{3})", "", name)


def dominant(candidates: Sequence[Candidate], regions: Collection[str]) -> Candidate | None:
    """Return the one of several homonyms that everybody means; None when there is none."""
    here = _inside(candidates, regions)
    ranked = sorted(here, key=lambda one: -one.population)
    if not ranked or ranked[0].population < _KNOWN_TOWN or ranked[0].how == "part":
        return None
    if len(ranked) > 1 and ranked[1].population * _DOMINANT > ranked[0].population:
        return None
    return ranked[0]


def _inside(candidates: Sequence[Candidate], regions: Collection[str]) -> Sequence[Candidate]:
    return [one for one in candidates if not regions or not set(one.region_codes).isdisjoint(regions)]


def _neighbours(members: Sequence[Sequence[Candidate]], regions: Collection[str]) -> list[Candidate | None]:
    """Return the communes of a council: of homonyms, the one in the department where the others are."""
    alone = [found[0] if len(found) == 1 else dominant(found, regions) for found in members]
    departments = {one.department_codes[0] for one in alone if one}
    resolved = []
    for one, found in zip(alone, members, strict=True):
        near = [other for other in found if other.department_codes[0] in departments]
        resolved.append(one or (near[0] if len(near) == 1 else None))
    return resolved
