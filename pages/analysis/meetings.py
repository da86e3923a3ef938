"""Meetings: when they were held, and the list one searches, sorts and opens one by one."""

import streamlit as st

from netstats.catalogue.overview import MEETINGS
from netstats.ui.analysis import meetings
from netstats.ui.base import cards, data, filter_bar, nothing

filters = filter_bar.current()
found = data.ask(MEETINGS, filters)

if found.empty:
    nothing.found(filters)
    st.stop()

meetings.key_figures(filters)
meetings.calendar(filters, found)

with cards.figure_card(MEETINGS, filters, found, key="reunions", title="Toutes les réunions"):
    meetings.show(filters, found)
    meetings.tables(filters)
