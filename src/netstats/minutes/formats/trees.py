"""Trees of elements, walked without ever going deeper than the document allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from netstats.minutes.formats.blocks import CUT, refused

MOST_ELEMENTS = 300_000
"""Most elements of a document."""

Tree = Any  # the elements of lxml, which tells no types


def local(element: Tree) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def walk(name: str, root: Tree, is_skipped: Callable[[str, Tree], bool]) -> Iterator[tuple[str, str, Tree]]:
    """Yield (`open`, `close` or `skip`, tag, element) in the order of the text; nothing of what a skipped one holds."""
    left = MOST_ELEMENTS
    skipped = None
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = local(element)
        if event == "end":
            if element is not skipped:  # one that holds no element is closed all the same
                yield "close", tag, element
            continue
        left -= 1
        if left < 0:
            raise refused(name, "contient trop d’éléments pour un compte rendu", CUT)
        if is_skipped(tag, element):
            events.skip_subtree()
            skipped = element
            yield "skip", tag, element
        else:
            yield "open", tag, element
