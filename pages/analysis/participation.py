"""Participation: who comes and how often, where they cover the population, who is new and who stopped coming."""

from functools import partial

import streamlit as st

from netstats.catalogue import overview
from netstats.catalogue import participation as questions
from netstats.ui.analysis import participation
from netstats.ui.base import cards, data, filter_bar, indicators, links, places

filters = filter_bar.current()

if not indicators.show(filters):
    st.stop()

who, kinds = st.columns([3, 2], gap="small")

with who:
    territories = data.ask(overview.TERRITORIES, filters)
    title = "Les territoires les plus présents"
    with cards.figure_card(overview.TERRITORIES, filters, territories, key="territoires", title=title) as drawable:
        if drawable:
            open_sheet = partial(links.open_later, "territoire")
            cards.chart(overview.TERRITORIES, territories, key="territoires", on_click=open_sheet)
            cards.table(questions.ASSIDUITY, filters, key="assiduite", label="Voir l’assiduité de chacun")

with kinds:
    by_kind = data.ask(questions.TERRITORY_KINDS, filters)
    cards.chart_card(
        questions.TERRITORY_KINDS,
        filters,
        key="types",
        rows=by_kind.assign(kind=by_kind["kind"].map(data.choices()["nature"])),
        selected=filters.kinds,
        on_click=partial(filter_bar.toggle, "nature"),
    )
    participation.membership(filters)
    cards.chart_card(questions.NEWCOMERS, filters, key="nouveaux", on_click=filter_bar.choose_period)

participation.grid(filters)

where, ranking = st.columns(2, gap="small")
departments = data.ask(overview.DEPARTMENTS, filters)

with where:
    cards.card(
        overview.DEPARTMENTS,
        filters,
        lambda _: places.show(filters, territories),
        key="carte",
        rows=departments,
        title="Population et communes couvertes",
    )

with ranking:
    cards.chart_card(
        overview.DEPARTMENTS,
        filters,
        key="couverture",
        rows=departments[departments["share_covered"].fillna(0) > 0],
        title="Les départements les mieux couverts",
        selected=filters.departments,
        on_click=partial(filter_bar.toggle, "departement"),
    )

participation.to_call_back(filters)
