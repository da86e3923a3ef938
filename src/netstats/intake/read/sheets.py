"""A sheet of a workbook, once its cells are read: what is merged, what cannot be read, what must be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from netstats.intake.issues import Issue
from netstats.intake.read.formats import number_shown
from netstats.intake.read.grids import MOST_MERGES, Grid, damaged, filled, letters, lines_named
from netstats.intake.read.scan import Scan
from netstats.wording import counted, listing, number
from netstats.wording import date as spoken

MACROS = "Le classeur contient des macros : elles n’ont été ni lues ni exécutées."
HIDDEN = "Cette feuille est masquée dans le classeur : elle est lue aussi, vérifiez qu’il faut la prendre."
_MOST_NAMED = 10  # merged cells that a notice names

Merge = tuple[int, int, int]
"""First line, column and last line of merged cells, from 0."""


def grid_of(
    file: str,
    sheet: str,
    rows: list[list[object]],
    *,
    merges: Sequence[Merge],
    scan: Scan,
    notices: Iterable[str] = (),
) -> Grid:
    """Return a sheet as a grid, from its cells as a grid holds them, from the first line and column on.

    The scan tells which cells cannot be read, those that `rows` lacks included. A date that is shown to the month or
    year is the text that one sees: the day behind it is an invention of the spreadsheet. So is a number with words in
    its format. NetstatsError when it has more merged cells than a person makes.
    """
    if len(merges) > MOST_MERGES:
        raise damaged(file)
    for lines, columns, way in scan.shown:
        for row in rows[lines.start : lines.stop]:
            for column in range(columns.start, min(columns.stop, len(row))):
                row[column] = _as_shown(row[column], way)
    _put_unreadable(rows, scan.unreadable)
    merged, spread = _spread(rows, merges)
    kept, numbers = filled(rows, range(1, len(rows) + 1))
    hidden = [line for line in numbers if line - 1 in scan.hidden]
    struck = [line for line in numbers if line - 1 in scan.struck and line - 1 not in scan.unstruck]
    within = sorted(column for column in scan.hidden_columns if kept and column < len(kept[0]))
    hidden_columns = [column for column in within if any(row[column] is not None for row in kept)]
    said = (
        *notices,
        *_said_of_lines(hidden, "masquée"),
        *_said_of_lines(struck, "barrée"),
        *_said_of_hidden_columns(hidden_columns),
        *_said_of(merged, spread),
    )
    return Grid(file, sheet, kept, numbers, said, tuple(merged))


def _as_shown(cell: object, way: str) -> object:
    if isinstance(cell, date):
        return spoken(cell, way) if way in {"month", "year"} else cell
    return number_shown(cell, way) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell


def _said_of_lines(lines: Sequence[int], how: str) -> tuple[str, ...]:
    if not lines:
        return ()
    said = counted(len(lines), f"ligne {how} est lue", f"lignes {how}s sont lues")
    return (f"{said} aussi ({lines_named(lines)}) : vérifiez qu’il faut {'la' if len(lines) == 1 else 'les'} prendre.",)


def _said_of_hidden_columns(columns: Sequence[int]) -> tuple[str, ...]:
    if not columns:
        return ()
    said = counted(len(columns), "colonne masquée est lue", "colonnes masquées sont lues")
    which = listing(map(letters, columns))
    return (f"{said} aussi ({which}) : vérifiez qu’il faut {'la' if len(columns) == 1 else 'les'} prendre.",)


def _said_of(merged: Sequence[Merge], spread: int) -> tuple[str, ...]:
    if not spread:
        return ()
    ranges = [f"{letters(column)}{first}:{letters(column)}{last}" for column, first, last in merged[:_MOST_NAMED]]
    named = ", ".join(ranges) + (f" et {number(len(merged) - _MOST_NAMED)} autres" if len(merged) > _MOST_NAMED else "")
    others = counted(spread, "autre ligne", "autres lignes")
    return (
        f"Cellules fusionnées ({named}) : leur valeur vaut aussi pour {others}, sauf si c’est un nombre à compter.",
    )


def _put_unreadable(rows: list[list[object]], unreadable: Mapping[tuple[int, int], Issue]) -> None:
    """Put what cannot be read where it stands, also beyond the last cell that can."""
    if not unreadable:
        return
    width = max(len(rows[0]) if rows else 0, *(column + 1 for _, column in unreadable))
    for row in rows:
        row.extend([None] * (width - len(row)))
    last = max(line for line, _ in unreadable)
    rows += [[None] * width for _ in range(last + 1 - len(rows))]
    for (line, column), issue in unreadable.items():
        rows[line][column] = issue


def _spread(rows: list[list[object]], merges: Iterable[Merge]) -> tuple[list[Merge], int]:
    """Repeat the value of cells merged over several lines on those that hold something else.

    A meeting written once beside all who were there belongs to each of them; a title merged over columns stays one.

    Returns those that were repeated, as `Grid.merged`, and the number of cells that were filled.
    """
    holding = [row.count(None) < len(row) for row in rows]
    width = len(rows[0]) if rows else 0
    left = len(rows) * width  # merged cells never overlap: a file where they do must not keep us busy
    merged: list[Merge] = []
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
