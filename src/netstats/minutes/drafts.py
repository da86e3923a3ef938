"""What is read from minutes: drafts of meetings, every value with the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from netstats.intake.values import Headcount

T = TypeVar("T")

SURE, LIKELY, DOUBTFUL = 0.95, 0.8, 0.5
"""Steps of confidence: said in so many words; understood from what stands beside; to be looked at by a person."""


class Span(NamedTuple):
    """A part of the text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True)
class Extracted(Generic[T]):
    """A value that was read.

    Attributes
    ----------
    value
        What was understood.
    evidence
        The words it was read from, at least one part of the text.
    confidence
        From 0 to 1; under `LIKELY` a person should look at it.
    """

    value: T
    evidence: tuple[Span, ...]
    confidence: float = SURE


class When(NamedTuple):
    """When a meeting was: its first day as precise as it is known (see `Day`), its last day and its sessions."""

    first: date
    precision: str  # day, month, year
    until: date | None = None
    sessions: int = 1


class Count(NamedTuple):
    """A number of people, what it is worth (exact, about, at_least), and who was counted (see `HEADCOUNT_UNITS`)."""

    number: int
    precision: str
    unit: str | None

    @property
    def headcount(self) -> Headcount:
        """The number as a cell of a file says it."""
        return Headcount(self.number, self.precision)


@dataclass(frozen=True)
class TerritoryMention:
    """A territory that was there, or a name that stands where those are listed.

    Attributes
    ----------
    written
        The name as the text writes it, with the words that tell the kind: « CA de la Baie de Somme ».
    evidence
        The words it was read from.
    confidence
        See `Extracted`.
    code
        Official code or that of a body of the database; empty while there is a doubt, or for a new body.
    choices
        Codes of the territories that may be meant, best first, when `code` is empty.
    communes
        INSEE codes of the communes of a council (CISPD, CLSPD) that the database does not have: it can be created.
    kind
        CISPD or CLSPD of such a council; empty otherwise.
    """

    written: str
    evidence: tuple[Span, ...]
    confidence: float = SURE
    code: str = ""
    choices: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Action:
    """An action that the text tells.

    Attributes
    ----------
    type, audience, theme
        Codes; the audience and the theme are empty when the text does not tell.
    territory
        Code of who did it; empty when the text names nobody, or several.
    description
        The sentence, or the part of it that tells this action.
    evidence
        That part first, then the words that told the type, the audience and the territory.
    confidence
        See `Extracted`.
    """

    type: str
    description: str
    evidence: tuple[Span, ...]
    confidence: float = LIKELY
    audience: str = ""
    theme: str = ""
    territory: str = ""


@dataclass(frozen=True)
class SetAside:
    """Words that look like a name, a date or a number of the meeting and are none.

    Attributes
    ----------
    kind
        `territory`, `date` or `headcount`.
    span
        Where they stand.
    why
        French words that end a sentence: « ville qui accueille », « réunion annulée ».
    """

    kind: str
    span: Span
    why: str


@dataclass(frozen=True)
class Draft:
    """A meeting as the text tells it; None and nothing are unknown.

    Attributes
    ----------
    spans
        The parts of the text that are about it.
    is_mention
        Whether the text is about another meeting and only mentions this one (« les précédentes réunions… »).
    network
        Code of a network; of one that the database does not have, the code it would get.
    network_name, network_regions
        Name and INSEE codes of the regions of a network that the database does not have; empty otherwise.
    when
        Date.
    format
        présentiel, visioconférence or hybride.
    place
        Where, as a person would write it in the form.
    kind
        One of `MEETING_KINDS`.
    status
        held, announced or cancelled.
    headcount
        How many people were there.
    open_to_non_members
        Whether the meeting was open to territories that are no members.
    territories
        Who was there.
    themes
        Codes, in the order of the text.
    actions
        What was told.
    """

    spans: tuple[Span, ...]
    is_mention: bool = False
    network: Extracted[str] | None = None
    network_name: str = ""
    network_regions: tuple[str, ...] = ()
    when: Extracted[When] | None = None
    format: Extracted[str] | None = None
    place: Extracted[str] | None = None
    kind: Extracted[str] | None = None
    status: Extracted[str] | None = None
    headcount: Extracted[Count] | None = None
    open_to_non_members: Extracted[bool] | None = None
    territories: tuple[TerritoryMention, ...] = ()
    themes: tuple[Extracted[str], ...] = ()
    actions: tuple[Action, ...] = ()

    def evidence(self) -> Iterator[tuple[str, Span]]:
        """Yield what each part of the text was read for (`network`, `territory`, `theme`…), in no order."""
        for name in ("network", "when", "format", "place", "kind", "status", "headcount", "open_to_non_members"):
            value: Extracted[object] | None = getattr(self, name)
            for span in value.evidence if value else ():
                yield name, span
        found: tuple[tuple[str, tuple[TerritoryMention | Extracted[str] | Action, ...]], ...] = (
            ("territory", self.territories),
            ("theme", self.themes),
            ("action", self.actions),
        )
        for name, values in found:
            for one in values:
                for span in one.evidence:
                    yield name, span


@dataclass(frozen=True)
class Reading:
    """What a text tells.

    Attributes
    ----------
    text
        The text: all spans are of it.
    drafts
        The meetings, in the order of the text; mentions of others last.
    set_aside
        What looks like a part of a meeting and was left out, with the reason.
    unread
        The sentences that nothing was read from.
    """

    text: str
    drafts: tuple[Draft, ...]
    set_aside: tuple[SetAside, ...] = ()
    unread: tuple[Span, ...] = ()
