"""Meetings in cells: month by month, and by network and period when they are many."""

from __future__ import annotations

import pandas as pd

from netstats.charts.chart import Chart, require
from netstats.charts.grid import Cell, cell_bars, shade
from netstats.charts.palette import Palette
from netstats.charts.spec import CLEAR, SMALL, Spec, heading, layout, note, ticks
from netstats.charts.ticks import period_ticks
from netstats.charts.words import named, tinted
from netstats.charts.words.grid import (
    UNKNOWN,
    calendar_alt,
    calendar_reading,
    density_alt,
    density_hover,
    density_reading,
    held,
    month,
    month_hover,
)
from netstats.wording import is_missing, number

# Pixels of a calendar: a line a year, its cells, the initials of the months over them, the years beside them.
YEAR_ROW, MONTH_CELL, INITIALS_LINE, YEARS = 30, 26, 22, 40
INITIALS = "JFMAMJJASOND"

# Pixels of a density: the line that names a network, its cells, the air under them, the axis.
NAME, CELL, AIR, AXIS_LINE = 26, 24, 8, 24
NUMBERED_PERIODS = 14  # beyond, the counts would not fit a phone and are left to the hover


def meeting_calendar(frame: pd.DataFrame, *, palette: Palette) -> Chart:
    """Return the number of meetings of each month, a line a year, with the total of the year at its end.

    Parameters
    ----------
    frame
        One row a month with meetings: `year`, `month` (1 to 12, missing where only the year is known) and
        `meetings` (count, at least 1). A month that is not there is drawn as an empty cell.
    palette
        Colours.

    Returns
    -------
    Chart
        data[0] are the cells and the totals, customdata `[period]` in French words (« mai 2020 », « 2020 »); the
        empty text for an empty cell.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    require(frame, ("year", "month", "meetings"))
    counts = {
        (int(row["year"]), UNKNOWN if is_missing(row["month"]) else int(row["month"])): int(row["meetings"])
        for row in frame.to_dict("records")
    }
    years = list(range(min(year for year, _ in counts), max(year for year, _ in counts) + 1))
    totals = {year: sum(count for (of, _), count in counts.items() if of == year) for year in years}
    months = [*range(1, 13), *([UNKNOWN] if any(month == UNKNOWN for _, month in counts) else [])]
    end = len(months) + 1.3  # where the totals stand, wider than a month: their heading has to fit a phone

    most = max(counts.values())
    tops = {year: line * YEAR_ROW + 2 for line, year in enumerate(years)}
    cells = [
        _month_cell((year, of), counts.get((year, of), 0), tops[year], most, palette) for year in years for of in months
    ]
    cells += [
        Cell(
            x=end,
            y=tops[year],
            fill=CLEAR,
            edge=CLEAR,
            ink=palette.text,
            text=number(total),
            hover=f"<b>{year}</b><br>{held(total)}",
            carried=(str(year),),
            width=1.5,
        )
        for year, total in totals.items()
    ]
    heads = [(of, "?" if of == UNKNOWN else INITIALS[of - 1]) for of in months]
    height = YEAR_ROW * len(years)
    spec = {
        "data": [cell_bars(cells, height=MONTH_CELL, palette=palette, rounded=2)],
        "layout": layout(
            palette,
            height=height + INITIALS_LINE,
            margin=(YEARS, 0, INITIALS_LINE, 0),
            annotations=[
                *(_head(place, text, palette) for place, text in (*heads, (end, "Total"))),
                *(heading(str(year), (line + 0.5) * YEAR_ROW, shift=-YEARS) for line, year in enumerate(years)),
            ],
            xaxis={"range": [0.5, end + 0.8]},
            yaxis={"range": [height, 0]},
        ),
    }
    return Chart(spec, calendar_alt(totals), calendar_reading(counts))


def _month_cell(of: tuple[int, int], count: int, top: int, most: int, palette: Palette) -> Cell:
    fill = shade(count, most, palette) if count else palette.surface
    return Cell(
        x=of[1],
        y=top,
        fill=fill,
        edge=fill if count else palette.grid,
        text=number(count) if count else "",
        hover=month_hover(of, count),
        carried=(month(of) if count else "",),
        width=0.92,
    )


def _head(place: float, text: str, palette: Palette) -> Spec:
    """Return what stands over a column."""
    font = {"size": SMALL}
    return note(tinted(text, palette), place, 1, xref="x", yref="paper", yanchor="bottom", font=font)


def meeting_density(frame: pd.DataFrame, *, palette: Palette) -> Chart:
    """Return the number of meetings of each network and period, as squares the darker the more there were.

    Parameters
    ----------
    frame
        One row a (network, period): `network`, `period_start` (date), `period_label` (French: « T2 2021 »),
        `meetings` (count). A pair that is not there is drawn as nil; a period without any meeting must be
        there with a nil for at least one network, or the axis would skip it.
    palette
        Colours.

    Returns
    -------
    Chart
        data[0] are the squares, customdata `[network, first day of the period in ISO form]`.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    require(frame, ("network", "period_start", "period_label", "meetings"))
    table = frame.pivot_table(
        index="network", columns="period_start", values="meetings", aggfunc="sum", fill_value=0, observed=True
    )
    table = table.assign(_total=table.sum(axis=1)).sort_values(["_total", "network"], ascending=[False, True])
    totals = {str(network): int(total) for network, total in table.pop("_total").items()}
    labels = frame.drop_duplicates("period_start").set_index("period_start")["period_label"]
    periods = [str(labels[start]) for start in table.columns]
    days = [pd.Timestamp(start).date().isoformat() for start in table.columns]
    counts = [
        (network, row, column, int(count))
        for row, (network, line) in enumerate(zip(totals, table.to_numpy(), strict=True))
        for column, count in enumerate(line)
    ]
    most = max(count for *_, count in counts)
    step = NAME + CELL + AIR
    cells = [
        Cell(
            x=column,
            y=row * step + NAME,
            fill=shade(count, most, palette) if count else palette.sequential[0],
            edge=palette.surface,
            text=number(count) if count and len(periods) <= NUMBERED_PERIODS else "",
            hover=density_hover(network, periods[column], count),
            carried=(network, days[column]),
        )
        for network, row, column, count in counts
    ]
    places, texts = period_ticks(list(table.columns), periods)
    height = step * len(totals)
    spec = {
        "data": [cell_bars(cells, height=CELL, palette=palette)],
        "layout": layout(
            palette,
            height=height + AXIS_LINE,
            margin=(0, 0, 0, AXIS_LINE),
            annotations=[
                heading(named(network, number(total), palette), row * step + NAME // 2)
                for row, (network, total) in enumerate(totals.items())
            ],
            xaxis=ticks(places, texts, palette, range=[-0.5, len(periods) - 0.5]),
            yaxis={"range": [height, 0]},
        ),
    }
    network, _, column, count = max(counts, key=lambda cell: (cell[3], cell[2]))
    return Chart(spec, density_alt(totals, periods), density_reading(network, periods[column], count))
