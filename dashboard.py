"""Entry point: `streamlit run dashboard.py`. Configuration, navigation, the filters shared by every page."""

import streamlit as st
from starlette.middleware import Middleware

from netstats.ui.base.guard import Guard
from netstats.ui.base.startup import prepared

app = st.App(__file__, lifespan=prepared, middleware=[Middleware(Guard)])  # what the server imports, once

if __name__ == "__main__":  # what Streamlit runs for a visitor, at every change
    from netstats.ui.base import filter_bar, foot, links, page, town

    page.configure()
    with page.errors_in_french():
        here = "pages/analysis"
        pages = [
            st.Page(f"{here}/overview.py", title="Vue d’ensemble", url_path="vue-d-ensemble", default=True),
            st.Page(f"{here}/participation.py", title="Participation", url_path="participation"),
            st.Page(f"{here}/themes.py", title="Thèmes", url_path="themes"),
            st.Page(f"{here}/actions.py", title="Actions", url_path="actions"),
            st.Page(f"{here}/meetings.py", title="Réunions", url_path="reunions"),
            st.Page(f"{here}/compare.py", title="Comparer", url_path="comparer"),
            st.Page(f"{here}/territory.py", title="Fiche d’un territoire", url_path="territoire", visibility="hidden"),
            st.Page(f"{here}/theme.py", title="Fiche d’un thème", url_path="theme", visibility="hidden"),
            st.Page(f"{here}/meeting.py", title="Fiche d’une réunion", url_path="reunion", visibility="hidden"),
        ]
        there = "pages/data"
        data_pages = [  # the data itself: no filter rules these
            st.Page(f"{there}/entry.py", title="Saisir une réunion", url_path="saisir"),
            st.Page(f"{there}/minutes.py", title="Lire un compte rendu", url_path="comptes-rendus"),
            st.Page(f"{there}/importing.py", title="Importer", url_path="importer"),
            st.Page(f"{there}/lists.py", title="Référentiels", url_path="referentiels"),
            st.Page(f"{there}/journal.py", title="Journal", url_path="journal"),
            st.Page(f"{there}/quality.py", title="Qualité des données", url_path="qualite"),
        ]
        out = "pages/share"
        share_pages = [
            st.Page(f"{out}/present.py", title="Présenter", url_path="presenter"),
            st.Page(f"{out}/report.py", title="Imprimer", url_path="imprimer"),
        ]
        opened = st.navigation({"": pages, "Partager": share_pages, "Données": data_pages}, position="top")
        filter_bar.show(
            opened,
            is_titled=links.is_titled(opened),
            is_data=opened in data_pages,
            beside=town.box if opened in pages else None,
        )
        foot.about(filter_bar.current())
        opened.run()
        if opened in pages:
            foot.show()
