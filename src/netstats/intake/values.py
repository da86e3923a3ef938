"""What a cell says: from what the file holds to the value that is stored, or why it is refused.

Nothing is guessed: a cell that can be read in two ways is refused, with what would be clear. What is put right without
asking cannot be read otherwise: spaces around a text, a line break inside it (a space is stored), accents written as
two characters, the hour beside a day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from netstats import wording
from netstats.intake.cells import text_error
from netstats.intake.issues import Issue, issue
from netstats.intake.near import near
from netstats.reference.fold import normalize, unaccented

_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_LONGEST_SHOWN = 80


class Day(NamedTuple):
    """A date as precise as it is written: a month is its first day, a year its 1st of January."""

    first: date
    precision: str  # day, month, year


class Headcount(NamedTuple):
    """A number of people; `precision` (exact, about, at_least) is None when the cell holds the number alone."""

    number: int
    precision: str | None


def is_empty(value: object) -> bool:
    """Return whether a cell holds nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def shown(value: object) -> str:
    """Return what a cell holds as it is quoted to a person, cut when it is long."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float):
        return _digits(value)
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _digits(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value).replace(".", ",")


# --- text -----------------------------------------------------------------------------------------

_BREAK = re.compile(r"[\t\r\n\v\f\u0085\u2028\u2029]+")


def as_text(value: object) -> str | Issue:
    """Return what a cell holds as one line of text; a whole number is written without decimals."""
    if isinstance(value, bool | date | time):
        what = "vrai ou faux" if isinstance(value, bool) else "une date ou une heure"
        return issue("not-a-text", what=what)
    if isinstance(value, int | float):
        return _digits(value)
    text = unicodedata.normalize("NFC", str(value)).strip()
    return " ".join(part.strip() for part in _BREAK.split(text)) if _BREAK.search(text) else text


def as_written(value: object) -> object:
    """Return a cell as it is: what it says depends on other cells."""
    return value


def text_reader(maximum: int | None = None, kind: str = "text") -> Callable[[object], str | Issue]:
    """Return the reader of a text: undamaged, without personal data, of at most `maximum` characters."""

    def read(value: object) -> str | Issue:
        text = as_text(value)
        if isinstance(text, Issue):
            return text
        if maximum is not None and len(text) > maximum:  # first: the search for persons takes long on long texts
            return issue("too-long", length=len(text), most=maximum)
        reason = text_error(text, "url" if kind == "url" else "text")
        if reason is None:
            return text
        bare_address = kind == "url" and re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?$", text)
        return issue("text", (f"https://{text}",) if bare_address else (), words=reason)

    return read


def slug(text: str) -> str:
    """Return a text as a code: small letters and digits without accents, words joined by hyphens."""
    return "-".join(re.findall("[a-z0-9]+", unaccented(text)))


def code_reader(maximum: int | None = None) -> Callable[[object], str | Issue]:
    """Return the reader of a stable identifier of our own."""

    def read(value: object) -> str | Issue:
        text = as_text(value)
        if isinstance(text, Issue):
            return text
        reason = text_error(text, "code", maximum)
        near = slug(text)
        return text if reason is None else issue("text", (near,) if near and near != text else (), words=reason)

    return read


def split(value: object) -> tuple[str, ...] | Issue:
    """Return the members of a list written with semicolons or line breaks, each as it is written."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, str):
        parts = (" ".join(part.split()) for part in re.split(r"[;\r\n]", unicodedata.normalize("NFC", value)))
        return tuple(part for part in parts if part)
    text = as_text(value)
    return text if isinstance(text, Issue) else (text,)


# --- dates ----------------------------------------------------------------------------------------

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
    if _has_raised_digit(value):
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


_RAISED = ("<super>", "<sub>", "<circle>")


def _has_raised_digit(text: str) -> bool:
    """Return whether a note mark stands in a text: written as other digits, « 16¹ » would be 161."""
    return not text.isascii() and any(
        letter.isdigit() and unicodedata.decomposition(letter).startswith(_RAISED) for letter in text
    )


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


# --- numbers --------------------------------------------------------------------------------------

_GROUPED = re.compile(r"\d{1,3}(?: \d{3}){1,5}|\d{1,15}", re.ASCII)
_WHOLE = re.compile(r"[.,]0{1,2}$")  # « 9,0 » is 9; « 1,000 » may be a thousand
_ABOUT = re.compile(r"(?:environ|env\.?|a peu pres|pres de|autour de|~|≈|≃) ?(?:d')?(.+)|(.+?) ?(?:environ|env\.?)")
_AT_LEAST = re.compile(
    r"(?:plus|\+) ?d(?:e |')(.+)|(?:au moins|minimum|min\.?|>=?|≥) ?(.+)|(.+?) ?(?:\+|et plus|ou plus|au moins|minimum)"
)
ROUND_NUMBERS = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
}
"""Normalised word → the round number that it is about."""


def read_headcount(value: object, maximum: int = 1_000_000) -> Headcount | Issue:
    """Return a number of people: 9, « environ 50 », « une cinquantaine », « plus de 150 »; nil is refused.

    A range (« 50 à 60 ») or an upper bound (« moins de 50 ») has no place in the data: refused.
    """
    if isinstance(value, bool | date | time):
        return issue("not-a-headcount")
    if isinstance(value, int | float):
        return _headcount(_digits(value), None, maximum)
    if _has_raised_digit(str(value)):
        return issue("raised-digit")
    words = re.sub(r" (?:de |d')?(?:participant(?:e?s)?|personnes?|presente?s?)$", "", unaccented(str(value)))
    precision = None
    for pattern, meant in ((_AT_LEAST, "at_least"), (_ABOUT, "about")):
        if found := pattern.fullmatch(words):
            words, precision = next(group for group in found.groups() if group), meant
            break
    if found := re.fullmatch(r"(?:une? )?([a-z]+)", words):
        if found[1] not in ROUND_NUMBERS:
            return issue("not-a-headcount")
        return _headcount(str(ROUND_NUMBERS[found[1]]), precision or "about", maximum)
    return _headcount(words, precision, maximum)


def _headcount(words: str, precision: str | None, maximum: int) -> Headcount | Issue:
    words = _WHOLE.sub("", words)
    if words.startswith("-") and words[1:].strip().isdigit():
        return issue("negative")
    if not _GROUPED.fullmatch(words):
        return issue("not-a-headcount")
    number = int(words.replace(" ", ""))
    if number == 0:
        return issue("nil")
    return Headcount(number, precision) if number <= maximum else issue("too-big", most=maximum)


def number_reader(maximum: int | None = None) -> Callable[[object], int | Issue]:
    """Return the reader of a whole number from 1 to `maximum`."""

    def read(value: object) -> int | Issue:
        text = as_text(value)
        words = _WHOLE.sub("", " ".join((text if isinstance(text, str) else "").split()))
        if not _GROUPED.fullmatch(words):
            return issue("not-a-number")
        number = int(words.replace(" ", ""))
        if number < 1:
            return issue("too-small")
        return number if maximum is None or number <= maximum else issue("too-big", most=maximum)

    return read


# --- choices --------------------------------------------------------------------------------------

_YES_NO = dict.fromkeys(("oui", "o", "x", "vrai", "true", "yes", "1"), True) | dict.fromkeys(
    ("non", "n", "faux", "false", "no", "0"), False
)


def read_yes_no(value: object) -> bool | Issue:
    """Return what oui, non, o, n, x, vrai, faux, 1 or 0 say."""
    if isinstance(value, bool):
        return value
    answer = None if isinstance(value, date | time) else _YES_NO.get(normalize(shown(value)))
    return issue("not-yes-or-no") if answer is None else answer


def folded(text: str) -> str:
    """Return a label as it is compared: without accents, case, signs or plurals."""
    return " ".join(word.rstrip("sx") if len(word) > 3 else word for word in normalize(text).split())


class Labels:
    """What can be chosen in a cell: labels, and the value that each means.

    A label is found whatever its accents, case, signs and plural; never by resemblance.
    """

    def __init__(self, labels: Iterable[tuple[str, str]] = ()) -> None:
        self._exact: dict[str, dict[str, None]] = {}
        self._folded: dict[str, dict[str, None]] = {}
        self.names: dict[str, str] = {}  # value -> the label that is shown: the first that is not the value itself
        for label, value in labels:
            self.add(label, value)

    def add(self, label: str, value: str) -> None:
        """Let `label` mean `value` too."""
        self._exact.setdefault(normalize(label), {})[value] = None
        self._folded.setdefault(folded(label), {})[value] = None
        if value not in self.names or self.names[value] == value:
            self.names[value] = label

    def find(self, text: str) -> tuple[str, ...]:
        """Return the values that a text can mean: none, one, or several when labels are alike."""
        return tuple(self._exact.get(normalize(text)) or self._folded.get(folded(text)) or ())


def choice_reader(
    labels: Mapping[str, str], synonyms: Mapping[str, str] | None = None
) -> Callable[[object], str | Issue]:
    """Return the reader of a closed list: label → stored value; synonyms are read, and not proposed."""
    known = Labels([*labels.items(), *(synonyms or {}).items()])
    expected = wording.listing(labels, "ou")

    def read(value: object) -> str | Issue:
        text = as_text(value)
        found = () if isinstance(text, Issue) else known.find(text)
        if len(found) == 1:
            return found[0]
        return issue("not-a-choice", near(shown(value), labels), choices=expected)

    return read
