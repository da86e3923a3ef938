"""What a figure is: a question in SQL, its columns in French, its definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

import pandas as pd

from netstats.catalogue.chart import ChartSpec
from netstats.catalogue.column import COMPARED, Column
from netstats.filters import Choices, Filters
from netstats.store import Database

ACTIVITY_SOURCE = "FFSU, articles et comptes rendus publiés"
GEOGRAPHY_SOURCE = "Insee, Code officiel géographique 2026 et populations légales (Etalab)"
BOTH_SOURCES = f"{ACTIVITY_SOURCE} ; {GEOGRAPHY_SOURCE}"
WHOLE_DATA = "Toutes les données, activités nationales comprises, sans aucun filtre"

LONGEST_SUBJECT = 200
"""Letters of what is asked about; the rest is left out: an address may hold anything, and a search takes its time."""


@dataclass(frozen=True)
class Figure:
    """A question that netstats answers: one .sql file beside this module, and what it takes to show the answer."""

    name: str  # what a person types after `python -m netstats figures`
    query: str  # stem of the .sql file
    title: str
    definition: str  # what is said behind the (i) and in every export
    columns: Mapping[str, Column]  # `ask` returns exactly these, in order
    chart: ChartSpec | None = None  # where one chart draws it everywhere
    empty: str = "Aucune réunion dans cette sélection."  # said in its place when there is nothing to show
    source: str = ACTIVITY_SOURCE
    subject: str = ""  # what it is about beside the selection, « code du territoire »: bound as `$subject`
    compares: str = ""  # column compared with the period before, row by row (`code`): `columns` ends with `COMPARED`
    whole_data: bool = False  # about all the data, national activities included: no filter rules it
    places_only: bool = False  # ruled by networks, regions and departments: neither by a period nor by a theme
    is_long: bool = False  # a row is a meeting, an attendance or an action: there may be many
    parameters: Mapping[str, object] = field(default_factory=dict)  # bound too, where two figures share a query
    bind: Callable[[str], Mapping[str, object]] = lambda subject: {"subject": subject}  # what the subject binds

    @property
    def headers(self) -> dict[str, str]:
        """Column → French header, in order."""
        return {name: column.header for name, column in self.columns.items()}

    @property
    def technical(self) -> frozenset[str]:
        """Columns that a reader is spared on screen."""
        return frozenset(name for name, column in self.columns.items() if column.is_technical)

    def under(self, filters: Filters) -> Filters:
        """Return what of a selection rules the figure: nothing, when it is about all the data."""
        if self.whole_data:
            return Filters()
        return filters.of_places() if self.places_only else filters

    def scope(self, filters: Filters, choices: Choices, *, whole: bool = True) -> str:
        """Return what the rows are about, in French; see `Filters.sentence`."""
        return WHOLE_DATA if self.whole_data else self.under(filters).sentence(choices, whole=whole)

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

        `today` is the day from which 24 months are counted back, and before which a period must end to be compared;
        a query binds it as `$as_of`, the end of the selected period when that is earlier. Unless `compared`, what says
        how a ranking has changed is unknown (NA).
        """
        today, subject = today or date.today(), subject[:LONGEST_SUBJECT]
        filters = self.under(filters)
        frame = self._rows(database, filters, subject, today)
        if self.compares:
            frame = self._compared(frame, database, filters.before(today) if compared else None, subject, today)
        return frame[list(self.columns)]

    def _rows(self, database: Database, filters: Filters, subject: str, today: date) -> pd.DataFrame:
        as_of = min(filters.period.until or today, today)
        parameters: dict[str, object] = {
            **filters.parameters(),
            **self.parameters,
            **self.bind(subject),
            "as_of": as_of,
        }
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
            recorded = database.ask(sql("known_meetings"), dict(filters.of_networks().parameters())).iloc[0]
            whole = {**filters.parameters(), "by_year": False}
            undated = database.ask(sql("indicators"), whole)["uncertain_meetings"].iloc[0]
            return bool(recorded["meetings"] > 0 and undated == 0)
        column = {"attendances": "attended", "meetings": "themed"}.get(self.compares)
        return column is None or bool(known[column] > 0)


def declared(module: Mapping[str, object]) -> tuple[Figure, ...]:
    """Return the figures that a module declares, in order: it ends with `FIGURES = declared(globals())`."""
    return tuple(value for value in module.values() if isinstance(value, Figure))


@cache
def sql(query: str) -> str:
    """Return the text of a .sql file of this folder."""
    return resources.files(__package__).joinpath(f"{query}.sql").read_text(encoding="utf-8")
