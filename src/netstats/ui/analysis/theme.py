"""The sheet of one theme: its name and family, its numbers, its course; `theme` is the row of « fiche-theme »."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from netstats import charts, wording
from netstats.catalogue import overview
from netstats.catalogue.measure import KeyFigure
from netstats.catalogue.themes import SHEET, SHEET_EVOLUTION
from netstats.filters import Filters
from netstats.ui.base import cards, data, lists, nothing
from netstats.ui.base.html import show
from netstats.ui.base.lists import Row
from netstats.ui.base.text import plain

_MEASURES: dict[charts.EvolutionMeasure, str] = {"share": "Part", "count": "Nombre"}


def heading(theme: Row, filters: Filters) -> None:
    """Draw the name of the theme, its family, and the other themes of it in the selection, which the links keep."""
    st.title(plain(str(theme["name"])), anchor=False)
    others = data.ask(overview.THEMES, replace(filters, themes=()))
    others = others[(others["family"] == theme["family"]) & (others["code"] != theme["code"])]
    show("theme-heading", family=theme["family"], others=list(lists.rows(others)), **lists.linked(filters))


def key_figures(theme: Row) -> None:
    """Draw the numbers of the theme."""
    known = wording.number(theme["themed_meetings"])
    share = (
        "" if wording.is_missing(theme["share"]) else f"{wording.percent(theme['share'])} des {known} aux thèmes connus"
    )
    present = f"présents connus pour {wording.counted(theme['attended_meetings'], 'réunion')}"
    if not theme["meetings"]:
        present, year, when = "", "jamais", ""
    elif isinstance(theme["last_seen"], str):
        first, last = wording.spoken_date(theme["first_seen"]), wording.spoken_date(theme["last_seen"])
        # A whole date would not fit a phone in that size.
        year, when = theme["last_seen"][:4], last if first == last else f"{last} ; la première : {first}"
    else:
        year, when = wording.UNKNOWN, "aucune réunion datée"
    cards.key_figures(
        [
            KeyFigure("Réunions", wording.number(theme["meetings"]), SHEET.definition, share),
            KeyFigure("Réseaux", wording.number(theme["networks"]), SHEET.definition),
            KeyFigure("Territoires présents", wording.number(theme["territories"]), SHEET.definition, present),
            KeyFigure("Actions", wording.number(theme["actions"]), SHEET.definition),
            KeyFigure("Dernière fois", year, SHEET.definition, when),
        ]
    )


def never_met(filters: Filters, code: str) -> None:
    """Say that a selection without a theme has nothing about this one, and offer the way back."""
    st.info(
        "Effacez des filtres pour le chercher ailleurs." if filters.count() else "",
        title="Aucune réunion de cette sélection n’aborde ce thème.",
        icon=":material/search_off:",
    )
    national = data.ask(SHEET, nothing.national(filters), code)["meetings"].sum()
    with st.container(horizontal=True):
        nothing.ways_back(filters, 0 if filters.networks else int(national))


def measure_choice(key: str) -> charts.EvolutionMeasure:
    """Offer the share and the number of meetings; return which is chosen."""
    return cards.one_of("Mesure", _MEASURES, key=key)


def evolution(code: str, filters: Filters, chosen: Filters) -> None:
    """Draw the card of the theme over time, as shares or counts; `filters` name no theme, links keep `chosen`."""
    rows = data.ask(SHEET_EVOLUTION, filters, code)
    with cards.figure_card(SHEET_EVOLUTION, filters, rows, key="evolution", subject=code) as drawable:
        if drawable:
            cards.chart(SHEET_EVOLUTION, rows, measure=measure_choice("fiche-mesure"), key="evolution")
            about = data.ask(overview.MEETINGS, replace(filters, themes=(code,)))
            lists.undated(about, chosen, axis="hors de ces barres")
