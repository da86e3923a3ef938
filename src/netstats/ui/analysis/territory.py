"""The parts of a territory's own sheet."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue.participation import ASSIDUITY, MEASURES, TERRITORY_MEETINGS, ranked
from netstats.filters import Filters
from netstats.ui.base import data, indicators, lists, nothing
from netstats.ui.base.html import show
from netstats.ui.base.text import plain

_MEMBER = {True: " · membre du FFSU", False: " · non membre du FFSU"}


def identity(row: pd.Series, filters: Filters) -> None:
    """Say what the territory is (a row of « fiche-territoire »), how many live there; then how it takes part."""
    kind = data.choices()["nature"].get(row["kind"], row["kind"])
    st.title(plain(str(row["name"])), anchor=False)
    facts = [
        (kind, f"{row['department']} ({row['department_code']}), {row['region']}"),
        ("Population", wording.counted(row["population"], "habitant")),
    ]
    if row["communes"] > 1:
        facts.append(("Communes couvertes", wording.number(row["communes"])))
    if isinstance(row["belongs_to"], str):
        facts.append(("Fait partie de", row["belongs_to"]))
    if isinstance(row["aliases"], str):
        names = row["aliases"].split(" ; ")
        more = f" ; et {wording.counted(len(names) - 4, 'autre')}" if len(names) > 4 else ""
        facts.append(("Autres noms", " ; ".join(names[:4]) + more))
    show("facts", facts=facts)
    _participation(str(row["code"]), filters)


def _participation(code: str, filters: Filters) -> None:
    known = ranked(data.ask(ASSIDUITY, filters))
    own = known[known["code"] == code]
    if own.empty:
        st.info("Ce territoire n’est venu à aucune réunion de cette sélection.")
        national = data.ask(TERRITORY_MEETINGS, nothing.national(filters), code)
        with st.container(horizontal=True):
            nothing.ways_back(filters, 0 if filters.networks == data.national_networks() else len(national))
        return
    indicators.row(MEASURES, own.iloc[0], filters)


def meetings(rows: pd.DataFrame, filters: Filters, name: str) -> None:
    """List the meetings where it was, each a link to its own page; another `name` that the source gives it is said."""
    show("territory-meetings", meetings=[_meeting(row, name) for row in lists.rows(rows)], **lists.linked(filters))


def actions(rows: pd.DataFrame, filters: Filters) -> None:
    """List what it did, each with the meeting that told it and its source."""
    told = [
        {**row, "when": lists.day(row), "kinds": lists.kinds(row, "type", "audience", "theme")}
        for row in lists.rows(rows)
    ]
    show("territory-actions", actions=told, **lists.linked(filters))


def peers(rows: pd.DataFrame, filters: Filters) -> None:
    """Name the territories like it, each a link to its own sheet."""
    told = [
        {
            **row,
            "said": f"{row['department']} · {wording.counted(row['population'], 'habitant')} · "
            + _shared(row["themes_shared"]),
        }
        for row in lists.rows(rows)
    ]
    show("territory-peers", peers=told, **lists.linked(filters))


def _shared(themes: float | None) -> str:
    if themes is None or wording.is_missing(themes):
        return "thèmes inconnus"
    return wording.counted(themes, "thème commun", "thèmes communs")


def _meeting(row: lists.Row, known_as: str) -> lists.Row:
    when = lists.day(row)
    themes = str(row["themes"]) if isinstance(row["themes"], str) else "thèmes inconnus"
    member: str = "" if pd.isna(row["member"]) else _MEMBER[bool(row["member"])]
    printed = row["printed_name"]
    name = f" · écrit « {printed} »" if isinstance(printed, str) and printed != known_as else ""
    return {**row, "when": when, "said": f"{when} · {themes}{member}{name}"}
