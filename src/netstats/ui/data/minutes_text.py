"""The text of minutes as HTML: its words marked with what they were read for, each mark linked to its field.

The text is anybody's: the templates escape every part of it, nothing of it is markup.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from netstats.charts import Palette
from netstats.minutes.drafts import Span
from netstats.minutes.prose import HEADING, ITEM, Prose
from netstats.minutes.serialize import how_sure
from netstats.ui.base import html

MEETING, TERRITORY, THEME, ACTION = "reunion", "territoire", "theme", "action"
OTHER, ASIDE, UNREAD = "autre", "laisse", "non-lu"

SORTS = {
    MEETING: "La réunion : quand, où, comment, combien",
    TERRITORY: "Territoire présent",
    THEME: "Thème",
    ACTION: "Action",
    OTHER: "Autre réunion du texte",
    ASIDE: "Laissé de côté, avec la raison",
    UNREAD: "Rien n’en a été lu",
}
"""Sort of a mark → what the legend says."""

_HUES = {MEETING: 0, TERRITORY: 5, THEME: 1, ACTION: 3}  # ranks of family colours, far from each other in both modes
_LONGEST_QUOTE = 90


@dataclass(frozen=True)
class Mark:
    """Words that something was read from.

    Attributes
    ----------
    span
        Where they stand.
    sort
        One of `SORTS`.
    says
        What was read, in French; why they were left aside.
    target
        Identifier of the element that shows it in the form; empty without.
    """

    span: Span
    sort: str
    says: str = ""
    target: str = ""

    @property
    def id(self) -> str:
        """Identifier of the marked words: links lead to it."""
        return mark_id(self.span)


def mark_id(span: Span) -> str:
    """Return the identifier of the words that stand there."""
    return f"mot-{span.start}-{span.end}"


# --- under a field


def read_from(identifier: str, text: str, spans: Iterable[Span], tag: str, *, lead: str = "Lu :") -> Markup:
    """Return the HTML that says which words a value was read from, each linked to its mark in the text.

    Parameters
    ----------
    identifier
        Identifier of this element: marks lead to it.
    text
        The text that the spans are of.
    spans
        The words.
    tag
        The confidence, or what became of the value since.
    lead
        What comes before the words.
    """
    return said(identifier, lead, words(text, spans, tag))


def said(identifier: str, *parts: str) -> Markup:
    """Return the HTML of a line under a field: where a value comes from, or that the text does not say it."""
    return html.render("minutes-read", identifier=identifier, parts=parts)


def words(text: str, spans: Iterable[Span], tag: str) -> Markup:
    """Return the HTML of words that lead to their marks, and of what is worth what was read from them."""
    links = [link_to(text, span) for span in dict.fromkeys(spans)]
    return html.render("minutes-words", links=links, tag=tag, is_doubtful=tag == how_sure(0))


def link_to(text: str, span: Span) -> Markup:
    """Return the HTML link to the words of the text, quoted."""
    return html.render("minutes-link", target=mark_id(span), quote=quoted(text, span))


def quoted(text: str, span: Span) -> str:
    """Return words of the text on one line, cut when they are long."""
    quote = " ".join(text[span.start : span.end].split())
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1].rstrip() + "…"


# --- the text


def legend(marks: Iterable[Mark]) -> Markup:
    """Return the HTML of the legend: the sorts that are there, each as it is marked, with how many there are.

    What is shown in the form counts once, however many words it was read from.
    """
    things = {(mark.sort, (mark.target, mark.says) if mark.target else mark.span) for mark in marks}
    counts = Counter(sort for sort, _ in things)
    sorts = [(sort, label, counts[sort]) for sort, label in SORTS.items() if counts[sort]]
    return html.render("minutes-legend", sorts=sorts)


def render(prose: Prose, marks: Sequence[Mark]) -> Markup:
    """Return the HTML of the text, its words marked.

    Words that several things were read from carry all their marks, one in the other, and lead to the shortest's field.
    """
    within: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        for rank in range(prose.block_of(mark.span.start), prose.block_of(max(mark.span.end - 1, 0)) + 1):
            within[rank].append(mark)
    shown: set[str] = set()
    blocks = [
        {
            "tag": "h3" if block.kind == HEADING else "p",
            "is_item": block.kind == ITEM,
            "parts": _parts(prose.text, block.span, within[rank], shown),
        }
        for rank, block in enumerate(prose.blocks)
    ]
    return html.render("minutes-text", blocks=blocks)


def coloured(content: Markup, palette: Palette) -> Markup:
    """Return the HTML of the text or its legend with the colours of its marks."""
    hues = [f"--{sort}:{palette.accent if sort == MEETING else palette.families[hue]}" for sort, hue in _HUES.items()]
    return html.render("minutes-colours", hues=";".join(hues), content=content)


class _Wrap(NamedTuple):
    """A mark around words: its identifier if it is the first of the mark, its link if these words have none within."""

    mark: Mark
    id: str
    href: str
    says_why: bool


def _parts(text: str, block: Span, marks: Iterable[Mark], shown: set[str]) -> list[tuple[str, list[_Wrap]]]:
    """Return one paragraph cut where a mark begins or ends: words, and the marks around them, the outermost first.

    `shown` are the identifiers that are given already, once each.
    """
    # The longest first: they are around the others. What was left aside lies within all.
    inside = sorted(
        {mark for mark in marks if mark.span.start < block.end and mark.span.end > block.start},
        key=lambda mark: (mark.sort == ASIDE, mark.span.start - mark.span.end, list(SORTS).index(mark.sort)),
    )
    edges = {block.start, block.end}
    for mark in inside:
        edges |= {max(mark.span.start, block.start), min(mark.span.end, block.end)}
    parts = []
    for left, right in pairwise(sorted(edges)):
        wraps: list[_Wrap] = []
        for mark in reversed(inside):  # from the innermost
            if mark.span.start <= left and right <= mark.span.end:
                href = "" if any(wrap.href for wrap in wraps) else mark.target
                is_last = mark.sort == ASIDE and right >= mark.span.end
                wraps.append(_Wrap(mark, "" if mark.id in shown else mark.id, href, is_last))
                shown.add(mark.id)
        parts.append((text[left:right], wraps[::-1]))
    return parts
