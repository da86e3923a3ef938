"""The lines of meetings: what each says of its meeting, and whether that can be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from netstats.intake.check.fields import fill, new_row, read_fields
from netstats.intake.check.joined import hold_together
from netstats.intake.check.lines import Line, Lines
from netstats.intake.check.listed import moment_of
from netstats.intake.check.meeting_index import Held, Meetings, Moment
from netstats.intake.check.meeting_match import identify, title_of
from netstats.intake.check.run import Run
from netstats.intake.dates import Day
from netstats.intake.issues import issue
from netstats.intake.snapshot import Row
from netstats.intake.values import Headcount
from netstats.wording import date as spoken

_OWN_WAY = frozenset({"code", "date", "until", "participants", "title"})
"""Fields that are not simply written into their column."""


def check_meetings(run: Run, sheets: Sequence[Lines]) -> Meetings:
    """Check the sheets of meetings, keep their good rows with their themes and those present; return all meetings."""
    meetings, lines = find_meetings(run, sheets)
    keep_meetings(run, meetings, lines)
    return meetings


def find_meetings(run: Run, sheets: Sequence[Lines]) -> tuple[Meetings, list[Line]]:
    """Return all meetings, and the lines, each with the code of its one; new ones have a code that nothing bears."""
    meetings = Meetings(run)
    for sheet in sheets:
        read_fields(run, sheet)
        run.territories.refuse_persons(sheet, "place")
        run.territories.refuse_persons(sheet, "title")
    lines = [line for sheet in sheets for line in sheet]
    identify(run, meetings, lines)
    return meetings, lines


def keep_meetings(run: Run, meetings: Meetings, lines: Sequence[Line]) -> None:
    """Check what the lines say of their meetings, and keep the good rows."""
    if not lines:
        return
    before = _before(run, {line.code for line in lines if line.code})
    others: dict[Line, list[Line]] = defaultdict(list)
    for line in lines:
        if line.adds_to:
            others[line.adds_to].append(line)
    for line in lines:
        if not line.adds_to:
            _keep(run, meetings, line, others.get(line, ()), before)
    for line in lines:
        if not (line.adds_to or line.is_good or line.is_double):
            _remember_not_taken(meetings, line)


@dataclass(frozen=True)
class _Before:
    """What the database holds of some meetings: their rows, their themes, who attended, which have anything told."""

    rows: Mapping[tuple[object, ...], Row]
    themes: Mapping[str, list[str]]
    attendance: Mapping[tuple[object, ...], Row]
    attended: Collection[object]


def _before(run: Run, codes: set[str]) -> _Before:
    themes: dict[str, list[str]] = defaultdict(list)
    for meeting, theme in sorted(run.held("meeting_theme", ("meeting_code", "theme_code"), codes)):
        themes[str(meeting)].append(str(theme))
    return _Before(
        run.held("meeting", ("code",), codes),
        themes,
        run.held("attendance", ("meeting_code", "territory_code"), codes),
        {*run.snapshot.rows["attendance"]["meeting_code"], *run.snapshot.rows["action"]["meeting_code"]},
    )


def _keep(run: Run, meetings: Meetings, line: Line, others: Sequence[Line], before: _Before) -> None:
    """Check a line and those that add to it, and keep their rows when they are good."""
    line.before = before.rows.get((line.code,))
    line.row = _merged(run, line)
    _check(run, line, is_attended=line.code in before.attended)
    for other in others:
        other.row = line.row
    lines = [line, *others]
    themes = _themes(run, line)
    for other in others:
        codes = _themes(run, other)
        themes = themes if codes is None else {**(themes or {}), **codes}
    present = [_present(run, one) for one in lines]
    hold_together(line, others)
    if line.is_good:
        was = before.themes.get(line.code, [])
        adds = any((line.code, code) not in before.attendance for code in present[0])
        adds = adds or (themes is not None and set(themes) != set(was))
        line.compare(line.row, line.before, adds=adds)
        run.put("meeting", line.row, line.code)
        _put_themes(run, line, themes, was)
        taken: Moment = (line.row["held_on"], str(line.row["date_precision"]))  # type: ignore[assignment]
        network, status, title = (str(line.row[name]) for name in ("network_code", "status", "title"))
        meetings.add(line.code, Held(network, taken, status, title))
    for one, named in zip(lines, present, strict=True):
        _put_present(run, one, named, before.attendance)
        if one.adds_to:
            one.is_new = one.is_good and any((one.code, code) not in before.attendance for code in named)


def _remember_not_taken(meetings: Meetings, line: Line) -> None:
    """Let what refers to the meeting of a line know that it is not taken, as far as the meeting is known."""
    network, why = line.cells["network"], line.depended_on()
    meetings.not_taken(line.code, network, moment_of(line), why)
    no_date = line.cells["date"] is None and not (line.sheet.has("date") and line.is_empty("date"))
    if no_date or not network:
        moment = None if no_date else moment_of(line)
        meetings.lose(line.sheet.file, network, moment, held_back=why.code == "depends-on-waiting")


def _merged(run: Run, line: Line) -> Row:
    """Return the whole row: what the line says on what the database holds, or on what is meant by an empty cell."""
    row: Row = dict(line.before or new_row(run, line.sheet.form, date_precision="unknown"))
    if line.before is None:
        if line.waits is None:  # the answer may be a meeting that has a kind already
            # Without a code, the network was asked for before.
            needed = ("kind",) if line.is_empty("code") else ("network", "kind")
            line.require_all(needed, "n’est le code d’aucune réunion de la base", {"date": "no-date-column"})
        elif line.code and not line.is_empty("code"):
            line.require("network")
    row["code"] = line.code
    fill(run, line, row, [name for name in line.cells if name not in _OWN_WAY])
    _date(run, line, row)
    _count(run, line, row)
    if line.cells["title"] or not row["title"]:
        row["title"] = title_of(run, line)
    return row


def _clears(run: Run, line: Line, field: str) -> bool:
    """Return whether an empty cell takes away what the database has."""
    return line.before is not None and run.clears(line, field)


def _date(run: Run, line: Line, row: Row) -> None:
    # A line without a code whose date is empty, or less precise, was told to be this meeting by a person: the date that
    # is known is not in doubt.
    moment = moment_of(line)
    is_told = line.cells["date"] is not None or _clears(run, line, "date")
    if is_told and (line.cells["code"] or not _within(row, moment)):
        row["held_on"], row["date_precision"] = moment
    until = line.cells["until"]
    if isinstance(until, Day) and until.precision != "day":
        line.refuse("until", issue("until-not-a-day"))
    elif until is not None or _clears(run, line, "until"):
        row["held_until"] = until.first if isinstance(until, Day) else None


def _within(row: Row, moment: Moment) -> bool:
    """Return whether the date of a row is known, and inside the month or year of another; or no other is given."""
    known, (first, precision) = row["held_on"], moment
    if not isinstance(known, date) or first is None:
        return isinstance(known, date)
    if precision == "year":
        return known.year == first.year
    is_coarser = row["date_precision"] == "year"
    return precision == "month" and not is_coarser and (known.year, known.month) == (first.year, first.month)


def _count(run: Run, line: Line, row: Row) -> None:
    """Write the headcount: a bare number is exact, unless it is the one that was known already to be approximate."""
    count, precision = line.cells["participants"], line.cells["participants_precision"]
    if isinstance(count, Headcount):
        if count.precision and precision and count.precision != precision:
            line.refuse("participants", issue("precisions-differ"))
        if count.precision:
            row["participants_precision"] = count.precision
        elif precision is None and (count.number != row["participants"] or not row["participants_precision"]):
            row["participants_precision"] = "exact"
        row["participants"] = count.number
        if count.unit and line.cells["participants_unit"] not in {None, count.unit}:
            line.refuse("participants", issue("units-differ"))
        row["participants_unit"] = count.unit or row["participants_unit"]
    elif _clears(run, line, "participants"):
        row.update(participants=None, participants_precision=None, participants_unit=None)
    if row["participants"] is None and line.is_empty("participants"):
        for field in ("participants_precision", "participants_unit"):
            if line.cells[field] is not None:
                line.refuse(field, issue("nobody-counted"))


def _check(run: Run, line: Line, *, is_attended: bool) -> None:
    """Refuse what cannot be true of a meeting."""
    row, there = line.row, line.sheet.there
    held_on, held_until = row["held_on"], row["held_until"]
    if isinstance(held_until, date) and not isinstance(held_on, date):
        if line.is_empty("date"):  # else the date is refused already
            line.refuse(there("until", "date"), issue("until-without-date"))
    elif isinstance(held_until, date) and isinstance(held_on, date) and held_until < held_on:
        said = spoken(held_on, str(row["date_precision"]))
        line.refuse(there("until", "date"), issue("until-before-date", date=said))
    if row["status"] == "held" and isinstance(held_on, date) and held_on > run.today:
        line.refuse(there("date", "status"), issue("to-come"))
    if row["status"] != "held":
        if is_attended and line.before and line.before["status"] != row["status"]:
            line.refuse("status", issue("attended-not-held"))
        if line.cells["present"]:
            line.refuse("present", issue("present-not-held"))


def _present(run: Run, line: Line) -> dict[str, str]:
    """Return the territories of « Territoires présents », and how each is written."""
    network = line.row["network_code"]
    if not network:
        return {}
    return run.settle_list(
        line, "present", lambda name: run.territories.find(name, None, str(network)), "same-territory", str(network)
    )


def _put_present(run: Run, line: Line, present: dict[str, str], known: Mapping[tuple[object, ...], Row]) -> None:
    """Keep those present of a line that is good."""
    for code, written in present.items() if line.is_good else ():
        # Of an attendance that the database has, a list of names says nothing more.
        row: Row = {"meeting_code": line.code, "territory_code": code, "member": None}
        row["printed_name"] = run.territories.printed_name(written, code)
        run.put("attendance", known.get((line.code, code), row), line.code, code)


def _themes(run: Run, line: Line) -> dict[str, str] | None:
    """Return the codes of the themes of a line, which are all of its meeting; None leaves what the database has."""
    if line.cells["themes"] is None and not run.clears(line, "themes"):
        return None
    return run.settle_list(line, "themes", run.names["theme"].find, "said-twice")


def _put_themes(run: Run, line: Line, codes: dict[str, str] | None, before: Sequence[str]) -> None:
    if codes is None:
        return
    for code in codes:
        run.put("meeting_theme", {"meeting_code": line.code, "theme_code": code}, line.code, code)
    gone = [code for code in before if code not in codes]
    for code in gone:
        run.remove("meeting_theme", {"meeting_code": line.code, "theme_code": code})
    if gone and line.sheet.file:
        run.themes_gone.setdefault(line.sheet, []).append((line.number, gone))
