"""Presenting: the slides of a selection, chosen, worded, projected, taken away."""

import streamlit as st

from netstats.catalogue.overview import INDICATORS
from netstats.share.slides import slides as every_slide
from netstats.ui.base import data, filter_bar, links, nothing
from netstats.ui.share import draft, present, presentations, projector, report

filters = filter_bar.current()
if not data.ask(INDICATORS, filters)["meetings"].iloc[0]:
    nothing.found(filters)
    st.stop()

chosen = present.selection(filters, links.face())
plan = presentations.current_plan(chosen, "presenter", projector.SLIDE, projector.BACKGROUND)
draft.keep(chosen)
made = list(every_slide(chosen, data.outlines(), plan.shown if projector.is_projected() else None))
slides = plan.arranged(made)

if slides and projector.is_projected():
    projector.project(slides)
    st.stop()

if not slides:
    present.nothing_chosen()
    st.stop()

present.ways_out(chosen, slides)
present.editor(plan, made, slides)
presentations.keeping(chosen)
report.text_to_copy(chosen, slides)
present.template_choice()
