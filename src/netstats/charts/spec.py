"""The pieces of a plotly figure as plain dicts, in the style of the house: nothing here knows what is drawn.

A plain dict costs a tenth of plotly's own objects, which check every value; the tests check them instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netstats.charts.palette import Palette
from netstats.wording import THIN_SPACE

Spec = dict[str, Any]
"""A part of a figure, in plotly's own words."""

FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'
FONT_SIZE = 13
SMALL = 12
CLEAR = "rgba(0,0,0,0)"

Numbers = Sequence[float | None]
Places = Sequence[Any]  # numbers, or days in ISO form
Margin = tuple[int, int, int, int]  # left, right, top, bottom, in pixels


def layout(palette: Palette, *, height: int, margin: Margin = (0, 0, 0, 0), **others: Any) -> Spec:
    """Return a layout without axes on a transparent ground; the width is that of the page.

    `height` and `margin` (left, right, top, bottom) are in pixels; `others` are further parts, of which `xaxis` and
    `yaxis` say only what they change.
    """
    left, right, top, bottom = margin
    font = {"family": FONTS, "size": FONT_SIZE, "color": palette.text}
    hidden = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
    return {
        "template": {},  # plotly's own brings 7 kB of colours that are not ours
        "autosize": True,
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": font,
        "separators": f",{THIN_SPACE}",
        "showlegend": False,
        "barmode": "overlay",
        "dragmode": False,
        "clickmode": "event+select",
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.surface,
            "bordercolor": palette.muted,
            "font": font,
            "align": "left",
            "namelength": -1,
        },
        **others,
        "xaxis": hidden | others.get("xaxis", {}),
        "yaxis": hidden | others.get("yaxis", {}),
    }


def from_the_top(data: Sequence[Spec], palette: Palette, *, height: int, margin: Margin, **others: Any) -> Spec:
    """Return a figure whose y counts pixels downwards: `height` for what is drawn, `margin` around it."""
    *_, top, bottom = margin
    drawn = layout(palette, height=height + top + bottom, margin=margin, yaxis={"range": [height, 0]}, **others)
    return {"data": list(data), "layout": drawn}


def ticks(places: Places, texts: Sequence[str], palette: Palette, *, size: int = SMALL, **others: Any) -> Spec:
    """Return an axis with French texts at given places, without a line."""
    return {
        "visible": True,
        "tickmode": "array",
        "tickvals": list(places),
        "ticktext": list(texts),
        "tickangle": 0,
        "tickfont": {"size": size, "color": palette.muted},
        "ticks": "",
        **others,
    }


def bars(x: Places, y: Places, *, width: float | Sequence[float], colour: Any, **others: Any) -> Spec:
    """Return bars that nothing points at; `others` are further parts of the trace, or of its `marker`."""
    marker = {"color": colour, "line": {"width": 0}, **others.pop("marker", {})}
    return {"type": "bar", "x": x, "y": y, "width": width, "marker": marker, "hoverinfo": "skip", **others}


def points(x: Places, y: Places, **others: Any) -> Spec:
    """Return a trace of points, lines or texts (`mode`) that nothing points at and that no edge cuts."""
    return {"type": "scatter", "x": x, "y": y, "hoverinfo": "skip", "cliponaxis": False, **others}


def labelled(trace: Spec, texts: Sequence[str], ink: Any, *, size: int = SMALL, inside: bool = False) -> Spec:
    """Return bars with a text each, at their end or in their middle, never turned nor made smaller."""
    font = {"color": ink, "size": size}
    return trace | {
        "text": texts,
        "textposition": "inside" if inside else "outside",
        "insidetextanchor": "middle",
        ("insidetextfont" if inside else "textfont"): font,
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
    }


def carrying(trace: Spec, carried: Sequence[Sequence[str]], hovers: Sequence[str], *, opacity: float = 1) -> Spec:
    """Return a trace whose elements say `hovers` and hand over `carried` on a click, which dims nothing."""
    return trace | {
        "customdata": carried,
        "hoverinfo": "text",
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": opacity}},
        "unselected": {"marker": {"opacity": opacity}},
    }


def note(text: str, x: float, y: float, **others: Any) -> Spec:
    """Return a text at a place, already safe."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "borderpad": 0, **others}


def heading(text: str, y: float, *, shift: float = 0) -> Spec:
    """Return the line of text that names a row, from the left edge."""
    font = {"size": FONT_SIZE}
    return note(text, 0, y, xref="paper", xshift=shift, xanchor="left", yanchor="middle", align="left", font=font)


def hairline(y: float, palette: Palette) -> Spec:
    """Return a line across the whole chart, under what is drawn."""
    line = {"color": palette.grid, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line, "layer": "below"}
