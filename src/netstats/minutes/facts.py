"""What minutes tell of the meeting as such: its format, its kind, who could come, whether it was held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from netstats.minutes.cues import MEETS, Cue
from netstats.minutes.date_mentions import CANCELLED, NEXT
from netstats.minutes.drafts import DOUBTFUL, LIKELY, PLAIN, SURE, Extracted, Span
from netstats.minutes.prose import Sentence
from netstats.minutes.section_context import SectionContext
from netstats.reference.vocabulary import Hit, Lexicon, uncovered
from netstats.reference.words import word_set

NETWORK_MEETING = "réunion de réseau"
ON_SITE, ONLINE, HYBRID = "présentiel", "visioconférence", "hybride"

_LABELS = word_set("format forme lieu modalite modalites mode outil")
# What is said to be online, or kept for members, without being the meeting.
_PAPERS = word_set(
    "espace replay support document documents page intranet extranet plateforme note video enregistrement guide "
    "permanence permanences consultation consultations service services accueil ecoute creneau signalement formulaire"
)
_OF_SERVICES = frozenset({"en ligne", "a distance"})  # said of more than meetings
_OF_MEETINGS = frozenset(
    {"par ecran interpose", "par ecrans interposes", "ecrans interposes", "connexions ont", "lien de connexion"}
    | {"liaison video", "salle virtuelle", "derriere son ecran", "derriere leur ecran", "derriere leurs ecrans"}
)
_AND_ONLINE = re.compile(r"[\s\u00a0]*,?[\s\u00a0]*(?:et|ou|comme)[\s\u00a0]+(?:en[\s\u00a0]+)?")
_OURS = re.compile(r"\b(?:FFSU|Forum)\b")
_LEAST, _LEAST_IN_OPENING, _PLAIN = 2.0, 1.0, 3.0  # weights of words that tell a format
_TOGETHER = 250  # characters between « en salle » and « à distance » of one meeting
_BESIDE = 200  # characters between a place and « en visioconférence »
_VALUE, _SHORT, _LONGEST_TITLE = 2, 16, 25  # words
_NO_KIND, _LEAST_OF_A_KIND = 1.0, 2.0
_REGIONAL = 0.6  # « réunion du réseau » says less of a kind than « atelier du réseau »


class _Weighed(NamedTuple):
    weight: float
    span: Span


# --- format


def read_format(
    section: SectionContext, formats: Lexicon, place: Extracted[str] | None, least: float = _LEAST
) -> Extracted[str] | None:
    """Return how people met; a meeting with a place and no word of a screen was on site.

    Words that weigh less than `least` are about something else: « des permanences en ligne ».
    """
    found: dict[str, list[_Weighed]] = defaultdict(list)
    for sentence in section.own:
        for hit, weight in _formats_in(section, formats, sentence):
            words = " ".join(word.norm for word in section.prose.tokens[hit.first : hit.last])
            opens = section.depth(sentence) <= 1 and words not in _OF_SERVICES
            weighed = _Weighed(weight, section.prose.span(hit.first, hit.last))
            is_enough = weight >= (_LEAST_IN_OPENING if opens else least)
            if is_enough or words in _OF_MEETINGS or _is_labelled(section, sentence, hit):
                found[hit.code].append(weighed)
    if HYBRID in found:
        return Extracted(HYBRID, tuple(one.span for one in found[HYBRID][:2]))
    online, on_site = (max(found[code], default=None) for code in (ONLINE, ON_SITE))
    if online and on_site:
        return _both(online, on_site, place)
    if online:
        return _online(section, online, place)
    if on_site:
        return Extracted(ON_SITE, (on_site.span,), SURE if on_site.weight >= _PLAIN else LIKELY)
    return Extracted(ON_SITE, place.evidence, SURE if place.step == PLAIN else LIKELY) if place else None


def _formats_in(section: SectionContext, formats: Lexicon, sentence: Sentence) -> Iterator[tuple[Hit, float]]:
    """Yield the words of a sentence that tell a format, and how clearly they tell that of the meeting."""
    prose, cues = section.prose, section.cues
    published = list(cues.inside(("published",), sentence.first, sentence.last))  # « mis en ligne »
    telling_cues = list(cues.inside((*MEETS, "present", "host"), sentence.first, sentence.last))
    weight = (
        2.0 * section.is_dated(sentence)
        + 1.0 * section.is_heading(sentence)
        + 1.0 * section.is_early(sentence)
        - section.depth(sentence) / 50
    )
    for hit in prose.find(formats, sentence.first, sentence.last):
        inside = any(_overlap(cue, hit) for cue in published)
        # « un webinaire viendra » says of itself that it is one, not that people met.
        alone = sentence.last - sentence.first <= _VALUE
        tells = alone or section.is_dated(sentence) or any(not _overlap(cue, hit) for cue in telling_cues)
        if not inside and not _is_of_papers(section, sentence, hit.first):
            yield hit, weight + 1.5 * tells


def _overlap(cue: Cue, hit: Hit) -> bool:
    return cue.first < hit.last and hit.first < cue.last


def _both(online: _Weighed, on_site: _Weighed, place: Extracted[str] | None) -> Extracted[str]:
    near = abs(online.span.start - on_site.span.start) < _TOGETHER
    if near or (place is not None and place.step >= LIKELY):
        return Extracted(HYBRID, (on_site.span, online.span), LIKELY)
    clearer = ONLINE if online.weight > on_site.weight else ON_SITE
    return Extracted(clearer, ((online if clearer == ONLINE else on_site).span,), DOUBTFUL)


def _online(section: SectionContext, online: _Weighed, place: Extracted[str] | None) -> Extracted[str]:
    if place is not None:
        at = place.evidence[0]
        if _AND_ONLINE.fullmatch(section.prose.text[at.end : online.span.start]):
            return Extracted(HYBRID, (at, online.span), LIKELY)  # « Toulouse et en visioconférence »
        if place.step >= LIKELY and abs(at.start - online.span.start) < _BESIDE:
            return Extracted(HYBRID, (at, online.span), DOUBTFUL)
    return Extracted(ONLINE, (online.span,), SURE if online.weight >= _PLAIN else LIKELY)


def _is_labelled(section: SectionContext, sentence: Sentence, hit: Hit) -> bool:
    words = section.prose.tokens[sentence.first : min(hit.first, sentence.first + 3)]
    return any(word.norm in _LABELS for word in words)


def _is_of_papers(section: SectionContext, sentence: Sentence, first: int) -> bool:
    """Return whether words say of a document what could be said of a meeting: « l’espace réservé aux adhérents »."""
    words = section.prose.tokens[max(sentence.first, first - 4) : first]
    return any(word.norm in _PAPERS for word in words)


# --- kind


def read_kind(section: SectionContext, kinds: Lexicon, about: Span | None) -> Extracted[str] | None:
    """Return the kind of meeting; that of a regional network when the text does not say it (`about`: its name)."""
    scores: dict[str, float] = defaultdict(float)
    where: dict[str, Span] = {}
    for sentence in section.own:
        weight = _weight_of_kind(section, sentence)
        for hit in uncovered(section.prose.find(kinds, sentence.first, sentence.last)):
            if hit.code != NETWORK_MEETING and weight < _LEAST_OF_A_KIND:
                continue  # « des ateliers de sensibilisation » are no meeting
            scores[hit.code] += weight * (_REGIONAL if about and hit.code == NETWORK_MEETING else 1.0)
            where.setdefault(hit.code, section.prose.span(hit.first, hit.last))
    kind = max(scores, key=lambda name: scores[name], default="")
    if not kind or scores[kind] < _NO_KIND:
        return Extracted(NETWORK_MEETING, (about,), LIKELY) if about else None
    return Extracted(kind, (where[kind],), SURE if scores[kind] >= _PLAIN else LIKELY)


def _weight_of_kind(section: SectionContext, sentence: Sentence) -> float:
    depth = section.depth(sentence)
    ours = depth <= 1 and _OURS.search(section.prose.text, sentence.start, sentence.end) is not None
    is_title = depth == 0 and sentence.last - sentence.first <= _LONGEST_TITLE
    heads = depth <= 2 and (is_title or section.is_heading(sentence))
    weight = 0.5 + 1.5 * ours + 2.0 * heads + 1.0 * is_title
    weight += 1.5 * section.cues.has(("held",), sentence) + 2.0 * section.is_dated(sentence)
    return weight / (1 + max(0, depth - 2) / 2)


# --- openness, status


def read_openness(section: SectionContext) -> Extracted[bool] | None:
    """Return whether the meeting was open to territories that are no members."""
    for sentence in section.own:
        short = sentence.last - sentence.first <= _SHORT
        if not (short or section.depth(sentence) <= 2 or section.tells(sentence, "present", "gathered")):
            continue
        for role, value in (("closed", False), ("open", True)):
            for cue in section.cues.inside((role,), sentence.first, sentence.last):
                if not _is_of_papers(section, sentence, cue.first):
                    return Extracted(value, (section.prose.span(cue.first, cue.last),), SURE)
    return None


def read_status(section: SectionContext, *, is_held: bool) -> Extracted[str]:
    """Return whether the meeting was held (which a date or somebody present says), is announced or was cancelled."""
    held = next(_spans(section, "held", "present"), section.sentences[0].span)
    if is_held:
        return Extracted("held", (held,), SURE)
    for status, role in (("cancelled", CANCELLED), ("announced", NEXT)):
        said = next(_spans(section, role), None)
        if said is not None:
            return Extracted(status, (said,), LIKELY)
    return Extracted("held", (held,), DOUBTFUL)


def _spans(section: SectionContext, *roles: str) -> Iterator[Span]:
    """Yield the words that play some roles; where others tell that it was held, those of other meetings are none."""
    for sentence in section.sentences:
        if section.document.heading_roles[sentence.block] or ("held" in roles and section.is_aside(sentence)):
            continue
        for cue in section.cues.inside(roles, sentence.first, sentence.last):
            yield section.prose.span(cue.first, cue.last)
