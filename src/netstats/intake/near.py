"""The valid values that a refused one resembles: shown to the person, never taken in their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from rapidfuzz import fuzz, process

from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Candidate, Gazetteer
from netstats.reference.names import bare, core_of

_LEAST = 72.0
"""Likeness, out of 100, below which a name is not worth showing: « Beauvai » and « Beauvais » reach 93."""

_BEGUN = 100.0
"""Likeness of a name that begins with all the words that are written: « Le Touquet » and Le Touquet-Paris-Plage."""

_SHORTEST_BEGUN = 4

_INITIALS = re.compile(r"(?:[Ll]a |[Ll]['’])?([A-Z](?:\.?[A-Z]){2,6})\.?(?:\s*\([^()]*\))?")

_INITIALLED = 130.0
"""Likeness of an intercommunality to its initials: « MEL » resembles « Muel » too, less."""

_LEAST_PART = 85.0

_IN_REGION = 8.0
"""What a territory of the network's regions gains: the likeness that one letter of a short name costs."""


def near(text: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names that most resemble a text, the nearest first; none when nothing does."""
    choices = {name: normalize(name) for name in names}
    written = normalize(text)
    found = process.extract(written, choices, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=limit)
    # Nothing like the whole: perhaps a part of a name, « trafic » for « Trafic de stupéfiants ».
    found = found or process.extract(written, choices, scorer=fuzz.WRatio, score_cutoff=_LEAST_PART, limit=limit)
    return tuple(name for _, _, name in found)


def place_label(candidate: Candidate) -> str:
    """Return a territory as it is told from its homonyms: « Beauvais (60) », « Nord (département) »."""
    if candidate.kind == "department":
        return f"{candidate.name} (département)"
    departments = ", ".join(candidate.department_codes)
    return f"{candidate.name} ({departments})"


class Places:
    """The territories whose names resemble a text. Made once for a gazetteer: it compares 39,000 names at each call."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        spellings = list(gazetteer.spellings())
        self._names = [name for name, _ in spellings]
        self._codes = [code for _, code in spellings]
        self._bared = sorted((bare(name), code) for name, code in spellings)

    def _begun_by(self, written: str) -> Iterator[str]:
        """Yield the codes of the territories whose name begins with these words and goes on."""
        begun = f"{written} "
        for bared, code in islice(self._bared, bisect_left(self._bared, (begun, "")), None):
            if len(written) < _SHORTEST_BEGUN or not bared.startswith(begun):
                return
            yield code

    def near(self, text: str, regions: Collection[str] = (), limit: int = 3) -> tuple[Candidate, ...]:
        """Return the territories that most resemble a text, those of the regions first."""
        written = core_of(re.sub(r"\([^()]*\)", " ", text))
        best = dict.fromkeys(self._begun_by(bare(written)), _BEGUN)
        if initials := _INITIALS.fullmatch(text.strip()):
            best |= dict.fromkeys(self._gazetteer.initialled(initials[1].replace(".", "").lower()), _INITIALLED)
        for _, score, index in process.extract(written, self._names, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=30):
            code = self._codes[index]
            best[code] = max(score, best.get(code, 0.0))
        found = self._candidates(best)

        def rank(pair: tuple[float, Candidate]) -> tuple[float, bool, int, str]:
            score, candidate = pair
            inside = not set(candidate.region_codes).isdisjoint(regions)
            # Where nothing tells the kind, a commune is meant first.
            other = candidate.kind != "commune" and written == normalize(text)
            return -(score + _IN_REGION * inside), other, -candidate.population, candidate.code

        return tuple(candidate for _, candidate in sorted(found, key=rank)[:limit])

    def inside(self, text: str, regions: Collection[str], limit: int = 3) -> tuple[Candidate, ...]:
        """Return the territories of the regions that most resemble a text, or hold it."""
        written = core_of(re.sub(r"\([^()]*\)", " ", text))
        best = {
            self._codes[index]: _LEAST_PART for index, name in enumerate(self._names) if f" {written} " in f" {name} "
        }
        for _, score, index in process.extract(
            written, self._names, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=None
        ):
            best[self._codes[index]] = max(score, best.get(self._codes[index], 0.0))
        found = [pair for pair in self._candidates(best) if not set(pair[1].region_codes).isdisjoint(regions)]
        found.sort(key=lambda pair: (-pair[0], -pair[1].population, pair[1].code))
        return tuple(candidate for _, candidate in found[:limit])

    def _candidates(self, scores: Mapping[str, float]) -> list[tuple[float, Candidate]]:
        return [(score, candidate) for code, score in scores.items() if (candidate := self._gazetteer.candidate(code))]
