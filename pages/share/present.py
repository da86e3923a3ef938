"""Presenting: the slides of a selection, chosen, worded, projected, taken away."""

import streamlit as st

from netstats.catalogue.overview import INDICATORS
from netstats.share.slides import slides as every_slide
from netstats.ui.base import cards, data, filter_bar
from netstats.ui.share import present, report

filters = filter_bar.current()
if not data.ask(INDICATORS, filters)["meetings"].iloc[0]:
    cards.nothing_found(filters)
    st.stop()

chosen = present.selection(filters)
plan = present.current_plan()
made = list(every_slide(chosen, data.outlines(), plan.shown if present.is_projected() else None))
slides = plan.arranged(made)

if slides and present.is_projected():
    present.project(slides)
    st.stop()

if not slides:
    present.nothing_chosen()
    st.stop()

present.ways_out(chosen, plan, slides)
present.editor(plan, made, slides)
present.keeping(filters)
report.text_to_copy(chosen, slides)
present.template_choice()
