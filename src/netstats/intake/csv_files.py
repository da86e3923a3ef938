"""The .csv files of data/ as rows of text, and what is wrong with them, said with file, line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from netstats.intake.persons import announces_persons
from netstats.wording import NO_BREAK, counted


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file of data/; `str(problem)` is the French sentence that says it.

    Attributes
    ----------
    file
        Path under data/, with slashes: `network/reunions.csv`.
    line
        Line of the file, the header being line 1; None when the whole file is concerned.
    column
        Header of the column; None when the whole row is concerned.
    found
        The value as written, empty when the cell is empty; None when no value is concerned.
    reason
        What is wrong and what is expected: it continues the sentence after the value.
    """

    file: str
    line: int | None
    column: str | None
    found: str | None
    reason: str

    def __str__(self) -> str:
        where = [self.file]
        if self.line is not None:
            where.append(f"ligne {self.line}")
        if self.column is not None:
            where.append(f"colonne {self.column}")
        value = f"«{NO_BREAK}{self.found}{NO_BREAK}» " if self.found else ""
        return f"{', '.join(where)}{NO_BREAK}: {value}{self.reason}."


@dataclass
class Sheet:
    """A file as read: its cells by header, the line of each row, what is wrong, whether nothing was left out."""

    file: str
    cells: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    header_line: int = 1

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the line and the cells of each row."""
        for line, *values in zip(self.lines, *self.cells.values(), strict=True):
            yield line, dict(zip(self.cells, values, strict=True))

    def add(self, line: int | None, column: str | None, found: str | None, reason: str) -> None:
        """Say what is wrong."""
        self.problems.append(Problem(self.file, line, column, found, reason))


_ALONE = r'"(?:[^"]|"")*"|[^"SEPARATOR]*'
_STRAY = 'guillemet (") mal placé ; une valeur entre guillemets s’écrit "ainsi" et un guillemet s’y double'


def load(directory: Path, file: str, headers: Collection[str], *, needed: Collection[str], separator: str) -> Sheet:
    """Return a file as a sheet, with what kept it from being read whole.

    Parameters
    ----------
    directory, file
        The directory of data/, and the path of the file under it, with slashes.
    headers, needed
        The columns that it may have, and those that it must have; others are a problem.
    separator
        Between its columns.
    """
    sheet = Sheet(file)
    path = directory / file
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError:
        sheet.add(None, None, None, "fichier absent" if not path.exists() else "fichier impossible à ouvrir")
        sheet.whole = False
        return sheet
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        sheet.add(line, None, None, "texte qui n’est pas en UTF-8 ; enregistrez le fichier au format « CSV UTF-8 »")
        sheet.whole = False
        return sheet
    header: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, record in _records(text, separator, sheet.add):
        if not header:
            header = record
            sheet.header_line = line
            _check_header(sheet, header, headers, needed, separator)
        elif len(record) != len(header):
            sheet.add(line, None, None, f"{counted(len(record), 'valeur')} pour {counted(len(header), 'colonne')}")
        else:
            rows.append(record)
            lines.append(line)
    if not header and not sheet.problems:
        sheet.add(None, None, None, "fichier vide ; la première ligne doit donner le nom des colonnes")
    by_column = zip(*rows, strict=True) if rows else [()] * len(header)
    sheet.cells = {name: cells for name, cells in zip(header, by_column, strict=True) if name in headers}
    sheet.lines = tuple(lines) if sheet.cells else ()
    sheet.whole = not sheet.problems
    return sheet


def _records(text: str, separator: str, add: Callable[..., None]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the cells of each record; a stray quote is said, and its record left out.

    Python's reader repairs stray quotes without a word (RFC 4180 has none): what was written is looked at beside.
    """
    physical = io.StringIO(text, newline="").readlines()
    if '"' not in text:  # most files: a line is a row, and 35,000 communes need not wait for the rest
        yield from (
            (rank, row.split(separator)) for rank, line in enumerate(physical, 1) if (row := line.rstrip("\r\n"))
        )
        return
    value = _ALONE.replace("SEPARATOR", re.escape(separator))
    well_written = re.compile(f"(?:{value})(?:{re.escape(separator)}(?:{value}))*")
    reader = csv.reader(physical, delimiter=separator)
    while True:
        start = reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:  # an unclosed quote has swallowed more than a cell can hold
            add(start + 1, None, None, _STRAY)
            return
        written = "".join(physical[start : reader.line_num])
        if '"' in written and not well_written.fullmatch(written.rstrip("\r\n")):
            add(start + 1, None, None, _STRAY)
        elif record:
            yield start + 1, record


def _check_header(
    sheet: Sheet, header: list[str], headers: Collection[str], needed: Collection[str], separator: str
) -> None:
    line = sheet.header_line
    other, named = ((";", "points-virgules"), (",", "virgules"))[:: 1 if separator == "," else -1]
    if len(header) == 1 and other[0] in header[0]:
        reason = f"colonnes séparées par des {other[1]} ; enregistrez le fichier avec des {named[1]}"
        sheet.add(line, None, None, reason)
        return
    for name in needed:
        if name not in header:
            sheet.add(line, name, None, f"colonne absente ; attendu : {separator.join(headers)}")
    for rank, name in enumerate(header):
        if name in header[:rank]:
            sheet.add(line, name, None, "colonne écrite deux fois")
        elif name not in headers:
            sheet.add(line, name, None, announces_persons(name) or "colonne inconnue, que rien ne lirait")
