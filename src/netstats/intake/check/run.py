"""What the checks of the forms share: names and territories looked up, answers, the good rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from netstats.intake.changes import ChangeSet
from netstats.intake.check.lines import Line, Lines
from netstats.intake.check.names import Names
from netstats.intake.check.territories import Territories
from netstats.intake.issues import Issue, issue
from netstats.intake.persons import looks_like_a_name, personal
from netstats.intake.questions import Answers, Question, Unsettled
from netstats.intake.snapshot import Row, Snapshot, records
from netstats.intake.values import shown
from netstats.reference.vocabulary import region_initials
from netstats.store import records_frame

NETWORK_BEFORE = re.compile(r"^réseau (régional )?", re.IGNORECASE)
_PLACES = ("territoire", "commune")
_NOUNS: Mapping[str, str] = {
    "network": "réseau",
    "region": "région",
    "regions": "région",
    "family": "famille",
    "theme": "thème",
    "themes": "thème",
    "type": "type",
    "audience": "public",
    "territory": "territoire",
    "territories": "territoire",
    "communes": "commune",
}
"""Kind of a field that names rows of a list → what it names: the same word is asked about once, in all columns."""


class Run:
    """One check.

    `empty_clears`: whether an empty cell of a column that is there makes the value unknown. `names`: kind of a field →
    the codes of its list by name. `scopes`: network → regional or national. `columns`, `rows`, `removed`: table → the
    names of its columns, the rows to write by key, and the keys to take away. `attendance`: the sheets of it.
    `themes_gone`: sheet → number of a line, and the themes of its meeting in the database that it does not say again.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        answers: Mapping[str, str],
        *,
        kept: Mapping[str, str] | None = None,
        empty_clears: bool,
        today: date,
    ) -> None:
        self.snapshot = snapshot
        self.empty_clears = empty_clears
        self.today = today
        self.answers = Answers(answers, kept or {})
        self.networks = Names("aucun réseau", snapshot.networks, prefixes=("Réseau", "Réseau régional"))
        initials = region_initials()
        self.names = {
            "network": self.networks,
            "family": Names("aucune famille de thèmes", snapshot.families),
            "theme": Names("aucun thème", snapshot.themes),
            "type": Names("aucun type d’action", snapshot.types),
            "audience": Names("aucun public", snapshot.audiences),
            "region": Names(
                "aucune région", {code: (name, *initials.get(code, ())) for code, name in snapshot.regions.items()}
            ),
        }
        self.territories = Territories(snapshot, self.networks, self.answers)
        networks = snapshot.rows["network"]
        self.scopes: dict[str, object] = dict(zip(networks["code"], networks["scope"], strict=True))
        self.columns = {table: list(frame.columns) for table, frame in snapshot.rows.items()}
        self.rows: dict[str, dict[tuple[object, ...], Row]] = {table: {} for table in snapshot.rows}
        self.removed: dict[str, list[Row]] = {}
        self.attendance: Sequence[Lines] = ()
        self.themes_gone: dict[Lines, list[tuple[int, list[str]]]] = {}
        self._numbers: dict[str, int] = {}

    def settle(self, line: Line, name: str | None, value: str | Unsettled, found: str | None = None) -> str | None:
        """Return a value that is settled; else say on the line why it is not, and return None."""
        if isinstance(value, str):
            return value
        if isinstance(value, Question):
            line.ask(name, value, self.answers, found)
        elif value.code == "depends-on-waiting":
            line.hold(name, value, found)
        else:
            line.refuse(name, value, found)
        return None

    def choose(self, lines: Lines, name: str, cell: object, find: Callable[[Any], Any], network: str = "") -> Any:
        """Return what a cell of a file means; where it only resembles what there is, what a person chose of that."""
        value = find(cell)
        if not (lines.file and isinstance(value, Issue) and (value.suggestions or value.additions)):
            return value
        field, text = lines.form.field(name), value.found or shown(cell)
        noun = _NOUNS.get(field.kind)
        if field.kind == "network":  # « Réseau Grand Est » and « Grand Est » are one question
            text = NETWORK_BEFORE.sub("", text)
        is_place = noun in _PLACES  # what names a person is refused there
        lasts = is_place or ((noun or field.kind == "choice") and not (personal(text) or looks_like_a_name(text)))
        what = noun or field.header
        if value.code == "code-of-another":  # with another code beside it, the same name is another question
            what, lasts = f"{what} {value.values['code']}", False
        chosen = self.answers.meant(value, text, what, network, lasts=bool(lasts))
        if is_place and isinstance(chosen, str):
            chosen = self.territories.noted(chosen, text)
        return find(chosen) if isinstance(chosen, str) else chosen

    def settle_list(
        self, line: Line, name: str, find: Callable[[str], str | Unsettled], twice: str, network: str = ""
    ) -> dict[str, str]:
        """Return the codes that a cell of several names means, with these; one said twice is an issue of that code.

        What a person answered not to count is left out.
        """
        codes: dict[str, str] = {}
        for part in line.cells[name] or ():
            value = self.choose(line.sheet, name, part, find, network)
            if isinstance(value, Issue) and value.code == "not-counted":
                continue
            code = self.settle(line, name, value, part)
            if code in codes:
                line.refuse(name, issue(twice, other=codes[code]), part)
            elif code:
                codes[code] = part
        return codes

    def clears(self, line: Line, name: str) -> bool:
        """Return whether the empty cell of a line takes away what the database has."""
        return self.empty_clears and line.sheet.has(name) and line.is_empty(name)

    def extend_territories(self) -> None:
        """Let the bodies and other names of the good rows be found as well."""
        self.territories.extend(
            {table: self.frame(table) for table in ("territory", "territory_commune", "territory_alias")}
        )

    def put(self, table: str, row: Row, *key: object) -> None:
        """Keep a good row."""
        self.rows[table][key] = row

    def frame(self, table: str) -> pd.DataFrame:
        """Return the good rows of a table, with the columns and types that the database takes."""
        return records_frame(table, self.rows[table].values(), self.columns[table])

    def remove(self, table: str, key: Row) -> None:
        """Let a row of the database be taken away."""
        self.removed.setdefault(table, []).append(key)

    @property
    def change_set(self) -> ChangeSet:
        """The good rows and the keys to take away, as they are written."""
        return ChangeSet(
            rows={table: self.frame(table) for table, rows in self.rows.items() if rows},
            removed={table: pd.DataFrame(keys) for table, keys in self.removed.items()},
        )

    def compose_code(self, base: str, taken: Callable[[str], bool], *, first: int | None = None) -> str:
        """Return a code that nothing bears: the base, else with « -2 », « -3 » …; with `first`, always a number."""
        if first is None and not taken(base):
            return base
        number = self._numbers.get(base, 2 if first is None else first)
        while taken(f"{base}-{number}"):
            number += 1
        self._numbers[base] = number  # the next search need not begin anew
        return f"{base}-{number}"

    def held(self, table: str, keys: tuple[str, ...], wanted: Iterable[object]) -> dict[tuple[object, ...], Row]:
        """Return the rows of the database whose first key is wanted, by key."""
        named, frame = set(wanted), self.snapshot.rows[table]
        part = frame.loc[[value in named for value in frame[keys[0]].tolist()]]  # `isin` is slow on many wanted texts
        return {tuple(record[key] for key in keys): record for record in records(part)}
