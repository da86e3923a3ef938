"""A territory's own sheet: what it is, where it came, what it did, what it met, and who is like it."""

import streamlit as st

from netstats.catalogue import participation
from netstats.ui.analysis import territory
from netstats.ui.base import cards, data, filter_bar, links

chosen = filter_bar.current()  # what links keep
filters = chosen.everywhere()
code = links.subject()
identity = data.ask(participation.TERRITORY, filters, code)

if identity.empty:
    links.unknown("Ce territoire")
    st.page_link("pages/analysis/participation.py", label="Voir tous les territoires", icon=":material/arrow_back:")
    st.stop()

territory.identity(identity.iloc[0], filters)
if chosen != filters:
    st.caption("Les filtres de lieu et de type de territoire ne jouent pas sur cette fiche.")

left, right = st.columns([3, 2], gap="small")

with left:
    meetings = data.ask(participation.TERRITORY_MEETINGS, filters, code)
    with cards.figure_card(
        participation.TERRITORY_MEETINGS, filters, meetings, key="reunions", subject=code
    ) as drawable:
        if drawable:
            territory.meetings(meetings, chosen, identity["name"].iloc[0])
    actions = data.ask(participation.TERRITORY_ACTIONS, filters, code)
    with cards.figure_card(participation.TERRITORY_ACTIONS, filters, actions, key="actions", subject=code) as drawable:
        if drawable:
            territory.actions(actions, chosen)

with right:
    themes = data.ask(participation.TERRITORY_THEMES, filters, code)
    with cards.figure_card(participation.TERRITORY_THEMES, filters, themes, key="themes", subject=code) as drawable:
        if drawable:
            cards.chart(
                participation.TERRITORY_THEMES,
                themes,
                key="barres-themes",
                on_click=lambda theme: links.open_later("theme", theme),
            )
    peers = data.ask(participation.TERRITORY_PEERS, filters, code)
    with cards.figure_card(participation.TERRITORY_PEERS, filters, peers, key="proches", subject=code) as drawable:
        if drawable:
            territory.peers(peers, chosen)
