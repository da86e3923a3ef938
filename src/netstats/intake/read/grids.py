"""What is read of a file: grids of cells, and the bounds that keep any file from filling the memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from netstats.errors import NetstatsError
from netstats.intake.issues import Issue
from netstats.intake.labels import unguarded
from netstats.wording import NO_BREAK, counted, listing, number

MOST_BYTES = 20 * 1024 * 1024
"""Largest file, as `maxUploadSize` of .streamlit/config.toml."""
MOST_UNPACKED = 300 * 1024 * 1024
"""Largest content of a workbook once inflated, in bytes: 200,000 lines of twenty columns take about 150 MB."""
MOST_SHEETS = 100
MOST_LINES = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 6_000_000
"""Most cells of a file, from the first to the last line and column of each sheet, filled or not."""
MOST_CHARACTERS = 32_767
"""Longest cell, which is also that of Excel."""
MOST_TEXT = 400 * 1024 * 1024
"""Most characters of all cells together, a text that a thousand cells share being counted a thousand times."""
MOST_MERGES = 200_000
"""Most merged cells of a sheet."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet of a file, or a text file.

    The cells are str (as written), int, float, bool, datetime.date, datetime.datetime, datetime.time, None when empty,
    or the Issue of a cell that cannot be read. All rows are of one width, empty ones are left out.
    """

    file: str
    sheet: str  # empty for a text file
    rows: list[list[object]]
    lines: list[int]  # of each row in the file, the first being 1
    notices: tuple[str, ...] = ()  # French sentences about what was done while reading
    merged: tuple[tuple[int, int, int], ...] = ()  # (column, first line, last line) of cells whose value was repeated
    widths: tuple[int, ...] = ()  # how many values each row of a text file was written with


def quoted(text: str) -> str:
    """Return a text between French quotes, shortened when it is long."""
    short = text if len(text) <= 80 else f"{text[:79]}…"
    return f"«{NO_BREAK}{short}{NO_BREAK}»"


class FileError(NetstatsError):
    """Why a whole file is refused: `reason` continues its name; `line` is the first to blame, 0 when all of it is."""

    def __init__(self, name: str, reason: str, remedy: str, line: int = 0) -> None:
        super().__init__(f"{quoted(name)} {reason}.", remedy)
        self.reason = reason
        self.line = line


def file_error(name: str, reason: str, remedy: str) -> FileError:
    """Return the error that refuses a whole file."""
    return FileError(name, reason, remedy)


def damaged(name: str) -> NetstatsError:
    """Return the error for a workbook that does not hold together."""
    remedy = "Rouvrez l’original dans un tableur, enregistrez-le au format .xlsx et recommencez."
    return file_error(name, "est abîmé ou incomplet", remedy)


def protected(name: str) -> NetstatsError:
    """Return the error for a workbook that asks for a password."""
    return file_error(name, "est protégé par un mot de passe", "Enregistrez-le sans mot de passe et recommencez.")


def too_many_sheets(name: str, sheets: int) -> NetstatsError:
    """Return the error for a workbook of more sheets than are read."""
    return file_error(name, f"a {sheets} feuilles", f"Gardez-en {MOST_SHEETS} au plus.")


def lines_named(lines: Sequence[int]) -> str:
    """Return « ligne 3 » or « lignes 3, 8 et 12 », the first ten when there are more."""
    if len(lines) == 1:
        return f"ligne {lines[0]}"
    if len(lines) > 10:
        return f"lignes {', '.join(map(str, lines[:10]))} et {number(len(lines) - 10)} autres"
    return f"lignes {listing(map(str, lines))}"


def check_extent(name: str, where: str, height: int, width: int) -> None:
    """Refuse a sheet that reaches too far; `where` continues the sentence: « dans la feuille « A » »."""
    said = f" {where}" if where else ""
    if height > MOST_LINES:
        raise file_error(
            name,
            f"va jusqu’à la ligne {number(height)}{said}, au-delà des {number(MOST_LINES)} permises",
            "Effacez ce qui est écrit au loin, ou partagez le fichier en plusieurs.",
        )
    if width > MOST_COLUMNS:
        raise file_error(
            name,
            f"a {number(width)} colonnes{said}, au-delà des {number(MOST_COLUMNS)} permises",
            "Gardez les colonnes du modèle et effacez les autres.",
        )
    if height * width > MOST_CELLS:
        raise file_error(
            name,
            f"s’étend sur {number(height)} lignes et {number(width)} colonnes{said}, ce qui est trop à la fois",
            "Effacez les colonnes en trop, ou partagez le fichier en plusieurs.",
        )


def check_cells(name: str, cells: int) -> None:
    """Refuse a file of too many cells."""
    if cells > MOST_CELLS:
        raise file_error(name, f"a plus de {number(MOST_CELLS)} cellules", "Partagez-le en plusieurs fichiers.")


def check_text(name: str, characters: int) -> None:
    """Refuse a file of too many characters."""
    if characters > MOST_TEXT:
        said = f"contient trop de texte (plus de {number(MOST_TEXT // 1024**2)} millions de caractères)"
        raise file_error(name, said, "Partagez-le en plusieurs fichiers.")


def letters(column: int) -> str:
    """Return the letters by which a spreadsheet names a column, the first being 0."""
    named = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(65 + rest) + named
    return named


_ERROR = re.compile(
    r"#(?:N/A|N/D|DIV/0!|REF!|NAME\?|NOM\?|VALUE!|VALEUR!|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|PROPAGATION!|CALC!|#+)"
    r"|Err\s?:\s?\d{3}"
)
# Most texts start with none of these, and need no other look than at their length.
_ODD = frozenset("'#E \t\r\n\x0b\x0c\u00a0\u2007\u2009\u202f\u3000\x00\ufeff")


def text_cell(value: str) -> object:
    """Return a cell that holds a text: itself, None when it is blank, an Issue when it stands for an error.

    The apostrophe that exports put before what a spreadsheet would run is taken off: a text that had some already got
    one more.
    """
    if value == "":
        return None
    if value[0] not in _ODD and len(value) <= MOST_CHARACTERS:
        return value
    if len(value) > MOST_CHARACTERS:
        values = {"length": number(len(value)), "most": number(MOST_CHARACTERS)}
        return Issue("cell-too-long", values, found=value[:80])
    if not value.strip("\ufeff").strip():
        return None
    if _ERROR.fullmatch(value):
        return Issue("calculation-error", found=value)
    return unguarded(value)


def _number_cell(value: float) -> object:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _duration_cell(value: timedelta) -> object:
    return Issue("duration", found=str(value))


def _same(value: object) -> object:
    return value


_READ: dict[type, Callable[..., object]] = {
    str: text_cell,
    float: _number_cell,
    timedelta: _duration_cell,
    int: _same,
    bool: _same,
    date: _same,
    datetime: _same,
    time: _same,
}


def cleaned(row: Iterable[object]) -> list[object]:
    """Return the cells of a row of a workbook as a grid holds them."""
    return [_READ[type(cell)](cell) for cell in row]


def filled(rows: Iterable[list[object]], lines: Iterable[int]) -> tuple[list[list[object]], list[int]]:
    """Return the rows that hold something, and their lines."""
    kept = [(row, line) for row, line in zip(rows, lines, strict=True) if row.count(None) < len(row)]
    return [row for row, _ in kept], [line for _, line in kept]


def rewritten(grid: Grid, first: int, columns: Collection[int], cells: Mapping[object, str]) -> Grid:
    """Return a grid where some cells of these columns, from the row of index `first` on, are written otherwise."""
    rows = list(grid.rows)
    for rank in range(first, len(rows)):
        rows[rank] = [cells.get(cell, cell) if at in columns else cell for at, cell in enumerate(rows[rank])]
    return replace(grid, rows=rows)


def without_shifted_lines(grid: Grid, header: int) -> Grid:
    """Return a grid whose lines that go beyond the headers cannot be read, when it is a text.

    There, a separator left in a text has moved every value that follows; in a workbook, it is a note in the margin.
    """
    width = max((rank + 1 for rank, cell in enumerate(grid.rows[header]) if cell is not None), default=0)
    if grid.sheet or width == len(grid.rows[header]):
        return grid
    rows, lines = list(grid.rows), []
    for rank in range(header + 1, len(rows)):
        row = rows[rank]
        beyond = len(row) - row[width:].count(None)
        if beyond == width or (isinstance(row[0], Issue) and row[0].of_line):
            continue
        values = {"count": beyond, "most": width}
        rows[rank] = [
            Issue("shifted-line", values, found="" if cell is None else str(cell), of_line=True) for cell in row[:width]
        ]
        lines.append(grid.lines[rank])
    said = f"{counted(len(lines), 'ligne')} de plus de valeurs que d’en-têtes : {lines_named(lines)}." if lines else ""
    rows = [row[:width] for row in rows]
    return replace(grid, rows=rows, notices=(*grid.notices, said) if said else grid.notices)
