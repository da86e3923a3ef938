"""When a meeting was: of the dates of its part of a text, the one that most clearly is its own, and its sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from netstats.minutes.dating import CANCELLED, MEETING, NEXT, OTHER, WHY, Told
from netstats.minutes.drafts import DOUBTFUL, Draft, Read, SetAside, Span, When
from netstats.minutes.meetings import Chronicle
from netstats.minutes.telling import Telling

_LONGEST_SERIES = 200  # days between two sessions of one meeting
_LEAST_OF_A_YEAR = 1.0  # weight of a bare year


class _Dated(NamedTuple):
    """A date that is settled."""

    told: Told
    when: When
    confidence: float

    @property
    def span(self) -> Span:
        return self.told.dated.span


def read_when(telling: Telling) -> Read[When] | None:
    """Return when a meeting was held; None when the text does not say."""
    dated = _of(telling, {MEETING}) or list(_unexplained(telling))
    if not dated:
        return _year(telling)
    best = max(dated, key=_clearness)
    if best.when.precision == "month":  # « Lettre de mai 2019 », then « le vendredi 24 mai »
        inside = (
            one for one in dated if one.when.precision == "day" and one.when.first.replace(day=1) == best.when.first
        )
        best = next(inside, best)
    several = [one for one in _of(telling, {OTHER}) if len(one.told.dated.days) > 1]
    same = [one for one in (*dated, *several) if one.when.first == best.when.first]
    when = max(same, key=lambda one: one.when.sessions).when
    others = list(_sessions(telling, dated, when))
    evidence = dict.fromkeys([best.span, *(one.span for one in same), *(one.span for one in others)])
    confidence = max(best.confidence, *(one.confidence for one in same))
    if others:
        days = sorted({when.first, *([when.until] if when.until else []), *(one.when.first for one in others)})
        when = when._replace(first=days[0], until=days[-1], sessions=len(days))
    return Read(when, tuple(evidence), confidence)


def read_planned(telling: Telling) -> Read[When] | None:
    """Return when a meeting is to be, or was to be; None when the text does not say."""
    best = max(_of(telling, {NEXT, CANCELLED}), key=_clearness, default=None)
    return Read(best.when, (best.span,), best.confidence) if best else None


def _clearness(dated: _Dated) -> tuple[float, bool, int]:
    return dated.told.weight, dated.when.precision == "day", -dated.span.start


def _of(telling: Telling, roles: Collection[str]) -> list[_Dated]:
    return [_Dated(told, *told.settled) for told in telling.dates if told.role in roles and told.settled is not None]


def _unexplained(telling: Telling) -> Iterator[_Dated]:
    """Yield the first date that opens a part of the text where no word tells of a date: to be looked at."""
    for told in telling.dates:
        if told.settled is not None and telling.chronicle.is_bare(told, telling.sentences):
            yield _Dated(told, told.settled[0], DOUBTFUL)
            return


def _year(telling: Telling) -> Read[When] | None:
    years = [told for told in telling.dates if told.role == MEETING and told.dated.is_year]
    best = max(years, key=lambda told: told.weight, default=None)
    if best is None or best.weight < _LEAST_OF_A_YEAR or best.dated.days[0].year is None:
        return None
    return Read(When(date(best.dated.days[0].year, 1, 1), "year"), (best.dated.span,), DOUBTFUL)


def _sessions(telling: Telling, dated: Sequence[_Dated], when: When) -> Iterator[_Dated]:
    """Yield the dates of other sessions: « une seconde séance, le 3 juin »."""
    for one in dated:
        is_day = one.when.precision == when.precision == "day"
        is_other = one.when.first not in {when.first, when.until}
        near = abs((one.when.first - when.first).days) < _LONGEST_SERIES
        if is_day and is_other and near and telling.cues.has(("second",), one.told.sentence):
            yield one


def other_dates(chronicle: Chronicle, drafts: Sequence[Draft]) -> list[SetAside]:
    """Return the dates of a text that are none of its meetings', with what they are."""
    used = {span for draft in drafts if draft.when for span in draft.when.evidence}
    return [
        SetAside("date", told.dated.span, _why(told))
        for told in chronicle.told
        if told.dated.span not in used and not (told.dated.is_year and told.role in {MEETING, OTHER})
    ]


def _why(told: Told) -> str:
    if told.role == MEETING:
        return "année non dite" if told.settled is None else "une autre date est retenue"
    return WHY.get(told.role, WHY[OTHER])
