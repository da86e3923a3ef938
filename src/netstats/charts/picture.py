"""A chart of the screen as a picture to take away: on its own ground, with its title, its scope and what defends it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from netstats.charts import families
from netstats.charts.chart import Chart, KeyEntry, Shape
from netstats.charts.palette import Palette
from netstats.charts.spec import FONT_SIZE, Spec, note
from netstats.charts.words import plain
from netstats.wording import NO_BREAK

WIDTH = 900
"""Pixels of the page, whatever the screen: what texts of this size are readable on."""

SCALE = 2
"""Pixels of the file for one of the page."""

_EDGE, _GAP = 32, 16  # pixels around everything, and between its parts
_TITLE_SIZE = 20
_LINE = 1.3  # plotly's own height of a line, in letters
_LETTER = 0.6  # widths of a letter for its height: that of a wide font, no text may run out of the picture
_BESIDE = 5  # letters around the label of an entry of the key
_GLYPHS: Mapping[Shape, str] = {
    **{sign.shape: sign.glyph for sign in (*families.SIGNS, families.REST)},
    "hollow": "○",
    "tick": "❘",
}


def picture(chart: Chart, palette: Palette, *, title: str, scope: str, notes: Sequence[str]) -> Chart:
    """Return the chart, drawn in `palette`, between its words: a figure `WIDTH` pixels wide that needs no page.

    Above it stand `title` and `scope`; under it its key, its reading and the `notes` (source, date), a paragraph each.
    """
    left, right, top, bottom = (chart.spec["layout"]["margin"][side] for side in "lrtb")
    head = [*_lines(title, _TITLE_SIZE)], [*_lines(scope, FONT_SIZE)]
    key, said = [*_key(chart.key)], [line for text in (chart.reading, *notes) for line in _lines(text, FONT_SIZE)]
    foot = [*key, "", *said] if key else said
    heights = [len(lines) * size * _LINE for lines, size in zip(head, (_TITLE_SIZE, FONT_SIZE), strict=True)]
    above = _EDGE + sum(heights) + _GAP
    below = _GAP + len(foot) * FONT_SIZE * _LINE + _EDGE

    def words(
        lines: Sequence[str], shift: float, *, size: int = FONT_SIZE, colour: str = palette.muted, y: int
    ) -> Spec:
        place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
        font = {"size": size, "color": colour}
        return note("<br>".join(lines), 0, y, xshift=-left, yshift=shift, font=font, **place)

    bold = [f"<b>{line}</b>" for line in head[0]]
    annotations = [
        *chart.spec["layout"].get("annotations", ()),
        words(bold, top + above - _EDGE, size=_TITLE_SIZE, colour=palette.text, y=1),
        words(head[1], top + above - _EDGE - heights[0], y=1),
        words(foot, -bottom - _GAP, y=0),
    ]
    margin = {"l": left + _EDGE, "r": right + _EDGE, "t": top + above, "b": bottom + below, "pad": 0}
    return replace(
        chart.with_layout(
            annotations=annotations,
            margin=margin,
            paper_bgcolor=palette.surface,
            autosize=False,
            width=WIDTH,
            height=round(chart.height + above + below),
        ),
        key=(),  # drawn
    )


def _lines(text: str, size: int) -> Iterator[str]:
    """Return a text as lines that fit, safe for plotly."""
    return map(plain, textwrap.wrap(text, _letters(size), break_on_hyphens=False))


def _key(entries: Sequence[KeyEntry]) -> Iterator[str]:
    """Return the key as lines that fit, safe for plotly: no entry is cut in two."""
    line, room = "", _letters(FONT_SIZE)
    for entry in entries:
        length = len(entry.label) + _BESIDE
        if line and length > room:
            yield line
            line, room = "", _letters(FONT_SIZE)
        line += f'<span style="color:{entry.colour}">{_GLYPHS[entry.shape]}</span> {plain(entry.label)}{NO_BREAK * 3}'
        room -= length
    if line:
        yield line


def _letters(size: int) -> int:
    """Return how many letters of that size fit in a line."""
    return int((WIDTH - 2 * _EDGE) / (size * _LETTER))
