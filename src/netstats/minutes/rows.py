"""The rows that the meetings of a text mean together, and what the database holds with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from netstats.intake.files.snapshot import Snapshot, own_territories
from netstats.reference.names import Gazetteer
from netstats.store import KEYS, Edit


def after(known: Snapshot, edit: Edit) -> Snapshot:
    """Return what the database will hold once an edit is written."""
    rows = dict(known.rows)
    for table in {*edit.rows, *edit.removed}:
        names = list(KEYS[table])
        new = edit.rows.get(table, rows[table].iloc[:0])
        gone = _keys(new, names) | _keys(edit.removed.get(table, new.iloc[:0]), names)
        kept = rows[table][[key not in gone for key in zip(*(rows[table][name] for name in names), strict=True)]]
        rows[table] = pd.concat([kept, new[list(kept.columns)]], ignore_index=True) if len(new) else kept
    if not {"territory", "territory_commune", "territory_alias"} & {*edit.rows, *edit.removed}:
        return replace(known, rows=rows)
    return replace(known, rows=rows, gazetteer=Gazetteer.load(own=own_territories(rows)))


def _keys(frame: pd.DataFrame, names: list[str]) -> set[tuple[object, ...]]:
    return set(zip(*(frame[name] for name in names), strict=True))


def joined_edits(edits: Sequence[Edit]) -> Edit:
    """Return several edits as one; of a row that two of them write, the last."""

    def frames(parts: Iterable[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
        found: dict[str, list[pd.DataFrame]] = {}
        for part in parts:
            for table, frame in part.items():
                found.setdefault(table, []).append(frame)
        return {
            table: pd.concat(several, ignore_index=True).drop_duplicates(list(KEYS[table]), keep="last")
            for table, several in found.items()
        }

    return Edit(frames(edit.rows for edit in edits), frames(edit.removed for edit in edits))
