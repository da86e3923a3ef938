"""One meeting: who, where, how, on what, what was told, and what nobody knows."""

import streamlit as st

from netstats import wording
from netstats.catalogue import meetings as questions
from netstats.filters import Filters
from netstats.ui.analysis import meeting
from netstats.ui.base import cards, data, filter_bar, links, lists

filters = filter_bar.current()
code = links.subject()
found = data.ask(questions.SHEET, Filters(), code)

if found.empty:
    links.unknown("Cette réunion")
with st.container(horizontal=True, horizontal_alignment="distribute"):
    st.page_link("pages/analysis/meetings.py", label="Toutes les réunions", icon=":material/arrow_back:")
    if not found.empty:
        correct = {links.SUBJECT: code}
        st.page_link(
            "pages/data/entry.py", label="Modifier cette réunion", icon=":material/edit:", query_params=correct
        )
if found.empty:
    st.stop()

(record,) = lists.rows(found)
scope = Filters(networks=(str(record["network_code"]),))  # what the figures are about: no filter rules them
present = data.ask(questions.PRESENT, scope, code)
themes = data.ask(questions.THEMES, scope, code)
actions = data.ask(questions.ACTIONS, scope, code)

meeting.heading(record)
with st.container(key="short-figures"):
    meeting.key_figures(record)

how, who = st.columns(2, gap="small")

with how, cards.figure_card(questions.SHEET, scope, found, key="fiche", subject=code):
    meeting.facts(record, meeting.unknowns(record, present, actions))

with who, cards.figure_card(questions.PRESENT, scope, present, key="presents", subject=code) as drawable:
    if drawable:
        meeting.present(present, filters)

what, done = st.columns(2, gap="small")

with what, cards.figure_card(questions.THEMES, scope, themes, key="themes", subject=code) as drawable:
    if drawable:
        meeting.themes(themes, filters)

with done, cards.figure_card(questions.ACTIONS, scope, actions, key="actions", subject=code) as drawable:
    if drawable:
        meeting.actions(actions, filters)

beside = data.ask(questions.NEIGHBOURS, scope, code)
with cards.figure_card(questions.NEIGHBOURS, scope, beside, key="voisines", subject=code) as drawable:
    if drawable:
        meeting.neighbours(beside, filters, undated=wording.is_missing(record["held_on"]))
