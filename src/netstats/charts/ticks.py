"""French ticks of a time axis: plotly's own month names are English inside Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date as Date  # noqa: N812 - as in netstats.wording
from datetime import timedelta
from typing import Any

import pandas as pd

from netstats.charts.words import plain
from netstats.wording import NO_BREAK, SHORT_MONTHS

_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)


def french_time_ticks(start: Date, end: Date, most: int = 6) -> tuple[list[Date], list[str]]:
    """Return the places and the French texts of at most `most` ticks between two dates, both included.

    The finest step that gives so few is taken, from a day to half a century. The year is written under the first tick
    and wherever it changes: « 28 déc. » above « 2019 », then « 4 janv. » above « 2020 ».
    """
    if end < start:
        raise ValueError("the axis ends before it starts")
    for step in _DAYS:
        places = list(_every_days(start, end, step))
        if len(places) <= most:
            return places, _texts(places, _day_and_month)
    for step in _MONTHS:
        places = list(_every_months(start, end, step))
        if len(places) <= most:
            break
    if step >= 12:
        return places, [str(place.year) for place in places]
    return places, _texts(places, lambda day: SHORT_MONTHS[day.month - 1])


def spoken_period(label: str) -> tuple[str, str]:
    """Return the label of a period as one says it, and how long it is: « au 2e trimestre 2021 », « trimestre »."""
    length = {"T": "trimestre", "S": "semestre"}.get(label[:1])
    if length is None:
        return f"en {label}", "an"
    rank, year = label[1:].split(maxsplit=1)
    return f"au {rank}{'er' if rank == '1' else 'e'} {length} {year}", length


def period_ticks(starts: list[Any], labels: list[str], most: int = 7) -> tuple[list[float], list[str]]:
    """Return where to write what under the columns: every label if they are few, else some of the years."""
    if len(labels) <= most:
        return [float(column) for column in range(len(labels))], [plain(label) for label in labels]
    columns: dict[int, list[int]] = {}
    for column, start in enumerate(starts):
        columns.setdefault(pd.Timestamp(start).year, []).append(column)
    every = -(-len(columns) // most)
    known = list(columns)
    # The first year and the latest are always named, the others at even steps back from the latest.
    steps = [step for step in range(len(known) - 1, 0, -every) if step >= every]
    years = [known[step] for step in (0, *reversed(steps))]
    return [sum(columns[year]) / len(columns[year]) for year in years], [str(year) for year in years]


def _every_days(start: Date, end: Date, step: int) -> Iterator[Date]:
    # Counted from a Monday (ordinal 1), so that weekly ticks are Mondays whatever the period.
    first = start.toordinal() + (1 - start.toordinal()) % step
    return (Date.fromordinal(ordinal) for ordinal in range(first, end.toordinal() + 1, step))


def _every_months(start: Date, end: Date, step: int) -> Iterator[Date]:
    first = start if start.day == 1 else start.replace(day=1) + timedelta(days=31)
    month = first.year * 12 + first.month - 1
    for ordinal in range(month + -month % step, end.year * 12 + end.month, step):
        yield Date(ordinal // 12, ordinal % 12 + 1, 1)


def _day_and_month(day: Date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK}{SHORT_MONTHS[day.month - 1]}"


def _texts(places: list[Date], words: Callable[[Date], str]) -> list[str]:
    years = [None, *(place.year for place in places)]
    return [
        words(place) if place.year == before else f"{words(place)}<br>{place.year}"
        for before, place in zip(years, places, strict=False)
    ]
