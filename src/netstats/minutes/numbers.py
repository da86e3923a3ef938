"""Numbers of people in prose: « 9 professionnels », « une cinquantaine d’acteurs », « nombre de participants : 17 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from netstats.intake.values import ROUND_NUMBERS
from netstats.minutes.prose import Prose
from netstats.reference.vocabulary import Hit, Lexicon
from netstats.reference.words import word_set

_UNITS = {
    word: number
    for number, word in enumerate(
        re.findall(r"\w+", "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"),
        start=1,
    )
} | {"une": 1}
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "vingts": 20}
_ABOUT = ROUND_NUMBERS | {"huitaine": 8}
AT_MOST = "at_most"
"""Precision of a number that is only a bound: « moins de 20 »; the data has none for it."""

_PRECISIONS = (
    (("plus", "de"), "at_least"),
    (("plus", "d"), "at_least"),
    (("au", "moins"), "at_least"),
    (("pas", "moins", "de"), "at_least"),
    (("pres", "de"), "about"),
    (("pres", "d"), "about"),
    (("environ",), "about"),
    (("quelque",), "about"),
    (("presque",), "about"),
    (("autour", "de"), "about"),
    (("a", "peu", "pres"), "about"),
    (("pas", "loin", "de"), "about"),
    (("aux", "alentours", "de"), "about"),
    (("moins", "de"), AT_MOST),
    (("moins", "d"), AT_MOST),
    (("au", "plus"), AT_MOST),
    (("au", "maximum"), AT_MOST),
    (("jusqu", "a"), AT_MOST),
)
_THEY, _WERE = frozenset({"nous", "ils", "elles", "on"}), frozenset({"etions", "etaient", "etait"})
_BETWEEN = word_set("de d des du bons bonnes bon petite petits seuls seules autres nouveaux personnes")
_LABEL = re.compile(r"[\s\u00a0]*[:;=\t–(-]?[\s\u00a0]*")
_MOST = 100_000


class Counted(NamedTuple):
    """A number of something: `tokens[first:last]`; `unit` is empty for what is no person."""

    first: int
    last: int
    number: int
    precision: str  # exact, about, at_least, or AT_MOST
    unit: str


def find_counts(prose: Prose, units: Lexicon, first: int, last: int) -> Iterator[Counted]:
    """Yield the numbers among tokens[first:last] that count people, towns or anything that the vocabulary knows."""
    named: dict[int, Hit] = {}
    for hit in prose.find(units, first, last):
        named.setdefault(hit.first, hit)
        if hit.last > named[hit.first].last:
            named[hit.first] = hit
    words = prose.tokens
    place = first
    while place < last:
        read = _bounded(prose, place, first, last)
        if read is None:
            place += 1
            continue
        begin, end, number, precision = read
        follow = end
        while follow < last and follow - end < 3 and follow not in named and words[follow].norm in _BETWEEN:
            follow += 1
        unit = named.get(follow) or (named.get(follow + 1) if follow + 1 < last else None)
        if unit is not None and not re.search(r"[.;:()]", prose.text[words[end - 1].end : words[unit.first].start]):
            yield Counted(begin, unit.last, number, precision, unit.code)
            place = unit.last
            continue
        were = begin - 1 - (begin > first and words[begin - 1].norm == "bien")  # « nous étions bien treize »
        if were > first and words[were].norm in _WERE and words[were - 1].norm in _THEY:
            yield Counted(begin, end, number, precision, "participants")
            place = end
            continue
        label = _labelled(prose, begin, first)
        if label is not None:
            yield Counted(label, end, number, precision, named[label].code if label in named else "participants")
        place = end


def _bounded(prose: Prose, place: int, first: int, last: int) -> tuple[int, int, int, str] | None:
    """Return where a number at this place and the words that bound it begin and end, the number, its precision."""
    read = _number(prose, place, last)
    if read is None:
        return None
    end, number, precision = read
    begin, said = _precision(prose, place, first)
    entre = place > first and prose.tokens[place - 1].norm == "entre"
    second = _second(prose, end, last, between=entre)
    if second is not None and second[1] > number:  # « entre 20 et 25 », « 15 à 20 »: that many at least
        return begin, second[0], number, "at_least"
    if end < last and prose.tokens[end].norm == "environ":
        return begin, end + 1, number, "about"
    return begin, end, number, said or precision


def _labelled(prose: Prose, place: int, first: int) -> int | None:
    """Return where « Nombre de participants : » or « Participants : » begins, just before a number."""
    words = prose.tokens
    if place - 1 < first or not _LABEL.fullmatch(prose.gap(place)):
        return None
    before = words[place - 1].norm
    if ":" in prose.gap(place) and words[first].norm in {"nombre", "effectif", "total"} and place - first <= 5:
        return first
    if before not in {"participants", "presents", "professionnels", "personnes", "inscrits", "presentes"}:
        return None
    if not re.search("[:(]", prose.gap(place)) and not (place >= first + 3 and words[place - 3].norm == "nombre"):
        return None
    return place - 1


def _second(prose: Prose, end: int, last: int, *, between: bool) -> tuple[int, int, str] | None:
    """Return the second number of « 15 à 20 », « 15-20 » or « entre 20 et 25 »; None without one."""
    if end >= last:
        return None
    if prose.tokens[end].norm == "a" or (between and prose.tokens[end].norm == "et"):
        return _number(prose, end + 1, last) if end + 1 < last else None
    return _number(prose, end, last) if prose.gap(end).strip() in {"-", "–"} else None


def _precision(prose: Prose, place: int, first: int) -> tuple[int, str]:
    words = prose.tokens
    for told, precision in _PRECISIONS:
        begin = place - len(told)
        if begin >= first and tuple(word.norm for word in words[begin:place]) == told:
            return begin, precision
    return place, ""


def _number(prose: Prose, place: int, last: int) -> tuple[int, int, str] | None:
    """Return where a number that begins here ends, what it is, and its precision."""
    words = prose.tokens
    word = words[place]
    if word.text.isdecimal():
        end, digits = place + 1, word.text
        while (
            end < last
            and len(words[end].text) == 3
            and words[end].text.isdecimal()
            and prose.gap(end) in {" ", "\u00a0", "\u202f", "."}
        ):
            digits += words[end].text
            end += 1
        if len(digits) > 6 or int(digits) > _MOST or (len(digits) == 4 and digits[:2] in {"19", "20"}):
            return None
        return end, int(digits), "exact"
    if word.norm in _ABOUT:
        return place + 1, _ABOUT[word.norm], "about"
    if word.norm in {"un", "une"} and place + 1 < last and words[place + 1].norm in _ABOUT:
        return place + 2, _ABOUT[words[place + 1].norm], "about"
    if word.norm in {"un", "une"}:
        return None
    return _in_words(prose, place, last)


def _in_words(prose: Prose, place: int, last: int) -> tuple[int, int, str] | None:
    """Return a number written in words: « vingt et un », « quatre-vingt-deux », « mille deux cents »."""
    words = prose.tokens
    end, total, read = place, 0, False
    while end < last and (end == place or prose.gap(end) in {" ", "-", "‑", "\u00a0"}):
        norm = words[end].norm
        if norm in {"vingt", "vingts"} and total % 100 == 4 and read:
            total += 76  # quatre-vingt
        elif norm in _TENS and total % 100 == 0:
            total += _TENS[norm]
        elif norm in {"cent", "cents"} and total % 1000 < 10:
            total += max(total % 1000, 1) * 100 - total % 1000
        elif norm == "mille" and total < 100:
            total = max(total, 1) * 1000
        elif norm in _UNITS and (not read or total % 10 == 0 or _UNITS[norm] == 10):
            total += _UNITS[norm]
        elif norm == "et" and read and end + 1 < last and words[end + 1].norm in {"un", "une", "onze"}:
            pass
        else:
            break
        read, end = True, end + 1
    return (end, total, "exact") if read and total else None
