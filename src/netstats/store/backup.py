"""Copies of the database: made before an import and the first write of a day, kept beside it, put back when asked."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from netstats import wording
from netstats.errors import NetstatsError
from netstats.files import put_in_place, room, workshop
from netstats.store.connection import BACKUPS, STORAGE, identity, make, reason, size
from netstats.store.database import Database, NotWrittenError, UnreadableError
from netstats.store.frames import contents
from netstats.store.opening import (
    ForeignLogError,
    checkpoint,
    forbidden,
    inspect,
    is_file,
    log_of,
    open_database,
    see_that_it_is_whole,
)

KEPT = 20
"""How many copies are kept: the oldest go first."""

_REPLACED = "-remplacee"
"""What ends the name of a copy that was the database until a `restore`: of what took its place it is none."""

_COPY = rf"-(?P<made>\d{{4}}-\d{{2}}-\d{{2}}-\d{{6}})-(?:n(?P<number>\d+)(?:{_REPLACED})?|\d{{6}})\.duckdb"
"""What follows the name of a database in that of a copy: when it was made, for people, and which one it is: clocks err.
The oldest ones have no number, but parts of a second."""

_MOMENT = "%Y-%m-%d-%H%M%S"

_HELD = "SELECT (SELECT max(id) FROM batch) AS last, (SELECT count(*) FROM meeting) AS meetings"

_ATTACHED = '"the other database"'
"""What a second file is called beside an open one: no file is."""


def backups(path: Path) -> list[Path]:
    """Return the copies of the database at `path`, the last made first: each name says which one it is."""
    return [copy for _, copy in _numbered(path)]


def listed(copies: Sequence[Path]) -> pd.DataFrame:
    """Return copies as a person chooses among them, in the order given: each is opened for it.

    Columns, all texts: Faite le, Dernière entrée (of the journal that it holds), Réunions, Taille, Copie (its name).
    """
    rows = [(made_on(copy), *_held(copy), f"{wording.number(size(copy) / 10**6, 1)} Mo", copy.name) for copy in copies]
    return pd.DataFrame(rows, columns=["Faite le", "Dernière entrée", "Réunions", "Taille", "Copie"], dtype="str")


def made_on(copy: Path) -> str:
    """Return when a copy was made: « 6 mai 2026 à 14:05 »."""
    moment = _made_at(copy)
    return f"{wording.date(moment)} à {moment:%H:%M}" if moment else wording.UNKNOWN


def _made_at(copy: Path) -> datetime | None:
    """Return when a copy was made, as its name says it; None for the name of another file."""
    named = re.search(_COPY + "$", copy.name)
    return datetime.strptime(named["made"], _MOMENT) if named else None


def _held(copy: Path) -> tuple[str, str]:
    """Return which entry is the last in a copy, and how many meetings there are, in words."""
    try:
        with open_database(copy, read_only=True) as database:
            last, meetings = database.ask(_HELD).iloc[0]
    except NetstatsError:
        return "illisible", "illisible"
    except duckdb.Error:  # made by a version that had other tables
        return wording.UNKNOWN, wording.UNKNOWN
    return f"n° {last}", wording.number(meetings)


def back_up_daily(database: Database) -> Path | None:
    """Copy an open database as `back_up` does, before the first write of a day; None later on that day."""
    last = backups(database.path)[:1] if database.path is not None else []
    last = [copy for copy in last if not copy.stem.endswith(_REPLACED)]
    made = {moment.date() for moment in map(_made_at, last) if moment is not None}
    return None if datetime.now().date() in made else back_up(database)


def back_up(database: Database) -> Path | None:
    """Copy an open database beside itself, whole or not at all, and return where; None for a database in memory.

    The copy takes its name once it has been read again. A NetstatsError says that the database cannot be read or the
    copy cannot be written: nothing else should then be.
    """
    if database.path is None:
        return None
    database.see_that_it_is_writable()
    folder = _folder(database.path)
    try:
        with database.writing, workshop(folder) as place:
            with database.reading() as cursor:
                held = contents(cursor)
            draft = place / database.path.name
            with database.cursor() as cursor:
                _copy(cursor, draft, outwards=True)
            see_that_it_is_whole(draft, held)
            target = folder / _name(database.path)
            put_in_place(draft, target, like=database.path)
    except (OSError, duckdb.Error) as error:
        raise NotWrittenError(
            f"La sauvegarde n’a pas pu être écrite ({reason(error)}) : rien n’a été changé.",
            room(folder, size(database.path)),
        ) from error
    return target


def forget_oldest(path: Path) -> None:
    """Let go of the oldest copies of the database at `path`; `back_up` has read the last one again.

    One that cannot be deleted (open elsewhere) stays: what it was made for is done.
    """
    for old in backups(path)[KEPT:]:
        forget(old)


def forget(copy: Path) -> None:
    """Let go of a copy, if that can be."""
    with suppress(OSError):
        copy.unlink(missing_ok=True)


def restore(path: Path, copy: Path) -> Path | None:
    """Put a copy in the place of the database at `path`, and return where what was there is kept; None without.

    What was there need not be readable. A NetstatsError says that the copy is no database of ours, or damaged, or that
    the database is open elsewhere: it then stays as it is.
    """
    listed = "« netstats restore » sans argument donne la liste des copies."
    try:
        there = inspect(copy) is not None
    except NetstatsError as error:
        raise NetstatsError(error.what, listed) from error
    if not there:
        raise NetstatsError(f"La sauvegarde {copy} n’existe pas.", listed)
    held = _contents_of(copy)
    if held is None:
        raise NetstatsError(f"La sauvegarde {copy} est abîmée : rien n’a été changé.", listed)
    try:
        with workshop(path.parent) as place:
            draft = place / path.name
            with make(draft) as connection:
                _copy(connection, copy, outwards=False)
            see_that_it_is_whole(draft, held)
            with _set_aside(path) as former:
                put_in_place(draft, path, like=copy)
    except (OSError, duckdb.Error) as error:
        raise NetstatsError(
            f"La sauvegarde n’a pas pu être remise en place ici : {path} ({reason(error)}).",
            room(path.parent, size(copy)),
        ) from error
    return former


def _contents_of(path: Path) -> dict[str, tuple[int, int | None]] | None:
    """Return what a database holds, None when not all of it can be read; its log is then in it, and gone."""
    try:
        with open_database(path) as database, database.reading() as cursor:
            found = contents(cursor)
    except ForeignLogError:
        if log_of(path).exists():  # it could not be put aside
            raise
        return _contents_of(path)
    except UnreadableError:
        return None
    return None if log_of(path).exists() else found


@contextmanager
def _set_aside(path: Path) -> Iterator[Path | None]:
    """Keep what is at `path` now under a name among the copies, or under another when it can no longer be read.

    It stays at `path` alone when nothing else takes its place before the block ends.
    """
    if not is_file(path):
        checkpoint(path)
        yield None
        return
    there = identity(path)
    folder = _folder(path)
    unreadable = f"{path.stem}-illisible-{datetime.now():%Y-%m-%d-%H%M%S-%f}.duckdb"
    kept = folder / (unreadable if _contents_of(path) is None else _name(path, _REPLACED))
    folder.mkdir(exist_ok=True)
    try:
        os.link(path, kept)  # takes no room
    except OSError:  # not every disk has links
        with workshop(folder) as place:
            shutil.copyfile(path, place / path.name)
            put_in_place(place / path.name, kept, like=path)
    try:
        _move_log(path, kept)
        yield kept
    finally:
        if identity(path) == there:
            _move_log(kept, path)
            forget(kept)


def _move_log(path: Path, other: Path) -> None:
    if log_of(path).exists():
        os.replace(log_of(path), log_of(other))


def _copy(connection: duckdb.DuckDBPyConnection, other: Path, *, outwards: bool) -> None:
    """Copy rows, keys and macros of an open database into another file, or those of the file into it.

    On Windows the file of an open database cannot be copied as a file; and keys that are made anew are whole.
    """
    (own,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    names = [_quoted(str(own), '"'), _ATTACHED]
    source, target = names if outwards else reversed(names)
    # ATTACH and COPY take names, which cannot be bound; ours are a path and a database, never something typed in.
    version = f" (STORAGE_VERSION '{STORAGE}')" if outwards else ""
    connection.execute(f"ATTACH {_quoted(str(other.absolute()), chr(39))} AS {_ATTACHED}{version}")
    try:
        connection.execute(f"COPY FROM DATABASE {source} TO {target}")
        connection.execute(f"CHECKPOINT {target}")
    finally:
        connection.execute(f"DETACH {_ATTACHED}")


def _quoted(name: str, quote: str) -> str:
    return f"{quote}{name.replace(quote, quote * 2)}{quote}"


def _numbered(path: Path) -> list[tuple[int, Path]]:
    """Return the copies of this very database (« netstats » is not « netstats-demo »), from the last, by number.

    Capitals do not count on Windows. One that is still the database itself, as a `restore` leaves it that is killed
    half-way, is none.
    """
    folder, there = _folder(path), identity(path)
    try:
        files = list(folder.iterdir()) if folder.is_dir() else []
    except PermissionError as error:
        raise forbidden(folder) from error
    named = re.escape(os.path.normcase(path.stem)) + _COPY
    found = ((re.fullmatch(named, os.path.normcase(file.name)), file) for file in files)
    copies = [(int(match["number"] or 0), file) for match, file in found if match and identity(file) != there]
    return sorted(copies, key=lambda copy: (copy[0], copy[1].name), reverse=True)


def _name(path: Path, end: str = "") -> str:
    """Return the name of the next copy of the database at `path`, and what ends it."""
    last = next((number for number, _ in _numbered(path)), 0)
    return f"{path.stem}-{datetime.now():{_MOMENT}}-n{last + 1}{end}.duckdb"


def _folder(path: Path) -> Path:
    return path.absolute().parent / BACKUPS
