"""Imprimer: the selection as a sheet of paper, and as a text for an e-mail."""

from datetime import date

import streamlit as st

from netstats.share.selection import Selection
from netstats.share.slides import slides
from netstats.ui import cards, data, filter_bar, report

filters = filter_bar.current()
selection = Selection(data.ask, filters, data.choices(), data.version(), date.today())
shown = list(slides(selection, data.outlines()))

if not shown:
    cards.nothing_found(filters)
    st.stop()

# The browser names the file, and heads its pages, by the title of the page.
st.set_page_config(page_title=f"netstats – {selection.sentence}")
report.print_button()
report.text_to_copy(selection, shown)
report.sheet(selection, shown)
