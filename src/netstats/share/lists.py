"""Slides that name things one by one: who came, what was done, the latest meeting, who is to be called back."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from netstats import wording
from netstats.catalogue import actions, overview, participation
from netstats.share import findings
from netstats.share.bodies import MOST_ROWS, Rows, Slide, slide_of
from netstats.share.names import Names
from netstats.share.selection import Selection
from netstats.wording import NO_BREAK, counted, listing, number

_MOST_NAMES = 24
_MOST_ACTIONS = 3
_MOST_TITLED = 3  # names that a title has room for

_STATED = {"présentiel": "en présentiel", "visioconférence": "en visioconférence", "hybride": "en format hybride"}

Maker = Callable[[Selection], Slide | None]


# --- who came


def _participants(selection: Selection) -> Slide | None:
    rows = selection.rows(overview.TERRITORIES, compared=False)
    if rows.empty:
        return None
    return slide_of(selection, "participants", _participants_title(rows), Names(rows), overview.TERRITORIES)


def _participants_title(territories: pd.DataFrame) -> str:
    """Return how many came, and of where: « 58 territoires de 19 départements, 8 venus plus d’une fois »."""
    count = len(territories)
    if count <= _MOST_TITLED:
        return f"{counted(count, 'territoire venu', 'territoires venus')}{NO_BREAK}: {listing(territories['name'])}"
    departments = counted(territories["department_code"].nunique(), "département")
    again = int((territories["attendances"] > 1).sum())
    often = f", {counted(again, 'venu', 'venus')} plus d’une fois" if again else ""
    return f"{number(count)} territoires de {departments}{often or ', venus une fois chacun'}"


# --- what was done


def _latest_actions(selection: Selection) -> Slide | None:
    rows = selection.rows(actions.LIST)
    if rows.empty:
        return None
    return slide_of(selection, "dernieres-actions", _actions_title(rows), action_rows(rows), actions.LIST)


def action_rows(told: pd.DataFrame, most: int = MOST_ROWS) -> Rows:
    """Return the latest of the rows of « actions » as a table: who, what, about which theme, when it was told."""
    shown = tuple(
        (
            wording.typeset(
                row["territory"] if isinstance(row["territory"], str) else f"Non nommé, réseau {row['network']}"
            ),
            wording.typeset(row["description"]),
            wording.typeset(row["theme"] if isinstance(row["theme"], str) else "non précisé"),
            wording.date(row["held_on"], row["date_precision"], short=True),
        )
        for row in told.head(most).to_dict("records")
    )
    left_out = len(told) - len(shown)
    rest = f"et {counted(left_out, 'autre action', 'autres actions')}" if left_out > 0 else ""
    return Rows(("Qui", "Ce qui a été fait", "Thème", "Date"), shown, rest)


def _actions_title(told: pd.DataFrame) -> str:
    """Return how many actions were told, and how many of them at the latest date."""
    total = counted(len(told), "action racontée", "actions racontées")
    day, precision = told["held_on"].iloc[0], str(told["date_precision"].iloc[0])
    if wording.is_missing(day):
        return f"{total}, sans date connue"
    when = f"{'le' if precision == 'day' else 'en'} {wording.date(day, precision)}"
    then = int((told["held_on"].eq(day) & told["date_precision"].eq(precision)).sum())
    return f"{total} {when}" if then == len(told) else f"{total}, dont {number(then)} {when}"


# --- the latest meeting


def _latest(selection: Selection) -> Slide | None:
    meetings = selection.rows(overview.MEETINGS)
    held = meetings[(meetings["status"] == "held") & meetings["held_on"].notna()]
    if held.empty:
        return None
    # A series lasts until its last session; a date known to the month or the year may be its last day.
    known = held["held_until"].fillna(held["held_on"])
    latest = known.sort_values(ascending=False, kind="stable").index
    meeting = held.loc[latest[0]]
    others = [_last_possible(row) for row in held.loc[latest[1:]].to_dict("records")]
    is_surely = meeting["date_precision"] == "day" and all(day < known[latest[0]] for day in others)
    told = selection.rows(actions.LIST)
    told = told[told["meeting_code"] == meeting["code"]]
    body = Rows((), tuple(_facts(meeting, told)))
    return slide_of(
        selection,
        "derniere",
        findings.latest_meeting(meeting, is_surely=is_surely or not others),
        body,
        overview.MEETINGS,
    )


def _last_possible(row: Mapping[Hashable, Any]) -> pd.Timestamp:
    """Return the last day on which a meeting may have been held."""
    first = pd.Timestamp(row["held_on"])
    ends = {"month": first + pd.offsets.MonthEnd(0), "year": first + pd.offsets.YearEnd(0)}
    last = ends.get(str(row["date_precision"]), first)
    return last if wording.is_missing(row["held_until"]) else max(last, pd.Timestamp(row["held_until"]))


def _facts(meeting: pd.Series, told: pd.DataFrame) -> Iterable[tuple[str, str]]:
    yield "Réunion", wording.typeset(str(meeting["title"]))
    where = [str(meeting["network"]), _STATED.get(str(meeting["format"]), "")]
    where += [str(meeting["place"])] if isinstance(meeting["place"], str) else []
    yield "Réseau", ", ".join(filter(None, where))
    yield "Thèmes", str(meeting["themes"]) if isinstance(meeting["themes"], str) else "non dits par la source"
    if isinstance(meeting["names"], str):
        names = str(meeting["names"]).split(" ; ")
        others = len(names) - _MOST_NAMES
        more = f" et {counted(others, 'autre')}" if others > 0 else ""
        total = meeting["territories_all"]
        of = f" (de la sélection, sur {number(total)})" if total != meeting["territories"] else ""
        yield f"Présents{of}", wording.typeset(", ".join(names[:_MOST_NAMES])) + more
    if not wording.is_missing(meeting["participants"]):
        yield "Participants", wording.approximate(meeting["participants"], meeting["participants_precision"])
    if not told.empty:
        said = " ; ".join(str(text).rstrip(".") for text in told["description"].head(_MOST_ACTIONS))
        more = f" ; et {counted(len(told) - _MOST_ACTIONS, 'autre')}" if len(told) > _MOST_ACTIONS else ""
        yield counted(len(told), "action"), wording.typeset(said + more)


# --- who is missing


def _missing(selection: Selection) -> Slide | None:
    rows = selection.rows(participation.LAPSED)
    if rows.empty:
        return None
    shown = tuple(
        (
            wording.typeset(str(row["name"])),
            wording.spoken_date(row["last_seen"]),
            f"{number(row['attended'])} sur {number(row['met'])}",
            _first_themes(row["themes"]),
        )
        for row in rows.head(MOST_ROWS).to_dict("records")
    )
    others = len(rows) - len(shown)
    body = Rows(
        ("Territoire", "Dernière présence", "Présences en 24 mois jusqu’alors", "Thèmes de cette réunion"),
        shown,
        f"et {counted(others, 'autre territoire', 'autres territoires')}" if others > 0 else "",
    )
    return slide_of(selection, "relancer", findings.to_call_back(rows), body, participation.LAPSED)


def _first_themes(themes: object) -> str:
    if not isinstance(themes, str):
        return "non dits par la source"
    first, *others = themes.split(" · ")
    return f"{first} et {counted(len(others), 'autre')}" if others else first


MAKERS: Mapping[str, Maker] = {
    "participants": _participants,
    "dernieres-actions": _latest_actions,
    "derniere": _latest,
    "relancer": _missing,
}
"""Kind of slide → what makes it; None when there is nothing to name."""
