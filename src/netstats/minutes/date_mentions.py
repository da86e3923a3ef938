"""A date of a text, and what it is the date of."""

from __future__ import annotations

from dataclasses import dataclass

from netstats.minutes.dates import Dated
from netstats.minutes.drafts import Step, When
from netstats.minutes.prose import Prose, Sentence

MEETING, EARLIER, NEXT, CANCELLED, MOVED, OTHER = "meeting", "earlier", "next", "cancelled", "moved", "other"
LAW, PUBLISHED = "law", "published"

WHY = {
    EARLIER: "date d’une autre réunion",
    NEXT: "réunion à venir",
    CANCELLED: "réunion annulée ou reportée",
    MOVED: "nouvelle date d’une réunion reportée",
    LAW: "date d’un texte de loi",
    PUBLISHED: "date de publication",
    OTHER: "pas une date de réunion",
}
"""Role of a date → why it is none of the meeting's."""


@dataclass(frozen=True)
class DateMention:
    """A date of the text and what it is the date of: its role is `MEETING` or one of `WHY`.

    `weight`: of a meeting's date, how clearly it is one. `resolved`: when that was and how sure it is; None when the
    year is not told.
    """

    dated: Dated
    sentence: Sentence
    role: str
    weight: float
    resolved: tuple[When, Step] | None = None


def is_row(prose: Prose, dated: Dated, sentence: Sentence) -> bool:
    """Return whether a line is that of a table of meetings: « 8 mars 2022 ; visioconférence ; … »."""
    if prose.words(*dated.span)[0] != sentence.first:
        return False
    return any(prose.text.find(mark, dated.span.end, sentence.end) >= 0 for mark in (" ; ", "\t", " | "))
