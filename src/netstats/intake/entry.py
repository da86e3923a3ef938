"""A meeting as a form holds it: read from the database, checked like a line of a file, merged with what others did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

import pandas as pd

from netstats import wording
from netstats.intake.files.forms import ACTIONS, ATTENDANCE, BODIES, MEETINGS, NETWORKS, Form
from netstats.intake.files.known import Known
from netstats.intake.files.labels import LABELS, NO, YES
from netstats.intake.files.matching import Matching
from netstats.intake.files.reading import Grid
from netstats.intake.files.run import plain
from netstats.intake.files.validation import NEW, Question, Refusal, validate
from netstats.intake.files.values import Wrong, read_date, read_headcount
from netstats.store import Edit
from netstats.wording import NO_BREAK

T = TypeVar("T")

FIELDS = tuple(
    one.name for one in MEETINGS.fields if one.name not in {"code", "participants_precision", "themes", "present"}
)
"""Fields of a meeting that the form shows one by one: its code is ours, the precision is written with the number."""

DEFAULTS = {"kind": "réunion de réseau", "sessions": "1", "format": "inconnu", "status": "tenue"}
"""What the form of a new meeting holds already."""

_FILE = "saisie"
_TO_FILL = "À remplir."
_NOT_YET = "nouvelle-reunion"  # stands for the code of a meeting that has none so far
_YES_NO = {True: YES, False: NO}


@dataclass(frozen=True)
class Present:
    """A territory that was there: its `code`, or its `name` as it was typed; the rest as the form writes it."""

    code: str = ""
    name: str = ""
    printed_name: str = ""
    member: str = ""  # oui, non, empty when unknown


@dataclass(frozen=True)
class Told:
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

    Attributes
    ----------
    code
        Code of the meeting; empty for a new one.
    meeting
        Name of each of `FIELDS` → what is written there; the network is a code.
    themes
        Codes.
    present, actions
        Who was there, and what was told.
    """

    code: str = ""
    meeting: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, "") | DEFAULTS)
    themes: tuple[str, ...] = ()
    present: tuple[Present, ...] = ()
    actions: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Objection:
    """What is wrong in a form.

    Attributes
    ----------
    form
        Name of the form: reunions, presences, actions; organismes, reseaux for what a text brings besides.
    row
        Index among those present, the actions, the bodies or the networks; 0 for the meeting.
    field
        Name of the field; None when all of it is concerned.
    sentence
        What is wrong and what may be meant, in French.
    """

    form: str
    row: int
    field: str | None
    sentence: str


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a form means for the database.

    Attributes
    ----------
    code
        Code of the meeting; empty as long as it cannot be composed.
    edit
        What would be written; None while there is an objection, a question or a twin.
    objections, questions
        What is wrong, and what only the person can settle.
    twin
        Code of the meeting of the database that a new one turns out to be; empty without.
    """

    code: str
    edit: Edit | None
    objections: tuple[Objection, ...]
    questions: tuple[Question, ...]
    twin: str = ""


# --- from the database to the form


def entry_of(known: Known, code: str) -> Entry | None:
    """Return a meeting of the database as the form shows it; None when there is none of that code."""
    rows = known.rows
    found = _records(rows["meeting"], "code", code)
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
        tuple(str(theme["theme_code"]) for theme in _records(rows["meeting_theme"], "meeting_code", code)),
        tuple(
            Present(str(one["territory_code"]), "", str(one["printed_name"] or ""), _yes_no(one["member"]))
            for one in _records(rows["attendance"], "meeting_code", code)
        ),
        tuple(
            Told(
                code=str(one["code"]),
                territory_code=str(one["territory_code"] or ""),
                type=str(one["type_code"]),
                audience=str(one["audience_code"] or ""),
                theme=str(one["theme_code"] or ""),
                description=str(one["description"]),
                source_url=str(one["source_url"] or ""),
            )
            for one in sorted(_records(rows["action"], "meeting_code", code), key=_by_number)
        ),
    )


def _records(frame: pd.DataFrame, key: str, value: str) -> list[dict[str, object]]:
    part = frame[frame[key] == value]
    columns = {name: plain(part[name]) for name in part.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


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
    if isinstance(day, Wrong):
        return ""
    said = wording.date(day.first, day.precision)
    return {"day": f"le {said}", "month": f"{said}, jour inconnu"}.get(day.precision, f"{said}, mois et jour inconnus")


# --- from the form to the database


def check(
    entry: Entry, known: Known, *, answers: Mapping[str, str] | None = None, today: date | None = None
) -> Outcome:
    """Return what a form means, by the same validation as files: what it holds is all that is known of the meeting.

    Parameters
    ----------
    entry
        What the form holds.
    known
        What the database holds.
    answers
        Key of a question → code of the option that was chosen.
    today
        A meeting after it cannot have been held; the current day when None.
    """
    answers = answers or {}
    code, twin = entry.code, ""
    questions: dict[str, Question] = {}
    if not code:  # first the meeting alone: the other lines name it by its code
        alone = replace(entry, present=(), actions=())
        verdict = validate(_matchings(alone, ""), known, answers=answers, empty_clears=True, today=today)
        questions = {question.key: question for question in verdict.questions}
        found = verdict.edit.rows.get("meeting")
        code = "" if found is None else str(found["code"].iloc[0])
        if code and bool((known.rows["meeting"]["code"] == code).any()):
            code, twin = "", code
    verdict = validate(
        _matchings(entry, code or _NOT_YET),
        _before(known, entry),
        answers={key: NEW if twin and answer == twin else answer for key, answer in answers.items()},
        empty_clears=True,
        today=today,
    )
    objections = (*_missing(entry), *objections_of(verdict.refusals))
    questions |= {question.key: question for question in verdict.questions if code or question.key not in questions}
    if twin:  # settled: it is told in its own way
        questions = {key: question for key, question in questions.items() if not key.startswith("même réunion|")}
    good = bool(code) and not objections and not questions
    edit = _with_removals(known, code, verdict.edit) if good else None
    return Outcome(code, edit, objections, tuple(questions.values()), twin)


def removal(known: Known, code: str) -> Edit:
    """Return the edit that takes a meeting away, with all that was told of it."""
    keys = {
        "meeting": ("code", ["code"]),
        "attendance": ("meeting_code", ["meeting_code", "territory_code"]),
        "meeting_theme": ("meeting_code", ["meeting_code", "theme_code"]),
        "action": ("meeting_code", ["code"]),
    }
    removed = {}
    for table, (column, key) in keys.items():
        frame = known.rows[table]
        removed[table] = frame.loc[frame[column] == code, key]
    return Edit(removed={table: rows for table, rows in removed.items() if not rows.empty})


def _matchings(entry: Entry, code: str) -> list[Matching]:
    meeting = dict(entry.meeting)
    meeting["sessions"] = meeting["sessions"].strip() or DEFAULTS["sessions"]
    count = read_headcount(meeting["participants"]) if meeting["participants"].strip() else None
    # A bare number means just that many people, whatever was known before.
    is_bare = count is not None and not isinstance(count, Wrong) and count.precision is None
    meeting |= {
        "code": code,
        "participants_precision": "exact" if is_bare else "",
        "themes": " ; ".join(entry.themes),
    }
    present = [
        {
            "meeting": code,
            "territory": one.name,
            "territory_code": one.code,
            "printed_name": one.printed_name,
            "member": one.member,
        }
        for one in entry.present
    ]
    number = _last_number(entry, code)
    actions = []
    for action in entry.actions:
        number += not action.code
        actions.append({**vars(action), "code": action.code or f"{code}-a{number}", "meeting": code})
    return [lines_of(MEETINGS, [meeting]), lines_of(ATTENDANCE, present), lines_of(ACTIONS, actions)]


def _last_number(entry: Entry, code: str) -> int:
    return max(
        (_by_number({"code": one.code})[0] for one in entry.actions if one.code.startswith(f"{code}-a")), default=0
    )


def lines_of(form: Form, rows: Sequence[Mapping[str, str]]) -> Matching:
    """Return the lines of a form as if they had been read from its sheet."""
    fields = [one for one in form.fields if rows and one.name in rows[0]]
    header: list[object] = [one.header for one in fields]
    cells: list[list[object]] = [[row[one.name] for one in fields] for row in rows]
    grid = Grid(_FILE, form.title, [header, *cells], list(range(1, len(rows) + 2)))
    return Matching(grid, form, 0, {one.name: index for index, one in enumerate(fields)}, (), {}, ())


def _before(known: Known, entry: Entry) -> Known:
    """Return what the database holds without what the form says anew, so that what it leaves empty is left empty."""
    rows = dict(known.rows)
    present, meetings = rows["attendance"], rows["meeting"]
    unnamed = {one.code for one in entry.present if not one.printed_name.strip()}
    # A name that was never known stays so: it is not the official one.
    stays = present["printed_name"].isna() & present["territory_code"].isin(sorted(unnamed))
    rows["attendance"] = present[(present["meeting_code"] != entry.code) | stays]
    rows["action"] = rows["action"][rows["action"]["meeting_code"] != entry.code]
    if not entry.meeting["title"].strip():  # it is composed again
        here = meetings["code"] == entry.code
        rows["meeting"] = meetings.assign(title=meetings["title"].mask(here, ""))
    return replace(known, rows=rows)


def _missing(entry: Entry) -> Iterable[Objection]:
    """Yield what a meeting of the database always has: in a file, an empty cell would leave it as it is."""
    for name in ("network", "kind", "status"):
        if entry.code and not entry.meeting[name]:
            yield Objection(MEETINGS.name, 0, name, _TO_FILL)


def objections_of(refusals: Iterable[Refusal]) -> Iterable[Objection]:
    """Yield refusals of lines made by `lines_of` as a form tells them."""
    forms = {form.title: form for form in (MEETINGS, ATTENDANCE, ACTIONS, BODIES, NETWORKS)}
    said = set()
    for refusal in refusals:
        form = forms[refusal.sheet]
        name = next((one.name for one in form.fields if one.header == refusal.column), None)
        if form is not MEETINGS and name == "meeting":
            # The meeting is that of the form: its own faults are told there, and this one holds for all its lines.
            if refusal.reason.startswith("est une réunion ") and refusal.reason not in said:
                said.add(refusal.reason)
                yield Objection(MEETINGS.name, 0, "status", f"C’{refusal.reason}.")
            continue
        yield Objection(form.name, refusal.line - 2, name, _sentence(refusal))


def _sentence(refusal: Refusal) -> str:
    if refusal.reason.startswith("valeur obligatoire"):
        return _TO_FILL
    value = f"«{NO_BREAK}{refusal.found}{NO_BREAK}» " if refusal.found else ""
    reason = re.sub(r", à la ligne \d+$", "", refusal.reason)  # a form has no lines
    words = f"{value}{reason}."
    if refusal.suggestions:
        words += f" Peut-être {wording.listing(refusal.suggestions, 'ou')}{NO_BREAK}?"
    return words if value else words[:1].upper() + words[1:]


def _with_removals(known: Known, code: str, edit: Edit) -> Edit:
    """Return the edit with what the form holds no more."""
    removed = dict(edit.removed)
    for table, key in (("attendance", ["meeting_code", "territory_code"]), ("action", ["code"])):
        frame = known.rows[table]
        held = frame.loc[frame["meeting_code"] == code, key]
        if table in edit.rows:
            kept = set(edit.rows[table][key[-1]])
            held = held[[value not in kept for value in held[key[-1]]]]
        if not held.empty:
            removed[table] = held
    return Edit(edit.rows, removed)


# --- what others did meanwhile


def merge(mine: Entry, opened: Entry, now: Entry) -> Entry:
    """Return what a form should hold once somebody else has changed the meeting: nothing typed is lost.

    What the person changed stays as it is; the rest follows what the database holds now.

    Parameters
    ----------
    mine
        What the form holds.
    opened
        What the database held when it was filled.
    now
        What the database holds.
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
