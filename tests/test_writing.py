"""The SQL that the model yields, and what does not fit is not written."""

from __future__ import annotations

import re
from pathlib import Path

from netstats import store
from netstats.store import ddl

GOLDEN = Path(__file__).parent / "data" / "schema.sql"
"""Made by « python -m netstats schema »: a change of the model shows here as the SQL that it yields."""


def test_the_model_yields_the_sql_of_the_golden_file() -> None:
    assert store.schema_sql() == GOLDEN.read_text(encoding="utf-8")


def test_no_definition_of_a_table_needs_what_ducklake_lacks() -> None:
    assert not re.search(r"PRIMARY|UNIQUE|CHECK|REFERENCES", ddl.tables_sql())


def test_a_name_is_quoted_whatever_it_holds() -> None:
    assert ddl.quoted('a"; DROP TABLE meeting; --') == '"a""; DROP TABLE meeting; --"'


def test_every_table_that_people_write_has_its_rows_asked_for() -> None:
    assert tuple(store.ROWS) == tuple(store.KEYS)
