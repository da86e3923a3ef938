"""What a figure is: a question in SQL, its columns in French, its definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import pandas as pd

from netstats.filters import Filters
from netstats.store import Database

ACTIVITY_SOURCE = "FFSU, articles et comptes rendus publiés"
GEOGRAPHY_SOURCE = "Insee, Code officiel géographique 2026 et populations légales (Etalab)"
COMPARED = {"before": "Période précédente", "change": "Évolution"}
"""The columns of a ranking that say how it was in the period before."""

LONGEST_SUBJECT = 200
"""Letters of what is asked about; the rest is left out: an address may hold anything, and a search takes its time."""


@dataclass(frozen=True)
class Figure:
    """A question that netstats answers.

    Attributes
    ----------
    name
        What a person types after `python -m netstats figures`.
    query
        Stem of the .sql file beside this module that asks it.
    title, definition, source
        French words shown on the page, behind the (i) and in every export.
    empty
        What is said in the place of the figure when the selection has nothing to show.
    columns
        Column of the answer → French header, in order; `ask` returns exactly these.
    technical
        Columns that serve a script or a chart; a reader is spared them on screen, files have them.
    subject
        What the figure is about beside the selection (« code du territoire »): the query binds it as `$subject`.
        Empty: nothing.
    compares
        Column of a ranking that is compared with the period before, row by row (`code`); `columns` then ends with
        `COMPARED`. Empty: none.
    """

    name: str
    query: str
    title: str
    definition: str
    columns: Mapping[str, str]
    empty: str = "Aucune réunion dans cette sélection."
    source: str = ACTIVITY_SOURCE
    technical: frozenset[str] = frozenset({"code", "date_precision"})
    subject: str = ""
    compares: str = ""

    def ask(
        self,
        database: Database,
        filters: Filters,
        subject: str = "",
        *,
        today: date | None = None,
        compared: bool = True,
    ) -> pd.DataFrame:
        """Return the answer under a selection: one column for each of `columns`, in that order.

        Parameters
        ----------
        subject
            What the figure is about, where it says `subject`.
        today
            The day from which « for twelve months » counts, and before which a period must end to be compared; the
            current day when None. A query binds it as `$as_of`, the end of the selected period when that is earlier.
        compared
            Whether a ranking is compared with the period before; otherwise what says so is unknown (NA).
        """
        today, subject = today or date.today(), subject[:LONGEST_SUBJECT]
        frame = self._rows(database, filters, subject, today)
        if self.compares:
            frame = self._compared(frame, database, filters.before(today) if compared else None, subject, today)
        return frame[list(self.columns)]

    def _rows(self, database: Database, filters: Filters, subject: str, today: date) -> pd.DataFrame:
        as_of = min(filters.period.until or today, today)
        parameters: dict[str, object] = {**filters.parameters(), "subject": subject, "as_of": as_of}
        return database.ask(sql(self.query), parameters)

    def _compared(
        self, frame: pd.DataFrame, database: Database, before: Filters | None, subject: str, today: date
    ) -> pd.DataFrame:
        """Add `before` and `change`; unknown (NA) without a period that can be compared."""
        if before is None:
            return frame.assign(**{column: pd.array([None] * len(frame), dtype="Int64") for column in COMPARED})
        then = self._rows(database, before, subject, today).set_index("code")[self.compares]
        earlier = frame["code"].map(then).astype("Int64")
        if self._is_known(database, before):
            earlier = earlier.fillna(0)  # a count: absent from the rows is nil
        return frame.assign(before=earlier, change=frame[self.compares].astype("Int64") - earlier)

    def _is_known(self, database: Database, filters: Filters) -> bool:
        """Return whether nil is surely nil: some meeting says who came (or on what), or surely none was held."""
        known = database.ask(sql("known_meetings"), dict(filters.parameters())).iloc[0]
        if known["meetings"] == 0:
            return bool(database.ask(sql("indicators"), dict(filters.parameters()))["uncertain_meetings"].iloc[0] == 0)
        column = {"attendances": "attended", "meetings": "themed"}.get(self.compares)
        return column is None or bool(known[column] > 0)


@dataclass(frozen=True)
class Indicator:
    """One of the figures at the top of the overview: a column of `INDICATORS`, with its definition."""

    column: str
    label: str
    definition: str


@cache
def sql(query: str) -> str:
    """Return the text of a .sql file of this folder."""
    return resources.files(__package__).joinpath(f"{query}.sql").read_text(encoding="utf-8")
