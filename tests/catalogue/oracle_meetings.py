"""The figures of netstats.catalogue.meetings computed a second time, in plain Python: see oracle.py."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from netstats.filters import Filters

if TYPE_CHECKING:
    from tests.catalogue.oracle import Meeting, Oracle, Row

_SHEET = (
    *("code", "title", "network_code", "kind", "status", "held_on", "date_precision", "held_until", "sessions"),
    *("format", "place", "participants", "participants_precision", "participants_unit", "open_to_non_members"),
    *("note", "source_url"),
)


def figures(oracle: Oracle) -> dict[str, Callable[..., list[Row]]]:
    """Return figure → what computes its rows from a selection (and a subject, where it has one)."""
    asked: dict[str, Callable[..., list[Row]]] = {
        "calendrier": _calendar,
        "derniere-reunion": _last_meeting,
        "recherche-reunions": _search,
        "fiche-reunion": _sheet,
        "presents-reunion": _present,
        "themes-reunion": _themes,
        "actions-reunion": _actions,
        "voisines-reunion": _neighbours,
    }
    return {name: partial(ask, oracle) for name, ask in asked.items()}


def _calendar(oracle: Oracle, filters: Filters) -> list[Row]:
    months = Counter(
        (meeting.held_on.year, None if meeting.row["date_precision"] == "year" else meeting.held_on.month)
        for meeting in oracle.counted(filters)
        if meeting.held_on
    )
    return [{"year": year, "month": month, "meetings": count} for (year, month), count in months.items()]


def _last_meeting(oracle: Oracle, filters: Filters) -> list[Row]:
    places = Filters(regions=filters.regions, departments=filters.departments, networks=filters.networks)
    last: list[tuple[tuple[int, int, int], str, Meeting]] = []
    for meeting in oracle.counted(places):
        first, until = meeting.held_on, meeting.row["held_until"]
        if first is None:
            continue
        known = {"year": 1, "month": 2, "day": 3}[str(meeting.row["date_precision"])]
        days = [(first.year, first.month if known > 1 else 0, first.day if known > 2 else 0)]
        days += [(until.year, until.month, until.day)] if isinstance(until, date) else []
        last = sorted([*last, (max(days), meeting.code, meeting)], key=lambda one: one[:2])[-1:]
    return [
        {
            **{column: meeting.row[column] for column in ("code", "held_on", "date_precision", "held_until", "title")},
            "network": oracle.networks[meeting.network]["name"],
        }
        for _, _, meeting in last
    ]


def _search(oracle: Oracle, filters: Filters, words: str) -> list[Row]:
    asked = _words(words)
    return [
        {
            **{
                column: meeting.row[column]
                for column in ("code", "held_on", "date_precision", "title", "status", "place")
            },
            "network": oracle.networks[meeting.network]["name"],
            "themes": " · ".join(sorted(str(oracle.themes[code]["name"]) for code in meeting.themes)) or None,
        }
        for meeting in oracle.listed(filters)
        if asked and all(_is_said(oracle, meeting, asked, place) for place in range(len(asked)))
    ]


def _is_said(oracle: Oracle, meeting: Meeting, asked: list[str], place: int) -> bool:
    """Whether a word is said: begun, in another number, in two words, or as one with the word before or after."""
    word = asked[place]
    about, names = _said(oracle, meeting)
    begun = [word, *("".join(asked[at : at + 2]) for at in (place - 1, place) if 0 <= at < len(asked) - 1)]
    numbers = {
        re.sub("[sx]$", "", re.sub("(?<!e)aux$", "als", word)) if len(word) > 3 else word,
        re.sub("al$", "aux", word),
    }
    for text in (*about, *names):
        said = _words(text)
        if any(known.startswith(tuple(begun)) for known in said) or (text in about and numbers & set(said)):
            return True
        for one, other in pairwise(said):
            rest = word.removeprefix(one)
            if len(one) > 3 and rest != word and len(rest) > 3 and other.startswith(rest):
                return True
    return False


def _sheet(oracle: Oracle, _: Filters, code: str) -> list[Row]:
    return [
        {
            **{column: meeting.row[column] for column in _SHEET},
            "network": oracle.networks[meeting.network]["name"],
            "territories": len(meeting.bodies) or None,
            "themes": len(meeting.themes) or None,
            "actions": sum(action["meeting_code"] == code for action in oracle.actions),
        }
        for meeting in _one(oracle, code)
    ]


def _present(oracle: Oracle, _: Filters, code: str) -> list[Row]:
    return [
        {
            "code": body,
            **{column: oracle.bodies[body][column] for column in ("name", "kind", "population")},
            "department": oracle.departments[oracle._main_department(body)]["name"],
            **{column: oracle.printed[code, body][column] for column in ("printed_name", "member")},
        }
        for meeting in _one(oracle, code)
        for body in meeting.bodies
    ]


def _themes(oracle: Oracle, _: Filters, code: str) -> list[Row]:
    rows: list[Row] = []
    for meeting in _one(oracle, code):
        for theme in meeting.themes:
            family = oracle.families[str(oracle.themes[theme]["family_code"])]
            rows.append(
                {
                    "code": theme,
                    "name": oracle.themes[theme]["name"],
                    "family": family["name"],
                    "family_rank": family["rank"],
                }
            )
    return rows


def _actions(oracle: Oracle, _: Filters, code: str) -> list[Row]:
    def named(names: dict[str, Row], key: object) -> object:
        return names[str(key)]["name"] if key else None

    return [
        {
            **{column: action[column] for column in ("code", "description", "territory_code")},
            "type": named(oracle.action_types, action["type_code"]),
            "audience": named(oracle.audiences, action["audience_code"]),
            "theme": named(oracle.themes, action["theme_code"]),
            "territory": named(oracle.bodies, action["territory_code"]),
            "source_url": action["source_url"] or oracle.meetings[code].row["source_url"],
        }
        for action in oracle.actions
        if action["meeting_code"] == code
    ]


def _neighbours(oracle: Oracle, _: Filters, code: str) -> list[Row]:
    rows: list[Row] = []
    for here in _one(oracle, code):
        line = sorted(
            (meeting for meeting in oracle.meetings.values() if meeting.network == here.network),
            key=lambda meeting: (meeting.held_on is None, meeting.held_on or date.min, meeting.code),
        )
        place = line.index(here)
        beside = [("avant", line[place - 1])] if place else []
        beside += [("après", line[place + 1])] if place + 1 < len(line) else []
        rows += [
            {
                "side": side,
                **{
                    column: meeting.row[column]
                    for column in ("code", "title", "held_on", "date_precision", "held_until", "status")
                },
            }
            for side, meeting in beside
        ]
    return rows


def _one(oracle: Oracle, code: str) -> list[Meeting]:
    return [oracle.meetings[code]] if code in oracle.meetings else []


def _said(oracle: Oracle, meeting: Meeting) -> tuple[list[str], list[str]]:
    """The texts of a meeting that a search looks through: what it was about, and the names of places."""
    row = meeting.row
    about = [row["title"], row["kind"], oracle.networks[meeting.network]["name"]]
    about += [oracle.themes[code]["name"] for code in meeting.themes]
    about += [row["note"], *(x["description"] for x in oracle.actions if x["meeting_code"] == meeting.code)]
    names = [row["place"], *(oracle.bodies[body]["name"] for body in meeting.bodies)]
    names += [oracle.printed[meeting.code, body]["printed_name"] for body in meeting.bodies]
    names += [name for body in meeting.bodies for name in oracle.aliases.get(body, ())]
    return [str(text) for text in about if text], [str(text) for text in names if text]


def _words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return re.findall(r"[a-z0-9]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
