"""Write into the database: rows that come in and go out, what they change, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pandas as pd

from netstats.errors import NetstatsError
from netstats.model import WRITTEN
from netstats.store import ddl
from netstats.store.building import verify_rows
from netstats.store.database import Database, answer
from netstats.store.scripts import execute, run, script
from netstats.store.search import index_actions

KEYS: Mapping[str, tuple[str, ...]] = {table.name: table.key for table in WRITTEN.values()}
"""Table that people write into → the columns that name a row. Of territories and their communes and names, only those
of our own: the official ones come from data/reference."""

_LABELS = {"theme", "action_type", "audience", "territory"}  # what the search reads of an action beside its text


@dataclass(frozen=True, eq=False)
class Edit:
    """Rows to write.

    Attributes
    ----------
    rows
        Table of `KEYS` → whole rows, with every column of the table but batch_id (of `territory`: code, kind, name; of
        `territory_alias`: territory_code, name). A row whose key is there already takes the place of the old one.
    removed
        Table of `KEYS` → keys of rows to take away.
    """

    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    removed: Mapping[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """What the journal says of one thing that is put in.

    Attributes
    ----------
    kind
        import, entry, minutes, undo, or demonstration, empty.
    label
        What it is, for people.
    author
        A service or initials, never a person's name; empty when not said.
    source
        The files or the address it was read from; empty without.
    undone
        The batch that it takes back, for an undo: the text kept with that one goes.
    text
        The minutes it was read from, when they are to be kept; empty otherwise.
    """

    kind: str
    label: str
    author: str = ""
    source: str = ""
    undone: int | None = None
    text: str = ""


@dataclass(frozen=True, eq=False)
class Changes:
    """What an edit would change.

    Attributes
    ----------
    rows
        One row a changed row of the database: table_name, key, before and after as JSON texts without batch_id
        (before is missing for a new row, after for a removed one), in the order of tables and keys.
    digest
        Fingerprint of those rows: the same changes have the same one.
    """

    rows: pd.DataFrame
    digest: str


class OutdatedError(NetstatsError):
    """What would change is no longer what was shown: somebody has written meanwhile."""


def rehearse(database: Database, edit: Edit) -> Changes:
    """Return what an edit would change: it is written, and taken back before anybody sees it.

    Raises
    ------
    NetstatsError
        The rows do not fit together or with those that are there; or the database is open for reading only.
    """
    with database.transaction(keep=False) as cursor:
        _change(cursor, _open_batch(cursor, Batch("", "")), edit)
        rows = answer(cursor, "SELECT table_name, key, before, after FROM difference ORDER BY table_name, key")
        return Changes(rows, _digest(cursor))


def write(database: Database, batch: Batch, edit: Edit, *, seen: str | None = None) -> int | None:
    """Write rows in one transaction and one batch, with the journal of what they change.

    Parameters
    ----------
    database
        Open for writing.
    batch
        What the journal says of it.
    edit
        The rows.
    seen
        Digest of the changes that a person has agreed to: when others would be made, none is.

    Returns
    -------
    int or None
        Number of the batch; None when nothing changes: nothing is then written, not even a batch.

    Raises
    ------
    OutdatedError
        The changes would not be those of `seen`.
    NetstatsError
        The rows do not fit together or with those that are there; or the database is open for reading only.
    """
    with database.transaction() as cursor:
        number = _open_batch(cursor, batch)
        _change(cursor, number, edit)
        _follow(cursor)
        if seen is not None and seen != _digest(cursor):
            raise OutdatedError(
                "Les données ont changé depuis que la différence a été montrée : rien n’a été enregistré.",
                "Relisez la différence, mise à jour, puis confirmez.",
            )
        noted = "INSERT INTO change SELECT $id, table_name, key, before, after FROM difference"
        (count,) = cursor.execute(noted, {"id": number}).fetchone() or (0,)
        if count == 0:
            cursor.execute("DELETE FROM batch WHERE id = $id", {"id": number})
        elif batch.undone is not None:
            cursor.execute("UPDATE batch SET text = NULL WHERE id = $id", {"id": batch.undone})
    return number if count else None


def _digest(cursor: duckdb.DuckDBPyConnection) -> str:
    found = cursor.execute("SELECT count(*), bit_xor(hash(table_name, key, before, after)) FROM difference").fetchone()
    return str(found)


def _open_batch(cursor: duckdb.DuckDBPyConnection, batch: Batch) -> int:
    (last,) = cursor.execute("SELECT coalesce(max(id), 0) FROM batch").fetchone() or (0,)
    now = datetime.now().replace(microsecond=0)
    cursor.execute(
        """
        INSERT INTO batch (id, applied_on, applied_at, kind, label, author, source, undone, text)
        VALUES ($id, $day, $now, $kind, $label, $author, $source, $undone, $text)
        """,
        {
            "id": last + 1,
            "day": now.date(),
            "now": now,
            "kind": batch.kind,
            "label": batch.label,
            "author": batch.author or None,
            "source": batch.source or None,
            "undone": batch.undone,
            "text": batch.text or None,
        },
    )
    return int(last) + 1


def _change(cursor: duckdb.DuckDBPyConnection, number: int, edit: Edit) -> None:
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE difference (table_name VARCHAR, key VARCHAR, before VARCHAR, after VARCHAR)"
    )
    for table, key in KEYS.items():
        rows, removed = edit.rows.get(table), edit.removed.get(table)
        if rows is None and removed is None:
            continue
        if rows is None:
            rows = pd.DataFrame(columns=list(key), dtype="str")
        if removed is None:
            removed = pd.DataFrame(columns=list(key), dtype="str")
        cursor.register("incoming_rows", rows.assign(batch_id=number) if WRITTEN[table].in_batch else rows)
        cursor.register("outgoing_rows", removed[list(key)])
        execute(cursor, ddl.write_sql(WRITTEN[table]))
    verify_rows(
        cursor,
        "Rechargez la page et recommencez ; si cela se reproduit, transmettez cette phrase.",
        questions=(ddl.verify_sql(), script("store/fits.sql")),
    )


def _follow(cursor: duckdb.DuckDBPyConnection) -> None:
    """Write what follows from the rows: where our own bodies lie, and the words of the actions."""
    touched = {row[0] for row in cursor.execute("SELECT DISTINCT table_name FROM difference").fetchall()}
    if touched & {"territory", "territory_commune"}:
        run(cursor, "store/derive.sql", everywhere=False)
    if touched & _LABELS:
        index_actions(cursor)
    elif "action" in touched:
        actions = cursor.execute("SELECT key FROM difference WHERE table_name = 'action'").fetchall()
        index_actions(cursor, [code for (code,) in actions])
