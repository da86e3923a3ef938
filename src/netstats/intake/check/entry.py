"""What the form of a meeting means for the database: its values, by the same checks as the lines of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from netstats.intake.changes import ChangeSet
from netstats.intake.check.lines import Line, lines_filled_in
from netstats.intake.check.listed import moment_of
from netstats.intake.check.meeting_index import Held, Meetings
from netstats.intake.check.meeting_match import title_of
from netstats.intake.check.meetings import find_meetings, keep_meetings
from netstats.intake.check.reports import check_actions, check_attendance
from netstats.intake.check.run import Run
from netstats.intake.entry import DEFAULTS, Entry, Present
from netstats.intake.forms import ACTIONS, ATTENDANCE, MEETINGS
from netstats.intake.issues import Issue, issue
from netstats.intake.labels import label
from netstats.intake.questions import Question
from netstats.intake.snapshot import Snapshot
from netstats.intake.values import is_empty

_NO_CODE = "nouvelle-reunion"  # stands for the code of a meeting that has none so far


@dataclass(frozen=True, eq=False)
class EntryCheck:
    """What a form means for the database.

    `code`: of the meeting, empty as long as it cannot be composed. `change_set`: None while there is an issue, a
    question or a twin. `twin`: code of the meeting of the database that a new one turns out to be, empty without.
    """

    code: str
    change_set: ChangeSet | None
    issues: tuple[Issue, ...]
    questions: tuple[Question, ...]
    twin: str = ""


def check(
    entry: Entry, snapshot: Snapshot, *, answers: Mapping[str, str] | None = None, today: date | None = None
) -> EntryCheck:
    """Return what a form means: what it holds is all that is known of the meeting.

    `answers`: key of a question → code of the option that was chosen. A meeting after `today`, the current day when
    None, cannot have been held.
    """
    run = Run(_before(snapshot, entry), answers or {}, empty_clears=True, today=today or date.today())
    lines = lines_filled_in(MEETINGS, [_meeting_values(entry)])
    meetings, (line,) = find_meetings(run, [lines])
    if entry.code:  # in a file, an empty cell would leave it as it is
        for name in ("network", "kind", "status"):
            line.require(name)
    code, twin = line.code, ""
    if not entry.code and bool((snapshot.rows["meeting"]["code"] == code).any()):
        code, twin = "", code
        line.code = _NO_CODE
    keep_meetings(run, meetings, [line])
    place = _place(run, meetings, line)
    present = lines_filled_in(ATTENDANCE, [_present_values(one) for one in entry.present], meeting=place)
    actions = lines_filled_in(ACTIONS, [vars(action) for action in entry.actions], meeting=place)
    check_attendance(run, meetings, [present])
    check_actions(run, meetings, [actions])
    meeting = meetings.get(place) if place else None
    if meeting and meeting.status != "held" and (entry.present or entry.actions):
        line.refuse("status", issue("form-not-held", status=label("status", meeting.status)), "")
    issues = (*lines.issues, *present.issues, *actions.issues)
    questions = run.answers.questions
    good = bool(code) and not issues and not questions
    change_set = _with_removals(snapshot, code, run.change_set) if good else None
    return EntryCheck(code, change_set, issues, questions, twin)


def removal(snapshot: Snapshot, code: str) -> ChangeSet:
    """Return the change set that takes a meeting away, with all that was told of it."""
    keys = {
        "meeting": ("code", ["code"]),
        "attendance": ("meeting_code", ["meeting_code", "territory_code"]),
        "meeting_theme": ("meeting_code", ["meeting_code", "theme_code"]),
        "action": ("meeting_code", ["code"]),
    }
    removed = {}
    for table, (column, key) in keys.items():
        frame = snapshot.rows[table]
        removed[table] = frame.loc[frame[column] == code, key]
    return ChangeSet(removed={table: rows for table, rows in removed.items() if not rows.empty})


def _meeting_values(entry: Entry) -> dict[str, object]:
    return {
        **entry.meeting,
        "code": entry.code,
        "sessions": entry.meeting["sessions"] or DEFAULTS["sessions"],
        "participants_precision": None,  # it stands with the number
        "themes": entry.themes,
        "present": None,
    }


def _present_values(one: Present) -> dict[str, object]:
    return {
        "territory": one.name,
        "territory_code": one.code,
        "printed_name": one.printed_name,
        "member": one.member,
    }


def _place(run: Run, meetings: Meetings, line: Line) -> str | None:
    """Return the code by which the other lines find the meeting; None while something is wrong with it."""
    if line.is_good:
        return line.code
    if line.issues:
        return None
    network, status = line.cells["network"], line.cells["status"]
    meetings.add(_NO_CODE, Held(str(network), moment_of(line), str(status or "held"), title_of(run, line)))
    return _NO_CODE


def _before(snapshot: Snapshot, entry: Entry) -> Snapshot:
    """Return what the database holds without what the form says anew, so that what it leaves empty is left empty."""
    rows = dict(snapshot.rows)
    present, meetings = rows["attendance"], rows["meeting"]
    unnamed = {one.code for one in entry.present if not one.printed_name.strip()}
    # A name that was never known stays so: it is not the official one.
    stays = present["printed_name"].isna() & present["territory_code"].isin(sorted(unnamed))
    rows["attendance"] = present[(present["meeting_code"] != entry.code) | stays]
    rows["action"] = rows["action"][rows["action"]["meeting_code"] != entry.code]
    if is_empty(entry.meeting["title"]):  # it is composed again
        here = meetings["code"] == entry.code
        rows["meeting"] = meetings.assign(title=meetings["title"].mask(here, ""))
    return replace(snapshot, rows=rows)


def _with_removals(snapshot: Snapshot, code: str, change_set: ChangeSet) -> ChangeSet:
    """Return the change_set with what the form holds no more."""
    removed = dict(change_set.removed)
    for table, key in (("attendance", ["meeting_code", "territory_code"]), ("action", ["code"])):
        frame = snapshot.rows[table]
        held = frame.loc[frame["meeting_code"] == code, key]
        if table in change_set.rows:
            kept = set(change_set.rows[table][key[-1]])
            held = held.loc[[value not in kept for value in held[key[-1]]]]
        if not held.empty:
            removed[table] = held
    return ChangeSet(change_set.rows, removed)
