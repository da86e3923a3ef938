"""Dates as prose writes them: « le 7 mai et le 3 juin 2020 », « les 4 et 28 juin », « ce vendredi 14 février »."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from netstats.intake.dates import WEEKDAYS
from netstats.minutes.drafts import DOUBTFUL, SURE, Span, Step, When
from netstats.period import MONTH_NUMBERS
from netstats.reference.fold import normalize

_S = r"[\s\u00a0\u202f]"
_MONTH = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    r"|janv\.?|févr?\.?|fevr?\.?|avr\.?|juil{1,2}\.?|sept\.?|oct\.?|nov\.?|déc\.?|dec\.?)(?![^\W\d_])"
)
_ONE = (
    rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}|lun\.|mar\.|mer\.|jeu\.|ven\.|sam\.|dim\.){_S}+)?(?<!\d)(?P<day>[12]\d|3[01]|0?[1-9]|premier(?={_S}+{_MONTH}))(?:er)?"
    rf"(?![\d.]*\d|{_S}*(?:h|%|€))"
    rf"(?:{_S}+(?P<month>{_MONTH}))?(?:{_S}+(?P<year>(?:19|20)\d\d)(?!\d))?"
)
_DAY = re.compile(_ONE, re.IGNORECASE)
_JOIN = re.compile(
    rf"{_S}*(?:(?P<to>au|à|jusqu[’']au|-|–)|(?P<and>,{_S}*puis|,{_S}*et|,|et|puis|&|ainsi{_S}+que)){_S}*"
    rf"(?:(?:le|les|du){_S}+)?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?:(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20)?\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d))(?![\d/]|[.-]\d)"
)
_COUNTED = re.compile(rf"(?:séance|session|atelier|étape|jour|module|partie|n°){_S}*$", re.IGNORECASE)
_LONGEST_COUNTED = 15  # characters
_LONGEST_DAY = 10  # characters: « 1er » and what separates it from its month
_DAY_BEFORE = re.compile(rf"\d(?:er)?{_S}*$")
_MONTH_YEAR = re.compile(rf"(?<![^\W\d_])(?P<month>{_MONTH}){_S}+(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_MONTH_LAST = re.compile(rf"(?<![^\W\d_])(?:en|de|au{_S}mois{_S}de){_S}+(?P<month>{_MONTH}){_S}+dernier", re.IGNORECASE)
LAST_WEEKDAY = re.compile(rf"({'|'.join(WEEKDAYS)}){_S}+dernier(?![^\W\d_])", re.IGNORECASE)
_HALF_A_YEAR = 6  # months
_YEAR = re.compile(r"(?<![\d/.,-])(?P<year>(?:19|20)\d\d)(?![\d/]|[.,]\d|-\d{2}\b)")


class Day(NamedTuple):
    """A day as far as it is written; None where it is not."""

    day: int | None
    month: int | None
    year: int | None
    weekday: int | None = None  # 0 is Monday


@dataclass(frozen=True)
class Dated:
    """A date in the text, or several that one expression tells, in the order of the text.

    `is_range`: two days are the first and the last, « du 12 au 16 octobre ».
    """

    span: Span
    days: tuple[Day, ...]
    is_range: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it tells a year and no more."""
        return self.days[0].month is None

    @property
    def year(self) -> int | None:
        """The first year that it says."""
        return next((day.year for day in self.days if day.year), None)


def find_dates(text: str) -> list[Dated]:
    """Return the dates of a text, in their order; a bare year is one, a bare number is none."""
    found = [*_numeric(text), *_written(text)]
    taken = bytearray(len(text))  # 1 where a date stands
    for dated in found:
        taken[dated.span.start : dated.span.end] = b"\1" * (dated.span.end - dated.span.start)
    for pattern in (_MONTH_YEAR, _MONTH_LAST, _YEAR):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if pattern is not _YEAR and _DAY_BEFORE.search(text, max(0, span.start - _LONGEST_DAY), span.start):
                continue  # « 31 février 2020 »
            if not any(taken[span.start : span.end]):
                told = match.groupdict()
                month = _month(told["month"]) if told.get("month") else None
                found.append(Dated(span, (Day(None, month, int(told["year"]) if told.get("year") else None),)))
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return sorted(found, key=lambda dated: dated.span)


def _numeric(text: str) -> Iterator[Dated]:
    for match in _NUMERIC.finditer(text):
        day, month = int(match["d"] or match["d2"]), int(match["m"] or match["m2"])
        year = int(match["y"] or match["y2"])
        year += 2000 if year < 100 else 0
        if exists(day, month, year):
            yield Dated(Span(*match.span()), (Day(day, month, year),))


def _written(text: str) -> Iterator[Dated]:
    position = 0
    while match := _DAY.search(text, position):
        position = match.end()
        if match["month"] is None and _COUNTED.search(text, max(0, match.start() - _LONGEST_COUNTED), match.start()):
            continue  # « Séance 2 – mardi 18 mai »
        days, joints, start, end = [_day(match)], [], match.start(), match.end()
        while joint := _JOIN.match(text, end):
            following = _DAY.match(text, joint.end())
            if following is None:
                break
            days.append(_day(following))
            joints.append(joint)
            end = following.end()
        chain = end
        # What follows the last month is no day: « le 7 mai, 12 villes ».
        while days and days[-1].month is None:
            days.pop()
            end = joints.pop().start() if joints else end
        if not days:
            position = chain
            continue
        position = max(position, end)
        is_range = len(days) == 2 and bool(joints) and joints[0]["to"] is not None
        filled = _filled(days, is_range=is_range)
        if all(exists(day.day, day.month, day.year or 2000) for day in filled):
            yield Dated(Span(start, end), filled, is_range)


def _day(match: re.Match[str]) -> Day:
    told = (match["weekday"] or "").lower()[:3]
    weekday = next((number for number, name in enumerate(WEEKDAYS) if told and name.startswith(told)), None)
    month = _month(match["month"]) if match["month"] else None
    return Day(
        int(match["day"]) if match["day"].isdecimal() else 1,
        month,
        int(match["year"]) if match["year"] else None,
        weekday,
    )


def _month(word: str) -> int:
    return MONTH_NUMBERS[normalize(word)]


def month_number(word: str) -> int | None:
    """Return the number of a month by its name; None for another word."""
    return MONTH_NUMBERS.get(normalize(word))


def _filled(days: Sequence[Day], *, is_range: bool, year: int | None = None) -> tuple[Day, ...]:
    """Return days with the month and the year that the next one tells: « les 4 et 28 juin 2021 ».

    « du 28 décembre au 3 janvier 2023 » begins the year before.
    """
    month = None
    filled: list[Day] = []
    for day in reversed(days):
        month = day.month or month
        if day.year or not filled:
            year = day.year or year
        elif year and _is_of_the_year_before((month, day.day), (filled[0].month, filled[0].day), is_range=is_range):
            year -= 1
        filled.insert(0, day._replace(month=month, year=year))
    return tuple(filled)


def _is_of_the_year_before(
    one: tuple[int | None, int | None], following: tuple[int | None, int | None], *, is_range: bool
) -> bool:
    if None in (*one, *following):
        return False
    # « les réunions du 3 juin et du 7 mai 2020 » only go back in time.
    return one > following if is_range else (one[0] or 0) - (following[0] or 0) > _HALF_A_YEAR


def exists(day: int | None, month: int | None, year: int) -> bool:
    """Return whether there is such a day; None stands for any."""
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def resolve(dated: Dated, years: Collection[int], today: date) -> tuple[When, Step] | None:
    """Return when a meeting was that such a date tells, and how sure that is; None when its year is not told.

    `years` are those that the text names for it, the nearest first; after `today`, none is tried for a weekday.
    """
    told, step = dated.year, SURE
    if told is None:
        told, step = _year(dated, years, today), DOUBTFUL
    if told is None:
        return None
    days = []
    for day in _filled(dated.days, is_range=dated.is_range, year=told):
        try:
            days.append(date(day.year or told, day.month or 1, day.day or 1))
        except ValueError:  # the 29th of February of another year
            return None
    contradicted = any(
        day.weekday is not None and day.weekday != on.weekday() for day, on in zip(dated.days, days, strict=True)
    )
    if contradicted:
        step = DOUBTFUL
    if dated.days[0].day is None:
        return When(days[0], "month" if dated.days[0].month else "year"), step
    first, last = min(days), max(days)
    next_to_each_other = (last - first).days < len(days)
    sessions = 1 if dated.is_range or next_to_each_other else len(days)
    return When(first, "day", last if last != first else None, sessions), step


def _year(dated: Dated, years: Collection[int], today: date) -> int | None:
    weekdays = [day for day in dated.days if day.weekday is not None]
    if not weekdays:
        return next(iter(years), None)

    def fits(year: int) -> bool:
        return all(
            exists(day.day, day.month, year) and date(year, day.month or 1, day.day or 1).weekday() == day.weekday
            for day in weekdays
        )

    near = [year for year in years if fits(year)]
    if near:
        return near[0]
    reference = next(iter(years), today.year)
    candidates = [year for year in range(reference + 1, reference - 6, -1) if year <= today.year and fits(year)]
    return min(candidates, key=lambda year: abs(year - reference), default=None)
