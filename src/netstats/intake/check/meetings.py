"""The lines of meetings: what each says of its meeting, and whether that can be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from netstats.intake.check.fields import fill, new_row, read_fields
from netstats.intake.check.lines import Lines
from netstats.intake.check.meeting_index import Held, Meetings, Moment
from netstats.intake.check.meeting_match import Draft, identify, title_of
from netstats.intake.check.run import Row, Run, held
from netstats.intake.check.territories import is_code
from netstats.intake.issues import issue
from netstats.intake.values import Day, Headcount
from netstats.wording import date as spoken

_OWN_WAY = frozenset({"code", "date", "until", "participants", "title"})
"""Fields that are not simply written into their column."""


def check_meetings(run: Run, sheets: Sequence[Lines]) -> Meetings:
    """Check the sheets of meetings, keep their good rows with their themes and those present; return all meetings."""
    meetings, drafts = find_meetings(run, sheets)
    if drafts:
        keep_meetings(run, meetings, drafts)
    return meetings


def find_meetings(run: Run, sheets: Sequence[Lines]) -> tuple[Meetings, list[Draft]]:
    """Return all meetings, and which of them each line is; new ones have a code that nothing bears."""
    meetings = Meetings(run)
    drafts = [draft for lines in sheets for draft in _read(run, lines)]
    identify(run, meetings, drafts)
    return meetings, drafts


def keep_meetings(run: Run, meetings: Meetings, drafts: Sequence[Draft]) -> None:
    """Check what the lines say of their meetings, and keep the good rows."""
    old = held(run.snapshot.rows["meeting"], ("code",), {draft.code for draft in drafts if draft.code})
    attended = _attended(run)
    rows = []
    for draft in drafts:
        draft.old = old.get((draft.code,))
        row = _merged(run, draft)
        _check(run, draft, row, attended)
        rows.append(row)
    themes = [_themes(run, draft) for draft in drafts]
    present = [_present(run, draft, row) for draft, row in zip(drafts, rows, strict=True)]
    themes_before = _themes_before(run, {draft.code for draft in drafts if draft.old})
    for draft, row, about, territories in zip(drafts, rows, themes, present, strict=True):
        if draft.is_good:
            run.put("meeting", row, draft.code)
            _put_themes(run, draft, about, themes_before.get(draft.code, set()))
            _put_present(run, draft, territories)
            taken: Moment = (row["held_on"], str(row["date_precision"]))  # type: ignore[assignment]
            meetings.add(draft.code, Held(str(row["network_code"]), taken, str(row["status"])), str(row["title"]))
    _keep_held(run, drafts)
    for draft in drafts:
        if not draft.is_good and not draft.is_double:
            _remember_not_taken(meetings, draft)


def _remember_not_taken(meetings: Meetings, draft: Draft) -> None:
    """Let what refers to the meeting of a line know that it is not taken, as far as the meeting is known."""
    network, why = draft.cells["network"], draft.lines.depended_on(draft.index)
    meetings.not_taken(draft.code, network, draft.moment, why)
    no_date = draft.cells["date"] is None and not draft.lines.clears(draft.index, "date")
    if no_date or not network:
        moment = None if no_date else draft.moment
        meetings.lose(draft.lines.file, network, moment, held_back=why.code == "depends-on-waiting")


# --- reading


def _read(run: Run, lines: Lines) -> list[Draft]:
    columns = read_fields(run, lines)
    for name in ("place", "title"):
        run.territories.refuse_persons(lines, name, columns[name])
    return [
        Draft(lines, index, dict(zip(columns, values, strict=True)))
        for index, values in enumerate(zip(*columns.values(), strict=True))
    ]


# --- what it says of it


def _merged(run: Run, draft: Draft) -> Row:
    """Return the whole row: what the line says on what the database holds, or on what is meant by an empty cell."""
    cells, lines, index = draft.cells, draft.lines, draft.index
    row: Row = dict(draft.old or new_row(run, lines.form, date_precision="unknown"))
    if draft.old is None:
        if not lines.is_waiting(index):  # the answer may be a meeting that has a kind already
            # Without a code, the network was asked for before.
            needed = ("kind",) if lines.is_empty(index, "code") else ("network", "kind")
            no_dates = {"date": issue("no-date-column")}
            lines.require_all(index, needed, "n’est le code d’aucune réunion de la base", no_dates)
        elif not lines.is_empty(index, "code"):
            lines.require(index, "network")
    row["code"] = draft.code

    fill(run, lines, index, row, {name: value for name, value in cells.items() if name not in _OWN_WAY})
    _date(run, draft, row)
    _count(draft, row, cleared=_clears(run, draft, "participants"))
    if cells["title"] or not row["title"]:
        row["title"] = title_of(run, draft)
    return row


def _clears(run: Run, draft: Draft, field: str) -> bool:
    """Return whether an empty cell takes away what the database has."""
    return draft.old is not None and run.clears(draft.lines, draft.index, field)


def _date(run: Run, draft: Draft, row: Row) -> None:
    # A line without a code whose date is empty, or less precise, was told to be this meeting by a person: the date that
    # is known is not in doubt.
    is_told = draft.cells["date"] is not None or _clears(run, draft, "date")
    if is_told and (draft.cells["code"] or not _within(row, draft.moment)):
        row["held_on"], row["date_precision"] = draft.moment
    until = draft.cells["until"]
    if isinstance(until, Day) and until.precision != "day":
        draft.refuse("until", issue("until-not-a-day"))
    elif until is not None or _clears(run, draft, "until"):
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


def _count(draft: Draft, row: Row, *, cleared: bool) -> None:
    """Write the headcount: a bare number is exact, unless it is the one that was known already to be approximate."""
    count, precision = draft.cells["participants"], draft.cells["participants_precision"]
    if isinstance(count, Headcount):
        if count.precision and precision and count.precision != precision:
            draft.refuse("participants", issue("precisions-differ"))
        if count.precision:
            row["participants_precision"] = count.precision
        elif precision is None and (count.number != row["participants"] or not row["participants_precision"]):
            row["participants_precision"] = "exact"
        row["participants"] = count.number
    elif cleared:
        row.update(participants=None, participants_precision=None, participants_unit=None)
    for field in ("participants_precision", "participants_unit"):
        counted_nobody = row["participants"] is None and draft.lines.is_empty(draft.index, "participants")
        if counted_nobody and draft.cells[field] is not None:
            draft.refuse(field, issue("nobody-counted"))


def _check(run: Run, draft: Draft, row: Row, attended: set[object]) -> None:
    """Refuse what cannot be true of a meeting."""
    held_on, held_until = row["held_on"], row["held_until"]
    if isinstance(held_until, date) and not isinstance(held_on, date):
        if draft.lines.is_empty(draft.index, "date"):  # else the date is refused already
            draft.refuse(draft.lines.there("until", "date"), issue("until-without-date"))
    elif isinstance(held_until, date) and isinstance(held_on, date) and held_until < held_on:
        draft.refuse(
            draft.lines.there("until", "date"),
            issue("until-before-date", date=spoken(held_on, str(row["date_precision"]))),
        )
    if row["status"] == "held" and isinstance(held_on, date) and held_on > run.today:
        draft.refuse(draft.lines.there("date", "status"), issue("to-come"))
    if row["status"] != "held":
        if draft.code in attended and draft.old and draft.old["status"] != row["status"]:
            draft.refuse("status", issue("attended-not-held"))
        if draft.cells["present"]:
            draft.refuse("present", issue("present-not-held"))


def _attended(run: Run) -> set[object]:
    return {*run.snapshot.rows["attendance"]["meeting_code"], *run.snapshot.rows["action"]["meeting_code"]}


# --- the lists of a line


def _present(run: Run, draft: Draft, row: Row) -> dict[str, str]:
    """Return the territories of « Territoires présents », and how each is written."""
    present: dict[str, str] = {}
    names = draft.cells["present"]
    if not row["network_code"] or not isinstance(names, tuple):
        return present
    for name in names:
        found = run.territories.find(name, None, str(row["network_code"]))
        code = run.settle(draft.lines, draft.index, "present", found, name)
        if code and code in present:
            draft.refuse("present", issue("same-territory", other=present[code]), name)
        elif code:
            present[code] = name
    return present


def _put_present(run: Run, draft: Draft, present: dict[str, str]) -> None:
    for code, written in present.items():
        # What was found by its code is written nowhere by its name.
        candidate = run.territories.gazetteer.candidate(code) if is_code(written) else None
        written = candidate.name if candidate else written  # noqa: PLW2901
        row: Row = {"meeting_code": draft.code, "territory_code": code, "printed_name": written, "member": None}
        run.put("attendance", row, draft.code, code)


def _themes(run: Run, draft: Draft) -> list[str] | None:
    """Return the codes of the themes of a line, which are all of its meeting; None leaves what the database has."""
    names = draft.cells["themes"]
    if not isinstance(names, tuple):
        return [] if run.clears(draft.lines, draft.index, "themes") else None
    codes: list[str] = []
    for name in names:
        code = run.settle(draft.lines, draft.index, "themes", run.themes.find(name), name)
        if code and code in codes:
            draft.refuse("themes", issue("said-twice"), name)
        elif code:
            codes.append(code)
    return codes


def _themes_before(run: Run, meetings: set[str]) -> dict[str, set[str]]:
    themes: dict[str, set[str]] = defaultdict(set)
    for meeting, theme in held(run.snapshot.rows["meeting_theme"], ("meeting_code", "theme_code"), meetings):
        themes[str(meeting)].add(str(theme))
    return themes


def _put_themes(run: Run, draft: Draft, codes: list[str] | None, before: set[str]) -> None:
    if codes is None:
        return
    for code in codes:
        run.put("meeting_theme", {"meeting_code": draft.code, "theme_code": code}, draft.code, code)
    for code in sorted(before.difference(codes)):
        run.remove("meeting_theme", {"meeting_code": draft.code, "theme_code": code})


def _keep_held(run: Run, drafts: Sequence[Draft]) -> None:
    """Let an attendance that the database has be as it is: a list of names says nothing more of it."""
    put = run.rows["attendance"]
    known = held(run.snapshot.rows["attendance"], ("meeting_code", "territory_code"), {draft.code for draft in drafts})
    put.update((key, known[key]) for key in put.keys() & known.keys())
