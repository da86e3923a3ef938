"""A meeting as a form holds it: read from the database, merged with what others did meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

import pandas as pd

from netstats import wording
from netstats.intake.dates import read_date
from netstats.intake.forms import MEETINGS
from netstats.intake.issues import Issue
from netstats.intake.labels import LABELS, NO, YES
from netstats.intake.snapshot import Row, Snapshot, records

T = TypeVar("T")

FIELDS = tuple(
    one.name for one in MEETINGS.fields if one.name not in {"code", "participants_precision", "themes", "present"}
)
"""Fields of a meeting that the form shows one by one: its code is ours, the precision is written with the number."""

DEFAULTS = {"kind": "réunion de réseau", "sessions": "1", "format": "inconnu", "status": "tenue"}
"""What the form of a new meeting holds already."""

_YES_NO = {True: YES, False: NO}


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
    """A territory that was there: its `code`, or its `name` as it was typed; the rest as the form writes it."""

    code: str = ""
    name: str = ""
    printed_name: str = ""
    member: str = ""  # oui, non, empty when unknown


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

    `code`: of the meeting, empty for a new one. `meeting`: name of each of `FIELDS` → what is written there; the
    network is a code. `themes`: codes.
    """

    code: str = ""
    meeting: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, "") | DEFAULTS)
    themes: tuple[str, ...] = ()
    present: tuple[Present, ...] = ()
    actions: tuple[ReportedAction, ...] = ()


# --- from the database to the form


def entry_of(snapshot: Snapshot, code: str) -> Entry | None:
    """Return a meeting of the database as the form shows it; None when there is none of that code."""
    rows = snapshot.rows
    found = _of(rows["meeting"], code, "code")
    if not found:
        return None
    (row,) = found
    texts = {name: "" if row.get(name) is None else str(row[name]) for name in FIELDS}
    texts |= {
        "network": str(row["network_code"]),
        "date": written_date(row["held_on"], str(row["date_precision"])),
        "until": written_date(row["held_until"], "day"),
        "participants": written_count(row["participants"], row["participants_precision"]),
        "open_to_non_members": _yes_no(row["open_to_non_members"]),
        "format": LABELS["format"][str(row["format"])],
        "status": LABELS["status"][str(row["status"])],
    }
    return Entry(
        code,
        texts,
        tuple(str(theme["theme_code"]) for theme in _of(rows["meeting_theme"], code)),
        tuple(
            Present(str(one["territory_code"]), "", str(one["printed_name"] or ""), _yes_no(one["member"]))
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


def written_date(day: object, precision: str) -> str:
    """Return a date as one types it: « 12/03/2026 », « mars 2026 », « 2026 »."""
    if not isinstance(day, date) or precision == "unknown":
        return ""
    return f"{day:%d/%m/%Y}" if precision == "day" else wording.date(day, precision)


def written_count(count: object, precision: object) -> str:
    """Return a headcount as one types it: « 9 », « environ 50 », « plus de 150 »; empty when it is unknown."""
    return wording.approximate(count, str(precision)) if isinstance(count, int) else ""


def _yes_no(value: object) -> str:
    return _YES_NO[value] if isinstance(value, bool) else ""


def understood(text: str) -> str:
    """Return how a typed date is understood: « le 12 mars 2026 », « mars 2026, jour inconnu »; empty when it is not."""
    day = read_date(text) if text.strip() else None
    if day is None:
        return "date inconnue"
    if isinstance(day, Issue):
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


def _latest(mine: T, opened: T | None, now: T | None) -> T:
    return now if mine == opened and now is not None else mine


def _merged(mine: Sequence[T], opened: Sequence[T], now: Sequence[T], key: Callable[[T], str]) -> tuple[T, ...]:
    was, there = {key(one): one for one in opened}, {key(one): one for one in now}
    kept = [
        _latest(one, was.get(key(one)), there.get(key(one)))
        for one in mine
        if key(one) in there or one != was.get(key(one))  # taken away by another, and not touched here
    ]
    here = {key(one) for one in mine}
    return (*kept, *(one for name, one in there.items() if name not in here and name not in was))
