"""Quality of the data: what is missing, doubtful or unused, why it matters, and where to mend it."""

import streamlit as st

from netstats.catalogue import quality as questions
from netstats.catalogue.figure import WHOLE_DATA
from netstats.ui.base import filter_bar, foot
from netstats.ui.data import quality

filters = filter_bar.current()  # what links keep; no filter rules this page

foot.about(WHOLE_DATA)
quality.introduction(filters)
quality.key_figures()

for first, second in zip(questions.CHECKS[::2], questions.CHECKS[1::2], strict=True):
    left, right = st.columns(2, gap="small")
    with left:
        quality.card(first, filters)
    with right:
        quality.card(second, filters)

foot.show()
