"""What the lines of files tell together of meetings, before each is known to be one or another: dates, who came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from netstats.intake.check.lines import Line
from netstats.intake.check.meeting_index import Meetings, Moment
from netstats.intake.check.run import Run
from netstats.intake.check.several import names_in
from netstats.intake.dates import Day, read_date
from netstats.intake.values import is_empty

_IN_COMMON = 0.6
"""Share of the territories of two meetings, beyond which they may be one whose date was corrected."""
_FEWEST = 2
_DAYS_APART = 10
"""Beyond, two meetings of one sort are rather two than one whose date was corrected."""


def moment_of(line: Line) -> Moment:
    """Return the date that a line says, and how precise it is."""
    day = line.cells["date"]
    return (day.first, day.precision) if isinstance(day, Day) else (None, "unknown")


class Listed:
    """The dates of meetings that some lines tell, by network, and who was at each, as far as names are settled."""

    def __init__(self, run: Run, lines: Iterable[Line]) -> None:
        self._run = run
        self._in_files: dict[str, bool] = {}
        self.moments = {(str(line.cells["network"]), moment_of(line)) for line in lines}

    def alike(self, meetings: Meetings, line: Line) -> list[str]:
        """Return the meetings a few weeks from a line, which none tells, to which mostly the same territories came.

        None of a series: others of the network, as near and as like, are told no more than these.
        """
        network, moment = str(line.cells["network"]), moment_of(line)
        present = self._present(line, network, moment)
        if moment[0] is None or len(present) < _FEWEST:
            return []
        known = self._known
        found = [
            code
            for code in meetings.dated_near(network, moment[0])
            if _mostly(present, known[code]) and not self._tells(meetings, code)
        ]
        if not found or self._tells_of(meetings, network):
            return found  # of a file of all meetings, one that it does not tell may be this one at another date
        days = {code: meetings.day(code) for code in found}
        return [
            code
            for code, day in days.items()
            if day
            and not any(_mostly(known[code], known[one]) for one in meetings.dated_near(network, day) if one != code)
        ]

    def close(self, meetings: Meetings, line: Line) -> list[str]:
        """Return the meeting of the same sort some days from a line, which none tells, and to which some of it came.

        None where the network meets that often: another of its meetings is as near.
        """
        network, moment = str(line.cells["network"]), moment_of(line)
        day, present = moment[0], self._present(line, network, moment)
        if day is None:
            return []
        near = [code for code in meetings.dated_near(network, day) if _are_close(day, meetings.day(code))]
        found = [
            code
            for code in near
            if self._kinds.get(code) == (line.cells["kind"] or self._kinds.get(code))
            and not self._tells(meetings, code)
            and (not present or not self._known[code] or present & self._known[code])
        ]
        around = {
            one
            for code in found
            for one in meetings.dated_near(network, meetings.day(code) or day)
            if _are_close(meetings.day(code), meetings.day(one))
        }
        return found if len(found) == len(around) == 1 else []

    def _tells_of(self, meetings: Meetings, network: str) -> bool:
        """Return whether some line tells a meeting of the network that the database has."""
        if network not in self._in_files:
            self._in_files[network] = any(self._tells(meetings, code) for code in meetings.of_network(network))
        return self._in_files[network]

    def _tells(self, meetings: Meetings, code: str) -> bool:
        meeting = meetings.get(code)
        return meeting is not None and (meeting.network, meeting.moment) in self.moments

    def _present(self, line: Line, network: str, moment: Moment) -> set[str]:
        names = (*(line.cells["present"] or ()), *self._listed[network, moment])
        found = (self._run.territories.find(name, None, network) for name in names)
        return {code for code in found if isinstance(code, str)}

    @cached_property
    def _listed(self) -> dict[tuple[str, Moment], list[object]]:
        """Network and date of a meeting → the names that the sheets of attendance give of it."""
        listed: dict[tuple[str, Moment], list[object]] = defaultdict(list)
        for lines in self._run.attendance:
            for line in lines:
                network, day, name = (lines.cell(line, field) for field in ("network", "date", "territory"))
                code = None if is_empty(network) else self._run.networks.read(network)
                date = None if is_empty(day) else read_date(day)
                if isinstance(code, str) and isinstance(date, Day) and not is_empty(name):
                    names = names_in(self._run, lines, "territory", name)
                    listed[code, (date.first, date.precision)] += names if isinstance(names, tuple) else ()
        return listed

    @cached_property
    def _kinds(self) -> dict[str, object]:
        frame = self._run.snapshot.rows["meeting"]
        return dict(zip(frame["code"], frame["kind"], strict=True))

    @cached_property
    def _known(self) -> dict[str, set[str]]:
        frame = self._run.snapshot.rows["attendance"]
        known: dict[str, set[str]] = defaultdict(set)
        for meeting, territory in zip(frame["meeting_code"], frame["territory_code"], strict=True):
            known[str(meeting)].add(str(territory))
        return known


def _are_close(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and abs((day - other).days) <= _DAYS_APART


def _mostly(some: set[str], others: set[str]) -> bool:
    common = len(some & others)
    return common >= _FEWEST and common >= _IN_COMMON * max(len(some), len(others))
