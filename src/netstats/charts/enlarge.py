"""A chart of the screen made as large as the back of a room needs it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from netstats.charts.chart import Chart

# What counts pixels. A bar's width, an axis' range and a point's place are counted in values, and stay.
_LENGTHS = {"height", "t", "b", "xshift", "yshift", "borderpad", "cornerradius"}
_SIDES = {"l", "r"}  # margins that texts stand in
_FONTS = {"font", "tickfont", "textfont", "insidetextfont", "outsidetextfont"}


def enlarged(chart: Chart, factor: float, *, text: float) -> Chart:
    """Return the chart with every length in pixels `factor` times as large, and its texts `text` times.

    Its height grows with it; its width remains that of its place.
    """

    def grown(value: Any, within: str) -> Any:
        if isinstance(value, dict):
            return {name: grown_item(name, item, within) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [grown(item, within) for item in value]
        return value

    def grown_item(name: str, item: Any, within: str) -> Any:
        if name in _SIDES or (name == "size" and within in _FONTS):
            return _times(item, text)
        if name in _LENGTHS or (name, within) in {("size", "marker"), ("width", "line")}:
            return _times(item, factor)
        return grown(item, name)

    return replace(chart, spec=grown(chart.spec, ""))


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, list | tuple):
        return [item * factor for item in value]
    return value * factor
