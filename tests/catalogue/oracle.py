"""Every figure computed a second time, in plain Python loops and sets from the definitions: no SQL, no database.

It shares nothing with the library but the Filters value. What a filter means is written here from the definitions
of the figures, not from the queries, so that a slip in one of the two shows.
"""

from __future__ import annotations

import calendar
import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from netstats.catalogue.figure import Figure
from netstats.filters import Filters
from netstats.period import Period
from tests.catalogue import oracle_actions, oracle_meetings, oracle_participation, oracle_themes

Row = dict[str, object]


@dataclass(frozen=True)
class Meeting:
    """A meeting with all that is attached to it."""

    code: str
    row: Row
    network: str
    network_regions: frozenset[str]
    is_regional: bool
    themes: frozenset[str]
    bodies: frozenset[str]

    @property
    def held_on(self) -> date | None:
        """The first day that is known."""
        return self.row["held_on"]  # type: ignore[return-value]

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.row["status"] == "held"

    def surely_began(self, since: date | None, until: date | None) -> bool:
        """Whether it began between two days, whichever day its date stands for."""
        if since is None and until is None:
            return True
        first, last = self.held_on, self.last_possible_day
        if first is None or last is None:
            return False
        return (since is None or first >= since) and (until is None or last <= until)

    def may_have_begun(self, since: date | None, until: date | None) -> bool:
        """Whether it may have begun between two days, for all that is known of its date."""
        first, last = self.held_on, self.last_possible_day
        if first is None or last is None:
            return True
        return (since is None or last >= since) and (until is None or first <= until)

    @property
    def last_possible_day(self) -> date | None:
        """The last day that its date can stand for."""
        first = self.held_on
        if first is None:
            return None
        return {
            "day": first,
            "month": date(first.year, first.month, calendar.monthrange(first.year, first.month)[1]),
            "year": date(first.year, 12, 31),
        }[str(self.row["date_precision"])]


class Oracle:
    """The figures of an activity.

    Parameters
    ----------
    reference
        Directory of the official geography.
    frames
        Rows of the activity by table, as the database was built from.
    today
        The day on which the figures are asked.
    """

    def __init__(self, reference: Path, frames: Mapping[str, pd.DataFrame], today: date) -> None:
        self.today = today
        self._read_geography(reference, frames)
        self._read_activity(frames)
        self.figures: dict[str, Callable[..., list[Row]]] = {
            "indicateurs": self.indicators,
            "indicateurs-par-an": self.yearly_indicators,
            "departements": self.department_rows,
            "territoires": self.territory_rows,
            "reunions": self.meeting_rows,
            "presences": self.attendance_rows,
            "frise": self.timeline,
            "activite": self.activity,
            "themes": self.theme_rows,
            "types-action": self.action_type_rows,
            **oracle_participation.figures(self),
            **oracle_themes.figures(self),
            **oracle_actions.figures(self),
            **oracle_meetings.figures(self),
        }

    def rows(self, figure: Figure, filters: Filters, subject: str) -> list[Row]:
        """Return what a figure must answer, in any order; a ranking with how it was in the period before."""
        ask = self.figures[figure.name]
        rows = ask(filters, subject) if figure.subject else ask(filters)
        if figure.compares:
            period = filters.period
            over = period.until is not None and period.until < self.today
            before = period.previous() if over else None
            then: dict[object, int | None] = {}
            if before is not None:
                then = {row["code"]: _int(row[figure.compares]) for row in ask(replace(filters, period=before))}
            known = before is not None and self._tells(figure, replace(filters, period=before))
            for row in rows:
                earlier = None if before is None else then.get(row["code"], 0 if known else None)
                row["before"] = earlier
                row["change"] = None if earlier is None else _int(row[figure.compares]) - earlier
        return rows

    def _tells(self, figure: Figure, filters: Filters) -> bool:
        """Whether what is absent from a ranking is surely nil."""
        meetings = self.counted(filters)
        if not meetings:
            recorded = Filters(period=filters.period, regions=filters.regions, networks=filters.networks)
            return bool(self.counted(recorded)) and not self.possible(filters)
        what = {"attendances": "bodies", "meetings": "themes"}.get(figure.compares)
        return what is None or any(getattr(meeting, what) for meeting in meetings)

    def as_of(self, filters: Filters) -> date:
        """Return the day from which 24 months are counted back."""
        return min(filters.period.until or self.today, self.today)

    # ------------------------------------------------------------ what there is

    def _read_geography(self, reference: Path, frames: Mapping[str, pd.DataFrame]) -> None:
        self.regions = {row["code"]: row["name"] for row in _csv(reference / "regions.csv")}
        self.departments = {row["code"]: row for row in _csv(reference / "departments.csv")}
        communes = {row["code"]: row for row in _csv(reference / "communes.csv")}
        self.department_of = {code: row["department_code"] for code, row in communes.items()}
        self.inhabitants = {code: int(row["population"]) for code, row in communes.items()}
        self.population = Counter[str]()
        self._departments_of: dict[str, frozenset[str]] = {}
        self.covered: dict[str, set[str]] = defaultdict(set)  # body → communes
        for code, row in communes.items():
            self.population[row["department_code"]] += self.inhabitants[code]
            self.covered[code].add(code)
            self.covered[row["department_code"]].add(code)
        for row in _csv(reference / "intercommunality_communes.csv"):
            self.covered[row["intercommunality_code"]].add(row["commune_code"])
        for own in _rows(frames["territory_commune"]):
            self.covered[str(own["territory_code"])].add(str(own["commune_code"]))

        self.aliases: dict[str, list[str]] = defaultdict(list)
        official: list[Row] = [dict(row) for row in _csv(reference / "aliases.csv")]
        for alias in official + _rows(frames["territory_alias"]):
            self.aliases[str(alias["territory_code"])].append(str(alias["name"]))

        self.bodies: dict[str, Row] = {}
        for code, row in communes.items():
            self.bodies[code] = {**row, "kind": "commune"}
        for row in _csv(reference / "intercommunalities.csv"):
            self.bodies[row["code"]] = dict(row)
        for body in self.bodies.values():
            body["population"], body["lon"], body["lat"] = (
                int(str(body["population"])),
                float(str(body["lon"])),
                float(str(body["lat"])),
            )
        for code, department in self.departments.items():
            points = [self.bodies[commune] for commune in self.covered[code]]
            self.bodies[code] = {
                "kind": "department",
                "name": department["name"],
                "population": self.population[code],
                "lon": sum(float(str(point["lon"])) for point in points) / len(points),
                "lat": sum(float(str(point["lat"])) for point in points) / len(points),
            }
        for own in _rows(frames["territory"]):
            weights = {commune: self.inhabitants[commune] for commune in self.covered[str(own["code"])]}
            total = sum(weights.values())
            self.bodies[str(own["code"])] = {
                "kind": own["kind"],
                "name": own["name"],
                "population": total,
                "lon": sum(float(str(self.bodies[c]["lon"])) * weight for c, weight in weights.items()) / total,
                "lat": sum(float(str(self.bodies[c]["lat"])) * weight for c, weight in weights.items()) / total,
            }

    def _read_activity(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self.networks = {str(row["code"]): row for row in _rows(frames["network"])}
        self.families = {str(row["code"]): row for row in _rows(frames["theme_family"])}
        self.themes = {str(row["code"]): row for row in _rows(frames["theme"])}
        self.action_types = {str(row["code"]): row for row in _rows(frames["action_type"])}
        self.audiences = {str(row["code"]): row for row in _rows(frames["audience"])}
        self.network_regions = _pairs(frames["network_region"], "network_code", "region_code")
        themes = _pairs(frames["meeting_theme"], "meeting_code", "theme_code")
        bodies = _pairs(frames["attendance"], "meeting_code", "territory_code")
        self.meetings = {
            str(row["code"]): Meeting(
                code=str(row["code"]),
                row=row,
                network=str(row["network_code"]),
                network_regions=frozenset(self.network_regions[str(row["network_code"])]),
                is_regional=self.networks[str(row["network_code"])]["scope"] == "regional",
                themes=frozenset(themes[str(row["code"])]),
                bodies=frozenset(bodies[str(row["code"])]),
            )
            for row in _rows(frames["meeting"])
        }
        self.actions = _rows(frames["action"])
        self.printed = {
            (str(row["meeting_code"]), str(row["territory_code"])): row for row in _rows(frames["attendance"])
        }

    # ------------------------------------------------------------ what is selected

    def departments_of(self, body: str) -> frozenset[str]:
        """The departments where a body covers a commune."""
        if body not in self._departments_of:
            self._departments_of[body] = frozenset(self.department_of[commune] for commune in self.covered[body])
        return self._departments_of[body]

    def matches_body(self, code: str, filters: Filters) -> bool:
        """Whether a body is one of those asked for: one of its communes is in the place, and its kind is right."""
        if filters.kinds and self.bodies[code]["kind"] not in filters.kinds:
            return False
        return any(
            (not filters.departments or department in filters.departments)
            and (not filters.regions or self.departments[department]["region_code"] in filters.regions)
            for department in self.departments_of(code)
        )

    def present(self, meeting: Meeting, filters: Filters) -> set[str]:
        """The bodies asked for that were at a meeting."""
        return {code for code in meeting.bodies if self.matches_body(code, filters)}

    def matches_frame(self, meeting: Meeting, filters: Filters) -> bool:
        """Whether a meeting is in the period, of the networks and of the formats asked for."""
        in_networks = meeting.network in filters.networks if filters.networks else meeting.is_regional
        in_formats = not filters.formats or meeting.row["format"] in filters.formats
        return in_networks and in_formats and meeting.surely_began(filters.period.since, filters.period.until)

    def matches_place(self, meeting: Meeting, filters: Filters) -> bool:
        """Whether a meeting belongs to the place asked for, by its network or by who came."""
        if not (filters.regions or filters.departments or filters.kinds):
            return True
        if self.present(meeting, filters):
            return True
        only_regions = not filters.departments and not filters.kinds
        return only_regions and bool(meeting.network_regions & set(filters.regions))

    def listed(self, filters: Filters) -> list[Meeting]:
        """The meetings of the selection, held or not."""
        return [
            meeting
            for meeting in self.meetings.values()
            if self.matches_frame(meeting, filters)
            and self.matches_place(meeting, filters)
            and (not filters.themes or meeting.themes & set(filters.themes))
        ]

    def counted(self, filters: Filters) -> list[Meeting]:
        """The meetings of the selection that were held."""
        return [meeting for meeting in self.listed(filters) if meeting.is_held]

    def possible(self, filters: Filters) -> list[Meeting]:
        """The meetings held that only an unknown keeps out: a date that may fit, or a list of who came that is lost.

        A meeting nobody is named at may belong to a place when its network covers a region of that place.
        """
        counted = {meeting.code for meeting in self.counted(filters)}
        timeless = {meeting.code for meeting in self.counted(replace(filters, period=Period()))}
        regions = {self.departments[code]["region_code"] for code in self.scope(replace(filters, networks=()))}
        found = []
        for meeting in self.meetings.values():
            in_frame = self.matches_frame(meeting, replace(filters, period=Period()))
            if meeting.code in counted or not meeting.is_held or not in_frame:
                continue
            on_theme = not filters.themes or bool(meeting.themes & set(filters.themes))
            lost = not meeting.bodies and bool(meeting.network_regions & regions) and on_theme
            may_fit = meeting.may_have_begun(filters.period.since, filters.period.until)
            if may_fit and (meeting.code in timeless or lost):
                found.append(meeting)
        return found

    def unlocated_actions(self, filters: Filters) -> int:
        """The actions without a territory that were told at meetings of the place, and are not counted."""
        meetings = {meeting.code for meeting in self.counted(replace(filters, themes=()))}
        counted = {action["code"] for action, _ in self.counted_actions(filters)}
        return sum(
            action["territory_code"] is None
            and action["meeting_code"] in meetings
            and action["code"] not in counted
            and (not filters.themes or action["theme_code"] in filters.themes)
            for action in self.actions
        )

    def attendances(self, filters: Filters) -> list[tuple[Meeting, str]]:
        """The pairs of a counted meeting and a body asked for that was there."""
        return [(meeting, body) for meeting in self.counted(filters) for body in self.present(meeting, filters)]

    def counted_actions(self, filters: Filters) -> list[tuple[Row, Meeting]]:
        """The actions of the selection, with the meeting that told them."""
        found = []
        for action in self.actions:
            meeting, body = self.meetings[str(action["meeting_code"])], action["territory_code"]
            if not meeting.is_held or not self.matches_frame(meeting, filters):
                continue
            if filters.themes and action["theme_code"] not in filters.themes:
                continue
            if body is not None:
                in_place = self.matches_body(str(body), filters)
            elif filters.departments or filters.kinds:
                in_place = False
            else:
                in_place = not filters.regions or bool(meeting.network_regions & set(filters.regions))
            if in_place:
                found.append((action, meeting))
        return found

    def scope(self, filters: Filters) -> set[str]:
        """The departments whose inhabitants are the whole of which a part is covered."""
        regions = set(filters.regions) or set(self.regions)
        if filters.networks and not filters.departments and not filters.regions:
            chosen = {code: self.networks[code] for code in filters.networks if code in self.networks}
            if not any(network["scope"] == "national" for network in chosen.values()):
                regions = {region for code in chosen for region in self.network_regions[code]}
        return {
            code
            for code, department in self.departments.items()
            if (not filters.departments or code in filters.departments) and department["region_code"] in regions
        }

    def covered_communes(self, attendances: Iterable[tuple[Meeting, str]], filters: Filters) -> set[str]:
        """The communes of the scope that a body which came covers, each once."""
        scope = self.scope(filters)
        came = {body for _, body in attendances}
        return {commune for body in came for commune in self.covered[body] if self.department_of[commune] in scope}

    def share(self, attendances: Iterable[tuple[Meeting, str]], filters: Filters) -> tuple[int, int, float | None]:
        """The inhabitants covered, those of the scope, and the part of the first in the second."""
        population = sum(self.population[code] for code in self.scope(filters))
        covered = sum(self.inhabitants[commune] for commune in self.covered_communes(attendances, filters))
        return covered, population, covered / population if population else None

    # ------------------------------------------------------------ the figures

    def indicators(self, filters: Filters) -> list[Row]:
        """One row: the key figures."""
        counted, attendances, actions = (
            self.counted(filters),
            self.attendances(filters),
            self.counted_actions(filters),
        )
        headcounts = [meeting.row for meeting in counted if meeting.row["participants"] is not None]
        covered, population, share = self.share(attendances, filters)
        came, spoke = _is_known(counted, "bodies"), _is_known(counted, "themes")
        return [
            {
                "meetings": len(counted),
                "sessions": sum(_int(meeting.row["sessions"]) for meeting in counted),
                "undated_meetings": sum(meeting.held_on is None for meeting in counted),
                "uncertain_meetings": len(self.possible(filters)),
                "territories": len({body for _, body in attendances}) if came else None,
                "attendances": len(attendances) if came else None,
                "attended_meetings": sum(bool(meeting.bodies) for meeting in counted),
                "participants": sum(_int(row["participants"]) for row in headcounts) if headcounts else None,
                "participants_known_meetings": len(headcounts),
                "participants_approximate": any(row["participants_precision"] != "exact" for row in headcounts),
                "population_covered": covered if came else None,
                "population": population or None,
                "share_covered": share if came else None,
                "themes": len({theme for meeting in counted for theme in meeting.themes}) if spoke else None,
                "themed_meetings": sum(bool(meeting.themes) for meeting in counted),
                "actions": len(actions),
                "located_actions": sum(action["territory_code"] is not None for action, _ in actions),
                "unlocated_actions": self.unlocated_actions(filters),
            }
        ]

    def yearly_indicators(self, filters: Filters) -> list[Row]:
        """One row a calendar year, from the first to the last with something dated."""
        dated = [meeting for meeting in self.counted(filters) if meeting.held_on]
        told = [meeting.held_on.year for _, meeting in self.counted_actions(filters) if meeting.held_on]
        attendances = [(meeting, body) for meeting, body in self.attendances(filters) if meeting.held_on]
        of_year = {year: [pair for pair in attendances if _year(pair[0]) == year] for year in range(1950, 2101)}
        years = [meeting.held_on.year for meeting in dated if meeting.held_on] + told
        of = {year: [meeting for meeting in dated if _year(meeting) == year] for year in set(years)}
        came = {year: _is_known(of.get(year, []), "bodies") for year in range(1950, 2101)}
        spoke = {year: _is_known(of.get(year, []), "themes") for year in range(1950, 2101)}
        return [
            {
                "year": year,
                "meetings": sum(_year(meeting) == year for meeting in dated),
                "territories": len({body for _, body in of_year[year]}) if came[year] else None,
                "attendances": len(of_year[year]) if came[year] else None,
                "share_covered": self.share(of_year[year], filters)[2] if came[year] else None,
                "themes": len({theme for meeting in of.get(year, []) for theme in meeting.themes})
                if spoke[year]
                else None,
                "actions": told.count(year),
            }
            for year in (range(min(years), max(years) + 1) if years else ())
        ]

    def department_rows(self, filters: Filters) -> list[Row]:
        """One row a department of the scope."""
        attendances = self.attendances(filters)
        known = _is_known(self.counted(filters), "bodies")
        came = defaultdict(list)
        for _, body in attendances:
            for department in self.departments_of(body):
                came[department].append(body)
        covered = Counter[str]()
        communes = Counter[str]()
        for commune in self.covered_communes(attendances, filters):
            covered[self.department_of[commune]] += self.inhabitants[commune]
            communes[self.department_of[commune]] += 1
        all_communes = Counter(self.department_of.values())
        return [
            {
                "code": code,
                "name": self.departments[code]["name"],
                "region_code": self.departments[code]["region_code"],
                "region": self.regions[self.departments[code]["region_code"]],
                "territories": len(set(came[code])) if known else None,
                "attendances": len(came[code]) if known else None,
                "population_covered": covered[code] if known else None,
                "population": self.population[code],
                "share_covered": covered[code] / self.population[code] if known else None,
                "communes_covered": communes[code] if known else None,
                "communes": all_communes[code],
                "share_communes": communes[code] / all_communes[code] if known else None,
            }
            for code in self.scope(filters)
        ]

    def territory_rows(self, filters: Filters) -> list[Row]:
        """One row a body that came."""
        seen: dict[str, list[Meeting]] = defaultdict(list)
        for meeting, body in self.attendances(filters):
            seen[body].append(meeting)
        return [
            {
                "code": code,
                **{column: self.bodies[code][column] for column in ("name", "kind", "population", "lon", "lat")},
                "department_code": self._main_department(code),
                "department": self.departments[self._main_department(code)]["name"],
                "region": self.regions[self.departments[self._main_department(code)]["region_code"]],
                "attendances": len(meetings),
                **_span(meetings),
            }
            for code, meetings in seen.items()
        ]

    def meeting_rows(self, filters: Filters) -> list[Row]:
        """One row a meeting, held or not."""
        copied = (
            *("code", "held_on", "date_precision", "held_until", "sessions", "kind", "title", "status", "format"),
            *("place", "participants", "participants_precision", "participants_unit", "note", "source_url"),
        )
        return [
            {
                **{column: meeting.row[column] for column in copied},
                "network": self.networks[meeting.network]["name"],
                "names": " ; ".join(sorted(str(self.bodies[body]["name"]) for body in self.present(meeting, filters)))
                or None,
                "territory_codes": " ; ".join(sorted(self.present(meeting, filters))) or None,
                "territories": len(self.present(meeting, filters)) if meeting.bodies else None,
                "territories_all": len(meeting.bodies) or None,
                "themes": " · ".join(sorted(str(self.themes[code]["name"]) for code in meeting.themes)) or None,
            }
            for meeting in self.listed(filters)
        ]

    def attendance_rows(self, filters: Filters) -> list[Row]:
        """One row a counted attendance."""
        return [
            {
                "meeting_code": meeting.code,
                **{column: meeting.row[column] for column in ("held_on", "date_precision", "title", "source_url")},
                "network": self.networks[meeting.network]["name"],
                "territory_code": body,
                "territory": self.bodies[body]["name"],
                "kind": self.bodies[body]["kind"],
                "department": self.departments[self._main_department(body)]["name"],
                "printed_name": self.printed[meeting.code, body]["printed_name"],
                "member": self.printed[meeting.code, body]["member"],
            }
            for meeting, body in self.attendances(filters)
        ]

    def timeline(self, filters: Filters) -> list[Row]:
        """One row a counted meeting and family of its themes."""
        copied = ("code", "title", "held_on", "date_precision", "held_until", "sessions")
        unknown: Row = {"rank": None, "name": None}
        return [
            {
                **{column: meeting.row[column] for column in copied},
                "network": self.networks[meeting.network]["name"],
                "family_rank": family["rank"],
                "family": family["name"],
            }
            for meeting in self.counted(filters)
            for family in self._families(meeting) or [unknown]
        ]

    def activity(self, filters: Filters) -> list[Row]:
        """One row a network and quarter, half-year or year, from the first to the last with a dated meeting."""
        dated = [(meeting, meeting.held_on) for meeting in self.counted(filters) if meeting.held_on]
        if not dated:
            return []
        years = [day.year for _, day in dated]
        span = max(years) - min(years)
        only_years = any(meeting.row["date_precision"] == "year" for meeting, _ in dated)
        months, letter = (12, "") if only_years or span >= 10 else (6, "S") if span >= 4 else (3, "T")
        boxes = Counter((meeting.network, day.year, (day.month - 1) // months) for meeting, day in dated)
        drawn = sorted({(year, box) for _, year, box in boxes})
        return [
            {
                "network": self.networks[network]["name"],
                "period_start": date(year, box * months + 1, 1),
                "period_label": f"{letter}{box + 1} {year}" if letter else str(year),
                "meetings": boxes[network, year, box],
            }
            for network in {network for network, _, _ in boxes}
            for year in range(min(years), max(years) + 1)
            for box in range(12 // months)
            if drawn[0] <= (year, box) <= drawn[-1]
        ]

    def theme_rows(self, filters: Filters) -> list[Row]:
        """One row a theme of the counted meetings."""
        counted = self.counted(filters)
        themed = sum(bool(meeting.themes) for meeting in counted)
        rows = []
        for code, theme in self.themes.items():
            meetings = [meeting for meeting in counted if code in meeting.themes]
            if meetings:
                family = self.families[str(theme["family_code"])]
                rows.append(
                    {
                        "code": code,
                        "name": theme["name"],
                        "short_name": theme["short_name"],
                        "family": family["name"],
                        "family_rank": family["rank"],
                        "meetings": len(meetings),
                        "themed_meetings": themed,
                        "share": len(meetings) / themed,
                        **_span(meetings),
                    }
                )
        return rows

    def action_type_rows(self, filters: Filters) -> list[Row]:
        """One row a type of the counted actions."""
        by_type: dict[str, list[Row]] = defaultdict(list)
        for action, _ in self.counted_actions(filters):
            by_type[str(action["type_code"])].append(action)
        return [
            {
                "code": code,
                "name": self.action_types[code]["name"],
                "actions": len(actions),
                "located_actions": sum(action["territory_code"] is not None for action in actions),
                "meetings": len({action["meeting_code"] for action in actions}),
            }
            for code, actions in by_type.items()
        ]

    def action_rows(self, filters: Filters) -> list[Row]:
        """One row a counted action."""
        return [
            {
                "code": action["code"],
                "type": self.action_types[str(action["type_code"])]["name"],
                "audience": self.audiences[str(action["audience_code"])]["name"] if action["audience_code"] else None,
                "theme": self.themes[str(action["theme_code"])]["name"] if action["theme_code"] else None,
                "description": action["description"],
                "territory": self.bodies[str(action["territory_code"])]["name"] if action["territory_code"] else None,
                "network": self.networks[meeting.network]["name"],
                "held_on": meeting.held_on,
                "date_precision": meeting.row["date_precision"],
                "source_url": action["source_url"] or meeting.row["source_url"],
            }
            for action, meeting in self.counted_actions(filters)
        ]

    def _families(self, meeting: Meeting) -> list[Row]:
        codes = {str(self.themes[code]["family_code"]) for code in meeting.themes}
        return [self.families[code] for code in codes]

    def _main_department(self, code: str) -> str:
        inhabitants = Counter[str]()
        for commune in self.covered[code]:
            inhabitants[self.department_of[commune]] += self.inhabitants[commune]
        return inhabitants.most_common(1)[0][0]


def _is_known(meetings: Iterable[Meeting], what: str) -> bool:
    """Whether one of the meetings says it; of no meeting at all, everything is known."""
    said = [bool(getattr(meeting, what)) for meeting in meetings]
    return not said or any(said)


def _span(meetings: Iterable[Meeting]) -> Row:
    """The first and last date as far as it is known: where the day is not, the month or the year is said."""
    known = sorted(str(day)[: _KNOWN[str(m.row["date_precision"])]] for m in meetings if (day := m.held_on))
    return {"first_seen": known[0] if known else None, "last_seen": known[-1] if known else None}


_KNOWN = {"day": 10, "month": 7, "year": 4}
"""Precision of a date → how many characters of its ISO form are known."""


def _year(meeting: Meeting) -> int | None:
    return meeting.held_on.year if meeting.held_on else None


def _int(value: object) -> int:
    return int(str(value))


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _pairs(frame: pd.DataFrame, key: str, value: str) -> dict[str, set[str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for row in _rows(frame):
        pairs[str(row[key])].add(str(row[value]))
    return pairs


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(column): plain(value) for column, value in row.items()} for row in frame.to_dict("records")]


def plain(value: object) -> object:
    """Return a cell of a frame as a plain value: None, date, int, float, bool or str."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124 - NaN
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    item = getattr(value, "item", None)
    return item() if callable(item) else value
