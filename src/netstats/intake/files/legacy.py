"""Workbooks of Excel 97 to 2003 (.xls), looked at before the library that reads them.

As for .xlsx, it makes room up to the farthest cell and leaves errors out; it also trusts the size that is announced.
The stream of the workbook is taken out of its container, looked at, and given to it alone in a new container.

The layouts are those of [MS-CFB] (container) and [MS-XLS] (records), which Microsoft publishes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from netstats.intake.files.grids import CALCULATION_ERROR, MOST_SHEETS, Fault
from netstats.intake.files.scan import Malformed, Scan

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 4096
_CUTOFF = 4096  # shorter streams stand in the small sectors

# Records
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST, _CONTINUE = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC, 0x003C
_DIMENSIONS, _FORMULA, _MULRK, _LABELSST, _BOOLERR = 0x0200, 0x0006, 0x00BD, 0x00FD, 0x0205
_CELLS = frozenset({_FORMULA, _LABELSST, _BOOLERR, 0x0203, 0x0204, 0x00D6, 0x027E})
_UNKNOWN = 0x0FFF
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class Protected(Exception):  # noqa: N818 - it is an answer, as Malformed
    """A workbook that asks for a password."""


def workbook_stream(content: bytes) -> bytes | None:
    """Return the stream of the workbook inside a container; None when it has none. Malformed when it is damaged."""
    try:
        return _stream(content, "Workbook")
    except (struct.error, IndexError) as error:
        raise Malformed from error


def container(stream: bytes) -> bytes:
    """Return a container whose only stream is that of a workbook."""
    stream = stream.ljust(_CUTOFF, b"\x00")
    size = -(-len(stream) // _SECTOR)
    tables = -(-(size + 1) // (_SECTOR // 4 - 1))
    fat = [_FAT] * tables + [_END] + [*range(tables + 2, tables + 1 + size), _END]
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    numbers = (1, tables, tables, 0, _CUTOFF, _END, 0, _END, 0)
    header = struct.pack("<8s16x5H6x9I", _SIGNATURE, 0x3E, 4, 0xFFFE, 12, 6, *numbers)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    # The library refuses a root without small sectors: it is given a place, and no length.
    directory = _entry("Root Entry", 5, 1, tables + 1, 0) + _entry("Workbook", 2, _FREE, tables + 1, len(stream))
    sectors = [header, struct.pack(f"<{len(fat)}I", *fat), directory, stream]
    return b"".join(sector.ljust(-(-len(sector) // _SECTOR) * _SECTOR, b"\x00") for sector in sectors)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\x00").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", written, len(written), kind, 1, _FREE, _FREE, child, start, size)


def _stream(content: bytes, name: str) -> bytes | None:
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    first_directory, cutoff, first_small_table = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    if shift not in {9, 12} or small_shift != 6:
        raise Malformed
    size = 1 << shift
    table = _table(content, size)
    directory = _chain(content[size:], table, first_directory, size)
    root: tuple[int, int] | None = None
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, total = struct.unpack_from("<II", directory, at + 116)
        called = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        if kind == 5:
            root = start, total
        elif kind == 2 and called == name:
            if total >= cutoff:
                return _chain(content[size:], table, start, size)[:total]
            if root is None:
                raise Malformed
            small = _chain(content[size:], table, root[0], size)
            small_table = _numbers(_chain(content[size:], table, first_small_table, size))
            return _chain(small, small_table, start, 64)[:total]
    if root is None:
        raise Malformed
    return None


def _table(content: bytes, size: int) -> list[int]:
    """Return the sector that follows each sector."""
    sectors = [sector for sector in struct.unpack_from("<109I", content, 76) if sector < _FAT - 1]
    following, left = struct.unpack_from("<II", content, 68)
    for _ in range(min(left, len(content) // size)):
        if following >= _FAT - 1:
            break
        *more, following = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        sectors += [sector for sector in more if sector < _FAT - 1]
    if len(sectors) > len(content) // size:
        raise Malformed
    return _numbers(b"".join(content[(sector + 1) * size : (sector + 2) * size] for sector in sectors))


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def _chain(content: bytes, table: list[int], start: int, size: int) -> bytes:
    pieces: list[bytes] = []
    sector = start
    while sector != _END:
        if sector >= len(table) or len(pieces) > len(content) // size:
            raise Malformed
        pieces.append(content[sector * size : (sector + 1) * size])
        sector = table[sector]
    return b"".join(pieces)


# --- records ----------------------------------------------------------------------------------------


def scan_stream(stream: bytes) -> tuple[dict[str, Scan], bytes]:
    """Look at the sheets of a workbook, by name; and return its stream without the room that it announces.

    Raises
    ------
    Malformed
        When its records do not hold together, or are older than Excel 97.
    Protected
        When it asks for a password.
    """
    try:
        return _scan_stream(stream)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Malformed from error


def _scan_stream(stream: bytes) -> tuple[dict[str, Scan], bytes]:
    if struct.unpack_from("<HHH", stream)[::2] != (_BOF, 0x0600):
        raise Malformed
    sheets: list[tuple[str, int]] = []
    texts: list[bytes] = []
    last = 0
    for kind, at, length in _records(stream, 0):
        data = stream[at : at + length]
        if kind == _FILEPASS:
            raise Protected
        if kind == _BOUNDSHEET:
            wide = data[7] & 1
            name = data[8 : 8 + data[6] * (1 + wide)].decode("utf-16-le" if wide else "latin-1")
            sheets.append((name, struct.unpack_from("<I", data)[0]))
        elif kind == _SST or (kind == _CONTINUE and last == _SST):
            texts.append(data)
            kind = _SST  # noqa: PLW2901 - what continues it again still does
        last = kind
    lengths = _string_lengths(texts)
    if len(sheets) > MOST_SHEETS or len({name for name, _ in sheets}) < len(sheets):
        raise Malformed
    changed = bytearray(stream)
    return {name: _scan_sheet(stream, start, lengths, changed) for name, start in sheets}, bytes(changed)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield the kind, place and length of the records up to the end of a part."""
    at = start
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise Malformed
        yield kind, at + 4, length
        if kind == _EOF:
            return
        at += 4 + length


def _scan_sheet(stream: bytes, start: int, lengths: list[int], changed: bytearray) -> Scan:
    scan = Scan()
    for kind, at, length in _records(stream, start):
        if kind == _DIMENSIONS:
            struct.pack_into("<H", changed, at - 4, _UNKNOWN)
        elif kind in _CELLS or kind == _MULRK:
            if length < 6:
                raise Malformed
            line, column = struct.unpack_from("<HH", stream, at)
            scan.fill(line, column + (max(0, (length - 12) // 6) if kind == _MULRK else 0))
            error = None
            if kind == _LABELSST:
                scan.characters += lengths[struct.unpack_from("<I", stream, at + 6)[0]]
            elif kind == _BOOLERR and stream[at + 7]:
                error = stream[at + 6]
            elif kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
                error = stream[at + 8]
            if error is not None:
                scan.faults[line, column] = Fault(CALCULATION_ERROR, _ERRORS.get(error, ""))
    return scan


def _string_lengths(pieces: list[bytes]) -> list[int]:
    """Return how many characters each shared text has; a text may go on in the next record, after a mark of its own."""
    if not pieces:
        return []
    lengths: list[int] = []
    rank, at = 0, 8
    count = struct.unpack_from("<I", pieces[0], 4)[0]
    while len(lengths) < count:
        if at >= len(pieces[rank]):
            rank, at = rank + 1, 0
        piece = pieces[rank]
        letters, mark = struct.unpack_from("<HB", piece, at)
        at += 3
        runs = extra = 0
        if mark & 8:
            runs = struct.unpack_from("<H", piece, at)[0]
            at += 2
        if mark & 4:
            extra = struct.unpack_from("<I", piece, at)[0]
            at += 4
        lengths.append(letters)
        while letters:
            width = 1 + (mark & 1)
            here = min(letters, (len(pieces[rank]) - at) // width)
            letters -= here
            at += here * width
            if letters:
                rank, at = rank + 1, 1
                mark = pieces[rank][0]
        rest = runs * 4 + extra
        while rest > len(pieces[rank]) - at:
            rest -= len(pieces[rank]) - at
            rank, at = rank + 1, 0
        at += rest
    return lengths
