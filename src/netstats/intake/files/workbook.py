"""Workbooks (.xlsx, .xlsm, .ods, .xls) to grids.

The library that reads them gives an empty text for a formula whose result was never stored and for an error, reserves
room for every cell up to the farthest one, and trusts what the archive says of itself. So each member is inflated
here first, counted, looked at by `scan`, and given to it in a new archive that holds nothing else.
"""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import IO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from netstats.errors import NetstatsError
from netstats.intake.files.grids import (
    MOST_CELLS,
    MOST_MEMBERS,
    MOST_SHEETS,
    MOST_TEXT,
    MOST_UNPACKED,
    Grid,
    check_extent,
    cleaned,
    filled,
    letters,
    quoted,
    refusal,
)
from netstats.intake.files.legacy import Protected, container, scan_stream, workbook_stream
from netstats.intake.files.scan import Malformed, Scan, elements, scan_open_document, scan_sheet, string_lengths
from netstats.wording import counted, number

_CHUNK = 1024 * 1024
_MOST_NAMED = 10  # merged cells that a notice names
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
_SHEETS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_STRINGS = "xl/sharedStrings.xml"
_RUN_TEXT = re.compile(rb"(<t(?: [^<>]*)?>)([^<]*)")
_RAISED_STYLE = re.compile(rb"<vertAlign val=\"su(?:per|b)script\"")
_DIGIT = re.compile(rb"[0-9]")
_EXPONENTS = [f"&#{ord(letter)};".encode() for letter in "⁰¹²³⁴⁵⁶⁷⁸⁹"]
_MACROS = "Le classeur contient des macros : elles n’ont été ni lues ni exécutées."
_HIDDEN = "Cette feuille est masquée dans le classeur : elle est lue aussi, vérifiez qu’il faut la prendre."


def damaged(name: str) -> NetstatsError:
    """Return the error for a workbook that does not hold together."""
    return refusal(
        name,
        "est abîmé ou incomplet",
        "Rouvrez l’original dans un tableur, enregistrez-le au format .xlsx et recommencez.",
    )


def read_workbook(name: str, archive: zipfile.ZipFile) -> list[Grid]:
    """Return the sheets of an .xlsx or .xlsm workbook; NetstatsError when it is damaged, too large or protected."""
    members, rebuilt = _unpacked(name, archive)
    try:
        scans = _scanned(name, members)
        paths = _paths(members)
    except Malformed as error:
        raise damaged(name) from error
    notices: list[str] = []
    if any(member.filename.lower().endswith("vbaproject.bin") for member in archive.infolist()):
        notices.append(_MACROS)
    del members
    return _grids(name, rebuilt, {sheet: scans[path] for sheet, path in paths.items() if path in scans}, notices)


def read_open_document(name: str, archive: zipfile.ZipFile) -> list[Grid]:
    """Return the sheets of an .ods workbook; NetstatsError when it is damaged, too large or protected."""
    members, rebuilt = _unpacked(name, archive)
    if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
        raise protected(name)
    try:
        scans = scan_open_document(members["content.xml"])
    except (Malformed, KeyError) as error:
        raise damaged(name) from error
    _check_all(name, scans)
    del members
    return _grids(name, rebuilt, scans, [])


def read_legacy(name: str, content: bytes) -> list[Grid] | None:
    """Return the sheets of an .xls workbook; None when the container holds none, NetstatsError as for the others."""
    try:
        stream = workbook_stream(content)
        if stream is None:
            return None
        scans, stream = scan_stream(stream)
    except Malformed as error:
        raise damaged(name) from error
    except Protected as error:
        raise protected(name) from error
    _check_all(name, scans)
    macros = [_MACROS] if "_VBA_PROJECT".encode("utf-16-le") in content else []
    return _grids(name, container(stream), scans, macros)


def protected(name: str) -> NetstatsError:
    """Return the error for a workbook that asks for a password."""
    return refusal(name, "est protégé par un mot de passe", "Enregistrez-le sans mot de passe et recommencez.")


def _unpacked(name: str, archive: zipfile.ZipFile) -> tuple[dict[str, bytes], bytes]:
    """Return the XML members by name, and an archive of them alone: no macro, no picture, no false size."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise refusal(name, f"contient {counted(len(members), 'élément')}, ce n’est pas un classeur ordinaire", "")
    kept: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for member in members:
        path = member.filename
        if not path.endswith((".xml", ".rels")) and path != "mimetype":
            continue
        if member.flag_bits & 1:
            raise protected(name)
        if path in kept or member.compress_type not in _READABLE:
            raise damaged(name)
        try:
            with archive.open(member) as stream:
                content = _inflated(stream, left)
        except _ZIP_ERRORS as error:
            raise damaged(name) from error
        if content is None:
            said = f"contient plus de {MOST_UNPACKED // 1024**2} Mo une fois décompressé"
            raise refusal(name, said, "Partagez-le en plusieurs fichiers, sans images ni mises en forme superflues.")
        # A workbook never needs a document type, which can unfold into billions of letters, nor UTF-16.
        if b"<!DOCTYPE" in content or b"\x00" in content:
            raise damaged(name)
        left -= len(content)
        kept[path] = _with_raised_digits(content) if path == _STRINGS else content
    rebuilt = io.BytesIO()
    with zipfile.ZipFile(rebuilt, "w") as copy:
        for path, content in kept.items():
            copy.writestr(path, content)
    return kept, rebuilt.getvalue()


def _inflated(stream: IO[bytes], most: int) -> bytes | None:
    """Return the whole content, or None as soon as it passes `most` bytes: a zip bomb is not unfolded."""
    pieces = []
    while piece := stream.read(_CHUNK):
        most -= len(piece)
        if most < 0:
            return None
        pieces.append(piece)
    return b"".join(pieces)


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


def _scanned(name: str, members: Mapping[str, bytes]) -> dict[str, Scan]:
    """Return what stands in the sheets, by member; refuse what would fill the memory."""
    lengths = string_lengths(members.get(_STRINGS, b""))
    scans = {}
    characters = 0
    for path, content in members.items():
        if path != _STRINGS:
            scans[path] = scan = scan_sheet(content, lengths)
            _check(name, "", scan)
            characters += scan.characters
    _check_text(name, characters)
    return scans


def _check_all(name: str, scans: Mapping[str, Scan]) -> None:
    """Refuse what would fill the memory, of a workbook whose sheets the library reads all at once."""
    for sheet, scan in scans.items():
        _check(name, sheet, scan)
    if sum(scan.height * scan.width for scan in scans.values()) > MOST_CELLS:
        raise _too_many_cells(name)
    _check_text(name, sum(scan.characters for scan in scans.values()))


def _check(name: str, sheet: str, scan: Scan) -> None:
    check_extent(name, f"dans la feuille {quoted(sheet)}" if sheet else "", scan.height, scan.width)


def _check_text(name: str, characters: int) -> None:
    if characters > MOST_TEXT:
        said = f"contient trop de texte (plus de {number(MOST_TEXT // 1024**2)} millions de caractères)"
        raise refusal(name, said, "Partagez-le en plusieurs fichiers.")


def _too_many_cells(name: str) -> NetstatsError:
    return refusal(name, f"a plus de {number(MOST_CELLS)} cellules", "Partagez-le en plusieurs fichiers.")


def _paths(members: Mapping[str, bytes]) -> dict[str, str]:
    """Return the member that holds each sheet."""
    targets = {}
    for tag, attributes in elements(members.get(_SHEETS[1], b"")):
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = path
    return {
        attributes.get("name", ""): targets.get(next((v for k, v in attributes.items() if k.endswith(":id")), ""), "")
        for tag, attributes in elements(members[_SHEETS[0]])
        if tag == "sheet"
    }


def _grids(name: str, content: bytes, scans: Mapping[str, Scan], notices: list[str]) -> list[Grid]:
    """Return the sheets of the rebuilt archive."""
    grids: list[Grid] = []
    cells = 0
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            if len(sheets) > MOST_SHEETS:
                raise refusal(name, f"a {len(sheets)} feuilles", f"Gardez-en {MOST_SHEETS} au plus.")
            if len({sheet.name for sheet in sheets}) < len(sheets):
                raise damaged(name)
            for metadata in sheets:
                scan = scans.get(metadata.name)
                if (
                    scan is None or not metadata.name
                ):  # a sheet that was not looked at: the workbook does not name it properly
                    raise damaged(name)
                grid = _grid(name, book.get_sheet_by_name(metadata.name), scan)
                notices_of_all = notices if not grids else []
                hidden = [_HIDDEN] if metadata.visible != SheetVisibleEnum.Visible else []
                grids.append(replace(grid, notices=(*notices_of_all, *hidden, *grid.notices)))
                cells += sum(map(len, grid.rows))
                if cells > MOST_CELLS:
                    raise _too_many_cells(name)
    except (CalamineError, ValueError, OverflowError) as error:
        raise damaged(name) from error
    except BaseException as error:
        # What the library has not foreseen stops its Rust code with an exception that is no Exception.
        if type(error).__name__ == "PanicException":
            raise damaged(name) from error
        raise
    return grids


def _grid(name: str, sheet: CalamineSheet, scan: Scan) -> Grid:
    with warnings.catch_warnings():  # a time rounded to the 60th second is read as the 59th, with a warning
        warnings.simplefilter("ignore", UserWarning)
        rows = [cleaned(row) for row in sheet.to_python(skip_empty_area=False)]
    _put_faults(rows, scan)
    merges = scan.merges or [(top, left, bottom) for (top, left), (bottom, _) in sheet.merged_cell_ranges or []]
    merged, spread = _spread(rows, merges)
    kept, lines = filled(rows, range(1, len(rows) + 1))
    return Grid(name, sheet.name, kept, lines, _said_of(merged, spread), tuple(merged))


def _said_of(merged: list[tuple[int, int, int]], spread: int) -> tuple[str, ...]:
    if not spread:
        return ()
    ranges = [f"{letters(column)}{first}:{letters(column)}{last}" for column, first, last in merged[:_MOST_NAMED]]
    named = ", ".join(ranges) + (f" et {number(len(merged) - _MOST_NAMED)} autres" if len(merged) > _MOST_NAMED else "")
    others = counted(spread, "autre ligne", "autres lignes")
    return (
        f"Cellules fusionnées ({named}) : leur valeur vaut aussi pour {others}, sauf si c’est un nombre à compter.",
    )


def _put_faults(rows: list[list[object]], scan: Scan) -> None:
    """Put what cannot be read where it stands, also beyond the last cell that can."""
    if not scan.faults:
        return
    width = max(len(rows[0]) if rows else 0, *(column + 1 for _, column in scan.faults))
    for row in rows:
        row.extend([None] * (width - len(row)))
    last = max(line for line, _ in scan.faults)
    rows += [[None] * width for _ in range(last + 1 - len(rows))]
    for (line, column), fault in scan.faults.items():
        rows[line][column] = fault


def _spread(rows: list[list[object]], merges: list[tuple[int, int, int]]) -> tuple[list[tuple[int, int, int]], int]:
    """Repeat the value of cells merged over several lines on those that hold something else.

    A meeting written once beside all who were there belongs to each of them; a title merged over columns stays one.

    Returns
    -------
    merged
        (column, first line, last line) of those that were repeated, the first line being 1.
    spread
        Number of cells that were filled.
    """
    holding = [row.count(None) < len(row) for row in rows]
    width = len(rows[0]) if rows else 0
    left = len(rows) * width  # merged cells never overlap: a file where they do must not keep us busy
    merged: list[tuple[int, int, int]] = []
    spread = 0
    for first, column, last in merges:
        if first >= len(rows) or column >= width or rows[first][column] is None:
            continue
        end = min(last + 1, len(rows))
        left -= end - first
        filled_before = spread
        for line in range(first + 1, end if left >= 0 else first):
            if holding[line] and rows[line][column] is None:
                rows[line][column] = rows[first][column]
                spread += 1
        if spread > filled_before:
            merged.append((column, first + 1, last + 1))
    return merged, spread
