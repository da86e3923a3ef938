"""Vue d'ensemble: who takes part, what is discussed, what was done."""

from functools import partial

import streamlit as st

from netstats.catalogue import overview
from netstats.catalogue.actions import LIST
from netstats.ui.base import cards, data, filter_bar, indicators, links, lists, places

MOST_DRAWN_MEETINGS = 60  # beyond, the time axis counts meetings instead of drawing each

filters = filter_bar.current()

if not indicators.show(filters):
    st.stop()

meetings = data.ask(overview.MEETINGS, filters)
left, right = st.columns(2, gap="small")

with left:
    territories = data.ask(overview.TERRITORIES, filters)
    with cards.figure_card(overview.TERRITORIES, filters, territories, key="carte") as drawable:
        if drawable:
            places.show(filters, territories, places.measure_choice())
            lists.territories(territories, filters)
            cards.table(overview.DEPARTMENTS, filters, key="departements", label="Voir les départements")

    cards.chart_card(
        overview.THEMES,
        filters,
        key="themes",
        label="name",
        selected=filters.themes,
        on_click=partial(filter_bar.toggle, "theme"),
    )

with right:
    dated = meetings[meetings["held_on"].notna() & (meetings["status"] == "held")]
    dense = len(dated) > MOST_DRAWN_MEETINGS
    figure = overview.ACTIVITY if dense else overview.TIMELINE
    timeline = data.ask(figure, filters)
    with cards.figure_card(figure, filters, timeline, key="frise") as drawable:
        if drawable and len(dated):
            cards.chart(
                figure,
                timeline,
                key="frise",
                on_click=filter_bar.keep_network if dense else partial(links.open_later, "reunion"),
            )
        if drawable:
            lists.undated(meetings, filters)

    types = data.ask(overview.ACTION_TYPES, filters)
    with cards.figure_card(overview.ACTION_TYPES, filters, types, key="actions") as drawable:
        if drawable:
            named = dict(zip(types["code"], types["name"], strict=True))
            cards.chart(
                overview.ACTION_TYPES,
                types,
                key="actions",
                on_click=lambda code: filter_bar.reopen("actions", filters, type=named[code]),
            )
            lists.actions(data.ask(LIST, filters), filters)
            cards.table(LIST, filters, key="recits", label="Voir toutes les actions")

with cards.figure_card(overview.MEETINGS, filters, meetings, key="reunions", title="Dernières réunions") as drawable:
    if drawable:
        lists.meetings(meetings, filters)
        cards.table(overview.ATTENDANCES, filters, key="presences", label="Voir les présences, une par une")
        if not filters.networks and (national := data.national_networks()):
            st.button(
                "Voir les activités nationales, comptées à part",
                key="national",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=filter_bar.choose,
                args=("reseau", list(national)),
            )
