"""What is read from minutes: drafts of meetings, every value with the words it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from netstats.intake.forms import MEETINGS
from netstats.intake.values import Headcount

T = TypeVar("T")


class Step(IntEnum):
    """How a value was told; what that is worth, fact by fact, is counted on texts (see `confidences`)."""

    DOUBTFUL = 1  # inferred from what stands elsewhere: always to be looked at by a person
    LIKELY = 2  # understood from what stands beside
    SURE = 3  # said in so many words
    PLAIN = 4  # said more than once, or where nothing else is said


DOUBTFUL, LIKELY, SURE, PLAIN = Step
LEAST_SURE, LEAST_LIKELY = 0.95, 0.8
"""Confidences from which a value is « sûr »; and under which it is « à vérifier »."""
LEAST_TOGETHER = 0.85
"""How likely all values of a meeting together must be right for it to enter without a person: six times in seven."""


class Span(NamedTuple):
    """A part of the text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True)
class Extracted(Generic[T]):
    """A value that was read, the words it was read from (one part of the text at least), and how sure that is."""

    value: T
    evidence: tuple[Span, ...]
    step: Step = SURE
    confidence: float = 1.0


class Evident(Protocol):
    """What was read from words of the text."""

    @property
    def evidence(self) -> tuple[Span, ...]:
        """The words."""

    @property
    def step(self) -> Step:
        """How it was told."""

    @property
    def confidence(self) -> float:
        """From 0 to 1: the share of times that what is told so was right."""


def is_doubtful(read: Evident) -> bool:
    """Return whether a person should look at what was read."""
    return read.step == DOUBTFUL or read.confidence < LEAST_LIKELY


def is_sure(read: Evident) -> bool:
    """Return whether what was read needs no person."""
    return not is_doubtful(read) and read.confidence >= LEAST_SURE


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

    `written` has the words that tell the kind: « CA de la Baie de Somme ». `code` is official or that of a body of the
    database, empty while there is a doubt (`choices` are then the codes that may be meant, best first) or for a new
    body: a council (`kind` CISPD or CLSPD) of these `communes` (INSEE codes).
    """

    written: str
    evidence: tuple[Span, ...]
    step: Step = SURE
    code: str = ""
    choices: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    kind: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class Action:
    """An action that the text may tell; what it does not tell (type, audience, theme, territory) is an empty code.

    The description is the sentence, or the part of it that tells this action; that part comes first in the evidence,
    before the words that told the type, the audience and the territory.
    """

    type: str
    description: str
    evidence: tuple[Span, ...]
    step: Step = LIKELY
    audience: str = ""
    theme: str = ""
    territory: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class SetAside:
    """Words that look like a name, a date or a number of the meeting and are none (`territory`, `date`, `headcount`).

    `why` are French words that end a sentence: « ville qui accueille », « réunion annulée ».
    """

    kind: str
    span: Span
    why: str


class Fact(NamedTuple):
    """A fact of a meeting: attribute of a `Draft`, key of the JSON and of the drafts expected, field of the form."""

    name: str
    key: str
    field: str

    @property
    def title(self) -> str:
        """Its French name, that of the form."""
        return MEETINGS.field(self.field).header


FACTS = (
    Fact("network", "network", "network"),
    Fact("when", "date", "date"),
    Fact("format", "format", "format"),
    Fact("place", "place", "place"),
    Fact("kind", "kind", "kind"),
    Fact("status", "status", "status"),
    Fact("headcount", "headcount", "participants"),
    Fact("open_to_non_members", "open_to_non_members", "open_to_non_members"),
)
"""The facts of a meeting, beside its territories, themes and actions."""


@dataclass(frozen=True)
class Draft:
    """A meeting as the text tells it, in parts of it (`spans`); None and nothing are unknown.

    `is_mention`: the text is about another meeting and only mentions this one (« les précédentes réunions… »).
    `is_whole`: one sentence says that this network met on this day, with its year. A network that the database
    does not have has the code it would get, with its name and the INSEE codes of its regions. Themes are codes, in
    the order of the text.
    """

    spans: tuple[Span, ...]
    is_mention: bool = False
    is_whole: bool = False
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

    @property
    def is_likely(self) -> bool:
        """Whether this is a meeting of one of our networks: that, or its day at least, is not in doubt."""
        sure = [one.step for one in (self.network, self.when) if one is not None]
        return self.network is not None and max(sure) >= LIKELY

    def facts(self) -> Iterator[tuple[Fact, Extracted[Any]]]:
        """Yield the facts that the text tells."""
        for fact in FACTS:
            value: Extracted[Any] | None = getattr(self, fact.name)
            if value is not None:
                yield fact, value

    def each(self, change: Callable[[str, Any], dict[str, Any]]) -> Draft:
        """Return the draft with each value changed: its key (`Fact.key`, a list) and itself → attributes anew."""
        values: dict[str, Any] = {fact.name: replace(read, **change(fact.key, read)) for fact, read in self.facts()}
        for name in ("territories", "themes", "actions"):
            values[name] = tuple(replace(read, **change(name, read)) for read in getattr(self, name))
        return replace(self, **values)

    def evidence(self) -> Iterator[tuple[str, Span]]:
        """Yield what each part of the text was read for (`network`, `territory`, `theme`…), in no order."""
        found: list[tuple[str, Evident]] = [(fact.name, value) for fact, value in self.facts()]
        found += [("territory", one) for one in self.territories]
        found += [("theme", one) for one in self.themes]
        found += [("action", one) for one in self.actions]
        for name, value in found:
            for span in value.evidence:
                yield name, span


@dataclass(frozen=True)
class Reading:
    """What a text tells: all spans are of `text`.

    The drafts are in the order of the text, mentions of other meetings last. `set_aside` looks like a part of a
    meeting and was left out; `unread` are the sentences that nothing was read from.
    """

    text: str
    drafts: tuple[Draft, ...]
    set_aside: tuple[SetAside, ...] = ()
    unread: tuple[Span, ...] = ()
