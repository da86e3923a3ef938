"""One meeting: what is known of it, what is not, and the meetings beside it in its network."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.filters import Filters
from netstats.model import KIND_GROUPS
from netstats.ui.base import cards, links, lists
from netstats.ui.base.lists import Row
from netstats.ui.base.text import element, link

_AT_A_DISTANCE = "visioconférence"
_PRECISION = {"month": "jour inconnu", "year": "mois et jour inconnus"}
_MEMBER = {True: "membre du FFSU", False: "non membre"}


def heading(meeting: Row) -> None:
    """Draw the title and, in one line, what the meeting is.

    Parameters
    ----------
    meeting
        The row of the figure « fiche-reunion ».
    """
    links.title(str(meeting["title"]))
    said = [f"Réseau {meeting['network']}", str(meeting["kind"]), _moment(meeting)]
    if meeting["format"] != "unknown":
        said.append(str(meeting["format"]))
    line = f"{escape(' · '.join(said))} {lists.status(meeting)}"
    st.html(element("p", line, class_="netstats-lead"))


def key_figures(meeting: Row) -> None:
    """Draw the four numbers of a meeting, each unknown rather than nil where the source says nothing."""
    sign = {"about": "≈ ", "at_least": "> "}.get(str(meeting["participants_precision"]), "")
    cards.key_figures(
        [
            cards.KeyFigure(
                "Territoires présents",
                wording.number(meeting["territories"]),
                "Communes, intercommunalités, CISPD et départements que la source nomme parmi les présents.",
            ),
            cards.KeyFigure(
                "Participants",
                sign + wording.number(meeting["participants"]),  # a sign: the words would not fit a phone
                "Nombre de personnes, aussi précis que la source le dit : ≈ veut dire environ, > plus de.",
                "" if pd.isna(meeting["participants"]) else lists.headcount(meeting),
            ),
            cards.KeyFigure(
                "Thèmes abordés",
                wording.number(meeting["themes"]),
                "Thèmes que la source dit avoir été abordés.",
            ),
            cards.KeyFigure(
                "Actions racontées",
                wording.number(meeting["actions"]),
                "Ce que des territoires ont fait, tel que la source le raconte.",
            ),
        ]
    )


def facts(meeting: Row, unknown: list[str]) -> None:
    """List when, where and how, the note and the source, then everything that is not known.

    Parameters
    ----------
    meeting
        The row of the figure « fiche-reunion ».
    unknown
        What `unknowns` says.
    """
    lines = [("Quand", escape(_moment(meeting)))]
    if meeting["sessions"] > 1:
        lines.append(("Séances", escape(wording.number(meeting["sessions"]))))
    if isinstance(meeting["place"], str):
        lines.append(("Où", escape(str(meeting["place"]))))
    if meeting["format"] != "unknown":
        lines.append(("Comment", escape(str(meeting["format"]))))
    if not pd.isna(meeting["participants"]):
        lines.append(("Participants", escape(lists.headcount(meeting))))
    if not pd.isna(meeting["open_to_non_members"]):
        lines.append(("Ouverte aux non-membres", "oui" if meeting["open_to_non_members"] else "non"))
    if isinstance(meeting["note"], str):
        lines.append(("Note", escape(wording.typeset(meeting["note"]))))
    if isinstance(meeting["source_url"], str):
        source = link(meeting["source_url"], meeting["source_url"], f"Source : {meeting['title']} (nouvel onglet)")
        lines.append(("Source", source))
    terms = "".join(element("dt", label) + element("dd", said) for label, said in lines)
    blanks = element("p", f"{element('b', 'Inconnu')} : {escape(', '.join(unknown))}.") if unknown else ""
    st.html(element("dl", terms, class_="netstats-facts") + element("div", blanks, class_="netstats-names"))


def unknowns(meeting: Row, present: pd.DataFrame, actions: pd.DataFrame) -> list[str]:
    """Return what the source does not say of a meeting, each thing in a few French words.

    Parameters
    ----------
    meeting
        The row of the figure « fiche-reunion ».
    present, actions
        Rows of « presents-reunion » and of « actions-reunion ».
    """
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
    """Name those present by kind, each a link to its sheet, with the name of the source where it differs.

    Parameters
    ----------
    frame
        Rows of the figure « presents-reunion ».
    filters
        The selection that the links keep.
    """
    lines = []
    for label, kinds in KIND_GROUPS.items():
        group = frame[frame["kind"].isin(kinds)]
        if not group.empty:
            items = "".join(element("li", _present(row, filters)) for row in lists.rows(group))
            lines.append(element("b", escape(label)) + element("ul", items))
    st.html(element("div", "".join(lines), class_="netstats-undated"))


def _present(row: Row, filters: Filters) -> str:
    beside = [str(row["department"])] if isinstance(row["department"], str) and row["kind"] != "department" else []
    if isinstance(row["printed_name"], str) and row["printed_name"] != row["name"]:
        beside.append(f"« {row['printed_name']} » dans la source")
    if not pd.isna(row["member"]):
        beside.append(_MEMBER[bool(row["member"])])
    name = links.link("territoire", str(row["code"]), wording.typeset(str(row["name"])), filters)
    said = element("span", escape(wording.typeset(", ".join(beside))), class_="note")
    return f"{name} {said}" if beside else name


def themes(frame: pd.DataFrame, filters: Filters) -> None:
    """Name the themes, each a link to its sheet, with its family.

    Parameters
    ----------
    frame
        Rows of the figure « themes-reunion ».
    filters
        The selection that the links keep.
    """
    items = "".join(
        element(
            "li",
            links.link("theme", str(row["code"]), str(row["name"]), filters)
            + f" {element('span', escape(str(row['family'])), class_='note')}",
        )
        for row in lists.rows(frame)
    )
    st.html(element("div", element("ul", items), class_="netstats-undated"))


def actions(frame: pd.DataFrame, filters: Filters) -> None:
    """List the actions, each with its type, its public and who did it when the source says so.

    Parameters
    ----------
    frame
        Rows of the figure « actions-reunion ».
    filters
        The selection that the links keep.
    """
    items = "".join(element("li", _action(row, filters)) for row in lists.rows(frame))
    st.html(element("ol", items, class_="netstats-stories", role="list"))


def _action(row: Row, filters: Filters) -> str:
    if isinstance(row["territory_code"], str):
        by = links.link("territoire", row["territory_code"], str(row["territory"]), filters)
    else:
        by = "territoire non nommé"
    kinds = [str(row[column]) for column in ("type", "audience") if isinstance(row[column], str)]
    told = element("span", f"{by} · {escape(' · '.join(kinds))}", class_="by")
    return f"{escape(str(row['description']))} {told}"


def neighbours(frame: pd.DataFrame, filters: Filters, *, undated: bool) -> None:
    """Link the meeting before and the one after in the same network; those without a date say so.

    Parameters
    ----------
    frame
        Rows of the figure « voisines-reunion ».
    filters
        The selection that the links keep.
    undated
        Whether the meeting itself has no date: none then came before it, nor after.
    """
    lines = "".join(element("p", _neighbour(row, filters, undated=undated)) for row in lists.rows(frame))
    st.html(element("div", lines, class_="netstats-names"))


def _neighbour(row: Row, filters: Filters, *, undated: bool) -> str:
    label = "Réunion précédente" if row["side"] == "avant" else "Réunion suivante"
    if undated:
        label = "Dernière réunion datée" if row["side"] == "avant" else label
    dated = escape(lists.when(row))
    if pd.isna(row["held_on"]):  # its place among the others says nothing of when it was held
        label, dated = "Rangée après, faute de date" if row["side"] == "après" else "Aussi sans date", "date inconnue"
    return f"{element('b', label)} : {lists.titled(row, filters)}, {dated} {lists.status(row)}"


def _moment(meeting: Row) -> str:
    """Return when, with what of the date is not known."""
    known = _PRECISION.get(str(meeting["date_precision"]))
    return lists.when(meeting) + (f" ({known})" if known else "")
