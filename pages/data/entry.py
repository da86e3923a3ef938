"""Put in a meeting by hand, or correct one: the form, then what would change, then who writes it."""

import streamlit as st

from netstats import choices
from netstats.ui.base import data, links
from netstats.ui.data import entry
from netstats.ui.data.draft import follow
from netstats.ui.data.entry_form import Form
from netstats.ui.review import panel

draft = entry.draft_of(links.subject())
if draft is None:
    if not panel.saved(choices.ENTRY):  # else it has just been taken away
        links.unknown("Cette réunion")
    st.page_link("pages/analysis/meetings.py", label="Toutes les réunions", icon=":material/arrow_back:")
    st.stop()

entry.heading(draft)
form = Form(draft, disabled=not data.database().writable)

when, where = st.columns(2, gap="small")
with when:
    form.when()
with where:
    form.where()

who, what = st.columns(2, gap="small")
with who:
    form.who()
with what:
    form.what()

form.actions()

if follow(draft):
    st.rerun()
entry.show(draft, form)
