"""Comparer: two selections side by side; regions, networks, departments, periods, France."""

import streamlit as st

from netstats.catalogue import overview
from netstats.ui.analysis import compare
from netstats.ui.base import data, filter_bar, foot, nothing
from netstats.ui.base.text import plain
from netstats.ui.share import present

filters = filter_bar.current()
if not data.scopes():
    nothing.found(filters)
    st.stop()

second = compare.choose(filters)
foot.about(filters, second)
st.title(plain(compare.title(filters, second)), anchor=False)
if not compare.are_comparable(filters, second):
    st.stop()

first, other = present.selection(filters, second), present.selection(second, filters)
compare.figures(first, other)
what, done = st.columns(2, gap="small")
with what:
    compare.ranking(overview.THEMES, first, other, key="face-themes")
with done:
    compare.ranking(overview.ACTION_TYPES, first, other, key="face-actions")
compare.evolution(first, other)
compare.coverage(first, other)
compare.territories(first, other)
