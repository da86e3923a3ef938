"""The lists that data/network holds (themes, types of action, audiences), for a database that begins without."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from netstats.intake import bootstrap
from netstats.intake.changes import ChangeSet
from netstats.model import WRITTEN
from netstats.reference.geography import data_directory

LABEL = "Listes courantes"
"""What the journal says of them."""

_TOGETHER = (("theme_family", "theme"), ("action_type",), ("audience",))
"""Lists that come in together, or not at all where there is something in one of them already."""


def missing(rows: Mapping[str, pd.DataFrame]) -> ChangeSet:
    """Return the change set that fills the lists that a database has nothing of; its `rows` are by table."""
    empty = [table for tables in _TOGETHER if all(rows[table].empty for table in tables) for table in tables]
    return ChangeSet({table: _lists(data_directory())[table] for table in empty})


def name(rows: Mapping[str, pd.DataFrame], table: str, code: str) -> str:
    """Return the French name of a theme, a type or an audience that minutes tell, and the database may lack."""
    found = rows[table].loc[rows[table]["code"] == code, "name"]
    if found.empty:
        usual = _lists(data_directory())[table]
        found = usual.loc[usual["code"] == code, "name"]
    return code if found.empty else str(found.iloc[0])


@cache
def _lists(directory: Path) -> dict[str, pd.DataFrame]:
    frames = bootstrap.network_frames(directory)
    return {table: frames[table][list(WRITTEN[table].written)] for tables in _TOGETHER for table in tables}
