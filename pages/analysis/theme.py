"""One theme: when it was met, with which others, by whom, and what was done about it."""

from dataclasses import replace
from functools import partial

import streamlit as st

from netstats.catalogue import overview
from netstats.catalogue import themes as questions
from netstats.catalogue.actions import LIST
from netstats.ui.analysis import theme
from netstats.ui.base import cards, data, filter_bar, foot, links, lists

filters = filter_bar.current()
code = links.subject()
beside = replace(filters, themes=())  # a sheet ignores the filter of its own kind
about = replace(filters, themes=(code,))
foot.about(beside, titled=about)
found = data.ask(questions.SHEET, beside, code)

if found.empty:
    links.unknown("Ce thème")
# The bar writes the selection into the address by itself.
st.page_link("pages/analysis/themes.py", label="Tous les thèmes", icon=":material/arrow_back:")
if found.empty:
    st.stop()

(record,) = lists.rows(found)
theme.heading(record, filters)
theme.key_figures(record)
if record["meetings"] == 0 and record["actions"] == 0:
    theme.never_met(beside, code)
    st.stop()

when, together = st.columns(2, gap="small")
with when:
    theme.evolution(code, beside, filters)
with together:
    cards.chart_card(questions.TOGETHER, beside, key="avec", subject=code, on_click=partial(links.open_later, "theme"))

cards.card(
    overview.MEETINGS,
    about,
    partial(lists.meetings, filters=filters),
    key="reunions",
    title="Réunions sur ce thème",
)

who, done = st.columns(2, gap="small")
with who:
    cards.card(
        overview.TERRITORIES,
        about,
        partial(lists.territories, filters=filters),
        key="territoires",
        title="Territoires présents à ces réunions",
    )
with done:
    cards.card(LIST, about, partial(lists.actions, filters=filters), key="actions", title="Actions sur ce thème")
