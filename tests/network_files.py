"""The files of data/network, read by plain csv: as rows of the tables of the database, every cell a text."""

from __future__ import annotations

import csv
from pathlib import Path

NETWORK = Path(__file__).parents[1] / "data" / "network"
STORED = {
    "inconnu": "unknown",
    "environ": "about",
    "plus de": "at_least",
    "tenue": "held",
    "annoncée": "announced",
    "annulée": "cancelled",
    "régional": "regional",
    "oui": "true",
    "non": "false",
}
PRECISIONS = {0: "unknown", 4: "year", 7: "month", 10: "day"}

Rows = list[dict[str, str]]


def cells(name: str) -> Rows:
    """The lines of a file, by header."""
    with (NETWORK / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def members(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def stored(cell: str) -> str:
    return STORED.get(cell, cell)


def meetings() -> Rows:
    return [
        {
            "code": row["Code"],
            "network_code": row["Réseau"],
            "kind": row["Nature"],
            "held_on": f"{row['Date']}-01" if len(row["Date"]) == 7 else row["Date"],
            "date_precision": PRECISIONS[len(row["Date"])],
            "held_until": row["Date de fin"],
            "sessions": row["Séances"],
            "format": stored(row["Format"]),
            "place": row["Lieu"],
            "participants": row["Participants"],
            "participants_precision": stored(row["Précision du nombre"]),
            "open_to_non_members": stored(row["Ouverte aux non-membres"]),
            "status": stored(row["Statut"]),
            "title": row["Titre"],
            "note": row["Note"],
            "source_url": row["Source"],
        }
        for row in cells("reunions")
    ]


def meeting_themes() -> Rows:
    return [
        {"meeting_code": row["Code"], "theme_code": theme}
        for row in cells("reunions")
        for theme in members(row["Thèmes"])
    ]


def attendance() -> Rows:
    return [
        {
            "meeting_code": row["Réunion"],
            "territory_code": row["Code du territoire"],
            "printed_name": row["Nom dans la source"],
            "member": stored(row["Membre du FFSU"]),
        }
        for row in cells("presences")
    ]


def actions() -> Rows:
    return [
        {
            "code": row["Code"],
            "meeting_code": row["Réunion"],
            "territory_code": row["Code du territoire"],
            "type_code": row["Type d’action"],
            "audience_code": row["Public"],
            "theme_code": row["Thème"],
            "source_url": row["Source"],
        }
        for row in cells("actions")
    ]


def network_regions() -> list[tuple[str, str]]:
    return [(row["Code"], region) for row in cells("reseaux") for region in members(row["Régions"])]


def territory_communes() -> list[tuple[str, str]]:
    return [(row["Code"], commune) for row in cells("organismes") for commune in members(row["Communes"])]
