"""Copies of the database: made before every import, kept beside it, put back when asked."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import duckdb

from netstats.errors import NetstatsError
from netstats.store.database import BACKUPS, Database, foreign, inspect, is_file, open_database

KEPT = 20
"""How many copies are kept: the oldest go first."""

_UNFINISHED = ".en-cours"


def backups(path: Path) -> list[Path]:
    """Return the copies of the database at `path`, the newest first; each name says when it was made."""
    folder = _folder(path)
    return sorted(folder.glob(f"{path.stem}-*.duckdb"), key=lambda copy: copy.name, reverse=True)


def back_up(database: Database) -> Path | None:
    """Copy an open database beside itself, whole or not at all.

    Returns
    -------
    pathlib.Path
        The copy; None for a database in memory.

    Raises
    ------
    NetstatsError
        The copy cannot be written: nothing else should then be.
    """
    if database.path is None:
        return None
    folder = _folder(database.path)
    try:
        folder.mkdir(exist_ok=True)
        target = _free_name(folder, database.path.stem)
        draft = target.with_suffix(_UNFINISHED)
        draft.unlink(missing_ok=True)
        with database.writing, database.cursor() as cursor:
            _copy(cursor, draft)
        os.replace(draft, target)
    except (OSError, duckdb.Error) as error:
        raise NetstatsError(
            f"La sauvegarde n’a pas pu être écrite dans {folder} ({error}) : rien n’a été changé.",
            "Vérifiez la place et les droits sur ce dossier, puis recommencez.",
        ) from error
    return target


def forget_oldest(path: Path) -> None:
    """Let go of the oldest copies of the database at `path`, and of those that were cut short."""
    for old in [*backups(path)[KEPT:], *_folder(path).glob(f"{path.stem}-*{_UNFINISHED}")]:
        old.unlink(missing_ok=True)


def restore(path: Path, copy: Path) -> Path | None:
    """Put a copy in the place of the database at `path`, once that one is itself saved.

    Returns
    -------
    pathlib.Path
        Where what was there before is kept; None when there was nothing.

    Raises
    ------
    NetstatsError
        The copy is no database of ours, or the database is open elsewhere: it then stays as it is.
    """
    if inspect(copy) is None:
        raise NetstatsError(
            f"La sauvegarde {copy} n’existe pas.", "« netstats restore » sans argument en donne la liste."
        )
    former = _set_aside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(_UNFINISHED)
        shutil.copyfile(copy, draft)
        os.replace(draft, path)
    except OSError as error:
        raise NetstatsError(
            f"La sauvegarde n’a pas pu être remise en place ici : {path} ({error}).",
            f"Ce qui y était est gardé dans {former}." if former else "",
        ) from error
    return former


def _set_aside(path: Path) -> Path | None:
    """Save what is at `path` now, whole; a file that can no longer be opened is kept as it is, under another name."""
    if not is_file(path):
        return None
    try:
        database = open_database(path)
    except NetstatsError as error:
        if error.what != foreign(path).what:
            raise  # open elsewhere, or forbidden
        kept = _free_name(_folder(path, make=True), f"{path.stem}-illisible")
        os.replace(path, kept)
        _log_of(path).unlink(missing_ok=True)  # of a file that is no longer there
        return kept
    try:
        return back_up(database)
    finally:
        database.close()  # what was in its log is now in the file, and the log is gone


def _copy(cursor: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Copy tables, keys and macros into a new file: on Windows the file of an open database cannot be read."""
    (name,) = cursor.execute("SELECT current_database()").fetchone() or ("",)
    # ATTACH and COPY take names, which cannot be bound; ours are a path and a database, never something typed in.
    cursor.execute(f"ATTACH {_quoted(str(target.absolute()), chr(39))} AS copied")
    try:
        cursor.execute(f"COPY FROM DATABASE {_quoted(str(name), chr(34))} TO copied")
    finally:
        cursor.execute("DETACH copied")


def _quoted(name: str, quote: str) -> str:
    return f"{quote}{name.replace(quote, quote * 2)}{quote}"


def _free_name(folder: Path, stem: str) -> Path:
    """Return a name that says the moment, and that sorts after every earlier one."""
    moment = datetime.now()
    while True:
        target = folder / f"{stem}-{moment:%Y-%m-%d-%H%M%S-%f}.duckdb"
        if not target.exists():
            return target
        moment = datetime.now()


def _folder(path: Path, *, make: bool = False) -> Path:
    folder = path.absolute().parent / BACKUPS
    if make:
        folder.mkdir(exist_ok=True)
    return folder


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")
