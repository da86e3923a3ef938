"""Text files (.csv, .tsv, .txt) to grids: which letters, which separator, which values."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from netstats.intake.issues import STRAY_QUOTE, Issue
from netstats.intake.read.grids import (
    MOST_LINES,
    FileError,
    Grid,
    check_cells,
    check_extent,
    file_error,
    filled,
    lines_named,
    text_cell,
)
from netstats.wording import number

_SEPARATORS = (";", "\t", ",")  # in the order in which the doubt benefits: « 1,5;2 » is French
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_AS_UTF_8 = "Dans le tableur, enregistrez-le au format « CSV UTF-8 » ou .xlsx."

# Between two letters, Windows-1252 has nothing of these in French: they are the accents of an old Mac or of DOS.
_OTHER_LETTERS = re.compile(rb"[A-Za-z][\x81-\x84\x86-\x8b\x8d-\x91\x93-\x95\x98\x99\x9b\x9d][a-z]")
_END = re.compile(r"\x1a[\r\n]*\Z")  # Ctrl-Z, by which old tools end a file
_DECLARED = re.compile(r"sep=(.)[\r\n]+", re.IGNORECASE)


def read_text(name: str, content: bytes) -> Grid:
    """Return the only grid of a text file.

    NetstatsError when its letters cannot be told, a quote makes its lines uncertain, or it passes the bounds.
    """
    text, notices = _decoded(name, content)
    physical = text.count("\n") + text.count("\r") - text.count("\r\n")
    if physical > MOST_LINES:
        said = f"a {number(physical)} lignes, au-delà des {number(MOST_LINES)} permises"
        raise file_error(name, said, "Partagez-le en plusieurs fichiers.")
    first_line = 1
    declared = _DECLARED.match(text)  # a line that Excel understands, and that is no data
    if declared:
        text, first_line = text[declared.end() :], 2
    if unwrapped := _unwrapped(text):
        text, notices = (
            unwrapped,
            (*notices, "Chaque ligne était une seule valeur entre guillemets : elle est dépliée."),
        )
    separator = declared[1] if declared and declared[1] in _SEPARATORS else _separator(text)
    check_cells(name, text.count(separator))
    rows, lines = filled(*_table(name, text, separator, first_line))
    widths = tuple(map(len, rows))
    widest = max(widths, default=0)
    return Grid(name, "", [row + [None] * (widest - len(row)) for row in rows], lines, notices, widths=widths)


# --- letters ----------------------------------------------------------------------------------------


def _decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    text, notices = _letters(name, content)
    text = _END.sub("", text)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        said = f"contient des octets nuls (ligne {line}) : il est abîmé, ou ce n’est pas un texte"
        raise file_error(name, said, _AS_UTF_8)
    return text, notices


def _letters(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text, and what must be said of how it was read."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), ()
            except UnicodeDecodeError as error:
                if encoding == "utf-16":
                    raise file_error(name, "annonce de l’UTF-16 mais est abîmé", _AS_UTF_8) from error
                content = content[len(mark) :]
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _windows(name, content)


def _windows(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return a text that is not in UTF-8 throughout.

    What a French Excel writes as « CSV » is Windows-1252. A file joined from two sources has lines of both: a line
    with accents that reads as UTF-8 is in UTF-8, for in Windows-1252 it would hold « Ã© ». Letters of neither are the
    replacement character, which makes an Issue of their cell.
    """
    odd = _OTHER_LETTERS.search(content)
    pieces, both = [], False
    for line in content.splitlines(keepends=True):
        try:
            pieces.append(line.decode("utf-8"))
            both = both or not line.isascii()
        except UnicodeDecodeError:
            pieces.append(line.decode("cp1252", errors="replace"))
    if odd and not both:
        rank = content.count(b"\n", 0, odd.start()) + 1
        said = f"a des accents qui ne sont ni en UTF-8 ni en Windows-1252 (ligne {rank})"
        raise file_error(name, said, _AS_UTF_8)
    if both:
        said = "Lignes en UTF-8 et en Windows-1252 mêlées : chacune est lue dans la sienne, vérifiez les accents."
        return "".join(pieces), (said,)
    return "".join(pieces), ("Texte lu en Windows-1252, celui d’Excel : vérifiez les accents.",)


# Read once too often as Windows-1252: « Ã© », « Ã‰ », « â€™ ».
_DAMAGED = re.compile("\ufffd|Ã[^\u0000-\u007f]|â€")


def _doubtful_cell(value: str) -> object:
    if _DAMAGED.search(value):
        return Issue("damaged-file", found=value)
    return text_cell(value)


# --- lines ------------------------------------------------------------------------------------------


def _separator(text: str) -> str:
    """Return the separator that gives the most of the first lines one same number of values, more than one."""
    head = "".join(io.StringIO(text[:200_000], newline="").readlines()[:100])
    best, best_score = _SEPARATORS[0], (0.0, 0)
    for separator in _SEPARATORS:
        widths = Counter(len(record) for _, record, _ in _records(head, separator) if len(record) > 0)
        several = [(count, width) for width, count in widths.items() if width > 1]
        if not several:
            continue
        count, width = max(several)
        score = (count / widths.total(), width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _unwrapped(text: str) -> str:
    """Return the text of a file whose lines are each one value between quotes; empty when it is not so.

    A spreadsheet saves a file so when it had taken each line for one cell.
    """
    lines = text.splitlines()
    if not lines or not all(line.startswith('"') and line.endswith('"') for line in lines if line):
        return ""
    inner = [line[1:-1].replace('""', "\0") for line in lines]
    is_one_value = not any('"' in line for line in inner) and any(separator in inner[0] for separator in _SEPARATORS)
    return "\n".join(inner).replace("\0", '"') if is_one_value else ""


def _row_pattern(separator: str) -> re.Pattern[str]:
    value = rf' *+(?:"[^"]*+(?:""[^"]*+)*+"|[^"{separator}]*+)'
    return re.compile(f"{value}(?:{separator}{value})*+")


_ROWS = {separator: _row_pattern(separator) for separator in _SEPARATORS}
"""A row (RFC 4180) for each separator: Python's reader repairs stray quotes without a word, this does not."""


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the line, the values and whether its quotes are well placed, for each row.

    A row whose quotes are not, and that has swallowed the next lines, or more than the reader takes, is given empty.
    """
    physical = io.StringIO(text, newline="").readlines()
    if '"' not in text:  # most files: a line is a row
        yield from ((rank, line.rstrip("\r\n").split(separator), True) for rank, line in enumerate(physical, 1))
        return
    reader = csv.reader(physical, delimiter=separator, skipinitialspace=True)
    while True:
        start = reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield start + 1, [], False
            return
        written = "".join(physical[start : reader.line_num])
        good = '"' not in written or _ROWS[separator].fullmatch(written.rstrip("\r\n")) is not None
        yield start + 1, record if good or reader.line_num == start + 1 else [], good


def _table(name: str, text: str, separator: str, first_line: int) -> tuple[list[list[object]], list[int]]:
    read = _doubtful_cell if _DAMAGED.search(text) else text_cell
    rows: list[list[object]] = []
    lines: list[int] = []
    lost = []
    for rank, record, good in _records(text, separator):
        line = rank + first_line - 1
        if good:
            rows.append([read(value) for value in record])
        elif record:  # the line is whole, but not what stands in it
            rows.append([Issue("stray-quote", found=value, of_line=True) for value in record])
        else:
            lost.append(line)
        if good or record:
            lines.append(line)
    if lost:
        said = f"a un {STRAY_QUOTE} ({lines_named(lost)})"
        raise FileError(name, said, "Corrigez, puis recommencez.", lost[0])
    check_extent(name, "", len(rows), max(map(len, rows), default=0))
    return rows, lines
