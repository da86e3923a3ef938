"""The text of minutes as HTML: its words marked with what they were read for, each mark linked to its field.

The text is anybody's: every part of it is escaped, nothing of it is markup.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from netstats.charts import Palette
from netstats.minutes.drafts import Span
from netstats.minutes.prose import HEADING, ITEM, Prose
from netstats.minutes.serialize import how_sure
from netstats.ui.base.text import element

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
_UNSEEN = "netstats-unseen"


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


def read_from(identifier: str, text: str, spans: Iterable[Span], tag: str, *, lead: str = "Lu :") -> str:
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
    return element("p", f"{escape(lead)} {words(text, spans, tag)}", **_reached(identifier))


def words(text: str, spans: Iterable[Span], tag: str) -> str:
    """Return the HTML of words that lead to their marks, and of what is worth what was read from them."""
    links = " ".join(link_to(text, span) for span in dict.fromkeys(spans))
    return f"{links} {element('span', escape(tag), class_='tag doubt' if tag == how_sure(0) else 'tag')}"


def unsaid(identifier: str, sentence: str) -> str:
    """Return the HTML that says where a value comes from that was not read."""
    return element("p", escape(sentence), **_reached(identifier))


def _reached(identifier: str) -> dict[str, str]:
    return {"class_": "netstats-read"} | ({"id": identifier, "tabindex": "-1"} if identifier else {})


def link_to(text: str, span: Span) -> str:
    """Return the HTML link to the words of the text, quoted."""
    return element("a", f"« {escape(quoted(text, span))} »", href=f"#{mark_id(span)}")


def quoted(text: str, span: Span) -> str:
    """Return words of the text on one line, cut when they are long."""
    quote = " ".join(text[span.start : span.end].split())
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1].rstrip() + "…"


# --- the text


def legend(marks: Iterable[Mark]) -> str:
    """Return the HTML of the legend: the sorts that are there, each as it is marked, with how many there are.

    What is shown in the form counts once, however many words it was read from.
    """
    things = {(mark.sort, (mark.target, mark.says) if mark.target else mark.span) for mark in marks}
    counts = Counter(sort for sort, _ in things)
    items = [
        element("li", f"{element('span', escape(label), class_=_classes(sort))} {counts[sort]}")
        for sort, label in SORTS.items()
        if counts[sort]
    ]
    return element("ul", "".join(items), class_="netstats-legend", aria_label="Légende")


def render(prose: Prose, marks: Sequence[Mark]) -> str:
    """Return the HTML of the text, its words marked.

    Words that several things were read from carry all their marks, one in the other, and lead to the shortest's field.
    """
    within: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        for rank in range(prose.block_of(mark.span.start), prose.block_of(max(mark.span.end - 1, 0)) + 1):
            within[rank].append(mark)
    shown: set[str] = set()
    parts = []
    for rank, block in enumerate(prose.blocks):
        content = _marked(prose.text, block.span, within[rank], shown)
        if block.kind == HEADING:
            parts.append(element("h3", content))
        else:
            parts.append(element("p", content, **({"class_": "item"} if block.kind == ITEM else {})))
    return "".join(parts)


def framed(content: str, palette: Palette) -> str:
    """Return the HTML of the text or its legend with the colours of its marks."""
    hues = [f"--{sort}:{palette.accent if sort == MEETING else palette.families[hue]}" for sort, hue in _HUES.items()]
    return element("div", content, class_="netstats-minutes", style=";".join(hues))


def _marked(text: str, block: Span, marks: Iterable[Mark], shown: set[str]) -> str:
    """Return the HTML of one paragraph; `shown` are the identifiers that are given already, once each."""
    # The longest first: they are around the others. What was left aside lies within all.
    inside = sorted(
        {mark for mark in marks if mark.span.start < block.end and mark.span.end > block.start},
        key=lambda mark: (mark.sort == ASIDE, mark.span.start - mark.span.end, list(SORTS).index(mark.sort)),
    )
    edges = {block.start, block.end}
    for mark in inside:
        edges |= {max(mark.span.start, block.start), min(mark.span.end, block.end)}
    places = sorted(edges)
    return "".join(
        _segment(
            text[left:right],
            [mark for mark in inside if mark.span.start <= left and right <= mark.span.end],
            right,
            shown,
        )
        for left, right in pairwise(places)
    )


def _segment(part: str, marks: Sequence[Mark], end: int, shown: set[str]) -> str:
    content = escape(part)
    linked = False
    for mark in reversed(marks):  # from the innermost
        attributes = {"class_": _classes(mark.sort), "data_mark": mark.id}
        if mark.says:
            attributes["title"] = mark.says
        if mark.id not in shown:
            shown.add(mark.id)
            attributes |= {"id": mark.id, "tabindex": "-1"}
        if mark.sort == ASIDE and end >= mark.span.end:
            content += element("span", escape(f" (laissé de côté : {mark.says})"), class_=_UNSEEN)
        is_link = bool(mark.target) and not linked
        linked = linked or is_link
        if is_link:
            attributes.pop("tabindex", None)
            content = element("a", content, href=f"#{mark.target}", **attributes)
        else:
            content = element("span", content, **attributes)
    return content


def _classes(sort: str) -> str:
    return f"mark {sort}"
