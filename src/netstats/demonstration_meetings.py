"""When the meetings of the demonstration set are, what they are about, and the actions that they report."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from netstats.demonstration_actions import ACTIONS, OTHER_ACTIONS
from netstats.demonstration_chance import decimal_year, drawn, several, weight_at
from netstats.demonstration_words import (
    EXTENTS,
    OWN_PARTNERS,
    PARTNERS,
    PLACES,
    PUBLICS,
    RHYTHMS,
)
from netstats.demonstration_world import (
    CANCELLED_UNTIL,
    CONFINED,
    FIRST_YEAR,
    FORMATS_BEFORE,
    FORMATS_CONFINED,
    FORMATS_SINCE,
    HOLIDAYS,
    KINDS,
    MONTHS,
    NATIONAL_KINDS,
    NETWORKS,
    RARE,
    RELEASED,
    THEMES,
    TITLES,
    YEARS,
    Slot,
)

Row = dict[str, Any]


def drawn_slots(chance: random.Random, meetings: int, today: date) -> list[Slot]:
    """Return the meetings in the order of their days: working days, few in August, fewer in the first years."""
    announced = max(2, meetings // 250)
    past = _working_days(date(FIRST_YEAR, 1, 1), today)
    weights = [weight_at(YEARS, decimal_year(day)) * MONTHS[day.month - 1] for day in past]
    days = sorted(chance.choices(past, weights, k=meetings - announced))
    days += sorted(chance.choices(_working_days(today + timedelta(days=5), today + timedelta(days=120)), k=announced))
    slots = []
    for rank, day in enumerate(days, start=1):
        alive = {code: n.weight for code, n in NETWORKS.items() if n.first <= day.year <= n.last}
        network = drawn(chance, alive)
        missed = 0.4 if CONFINED <= day < CANCELLED_UNTIL else 0.02
        # An old announcement of which nobody wrote whether it was held stays an announcement.
        status = drawn(chance, {"held": 0.994 - missed, "cancelled": missed, "announced": 0.006})
        slots.append(Slot(f"fictif-{network}-{rank:05d}", network, day, "announced" if day > today else status))
    return slots


def _working_days(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=rank) for rank in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS]


def drawn_themes(chance: random.Random, slot: Slot, tastes: Mapping[str, float]) -> list[str]:
    """Return the codes of what a meeting talks about; none where nobody wrote it down."""
    if chance.random() < 0.05:
        return []
    year = decimal_year(slot.day)
    weights = {code: weight_at(THEMES.get(code, RARE), year) * taste for code, taste in tastes.items()}
    return several(chance, weights, drawn(chance, {1: 0.35, 2: 0.35, 3: 0.2, 4: 0.1}))


def meeting_row(
    chance: random.Random, slot: Slot, themes: Sequence[str], *, present: int, towns: Sequence[str], today: date
) -> Row:
    """Return the row of a meeting, as texts."""
    network = NETWORKS[slot.network]
    kind = drawn(chance, KINDS if network.regions else NATIONAL_KINDS)
    title = TITLES[kind].format(network=network.name, year=slot.day.year)
    if themes and kind != "assemblée générale":
        title += f" : {', '.join(_inside_a_sentence(theme) for theme in themes[:2])}"
    form = "visioconférence" if kind == "webinaire" else drawn(chance, _formats(slot.day))
    somewhere = form in {"présentiel", "hybride"} and towns and chance.random() < 0.85
    return {
        "code": slot.code,
        "network_code": slot.network,
        "kind": kind,
        "format": form,
        "place": chance.choice(towns) if somewhere else "",
        "open_to_non_members": drawn(chance, {"": 0.5, "true": 0.35, "false": 0.15}),
        "status": slot.status,
        "title": title,
        "note": "" if present or slot.status != "held" else "Liste des présents non retrouvée (réunion fictive).",
        **_date(chance, slot, kind, today),
        **_headcount(chance, slot, present),
    }


def _formats(day: date) -> Mapping[str, float]:
    if day < CONFINED:
        return FORMATS_BEFORE
    return FORMATS_CONFINED if day < RELEASED else FORMATS_SINCE


def _inside_a_sentence(theme: str) -> str:
    return theme if theme.startswith("Covid") else theme[:1].lower() + theme[1:]


def _date(chance: random.Random, slot: Slot, kind: str, today: date) -> Row:
    """Return the date as far as it is known; the older the meeting, the less it is."""
    unknown = 0.09 if slot.day.year < 2018 else 0.03
    precision = drawn(chance, {"day": 0.9 - unknown, "month": 0.07, "year": 0.03, "unknown": unknown})
    if slot.day > today:
        precision = "day"
    row = {"date_precision": precision, "sessions": "1"}
    if precision == "unknown":
        return row
    first_days = {"day": slot.day, "month": slot.day.replace(day=1), "year": date(slot.day.year, 1, 1)}
    row["held_on"] = f"{first_days[precision]}"
    sessions = chance.randint(2, 6) if chance.random() < (0.6 if kind == "assises" else 0.05) else 1
    last = slot.day + timedelta(days=(1 if kind == "assises" else 7) * (sessions - 1))
    if precision == "day" and sessions > 1 and last <= today:
        row |= {"sessions": f"{sessions}", "held_until": f"{last}"}
    return row


def _headcount(chance: random.Random, slot: Slot, present: int) -> Row:
    if slot.status != "held" or chance.random() < 0.4:
        return {}
    heads = round((present or chance.randint(6, 30)) * chance.uniform(1, 1.7)) + chance.randint(1, 4)
    precision = drawn(chance, {"exact": 0.6, "about": 0.27, "at_least": 0.13})
    if precision != "exact":
        heads = max(5, 5 * round(heads / 5))
    unit = drawn(chance, {"participants": 0.4, "professionnels": 0.4, "élus et professionnels": 0.2})
    return {"participants": f"{heads}", "participants_precision": precision, "participants_unit": unit}


def action_row(chance: random.Random, slot: Slot, rank: int, themes: Sequence[str], present: Sequence[str]) -> Row:
    """Return the row of an action that a meeting reports, as texts."""
    theme = chance.choice(themes) if themes and chance.random() < 0.93 else ""
    pattern = chance.choice(ACTIONS.get(theme, OTHER_ACTIONS))
    audience = chance.choice(pattern.audience_codes)
    sentence = pattern.text.format(public=chance.choice(PUBLICS[audience]))
    if pattern.where and chance.random() < 0.7:
        sentence += f" {chance.choice(PLACES[pattern.where])}"
    if chance.random() < 0.4:
        sentence += f", {chance.choice(RHYTHMS if pattern.where else EXTENTS)}"
    if chance.random() < 0.6:
        sentence += f", {chance.choice(PARTNERS + OWN_PARTNERS[pattern.type_code])}"
    return {
        "code": f"{slot.code}-a{rank}",
        "meeting_code": slot.code,
        "territory_code": chance.choice(present) if present and chance.random() < 0.75 else "",
        "type_code": pattern.type_code,
        "audience_code": audience if "{public}" in pattern.text or chance.random() < 0.7 else "",
        "theme_code": theme,
        "description": f"{sentence}.",
    }
