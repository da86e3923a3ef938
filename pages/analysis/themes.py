"""Thèmes: what rises and fades, where, and together with what."""

import streamlit as st

from netstats import charts
from netstats.catalogue import overview
from netstats.catalogue import themes as questions
from netstats.ui.analysis import themes
from netstats.ui.base import cards, data, filter_bar, links, page

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
    themes.grid(
        questions.NETWORKS, filters, key="reseaux", column="network", column_name="réseau", attribute="networks"
    )
with in_departments:
    themes.grid(
        questions.DEPARTMENTS,
        filters,
        key="departements",
        column="department",
        column_name="département",
        attribute="departments",
    )

what, together = st.columns(2, gap="small")

with what:
    ranking = data.ask(overview.THEMES, filters)
    with cards.figure_card(overview.THEMES, filters, ranking, key="themes") as drawable:
        if drawable:
            cards.draw(
                charts.ranked_bars(
                    ranking.rename(columns={"short_name": "label", "name": "detail", "meetings": "value"}),
                    palette=page.colours(),
                    title="Thèmes abordés",
                    unit=("réunion", "réunions"),
                    row_name=("thème", "thèmes"),
                    share_of="des réunions dont les thèmes sont connus",
                    selected=filters.themes,
                ),
                key="barres-themes",
                on_click=lambda code: links.open_later("theme", code),
            )

with together:
    themes.pairs(filters)
