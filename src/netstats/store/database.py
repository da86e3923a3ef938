"""An open database: questions in, frames out; one writer at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from netstats.errors import NetstatsError
from netstats.model import choices

FICTIONAL_KIND = choices.DEMONSTRATION
"""The kind of a batch that is made up; a database with one says on every page and export that it is."""

FOUNDING_KIND = choices.FOUNDING
"""The kind of the batch that data/network is."""

EMPTY_KIND = choices.EMPTY
"""The kind of the first batch of a database that began without any activity."""

BEGINNINGS = (FOUNDING_KIND, FICTIONAL_KIND, EMPTY_KIND)
"""Kinds of what a database begins with: nobody has put it in, and none of it is taken back."""

BACKUPS = "sauvegardes"
"""Folder of the copies, beside the database: the only place besides it where an open database may write."""

_COLUMNS = "SELECT table_name, column_name FROM duckdb_columns()"
_VERSION = """
SELECT b.id, b.undone, b.applied_on, b.kind, build.digest
FROM batch AS b, build
ORDER BY b.id DESC
"""


class ForeignFileError(NetstatsError):
    """The file is no database of ours, or can no longer be read as one."""


@dataclass(frozen=True)
class Version:
    """Which data a figure shows; a cache of figures is good for one value of it.

    Attributes
    ----------
    batch
        Number of the last thing that was put in.
    digest
        What the database was built from.
    updated_on
        Day on which it was.
    fictional
        Whether it is a demonstration set: every page and every export says so.
    published
        Whether it holds what the FFSU has published (data/network).
    entered
        Whether it holds what somebody has put in since.
    """

    batch: int
    digest: str
    updated_on: date
    fictional: bool = False
    published: bool = True
    entered: bool = False


@dataclass(frozen=True)
class Origin:
    """What a file was made from, and whether somebody has put something in since.

    Attributes
    ----------
    made
        Fingerprint of the way databases are made and of the official geography; empty for an older schema.
    digest
        Fingerprint of the founding data; empty for an older schema.
    fictional
        Whether it is a demonstration set.
    kept
        Whether it holds more than the founding data: it must then never be built again from data/.
    """

    made: str
    digest: str
    fictional: bool
    kept: bool


class Database:
    """An open database. Safe to share between threads: every question gets a cursor of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None, *, writable: bool = True) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self.path = path
        self.writable = writable
        self.writing = threading.RLock()
        """Held by who writes: one after the other, none lost."""

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor: one connection used by two threads at once is unsafe."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor in a transaction: all of it is kept when the block ends, nothing when it raises.

        With `keep=False` nothing is kept at all: a rehearsal.

        Raises
        ------
        NetstatsError
            The database is open for reading only, somebody else is writing the same rows, or the disk refuses.
        """
        self.see_that_it_is_writable()
        try:
            with self.writing, self.cursor() as cursor:
                cursor.execute("BEGIN")
                try:
                    yield cursor
                except BaseException:
                    cursor.execute("ROLLBACK")
                    raise
                cursor.execute("COMMIT" if keep else "ROLLBACK")
        except duckdb.Error as error:
            if "conflict" in str(error).lower():
                what, remedy = "Une autre saisie s’enregistrait au même moment", "Recommencez."
            else:
                what, remedy = f"L’enregistrement a échoué ({error})", "Vérifiez la place et les droits sur le disque."
            raise NetstatsError(f"{what} : rien n’a été écrit.", remedy) from error

    def see_that_it_is_writable(self) -> None:
        """Raise a NetstatsError when the database is open for reading only."""
        if not self.writable:
            raise NetstatsError(
                f"La base {self.path} est ouverte en lecture seule, rien n’a été enregistré.",
                "Donnez au programme le droit d’écrire dans ce fichier et son dossier.",
            )

    def ask(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the answer to one SQL question.

        Parameters
        ----------
        sql
            One statement with named parameters (`$since`).
        parameters
            Values to bind; those that the statement does not name are left out.

        Returns
        -------
        pandas.DataFrame
            Integers that may be unknown are `Int32` or `Int64`, so that 3 stays 3 beside an unknown.
        """
        try:
            with self.cursor() as cursor:
                return answer(cursor, sql, parameters)
        except duckdb.IOException as error:
            raise NetstatsError(
                f"La base {self.path} est abîmée : une partie n’en peut plus être lue.",
                "Remettez une sauvegarde en place : python -m netstats restore.",
            ) from error

    def version(self) -> Version:
        """Return which data the database holds now."""
        with self.cursor() as cursor:
            batches = cursor.execute(_VERSION).fetchall()
        if not batches:
            raise NetstatsError(f"La base {self.path} ne contient encore aucune donnée.", "Reconstruisez-la.")
        stands = effective_batches((number, undone) for number, undone, *_ in batches)
        kinds = {kind for number, undone, _, kind, _ in batches if undone is None and number in stands}
        last, _, updated_on, _, digest = batches[0]
        return Version(
            last,
            digest,
            updated_on,
            fictional=FICTIONAL_KIND in kinds,
            published=FOUNDING_KIND in kinds,
            entered=bool(kinds - set(BEGINNINGS)),
        )

    def close(self) -> None:
        """Close the database; it can be opened again."""
        self._connection.close()


def effective_batches(batches: Iterable[tuple[int, int | None]]) -> set[int]:
    """Return the batches that count: not those taken back, unless what took them back was itself taken back.

    `batches` are the number of each, the last first, and of the one that it takes back.
    """
    stands: set[int] = set()
    taken_back: set[int] = set()
    for number, undone in batches:
        if number not in taken_back:
            stands.add(number)
            if undone is not None:
                taken_back.add(undone)
    return stands


def answer(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
    """Return what a cursor answers to one SQL question, see `Database.ask`."""
    (statement,) = cursor.extract_statements(sql)
    bound = {name: value for name, value in (parameters or {}).items() if name in statement.named_parameters}
    relation = cursor.execute(statement, bound)
    types = {column[0]: str(column[1]) for column in relation.description or ()}
    frame = relation.df()
    whole = [name for name, kind in types.items() if kind.endswith(("INT", "INTEGER")) or kind == "NUMBER"]
    for name in whole:
        if frame[name].dtype.kind == "f":
            frame[name] = frame[name].astype("Int64")
    return frame


def harden(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Take away what no question needs: other files, the network, changes of settings."""
    if connection.execute("SELECT current_setting('lock_configuration')").fetchone() == (True,):
        return  # opened twice in one process: the settings are shared, and closed already
    if path is not None:
        connection.execute("SET allowed_directories = $places", {"places": [str(path.absolute().parent / BACKUPS)]})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def open_database(path: Path, *, read_only: bool = False) -> Database:
    """Open an existing database, for writing where the rights allow it: no other program can then open it.

    Parameters
    ----------
    path
        Where it lies.
    read_only
        Open it for reading only: several programs can do so at once.

    Raises
    ------
    NetstatsError
        When the file is missing, is no database, or is open elsewhere.
    """
    if not is_file(path):
        raise NetstatsError(f"La base {path} n’existe pas.", "Lancez le tableau de bord, il la construit.")
    if not os.access(path, os.R_OK):
        raise _forbidden(path)
    read_only = read_only or not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))
    try:
        connection = _connect(path, read_only=read_only)
        harden(connection, path)
    except duckdb.Error as error:
        # The rest of DuckDB's sentence is the system's own, in its language: « … is already open in … » stays English.
        if any(mark in str(error) for mark in ("Could not set lock", "already open", "used by another process")):
            raise NetstatsError(
                f"La base {path} est ouverte par un autre programme, sans doute le tableau de bord : rien n’a été lu "
                "ni changé.",
                "Fermez-le puis recommencez, ou faites-le depuis le tableau de bord (pages « Données »).",
            ) from error
        raise foreign(path) from error
    return Database(connection, path, writable=not read_only)


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(path, read_only=read_only)
    except duckdb.ConnectionException as error:
        if "different configuration" not in str(error):
            raise
        return duckdb.connect(path, read_only=not read_only)  # this very process has it open in the other manner


def inspect(path: Path) -> Origin | None:
    """Return what the database at `path` was made from; None when there is no such file.

    Raises
    ------
    NetstatsError
        When the file is something else, which must not be overwritten, or is open for writing elsewhere.
    """
    if not is_file(path):
        return None
    database = open_database(path, read_only=True)
    try:
        with database.cursor() as cursor:
            columns = set(cursor.execute(_COLUMNS).fetchall())
            if not {("meeting", "held_on"), ("territory", "code")} <= columns:
                raise foreign(path)
            kinds: set[str] = set()
            if ("batch", "kind") in columns:
                kinds = {kind for (kind,) in cursor.execute("SELECT DISTINCT kind FROM batch").fetchall()}
            made: tuple[str, str] | None = None
            if {("build", "made"), ("build", "digest")} <= columns:
                made = cursor.execute("SELECT made, digest FROM build").fetchone()
    finally:
        database.close()
    return Origin(*(made or ("", "")), fictional=FICTIONAL_KIND in kinds, kept=bool(kinds - {FOUNDING_KIND}))


def checkpoint(path: Path) -> None:
    """See that no log lies beside the closed database at `path`: what is in it goes into the file.

    A log outlives a program that was killed; under another file of that name, it would be replayed into that one.

    Raises
    ------
    NetstatsError
        The log stays: its database is missing, open elsewhere or cannot be read.
    """
    log = log_of(path)
    if log.exists() and is_file(path):
        open_database(path).close()
    if log.exists():
        raise NetstatsError(
            f"{log} garde des écritures que la base {path.name} n’a pas reçues : rien n’a été changé.",
            "Mettez ce fichier à l’abri ailleurs, puis recommencez.",
        )


def log_of(path: Path) -> Path:
    """Return where the log of a database lies."""
    return path.with_name(path.name + ".wal")


def is_file(path: Path) -> bool:
    """Return whether there is a file at `path`.

    Raises
    ------
    NetstatsError
        When one may not even look.
    """
    try:
        return path.is_file()
    except PermissionError as error:
        raise _forbidden(path) from error


def _forbidden(path: Path) -> NetstatsError:
    return NetstatsError(
        f"Vous n’avez pas le droit de lire {path}.",
        "Demandez ce droit, ou nommez un autre fichier dans NETSTATS_DATABASE.",
    )


def foreign(path: Path) -> ForeignFileError:
    """Return the refusal of a file that is no database of ours."""
    return ForeignFileError(
        f"Le fichier {path} n’est pas une base netstats lisible.",
        "Déplacez-le, ou nommez un autre fichier dans NETSTATS_DATABASE : le tableau de bord en construira une.",
    )
