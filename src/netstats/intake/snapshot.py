"""What the database holds already, as an import needs it: the rows it may change and the names it may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from netstats.catalogue.snapshot import answers, held_rows, region_names
from netstats.intake.forms import HEADCOUNT_UNITS, MEETING_KINDS
from netstats.intake.near import Places
from netstats.reference.gazetteer import Gazetteer
from netstats.reference.territories import Own
from netstats.store import Database

Row = dict[str, object]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What the database holds.

    `rows`: table → its rows, as `netstats.catalogue.snapshot.held_rows` gives them; `regions`: INSEE code → name;
    `gazetteer`: territories by name, own bodies and aliases of the database included; `answers`: what was answered
    about names in earlier imports.
    """

    rows: Mapping[str, pd.DataFrame]
    regions: Mapping[str, str]
    gazetteer: Gazetteer = field(repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    _offered: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def places(self) -> Places:
        """The names of the gazetteer, ready for what resembles them."""
        return Places(self.gazetteer)

    @cached_property
    def networks(self) -> dict[str, tuple[str, ...]]:
        """Code → names by which a network is found."""
        return self._names("network", "name")

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Code → names by which a family of themes is found."""
        return self._names("theme_family", "name")

    @cached_property
    def themes(self) -> dict[str, tuple[str, ...]]:
        """Code → names by which a theme is found."""
        return self._names("theme", "name", "short_name")

    @cached_property
    def types(self) -> dict[str, tuple[str, ...]]:
        """Code → names by which a type of action is found."""
        return self._names("action_type", "name")

    @cached_property
    def audiences(self) -> dict[str, tuple[str, ...]]:
        """Code → names by which an audience is found."""
        return self._names("audience", "name")

    def offered(self, table: str) -> Mapping[str, str]:
        """Return code → name of the rows that a list proposes: all but those that were retired."""
        if table not in self._offered:
            frame = in_use(self.rows[table])
            self._offered[table] = dict(zip(frame["code"], frame["name"], strict=True))
        return self._offered[table]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of meetings: those proposed, then the others in use."""
        return _in_use(MEETING_KINDS, self.rows["meeting"]["kind"])

    @cached_property
    def units(self) -> tuple[str, ...]:
        """What a headcount counts: what is proposed, then what else is in use."""
        return _in_use(HEADCOUNT_UNITS, self.rows["meeting"]["participants_unit"])

    def _names(self, table: str, *columns: str) -> dict[str, tuple[str, ...]]:
        frame = self.rows[table]
        named = zip(*(frame[column] for column in columns), strict=True)
        return dict(zip(frame["code"], named, strict=True))


def in_use(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a list that were not retired."""
    return frame[~frame["retired"].fillna(False).astype(bool)]


def keys_of(frame: pd.DataFrame, names: Iterable[str]) -> list[tuple[object, ...]]:
    """Return the values that some columns hold together, row by row."""
    return list(zip(*(frame[name] for name in names), strict=True))


def own_territories(rows: Mapping[str, pd.DataFrame]) -> Own:
    """Return the bodies and other names in `rows`, as a gazetteer takes them."""
    bodies, communes, aliases = rows["territory"], rows["territory_commune"], rows["territory_alias"]
    return Own(
        bodies=list(zip(bodies["code"], bodies["name"], bodies["kind"], strict=True)),
        communes=list(zip(communes["territory_code"], communes["commune_code"], strict=True)),
        aliases=list(zip(aliases["territory_code"], aliases["name"], strict=True)),
    )


def read_snapshot(database: Database, gazetteer: Gazetteer | None = None) -> Snapshot:
    """Return what the database holds now; a gazetteer that knows its bodies and aliases spares the loading of one."""
    rows = held_rows(database)
    gazetteer = gazetteer or Gazetteer.load(own=own_territories(rows))
    return Snapshot(rows, region_names(database), gazetteer, answers(database))


def plain(column: pd.Series) -> list[object]:
    """Return a column of the database as Python values: None when unknown, dates as dates."""
    if column.dtype.kind == "M":
        return [None if pd.isna(value) else value.date() for value in column]
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


def records(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a table as Python values."""
    columns = [plain(frame[name]) for name in frame.columns]
    return [dict(zip(frame.columns, values, strict=True)) for values in zip(*columns, strict=True)]


def _in_use(proposed: tuple[str, ...], column: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*proposed, *sorted(column.dropna().unique())]))
