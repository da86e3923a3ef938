"""What every chart of the house shares: what is handed back, the layout, the key and the words of a hover."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from netstats.charts.palette import Palette
from netstats.wording import NO_BREAK, THIN_SPACE

FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'
FONT_SIZE = 13
SMALL = 12

CONFIG: dict[str, Any] = {
    "displayModeBar": False,  # its words are English
    "displaylogo": False,
    "doubleClick": False,
    "scrollZoom": False,
    "showTips": False,
    "showAxisDragHandles": False,
    "responsive": True,
}
"""Configuration to hand to the browser beside every figure."""

Row = dict[Any, Any]
"""One row of a frame, as `frame.to_dict("records")` gives it."""

Shape = Literal["square", "circle", "hollow", "diamond", "triangle", "tick"]

_SHAPES: dict[Shape, str] = {
    "square": "",
    "circle": "border-radius:50%;",
    "hollow": "border-radius:50%;background:transparent;box-sizing:border-box;border:2px solid {colour};",
    "diamond": "transform:rotate(45deg) scale(.85);",
    "tick": "width:2px;height:13px;margin-left:4px;",
    "triangle": "clip-path:polygon(50% 0,100% 100%,0 100%);",
}


@dataclass(frozen=True)
class KeyEntry:
    """One sign of a chart and what it stands for."""

    label: str
    colour: str
    shape: Shape = "square"


@dataclass(frozen=True)
class Chart:
    """A figure and its words.

    Attributes
    ----------
    figure
        The plotly figure; what a click returns stands in `customdata`.
    alt
        Alternative text that says what the figure shows, made from its data.
    reading
        The sentence « Lecture : … », on the most telling element.
    key
        What the colours and shapes stand for; empty when direct labels say it. It is kept out of the figure
        because only the page knows its width: `key_html` wraps at any width, a legend inside a figure does
        not.
    """

    figure: go.Figure
    alt: str
    reading: str
    key: tuple[KeyEntry, ...] = ()


def key_html(key: Iterable[KeyEntry], palette: Palette) -> str:
    """Return the key as one HTML paragraph that wraps at any width; the empty text for an empty key."""
    entries = []
    for entry in key:
        shape = _SHAPES[entry.shape].format(colour=entry.colour)
        entries.append(
            '<span style="display:inline-flex;align-items:center;margin-right:1rem">'
            f'<span aria-hidden="true" style="flex:none;width:10px;height:10px;margin-right:.4rem;'
            f'background:{entry.colour};{shape}"></span>{escape(entry.label)}</span>'
        )
    if not entries:
        return ""
    style = f"margin:0;font-size:{FONT_SIZE}px;line-height:1.6;color:{palette.muted}"
    return f'<p class="netstats-key" style="{style}">{"".join(entries)}</p>'


def figure(palette: Palette, *, height: int, margin: tuple[int, int, int, int] = (0, 0, 0, 0)) -> go.Figure:
    """Return an empty figure in the style of the house.

    Parameters
    ----------
    palette
        Its colours; the background stays transparent.
    height
        Pixels. The width is that of the page.
    margin
        Left, right, top and bottom, in pixels.
    """
    left, right, top, bottom = margin
    hidden = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
    return go.Figure(
        layout={
            "template": go.layout.Template(),  # plotly's own brings 7 kB of colours that are not ours
            "autosize": True,
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONTS, "size": FONT_SIZE, "color": palette.text},
            "separators": f",{THIN_SPACE}",
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": palette.surface,
                "bordercolor": palette.muted,
                "font": {"family": FONTS, "size": FONT_SIZE, "color": palette.text},
                "align": "left",
                "namelength": -1,
            },
            "xaxis": hidden,
            "yaxis": hidden,
        }
    )


def require(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Raise ValueError unless `frame` has rows and those columns: emptiness is for the page to explain."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(f"columns missing from the frame: {', '.join(missing)}")
    if frame.empty:
        raise ValueError("nothing to draw: the frame has no rows")


def plain(text: object) -> str:
    """Return `text` safe for plotly, which reads a few HTML tags in every text."""
    return escape(str(text), quote=False)


def wrapped(text: object, width: int = 40) -> str:
    """Return `text` safe for plotly and cut into lines, so that a hover label fits a phone."""
    return "<br>".join(plain(line) for line in textwrap.wrap(str(text), width, break_on_hyphens=False))


def tinted(text: str, palette: Palette) -> str:
    """Return already safe `text` in the muted colour."""
    return f'<span style="color:{palette.muted}">{text}</span>'


def reading(sentence: str) -> str:
    """Return « Lecture : » and the sentence."""
    return f"Lecture{NO_BREAK}: {sentence}"


def first_few(items: list[str], most: int = 12) -> str:
    """Return the items joined by semicolons, the ones beyond `most` being counted."""
    left_out = len(items) - most
    shown = f"{NO_BREAK}; ".join(items[:most])
    return f"{shown}, et {left_out} de plus" if left_out > 0 else shown
