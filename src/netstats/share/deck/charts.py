"""Charts that an office program draws and edits itself: their numbers lie in a workbook inside the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from netstats.intake.labels import guarded
from netstats.share.deck.text import RULE, TEXT, Area, Piece, Typesetter, clean, describe, paint
from netstats.share.plot import Plot
from netstats.wording import THIN_SPACE

_ROW, _PAIR = 50.0, 64.0  # points: the highest that the place of a bar, of two bars becomes
_LABEL, _LEAST_LABEL = 16.0, 9.0
_WIDEST = 0.42  # of the chart: the names beside the bars
_LEGEND = 34.0
_MOST_LABELLED = 24  # columns: beyond, numbers over them would run into each other
_GAP = 70  # per cent of a bar

# A program's own group separator follows the machine; this one is French everywhere.
_COUNTS = f'[>=1000]0"{THIN_SPACE}"000;0'
_SHARES = f'[=0]0"{THIN_SPACE}"%;[<0.0995]0.0"{THIN_SPACE}"%;0"{THIN_SPACE}"%'
# Over columns side by side, the nils of many families would hide the numbers of the others.
_TALL_COUNTS, _TALL_SHARES = f'[=0]"";{_COUNTS}', f'[=0]"";{_SHARES.partition(";")[2]}'


def draw(
    shapes: Any, area: Area, plot: Plot, description: str, setter: Typesetter, *, shares: Sequence[str] = ()
) -> Area:
    """Add the chart to a slide, at the top of that area; return what it takes of it.

    `shares` stand behind the numbers of the bars, in brackets, one a bar; none when empty.
    """
    legend = setter.pt(_LEGEND) if len(plot.series) > 1 else 0.0
    names = [setter.piece(name, _LABEL, _LEAST_LABEL) for name in _names(plot)]
    if plot.kind == "bars":
        row = setter.pt(_ROW if len(plot.series) == 1 else _PAIR)
        area = replace(area, height=min(area.height, row * len(names) + legend))
        width, height = area.width * _WIDEST, (area.height - legend) / len(names)
        names = list(setter.fitted(names, lambda some: all(setter.height([one], width) <= height for one in some)))
    data = CategoryChartData(number_format="0%" if plot.is_share else "General")
    data.categories = [_harmless(name.text) for name in names]
    for series in plot.series:
        data.add_series(_harmless(series.name), series.values)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if plot.kind == "bars" else XL_CHART_TYPE.COLUMN_CLUSTERED
    frame = shapes.add_chart(kind, *area.emu, data)
    describe(frame, "Graphique", description)
    _style(frame.chart, plot, setter)
    if plot.kind == "bars":
        _bars(frame.chart, plot, area, names, setter, shares=shares)
    else:
        _columns(frame.chart, plot, area, setter)
    return area


def _names(plot: Plot) -> list[str]:
    """Return the categories, with the sign of the screen where all is unknown: no column may be a nil, too."""
    values = zip(*(series.values for series in plot.series), strict=True)
    return [
        f"{name} (–)" if all(value is None for value in known) else name
        for name, known in zip(plot.categories, values, strict=True)
    ]


def _style(chart: NativeChart, plot: Plot, setter: Typesetter) -> None:
    """Give the chart what bars and columns share."""
    chart.has_title = False
    _ink(chart.font, setter.pt(_LABEL))
    chart.has_legend = len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        _ink(chart.legend.font, setter.pt(13))
    values, categories, drawn = chart.value_axis, chart.category_axis, chart.plots[0]
    values.minimum_scale, values.has_major_gridlines, values.visible = 0, False, False
    categories.has_major_gridlines = False
    categories.major_tick_mark = XL_TICK_MARK.NONE
    paint(categories.format.line.color, RULE)
    drawn.gap_width, drawn.overlap, drawn.vary_by_categories = _GAP, 0, False
    for native, series in zip(drawn.series, plot.series, strict=True):
        first, *others = series.colours
        _fill(native, first)
        for rank, colour in enumerate(others, start=1):
            if colour != first:
                _fill(native.points[rank], colour)
    space = chart.element
    for rank, known in enumerate(('lang val="fr-FR"', 'roundedCorners val="0"'), start=1):
        space.insert(rank, parse_xml(f"<c:{known} {nsdecls('c')}/>"))
    for axis in space.xpath("//c:axId | //c:crossAx"):
        axis.set("val", axis.get("val").removeprefix("-"))  # those of python-pptx are no numbers of the format


def _bars(
    chart: NativeChart, plot: Plot, area: Area, names: Sequence[Piece], setter: Typesetter, *, shares: Sequence[str]
) -> None:
    """Write the names beside the bars in a column as wide as they need, and the numbers after them."""
    legend = setter.pt(_LEGEND) if chart.has_legend else 0.0
    widest = max(setter.width(name.text, name.size) for name in names)
    column = min(widest, area.width * _WIDEST) + setter.pt(14)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_labels.font.size = Pt(round(names[0].size, 1))
    chart.value_axis.maximum_scale = max(value or 0 for series in plot.series for value in series.values) or 1
    size = setter.pt(14)
    drawn, form = chart.plots[0], _SHARES if plot.is_share else _COUNTS
    drawn.has_data_labels = True
    _numbers(drawn.data_labels, form, size)
    behind = [f" ({share})" for share in shares]
    if behind:
        _numbers(drawn.series[0].data_labels, form, size)  # a bar that has its own label asks its series for the rest
    for rank, said in enumerate(behind):
        _add_behind(chart, rank, said, size)
    end = setter.pt(70) + max((setter.width(said, size) for said in behind), default=0.0)
    _place_plot(chart, column / area.width, 0, 1 - (column + end) / area.width, 1 - legend / area.height)


def _columns(chart: NativeChart, plot: Plot, area: Area, setter: Typesetter) -> None:
    """Write numbers over the columns when they are few, at a scale on the left when they are many."""
    size = setter.pt(12)
    chart.category_axis.tick_labels.font.size = Pt(round(size, 1))
    known = sum(value is not None for series in plot.series for value in series.values)
    if known <= _MOST_LABELLED:
        chart.plots[0].has_data_labels = True
        _numbers(chart.plots[0].data_labels, _TALL_SHARES if plot.is_share else _TALL_COUNTS, size)
    else:
        axis = chart.value_axis
        axis.visible, axis.has_major_gridlines = True, True
        axis.format.line.fill.background()
        axis.major_tick_mark = XL_TICK_MARK.NONE
        paint(axis.major_gridlines.format.line.color, RULE)
        axis.tick_labels.number_format = f'0"{THIN_SPACE}"%' if plot.is_share else _COUNTS
        axis.tick_labels.number_format_is_linked = False
        axis.tick_labels.font.size = Pt(round(size, 1))
    widest = max(setter.width(name, size) for name in _names(plot)) + setter.pt(8)
    skip = ceil(widest / (area.width * 0.94 / len(plot.categories)))
    after = chart.element.find(f".//{qn('c:noMultiLvlLbl')}")
    after.addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{skip}"/>'))


def _numbers(labels: Any, form: str, size: float) -> None:
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format, labels.number_format_is_linked = form, False
    _ink(labels.font, size)


def _add_behind(chart: NativeChart, rank: int, said: str, size: float) -> None:
    """Write words behind the number of a bar, as part of its format: the number stays that of the workbook."""
    label = chart.plots[0].series[0].points[rank].data_label
    _ink(label.font, size)
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    form = parse_xml(f'<c:numFmt {nsdecls("c")} sourceLinked="0"/>')
    form.set("formatCode", ";".join(f'{part}"{said}"' for part in _COUNTS.split(";")))
    chart.element.xpath(f"//c:dLbl/c:idx[@val={rank}]")[0].addnext(form)


def _place_plot(chart: NativeChart, x: float, y: float, width: float, height: float) -> None:
    """Say where the bars stand, in shares of the chart: left alone, each program gives the names another room."""
    area = chart.element.chart.plotArea
    for layout in area.findall(qn("c:layout")):
        area.remove(layout)
    places = {"x": x, "y": y, "w": width, "h": height}
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    values = modes + "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in places.items())
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{values}</c:manualLayout></c:layout>"))


def _fill(part: Any, colour: str) -> None:
    part.format.fill.solid()
    paint(part.format.fill.fore_color, colour)


def _ink(font: Any, size: float) -> None:
    font.size = Pt(round(size, 1))
    paint(font.color, TEXT)


def _harmless(text: str) -> str:
    """Return a text that the workbook behind the chart takes for one, and not for a formula."""
    return guarded(clean(text))
