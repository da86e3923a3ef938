"""The rejects of an import, as a file: the lines refused or put off as they were written, each with its reasons."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import PurePath
from types import MappingProxyType

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from netstats import brand
from netstats.intake.issues import Issue
from netstats.intake.labels import NO, YES, guarded
from netstats.intake.questions import NONE, Question
from netstats.intake.read.grids import MOST_CHARACTERS, rewritten
from netstats.intake.read.headers import meaning_of
from netstats.intake.read.matching import Matching
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, listing

REASONS = "À corriger"
"""Header of the last column, which the import leaves aside."""

UNREADABLE = "#N/A"
"""Written for a cell that could not be read: it is refused again until a value is put in its place."""

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_ENDING = "-a-corriger"
_LEFT_ASIDE = "Mise de côté"
_REASONS_WIDTH, _WIDEST = 80, 320  # in characters, in pixels
_MOST_WHOLE = 2**53  # beyond, a spreadsheet rounds a number

# As text, a cell keeps what is typed there: « 02691 » its zero, « mars 2026 » its unknown day.
_SHAPES = {"text": "@", "number": "General", "truth": "General", "day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm"}

_Said = tuple[str | None, str]
"""The column of the file that is at issue, None for the whole line, and what is to be corrected."""


@dataclass(frozen=True)
class Rejects:
    """A file to correct, and its lines: a .csv when the only file with such lines was one, else a workbook."""

    name: str
    content: bytes
    lines: int


@dataclass(frozen=True, eq=False)
class _Sheet:
    """The lines to correct of one grid: its columns that are kept, what is said of each row, the cells at issue."""

    matching: Matching
    columns: Sequence[int]
    reasons: Mapping[int, Sequence[str]]
    at_issue: frozenset[tuple[int, int]]

    @property
    def headers(self) -> list[str]:
        return [*(_header(self.matching, column) for column in self.columns), REASONS]

    @property
    def title(self) -> str:
        grid, form = self.matching.grid, self.matching.form
        return grid.sheet or (form.title if form else PurePath(grid.file).stem)


def rejects_file(
    matchings: Iterable[Matching],
    issues: Iterable[Issue],
    held_back: Iterable[Issue] = (),
    questions: Iterable[Question] = (),
    dates: Mapping[tuple[str, str], Mapping[object, str]] = MappingProxyType({}),
) -> Rejects | None:
    """Return the lines refused and those that wait for an answer, to be corrected and imported again; None without.

    Sheets and headers are those of the files, the columns refused as such (personal data, a header written twice) are
    left out, and the last column says what is to be corrected; in a workbook the cells at issue are coloured.
    `dates`: (file, sheet) → cells of dates that are written otherwise: the order that a person told is not told again.
    """
    said: dict[tuple[str, str], dict[int, list[_Said]]] = defaultdict(lambda: defaultdict(list))
    for one in (*issues, *held_back):
        said[one.where.file, one.where.sheet][one.where.line].append((one.where.column, one.sentence))
    for question in questions:
        for line in question.lines:
            said[question.file, question.sheet][line].append((None, _choice(question)))
    with_headers = [matching for matching in matchings if matching.header >= 0]
    with_headers = [_dated(one, dates.get((one.grid.file, one.grid.sheet), {})) for one in with_headers]
    sheets = [_sheet(matching, said.get((matching.grid.file, matching.grid.sheet), {})) for matching in with_headers]
    sheets = [sheet for sheet in sheets if sheet.reasons]
    if not sheets:
        return None
    name = file_name((sheet.matching.grid.file, sheet.matching.grid.sheet) for sheet in sheets)
    content = _csv(sheets[0]) if name.endswith(".csv") else _workbook(sheets)
    return Rejects(name, content, sum(len(sheet.reasons) for sheet in sheets))


def file_name(places: Iterable[tuple[str, str]]) -> str:
    """Return the name of the file to correct, by the files of its lines and their sheets (empty for a .csv)."""
    sheets = set(places)
    files = {file for file, _ in sheets}
    name = f"{PurePath(min(files)).stem.removesuffix(_ENDING)}{_ENDING}" if len(files) == 1 else _ENDING.strip("-")
    return f"{name}.csv" if len(sheets) == 1 and not min(sheets)[1] else f"{name}.xlsx"


# --- what is to be corrected --------------------------------------------------------------------------


def _dated(matching: Matching, dates: Mapping[object, str]) -> Matching:
    """Return a matching whose cells in columns of dates are written as they were understood."""
    form = matching.form
    columns = {column for name, column in matching.columns.items() if form and form.field(name).kind == "date"}
    return replace(matching, grid=rewritten(matching.grid, matching.header + 1, columns, dates)) if dates else matching


def _sheet(matching: Matching, said: Mapping[int, Sequence[_Said]]) -> _Sheet:
    read = set(matching.columns.values())
    columns = [
        column
        for column, header in enumerate(matching.headers)
        if column in read or not (header in matching.refused or header.strip() == REASONS)
    ]
    places = _places(matching)
    reasons: dict[int, Sequence[str]] = {}
    at_issue = set()
    for row, line in enumerate(matching.grid.lines):
        if row <= matching.header or line not in said:
            continue
        sentences = []
        for column, sentence in said[line]:
            header = column
            if column in places:
                at_issue.add((row, places[column]))
                header = _header(matching, places[column])
            sentences.append(sentence if header is None else f"{header}{NO_BREAK}: {sentence}")
        reasons[row] = list(dict.fromkeys(sentences))
    return _Sheet(matching, columns, reasons, frozenset(at_issue))


def _places(matching: Matching) -> dict[str | None, int]:
    """Return where the column that an issue names lies, by the header of the file or by that of the form."""
    headers = matching.headers
    places: dict[str | None, int] = {header: column for column, header in enumerate(headers)}
    for name, column in matching.columns.items():
        if matching.form:
            places[matching.form.field(name).header] = column
    return places | {headers[column]: column for column in matching.columns.values()}


def _header(matching: Matching, column: int) -> str:
    """Return the header of a column in the file to correct.

    That of its field, so that a column which a person matched by hand is found again; the file’s own where nothing
    reads it, marked when it would be read once the file comes back.
    """
    form = matching.form
    written = _text(matching.grid.rows[matching.header][column])
    if form is None:
        return written
    for name, where in matching.columns.items():
        if where == column:
            return form.field(name).header
    field = (meaning_of(written, form) or (None, ""))[0]
    reads = field is not None and (field.name not in matching.columns or normalize(written) == normalize(field.header))
    return f"{_LEFT_ASIDE}{NO_BREAK}: {written}" if reads else written


def _choice(question: Question) -> str:
    proposed = (option for option in question.options if option.code != NONE)  # here, the cell can be written anew
    options = listing((f"{option.label} [{option.code}]" for option in proposed), "ou")
    return f"{question.sentence} Au choix{NO_BREAK}: {options}." if options else question.sentence


# --- the files ----------------------------------------------------------------------------------------


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
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y %H:%M}" if _has_a_time(cell) else f"{cell:%d/%m/%Y}"
    return str(cell)


def _has_a_time(day: date) -> bool:
    return isinstance(day, datetime) and day.time() != time()


def _csv(sheet: _Sheet) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(header) for header in sheet.headers])
    for row, reasons in sheet.reasons.items():
        cells = [guarded(_text(sheet.matching.rows[row][column])) for column in sheet.columns]
        writer.writerow([*cells, guarded(" ".join(reasons))])
    return stream.getvalue().encode("utf-8-sig")


def _workbook(sheets: Sequence[_Sheet]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, brand.BOOK) as book:
        styles = _styles(book)
        names = _sheet_names(sheet.title for sheet in sheets)
        for name, sheet in zip(names, sheets, strict=True):
            _write_sheet(book.add_worksheet(name), sheet, styles)
    return stream.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str | tuple[str, bool], Format]:
    """Return how the headers look, and each kind of cell, at issue or not."""
    at_issue = {"bg_color": brand.ISSUE_TINT, "border": 1, "border_color": brand.ISSUE}
    return {
        "header": book.add_format({**brand.HEADER, "bg_color": brand.TINT}),
        "to_correct": book.add_format({**brand.HEADER, "bg_color": brand.ISSUE, "font_color": brand.WHITE}),
        "reasons": book.add_format({"text_wrap": True, "valign": "top", "bg_color": brand.ISSUE_PALE}),
    } | {
        (name, wrong): book.add_format(
            {"valign": "top", "align": "left", "num_format": shape, **(at_issue if wrong else {})}
        )
        for name, shape in _SHAPES.items()
        for wrong in (False, True)
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


def _write_sheet(target: Worksheet, sheet: _Sheet, styles: Mapping[str | tuple[str, bool], Format]) -> None:
    last = len(sheet.columns)
    for column, header in enumerate(sheet.headers):
        target.write_string(0, column, _string(header), styles["to_correct" if column == last else "header"])
    for place, (row, reasons) in enumerate(sheet.reasons.items(), 1):
        for column, source in enumerate(sheet.columns):
            cell = sheet.matching.rows[row][source]
            _write_cell(target, place, column, cell, styles[_written_as(cell), (row, source) in sheet.at_issue])
        target.write_string(place, last, "\n".join(reasons)[:MOST_CHARACTERS], styles["reasons"])
    target.autofit(_WIDEST)
    target.set_column(last, last, _REASONS_WIDTH)
    target.set_row(0, 33)
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, len(sheet.reasons), last)
    target.ignore_errors({"number_stored_as_text": f"A1:XFD{len(sheet.reasons) + 1}"})
    brand.fit_to_width(target)


def _string(text: str) -> str:
    # Nothing runs in a workbook that is written as a text; the reader takes an apostrophe off there too.
    return (guarded(text) if text.startswith("'") else text)[:MOST_CHARACTERS]


def _written_as(cell: object) -> str:
    if isinstance(cell, bool):
        return "truth"
    if isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) < _MOST_WHOLE:
        return "number"
    if isinstance(cell, date) and cell.year > 1900:  # a workbook counts its days from there
        return "moment" if _has_a_time(cell) else "day"
    return "text"


def _write_cell(target: Worksheet, row: int, column: int, cell: object, style: Format) -> None:
    if cell is None:
        target.write_blank(row, column, None, style)
        return
    write = {"truth": target.write_boolean, "number": target.write_number, "text": target.write_string}
    written_as = _written_as(cell)
    value = _string(_text(cell)) if written_as == "text" else cell
    write.get(written_as, target.write_datetime)(row, column, value, style)
