"""Names one under the other, by department, in as many columns as the room needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from netstats.share.deck.text import ACCENT, Area, Piece, Typesetter
from netstats.share.names import Names
from netstats.wording import NO_BREAK

_SIZE, _LEAST = 18.0, 10.0
_OVER, _GUTTER = 6.0, 18.0  # points: over the name of a department, between two columns
_MOST_ACROSS = 8
_WHOLE = 0.9  # of the names stand on one line: the longest may take two


def draw(shapes: Any, area: Area, body: Names, setter: Typesetter) -> Area:
    """Write the names, all at one size; return what they take of that area."""
    pieces = [
        piece
        for group in body.groups()
        for piece in (
            setter.piece(group.heading, _SIZE, _LEAST, bold=True, ink=ACCENT, before=setter.pt(_OVER)),
            *(setter.piece(f"{name}{NO_BREAK}·{NO_BREAK}{times}", _SIZE, _LEAST) for name, times in group.names),
        )
    ]

    def fits(some: Sequence[Piece]) -> bool:
        return bool(_columns(some, area, setter))

    columns = _columns(setter.fitted(pieces, fits), area, setter)
    height = max(setter.height(column, place.width) for column, place in columns)
    for rank, (column, place) in enumerate(columns, start=1):
        setter.box(shapes, replace(place, height=height), column, f"Participants, colonne {rank}")
    return replace(area, height=height)


def _columns(pieces: Sequence[Piece], area: Area, setter: Typesetter) -> list[tuple[list[Piece], Area]]:
    """Return the columns that an area has room for, each with its place, about as high as each other; or none."""
    gutter = setter.pt(_GUTTER)
    wide = sorted(setter.width(piece.text, piece.size, bold=piece.bold) for piece in pieces)
    usual = wide[int((len(wide) - 1) * _WHOLE)] + 1
    most = min(max(int((area.width + gutter) / (usual + gutter)), 1), _MOST_ACROSS)
    for across in range(1, most + 1):
        width = (area.width - (across - 1) * gutter) / across
        equal = setter.height(pieces, width) / across
        for share in range(100, 130, 3):  # a column ends where a name does: somewhat over an equal part
            columns = list(_cut(pieces, width, equal * share / 100, setter))
            if len(columns) <= across and all(setter.height(column, width) <= area.height for column in columns):
                return [
                    (column, replace(area, left=area.left + rank * (width + gutter), width=width))
                    for rank, column in enumerate(columns)
                ]
    return []


def _cut(pieces: Sequence[Piece], width: float, height: float, setter: Typesetter) -> Iterable[list[Piece]]:
    """Cut a column into some of about that height; the name of a department is never the last of one."""
    column: list[Piece] = []
    for piece, after in zip(pieces, (*pieces[1:], None), strict=True):
        along = [after] if piece.bold and after else []
        is_full = setter.height([*column, piece, *along], width) > height + 0.01
        if column and not column[-1].bold and is_full:
            yield column
            column = []
        column.append(piece if column else replace(piece, before=0.0))
    yield column
