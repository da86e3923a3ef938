"""Actions: who already did what I am about to do, one by one; then by type, audience, theme, department, over time."""

import streamlit as st

from netstats.catalogue import actions as questions
from netstats.catalogue import overview
from netstats.ui.analysis import actions
from netstats.ui.base import data, filter_bar, nothing

filters = filter_bar.current()
actions.settle_address()

indicators = data.ask(overview.INDICATORS, filters).iloc[0]
if not indicators["meetings"] and not indicators["actions"]:
    nothing.found(filters)
    st.stop()

if data.ask(overview.ACTION_TYPES, filters).empty:
    nothing.done(filters)
    st.stop()

actions.search(filters)
actions.key_figures(filters)
actions.listing(filters)

what, whom = st.columns(2, gap="small")
with what:
    actions.ranking(
        overview.ACTION_TYPES,
        filters,
        selected=actions.narrowed("type"),
        on_click=lambda code: actions.narrow("type", code),
    )
    actions.ranking(
        questions.THEMES,
        filters,
        selected=filters.themes,
        on_click=lambda code: filter_bar.toggle("theme", code),
    )
with whom:
    actions.audiences(filters)
    actions.ranking(
        questions.DEPARTMENTS,
        filters,
        selected=filters.departments,
        note=actions.unlocated(filters),
        on_click=lambda code: filter_bar.toggle("departement", code),
    )
    actions.over_time(filters)
