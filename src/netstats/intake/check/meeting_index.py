"""The meetings of the database and of the file, found by code or by network and date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from netstats.intake.check.run import Run
from netstats.intake.dates import Day
from netstats.intake.issues import Issue, issue
from netstats.intake.near import near
from netstats.intake.questions import Option, Question, Topic, Unsettled
from netstats.intake.snapshot import plain
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, counted, known_date
from netstats.wording import date as spoken

_FARTHEST = 45
"""Days beyond which a meeting is not the one that was meant."""

Moment = tuple[date | None, str]  # first day and precision, as a meeting has them
_Span = tuple[str, str, int, int]  # network, precision, year, month (0 for a year)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as attendance and actions need it."""

    network: str
    moment: Moment
    status: str
    title: str


class Meetings:
    """The meetings of the database and of the file, found by code or by network and date."""

    def __init__(self, run: Run) -> None:
        self._run = run
        frame = run.snapshot.rows["meeting"]
        columns = (
            plain(frame[name]) for name in ("code", "network_code", "held_on", "date_precision", "status", "title")
        )
        self._known: dict[str, Held] = {}
        self._at: dict[tuple[str, Moment], list[str]] = defaultdict(list)
        self._spans: dict[_Span, dict[str, None]] = defaultdict(dict)
        self._titled: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._not_taken: dict[object, Issue] = {}
        self._astray: dict[tuple[object, Moment | None], dict[tuple[str, bool], None]] = defaultdict(dict)
        self._found: dict[tuple[object, ...], str | Unsettled] = {}
        self._labelled: dict[str, str] = {}  # what was proposed for a date → its code
        for code, network, held_on, precision, status, title in zip(*columns, strict=True):
            self.add(str(code), Held(str(network), (held_on, str(precision)), str(status), str(title)))

    def add(self, code: str, meeting: Held) -> None:
        """Let a meeting be found; it takes the place of the one of that code."""
        self.discard(code)
        self._known[code] = meeting
        self._at[meeting.network, meeting.moment].append(code)
        self._titled[meeting.network, normalize(meeting.title)][code] = None
        if meeting.moment[0]:
            self._spans[_span(meeting.network, meeting.moment)][code] = None

    def discard(self, code: str) -> None:
        """Let a meeting be found no more."""
        meeting = self._known.pop(code, None)
        if meeting:
            self._at[meeting.network, meeting.moment].remove(code)
            del self._titled[meeting.network, normalize(meeting.title)][code]
            if meeting.moment[0]:
                del self._spans[_span(meeting.network, meeting.moment)][code]

    def get(self, code: str) -> Held | None:
        """Return the meeting of a code."""
        return self._known.get(code)

    def title(self, code: str) -> str:
        """Return the title of a meeting."""
        return self._known[code].title

    def label(self, code: str) -> str:
        """Return a meeting as a choice shows it: its title, its date, its code."""
        meeting = self._known[code]
        return f"{meeting.title} ({spoken(*meeting.moment)}), {code}"

    def at(self, network: str, moment: Moment) -> list[str]:
        """Return the codes of the meetings of a network at a date known just so."""
        return list(self._at.get((network, moment), ()))

    def around(self, network: str, moment: Moment) -> list[str]:
        """Return the codes of the meetings of a network inside a month or a year, or inside whose one a date is."""
        first, precision = moment
        if first is None:
            return []
        year, month = first.year, first.month
        spans: list[_Span] = {
            "day": [(network, "month", year, month), (network, "year", year, 0)],
            "month": [(network, "day", year, month), (network, "year", year, 0)],
            "year": [(network, known, year, of_year) for of_year in range(1, 13) for known in ("day", "month")],
        }[precision]
        return [code for span in spans for code in self._spans.get(span, ())]

    def titled_near(self, network: str, title: str, day: date, told: Collection[tuple[str, Moment]]) -> list[str]:
        """Return the meetings of this title a few weeks from a day at most that no line tells, the nearest first.

        None of a series: others bear the title too, and no line tells one of these either.
        """
        alike = self._titled.get((network, normalize(title)), {})
        absent = [code for code in alike if (network, self._known[code].moment) not in told]
        dated = [
            (abs((first - day).days), code)
            for code in absent
            if (first := self._known[code].moment[0]) and self._known[code].moment[1] == "day"
        ]
        found = [code for days, code in sorted(dated) if days <= _FARTHEST]
        return found if len(alike) == 1 or len(absent) < len(alike) else []

    def day(self, code: str) -> date | None:
        """Return the day of a meeting that is known to the day."""
        first, precision = self._known[code].moment
        return first if precision == "day" else None

    def dated_near(self, network: str, day: date) -> list[str]:
        """Return the codes of the meetings of a network a few weeks from a day at most, the nearest first."""
        months = {
            ((day + timedelta(shift)).year, (day + timedelta(shift)).month)
            for shift in (-_FARTHEST, -15, 15, _FARTHEST)
        }
        codes = (code for year, month in months for code in self._spans.get((network, "day", year, month), ()))
        dated = sorted((abs((held - day).days), code) for code in codes if (held := self.day(code)))
        return [code for days, code in dated if days <= _FARTHEST]

    def of_network(self, network: str) -> list[str]:
        """Return the codes of the meetings of a network."""
        return [code for code, meeting in self._known.items() if meeting.network == network]

    def not_taken(self, code: str, network: object, moment: Moment, why: Issue) -> None:
        """Remember the meeting of a line that is not taken."""
        if code and code not in self._known:
            self._not_taken[code] = why
        if network and moment[0] and not (code and code in self._known):
            self._not_taken[network, moment] = why

    def lose(self, file: str, network: object, moment: Moment | None, *, held_back: bool) -> None:
        """Remember that a meeting of a file is not taken, and not known whole: None for its network or its date."""
        self._astray[network, moment][file, held_back] = None

    def find(self, code: str | None, network: str | None, day: Day | None, file: str) -> str | Unsettled:
        """Return the code of the meeting that a code, or a network and a date, mean in a file.

        What is given beside a code must be true of its meeting. A code or date that only resembles those of meetings is
        asked about.
        """
        key = (code, network, day, file)
        if key not in self._found:
            self._found[key] = self._find(code, network, day, file)
        value = self._found[key]
        if isinstance(value, Question):
            return self._run.answers.to(value)
        if isinstance(value, Issue) and not value.values.get("perhaps"):
            chosen = self.meant(value, code or (spoken(day.first, day.precision) if day else ""), network or "")
            return self._find(chosen, network, day, file) if code and isinstance(chosen, str) else chosen
        return value

    def meant(self, wrong: Issue, text: str, network: str = "") -> str | Unsettled:
        """Return the code of the meeting that was chosen of those that a wrong one resembles; else see `Answers`."""
        return self._run.answers.meant(wrong, text, "réunion", network, codes=self._labelled)

    def _find(self, code: str | None, network: str | None, day: Day | None, file: str) -> str | Unsettled:
        if code:
            meeting = self._known.get(code)
            if meeting is None:
                return self._not_taken.get(code) or self.unknown(code)
            if network and network != meeting.network:
                return issue("network-contradicts", network=self._run.networks.name(meeting.network))
            if day and (day.first, day.precision) != meeting.moment:
                return issue("date-contradicts", date=spoken(*meeting.moment))
            return code
        if not network or not day:
            return issue("meeting-required")
        moment = (day.first, day.precision)
        if why := self._not_taken.get((network, moment)):
            return why
        found = self.at(network, moment)
        if len(found) == 1:
            return found[0]
        name = self._run.networks.name(network)
        if found:
            several = f"{counted(len(found), 'réunion')} à cette date ({spoken(*moment)})"
            asked = f"Le réseau {name} a {several}. Laquelle{NO_BREAK}?"
            options = tuple(Option(one, self.label(one)) for one in found)
            return Question(Topic("réunion", network, date=known_date(*moment)), asked, options)
        perhaps = self._perhaps(network, moment, file)
        return issue("unknown-meeting-date", self._nearest(network, day.first), network=name, perhaps=perhaps)

    def unknown(self, code: str) -> Issue:
        """Return what is wrong with a code that no meeting has, and the codes that it resembles."""
        others = (one for one in self._known if one != code)
        alike = near(code, others) if self._run.territories.may_search() else ()
        return issue("unknown-meeting-code", self._labels(alike))

    def _perhaps(self, network: str, moment: Moment, file: str) -> str:
        """Return the words that say that a meeting may be one of those that were not taken; empty when it cannot."""
        astray = sorted(
            (where != file, held_back, where)
            for key in ((None, None), (network, None), (None, moment))
            for where, held_back in self._astray.get(key, ())
        )
        if not astray:
            return ""
        is_other, held_back, where = astray[0]
        state = "attendent une réponse" if held_back else "sont refusées"
        return f" ; des réunions de {where if is_other else 'ce fichier'} {state}, c’est peut-être l’une d’elles"

    def _nearest(self, network: str, day: date) -> tuple[str, ...]:
        """Return the meetings of a network a few weeks from a day at most; none once very many were looked up."""
        if not self._run.territories.may_search():
            return ()
        dated = [
            (abs((first - day).days), code)
            for code in self.of_network(network)
            if (first := self._known[code].moment[0])
        ]
        return self._labels(code for days, code in sorted(dated)[:3] if days <= _FARTHEST)

    def _labels(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return meetings that are proposed as a choice shows them: they are found by it from then on."""
        labels = {self.label(code): code for code in codes}
        self._labelled |= labels
        return tuple(labels)


def _span(network: str, moment: Moment) -> _Span:
    first, precision = moment
    return (network, precision, first.year, 0 if precision == "year" else first.month) if first else (network, "", 0, 0)
