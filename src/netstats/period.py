"""A period as people write it: « 2020 », « 2e trimestre 2020 », « mars 2020 à juin 2021 », « depuis 2020 »."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from netstats import wording
from netstats.errors import NetstatsError
from netstats.reference.fold import unaccented

_EXAMPLES = (
    "Écrivez par exemple « 2020 », « 1er semestre 2020 », « mars 2020 à juin 2021 », « 2023/2024 » (année scolaire) ou"
    " « depuis 2019 »."
)
_SPANS = {"semestre": 6, "trimestre": 3}
_ORDINALS = {1: "1er", 2: "2e", 3: "3e", 4: "4e"}
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_BETWEEN = re.compile(r" ?\.\. ?| (?:a|au|-) |(?<=^\d{4})-(?=\d{4}$)")


# « 2023/2024 », « 2023-24 », « année scolaire 2023-2024 »; « 2023-2024 » alone is two years, « 2011-12 » a month.
_SCHOOL_YEAR = re.compile(
    r"(?:l')?annee scolaire (\d{4}) ?[/-] ?(\d{4}|\d{2})|(\d{4})(?: ?/ ?|-(?=1[3-9]$|[2-9]\d$))(\d{4}|\d{2})"
)


@dataclass(frozen=True)
class Period:
    """A span of days, both ends included; an end that is None is open.

    Raises
    ------
    NetstatsError
        When it ends before it begins.
    """

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise NetstatsError(
                f"La période finit ({wording.date(self.until)}) avant de commencer ({wording.date(self.since)}).",
                "Inversez les deux dates.",
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as people write it; an empty text is the whole time.

        Raises
        ------
        NetstatsError
            When the text is no period, with examples of what is understood.
        """
        words = unaccented(text.replace("—", "-"))
        if not words:
            return cls()
        if match := _SCHOOL_YEAR.fullmatch(words):
            first_year = int(match[1] or match[3])
            if (first_year + 1) % 100 == int(match[2] or match[4]) % 100:
                if not _FIRST_YEAR <= first_year < _LAST_YEAR:
                    raise _unreadable(text)
                return cls(date(first_year, 9, 1), date(first_year + 1, 8, 31))
        if match := re.fullmatch(r"(?:depuis|a partir de) (?:le )?(.+)", words):
            return cls(since=_span(match[1], text)[0])
        if match := re.fullmatch(r"jusqu'?(?:a la fin de|a fin|en fin|a|au|en) (.+)", words):
            return cls(until=_span(match[1], text)[1])
        first, *rest = _BETWEEN.split(words.removeprefix("de ").removeprefix("du ").removeprefix("en "))
        if len(rest) > 1:
            raise _unreadable(text)
        since, until = _span(first, text, year_from="".join(rest))
        if rest:
            until = _span(rest[0], text)[1]
            if since > until and not re.search(r"\d{4}", first):  # « novembre à février 2024 » begins the year before
                since = _span(first, text, year_from=str(until.year - 1))[0]
        return cls(since, until)

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def __str__(self) -> str:
        """Return the period in French, in the shortest exact words; « » when it is the whole time."""
        if self.since is None:
            return "" if self.until is None else f"jusqu’{_last_words(self.until)}"
        if self.until is None:
            return f"depuis {_first_words(self.since)}"
        return _bounded_words(self.since, self.until)

    def shifted(self, steps: int) -> Period | None:
        """Return the period of the same length `steps` further (negative: before), or None when it has no length.

        A period of whole months moves by months (2020 → 2019), any other by its number of days; one that is a school
        year, or nearly (September to June), moves by years. None also where the calendar of the project ends (1950,
        2100).
        """
        if self.since is None or self.until is None:
            return None
        try:
            if _is_first_day(self.since) and _is_last_day(self.until):
                months = _month_index(self.until) - _month_index(self.since) + 1
                months = 12 if self.since.month == 9 and months in {10, 11} else months
                first, last = _month_index(self.since) + steps * months, _month_index(self.until) + steps * months
                moved = Period(_first_of(first), _last_of(last))
            else:
                length = self.until - self.since + timedelta(days=1)
                moved = Period(self.since + steps * length, self.until + steps * length)
        except (ValueError, OverflowError):
            return None
        within = moved.since and moved.until and moved.since.year >= _FIRST_YEAR and moved.until.year <= _LAST_YEAR
        return moved if within else None

    def previous(self) -> Period | None:
        """Return the period of the same length just before, or None when an end is open."""
        return self.shifted(-1)

    def next(self) -> Period | None:
        """Return the period of the same length just after, or None when an end is open."""
        return self.shifted(1)


def presets(first: int, last: int) -> list[Period]:
    """Return the periods worth offering for activity from year `first` to year `last`.

    The years (latest first), then the whole span, then "since" each year, then half-years and quarters.
    """
    years = range(last, first - 1, -1)
    whole = [Period(date(first, 1, 1), date(last, 12, 31))] if last > first else []
    parts = [
        Period(date(year, month, 1), _last_of(_month_index(date(year, month, 1)) + months - 1))
        for months in (6, 3)
        for year in years
        for month in range(13 - months, 0, -months)
    ]
    return [
        *(Period(date(year, 1, 1), date(year, 12, 31)) for year in years),
        *whole,
        *(Period(since=date(year, 1, 1)) for year in years if year != first),
        *parts,
    ]


# ---------------------------------------------------------------- reading


MONTH_NUMBERS = {unaccented(name): number for number, name in enumerate(wording.MONTHS, start=1)} | {
    unaccented(name).rstrip("."): number for number, name in enumerate(wording.SHORT_MONTHS, start=1)
}
MONTH_NUMBERS |= {"fev": 2, "jan": 1, "sep": 9, "juill": 7}
"""Name of a month without accents, whole or shortened → its number."""


def _span(words: str, text: str, year_from: str = "") -> tuple[date, date]:
    """Return the first and last day that `words` stand for (one year, half-year, quarter, month or day).

    `year_from`: the other end of the range, which lends its year (« mars à juin 2021 »).
    """
    try:
        span = _read_span(words)
        if span is None and (borrowed := re.search(r"(\d{4})$", year_from)):
            span = _read_span(f"{words} {borrowed[1]}")
    except ValueError:
        span = None
    if span is None or not (span[0].year >= _FIRST_YEAR and span[1].year <= _LAST_YEAR):
        raise _unreadable(text)
    return span


def _read_span(words: str) -> tuple[date, date] | None:
    if match := re.fullmatch(r"(\d{4})", words):
        return _months(int(match[1]), 1, 12)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", words):
        return _months(int(match[1]), int(match[2]), 1)
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", words):
        return _months(int(match[2]), int(match[1]), 1)
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", words):
        return _one_day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", words):
        return _one_day(int(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(?:(\d)(?:er|e|eme|ere)? (semestre|trimestre)|([st])(\d)) (\d{4})", words):
        months = _SPANS[match[2] or {"s": "semestre", "t": "trimestre"}[match[3]]]
        rank = int(match[1] or match[4])
        return _months(int(match[5]), (rank - 1) * months + 1, months) if 1 <= rank <= 12 // months else None
    if match := re.fullmatch(r"(?:(\d{1,2})(?:er)? )?([a-z]+)\.? (\d{4})", words):
        month = MONTH_NUMBERS.get(match[2])
        if month is None:
            return None
        return _one_day(int(match[3]), month, int(match[1])) if match[1] else _months(int(match[3]), month, 1)
    return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, _last_of(_month_index(first) + count - 1)


def _one_day(year: int, month: int, day: int) -> tuple[date, date]:
    return date(year, month, day), date(year, month, day)


def _unreadable(text: str) -> NetstatsError:
    return NetstatsError(f"« {text.strip()} » n’est pas une période que netstats sait lire.", _EXAMPLES)


# ---------------------------------------------------------------- writing


def _bounded_words(since: date, until: date) -> str:
    if since == until:
        return wording.date(since)
    if not (_is_first_day(since) and _is_last_day(until)):
        return f"{wording.date(since)} au {wording.date(until)}"
    months = _month_index(until) - _month_index(since) + 1
    if months == 1:
        return wording.date(since, "month")
    for word, length in _SPANS.items():
        if months == length and (since.month - 1) % length == 0:
            return f"{_ORDINALS[(since.month - 1) // length + 1]} {word} {since.year}"
    if (since.month, months) == (9, 12):
        return f"année scolaire {since.year}-{until.year}"
    if since.month == 1 and until.month == 12:
        return str(since.year) if since.year == until.year else f"{since.year} à {until.year}"
    return f"{wording.date(since, 'month')} à {wording.date(until, 'month')}"


def _first_words(day: date) -> str:
    if not _is_first_day(day):
        return f"le {wording.date(day)}"
    return str(day.year) if day.month == 1 else wording.date(day, "month")


def _last_words(day: date) -> str:
    if not _is_last_day(day):
        return f"au {wording.date(day)}"
    return f"à fin {day.year}" if day.month == 12 else f"à {wording.date(day, 'month')}"


def _is_first_day(day: date) -> bool:
    return day.day == 1


def _is_last_day(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _last_of(index: int) -> date:
    return _first_of(index + 1) - timedelta(days=1)
