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
    """Return the chart with every length in pixels `factor` times as large, its texts `text` times.

    Its height grows with it; its width remains that of its place.
    """

    def grown(value: Any, name: str = "", within: str = "") -> Any:
        if isinstance(value, dict):
            return {key: grown(item, key, name) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [grown(item, name, within) for item in value]
        if name in _SIDES or (name == "size" and within in _FONTS):
            return value * text
        if name in _LENGTHS or (name, within) in {("size", "marker"), ("width", "line")}:
            return value * factor
        return value

    return replace(chart, spec=grown(chart.spec))
