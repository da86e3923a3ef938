"""The sheets that tell of a meeting: who was there, and which actions were reported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from netstats.intake.check.fields import fill, read_fields
from netstats.intake.check.lines import Lines
from netstats.intake.check.meeting_index import Meetings
from netstats.intake.check.run import Row, Run, held
from netstats.intake.check.territories import is_code
from netstats.intake.issues import Issue, issue
from netstats.intake.questions import Question
from netstats.intake.values import as_text, as_written
from netstats.reference.fold import normalize

NOT_HELD = {"announced": "annoncée", "cancelled": "annulée"}


def check_attendance(run: Run, meetings: Meetings, sheets: Sequence[Lines]) -> None:
    """Check the sheets of attendance, and keep their good rows."""
    seen: dict[tuple[str, str], tuple[Lines, int]] = {}
    places = [(lines, _meeting_codes(run, meetings, lines)) for lines in sheets]
    known = held(
        run.snapshot.rows["attendance"],
        ("meeting_code", "territory_code"),
        {code for _, codes in places for code in codes if code},
    )
    for lines, codes in places:
        cells = read_fields(run, lines, ("printed_name", "member"))
        printed, members = cells["printed_name"], cells["member"]
        run.territories.refuse_persons(lines, "printed_name", printed)
        territories, written = _territories(run, meetings, lines, codes, required=True)
        for index, (meeting, territory) in enumerate(zip(codes, territories, strict=True)):
            if not meeting or not territory:
                continue
            key = (meeting, territory)
            if key in seen:
                first, line = seen[key]
                at = "" if lines.is_filled_in else f", à la {first.name(line, lines)}"
                lines.refuse(
                    index,
                    lines.there("territory", "territory_code"),
                    issue("already-present", at=at),
                )
                continue
            seen[key] = lines, index
            if not lines.is_good(index):
                continue
            before = known.get(key)
            row: Row = (
                dict(before) if before else {"meeting_code": meeting, "territory_code": territory, "member": None}
            )
            if printed[index] is not None:
                row["printed_name"] = printed[index]
            elif before is None:
                candidate = None if written[index] else run.territories.gazetteer.candidate(territory)
                row["printed_name"] = written[index] or (candidate.name if candidate else None)
            fill(run, lines, index, row, {"member": members[index]})
            run.put("attendance", row, *key)


def check_actions(run: Run, meetings: Meetings, sheets: Sequence[Lines]) -> None:
    """Check the sheets of actions, and keep their good rows."""
    frame = run.snapshot.rows["action"]
    meeting_of = dict(zip(frame["code"], frame["meeting_code"], strict=True))
    drafts = [draft for lines in sheets for draft in _action_drafts(run, meetings, lines, meeting_of)]
    wanted = {draft.meeting for draft in drafts} | {meeting_of.get(draft.code) for draft in drafts}
    known = {str(code): row for (_, code), row in held(frame, ("meeting_code", "code"), wanted).items()}
    same: dict[object, str] = {}
    for known_code, row in known.items():
        same.setdefault(_identity(row["meeting_code"], row["description"], row["territory_code"]), known_code)
    numbers = _last_numbers({*meeting_of, *(draft.code for draft in drafts if draft.code)})
    unknown: Row = dict.fromkeys(frame.columns)
    seen: dict[object, _ActionDraft] = {}
    for draft in drafts:
        lines, index = draft.lines, draft.index
        same_as = _identity(draft.meeting, draft.cells["description"], draft.territory)
        named = draft.meeting and draft.cells["description"]
        code = draft.code or (same.get(same_as) if named else None)
        first = seen.setdefault(code or same_as, draft) if code or named else draft
        if first is not draft:
            lines.refuse(index, None, issue("same-action", line=first.lines.name(first.index, lines)))
            continue
        before = known.get(code or "")
        if before is None:
            lines.require_all(index, ("type", "description"), "n’est le code d’aucune action de la base")
        if draft.meeting and lines.is_good(index):
            if code is None:
                numbers[draft.meeting] += 1
                code = f"{draft.meeting}-a{numbers[draft.meeting]}"
            run.put("action", _action(run, draft, before or unknown, code), code)


@dataclass(frozen=True, eq=False)
class _ActionDraft:
    """A line on its way to an action; what is None is empty or refused."""

    lines: Lines
    index: int
    code: str | None
    meeting: str | None
    territory: str | None
    cells: dict[str, str | None]  # by field


def _action_drafts(
    run: Run, meetings: Meetings, lines: Lines, meeting_of: Mapping[str | None, str]
) -> Iterator[_ActionDraft]:
    columns = read_fields(run, lines, ("code", "type", "audience", "theme", "description", "source_url"))
    codes = columns.pop("code")
    # An action that the database has keeps its meeting when the line names none.
    places = _meeting_codes(run, meetings, lines, [meeting_of.get(code) for code in codes])
    territories, _ = _territories(run, meetings, lines, places, required=False)
    for index, values in enumerate(zip(*columns.values(), strict=True)):
        cells = dict(zip(columns, values, strict=True))
        yield _ActionDraft(lines, index, codes[index], places[index], territories[index], cells)


def _action(run: Run, draft: _ActionDraft, before: Row, code: str) -> Row:
    row: Row = dict(before, code=code, meeting_code=draft.meeting)
    fill(run, draft.lines, draft.index, row, {**draft.cells, "territory": draft.territory})
    return row


def _identity(meeting: object, description: object, territory: object) -> tuple[object, ...]:
    return meeting, normalize(str(description or "")), territory


def _last_numbers(codes: set[str]) -> defaultdict[str, int]:
    """Return meeting → the highest number that an action of it bears: « hauts-de-france-2020-05-06-a10 » is 10."""
    numbers: defaultdict[str, int] = defaultdict(int)
    for code in codes:
        if found := re.fullmatch(r"(.+)-a(\d{1,9})", code):
            numbers[found[1]] = max(numbers[found[1]], int(found[2]))
    return numbers


def _meeting_codes(
    run: Run, meetings: Meetings, lines: Lines, known: Sequence[str | None] | None = None
) -> list[str | None]:
    """Return the code of the meeting of each line, None where it is refused or waits.

    `known`: the meeting that the database gives to a line which names none.
    """
    if lines.is_filled_in:
        return [lines.meeting] * len(lines)
    columns = read_fields(run, lines, ("meeting", "network", "date"))
    codes: list[str | None] = []
    for index, (code, network, day, usual) in enumerate(
        zip(*columns.values(), known or [None] * len(lines), strict=True)
    ):
        if lines.is_refused(index) and any(
            value is None and not lines.is_empty(index, field)
            for field, value in (("meeting", code), ("network", network), ("date", day))
        ):
            codes.append(None)  # the meeting is named by a cell that is refused
            continue
        if usual and not (code or network or day):
            code = usual  # noqa: PLW2901
        field = "meeting" if code else "date" if day else lines.there("meeting", "date", "network")
        found = run.settle(lines, index, field, meetings.find(code, network, day, lines.file))
        meeting = meetings.get(found) if found else None
        if meeting and meeting.status in NOT_HELD:
            lines.refuse(index, field, issue("not-held", status=NOT_HELD[meeting.status]))
        codes.append(found)
    return codes


def _territories(
    run: Run, meetings: Meetings, lines: Lines, places: Sequence[str | None], *, required: bool
) -> tuple[list[str | None], list[str | None]]:
    """Return the code of the territory of each line, and its name as it is written; None where there is none."""
    names, codes = lines.read("territory", as_written), lines.read("territory_code", as_written)
    territories: list[str | None] = []
    written: list[str | None] = []
    for index, (name, code, place) in enumerate(zip(names, codes, places, strict=True)):
        text = None if name is None else as_text(name)
        # A code is no name: the official one is kept in its place.
        written.append(text if isinstance(text, str) and not is_code(text) else None)
        if name is None and code is None:
            if required:
                lines.require(index, lines.there("territory", "territory_code"))
            territories.append(None)
            continue
        meeting = meetings.get(place) if place else None
        found = run.territories.find(name, code, meeting.network if meeting else "")
        if meeting is None and isinstance(found, Question):
            territories.append(None)  # which one is meant depends on the network: asked once the meeting is known
            continue
        # What contradicts a name is the code; a name may also be wrong by itself.
        refused_by_code = code is not None and isinstance(found, Issue) and found != run.territories.name_of(name)
        field = "territory_code" if name is None or refused_by_code else "territory"
        territories.append(run.settle(lines, index, field, found))
    return territories, written
