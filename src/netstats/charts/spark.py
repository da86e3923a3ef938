"""A few bars beside a figure: how it went, year by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from netstats import wording
from netstats.charts.palette import Palette

_HEIGHT = 30  # px


def spark_html(
    years: Sequence[int],
    values: Sequence[float | None],
    palette: Palette,
    *,
    write: Callable[[float | None], str] = wording.number,
) -> str:
    """Return one thin bar a year as HTML, oldest first, with the first and the last year under it.

    An unknown value keeps its place, as a dot on the line: it is not zero. `write` says a value in French.
    """
    known = [0.0 if value is None or wording.is_missing(value) else float(value) for value in values]
    top = max(known, default=0) or 1
    told = "; ".join(f"{year}{wording.NO_BREAK}: {write(value)}" for year, value in zip(years, values, strict=True))
    bars = "".join(
        f'<i style="flex:1 1 0;{_bar(value, height / top, palette)}"></i>'
        for value, height in zip(values, known, strict=True)
    )
    width = f"width:max(5rem,{len(years) * 16}px)"
    return (
        f'<div class="netstats-spark" style="{width}" role="img" aria-label="{escape(f"Par année : {told}")}">'
        f'<div style="display:flex;align-items:flex-end;gap:2px;height:{_HEIGHT}px">{bars}</div>'
        f"<div><span>{years[0]}</span><span>{years[-1]}</span></div></div>"
    )


def _bar(value: float | None, height: float, palette: Palette) -> str:
    if value is None or wording.is_missing(value):
        return f"height:3px;border-radius:2px;background:{palette.grid}"
    return f"height:{max(1, round(height * _HEIGHT))}px;background:{palette.accent}"
