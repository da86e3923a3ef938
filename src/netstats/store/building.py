"""Make a database: from the official geography and validated rows, or from an older one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from netstats.errors import NetstatsError
from netstats.files import put_in_place, room, target, workshop
from netstats.model import WRITTEN
from netstats.store import ddl, presentations
from netstats.store.backup import back_up, forget_oldest
from netstats.store.connection import harden, make, reason
from netstats.store.database import Database, NotWrittenError
from netstats.store.frames import contents
from netstats.store.opening import checkpoint, inspect, open_database, see_that_it_is_whole
from netstats.store.scripts import execute, run
from netstats.store.search import index_actions, relate_words

REFERENCE_FILES = (
    "regions.csv",
    "departments.csv",
    "communes.csv",
    "intercommunalities.csv",
    "intercommunality_communes.csv",
    "aliases.csv",
    "synonyms.csv",
)
"""The files of data/reference that a database is built from."""

_ROOM = 6
"""How much larger a database is than the files of the official geography, which make most of it: 5.1 times."""

_JOURNAL = {"batch": "SELECT * FROM batch", "change": "SELECT * FROM change"}

ROWS = {table.name: ddl.rows_sql(table) for table in WRITTEN.values()}
"""Table → the question for the rows that people write, in the order in which they refer to each other. The official
geography is not among them, nor the batch of a row."""


def build(
    reference: Path, frames: Mapping[str, pd.DataFrame], *, path: Path | None, made: str = "", digest: str = ""
) -> Database:
    """Make a new database from the official geography and validated rows, and open it.

    `reference` is the directory of the official geography; `frames` hold the rows of each table, of `territory` and
    `territory_commune` those that are not in the official list. `made` and `digest` say what the database is made by
    and `frames` were read from, to know later whether the file is still up to date. Without a path it is in memory;
    else the file takes its name only once it is whole.

    A NetstatsError says that a reference file is missing, a key is doubled, a reference dangles, or the place cannot be
    written.
    """
    if path is None:
        connection = duckdb.connect(":memory:")
        _fill(connection, reference, frames, made, digest)
        harden(connection, None)
        return Database(connection)
    path = target(path)
    try:
        with workshop(path.parent) as place:
            draft = place / path.name
            with make(draft) as connection:
                _fill(connection, reference, frames, made, digest)
                connection.execute("CHECKPOINT")
                written = contents(connection)
            see_that_it_is_whole(draft, written)
            _replace(draft, path, made, digest)
    except (OSError, duckdb.Error) as error:
        raise _not_written(path, reference, error) from error
    return open_database(path)


def carry_over(reference: Path, path: Path, *, made: str) -> Database:
    """Make the database at `path` anew as this version makes it, with all that people have put into it, and open it.

    A copy of what it was is kept. A NetstatsError says that it is open elsewhere, or that what it holds does not fit
    the new official geography: it then stays as it was.
    """
    old = open_database(path)
    try:
        kept = {table.name: ddl.carried_sql(table) for table in WRITTEN.values()} | _JOURNAL
        if old.ask("FROM duckdb_tables() WHERE table_name = 'draft'").empty:
            del kept["draft"]  # an older version has made it
        frames = {table: old.ask(sql) for table, sql in kept.items()} | presentations.carried(old)
        digest = old.ask("SELECT digest FROM build")["digest"].iloc[0]
        with workshop(path.parent) as place:
            draft = place / path.name
            build(reference, frames, path=draft, made=made, digest=digest).close()
            back_up(old)
            forget_oldest(path)
            old.close()
            _replace(draft, path, made, digest)
    except OSError as error:
        raise _not_written(path, reference, error) from error
    except duckdb.Error as error:
        raise NetstatsError(
            f"La base {path} a été faite par une version trop ancienne de netstats, rien n’a été changé.",
            "Exportez ses données avec la version qui l’a faite, puis importez-les.",
        ) from error
    finally:
        old.close()
    return open_database(path)


def _not_written(path: Path, reference: Path, error: OSError | duckdb.Error) -> NotWrittenError:
    needed = sum(file.stat().st_size for file in reference.glob("*.csv")) * _ROOM
    return NotWrittenError(
        f"La base n’a pas pu être écrite ici : {path} ({reason(error)}).",
        f"{room(path.parent, needed)} Vous pouvez aussi la mettre ailleurs : NETSTATS_DATABASE dit où.",
    )


def _replace(draft: Path, path: Path, made: str, digest: str) -> None:
    checkpoint(path)
    try:
        put_in_place(draft, path)
    except PermissionError as error:  # Windows: an open file cannot be replaced
        origin = inspect(path)
        if origin is not None and (origin.made, origin.digest) == (made, digest):
            return  # another program has just built the same
        raise NotWrittenError(
            f"La base {path} doit être refaite, mais un autre programme l’a ouverte.",
            "Fermez le tableau de bord, puis recommencez.",
        ) from error


def _fill(
    connection: duckdb.DuckDBPyConnection, reference: Path, frames: Mapping[str, pd.DataFrame], made: str, digest: str
) -> None:
    missing = [name for name in REFERENCE_FILES if not (reference / name).is_file()]
    if missing:
        raise NetstatsError(
            f"Il manque dans {reference} : {', '.join(missing)}.",
            "Récupérez ces fichiers avec le reste du projet (data/reference).",
        )
    connection.execute("BEGIN")
    execute(connection, ddl.tables_sql())
    run(connection, "schema.sql")
    for table, frame in frames.items():
        connection.append(table, frame, by_name=True)
    run(connection, "store/build.sql", reference=reference.as_posix())
    run(connection, "store/derive.sql", everywhere=True)
    relate_words(connection, reference / "synonyms.csv")
    index_actions(connection)
    connection.execute("INSERT INTO build VALUES (?, ?)", [made, digest])
    verify_rows(connection, "Lancez « python -m netstats check » pour savoir quelle ligne corriger.")
    connection.execute("COMMIT")
    execute(connection, ddl.keys_sql())


def verify(database: Database) -> None:
    """Raise a NetstatsError when a part of a database cannot be read, or its rows do not fit together."""
    with database.reading() as cursor:
        contents(cursor)
        verify_rows(cursor, "Remettez une copie en place : « python -m netstats restore ».", "elles ont été abîmées")
        remedy = "Changez-les sur la page « Référentiels »."
        verify_rows(cursor, remedy, "des lignes d’une liste se confondent", (ddl.shared_sql(),))


def verify_rows(
    connection: duckdb.DuckDBPyConnection,
    remedy: str,
    fate: str = "rien n’a été écrit",
    questions: Sequence[str] = (ddl.verify_sql(),),
) -> None:
    """Raise a NetstatsError when a key is doubled or a reference dangles; `fate` says what became of the rows."""
    faults = [fault for question in questions for fault in connection.execute(question).fetchall()]
    if faults:
        shown = " ; ".join(f"{table} : « {value} » {fault}" for table, value, fault in faults[:5])
        raise NetstatsError(
            f"Les données ne se tiennent pas, {fate} ({len(faults)} anomalies, dont : {shown}).", remedy
        )
