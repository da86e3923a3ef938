"""Files that take their name only once they are whole and on the disk: what stood there stays until then."""

from __future__ import annotations

import math
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from netstats.errors import NetstatsError
from netstats.wording import number

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LEAST_ROOM = 8 * 10**6  # bytes
_PREFIX, _MARK = ".netstats-", ".en-cours"
"""How the names of a place and of the mark beside it begin, and how that of the mark ends."""


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Lend a place inside a folder, which is made when it is not there; whatever is not put in place goes at the end.

    What programs that were killed have left of theirs in that folder goes first: places whose mark nobody holds. The
    mark is held before its place is made, and goes after it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_PREFIX}*{_MARK}"):
        with suppress(OSError):
            with left.open("rb+") as found:
                _hold(found, wait=False)
                shutil.rmtree(_place(left), ignore_errors=True)
                _unmark(left)
            _unmark(left)  # Windows removes no open file
    file = _new_mark(folder)
    mark = Path(file.name)
    try:
        with file:
            _place(mark).mkdir(mode=0o700)
            yield _place(mark)
    finally:
        shutil.rmtree(_place(mark), ignore_errors=True)
        _unmark(mark)


def _new_mark(folder: Path) -> IO[bytes]:
    """Return a new mark, open and held. On a disk without locks it has no name: then nobody removes its place."""
    file = tempfile.NamedTemporaryFile(dir=folder, prefix=_PREFIX, suffix=_MARK, delete=False)  # noqa: SIM115
    try:
        _hold(file, wait=True)
    except OSError:
        _unmark(Path(file.name))
        return file
    if Path(file.name).exists():
        return file
    file.close()  # another program has just taken it for left behind
    return _new_mark(folder)


def _place(mark: Path) -> Path:
    return mark.with_suffix("")


def _unmark(mark: Path) -> None:
    """Remove a mark once its place is gone: what cannot go yet is left to the next program."""
    with suppress(OSError):
        if not _place(mark).exists():
            mark.unlink()


def _hold(mark: IO[bytes], *, wait: bool) -> None:
    """Lock an open mark until it is closed; an OSError says that another program has it, or that there are no locks."""
    if sys.platform == "win32":
        msvcrt.locking(mark.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(mark, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def target(path: Path) -> Path:
    """Return where the file at `path` lies, whatever folder one works in: of a link what it leads to, so that it stays.

    No more is followed: on Windows that would give a mapped drive its name on the network.
    """
    return Path(os.path.realpath(path)) if os.path.islink(path) else path.absolute()


def put_in_place(draft: Path, path: Path, *, like: Path | None = None) -> None:
    """Give a finished file its name, once the disk has all of it; what had that name is replaced at once.

    Who may read it stays as it was, or is as of the file `like` where none had that name.
    """
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    with suppress(OSError):  # not every disk has rights
        former = path if path.exists() else like
        if former is not None:
            draft.chmod(stat.S_IMODE(former.stat().st_mode) | stat.S_IWUSR)
    os.replace(draft, path)
    with suppress(OSError):  # the name is taken already; and not every system lets a folder be opened
        folder = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def see_that_there_is_room(folder: Path | None) -> None:
    """Refuse with NetstatsError to begin on a disk about full: DuckDB may end the process where it cannot write."""
    if folder is not None and shutil.disk_usage(folder).free < _LEAST_ROOM:
        raise NetstatsError("Le disque est plein : rien n’a été écrit.", room(folder, _LEAST_ROOM))


def room(folder: Path, needed: int) -> str:
    """Return what a folder must have for so many bytes to be written into it, as a sentence."""
    there = next((place for place in (folder, *folder.absolute().parents) if place.is_dir()), folder)
    free = shutil.disk_usage(there).free
    return (
        f"Il faut environ {number(math.ceil(needed / 10**6))} Mo de libres dans {folder} "
        f"(il y en a {number(free // 10**6)}), et le droit d’y écrire."
    )
