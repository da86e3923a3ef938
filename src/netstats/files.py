"""Files that take their name only once they are whole and on the disk: what stood there stays until then."""

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from netstats.wording import number

if sys.platform != "win32":
    import fcntl

_PREFIX = ".netstats-"


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Lend a place inside a folder, which is made when it is not there; whatever is not put in place goes at the end.

    What programs that were killed have left of theirs in that folder goes first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            with _held(left):
                pass
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=folder, prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        place = Path(name)
        with _held(place):
            yield place


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """Hold a workshop for as long as this program lives; an OSError says that another one does."""
    if sys.platform == "win32":
        mark = place / "en-cours"
        mark.unlink(missing_ok=True)  # which Windows refuses while another program has it open
        with mark.open("w"):
            yield
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished file its name, once the disk has all of it; what had that name is replaced at once."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(draft, path)
    if sys.platform != "win32":  # there, a folder cannot be opened
        folder = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def room(folder: Path, needed: int) -> str:
    """Return what a folder must have for so many bytes to be written into it, as a sentence."""
    there = next((place for place in (folder, *folder.absolute().parents) if place.is_dir()), folder)
    free = shutil.disk_usage(there).free
    return (
        f"Il faut environ {number(math.ceil(needed / 10**6))} Mo de libres dans {folder} "
        f"(il y en a {number(free // 10**6)}), et le droit d’y écrire."
    )
