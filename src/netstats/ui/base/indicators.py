"""The key figures of a selection, compared with the period before when one is chosen."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from netstats.catalogue.indicators import INDICATORS, MEASURES, YEARLY_INDICATORS
from netstats.catalogue.measure import Measure
from netstats.catalogue.overview import MEETINGS
from netstats.filters import Filters
from netstats.ui.base import cards, data
from netstats.ui.base.text import plain


def show(filters: Filters) -> bool:
    """Draw the row of key figures; return False, and draw the way back instead, when the selection has no meeting."""
    now = data.ask(INDICATORS, filters).iloc[0]
    if now["meetings"] == 0 and now["actions"] == 0 and data.ask(MEETINGS, filters).empty:
        cards.nothing_found(filters)
        return False
    before, compared = cards.comparison(filters)
    if before is None:
        history = data.ask(YEARLY_INDICATORS, filters)
        cards.key_figures([_over_the_years(measure, now, filters, history) for measure in MEASURES])
        if compared:
            st.caption(plain(compared))
    else:
        then = data.ask(INDICATORS, before).iloc[0]
        against = f"par rapport à {before.period}"
        cards.key_figures([_against(measure, now, filters, then, against) for measure in MEASURES])
    return True


def of(measure: Measure, row: pd.Series, filters: Filters) -> cards.KeyFigure:
    """Return a measure of a selection as it is shown at the top of a page.

    Parameters
    ----------
    row
        The row of the figure « indicateurs ».
    """
    return cards.KeyFigure(
        measure.label, measure.write(row[measure.name]), measure.definition, measure.said_of(row, filters)
    )


def _over_the_years(measure: Measure, now: pd.Series, filters: Filters, history: pd.DataFrame) -> cards.KeyFigure:
    values = [None if pd.isna(value) else float(value) for value in history[measure.name]]
    by_year = dict(zip(history["year"].tolist(), values, strict=True))
    return replace(of(measure, now, filters), history=by_year, write=measure.write)


def _against(measure: Measure, now: pd.Series, filters: Filters, then: pd.Series, against: str) -> cards.KeyFigure:
    difference = measure.difference(now[measure.name], then[measure.name])
    if difference is None:
        return of(measure, now, filters)
    return replace(
        of(measure, now, filters),
        change=measure.write_difference(difference),
        direction=int(difference > 0) - int(difference < 0),
        against=against,
    )
