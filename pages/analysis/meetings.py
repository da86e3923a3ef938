"""Meetings: when they were held, and the list one searches, sorts and opens one by one."""

import streamlit as st

from netstats.queries.catalogue import MEETINGS
from netstats.ui import cards, data, filter_bar, meeting_list

filters = filter_bar.current()
meetings = data.ask(MEETINGS, filters)

if meetings.empty:
    cards.nothing_found(filters)
    st.stop()

with st.container(key="short-figures"):
    meeting_list.key_figures(filters)
meeting_list.calendar(filters, meetings)

with cards.figure_card(MEETINGS, filters, meetings, key="reunions", title="Toutes les réunions"):
    meeting_list.show(filters, meetings)
    meeting_list.tables(filters)
