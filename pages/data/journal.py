"""Journal: what was put in, by whom, what it changed; taking an entry back; the whole data set and its copies."""

import streamlit as st

from netstats import choices
from netstats.ui.data import journal
from netstats.ui.review import panel

panel.saved(choices.UNDO)
known = journal.entries()
opened = journal.subject(known)

if opened is not None:
    journal.way_back()
    journal.undoing(opened)
    with st.container(border=True, key="card-entree"):
        journal.entry(opened)
    st.stop()

with st.container(border=True, key="card-journal"):
    st.header("Ce qui a été enregistré, la dernière entrée d’abord", anchor=False)
    journal.show(known)

with st.container(border=True, key="card-copies"):
    journal.copies()
