"""The six key figures, compared with the period before when one is chosen."""

from __future__ import annotations

import pandas as pd

from netstats import wording
from netstats.filters import Filters
from netstats.queries.catalogue import HEADLINES, INDICATORS, MEETINGS, YEARLY_INDICATORS
from netstats.ui import cards, data


def show(filters: Filters) -> bool:
    """Draw the row of key figures; return False, and draw the way back instead, when the selection has no meeting."""
    now = data.ask(INDICATORS, filters).iloc[0]
    if now["meetings"] == 0 and now["actions"] == 0 and data.ask(MEETINGS, filters).empty:
        cards.nothing_found(filters)
        return False
    before = filters.before()
    then = data.ask(INDICATORS, before).iloc[0] if before else None
    history = data.ask(YEARLY_INDICATORS, filters) if then is None else None
    notes = _notes(now)
    cards.key_figures(
        [
            cards.KeyFigure(
                label=headline.label,
                value=_value(headline.column, now),
                definition=headline.definition,
                note=notes[headline.column],
                change="" if then is None else _change(headline.column, now, then),
                direction=0 if then is None else _direction(headline.column, now, then),
                against=f"vs {before.period}" if before else "",
                history=[] if history is None or headline.column not in history else list(history[headline.column]),
            )
            for headline in HEADLINES
        ]
    )
    return True


def _value(column: str, row: pd.Series) -> str:
    return wording.percent(row[column]) if column.startswith("share") else wording.number(row[column])


def _change(column: str, now: pd.Series, then: pd.Series) -> str:
    difference = _difference(column, now, then)
    if column.startswith("share"):
        return f"{wording.signed(difference, 1)} {wording.plural(difference, 'point')}"
    return wording.signed(difference)


def _difference(column: str, now: pd.Series, then: pd.Series) -> float:
    """Return the change as it is shown (points for a share): sign, arrow and plural follow from that."""
    difference = float(now[column] - then[column])
    return round(difference * 100, 1) if column.startswith("share") else difference


def _direction(column: str, now: pd.Series, then: pd.Series) -> int:
    difference = _difference(column, now, then)
    return int(difference > 0) - int(difference < 0)


def _notes(row: pd.Series) -> dict[str, str]:
    """Return, for each key figure, what it is known from: unknown is never shown as zero."""
    meetings = int(row["meetings"])
    parts = []
    if row["undated_meetings"]:
        parts.append(f"dont {wording.number(row['undated_meetings'])} sans date")
    if row["sessions"] != meetings:
        parts.append(wording.counted(row["sessions"], "séance"))
    present = f"présents connus pour {_of(row['attended_meetings'], meetings)}"
    return {
        "meetings": " · ".join(parts),
        "territories": present,
        "attendances": present,
        "share_covered": f"{_inhabitants(row['population_covered'])} sur {_inhabitants(row['population'])}",
        "themes": f"thèmes connus pour {_of(row['themed_meetings'], meetings)}",
        "actions": f"territoire nommé pour {wording.number(row['located_actions'])}" if row["actions"] else "",
    }


def _of(known: int, meetings: int) -> str:
    return f"{wording.number(known)} {wording.plural(known, 'réunion')} sur {wording.number(meetings)}"


def _inhabitants(count: int) -> str:
    if count >= 1_000_000:
        millions = round(count / 1e6, 1)
        return f"{wording.number(millions, 1)} {wording.plural(millions, 'million')}"
    return f"{wording.number(count)} hab."
