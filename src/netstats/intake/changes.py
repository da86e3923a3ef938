"""What is put in: a change set, its preview, its commit as one entry of the journal, and the undo of an entry."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from netstats import store, wording
from netstats.catalogue import journal as questions
from netstats.declaration import Column
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.model import WRITTEN
from netstats.store import Batch, Database, records_frame

NOUNS = {table.name: table.nouns for table in WRITTEN.values()}
"""Table → what one of its rows is called, and several."""

ADDED, CHANGED, REMOVED = "ajout", "modification", "retrait"


@dataclass(frozen=True, eq=False)
class ChangeSet:
    """Whole rows to write, and keys of rows to take away, by table (`store.write` says their columns)."""

    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    removed: Mapping[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Diff:
    """What a change set would change, or an entry has changed.

    `rows`: one a changed row of the database: table_name, key, before, after (JSON). `unchanged`: table → how many rows
    of the change set are there already, just the same. `version`: which changes these are; empty for an entry.
    """

    rows: pd.DataFrame
    unchanged: Mapping[str, int] = field(default_factory=dict)
    version: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return self.rows.empty

    def counts(self) -> pd.DataFrame:
        """Return how many rows of each table are added, changed, removed and unchanged.

        Columns: table_name, ajout, modification, retrait, inchangé; tables without any row are left out.
        """
        found = kinds(self.rows)
        rows = []
        for table in NOUNS:
            of_table = found[self.rows["table_name"] == table]
            counts = {kind: int((of_table == kind).sum()) for kind in (ADDED, CHANGED, REMOVED)}
            same = self.unchanged.get(table, 0)
            if any(counts.values()) or same:
                rows.append({"table_name": table, **counts, "inchangé": same})
        return pd.DataFrame(rows, columns=["table_name", ADDED, CHANGED, REMOVED, "inchangé"])

    def sentence(self) -> str:
        """Return the whole in one sentence: « ajout de 2 réunions et 14 présences ; modification de 1 réunion »."""
        counts = self.counts().to_dict("records")
        said = []
        for kind in (ADDED, CHANGED, REMOVED):
            nouns = [wording.counted(row[kind], *NOUNS[row["table_name"]]) for row in counts if row[kind]]
            if nouns:
                said.append(f"{kind} de {wording.listing(nouns)}")
        return " ; ".join(said) if said else "aucun changement"


def kinds(rows: pd.DataFrame) -> pd.Series:
    """Return of each row of a diff whether it is an `ADDED`, a `CHANGED` or a `REMOVED` one."""
    found = pd.Series(CHANGED, index=rows.index, dtype="str")
    found[rows["before"].isna()] = ADDED
    found[rows["after"].isna()] = REMOVED
    return found


def preview(database: Database, change_set: ChangeSet) -> Diff:
    """Return what a change set would change; raise a NetstatsError when its rows do not fit with those there."""
    rows, version = store.preview(database, change_set.rows, change_set.removed)
    touched = rows[rows["after"].notna()].groupby("table_name").size().to_dict()
    unchanged = {table: len(frame) - int(touched.get(table, 0)) for table, frame in change_set.rows.items()}
    return Diff(rows, unchanged, version)


def commit(database: Database, change_set: ChangeSet, batch: Batch, *, expected: Diff | None = None) -> int | None:
    """Put a change set in as one entry of the journal and return its number, None when there was nothing to change.

    An import leaves a copy of the database first, and so does the first write of a day. `expected` is what a person has
    agreed to: should something else change, nothing is written and a `store.OutdatedError` raised; a NetstatsError when
    the rows do not fit with those that are there, the copy cannot be written, or the author or the text of the batch
    may not be kept.
    """
    database.see_that_it_is_writable()
    if expected is not None and expected.is_empty:
        return None
    batch = replace(batch, author=journal.author(batch.author))
    if batch.text:
        journal.see_that_it_may_be_kept(batch.text)
    version = expected.version if expected is not None else None
    with database.writing:  # nobody writes between the copy and the entry
        copy = store.back_up(database) if batch.kind == journal.IMPORT else store.back_up_daily(database)
        number = None
        try:
            number = store.write(database, batch, change_set.rows, change_set.removed, expected=version)
        finally:
            if copy is not None and number is None:
                store.forget(copy)  # nothing has changed: older copies tell more
        if copy is not None and database.path is not None:
            store.forget_oldest(database.path)  # not the copy that somebody else is making
    return number


def committed(database: Database, number: int) -> Diff:
    """Return what an entry of the journal has changed."""
    return Diff(questions.changes(database, number))


def undo(database: Database, number: int) -> ChangeSet:
    """Return the change set that takes an entry back.

    Raises a NetstatsError when the entry is none that can be taken back, or rows of it were changed since: it says by
    which entry.
    """
    known = questions.entries(database).set_index("id")
    if number not in known.index:
        raise NetstatsError(f"L’entrée n° {number} n’existe pas.", "Le journal donne la liste des entrées.")
    rows = questions.changes(database, number)
    if rows.empty:
        kind = journal.KINDS.get(str(known.loc[number, "kind"]), "")
        raise NetstatsError(
            f"L’entrée n° {number} ({kind}) ne peut pas être annulée : elle fonde la base.",
            "Corrigez ses réunions une à une, ou remettez une sauvegarde en place.",
        )
    change_set = _inverse(rows)
    try:
        would = preview(database, change_set).rows
    except NetstatsError as error:  # a later row needs one of those that would go
        raise _in_the_way(database, number) from error
    if would.empty:
        raise NetstatsError(f"L’entrée n° {number} est déjà annulée.", "Rien n’a été changé.")
    reads: tuple[Callable[[str], str], ...] = (str, _known)  # the first is quick, and nearly always enough
    if all(_images(would, "before", "after", read) != _images(rows, "after", "before", read) for read in reads):
        raise _in_the_way(database, number)
    return change_set


def _images(rows: pd.DataFrame, first: str, second: str, read: Callable[[str], str]) -> set[tuple[str, ...]]:
    images = (rows[side].fillna("").map(read) for side in (first, second))
    return set(zip(rows["table_name"], rows["key"], *images, strict=True))


def _known(record: str) -> str:
    """Return what is known in a record: a column that its table did not have yet is as one that is empty."""
    return json.dumps({name: value for name, value in _record(record).items() if value is not None})


def _in_the_way(database: Database, number: int) -> NetstatsError:
    later = questions.later(database, number)
    if later.empty:
        return NetstatsError(
            f"L’entrée n° {number} ne peut pas être annulée : ce qu’elle a écrit n’est plus tel qu’elle l’a laissé.",
            "Corrigez la réunion à la main.",
        )
    named = [f"n° {row.id} ({row.label})" for row in later.itertuples()]
    shown = wording.listing(named if len(named) <= 3 else [*named[:3], f"{len(named) - 3} autres"])
    return NetstatsError(
        f"L’entrée n° {number} ne peut pas être annulée telle quelle : ses lignes ont été changées depuis, ou d’autres "
        f"en dépendent, par {'l’entrée' if len(named) == 1 else 'les entrées'} {shown}.",
        "Annulez d’abord ce qui est venu après, ou corrigez la réunion à la main.",
    )


def _inverse(rows_changed: pd.DataFrame) -> ChangeSet:
    rows: dict[str, pd.DataFrame] = {}
    removed: dict[str, pd.DataFrame] = {}
    for table, group in rows_changed.groupby("table_name"):
        back = group[group["before"].notna()]
        gone = group[group["before"].isna()]
        if not back.empty:
            rows[str(table)] = records_frame(str(table), map(json.loads, back["before"]))
        if not gone.empty:
            keys = list(store.KEYS[str(table)])
            removed[str(table)] = records_frame(str(table), map(json.loads, gone["after"]))[keys]
    return ChangeSet(rows, removed)


def describe(database: Database, rows: pd.DataFrame, *, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return rows of a diff as people read them, a row a changed field; of a row added or removed, every field.

    `within` is the whole diff, when `rows` are a part of it: what is new as well is then told by its name.

    Columns: ligne (rank of the row), sorte (ajout, modification, retrait), quoi (« réunion »), où (which one), champ,
    avant, après: texts, empty where a value is unknown; nommé: whether « où » says the field.
    """
    records = [
        (str(row.table_name), _record(row.before), _record(row.after), kind)
        for row, kind in zip(rows.itertuples(), kinds(rows), strict=True)
    ]
    called = _names(database, records, rows if within is None else within)
    fields = []
    for rank, (table, before, after, kind) in enumerate(records):
        where = _where(table, after or before, called)
        for name in after or before:
            column = WRITTEN[table].column(name)
            if not column.header:
                continue  # nothing that a person reads
            old, new = (_value(column, record, called) for record in (before, after))
            if old != new:
                is_said = name in (*_NAMED_BY.get(table, ()), *store.KEYS[table]) or where in {old, new}
                fields.append((rank, kind, NOUNS[table][0], where, column.header, old, new, is_said))
    return pd.DataFrame(fields, columns=["ligne", "sorte", "quoi", "où", "champ", "avant", "après", "nommé"])


def _record(text: object) -> dict[str, Any]:
    return json.loads(text) if isinstance(text, str) and text else {}


def _names(
    database: Database, records: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any], str]], within: pd.DataFrame
) -> dict[str, dict[str, str]]:
    """Return table → code → name of what the records refer to: as the database says, or else the changes themselves."""
    referred = {
        (column.refers_to, str(record[column.name]))
        for table, *both, _ in records
        for record in both
        for column in WRITTEN[table].stored
        if column.refers_to and record.get(column.name)
    }
    called = questions.names(database, sorted(code for table, code in referred if table == "territory"))
    meetings = questions.meetings(database, sorted(code for table, code in referred if table == "meeting"))
    called["meeting"] = {str(row["code"]): _titled(row) for row in meetings.to_dict("records")}
    missing = {(table, code) for table, code in referred if code not in called.get(table, {})}
    if missing:  # it is not there yet, or any more
        told = within[within["key"].isin({code for _, code in missing})]
        for row in (*questions.last_known(database, missing).itertuples(), *told.itertuples()):
            if (row.table_name, row.key) in missing:
                record = _record(row.after) or _record(row.before)
                name = _titled(record) if row.table_name == "meeting" else str(record["name"])
                called.setdefault(str(row.table_name), {})[str(row.key)] = name
    return called


_NAMED_BY = {
    "meeting": ("title", "held_on"),
    "action": (),  # its description, where that is short enough
    **dict.fromkeys(("network", "theme_family", "theme", "action_type", "audience", "territory", "draft"), ("name",)),
}
"""Table → the columns that name one of its rows to people; those of the key for the others."""


def _where(table: str, record: Mapping[str, Any], called: Mapping[str, Mapping[str, str]]) -> str:
    if table == "meeting":
        return _titled(record)
    if table == "action":
        return textwrap.shorten(str(record["description"]), 80, placeholder="…")
    if table in _NAMED_BY:
        return str(record["name"])
    parts = [_value(WRITTEN[table].column(name), record, called) for name in store.KEYS[table]]
    return " – ".join(reversed(parts))


def _value(column: Column, record: Mapping[str, Any], called: Mapping[str, Mapping[str, str]]) -> str:
    value = record.get(column.name)
    if value is None or column.name == "date_precision":  # a date is written as precise as it is known
        return ""
    if column.kind == "yes_no":
        return "oui" if value else "non"
    if column.kind == "date":
        return _date(value, record[column.precision] if column.precision else "day")
    if column.refers_to:
        return called.get(column.refers_to, {}).get(str(value), str(value))
    return column.choices.get(str(value), str(value))


def _titled(meeting: Mapping[Any, Any]) -> str:
    return f"{meeting['title']} ({_date(meeting['held_on'], meeting['date_precision'])})"


def _date(value: object, precision: object) -> str:
    return wording.date(None if wording.is_missing(value) else pd.Timestamp(str(value)), str(precision))
