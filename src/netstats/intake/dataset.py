"""The real data as validated rows: `check` says all that is wrong with data/, `read` gives typed frames.

A file is judged in three steps: can it be read as a table, is every cell what its column says, do the rows
agree with each other. No step stops at the first problem. A file that could not be read whole is not held
against the others: what refers to it is left unjudged rather than called missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - `date` is also the name of a kind of column
from pathlib import Path

import pandas as pd

from netstats.errors import NetstatsError
from netstats.intake.layout import NETWORK_TABLES, TABLES, Kind, Table
from netstats.intake.rules import judge
from netstats.intake.sheet import Problem, Sheet, Sheets, load
from netstats.wording import counted

__all__ = ["Dataset", "Problem", "check", "read", "refuse", "typed"]

_SPREADSHEET_SUFFIXES = {".csv", ".tsv", ".txt", ".ods", ".xls", ".xlsx"}


@dataclass(frozen=True, eq=False)
class Dataset:
    """The network's activity, verified.

    Attributes
    ----------
    frames
        One frame a file of data/network, by name (`meetings`, `attendance` …), with the columns of
        `netstats.intake.layout` in that order. Text is `str`, whole numbers `Int64`, other numbers `Float64`,
        true and false `boolean`, dates `datetime64`; an empty cell is missing (NaN, NA or NaT), never zero
        or "".
    """

    frames: Mapping[str, pd.DataFrame]


def check(data_dir: Path) -> list[Problem]:
    """Return everything that is wrong in data/network and data/reference, in the order of files and lines.

    Parameters
    ----------
    data_dir
        The directory that holds `network/` and `reference/`.

    Returns
    -------
    list of Problem
        Empty when the whole of data/ is as `netstats.intake.layout` and the rules of this module say.
    """
    sheets, problems = load(data_dir, TABLES)
    problems += _unknown_files(data_dir)
    problems += judge(sheets, TABLES)
    return _in_order(problems)


def read(data_dir: Path) -> Dataset:
    """Return the network's activity, once it is verified.

    The cells of data/reference, which no person writes, are left to `check`: only what data/network refers to
    is read.

    Parameters
    ----------
    data_dir
        The directory that holds `network/` and `reference/`.

    Raises
    ------
    NetstatsError
        Something is wrong in data/network, or a file of data/reference that it needs cannot be read.
    """
    referred_to = {name for table in NETWORK_TABLES for column in table.columns for name in column.refers_to}
    needed = referred_to | {table.name for table in NETWORK_TABLES} | {"intercommunality_communes"}
    sheets, problems = load(data_dir, [table for table in TABLES if table.name in needed])
    problems += [problem for problem in _unknown_files(data_dir) if problem.file.startswith("network/")]
    refuse([*problems, *judge(sheets, NETWORK_TABLES)])
    return typed(sheets, NETWORK_TABLES)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise a NetstatsError that names the first problems; nothing happens when there is none."""
    problems = _in_order(problems)
    if problems:
        shown = " ".join(str(problem) for problem in problems[:3])
        others = len(problems) - 3
        more = f" Et {counted(others, 'autre problème', 'autres problèmes')}." if others > 0 else ""
        raise NetstatsError(
            f"Les données ne peuvent pas être lues. {shown}{more}",
            "Corrigez les fichiers ; « python -m netstats check » donne la liste complète.",
        )


def typed(sheets: Sheets, tables: Iterable[Table]) -> Dataset:
    """Return the rows of some tables with their types, once `judge` has found nothing wrong with them."""
    return Dataset({table.name: _frame(sheets[table.name]) for table in tables})


def _unknown_files(data_dir: Path) -> Iterator[Problem]:
    known = {table.file for table in TABLES}
    for folder in ("network", "reference"):
        paths = sorted((data_dir / folder).iterdir()) if (data_dir / folder).is_dir() else []
        for path in paths:
            file = f"{folder}/{path.name}"
            temporary = path.name.startswith((".", "~"))  # what an editor leaves beside an open file
            if path.suffix.lower() in _SPREADSHEET_SUFFIXES and file not in known and not temporary:
                yield Problem(file, None, None, None, "fichier inconnu, que rien ne lirait")


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    ranks = {table.file: rank for rank, table in enumerate(TABLES)}
    return sorted(problems, key=lambda found: (ranks.get(found.file, len(ranks)), found.file, found.line or 0))


def _frame(sheet: Sheet) -> pd.DataFrame:
    columns = sheet.table.columns
    return pd.DataFrame({column.name: _series(column.kind, sheet.cells[column.name]) for column in columns})


def _series(kind: Kind, cells: Iterable[str]) -> pd.Series:
    read_cell = _READERS.get(kind, str)
    return pd.Series([read_cell(cell) if cell else None for cell in cells], dtype=dtype(kind))


def dtype(kind: Kind) -> str:
    """Return the type of a column of frames: one that can be missing."""
    return _DTYPES.get(kind, "str")


_READERS: Mapping[Kind, Callable[[str], object]] = {
    "int": int,
    "float": float,
    "bool": "true".__eq__,
    "date": Date.fromisoformat,
}
_DTYPES: Mapping[Kind, str] = {"int": "Int64", "float": "Float64", "bool": "boolean", "date": "datetime64[us]"}
