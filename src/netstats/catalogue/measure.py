"""A number that is shown by itself: what it is called, how it is defined and written, of how much it is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from netstats import wording
from netstats.catalogue.column import Column, Format
from netstats.filters import Filters


@dataclass(frozen=True)
class Measure:
    """One number of a selection: a column of the figure « indicateurs »."""

    name: str  # the column
    label: str
    definition: str
    format: Format = Format.COUNT  # how it is written, and its changes with it
    decimals: int = 0
    header: str = ""  # of its column in a table, where the label alone would not do
    # What must be known, and the column that counts the meetings where it is: ("présents connus", "attended_meetings").
    known_of: tuple[str, str] | None = None
    # Makes what is said under the number from the row of the figure, where `known_of` is not enough.
    note: Callable[[pd.Series, Filters], str] | None = None

    @property
    def column(self) -> Column:
        """The column of a table that holds it."""
        return Column(self.header or self.label, self.format)

    def write(self, value: float | None) -> str:
        """Return a value in French."""
        return self.format.write(value, self.decimals)

    def said_of(self, row: pd.Series, filters: Filters) -> str:
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


def known_of(row: pd.Series, what: str, column: str) -> str:
    """Return « présents connus pour 8 réunions sur 11 »."""
    return f"{what} pour {of_meetings(row[column], row['meetings'])}"


def of_meetings(known: int, meetings: int) -> str:
    """Return « 8 réunions sur 11 »."""
    return f"{wording.number(known)} {wording.plural(known, 'réunion')} sur{wording.NO_BREAK}{wording.number(meetings)}"
