"""Presentations, kept in the database under a name: what somebody has prepared to show is no fact of the network.

Saving one is no entry of the journal and leaves `Database.version()` as it is: figures stay the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import duckdb
import pandas as pd

from netstats.errors import NetstatsError
from netstats.store.backup import back_up_daily, forget_oldest
from netstats.store.database import Database

LONGEST_NAME = 80
"""Longest name of a presentation, in characters."""

_TABLE = "SELECT table_name FROM duckdb_tables() WHERE table_name = 'presentation'"
_SAVED = """
SELECT name, content, saved_at
FROM presentation
ORDER BY replace(lower(name), 'œ', 'oe') COLLATE noaccent, name
"""
_SAVE = """
MERGE INTO presentation
USING (SELECT $name AS name, $content AS content, $now::TIMESTAMP AS saved_at) AS new
USING (name)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME
"""
_DELETE = "DELETE FROM presentation WHERE name = $name"

# Controls and line ends break a line; invisible marks would make two names that look the same.
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def saved(database: Database) -> pd.DataFrame:
    """Return the presentations that are kept, in the order of French: neither accents nor capitals count.

    Columns: name, content (JSON text, as it was given), saved_at (in the time of the server).
    """
    return database.ask(_SAVED)


def save(database: Database, name: str, content: str) -> str:
    """Keep a presentation (JSON text, not read here) in the place of the one of that name; return the name kept.

    A name has 1 to 80 characters once the spaces around it are gone, on one line. A NetstatsError says that it will not
    do, or that the database cannot be written: what was kept stays.
    """
    tidy = _tidy(name)
    with _writing(database) as cursor:
        now = datetime.now().replace(microsecond=0)
        cursor.execute(_SAVE, {"name": tidy, "content": content, "now": now})
    return tidy


def delete(database: Database, name: str) -> None:
    """Let go of a presentation, by the name that `saved` gives; one that somebody else has deleted is gone already."""
    with _writing(database) as cursor:
        cursor.execute(_DELETE, {"name": name})


@contextmanager
def _writing(database: Database) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a cursor to write with, once there is a copy of this day: nothing else brings back what is replaced here."""
    with database.writing:
        if back_up_daily(database) is not None and database.path is not None:
            forget_oldest(database.path)
        with database.transaction() as cursor:
            yield cursor


def carried(database: Database) -> dict[str, pd.DataFrame]:
    """Return what goes from an older database into the one made in its place: table → rows.

    Nothing when an older version has made it, without a table of presentations.
    """
    return {} if database.ask(_TABLE).empty else {"presentation": saved(database)}


def _tidy(name: str) -> str:
    tidy = unicodedata.normalize("NFC", name).strip()  # « é » typed on a Mac is the « é » typed elsewhere
    reason = None
    if not tidy:
        reason = "n’a pas de nom"
    elif len(tidy) > LONGEST_NAME:
        reason = f"a un nom trop long ({len(tidy)} caractères)"
    elif any(unicodedata.category(letter) in _INVISIBLE for letter in tidy):
        reason = "a un nom qui contient un retour à la ligne ou un caractère invisible"
    if reason:
        raise NetstatsError(
            f"La présentation {reason} : elle n’a pas été enregistrée.",
            f"Donnez-lui un nom de {LONGEST_NAME} caractères au plus, tapé sur une seule ligne.",
        )
    return tidy
