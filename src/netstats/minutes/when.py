"""When a meeting was: of the dates of its part of a text, the one that most clearly is its own, and its sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from netstats.minutes.date_mentions import MEETING, MOVED, OTHER, WHY, DateMention
from netstats.minutes.document_context import DocumentContext
from netstats.minutes.drafts import DOUBTFUL, Draft, Extracted, SetAside, Span, Step, When
from netstats.minutes.section_context import SectionContext

_LONGEST_SERIES = 200  # days between two sessions of one meeting
_LEAST_OF_A_YEAR = 1.0  # weight of a bare year


class _Dated(NamedTuple):
    """A date that is settled."""

    mention: DateMention
    when: When
    step: Step

    @property
    def span(self) -> Span:
        return self.mention.dated.span


def read_when(section: SectionContext) -> Extracted[When] | None:
    """Return when a meeting was held; None when the text does not say."""
    dated = _of(section, section.roles & {MEETING, MOVED}) or list(_unexplained(section))
    return _settled(section, dated) if dated else _year(section)


def read_planned(section: SectionContext) -> Extracted[When] | None:
    """Return when a meeting is to be, or was to be; None when the text does not say."""
    dated = _of(section, section.roles - {MEETING})
    return _settled(section, dated) if dated else None


def _settled(section: SectionContext, dated: Sequence[_Dated]) -> Extracted[When]:
    """Return the date that is most clearly the meeting's, with its other sessions."""
    best = max(dated, key=_clearness)
    if best.when.precision == "month":  # « Lettre de mai 2019 », then « le vendredi 24 mai »
        inside = (
            one for one in dated if one.when.precision == "day" and one.when.first.replace(day=1) == best.when.first
        )
        best = next(inside, best)
    several = [one for one in _of(section, {OTHER}) if len(one.mention.dated.days) > 1]
    same = [one for one in (*dated, *several) if one.when.first == best.when.first]
    when = max(same, key=lambda one: one.when.sessions).when
    others = list(_sessions(section, dated, when))
    evidence = dict.fromkeys([best.span, *(one.span for one in same), *(one.span for one in others)])
    step = max(best.step, *(one.step for one in same))
    if others:
        days = sorted({when.first, *([when.until] if when.until else []), *(one.when.first for one in others)})
        when, step = when._replace(first=days[0], until=days[-1], sessions=len(days)), DOUBTFUL
    if section.is_denied(best.mention.sentence):  # « le réseau ne s’est pas réuni le 12 mars »
        step = DOUBTFUL
    return Extracted(when, tuple(evidence), step)


def _clearness(dated: _Dated) -> tuple[float, bool, int]:
    return dated.mention.weight, dated.when.precision == "day", -dated.span.start


def _of(section: SectionContext, roles: Collection[str]) -> list[_Dated]:
    return [
        _Dated(mention, *mention.resolved)
        for mention in section.dates
        if mention.role in roles and mention.resolved is not None
    ]


def _unexplained(section: SectionContext) -> Iterator[_Dated]:
    """Yield the first date that opens a part of the text where no word tells of a date: to be looked at."""
    for mention in section.dates:
        if mention.resolved is not None and section.document.is_bare(mention, section.sentences):
            yield _Dated(mention, mention.resolved[0], DOUBTFUL)
            return


def _year(section: SectionContext) -> Extracted[When] | None:
    years = [mention for mention in section.dates if mention.role == MEETING and mention.dated.is_year]
    best = max(years, key=lambda mention: mention.weight, default=None)
    if best is None or best.weight < _LEAST_OF_A_YEAR or best.dated.days[0].year is None:
        return None
    return Extracted(When(date(best.dated.days[0].year, 1, 1), "year"), (best.dated.span,), DOUBTFUL)


def _sessions(section: SectionContext, dated: Sequence[_Dated], when: When) -> Iterator[_Dated]:
    """Yield the dates of other sessions: « une seconde séance, le 3 juin »."""
    for one in dated:
        is_day = one.when.precision == when.precision == "day"
        is_other = one.when.first not in {when.first, when.until}
        near = abs((one.when.first - when.first).days) < _LONGEST_SERIES
        if is_day and is_other and near and section.cues.has(("second",), one.mention.sentence):
            yield one


def other_dates(document: DocumentContext, drafts: Sequence[Draft]) -> list[SetAside]:
    """Return the dates of a text that are none of its meetings', with what they are."""
    used = {span for draft in drafts if draft.when for span in draft.when.evidence}
    return [
        SetAside("date", mention.dated.span, _why(mention))
        for mention in document.dates
        if mention.dated.span not in used and not (mention.dated.is_year and mention.role in {MEETING, OTHER})
    ]


def _why(mention: DateMention) -> str:
    if mention.role == MEETING:
        return "année non dite" if mention.resolved is None else "une autre date est retenue"
    return WHY.get(mention.role, WHY[OTHER])
