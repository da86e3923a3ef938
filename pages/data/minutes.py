"""Read minutes: the text, what was read in it beside its words, then what would change and who writes it."""

import streamlit as st

from netstats import choices
from netstats.ui.data import minutes, minutes_form, minutes_pick, minutes_review, minutes_text, minutes_waiting
from netstats.ui.data.draft import follow
from netstats.ui.review import panel

work = minutes.current()
panel.saved(choices.MINUTES, choices.WAITING, scrolls=True)
if not panel.is_writable():
    st.stop()

source = minutes_form.asking(work)
if work.reading is None:
    st.info("Rien n’est enregistré avant l’étape 3 : vous verrez d’abord ce qui est lu, et ce qui changerait.")
    minutes_waiting.listed(work)
    st.stop()

minutes_form.instructions()
beside, found = st.columns([5, 6], gap="small")
with found:
    shown = minutes_form.choice(work)
with beside:
    minutes_text.text_beside(work, work.reading, shown or 0)
if shown is None:
    st.stop()
with beside:
    minutes_pick.buttons(work, shown)
with found:
    form = minutes_form.meeting(work, shown, work.reading)

changed = [follow(one.form) for one in work.meetings]
if any(changed):
    st.rerun()
minutes_review.saving(work, shown, form, source)
