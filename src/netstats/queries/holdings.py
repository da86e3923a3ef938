"""The rows that the database holds, table by table, as those who change them need them: what people write."""

from __future__ import annotations

import pandas as pd

from netstats.store import Database

# Of the territories, only our own bodies and names: the others are official, and nobody changes them here.
_QUESTIONS = {
    "network": "FROM network",
    "network_region": "FROM network_region",
    "theme_family": "FROM theme_family",
    "theme": "FROM theme",
    "action_type": "FROM action_type",
    "audience": "FROM audience",
    "territory": "SELECT code, kind, name FROM territory WHERE kind IN ('CISPD', 'CLSPD')",
    "territory_commune": """
        FROM territory_commune
        WHERE territory_code IN (SELECT code FROM territory WHERE kind IN ('CISPD', 'CLSPD'))
    """,
    "territory_alias": "SELECT territory_code, name FROM territory_alias WHERE official IS NULL",
    "meeting": "SELECT * EXCLUDE (batch_id) FROM meeting",
    "attendance": "SELECT * EXCLUDE (batch_id) FROM attendance",
    "meeting_theme": "SELECT * EXCLUDE (batch_id) FROM meeting_theme",
    "action": "SELECT * EXCLUDE (batch_id) FROM action",
}

TABLES = tuple(_QUESTIONS)
"""The tables whose rows people bring and change, in the order in which they refer to each other."""


def held_rows(database: Database) -> dict[str, pd.DataFrame]:
    """Return the rows of each of `TABLES`: every column that people write."""
    return {table: database.ask(question) for table, question in _QUESTIONS.items()}


def region_names(database: Database) -> dict[str, str]:
    """Return INSEE code → name of the regions."""
    regions = database.ask("SELECT code, name FROM region ORDER BY code")
    return dict(zip(regions["code"], regions["name"], strict=True))


def territory_names(database: Database) -> dict[str, str]:
    """Return code → official name of the territories that rows refer to."""
    territories = database.ask("""
        SELECT code, name
        FROM territory
        WHERE code IN (
            SELECT territory_code FROM attendance
            UNION SELECT territory_code FROM action
            UNION SELECT territory_code FROM territory_alias WHERE official IS NULL
            UNION SELECT commune_code FROM territory_commune
        )
    """)
    return dict(zip(territories["code"], territories["name"], strict=True))
