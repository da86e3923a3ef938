"""What stands beside charts and figures: the key of a chart, the small bars of a key figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from netstats import wording
from netstats.charts import KeyEntry, Palette
from netstats.charts.spec import FONT_SIZE
from netstats.ui.base import html

_HEIGHT = 30  # px


def key_of(entries: Iterable[KeyEntry], palette: Palette) -> Markup:
    """Return the key of a chart as one paragraph that wraps at any width; the empty text for an empty key."""
    return html.render("key", entries=list(entries), size=FONT_SIZE, colour=palette.muted)


def year_bars(
    years: Sequence[int],
    values: Sequence[float | None],
    palette: Palette,
    *,
    write: Callable[[float | None], str] = wording.number,
) -> Markup:
    """Return one thin bar a year, oldest first, with the first and the last year under it.

    An unknown value keeps its place, as a dot on the line: it is not zero. `write` says a value in French.
    """
    known = [None if value is None or wording.is_missing(value) else float(value) for value in values]
    top = max((value for value in known if value is not None), default=0) or 1
    return html.render(
        "year-bars",
        bars=[None if value is None else max(1, round(value / top * _HEIGHT)) for value in known],
        said="; ".join(f"{year}{wording.NO_BREAK}: {write(value)}" for year, value in zip(years, values, strict=True)),
        first=years[0],
        last=years[-1],
        height=_HEIGHT,
        palette=palette,
    )
