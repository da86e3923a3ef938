"""The activity that a database begins with: data/network, in the form that the export writes and the import reads.

It is read here without the names, the questions and the suggestions of an import, so that a first start need not load
them: the codes of the export leave no doubt. `netstats check` reads the same files through the import as well
(`netstats.intake.data_check`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from netstats.intake.cells import flaw
from netstats.intake.csv_files import Problem, Sheet, load
from netstats.intake.labels import NO, YES, unguarded
from netstats.model import WRITTEN, Column, Kind, Table, choices
from netstats.wording import listing

FOLDER = "network"
START_FILE = f"{FOLDER}/donnees-de-depart.csv"
"""What the journal says of these rows: one line, with the day and the words."""

_START_HEADERS = ("Date", "Intitulé")
_BATCH = 1
_KNOWN_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_DTYPES = {"INTEGER": "Int64", "BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "boolean", "DATE": "datetime64[us]"}

Record = dict[str, Any]


def records_frame(
    table: str, records: Iterable[Mapping[str, object]], names: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return rows of a table of the database as a frame with the types of its columns: `names`, or the first row's."""
    rows = list(records)
    types = {column.name: _DTYPES.get(column.sql.split()[0], "str") for column in WRITTEN[table].stored}
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=types[name]) for name in names or rows[0]})


def read(directory: Path) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Return the rows of data/network by table of the database, and what is wrong with them.

    Parameters
    ----------
    directory
        The directory that holds `network/`.

    Returns
    -------
    tuple
        Table → rows, with the batch that they belong to; and the problems, in the order of files and lines. Whether the
        rows refer to what is there is for the store to verify.
    """
    start = load(directory, START_FILE, _START_HEADERS, needed=_START_HEADERS, separator=";")
    problems = start.problems
    rows: dict[str, list[Record]] = {name: [] for name in WRITTEN}
    for table in WRITTEN.values():
        if table.form is not None:
            problems += _read_form(directory, table, rows)
    frames = {
        name: records_frame(name, records, WRITTEN[name].written).assign(
            **({"batch_id": _BATCH} if WRITTEN[name].in_batch else {})
        )
        for name, records in rows.items()
    }
    return {"batch": _batch(start), **frames}, problems


def file_of(table: Table) -> str:
    """Return the path under data/ of the file of a table that has a form."""
    return f"{FOLDER}/{table.form.name}.csv" if table.form else ""


def _batch(start: Sheet) -> pd.DataFrame:
    rows = [row for _, row in start.rows()]
    if start.whole and len(rows) != 1:
        start.add(None, None, None, "une ligne et une seule attendue après celle des en-têtes")
    if len(rows) != 1 or not start.whole:
        return pd.DataFrame()
    day = _known_date(rows[0]["Date"])
    if day is None or day[1] != "day":
        start.add(start.lines[0], "Date", rows[0]["Date"], "n’est pas une date (AAAA-MM-JJ attendu)")
        return pd.DataFrame()
    label = unguarded(rows[0]["Intitulé"])
    if reason := flaw(label) if label else "valeur obligatoire, la cellule est vide":
        start.add(start.lines[0], "Intitulé", label, reason)
    return pd.DataFrame(
        {
            "id": [_BATCH],
            "applied_on": pd.Series([day[0]], dtype=_DTYPES["DATE"]),
            "kind": [choices.FOUNDING],
            "label": [label],
        }
    )


def _read_form(directory: Path, table: Table, rows: dict[str, list[Record]]) -> list[Problem]:
    """Add the rows that a file holds; return what is wrong with it."""
    columns = [column for column in table.columns if column.kind and (column.sql or column.held_in)]
    codes = [column for column in table.columns if column.kind == "territory_code"]  # beside the name of a territory
    headers = [column.header for column in (*columns, *codes)]
    needed = [column.header for column in columns if "NOT NULL" in column.sql and column.empty is None]
    sheet = load(directory, file_of(table), headers, needed=needed, separator=";")
    seen: dict[tuple[object, ...], int] = {}
    for line, cells in sheet.rows():
        record: Record = {name: table.column(name).empty for name in table.written}
        for column in columns:
            source = codes[0] if column.kind == "territory" else column
            text = cells.get(source.header, "")
            if column.held_in:
                members = [part.strip() for part in text.split(";") if part.strip()]
                names = WRITTEN[column.held_in].key
                rows[column.held_in] += [dict(zip(names, (cells["Code"], one), strict=True)) for one in members]
            elif not text:
                if source.header in needed and source.header in cells:
                    sheet.add(line, source.header, "", "valeur obligatoire, la cellule est vide")
            elif reason := _fill(record, column, text):
                sheet.add(line, source.header, text, reason)
        key = tuple(record[name] for name in table.key)
        if seen.setdefault(key, line) != line:
            sheet.add(line, None, " + ".join(map(str, key)), f"figure déjà à la ligne {seen[key]}")
        rows[table.name].append(record)
    return sheet.problems


def _fill(record: Record, column: Column, text: str) -> str | None:
    """Put what a cell says into a row; return why it cannot be, or None."""
    if column.choices and not column.grows:
        return _fill_choice(record, column, text, {label: value for value, label in column.choices.items()})
    return _FILL.get(column.kind, _fill_text)(record, column, text)


def _fill_choice(record: Record, column: Column, text: str, stored: Mapping[str, object]) -> str | None:
    if text not in stored:
        return f"n’est pas une valeur permise ({listing(stored, 'ou')} attendu)"
    record[column.name] = stored[text]
    return None


def _fill_text(record: Record, column: Column, text: str) -> str | None:
    plain = unguarded(text)
    record[column.name] = plain
    return flaw(plain, "url" if column.kind == "url" else "code" if column.kind == "code" else "text", column.maximum)


def _fill_date(record: Record, column: Column, text: str) -> str | None:
    found = _known_date(text)
    if found is None or (found[1] != "day" and not column.precision):
        return "n’est pas une date (AAAA-MM-JJ attendu)"
    record[column.name] = found[0]
    if column.precision:
        record[column.precision] = found[1]
    return None


def _fill_number(record: Record, column: Column, text: str) -> str | None:
    if not (text.isascii() and text.isdecimal()):
        return "n’est pas un nombre entier (chiffres sans espace attendus)"
    record[column.name] = int(text)
    if int(text) < 1:
        return "est trop petit (1 au moins)"
    return f"est trop grand ({column.maximum} au plus)" if column.maximum and int(text) > column.maximum else None


_FILL: Mapping[Kind, Callable[[Record, Column, str], str | None]] = {
    "date": _fill_date,
    "number": _fill_number,
    "headcount": _fill_number,
    "yes_no": lambda record, column, text: _fill_choice(record, column, text, {YES: True, NO: False}),
}


def _known_date(text: str) -> tuple[date, str] | None:
    """Return the first day and the precision of a date as the export writes it; None when it is none."""
    found = _KNOWN_DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return (first, "day" if day else "month" if month else "year") if 1990 <= first.year < 2100 else None
