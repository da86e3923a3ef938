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
from netstats.store.ddl import quoted

LONGEST_NAME = 80
"""Longest name of a presentation, in characters."""

MOST_DRAFTS = 50
"""How many drafts are kept: of more, the oldest go."""

LONGEST_DRAFT = 100_000
"""Longest draft, in characters: several times what a plan with all its words takes."""

_TABLES = "SELECT table_name FROM duckdb_tables() WHERE table_name IN ('presentation', 'presentation_draft')"
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
_DELETE_DRAFTS = "DELETE FROM presentation_draft WHERE name = $name"

_DRAFT = "SELECT content, saved_at FROM presentation_draft WHERE name = $name AND selection = $selection"
_KEEP_DRAFT = """
MERGE INTO presentation_draft
USING (SELECT $name AS name, $selection AS selection, $content AS content, $now::TIMESTAMP AS saved_at) AS new
USING (name, selection)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME
"""
_FORGET_OLDEST_DRAFTS = """
DELETE FROM presentation_draft
WHERE (name, selection) IN (
    SELECT (name, selection) FROM presentation_draft ORDER BY saved_at DESC, name, selection OFFSET $most
)
"""
_DROP_DRAFT = "DELETE FROM presentation_draft WHERE name = $name AND selection = $selection"

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
        cursor.execute(_DELETE_DRAFTS, {"name": name})


def draft(database: Database, name: str, selection: str) -> tuple[str, datetime] | None:
    """Return the draft of a presentation ('' for none) for a selection: its content and when it was kept; or None."""
    with database.reading() as cursor:
        found: tuple[str, datetime] | None = cursor.execute(_DRAFT, {"name": name, "selection": selection}).fetchone()
    return found


def keep_draft(database: Database, name: str, selection: str, content: str) -> None:
    """Keep a draft (JSON text, not read here) in the place of the one there was; beyond `MOST_DRAFTS` the oldest go.

    A NetstatsError says that it is too long, or that the database cannot be written.
    """
    if len(content) + len(selection) > LONGEST_DRAFT:
        raise NetstatsError("Ce brouillon est trop long pour être gardé.", "Raccourcissez les titres et commentaires.")
    with database.transaction() as cursor:  # replaced at each change: no copy of the day for that
        told = {"name": name, "selection": selection, "content": content, "now": datetime.now()}
        cursor.execute(_KEEP_DRAFT, told)
        cursor.execute(_FORGET_OLDEST_DRAFTS, {"most": MOST_DRAFTS})


def drop_draft(database: Database, name: str, selection: str) -> None:
    """Let go of a draft; one that is not there is gone already."""
    with database.transaction() as cursor:
        cursor.execute(_DROP_DRAFT, {"name": name, "selection": selection})


@contextmanager
def _writing(database: Database) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a cursor to write with, once there is a copy of this day: nothing else brings back what is replaced here."""
    with database.writing:
        if back_up_daily(database) is not None and database.path is not None:
            forget_oldest(database.path)
        with database.transaction() as cursor:
            yield cursor


def carried(database: Database) -> dict[str, pd.DataFrame]:
    """Return what goes from an older database into the one made in its place, drafts too: table → rows.

    Nothing of a table that the version that made it did not have.
    """
    return {table: database.ask(f"FROM {quoted(table)}") for table in database.ask(_TABLES)["table_name"]}


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
