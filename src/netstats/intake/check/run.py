"""What the checks of the forms share: names and territories looked up, answers, the good rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from netstats.intake.changes import ChangeSet
from netstats.intake.check.lines import Lines, Unsettled
from netstats.intake.check.names import Names
from netstats.intake.check.territories import Territories
from netstats.intake.issues import Issue, issue
from netstats.intake.questions import Answers, Question
from netstats.intake.snapshot import Snapshot
from netstats.store import records_frame

Row = dict[str, object]


class Run:
    """One check.

    Attributes
    ----------
    snapshot
        What the database holds.
    today
        A meeting after it cannot have been held.
    empty_clears
        Whether an empty cell of a column that is there makes the value unknown.
    answers
        What a person has answered, and is still to be asked.
    networks, families, themes, types, audiences, regions
        Their codes by name.
    territories
        Their codes by name and code.
    scopes
        Network → regional or national.
    rows, removed
        Table → the rows to write by key, and the keys to take away.
    """

    def __init__(self, snapshot: Snapshot, answers: Mapping[str, str], *, empty_clears: bool, today: date) -> None:
        self.snapshot = snapshot
        self.empty_clears = empty_clears
        self.today = today
        self.answers = Answers(answers)
        self.networks = Names("aucun réseau", snapshot.networks, prefixes=("Réseau", "Réseau régional"))
        self.families = Names("aucune famille de thèmes", snapshot.families)
        self.themes = Names("aucun thème", snapshot.themes)
        self.types = Names("aucun type d’action", snapshot.types)
        self.audiences = Names("aucun public", snapshot.audiences)
        self.regions = Names("aucune région", {code: (name,) for code, name in snapshot.regions.items()})
        self.territories = Territories(snapshot, self.networks, self.answers)
        networks = snapshot.rows["network"]
        self.scopes: dict[str, object] = dict(zip(networks["code"], networks["scope"], strict=True))
        self.rows: dict[str, dict[tuple[object, ...], Row]] = {table: {} for table in snapshot.rows}
        self.removed: dict[str, list[Row]] = {}
        self._numbers: dict[str, int] = {}

    def settle(
        self, lines: Lines, index: int, name: str | None, value: str | Unsettled, found: str | None = None
    ) -> str | None:
        """Return a value that is settled; else say on the line why it is not, and return None."""
        if isinstance(value, Question):
            lines.hold(index, name, issue("waiting"), found)
            self.answers.ask(value, lines.file, lines.sheet, lines.number(index))
        elif isinstance(value, Issue) and value.code == "depends-on-waiting":
            lines.hold(index, name, value, found)
        elif isinstance(value, Issue):
            lines.refuse(index, name, value, found)
        else:
            return value
        return None

    def clears(self, lines: Lines, index: int, field: str) -> bool:
        """Return whether an empty cell takes away what the database has."""
        return self.empty_clears and lines.clears(index, field)

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
        return records_frame(table, self.rows[table].values(), list(self.snapshot.rows[table].columns))

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


def change_set_of(run: Run) -> ChangeSet:
    """Return the good rows and the keys to take away, as they are written."""
    return ChangeSet(
        rows={table: run.frame(table) for table, rows in run.rows.items() if rows},
        removed={table: pd.DataFrame(keys) for table, keys in run.removed.items()},
    )
