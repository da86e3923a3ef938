"""What a column holds and how it is written; the columns that several figures share are declared here once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

from netstats import wording


class Format(StrEnum):
    """How the values of a column or of a measure are written."""

    TEXT = "text"
    COUNT = "count"
    DECIMAL = "decimal"
    SHARE = "share"
    """Of 1, written as a percentage."""
    YEAR = "year"
    CHANGE = "change"
    """A count that may be negative, with its sign."""
    DAY = "day"
    PARTIAL_DATE = "partial date"
    """A text as far as the date is known: 2020-05-06, 2023-05, 2019."""
    FLAG = "flag"
    LINK = "link"

    def write(self, value: Any, decimals: int = 0) -> str:
        r"""Return a number in French, or a text that is a date, known in part, to the month; unknown is said.

        Examples
        --------
        >>> Format.SHARE.write(0.184), Format.DECIMAL.write(7.25, 1), Format.COUNT.write(None)
        ('18\u202f%', '7,2', 'inconnu')
        """
        if self is Format.PARTIAL_DATE and not wording.is_missing(value):
            return wording.spoken_date(value[:7], short=True)
        return wording.percent(value) if self is Format.SHARE else wording.number(value, decimals)


@dataclass(frozen=True)
class Column:
    """A column of the answer of a figure: its French header, and how its values are written."""

    header: str
    format: Format = Format.TEXT
    is_technical: bool = False  # serves a script or a chart: a reader is spared it on screen, files have it


technical = partial(Column, is_technical=True)
count = partial(Column, format=Format.COUNT)
share = partial(Column, format=Format.SHARE)
partial_date = partial(Column, format=Format.PARTIAL_DATE)

COLUMNS: Mapping[str, Column] = {
    # codes
    "audience_code": technical("Code public"),
    "code": technical("Code"),
    "department_code": technical("Code département"),
    "meeting_code": technical("Code réunion"),
    "network_code": technical("Code réseau"),
    "region_code": technical("Code région"),
    "territory_code": technical("Code territoire"),
    "theme_code": technical("Code thème"),
    "type_code": technical("Code type"),
    # names
    "audience": Column("Public"),
    "department": Column("Département"),
    "description": Column("Action"),
    "family": Column("Famille"),
    "family_rank": technical("Rang de la famille", Format.COUNT),
    "format": Column("Format"),
    "kind": Column("Type"),
    "meeting": Column("Réunion"),
    "name": Column("Nom"),
    "network": Column("Réseau"),
    "note": Column("Note"),
    "place": Column("Lieu"),
    "printed_name": Column("Nom écrit dans la source"),
    "region": Column("Région"),
    "short_name": technical("Libellé court"),
    "source_url": Column("Source", Format.LINK),
    "status": Column("Statut"),
    "territory": Column("Territoire"),
    "theme": Column("Thème"),
    "title": Column("Réunion"),
    "type": Column("Type"),
    # dates and periods
    "date_precision": technical("Précision de la date"),
    "first_seen": partial_date("Première réunion datée"),
    "held_on": Column("Date", Format.DAY),
    "held_until": Column("Dernière séance", Format.DAY),
    "last_seen": partial_date("Dernière réunion datée"),
    "period_label": Column("Période"),
    "period_start": technical("Début de la période", Format.DAY),
    "year": Column("Année", Format.YEAR),
    # counts
    "actions": count("Actions"),
    "attendances": count("Présences"),
    "attended_meetings": count("Réunions dont des présents sont connus"),
    "communes": count("Communes"),
    "meetings": count("Réunions"),
    "participants": count("Participants"),
    "participants_precision": Column("Précision de l’effectif"),
    "participants_unit": Column("Unité de l’effectif"),
    "population": count("Population (habitants)"),
    "population_covered": count("Population couverte (habitants)"),
    "sessions": count("Séances"),
    "territories": count("Territoires participants"),
    "themed_meetings": count("Réunions dont les thèmes sont connus"),
    "themes": Column("Thèmes"),
    "before": count("Période précédente"),
    "change": Column("Évolution", Format.CHANGE),
    # shares and the rest
    "member": Column("Membre du FFSU", Format.FLAG),
    "share": share("Part"),
    "share_covered": share("Part de la population couverte"),
}
"""Columns that mean the same in every figure; a figure may give one a header of its own."""

COMPARED = ("before", "change")
"""The columns of a ranking that say how it was in the period before."""

THEME = "code name short_name family family_rank"
"""Columns of a theme."""


def columns(names: str, /, **own: str | Column) -> dict[str, Column]:
    """Return the columns that `names` lists, in order: those of `COLUMNS`, and `own`, a header or a whole column.

    Examples
    --------
    >>> columns("code name", name="Territoire")["name"].header
    'Territoire'
    """
    found = {}
    for name in names.split():
        mine = own.get(name) or COLUMNS[name]
        found[name] = replace(COLUMNS[name], header=mine) if isinstance(mine, str) else mine
    return found
