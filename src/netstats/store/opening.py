"""Open the file of a database, and say what it is: ours, of which version, or something else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from netstats import choices
from netstats.errors import NetstatsError
from netstats.store.connection import BACKUPS, connect, identity
from netstats.store.database import Database, UnreadableError, let_go_of_replaced
from netstats.store.frames import contents
from netstats.store.open_file import open_file

_VERSION_AT, _FIRST_NAMING = 12, b"\x43"  # where a file says the version of its format, and the first with named logs
_NAMELESS = b"d\x00be\x00\x02\xff\xff"  # how a log of before begins; a later one goes on with the name of its file

_COLUMNS = "SELECT table_name, column_name FROM duckdb_columns()"


@dataclass(frozen=True)
class Origin:
    """What a file was made from, and whether somebody has put something in since."""

    made: str
    """Fingerprint of the way databases are made and of the official geography; empty for an older schema."""
    digest: str
    """Fingerprint of the founding data; empty for an older schema."""
    fictional: bool
    """Whether it is a demonstration set."""
    kept: bool
    """Whether it holds more than the founding data: it must then never be built again from data/."""


def open_database(path: Path, *, read_only: bool = False) -> Database:
    """Open an existing database, for writing where the rights allow it: no other program can then open it.

    Several programs can open one for reading only. A NetstatsError says that the file is missing, is no database, or is
    open elsewhere.
    """
    let_go_of_replaced(path)
    if not is_file(path):
        raise NetstatsError(f"La base {path} n’existe pas.", "Vérifiez son chemin.")
    if not os.access(path, os.R_OK):
        raise forbidden(path)
    read_only = read_only or not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))
    try:
        file = open_file(path)
        with file.writing, file.changing():  # into which an older version, or a program that was killed, left a log
            if _is_log_nameless(path):
                raise _foreign_log(path)
            connection = connect(path, read_only=read_only)
    except FileNotFoundError:  # just now
        return open_database(path, read_only=read_only)
    except duckdb.Error as error:
        # The rest of DuckDB's sentence is the system's own, in its language: « … is already open in … » stays English.
        if any(mark in str(error) for mark in ("Could not set lock", "already open", "used by another process")):
            raise NetstatsError(
                f"La base {path} est ouverte par un autre programme, sans doute le tableau de bord : rien n’a été lu "
                "ni changé.",
                "Fermez-le puis recommencez, ou faites-le depuis le tableau de bord (pages « Données »).",
            ) from error
        if "WAL" in str(error) and "not match" in str(error):
            raise _foreign_log(path) from error
        raise _foreign(path) from error
    if identity(path) != file.identity:  # replaced just now: which of both it is, nobody knows
        connection.close()
        return open_database(path, read_only=read_only)
    return Database(connection, file, writable=not read_only)


def inspect(path: Path) -> Origin | None:
    """Return what the database at `path` was made from; None when there is no such file.

    A NetstatsError says that it is something else, which must not be overwritten, or is open for writing elsewhere.
    """
    let_go_of_replaced(path)
    if not is_file(path):
        return None
    database = open_database(path, read_only=True)
    try:
        with database.reading() as cursor:
            columns = set(cursor.execute(_COLUMNS).fetchall())
            if not {("meeting", "held_on"), ("territory", "code")} <= columns:
                raise _foreign(path)
            kinds: set[str] = set()
            if ("batch", "kind") in columns:
                kinds = {kind for (kind,) in cursor.execute("SELECT DISTINCT kind FROM batch").fetchall()}
            made: tuple[str, str] | None = None
            if {("build", "made"), ("build", "digest")} <= columns:
                made = cursor.execute("SELECT made, digest FROM build").fetchone()
    finally:
        database.close()
    return Origin(*(made or ("", "")), fictional=choices.DEMONSTRATION in kinds, kept=bool(kinds - {choices.FOUNDING}))


def see_that_it_is_whole(path: Path, written: Mapping[str, tuple[int, int | None]]) -> None:
    """Raise an OSError unless the closed database at `path` is read again just as it was written (see `contents`)."""
    try:
        with open_database(path, read_only=True) as database, database.reading() as cursor:
            found = contents(cursor)
    except NetstatsError as error:
        raise OSError("ce qui est écrit ne se relit pas") from error
    if found != written or log_of(path).exists():
        raise OSError("ce qui est écrit n’est pas entier")


def checkpoint(path: Path) -> None:
    """See that no log lies beside the closed database at `path`: what is in it goes into the file.

    A log outlives a program that was killed; under another file of that name, it would be replayed into that one. A
    NetstatsError says that it stays: its database is missing, open elsewhere or cannot be read.
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


class ForeignLogError(NetstatsError):
    """Beside a database lay the log of another file; it is put aside, and was not read."""


def _is_log_nameless(path: Path) -> bool:
    """Return whether the log beside a file does not say of which it is, though all those of the file do.

    An older version of DuckDB's format has left it, beside another file than this: DuckDB would replay it.
    """
    log = log_of(path)
    if not log.exists():
        return False
    with path.open("rb") as file, log.open("rb") as written:
        version, head = file.read(_VERSION_AT + 1), written.read(len(_NAMELESS))
    return head == _NAMELESS and version[_VERSION_AT:] >= _FIRST_NAMING


def _foreign_log(path: Path) -> ForeignLogError:
    """Put the log of another file aside, and return what is said of it."""
    log = log_of(path)
    aside = log.with_name(f"{log.name}.ecarte-{datetime.now():%Y-%m-%d-%H%M%S-%f}")
    what = f"À côté de la base {path} se trouvait le journal d’écritures d’un autre fichier : il n’a pas été lu."
    try:
        os.replace(log, aside)
    except OSError:
        return ForeignLogError(what, f"Déplacez {log}, puis recommencez.")
    return ForeignLogError(
        what,
        f"Il est gardé sous le nom {aside.name}. Recommencez : la base s’ouvre, telle qu’elle a été mise là.",
    )


def is_file(path: Path) -> bool:
    """Return whether there is a file at `path`; a NetstatsError says that one may not even look."""
    try:
        return path.is_file()
    except PermissionError as error:
        raise forbidden(path) from error


def forbidden(path: Path) -> NetstatsError:
    """Return what is said where one may not read a file, or a folder of copies."""
    return NetstatsError(
        f"Vous n’avez pas le droit de lire {path}.",
        "Demandez ce droit, ou nommez un autre fichier dans NETSTATS_DATABASE.",
    )


def _foreign(path: Path) -> UnreadableError:
    said = f"Le fichier {path} n’est pas une base netstats lisible."
    if any((path.absolute().parent / BACKUPS).glob(f"{path.stem}-*{path.suffix}")):  # it was one
        return UnreadableError(said, "Remettez une sauvegarde en place : python -m netstats restore.")
    return UnreadableError(
        said,
        "Déplacez-le, ou nommez une autre base dans NETSTATS_DATABASE : « python -m netstats new FICHIER » la crée.",
    )
