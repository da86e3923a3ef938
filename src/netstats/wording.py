"""French numbers, dates and plurals, from tables of our own: the locale of the machine is never asked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date as Date  # noqa: N812 - `date` is the word for the function below
from numbers import Real

THIN_SPACE = "\u202f"  # narrow no-break space: thousands, before % ; : ! ?
NO_BREAK = "\u00a0"
MINUS = "\u2212"
UNKNOWN = "inconnu"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


def is_missing(value: object) -> bool:
    """Return whether `value` stands for "unknown": None, NaN, NaT or pd.NA."""
    if value is None:
        return True
    if isinstance(value, Real):
        return math.isnan(value)
    return type(value).__name__ in {"NAType", "NaTType"}


def number(value: float | None, decimals: int = 0) -> str:
    """Return `value` as French text: 1234.5 → « 1 234,5 »; unknown → « inconnu »."""
    if value is None or is_missing(value):
        return UNKNOWN
    text = f"{abs(value):,.{decimals}f}".replace(",", THIN_SPACE).replace(".", ",")
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"{MINUS}{text}" if negative else text


def significant(value: float) -> float:
    """Return a number of which two digits are known: 26615 → 27000, 134 → 130, 57 → 57."""
    return float(f"{value:.1e}")


def signed(value: float, decimals: int = 0) -> str:
    """Return a change with its sign: 3 → « +3 », -2 → « −2 », 0 → « 0 »."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0,") else text


def percent(share: float | None, decimals: int | None = None) -> str:
    """Return a share (0 to 1) as French text: 0.184 → « 18 % ».

    Below 10 % one decimal is kept, and a share that is not nil never reads « 0 % ».
    """
    if share is None or is_missing(share):
        return UNKNOWN
    if decimals is None:
        decimals = 1 if 0 < abs(share) < 0.0995 else 0
    smallest = 10.0**-decimals
    if 0 < abs(share) * 100 < smallest / 2:
        return f"<{NO_BREAK}{number(smallest, decimals)}{THIN_SPACE}%"
    text = number(share * 100, decimals).removesuffix(",0")
    return f"{text}{THIN_SPACE}%"


def plural(count: float, singular: str, plural_form: str | None = None) -> str:
    """Return the word that agrees with `count`; in French, 0 and 1.9 take the singular."""
    if abs(count) < 2:
        return singular
    return plural_form if plural_form is not None else f"{singular}s"


def counted(count: float, singular: str, plural_form: str | None = None) -> str:
    """Return the number and its noun: 2, "réunion" → « 2 réunions »."""
    return f"{number(count)}{NO_BREAK}{plural(count, singular, plural_form)}"


def date(value: Date | None, precision: str = "day", *, short: bool = False) -> str:
    """Return a date as it is known: « 6 mai 2020 », « mai 2023 », « 2019 » or « date inconnue ».

    Parameters
    ----------
    value
        A date or datetime; None, NaT or NA when unknown.
    precision
        `day`, `month`, `year` or `unknown`: how much of `value` is known.
    short
        Abbreviate the month (« 6 mai 2020 », « 4 déc. 2019 »).
    """
    if value is None or is_missing(value) or precision == "unknown":
        return "date inconnue"
    if precision == "year":
        return str(value.year)
    month = (SHORT_MONTHS if short else MONTHS)[value.month - 1]
    if precision == "month":
        return f"{month} {value.year}"
    return f"{_day_number(value)}{NO_BREAK}{month} {value.year}"


def known_date(value: Date | None, precision: str) -> str:
    """Return a date as far as it is known, in ISO form: « 2020-05-06 », « 2023-05 », « 2019 » or « »."""
    pattern = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}.get(precision)
    return "" if value is None or is_missing(value) or pattern is None else value.strftime(pattern)


def spoken_date(known: str, *, short: bool = False) -> str:
    """Return what `known_date` wrote as one says it: « 2020-05 » → « mai 2020 »."""
    year, *rest = (int(part) for part in known.split("-"))
    day = Date(year, *(*rest, 1, 1)[:2])
    return date(day, ("year", "month", "day")[len(rest)], short=short)


TURNS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
"""Marks, as a class of a pattern holds them, that turn the order of letters; none of them is seen."""

_TURNS = re.compile(f"[{TURNS}]")


def unturned(text: str) -> str:
    """Return `text` without the invisible marks that turn the order of its letters, and of what is written after it."""
    return _TURNS.sub("", text)


def typeset(text: str) -> str:
    """Return `text` with curly apostrophes, and the no-break spaces of « : ; ? ! » and guillemets."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r" (?=[:;?!»])|(?<=«) ", NO_BREAK, text))


def span(first: Date, last: Date) -> str:
    """Return two days as one phrase: « 12 et 13 octobre 2022 », « 7 mai au 3 juin 2020 »."""
    end = date(last)
    if (first.year, first.month) == (last.year, last.month):
        joint = "et" if are_neighbours(first, last) else "au"
        return f"{_day_number(first)} {joint} {end}"
    start = f"{_day_number(first)}{NO_BREAK}{MONTHS[first.month - 1]}" if first.year == last.year else date(first)
    return f"{start} au {end}"


def are_neighbours(first: Date, last: Date) -> bool:
    """Return whether two days of a month follow each other: « les 12 et 13 octobre », not « du 12 au 14 »."""
    return (first.year, first.month) == (last.year, last.month) and (last - first).days == 1


def _day_number(value: Date) -> str:
    return "1er" if value.day == 1 else str(value.day)


def listing(items: Iterable[str], last: str = "et") -> str:
    """Return items joined as in prose: « Nord, Oise et Somme »."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def approximate(value: float | None, precision: str | None) -> str:
    """Return a headcount as it is known: « 9 », « environ 50 », « plus de 150 » or « inconnu »."""
    if value is None or is_missing(value):
        return UNKNOWN
    prefix = {"about": "environ ", "at_least": "plus de "}.get(precision or "exact", "")
    return f"{prefix}{number(value)}"
