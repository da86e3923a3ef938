"""What stands beside the name of a territory, « Lille (excusé) », « Laon ? »: who was there may hang on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from netstats.intake.near import place_label
from netstats.intake.questions import NONE, Option, Question, Topic
from netstats.intake.read.grids import quoted
from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Candidate, Gazetteer
from netstats.reference.names import KIND_WORDS, PARENTHESIS, with_article
from netstats.wording import NO_BREAK

NOT_COUNTED = "non"
"""The answer that a territory does not count: left out of a list, or its line refused."""

NOT_THERE, CALLED_OFF = "excus|absen", "annul|report"
"""How words begin that say, once folded, that somebody was not there, or that a meeting was not held."""
DENIES = re.compile(
    rf"\b(?:(?:non|abs|exc)\b|pas\b(?! de calais| en artois)|{NOT_THERE}|{CALLED_OFF}|invit|convie|confirm|reserve"
    r"|desist|declin|refus|empech|indispo|attendu|prevue?s?\b|inscri|entre parenthes)"
)
"""What makes it doubtful that a territory was there: it never lasts for the next file."""
_SAYS_NOTHING = re.compile(
    r"(?:en |par |via |a )?(?:visios?|visioconference|visio conference|distance|distanciel|ligne|presentiel|presence"
    r"|hybride|teams|zoom|webex|telephone|tel|audio|salle|mairie|prefecture)"
    r"|oui|ok|x|presente?s?|la|le|les|l|france"
    r"|(?:nouveau |nouvelle )?(?:membre|adherente?|siege|chef lieu|territoire)s?"
    r"|\d{5}|\d{9}"  # a postal code, or that of the territory
)
_BRACKETS = str.maketrans("[]{}", "()()")
_MARKS = frozenset("?!*#%@†‡¿‽‼")
"""What tells something of a name; so do the signs of Unicode, but for these."""
_NO_MARKS = frozenset("✓✔✅☑■▪▸►▶➢➤➔→°º`´¨")
_NONE_THERE = re.compile(r"(?<!\w)[Øø](?!\w)")
_MINUS = re.compile(r"\s*[-–—−○□]")
_PIECES = re.compile(r"[,;/+:]|\s[-–—]\s|\bet\b")


def with_notes(text: str) -> str:
    """Return a name with what marks it as a note: « Laon ? » → « Laon (?) », « [Lens] » → « Lens (entre parenthèses) ».

    Signs inside a word are no marks, nor those of a list: « ✓ Lille ».
    """
    plain = text.translate(_BRACKETS)
    around = PARENTHESIS.sub(lambda found: " " * len(found[0]), plain)
    is_within = not re.search(r"\w", around) or "(" in around or ")" in around
    if is_within and re.search(r"\w", plain):
        return f"{' '.join(re.sub('[()]', ' ', plain).split())} (entre parenthèses)"
    places = {found.start() for found in _NONE_THERE.finditer(around)}
    if minus := _MINUS.match(around):
        places.add(minus.end() - 1)
    for place, sign in enumerate(around):
        is_mark = sign in _MARKS or (unicodedata.category(sign)[0] == "S" and sign not in _NO_MARKS)
        if is_mark and not (around[:place][-1:].isalnum() and around[place + 1 :][:1].isalnum()):
            places.add(place)
    if not places:
        return plain
    name = "".join(" " if place in places else sign for place, sign in enumerate(plain))
    signs = "".join(dict.fromkeys(plain[place] for place in sorted(places)))
    return f"{' '.join(name.split())} ({signs})"


def doubtful_note(text: str, found: Sequence[Candidate], gazetteer: Gazetteer, regions: Mapping[str, str]) -> str:
    """Return what a name has in parentheses that tells neither where nor what it is; empty when there is no such.

    `found`: the territories that the whole text may mean; `regions`: code → name.
    """
    notes: list[str] = PARENTHESIS.findall(with_article(text))
    if sign := next((note for note in notes if note.strip() and not normalize(note)), ""):  # « ? »
        return sign
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
        if said in KIND_WORDS or _SAYS_NOTHING.fullmatch(said) or any(f" {said} " in f" {name} " for name in names):
            return True
        if piece.strip().isupper() and any(_shortens(said, name) for name in names):
            return True
        places = gazetteer.match(piece).candidates
        return any(not departments.isdisjoint(place.department_codes) for place in places)

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
    said = normalize(note)
    lasts = bool(said) and not DENIES.search(said)
    return Question(
        topic if said else replace(topic, subject=f"{topic.subject} mention"),
        f"{quoted(text)} porte la mention {quoted(note)}. Faut-il compter ce territoire{NO_BREAK}?",
        (
            *(Option(one.code, f"Oui{NO_BREAK}: {one.label}", lasts) for one in choices if one.code != NONE),
            Option(NOT_COUNTED, f"Non{NO_BREAK}: ne pas le compter"),
        ),
        written=text,
    )
