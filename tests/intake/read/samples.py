"""Workbooks made for the tests, also such as no spreadsheet would write."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from xlsxwriter import Workbook

from netstats.intake.read.files import read_file
from netstats.intake.read.matching import Matching, match


def workbook(fill: Callable[[Workbook], object], **options: object) -> bytes:
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, **options})
    fill(book)
    book.close()
    return stream.getvalue()


def sheet(rows: list[list[object]], name: str = "Présences") -> bytes:
    def fill(book: Workbook) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        written = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                written.write(line, column, value, day if isinstance(value, datetime.date) else None)

    return workbook(fill)


def zipped(members: Mapping[str, bytes], content: bytes = b"") -> bytes:
    """Return an archive of these members, over those of another."""
    kept: dict[str, bytes] = {}
    if content:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            kept = {name: old.read(name) for name in old.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, value in (kept | dict(members)).items():
            new.writestr(name, value)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def with_sheet(cells: str) -> bytes:
    """Return a workbook whose only sheet has this XML as its data."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?><worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>'
    return zipped({SHEET: xml.encode()}, sheet([["x"]]))


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def legacy_label(line: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", line, column, 0, len(text), 1) + text.encode("utf-16-le"))


def legacy_number(line: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", line, column, style, value))


def legacy_stream(
    cells: bytes, name: str = "Présences", *, hidden: bool = False, shared: bytes = b"", more: bytes = b""
) -> bytes:
    """Return the stream of an .xls workbook with one sheet; style 1 is a date."""
    styles = b"".join(record(0x00E0, struct.pack("<HH16x", 0, shape)) for shape in (0, 14))
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + more + styles
    label = struct.pack("<BBBB", hidden, 0, len(name), 1) + name.encode("utf-16-le")
    where = len(start) + 8 + len(label) + len(shared) + 4
    sheet_start = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    return (
        start
        + record(0x0085, struct.pack("<I", where) + label)
        + shared
        + record(10)
        + sheet_start
        + cells
        + record(10)
    )


_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = _CUTOFF = 4096


def container(stream: bytes) -> bytes:
    """Return an OLE2 file whose only stream is that of an .xls workbook."""
    stream = stream.ljust(_CUTOFF, b"\x00")
    size = -(-len(stream) // _SECTOR)
    tables = -(-(size + 1) // (_SECTOR // 4 - 1))
    fat = [_FAT] * tables + [_END] + [*range(tables + 2, tables + 1 + size), _END]
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    numbers = (1, tables, tables, 0, _CUTOFF, _END, 0, _END, 0)
    header = struct.pack("<8s16x5H6x9I", _SIGNATURE, 0x3E, 4, 0xFFFE, 12, 6, *numbers)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, tables + 1, 0) + _entry("Workbook", 2, _FREE, tables + 1, len(stream))
    sectors = [header, struct.pack(f"<{len(fat)}I", *fat), directory, stream]
    return b"".join(sector.ljust(-(-len(sector) // _SECTOR) * _SECTOR, b"\x00") for sector in sectors)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\x00").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", written, len(written), kind, 1, _FREE, _FREE, child, start, size)


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def open_document(rows: str, kind: str = "spreadsheet", manifest: str = "<manifest/>") -> bytes:
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{OFFICE}:office:1.0"'
        f' xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Présences">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    members = {"mimetype": mimetype, "content.xml": xml.encode(), "META-INF/manifest.xml": manifest.encode()}
    return zipped(members)


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def row(cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{cells}</table:table-row>"


def read_lines(*lines: str, name: str = "reunions.csv") -> Matching:
    """Return lines of a text file as they are understood."""
    (grid,) = read_file(name, "\n".join(lines).encode())
    return match(grid)
