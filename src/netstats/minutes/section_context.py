"""What a part of a text tells of its meeting, sentence by sentence: which are about it, dated, early, headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from netstats.minutes.cues import MEETS, Cues
from netstats.minutes.date_mentions import CANCELLED, MEETING, MOVED, NEXT, DateMention
from netstats.minutes.document_context import DocumentContext
from netstats.minutes.prose import HEADING, Prose, Sentence

_DENIES = frozenset({"ne", "n", "pas", "jamais", "aucun", "aucune"})
_INTRODUCTION = 6  # blocks


@dataclass(frozen=True, eq=False)
class SectionContext:
    """A part of a text that tells one meeting: its sentences, one at least, and the dates and networks of the text."""

    document: DocumentContext
    sentences: Sequence[Sentence]

    @property
    def prose(self) -> Prose:
        """The text."""
        return self.document.prose

    @property
    def cues(self) -> Cues:
        """The words that tell how its sentences are meant."""
        return self.document.cues

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles of the dates that are those of its meeting: of one that was moved, the new date alone."""
        told = {mention.role for mention in self.dates}
        return frozenset(next(({role} for role in (MEETING, MOVED) if role in told), {NEXT, CANCELLED}))

    @property
    def is_held(self) -> bool:
        """Whether a date of this part is that of a meeting that was held."""
        return MEETING in self.roles

    @cached_property
    def dates(self) -> list[DateMention]:
        """The dates of this part."""
        return [mention for sentence in self.sentences for mention in self.document.dates_in(sentence)]

    @cached_property
    def own(self) -> list[Sentence]:
        """The sentences that may tell of the meeting itself: those of a part that tells no other, else all of them."""
        if not self.is_held:
            return list(self.sentences)  # announced or cancelled: that is what the text is about
        return [one for one in self.sentences if not self.is_aside(one)]

    def is_aside(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells of another meeting."""
        return bool(self.document.heading_roles[sentence.block]) or self.document.is_elsewhere(sentence)

    def is_dated(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells the date of the meeting; of one to come or cancelled, that date."""
        return any(mention.role in self.roles for mention in self.document.dates_in(sentence))

    def is_heading(self, sentence: Sentence) -> bool:
        """Return whether a sentence is a heading."""
        return self.prose.blocks[sentence.block].kind == HEADING

    def tells(self, sentence: Sentence, *roles: str) -> bool:
        """Return whether a sentence says that people met, or plays one of these roles."""
        return self.cues.has((*MEETS, *roles), sentence)

    def is_denied(self, sentence: Sentence) -> bool:
        """Return whether a sentence says « ne … pas », « aucun », « jamais »: of what, nobody can tell."""
        words = {word.norm for word in self.prose.tokens[sentence.first : sentence.last]}
        return not words.isdisjoint(_DENIES)

    def depth(self, sentence: Sentence) -> int:
        """Return how many blocks stand before a sentence in this part."""
        return sentence.block - self.sentences[0].block

    def is_early(self, sentence: Sentence) -> bool:
        """Return whether a sentence stands in the introduction."""
        return self.depth(sentence) <= _INTRODUCTION
