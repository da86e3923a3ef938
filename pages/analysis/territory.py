"""A territory's own sheet: what it is, where it came, what it did, what it met, and who is like it."""

from functools import partial

import streamlit as st

from netstats.catalogue import actions, overview, participation
from netstats.ui.analysis import territory
from netstats.ui.base import cards, data, filter_bar, foot, links, lists

chosen = filter_bar.current()  # what links keep
filters = chosen.everywhere()
foot.about(filters)
code = links.subject()
open_theme = partial(links.open_later, "theme")
identity = data.ask(participation.TERRITORY, filters, code)

if identity.empty:
    links.unknown("Ce territoire")
    st.page_link("pages/analysis/participation.py", label="Voir tous les territoires", icon=":material/arrow_back:")
    st.stop()

comes = territory.identity(identity.iloc[0], filters)
if chosen != filters:
    st.caption("Les filtres de lieu et de type de territoire ne jouent pas sur cette fiche.")

left, right = st.columns([3, 2], gap="small")
beside = partial(territory.neighbours, filters=chosen)

if comes:
    with left:
        came = partial(territory.meetings, filters=chosen, name=identity["name"].iloc[0])
        cards.card(participation.TERRITORY_MEETINGS, filters, came, key="reunions", subject=code)
        did = partial(territory.actions, filters=chosen)
        cards.card(participation.TERRITORY_ACTIONS, filters, did, key="actions", subject=code)

    with right:
        cards.chart_card(participation.TERRITORY_THEMES, filters, key="themes", subject=code, on_click=open_theme)
        cards.card(participation.TERRITORY_NEIGHBOURS, filters, beside, key="voisins", subject=code)
        peers = partial(territory.peers, filters=chosen)
        cards.card(participation.TERRITORY_PEERS, filters, peers, key="proches", subject=code)
else:
    near = territory.around(identity.iloc[0], filters)
    with left:
        cards.card(participation.TERRITORY_NEIGHBOURS, filters, beside, key="voisins", subject=code)
        did = partial(lists.actions, filters=near)
        cards.card(actions.LIST, near, did, key="actions-proches", title="Ce qui s’est fait près d’ici")
    with right:
        cards.chart_card(
            overview.THEMES, near, key="themes-proches", title="De quoi l’on parle près d’ici", on_click=open_theme
        )
