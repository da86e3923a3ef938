"""Lists that read as text: the territories that came, the meetings with their sources, those without a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.filters import Filters
from netstats.ui.base import data, links
from netstats.ui.base.text import element, source

GROUPS = (
    ("Communes", ("commune",)),
    ("Intercommunalités", ("CC", "CA", "CU", "METRO", "EPT")),
    ("CISPD et CLSPD", ("CISPD", "CLSPD")),
    ("Départements", ("department",)),
)
"""Families of territories → kinds, in the order to name them."""

Row = Mapping[str, Any]
"""One row of a frame: column → value."""

_STATUS = {"announced": "annonce, tenue non vérifiée", "cancelled": "annulation"}
_MOST_UNDATED = 6
_MOST_COMING = 3
_MOST_NAMES = 12
_BETWEEN_NAMES = f"{wording.NO_BREAK}; "


def territories(frame: pd.DataFrame, filters: Filters, *, most: int = 24) -> None:
    """Name the territories that came, by kind, each a link to its sheet, with how often when it is more than once.

    Parameters
    ----------
    frame
        Rows of the figure « territoires », the most present first.
    filters
        The selection that the links keep.
    most
        How many to name; the others are counted, and stand in the table behind the figure.
    """
    named = frame.head(most)
    lines = []
    for label, kinds in GROUPS:
        group = named[named["kind"].isin(kinds)].sort_values("name", key=lambda names: names.map(_sorting))
        if not group.empty:
            names = [
                links.link("territoire", str(row["code"]), wording.typeset(row["name"]), filters)
                + (f" ({row['attendances']} fois)" if row["attendances"] > 1 else "")
                for row in rows(group)
            ]
            lines.append(element("p", f"{element('b', escape(label))} : {_BETWEEN_NAMES.join(names)}"))
    if len(frame) > most:
        others = wording.counted(len(frame) - most, "autre territoire", "autres territoires")
        lines.append(element("p", f"et {others} : choisissez un département, ou ouvrez les données."))
    st.html(element("div", "".join(lines), class_="netstats-names"))


def meetings(frame: pd.DataFrame, filters: Filters, *, most: int = 8) -> None:
    """List the latest meetings, then in a line of their own those that are still to come.

    Parameters
    ----------
    frame
        Rows of the figure « reunions », the latest first.
    filters
        The selection that the links keep.
    most
        How many of each to list at most; of those to come, fewer.
    """
    coming = pd.Series([is_coming(row) for row in rows(frame)], index=frame.index, dtype="bool")
    past = frame[~coming]
    if not past.empty:
        every_meeting(past.head(most), filters)
    if len(past) > most:
        others = wording.counted(len(past) - most, "autre réunion", "autres réunions")
        st.page_link(
            "pages/analysis/meetings.py",
            label=f"Chercher parmi {others}",
            icon=":material/arrow_forward:",
            query_params=filters.to_address(data.choices()),
        )
    if coming.any():
        _say(_coming(frame[coming].iloc[::-1], filters))  # the nearest first


def every_meeting(frame: pd.DataFrame, filters: Filters, *, every_name: bool = False) -> None:
    """List meetings in the order given, each with its date as far as it is known, its themes, who came, its source.

    Parameters
    ----------
    frame
        Rows of the figure « reunions ».
    filters
        The selection that the links keep.
    every_name
        Whether to name all those present; otherwise the first ones, the others being counted.
    """
    items = [element("li", _meeting(row, filters, every_name)) for row in rows(frame)]
    st.html(element("ol", "".join(items), class_="netstats-meetings", role="list"))


def actions(frame: pd.DataFrame, filters: Filters, *, most: int = 6) -> None:
    """List actions: what was done, by whom when the source says it, and where it was told.

    Parameters
    ----------
    frame
        Rows of the figure « actions », in the order to show.
    filters
        The selection that the links keep.
    most
        How many to list.
    """
    items = [element("li", _action(row, filters)) for row in rows(frame.head(most))]
    if len(frame) > most:
        items.append(element("li", f"et {wording.counted(len(frame) - most, 'autre action', 'autres actions')}."))
    st.html(element("ol", "".join(items), class_="netstats-actions", role="list"))


def undated(frame: pd.DataFrame, filters: Filters, *, axis: str = "hors de la frise") -> None:
    """Name the meetings that a time axis leaves out, since their date is unknown; six of them at most.

    Parameters
    ----------
    frame
        Rows of the figure « reunions ».
    filters
        The selection that the links keep.
    axis
        What leaves them out, in French.
    """
    missing = frame[frame["held_on"].isna() & (frame["status"] == "held")]
    if missing.empty:
        return
    shown = missing.head(_MOST_UNDATED)
    names = [element("li", f"{titled(row, filters)} {_source(row)}{_note(row)}") for row in rows(shown)]
    if len(missing) > len(shown):
        names.append(element("li", f"et {wording.counted(len(missing) - len(shown), 'autre')}"))
    head = f"{wording.counted(len(missing), 'réunion')} sans date, {axis}"
    st.html(element("div", element("b", escape(head)) + element("ul", "".join(names)), class_="netstats-undated"))


def rows(frame: pd.DataFrame) -> Iterator[Row]:
    """Return the rows of a frame one by one."""
    for row in frame.to_dict("records"):
        yield {str(column): value for column, value in row.items()}


def when(row: Row) -> str:
    """Return when a meeting was held, as far as it is known, with the last session of a series."""
    first = wording.date(row["held_on"], row["date_precision"])
    if pd.isna(row["held_until"]) or pd.isna(row["held_on"]) or row["date_precision"] != "day":
        return first
    return wording.span(row["held_on"], row["held_until"])


def is_coming(row: Row) -> bool:
    """Return whether a meeting is announced for a time that is not over; without a date, nobody knows."""
    if row["status"] != "announced" or pd.isna(row["held_on"]):
        return False
    end = {"month": pd.offsets.MonthEnd(0), "year": pd.offsets.YearEnd(0)}.get(str(row["date_precision"]))
    last = row["held_on"] if end is None else row["held_on"] + end
    return bool(last >= pd.Timestamp(date.today()))


def status(row: Row) -> str:
    """Return the HTML mark of a meeting that was announced or cancelled; nothing when it was held."""
    said = "à venir" if is_coming(row) else _STATUS.get(str(row["status"]))
    return element("span", escape(said), class_="tag") if said else ""


def titled(row: Row, filters: Filters) -> str:
    """Return the title of a meeting as an HTML link to its page."""
    return links.link("reunion", str(row["code"]), str(row["title"]), filters)


def headcount(row: Row) -> str:
    """Return how many people came, as it is known and in the unit of the source: « environ 50 élus »."""
    count = wording.approximate(row["participants"], row["participants_precision"])
    unit = row["participants_unit"] if isinstance(row["participants_unit"], str) else "participants"
    return count if wording.is_missing(row["participants"]) else f"{count} {unit}"


def _say(html: str) -> None:
    st.html(element("div", element("p", html), class_="netstats-names"))


def _coming(frame: pd.DataFrame, filters: Filters) -> str:
    said = [
        f"{escape(wording.date(row['held_on'], row['date_precision']))}, {titled(row, filters)}"
        for row in rows(frame.head(_MOST_COMING))
    ]
    if len(frame) > _MOST_COMING:
        said.append(f"et {wording.counted(len(frame) - _MOST_COMING, 'autre')}")
    return f"{element('b', 'À venir')} : {_BETWEEN_NAMES.join(said)}."


def _action(row: Row, filters: Filters) -> str:
    by = "territoire non nommé"
    if isinstance(row["territory"], str):
        by = links.link("territoire", str(row["territory_code"]), row["territory"], filters)
    told = f"réseau {row['network']}, {wording.date(row['held_on'], row['date_precision'])}"
    meeting = links.link("reunion", str(row["meeting_code"]), told, filters)
    return f"{escape(str(row['description']))} {element('span', f'{by} · {meeting}', class_='by')}"


def _note(row: Row) -> str:
    return element("div", escape(row["note"]), class_="note") if isinstance(row["note"], str) else ""


def _source(row: Row) -> str:
    return source(row["source_url"], f"{row['title']}, {when(row)}")


def _meeting(row: Row, filters: Filters, every_name: bool) -> str:
    themes = escape(str(row["themes"])) if isinstance(row["themes"], str) else "thèmes inconnus"
    return (
        element("span", escape(when(row)), class_="when")
        + element("span", f"{titled(row, filters)} {status(row)}", class_="what")
        + element("span", themes, class_="themes")
        + element("span", f"{escape(_attendance(row))} {_source(row)}", class_="who")
        + (element("span", _names(row, filters, every_name), class_="names") if isinstance(row["names"], str) else "")
        + _note(row)
    )


def _names(row: Row, filters: Filters, every_name: bool) -> str:
    """Return those present as links to their sheets; as plain text should names and codes not go in pairs."""
    names, codes = str(row["names"]).split(" ; "), str(row["territory_codes"]).split(" ; ")
    if len(names) != len(codes):
        return escape(wording.typeset(row["names"]))
    pairs = list(zip(names, codes, strict=True))[: None if every_name else _MOST_NAMES]
    linked = [links.link("territoire", code, wording.typeset(name), filters) for name, code in pairs]
    if len(names) > len(pairs):
        others = f"et {wording.counted(len(names) - len(pairs), 'autre')}"
        linked.append(links.link("reunion", str(row["code"]), others, filters))
    return _BETWEEN_NAMES.join(linked)


def _attendance(row: Row) -> str:
    pieces: list[str] = []
    if is_coming(row):
        pass  # nobody can have come yet
    elif pd.isna(row["territories_all"]):
        pieces.append("territoires présents inconnus")
    elif row["territories"] != row["territories_all"]:
        total = wording.counted(row["territories_all"], "territoire")
        pieces.append(f"{total} dont {wording.number(row['territories'])} de la sélection")
    else:
        pieces.append(wording.counted(row["territories_all"], "territoire"))
    if not pd.isna(row["participants"]):
        pieces.append(headcount(row))
    if row["sessions"] > 1:
        pieces.append(wording.counted(row["sessions"], "séance"))
    if row["format"] != "unknown":
        pieces.append(str(row["format"]))
    if isinstance(row["place"], str):
        pieces.append(row["place"])
    return " · ".join(pieces)


def _sorting(name: str) -> str:
    return name.casefold().translate(str.maketrans("éèêëàâîïôöûüç", "eeeeaaiioouuc"))
