"""The figures of netstats.catalogue.themes computed a second time, in plain Python: see oracle.py."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netstats.filters import Filters
    from tests.catalogue.oracle import Meeting, Oracle, Row


def figures(oracle: Oracle) -> dict[str, Callable[..., list[Row]]]:
    """Return figure → what computes its rows from a selection (and a subject, where it has one)."""
    answers: dict[str, Callable[..., list[Row]]] = {
        "evolution-themes": theme_evolution,
        "fiche-theme-evolution": theme_evolution,
        "evolution-familles": family_evolution,
        "evolution-familles-par-an": partial(family_evolution, by_year=True),
        "tendances-themes": trends,
        "themes-departements": by_department,
        "themes-reseaux": by_network,
        "themes-ensemble": pairs,
        "fiche-theme": sheet,
        "fiche-theme-avec": together,
    }
    return {name: partial(answer, oracle) for name, answer in answers.items()}


def theme_evolution(oracle: Oracle, filters: Filters, subject: str = "") -> list[Row]:
    rows = _over_time(oracle, filters, lambda meeting: meeting.themes)
    return [{**_theme(oracle, code), **row} for code, row in rows if subject in {"", code}]


def family_evolution(oracle: Oracle, filters: Filters, *, by_year: bool = False) -> list[Row]:
    rows = _over_time(
        oracle, filters, lambda meeting: {_family(oracle, theme) for theme in meeting.themes}, by_year=by_year
    )
    return [
        {"code": code, "name": oracle.families[code]["name"], "family_rank": oracle.families[code]["rank"], **row}
        for code, row in rows
    ]


def _over_time(
    oracle: Oracle, filters: Filters, subjects: Callable[[Meeting], Collection[str]], *, by_year: bool = False
) -> list[tuple[str, Row]]:
    """What `subjects` names, in each quarter, half-year or year between the first and the last meeting that says it."""
    dated = [(m, m.held_on) for m in oracle.counted(filters) if m.held_on and m.themes]
    if not dated:
        return []
    years = sorted(day.year for _, day in dated)
    lasting = years[-1] - years[0]
    if by_year or lasting >= 10 or any(m.row["date_precision"] == "year" for m, _ in dated):
        months, letter = 12, ""
    else:
        months, letter = (6, "S") if lasting >= 4 else (3, "T")
    boxes = [(day.year * 12 + day.month - 1) // months for _, day in dated]
    rows = []
    for box in range(min(boxes), max(boxes) + 1):
        year, part = divmod(box, 12 // months)
        inside = [m for (m, _), place in zip(dated, boxes, strict=True) if place == box]
        for code in {code for meeting, _ in dated for code in subjects(meeting)}:
            on_it = sum(code in subjects(meeting) for meeting in inside)
            row: Row = {
                "period_start": date(year, part * months + 1, 1),
                "period_label": f"{letter}{part + 1} {year}" if letter else f"{year}",
                "meetings": on_it,
                "themed_meetings": len(inside),
                "share": on_it / len(inside) if inside else None,
            }
            rows.append((code, row))
    return rows


def trends(oracle: Oracle, filters: Filters) -> list[Row]:
    counted = [meeting for meeting in oracle.counted(filters) if meeting.themes]
    dated = sorted((m for m in counted if m.held_on), key=lambda m: (m.held_on, m.code))
    early, late = dated[: len(dated) // 2], dated[len(dated) // 2 :]
    rows = []
    for code in {theme for meeting in counted for theme in meeting.themes}:
        on_it = [meeting for meeting in counted if code in meeting.themes]
        before, after = _on(early, code), _on(late, code)
        latest = [day for m in on_it if (day := m.last_possible_day)]
        since = sum(m.held_on > max(latest) for m in dated if m.held_on) if latest else None
        rows.append(
            {
                **_theme(oracle, code),
                "meetings": len(on_it),
                "first_seen": min(map(_known, (m for m in on_it if m.held_on)), default=None),
                "last_seen": max(map(_known, (m for m in on_it if m.held_on)), default=None),
                "early_meetings": before,
                "early_total": len(early),
                "share_early": before / len(early) if early else None,
                "late_meetings": after,
                "late_total": len(late),
                "share_late": after / len(late) if late else None,
                "late_since": min(map(_known, late), default=None),
                "trend": _trend(before, len(early), after, len(late)),
                "meetings_since": since,
                "is_silent": bool(latest)
                and _two_years_after(max(latest)) <= oracle.as_of(filters)
                and since is not None
                and since >= 5,
            }
        )
    return rows


def _trend(before: int, early: int, after: int, late: int) -> str:
    if min(early, late) < 10 or before + after < 5:
        return "trop peu de réunions pour le dire"
    shared = (before + after) / (early + late)
    error = (shared * (1 - shared) / early + shared * (1 - shared) / late) ** 0.5
    difference = after / late - before / early
    if abs(difference) <= 2 * error:
        return "sans tendance nette"
    return "en hausse" if difference > 0 else "en baisse"


def by_department(oracle: Oracle, filters: Filters) -> list[Row]:
    scope = oracle.scope(filters)
    rows = []
    for code in oracle.themes:
        on_it = [meeting for meeting in oracle.counted(filters) if code in meeting.themes]
        reached = [
            {department for body in oracle.present(meeting, filters) for department in oracle.departments_of(body)}
            for meeting in on_it
        ]
        rows += [
            {
                **_theme(oracle, code),
                "department_code": department,
                "department": oracle.departments[department]["name"],
                "meetings": sum(department in places for places in reached),
            }
            for department in set().union(*reached) & scope
        ]
    return rows


def by_network(oracle: Oracle, filters: Filters) -> list[Row]:
    pairs_of = [(theme, m.network) for m in oracle.counted(filters) for theme in m.themes]
    return [
        {
            **_theme(oracle, theme),
            "network_code": network,
            "network": oracle.networks[network]["name"],
            "meetings": pairs_of.count((theme, network)),
        }
        for theme, network in set(pairs_of)
    ]


def pairs(oracle: Oracle, filters: Filters) -> list[Row]:
    counted = oracle.counted(filters)
    found = {pair for meeting in counted for pair in combinations(sorted(meeting.themes), 2)}
    return [
        {
            "code": f"{one}+{other}",
            "first_code": one,
            "first": oracle.themes[one]["name"],
            "second_code": other,
            "second": oracle.themes[other]["name"],
            "pair": f"{oracle.themes[one]['short_name']} + {oracle.themes[other]['short_name']}",
            "meetings": sum({one, other} <= meeting.themes for meeting in counted),
            "first_meetings": _on(counted, one),
            "second_meetings": _on(counted, other),
        }
        for one, other in found
    ]


def sheet(oracle: Oracle, filters: Filters, subject: str) -> list[Row]:
    if subject not in oracle.themes:
        return []
    counted = oracle.counted(filters)
    themed = sum(bool(meeting.themes) for meeting in counted)
    on_it = [meeting for meeting in counted if subject in meeting.themes]
    attended = sum(bool(meeting.bodies) for meeting in on_it)
    bodies = {body for meeting in on_it for body in oracle.present(meeting, filters)}
    known = sorted(_known(meeting) for meeting in on_it if meeting.held_on)
    return [
        {
            **_theme(oracle, subject),
            "meetings": len(on_it),
            "themed_meetings": themed,
            "share": len(on_it) / themed if themed else None,
            "networks": len({meeting.network for meeting in on_it}),
            "territories": None if on_it and not attended else len(bodies),
            "attended_meetings": attended,
            "actions": sum(action["theme_code"] == subject for action, _ in oracle.counted_actions(filters)),
            "first_seen": known[0] if known else None,
            "last_seen": known[-1] if known else None,
        }
    ]


def together(oracle: Oracle, filters: Filters, subject: str) -> list[Row]:
    on_it = [meeting for meeting in oracle.counted(filters) if subject in meeting.themes]
    return [
        {
            **_theme(oracle, code),
            "meetings": _on(on_it, code),
            "of_meetings": len(on_it),
            "share": _on(on_it, code) / len(on_it),
        }
        for code in {theme for meeting in on_it for theme in meeting.themes} - {subject}
    ]


def _on(meetings: Iterable[Meeting], theme: str) -> int:
    return sum(theme in meeting.themes for meeting in meetings)


def _family(oracle: Oracle, theme: str) -> str:
    return str(oracle.themes[theme]["family_code"])


def _theme(oracle: Oracle, code: str) -> Row:
    theme, family = oracle.themes[code], oracle.families[_family(oracle, code)]
    return {
        "code": code,
        "name": theme["name"],
        "short_name": theme["short_name"],
        "family": family["name"],
        "family_rank": family["rank"],
    }


def _known(meeting: Meeting) -> str:
    """The date as far as it is known: a year, a month or a day, as ISO writes it."""
    return str(meeting.held_on)[: {"day": 10, "month": 7, "year": 4}[str(meeting.row["date_precision"])]]


def _two_years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 2)
    except ValueError:  # 29 February
        return date(day.year + 2, 2, 28)
