"""The six key figures, compared with the period before when one is chosen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.filters import Filters
from netstats.queries.catalogue import HEADLINES, INDICATORS, MEETINGS, YEARLY_INDICATORS
from netstats.ui import cards, data
from netstats.ui.text import plain


def show(filters: Filters) -> bool:
    """Draw the row of key figures; return False, and draw the way back instead, when the selection has no meeting."""
    now = data.ask(INDICATORS, filters).iloc[0]
    if now["meetings"] == 0 and now["actions"] == 0 and data.ask(MEETINGS, filters).empty:
        cards.nothing_found(filters)
        return False
    before, compared = cards.comparison(filters)
    then = data.ask(INDICATORS, before).iloc[0] if before else None
    history = data.ask(YEARLY_INDICATORS, filters) if then is None else None
    notes = _notes(now, filters)
    cards.key_figures(
        [
            cards.KeyFigure(
                label=headline.label,
                value=_value(headline.column, now),
                definition=headline.definition,
                note=notes[headline.column],
                change=_change(headline.column, now, then),
                direction=_direction(headline.column, now, then),
                against="" if before is None else f"par rapport à {before.period}",
                history={} if history is None else _by_year(history, headline.column),
                share=headline.column.startswith("share"),
            )
            for headline in HEADLINES
        ]
    )
    if compared and before is None:
        st.caption(plain(compared))
    return True


def _by_year(history: pd.DataFrame, column: str) -> dict[int, float | None]:
    values = (None if pd.isna(value) else float(value) for value in history[column])
    return dict(zip(history["year"].tolist(), values, strict=True))


def _value(column: str, row: pd.Series) -> str:
    return wording.percent(row[column]) if column.startswith("share") else wording.number(row[column])


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


def _notes(row: pd.Series, filters: Filters) -> dict[str, str]:
    """Return, for each key figure, what it is known from and what only an unknown keeps out of it."""
    meetings = int(row["meetings"])
    parts = []
    if row["undated_meetings"]:
        parts.append(f"dont {wording.number(row['undated_meetings'])} sans date")
    if row["sessions"] != meetings:
        parts.append(wording.counted(row["sessions"], "séance"))
    if row["uncertain_meetings"]:
        parts.append(
            f"{wording.counted(row['uncertain_meetings'], 'autre possible', 'autres possibles')} : {_doubt(filters)}"
        )
    present = f"présents connus pour {_of(row['attended_meetings'], meetings)}"
    located = f"territoire nommé pour {wording.number(row['located_actions'])} sur {wording.number(row['actions'])}"
    if row["unlocated_actions"]:
        located = f"{wording.counted(row['unlocated_actions'], 'autre')} aux mêmes réunions, territoire non nommé"
    covered = row["population_covered"]
    return {
        "meetings": " · ".join(parts),
        "territories": present,
        "attendances": present,
        "share_covered": present
        if pd.isna(covered)
        else f"{_inhabitants(covered)} sur {_inhabitants(row['population'])}",
        "themes": f"thèmes connus pour {_of(row['themed_meetings'], meetings)}",
        "actions": located if row["actions"] or row["unlocated_actions"] else "",
    }


def _doubt(filters: Filters) -> str:
    """Return which unknown may hide meetings from this selection."""
    reasons = ["date"] if filters.period else []
    reasons += ["présents"] if filters.departments or filters.kinds else []
    return "date inconnue" if reasons == ["date"] else f"{' ou '.join(reasons)} inconnus"


def _of(known: int, meetings: int) -> str:
    return f"{wording.number(known)} {wording.plural(known, 'réunion')} sur {wording.number(meetings)}"


def _inhabitants(count: int) -> str:
    if count >= 1_000_000:
        millions = round(count / 1e6, 1)
        return f"{wording.number(millions, 1)} {wording.plural(millions, 'million')}"
    return f"{wording.number(count)} hab."
