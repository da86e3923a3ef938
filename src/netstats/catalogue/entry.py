"""What the entry form offers to choose from."""

from __future__ import annotations

import pandas as pd

from netstats.catalogue.figure import sql
from netstats.store import Database


def places(database: Database) -> pd.DataFrame:
    """Return every territory, the most populous first.

    Columns: code, name, kind, department_code (where most of its inhabitants live), region_code, population.
    """
    return database.ask(sql("entry_places"))
