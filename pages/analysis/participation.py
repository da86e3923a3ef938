"""Participation: who comes and how often, where they cover the population, who is new and who stopped coming."""

import streamlit as st

from netstats import charts
from netstats.catalogue import overview
from netstats.catalogue import participation as questions
from netstats.ui.analysis import participation
from netstats.ui.base import cards, data, filter_bar, indicators, links, page, places

MOST_BARS = 20

filters = filter_bar.current()
palette = page.colours()

if not indicators.show(filters):
    st.stop()

who, kinds = st.columns([3, 2], gap="small")

with who:
    territories = data.ask(overview.TERRITORIES, filters)
    with cards.figure_card(
        overview.TERRITORIES, filters, territories, key="territoires", title="Les territoires les plus présents"
    ) as drawable:
        if drawable:
            cards.draw(
                charts.ranked_bars(
                    territories.rename(columns={"name": "label", "attendances": "value"}),
                    most=MOST_BARS,
                    palette=palette,
                    title="Territoires les plus présents",
                    unit=("présence", "présences"),
                    row_name=("territoire", "territoires"),
                ),
                key="barres-territoires",
                on_click=lambda code: links.open_later("territoire", code),
            )
            cards.rest(len(territories) - MOST_BARS, "autre territoire", "autres territoires")
            cards.table(questions.ASSIDUITY, filters, key="assiduite", label="Voir l’assiduité de chacun")

with kinds:
    by_kind = data.ask(questions.TERRITORY_KINDS, filters)
    with cards.figure_card(questions.TERRITORY_KINDS, filters, by_kind, key="types") as drawable:
        if drawable:
            cards.draw(
                charts.ranked_bars(
                    by_kind.assign(label=by_kind["kind"].map(data.choices()["nature"])).rename(
                        columns={"attendances": "value"}
                    ),
                    palette=palette,
                    title="Présences par type de territoire",
                    unit=("présence", "présences"),
                    row_name=("type", "types"),
                    selected=filters.kinds,
                ),
                key="barres-types",
                on_click=lambda code: filter_bar.toggle("nature", code),
            )
    participation.membership(filters)
    newcomers = data.ask(questions.NEWCOMERS, filters)
    with cards.figure_card(questions.NEWCOMERS, filters, newcomers, key="nouveaux") as drawable:
        if drawable:
            cards.draw(
                charts.newcomers_bars(newcomers, palette=palette),
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
            cards.draw(
                charts.ranked_bars(
                    covered.rename(columns={"name": "label", "share_covered": "value"}),
                    most=MOST_BARS,
                    palette=palette,
                    title="Part de la population couverte par département",
                    share_of="de la population",
                    row_name=("département", "départements"),
                    selected=filters.departments,
                ),
                key="barres-departements",
                on_click=lambda code: filter_bar.toggle("departement", code),
            )
            cards.rest(len(covered) - MOST_BARS, "autre département", "autres départements")

participation.to_call_back(filters)
