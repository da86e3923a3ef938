"""What a cell says: from what the file holds to the value that is stored, or why it is refused.

Nothing is guessed: a cell that can be read in two ways is refused, with what would be clear. What is put right without
asking cannot be read otherwise: spaces around a text, a line break inside it (a space is stored), accents written as
two characters, the hour beside a day.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import count, islice
from typing import NamedTuple

from netstats import wording
from netstats.intake.cells import badly_written, text_error
from netstats.intake.issues import Issue, issue
from netstats.intake.near import near
from netstats.intake.near_counts import count_meant
from netstats.model import THEME
from netstats.reference.fold import normalize, unaccented

_LONGEST_SHOWN = 80


class Headcount(NamedTuple):
    """A number of people; `precision` (exact, about, at_least) and unit are None when the cell does not tell them."""

    number: int
    precision: str | None
    unit: str | None = None

    def __str__(self) -> str:
        """As one types it: « 9 », « environ 50 », « plus de 150 »."""
        return wording.approximate(self.number, self.precision)


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

RAISED_DIGIT = re.compile("[⁰¹²³⁴-⁹₀-₉①-⑨]")
"""A note mark: read as another digit, « 16¹ » would be 161."""

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


def read_text(value: object, most: int | None = None, kind: str = "text") -> str | Issue:
    """Return a text (or the url that `kind` says): undamaged, without personal data, of at most `most` characters."""
    text = as_text(value)
    if isinstance(text, Issue):
        return text
    if most is not None and len(text) > most:  # first: the search for persons takes long on long texts
        return issue("too-long", length=len(text), most=most)
    reason = text_error(text, "url" if kind == "url" else "text")
    if reason is None:
        return text
    bare_address = kind == "url" and re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?$", text)
    return issue("text", (f"https://{text}",) if bare_address else (), words=reason)


def slug(text: str) -> str:
    """Return a text as a code: small letters and digits without accents, words joined by hyphens."""
    return "-".join(re.findall("[a-z0-9]+", unaccented(text)))


def _short_names(name: str) -> Iterator[str]:
    """Yield the name of a theme cut after a word where it is too long for figures, then within one, then numbered."""
    most = THEME.column("short_name").maximum or len(name)
    whole_words = textwrap.shorten(name, most, placeholder="…")
    if whole_words != "…":
        yield whole_words
    if len(name) > most:
        yield f"{name[: most - 1]}…"
    yield from (f"{name[: most - 6].rstrip()} {number}" for number in count(2))


def short_name(name: str, taken: Container[str] = ()) -> str:
    """Return the name of a theme as figures show it, none of those that are `taken` (in small letters)."""
    return next(short for short in _short_names(name) if short.casefold() not in taken)


def is_short_name(short: str, name: str) -> bool:
    """Return whether a short name was drawn from the name of a theme."""
    return short in islice(_short_names(name), 20)


def read_code(value: object, most: int | None = None) -> str | Issue:
    """Return a stable identifier of our own."""
    text = as_text(value)
    if isinstance(text, Issue):
        return text
    reason = text_error(text, "code", most)
    if reason is None:
        return text
    meant = slug(text)
    return issue("text", (meant,) if meant and meant != text else (), words=reason)


def split(value: object) -> tuple[str, ...] | Issue:
    """Return the members of a list written with semicolons or line breaks, each as it is written."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, str):
        parts = (" ".join(part.split()) for part in re.split(r"[;\r\n]", unicodedata.normalize("NFC", value)))
        return tuple(part for part in parts if part)
    text = as_text(value)
    return text if isinstance(text, Issue) else (text,)


# --- numbers --------------------------------------------------------------------------------------

_GROUPED = re.compile(r"\d{1,3}(?: \d{3}){1,5}|\d{1,15}", re.ASCII)
_WHOLE = re.compile(r"[.,]0{1,2}$")  # « 9,0 » is 9; « 1,000 » may be a thousand
_ABOUT = re.compile(r"(?:environ|env\.?|a peu pres|pres de|autour de|~|≈|≃) ?(?:d')?(.+)|(.+?) ?(?:environ|env\.?)")
_AT_LEAST = re.compile(
    r"(?:plus|\+) ?d(?:e |')(.+)|(?:au moins|minimum|min\.?|>=?|≥) ?(.+)"
    r"|(.+?) ?(?:(?:et )?\+|et plus|ou plus|au moins|minimum)"
)
_UNIT = re.compile(
    r" (?:de |d')?(participant(?:e?s)?|personnes?|pers\.?|presente?s?|elue?s? et professionnel(?:le)?s?"
    r"|professionnel(?:le)?s?|elue?s?|acteurs?|actrices?|inscrite?s?)$"
)
_UNITS = {"elu": "élus", "et": "élus et professionnels", "pro": "professionnels", "act": "acteurs", "ins": "inscrits"}
"""How the words of `_UNIT` begin, or « et » → the unit that they tell; « participants » and the like tell none."""
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


def read_headcount(value: object, most: int = 1_000_000) -> Headcount | Issue:
    """Return a number of people: 9, « environ 50 », « une cinquantaine », « plus de 150 »; nil is refused.

    A range (« 50 à 60 ») or an upper bound (« moins de 50 ») has no place in the data: refused, with what may be meant.
    """
    if isinstance(value, Headcount):
        return _bounded(value, most)
    if isinstance(value, bool | date | time):
        return issue("not-a-headcount")
    if isinstance(value, int | float):
        return _headcount(_digits(value), None, most)
    if wrong := _unclear(str(value)):
        return wrong
    words, unit, precision = unaccented(str(value)), None, None
    if told := _UNIT.search(words):
        words, unit = words[: told.start()], _UNITS.get("et" if " et " in told[1] else told[1][:3])
    for pattern, meant in ((_AT_LEAST, "at_least"), (_ABOUT, "about")):
        if found := pattern.fullmatch(words):
            words, precision = next(group for group in found.groups() if group), meant
            break
    if found := re.fullmatch(r"(?:une? )?([a-z]+)", words):
        if found[1] not in ROUND_NUMBERS:
            return issue("not-a-headcount")
        return _headcount(str(ROUND_NUMBERS[found[1]]), precision or "about", most, unit)
    return count_meant(unaccented(str(value))) or _headcount(words, precision, most, unit)


def _unclear(text: str) -> Issue | None:
    """Return why a number cannot be what is seen of it."""
    if RAISED_DIGIT.search(text):
        return issue("raised-digit")
    reason = badly_written(text.strip())
    return issue("text", words=reason) if reason else None


def _headcount(words: str, precision: str | None, most: int, unit: str | None = None) -> Headcount | Issue:
    words = _WHOLE.sub("", words)
    if words.startswith("-") and words[1:].strip().isdigit():
        return issue("negative")
    if not _GROUPED.fullmatch(words):
        return issue("not-a-headcount")
    return _bounded(Headcount(int(words.replace(" ", "")), precision, unit), most)


def _bounded(count: Headcount, most: int) -> Headcount | Issue:
    if count.number <= 0:
        return issue("nil")
    return count if count.number <= most else issue("too-big", most=most)


def read_number(value: object, most: int | None = None) -> int | Issue:
    """Return a whole number from 1 to `most`."""
    text = as_text(value)
    if isinstance(text, str) and (wrong := _unclear(text)):
        return wrong
    words = _WHOLE.sub("", " ".join((text if isinstance(text, str) else "").split()))
    if not _GROUPED.fullmatch(words):
        return issue("not-a-number")
    number = int(words.replace(" ", ""))
    if number < 1:
        return issue("too-small")
    return number if most is None or number <= most else issue("too-big", most=most)


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
