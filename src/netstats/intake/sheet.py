"""From a file of data/ to rows of cells, and the problems said on the way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from netstats.intake.cells import announces_persons
from netstats.intake.layout import Table
from netstats.wording import NO_BREAK, counted


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file of data/; `str(problem)` is the French sentence that says it.

    Attributes
    ----------
    file
        Path under data/, with slashes: `network/meetings.csv`.
    line
        Line of the file, the header being line 1; None when the whole file is concerned.
    column
        Name of the column, or names joined by a comma when several make the key; None when the whole row is
        concerned.
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
            where.append(f"{'colonnes' if ',' in self.column else 'colonne'} {self.column}")
        value = f"«{NO_BREAK}{self.found}{NO_BREAK}» " if self.found else ""
        return f"{', '.join(where)}{NO_BREAK}: {value}{self.reason}."


@dataclass(frozen=True)
class Sheet:
    """A file as read: its cells by column, the line of each row, and whether nothing of it was left out."""

    table: Table
    cells: Mapping[str, tuple[str, ...]]
    lines: tuple[int, ...]
    whole: bool

    @property
    def has_all_columns(self) -> bool:
        """Whether no column of the layout is missing."""
        return all(column.name in self.cells for column in self.table.columns)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the line and the cells of each row; nothing when a column is missing: it is said already."""
        if self.has_all_columns:
            names = tuple(self.cells)
            for line, *values in zip(self.lines, *self.cells.values(), strict=True):
                yield line, dict(zip(names, values, strict=True))

    def problem(self, line: int, column: str, found: str, reason: str) -> Problem:
        """Return a problem of this file."""
        return Problem(self.table.file, line, column, found, reason)


Sheets = Mapping[str, Sheet]

_RECORD = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')
"""A row of a CSV file (RFC 4180): Python's reader repairs stray quotes without a word, this does not."""


def load(data_dir: Path, tables: Iterable[Table]) -> tuple[dict[str, Sheet], list[Problem]]:
    """Return the files as sheets, by name of table, and what kept them from being read whole.

    A file that cannot be read gives a sheet without rows; a row that cannot be read is left out.
    """
    sheets: dict[str, Sheet] = {}
    problems: list[Problem] = []
    for table in tables:
        sheets[table.name], found = _load_one(data_dir / table.file, table)
        problems += found
    return sheets, problems


def _load_one(path: Path, table: Table) -> tuple[Sheet, list[Problem]]:
    problems: list[Problem] = []

    def add(line: int | None, column: str | None, found: str | None, reason: str) -> None:
        problems.append(Problem(table.file, line, column, found, reason))

    rows: list[list[str]] = []
    lines: list[int] = []
    header: list[str] = []
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError:
        add(None, None, None, "fichier absent" if not path.exists() else "fichier impossible à ouvrir")
        return Sheet(table, {}, (), whole=False), problems
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        add(line, None, None, "texte qui n’est pas en UTF-8 ; enregistrez le fichier au format « CSV UTF-8 »")
        return Sheet(table, {}, (), whole=False), problems

    for line, record in _records(text, add):
        if not header:
            header = record
            problems += _header_problems(table, header, line)
        elif len(record) != len(header):
            add(line, None, None, f"{counted(len(record), 'valeur')} pour {counted(len(header), 'colonne')}")
        else:
            rows.append(record)
            lines.append(line)
    if not header and not problems:
        add(None, None, None, "fichier vide ; la première ligne doit donner le nom des colonnes")
    known = {column.name for column in table.columns}
    by_column = zip(*rows, strict=True) if rows else [()] * len(header)
    cells = {name: values for name, values in zip(header, by_column, strict=True) if name in known}
    return Sheet(table, cells, tuple(lines), whole=not problems), problems


def _records(
    text: str, add: Callable[[int | None, str | None, str | None, str], None]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line and the values of each row; rows with stray quotes are said and left out."""
    physical = io.StringIO(text, newline="").readlines()
    if '"' not in text:  # most files: a line is a row, and 35,000 communes need not wait for the rest
        yield from ((rank, row.split(",")) for rank, line in enumerate(physical, 1) if (row := line.rstrip("\r\n")))
        return
    reader = csv.reader(physical)
    stray = 'guillemet (") mal placé ; une valeur entre guillemets s’écrit "ainsi" et un guillemet s’y double'
    while True:
        start = reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:  # an unclosed quote has swallowed more than a cell can hold
            add(start + 1, None, None, stray)
            return
        written = "".join(physical[start : reader.line_num])
        if '"' in written and not _RECORD.fullmatch(written.rstrip("\r\n")):
            add(start + 1, None, None, stray)
        elif record:
            yield start + 1, record


def _header_problems(table: Table, header: list[str], line: int) -> Iterator[Problem]:
    expected = [column.name for column in table.columns]
    if len(header) == 1 and ";" in header[0]:
        reason = "colonnes séparées par des points-virgules ; enregistrez le fichier avec des virgules"
        yield Problem(table.file, line, None, None, reason)
        return
    for name in expected:
        if name not in header:
            yield Problem(table.file, line, name, None, f"colonne absente ; attendu : {','.join(expected)}")
    for rank, name in enumerate(header):
        if name in header[:rank]:
            yield Problem(table.file, line, name, None, "colonne écrite deux fois")
        elif name not in expected:
            reason = announces_persons(name) or "colonne inconnue, que rien ne lirait"
            yield Problem(table.file, line, name, None, reason)
