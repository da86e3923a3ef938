"""The demonstration set: a made-up activity with the shape of the real one, in a database of its own.

The places and the themes are real, everything that is said to have happened there is drawn at random. The rows
are verified as all others; each batch, title, meeting and body says that it is made up,
and none has a source.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from netstats import choices, store
from netstats.declaration import Column
from netstats.demonstration_chance import drawn
from netstats.demonstration_meetings import action_row, drawn_slots, drawn_themes, meeting_row
from netstats.demonstration_who import Row, Sheets, attendance_row, known_bodies, members_of, present_at
from netstats.demonstration_world import (
    FIRST_YEAR,
    NATIONAL,
    NETWORKS,
)
from netstats.errors import NetstatsError
from netstats.intake import bootstrap, official
from netstats.model import WRITTEN
from netstats.reference.geography import data_directory
from netstats.wording import counted, number

FEWEST, MOST = 50, 20_000
"""How many meetings a demonstration set can have."""


def write(path: Path, *, meetings: int, seed: int, today: date | None = None, replace_older: bool = False) -> None:
    """Write a demonstration set as a database at `path`.

    Parameters
    ----------
    path
        Where to put it; its folder must exist.
    meetings
        How many meetings, from `FEWEST` to `MOST`.
    seed
        Another one makes another activity; the same arguments make the same.
    today
        The day on which it is made: only a few announced meetings lie beyond it. The current day by default.
    replace_older
        Whether to replace another demonstration set.

    Raises
    ------
    NetstatsError
        A number is out of bounds, the place is not good, or something else than a demonstration set stands there.
    """
    if not FEWEST <= meetings <= MOST:
        raise NetstatsError(
            f"Un jeu de démonstration a de {FEWEST} à {number(MOST)} réunions, pas {number(meetings)}.",
            "Donnez un autre nombre avec --meetings.",
        )
    today = today or date.today()
    if today.year < FIRST_YEAR + 2:
        raise NetstatsError(f"Le jeu de démonstration commence en {FIRST_YEAR}.", "Donnez un jour plus tardif.")
    _see_that_it_may_be_written(path, replace_older=replace_older)
    directory = data_directory()
    store.build(
        directory / "reference",
        frames(directory, meetings=meetings, seed=seed, today=today),
        path=path,
        made=bootstrap.build_digest(directory),
        digest=f"{meetings} {seed} {today}",
    ).close()


def _see_that_it_may_be_written(path: Path, *, replace_older: bool) -> None:
    other = "Nommez un autre fichier avec --out."
    if not path.parent.is_dir():
        raise NetstatsError(f"Le dossier {path.parent} n’existe pas.", "Créez-le, ou nommez un autre fichier.")
    if path.resolve() == (data_directory() / bootstrap.DATABASE_NAME).resolve():
        raise NetstatsError(f"{path} est la place de la base réelle.", other)
    if path.is_dir():
        raise NetstatsError(f"{path} est un dossier.", other)
    if not path.exists():
        return
    try:
        origin = store.inspect(path)
    except NetstatsError as error:
        raise NetstatsError(error.what, other) from error
    if origin is None or not origin.fictional:
        raise NetstatsError(f"{path} n’est pas un jeu de démonstration : il n’est pas remplacé.", other)
    if not replace_older:
        raise NetstatsError(
            f"{path} est déjà un jeu de démonstration.",
            "Ajoutez --force pour le remplacer, ou nommez un autre fichier.",
        )


def frames(directory: Path, *, meetings: int, seed: int, today: date) -> dict[str, pd.DataFrame]:
    """Return the rows of a demonstration set, verified, by table of the database.

    Parameters
    ----------
    directory
        The directory of `network/`, whose taxonomies it takes, and of `reference/`, whose territories it takes.
    meetings, seed, today
        See `write`.

    Raises
    ------
    NetstatsError
        The taxonomies or the official geography are not in order.
    """
    taken = bootstrap.network_frames(directory)
    sheets = {file.name: official.read_official(directory, file) for file in official.FILES if file.name in _REFERENCE}
    if issues := [issue for sheet in sheets.values() for issue in sheet.issues]:
        raise NetstatsError(f"Les données ne peuvent pas être lues. {issues[0]}", "Récupérez data/reference.")
    rows = _activity(sheets, taken["theme"], meetings=meetings, seed=seed, today=today)
    made: dict[str, pd.DataFrame] = {"batch": pd.DataFrame(rows.pop("batch"))}
    for name, table in WRITTEN.items():
        if name not in rows:
            made[name] = taken[name]  # the taxonomies
            continue
        records = [{column: _value(table.column(column), row) for column in table.written} for row in rows[name]]
        made[name] = store.records_frame(name, records, table.written)
        if table.in_batch:
            made[name]["batch_id"] = 1
    return made


_REFERENCE = {"departments", "communes", "intercommunalities", "intercommunality_communes"}


def _value(column: Column, row: Row) -> object:
    """Return what a drawn text is in the database."""
    text = row.get(column.name, "")
    if not text:
        return None
    kind = column.sql.split()[0]
    return int(text) if kind == "INTEGER" else text == "true" if kind == "BOOLEAN" else text


def _activity(
    sheets: Sheets, known_themes: pd.DataFrame, *, meetings: int, seed: int, today: date
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows by table of the database, as texts; the taxonomies stay those of data/network."""
    chance = random.Random(seed)  # noqa: S311
    bodies, own = known_bodies(sheets, chance)
    slots = drawn_slots(chance, meetings, today)
    members = {
        network: members_of(chance, network, slots, bodies, today) for network in NETWORKS if network != NATIONAL
    }
    members[NATIONAL] = [
        replace(member, chance=member.chance * 0.12) for network in members.values() for member in network
    ]
    names = dict(zip(known_themes["code"], known_themes["short_name"], strict=True))
    # Each network has its own worries, or every row of a grid would look like the next one.
    tastes = {network: {code: chance.lognormvariate(0, 0.5) for code in names} for network in NETWORKS}
    towns = {network: [m.body.name for m in members[network] if m.body.kind == "commune"] for network in NETWORKS}
    rows: dict[str, list[dict[str, Any]]] = {
        "batch": [
            {
                "id": 1,
                "applied_on": pd.Timestamp(today),
                "kind": choices.DEMONSTRATION,
                "label": f"Jeu de démonstration : {counted(meetings, 'réunion inventée', 'réunions inventées')}",
            }
        ],
        "network": [
            {"code": code, "name": network.name, "scope": "regional" if network.regions else "national"}
            for code, network in NETWORKS.items()
        ],
        "network_region": [
            {"network_code": code, "region_code": region}
            for code, network in NETWORKS.items()
            for region in network.regions
        ],
        "territory": [{"code": body.code, "kind": body.kind, "name": body.name} for body in own],
        "territory_commune": [
            {"territory_code": body.code, "commune_code": commune}
            for body, communes in own.items()
            for commune in communes
        ],
        "territory_alias": [],
        "meeting": [],
        "attendance": [],
        "meeting_theme": [],
        "action": [],
    }
    for slot in slots:
        present = present_at(chance, slot, members[slot.network])
        themes = drawn_themes(chance, slot, tastes[slot.network])
        rows["meeting"].append(
            meeting_row(
                chance,
                slot,
                [names[code] for code in themes],
                present=len(present),
                towns=towns[slot.network],
                today=today,
            )
        )
        rows["attendance"] += [attendance_row(chance, slot, member) for member in present]
        rows["meeting_theme"] += [{"meeting_code": slot.code, "theme_code": theme} for theme in themes]
        if slot.status == "held":
            codes = [member.body.code for member in present]
            rows["action"] += [
                action_row(chance, slot, rank, themes, codes)
                for rank in range(1, drawn(chance, {1: 0.4, 2: 0.2, 3: 0.15, 5: 0.1, 6: 0.05, 9: 0.1}))
            ]
    return rows
