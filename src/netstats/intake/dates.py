"""What a cell says of a date, as precise as it is written; one that can be read in two ways is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import NamedTuple

from netstats import wording
from netstats.intake.issues import Issue, issue
from netstats.intake.values import RAISED_DIGIT
from netstats.reference.fold import normalize, unaccented

_FIRST_YEAR, _LAST_YEAR = 1990, 2099


class Day(NamedTuple):
    """A date as precise as it is written: a month is its first day, a year its 1st of January."""

    first: date
    precision: str  # day, month, year

    def __str__(self) -> str:
        """As one types it: « 12/03/2026 », « mars 2026 », « 2026 »."""
        return f"{self.first:%d/%m/%Y}" if self.precision == "day" else wording.date(self.first, self.precision)


WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
"""From Monday, as `date.weekday` counts."""

MONTH_NUMBERS = {normalize(name): number for number, name in enumerate(wording.MONTHS, start=1)} | {
    normalize(name): number for number, name in enumerate(wording.SHORT_MONTHS, start=1)
}
MONTH_NUMBERS |= {"fev": 2, "jan": 1, "sep": 9, "juill": 7}
"""Normalised name of a month, whole or shortened → its number."""

_WEEKDAY = re.compile(rf"(?:le )?(?:({'|'.join(WEEKDAYS)}) )?(?:le )?(.+)")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_HOUR_AFTER = re.compile(r"(?<=\d{4}) \d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_WRITTEN = re.compile(r"(?:(\d{1,2})(?:er)? )?([a-z]+)\.? (\d{4})")


def read_date(value: object) -> Day | Issue:
    """Return the date of a cell, as precise as it is written.

    A year has four digits: « 06/05/20 » is refused, it may be the 20th as well. A bare number is refused (a spreadsheet
    keeps dates as numbers, counted from 1900 or 1904), but for a whole number that can only be a year.
    """
    if isinstance(value, Day):
        return _plausible(value)
    if isinstance(value, bool | time):
        return issue("not-a-date")
    if isinstance(value, datetime):
        return _plausible(Day(value.date(), "day"))
    if isinstance(value, date):
        return _plausible(Day(value, "day"))
    if isinstance(value, int | float):
        if float(value).is_integer() and _FIRST_YEAR <= value <= _LAST_YEAR:
            return Day(date(int(value), 1, 1), "year")
        return issue("date-as-number")
    return _written(str(value))


def _written(value: str) -> Day | Issue:
    if RAISED_DIGIT.search(value):
        return issue("raised-digit")
    text = unaccented(value.replace(",", " "))  # « mercredi, 6 mai »
    if re.fullmatch(r"\d{5}([. ]\d+)?", text):
        return issue("date-as-number-text")
    weekday, words = _WEEKDAY.fullmatch(text).groups() if text else (None, "")  # type: ignore[union-attr]
    day = _written_date(_HOUR_AFTER.sub("", words))
    if isinstance(day, Day) and weekday:
        if day.precision != "day":
            return issue("not-a-date")
        if WEEKDAYS[day.first.weekday()] != weekday:
            return issue("wrong-weekday", date=wording.date(day.first), weekday=WEEKDAYS[day.first.weekday()])
    return _plausible(day) if isinstance(day, Day) else day


def _written_date(words: str) -> Day | Issue:
    if found := _NUMERIC.fullmatch(words):
        day, month, year = int(found[1]), int(found[3]), found[4]
        if len(year) == 2:
            clear = f"{day:02}/{month:02}/20{year}"
            return issue("two-digit-year", (clear,))
        if month > 12 and day <= 12:
            clear = f"{month:02}/{day:02}/{year}"
            return issue("no-such-month", (clear,), month=month)
        return _day(int(year), month, day)
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _WRITTEN.fullmatch(words):
        number = MONTH_NUMBERS.get(found[2])
        if number is None:
            return issue("not-a-date")
        return _day(int(found[3]), number, int(found[1])) if found[1] else _day(int(found[3]), number)
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", words):
        return _day(int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{4})[/-](\d{1,2})", words):
        return _day(int(found[1]), int(found[2]))
    if re.fullmatch(r"\d{4}", words):
        return Day(date(int(words), 1, 1), "year") if int(words) else issue("not-a-date")
    return issue("not-a-date")


def _day(year: int, month: int, day: int | None = None) -> Day | Issue:
    try:
        return Day(date(year, month, day or 1), "month") if day is None else Day(date(year, month, day), "day")
    except ValueError:
        return issue("no-such-day")


def _plausible(day: Day) -> Day | Issue:
    if _FIRST_YEAR <= day.first.year <= _LAST_YEAR:
        return day
    return issue("implausible-date", first=_FIRST_YEAR, last=_LAST_YEAR)
