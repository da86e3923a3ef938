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
    """Ranked bars, one a row; a click gives its `code`.

    Attributes
    ----------
    label, value
        Columns: what a bar is called, how long it is.
    row
        What a bar is: ("thème", "thèmes").
    title
        What is ranked, for the alternative text.
    unit
        What `value` counts; None: it is a share, `share_of` says of what.
    detail
        Column of the full name, for the hover; empty: the label says it all.
    share_of
        What the column `share`, or the value itself, is a share of: « des réunions dont les thèmes sont connus ».
    most
        How many bars a card shows; the others are counted. None: all of them.
    """

    label: str
    value: str
    row: Noun
    title: str
    unit: Noun | None = None
    detail: str = ""
    share_of: str = ""
    most: int | None = None


@dataclass(frozen=True)
class Grid:
    """A grid of counts; a click gives the codes of its row and of its column.

    Attributes
    ----------
    row, column
        The columns that name them; their codes are in `<row>_code`, `<column>_code`, or in `code`.
    row_name, column_name
        What they are, in French.
    value, unit
        The column that is counted, and the noun.
    title
        What is counted, for the alternative text.
    by_total
        Whether the greatest rows and columns come first, and how many columns at most.
    """

    row: str
    column: str
    row_name: str
    column_name: str
    value: str
    unit: Noun
    title: str
    by_total: bool = False
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
