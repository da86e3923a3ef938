"""How many people were there, and the numbers beside it that count something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from netstats.minutes.cues import MEETS
from netstats.minutes.drafts import DOUBTFUL, LIKELY, SURE, Count, Extracted, SetAside, Span
from netstats.minutes.numbers import AT_MOST, Counted, find_counts
from netstats.minutes.prose import Sentence
from netstats.minutes.section_context import SectionContext
from netstats.reference.vocabulary import Lexicon
from netstats.reference.words import word_set

_TELLS_PRESENCE = (*MEETS, "present", "gathered", "label")
# Those that may be people of any sort count only where the sentence tells of the meeting.
_ANY_PEOPLE = word_set("personnes agents representant representants maires adjoint adjoints invites collegues")
_LABEL = re.compile(r"^(?:nombre (?:de |d )?(?:participants|personnes|presents)|participants|effectif)\b")

# After a number of people, another one: « 8 professionnels sur place et 12 … », « dix coordonnateurs et cinq … ».
_S = r"[\s\u00a0]+"
_GOES_ON = re.compile(
    rf"(?:{_S}(?:sur place|en salle|en présentiel|en visio(?:conférence)?|à distance|en ligne))?,?{_S}et{_S}"
    rf"(?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|une?{_S}\w+aine)(?!\w)"
    rf"(?!{_S}(?:villes|communes|collectivités|territoires|agglomérations|intercommunalités|départements|CISPD|métropoles))",
    re.IGNORECASE,
)

# What makes a number that of those who were there, and how much of it is enough.
_NEAR, _EARLY, _DATED, _HELD, _OF_THE_TRADE = 2.0, 1.0, 1.5, 1.5, 1.0
_REGISTERED, _OF_ONE, _EXCUSED, _FOR = -1.0, -1.5, -3.0, -3.0
_ENOUGH, _PLAIN = 0.6, 3.0
_BELOW_A_LABEL = 4.0


def read_headcount(section: SectionContext, units: Lexicon) -> tuple[Extracted[Count] | None, tuple[SetAside, ...]]:
    """Return how many people were there, and what counts something else."""
    prose = section.prose
    found: list[tuple[float, Counted]] = list(_below_labels(section))
    aside: list[SetAside] = []
    for sentence in section.sentences:
        for counted in find_counts(prose, units, sentence.first, sentence.last):
            span = prose.span(counted.first, counted.last)
            near = _is_near(section, sentence, counted)
            if not counted.unit:
                if near and section.is_early(sentence):
                    aside.append(SetAside("headcount", span, "ne compte pas des personnes"))
            elif section.is_aside(sentence):
                aside.append(SetAside("headcount", span, "autre réunion"))
            else:
                found.append((_weight(section, sentence, counted, near=near), counted))
    bounds = [counted for weight, counted in found if weight > _ENOUGH and counted.precision == AT_MOST]
    aside += [SetAside("headcount", prose.span(one.first, one.last), "n’est qu’un maximum") for one in bounds]
    found = [pair for pair in found if pair[1].precision != AT_MOST]
    found = [pair for pair in found if pair[0] > _ENOUGH]
    if not found:
        return None, tuple(aside)
    weight, counted = max(found, key=lambda pair: (pair[0], -pair[1].first))
    span, step = prose.span(counted.first, counted.last), SURE if weight >= _PLAIN else LIKELY
    goes_on = _GOES_ON.match(prose.text, span.end)
    if goes_on:  # « dix coordonnateurs et cinq élus », « 8 sur place et 12 en visio »: how many in all is to be asked
        span, step = Span(span.start, goes_on.end()), DOUBTFUL
    return Extracted(Count(counted.number, counted.precision, counted.unit), (span,), step), tuple(aside)


def _is_near(section: SectionContext, sentence: Sentence, counted: Counted) -> bool:
    cues = section.cues
    return cues.distance(_TELLS_PRESENCE, sentence, counted.first, counted.last, before=14, after=16) is not None


def _weight(section: SectionContext, sentence: Sentence, counted: Counted, *, near: bool) -> float:
    prose, cues = section.prose, section.cues
    excused = cues.distance(("excused",), sentence, counted.first, counted.last, before=4, after=4) is not None
    if prose.tokens[counted.last - 1].norm in _ANY_PEOPLE:
        of_the_trade = -_OF_THE_TRADE if near else -2 * _OF_THE_TRADE
    else:
        of_the_trade = _OF_THE_TRADE
    return (
        _NEAR * near
        + _EARLY * section.is_early(sentence)
        + _DATED * section.is_dated(sentence)
        + _HELD * cues.has(("held",), sentence)
        + of_the_trade
        + _REGISTERED * (counted.unit == "inscrits")
        + _OF_ONE * prose.gap(counted.first).endswith("(")  # « Montpellier (2 pers.) »
        + _EXCUSED * excused
        + _FOR * _is_for(section, sentence, counted)
        - section.depth(sentence) / 20
    )


def _is_for(section: SectionContext, sentence: Sentence, counted: Counted) -> bool:
    """Return whether something was done for people: « une formation pour 40 agents », not « 23 inscrits pour 17 … »."""
    words = section.prose.tokens[sentence.first : counted.first]
    return (
        len(words) > 1 and words[-1].norm == "pour" and words[-2].norm not in {"inscrits", "inscrites", "inscriptions"}
    )


def _below_labels(section: SectionContext) -> Iterator[tuple[float, Counted]]:
    """Yield the numbers that stand on the line below « Nombre de participants »."""
    words = section.prose.tokens
    for label, sentence in pairwise(section.sentences):
        number = words[sentence.first].text
        is_number = sentence.last - sentence.first == 1 and number.isdecimal() and len(number) < 5
        if is_number and _LABEL.match(" ".join(word.norm for word in words[label.first : label.last])):
            yield _BELOW_A_LABEL, Counted(sentence.first, sentence.last, int(number), "exact", "participants")
