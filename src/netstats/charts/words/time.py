"""What the charts of time say: columns of periods, the meetings one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from netstats.charts.chart import Row
from netstats.charts.ticks import spoken_period
from netstats.charts.words import alternative, plain, reading, wrapped
from netstats.wording import NO_BREAK, counted, date, is_missing, number


def column_hover(label: str, said: str) -> str:
    """Return a period and its count in words."""
    return f"<b>{plain(label)}</b><br>{said}"


def columns_reading(label: str, said: str, *, is_alone: bool) -> str:
    """Return the highest column; one that stands alone is no maximum."""
    return reading(f"{spoken_period(label)[0]}, {said}{'' if is_alone else ', le maximum'}.")


def newcomers_hover(label: str, new: int, again: int) -> str:
    """Return who came in a period."""
    said = counted(new, "nouveau territoire", "nouveaux territoires")
    return column_hover(label, f"{said}<br>{counted(again, 'territoire déjà venu', 'territoires déjà venus')}")


def newcomers_item(label: str, new: int, again: int) -> str:
    """Return a period as the alternative text has it."""
    return f"{label}, {counted(new, 'nouveau', 'nouveaux')} et {counted(again, 'déjà venu', 'déjà venus')}"


def newcomers_reading(label: str, new: int) -> str:
    """Return the period with the most new territories."""
    came = counted(new, "territoire est venu", "territoires sont venus")
    return reading(f"{spoken_period(label)[0]}, {came} pour la première fois.")


# ---------------------------------------------------------------- meetings one by one


def moment(row: Row) -> str:
    """Return when a meeting was held, as far as it is known: « 6 mai 2020 – 3 juin 2020 »."""
    if is_missing(row.get("held_until")):
        return _date(row)
    return f"{_date(row)} – {date(pd.Timestamp(row['held_until']).date())}"


def meeting_hover(row: Row) -> str:
    """Return all that is known of a meeting."""
    lines = [f"<b>{wrapped(row['title'])}</b>", wrapped(f"{row['network']}, {moment(row)}")]
    themes, participants = row.get("themes"), row.get("participants")
    if not is_missing(themes) and themes:
        lines.append(wrapped(f"Thèmes{NO_BREAK}: {themes}"))
    else:
        lines.append("Thèmes inconnus" if is_missing(row["family"]) else wrapped(row["family"]))
    if not is_missing(participants) and participants:
        lines.append(wrapped(f"Participants{NO_BREAK}: {participants}"))
    return "<br>".join(lines)


def network_count(held: int, dated: int) -> str:
    """Return how many meetings a network held; short, to fit beside the longest network on a phone."""
    return number(held) + (f" (dont {number(held - dated)} sans date)" if held > dated else "")


def timeline_alt(counts: Mapping[Any, int], first: Row, last: Row, undated: int) -> str:
    """Return the alternative text: how many meetings of each network, from when to when, and how many have no date."""
    items = [f"{network}, {counted(count, 'réunion datée', 'réunions datées')}" for network, count in counts.items()]
    dated = counted(sum(counts.values()), "réunion datée", "réunions datées")
    text = alternative(f"Frise chronologique de {dated}, de {moment(first)} à {moment(last)}", items)
    if undated:
        left_out = "n’est pas placée" if undated == 1 else "ne sont pas placées"
        text += f" {counted(undated, 'réunion')} sans date {left_out}."
    return text


def timeline_reading(row: Row, families: Sequence[str]) -> str:
    """Return a meeting and the families of its themes."""
    when = {"month": "en ", "year": "en "}.get(str(row["date_precision"]), "le ")
    held = f"{when}{_date(row)} ({row['network']})"
    if not families:
        return reading(f"{held}, une réunion dont les thèmes sont inconnus.")
    count = "une famille" if len(families) == 1 else f"{number(len(families))} familles"
    each = "un point" if len(families) == 1 else "un point pour chacune"
    return reading(f"{held}, une réunion a abordé {count} de thèmes, {each}{NO_BREAK}: {', '.join(families)}.")


def _date(row: Row) -> str:
    return date(pd.Timestamp(row["held_on"]).date(), str(row["date_precision"]))
