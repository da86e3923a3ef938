"""Entry point: `streamlit run dashboard.py`. Configuration, navigation, the filters shared by every page."""

import streamlit as st

from netstats.ui import filter_bar, frame

frame.configure()
with frame.errors_told():
    page = st.navigation(
        [
            st.Page(
                "pages/analysis/overview.py",
                title="Vue d’ensemble",
                icon=":material/dashboard:",
                url_path="vue-d-ensemble",
                default=True,
            ),
        ],
        position="top",
    )
    filter_bar.show(page)
    page.run()
