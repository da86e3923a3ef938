"""Participation: who comes and to which meeting, where they cover the population, who is new and who stopped coming."""

from functools import partial

import streamlit as st

from netstats.catalogue import participation as questions
from netstats.catalogue.indicators import ATTENDANCES, COVERAGE, PARTICIPANTS, TERRITORIES
from netstats.ui.analysis import participation
from netstats.ui.base import cards, data, filter_bar, indicators

filters = filter_bar.current()

if not indicators.show(filters, (TERRITORIES, ATTENDANCES, PARTICIPANTS, COVERAGE)):
    st.stop()

who, new = st.columns([3, 2], gap="small")

with who:
    participation.attendance(filters)
    participation.to_call_back(filters)

with new:
    cards.chart_card(questions.NEWCOMERS, filters, key="nouveaux", on_click=filter_bar.choose_period)
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

participation.coverage(filters)
