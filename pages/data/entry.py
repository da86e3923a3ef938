"""Put in a meeting by hand, or correct one: the form, then what would change, then who writes it."""

import streamlit as st

from netstats.ui.base import data, links
from netstats.ui.data import entry, entry_review
from netstats.ui.data.draft import follow
from netstats.ui.data.entry_form import Form

code = links.subject()
draft = entry.draft_of(code)
if draft is None:
    if entry.is_removed(code):
        entry_review.written()
    else:
        links.unknown("Cette réunion")
    st.page_link("pages/analysis/meetings.py", label="Toutes les réunions", icon=":material/arrow_back:")
    st.stop()

entry_review.heading(draft)
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

draft.entry = form.entry
if follow(draft):
    st.rerun()
entry_review.show(draft, form)
