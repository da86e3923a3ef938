"""Meetings in cells: month by month, and by network and period when they are many."""

from __future__ import annotations

import pandas as pd

from netstats.charts.chart import Chart, require
from netstats.charts.grid import Cell, cell_bars, shade
from netstats.charts.palette import Palette
from netstats.charts.rows import Rows
from netstats.charts.spec import CLEAR, SMALL, Spec, note, ticks
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

# Pixels of a row: its height, the middle of its name, the top of its cells.
YEAR = (30, 15, 2)
NETWORK = (58, 13, 26)
MONTH_CELL, CELL = 26, 24
INITIALS_LINE, YEARS = 22, 40  # the initials of the months over a calendar, the years beside it
INITIALS = "JFMAMJJASOND"
AXIS_LINE = 24  # under a density
NUMBERED_PERIODS = 14  # beyond, the counts would not fit a phone and are left to the hover


def meeting_calendar(frame: pd.DataFrame, *, palette: Palette) -> Chart:
    """Return the number of meetings of each month, a line a year, the latest first, with its total at its end.

    `frame` has one row a month with meetings: `year`, `month` (1 to 12, missing where only the year is known) and
    `meetings` (at least 1). A month that is not there is drawn as an empty cell. A click gives `[period]` in French
    words (« mai 2020 », « 2020 »), the empty text of an empty cell.
    """
    require(frame, ("year", "month", "meetings"))
    counts = {
        (int(row["year"]), UNKNOWN if is_missing(row["month"]) else int(row["month"])): int(row["meetings"])
        for row in frame.to_dict("records")
    }
    years = range(max(year for year, _ in counts), min(year for year, _ in counts) - 1, -1)
    totals = {year: sum(count for (of, _), count in counts.items() if of == year) for year in years}
    months = [*range(1, 13), *([UNKNOWN] if any(month == UNKNOWN for _, month in counts) else [])]
    end = len(months) + 1.3  # where the totals stand, wider than a month: their heading has to fit a phone

    most = max(counts.values())
    shape = Rows(len(years), *YEAR)
    tops = dict(zip(years, shape.places(), strict=True))
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
    spec = shape.figure(
        [cell_bars(cells, height=MONTH_CELL, palette=palette, rounded=2)],
        palette,
        margin=(YEARS, 0, INITIALS_LINE, 0),
        annotations=[
            *(_head(place, text, palette) for place, text in (*heads, (end, "Total"))),
            *shape.names(map(str, years), shift=-YEARS),
        ],
        xaxis={"range": [0.5, end + 0.8]},
    )
    return Chart(spec, calendar_alt(dict(sorted(totals.items()))), calendar_reading(counts))


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

    `frame` has one row a (network, period): `network`, `period_start` (date), `period_label` (« T2 2021 »), `meetings`
    (count). A pair that is not there is drawn as nil; a period without any meeting must be there with a nil for some
    network, or the axis would skip it. A click gives `[network, first day of the period in ISO form]`.
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
    shape = Rows(len(totals), *NETWORK)
    tops = shape.places()
    cells = [
        Cell(
            x=column,
            y=tops[row],
            fill=shade(count, most, palette) if count else palette.sequential[0],
            edge=palette.surface,
            text=number(count) if count and len(periods) <= NUMBERED_PERIODS else "",
            hover=density_hover(network, periods[column], count),
            carried=(network, days[column]),
        )
        for network, row, column, count in counts
    ]
    places, texts = period_ticks(list(table.columns), periods)
    spec = shape.figure(
        [cell_bars(cells, height=CELL, palette=palette)],
        palette,
        margin=(0, 0, 0, AXIS_LINE),
        annotations=shape.names(named(network, number(total), palette) for network, total in totals.items()),
        xaxis=ticks(places, texts, palette, range=[-0.5, len(periods) - 0.5]),
    )
    network, _, column, count = max(counts, key=lambda cell: (cell[3], cell[2]))
    return Chart(spec, density_alt(totals, periods), density_reading(network, periods[column], count))
