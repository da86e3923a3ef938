"""Imprimer: the slides of a selection as a sheet of paper, and as a text for an e-mail."""

import streamlit as st

from netstats.catalogue.overview import INDICATORS
from netstats.ui.base import data, filter_bar, links, nothing
from netstats.ui.share import draft, present, presentations, report

filters = filter_bar.current()
if not data.ask(INDICATORS, filters)["meetings"].iloc[0]:
    nothing.found(filters)
    st.stop()

chosen = present.selection(filters, links.face())
plan = presentations.current_plan(chosen, "imprimer")
slides = list(plan.slides(chosen, data.outlines()))

if not slides:
    present.nothing_chosen()
    st.stop()

# The browser names the file, and heads its pages, by the title of the page.
st.set_page_config(page_title=f"netstats – {chosen.sentence}")
draft.say()
report.print_button()
report.text_to_copy(chosen, slides)
report.sheet(chosen, slides, plan.shown, presentations.name())
