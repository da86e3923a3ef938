"""One meeting: who, where, how, on what, what was told, and what nobody knows."""

import streamlit as st

from netstats import wording
from netstats.filters import Filters
from netstats.queries import meetings as questions
from netstats.ui import cards, data, filter_bar, lists, meeting_sheet, sheets

filters = filter_bar.current()
code = sheets.subject()
found = data.ask(questions.SHEET, Filters(), code)

if found.empty:
    sheets.unknown("Cette réunion")
with st.container(horizontal=True, horizontal_alignment="distribute"):
    st.page_link("pages/analysis/meetings.py", label="Toutes les réunions", icon=":material/arrow_back:")
    if not found.empty:
        correct = {sheets.SUBJECT: code}
        st.page_link(
            "pages/data/entry.py", label="Modifier cette réunion", icon=":material/edit:", query_params=correct
        )
if found.empty:
    st.stop()

(meeting,) = lists.rows(found)
scope = Filters(networks=(str(meeting["network_code"]),))  # what the figures are about: no filter rules them
present = data.ask(questions.PRESENT, scope, code)
themes = data.ask(questions.THEMES, scope, code)
actions = data.ask(questions.ACTIONS, scope, code)

meeting_sheet.heading(meeting)
with st.container(key="short-figures"):
    meeting_sheet.key_figures(meeting)

how, who = st.columns(2, gap="small")

with how, cards.figure_card(questions.SHEET, scope, found, key="fiche", subject=code):
    meeting_sheet.facts(meeting, meeting_sheet.unknowns(meeting, present, actions))

with who, cards.figure_card(questions.PRESENT, scope, present, key="presents", subject=code) as drawable:
    if drawable:
        meeting_sheet.present(present, filters)

what, done = st.columns(2, gap="small")

with what, cards.figure_card(questions.THEMES, scope, themes, key="themes", subject=code) as drawable:
    if drawable:
        meeting_sheet.themes(themes, filters)

with done, cards.figure_card(questions.ACTIONS, scope, actions, key="actions", subject=code) as drawable:
    if drawable:
        meeting_sheet.actions(actions, filters)

beside = data.ask(questions.NEIGHBOURS, scope, code)
with cards.figure_card(questions.NEIGHBOURS, scope, beside, key="voisines", subject=code) as drawable:
    if drawable:
        meeting_sheet.neighbours(beside, filters, undated=wording.is_missing(meeting["held_on"]))
