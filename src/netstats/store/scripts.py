"""The SQL scripts that make a database and write into it: run statement by statement, every value bound."""

from __future__ import annotations

from importlib import resources

import duckdb

# All that says how a database is made, the reading of words included.
_MAKING = (
    "schema.sql",
    "store/build.sql",
    "store/derive.sql",
    "store/action_text.sql",
    "store/action_words.sql",
    "store/verify.sql",
    "store/keys.sql",
    "reference/words.py",
)


def blueprint() -> str:
    """Return the scripts that make a database: when they change, an older file must be made again."""
    return "".join(script(name) for name in _MAKING)


def script(name: str) -> str:
    """Return a script of ours, by its path in the package."""
    return resources.files("netstats").joinpath(name).read_text(encoding="utf-8")


def run(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    """Run every statement of a script, each with the parameters it names."""
    for statement in connection.extract_statements(script(name)):
        connection.execute(statement, {key: parameters[key] for key in statement.named_parameters})
