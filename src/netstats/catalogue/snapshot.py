"""What the database holds, as those who change it need it: the rows that people write, and what these refer to."""

from __future__ import annotations

import json

import pandas as pd

from netstats import store
from netstats.catalogue import journal
from netstats.catalogue.figure import sql
from netstats.store import Database


def held_rows(database: Database) -> dict[str, pd.DataFrame]:
    """Return the rows that people bring and change, by table: every column that they write."""
    return {table: database.ask(question) for table, question in store.ROWS.items()}


def region_names(database: Database) -> dict[str, str]:
    """Return INSEE code → name of the regions."""
    regions = database.ask(sql("region_names"))
    return dict(zip(regions["code"], regions["name"], strict=True))


def answers(database: Database) -> dict[str, str]:
    """Return key of a question → code of the option that was last chosen, of the imports that were not undone."""
    kept: dict[str, str] = {}
    batches = database.ask(sql("answers"))
    for text in batches.loc[journal.effective(batches), "answers"].dropna()[::-1]:
        kept |= json.loads(text)
    return kept


def territory_names(database: Database) -> dict[str, str]:
    """Return code → official name of the territories that rows refer to."""
    territories = database.ask(sql("territory_names"))
    return dict(zip(territories["code"], territories["name"], strict=True))


def places(database: Database) -> pd.DataFrame:
    """Return every territory, the most populous first.

    Columns: code, name, kind, department_code (where most of its inhabitants live), region_code, population.
    """
    return database.ask(sql("entry_places"))
