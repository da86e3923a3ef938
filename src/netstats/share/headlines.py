"""The six key figures in words: value, and what it is known from; the same on screen, on a slide and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from netstats import wording
from netstats.catalogue.overview import HEADLINES
from netstats.filters import Filters


@dataclass(frozen=True)
class Headline:
    """A key figure: French words.

    Attributes
    ----------
    column
        The column of the figure « indicateurs » that it says.
    label, value, definition
        What it is called, how much it is (« 6,4 % »), how it is defined.
    note
        What it is known from, and what only an unknown keeps out of it; may be empty.
    """

    column: str
    label: str
    value: str
    definition: str
    note: str


def headlines(row: pd.Series, filters: Filters) -> tuple[Headline, ...]:
    """Return the key figures of a selection from its row of the figure « indicateurs »."""
    notes = _notes(row, filters)
    return tuple(
        Headline(known.column, known.label, _value(known.column, row), known.definition, notes[known.column])
        for known in HEADLINES
    )


def of_meetings(known: int, meetings: int) -> str:
    """Return « 8 réunions sur 11 »."""
    return f"{wording.number(known)} {wording.plural(known, 'réunion')} sur{wording.NO_BREAK}{wording.number(meetings)}"


def _value(column: str, row: pd.Series) -> str:
    return wording.percent(row[column]) if column.startswith("share") else wording.number(row[column])


def _notes(row: pd.Series, filters: Filters) -> Mapping[str, str]:
    meetings = int(row["meetings"])
    parts = []
    if row["undated_meetings"]:
        parts.append(f"dont {wording.number(row['undated_meetings'])} sans date")
    if row["sessions"] != meetings:
        parts.append(wording.counted(row["sessions"], "séance"))
    if row["uncertain_meetings"]:
        parts.append(
            f"{wording.counted(row['uncertain_meetings'], 'autre possible', 'autres possibles')} : {_doubt(filters)}"
        )
    present = f"présents connus pour {of_meetings(row['attended_meetings'], meetings)}"
    located = f"territoire nommé pour {wording.number(row['located_actions'])} sur {wording.number(row['actions'])}"
    if row["unlocated_actions"]:
        located = f"{wording.counted(row['unlocated_actions'], 'autre')} aux mêmes réunions, territoire non nommé"
    covered = row["population_covered"]
    return {
        "meetings": " · ".join(parts),
        "territories": present,
        "attendances": present,
        "share_covered": present
        if pd.isna(covered)
        else f"{_inhabitants(covered)} sur {_inhabitants(row['population'])}",
        "themes": f"thèmes connus pour {of_meetings(row['themed_meetings'], meetings)}",
        "actions": located if row["actions"] or row["unlocated_actions"] else "",
    }


def _doubt(filters: Filters) -> str:
    """Return which unknown may hide meetings from this selection."""
    reasons = ["date"] if filters.period else []
    reasons += ["présents"] if filters.departments or filters.kinds else []
    return "date inconnue" if reasons == ["date"] else f"{' ou '.join(reasons)} inconnus"


def _inhabitants(count: int) -> str:
    if count >= 1_000_000:
        millions = round(count / 1e6, 1)
        return f"{wording.number(millions, 1)} {wording.plural(millions, 'million')}"
    return f"{wording.number(count)} hab."
