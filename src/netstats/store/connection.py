"""Connections to DuckDB: how a file is opened, which file it is, why it refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from netstats.errors import why

BACKUPS = "sauvegardes"
"""Folder of the copies, beside the database: the only place besides it where an open database may write."""


STORAGE = "v1.4.0"
"""Version of DuckDB's own format: the first whose logs say of which file they are.

Before, a log that a killed program had left was replayed into any file that took the place of its own. (It still is
into a copy of this very file that was written into as many times since: DuckDB tells no twins apart.)
"""


def make(path: Path) -> duckdb.DuckDBPyConnection:
    """Make a new file, in our version of DuckDB's format."""
    return duckdb.connect(path, config={"storage_compatibility_version": STORAGE})


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a file, in the manner in which this very process has it open, if it has; duckdb.Error as DuckDB says."""
    try:
        connection = duckdb.connect(path, read_only=read_only)
    except duckdb.ConnectionException as error:
        if "different configuration" not in str(error):
            raise
        connection = duckdb.connect(path, read_only=not read_only)
    harden(connection, path)
    return connection


def harden(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Take away what no question needs: other files, the network, a second thread, changes of settings.

    One thread a question: they are small, and shared out they take a third more CPU, of which a server has several
    visitors to serve.
    """
    if connection.execute("SELECT current_setting('lock_configuration')").fetchone() == (True,):
        return  # opened twice in one process: the settings are shared, and closed already
    if path is not None:
        connection.execute("SET allowed_directories = $places", {"places": [str(path.absolute().parent / BACKUPS)]})
    connection.execute("SET wal_autocheckpoint = '1TB'")  # `Database.transaction` says when
    connection.execute("SET threads = 1")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at `path` from any that takes its place, while it is open; None without a file."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when somebody writes into the file at `path`; None without a file.

    On Windows nobody else writes into an open file, and its time may follow later.
    """
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_size, 0 if sys.platform == "win32" else there.st_mtime_ns


def size(path: Path) -> int:
    """Return how many bytes the file at `path` has; 0 without a file."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def reason(error: OSError | duckdb.Error) -> str:
    """Return why a database cannot be written, for the middle of a sentence."""
    if isinstance(error, OSError):
        return why(error)
    refused = isinstance(error, duckdb.IOException | duckdb.FatalException | duckdb.TransactionException)
    return "le disque refuse" if refused else str(error)
