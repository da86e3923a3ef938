"""Rows as frames whose columns have the types of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
