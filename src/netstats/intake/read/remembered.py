"""Columns that a person matched by hand: kept with the answers of an import, taken again in the next file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from netstats.intake.persons import looks_like_a_name, personal
from netstats.intake.read.grids import quoted
from netstats.intake.read.matching import Matching, rematch
from netstats.reference.fold import normalize
from netstats.wording import listing

_NOT_READ = "aucune"
"""What is kept of a column that a person does not want read."""


def _keys(matching: Matching, form: str) -> dict[int, str]:
    """Return the columns that one can name by their header alone, and under which key each is kept."""
    written = matching.grid.rows[matching.header] if matching.header >= 0 else []
    names = ["" if cell is None else normalize(title) for cell, title in zip(written, matching.headers, strict=True)]
    return {rank: f"colonne|{form}|{name}" for rank, name in enumerate(names) if name and names.count(name) == 1}


def as_before(matching: Matching, kept: Mapping[str, str]) -> Matching:
    """Return a matching with the columns that earlier imports matched by hand, and says so; itself without any.

    A field that another column holds by its own header stays there.
    """
    form = matching.form
    learned = {rank: kept[key] for rank, key in _keys(matching, form.name).items() if kept.get(key)} if form else {}
    if form is None or not learned:
        return matching
    columns = {name: rank for name, rank in matching.columns.items() if rank not in learned}
    learned = {rank: field for rank, field in learned.items() if field not in columns}
    columns |= {field: rank for rank, field in learned.items() if field != _NOT_READ}
    found = rematch(matching, form, columns)
    if dict(found.columns) == dict(matching.columns):
        return matching
    said = listing(quoted(matching.headers[rank]) for rank in learned)
    return replace(found, notices=(*found.notices, f"Colonnes comprises comme dans un import précédent : {said}."))


def by_hand(matching: Matching, kept: Mapping[str, str]) -> dict[str, str]:
    """Return what is to be kept of a matching: its columns that are not what the headers say, or were kept before."""
    form = matching.form
    if form is None:
        return {}
    here, alone = ({rank: name for name, rank in one.items()} for one in (matching.columns, matching.automatic))
    by_header = {name for name, rank in matching.columns.items() if matching.automatic.get(name) == rank}
    found: dict[str, str] = {}
    for rank, key in _keys(matching, form.name).items():
        field, header = here.get(rank, _NOT_READ), matching.headers[rank]
        if field == _NOT_READ and kept.get(key) in by_header:
            continue  # it gave way to the column of that header: that is no choice
        is_other = kept[key] != field if kept.get(key) else field != alone.get(rank, _NOT_READ)
        if is_other and not (personal(header) or looks_like_a_name(header)):
            found[key] = field
    return found
