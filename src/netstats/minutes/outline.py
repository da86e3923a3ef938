"""What each block of a text is among the others: a heading, what it heads, a list of what was done, of themes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from netstats.minutes.prose import HEADING, ITEM, Block, Prose
from netstats.reference.vocabulary import Lexicon, Vocabulary

OPENING = 8
"""Words that the beginning of a sentence has."""

_NUMBERED = re.compile(r"(?:\d{1,2}|[a-h])[.)°]?[)°]?[ \t\u00a0]*$")
_LABEL = re.compile(r"[^:;\t\n]{1,80}?(?:[ \u00a0]?:|[ \u00a0];|\t)[ \t\u00a0]*")
# A row of a table that heads those below it: « Sujet 1 ; Rodéos ».
_TOPIC_ROW = re.compile(
    r"(?:sujets?|thèmes?|points?|objet)\b[ \u00a0]*(?:n°)?[ \u00a0]*\d*[ \u00a0]*[;\t]", re.IGNORECASE
)
_NUMBER = 1  # words of « III. »
_LONGEST_NUMBERED = 90  # characters of a numbered line that is a heading


class Position(NamedTuple):
    """What a block is among the others.

    `heading`: number of the block that heads it, None before the first. `is_closed`: it tells nothing of the meeting,
    but who was there or what comes next. `is_undone`: it tells what is wished or lacking. `tells_facts`: it stands in
    a list of what was done. `is_agenda`: it is an item of a list of themes. `content`: where it begins, after its
    label (« Pratiques : … », « Lens ; … »).
    """

    is_heading: bool
    heading: int | None
    is_closed: bool
    is_undone: bool
    tells_facts: bool
    is_agenda: bool
    content: int


@lru_cache(maxsize=1)  # each of the meetings that a text tells asks twice, of the whole text
def outline(prose: Prose, vocabulary: Vocabulary) -> tuple[Position, ...]:
    """Return what each block of a text is."""
    cues = vocabulary.topic_cues
    found: list[Position] = []
    heading: int | None = None
    under: frozenset[str] = frozenset()  # roles of the heading
    introduced: frozenset[str] = frozenset()  # roles of the paragraph that introduces a list
    for number, block in enumerate(prose.blocks):
        label = _label(prose, block)
        content = label.end() if label and label.end() < block.end else block.start
        is_heading = _heads(prose, block)
        roles = _opening_roles(prose, block, cues, label.end() if label else block.end)
        if is_heading:
            heading, introduced = number, frozenset()
            under = roles
            # « Présents : Lens, Arras » says it all on one line.
            if content > block.start and roles & {"closed", "undone"}:
                under = frozenset()
        elif prose.text[block.end - 1] == ":":
            introduced = roles | ({"facts"} if _says(prose, block, cues, "facts") else frozenset())
        elif block.kind != ITEM:
            introduced = frozenset()
        # « Premier constat : … » at the beginning of a paragraph is of its first sentence.
        is_short = block.kind == ITEM or block.last - block.first == 1
        own = roles if (content > block.start and is_short) or is_heading else frozenset()
        around = under | introduced | own
        found.append(
            Position(
                is_heading,
                heading if heading != number else None,
                "closed" in around,
                "undone" in around,
                "facts" in around and "closed" not in around,
                "agenda" in under | introduced and block.kind == ITEM,
                content,
            )
        )
    return tuple(found)


def _label(prose: Prose, block: Block) -> re.Match[str] | None:
    """Return the label of a block: « Pratiques : », « Lens ; »; what has a verb is a clause and no label."""
    label = _LABEL.match(prose.text, block.start, block.end)
    if label is None:
        return None
    first, last = prose.words(block.start, label.end())
    words = prose.tokens[first:last]
    is_clause = any(token.text in {"a", "ont", "est", "sont"} for token in words)
    return None if is_clause else label


def _heads(prose: Prose, block: Block) -> bool:
    text = prose.text[block.start : block.end]
    if block.kind == HEADING:
        told = prose.sentences[block.first : block.last - 1]
        if any(prose.text[one.end - 1] == "." and one.last - one.first > _NUMBER for one in told):
            return False  # sentences, whatever the last one ends with: « … promis, à Lille ! »
        return not is_row_of_cells(prose, block) or bool(_TOPIC_ROW.match(text))
    if block.kind != ITEM or len(text) > _LONGEST_NUMBERED or text[-1] in ".;,":
        return False
    line = prose.text.rfind("\n", 0, block.start) + 1
    return bool(_NUMBERED.search(prose.text[line : block.start].strip()))


def is_row_of_cells(prose: Prose, block: Block) -> bool:
    """Return whether a block is a row of a table that was flattened."""
    return bool(re.search(r"[ \u00a0];|\t", prose.text[block.start : block.end]))


def _opening_roles(prose: Prose, block: Block, cues: Lexicon, end: int) -> frozenset[str]:
    """Return the roles of the words that a heading or a label begins with."""
    first, last = prose.words(block.start, min(end, block.end))
    if last - first > OPENING:
        return frozenset()
    return frozenset(hit.code for hit in prose.find(cues, first, last) if hit.first - first <= 2)


def _says(prose: Prose, block: Block, cues: Lexicon, role: str) -> bool:
    first, last = prose.words(block.start, block.end)
    return any(hit.code == role for hit in prose.find(cues, first, last))
