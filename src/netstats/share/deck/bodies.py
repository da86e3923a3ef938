"""What a slide shows, laid out in the room that title, commentary and foot leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from netstats.charts import Chart
from netstats.charts.chart import KeyEntry
from netstats.charts.palette import LIGHT
from netstats.share.bodies import (
    MOST_MAPPED,
    MOST_ROWS,
    Bars,
    Body,
    Drawing,
    Evolution,
    Map,
    Numbers,
    Pairs,
    Rows,
    Shifts,
)
from netstats.share.deck import charts, keys, maps, names, tables
from netstats.share.deck.text import ACCENT, LINE, MUTED, Area, Piece, Typesetter
from netstats.share.names import Names
from netstats.wording import percent

_KEY_WIDTH, _LIST_WIDTH, _GUTTER, _AIR = 200.0, 270.0, 24.0, 8.0  # points
_NOTE, _HEADING, _LIST = 12.0, 13.0, 14.0
_LISTED = 25.0  # points: a row of a list, at its smallest
_ACROSS = 3  # key figures a line


def draw(shapes: Any, area: Area, body: Body, setter: Typesetter) -> str:
    """Draw a body on a slide; return how to read it (« Lecture : … »), where it is a chart."""
    if isinstance(body, Numbers):
        _numbers(shapes, area, body, setter)
    elif isinstance(body, Rows):
        _over_words(shapes, area, (), body.rest, setter, drawing=lambda room: tables.draw(shapes, room, body, setter))
    elif isinstance(body, Names):
        _over_words(shapes, area, (), body.rest(), setter, drawing=lambda room: names.draw(shapes, room, body, setter))
    elif isinstance(body, Drawing):
        chart = body.chart(LIGHT)  # that of the screen: its words and its key hold here too
        if isinstance(body, Map):
            _map(shapes, area, body, chart, setter)
        else:
            _chart(shapes, area, body, chart, setter)
        return chart.reading
    return ""


def _chart(shapes: Any, area: Area, body: Bars | Evolution | Shifts | Pairs, chart: Chart, setter: Typesetter) -> None:
    plot = body.plot(LIGHT)
    entries = chart.key if isinstance(body, Bars) else ()  # the others have a legend of their own
    shares = _shares(body) if isinstance(body, Bars) else ()
    _over_words(
        shapes,
        area,
        entries,
        body.rest(),
        setter,
        drawing=lambda room: charts.draw(shapes, room, plot, chart.alt, setter, shares=shares),
    )


def _shares(body: Bars) -> tuple[str, ...]:
    """Return the shares beside the numbers of the bars that are drawn; none where the rows have none."""
    return tuple(map(percent, body.frame["share"].head(MOST_ROWS))) if "share" in body.frame else ()


def _over_words(
    shapes: Any,
    area: Area,
    entries: Sequence[KeyEntry],
    words: str,
    setter: Typesetter,
    *,
    drawing: Callable[[Area], Area],
) -> None:
    """Draw what returns the area that it took, then its key and what it leaves out."""
    air = setter.pt(_AIR)
    note = [setter.piece(words, _NOTE, 10, ink=MUTED)] if words else []
    note_height = min(setter.height(note, area.width), 2 * LINE * setter.pt(_NOTE))
    key_height = keys.height(entries, area.width, setter)
    reserved = sum(height + air for height in (key_height, note_height) if height)
    top = drawing(replace(area, height=area.height - reserved)).bottom + air
    if entries:
        keys.draw(shapes, replace(area, top=top, height=key_height), entries, setter)
        top += key_height + air
    if note:
        setter.box(shapes, replace(area, top=top, height=note_height), note, "Précision")


def _numbers(shapes: Any, area: Area, body: Numbers, setter: Typesetter) -> None:
    """Write the key figures, all at one size, three a line."""
    gutter, lines = setter.pt(_GUTTER), -(-len(body.items) // _ACROSS)
    width, height = (area.width - (_ACROSS - 1) * gutter) / _ACROSS, (area.height - (lines - 1) * gutter) / lines
    figures = [
        (
            setter.piece(item.value, 54, 20, bold=True, ink=ACCENT),
            setter.piece(item.label, 18, 12, bold=True, before=2),
            setter.piece(item.evolution, 13, 10, before=4 if item.evolution else 0),
            setter.piece(item.note, 13, 10, ink=MUTED, before=4),
        )
        for item in body.items
    ]
    size = len(figures[0])

    def fits(pieces: Sequence[Piece]) -> bool:
        return all(
            setter.height(pieces[start : start + size], width) <= height for start in range(0, len(pieces), size)
        )

    alike = setter.fitted([piece for figure in figures for piece in figure], fits)
    for rank, item in enumerate(body.items):
        line, column = divmod(rank, _ACROSS)
        place = Area(area.left + column * (width + gutter), area.top + line * (height + gutter), width, height)
        setter.box(shapes, place, [piece for piece in alike[rank * size : (rank + 1) * size] if piece.text], item.label)


def _map(shapes: Any, area: Area, body: Map, chart: Chart, setter: Typesetter) -> None:
    """Draw the map; beside it what its colours and its signs stand for, and the departments with their numbers."""
    gutter = setter.pt(_GUTTER)
    beside, room = area.split_right(setter.pt(_LIST_WIDTH), gutter)
    left, column = beside.split_right(setter.pt(_KEY_WIDTH), gutter)
    drawn = maps.draw(shapes, left, body, chart.alt, setter)
    column = replace(column, left=drawn.right + gutter)
    _keys(shapes, column, body.keys(chart, LIGHT), setter)
    room = replace(room, left=column.right + gutter, width=area.right - column.right - gutter)
    table = body.table(min(MOST_MAPPED, int(area.height / setter.pt(_LISTED)) - 2))
    _over_words(
        shapes,
        room,
        (),
        table.rest,
        setter,
        drawing=lambda place: tables.draw(shapes, place, table, setter, size=_LIST),
    )


def _keys(shapes: Any, column: Area, found: Sequence[Sequence[KeyEntry]], setter: Typesetter) -> None:
    """Write the classes over the signs, smaller where the column is low."""
    parts = list(zip(("Part de la population couverte", "Territoires participants"), found, strict=True))
    around = setter.pt(2 * _HEADING * LINE + _GUTTER)
    needed = sum(keys.height(entries, column.width, setter, stacked=True) + around for _, entries in parts)
    setter = replace(setter, scale=setter.scale * min(1.0, column.height / needed))
    top = column.top
    for heading, entries in parts:
        if entries:
            title = [setter.piece(heading, _HEADING, _HEADING, bold=True)]
            place = replace(column, top=top, height=setter.height(title, column.width))
            setter.box(shapes, place, title, heading)
            listed = keys.height(entries, column.width, setter, stacked=True)
            place = replace(column, top=place.bottom + setter.pt(4), height=listed)
            keys.draw(shapes, place, entries, setter, stacked=True)
            top = place.bottom + setter.pt(_GUTTER)
