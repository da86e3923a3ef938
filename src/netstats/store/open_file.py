"""The file of an open database: which one it is, what it holds, and who writes into it, among those of this process."""

from __future__ import annotations

import os
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakValueDictionary

from netstats.store.connection import identity, stamp

_HEADER, _HEADERS, _BLOCK = 4096, 3, 2**18
"""How DuckDB lays out a file, in bytes: headers, the last two written in turn when its log is emptied, then blocks;
each begins with a checksum of itself."""
_CHECKSUM = 8


class OpenFile:
    """A file that databases of this process have open: one for all of them, so that they write one after the other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = os.path.realpath(path)
        """What DuckDB calls it."""
        self.writing = threading.RLock()
        """Held by who writes."""
        self._stamp: tuple[int, int] | None = None
        self._checksums: list[bytes] = []
        self._descriptor: int | None = None
        self.identity = identity(path)
        if sys.platform != "win32":  # where nobody else writes into an open file
            # Open for as long as the databases are: on POSIX, whoever closes a file gives up the lock that DuckDB has.
            self._descriptor = os.open(path, os.O_RDONLY)
            weakref.finalize(self, os.close, self._descriptor)
            there = os.fstat(self._descriptor)
            self.identity = there.st_dev, there.st_ino

    def is_at(self, path: Path) -> bool:
        """Whether it is the file at `path`, and holds what was last written here.

        Its time alone says nothing: some network disks change it later by themselves.
        """
        return self._is_left_at(path) or self._is_left_once_written(path)

    def _is_left_once_written(self, path: Path) -> bool:
        with self.writing:  # somebody may just have written here
            return self._is_left_at(path)

    def _is_left_at(self, path: Path) -> bool:
        there = stamp(path)  # before ours is looked at
        if identity(path) != self.identity:
            return False
        if self._stamp not in (None, there):
            if self._read() != self._checksums:
                return False
            self._stamp = there
        return True

    def is_untouched(self) -> bool:
        """Whether no other program has written into it, or cut it short, since `changing` began."""
        found = self._read()
        return found[:_HEADERS] == self._checksums[:_HEADERS] and len(found) >= len(self._checksums)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let it change: what changes it at any other time is another program, as one that copies over it."""
        self._stamp = None
        try:
            yield
        finally:
            self._checksums = self._read()
            self._stamp = stamp(self.path)

    def _read(self) -> list[bytes]:
        """Return the checksums of all its parts, as they are now."""
        if self._descriptor is None or sys.platform == "win32":
            return []
        length = os.fstat(self._descriptor).st_size
        places = [*range(0, _HEADERS * _HEADER, _HEADER), *range(_HEADERS * _HEADER, length, _BLOCK)]
        return [os.pread(self._descriptor, _CHECKSUM, place) for place in places if place < length]


_LOCK = threading.Lock()
_FILES: WeakValueDictionary[tuple[int, int] | None, OpenFile] = WeakValueDictionary()


def open_file(path: Path) -> OpenFile:
    """Return the file at `path`, the same for all that have it open; an OSError says that it is gone."""
    with _LOCK:
        known = _FILES.get(identity(path))
        if known is None:
            known = OpenFile(path)
            _FILES[known.identity] = known
        return known
