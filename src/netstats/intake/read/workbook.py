"""Workbooks of today (.xlsx, .xlsm, .ods) to grids.

The library that reads them gives an empty text for a formula whose result was never stored and for an error, and
reserves room for every cell up to the farthest one. So `scan` looks at the sheets first, and the library is given an
archive that holds nothing but what was looked at.
"""

from __future__ import annotations

import posixpath
import re
import warnings
from collections.abc import Mapping

from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from netstats.archives import FOLDED, Archive, Unsafe, rebuilt
from netstats.errors import NetstatsError
from netstats.intake.read.grids import (
    MOST_SHEETS,
    MOST_UNPACKED,
    Grid,
    check_cells,
    check_extent,
    check_text,
    cleaned,
    damaged,
    file_error,
    protected,
    quoted,
    too_many_sheets,
)
from netstats.intake.read.open_document import scan_open_document
from netstats.intake.read.scan import (
    Scan,
    UnreadableXmlError,
    elements,
    scan_sheet,
    string_lengths,
    struck,
    ways_to_show,
)
from netstats.intake.read.sheets import HIDDEN, MACROS, grid_of
from netstats.wording import number

_SHEETS, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_RUN_TEXT = re.compile(rb"(<t(?: [^<>]*)?>)([^<]*)")
_RAISED_STYLE = re.compile(rb"<vertAlign val=\"su(?:per|b)script\"")
_DIGIT = re.compile(rb"[0-9]")
_EXPONENTS = [f"&#{ord(letter)};".encode() for letter in "⁰¹²³⁴⁵⁶⁷⁸⁹"]


def unsafe(name: str, error: Unsafe) -> NetstatsError:
    """Return the error for an archive that is not unfolded."""
    if error.code == "protected":
        return protected(name)
    if error.code == "members":
        said = "contient plus de 5\u202f000 éléments, ce n’est pas un classeur ordinaire"
        return file_error(name, said, "Copiez ses feuilles dans un nouveau classeur .xlsx et recommencez.")
    if error.code == "folded":
        return file_error(name, FOLDED, "Copiez ses cellules utiles dans un nouveau classeur .xlsx et recommencez.")
    if error.code in {"size", "xml"}:
        said = f"contient plus de {number(MOST_UNPACKED // 1024**2)} Mo une fois décompressé"
        return file_error(name, said, "Partagez-le en plusieurs fichiers, sans images ni mises en forme superflues.")
    return damaged(name)


def read_workbook(name: str, archive: Archive) -> list[Grid]:
    """Return the sheets of an .xlsx or .xlsm workbook; NetstatsError when it is damaged, Unsafe when unfolding is."""
    members = archive.read_all(_is_needed)
    members[_STRINGS] = _with_raised_digits(members.get(_STRINGS, b""))
    try:
        lengths = string_lengths(members[_STRINGS])
        styles = members.get(_STYLES, b"")
        shown, struck_out = (ways_to_show(styles), struck(styles)) if styles else ({}, frozenset[str]())
        sheets = {path: members[path] for path in members if not path.startswith(("docProps", "_rels", _STRINGS))}
        scans = {path: scan_sheet(content, lengths, shown, struck_out) for path, content in sheets.items()}
        paths = _paths(members)
    except UnreadableXmlError as error:
        raise damaged(name) from error
    if not members[_STRINGS]:
        del members[_STRINGS]
    by_sheet = {sheet: scans[path] for sheet, path in paths.items() if path in scans}
    return _grids(name, members, by_sheet, [MACROS] if archive.has_macros() else [])


def read_open_document(name: str, archive: Archive) -> list[Grid]:
    """Return the sheets of an .ods workbook; NetstatsError when it is damaged or protected, Unsafe as above."""
    members = archive.read_all(_is_needed)
    if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
        raise protected(name)
    try:
        scans = scan_open_document(members["content.xml"])
    except (UnreadableXmlError, KeyError) as error:
        raise damaged(name) from error
    return _grids(name, members, scans, [])


def _is_needed(path: str) -> bool:
    """Return whether a file of the archive may hold cells: no macro, no picture."""
    return path.endswith((".xml", ".rels")) or path == "mimetype"


def _with_raised_digits(strings: bytes) -> bytes:
    """Return shared texts where a digit that is formatted as an exponent is one: 16 and a note mark 1 are not 161."""
    if b"vertAlign" not in strings:
        return strings
    parts = strings.split(b"<r>")  # each has a format of its own
    for rank in range(1, len(parts)):
        run, end, after = parts[rank].partition(b"</r>")
        if end and _RAISED_STYLE.search(run):
            parts[rank] = _RUN_TEXT.sub(_raised, run) + end + after
    return b"<r>".join(parts)


def _raised(text: re.Match[bytes]) -> bytes:
    return text[0] if b"&" in text[0] else text[1] + _DIGIT.sub(lambda digit: _EXPONENTS[int(digit[0])], text[2])


def _paths(members: Mapping[str, bytes]) -> dict[str, str]:
    """Return the file that holds each sheet."""
    targets = {}
    for tag, attributes in elements(members.get(_RELATIONS, b"")):
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = path
    return {
        attributes.get("name", ""): targets.get(next((v for k, v in attributes.items() if k.endswith(":id")), ""), "")
        for tag, attributes in elements(members[_SHEETS])
        if tag == "sheet"
    }


def _check(name: str, scans: Mapping[str, Scan]) -> None:
    """Refuse what would fill the memory, before room is made for it."""
    for sheet, scan in scans.items():
        check_extent(name, f"dans la feuille {quoted(sheet)}", scan.height, scan.width)
    check_cells(name, sum(scan.height * scan.width for scan in scans.values()))
    check_text(name, sum(scan.characters for scan in scans.values()))


def _grids(name: str, members: Mapping[str, bytes], scans: Mapping[str, Scan], notices: list[str]) -> list[Grid]:
    _check(name, scans)
    grids: list[Grid] = []
    try:
        with CalamineWorkbook.from_filelike(rebuilt(members)) as book:
            sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            if len(sheets) > MOST_SHEETS:
                raise too_many_sheets(name, len(sheets))
            if len({sheet.name for sheet in sheets}) < len(sheets):
                raise damaged(name)
            for sheet in sheets:
                grids.append(_grid(name, book, sheet, scans, [] if grids else notices))
    except (CalamineError, ValueError, OverflowError) as error:
        raise damaged(name) from error
    except BaseException as error:
        # What the library has not foreseen stops its Rust code with an exception that is no Exception.
        if type(error).__name__ == "PanicException":
            raise damaged(name) from error
        raise
    return grids


def _grid(
    name: str, book: CalamineWorkbook, metadata: SheetMetadata, scans: Mapping[str, Scan], notices: list[str]
) -> Grid:
    scan = scans.get(metadata.name)
    if scan is None or not metadata.name:  # a sheet that was not looked at: the workbook does not name it properly
        raise damaged(name)
    sheet = book.get_sheet_by_name(metadata.name)
    with warnings.catch_warnings():  # a time rounded to the 60th second is read as the 59th, with a warning
        warnings.simplefilter("ignore", UserWarning)
        rows = [cleaned(row) for row in sheet.to_python(skip_empty_area=False)]
    merges = scan.merges or [(top, left, bottom) for (top, left), (bottom, _) in sheet.merged_cell_ranges or []]
    hidden = [HIDDEN] if metadata.visible != SheetVisibleEnum.Visible else []
    notices = [*notices, *hidden]
    return grid_of(name, metadata.name, rows, merges=merges, scan=scan, notices=notices)
