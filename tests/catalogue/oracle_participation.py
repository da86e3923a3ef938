"""The figures of netstats.catalogue.participation computed a second time, in plain Python: see oracle.py."""

from __future__ import annotations

import calendar
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from netstats.filters import Filters
from netstats.period import Period

if TYPE_CHECKING:
    from tests.catalogue.oracle import Meeting, Oracle, Row

_KNOWN = {"day": 10, "month": 7, "year": 4}


def figures(oracle: Oracle) -> dict[str, Callable[..., list[Row]]]:
    """Return figure → what computes its rows from a selection (and a subject, where it has one)."""
    told = _Participation(oracle)
    return {
        "assiduite": told.assiduity,
        "reseaux": told.networks,
        "grille-assiduite": told.grid,
        "types-territoire": told.kinds,
        "membres": told.membership,
        "nouveaux-territoires": told.newcomers,
        "a-relancer": told.lapsed,
        "fiche-territoire": told.identity,
        "fiche-territoire-reunions": told.meetings,
        "fiche-territoire-themes": told.themes,
        "fiche-territoire-actions": told.actions,
        "territoires-proches": told.peers,
        "territoires-voisins": told.neighbours,
        "recherche-territoires": told.search,
    }


def folded(name: str) -> str:
    """A name as it is compared: small letters and digits, « saint » written out."""
    decomposed = unicodedata.normalize("NFD", name.lower().replace("œ", "oe"))
    words = "".join(sign if sign.isalnum() else " " for sign in decomposed if not unicodedata.combining(sign)).split()
    return " ".join({"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}.get(w, w) for w in words)


def steps(one: str, other: str) -> int:
    """How many letters are added, left out or changed between two words (Levenshtein)."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, row[0] = row[0], place
        for column, sign in enumerate(other, 1):
            last, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, last + (letter != sign))
    return row[-1]


def said(meeting: Meeting) -> str | None:
    """The date of a meeting as far as it is known."""
    if meeting.held_on is None:
        return None
    return meeting.held_on.isoformat()[: _KNOWN[str(meeting.row["date_precision"])]]


def latest(meetings: list[Meeting]) -> str | None:
    """The last date, as it is said."""
    return max((day for meeting in meetings if (day := said(meeting))), default=None)


def whole_months(first: date | None, last: date) -> int | None:
    """How many months have passed in full; a day at the end of a longer month is reached on the last day."""
    if first is None:
        return None
    end_of_last = calendar.monthrange(last.year, last.month)[1]
    is_full = last.day >= min(first.day, end_of_last)
    return max((last.year - first.year) * 12 + last.month - first.month - (not is_full), 0)


def two_years_before(day: date) -> date:
    """The same day two years earlier; 28 February for 29 February."""
    return day.replace(year=day.year - 2, day=28 if (day.month, day.day) == (2, 29) else day.day)


class _Participation:
    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self._found: dict[str, list[Row]] = {}

    def body(self, code: str, *more: str) -> Row:
        oracle = self.oracle
        body = oracle.bodies[code]
        department = oracle.departments[oracle._main_department(code)]
        row: Row = {"code": code, "name": body["name"], "kind": body["kind"], "department": department["name"]}
        return row | {column: body[column] for column in more}

    def by_body(self, filters: Filters) -> dict[str, list[Meeting]]:
        found: dict[str, list[Meeting]] = defaultdict(list)
        for meeting, code in self.oracle.attendances(filters):
            found[code].append(meeting)
        return found

    def elsewhere(self, filters: Filters) -> list[Meeting]:
        """The counted meetings wherever they were, dated and with a list of who came."""
        counted = self.oracle.counted(filters.everywhere())
        return [meeting for meeting in counted if meeting.held_on and meeting.bodies]

    def assiduity(self, filters: Filters) -> list[Row]:
        ever = self.elsewhere(replace(filters, period=Period()))
        now = {meeting.code for meeting in self.elsewhere(filters)}
        rows = []
        for code, meetings in self.by_body(filters).items():
            attended = expected = 0
            for network in {meeting.network for meeting in ever if code in meeting.bodies}:
                own = [meeting for meeting in ever if meeting.network == network]
                first = min(meeting.held_on for meeting in own if code in meeting.bodies)  # type: ignore[type-var]
                due = [m for m in own if m.code in now and m.held_on and first and m.held_on >= first]
                expected += len(due)
                attended += sum(code in meeting.bodies for meeting in due)
            days = [day for meeting in meetings if (day := said(meeting))]
            rows.append(
                self.body(code)
                | {
                    "attendances": len(meetings),
                    "attended": attended if expected else None,
                    "expected": expected or None,
                    "share_attended": attended / expected if expected else None,
                    "first_seen": min(days, default=None),
                    "last_seen": max(days, default=None),
                }
            )
        return rows

    def networks(self, filters: Filters) -> list[Row]:
        counted = self.oracle.counted(filters)
        rows = []
        for code in {meeting.network for meeting in counted}:
            pairs = [(m, body) for m, body in self.oracle.attendances(filters) if m.network == code]
            rows.append(
                {
                    "code": code,
                    "name": self.oracle.networks[code]["name"],
                    "meetings": sum(meeting.network == code for meeting in counted),
                    "attendances": len(pairs),
                    "territories": len({body for _, body in pairs}),
                }
            )
        return rows

    def grid(self, filters: Filters, network: str) -> list[Row]:
        columns = self.oracle.counted(replace(filters.everywhere(), networks=(network,)))
        counted = {meeting.code for meeting in self.oracle.counted(filters)}
        cells = {
            (body, meeting.code)
            for meeting in columns
            if meeting.code in counted
            for body in self.oracle.present(meeting, filters)
        }
        came = Counter(body for body, _ in cells)
        return [
            {
                "code": body,
                "name": self.oracle.bodies[body]["name"],
                "kind": self.oracle.bodies[body]["kind"],
                "attendances": count,
                "meeting_code": meeting.code,
                **{column: meeting.row[column] for column in ("title", "held_on", "date_precision")},
                "present": body in meeting.bodies if meeting.bodies else None,
            }
            for body, count in came.items()
            for meeting in columns
        ]

    def kinds(self, filters: Filters) -> list[Row]:
        found: dict[object, list[str]] = defaultdict(list)
        for _, body in self.oracle.attendances(filters):
            found[self.oracle.bodies[body]["kind"]].append(body)
        return [
            {"code": kind, "kind": kind, "attendances": len(bodies), "territories": len(set(bodies))}
            for kind, bodies in found.items()
        ]

    def membership(self, filters: Filters) -> list[Row]:
        found: dict[str, list[str]] = defaultdict(list)
        for meeting, body in self.oracle.attendances(filters):
            member = self.oracle.printed[meeting.code, body]["member"]
            found["unknown" if member is None else "member" if member else "other"].append(body)
        return [
            {"membership": status, "attendances": len(bodies), "territories": len(set(bodies))}
            for status, bodies in found.items()
        ]

    def newcomers(self, filters: Filters) -> list[Row]:
        first: dict[str, date] = {}
        for meeting in self.oracle.meetings.values():
            for body in meeting.bodies:
                if meeting.is_held and meeting.held_on:
                    first[body] = min(first.get(body, meeting.held_on), meeting.held_on)
        pairs = [(m, body, m.held_on) for m, body in self.oracle.attendances(filters) if m.held_on]
        if not pairs:
            return []
        years = [day.year for _, _, day in pairs]
        by_year = any(meeting.row["date_precision"] == "year" for meeting, _, _ in pairs)
        span = max(years) - min(years)
        months, letter = (12, "") if by_year or span >= 10 else (6, "S") if span >= 4 else (3, "T")
        boxes: dict[tuple[int, int], dict[str, bool]] = defaultdict(dict)
        for _, body, day in pairs:
            box = boxes[day.year, (day.month - 1) // months]
            box[body] = box.get(body, False) or first[body] == day
        return [
            {
                "period_start": date(year, box * months + 1, 1),
                "period_label": f"{letter}{box + 1} {year}" if letter else str(year),
                "newcomers": sum(boxes.get((year, box), {}).values()),
                "returning": sum(not new for new in boxes.get((year, box), {}).values()),
            }
            for year in range(min(years), max(years) + 1)
            for box in range(12 // months)
            if min(boxes) <= (year, box) <= max(boxes)
        ]

    def lapsed(self, filters: Filters) -> list[Row]:
        as_of = self.oracle.as_of(filters)
        asked = replace(filters, period=Period(until=filters.period.until))
        until = replace(asked, themes=(), formats=())
        told = [meeting for meeting in self.elsewhere(until) if meeting.held_on and meeting.held_on <= as_of]
        by_network: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in sorted(told, key=lambda meeting: (meeting.held_on, meeting.code)):
            by_network[meeting.network].append(meeting)
        last_two: dict[str, list[date]] = {}
        for network, held in by_network.items():
            two = [m.held_on for m in held if m.held_on and m.row["date_precision"] != "year"][-2:]
            if len(two) == 2 and two[1] >= two_years_before(as_of):
                last_two[network] = two
        rows = []
        for code, meetings in self.by_body(until).items():
            networks = {meeting.network for meeting in meetings}
            dated = sorted((m for m in meetings if m.held_on), key=lambda m: (m.held_on, m.code))
            came_since = any(
                m.network in last_two and m.last_possible_day >= last_two[m.network][0]
                for m in dated
                if m.last_possible_day
            )
            if code not in self.by_body(asked) or came_since:
                continue
            attended = met = 0
            for network in networks & set(last_two):
                own = [m.held_on for m in dated if m.network == network and m.held_on]
                if not own:
                    continue
                since, came = two_years_before(max(own)), 0
                window = [m for m in by_network[network] if m.held_on and since < m.held_on <= max(own)]
                came = sum(m.code in {mine.code for mine in dated} for m in window)
                if came >= 2 or len(window) == 1:
                    attended, met = attended + came, met + len(window)
            if not attended:
                continue
            last, surely = dated[-1], max(m.last_possible_day for m in dated if m.last_possible_day)
            themes = [str(self.oracle.themes[theme]["name"]) for theme in last.themes]
            rows.append(
                self.body(code)
                | {
                    "networks": " · ".join(sorted(str(self.oracle.networks[n]["name"]) for n in networks)),
                    "attended": attended,
                    "met": met,
                    "attendances": len(meetings),
                    "last_seen": said(last),
                    "months": whole_months(surely, as_of) if last.row["date_precision"] != "year" else None,
                    "missed": sum(m.held_on > surely for n in networks for m in by_network[n] if m.held_on),
                    "meeting_code": last.code,
                    "meeting": last.row["title"],
                    "themes": " · ".join(themes) or None,
                }
            )
        return rows

    def identity(self, _: Filters, code: str) -> list[Row]:
        oracle = self.oracle
        if code not in oracle.bodies:
            return []
        department = oracle._main_department(code)
        region = oracle.departments[department]["region_code"]
        is_commune = oracle.bodies[code]["kind"] == "commune"
        above = [
            str(body["name"])
            for other, body in oracle.bodies.items()
            if is_commune and other != code and body["kind"] != "department" and code in oracle.covered[other]
        ]
        return [
            self.body(code, "population")
            | {
                "department_code": department,
                "region": oracle.regions[region],
                "networks": " ; ".join(
                    sorted(
                        str(oracle.networks[n]["name"]) for n in oracle.networks if region in oracle.network_regions[n]
                    )
                )
                or None,
                "communes": len(oracle.covered[code]),
                "belongs_to": " ; ".join(sorted(above)) or None,
                "aliases": " ; ".join(sorted(oracle.aliases.get(code, ()))) or None,
            }
        ]

    def meetings(self, filters: Filters, code: str) -> list[Row]:
        return [
            {
                **{column: meeting.row[column] for column in ("held_on", "date_precision", "title", "source_url")},
                "code": meeting.code,
                "network": self.oracle.networks[meeting.network]["name"],
                "themes": " · ".join(sorted(str(self.oracle.themes[theme]["name"]) for theme in meeting.themes))
                or None,
                **{column: self.oracle.printed[meeting.code, code][column] for column in ("printed_name", "member")},
            }
            for meeting, body in self.oracle.attendances(filters)
            if body == code
        ]

    def themes(self, filters: Filters, code: str) -> list[Row]:
        found: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.by_body(filters).get(code, []):
            for theme in meeting.themes:
                found[theme].append(meeting)
        rows = []
        for theme, meetings in found.items():
            known = self.oracle.themes[theme]
            family = self.oracle.families[str(known["family_code"])]
            rows.append(
                {
                    "code": theme,
                    "name": known["name"],
                    "short_name": known["short_name"],
                    "family": family["name"],
                    "family_rank": family["rank"],
                    "meetings": len(meetings),
                    "last_seen": latest(meetings),
                }
            )
        return rows

    def actions(self, filters: Filters, code: str) -> list[Row]:
        own = {action["code"] for action, _ in self.oracle.counted_actions(filters) if action["territory_code"] == code}
        told = {action["code"]: meeting.code for action, meeting in self.oracle.counted_actions(filters)}
        return [
            {column: value for column, value in row.items() if column != "territory"}
            | {"meeting_code": told[row["code"]]}
            for row in self.oracle.action_rows(filters)
            if row["code"] in own
        ]

    def neighbours(self, filters: Filters, code: str) -> list[Row]:
        bodies = self.oracle.bodies
        if code not in bodies:
            return []

        def kilometres(body: str) -> int:
            """By the spherical law of cosines."""
            here, there = (
                [math.radians(float(str(bodies[one][axis]))) for axis in ("lon", "lat")] for one in (code, body)
            )
            cosine = math.sin(here[1]) * math.sin(there[1])
            cosine += math.cos(here[1]) * math.cos(there[1]) * math.cos(here[0] - there[0])
            return round(6371 * math.acos(max(-1.0, min(1.0, cosine))))

        rows = [
            self.body(body)
            | {"kilometres": kilometres(body), "attendances": len(meetings), "last_seen": latest(meetings)}
            for body, meetings in self.by_body(filters.everywhere()).items()
            if body != code and bodies[body]["kind"] != "department" and kilometres(body) <= 100
        ]
        return sorted(
            rows,
            key=lambda row: (row["kilometres"], -int(str(row["attendances"])), folded(str(row["name"])), row["code"]),
        )[:8]

    def search(self, _: Filters, asked: str) -> list[Row]:
        if asked not in self._found:
            self._found[asked] = self._search(asked)
        return [dict(row) for row in self._found[asked]]

    def _search(self, asked: str) -> list[Row]:
        words, code = folded(asked), asked.strip().upper()
        ranks: dict[str, tuple[int, str]] = {}
        for body, known in self.oracle.bodies.items():
            for name in (str(known["name"]), *self.oracle.aliases.get(body, ())):
                told = folded(name)
                whole = told == words or body == code
                rank = 1 if whole else 2 if told.startswith(words) else 3 if f" {words}" in f" {told}" else 0
                if rank and (words or code):
                    ranks[body] = min(ranks.get(body, (rank, name)), (rank, name))
        if not ranks and 4 <= len(words) <= 60:
            for body, known in self.oracle.bodies.items():
                for name in (str(known["name"]), *self.oracle.aliases.get(body, ())):
                    if steps(folded(name), words) <= 1 + len(words) // 6:
                        ranks[body] = min(ranks.get(body, (4, name)), (4, name))
        came = Counter(body for meeting in self.oracle.meetings.values() if meeting.is_held for body in meeting.bodies)
        order = sorted(
            ranks, key=lambda body: (ranks[body][0], -int(str(self.oracle.bodies[body]["population"])), body)
        )
        return [
            self.body(body, "population")
            | {
                "department_code": self.oracle._main_department(body),
                "said": None if ranks[body][1] == self.oracle.bodies[body]["name"] else ranks[body][1],
                "attendances": came[body],
                "rank": ranks[body][0],
            }
            for body in order[:10]
        ]

    def peers(self, filters: Filters, code: str) -> list[Row]:
        if code not in self.oracle.bodies:
            return []
        met = {
            body: {theme for meeting in meetings for theme in meeting.themes}
            for body, meetings in self.by_body(filters.everywhere()).items()
        }
        counts = {body: len(meetings) for body, meetings in self.by_body(filters.everywhere()).items()}
        itself = self.oracle.bodies[code]
        own = met.get(code, set())

        def distance(body: str) -> float:
            ratio = max(int(str(self.oracle.bodies[body]["population"])), 1) / max(int(str(itself["population"])), 1)
            either = met[body] | own
            common = len(met[body] & own) / len(either) if either else 0.0
            return round(abs(math.log(ratio)) + 1 - common, 6)

        same = [body for body in met if body != code and self.oracle.bodies[body]["kind"] == itself["kind"]]
        nearest = sorted(same, key=lambda body: (distance(body), str(self.oracle.bodies[body]["name"]), body))
        return [
            self.body(body, "population")
            | {"attendances": counts[body], "themes_shared": len(met[body] & own) if own and met[body] else None}
            for body in nearest[:8]
        ]
