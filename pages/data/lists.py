"""Référentiels: networks, themes, types, audiences and bodies: add, rename, retire, merge."""

import streamlit as st

from netstats import choices
from netstats.ui.data import lists, standard_lists
from netstats.ui.review import panel

draft = lists.current()
panel.saved(choices.LISTS, scrolls=True)
lists.waiting(draft)
is_beginning = standard_lists.offer()

if draft.code:
    lists.way_back()
left, right = st.columns(2, gap="small")
with left:
    if draft.code:
        lists.fill_in(draft)
    else:
        lists.show(draft)
with right:
    if draft.code:
        lists.leaving(draft)
    else:
        lists.fill_in(draft)
if not is_beginning:
    lists.changes(draft)
