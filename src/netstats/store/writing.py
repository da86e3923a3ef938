"""Write into the database: rows that come in and go out, what they change, all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pandas as pd

from netstats.errors import NetstatsError
from netstats.model import WRITTEN
from netstats.store import ddl
from netstats.store.building import verify_rows
from netstats.store.database import Database
from netstats.store.frames import answer
from netstats.store.scripts import execute, run, script
from netstats.store.search import index_actions

KEYS: Mapping[str, tuple[str, ...]] = {table.name: table.key for table in WRITTEN.values()}
"""Table that people write into → the columns that name a row. Of territories and their communes and names, only those
of our own: the official ones come from data/reference."""

Rows = Mapping[str, pd.DataFrame]

_LABELS = {"theme", "action_type", "audience", "territory"}  # what the search reads of an action beside its text


@dataclass(frozen=True)
class Batch:
    """What the journal says of one thing that is put in.

    `kind` is one of `choices.BATCH_KINDS`, `label` what it is, for people; `author` a service or initials, never a
    person's name; `source` the files or the address that it was read from; `undone` the batch that an undo takes back
    (the text kept with that one goes); `text` the minutes that it was read from, when they are to be
    kept; `answers` what was answered about names, for the next import: key of a question → code of an option.
    """

    kind: str
    label: str
    author: str = ""
    source: str = ""
    undone: int | None = None
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


class OutdatedError(NetstatsError):
    """What would change is no longer what was shown: somebody has written meanwhile."""


def preview(database: Database, rows: Rows, removed: Rows) -> tuple[pd.DataFrame, str]:
    """Return what these rows would change and its version, a fingerprint; all is taken back before anybody sees it.

    One row a changed row of the database, in the order of tables and keys: table_name, key, before and after as JSON
    texts without batch_id (before is missing for a new row, after for a removed one). The arguments are those
    of `write`.
    """
    with database.transaction(keep=False) as cursor:
        _change(cursor, _open_batch(cursor, Batch("", "")), rows, removed)
        found = answer(cursor, "SELECT * FROM difference ORDER BY table_name, key")
        return found, _version(database, cursor)


def write(database: Database, batch: Batch, rows: Rows, removed: Rows, *, expected: str | None = None) -> int | None:
    """Write rows in one transaction and one batch, with the journal of what they change; return its number.

    `rows`: table of `KEYS` → whole rows, with every column but batch_id (of `territory` and
    `territory_alias`, those that people write); a row whose key is there already takes the place of the old one;
    what the journal does not note may be left out, and then stays.
    `removed`: table → keys of rows to take away. When nothing changes, nothing is written: None. Raises an
    `OutdatedError` when the version of what changes is not the one that is `expected`, a `NetstatsError` when the rows
    do not fit together or with those that are there.
    """
    with database.transaction() as cursor:
        number = _open_batch(cursor, batch)
        _change(cursor, number, rows, removed)
        _follow(cursor)
        if expected is not None and expected != _version(database, cursor):
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


def _version(database: Database, cursor: duckdb.DuckDBPyConnection) -> str:
    """Return a fingerprint of what changes, in this opening of this file: another in its place is another base."""
    found = cursor.execute("SELECT count(*), bit_xor(hash(table_name, key, before, after)) FROM difference").fetchone()
    return f"{database.opening} {found}"


def _open_batch(cursor: duckdb.DuckDBPyConnection, batch: Batch) -> int:
    (last,) = cursor.execute("SELECT coalesce(max(id), 0) FROM batch").fetchone() or (0,)
    now = datetime.now().replace(microsecond=0)
    cursor.execute(
        """
        INSERT INTO batch (id, applied_on, applied_at, kind, label, author, source, undone, text, answers)
        VALUES ($id, $day, $now, $kind, $label, $author, $source, $undone, $text, $answers)
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
            "answers": json.dumps(dict(batch.answers), ensure_ascii=False) if batch.answers else None,
        },
    )
    return int(last) + 1


def _change(cursor: duckdb.DuckDBPyConnection, number: int, rows: Rows, removed: Rows) -> None:
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE difference (table_name VARCHAR, key VARCHAR, before VARCHAR, after VARCHAR)"
    )
    for name, key in KEYS.items():
        if name in rows or name in removed:
            none = pd.DataFrame(columns=list(key), dtype="str")
            incoming = rows.get(name, none)
            table = WRITTEN[name]
            incoming = incoming.assign(batch_id=number) if table.in_batch else incoming
            cursor.register("incoming_rows", incoming)
            cursor.register("outgoing_rows", removed.get(name, none)[list(key)])
            execute(cursor, ddl.write_sql(table, incoming.columns))
    verify_rows(
        cursor,
        "Rechargez la page et recommencez ; si cela se reproduit, transmettez cette phrase.",
        questions=(ddl.verify_sql(), ddl.shared_sql(written=True), script("store/fits.sql")),
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
