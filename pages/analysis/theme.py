"""One theme: when it was met, with which others, by whom, and what was done about it."""

from dataclasses import replace

import streamlit as st

from netstats.catalogue import overview
from netstats.catalogue import themes as questions
from netstats.catalogue.actions import LIST
from netstats.ui.analysis import themes
from netstats.ui.base import cards, data, filter_bar, links, lists

filters = filter_bar.current()
code = links.subject()
beside = replace(filters, themes=())  # a sheet ignores the filter of its own kind
found = data.ask(questions.SHEET, beside, code)

if found.empty:
    links.unknown("Ce thème")
# The bar writes the selection into the address by itself.
st.page_link("pages/analysis/themes.py", label="Tous les thèmes", icon=":material/arrow_back:")
if found.empty:
    st.stop()

(theme,) = lists.rows(found)
about = replace(filters, themes=(code,))
themes.heading(theme, filters)
themes.sheet_figures(theme)
if theme["meetings"] == 0 and theme["actions"] == 0:
    themes.never_met(beside, code)
    st.stop()

when, together = st.columns(2, gap="small")

with when:
    evolution = data.ask(questions.SHEET_EVOLUTION, beside, code)
    with cards.figure_card(questions.SHEET_EVOLUTION, beside, evolution, key="evolution", subject=code) as drawable:
        if drawable:
            cards.chart(
                questions.SHEET_EVOLUTION,
                evolution,
                measure=themes.measure_choice("fiche-mesure"),
                key="barres-evolution",
            )
            lists.undated(data.ask(overview.MEETINGS, about), filters, axis="hors de ces barres")

with together:
    others = data.ask(questions.TOGETHER, beside, code)
    with cards.figure_card(questions.TOGETHER, beside, others, key="avec", subject=code) as drawable:
        if drawable:
            cards.chart(
                questions.TOGETHER,
                others,
                key="barres-avec",
                on_click=lambda other: links.open_later("theme", other),
            )

meetings = data.ask(overview.MEETINGS, about)
with cards.figure_card(overview.MEETINGS, about, meetings, key="reunions", title="Réunions sur ce thème") as drawable:
    if drawable:
        lists.meetings(meetings, filters)

who, done = st.columns(2, gap="small")

with who:
    came = data.ask(overview.TERRITORIES, about)
    with cards.figure_card(
        overview.TERRITORIES, about, came, key="territoires", title="Territoires présents à ces réunions"
    ) as drawable:
        if drawable:
            lists.territories(came, filters)

with done:
    actions = data.ask(LIST, about)
    with cards.figure_card(LIST, about, actions, key="actions", title="Actions sur ce thème") as drawable:
        if drawable:
            lists.actions(actions, filters)
