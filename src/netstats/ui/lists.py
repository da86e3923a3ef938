"""Lists that read as text: the territories that came, the meetings with their sources, those without a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.ui.text import element, link

_GROUPS = (
    ("Communes", ("commune",)),
    ("Intercommunalités", ("CC", "CA", "CU", "METRO", "EPT")),
    ("CISPD et CLSPD", ("CISPD", "CLSPD")),
    ("Départements", ("department",)),
)
Row = Mapping[str, Any]
_STATUS = {"announced": "annonce, tenue non vérifiée", "cancelled": "annulation"}


def territories(frame: pd.DataFrame, *, most: int = 24) -> None:
    """Name the territories that came, by kind, with how often when it is more than once.

    Parameters
    ----------
    frame
        Rows of the figure « territoires », the most present first.
    most
        How many to name; the others are counted, and stand in the table behind the figure.
    """
    named = frame.head(most)
    lines = []
    for label, kinds in _GROUPS:
        group = named[named["kind"].isin(kinds)].sort_values("name", key=lambda names: names.map(_sorting))
        if not group.empty:
            names = [
                escape(wording.typeset(row["name"]))
                + (f" ({row['attendances']} fois)" if row["attendances"] > 1 else "")
                for row in _rows(group)
            ]
            lines.append(element("p", f"{element('b', escape(label))} : {f'{wording.NO_BREAK}; '.join(names)}"))
    if len(frame) > most:
        others = wording.counted(len(frame) - most, "autre territoire", "autres territoires")
        lines.append(element("p", f"et {others} : choisissez un département, ou ouvrez les données."))
    st.html(element("div", "".join(lines), class_="netstats-names"))


def meetings(frame: pd.DataFrame, *, most: int = 8) -> None:
    """List meetings, each with its date as far as it is known, its themes, who came and its source.

    Parameters
    ----------
    frame
        Rows of the figure « reunions », in the order to show.
    most
        How many to list.
    """
    items = [element("li", _meeting(row)) for row in _rows(frame.head(most))]
    if len(frame) > most:
        others = wording.counted(len(frame) - most, "autre réunion", "autres réunions")
        items.append(element("li", f"et {others} : ouvrez les données."))
    st.html(element("ol", "".join(items), class_="netstats-meetings", role="list"))


def actions(frame: pd.DataFrame, *, most: int = 6) -> None:
    """List actions: what was done, by whom when the source says it, and where it was told.

    Parameters
    ----------
    frame
        Rows of the figure « actions », in the order to show.
    most
        How many to list.
    """
    items = [element("li", _action(row)) for row in _rows(frame.head(most))]
    if len(frame) > most:
        items.append(element("li", f"et {wording.counted(len(frame) - most, 'autre action', 'autres actions')}."))
    st.html(element("ol", "".join(items), class_="netstats-actions", role="list"))


def undated(frame: pd.DataFrame) -> None:
    """Name the meetings that a time axis leaves out, since their date is unknown."""
    missing = frame[frame["held_on"].isna() & (frame["status"] == "held")]
    if missing.empty:
        return
    names = [element("li", _titled(row) + _note(row)) for row in _rows(missing.head(6))]
    if len(missing) > 6:
        names.append(element("li", f"et {wording.counted(len(missing) - 6, 'autre')}"))
    head = f"{wording.counted(len(missing), 'réunion')} sans date, hors de la frise"
    st.html(element("div", element("b", escape(head)) + element("ul", "".join(names)), class_="netstats-undated"))


def _rows(frame: pd.DataFrame) -> Iterator[Row]:
    for row in frame.to_dict("records"):
        yield {str(column): value for column, value in row.items()}


def _action(row: Row) -> str:
    by = str(row["territory"]) if isinstance(row["territory"], str) else "territoire non nommé"
    told = f"{by} · réseau {row['network']}, {wording.date(row['held_on'], row['date_precision'])}"
    return f"{escape(str(row['description']))} {element('span', escape(told), class_='by')}"


def _note(row: Row) -> str:
    return element("div", escape(row["note"]), class_="note") if isinstance(row["note"], str) else ""


def _titled(row: Row) -> str:
    source = row["source_url"]
    return link(str(row["title"]), str(source)) if isinstance(source, str) else escape(str(row["title"]))


def _meeting(row: Row) -> str:
    when = _when(row)
    status = _STATUS.get(str(row["status"]))
    tag = element("span", escape(status), class_="tag") if status else ""
    themes = escape(str(row["themes"])) if isinstance(row["themes"], str) else "thèmes inconnus"
    source = ""
    if isinstance(row["source_url"], str):
        source = link("source", row["source_url"], f"Source : {row['title']}, {when} (nouvel onglet)")
    return (
        element("span", escape(when), class_="when")
        + element("span", f"{escape(str(row['title']))} {tag}", class_="what")
        + element("span", themes, class_="themes")
        + element("span", f"{escape(_attendance(row))} {source}", class_="who")
        + (
            element("span", escape(wording.typeset(row["names"])), class_="names")
            if isinstance(row["names"], str)
            else ""
        )
        + _note(row)
    )


def _when(row: Row) -> str:
    first = wording.date(row["held_on"], row["date_precision"])
    if pd.isna(row["held_until"]) or pd.isna(row["held_on"]):
        return first
    return wording.span(row["held_on"], row["held_until"])


def _attendance(row: Row) -> str:
    pieces: list[str] = []
    if pd.isna(row["territories_all"]):
        pieces.append("territoires présents inconnus")
    elif row["territories"] != row["territories_all"]:
        total = wording.counted(row["territories_all"], "territoire")
        pieces.append(f"{total} dont {wording.number(row['territories'])} de la sélection")
    else:
        pieces.append(wording.counted(row["territories_all"], "territoire"))
    if not pd.isna(row["participants"]):
        count = wording.approximate(row["participants"], row["participants_precision"])
        unit = row["participants_unit"] if isinstance(row["participants_unit"], str) else "participants"
        pieces.append(f"{count} {unit}")
    if row["sessions"] > 1:
        pieces.append(wording.counted(row["sessions"], "séance"))
    if row["format"] != "unknown":
        pieces.append(str(row["format"]))
    if isinstance(row["place"], str):
        pieces.append(row["place"])
    return " · ".join(pieces)


def _sorting(name: str) -> str:
    return name.casefold().translate(str.maketrans("éèêëàâîïôöûüç", "eeeeaaiioouuc"))
