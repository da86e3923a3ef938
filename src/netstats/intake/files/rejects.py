"""The rejects of an import, as a file: the lines refused or put off as they were written, each with its reasons."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePath

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from netstats.intake.files.grids import MOST_CHARACTERS
from netstats.intake.files.matching import Matching, meant_by
from netstats.intake.issues import Issue
from netstats.intake.labels import NO, YES, guarded
from netstats.intake.questions import NONE, Question
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, listing

REASONS = "À corriger"
"""Header of the last column, which the import leaves aside."""

UNREADABLE = "#N/A"
"""Written for a cell that could not be read: it is refused again until a value is put in its place."""

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_ENDING = "-a-corriger"
_AT_ISSUE = "_issue"
_LEFT_ASIDE = "Mise de côté"
_REASONS_WIDTH = 80
_MOST_WHOLE = 2**53  # beyond, a spreadsheet rounds a number


@dataclass(frozen=True)
class Rejects:
    """The rejects of an import, as a file to correct.

    Attributes
    ----------
    name
        Name of the file, with its ending.
    content
        A .csv (`;`, UTF-8 with a byte order mark) when the only file with such lines was one, else a workbook.
    lines
        How many lines there are to mend.
    """

    name: str
    content: bytes
    lines: int


@dataclass(frozen=True)
class _Said:
    """What is to be mended in a line, and in which column of the file as it was, when there is one."""

    column: str | None
    sentence: str


@dataclass(frozen=True, eq=False)
class _Sheet:
    """The lines to mend of one grid: the places of their cells in it, and what is said of each line."""

    matching: Matching
    kept: tuple[int, ...]
    rows: tuple[int, ...]
    reasons: Mapping[int, tuple[str, ...]]
    at_issue: frozenset[tuple[int, int]]

    @property
    def header(self) -> list[str]:
        return [*(_header(self.matching, column) for column in self.kept), REASONS]

    @property
    def title(self) -> str:
        grid, form = self.matching.grid, self.matching.form
        return grid.sheet or (form.title if form else PurePath(grid.file).stem)


def rejects_file(
    matchings: Iterable[Matching],
    issues: Iterable[Issue],
    held_back: Iterable[Issue] = (),
    questions: Iterable[Question] = (),
) -> Rejects | None:
    """Return the lines refused and those that wait for an answer, ready to be mended and imported again.

    Sheets and headers are those of the files, the columns refused as such (personal data, a header written twice) are
    left out, and the last column says what is to be mended; in a workbook the cells at fault are coloured.

    Parameters
    ----------
    matchings
        The sheets as they were read.
    issues, held_back, questions
        What the check says of their lines; what it says of other sheets does not matter.

    Returns
    -------
    Rejects or None
        None when no line is to be mended.
    """
    said: dict[tuple[str, str], dict[int, list[_Said]]] = defaultdict(lambda: defaultdict(list))
    for one in (*issues, *held_back):
        said[one.where.file, one.where.sheet][one.where.line].append(_Said(one.where.column, one.sentence))
    for question in questions:
        for line in question.lines:
            said[question.file, question.sheet][line].append(_Said(None, _choice(question)))
    sheets = [
        sheet
        for matching in matchings
        if matching.header >= 0
        and (sheet := _sheet(matching, said.get((matching.grid.file, matching.grid.sheet), {}))).rows
    ]
    if not sheets:
        return None
    name = file_name((sheet.matching.grid.file, sheet.matching.grid.sheet) for sheet in sheets)
    content = _csv(sheets[0]) if name.endswith(".csv") else _workbook(sheets)
    return Rejects(name, content, sum(len(sheet.rows) for sheet in sheets))


def file_name(places: Iterable[tuple[str, str]]) -> str:
    """Return the name of the file to mend of some lines; each is in a file, and in a sheet of it (empty for a .csv)."""
    sheets = set(places)
    files = {file for file, _ in sheets}
    name = f"{PurePath(min(files)).stem.removesuffix(_ENDING)}{_ENDING}" if len(files) == 1 else _ENDING.strip("-")
    return f"{name}.csv" if len(sheets) == 1 and not min(sheets)[1] else f"{name}.xlsx"


def _sheet(matching: Matching, said: Mapping[int, Sequence[_Said]]) -> _Sheet:
    grid = matching.grid
    read = set(matching.columns.values())
    kept = tuple(
        column
        for column, header in enumerate(matching.headers)
        if column in read or not (header in matching.refused or header.strip() == REASONS)
    )
    rows = tuple(row for row, line in enumerate(grid.lines) if line in said and row > matching.header)
    places = _places(matching)
    at_issue = {(row, places[one.column]) for row in rows for one in said[grid.lines[row]] if one.column in places}

    def worded(one: _Said) -> str:
        if one.column is None:
            return one.sentence
        where = _header(matching, places[one.column]) if one.column in places else one.column
        return f"{where}{NO_BREAK}: {one.sentence}"

    reasons = {row: tuple(dict.fromkeys(map(worded, said[grid.lines[row]]))) for row in rows}
    return _Sheet(matching, kept, rows, reasons, frozenset(at_issue))


def _places(matching: Matching) -> dict[str | None, int]:
    """Return where the column that an issue names lies, by the header of the file or by that of the form."""
    headers = matching.headers
    places: dict[str | None, int] = {header: column for column, header in enumerate(headers)}
    for name, column in matching.columns.items():
        if matching.form:
            places[matching.form.field(name).header] = column
    return places | {headers[column]: column for column in matching.columns.values()}


def _header(matching: Matching, column: int) -> str:
    """Return the header of a column in the file to mend.

    That of its field, so that a column which a person matched by hand is found again; the file’s own where nothing
    reads it, marked when it would be read once the file comes back.
    """
    form = matching.form
    field = (
        next((form.field(name) for name, where in matching.columns.items() if where == column), None) if form else None
    )
    if field:
        return field.header
    written = _text(matching.grid.rows[matching.header][column])
    meaning = meant_by(written, form) if form else None
    reads = meaning is not None and (
        meaning.name not in matching.columns or normalize(written) == normalize(meaning.header)
    )
    return f"{_LEFT_ASIDE}{NO_BREAK}: {written}" if reads else written


def _choice(question: Question) -> str:
    proposed = (option for option in question.options if option.code != NONE)  # here, the cell can be written anew
    options = listing((f"{option.label} [{option.code}]" for option in proposed), "ou")
    return f"{question.sentence} Au choix{NO_BREAK}: {options}." if options else question.sentence


def _text(cell: object) -> str:
    """Return a cell as a person would write it."""
    if cell is None:
        return ""
    if isinstance(cell, Issue):
        return UNREADABLE
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)


def _csv(sheet: _Sheet) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(header) for header in sheet.header])
    for row in sheet.rows:
        cells = [guarded(_text(sheet.matching.rows[row][column])) for column in sheet.kept]
        writer.writerow([*cells, guarded(" ".join(sheet.reasons[row]))])
    return stream.getvalue().encode("utf-8-sig")


def _workbook(sheets: Sequence[_Sheet]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        styles = _styles(book)
        names = _sheet_names(sheet.title for sheet in sheets)
        for name, sheet in zip(names, sheets, strict=True):
            _write_sheet(book.add_worksheet(name), sheet, styles)
    return stream.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """Return how each kind of cell looks, at fault or not, and the headers."""
    header = {"bold": True, "text_wrap": True, "valign": "vcenter"}
    at_issue = {"bg_color": "#FBD9D0", "border": 1, "border_color": "#B3402A"}
    cell = {"valign": "top", "align": "left"}
    # As text, a cell keeps what is typed there: « 02691 » its zero, « mars 2026 » its unknown day.
    formats = {"text": "@", "number": "General", "truth": "General", "day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm"}
    return {
        "header": book.add_format({**header, "bg_color": "#DCE8EC"}),
        "mend": book.add_format({**header, "bg_color": "#B3402A", "font_color": "#FFFFFF"}),
        "reasons": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FDF1EC"}),
        **{name: book.add_format({**cell, "num_format": code}) for name, code in formats.items()},
        **{
            f"{name}{_AT_ISSUE}": book.add_format({**cell, **at_issue, "num_format": code})
            for name, code in formats.items()
        },
    }


def _sheet_names(titles: Iterable[str]) -> Iterator[str]:
    """Yield names that a workbook takes: two files may have a sheet « Réunions » each."""
    taken: set[str] = {"history"}  # a name that Excel keeps for itself
    for title in titles:
        plain = _FORBIDDEN_IN_NAMES.sub(" ", title).strip("' ")[:_LONGEST_NAME].strip("' ") or "Feuille"
        name, rank = plain, 1
        while name.lower() in taken:
            rank += 1
            name = f"{plain[: _LONGEST_NAME - len(str(rank)) - 3]} ({rank})"
        taken.add(name.lower())
        yield name


def _write_sheet(target: Worksheet, sheet: _Sheet, styles: Mapping[str, Format]) -> None:
    rows = sheet.matching.rows
    last = len(sheet.kept)
    for column, header in enumerate(sheet.header):
        target.write_string(0, column, _string(header), styles["mend" if column == last else "header"])
    for place, row in enumerate(sheet.rows, 1):
        for column, source in enumerate(sheet.kept):
            cell = rows[row][source]
            style = f"{_written_as(cell)}{_AT_ISSUE if (row, source) in sheet.at_issue else ''}"
            _write_cell(target, place, column, cell, styles[style])
        reasons = sheet.reasons[row]
        target.write_string(place, last, "\n".join(reasons)[:MOST_CHARACTERS], styles["reasons"])
        target.set_row(place, _height(reasons))
    for column, source in enumerate(sheet.kept):
        longest = max((len(_text(rows[row][source])) for row in sheet.rows[:200]), default=0)
        target.set_column(column, column, min(max(longest, len(sheet.header[column]), 10) + 2, 45))
    target.set_column(last, last, _REASONS_WIDTH)
    target.set_row(0, 33)
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, len(sheet.rows), last)
    target.set_landscape()
    target.set_paper(9)  # A4
    target.fit_to_pages(1, 0)
    target.ignore_errors({"number_stored_as_text": f"A1:XFD{len(sheet.rows) + 1}"})


def _height(reasons: Iterable[str]) -> int:
    """Return a height, in points, that shows the reasons whole; no row is higher than 409."""
    return min(3 + 15 * sum(1 + len(reason) * 21 // (_REASONS_WIDTH * 20) for reason in reasons), 409)


def _string(text: str) -> str:
    # Nothing runs in a workbook that is written as a text; the reader takes an apostrophe off there too.
    return (guarded(text) if text.startswith("'") else text)[:MOST_CHARACTERS]


def _written_as(cell: object) -> str:
    if isinstance(cell, bool):
        return "truth"
    if isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) < _MOST_WHOLE:
        return "number"
    if isinstance(cell, date) and cell.year > 1900:  # a workbook counts its days from there
        return "moment" if isinstance(cell, datetime) and cell.time() != time() else "day"
    return "text"


def _write_cell(target: Worksheet, row: int, column: int, cell: object, style: Format) -> None:
    written_as = _written_as(cell)
    if cell is None:
        target.write_blank(row, column, None, style)
    elif written_as == "truth":
        target.write_boolean(row, column, cell, style)
    elif written_as == "number":
        target.write_number(row, column, cell, style)
    elif written_as in {"day", "moment"}:
        target.write_datetime(row, column, cell, style)
    else:
        target.write_string(row, column, _string(_text(cell)), style)
