"""One count over time: a column a period."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from netstats.charts.chart import FONT_SIZE, SMALL, Chart, figure, first_few, plain, reading, require
from netstats.charts.palette import Palette
from netstats.charts.ticks import period_ticks, spoken_period
from netstats.wording import NO_BREAK, counted, number

_HEIGHT = 280
_TEXTS_UP_TO = 16  # columns: beyond, the numbers would overlap on a phone


def period_columns(frame: pd.DataFrame, *, palette: Palette, title: str, unit: tuple[str, str]) -> Chart:
    """Return one column a period, with its number where there is room.

    Parameters
    ----------
    frame
        One row a period, nil included, in order: `period_start` (date), `period_label` (« T2 2021 »), `value` (a
        count).
    palette
        Colours.
    title
        What is counted, for the alternative text: « Actions dans le temps ».
    unit
        The counted noun, singular and plural: ("action", "actions").

    Returns
    -------
    Chart
        data[0] are the columns, data[1] takes hover and clicks over the whole height: its customdata is
        `[label of the period]`.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    require(frame, ("period_start", "period_label", "value"))
    values = [int(value) for value in frame["value"]]
    labels = [str(label) for label in frame["period_label"]]
    places = list(range(len(labels)))
    top = max(*values, 1)
    told = len(labels) <= _TEXTS_UP_TO
    chart = figure(palette, height=_HEIGHT, margin=(0, 0, 24, 40))
    chart.add_bar(
        x=places,
        y=values,
        width=0.72,
        marker={"color": palette.accent, "line": {"width": 0}, "cornerradius": 2},
        text=[number(value) if told and value else "" for value in values],
        textposition="outside",
        textfont={"size": SMALL, "color": palette.text},
        textangle=0,
        constraintext="none",
        cliponaxis=False,
        hoverinfo="skip",
    )
    hovers = [f"<b>{plain(label)}</b><br>{counted(value, *unit)}" for label, value in zip(labels, values, strict=True)]
    chart.update_layout(barmode="overlay")
    over_periods(chart, frame, hovers, top=top, palette=palette)
    items = [f"{label}, {counted(value, *unit)}" for label, value in zip(labels, values, strict=True)]
    alt = f"Colonnes. {title}{NO_BREAK}: {first_few(items)}."
    most = max(places, key=lambda place: (values[place], place))
    said = f"{spoken_period(labels[most])[0]}, {counted(values[most], *unit)}"
    if len(labels) > 1:
        said += ", le maximum"
    return Chart(chart, alt, reading(f"{said}."))


def over_periods(
    chart: go.Figure, frame: pd.DataFrame, hovers: Sequence[str], *, top: float, palette: Palette, most_ticks: int = 7
) -> None:
    """Lay over columns what takes hover and clicks at any height, and write the periods under them.

    Parameters
    ----------
    frame
        One row a column: `period_start` (date), `period_label`, which is the customdata `[label]` of a click.
    hovers
        HTML of each column's hover.
    top
        Height of the highest column.
    most_ticks
        How many periods to name at most.
    """
    labels = [str(label) for label in frame["period_label"]]
    places = list(range(len(labels)))
    chart.add_bar(
        x=places,
        y=[top] * len(places),
        base=0,
        width=1,
        offset=-0.5,
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[[label] for label in labels],
        hovertext=list(hovers),
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    ticks, texts = period_ticks(list(frame["period_start"]), labels, most=most_ticks)
    chart.update_xaxes(
        visible=True,
        range=[-0.6, max(len(labels), 4) - 0.4],  # one or two columns stay columns, not walls
        tickmode="array",
        tickvals=ticks,
        ticktext=texts,
        tickangle=0,
        tickfont={"size": FONT_SIZE, "color": palette.muted},
        ticks="",
    )
    chart.update_yaxes(range=[0, top * 1.04])
