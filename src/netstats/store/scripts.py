"""The SQL scripts that make a database and write into it: run statement by statement, every value bound."""

from __future__ import annotations

from importlib import resources

import duckdb

from netstats.store import ddl
from netstats.store.connection import STORAGE

# All that says how a database is made, the reading of words included.
_MAKING = (
    "schema.sql",
    "store/build.sql",
    "store/derive.sql",
    "store/action_text.sql",
    "store/action_words.sql",
    "reference/fold.py",
    "reference/words.py",
)


def schema_fingerprint() -> str:
    """Return all that makes a database: when it changes, an older file must be made again."""
    return "".join((STORAGE, ddl.tables_sql(), ddl.verify_sql(), ddl.keys_sql(), *map(script, _MAKING)))


def script(name: str) -> str:
    """Return a script of ours, by its path in the package."""
    return resources.files("netstats").joinpath(name).read_text(encoding="utf-8")


def run(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    """Run every statement of a script, each with the parameters it names."""
    execute(connection, script(name), **parameters)


def execute(connection: duckdb.DuckDBPyConnection, sql: str, **parameters: object) -> None:
    """Run every statement of a text, each with the parameters it names."""
    for statement in connection.extract_statements(sql):
        connection.execute(statement, {key: parameters[key] for key in statement.named_parameters})
