"""A text as its reader sees it: words, sentences, paragraphs, headings and items of lists, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from operator import attrgetter
from typing import NamedTuple

from netstats.minutes.drafts import Span
from netstats.reference.vocabulary import Hit, Lexicon, Token, tokens

HEADING, ITEM, TEXT = "heading", "item", "text"

_BULLET = re.compile(r"[ \t]*(?:[-–—•●▪‣►→*·✓]|\d{1,2}[.)°]|[a-h]\))[ \t\u00a0]+")
_NUMBERED = re.compile(r"[ \t]*(?:\d{1,2}[.)°]|[a-h]\))")
_SENTENCE_END = re.compile(
    r"[.!?…]+(?:[\s\u00a0\u202f]*[»”\")\]])*(?=[\s\u00a0\u202f]+[«“\"(\[]?[\s\u00a0\u202f]*[A-ZÀ-ÞŒ0-9]|\s*$)"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:M|MM|Mme|Mlle|Dr|Me|St|Ste|cf|ex|art|n|no|av|bd|p|pp|env|tél|resp|réf|hab|min|Cie|[A-Z])|^\s*\d{1,2})\.$"
)
# « jeu. 3 oct. 2024 », « rés. HdF – 17 sept. 2019 »; but « la CU Caen la Mer. Un an plus tôt »
_BEFORE_A_NUMBER = re.compile(
    r"\b(?:lun|mar|mer|jeu|ven|sam|dim|janv|févr?|avr|juil{1,2}|sept|oct|nov|déc|rés|prés|abs|exc|coord|adh|pers|dép)\.$",
    re.IGNORECASE,
)
_NARROWEST_PAGE, _WIDE_PAGE, _WIDEST_PAGE = 45, 65, 120  # characters
_FEWEST_LINES, _LEAST_NEAR = 3, 0.25  # lines about as wide as the page, and their share
_QUANTILE = 0.85
_LONGEST_ABBREVIATED = 20  # characters, what stands before it included
_LONGEST_HEADING = 140
_START, _END = attrgetter("start"), attrgetter("end")


class Sentence(NamedTuple):
    """A sentence: its place in the text, its words (`tokens[first:last]`), the number of its block."""

    start: int
    end: int
    first: int
    last: int
    block: int

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(self.start, self.end)


class Block(NamedTuple):
    """A paragraph, a heading or an item of a list, and its sentences (`sentences[first:last]`)."""

    start: int
    end: int
    kind: str
    first: int
    last: int

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, eq=False)
class Prose:
    """A text, its words, its blocks and its sentences, in their order."""

    text: str
    tokens: tuple[Token, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    _hits: dict[tuple[Lexicon, int, int], tuple[Hit, ...]] = field(default_factory=dict, init=False, repr=False)

    def find(self, lexicon: Lexicon, first: int, last: int) -> tuple[Hit, ...]:
        """Return the expressions of a lexicon among tokens[first:last]; several readers ask the same of a sentence."""
        asked = lexicon, first, last
        if asked not in self._hits:
            self._hits[asked] = tuple(lexicon.find(self.tokens, first, last))
        return self._hits[asked]

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Return which words stand in a part of the text: the first, and the one after the last."""
        first = bisect_left(self.tokens, start, key=_START)
        return first, max(first, bisect_right(self.tokens, end, key=_END))

    def sentences_in(self, spans: Sequence[Span]) -> Iterator[Sentence]:
        """Yield the sentences that lie in parts of the text, which do not overlap."""
        for span in sorted(spans):
            place = bisect_left(self.sentences, span.start, key=_START)
            while place < len(self.sentences) and self.sentences[place].end <= span.end:
                yield self.sentences[place]
                place += 1

    def span(self, first: int, last: int) -> Span:
        """Return the place of `tokens[first:last]`."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def gap(self, place: int) -> str:
        """Return what stands between the word before `tokens[place]` and that word."""
        before = self.tokens[place - 1].end if place else 0
        return self.text[before : self.tokens[place].start]

    def quote(self, span: Span) -> str:
        """Return a part of the text on one line."""
        return " ".join(self.text[span.start : span.end].split())

    def block_of(self, offset: int) -> int:
        """Return the number of the block where a place of the text is; of the one before, between two."""
        return max(0, bisect_right(self.blocks, offset, key=lambda block: block.start) - 1)


def parse(text: str, headings: Sequence[Span] = ()) -> Prose:
    """Return a text, as `documents` cleans it, cut into blocks, sentences and words; some parts are known headings."""
    words = tokens(text)
    starts = [token.start for token in words]
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    known = {(span.start, span.end) for span in headings}
    for start, end, is_item in _cut(text, known):
        first = len(sentences)
        for left, right in _sentences(text, start, end):
            head, tail = bisect_left(starts, left), bisect_left(starts, right)
            if head < tail:
                sentences.append(Sentence(left, right, head, tail, len(blocks)))
        if len(sentences) == first:
            continue
        kind = ITEM if is_item else HEADING if _is_heading(text, start, end, known) else TEXT
        blocks.append(Block(start, end, kind, first, len(sentences)))
    return Prose(text, tuple(words), tuple(_titled(text, blocks)), tuple(sentences))


def _titled(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; « 1. Présence » over a paragraph is a heading, over « 2. Divers » an item of an agenda."""
    for block, after in zip_longest(blocks, blocks[1:]):
        numbered = block.kind == ITEM and _is_numbered(text, block)
        short = block.end - block.start <= _LONGEST_HEADING // 2 and text[block.end - 1] not in ".;,:"
        over_text = after is not None and not _is_numbered(text, after)
        yield block._replace(kind=HEADING) if numbered and short and over_text else block


def _is_numbered(text: str, block: Block) -> bool:
    line = text.rfind("\n", 0, block.start) + 1
    return block.kind == ITEM and _NUMBERED.match(text, line) is not None


def _is_heading(text: str, start: int, end: int, known: set[tuple[int, int]]) -> bool:
    if any(left <= start and end <= right for left, right in known):
        return True
    line = text[start:end]
    return "\n" not in line and len(line) <= _LONGEST_HEADING and line[-1] not in ".,;»" and not line[0].islower()


def _cut(text: str, known: set[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Yield the start and the end of each paragraph, heading and item, and whether it is an item.

    A line of a wrapped text goes on where its next word would not have fitted any more.
    """
    lines = [(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text)]
    lines = [
        (start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
        for start, end in lines
        if (line := text[start:end]).strip()
    ]
    width = _width(text, lines)
    limits = {edge for span in known for edge in span}
    block: tuple[int, int, bool] | None = None
    for start, end in lines:
        bullet = _BULLET.match(text, start, end)
        begin = bullet.end() if bullet else start
        if begin >= end:
            begin, bullet = start, None
        goes_on = (
            block is not None
            and not bullet
            and text.count("\n", block[1], start) == 1
            and not {start, block[1]} & limits
            and _goes_on(text, block[1], start, end, width)
        )
        if goes_on and block is not None:
            block = block[0], end, block[2]
            continue
        if block is not None:
            yield block
        block = begin, end, bool(bullet)
    if block is not None:
        yield block


def _width(text: str, lines: Sequence[tuple[int, int]]) -> int | None:
    """Return the width of the page for which a text was wrapped; None when each paragraph is one line.

    Many of the lines that another one follows are then about as long: those of paragraphs, not those of lists. Some are
    longer, where a cut word was put together.
    """
    inner = sorted(
        end - start for (start, end), (following, _) in pairwise(lines) if text.count("\n", end, following) == 1
    )
    if len(inner) < _FEWEST_LINES:
        return None
    width = inner[int(_QUANTILE * (len(inner) - 1))]
    near = sum(length >= width - 15 for length in inner)
    least = _LEAST_NEAR if width >= _WIDE_PAGE else 0.5  # narrow lines may be those of lists
    is_page = _NARROWEST_PAGE <= width <= _WIDEST_PAGE
    return width if is_page and near >= max(_FEWEST_LINES, len(inner) * least) else None


def _goes_on(text: str, before: int, start: int, end: int, width: int | None) -> bool:
    """Return whether the line text[start:end] goes on with the sentence or paragraph of the line that ends `before`."""
    ends = text[before - 1] in ".!?:;"
    line = text.rfind("\n", 0, before) + 1
    stop = text.find("\n", start)
    following = text[start : stop if stop >= 0 else None]
    above = text[line:before]
    if "\t" in above + following or (" ; " in above and " ; " in following):
        return False  # rows of a table
    if (text[start].islower() and not ends) or text[before - 1] == ",":
        return True
    if width is None:
        return False
    word = re.match(r"\S+", text[start:end])
    return before - line + 1 + (word.end() if word else 0) >= width - 2


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for found in _SENTENCE_END.finditer(text, start, end):
        if found.end() < end and _is_abbreviated(
            text[max(left, found.end() - _LONGEST_ABBREVIATED) : found.end()],
            text[found.end() : min(found.end() + _LONGEST_ABBREVIATED, end)],
        ):
            continue
        yield left, found.end()
        left = found.end()
        while left < end and text[left].isspace():
            left += 1
    if left < end:
        yield left, end


def _is_abbreviated(said: str, following: str) -> bool:
    """Return whether a point ends an abbreviation rather than a sentence."""
    if _ABBREVIATED.search(said):
        return True
    return following.lstrip()[:1].isdigit() and _BEFORE_A_NUMBER.search(said) is not None
