"""Entry point: `streamlit run dashboard.py`. Configuration, navigation, the filters shared by every page."""

import streamlit as st

from netstats.ui import data, filter_bar, frame

app = st.App(__file__, lifespan=data.prepared)  # what the server imports, once

if __name__ == "__main__":  # what Streamlit runs for a visitor, at every change
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
