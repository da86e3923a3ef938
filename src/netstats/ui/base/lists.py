"""Lists that read as text: the territories that came, the meetings with their sources, those without a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue.meetings import headcount
from netstats.choices import KIND_GROUPS
from netstats.filters import Filters
from netstats.reference.fold import unaccented
from netstats.ui.base import data, links
from netstats.ui.base.html import show

Row = Mapping[str, Any]
"""One row of a frame: column → value."""

_STATUS = {"announced": "annonce, tenue non vérifiée", "cancelled": "annulation"}
_NOT_HELD = {"announced": "annoncées", "cancelled": "annulées"}
_MOST_UNDATED = 6
_MOST_COMING = 3
_MOST_NAMES = 12
_BETWEEN_NAMES = f"{wording.NO_BREAK}; "


def territories(frame: pd.DataFrame, filters: Filters, *, most: int = 24) -> None:
    """Name the territories that came, by kind, each a link to its sheet, with how often when it is more than once.

    `frame` has rows of the figure « territoires », the most present first; those beyond `most` are counted. The links
    keep the selection `filters`, here as everywhere.
    """
    named = frame.head(most)
    groups = []
    for label, kinds in KIND_GROUPS.items():
        group = named[named["kind"].isin(kinds)].sort_values("name", key=lambda names: names.map(unaccented))
        if not group.empty:
            groups.append((label, list(rows(group))))
    shown = f"{most} territoires sur {wording.number(len(frame))}, des plus présents, dans l’ordre alphabétique"
    rest = f"{shown} ; les autres sont dans les données." if len(frame) > most else ""
    show("lists-territories", groups=groups, rest=rest, **linked(filters))


def meetings(frame: pd.DataFrame, filters: Filters, *, most: int = 8) -> None:
    """List the latest meetings, then in a line of their own those that are still to come.

    `frame` has rows of the figure « reunions », the latest first; beyond `most` a link leads to all of them.
    """
    coming = pd.Series([is_coming(row) for row in rows(frame)], index=frame.index, dtype="bool")
    past = frame[~coming]
    if not past.empty:
        every_meeting(past.head(most), filters)
    if len(past) > most:
        others = wording.counted(len(past) - most, "autre réunion", "autres réunions")
        # The figures beside count those held only.
        not_held = [said for status, said in _NOT_HELD.items() if past["status"].iloc[most:].eq(status).any()]
        others += f", {' et '.join(not_held)} comprises" if not_held else ""
        st.page_link(
            "pages/analysis/meetings.py",
            label=f"Chercher parmi {others}",
            icon=":material/arrow_forward:",
            query_params=filters.to_address(data.choices()),
        )
    if coming.any():
        nearest = frame[coming].iloc[::-1]
        show(
            "lists-coming",
            meetings=[{**row, "when": day(row)} for row in rows(nearest.head(_MOST_COMING))],
            rest=_others(len(nearest) - _MOST_COMING),
            **linked(filters),
        )


def every_meeting(frame: pd.DataFrame, filters: Filters, *, every_name: bool = False) -> None:
    """List meetings in the order given, each with its date as far as it is known, its themes, who came, its source.

    `frame` has rows of the figure « reunions ». `every_name` names all those present; otherwise the first ones, the
    others being counted.
    """
    show("lists-meetings", meetings=[_meeting(row, every_name) for row in rows(frame)], **linked(filters))


def actions(frame: pd.DataFrame, filters: Filters, *, most: int = 6) -> None:
    """List the first `most` rows of « actions »: what was done, by whom when it is said, where it was told."""
    show(
        "lists-actions",
        actions=[{**row, "when": day(row)} for row in rows(frame.head(most))],
        rest=_others(len(frame) - most, "autre action", "autres actions"),
        **linked(filters),
    )


def undated(frame: pd.DataFrame, filters: Filters, *, axis: str = "hors de la frise") -> None:
    """Name the meetings (rows of « reunions ») that a time `axis`, in French, leaves out: their date is unknown."""
    missing = frame[frame["held_on"].isna() & (frame["status"] == "held")]
    if missing.empty:
        return
    show(
        "lists-undated",
        head=f"{wording.counted(len(missing), 'réunion')} sans date, {axis}",
        meetings=[{**row, "when": when(row)} for row in rows(missing.head(_MOST_UNDATED))],
        rest=_others(len(missing) - _MOST_UNDATED),
        **linked(filters),
    )


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


def kinds(row: Row, *columns: str) -> str:
    """Return what those columns of an action say, where they say something."""
    return " · ".join(str(row[column]) for column in columns if isinstance(row[column], str))


def linked(filters: Filters) -> dict[str, object]:
    """Return what a template needs to link names to their sheets under a selection."""
    return {"to": partial(links.address, filters=filters), "between": _BETWEEN_NAMES}


def mark(row: Row) -> str:
    """Return how a meeting that was announced or cancelled is marked; nothing when it was held."""
    return "à venir" if is_coming(row) else _STATUS.get(str(row["status"]), "")


def day(row: Row) -> str:
    """Return the date of a meeting as far as it is known."""
    return wording.date(row["held_on"], row["date_precision"])


def _others(count: int, singular: str = "autre", plural: str = "autres") -> str:
    return f"et {wording.counted(count, singular, plural)}" if count > 0 else ""


def _meeting(row: Row, every_name: bool) -> Row:
    """Return what the list says of a meeting: those present as pairs to link, as plain text when they are none."""
    names, codes = (
        str(row[column]).split(" ; ") if isinstance(row[column], str) else [] for column in ("names", "territory_codes")
    )
    paired = len(names) == len(codes)
    present = list(zip(codes, names, strict=True))[: None if every_name else _MOST_NAMES] if paired else []
    return {
        **row,
        "when": when(row),
        "mark": mark(row),
        "attendance": _attendance(row),
        "present": present,
        "said": "" if paired else row["names"],
        "others": _others(len(names) - len(present)).removeprefix("et ") if paired else "",
    }


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
