"""Thèmes: what rises and fades, where, and together with what."""

import streamlit as st

from netstats.catalogue import overview
from netstats.catalogue import themes as questions
from netstats.ui.analysis import themes
from netstats.ui.base import cards, data, filter_bar, links

filters = filter_bar.current()

if not themes.key_figures(filters):
    st.stop()

when, change = st.columns(2, gap="small")

with when:
    themes.evolution(filters)
with change:
    themes.trends(filters)
    themes.seen(filters)

in_networks, in_departments = st.columns(2, gap="small")

with in_networks:
    themes.grid(questions.NETWORKS, filters, key="reseaux", attribute="networks")
with in_departments:
    themes.grid(
        questions.DEPARTMENTS,
        filters,
        key="departements",
        attribute="departments",
    )

what, together = st.columns(2, gap="small")

with what:
    ranking = data.ask(overview.THEMES, filters)
    with cards.figure_card(overview.THEMES, filters, ranking, key="themes") as drawable:
        if drawable:
            cards.chart(
                overview.THEMES,
                ranking,
                selected=filters.themes,
                key="barres-themes",
                on_click=lambda code: links.open_later("theme", code),
            )

with together:
    themes.pairs(filters)
