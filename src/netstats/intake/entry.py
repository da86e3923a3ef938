"""A meeting as a form holds it: read from the database, merged with what others did meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from netstats import wording
from netstats.intake.dates import Day, read_date
from netstats.intake.forms import MEETING_KINDS, MEETINGS, Field
from netstats.intake.issues import Issue
from netstats.intake.labels import LABELS, NO, YES
from netstats.intake.snapshot import Row, Snapshot, records
from netstats.intake.values import Headcount, read_headcount, read_number

T = TypeVar("T")

Value = str | int | bool | Day | Headcount | tuple[str, ...] | None
"""What a field holds: a text or a stored code, a number, yes or no, a date, a headcount, codes; None when it is empty.

A text where something else belongs is what a person typed that cannot be read: the check refuses it where it stands.
"""

FIELDS = tuple(
    one.name for one in MEETINGS.fields if one.name not in {"code", "participants_precision", "themes", "present"}
)
"""Fields of a meeting that the form shows one by one: its code is ours, the precision is written with the number."""

DEFAULTS: Mapping[str, Value] = {"kind": MEETING_KINDS[0]} | {
    name: MEETINGS.field(name).empty for name in FIELDS if MEETINGS.field(name).empty is not None
}
"""What the form of a new meeting holds already: what its empty cells mean, and the usual kind."""


class Body(NamedTuple):
    """A council that the database does not have: its code, its kind (CISPD, CLSPD), its name, INSEE codes it covers."""

    code: str
    kind: str
    name: str
    communes: tuple[str, ...]


class NewNetwork(NamedTuple):
    """A network that the database does not have: its code, its name, INSEE codes of its regions (none: national)."""

    code: str
    name: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Present:
    """A territory that was there: its `code`, or its `name` as it was typed; `member` is None when it is unknown."""

    code: str = ""
    name: str = ""
    printed_name: str = ""
    member: bool | None = None


@dataclass(frozen=True)
class ReportedAction:
    """An action; `territory_code` or `territory` as typed, or neither; type, audience and theme are codes.

    `code` is empty for one that the database does not have.
    """

    code: str = ""
    territory_code: str = ""
    territory: str = ""
    type: str = ""
    audience: str = ""
    theme: str = ""
    description: str = ""
    source_url: str = ""


@dataclass(frozen=True)
class Entry:
    """What a form holds.

    `code`: of the meeting, empty for a new one. `meeting`: name of each of `FIELDS` → its value. `themes`: codes.
    """

    code: str = ""
    meeting: Mapping[str, Value] = field(default_factory=lambda: {**dict.fromkeys(FIELDS), **DEFAULTS})
    themes: tuple[str, ...] = ()
    present: tuple[Present, ...] = ()
    actions: tuple[ReportedAction, ...] = ()

    @property
    def network(self) -> str:
        """Code of the network, empty when it is not chosen."""
        return str(self.meeting["network"] or "")


# --- between a field and its value


def read(field: Field, text: str) -> Value:
    """Return what a person typed in a field: its value, the text itself when it cannot be read, None for nothing."""
    if not text.strip():
        return None
    value: Value | Issue = text
    if field.kind == "date":
        value = read_date(text)
    elif field.kind == "number":
        value = read_number(text)
    elif field.kind == "headcount":
        value = read_headcount(text)
        if isinstance(value, Headcount) and value.precision is None:  # a bare number means just that many people
            value = value._replace(precision="exact")
    return text if isinstance(value, Issue) else value


def written(field: Field, value: object) -> str:
    """Return a value as it is written in a field, and said: « mars 2026 », « environ 50 », « oui », « tenue »."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if type(value) is tuple:  # several; a date and a headcount, which say themselves, are tuples of another type
        return " ; ".join(written(field, one) for one in value)
    return LABELS.get(field.column, {}).get(str(value), str(value))


# --- from the database to the form


def entry_of(snapshot: Snapshot, code: str) -> Entry | None:
    """Return a meeting of the database as the form shows it; None when there is none of that code."""
    rows = snapshot.rows
    found = _of(rows["meeting"], code, "code")
    if not found:
        return None
    (row,) = found
    count, precision = row["participants"], row["participants_precision"]
    fields: dict[str, Any] = {name: row[MEETINGS.field(name).column] for name in FIELDS}
    fields |= {
        "date": _day(row["held_on"], str(row["date_precision"])),
        "until": _day(row["held_until"], "day"),
        "participants": Headcount(count, str(precision)) if isinstance(count, int) else None,
    }
    return Entry(
        code,
        fields,
        tuple(str(theme["theme_code"]) for theme in _of(rows["meeting_theme"], code)),
        tuple(
            Present(
                str(one["territory_code"]),
                printed_name=str(one["printed_name"] or ""),
                member=None if one["member"] is None else bool(one["member"]),
            )
            for one in _of(rows["attendance"], code)
        ),
        tuple(
            ReportedAction(
                code=str(one["code"]),
                territory_code=str(one["territory_code"] or ""),
                type=str(one["type_code"]),
                audience=str(one["audience_code"] or ""),
                theme=str(one["theme_code"] or ""),
                description=str(one["description"]),
                source_url=str(one["source_url"] or ""),
            )
            for one in sorted(_of(rows["action"], code), key=_by_number)
        ),
    )


def _of(frame: pd.DataFrame, meeting: str, key: str = "meeting_code") -> list[Row]:
    return records(frame[frame[key] == meeting])


def _by_number(action: Mapping[str, object]) -> tuple[int, str]:
    code = str(action["code"])
    number = re.search(r"-a(\d{1,9})$", code)
    return int(number[1]) if number else 0, code


def _day(first: object, precision: str) -> Day | None:
    return Day(first, precision) if isinstance(first, date) and precision != "unknown" else None


def understood(day: Value) -> str:
    """Return how a typed date is understood: « le 12 mars 2026 », « mars 2026, jour inconnu »; empty when it is not."""
    if day is None:
        return "date inconnue"
    if not isinstance(day, Day):
        return ""
    said = wording.date(day.first, day.precision)
    return {"day": f"le {said}", "month": f"{said}, jour inconnu"}.get(day.precision, f"{said}, mois et jour inconnus")


# --- what others did meanwhile


def merge(mine: Entry, opened: Entry, now: Entry) -> Entry:
    """Return what a form should hold once somebody else has changed the meeting: nothing typed is lost.

    What the person changed in `mine` since it was `opened` stays; the rest follows what the database has `now`.
    """
    return Entry(
        mine.code,
        {name: _latest(mine.meeting[name], opened.meeting[name], now.meeting[name]) for name in FIELDS},
        _merged(mine.themes, opened.themes, now.themes, str),
        _merged(mine.present, opened.present, now.present, lambda one: one.code or one.name),
        _merged(mine.actions, opened.actions, now.actions, lambda one: one.code or repr(one)),
    )


def _latest(mine: T, opened: T | None, now: T) -> T:
    return now if mine == opened else mine


def _merged(mine: Sequence[T], opened: Sequence[T], now: Sequence[T], key: Callable[[T], str]) -> tuple[T, ...]:
    was, there = {key(one): one for one in opened}, {key(one): one for one in now}
    kept = [
        _latest(one, was.get(key(one)), there.get(key(one), one))
        for one in mine
        if key(one) in there or one != was.get(key(one))  # taken away by another, and not touched here
    ]
    here = {key(one) for one in mine}
    return (*kept, *(one for name, one in there.items() if name not in here and name not in was))
