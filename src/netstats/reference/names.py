"""Names of territories as people write them, matched to official codes.

Minutes say « la ville de St-Denis », « l’agglomération du Douaisis » or « le CISPD de Bron-Villeurbanne ».
A `Gazetteer` answers with the territories such a name can mean. It never guesses: a homonym that the regions
of the network do not settle comes back as several candidates, an unknown name as none.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from netstats.errors import NetstatsError
from netstats.reference.geography import data_directory

How = Literal["exact", "alias", "part"]

INTERCOMMUNAL = ("CA", "CC", "CU", "METRO", "EPT")
COUNCILS = ("CISPD", "CLSPD")
KINDS = ("commune", *INTERCOMMUNAL, *COUNCILS, "department")

# --- writing --------------------------------------------------------------------------------------

_CHARACTERS = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "&": " et "}) | dict.fromkeys(
    map(ord, "’‘ʼ‐‑–—−"), " "
)
_ABBREVIATED = re.compile(r"\b(?:st(e?s?)|(\d+) ?(?:er|ere|re|e|eme|ieme|nd|nde))\b")


@lru_cache(maxsize=20_000)  # a file says the same few names on each of its lines
def normalize(text: str) -> str:
    """Return a name as it is compared: small letters and digits without accents, one space between words.

    Hyphens, apostrophes and other signs separate words, œ reads oe, & reads et, St and Ste read saint and
    sainte, 1er and 3ème read 1 and 3: « L’Haÿ-les-Roses » → « l hay les roses ».
    """
    plain = unicodedata.normalize("NFKD", text.translate(_CHARACTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()
    return _ABBREVIATED.sub(lambda found: found[2] or f"saint{found[1]}", words)


# « du Havre » is « Le Havre », « des Ulis » is « Les Ulis », « d’Hazebrouck » is « Hazebrouck ».
_LEADING = (
    ("du ", "le "),
    ("des ", "les "),
    ("au ", "le "),
    ("aux ", "les "),
    ("de ", ""),
    ("d ", ""),
    ("a ", ""),
)
_ARTICLES = ("le ", "la ", "les ", "l ")


def _readings(name: str) -> Iterator[str]:
    """Yield a normalised name as written, then without the preposition that the sentence put before it."""
    yield name
    for preposition, article in _LEADING:
        if name.startswith(preposition):
            yield article + name.removeprefix(preposition)


def _bare(name: str) -> str:
    """Return a normalised name without its leading article."""
    for article in _ARTICLES:
        if name.startswith(article):
            return name.removeprefix(article)
    return name


# --- words that tell the kind ---------------------------------------------------------------------

_KIND_WORDS = {
    "communaute d agglomeration": ("CA",),
    "communaute de communes": ("CC",),
    "communaute urbaine": ("CU",),
    "communaute": INTERCOMMUNAL,
    "agglomeration": ("CA",),
    "agglo": ("CA",),
    "ca": ("CA",),
    "cc": ("CC",),
    "cu": ("CU",),
    "eurometropole": ("METRO",),
    "metropole": ("METRO",),
    "etablissement public territorial": ("EPT",),
    "ept": ("EPT",),
    "epci": INTERCOMMUNAL,
    "intercommunalite": INTERCOMMUNAL,
    "conseil intercommunal de securite et de prevention de la delinquance": COUNCILS,
    "conseil local de securite et de prevention de la delinquance": COUNCILS,
    "cispd": COUNCILS,
    "clspd": COUNCILS,
    "conseil departemental": ("department",),
    "conseil general": ("department",),
    "departement": ("department",),
    "cd": ("department",),
    "ville": ("commune",),
    "commune": ("commune",),
    "mairie": ("commune",),
    "municipalite": ("commune",),
}
_LEADING_KIND = re.compile(rf"(?:(?:la|le|les|l) )?({'|'.join(_KIND_WORDS)})\b ?")
_INTERCOMMUNAL_WORD = re.compile(r"\b(?:agglo|agglomeration|communaute|metropole|eurometropole)\b")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9]+)\)")

# Words that do not tell one intercommunality from another: « CA de Poitiers » is « CU du Grand Poitiers ».
# fmt: off
_COMMON_WORDS = frozenset({
    "de", "d", "du", "des", "la", "le", "les", "l", "et", "en", "a", "au", "aux", "sur", "sous", "ca", "cc",
    "cu", "communaute", "communes", "agglomeration", "agglo", "urbaine", "metropole", "eurometropole",
    "intercommunale", "intercommunalite", "pays", "grand", "grande", "region",
})
# fmt: on


def _kind_and_name(text: str) -> tuple[tuple[str, ...], str]:
    """Return the kinds that the first words of a normalised text tell (none: unknown), and the name left."""
    kinds: tuple[str, ...] = ()
    while found := _LEADING_KIND.match(text):
        if found.end() == len(text):
            break
        # The first word counts: « CISPD de la CA du Douaisis » is a council.
        kinds = kinds or _KIND_WORDS[found[1]]
        text = list(_readings(text[found.end() :]))[-1]
        if _KIND_WORDS[found[1]] == ("commune",):  # « mairie de Ville-d’Avray »: what follows is a name
            break
    return kinds, text


# Too little to tell an intercommunality by: « CA Grand Est » is none.
_DIRECTIONS = frozenset({"nord", "sud", "est", "ouest", "centre"})


def _distinctive(name: str) -> frozenset[str]:
    return frozenset(name.split()) - _COMMON_WORDS


# --- answers --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    """A territory that a name can mean.

    Attributes
    ----------
    code, name, kind
        As in the database: INSEE or SIREN code, or own code of a CISPD; official name; one of `KINDS`.
    department_codes, region_codes
        Where its communes are, the most populous first.
    population
        Inhabitants; of a CISPD, those of its communes.
    how
        `exact`: by its name; `alias`: by a former or short name, or that of a part (Lomme for Lille);
        `part`: by the words that tell it from the others (« CA de Nice » for « Métropole Nice Côte d'Azur »).
    """

    code: str
    name: str
    kind: str
    department_codes: tuple[str, ...]
    region_codes: tuple[str, ...]
    population: int
    how: How


@dataclass(frozen=True)
class Match:
    """What a name can mean.

    Attributes
    ----------
    text
        The name as it was written.
    candidates
        The territories it can mean, best first; only one when settled.
    settled
        Whether there is no doubt left. One candidate outside the given regions is a doubt.
    communes
        The members of a council (CISPD, CLSPD) written as a list of communes, in the order of the text.
    """

    text: str
    candidates: tuple[Candidate, ...] = ()
    settled: bool = False
    communes: tuple[Match, ...] = ()

    @property
    def territory(self) -> Candidate | None:
        """The one territory meant, None while there is a doubt."""
        return self.candidates[0] if self.settled else None


class _Territory(NamedTuple):
    code: str
    name: str
    kind: str
    population: int
    communes: tuple[str, ...]


class Own(NamedTuple):
    """What is not in the official reference: bodies of our own, and other names of territories.

    Attributes
    ----------
    bodies
        Code, name, kind of each CISPD and CLSPD.
    communes
        Code of a body, INSEE code of a commune that it covers.
    aliases
        Code of a territory, another name of it; those of the reference may be among them.
    """

    bodies: Sequence[tuple[str, ...]] = ()
    communes: Sequence[tuple[str, ...]] = ()
    aliases: Sequence[tuple[str, ...]] = ()


class _Word(NamedTuple):
    """A word of a list of communes, normalised, and where it stands in the text."""

    text: str
    begins: bool  # a name may begin with it: after a hyphen, « et », or what sets it apart
    apart: bool  # a name must begin with it: after a comma, a slash
    start: int
    end: int


# Territories of one tier are equally likely; those of a later tier are meant only when no earlier one fits.
_Tier: TypeAlias = list[tuple[_Territory, How]]
_Index: TypeAlias = dict[str, list[_Territory]]

_UNKNOWN_COST = 10.0  # of a word of no commune's name; a settled name costs 1, a homonym 2
_LONGEST_NAME = 12  # words: « Beaujeu-Saint-Vallier-Pierrejux-et-Quitteur » has 6


class Gazetteer:
    """The territories of France and of the networks, by name; made by `Gazetteer.load`.

    Attributes
    ----------
    aliases
        Code and name: every other name of a territory.
    """

    def __init__(
        self,
        territories: Iterable[_Territory],
        aliases: Iterable[Sequence[str]],
        department_of: Mapping[str, str],
        region_of: Mapping[str, str],
    ) -> None:
        self._department_of = department_of  # commune -> department
        self._region_of = region_of  # department -> region
        self._communes: _Index = {}
        self._communes_bare: _Index = {}  # without the leading article
        self._commune_aliases: _Index = {}
        self._others: _Index = {}  # all but communes, without the words that tell the kind
        self._other_aliases: _Index = {}
        self._groups: list[tuple[frozenset[str], _Territory]] = []  # intercommunalities, by distinctive words
        self._councils: dict[frozenset[str], _Territory] = {}  # CISPD and CLSPD, by their communes
        self._by_code: dict[str, _Territory] = {}
        self.aliases: tuple[tuple[str, str], ...] = ()
        self._extend(territories, aliases)

    def _extend(self, territories: Iterable[_Territory], aliases: Iterable[Sequence[str]]) -> None:
        for territory in territories:
            self._by_code[territory.code] = territory
            self._add(territory)
        known = set(self.aliases)
        new = [(code, alias) for code, alias in aliases if code in self._by_code and (code, alias) not in known]
        for code, alias in new:
            self._add_alias(self._by_code[code], alias)
        self.aliases = (*self.aliases, *new)

    def _with(self, own: Own) -> Gazetteer:
        """Return this gazetteer with what the networks have of their own; it stays as it is."""
        other = copy(self)
        for name in ("_communes", "_communes_bare", "_commune_aliases", "_others", "_other_aliases", "_councils"):
            setattr(other, name, dict(getattr(self, name)))
        other._groups, other._by_code = list(self._groups), dict(self._by_code)
        members: dict[str, list[str]] = defaultdict(list)
        for code, commune in own.communes:
            if commune in self._department_of:  # `netstats check` reports the others
                members[code].append(commune)
        bodies = (
            _Territory(code, name, kind, sum(map(self._inhabitants, members[code])), tuple(members[code]))
            for code, name, kind in own.bodies
        )
        other._extend(bodies, dict.fromkeys((code, alias) for code, alias in own.aliases))
        return other

    def _inhabitants(self, code: str) -> int:
        return self._by_code[code].population

    def _add(self, territory: _Territory) -> None:
        name = normalize(territory.name)
        if territory.kind == "commune":
            _put(self._communes, name, territory)
            if "(" in territory.name:
                _put(self._communes, normalize(_PARENTHESIS.sub(" ", territory.name)), territory)
            bare = _bare(name)
            if bare != name:
                _put(self._communes_bare, bare, territory)
            return
        core = _kind_and_name(name)[1]
        for key in {name, core, _bare(core)}:
            _put(self._others, key, territory)
        if territory.kind in INTERCOMMUNAL:
            self._groups.append((_distinctive(core), territory))
            for acronym in _ACRONYM.findall(territory.name):  # « CA Porte de l'Isère (CAPI) »
                self._add_alias(territory, acronym)
        elif territory.kind in COUNCILS:
            self._councils[frozenset(territory.communes)] = territory
        else:
            _put(self._others, normalize(territory.code), territory)  # « CD 59 »

    def _add_alias(self, territory: _Territory, alias: str) -> None:
        name = normalize(alias)
        if territory.kind == "commune":
            _put(self._commune_aliases, name, territory)
            return
        for key in {name, _kind_and_name(name)[1]}:
            _put(self._other_aliases, key, territory)

    @classmethod
    def load(cls, directory: Path | None = None, own: Own | None = None) -> Gazetteer:
        """Read data/reference, and take what the database holds beside it.

        Parameters
        ----------
        directory
            The directory that holds `reference/`; `data_directory()` when None.
        own
            The bodies and aliases that the database holds; none when None.

        Raises
        ------
        NetstatsError
            A file of data/reference is missing.
        """
        directory = directory or data_directory()
        reference = directory / "reference"
        return _official(reference, _state(reference))._with(own or Own())

    def candidate(self, code: str) -> Candidate | None:
        """Return the territory of this code, None when there is none or it covers no commune."""
        territory = self._by_code.get(code)
        if territory is None or not (territory.communes or territory.code in self._region_of):
            return None
        return self._candidate(territory, "exact")

    def communes(self, code: str) -> tuple[str, ...]:
        """Return the INSEE codes of the communes that the territory of this code covers; none when there is none."""
        territory = self._by_code.get(code)
        return territory.communes if territory else ()

    def spellings(self) -> Iterator[tuple[str, str]]:
        """Yield every official name and alias, without the words that tell the kind and normalised, and its code."""
        for territory in self._by_code.values():
            yield normalize(territory.name) if territory.kind == "commune" else core_of(territory.name), territory.code
        for code, alias in self.aliases:
            yield normalize(alias) if self._by_code[code].kind == "commune" else core_of(alias), code

    def match(self, text: str, *, regions: Collection[str] = (), kind: str | None = None) -> Match:
        """Return what a name can mean.

        Parameters
        ----------
        text
            One territory as a person wrote it: « la ville de St-Denis », « CA de Béthune », « Genay (69) ».
        regions
            INSEE codes of the regions of the network: only candidates in them are meant; empty for a national
            network. Where all candidates are outside, they are returned unsettled, even a single one.
        kind
            One of `KINDS` when the source tells it; else the words of the text decide. Without such a word a
            commune is meant first, then a body or an intercommunality of just that name, then a department.
            An intercommunality may have changed kind since: « CA de Poitiers » finds the CU.

        Returns
        -------
        Match
            Settled with one candidate; or several candidates, best first; or none when the name is unknown.
        """
        notes = [normalize(note) for note in _PARENTHESIS.findall(text)]
        name = normalize(_PARENTHESIS.sub(" ", text))
        if normalize(text) in self._communes:  # « Château-Chinon (Ville) » is a name
            notes, name = [], normalize(text)
        told, core = _kind_and_name(name)
        told = told or next((_KIND_WORDS[note] for note in notes if note in _KIND_WORDS), ())
        kinds = (kind,) if kind else told
        if set(kinds) & {*COUNCILS}:
            return self._match_council(text, core, regions)
        if name in self._communes:
            core = name  # « Ville-d’Avray » and « La Ville-aux-Clercs » are names, not « ville de … »
            kinds = kinds if kind or kinds != ("commune",) else ()
        if kinds == ("commune",):
            tiers = self._commune_tiers(core)
        elif kinds == ("department",):
            tiers = [self._named(core, kinds)]
        elif kinds:
            tiers = self._group_tiers(core, kinds)
        elif _INTERCOMMUNAL_WORD.search(name):  # « Douaisis Agglo », « Pornic Agglomération »
            tiers = self._group_tiers(core, INTERCOMMUNAL)
        else:
            telling = _distinctive(core)
            tiers = [
                *self._commune_tiers(core),
                self._named(core, (*COUNCILS, *INTERCOMMUNAL)),
                self._named(core, ("department",)),
                [(territory, "part") for words, territory in self._groups if words == telling],
            ]
        answer = self._answer(text, tiers, regions, self._noted_departments(notes))
        return answer if answer.candidates or kinds else self._match_council(text, core, regions)

    # --- what fits a normalised name

    def _commune_tiers(self, name: str) -> list[_Tier]:
        readings = list(_readings(name))
        exact = _first(self._communes, readings)
        without_article = _bare(readings[-1])
        bare = [*self._communes.get(without_article, ()), *self._communes_bare.get(without_article, ())]
        aliases = _first(self._commune_aliases, [*readings, *map(_bare, readings)])
        return [
            [(territory, "exact") for territory in exact],
            [(territory, "exact") for territory in bare],
            [(territory, "alias") for territory in aliases],
        ]

    def _named(self, name: str, kinds: Collection[str]) -> _Tier:
        """Return the territories of these kinds that bear this name, or else this alias."""
        named: tuple[tuple[_Index, How], ...] = ((self._others, "exact"), (self._other_aliases, "alias"))
        for index, how in named:
            for reading in (*_readings(name), *map(_bare, _readings(name))):
                found = [territory for territory in index.get(reading, ()) if territory.kind in kinds]
                if found:
                    return [(territory, how) for territory in found]
        return []

    def _group_tiers(self, name: str, kinds: Collection[str]) -> list[_Tier]:
        """Return the intercommunalities of this name: those of these kinds first, then of any kind."""
        words = _distinctive(name)
        same: _Tier = [(territory, "part") for group, territory in self._groups if words and words == group]
        telling = words - _DIRECTIONS
        part: _Tier = [(territory, "part") for group, territory in self._groups if telling and words < group]
        tiers = [self._named(name, INTERCOMMUNAL), same, part]
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

    def _candidate(self, territory: _Territory, how: How) -> Candidate:
        inhabitants: Counter[str] = Counter()
        for commune in territory.communes:
            inhabitants[self._department_of[commune]] += self._inhabitants(commune)
        departments = tuple(code for code, _ in inhabitants.most_common()) or (territory.code,)
        return Candidate(
            code=territory.code,
            name=territory.name,
            kind=territory.kind,
            department_codes=departments,
            region_codes=tuple(dict.fromkeys(self._region_of[code] for code in departments)),
            population=territory.population,
            how=how,
        )

    # --- councils of several communes

    def _match_council(self, text: str, core: str, regions: Collection[str]) -> Match:
        """Return the council of this name or of these communes, and the communes that the text lists."""
        communes = self._listed_communes(text, regions)
        bodies = self._named(core, COUNCILS)
        codes = frozenset(member.territory.code for member in communes if member.territory)
        if not bodies and len(codes) == len(communes) and codes in self._councils:
            bodies = [(self._councils[codes], "exact")]
        return replace(self._answer(text, [bodies], regions), communes=communes)

    def _listed_communes(self, text: str, regions: Collection[str]) -> tuple[Match, ...]:
        """Return the communes of « Anzin-Beuvrages-Petite-Forêt-Raismes », cut where the names say.

        Of all the ways to cut the list, the one with the fewest unknown words, then homonyms, then names.
        Nothing when it holds no commune at all.
        """
        words = _listed_words(text)
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
        communes = best[0][1]
        return communes if any(member.candidates for member in communes) else ()


_OFFICIAL_FILES = ("communes", "departments", "intercommunalities", "intercommunality_communes", "aliases")


def _state(reference: Path) -> tuple[tuple[int, int] | None, ...]:
    """Return what tells that a file has changed: when it was written, and its size."""
    paths = [reference / f"{name}.csv" for name in _OFFICIAL_FILES]
    return tuple((path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else None for path in paths)


@lru_cache(maxsize=1)  # a third of a second, and the networks' own bodies change more often than France does
def _official(reference: Path, _written: tuple[tuple[int, int] | None, ...]) -> Gazetteer:
    """Return the gazetteer of data/reference alone."""
    region_of: dict[str, str] = {}
    department_of: dict[str, str] = {}
    territories: list[_Territory] = []
    inhabitants: Counter[str] = Counter()  # of communes and departments
    for code, name, department, population in _rows(reference / "communes.csv", "code name department_code population"):
        department_of[code] = department
        inhabitants[code] = int(population or 0)
        inhabitants[department] += inhabitants[code]
        territories.append(_Territory(code, name, "commune", inhabitants[code], (code,)))
    for code, name, region in _rows(reference / "departments.csv", "code name region_code"):
        region_of[code] = region
        territories.append(_Territory(code, name, "department", inhabitants[code], ()))
    members: dict[str, list[str]] = defaultdict(list)
    for code, commune in _rows(reference / "intercommunality_communes.csv", "intercommunality_code commune_code"):
        if commune in department_of:  # `netstats check` reports the others
            members[code].append(commune)
    for code, name, kind in _rows(reference / "intercommunalities.csv", "code name kind"):
        total = sum(inhabitants[commune] for commune in members[code])
        territories.append(_Territory(code, name, kind, total, tuple(members[code])))
    aliases = dict.fromkeys(_rows(reference / "aliases.csv", "territory_code name"))
    return Gazetteer(territories, aliases, department_of, region_of)


def _put(index: _Index, key: str, territory: _Territory) -> None:
    """Add a territory under a name; a list is never changed in place: two gazetteers may share it."""
    index[key] = [*index.get(key, ()), territory]


def core_of(text: str) -> str:
    """Return a normalised name without the words that tell the kind: « CA de Béthune » → « bethune »."""
    return _kind_and_name(normalize(text))[1]


def _first(index: Mapping[str, list[_Territory]], keys: Iterable[str]) -> list[_Territory]:
    return next((index[key] for key in keys if key in index), [])


_SEPARATOR = re.compile(r"(\s*[/,;+]\s*|\s+[-–—]\s+|[-‐‑–—]|\s+)")


def _listed_words(text: str) -> list[_Word]:
    """Return the words of a list of communes, without the words of the kind and what is in parentheses."""
    words: list[_Word] = []
    position, separator = 0, ","
    for part in _SEPARATOR.split(_PARENTHESIS.sub(lambda found: " " * len(found[0]), text)):
        for text_of_word in normalize(part).split():
            apart = separator.strip() != "" and separator not in "-‐‑–—"
            begins = separator != " " or text_of_word == "et" or (bool(words) and words[-1].text == "et")
            words.append(_Word(text_of_word, begins, apart, position, position + len(part)))
            separator = " "
        if not normalize(part):
            separator = part if part.strip() or not part else " "
        position += len(part)
    kind = _LEADING_KIND.match(" ".join(word.text for word in words))
    return words[len(kind[0].split()) :] if kind else words


def _rows(path: Path, columns: str) -> Iterator[tuple[str, ...]]:
    """Yield these columns (two or more) of a CSV file."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            header = next(reader)
            yield from map(itemgetter(*map(header.index, columns.split())), reader)
    except FileNotFoundError as error:
        raise NetstatsError(
            f"Le fichier de référence {path} est introuvable.",
            "Vérifiez que le dossier data/reference est complet, ou la variable NETSTATS_DATA.",
        ) from error
