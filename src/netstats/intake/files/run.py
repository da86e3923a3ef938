"""What the judges of the forms share: names and territories looked up, questions asked, good rows gathered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from netstats.intake.files.known import Known, own_territories
from netstats.intake.files.lines import Asked, Awaited, Lines, Unsettled
from netstats.intake.files.near import Places, near, place_label
from netstats.intake.files.values import Labels, Wrong, as_text, text_reader
from netstats.intake.files.verdict import NONE, Option, Question
from netstats.intake.founding import records_frame
from netstats.intake.persons import persons_in
from netstats.reference.names import Candidate, Gazetteer, Match, Own, normalize
from netstats.wording import NO_BREAK, counted

Row = dict[str, object]

_MOST_SUGGESTIONS = 500  # distinct values: a file of the wrong kind is not worth a search for each of its cells
_LONGEST_NAME = 200

_PERSON = Wrong(
    "se lit comme le nom d’une personne ; netstats ne garde que des organisations et des nombres (d’un lieu, dites la"
    f" nature{NO_BREAK}: «{NO_BREAK}salle Jean Jaurès{NO_BREAK}»)"
)
_CODE = re.compile(r"(?=.*\d)[0-9AB ]{1,11}|c[il]spd-[a-z0-9-]+")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_NOTED_DEPARTMENT = re.compile(r"\(\s*\d[\dAB]\d?\s*\)")
_BETWEEN = re.compile(r"\s*[;,/+&]\s*|\s+et\s+")
_COUNCIL = re.compile(r"\bc[il]spd\b|\bconseil (?:inter)?(?:communal|local)\b")
_KINDS = {
    "commune": "commune",
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "EPT": "établissement public territorial",
    "CISPD": "CISPD",
    "CLSPD": "CLSPD",
    "department": "département",
}


_NONE_OF_THEM = Wrong("n’est aucun des territoires proposés ; écrivez son nom complet, son code INSEE ou SIREN")
_SEVERAL = Wrong(
    "nomme plusieurs territoires dans une cellule : une ligne chacun, ou des points-virgules dans la colonne"
    " Territoires présents de la feuille Réunions"
)
_SEVERAL_OF_LIST = Wrong("en nomme plusieurs ; séparez-les par des points-virgules")


class Names:
    """Codes of a list (networks, themes …) by code and name: those of the database, then those of the file."""

    def __init__(self, none: str, names: Mapping[str, Iterable[str]], *, prefixes: Iterable[str] = ()) -> None:
        self._none = none  # « aucun thème »
        self._prefixes = tuple(prefixes)
        self._labels = Labels()
        self._awaited: dict[str, Awaited] = {}
        self._found: dict[str, str | Unsettled] = {}
        for code, own in names.items():
            self.add(code, own)

    def add(self, code: str, names: Iterable[str]) -> None:
        """Let these names mean a code."""
        self._found.clear()
        self._labels.add(code, code)
        for name in names:
            self._labels.add(name, code)
            for prefix in self._prefixes:
                self._labels.add(f"{prefix} {name}", code)

    def await_line(self, names: Iterable[object], line: Awaited) -> None:
        """Remember that these names are those of a line that is not taken."""
        self._found.clear()
        self._awaited.update((normalize(str(name)), line) for name in names if name)

    def name(self, code: str) -> str:
        """Return the name of a code."""
        return self._labels.names.get(code, code)

    def find(self, text: str) -> str | Unsettled:
        """Return the code that a text means."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> str | Unsettled:
        found = self._labels.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            return Wrong(f"peut désigner {len(found)} valeurs ; écrivez le code", found)
        if line := self._awaited.get(normalize(text)):
            return line
        return Wrong(f"n’est le nom ni le code d’{self._none}", near(text[:_LONGEST_NAME], self._labels.names.values()))

    def read(self, cell: object) -> str | Wrong:
        """Read a cell that names one of them."""
        text = as_text(cell)
        found = text if isinstance(text, Wrong) else self.find(text)
        if isinstance(found, Awaited):
            return Wrong(found.reason)
        return found if isinstance(found, str | Wrong) else Wrong("ne peut pas être lu")


class Run:
    """One validation.

    Attributes
    ----------
    known
        What the database holds.
    today
        A meeting after it cannot have been held.
    empty_clears
        Whether an empty cell of a column that is there makes the value unknown.
    """

    def __init__(self, known: Known, answers: Mapping[str, str], *, empty_clears: bool, today: date) -> None:
        self.known = known
        self.empty_clears = empty_clears
        self.today = today
        self.networks = Names("aucun réseau", known.networks, prefixes=("Réseau", "Réseau régional"))
        self.families = Names("aucune famille de thèmes", known.families)
        self.themes = Names("aucun thème", known.themes)
        self.types = Names("aucun type d’action", known.types)
        self.audiences = Names("aucun public", known.audiences)
        self.regions = Names("aucune région", {code: (name,) for code, name in known.regions.items()})
        self.gazetteer: Gazetteer = known.gazetteer
        self.network_regions: dict[str, set[str]] = {}
        for network, region in zip(
            *(known.rows["network_region"][name] for name in ("network_code", "region_code")), strict=True
        ):
            self.network_regions.setdefault(network, set()).add(region)
        self.scopes: dict[str, object] = dict(
            zip(known.rows["network"]["code"], known.rows["network"]["scope"], strict=True)
        )
        self.rows: dict[str, dict[tuple[object, ...], Row]] = {table: {} for table in known.rows}
        self.removed: dict[str, list[Row]] = {}
        self._answers = answers
        self._answers_used: set[str] = set()
        self._persons: dict[tuple[str, bool], bool] = {}
        self._questions: dict[str, Question] = {}
        self._awaited_bodies: dict[str, Awaited] = {}
        self._territories: dict[tuple[object, ...], str | Unsettled] = {}
        self._places: Places | None = None
        self._also: dict[str, set[str]] | None = None
        self._searches = 0
        self._numbers: dict[str, int] = {}
        self._read_name = text_reader(_LONGEST_NAME)

    # --- questions

    def settle(
        self, lines: Lines, index: int, name: str | None, value: str | Unsettled, found: str | None = None
    ) -> str | None:
        """Return a value that is settled; else say on the line why it is not, and return None."""
        if isinstance(value, Wrong):
            lines.refuse(index, name, value, found)
        elif isinstance(value, Awaited):
            if value.held_back:
                lines.hold(index, name, value.reason, found)
            else:
                lines.refuse(index, name, Wrong(value.reason), found)
        elif isinstance(value, Asked):
            lines.hold(index, name, "attend une réponse", found)
            self._ask(value, lines, index)
        else:
            return value
        return None

    def answered(self, asked: Asked) -> str | Asked:
        """Return the answer to a question when one of its options was given."""
        answer = self._answers.get(asked.key)
        if answer not in {code for code, _ in asked.options}:
            return asked
        self._answers_used.add(asked.key)
        return answer

    @property
    def unused_answers(self) -> tuple[str, ...]:
        """The keys of the answers that settled nothing: no question has this key, or not this option."""
        return tuple(key for key in self._answers if key not in self._answers_used)

    def _ask(self, asked: Asked, lines: Lines, index: int) -> None:
        before = self._questions.get(asked.key)
        number = lines.number(index)
        if before is None:
            options = tuple(Option(code, label) for code, label in asked.options)
            self._questions[asked.key] = Question(
                asked.key, asked.sentence, lines.file, lines.sheet, (number,), options
            )
        elif (before.file, before.sheet) == (lines.file, lines.sheet) and before.lines[-1] != number:
            self._questions[asked.key] = Question(
                before.key, before.sentence, before.file, before.sheet, (*before.lines, number), before.options
            )

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions without an answer, in the order in which they came up."""
        return tuple(self._questions.values())

    # --- persons

    def names_a_person(self, text: str, *, is_title: bool = False) -> bool:
        """Return whether a short text, or a part of it, reads as a person and is the name of no territory."""
        found = self._persons.get((text, is_title))
        if found is None:
            parts = persons_in(text, is_title=is_title)
            if parts and self.gazetteer.match(_PARENTHESIS.sub(" ", text)).candidates:
                # « CA de Béthune-Bruay, Artois-Lys Romane » is one name; what stands beside it may be another.
                parts = [part for beside in _PARENTHESIS.findall(text) for part in persons_in(beside)]
            found = self._persons[text, is_title] = any(not self.gazetteer.match(part).candidates for part in parts)
        return found

    def refuse_persons(self, lines: Lines, name: str, values: Iterable[object]) -> None:
        """Refuse the lines whose text of a field, as it was read, names a person."""
        for index, value in enumerate(values):
            if isinstance(value, str) and self.names_a_person(value, is_title=name == "title"):
                lines.refuse(index, name, _PERSON)

    # --- territories

    def near_places(self, text: str, regions: Iterable[str]) -> tuple[str, ...]:
        """Return territories that resemble a text; none once very many texts were looked up."""
        return self._all_places().near(text, set(regions)) if self.may_search() else ()

    def _all_places(self) -> Places:
        if self._places is None:
            same = self.gazetteer is self.known.gazetteer
            self._places = self.known.places if same else Places(self.gazetteer)
        return self._places

    def near_texts(self, text: str, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the texts that resemble one; none once very many were looked up."""
        return near(text, texts) if self.may_search() else ()

    def may_search(self) -> bool:
        """Count a search for what resembles a value; return whether it is still worth its time."""
        self._searches += 1
        return self._searches <= _MOST_SUGGESTIONS

    def extend_gazetteer(self) -> None:
        """Let the bodies and other names of the file be found as well."""
        tables = ("territory", "territory_commune", "territory_alias")
        if not any(self.rows[table].keys() - _keys(self.known.rows[table], table) for table in tables):
            return
        mine = {table: pd.concat([self.known.rows[table], self.frame(table)]).drop_duplicates() for table in tables}
        mine["territory"] = mine["territory"].drop_duplicates("code", keep="last")
        own: Own = own_territories(mine)
        self.gazetteer = Gazetteer.load(own=own)
        self._territories.clear()
        self._places = self._also = None

    def await_body(self, names: Iterable[object], line: Awaited) -> None:
        """Remember the code and name of a body whose line is not taken."""
        self._awaited_bodies.update((normalize(str(name)), line) for name in names if name)

    def territory(self, name: object, code: object, network: str, *, kind: str | None = None) -> str | Unsettled:
        """Return the code of the territory that a name, a code or both mean.

        Parameters
        ----------
        name, code
            Cells as they are written; None when empty.
        network
            The network whose regions are meant first; empty for all of France.
        kind
            One of the kinds of territory when only that is meant.
        """
        key = (type(name), name, type(code), code, network, kind)
        if key not in self._territories:
            self._territories[key] = self._territory(name, code, network, kind)
        value = self._territories[key]
        if not isinstance(value, Asked):
            return value
        answer = self.answered(value)
        return _NONE_OF_THEM if answer == NONE else answer

    def territory_name(self, name: object) -> str | Wrong:
        """Return the text of a cell that names a territory; refused when it holds personal data."""
        text = self._read_name(name)
        return _PERSON if isinstance(text, str) and self.names_a_person(text) else text

    def _territory(self, name: object, code: object, network: str, kind: str | None) -> str | Unsettled:
        text = None if name is None else self.territory_name(name)
        if isinstance(text, Wrong):
            return text
        if code is not None:
            return self._coded(code, text, kind)
        if text is None:
            return Wrong("valeur obligatoire, la cellule est vide")
        if line := self._awaited_bodies.get(normalize(text)):
            return line
        # A code where a name is expected is no doubt either: no territory is called by digits.
        if _CODE.fullmatch(text):
            return self._coded(text, None, kind)
        regions = self.network_regions.get(network, set())
        match = self.gazetteer.match(text, regions=regions, kind=kind)
        if self._lists_several(text, match):
            return _SEVERAL if kind is None else _SEVERAL_OF_LIST
        meant = match.candidates
        if match.territory is not None:
            also = () if kind else self._also_called(text, match.territory, regions)
            if not also:
                return match.territory.code
            meant = (match.territory, *also)
        if meant:
            return self._which(text, network, kind, meant)
        return self._unknown(text, match, regions)

    def _unknown(self, text: str, match: Match, regions: set[str]) -> Wrong:
        if _COUNCIL.search(normalize(text)) or (
            len(match.communes) > 1 and all(commune.settled for commune in match.communes)
        ):
            reason = "n’est pas un conseil connu ; ajoutez-le à la feuille Organismes, avec ses communes"
            return Wrong(reason, self.near_places(text, regions))
        return Wrong("n’est le nom d’aucun territoire connu", self.near_places(text, regions))

    def _which(self, text: str, network: str, kind: str | None, meant: tuple[Candidate, ...]) -> Asked:
        """Return the question which of some territories is meant, or of those like them that the network may mean."""
        regions = self.network_regions.get(network, set())
        outside = bool(regions) and not any(regions.intersection(one.region_codes) for one in meant)
        inside = self._all_places().inside(text, regions) if outside and self.may_search() else ()
        inside = tuple(one for one in inside if kind in {None, one.kind})
        return Asked(
            f"{kind or 'territoire'}|{network}|{normalize(text)}",
            self._sentence(text, network, meant, or_alike=bool(inside)),
            (
                *((one.code, _told_apart(one)) for one in (*meant, *inside)),
                (NONE, f"Aucun de ceux-là{NO_BREAK}: la ligne sera refusée"),
            ),
        )

    def _lists_several(self, text: str, match: Match) -> bool:
        """Return whether a text lists territories: two of its parts or more are names, and it is none as a whole."""
        if (match.candidates and not match.communes) or _COUNCIL.search(normalize(text)):
            return False
        if match.candidates and not re.search("[;,]", text):
            return False  # « Bron et Villeurbanne » may be called so as a council
        parts = [part for part in _BETWEEN.split(_PARENTHESIS.sub(" ", text)) if part.strip()]
        return sum(bool(self.gazetteer.match(part).candidates) for part in parts) > 1

    def _also_called(self, text: str, found: Candidate, regions: set[str]) -> tuple[Candidate, ...]:
        """Return the other territories that the database calls by a name of its own which is that of a territory."""
        if self._also is None:
            self._also = {}
            rows = (self.known.rows["territory_alias"], self.frame("territory_alias"))
            for code, name in (
                pair for frame in rows for pair in zip(frame["territory_code"], frame["name"], strict=True)
            ):
                self._also.setdefault(normalize(name), set()).add(code)
        codes = self._also.get(normalize(_NOTED_DEPARTMENT.sub(" ", text)), set()) - {found.code}
        others = (self.gazetteer.candidate(code) for code in sorted(codes))
        return tuple(one for one in others if one and (not regions or not regions.isdisjoint(one.region_codes)))

    def _sentence(self, text: str, network: str, candidates: tuple[Candidate, ...], *, or_alike: bool) -> str:
        quoted = f"«{NO_BREAK}{text}{NO_BREAK}»"
        outside = not any(set(one.region_codes) & self.network_regions.get(network, set()) for one in candidates)
        where = f", hors des régions du réseau {self.networks.name(network)}" if network and outside else ""
        if self.network_regions.get(network) and outside and len(candidates) == 1:
            alike = ", ou un nom proche" if or_alike else ""
            return f"{quoted} ne se trouve que {where.removeprefix(', ')}. Est-ce bien ce territoire{alike}{NO_BREAK}?"
        where = where if self.network_regions.get(network) else ""
        return f"{quoted} désigne {counted(len(candidates), 'territoire')}{where}. Lequel{NO_BREAK}?"

    def _coded(self, code: object, text: str | None, kind: str | None) -> str | Unsettled:
        written = as_text(code)
        if isinstance(written, Wrong):
            return written
        plain = re.sub(r"\s+", "", written)
        if line := self._awaited_bodies.get(normalize(written)):
            return line
        # A spreadsheet that takes a code for a number loses its first zero: no official code has four digits or one.
        readings = (plain, plain.upper(), plain.lower(), *((f"0{plain}",) if re.fullmatch(r"\d|\d{4}", plain) else ()))
        candidate = next((found for reading in readings if (found := self.gazetteer.candidate(reading))), None)
        if candidate is None or (kind and candidate.kind != kind):
            what = "d’aucune commune" if kind == "commune" else "d’aucun territoire"
            near_by = () if text is None else self.near_places(text, ())
            return Wrong(f"n’est le code {what} (code INSEE, SIREN ou code d’un organisme attendu)", near_by)
        if text is not None and not self._agrees(candidate, text):
            reason = f"ne va pas avec le code {candidate.code}, qui est celui de {place_label(candidate)}"
            return Wrong(reason, tuple(place_label(one) for one in self.gazetteer.match(text).candidates[:3]))
        return candidate.code

    def _agrees(self, candidate: Candidate, text: str) -> bool:
        """Return whether a name can be that of a coded territory; an unknown one must share a telling word with it."""
        name = normalize(text)
        if name in {normalize(candidate.name), normalize(candidate.code)}:
            return True
        match = self.gazetteer.match(text)
        if match.candidates:
            return candidate.code in {one.code for one in match.candidates} | {
                one.code for one in self.gazetteer.match(text, kind=candidate.kind).candidates
            }
        return any(len(word) > 3 for word in set(name.split()) & set(normalize(candidate.name).split()))

    # --- rows

    def put(self, table: str, row: Row, *key: object) -> None:
        """Keep a good row."""
        self.rows[table][key] = row

    def frame(self, table: str) -> pd.DataFrame:
        """Return the good rows of a table, with the columns and types that the database takes."""
        return records_frame(table, self.rows[table].values(), list(self.known.rows[table].columns))

    def remove(self, table: str, key: Row) -> None:
        """Let a row of the database be taken away."""
        self.removed.setdefault(table, []).append(key)

    def compose_code(self, base: str, taken: Callable[[str], bool], *, first: int | None = None) -> str:
        """Return a code that nothing bears: the base, else with « -2 », « -3 » …; with `first`, always a number."""
        if first is None and not taken(base):
            return base
        number = self._numbers.get(base, 2 if first is None else first)
        while taken(f"{base}-{number}"):
            number += 1
        self._numbers[base] = number  # the next search need not begin anew
        return f"{base}-{number}"


def _keys(frame: pd.DataFrame, table: str) -> set[tuple[object, ...]]:
    columns = ["code"] if table == "territory" else list(frame.columns)
    return set(zip(*(frame[column] for column in columns), strict=True))


def _told_apart(candidate: Candidate) -> str:
    people = f"{counted(candidate.population, 'hab.', 'hab.')}" if candidate.population else "population inconnue"
    return f"{place_label(candidate)}, {_KINDS[candidate.kind]}, {people}"


def is_code(text: str) -> bool:
    """Return whether a name of a territory is read as its code."""
    return _CODE.fullmatch(text) is not None


def plain(column: pd.Series) -> list[object]:
    """Return a column of the database as Python values: None when unknown, dates as dates."""
    if column.dtype.kind == "M":
        return [None if pd.isna(value) else value.date() for value in column]
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


def held(frame: pd.DataFrame, keys: tuple[str, ...], wanted: Iterable[object]) -> dict[tuple[object, ...], Row]:
    """Return the rows of a table whose first key is wanted, by key."""
    named = wanted if isinstance(wanted, set) else set(wanted)
    part = frame[[value in named for value in frame[keys[0]].tolist()]]  # `isin` is slow on many wanted texts
    columns = {name: plain(part[name]) for name in part.columns}
    records = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return {tuple(record[key] for key in keys): record for record in records}
