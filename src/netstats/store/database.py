"""An open database: questions in, frames out; one writer at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Literal, Self
from weakref import WeakSet

import duckdb
import pandas as pd

from netstats import choices
from netstats.errors import NetstatsError
from netstats.files import room, see_that_there_is_room
from netstats.store.connection import connect, identity, reason, size
from netstats.store.frames import answer
from netstats.store.open_file import OpenFile

_UNREADABLE = (duckdb.IOException, duckdb.InternalException, duckdb.SerializationException)
"""What DuckDB raises where bytes of a file are not those that it wrote."""

BEGINNINGS = (choices.FOUNDING, choices.DEMONSTRATION, choices.EMPTY)
"""Kinds of what a database begins with: nobody has put it in, and none of it is taken back."""

_OPENINGS = count(1)

_VERSION = """
SELECT b.id, b.undone, b.applied_on, b.kind, build.digest
FROM batch AS b, build
ORDER BY b.id DESC
"""


@dataclass(frozen=True)
class Version:
    """Which data a figure shows; a cache of figures is good for one value of it."""

    batch: int
    """Number of the last thing that was put in."""
    digest: str
    """What the database was built from."""
    updated_on: date
    """Day of the last batch."""
    fictional: bool = False
    """Whether it is a demonstration set: every page and every export says so."""
    published: bool = True
    """Whether it holds what the FFSU has published (data/network)."""
    entered: bool = False
    """Whether it holds what somebody has put in since."""
    opening: int = 0
    """From which opening of a file it was read: two files may be alike in all the rest."""


class UnreadableError(NetstatsError):
    """The file is no database of ours, or is damaged: it can be put aside, not written into."""


class NotWrittenError(NetstatsError):
    """The disk refuses what is to be written: what was there stays."""


class Database:
    """An open database. Safe to share between threads: every question gets a cursor of its own."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, file: OpenFile | None = None, *, writable: bool = True
    ) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._lent = 0
        self._state: Literal["open", "fallen", "closed"] = "open"
        self._file = file
        self.path = file.path if file else None
        self.writable = writable
        self.opening = next(_OPENINGS)
        """Its number among those of this process."""
        self.writing = file.writing if file else threading.RLock()
        """Held by who writes: one after the other, none lost."""
        _OPEN.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor: one connection used by two threads at once is unsafe."""
        with self._lock:
            if self._state == "closed":
                raise self._replaced("rien n’a été lu")
            if self._state == "fallen" and self._lent == 0:
                self._open_again()
            cursor = self._connection.cursor()
            self._lent += 1
        try:
            yield cursor
        except duckdb.FatalException:
            if self._state == "open":
                self._state = "fallen"
            raise
        finally:
            cursor.close()
            with self._lock:
                self._lent -= 1
            self._let_go()

    def _open_again(self) -> None:
        """Open the file again once DuckDB has given up, as it does when there is no room to empty its log."""
        if self._file is None:
            return
        if identity(self._file.path) != self._file.identity:
            raise self._replaced("rien n’a été lu")
        with self._file.changing():
            self._connection.close()
            self._connection = connect(self._file.path, read_only=not self.writable)
        self._state = "open"

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor for questions; an UnreadableError says that the file no longer holds what was written."""
        try:
            with self.cursor() as cursor:
                yield cursor
        except duckdb.FatalException as error:
            raise UnreadableError(
                f"La base {self.path} a dû être refermée, le disque est peut-être plein : rien n’a été lu.",
                "Rechargez la page, ou relancez la commande.",
            ) from error
        except _UNREADABLE as error:
            raise UnreadableError(
                f"La base {self.path} est abîmée : une partie n’en peut plus être lue.",
                "Remettez une sauvegarde en place : python -m netstats restore.",
            ) from error

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor in a transaction: all of it is kept when the block ends, nothing when it raises.

        With `keep=False` nothing is kept at all: a preview. A NetstatsError says that the database is open for reading
        only, that its file is no longer there, that somebody else is writing the same rows, or that the disk refuses.
        """
        try:
            with self.writing, self.cursor() as cursor:
                self.see_that_it_is_writable()
                see_that_there_is_room(self.path.parent if keep and self.path else None)
                with self._file.changing() if self._file else nullcontext():
                    cursor.execute("BEGIN")
                    try:
                        yield cursor
                        if keep and self._file and not self._file.is_untouched():
                            raise self._replaced("rien n’a été enregistré")
                    except BaseException:
                        cursor.execute("ROLLBACK")
                        raise
                    cursor.execute("COMMIT" if keep else "ROLLBACK")
                    if keep:
                        self._empty_log()
                if keep:
                    self._see_that_it_is_in_place("ce qui vient d’être écrit n’y est pas")
        except duckdb.Error as error:
            if "conflict" in str(error).lower():
                what, remedy = "Une autre saisie s’enregistrait au même moment", "Recommencez."
            else:
                what = f"L’enregistrement a échoué ({reason(error)})"
                remedy = "" if self.path is None else room(self.path.parent, size(self.path))
            raise NetstatsError(f"{what} : rien n’a été écrit.", remedy) from error

    def _empty_log(self) -> None:
        """Have what was just committed go from the log into the file.

        The file is then the whole database, for who copies it or puts another in its place. On a full disk it waits in
        the log, where it is safe as well.
        """
        with suppress(duckdb.Error), self.cursor() as cursor:
            cursor.execute("CHECKPOINT")

    def see_that_it_is_writable(self) -> None:
        """Raise a NetstatsError when the database is open for reading only, or its file is no longer there."""
        if not self.writable:
            raise NetstatsError(
                f"La base {self.path} est ouverte en lecture seule, rien n’a été enregistré.",
                "Donnez au programme le droit d’écrire dans ce fichier et son dossier.",
            )
        self._see_that_it_is_in_place("rien n’a été enregistré")

    def is_in_place(self) -> bool:
        """Whether the open file is still the one at `path`: another program may replace, remove or write over it."""
        return self._state != "closed" and (self._file is None or self._file.is_at(self._file.path))

    def _see_that_it_is_in_place(self, fate: str) -> None:
        if not self.is_in_place():
            raise self._replaced(fate)

    def _replaced(self, fate: str) -> NetstatsError:
        if self.path is None or identity(self.path) is None:
            became = "retirée"
            remedy = "Remettez-la à sa place, ou fermez le tableau de bord et remettez une sauvegarde : "
            remedy += "python -m netstats restore."
        else:
            became, remedy = "remplacée", "Rechargez la page ou relancez la commande pour ouvrir celle qui est là."
        return NetstatsError(
            f"La base {self.path} a été {became} pendant que netstats l’avait ouverte : {fate}.", remedy
        )

    def ask(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the answer to one SQL question; of the parameters, those that it names (`$since`) are bound.

        Integers that may be unknown are `Int32` or `Int64`, so that 3 stays 3 beside an unknown.
        """
        with self.reading() as cursor:
            return answer(cursor, sql, parameters)

    def version(self) -> Version:
        """Return which data the database holds now; a NetstatsError says that its file is no longer there."""
        self._see_that_it_is_in_place("rien n’a été lu")
        with self.reading() as cursor:
            batches = cursor.execute(_VERSION).fetchall()
        if not batches:
            raise NetstatsError(f"La base {self.path} ne contient encore aucune donnée.", "Reconstruisez-la.")
        stands = effective_batches((number, undone) for number, undone, *_ in batches)
        waiting: set[int] = set()  # what waits for a person is in no figure
        for number, undone, _, kind, _ in reversed(batches):
            if kind == choices.WAITING or undone in waiting:
                waiting.add(number)
        counted = [batch for batch in batches if batch[0] not in waiting]
        kinds = {kind for number, undone, _, kind, _ in counted if undone is None and number in stands}
        (last, *_, digest), (_, _, updated_on, *_) = batches[0], counted[0]
        return Version(
            last,
            digest,
            updated_on,
            fictional=choices.DEMONSTRATION in kinds,
            published=choices.FOUNDING in kinds,
            entered=bool(kinds - set(BEGINNINGS)),
            opening=self.opening,
        )

    def close(self) -> None:
        """Close the database; it can be opened again."""
        self._state = "closed"
        self._connection.close()
        self._let_go()

    def _let_go(self) -> None:
        """Let go of the file once nobody asks any more: not before DuckDB has, whose lock would go with it."""
        if self._state == "closed" and self._lent == 0:
            self._file = None

    def make_way(self, path: Path) -> None:
        """Close it if it was opened from a file that is no longer at `path`, see `let_go_of_replaced`."""
        file = self._file
        if file is None or file.name != os.path.realpath(path) or file.is_at(path):
            return
        if identity(path) is None and self._state != "closed":
            raise self._replaced("rien n’a été lu")
        self.close()
        if self._lent:
            raise NetstatsError(f"La base {path} vient d’être remplacée, l’ancienne sert encore.", "Rechargez la page.")


_OPEN: WeakSet[Database] = WeakSet()


def let_go_of_replaced(path: Path) -> None:
    """Close what this process has open of a file that is no longer at `path`: or DuckDB gives it back.

    A NetstatsError says that there is no file any more, or that the former one is still being asked.
    """
    for database in list(_OPEN):
        database.make_way(path)


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
