"""A sheet that holds a second table, below the first or beside it, or days as headers: told, and not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from netstats.intake.dates import Day, read_date
from netstats.intake.forms import FORMS
from netstats.intake.read.grids import Grid, letters, lines_named, quoted
from netstats.intake.read.headers import named_exactly
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, listing

_REMEDY = "ne sont pas lues : mettez ce tableau dans une feuille ou un fichier à lui."
_MOST_NAMED = 4


def first_table(grid: Grid, header: int) -> Grid:
    """Return a sheet with the table of these headers alone; the same headers once more go on with it."""
    rows = grid.rows
    said = _days_said(rows[header])
    beside = _beside(rows, header)
    if beside:
        said.append(_said(f"colonne {letters(beside)}", rows[header][beside:], "Ses colonnes"))
        rows = [row[:beside] for row in rows]
    end = next((rank for rank in range(header + 2, len(rows)) if _begins(grid, rows, header, rank)), len(rows))
    if end < len(rows):
        title = _is_title(rows[end - 1]) and end - 1 > header
        said.append(_said(f"ligne {grid.lines[end]}", rows[end], f"Ses lignes ({len(rows) - end - 1})"))
        end -= title
    again = {rank: grid.lines[rank] for rank in range(header + 1, end) if rows[rank] == rows[header]}
    if again:
        said.append(f"Les en-têtes sont répétés ({lines_named(list(again.values()))}) : non lus.")
    if not said:
        return grid
    kept = [rank for rank in range(end) if rank <= header or (rank not in again and any(map(_is_there, rows[rank])))]
    lines = [grid.lines[rank] for rank in kept]
    return replace(grid, rows=[rows[rank] for rank in kept], lines=lines, notices=(*grid.notices, *said))


def _is_there(cell: object) -> bool:
    return cell is not None


def _days_said(headers: Sequence[object]) -> list[str]:
    """Return what is said of a cross table: days in the headers, a town a line."""
    read = (cell if isinstance(cell, date) else read_date(cell) for cell in headers if isinstance(cell, str | date))
    days = [day for day in read if isinstance(day, date) or (isinstance(day, Day) and day.precision == "day")]
    if len(days) < 2:
        return []
    shown = listing([quoted(f"{day:%d/%m/%Y}" if isinstance(day, date) else str(day)) for day in days[:_MOST_NAMED]])
    return [
        f"Les en-têtes de {len(days)} colonnes sont des dates ({shown}) : ce tableau croisé ne se lit pas. Écrivez une"
        " ligne par territoire et par réunion, avec les colonnes Réseau, Date et Territoire."
    ]


def _said(where: str, headers: Sequence[object], what: str) -> str:
    names = [quoted(str(cell)) for cell in headers if cell is not None]
    shown = [*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])]
    return f"Un second tableau commence {where}{NO_BREAK}: {listing(shown)}. {what} {_REMEDY}"


def _names_columns(row: Sequence[object]) -> bool:
    """Return whether a row consists of headers: two or more are those of a form, and most of them."""
    cells = [cell for cell in row if cell is not None]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < max(2, len(cells)):
        return False
    named = max(sum(named_exactly(text, form) for text in texts) for form in FORMS)
    return named > 1 and 2 * named >= len(cells)


def _is_title(row: Sequence[object]) -> bool:
    return len(row) - row.count(None) == 1


def _begins(grid: Grid, rows: Sequence[list[object]], header: int, rank: int) -> bool:
    """Return whether another table begins at a row, after an empty one, or after such and a title."""
    above = rank - 1 if grid.lines[rank] - grid.lines[rank - 1] == 1 and _is_title(rows[rank - 1]) else rank
    is_apart = above > header and grid.lines[above] - grid.lines[above - 1] > 1
    return is_apart and rows[rank] != rows[header] and _names_columns(rows[rank])


def _beside(rows: Sequence[list[object]], header: int) -> int:
    """Return the column where another table begins, after an empty column, whose headers say some again; 0 without."""
    titles = [normalize(cell) if isinstance(cell, str) else "" for cell in rows[header]]
    for column in range(1, len(titles) - 1):
        again = {title for title in titles[column + 1 :] if title} & set(titles[:column])
        is_empty = again and all(row[column] is None for row in rows[header:])
        if is_empty and _names_columns(rows[header][column + 1 :]):
            return column + 1
    return 0
