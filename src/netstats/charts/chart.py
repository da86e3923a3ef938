"""What every chart of the house hands back: a figure with its words, and the key that stands outside of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from netstats.charts.spec import Spec

CONFIG: dict[str, Any] = {
    "displayModeBar": False,  # its words are English
    "displaylogo": False,
    "doubleClick": False,
    "scrollZoom": False,
    "showTips": False,
    "showAxisDragHandles": False,
    "responsive": True,
    # A map asks for the outlines of the world at this address, and for those of another host without it: none, at once.
    "topojsonURL": 'data:application/json,{"type":"Topology","objects":{},"arcs":[]}#',
}
"""Configuration to hand to the browser beside every figure."""

Row = dict[Any, Any]
"""One row of a frame, as `frame.to_dict("records")` gives it."""

Shape = Literal["square", "circle", "hollow", "diamond", "triangle", "wedge", "star", "cross", "hexagon", "tick"]


@dataclass(frozen=True)
class KeyEntry:
    """One sign of a chart and what it stands for."""

    label: str
    colour: str
    shape: Shape = "square"


class _Drawing(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A figure that is already what the browser reads: `to_dict` neither checks nor copies."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def to_dict(self) -> Spec:
        """Return the figure as plain dicts and lists."""
        return self.spec


@dataclass(frozen=True)
class Chart:
    """A figure and its words; plain data, which may be kept and handed out again."""

    spec: Spec  # as plotly's JSON has it, `data` and `layout`; what a click returns stands in `customdata`
    alt: str  # the alternative text: what the figure shows, made from its data
    reading: str  # the sentence « Lecture : … », on the most telling element
    # What colours and shapes stand for, where no direct label says it; outside of the figure, since only the page knows
    # its width: a paragraph wraps at any width, a legend inside a figure does not.
    key: tuple[KeyEntry, ...] = ()

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.spec["layout"]["height"])

    @cached_property
    def figure(self) -> go.Figure:
        """The figure as plotly's objects, every value checked: slow, and a copy."""
        return go.Figure(self.spec)

    def drawing(self) -> go.Figure:
        """Return what `st.plotly_chart` takes and sends as it is."""
        return _Drawing(self.spec)

    def to_json(self) -> str:
        """Return the figure as JSON."""
        return json.dumps(self.spec, ensure_ascii=False, separators=(",", ":"))

    def with_layout(self, **values: Any) -> Chart:
        """Return the chart with other values in its layout, such as its `height` or its `width`."""
        return replace(self, spec=self.spec | {"layout": self.spec["layout"] | values})


def require(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Raise ValueError unless `frame` has rows and those columns: emptiness is for the page to explain."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(f"columns missing from the frame: {', '.join(missing)}")
    if frame.empty:
        raise ValueError("nothing to draw: the frame has no rows")
