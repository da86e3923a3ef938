"""One meeting: who, where, how, on what, what was told, and what nobody knows."""

from functools import partial

import streamlit as st

from netstats import wording
from netstats.catalogue import meetings as questions
from netstats.filters import Filters
from netstats.ui.analysis import meeting
from netstats.ui.base import cards, data, filter_bar, foot, links, lists

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
foot.about(scope)
present = data.ask(questions.PRESENT, scope, code)
actions = data.ask(questions.ACTIONS, scope, code)

meeting.heading(record)
meeting.key_figures(record)

how, who = st.columns(2, gap="small")
with how, cards.figure_card(questions.SHEET, scope, found, key="fiche", subject=code):
    meeting.facts(record, present, actions)
with who:
    who_came = partial(meeting.present, filters=filters)
    cards.card(questions.PRESENT, scope, who_came, key="presents", rows=present, subject=code)

what, done = st.columns(2, gap="small")
with what:
    cards.card(questions.THEMES, scope, partial(meeting.themes, filters=filters), key="themes", subject=code)
with done:
    was_told = partial(meeting.actions, filters=filters)
    cards.card(questions.ACTIONS, scope, was_told, key="actions", rows=actions, subject=code)

beside = partial(meeting.neighbours, filters=filters, undated=wording.is_missing(record["held_on"]))
cards.card(questions.NEIGHBOURS, scope, beside, key="voisines", subject=code)
