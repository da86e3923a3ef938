"""Thèmes: what is discussed most, what rises and fades, where, and together with what."""

from functools import partial

import streamlit as st

from netstats.catalogue import overview
from netstats.catalogue import themes as questions
from netstats.ui.analysis import themes
from netstats.ui.base import cards, filter_bar, links

filters = filter_bar.current()

if not themes.key_figures(filters):
    st.stop()

what, when = st.columns(2, gap="small")
with what:
    cards.chart_card(
        overview.THEMES,
        filters,
        key="themes",
        selected=filters.themes,
        on_click=partial(links.open_later, "theme"),
    )
    themes.trends(filters)
    themes.grid(questions.NETWORKS, filters, key="reseaux", attribute="networks")
with when:
    themes.evolution(filters)
    cards.chart_card(
        questions.PAIRS,
        filters,
        key="ensemble",
        on_click=lambda pair: links.open_later("theme", pair.split("+")[0]),  # of two, the sheet of the first
    )
    themes.grid(questions.DEPARTMENTS, filters, key="departements", attribute="departments")
