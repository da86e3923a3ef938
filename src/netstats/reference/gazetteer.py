"""Names of territories as people write them, matched to official codes.

Minutes say « la ville de St-Denis », « l’agglomération du Douaisis » or « le CISPD de Bron-Villeurbanne ».
A `Gazetteer` answers with the territories such a name can mean. It never guesses: a homonym that the regions
of the network do not settle comes back as several candidates, an unknown name as none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import Literal, TypeAlias

from netstats.choices import INTERCOMMUNALITY_KINDS, OWN_KINDS
from netstats.reference.fold import normalize
from netstats.reference.geography import data_directory
from netstats.reference.names import (
    KIND_WORDS,
    PARENTHESIS,
    bare,
    core_of,
    distinctive,
    kind_and_name,
    listed_words,
    readings,
    sounds_intercommunal,
    with_article,
)
from netstats.reference.territories import Own, Sort, Territories, Territory, official_territories

How = Literal["exact", "alias", "part"]
"""`exact`: by its name; `alias`: by a former or short name, or that of a part (Lomme for Lille); `part`: by the words
that tell it from the others (« CA de Nice » for « Métropole Nice Côte d'Azur »)."""

# Territories of one tier are equally likely; those of a later tier are meant only when no earlier one fits.
_Tier: TypeAlias = list[tuple[Territory, How]]

# Too little to tell an intercommunality by: « CA Grand Est » is none.
_DIRECTIONS = frozenset({"nord", "sud", "est", "ouest", "centre"})

_MUCH_LARGER = 10
_UNKNOWN_COST = 10.0  # of a word of no commune's name; a settled name costs 1, a homonym 2
_LONGEST_NAME = 12  # words: « Beaujeu-Saint-Vallier-Pierrejux-et-Quitteur » has 6


@dataclass(frozen=True)
class Candidate:
    """A territory that a name can mean: code, official name and kind as in the database."""

    code: str
    name: str
    kind: str
    department_codes: tuple[str, ...]
    """Where its communes are, the most populous first; so the regions."""
    region_codes: tuple[str, ...]
    population: int
    how: How


@dataclass(frozen=True)
class Match:
    """What a name, as it was written, can mean: candidates best first, only one when settled.

    One candidate outside the given regions is a doubt. `communes` are the members of a council (CISPD, CLSPD) written
    as a list of communes, in the order of the text.
    """

    text: str
    candidates: tuple[Candidate, ...] = ()
    settled: bool = False
    communes: tuple[Match, ...] = ()

    @property
    def territory(self) -> Candidate | None:
        """The one territory meant, None while there is a doubt."""
        return self.candidates[0] if self.settled else None


class Gazetteer:
    """The territories of France and of the networks, by name; made by `Gazetteer.load`."""

    def __init__(self, territories: Territories) -> None:
        self._territories = territories
        self.initialled = territories.initialled

    @classmethod
    def load(cls, directory: Path | None = None, own: Own | None = None) -> Gazetteer:
        """Read `reference/` of a data directory, beside what the database holds; NetstatsError without."""
        official = official_territories((directory or data_directory()) / "reference")
        return cls(official.with_own(own or Own()))

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """Code and name: every other name of a territory."""
        return tuple(self._territories.aliases)

    def candidate(self, code: str) -> Candidate | None:
        """Return the territory of this code, or of this part of it; None when there is none or it covers no commune."""
        known = self._territories
        territory = known.by_code.get(code) or known.by_code.get(known.part_of.get(code, ""))
        if territory is None or not (territory.communes or territory.code in known.region_of):
            return None
        return self._candidate(territory, "exact")

    def communes(self, code: str) -> tuple[str, ...]:
        """Return the INSEE codes of the communes that the territory of this code covers; none when there is none."""
        return self._territories.by_code[code].communes if code in self._territories.by_code else ()

    def spellings(self) -> Iterator[tuple[str, str]]:
        """Yield every official name and alias, without the words that tell the kind and normalised, and its code."""
        known = self._territories.by_code
        names = [(territory.code, territory.name) for territory in known.values()]
        for code, name in (*names, *self._territories.aliases):
            yield normalize(name) if known[code].kind == "commune" else core_of(name), code

    def match(self, text: str, *, regions: Collection[str] = (), kind: str | None = None) -> Match:
        """Return what a name can mean.

        The text is one territory as a person wrote it: « la ville de St-Denis », « CA de Béthune », « Genay (69) ».
        Only candidates in the regions of the network (INSEE codes; none for a national network) are meant; where all
        are outside, they are returned unsettled, even a single one. `kind` is what the source tells beside the name;
        else the words of the text decide. Without such a word a commune is meant first, then a body or an
        intercommunality of just that name, then a department. An intercommunality may have changed kind since:
        « CA de Poitiers » finds the CU.
        """
        text = with_article(text)
        notes = [normalize(note) for note in PARENTHESIS.findall(text)]
        name = normalize(PARENTHESIS.sub(" ", text))
        if self._territories.named("commune", normalize(text)):  # « Château-Chinon (Ville) » is a name
            notes, name = [], normalize(text)
        told, core = kind_and_name(name)
        told = told or next((KIND_WORDS[note] for note in notes if note in KIND_WORDS), ())
        kinds = (kind,) if kind else told
        if set(kinds) & {*OWN_KINDS}:
            return self._match_council(text, core, regions)
        if self._territories.named("commune", name):
            core = name  # « Ville-d’Avray » and « La Ville-aux-Clercs » are names, not « ville de … »
            kinds = kinds if kind or kinds != ("commune",) else ()
        if kinds == ("commune",):
            tiers = self._commune_tiers(core)
        elif kinds == ("department",):
            tiers = [self._named(core, kinds)]
        elif kinds:
            tiers = self._group_tiers(core, kinds)
        elif sounds_intercommunal(name):
            tiers = self._group_tiers(core, INTERCOMMUNALITY_KINDS)
        else:
            telling = distinctive(core)
            tiers = [
                *self._commune_tiers(core),
                self._named(core, (*OWN_KINDS, *INTERCOMMUNALITY_KINDS)),
                self._named(core, ("department",)),
                [(territory, "part") for territory in self._territories.groups.get(telling, ())],
            ]
        answer = self._answer(text, tiers, regions, self._noted_departments(notes))
        return answer if answer.candidates or kinds else self._match_council(text, core, regions)

    def rivals(self, text: str, found: Candidate, regions: Collection[str] = ()) -> tuple[Candidate, ...]:
        """Return what people may mean as well by a name that is just that of a commune, in the regions if any.

        A department (« Creuse »), unless the text tells the kind, and communes ten times as large that were called so,
        or are in short: « Clermont » (474 people) and Clermont-Ferrand.
        """
        if found.kind != "commune" or found.how == "alias":
            return ()
        name = core_of(PARENTHESIS.sub(" ", with_article(text)))
        named, begun_by = self._territories.named, self._territories.begun_by
        larger = (*named("commune alias", name), *named("commune without article", bare(name)), *begun_by(name))
        meant = [one for one in larger if one.population >= _MUCH_LARGER * found.population]
        if name == normalize(text):  # Paris is its department
            meant += [one for one, _ in self._named(name, ("department",)) if one.population > found.population]
        known = {one.code: self._candidate(one, "part") for one in meant}
        return tuple(one for one in known.values() if not regions or not set(one.region_codes).isdisjoint(regions))

    # --- what fits a normalised name

    def _commune_tiers(self, name: str) -> list[_Tier]:
        named = self._territories.named
        written = list(readings(name))
        exact = _first(named("commune", reading) for reading in written)
        bared = bare(written[-1])
        without_article = [*named("commune", bared), *named("commune without article", bared)]
        aliases = _first(named("commune alias", reading) for reading in (*written, *map(bare, written)))
        return [
            [(territory, "exact") for territory in exact],
            [(territory, "exact") for territory in without_article],
            [(territory, "alias") for territory in aliases],
        ]

    def _named(self, name: str, kinds: Collection[str]) -> _Tier:
        """Return the territories of these kinds that bear this name, or else this alias."""
        written = (*readings(name), *map(bare, readings(name)))
        exact = _first(self._of_kinds("other", reading, kinds) for reading in written)
        if exact:
            return [(territory, "exact") for territory in exact]
        aliases = _first(self._of_kinds("other alias", reading, kinds) for reading in written)
        return [(territory, "alias") for territory in aliases]

    def _of_kinds(self, sort: Sort, name: str, kinds: Collection[str]) -> list[Territory]:
        return [territory for territory in self._territories.named(sort, name) if territory.kind in kinds]

    def _group_tiers(self, name: str, kinds: Collection[str]) -> list[_Tier]:
        """Return the intercommunalities of this name: those of these kinds first, then of any kind."""
        words = distinctive(name)
        known = self._territories
        same: _Tier = [(territory, "part") for territory in (known.groups.get(words, ()) if words else ())]
        beyond = known.groups_beyond(words) if words - _DIRECTIONS else ()
        part: _Tier = [(territory, "part") for territory in beyond]
        tiers = [self._named(name, INTERCOMMUNALITY_KINDS), same, part]
        # A curated alias says what a short name means, even where the kind has changed since.
        return [
            [found for found in tier if (found[0].kind in kinds or found[1] == "alias") is fits]
            for fits in (True, False)
            for tier in tiers
        ]

    def _noted_departments(self, notes: Iterable[str]) -> set[str]:
        """Return the departments that « (93) » or « (Seine-Saint-Denis) » name."""
        return {territory.code for note in notes for territory, _ in self._named(note, ("department",))}

    # --- from what fits to an answer

    def _answer(
        self, text: str, tiers: Iterable[_Tier], regions: Collection[str], departments: Collection[str] = ()
    ) -> Match:
        found: dict[str, tuple[int, Candidate]] = {}
        for rank, tier in enumerate(tiers):
            for territory, how in tier:
                if territory.code not in found:
                    found[territory.code] = rank, self._candidate(territory, how)

        def meant(candidate: Candidate) -> bool:
            if departments:  # written beside the name: says more than the network's regions
                return not set(candidate.department_codes).isdisjoint(departments)
            return not regions or not set(candidate.region_codes).isdisjoint(regions)

        ranked = sorted(
            found.values(), key=lambda pair: (not meant(pair[1]), pair[0], -pair[1].population, pair[1].code)
        )
        first = [candidate for rank, candidate in ranked if meant(candidate) and rank == ranked[0][0]]
        if len(first) == 1:
            return Match(text, (first[0],), settled=True)
        return Match(text, tuple(candidate for _, candidate in ranked))

    def _candidate(self, territory: Territory, how: How) -> Candidate:
        departments = self._territories.departments(territory)
        return Candidate(
            code=territory.code,
            name=territory.name,
            kind=territory.kind,
            department_codes=departments,
            region_codes=tuple(dict.fromkeys(self._territories.region_of[code] for code in departments)),
            population=territory.population,
            how=how,
        )

    # --- councils of several communes

    def _match_council(self, text: str, core: str, regions: Collection[str]) -> Match:
        """Return the council of this name or of these communes, and the communes that the text lists."""
        communes = self._listed_communes(text, regions)
        bodies = self._named(core, OWN_KINDS)
        codes = frozenset(member.territory.code for member in communes if member.territory)
        if not bodies and len(codes) == len(communes) and codes in self._territories.councils:
            bodies = [(self._territories.councils[codes], "exact")]
        return replace(self._answer(text, [bodies], regions), communes=communes)

    def _listed_communes(self, text: str, regions: Collection[str]) -> tuple[Match, ...]:
        """Return the communes of « Anzin-Beuvrages-Petite-Forêt-Raismes », cut where the names say.

        Of all the ways to cut the list, the one with the fewest unknown words, then homonyms, then names.
        Nothing when it holds no commune at all.
        """
        words = listed_words(text)
        best: list[tuple[float, tuple[Match, ...]]] = [(0.0, ())] * (len(words) + 1)  # from each word to the end
        for start in range(len(words) - 1, -1, -1):
            ways = [best[start + 1]] if words[start].text == "et" else []
            for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
                if end > start + 1 and words[end - 1].apart:
                    break
                if end < len(words) and not words[end].begins:
                    continue
                name = " ".join(word.text for word in words[start:end])
                written = text[words[start].start : words[end - 1].end]
                member = self._answer(written, self._commune_tiers(name), regions)
                cost = 1.0 if member.settled else 2.0 if member.candidates else _UNKNOWN_COST * (end - start)
                ways.append((cost + best[end][0], (member, *best[end][1])))
            best[start] = min(ways, key=itemgetter(0)) if ways else (_UNKNOWN_COST, ())
        return best[0][1] if any(member.candidates for member in best[0][1]) else ()


def _first(found: Iterable[list[Territory]]) -> list[Territory]:
    return next((territories for territories in found if territories), [])
