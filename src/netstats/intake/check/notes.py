"""What stands in parentheses beside the name of a territory, « Lille (excusé) »: who was there may hang on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from netstats.intake.near import place_label
from netstats.intake.questions import NONE, Option, Question, Topic
from netstats.intake.read.grids import quoted
from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Candidate, Gazetteer
from netstats.reference.names import KIND_WORDS, PARENTHESIS, with_article
from netstats.wording import NO_BREAK

NOT_COUNTED = "non"
"""The answer that a territory does not count: left out of a list, or its line refused."""

DENIES = re.compile(
    r"\b(?:(?:non|abs|exc)\b|pas\b(?! de calais| en artois)|excus|absen|invit|convie|confirm|reserve|desist|annul"
    r"|declin|refus|report|empech|indispo|attendu|prevue?s?\b|inscri)"
)
"""What makes it doubtful that a territory was there: it never lasts for the next file."""
_SAYS_NOTHING = re.compile(
    r"(?:en |par |via |a )?(?:visios?|visioconference|visio conference|distance|distanciel|ligne|presentiel|presence"
    r"|hybride|teams|zoom|webex|telephone|tel|audio|salle|mairie|prefecture)"
    r"|oui|ok|x|presente?s?|la|le|les|l|france"
    r"|(?:nouveau |nouvelle )?(?:membre|adherente?|siege|chef lieu|territoire)s?"
    r"|\d{5}|\d{9}"  # a postal code, or that of the territory
)
_PIECES = re.compile(r"[,;/+:]|\s[-–—]\s|\bet\b")


def doubtful_note(text: str, found: Sequence[Candidate], gazetteer: Gazetteer, regions: Mapping[str, str]) -> str:
    """Return what a name has in parentheses that tells neither where nor what it is; empty when there is no such.

    `found`: the territories that the whole text may mean; `regions`: code → name.
    """
    labels = (name for one in found for name in (one.name, place_label(one)) if "(" in name)
    if normalize(text) in map(normalize, labels):
        return ""
    names = {
        normalize(name) for one in found for name in (one.name, *(regions.get(code, "") for code in one.region_codes))
    }
    names.add(normalize(PARENTHESIS.sub(" ", text)))
    departments = {code for one in found for code in one.department_codes}

    def is_known(piece: str) -> bool:
        said = normalize(piece)
        if not said:  # « ? »
            return False
        if said in KIND_WORDS or _SAYS_NOTHING.fullmatch(said) or any(f" {said} " in f" {name} " for name in names):
            return True
        if piece.strip().isupper() and any(_shortens(said, name) for name in names):
            return True
        places = gazetteer.match(piece).candidates
        return any(not departments.isdisjoint(place.department_codes) for place in places)

    notes: list[str] = PARENTHESIS.findall(with_article(text))
    for note in notes:
        pieces = (note, *filter(str.strip, _PIECES.split(note)))
        if note.strip() and (DENIES.search(normalize(note)) or not (is_known(note) or all(map(is_known, pieces[1:])))):
            return note
    return ""


def says_nothing(text: str) -> bool:
    """Return whether what stands beside a name tells neither of another nor who was there: « visio »."""
    return _SAYS_NOTHING.fullmatch(normalize(text)) is not None


def _shortens(said: str, name: str) -> bool:
    """Return whether an acronym is that of a name: « Communauté urbaine d’Arras (CUA) »."""
    initials = iter("".join(word if word in {"ca", "cc", "cu"} else word[0] for word in name.split()))
    return len(said) > 1 and all(letter in initials for letter in said)


def counted_question(topic: Topic, text: str, note: str, choices: Sequence[Option]) -> Question:
    """Return the question whether a territory with such a note is to be counted, as one of these options."""
    lasts = not DENIES.search(normalize(note))
    return Question(
        topic,
        f"{quoted(text)} porte la mention {quoted(note)}. Faut-il compter ce territoire{NO_BREAK}?",
        (
            *(Option(one.code, f"Oui{NO_BREAK}: {one.label}", lasts) for one in choices if one.code != NONE),
            Option(NOT_COUNTED, f"Non{NO_BREAK}: ne pas le compter"),
        ),
        written=text,
    )
