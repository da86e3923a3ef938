"""Meetings month by month: a line a year, a cell a month."""

from __future__ import annotations

from typing import Any

import pandas as pd

from netstats.charts.chart import FONT_SIZE, SMALL, Chart, figure, first_few, reading, require, tinted
from netstats.charts.palette import Palette
from netstats.wording import MONTHS, NO_BREAK, counted, is_missing, listing, number

ROW = 30  # pixels
CELL = 26
TOP = 22  # the initials of the months
YEARS = 40  # the width of a year, left of its cells
UNKNOWN = 13  # the place of a month that is not known, after December
INITIALS = "JFMAMJJASOND"


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

    cells = [(line, month, counts.get((year, month), 0)) for line, year in enumerate(years) for month in months]
    most = max(counts.values())
    fills = [palette.sequential[_step(count, most)] if count else palette.surface for *_, count in cells]
    clear = "rgba(0,0,0,0)"
    height = ROW * len(years)
    chart = figure(palette, height=height + TOP, margin=(YEARS, 0, TOP, 0))
    chart.add_bar(
        x=[month for _, month, _ in cells] + [end] * len(years),
        y=[CELL] * (len(cells) + len(years)),
        base=[line * ROW + 2 for line, *_ in cells] + [line * ROW + 2 for line in range(len(years))],
        width=[0.92] * len(cells) + [1.5] * len(years),
        marker={
            "color": fills + [clear] * len(years),
            "line": {
                "color": [fill if count else palette.grid for fill, (*_, count) in zip(fills, cells, strict=True)]
                + [clear] * len(years),
                "width": 1,
            },
            "cornerradius": 2,
        },
        text=[number(count) if count else "" for *_, count in cells] + [number(totals[year]) for year in years],
        textposition="inside",
        constraintext="none",
        insidetextanchor="middle",
        insidetextfont={
            "color": [palette.readable_on(fill) for fill in fills] + [palette.text] * len(years),
            "size": SMALL,
        },
        textangle=0,
        customdata=[[_period(years[line], month) if count else ""] for line, month, count in cells]
        + [[str(year)] for year in years],
        hovertext=[_hover(years[line], month, count) for line, month, count in cells]
        + [f"<b>{year}</b><br>{_held(totals[year])}" for year in years],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    heads = [
        *(_head(month, INITIALS[month - 1], palette) for month in range(1, 13)),
        *([_head(UNKNOWN, "?", palette)] if UNKNOWN in months else []),
        _head(end, "Total", palette),
    ]
    sides = [_side(str(year), line * ROW + ROW / 2) for line, year in enumerate(years)]
    chart.update_layout(
        barmode="overlay",
        annotations=[*heads, *sides],
        xaxis_range=[0.5, end + 0.8],
        yaxis_range=[height, 0],
    )

    items = [f"{year}, {counted(totals[year], 'réunion')}" for year in years]
    span = str(years[0]) if len(years) == 1 else f"{years[0]} à {years[-1]}"
    alt = f"Calendrier des réunions, année par année et mois par mois, {span}{NO_BREAK}: {first_few(items)}."
    return Chart(chart, alt, _reading(counts))


def _period(year: int, month: int) -> str:
    """Return a month in the words that the period filter reads; the year when the month is not known."""
    return str(year) if month == UNKNOWN else f"{MONTHS[month - 1]} {year}"


def _hover(year: int, month: int, count: int) -> str:
    when = f"{year}, mois inconnu" if month == UNKNOWN else _period(year, month)
    return f"<b>{when}</b><br>{_held(count)}"


def _held(count: int) -> str:
    return counted(count, "réunion tenue", "réunions tenues") if count else "aucune réunion tenue"


def _head(place: float, text: str, palette: Palette) -> dict[str, Any]:
    """Return the annotation over a column."""
    return {
        "x": place,
        "xref": "x",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": tinted(text, palette),
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": SMALL},
    }


def _side(text: str, y: float) -> dict[str, Any]:
    """Return the annotation that names a year."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -YEARS,
        "y": y,
        "yref": "y",
        "yanchor": "middle",
        "text": text,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": FONT_SIZE},
    }


def _reading(counts: dict[tuple[int, int], int]) -> str:
    """Say aloud the busiest months, or how many there are of them, and what stands beside the months."""
    known = {moment: count for moment, count in counts.items() if moment[1] != UNKNOWN}
    if not known:
        (year, _), count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        return reading(f"en {year}, {_held(count)}, sans que le mois soit connu.")
    aside = f" La colonne «{NO_BREAK}?{NO_BREAK}» compte celles dont on ne connaît que l’année."
    return reading(_busiest(known)) + (aside if len(known) < len(counts) else "")


def _busiest(counts: dict[tuple[int, int], int]) -> str:
    most = max(counts.values())
    busiest = [_period(*moment) for moment, count in sorted(counts.items()) if count == most]
    if len(busiest) == 1:
        return f"{busiest[0]} est le mois le plus chargé, avec {_held(most)}."
    if len(busiest) <= 3:
        return f"{listing(busiest)} sont les mois les plus chargés, avec {_held(most)} chacun."
    return f"{_held(most)} au plus par mois, ce qui s’est vu {len(busiest)} fois."


def _step(count: int, most: int) -> int:
    """Return the class, 1 to 5, of a count among counts up to `most`."""
    return 1 + min(4, (count - 1) * 5 // max(most, 5))
