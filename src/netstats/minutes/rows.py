"""The rows that the meetings of a text mean together, and what the database holds with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from netstats.intake.changes import ChangeSet
from netstats.intake.snapshot import Snapshot, keys_of, own_territories
from netstats.reference.gazetteer import Gazetteer
from netstats.store import KEYS


def after(known: Snapshot, change_set: ChangeSet) -> Snapshot:
    """Return what the database will hold once a change set is written."""
    rows = dict(known.rows)
    for table in {*change_set.rows, *change_set.removed}:
        names = list(KEYS[table])
        new = change_set.rows.get(table, rows[table].iloc[:0])
        gone = {*keys_of(new, names), *keys_of(change_set.removed.get(table, new.iloc[:0]), names)}
        stays = [key not in gone for key in keys_of(rows[table], names)]
        kept = rows[table].loc[stays]  # `[stays]` would choose columns where there is no row
        rows[table] = pd.concat([kept, new[list(kept.columns)]], ignore_index=True) if len(new) else kept
    if not {"territory", "territory_commune", "territory_alias"} & {*change_set.rows, *change_set.removed}:
        return replace(known, rows=rows)
    return replace(known, rows=rows, gazetteer=Gazetteer.load(own=own_territories(rows)))


def join(change_sets: Sequence[ChangeSet]) -> ChangeSet:
    """Return several change sets as one; of a row that two of them write, the last."""

    def frames(parts: Iterable[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
        found: dict[str, list[pd.DataFrame]] = {}
        for part in parts:
            for table, frame in part.items():
                found.setdefault(table, []).append(frame)
        return {
            table: pd.concat(several, ignore_index=True).drop_duplicates(list(KEYS[table]), keep="last")
            for table, several in found.items()
        }

    return ChangeSet(
        frames(change_set.rows for change_set in change_sets), frames(change_set.removed for change_set in change_sets)
    )
