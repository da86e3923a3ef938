"""The SQL that `netstats.model` yields: tables, keys, what must hold, the one write.

Identifiers come from the model only, quoted; values are always bound. No PRIMARY KEY, UNIQUE or CHECK stands in the
definition of a table: DuckLake has none. Keys are added afterwards where the engine has them, and correctness never
rests on them alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from netstats.declaration import Column, Table
from netstats.model import TABLES, WRITTEN


def quoted(name: str) -> str:
    """Return a name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def schema_sql() -> str:
    """Return all the SQL that the model yields, as `python -m netstats schema` prints it."""
    parts = [
        ("The tables.", tables_sql()),
        ("Their keys, added once the rows are in.", keys_sql()),
        ("What must hold: one row a fault, none when all is well.", verify_sql()),
        ("What no two rows of a list may share.", shared_sql()),
        *((f"How rows of {table.name} are written.", write_sql(table).strip()) for table in WRITTEN.values()),
    ]
    return "\n".join(f"-- {title}\n{sql.rstrip()}\n" for title, sql in parts)


def tables_sql() -> str:
    """Return the statements that make every table."""
    return "\n".join(_create(table) for table in TABLES.values())


def keys_sql() -> str:
    """Return the statements that add the keys, where the engine has them: a second lock behind `verify_sql`."""
    return "\n".join(
        f"ALTER TABLE {quoted(table.name)} ADD PRIMARY KEY ({_names(table.key)});"
        for table in TABLES.values()
        if table.key and table.indexed
    )


def verify_sql() -> str:
    """Return the question for what does not hold: table_name, value, fault; no row when all does."""
    questions = [_doubled(table) for table in TABLES.values() if table.key]
    questions += [_dangling(table, column) for table in TABLES.values() for column in table.stored if column.refers_to]
    questions.append(
        "SELECT 'territory', x.code, 'sans commune'\n"
        "FROM territory AS x ANTI JOIN territory_commune AS y ON y.territory_code = x.code"
    )
    return "\nUNION ALL\n".join(questions) + ";\n"


def shared_sql(*, written: bool = False) -> str:
    """Return the question for what rows share and must not (`Column.unique`), as `verify_sql` does.

    Of rows that are `written`, only what `difference` says was changed: what an older version let in stays, and can be
    put right one by one. A database that is made again does not stop at it for the same reason.
    """
    columns = [(table, column) for table in TABLES.values() for column in table.stored if column.unique]
    return "\nUNION ALL\n".join(_shared(table, column, written=written) for table, column in columns) + ";\n"


def rows_sql(table: Table) -> str:
    """Return the question for the rows that people write, with the columns that they write and the journal notes."""
    return f"SELECT {_names(table.noted)} FROM {quoted(table.name)}{_where(table.ours)}"  # noqa: S608


def carried_sql(table: Table) -> str:
    """Return the question for those rows of a database that an older version may have made, without some columns."""
    names = (*table.written, "batch_id") if table.in_batch else table.written
    listed = ", ".join(f"'{name}'" for name in names)
    return f"SELECT COLUMNS(lambda name: name IN ({listed})) FROM {quoted(table.name)}{_where(table.ours)}"  # noqa: S608


def write_sql(table: Table, came: Collection[str] | None = None) -> str:
    """Return the script that writes the rows of a table.

    Rows that come in (incoming_rows) take the place of those of their key; rows go out by key (outgoing_rows). What
    differs is noted in `difference` first, then done. What the journal does not note stays as it is unless it is among
    the columns that `came`; None is all of them.
    """
    name = quoted(table.name)
    noted = _names(table.noted)
    columns = (*table.written, "batch_id") if table.in_batch else table.written
    staged = _names(name for name in columns if came is None or name in came or name in table.noted)
    # What the names stand in is fixed, and they are our own.
    return f"""
CREATE OR REPLACE TEMP TABLE incoming AS SELECT {staged} FROM {name} LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT {_names(table.key)} FROM {name} LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT {_key(table, "x")} AS key, to_json(x) AS record
    FROM ({rows_sql(table)}) AS x
),
new AS (
    SELECT {_key(table, "x")} AS key, to_json(x) AS record
    FROM (SELECT {noted} FROM incoming) AS x
)
SELECT '{table.name}', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT '{table.name}', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = {_key(table, "o")};

MERGE INTO {name}
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = '{table.name}' AND d.key = {_key(table, "i")}
) AS new
USING ({_names(table.key)})
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM {name}
WHERE ({_names(table.key)}) IN (SELECT {_names(table.key)} FROM outgoing){f" AND {table.ours}" if table.ours else ""};
"""  # noqa: S608


def _create(table: Table) -> str:
    columns = ",\n".join(f"    {quoted(column.name)} {column.sql}" for column in table.stored)
    return f"CREATE TABLE {quoted(table.name)} (\n{columns}\n);"


def _doubled(table: Table) -> str:
    return (
        f"SELECT '{table.name}' AS table_name, {_key(table, 'x')}::VARCHAR AS value, 'en double' AS fault\n"
        f"FROM {quoted(table.name)} AS x{_where(table.verified)}"
        f" GROUP BY {_names(table.key)} HAVING count(*) > 1"
    )


def _shared(table: Table, column: Column, *, written: bool) -> str:
    (key,), name = table.key, quoted(column.name)
    sides = (f"(d.{side}->>'$.{column.name}')" for side in ("before", "after"))
    only = (
        f"\nSEMI JOIN difference AS d ON d.table_name = '{table.name}' AND d.key = x.{quoted(key)}"
        f" AND {' IS DISTINCT FROM '.join(sides)}"
    )
    return (
        f"SELECT DISTINCT '{table.name}' AS table_name, x.{name}::VARCHAR AS value,"
        f" 'en double ({column.header})' AS fault\n"
        f"FROM {quoted(table.name)} AS x JOIN {quoted(table.name)} AS y"
        f" ON lower(x.{name}::VARCHAR) = lower(y.{name}::VARCHAR) AND x.{quoted(key)} <> y.{quoted(key)}"
        f"{only if written else ''}"
    )


def _dangling(table: Table, column: Column) -> str:
    target = TABLES[column.refers_to]
    (key,) = target.key
    value = f"x.{quoted(column.name)}"
    only = f" AND y.kind = '{column.only}'" if column.only else ""
    known = "" if "NOT NULL" in column.sql else f"{value} IS NOT NULL"
    fault = f"{column.only} inconnue" if column.only else target.dangling
    return (
        f"SELECT '{table.name}', {value}::VARCHAR, '{fault}'\n"
        f"FROM {quoted(table.name)} AS x ANTI JOIN {quoted(target.name)} AS y ON y.{quoted(key)} = {value}{only}"
        f"{_where(' AND '.join(filter(None, (known, table.verified))))}"
    )


def _key(table: Table, of: str) -> str:
    names = [f"{of}.{quoted(name)}" for name in table.key]
    return names[0] if len(names) == 1 else f"concat_ws(' / ', {', '.join(names)})"


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def _where(condition: str) -> str:
    return f" WHERE {condition}" if condition else ""
