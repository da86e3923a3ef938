"""Read minutes: the text, what was read in it beside its words, then what would change and who writes it."""

import streamlit as st

from netstats.ui.data import minutes, minutes_review
from netstats.ui.review import panel

work = minutes.current()
minutes_review.last_words(work)
if not panel.is_writable():
    st.stop()

minutes_review.asking(work)
if work.reading is None:
    st.info("Rien n’est enregistré avant l’étape 3 : vous verrez d’abord ce qui est lu, et ce qui changerait.")
    st.stop()

minutes_review.instructions()
beside, found = st.columns([5, 6], gap="small")
with found:
    shown = minutes_review.choice(work)
with beside:
    minutes_review.text_beside(work, work.reading)
if shown is None:
    st.stop()
with found:
    form = minutes_review.meeting(work, shown, work.reading)

if minutes.follow(work):
    st.rerun()
minutes_review.saving(work, form)
