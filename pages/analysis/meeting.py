"""To be written."""

import streamlit as st

from netstats.ui import filter_bar

filters = filter_bar.current()
st.info("meeting", title="À venir")
