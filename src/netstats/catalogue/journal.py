"""What the journal holds: the entries, what each changed, which stand in the way of taking one back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from netstats.catalogue.figure import sql
from netstats.store import Database, effective_batches


def entries(database: Database) -> pd.DataFrame:
    """Return what was put in, the last first.

    Columns: id, applied_on, applied_at (missing for the founding data), kind, label, author, source, undone (what it
    takes back), undone_by (what took it back last, missing when that was itself taken back), added, changed, removed
    (numbers of rows).
    """
    frame = database.ask(sql("journal_entries"))
    frame["undone_by"] = frame["undone_by"].mask(effective(frame))
    return frame


def effective(batches: pd.DataFrame) -> pd.Series[bool]:
    """Return which batches count, see `effective_batches`: by their columns id and undone, the last first."""
    taken_back = batches["undone"].astype(object).where(batches["undone"].notna(), None)
    return batches["id"].isin(effective_batches(zip(batches["id"], taken_back, strict=True)))


def changes(database: Database, batch: int) -> pd.DataFrame:
    """Return what an entry changed: table_name, key, before and after as JSON texts."""
    return database.ask(sql("journal_changes"), {"batch": batch})


def later(database: Database, batch: int) -> pd.DataFrame:
    """Return the later entries that keep one from being taken back: id, label."""
    return database.ask(sql("journal_later"), {"batch": batch})


def text_of(database: Database, batch: int) -> str | None:
    """Return the minutes that an entry was read from; None unless somebody asked to keep them, or once it is undone."""
    found = database.ask(sql("journal_text"), {"batch": batch})["text"].dropna()
    return None if found.empty else str(found.iloc[0])


def drafts(database: Database, code: str | None = None) -> list[dict[str, Any]]:
    """Return the meetings that wait for a person, network by network; with a `code`, that one with its text.

    Each has code, network_code (None while it is not known), name, reasons, content (JSON, see
    `netstats.minutes.waiting`), applied_on (when it was kept), text (None when it was not kept).
    """
    found = database.ask(sql("drafts"), {"code": code}).astype(object)
    return [
        {str(name): one for name, one in row.items()} for row in found.where(found.notna(), None).to_dict("records")
    ]


def drafts_done(database: Database) -> set[str]:
    """Return the codes of the meetings that waited, and were settled or thrown away."""
    return set(database.ask(sql("drafts_done"))["key"])


def meetings(database: Database, codes: Sequence[str]) -> pd.DataFrame:
    """Return what some meetings are called: code, title, held_on, date_precision."""
    return database.ask(sql("meeting_names"), {"codes": list(codes)})


def names(database: Database, territories: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return table → code → name, for everything that rows refer to; of the territories, only those asked for."""
    frame = database.ask(sql("names"), {"territories": list(territories)})
    return {
        str(table): dict(zip(group["code"], group["name"], strict=True)) for table, group in frame.groupby("table_name")
    }


def last_known(database: Database, codes: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Return the last images of rows that the journal has seen, by table and code: as `changes` does."""
    tables, keys = zip(*codes, strict=True)
    return database.ask(sql("journal_last_known"), {"tables": list(tables), "keys": list(keys)})
