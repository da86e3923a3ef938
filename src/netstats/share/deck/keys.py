"""What colours and signs stand for: a sign and its words, in a column or in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from netstats.charts.chart import KeyEntry
from netstats.share.deck import shapes as native
from netstats.share.deck.text import LINE, Area, Typesetter
from netstats.wording import NO_BREAK

_SIZE, _ROW, _SIGN, _GAP = 13.0, 22.0, 11.0, 8.0  # points
_BETWEEN = 22.0  # two entries of a line


def draw(shapes: Any, area: Area, entries: Sequence[KeyEntry], setter: Typesetter, *, stacked: bool = False) -> None:
    """Add a key to a slide as one group, from the top of that area: in a column, or in lines as long as it is wide."""
    members = []
    side, line = setter.pt(_SIGN), setter.pt(_SIZE) * LINE
    for entry, place in _placed(entries, area, setter, stacked=stacked):
        mark = Area(place.left, place.top + (place.height - side) / 2, side, side)
        air = (place.height - line) / 2
        words = place.inside(side + setter.pt(_GAP), air, 0, air)
        members += [
            native.decorative(native.sign(shapes, entry.label, mark, entry.shape, entry.colour)),
            native.label(shapes, entry.label, words, setter.pt(_SIZE), in_the_middle=False),
        ]
    said = f"Légende{NO_BREAK}: {', '.join(entry.label for entry in entries)}."
    native.group(shapes, "Légende", said, members)


def height(entries: Sequence[KeyEntry], width: float, setter: Typesetter, *, stacked: bool = False) -> float:
    """Return how high a key is, in points; nil without entries."""
    room = Area(0, 0, width, 0)
    return max((place.bottom for _, place in _placed(entries, room, setter, stacked=stacked)), default=0.0)


def _placed(
    entries: Sequence[KeyEntry], area: Area, setter: Typesetter, *, stacked: bool
) -> Iterator[tuple[KeyEntry, Area]]:
    left, top, row = area.left, area.top, setter.pt(_ROW)
    for entry in entries:
        width = setter.pt(_SIGN + _GAP) + setter.width(entry.label, setter.pt(_SIZE))
        if left > area.left and (stacked or left + width > area.right):
            left, top = area.left, top + row
        yield entry, Area(left, top, width, row)
        left += width + setter.pt(_BETWEEN)
