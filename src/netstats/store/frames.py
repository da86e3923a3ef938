"""Rows as frames whose columns have the types of the database, and what identifies all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pandas as pd

from netstats.model import WRITTEN

_DTYPES = {"INTEGER": "Int64", "BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "boolean", "DATE": "datetime64[us]"}


def records_frame(
    table: str, records: Iterable[Mapping[str, object]], names: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return rows of a table as a frame with the types of its columns: `names`, or those of the first row."""
    rows = list(records)
    types = {column.name: _DTYPES.get(column.sql.split()[0], "str") for column in WRITTEN[table].stored}
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=types[name]) for name in names or rows[0]})


def answer(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
    """Return what a cursor answers to one SQL question, see `Database.ask`."""
    (statement,) = cursor.extract_statements(sql)
    bound = {name: value for name, value in (parameters or {}).items() if name in statement.named_parameters}
    relation = cursor.execute(statement, bound)
    types = {column[0]: str(column[1]) for column in relation.description or ()}
    frame = relation.df()
    whole = [name for name, kind in types.items() if kind.endswith(("INT", "INTEGER")) or kind == "NUMBER"]
    for name in whole:
        if frame[name].dtype.kind == "f":
            frame[name] = frame[name].astype("Int64")
    return frame


def contents(cursor: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int | None]]:
    """Return table → its number of rows and a fingerprint of them; every byte that holds a row is read for it."""
    tables = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY table_name").fetchall()
    found: dict[str, tuple[int, int | None]] = {}
    for (name,) in tables:
        rows = cursor.table(name).query("rows", "SELECT count(*), bit_xor(hash(rows)) FROM rows").fetchone()
        found[name] = rows or (0, None)
    return found
