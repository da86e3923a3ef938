"""What a part of a text tells of its meeting, sentence by sentence: which are about it, dated, early, headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from netstats.minutes.cues import MEETS, Cues
from netstats.minutes.dating import CANCELLED, MEETING, NEXT, Told
from netstats.minutes.meetings import Chronicle
from netstats.minutes.prose import HEADING, Prose, Sentence

_INTRODUCTION = 6  # blocks


@dataclass(frozen=True, eq=False)
class Telling:
    """A part of a text that tells one meeting.

    Attributes
    ----------
    chronicle
        The dates and the networks of the text.
    sentences
        Those of this part, one at least.
    """

    chronicle: Chronicle
    sentences: Sequence[Sentence]

    @property
    def prose(self) -> Prose:
        """The text."""
        return self.chronicle.prose

    @property
    def cues(self) -> Cues:
        """The words that tell how its sentences are meant."""
        return self.chronicle.cues

    @cached_property
    def is_held(self) -> bool:
        """Whether a date of this part is that of a meeting that was held."""
        return any(told.role == MEETING for told in self.dates)

    @cached_property
    def dates(self) -> list[Told]:
        """The dates of this part."""
        return [told for sentence in self.sentences for told in self.chronicle.dates_in(sentence)]

    @cached_property
    def own(self) -> list[Sentence]:
        """The sentences that may tell of the meeting itself: those of a part that tells no other, else all of them."""
        if not self.is_held:
            return list(self.sentences)  # announced or cancelled: that is what the text is about
        return [one for one in self.sentences if not self.is_aside(one)]

    def is_aside(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells of another meeting."""
        return bool(self.chronicle.context[sentence.block]) or self.chronicle.is_elsewhere(sentence)

    def is_dated(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells the date of the meeting; of one to come or cancelled, that date."""
        roles = {MEETING} if self.is_held else {NEXT, CANCELLED}
        return any(told.role in roles for told in self.chronicle.dates_in(sentence))

    def is_heading(self, sentence: Sentence) -> bool:
        """Return whether a sentence is a heading."""
        return self.prose.blocks[sentence.block].kind == HEADING

    def tells(self, sentence: Sentence, *roles: str) -> bool:
        """Return whether a sentence says that people met, or plays one of these roles."""
        return self.cues.has((*MEETS, *roles), sentence)

    def depth(self, sentence: Sentence) -> int:
        """Return how many blocks stand before a sentence in this part."""
        return sentence.block - self.sentences[0].block

    def is_early(self, sentence: Sentence) -> bool:
        """Return whether a sentence stands in the introduction."""
        return self.depth(sentence) <= _INTRODUCTION
