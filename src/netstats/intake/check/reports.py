"""The sheets that tell of a meeting: who was there, and which actions were reported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from netstats.intake.check.fields import fill, read_fields
from netstats.intake.check.lines import Line, Lines
from netstats.intake.check.meeting_index import Meetings
from netstats.intake.check.run import Run
from netstats.intake.check.several import names_in
from netstats.intake.forms import ATTENDANCE
from netstats.intake.issues import Issue, issue
from netstats.intake.labels import label
from netstats.intake.questions import Question, Unsettled
from netstats.intake.snapshot import Row
from netstats.reference.fold import normalize


def check_attendance(run: Run, meetings: Meetings, sheets: Sequence[Lines]) -> None:
    """Check the sheets of attendance, and keep their good rows."""
    for sheet in sheets:
        _find_meetings(run, meetings, sheet, {})
        read_fields(run, sheet, ("printed_name", "member"))
        run.territories.refuse_persons(sheet, "printed_name")
        _find_territories(run, meetings, sheet)
    lines = [line for sheet in sheets for line in sheet if line.cells["meeting"] and line.cells["territory"]]
    known = run.held("attendance", ("meeting_code", "territory_code"), {line.cells["meeting"] for line in lines})
    seen: dict[object, Line] = {}
    for line in lines:
        rows: dict[tuple[str, str], Row] = {}
        for territory, written in line.cells["territory"].items():
            key = (line.cells["meeting"], territory)
            first = seen.setdefault(key, line)
            if first is not line:
                at = f", à la {first.name(line.sheet)}" if line.sheet.file else ""
                line.refuse(line.sheet.there("territory", "territory_code"), issue("already-present", at=at))
            rows[key] = _present(run, line, territory, written, known.get(key))
        for key, row in rows.items() if line.is_good else ():
            run.put("attendance", row, *key)
        line.is_new = line.is_good and any(key not in known for key in rows)
        line.is_changed = line.is_good and not line.is_new and any(row != known[key] for key, row in rows.items())


def _present(run: Run, line: Line, territory: str, written: object, before: Row | None) -> Row:
    meeting, printed = line.cells["meeting"], line.cells["printed_name"]
    row = dict(before or {"meeting_code": meeting, "territory_code": territory, "printed_name": None, "member": None})
    if printed is not None and len(line.cells["territory"]) == 1:
        row["printed_name"] = printed
    elif before is None:
        row["printed_name"] = run.territories.printed_name(written, territory)
    fill(run, line, row, ("member",))
    return row


def check_actions(run: Run, meetings: Meetings, sheets: Sequence[Lines]) -> None:
    """Check the sheets of actions, and keep their good rows."""
    frame = run.snapshot.rows["action"]
    meeting_of = dict(zip(frame["code"], frame["meeting_code"], strict=True))
    fields = ("type", "audience", "theme", "description", "source_url")
    for sheet in sheets:
        read_fields(run, sheet, ("code", *fields))
        _find_meetings(run, meetings, sheet, meeting_of)
        _find_territories(run, meetings, sheet)
        for line in sheet:
            line.cells["territory"] = next(iter(line.cells["territory"]), None)
    lines = [line for sheet in sheets for line in sheet]
    wanted = {code for line in lines for code in (line.cells["meeting"], meeting_of.get(line.cells["code"]))}
    known = {str(code): row for (_, code), row in run.held("action", ("meeting_code", "code"), wanted).items()}
    same: dict[object, str] = {}
    for known_code, row in known.items():
        same.setdefault(_identity(row["meeting_code"], row["description"], row["territory_code"]), known_code)
    numbers = _last_numbers({*meeting_of, *(line.cells["code"] for line in lines if line.cells["code"])})
    seen: dict[object, Line] = {}
    for line in lines:
        meeting, description = line.cells["meeting"], line.cells["description"]
        identity = _identity(meeting, description, line.cells["territory"])
        is_named = meeting and description
        code = line.cells["code"] or (same.get(identity) if is_named else None)
        first = seen.setdefault(code or identity, line) if code or is_named else line
        if first is not line:
            line.refuse(None, issue("same-action", line=first.name(line.sheet)))
            continue
        before = known.get(code or "")
        if before is None:
            line.require_all(("type", "description"), "n’est le code d’aucune action de la base")
        if meeting and line.is_good:
            if code is None:
                numbers[meeting] += 1
                code = f"{meeting}-a{numbers[meeting]}"
            row = dict(before or dict.fromkeys(run.columns["action"]), code=code, meeting_code=meeting)
            fill(run, line, row, (*fields, "territory"))
            line.compare(row, before)
            run.put("action", row, code)


def _identity(meeting: object, description: object, territory: object) -> tuple[object, ...]:
    return meeting, normalize(str(description or "")), territory


def _last_numbers(codes: set[str]) -> defaultdict[str, int]:
    """Return meeting → the highest number that an action of it bears: « hauts-de-france-2020-05-06-a10 » is 10."""
    numbers: defaultdict[str, int] = defaultdict(int)
    for code in codes:
        if found := re.fullmatch(r"(.+)-a(\d{1,9})", code):
            numbers[found[1]] = max(numbers[found[1]], int(found[2]))
    return numbers


def _find_meetings(run: Run, meetings: Meetings, lines: Lines, meeting_of: Mapping[str | None, str]) -> None:
    """Put the code of the meeting of each line into its cells, None where it is refused or waits.

    `meeting_of`: code of an action → its meeting in the database, which it keeps when the line names none.
    """
    if not lines.file:
        for line in lines:
            line.cells["meeting"] = lines.meeting
        return
    naming = ("meeting", "network", "date")
    read_fields(run, lines, naming)
    for line in lines:
        code, network, day = (line.cells[name] for name in naming)
        if any(line.is_refused(name) for name in naming):
            line.cells["meeting"] = None  # the meeting is named by a cell that is refused
            continue
        code = code or (None if network or day else meeting_of.get(line.cells.get("code")))
        field = "meeting" if code else "date" if day else lines.there("meeting", "date", "network")
        found = run.settle(line, field, meetings.find(code, network, day, lines.file))
        meeting = meetings.get(found) if found else None
        if meeting and meeting.status != "held":
            line.refuse(field, issue("not-held", status=label("status", meeting.status)))
        line.cells["meeting"] = found


def _find_territories(run: Run, meetings: Meetings, lines: Lines) -> None:
    """Put the territories of each line into its cells: their codes, each with how it is written.

    Several are those of attendance alone; None where a cell is refused or waits.
    """
    read_fields(run, lines, ("territory", "territory_code"))
    is_attendance = lines.form is ATTENDANCE
    listed: dict[str, tuple[str, ...] | Unsettled] = {}
    for line in lines:
        name, code = line.cells["territory"], line.cells["territory_code"]
        line.cells["territory"] = {}
        if name is None and code is None:
            if is_attendance:
                line.require(lines.there("territory", "territory_code"))
            continue
        names: tuple[object, ...] | Unsettled = (name,)
        if code is None and isinstance(name, str):
            if name not in listed:
                listed[name] = names_in(run, lines, "territory", name)
            names = listed[name]
        if not isinstance(names, tuple):
            run.settle(line, "territory", names)
        elif not names:
            line.refuse("territory", issue("not-counted"))
        elif len(names) > 1 and not is_attendance:
            line.refuse("territory", issue("several-territories"))
        else:
            line.cells["territory"] = _territories(run, meetings, line, names, code)


def _territories(run: Run, meetings: Meetings, line: Line, names: Sequence[object], code: object) -> dict[str, object]:
    """Return the codes of the territories that names or a code mean; none when one of them is refused or waits."""
    place = line.cells["meeting"]
    meeting = meetings.get(place) if place else None
    network = meeting.network if meeting else ""
    codes: dict[str, object] = {}
    settled = True

    def find(text: object) -> str | Unsettled:  # a name that a person chose says more than the code
        return run.territories.find(text, code if text is names[0] else None, network)

    for name in names:
        found = run.choose(line.sheet, "territory" if name else "territory_code", name, find, network)
        if meeting is None and isinstance(found, Question):
            return {}  # which one is meant depends on the network: asked once the meeting is known
        # What contradicts a name is the code; a name may also be wrong by itself.
        is_of_code = code is not None and isinstance(found, Issue) and found != run.territories.name_of(name)
        field = "territory_code" if name is None or is_of_code else "territory"
        if len(names) > 1 and isinstance(found, Issue) and found.code == "not-counted":
            continue
        value = run.settle(line, field, found, str(name) if len(names) > 1 else None)
        settled = settled and value is not None
        if value:
            codes[value] = name
    if settled and not codes:
        line.refuse("territory", issue("not-counted"))
    return codes if settled else {}
