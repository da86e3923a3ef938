"""The key figures of a selection, compared with the period before when one is chosen."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from netstats.catalogue.indicators import INDICATORS, MEASURES, YEARLY_INDICATORS
from netstats.catalogue.measure import Measure
from netstats.catalogue.overview import MEETINGS
from netstats.filters import Filters
from netstats.ui.base import cards, data, nothing
from netstats.ui.base.text import plain


def show(filters: Filters) -> bool:
    """Draw the row of key figures; return False, and draw the way back instead, when the selection has no meeting."""
    now = data.ask(INDICATORS, filters).iloc[0]
    if now["meetings"] == 0 and now["actions"] == 0 and data.ask(MEETINGS, filters).empty:
        nothing.found(filters)
        return False
    figures = [of(measure, now, filters) for measure in MEASURES]
    before, compared = cards.comparison(filters)
    if before is None:
        history = data.ask(YEARLY_INDICATORS, filters).set_index("year")
        cards.key_figures(
            [
                replace(figure, history=_by_year(history[measure.name]), write=measure.write)
                for figure, measure in zip(figures, MEASURES, strict=True)
            ]
        )
        if compared:
            st.caption(plain(compared))
    else:
        then = data.ask(INDICATORS, before).iloc[0]
        against = f"par rapport à {before.period}"
        cards.key_figures(
            [
                _compared(figure, measure, measure.difference(now[measure.name], then[measure.name]), against)
                for figure, measure in zip(figures, MEASURES, strict=True)
            ]
        )
    return True


def of(measure: Measure, row: pd.Series, filters: Filters) -> cards.KeyFigure:
    """Return a measure, of the row of the figure « indicateurs », as it is shown at the top of a page."""
    return cards.KeyFigure(
        measure.label, measure.write(row[measure.name]), measure.definition, measure.said_of(row, filters)
    )


def _by_year(values: pd.Series) -> dict[int, float | None]:
    return {year: None if pd.isna(value) else float(value) for year, value in zip(values.index, values, strict=True)}


def _compared(figure: cards.KeyFigure, measure: Measure, difference: float | None, against: str) -> cards.KeyFigure:
    if difference is None:
        return figure
    direction = int(difference > 0) - int(difference < 0)
    return replace(figure, change=measure.write_difference(difference), direction=direction, against=against)
