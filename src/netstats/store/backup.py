"""Copies of the database: made before every import, kept beside it, put back when asked."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb

from netstats.errors import NetstatsError
from netstats.store.database import Database, UnreadableError
from netstats.store.opening import BACKUPS, checkpoint, inspect, is_file, log_of, open_database

KEPT = 20
"""How many copies are kept: the oldest go first."""

_UNFINISHED = ".en-cours"
_MOMENT = "%Y-%m-%d-%H%M%S-%f"
_WRITTEN_MOMENT = r"\d{4}-\d{2}-\d{2}-\d{6}-\d{6}"


def backups(path: Path) -> list[Path]:
    """Return the copies of the database at `path`, the newest first; each name says when it was made."""
    return sorted(_copies(path, ".duckdb"), key=lambda copy: (copy.stat().st_mtime_ns, copy.name), reverse=True)


def back_up(database: Database) -> Path | None:
    """Copy an open database beside itself, whole or not at all, and return where; None for a database in memory.

    A NetstatsError says that the copy cannot be written: nothing else should then be.
    """
    if database.path is None:
        return None
    folder = _folder(database.path)
    target = folder / f"{database.path.stem}-{datetime.now().strftime(_MOMENT)}.duckdb"
    draft = target.with_suffix(_UNFINISHED)
    try:
        folder.mkdir(exist_ok=True)
        with database.writing, database.cursor() as cursor:
            _copy(cursor, draft)
            os.replace(draft, target)  # while nobody else lets go of unfinished copies
    except (OSError, duckdb.Error) as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise NetstatsError(
            f"La sauvegarde n’a pas pu être écrite dans {folder} ({error}) : rien n’a été changé.",
            "Vérifiez la place et les droits sur ce dossier, puis recommencez.",
        ) from error
    return target


def forget_oldest(path: Path) -> None:
    """Let go of the oldest copies of the database at `path`, and of those that were cut short.

    One that cannot be deleted (open elsewhere) stays: what it was made for is done.
    """
    unfinished = (*_copies(path, _UNFINISHED), *_copies(path, f"{_UNFINISHED}.wal"))
    for old in (*backups(path)[KEPT:], *unfinished):
        forget(old)


def forget(copy: Path) -> None:
    """Let go of a copy, if that can be."""
    with suppress(OSError):
        copy.unlink(missing_ok=True)


def restore(path: Path, copy: Path) -> Path | None:
    """Put a copy in the place of the database at `path`, and return where what was there is kept; None without.

    A NetstatsError says that the copy is no database of ours, or that the database is open elsewhere: it then stays as
    it is.
    """
    listed = "« netstats restore » sans argument donne la liste des copies."
    try:
        if inspect(copy) is None:
            raise NetstatsError(f"La sauvegarde {copy} n’existe pas.", listed)
    except NetstatsError as error:
        raise NetstatsError(error.what, listed) from error
    checkpoint(copy)
    draft = path.with_suffix(_UNFINISHED)
    former = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, draft)
        former = _set_aside(path)
        checkpoint(path)
        os.replace(draft, path)
    except (OSError, NetstatsError) as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        if isinstance(error, NetstatsError):
            raise
        raise NetstatsError(
            f"La sauvegarde n’a pas pu être remise en place ici : {path} ({error}).",
            f"Ce qui y était est gardé dans {former}." if former else "Vérifiez la place et les droits.",
        ) from error
    return former


def _set_aside(path: Path) -> Path | None:
    """Save what is at `path` now, whole; a file that can no longer be read is kept as it is, under another name."""
    if not is_file(path):
        return None
    try:
        database = open_database(path)
    except UnreadableError:
        folder = _folder(path)
        folder.mkdir(exist_ok=True)
        kept = folder / f"{path.stem}-illisible-{datetime.now().strftime(_MOMENT)}.duckdb"
        if log_of(path).exists():
            os.replace(log_of(path), log_of(kept))
        os.replace(path, kept)
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


def _copies(path: Path, ending: str) -> list[Path]:
    """Return the copies of this very database: « netstats » is not « netstats-demo »."""
    name = re.compile(f"{re.escape(path.stem)}-{_WRITTEN_MOMENT}{re.escape(ending)}")
    folder = _folder(path)
    return [file for file in folder.iterdir() if name.fullmatch(file.name)] if folder.is_dir() else []


def _folder(path: Path) -> Path:
    return path.absolute().parent / BACKUPS
