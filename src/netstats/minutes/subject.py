"""Whether a text is about a meeting of one of our networks, and of which: only when it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from netstats.minutes.drafts import DOUBTFUL, LIKELY, SURE, Extracted, Span, Step, When
from netstats.minutes.facts import NETWORK_MEETING
from netstats.minutes.networks import NATIONAL, About, names_us
from netstats.minutes.prose import Prose, Sentence
from netstats.minutes.section_context import SectionContext

_NATIONAL_KINDS = frozenset({"assises", "assemblée générale", "groupe de travail", "webinaire", "atelier", "audition"})

_PLAIN_NETWORK = 2.0  # weight
_A_NETWORK = re.compile(
    r"\b(?:le|du|notre) réseau(?:[\s\u00a0]+régional)?[\s\u00a0]+(?:s[’']|se |a |avait |prévention)"
    r"|\bréseaux? régiona(?:l|ux)(?! d)"
    r"|\bréseaux? des (?:coordonnateurs|coordinateurs|professionnels de la prévention|directeurs)",
    re.IGNORECASE,
)
# Others too are called so.
_FORUM = re.compile(r"\b(?:[Ll]e|du)[\s\u00a0]+Forum\b(?![\s\u00a0]+[A-ZÀ-Þ])")


def read_network(
    section: SectionContext,
    ours: Step | None,
    about: About | None,
    here: Sequence[Span],
    kind: Extracted[str] | None,
    *,
    has_national: bool,
) -> tuple[Extracted[str] | None, Extracted[str] | None]:
    """Return the network, and the kind of the meeting, which may tell that it is national.

    `ours`: see `how_ours`. `about`: the network that the text names, or that the places of those present (`here`) tell,
    its `last` then 0.
    """
    named = section.prose.span(about.first, about.last) if about and about.last else None
    is_regional = about is not None and about.code != NATIONAL
    if about is not None and named is not None and (ours or (is_regional and about.weight >= _PLAIN_NETWORK)):
        at = next(one for one in section.prose.sentences if one.first <= about.first < one.last)
        step = SURE if about.is_named else LIKELY if ours == SURE else DOUBTFUL
        step = step if _tells(section, at) else DOUBTFUL
        if kind is not None and kind.evidence == (named,):
            kind = replace(kind, step=min(kind.step, step))
        return Extracted(about.code, (named,), step), kind
    if kind is not None and kind.value in _NATIONAL_KINDS and has_national and ours:
        return Extracted(NATIONAL, kind.evidence, min(ours, LIKELY)), kind
    if about is None and ours and not here and has_national:
        gathering = next((one for one in section.own if _gathers(section, one)), None)
        if gathering is not None:  # « Le Forum a réuni 120 élus »
            return Extracted(NATIONAL, (gathering.span,), DOUBTFUL), kind
    if about is None or named is not None or not ours:
        # A meeting of others, for all that the text says: somebody chooses the network, or none.
        return None, kind if kind is not None and kind.value != NETWORK_MEETING else None
    return Extracted(about.code, tuple(here), DOUBTFUL), kind or Extracted(NETWORK_MEETING, tuple(here[:1]), DOUBTFUL)


def is_one_sentence(section: SectionContext, network: Extracted[str] | None, when: Extracted[When] | None) -> bool:
    """Return whether one sentence says surely that a network met on a day."""
    if network is None or when is None or network.step < LIKELY or when.step < SURE:
        return False
    abouts = section.document.abouts
    return when.value.precision == "day" and any(
        section.cues.has(("held",), sentence)
        and not section.is_denied(sentence)
        and any(
            about.code == network.value and (about.is_named or names_us(section.prose, sentence))
            for about in abouts[sentence]
        )
        and any(sentence.start <= span.start and span.end <= sentence.end for span in when.evidence)
        for sentence in section.own
    )


def _gathers(section: SectionContext, sentence: Sentence) -> bool:
    """Return whether a sentence says on which day the Forum gathered people."""
    named = names_us(section.prose, sentence) or _names_the_forum(section.prose, sentence)
    return named and section.is_dated(sentence) and section.tells(sentence, "gathered")


def _tells(section: SectionContext, sentence: Sentence) -> bool:
    """Return whether a sentence tells the meeting: by its date, as a heading, or by words of those who meet."""
    if section.prose.text[sentence.end - 1] == "?":
        return False
    told = section.is_dated(sentence) or section.is_heading(sentence)
    return told or section.tells(sentence, "present", "gathered")


def how_ours(section: SectionContext) -> Step | None:
    """Return how surely a part of a text is about a meeting of the FFSU's; None when it does not name it at all."""
    prose, abouts = section.prose, section.document.abouts
    telling = [sentence for sentence in section.own if _tells(section, sentence)]
    if any(names_us(prose, sentence) for sentence in telling):
        return SURE
    spoken = any(_names_the_forum(prose, sentence) or _names_a_network(prose, sentence) for sentence in telling)
    named = spoken or names_us(prose) or any(about.is_named for found in abouts.values() for about in found)
    return DOUBTFUL if named else None


def _names_a_network(prose: Prose, sentence: Sentence) -> bool:
    """Return whether a sentence speaks of a network as ours are spoken of: « le réseau s’est réuni »."""
    return _A_NETWORK.search(prose.text, sentence.start, sentence.end) is not None


def _names_the_forum(prose: Prose, sentence: Sentence) -> bool:
    """Return whether a sentence names « le Forum »: ours, perhaps."""
    return _FORUM.search(prose.text, sentence.start, sentence.end) is not None
