"""The key figures of a page, as the catalogue declares them; of a selection, compared with the period before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from netstats.catalogue.comparison import key_figures
from netstats.catalogue.indicators import INDICATORS, MEASURES, YEARLY_INDICATORS
from netstats.catalogue.measure import Answer, Measure
from netstats.catalogue.overview import MEETINGS
from netstats.filters import Filters
from netstats.ui.base import cards, data, nothing
from netstats.ui.base.text import plain


def row(measures: Iterable[Measure], answer: Answer, filters: Filters) -> None:
    """Draw the row of key figures of an answer: it has the columns that the measures and their notes read."""
    cards.key_figures([measure.of(answer, filters) for measure in measures])


def show(filters: Filters, measures: Sequence[Measure] = MEASURES) -> bool:
    """Draw the row of key figures, compared with the period before, else with their years where these are known.

    It returns False, and draws the way back instead, when the selection has no meeting.
    """
    now = data.ask(INDICATORS, filters).iloc[0]
    if now["meetings"] == 0 and now["actions"] == 0 and data.ask(MEETINGS, filters).empty:
        nothing.found(filters)
        return False
    base = cards.comparison(filters)
    figures = key_figures(data.ask, filters, base, measures)
    if base.before is None:
        history = data.ask(YEARLY_INDICATORS, filters).set_index("year")
        years = (_by_year(history[measure.name]) if measure.name in history else {} for measure in measures)
        figures = [replace(figure, history=values) for figure, values in zip(figures, years, strict=True)]
    cards.key_figures(figures)
    if base.why:
        st.caption(plain(base.why))
    return True


def _by_year(values: pd.Series) -> dict[int, float | None]:
    return {year: None if pd.isna(value) else float(value) for year, value in zip(values.index, values, strict=True)}
