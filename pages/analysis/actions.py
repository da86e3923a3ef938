"""Actions: who already did what I am about to do; by type, audience, theme, department, over time."""

import streamlit as st

from netstats.queries import actions, catalogue
from netstats.ui import cards, data, filter_bar, stories

filters = filter_bar.current()
stories.settle_address()

indicators = data.ask(catalogue.INDICATORS, filters).iloc[0]
if not indicators["meetings"] and not indicators["actions"]:
    cards.nothing_found(filters)
    st.stop()

if data.ask(catalogue.ACTION_TYPES, filters).empty:
    cards.nothing_done(filters)
    st.stop()

stories.search(filters)
stories.key_figures(filters)

what, whom = st.columns(2, gap="small")
with what:
    stories.ranking(
        catalogue.ACTION_TYPES,
        filters,
        ("type", "types"),
        selected=stories.narrowed("type"),
        on_click=lambda code: stories.narrow("type", code),
    )
with whom:
    stories.ranking(
        actions.AUDIENCES,
        filters,
        ("public", "publics"),
        selected=stories.narrowed("public"),
        on_click=lambda code: stories.narrow("public", code),
    )

about, where = st.columns(2, gap="small")
with about:
    stories.ranking(
        actions.THEMES,
        filters,
        ("thème", "thèmes"),
        selected=filters.themes,
        on_click=lambda code: filter_bar.toggle("theme", code),
    )
with where:
    stories.ranking(
        actions.DEPARTMENTS,
        filters,
        ("département", "départements"),
        selected=filters.departments,
        note=stories.unlocated(filters),
        on_click=lambda code: filter_bar.toggle("departement", code),
    )

who, when = st.columns(2, gap="small")
with who:
    stories.audience_grid(filters)
with when:
    stories.over_time(filters)

stories.listing(filters)
