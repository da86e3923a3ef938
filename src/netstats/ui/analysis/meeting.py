"""One meeting: what is known of it, what is not, and the meetings beside it in its network.

`meeting` is the row of the figure « fiche-reunion »; the links keep the selection `filters`.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue.meetings import MEASURES, headcount
from netstats.choices import KIND_GROUPS
from netstats.filters import Filters
from netstats.ui.base import indicators, lists
from netstats.ui.base.html import show
from netstats.ui.base.lists import Row
from netstats.ui.base.text import plain

_AT_A_DISTANCE = "visioconférence"
_PRECISION = {"month": "jour inconnu", "year": "mois et jour inconnus"}
_MEMBER = {True: "membre du FFSU", False: "non membre"}


def heading(meeting: Row) -> None:
    """Draw the title and, in one line, what the meeting is."""
    st.title(plain(str(meeting["title"])), anchor=False)
    said = [f"Réseau {meeting['network']}", str(meeting["kind"]), _moment(meeting)]
    if meeting["format"] != "unknown":
        said.append(str(meeting["format"]))
    show("meeting-heading", said=" · ".join(said), mark=lists.mark(meeting))


def key_figures(meeting: Row) -> None:
    """Draw the four numbers of a meeting, each unknown rather than nil where the source says nothing."""
    indicators.row(MEASURES, meeting, Filters())


def facts(meeting: Row, present: pd.DataFrame, actions: pd.DataFrame) -> None:
    """List when, where and how, the note and the source, then everything that is not known.

    `present` and `actions` have rows of « presents-reunion » and of « actions-reunion ».
    """
    known = [("Quand", _moment(meeting))]
    if meeting["sessions"] > 1:
        known.append(("Séances", wording.number(meeting["sessions"])))
    if isinstance(meeting["place"], str):
        known.append(("Où", meeting["place"]))
    if meeting["format"] != "unknown":
        known.append(("Comment", str(meeting["format"])))
    if not pd.isna(meeting["participants"]):
        known.append(("Participants", headcount(meeting)))
    if not pd.isna(meeting["open_to_non_members"]):
        known.append(("Ouverte aux non-membres", "oui" if meeting["open_to_non_members"] else "non"))
    if isinstance(meeting["note"], str):
        known.append(("Note", meeting["note"]))
    unknown = _unknowns(meeting, present, actions)
    show("meeting-facts", facts=known, unknown=unknown, url=meeting["source_url"], title=meeting["title"])


def _unknowns(meeting: Row, present: pd.DataFrame, actions: pd.DataFrame) -> list[str]:
    """Return what the source does not say of a meeting, each thing in a few French words."""
    precision = str(meeting["date_precision"])
    unnamed = int(actions["territory_code"].isna().sum())
    unsaid = int(present["member"].isna().sum())
    said = {
        "date": pd.isna(meeting["held_on"]),
        "jour": precision == "month",
        "mois et jour": precision == "year",
        "format": meeting["format"] == "unknown",
        "lieu": not isinstance(meeting["place"], str) and meeting["format"] != _AT_A_DISTANCE,
        "nombre de participants": pd.isna(meeting["participants"]),
        "territoires présents": present.empty,
        "qui est membre du FFSU": 0 < len(present) == unsaid,
        f"appartenance au FFSU de {wording.counted(unsaid, 'territoire')}": 0 < unsaid < len(present),
        "thèmes": pd.isna(meeting["themes"]),
        "ouverture aux non-membres": pd.isna(meeting["open_to_non_members"]),
        f"territoire de {wording.counted(unnamed, 'action')} sur {wording.number(len(actions))}": unnamed > 0,
        "source": not isinstance(meeting["source_url"], str),
    }
    return [what for what, is_unknown in said.items() if is_unknown]


def present(frame: pd.DataFrame, filters: Filters) -> None:
    """Name those present by kind (rows of « presents-reunion »), with the name of the source where it differs."""
    groups = [
        (label, [{**row, "beside": _beside(row)} for row in lists.rows(frame[frame["kind"].isin(kinds)])])
        for label, kinds in KIND_GROUPS.items()
        if frame["kind"].isin(kinds).any()
    ]
    show("meeting-present", groups=groups, **lists.linked(filters))


def _beside(row: Row) -> str:
    beside = [str(row["department"])] if isinstance(row["department"], str) and row["kind"] != "department" else []
    if isinstance(row["printed_name"], str) and row["printed_name"] != row["name"]:
        beside.append(f"« {row['printed_name']} » dans la source")
    if not pd.isna(row["member"]):
        beside.append(_MEMBER[bool(row["member"])])
    return ", ".join(beside)


def themes(frame: pd.DataFrame, filters: Filters) -> None:
    """Name the themes (rows of « themes-reunion »), each with its family."""
    show("meeting-themes", themes=list(lists.rows(frame)), **lists.linked(filters))


def actions(frame: pd.DataFrame, filters: Filters) -> None:
    """List the actions (rows of « actions-reunion ») with their type, their public and who did it when it is said."""
    told = [{**row, "kinds": lists.kinds(row, "type", "audience")} for row in lists.rows(frame)]
    show("meeting-actions", actions=told, **lists.linked(filters))


def neighbours(frame: pd.DataFrame, filters: Filters, *, undated: bool) -> None:
    """Link the meeting before and the one after in the same network (rows of « voisines-reunion »).

    When the meeting itself is `undated`, none came before it, nor after.
    """
    meetings = [
        {**row, "label": _side(row, undated=undated), "dated": _dated(row), "mark": lists.mark(row)}
        for row in lists.rows(frame)
    ]
    show("meeting-neighbours", meetings=meetings, **lists.linked(filters))


def _side(row: Row, *, undated: bool) -> str:
    is_before = row["side"] == "avant"
    if pd.isna(row["held_on"]):  # its place among the others says nothing of when it was held
        return "Aussi sans date" if is_before else "Rangée après, faute de date"
    if is_before:
        return "Dernière réunion datée" if undated else "Réunion précédente"
    return "Réunion suivante"


def _dated(row: Row) -> str:
    return "date inconnue" if pd.isna(row["held_on"]) else lists.when(row)


def _moment(meeting: Row) -> str:
    """Return when, with what of the date is not known."""
    known = _PRECISION.get(str(meeting["date_precision"]))
    return lists.when(meeting) + (f" ({known})" if known else "")
