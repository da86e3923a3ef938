"""Two classifications crossed: theme by department, type of action by audience."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd

from netstats.charts.chart import (
    SMALL,
    Chart,
    KeyEntry,
    figure,
    first_few,
    plain,
    reading,
    require,
    wrapped,
)
from netstats.charts.palette import Palette
from netstats.wording import NO_BREAK, counted, number

LABEL_WIDTH = 124  # pixels, left of the cells: a phone keeps some 210 for them
LABEL_LINE = 17  # characters that fit in it
CELL_HEIGHT = 32  # two lines of label
HEADING_LINE = 22  # characters of a column's name, written upwards
CHARACTER = 7.0  # pixels, of small text, with some room
MOST_TEXT = 240  # pixels of numbers side by side: beyond, a phone would run them together, and the hover says them
WIDE_COLUMNS = 7  # up to here the name of a column has room for two lines, on a phone as well
UPRIGHT = 4  # characters: names as short as a year are written across
STEPS = 5  # classes of colour of what is not nil
MARK = 5  # pixels: the mark of a family


def value_grid(
    frame: pd.DataFrame,
    *,
    palette: Palette,
    title: str,
    unit: tuple[str, str],
    row_name: str,
    column_name: str,
    most_rows: int = 20,
    most_columns: int = 12,
    by_total: bool = False,
) -> Chart:
    """Return a grid of counts, each cell with its number and the darker the more; a nil cell stays empty and seen.

    Parameters
    ----------
    frame
        One row a cell: `row` and `column` (codes), `row_label`, `column_label` and `value` (a count, not negative).
        A cell that is not there is nil. Rows and columns come in the order in which they first appear. Optional:
        `row_family_rank` and `row_family` (a small mark in the colour of the family beside the row's name; the key
        names the families).
    palette
        Colours.
    title
        What is counted, for the alternative text: « Thèmes par réseau ».
    unit
        The counted noun, singular and plural: ("réunion", "réunions").
    row_name, column_name
        What a row and a column are, for the hover: "thème", "réseau".
    most_rows, most_columns
        How many are drawn, the first ones; the reading says when there are more.
    by_total
        Put the rows and the columns with the most first, instead of in the order of the frame.

    Returns
    -------
    Chart
        data[0] are the cells, row by row, customdata `[row, column]`.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    require(frame, ("row", "row_label", "column", "column_label", "value"))
    all_rows, all_columns = _names(frame, "row", by_total), _names(frame, "column", by_total)
    rows, columns = list(all_rows.items())[:most_rows], list(all_columns.items())[:most_columns]
    counts = frame.groupby(["row", "column"])["value"].sum().to_dict()
    cells = [
        (x, y, int(counts.get((row, column), 0)))
        for y, (row, _) in enumerate(rows)
        for x, (column, _) in enumerate(columns)
    ]
    most = max(*(count for *_, count in cells), STEPS)  # few meetings stay light

    headings = [_lines(label, HEADING_LINE, 2 if len(columns) <= WIDE_COLUMNS else 1) for _, label in columns]
    longest = max(len(line) for lines in headings for line in lines)
    upright = longest <= UPRIGHT
    top = 20 if upright else round(longest * CHARACTER) + 24
    height = CELL_HEIGHT * len(rows)
    chart = figure(palette, height=height + top, margin=(LABEL_WIDTH, 0, top, 0))
    colours = [palette.sequential[_step(count, most)] if count else palette.surface for *_, count in cells]
    told = len(number(most)) * len(columns) * CHARACTER <= MOST_TEXT
    chart.add_bar(
        x=[x for x, _, _ in cells],
        y=[CELL_HEIGHT - 2] * len(cells),
        base=[y * CELL_HEIGHT + 1 for _, y, _ in cells],
        width=1,
        marker={
            "color": colours,
            # An empty cell shows by its outline; a full one keeps a hairline of the card between it and the next.
            "line": {"color": [palette.surface if count else palette.grid for *_, count in cells], "width": 1},
        },
        text=[number(count) if count and told else "" for *_, count in cells],
        textposition="inside",
        constraintext="none",
        insidetextanchor="middle",
        insidetextfont={"color": [palette.readable_on(colour) for colour in colours], "size": SMALL},
        textangle=0,
        customdata=[[rows[y][0], columns[x][0]] for x, y, _ in cells],
        hovertext=[_hover((row_name, rows[y][1]), (column_name, columns[x][1]), count, unit) for x, y, count in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    marks, key = _marks(frame, [code for code, _ in rows], palette)
    names = [_row_heading(label, (y + 0.5) * CELL_HEIGHT, bool(marks)) for y, (_, label) in enumerate(rows)]
    tops = [_column_heading(lines, x, upright) for x, lines in enumerate(headings)]
    chart.update_layout(
        barmode="overlay",
        annotations=names + tops,
        shapes=marks,
        xaxis_range=[-0.5, len(columns) - 0.5],
        yaxis_range=[height, 0],
    )

    said = [
        f"{rows[y][1]} et {columns[x][1]}, {counted(count, *unit)}"
        for x, y, count in sorted(cells, key=lambda cell: (-cell[2], cell[1], cell[0]))
        if count
    ]
    empty = len(cells) - len(said)
    alt = (
        f"Grille de {number(len(rows))} × {number(len(columns))} cases. {title}{NO_BREAK}: "
        f"{first_few(said) if said else 'aucune case remplie'}."
    )
    if empty and said:
        alt += f" {counted(empty, 'case vide', 'cases vides')}."
    left_out = _left_out((row_name, len(rows), len(all_rows)), (column_name, len(columns), len(all_columns)))
    return Chart(chart, alt, _reading(cells, rows, columns, unit) + left_out, key)


def _names(frame: pd.DataFrame, what: str, by_total: bool) -> dict[str, str]:
    """Return code → label, in the order of first appearance, which also settles equal totals."""
    first = frame.drop_duplicates(what, ignore_index=True)
    if by_total:
        totals = first[what].map(frame.groupby(what)["value"].sum())
        first = first.loc[totals.sort_values(ascending=False, kind="stable").index]
    return {str(code): str(label) for code, label in zip(first[what], first[f"{what}_label"], strict=True)}


def _step(count: int, most: int) -> int:
    """Return the class of a count that is not nil: 1 to 5, the most being 5."""
    return max(1, -(-count * STEPS // most))


def _lines(label: str, width: int, most: int) -> list[str]:
    """Return the label in at most `most` lines of `width` characters, an ellipsis where that cuts it."""
    lines = textwrap.wrap(label, width, max_lines=most, placeholder="…")
    # A first word that does not fit leaves nothing but the placeholder: cut it by hand.
    return lines if lines and lines != ["…"] else [f"{label[: width - 1]}…"]


def _row_heading(label: str, y: float, marked: bool) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 0,
        "y": y,
        "xshift": -(MARK + 10) if marked else -8,
        "text": "<br>".join(plain(line) for line in _lines(label, LABEL_LINE - 1 if marked else LABEL_LINE, 2)),
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "middle",
        "align": "right",
        "borderpad": 0,
        "font": {"size": SMALL},
    }


def _column_heading(lines: list[str], x: int, upright: bool) -> dict[str, Any]:
    return {
        "yref": "paper",
        "x": x,
        "y": 1,
        "yshift": 4,
        "text": "<br>".join(plain(line) for line in lines),
        "textangle": 0 if upright else -90,
        "showarrow": False,
        "xanchor": "center",
        "yanchor": "bottom",
        "align": "left",
        "borderpad": 0,
        "font": {"size": SMALL},
    }


def _marks(frame: pd.DataFrame, rows: list[str], palette: Palette) -> tuple[list[dict[str, Any]], tuple[KeyEntry, ...]]:
    """Return the marks of the rows' families, and the key that names them."""
    if "row_family_rank" not in frame:
        return [], ()
    first = frame.assign(row=frame["row"].astype(str)).drop_duplicates("row").set_index("row").loc[rows]
    marks = [
        {
            "type": "rect",
            "xref": "paper",
            "xsizemode": "pixel",
            "xanchor": 0,
            "x0": -MARK - 4,
            "x1": -4,
            "y0": y * CELL_HEIGHT + 5,
            "y1": (y + 1) * CELL_HEIGHT - 5,
            "fillcolor": palette.family_colour(rank),
            "line": {"width": 0},
        }
        for y, rank in enumerate(first["row_family_rank"])
    ]
    if "row_family" not in frame:
        return marks, ()
    families = first[["row_family_rank", "row_family"]].dropna().drop_duplicates().sort_values("row_family_rank")
    return marks, tuple(
        KeyEntry(str(name), palette.family_colour(rank)) for rank, name in families.itertuples(index=False)
    )


def _hover(row: tuple[str, str], column: tuple[str, str], count: int, unit: tuple[str, str]) -> str:
    lines = [wrapped(f"{name.capitalize()}{NO_BREAK}: {label}") for name, label in (row, column)]
    return "<br>".join([*lines, f"<b>{counted(count, *unit)}</b>"])


def _reading(
    cells: list[tuple[int, int, int]],
    rows: list[tuple[str, str]],
    columns: list[tuple[str, str]],
    unit: tuple[str, str],
) -> str:
    most = max(count for *_, count in cells)
    x, y, _ = next(cell for cell in cells if cell[2] == most)
    where = f"«{NO_BREAK}{rows[y][1]}{NO_BREAK}» et «{NO_BREAK}{columns[x][1]}{NO_BREAK}»"
    if not most:
        return reading("toutes les cases sont vides.")
    same = sum(count == most for *_, count in cells) - 1
    beside = f", comme dans {counted(same, 'autre case', 'autres cases')}" if same else ""
    return reading(f"{where}{NO_BREAK}: {counted(most, *unit)}, le maximum{beside}.")


def _left_out(*sides: tuple[str, int, int]) -> str:
    """Return the sentence that says what is not drawn; empty when all is."""
    said = [f"{number(drawn)} sur {number(every)} ({name.lower()})" for name, drawn, every in sides if drawn < every]
    return f" Sont dessinés {' et '.join(said)} ; les autres sont dans les données." if said else ""
