"""The title of a slide: as large as it fits, on two lines that are about as long, without a name cut at its hyphen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pptx.slide import Slide as NativeSlide
from pptx.util import Pt

from netstats.share.bodies import Slide
from netstats.share.deck.template import Page
from netstats.share.deck.text import Piece, Typesetter, describe, write

_LARGEST, _LEAST, _LARGEST_COVER = 28.0, 12.0, 38.0  # points
_TWO_LINES_DOWN_TO = 18.0
_ROOM = 4  # per cent of the width: for a font that is a little wider, a line more being worse than a word more


def write_title(made: NativeSlide, page: Page, slide: Slide, setter: Typesetter) -> None:
    """Write the title into its placeholder, which outlines and screen readers know, on two lines where it can be."""
    first = setter.piece(slide.title, _LARGEST_COVER if page.subtitle else _LARGEST, _LEAST, bold=True)
    has_room = setter.within(page.title)

    def fits(pieces: Sequence[Piece]) -> bool:
        return setter.lines(pieces[0], page.title.width) <= 2 and has_room(pieces)

    pieces = setter.shrunk([replace(first, least=setter.pt(_TWO_LINES_DOWN_TO))], fits)
    if page.subtitle or not fits(pieces):
        pieces = setter.fitted([first], has_room)
    holder = made.shapes.title
    holder.text_frame.margin_right += Pt(page.title.width - balanced(setter, pieces[0], page.title.width))
    # The weight and the colour are those of the placeholder.
    write(holder.text_frame, [replace(piece, bold=False, ink=None) for piece in pieces])
    describe(holder, "Titre")


def balanced(setter: Typesetter, piece: Piece, width: float) -> float:
    """Return the least width, in points, at which a paragraph has no more lines than in all that `width`.

    A width at which programs would break a name after its hyphen is passed over, where there is another.
    """
    lines = setter.lines(piece, width)
    if lines == 1:
        return width
    least = next(part for part in range(1, 101) if setter.lines(piece, width * part / 100) <= lines)
    parts = range(min(least + _ROOM, 100), 101)

    def is_whole(part: int) -> bool:
        around = (part - _ROOM // 2, part, part + _ROOM // 2)
        return not any(is_name_broken(setter, piece, width * near / 100) for near in around)

    return width * next(filter(is_whole, parts), parts[0]) / 100


def is_name_broken(setter: Typesetter, piece: Piece, width: float) -> bool:
    """Return whether a line of that width, in points, would end with a hyphen."""

    def wide(text: str) -> float:
        return setter.width(text, piece.size, bold=piece.bold)

    used = 0.0
    for word in piece.text.split(" "):
        parts = re.split("(?<=-)", word)
        if used and used + wide(f" {parts[0]}") > width:
            used = 0.0
        used += wide(" ") if used else 0
        for rank, part in enumerate(parts):
            if rank and used + wide(part) > width:
                return True
            used += wide(part)
    return False
