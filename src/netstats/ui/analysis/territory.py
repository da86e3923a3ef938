"""The parts of a territory's own sheet."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue.indicators import INDICATORS
from netstats.catalogue.participation import (
    ASSIDUITY,
    MEASURES,
    TERRITORY_MEETINGS,
    TERRITORY_NEIGHBOURS,
    ranked,
)
from netstats.filters import Filters
from netstats.ui.base import data, indicators, lists, nothing
from netstats.ui.base.html import show
from netstats.ui.base.text import plain

_MOST_NEAR = 3
_MEMBER = {True: " · membre du FFSU", False: " · non membre du FFSU"}


def identity(row: pd.Series, filters: Filters) -> bool:
    """Say what the territory is (a row of « fiche-territoire »), then how it takes part; return whether it does."""
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
    if isinstance(row["networks"], str):
        facts.append(("Réseau", row["networks"]))
    show("facts", facts=facts)
    return _participation(str(row["code"]), str(row["name"]), filters)


def _participation(code: str, name: str, filters: Filters) -> bool:
    known = ranked(data.ask(ASSIDUITY, filters))
    own = known[known["code"] == code]
    if own.empty:
        near = list(data.ask(TERRITORY_NEIGHBOURS, filters, code)["name"].head(_MOST_NEAR))
        come = f" Viennent, tout près : {wording.listing(near)}." if near else ""
        st.info(plain(f"{name} n’est venu à aucune réunion connue de cette sélection.{come}"))
        national = data.ask(TERRITORY_MEETINGS, nothing.national(filters), code)
        with st.container(horizontal=True):
            nothing.ways_back(filters, 0 if filters.networks == data.national_networks() else len(national))
        return False
    indicators.row(MEASURES, own.iloc[0], filters)
    return True


def around(row: pd.Series, filters: Filters) -> Filters:
    """Return the selection of its department, or of its region where nothing of its department is known."""
    near = replace(filters, departments=(str(row["department_code"]),))
    if data.ask(INDICATORS, near)["meetings"].iloc[0]:
        return near
    return replace(filters, regions=tuple(c for c, name in data.choices()["region"].items() if name == row["region"]))


def neighbours(rows: pd.DataFrame, filters: Filters) -> None:
    """Name those that come and are near, each a link to its own sheet, with how far and how often."""
    told = [
        {
            **row,
            "said": f"{row['department']} · {row['kilometres']} km · {wording.counted(row['attendances'], 'présence')}",
        }
        for row in lists.rows(rows)
    ]
    show("territory-peers", peers=told, **lists.linked(filters))


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
