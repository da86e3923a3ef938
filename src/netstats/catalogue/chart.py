"""How a figure is drawn, as plain data: which kind of chart, of which of its columns, with which nouns.

`netstats.share.drawing` makes the chart of it; a figure that is only read, or drawn by its page alone, has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Noun = tuple[str, str]
"""A noun in French, singular and plural."""

MEETING: Noun = ("réunion", "réunions")
ATTENDANCE: Noun = ("présence", "présences")
ACTION: Noun = ("action", "actions")


@dataclass(frozen=True)
class Bars:
    """Ranked bars, one a row; a click gives its `code`."""

    label: str  # column of what a bar is called
    value: str  # column of how long it is
    row: Noun  # what a bar is
    title: str  # what is ranked, for the alternative text
    unit: Noun | None = None  # what `value` counts; None: it is a share
    detail: str = ""  # column of the full name, for the hover, where the label does not say it all
    share_of: str = ""  # of what `share`, or the value, is a share: « des réunions dont les thèmes sont connus »
    most: int | None = None  # bars that a card shows, the others being counted; None: all


@dataclass(frozen=True)
class Grid:
    """A grid of counts; a click gives the codes of its row and of its column."""

    row: str  # columns that name them; their codes are in `<row>_code` and `<column>_code`, or in `code`
    column: str
    row_name: str  # what they are, in French
    column_name: str
    value: str  # column that is counted
    unit: Noun
    title: str  # what is counted, for the alternative text
    by_total: bool = False  # the greatest rows and columns first
    most_columns: int = 12


@dataclass(frozen=True)
class Evolution:
    """Shares or counts by period, a small row of bars for each `label`."""

    label: str


@dataclass(frozen=True)
class Shifts:
    """What rises and fades between the two halves of the meetings, a row for each `label`; `most` of them."""

    label: str
    most: int = 12


@dataclass(frozen=True)
class Periods:
    """One count over time, all rows of a period together."""

    value: str
    unit: Noun
    title: str


@dataclass(frozen=True)
class Drawn:
    """A chart that only this figure has: its columns are those of the chart."""

    kind: Literal["newcomers", "calendar", "timeline", "density"]


ChartSpec = Bars | Grid | Evolution | Shifts | Periods | Drawn
