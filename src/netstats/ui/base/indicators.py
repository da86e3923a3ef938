"""The six key figures, compared with the period before when one is chosen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue.overview import INDICATORS, MEETINGS, YEARLY_INDICATORS
from netstats.filters import Filters
from netstats.share.headlines import headlines
from netstats.ui.base import cards, data
from netstats.ui.base.text import plain


def show(filters: Filters) -> bool:
    """Draw the row of key figures; return False, and draw the way back instead, when the selection has no meeting."""
    now = data.ask(INDICATORS, filters).iloc[0]
    if now["meetings"] == 0 and now["actions"] == 0 and data.ask(MEETINGS, filters).empty:
        cards.nothing_found(filters)
        return False
    before, compared = cards.comparison(filters)
    then = data.ask(INDICATORS, before).iloc[0] if before else None
    history = data.ask(YEARLY_INDICATORS, filters) if then is None else None
    cards.key_figures(
        [
            cards.KeyFigure(
                label=headline.label,
                value=headline.value,
                definition=headline.definition,
                note=headline.note,
                change=_change(headline.column, now, then),
                direction=_direction(headline.column, now, then),
                against="" if before is None else f"par rapport à {before.period}",
                history={} if history is None else _by_year(history, headline.column),
                share=headline.column.startswith("share"),
            )
            for headline in headlines(now, filters)
        ]
    )
    if compared and before is None:
        st.caption(plain(compared))
    return True


def _by_year(history: pd.DataFrame, column: str) -> dict[int, float | None]:
    values = (None if pd.isna(value) else float(value) for value in history[column])
    return dict(zip(history["year"].tolist(), values, strict=True))


def _change(column: str, now: pd.Series, then: pd.Series | None) -> str:
    """Return the change in words, or nothing where either period is unknown or none was chosen."""
    difference = _difference(column, now, then)
    if difference is None:
        return ""
    if column.startswith("share"):
        return f"{wording.signed(difference, 1)} {wording.plural(difference, 'point')}"
    return wording.signed(difference)


def _difference(column: str, now: pd.Series, then: pd.Series | None) -> float | None:
    """Return the change as it is shown (points for a share): sign, arrow and plural follow from that."""
    if then is None or pd.isna(now[column]) or pd.isna(then[column]):
        return None
    difference = float(now[column] - then[column])
    return round(difference * 100, 1) if column.startswith("share") else difference


def _direction(column: str, now: pd.Series, then: pd.Series | None) -> int:
    difference = _difference(column, now, then) or 0
    return int(difference > 0) - int(difference < 0)
