"""A number that is shown by itself: what it is called, how it is defined and written, of how much it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from netstats import wording
from netstats.catalogue.column import Column, Format
from netstats.filters import Filters

Answer = pd.Series | Mapping[str, Any]
"""One row of the answer of a figure: column → value."""


@dataclass(frozen=True)
class KeyFigure:
    """A number as it is shown by itself, in French words, on a page, a slide and paper.

    `note` is one short line on what the value is known from, or made of. `change` is a comparison in words (« +3 ») of
    the sign `direction`, and `against` says with what; empty when there is nothing to compare with. `history` is year →
    value, oldest first, said by `write`: drawn when there are at least two years and nothing to compare with.
    """

    label: str
    value: str
    definition: str
    note: str = ""
    change: str = ""
    direction: int = 0
    against: str = ""
    history: Mapping[int, float | None] = field(default_factory=dict)
    write: Callable[[float | None], str] = wording.number

    @property
    def evolution(self) -> str:
        """What has changed, and since when: « +3 par rapport à 2019 »; empty without."""
        return f"{self.change} {self.against}".strip()


@dataclass(frozen=True)
class Measure:
    """One number of a selection, a meeting or a territory: a column of the answer of a figure."""

    name: str  # the column
    label: str
    definition: str
    format: Format = Format.COUNT  # how it is written, and its changes with it
    decimals: int = 0
    header: str = ""  # of its column in a table, where the label alone would not do
    unknown: str = wording.UNKNOWN  # said in its place
    sign: Callable[[Answer], str] | None = None  # before the number, « ≈ »: a word would not fit a phone
    is_total: bool = False  # with a sign, it is known to two digits, whatever the sum of its parts
    # What must be known, and the column that counts the meetings where it is: ("présents connus", "attended_meetings").
    known_of: tuple[str, str] | None = None
    # Makes what is said under the number from the answer, where `known_of` is not enough.
    note: Callable[[Answer, Filters], str] | None = None

    @property
    def column(self) -> Column:
        """The column of a table that holds it."""
        return Column(self.header or self.label, self.format)

    def of(self, row: Answer, filters: Filters) -> KeyFigure:
        """Return the number as it is shown."""
        sign, value = self.sign(row) if self.sign else "", row[self.name]
        if sign and self.is_total and not wording.is_missing(value):
            value = wording.significant(value)
        return KeyFigure(
            self.label, sign + self.write(value), self.definition, self.said_of(row, filters), write=self.write
        )

    def write(self, value: Any) -> str:
        """Return a value in French."""
        return self.unknown if wording.is_missing(value) else self.format.write(value, self.decimals)

    def said_of(self, row: Answer, filters: Filters) -> str:
        """Return of how much the number is known, and what only an unknown keeps out of it; may be empty."""
        if self.note is not None:
            return self.note(row, filters)
        return known_of(row, *self.known_of) if self.known_of else ""

    def difference(self, now: float, then: float) -> float | None:
        """Return a change as it is shown (points for a share); None where either is unknown."""
        if pd.isna(now) or pd.isna(then):
            return None
        return round((now - then) * 100, 1) if self.format is Format.SHARE else float(now - then)

    def write_difference(self, difference: float) -> str:
        """Return what `difference` returned, in French: « +3 », « −0,4 point »."""
        if self.format is Format.SHARE:
            return f"{wording.signed(difference, 1)} {wording.plural(difference, 'point')}"
        return wording.signed(difference, self.decimals)


def known_of(row: Answer, what: str, column: str) -> str:
    """Return « présents connus pour 8 réunions sur 11 »."""
    return f"{what} pour {of_meetings(row[column], row['meetings'])}"


def of_meetings(known: int, meetings: int) -> str:
    """Return « 8 réunions sur 11 »."""
    return f"{wording.number(known)} {wording.plural(known, 'réunion')} sur{wording.NO_BREAK}{wording.number(meetings)}"
