"""The meetings one after the other: their key figures, their calendar, and the list one searches, sorts and pages."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue import meetings as questions
from netstats.catalogue.figure import LONGEST_SUBJECT
from netstats.catalogue.indicators import BESIDE, INDICATORS, MEETINGS
from netstats.catalogue.overview import ATTENDANCES
from netstats.filters import Filters
from netstats.reference.fold import unaccented
from netstats.ui.base import cards, data, filter_bar, indicators, lists
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain

_WORDS = "cherche"
_ORDER = "tri"
_PAGE_LENGTH = 20


_ORDERS = {
    "Les plus récentes d’abord": ("held_on", False),
    "Les plus anciennes d’abord": ("held_on", True),
    "Le plus de territoires d’abord": ("territories_all", False),
    "Le plus de participants d’abord": ("participants", False),
    "Par réseau": ("network", True),
}
"""What is read → the column to sort by, ascending or not; what is unknown comes last, the latest first among equals."""


def key_figures(filters: Filters) -> None:
    """Draw the key figures of the meetings themselves: how many, in how many sessions, with how many people."""
    indicators.row((MEETINGS, *BESIDE), data.ask(INDICATORS, filters).iloc[0], filters)


def calendar(filters: Filters, listed: pd.DataFrame) -> None:
    """Draw the calendar of a selection; a click on a month or a year keeps it alone, or lets it go when it was.

    `listed` has rows of the figure « reunions »: those without a date are named under the calendar.
    """
    months = data.ask(questions.CALENDAR, filters)
    with cards.figure_card(questions.CALENDAR, filters, months, key="calendrier") as drawable:
        if drawable:
            cards.chart(questions.CALENDAR, months, key="calendrier", on_click=filter_bar.choose_period)
        lists.undated(listed, filters, axis="hors du calendrier")


def show(filters: Filters, listed: pd.DataFrame) -> None:
    """Draw the list (rows of « reunions ») with its search, its order and its pages; the words stay in the address."""
    search, order = st.columns([2, 1], gap="small", vertical_alignment="bottom")
    words = search.text_input(
        "Chercher dans les titres, lieux, thèmes, notes, actions et noms des présents",
        key=_WORDS,
        bind="query-params",
        max_chars=LONGEST_SUBJECT,
        placeholder="Chercher dans les titres, lieux, thèmes, notes, actions, présents…",
        icon=":material/search:",
        label_visibility="collapsed",
    )
    wanted = order.selectbox(
        "Ordre", list(_ORDERS), key=_ORDER, bind="query-params", label_visibility="collapsed", filter_mode=None
    )
    words = (words or "").strip()
    found = listed
    if words:
        found = listed[listed["code"].isin(data.ask(questions.SEARCH, filters, words)["code"])]
        _say_found(len(found), len(listed), words)
    if found.empty:
        return
    column, ascending = _ORDERS[wanted]
    found = found.sort_values(  # the latest come first, which a stable sort keeps among equals
        column,
        ascending=ascending,
        na_position="last",
        kind="stable",
        key=(lambda names: names.map(unaccented)) if column == "network" else None,
    )
    # Another selection, search or order begins at its first page: the key makes it another set of pages.
    key = f"pages-{hash((filters, words, wanted))}"
    with page_of(len(found), _PAGE_LENGTH, key=key, said="Réunions {}.") as shown:
        # The word that was found may be any of the names.
        lists.every_meeting(found.iloc[shown], filters, every_name=bool(words))


def _say_found(found: int, listed: int, words: str) -> None:
    if not found:
        st.info(plain(questions.SEARCH.empty), icon=":material/search_off:")
        st.button("Effacer la recherche", key="sans-mots", on_click=lambda: st.session_state.update({_WORDS: ""}))
        return
    said = wording.counted(found, "réunion trouvée", "réunions trouvées")
    st.caption(plain(f"{said} sur {wording.number(listed)} pour « {words} »."))


def tables(filters: Filters) -> None:
    """Offer the table of those present, meeting by meeting, beside that of the meetings."""
    words = str(st.session_state.get(_WORDS) or "").strip()
    if words:
        cards.table(questions.SEARCH, filters, key="trouvees", label="Voir les réunions trouvées", subject=words)
    cards.table(ATTENDANCES, filters, key="presences", label="Voir les présences, une par une")
