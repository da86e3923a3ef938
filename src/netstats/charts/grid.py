"""Cells that are darker the more there is: the scaffold, and two classifications crossed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from netstats.charts import words
from netstats.charts.chart import Chart, require
from netstats.charts.palette import Palette
from netstats.charts.spec import SMALL, Spec, bars, carrying, from_the_top, labelled, note
from netstats.charts.words import plain
from netstats.charts.words.grid import Sides, lines
from netstats.wording import number

STEPS = 5  # classes of colour of what is not nil
CHARACTER = 7.0  # pixels, of small text, with some room

# Pixels of a grid.
LABEL_WIDTH = 124  # left of the cells: a phone keeps some 210 for them
CELL_HEIGHT = 32  # two lines of label
MOST_TEXT = 240  # of numbers side by side: beyond, a phone would run them together, and the hover says them
LABEL_LINE, HEADING_LINE = 17, 22  # characters of a row's name, and of a column's, written upwards
WIDE_COLUMNS = 7  # up to here the name of a column has room for two lines, on a phone as well
UPRIGHT = 4  # characters: names as short as a year are written across


@dataclass(frozen=True)
class Cell:
    """A cell: where it stands (`x`, and `y` from the top), what it says, shows and carries."""

    x: float
    y: float
    fill: str
    edge: str
    text: str
    hover: str
    carried: tuple[str, ...]
    width: float = 1.0
    ink: str = ""


def cell_bars(cells: Sequence[Cell], *, height: float, palette: Palette, rounded: int = 0) -> Spec:
    """Return cells as bars that stand on their lower edge, with their numbers."""
    marker = {
        "line": {"color": [cell.edge for cell in cells], "width": 1},
        "cornerradius": rounded,
    }
    trace = bars(
        [cell.x for cell in cells],
        [height] * len(cells),
        width=[cell.width for cell in cells],
        colour=[cell.fill for cell in cells],
        base=[cell.y for cell in cells],
        marker=marker,
    )
    inks = [cell.ink or palette.readable_on(cell.fill) for cell in cells]
    numbered = labelled(trace, [cell.text for cell in cells], inks, inside=True)
    return carrying(numbered, [list(cell.carried) for cell in cells], [cell.hover for cell in cells])


def shade(count: int, most: int, palette: Palette) -> str:
    """Return the colour of a count that is not nil among counts up to `most`, in five classes; few stay light."""
    return palette.sequential[max(1, -(-count * STEPS // max(most, STEPS)))]


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

    `frame` has one row a cell: `row` and `column` (codes), `row_label`, `column_label` and `value` (a count, not
    negative). A cell that is not there is nil. Optional: `row_family_rank` and `row_family` (the sign of the family
    before the row's name; the key names the families).

    `title` says what is counted (« Thèmes par réseau »), `unit` is the counted noun, `row_name` and `column_name` what
    a row and a column are, for the hover. Rows and columns come in the order in which they first appear, or those with
    the most first (`by_total`); the reading says when there are more than are drawn. A click gives `[row, column]`.
    """
    require(frame, ("row", "row_label", "column", "column_label", "value"))
    sides = Sides(
        rows=_names(frame, "row", by_total),
        columns=_names(frame, "column", by_total),
        most_rows=most_rows,
        most_columns=most_columns,
        row_name=row_name,
        column_name=column_name,
        unit=unit,
    )
    counts = frame.groupby(["row", "column"])["value"].sum().to_dict()
    crossed = [
        (row, column, int(counts.get((row, column), 0))) for row in sides.drawn_rows for column in sides.drawn_columns
    ]
    most = max(count for *_, count in crossed)
    numbered = len(number(max(most, STEPS))) * len(sides.drawn_columns) * CHARACTER <= MOST_TEXT
    rank = {row: y for y, row in enumerate(sides.drawn_rows)}
    place = {column: x for x, column in enumerate(sides.drawn_columns)}
    cells = [
        Cell(
            x=place[column],
            y=rank[row] * CELL_HEIGHT + 1,
            fill=shade(count, most, palette) if count else palette.surface,
            # An empty cell shows by its outline; a full one keeps a hairline of the card between it and the next.
            edge=palette.surface if count else palette.grid,
            text=number(count) if count and numbered else "",
            hover=sides.hover(row, column, count),
            carried=(row, column),
        )
        for row, column, count in crossed
    ]
    headings = [
        lines(label, HEADING_LINE, 2 if len(place) <= WIDE_COLUMNS else 1) for label in sides.drawn_columns.values()
    ]
    longest = max(len(line) for heading in headings for line in heading)
    above = 20 if longest <= UPRIGHT else round(longest * CHARACTER) + 24
    first = frame.assign(row=frame["row"].astype(str)).drop_duplicates("row").set_index("row")
    signs = {row: words.signed(told, palette, prefix="row_") for row, told in first.to_dict("index").items()}
    spec = from_the_top(
        [cell_bars(cells, height=CELL_HEIGHT - 2, palette=palette)],
        palette,
        height=CELL_HEIGHT * len(rank),
        margin=(LABEL_WIDTH, 0, above, 0),
        annotations=[
            *(_row_heading(label, y, signs[row]) for y, (row, label) in enumerate(sides.drawn_rows.items())),
            *(_column_heading(text, x, longest <= UPRIGHT) for x, text in enumerate(headings)),
        ],
        xaxis={"range": [-0.5, len(place) - 0.5]},
    )
    shown = frame[frame["row"].astype(str).isin(rank)]
    key = words.family_key(shown.to_dict("records"), palette, prefix="row_")
    return Chart(spec, sides.alt(title, crossed), sides.reading(crossed), key)


def _names(frame: pd.DataFrame, what: str, by_total: bool) -> dict[str, str]:
    """Return code → label, in the order of first appearance, which also settles equal totals."""
    first = frame.drop_duplicates(what, ignore_index=True)
    if by_total:
        totals = first[what].map(frame.groupby(what)["value"].sum())
        first = first.loc[totals.sort_values(ascending=False, kind="stable").index]
    return {str(code): str(label) for code, label in zip(first[what], first[f"{what}_label"], strict=True)}


def _row_heading(label: str, rank: int, sign: str) -> Spec:
    return note(
        sign + "<br>".join(plain(line) for line in lines(label, LABEL_LINE - 2 if sign else LABEL_LINE, 2)),
        0,
        (rank + 0.5) * CELL_HEIGHT,
        xref="paper",
        xshift=-8,
        xanchor="right",
        yanchor="middle",
        align="right",
        font={"size": SMALL},
    )


def _column_heading(text: list[str], place: int, upright: bool) -> Spec:
    return note(
        "<br>".join(plain(line) for line in text),
        place,
        1,
        yref="paper",
        yshift=4,
        textangle=0 if upright else -90,
        xanchor="center",
        yanchor="bottom",
        align="left",
        font={"size": SMALL},
    )
