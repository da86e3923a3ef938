"""What a cell says of a date, as precise as it is written; one that can be read in two ways is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from netstats import wording
from netstats.intake.issues import Issue, issue
from netstats.intake.values import RAISED_DIGIT
from netstats.period import MONTH_NUMBERS
from netstats.reference.fold import unaccented

_FIRST_YEAR, _LAST_YEAR = 1990, 2099


class Day(NamedTuple):
    """A date as precise as it is written: a month is its first day, a year its 1st of January."""

    first: date
    precision: str  # day, month, year

    def __str__(self) -> str:
        """As one types it: « 12/03/2026 », « mars 2026 », « 2026 »."""
        return f"{self.first:%d/%m/%Y}" if self.precision == "day" else wording.date(self.first, self.precision)

    @property
    def spoken(self) -> str:
        """As one says it after « est »: « le 12 mars 2026 », « mars 2026 »."""
        return f"{'le ' if self.precision == 'day' else ''}{wording.date(self.first, self.precision)}"


WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
"""From Monday, as `date.weekday` counts."""

_WEEKDAY = re.compile(rf"(?:le )?(?:({'|'.join(WEEKDAYS)}) )?(?:le )?(.+)")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(z|[+-]\d{2}:?\d{2})?)?")
_HOUR = r"\d{1,2} ?(?:h|:) ?(?:\d{2})?(?::\d{2}(?:\.\d+)?)?"
_HOUR_AFTER = re.compile(rf"(?<=\d{{4}}) (?:a |de |- )?{_HOUR}(?: ?(?:-|a) ?{_HOUR})?$")
_WRITTEN = re.compile(r"(?:(\d{1,2}) ?(?:er)?[ .-] ?)?([a-z]+)\.?[ .-](\d{4}|\d{2})")
_SEVERAL = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)}|du|les?)\b|(?<=\d)er\b")
_BETWEEN = re.compile(r" (?:et|au|a|&) | ?[-–/] ?")

Order = Literal["day", "month"]
"""What comes first in a date of digits."""


def read_date(value: object, order: Order | None = None) -> Day | Issue:
    """Return the date of a cell, as precise as it is written; in the order that a person told, if any.

    A year has four digits unless the order is told: « 06/05/20 » is refused, it may be the 20th as well. A bare number
    is refused (a spreadsheet keeps dates as numbers, counted from 1900 or 1904), but for a whole number that can only
    be a year.
    """
    if isinstance(value, Day):
        return _plausible(value)
    if isinstance(value, bool | time):
        return issue("not-a-date")
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if order == "month" and depends_on_order(value):  # a spreadsheet took the month for the day
            day = date(day.year, day.day, day.month)
        return _plausible(Day(day, "day"))
    if isinstance(value, int | float):
        if float(value).is_integer() and _FIRST_YEAR <= value <= _LAST_YEAR:
            return Day(date(int(value), 1, 1), "year")
        return issue("date-as-number")
    return _written(str(value), order)


def depends_on_order(value: object) -> bool:
    """Return whether a date is another one when its month is read first."""
    if isinstance(value, date):
        return value.day <= 12 and value.day != value.month
    found = _NUMERIC.fullmatch(_HOUR_AFTER.sub("", unaccented(str(value))))
    return found is not None and int(found[1]) <= 12 and int(found[3]) <= 12 and int(found[1]) != int(found[3])


def is_day_first(text: str) -> bool:
    """Return whether a date of digits can only be read with its day first: « 13/03/2024 »."""
    found = _NUMERIC.fullmatch(unaccented(text))
    return found is not None and int(found[1]) > 12 >= int(found[3])


def _written(value: str, order: Order | None) -> Day | Issue:
    if RAISED_DIGIT.search(value):
        return issue("raised-digit")
    text = unaccented(value.replace(",", " "))  # « mercredi, 6 mai »
    if re.fullmatch(r"\d{5}([. ]\d+)?", text):
        return issue("date-as-number-text")
    weekday, words = _WEEKDAY.fullmatch(text).groups() if text else (None, "")  # type: ignore[union-attr]
    day = _written_date(_HOUR_AFTER.sub("", words), order)
    if isinstance(day, Day) and weekday:
        if day.precision != "day":
            return issue("not-a-date")
        if WEEKDAYS[day.first.weekday()] != weekday:
            return issue("wrong-weekday", date=wording.date(day.first), weekday=WEEKDAYS[day.first.weekday()])
    if isinstance(day, Issue) and day.code == "not-a-date":
        return _several_days(text) or day
    return _plausible(day) if isinstance(day, Day) else day


def _several_days(text: str) -> Issue | None:
    """Return the issue of a text that says the first and the last day: « 4 et 5 avril 2024 »."""
    words = " ".join(_SEVERAL.sub(" ", text).split())
    for between in _BETWEEN.finditer(words) if len(words) < 60 else ():
        first, last = words[: between.start()], _written_date(words[between.end() :], None)
        if not (isinstance(last, Day) and last.precision == "day"):
            continue
        year, month = f"{last.first:%Y}", f"{last.first:%m/%Y}"
        for whole in (first, f"{first}/{month}", f"{first} {year}", f"{first}/{year}"):
            day = _written_date(whole, None)
            if isinstance(day, Day) and day.precision == "day" and day < last:
                return issue("several-days", first=day, last=last)
    return None


def _written_date(words: str, order: Order | None) -> Day | Issue:
    if found := _NUMERIC.fullmatch(words):
        return _of_digits(int(found[1]), int(found[3]), found[4], order)
    if found := _ISO.fullmatch(words):
        day = _day(int(found[1]), int(found[3]), int(found[4]))
        return _in_paris(words, day) if isinstance(day, Day) and found[5] else day
    if found := _WRITTEN.fullmatch(words):
        number = MONTH_NUMBERS.get(found[2])
        if number is None:
            return issue("not-a-date")
        if len(found[3]) == 2 and order is None:
            meant = Day(date(2000 + int(found[3]), number, 1), "month")
            return issue("two-digit-year", (f"{int(found[1]):02}/{meant.first:%m/%Y}" if found[1] else str(meant),))
        return _day(_year(found[3]), number, int(found[1]) if found[1] else None)
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", words):
        return _day(int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{4})[/-](\d{1,2})", words):
        return _day(int(found[1]), int(found[2]))
    if re.fullmatch(r"\d{4}", words):
        return Day(date(int(words), 1, 1), "year") if int(words) else issue("not-a-date")
    return issue("not-a-date")


def _of_digits(first: int, second: int, year: str, order: Order | None) -> Day | Issue:
    day, month = (second, first) if order == "month" and first <= 12 else (first, second)
    swapped = month > 12 >= day
    clear = f"{month:02}/{day:02}/{_year(year)}" if swapped else f"{day:02}/{month:02}/{_year(year)}"
    if len(year) == 2 and order is None:
        return issue("two-digit-year", (clear,))
    return issue("no-such-month", (clear,), month=month) if swapped else _day(_year(year), month, day)


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _in_paris(words: str, day: Day) -> Day | Issue:
    """Return the day of a moment that tells its time zone; an issue where it is another day in Paris."""
    try:
        here = datetime.fromisoformat(words.upper()).astimezone(ZoneInfo("Europe/Paris")).date()
    except (ValueError, OverflowError):
        return issue("not-a-date")
    return day if here == day.first else issue("other-day-here", (str(Day(here, "day")), str(day)))


def _day(year: int, month: int, day: int | None = None) -> Day | Issue:
    try:
        return Day(date(year, month, day or 1), "month") if day is None else Day(date(year, month, day), "day")
    except ValueError:
        return issue("no-such-day")


def _plausible(day: Day) -> Day | Issue:
    if _FIRST_YEAR <= day.first.year <= _LAST_YEAR:
        return day
    return issue("implausible-date", first=_FIRST_YEAR, last=_LAST_YEAR)
