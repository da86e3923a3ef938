"""Native tables: as many rows as the slide has, each as high as its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from netstats.share.bodies import Rows
from netstats.share.deck.text import ACCENT, PAPER, TEXT, Area, Piece, Typesetter, describe, paint, write
from netstats.wording import NO_BREAK, counted, listing

_SIZE, _LEAST = 18.0, 10.0
_BESIDE, _OVER = 8.0, 5.0  # points of air around the text of a cell
_STEP = 0.97
_AIRY = 12.0  # the most that a row takes more than it needs
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # what every program knows as « no style, no grid »
_LINE = parse_xml(
    f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:schemeClr val="tx1"><a:satMod val="20000"/><a:lumMod val="20000"/>'
    '<a:lumOff val="80000"/></a:schemeClr></a:solidFill></a:lnB>'
)
_NUMBER = re.compile(r"[<\d\s,]+%?")

_Cells = list[list[Piece]]


def draw(shapes: Any, area: Area, rows: Rows, setter: Typesetter, *, size: float = _SIZE) -> Area:
    """Add the table to a slide, at the top of that area and at most of that size; return what it takes of it."""
    pieces = [
        setter.piece(text, size, _LEAST, bold=is_header or (not rows.header and column == 0), ink=ink)
        for texts, is_header, ink in _lines(rows)
        for column, text in enumerate(texts)
    ]
    across = len(rows.header or rows.rows[0])

    def shaped(flat: Sequence[Piece]) -> _Cells:
        return [list(flat[start : start + across]) for start in range(0, len(flat), across)]

    def fits(flat: Sequence[Piece]) -> bool:
        widths = _widths(shaped(flat), area.width, setter)
        return sum(widths) <= area.width + 0.1 and sum(_heights(shaped(flat), widths, setter)) <= area.height

    cells = shaped(setter.fitted(pieces, fits))
    widths = _widths(cells, area.width, setter)
    heights = _heights(cells, widths, setter)
    spare = max(min((area.height - sum(heights)) / len(heights), setter.pt(_AIRY)), 0.0)
    heights = [height + spare for height in heights]
    frame = shapes.add_table(len(cells), len(widths), *area.emu[:3], Pt(sum(heights)))
    describe(frame, "Tableau", _alternative(rows))
    table = frame.table
    table.first_row, table.horz_banding = bool(rows.header), False
    frame.element.find(f".//{qn('a:tableStyleId')}").text = _NO_STYLE
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    numeric = [
        all(_NUMBER.fullmatch(row[rank].text) for row in cells[bool(rows.header) :]) for rank in range(len(widths))
    ]
    for rank, (pieces, height) in enumerate(zip(cells, heights, strict=True)):
        table.rows[rank].height = Pt(height)
        for column, piece in enumerate(pieces):
            is_header = bool(rows.header) and rank == 0
            cell = table.cell(rank, column)
            cell.margin_left = cell.margin_right = Pt(setter.pt(_BESIDE))
            cell.margin_top = cell.margin_bottom = Pt(setter.pt(_OVER))
            _fill(cell, piece, is_header=is_header, to_the_right=numeric[column])
    for properties in list(frame.element.iter(qn("a:tcPr")))[len(widths) if rows.header else 0 :]:
        properties.insert(0, deepcopy(_LINE))
    return replace(area, height=sum(heights))


def _lines(rows: Rows) -> Sequence[tuple[tuple[str, ...], bool, Any]]:
    header = [(rows.header, True, PAPER)] if rows.header else []
    return [*header, *((row, False, TEXT) for row in rows.rows)]


def _widths(cells: _Cells, width: float, setter: Typesetter) -> list[float]:
    """Return the columns' widths: the widest give way to what the others need, but none to less than a word."""
    air = 2 * setter.pt(_BESIDE) + 1

    def widest(column: Sequence[Piece], texts: Callable[[str], Sequence[str]]) -> float:
        return air + max(
            setter.width(text, piece.size, bold=piece.bold) for piece in column for text in texts(piece.text)
        )

    columns = list(zip(*cells, strict=True))
    words = [min(widest(column, str.split), width / 2) for column in columns]
    needed = [widest(column, lambda text: [text]) for column in columns]
    limit = width
    while limit > air and sum(max(min(need, limit), word) for need, word in zip(needed, words, strict=True)) > width:
        limit *= _STEP
    kept = [max(min(need, limit), word) for need, word in zip(needed, words, strict=True)]
    return [*kept[:-1], max(width - sum(kept[:-1]), kept[-1])]


def _heights(cells: _Cells, widths: list[float], setter: Typesetter) -> list[float]:
    room = [width - 2 * setter.pt(_BESIDE) for width in widths]
    return [
        max(setter.height([piece], width) for piece, width in zip(row, room, strict=True)) + 2 * setter.pt(_OVER)
        for row in cells
    ]


def _fill(cell: Any, piece: Piece, *, is_header: bool, to_the_right: bool) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cell.text_frame, [piece])
    if to_the_right:
        cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    if is_header:
        cell.fill.solid()
        paint(cell.fill.fore_color, ACCENT)
    else:
        cell.fill.background()


def _alternative(rows: Rows) -> str:
    what = listing(rows.header) if rows.header else listing(row[0] for row in rows.rows)
    if not rows.header:
        return f"Tableau{NO_BREAK}: {what}."
    first = f"{NO_BREAK}; ".join(row[0] for row in rows.rows)
    return f"Tableau de {counted(len(rows.rows), 'ligne')}, avec {what}. {first}."
