"""The scripts that write the rows of each table are one pattern, and what does not fit is not written."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from netstats import store

OURS = {"territory": "kind IN ('CISPD', 'CLSPD')", "territory_alias": "official IS NULL"}
"""Of these tables only some rows are ours to write."""

COLUMNS = {"territory": "code, kind, name", "territory_alias": "territory_code, name"}


def pattern(table: str) -> str:
    """What the script of a table must be, but for its layout."""
    keys = store.KEYS[table]
    fact = table in store.writing.FACTS

    def key(of: str) -> str:
        named = ", ".join(f"{of}.{name}" for name in keys)
        return named if len(keys) == 1 else f"concat_ws(' / ', {named})"

    ours = OURS.get(table)
    staged = f"SELECT {COLUMNS[table]} FROM {table}" if table in COLUMNS else f"FROM {table}"  # noqa: S608
    old = COLUMNS.get(table, "* EXCLUDE (batch_id)" if fact else "*")
    new = "* EXCLUDE (batch_id)" if fact else "*"
    same = " AND ".join(f"{table}.{name} = o.{name}" for name in keys)
    return f"""
        CREATE OR REPLACE TEMP TABLE incoming AS {staged} LIMIT 0;
        INSERT INTO incoming BY NAME FROM incoming_rows;
        CREATE OR REPLACE TEMP TABLE outgoing AS SELECT {", ".join(keys)} FROM {table} LIMIT 0;
        INSERT INTO outgoing BY NAME FROM outgoing_rows;
        INSERT INTO difference
        WITH old AS (SELECT {key("x")} AS key, to_json(x) AS record
            FROM (SELECT {old} FROM {table}{f" WHERE {ours}" if ours else ""}) AS x),
        new AS (SELECT {key("x")} AS key, to_json(x) AS record FROM (SELECT {new} FROM incoming) AS x)
        SELECT '{table}', new.key, old.record, new.record
        FROM new LEFT JOIN old ON old.key = new.key WHERE old.record IS DISTINCT FROM new.record
        UNION ALL
        SELECT '{table}', old.key, old.record, NULL FROM outgoing AS o JOIN old ON old.key = {key("o")};
        MERGE INTO {table} USING (
            SELECT i.* FROM incoming AS i
            SEMI JOIN difference AS d ON d.table_name = '{table}' AND d.key = {key("i")}
        ) AS new USING ({", ".join(keys)})
        WHEN MATCHED THEN UPDATE BY NAME
        WHEN NOT MATCHED THEN INSERT BY NAME;
        DELETE FROM {table} USING outgoing AS o WHERE {same}{f" AND {ours}" if ours else ""};
    """  # noqa: S608 - the names of our own tables


def words(sql: str) -> str:
    without_comments = re.sub(r"--.*", "", sql)
    return re.sub(r"\s+", "", without_comments)


@pytest.mark.parametrize("table", store.KEYS)
def test_each_table_is_written_the_same_way(table: str) -> None:
    script = resources.files("netstats").joinpath(f"store/tables/{table}.sql").read_text(encoding="utf-8")
    assert words(script) == words(pattern(table))


def test_every_table_that_people_write_has_its_rows_asked_for() -> None:
    assert tuple(store.ROWS) == tuple(store.KEYS)
