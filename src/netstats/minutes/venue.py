"""Where people met: the town that received them, or that stands beside the date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from netstats import wording
from netstats.minutes.cues import MEETS
from netstats.minutes.drafts import DOUBTFUL, LIKELY, PLAIN, SURE, Extracted, Span, Step
from netstats.minutes.places import Named, Names
from netstats.minutes.prose import Sentence
from netstats.minutes.section_context import SectionContext
from netstats.reference.words import word_set

_SEAT = re.compile(r"\bsiège[\s\u00a0](?:du[\s\u00a0]FFSU|du[\s\u00a0]Forum|de[\s\u00a0]l[’']association)", re.I)
_KIND_OF_TOWN = re.compile(r"^(?:la |le |les )?(?:ville|mairie|commune|municipalité)s? (?:de |d[’']|du |des )", re.I)
_MORNING, _AFTERNOON = re.compile(r"\bmatin(?:ée)?\b"), re.compile(r"\baprès-midi\b")
_PAUSE = re.compile(r"[,.;:]")
_VENUE = re.compile(
    r"\b(?:[Mm]aison|[Pp]alais|[Ee]space|[Cc]entre|[Hh]ôtel|[Cc]ité|[Mm]édiathèque)[ \u00a0]"
    r"(?:(?:de la|des|du|de l[’']|d[’']|de)[ \u00a0]?)?[\w-]+(?:[ \u00a0][A-ZÀ-Þ][\w’-]+)*"
)
_ALONE = re.compile(r"[,:;(–—-]\s")
_VENUES = word_set("palais hotel maison espace salle centre theatre campus couvent musee chateau parc")
_AT = {"a": "", "depuis": "", "au": "Le ", "aux": "Les "}  # « au Creusot » is « Le Creusot »
_LONGEST_LABELLED = 16  # words of « Lieu : … »
_INTRODUCTION = 3  # blocks
_ONE_NAME = 5  # words: « Reims. »
_FEW_TOWNS = 2  # in a heading that tells where

# What makes a town the place of the meeting, and how much of it is enough.
_LABELLED, _RECEIVES, _BESIDE, _DATED, _MET, _IN_HEADING = 5.0, 4.0, 3.0, 1.5, 2.0, 1.7
_INSIDE = 2.0  # « au couvent des Jacobins de Rennes »
_AN_ACTION = 2.5  # « À Pau, trente établissements … »: where something is done
_IS_TOWN = 1.5  # rather than its agglomeration
_ALONE_LABELLED, _ALONE_DATED, _ALONE_IN_HEADING = 6.0, 4.0, 3.0
_ENOUGH, _PLAIN, _TWICE = 2.0, 4.5, 6.0
_SMALLEST_ALONE = 5_000  # inhabitants of a town that stands in a heading without « à »


class _Found(NamedTuple):
    weight: float
    town: str
    span: Span
    is_alone: bool = False
    is_town: bool = True

    @property
    def step(self) -> Step:
        """How it is told; nobody meets in an agglomeration."""
        return PLAIN if self.weight >= _TWICE and self.is_town else SURE if self.weight >= _PLAIN else LIKELY


def read_place(section: SectionContext, names: Names, present: Collection[Span] = ()) -> Extracted[str] | None:
    """Return where people met; a town that stands alone among those `present` is none."""
    found = [
        one
        for sentence in section.own
        for one in _in(section, names, sentence)
        if one.weight >= _ENOUGH and not (one.is_alone and one.span in present)
    ]
    if found:
        best = max(found)
        several = {
            one.town: one.span
            for sentence in section.own
            if _tells_one_of_several(section, sentence)
            for one in found
            if sentence.start <= one.span.start < sentence.end
        }
        if len(several) > 1 and best.town in several:
            return Extracted(wording.listing(several), tuple(several.values()), LIKELY)
        return Extracted(best.town, (best.span,), best.step)
    seats = (_SEAT.search(section.prose.text, one.start, one.end) for one in section.own)
    seat = next((found for found in seats if found), None)
    if seat:
        return Extracted("siège du FFSU", (Span(*seat.span()),), LIKELY)
    dated = (one for one in section.own if section.is_dated(one) and section.is_early(one))
    venues = (_VENUE.search(section.prose.text, one.start, one.end) for one in dated)
    venue = next((found for found in venues if found), None)
    return Extracted(venue[0], (Span(*venue.span()),), DOUBTFUL) if venue else None


def _tells_one_of_several(section: SectionContext, sentence: Sentence) -> bool:
    """Return whether a sentence tells where a session was, or half a day: « à Blois le matin, puis à Vierzon »."""
    text = section.prose.text
    if section.is_dated(sentence) and section.cues.has(("second",), sentence):
        return True
    morning = _MORNING.search(text, sentence.start, sentence.end)
    return morning is not None and _AFTERNOON.search(text, morning.end(), sentence.end) is not None


def _in(section: SectionContext, names: Names, sentence: Sentence) -> Iterator[_Found]:
    """Yield the towns of a sentence that may be the place."""
    words = section.prose.tokens
    labelled = words[sentence.first].norm in {"lieu", "ou"} and sentence.last - sentence.first <= _LONGEST_LABELLED
    heading, dated = section.is_heading(sentence), section.is_dated(sentence)
    told = (section.tells(sentence) or dated) and section.is_early(sentence)
    opening = section.depth(sentence) <= _INTRODUCTION and sentence.last - sentence.first <= _ONE_NAME
    if not (labelled or heading or told or opening or section.cues.has(("host",), sentence)):
        return
    for named in names.mentioned(sentence.first, sentence.last):
        weight = _LABELLED if labelled else _weight(section, sentence, named)
        if weight > 0:
            is_town = len(named.mention.code) == 5
            weight += _IS_TOWN * is_town - sentence.block / 100
            article = _AT.get(words[named.first - 1].norm, "") if named.first > sentence.first else ""
            yield _Found(weight, article + _town(named), named.mention.evidence[0], is_town=is_town)
    dateline = names.dateline(sentence) if section.depth(sentence) <= _INTRODUCTION else None
    if dateline is not None:  # « NICE. — La salle était comble »
        yield _Found(_ALONE_DATED, _town(dateline), dateline.mention.evidence[0])
    if labelled or (heading and (dated or section.depth(sentence) <= 4)):
        yield from _alone(section, names, sentence, labelled=labelled)


def _weight(section: SectionContext, sentence: Sentence, named: Named) -> float:
    """Return how clearly a town is where people met; nil for one that is not."""
    cues, words = section.cues, section.prose.tokens
    first, last = named.first, named.last
    heading, dated = section.is_heading(sentence), section.is_dated(sentence)
    if words[first].norm in _VENUES:
        return 0.0
    if first == sentence.first and _is_beside_date(section, sentence, named):
        return _RECEIVES  # « Montpellier, 6 juin 2023. »
    partner = cues.distance(("partner",), sentence, first, last, before=2, after=0) is not None
    if partner and not cues.has(("host",), sentence) and not section.tells(sentence):
        return 0.0  # « Le 12 novembre, une addictologue du CHU de Nantes … »
    before = words[first - 1].norm if first > sentence.first else ""
    host = cues.distance(("host",), sentence, first, last, before=3, after=3)
    if host is not None and ((sentence.block <= 3 and host <= 1) or dated or heading or section.tells(sentence)):
        return _RECEIVES + (before in _AT)
    if before not in _AT:
        near = {word.norm for word in words[_after_comma(section, sentence, first) : first]}
        received = cues.distance(("host",), sentence, first, last, before=8, after=0) is not None
        inside = before in {"de", "d"} and section.is_early(sentence) and bool(near & {"au", "a", "dans"})
        return _INSIDE if inside and (dated or received) else 0.0
    met = cues.distance((*MEETS, "next") if dated else MEETS, sentence, first, last, before=16, after=6) is not None
    weight = (_MET + _DATED * dated) * met + _IN_HEADING * heading + _BESIDE * _is_beside_date(section, sentence, named)
    opens = first == sentence.first + 1 and not dated and not heading
    lent = section.depth(sentence) <= 2 and cues.has(("host",), sentence)  # « le musée, à Bordeaux, avait ouvert … »
    return max(weight, _INSIDE * lent) - _AN_ACTION * opens


def _after_comma(section: SectionContext, sentence: Sentence, first: int) -> int:
    """Return the first of the words that lead to a name without a comma: « au couvent des Jacobins de Rennes »."""
    start = first
    while start > max(sentence.first, first - 10) and not _PAUSE.search(section.prose.gap(start)):
        start -= 1
    return start


def _is_beside_date(section: SectionContext, sentence: Sentence, named: Named) -> bool:
    """Return whether « à Lille » stands beside the date of the meeting."""
    if not section.is_dated(sentence):
        return False
    for mention in section.document.dates_in(sentence):
        begin, end = section.prose.words(*mention.dated.span)
        if 0 <= begin - named.last <= 2 or 0 <= named.first - end <= 2:
            return True
    return False


def _alone(section: SectionContext, names: Names, sentence: Sentence, *, labelled: bool) -> Iterator[_Found]:
    """Yield the towns that stand alone in a heading, or after « Lieu : »."""
    if section.cues.has(("present", "label", "excused"), sentence) and not labelled:
        return
    listed = [one for one in names.listed(sentence.first, sentence.last) if one.is_known]
    dated = section.is_dated(sentence)
    for named in listed if labelled or len(listed) <= _FEW_TOWNS else ():
        is_town = len(named.mention.code) == 5 and (labelled or named.population >= _SMALLEST_ALONE)
        apart = named.first == sentence.first or _ALONE.search(section.prose.gap(named.first)) is not None
        abouts = section.document.abouts[sentence]
        is_region = any(about.first < named.last and named.first < about.last for about in abouts)
        if is_town and (apart or labelled) and not is_region:
            weight = _ALONE_LABELLED if labelled else _ALONE_DATED if dated else _ALONE_IN_HEADING
            yield _Found(weight - named.first / 1000, _town(named), named.mention.evidence[0], not labelled)


def _town(named: Named) -> str:
    """Return a town without the words that told its kind: « la ville de Lille » → « Lille »."""
    text = re.sub(r"\s*\(.*\)$", "", named.mention.written)
    return _KIND_OF_TOWN.sub("", text.title() if text.isupper() else text)
