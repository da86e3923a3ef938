"""Workbooks of Excel 5 to 2003 (.xls) to grids.

The library that reads them also works out names, links and formats, some of which grow without end. So it is given
the records of cells alone; those of [MS-XLS], which Microsoft publishes.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import date, time, timedelta

import olefile
import xlrd
from xlrd.sheet import Sheet

from netstats.errors import NetstatsError
from netstats.intake.issues import Issue
from netstats.intake.read.grids import (
    MOST_SHEETS,
    Grid,
    check_cells,
    check_extent,
    check_text,
    cleaned,
    damaged,
    protected,
    quoted,
    too_many_sheets,
)
from netstats.intake.read.scan import Scan, precision_of
from netstats.intake.read.sheets import HIDDEN, MACROS, grid_of

_BOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x002F, 0x0085
_STRUCTURE = (_BOF, 0x000A, _BOUNDSHEET, 0x00FC, 0x003C, 0x0042, 0x0022, 0x0031, 0x041E, 0x00E0, 0x0208, 0x00E5)
_CELLS = (0x0006, 0x0207, 0x04BC, 0x0221, 0x0236, 0x0204, 0x00FD, 0x0203, 0x027E, 0x00BD, 0x0205, 0x00D6)
_COLUMNS = 0x007D
_READ = frozenset((*_STRUCTURE, *_CELLS, _COLUMNS))
_PASSED_OVER = 0x0FFF  # a kind of record that nobody knows


def read_old_workbook(name: str, content: bytes) -> list[Grid] | None:
    """Return the sheets of an .xls workbook; None when the container holds none.

    NetstatsError when it is damaged, too large, or protected by a password.
    """
    stream = _stream(name, content)
    if stream is None:
        return None
    records = _cells_alone(name, stream)
    try:
        with xlrd.open_workbook(
            file_contents=records, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        ) as book:
            if book.nsheets > MOST_SHEETS:
                raise too_many_sheets(name, book.nsheets)
            return list(_grids(name, book, [MACROS] if "_VBA_PROJECT".encode("utf-16-le") in content else []))
    except NetstatsError:
        raise
    except Exception as error:
        raise damaged(name) from error


def _stream(name: str, content: bytes) -> bytes | None:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            for stream in ("Workbook", "Book"):  # the second was that of Excel 5 and 95
                if container.exists(stream):
                    return bytes(container.openstream(stream).read())
    except Exception as error:  # both libraries stumble in many ways over what does not hold together
        raise damaged(name) from error
    return None


def _cells_alone(name: str, stream: bytes) -> bytes:
    """Return the records, all others than those of cells being made such as are passed over."""
    records = bytearray(stream)
    at, parts, sheets = 0, set(), set()
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _FILEPASS:
            raise protected(name)
        if kind == _BOF:
            parts.add(at)
        elif kind == _BOUNDSHEET and length >= 4 and at + 8 <= len(records):
            sheets.add(struct.unpack_from("<I", records, at + 4)[0])
        elif kind not in _READ:
            struct.pack_into("<H", records, at, _PASSED_OVER)
        at += 4 + length
    if not sheets <= parts:  # it would be read from the middle of a record
        raise damaged(name)
    return bytes(records)


def _grids(name: str, book: xlrd.Book, notices: list[str]) -> Iterator[Grid]:
    cells = characters = 0
    for rank in range(book.nsheets):
        sheet = book.sheet_by_index(rank)
        check_extent(name, f"dans la feuille {quoted(sheet.name)}", sheet.nrows, sheet.ncols)
        cells += sheet.nrows * sheet.ncols
        check_cells(name, cells)
        hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
        scan = Scan(
            hidden={line for line, row in sheet.rowinfo_map.items() if row.hidden}, hidden_columns=hidden_columns
        )
        rows = [_row(book, sheet, line, scan) for line in range(sheet.nrows)]
        characters += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        check_text(name, characters)
        merges = [(top, left, bottom - 1) for top, bottom, left, _ in sheet.merged_cells]
        hidden = [HIDDEN] if sheet.visibility else []
        yield grid_of(name, sheet.name, rows, merges=merges, scan=scan, notices=[*([] if rank else notices), *hidden])
        book.unload_sheet(rank)


def _row(book: xlrd.Book, sheet: Sheet, line: int, scan: Scan) -> list[object]:
    cells = [_cell(book, cell) for cell in sheet.row(line)]
    for column, cell in enumerate(cells):
        if isinstance(cell, date) and (precision := precision_of(_shape(book, sheet.cell(line, column)))):
            scan.shown.append((range(line, line + 1), range(column, column + 1), precision))
    return cells + [None] * (sheet.ncols - len(cells))


def _cell(book: xlrd.Book, cell: xlrd.sheet.Cell) -> object:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Issue("calculation-error", found=xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return cleaned([_moment(book, cell)])[0]
    return cleaned([cell.value])[0]


def _shape(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    """Return the number format of a cell."""
    return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def _moment(book: xlrd.Book, cell: xlrd.sheet.Cell) -> object:
    """Return the day, hour, or moment that a number stands for; the number itself where it stands for none."""
    if "[h" in _shape(book, cell).lower():
        return timedelta(days=cell.value)
    try:
        moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
    except (ValueError, OverflowError):
        return cell.value
    if 0 <= cell.value < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
