"""The territories of France and of the networks, read from data/reference and from what the database holds."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Literal, NamedTuple

from netstats.choices import INTERCOMMUNALITY_KINDS, OWN_KINDS
from netstats.errors import NetstatsError
from netstats.reference.fold import normalize
from netstats.reference.names import PARENTHESIS, bare, distinctive, initials_of, kind_and_name

_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9]+)\)")
_OFFICIAL_FILES = ("communes", "departments", "intercommunalities", "intercommunality_communes", "aliases")


class Territory(NamedTuple):
    """A body that can attend, as in the database, and the communes that it covers (a department: none)."""

    code: str
    name: str
    kind: str
    population: int
    communes: tuple[str, ...]


class Own(NamedTuple):
    """What is not in the official reference: bodies of our own, and other names of territories."""

    bodies: Sequence[tuple[str, ...]] = ()
    """Code, name, kind of each CISPD and CLSPD."""
    communes: Sequence[tuple[str, ...]] = ()
    """Code of a body, INSEE code of a commune that it covers."""
    aliases: Sequence[tuple[str, ...]] = ()
    """Code of a territory, another name of it; those of the reference may be among them."""


Sort = Literal["commune", "commune without article", "commune alias", "other", "other alias"]


class Territories:
    """Territories by code and by normalised name; all but communes also without the words that tell their kind."""

    def __init__(self) -> None:
        self.by_code: dict[str, Territory] = {}
        self.aliases: dict[tuple[str, str], None] = {}
        """Code of a territory, another name of it."""
        self.groups: dict[frozenset[str], list[Territory]] = {}
        """Intercommunalities, by their distinctive words."""
        self._groups_with: dict[str, set[frozenset[str]]] = {}
        self.councils: dict[frozenset[str], Territory] = {}
        """CISPD and CLSPD, by their communes."""
        self.department_of: dict[str, str] = {}
        """Commune → department."""
        self.region_of: dict[str, str] = {}
        """Department → region."""
        self.part_of: dict[str, str] = {}
        """Code of an arrondissement, a commune déléguée or associée → the commune of today."""
        self._communes: list[str] = []
        self._initials: dict[str, list[str]] = {}
        self._named: dict[tuple[Sort, str], list[Territory]] = {}
        self._departments: dict[str, tuple[str, ...]] = {}  # by territory, of those that were asked

    def departments(self, territory: Territory) -> tuple[str, ...]:
        """Return the departments where the communes of a territory are, the most populous first."""
        if territory.code not in self._departments:
            inhabitants: Counter[str] = Counter()
            for commune in territory.communes:
                inhabitants[self.department_of[commune]] += self.by_code[commune].population
            ranked = tuple(code for code, _ in inhabitants.most_common()) or (territory.code,)
            self._departments[territory.code] = ranked
        return self._departments[territory.code]

    def named(self, sort: Sort, name: str) -> list[Territory]:
        """Return the territories of a normalised name."""
        return self._named.get((sort, name), [])

    def groups_beyond(self, words: Collection[str]) -> list[Territory]:
        """Return the intercommunalities that bear all these words and others."""
        fewest = min((self._groups_with.get(word, set()) for word in words), key=len, default=set())
        return [territory for group in fewest if group > set(words) for territory in self.groups[group]]

    def begun_by(self, name: str) -> list[Territory]:
        """Return the communes whose normalised name begins with these words and goes on."""
        if not self._communes:
            self._communes = sorted(name for sort, name in self._named if sort == "commune")
        begin = bisect_left(self._communes, f"{name} ")
        end = bisect_left(self._communes, f"{name}!")  # the sign after the space
        return [one for longer in self._communes[begin:end] for one in self.named("commune", longer)]

    def initialled(self, letters: str) -> list[str]:
        """Return the codes of the intercommunalities whose initials are these small letters: « mel »."""
        if not self._initials:
            for one in self.by_code.values():
                for initials in initials_of(one.name) if one.kind in INTERCOMMUNALITY_KINDS else ():
                    self._initials.setdefault(initials, []).append(one.code)
        return self._initials.get(letters, [])

    def with_own(self, own: Own) -> Territories:
        """Return these with what the networks have of their own; they stay as they are."""
        other = Territories()
        for attribute in ("by_code", "aliases", "groups", "_groups_with", "councils", "_named"):
            setattr(other, attribute, getattr(self, attribute).copy())
        other.department_of, other.region_of, other.part_of = self.department_of, self.region_of, self.part_of
        other._communes, other._initials = self._communes, self._initials
        members: dict[str, list[str]] = defaultdict(list)
        for code, commune in own.communes:
            if commune in self.department_of:  # `netstats check` reports the others
                members[code].append(commune)
        for code, name, kind in own.bodies:
            population = sum(self.by_code[commune].population for commune in members[code])
            other.add(Territory(code, name, kind, population, tuple(members[code])))
        other.add_aliases((code, alias) for code, alias in own.aliases)
        return other

    def add(self, territory: Territory) -> None:
        """Add a territory under all its names."""
        self.by_code[territory.code] = territory
        name = normalize(territory.name)
        if territory.kind == "commune":
            self._put("commune", name, territory)
            if "(" in territory.name:
                self._put("commune", normalize(PARENTHESIS.sub(" ", territory.name)), territory)
            if bare(name) != name:
                self._put("commune without article", bare(name), territory)
            return
        core = kind_and_name(name)[1]
        for key in {name, core, bare(core)}:
            self._put("other", key, territory)
        if territory.kind in INTERCOMMUNALITY_KINDS:
            words = distinctive(core)
            self.groups[words] = [*self.groups.get(words, ()), territory]  # never in place, as in `_put`
            for word in words:
                self._groups_with[word] = self._groups_with.get(word, set()) | {words}
            for acronym in _ACRONYM.findall(territory.name):  # « CA Porte de l'Isère (CAPI) »
                self._put_alias(territory, acronym)
        elif territory.kind in OWN_KINDS:
            self.councils[frozenset(territory.communes)] = territory
        else:
            self._put("other", normalize(territory.code), territory)  # « CD 59 »

    def add_aliases(self, aliases: Iterable[tuple[str, str]]) -> None:
        """Add other names of territories; those of unknown ones are left out."""
        for code, alias in aliases:
            if code in self.by_code and (code, alias) not in self.aliases:
                self.aliases[code, alias] = None
                self._put_alias(self.by_code[code], alias)

    def _put_alias(self, territory: Territory, alias: str) -> None:
        name = normalize(alias)
        if territory.kind == "commune":
            self._put("commune alias", name, territory)
            return
        for key in {name, kind_and_name(name)[1]}:
            self._put("other alias", key, territory)

    def _put(self, sort: Sort, name: str, territory: Territory) -> None:
        self._named[sort, name] = [*self.named(sort, name), territory]  # never in place: `with_own` shares the lists


def official_territories(reference: Path) -> Territories:
    """Return the territories of data/reference alone.

    Raises
    ------
    NetstatsError
        A file is missing.
    """
    paths = [reference / f"{name}.csv" for name in _OFFICIAL_FILES]
    # What tells that a file has changed: when it was written, and its size.
    states = tuple((path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else None for path in paths)
    return _read(reference, states)


@lru_cache(maxsize=1)  # a third of a second, and the networks' own bodies change more often than France does
def _read(reference: Path, _states: tuple[tuple[int, int] | None, ...]) -> Territories:
    territories = Territories()
    inhabitants: Counter[str] = Counter()  # of communes and departments
    for code, name, department, population in _rows(reference / "communes.csv", "code name department_code population"):
        territories.department_of[code] = department
        inhabitants[code] = int(population or 0)
        inhabitants[department] += inhabitants[code]
        territories.add(Territory(code, name, "commune", inhabitants[code], (code,)))
    for code, name, region in _rows(reference / "departments.csv", "code name region_code"):
        territories.region_of[code] = region
        territories.add(Territory(code, name, "department", inhabitants[code], ()))
    members: dict[str, list[str]] = defaultdict(list)
    for code, commune in _rows(reference / "intercommunality_communes.csv", "intercommunality_code commune_code"):
        if commune in territories.department_of:  # `netstats check` reports the others
            members[code].append(commune)
    for code, name, kind in _rows(reference / "intercommunalities.csv", "code name kind"):
        total = sum(inhabitants[commune] for commune in members[code])
        territories.add(Territory(code, name, kind, total, tuple(members[code])))
    for code, alias, part in _rows(reference / "aliases.csv", "territory_code name code"):
        territories.add_aliases([(code, alias)])
        territories.part_of[part] = code
    return territories


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
