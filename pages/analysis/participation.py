"""Participation: who comes and how often, where they cover the population, who is new and who stopped coming."""

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
    with cards.figure_card(
        overview.TERRITORIES, filters, territories, key="territoires", title="Les territoires les plus présents"
    ) as drawable:
        if drawable:
            cards.chart(
                overview.TERRITORIES,
                territories,
                key="barres-territoires",
                on_click=lambda code: links.open_later("territoire", code),
            )
            cards.table(questions.ASSIDUITY, filters, key="assiduite", label="Voir l’assiduité de chacun")

with kinds:
    by_kind = data.ask(questions.TERRITORY_KINDS, filters)
    with cards.figure_card(questions.TERRITORY_KINDS, filters, by_kind, key="types") as drawable:
        if drawable:
            cards.chart(
                questions.TERRITORY_KINDS,
                by_kind.assign(kind=by_kind["kind"].map(data.choices()["nature"])),
                selected=filters.kinds,
                key="barres-types",
                on_click=lambda code: filter_bar.toggle("nature", code),
            )
    participation.membership(filters)
    newcomers = data.ask(questions.NEWCOMERS, filters)
    with cards.figure_card(questions.NEWCOMERS, filters, newcomers, key="nouveaux") as drawable:
        if drawable:
            cards.chart(
                questions.NEWCOMERS,
                newcomers,
                key="colonnes-nouveaux",
                on_click=filter_bar.choose_period,
            )

participation.grid(filters)

where, ranking = st.columns(2, gap="small")
departments = data.ask(overview.DEPARTMENTS, filters)

with (
    where,
    cards.figure_card(
        overview.DEPARTMENTS, filters, departments, key="carte", title="Population et communes couvertes"
    ) as drawable,
):
    if drawable:
        places.show(filters, territories)

with ranking:
    covered = departments[departments["share_covered"].fillna(0) > 0]
    with cards.figure_card(
        overview.DEPARTMENTS, filters, covered, key="couverture", title="Les départements les mieux couverts"
    ) as drawable:
        if drawable:
            cards.chart(
                overview.DEPARTMENTS,
                covered,
                selected=filters.departments,
                key="barres-departements",
                on_click=lambda code: filter_bar.toggle("departement", code),
            )

participation.to_call_back(filters)
