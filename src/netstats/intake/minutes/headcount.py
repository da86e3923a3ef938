"""How many people were there, and the numbers beside it that count something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from netstats.intake.minutes.cues import MEETS
from netstats.intake.minutes.drafts import LIKELY, SURE, Count, Read, SetAside
from netstats.intake.minutes.numbers import Counted, find_counts
from netstats.intake.minutes.prose import Sentence
from netstats.intake.minutes.telling import Telling
from netstats.reference.vocabulary import Lexicon
from netstats.reference.words import word_set

_TELLS_PRESENCE = (*MEETS, "present", "gathered", "label")
# Those that may be people of any sort count only where the sentence tells of the meeting.
_ANY_PEOPLE = word_set("personnes agents representant representants maires adjoint adjoints invites collegues")
_LABEL = re.compile(r"^(?:nombre (?:de |d )?(?:participants|personnes|presents)|participants|effectif)\b")

# What makes a number that of those who were there, and how much of it is enough.
_NEAR, _EARLY, _DATED, _HELD, _OF_THE_TRADE = 2.0, 1.0, 1.5, 1.5, 1.0
_REGISTERED, _OF_ONE, _EXCUSED = -1.0, -1.5, -3.0
_ENOUGH, _PLAIN = 0.6, 3.0
_BELOW_A_LABEL = 4.0


def read_headcount(telling: Telling, units: Lexicon) -> tuple[Read[Count] | None, tuple[SetAside, ...]]:
    """Return how many people were there, and what counts something else."""
    prose = telling.prose
    found: list[tuple[float, Counted]] = list(_below_labels(telling))
    aside: list[SetAside] = []
    for sentence in telling.sentences:
        for counted in find_counts(prose, units, sentence.first, sentence.last):
            span = prose.span(counted.first, counted.last)
            near = _is_near(telling, sentence, counted)
            if not counted.unit:
                if near and telling.is_early(sentence):
                    aside.append(SetAside("headcount", span, "ne compte pas des personnes"))
            elif telling.is_aside(sentence):
                aside.append(SetAside("headcount", span, "autre réunion"))
            else:
                found.append((_weight(telling, sentence, counted, near=near), counted))
    found = [pair for pair in found if pair[0] > _ENOUGH]
    if not found:
        return None, tuple(aside)
    weight, counted = max(found, key=lambda pair: (pair[0], -pair[1].first))
    value = Count(counted.number, counted.precision, counted.unit)
    evidence = (prose.span(counted.first, counted.last),)
    return Read(value, evidence, SURE if weight >= _PLAIN else LIKELY), tuple(aside)


def _is_near(telling: Telling, sentence: Sentence, counted: Counted) -> bool:
    cues = telling.cues
    return cues.distance(_TELLS_PRESENCE, sentence, counted.first, counted.last, before=14, after=16) is not None


def _weight(telling: Telling, sentence: Sentence, counted: Counted, *, near: bool) -> float:
    prose, cues = telling.prose, telling.cues
    excused = cues.distance(("excused",), sentence, counted.first, counted.last, before=4, after=4) is not None
    if prose.tokens[counted.last - 1].norm in _ANY_PEOPLE:
        of_the_trade = -_OF_THE_TRADE if near else -2 * _OF_THE_TRADE
    else:
        of_the_trade = _OF_THE_TRADE
    return (
        _NEAR * near
        + _EARLY * telling.is_early(sentence)
        + _DATED * telling.is_dated(sentence)
        + _HELD * cues.has(("held",), sentence)
        + of_the_trade
        + _REGISTERED * (counted.unit == "inscrits")
        + _OF_ONE * prose.gap(counted.first).endswith("(")  # « Montpellier (2 pers.) »
        + _EXCUSED * excused
        - telling.depth(sentence) / 20
    )


def _below_labels(telling: Telling) -> Iterator[tuple[float, Counted]]:
    """Yield the numbers that stand on the line below « Nombre de participants »."""
    words = telling.prose.tokens
    for label, sentence in pairwise(telling.sentences):
        number = words[sentence.first].text
        is_number = sentence.last - sentence.first == 1 and number.isdecimal() and len(number) < 5
        if is_number and _LABEL.match(" ".join(word.norm for word in words[label.first : label.last])):
            yield _BELOW_A_LABEL, Counted(sentence.first, sentence.last, int(number), "exact", "participants")
