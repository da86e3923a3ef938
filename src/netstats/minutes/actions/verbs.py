"""The verbs of a clause that do something: « a recruté », « organise », « continue de tenir »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from netstats.minutes.actions.clauses import AUXILIARIES, OPENING, PARTICIPLE, PREPOSITIONS, Clause
from netstats.reference.vocabulary import Hit
from netstats.reference.words import word_set

LINKS = word_set("et ou puis")

_BEFORE_NOUN = word_set(
    "le la les l un une des du de d ce cette ces cet son sa ses leur leurs au aux en par pour sur sans avec "
    "chaque tout toute toutes tous à nos notre quel quelle dans sous chez vers"
)
# « étendre », « conduire », not « mesure », « gère » or « délivre »
_INFINITIVE = re.compile(r"(?:er|ir|[nr]dre|ettre|attre|aître|uire|(?:d|l|cr)ire|faire|suivre|clure|ompre)$")
_PRESENT = re.compile(r"(?:[^éaiou]e|ent|[dt])$")
_SUBJECT = 25  # characters before a territory that is the subject: « L’agglomération de Lens »
_ADVERBS = word_set("desormais aussi egalement enfin ensuite elle")
_NOT_DOING = ("idle", "problem", "wish", "presence", "telling", "topic", "about")
_ARTICLES = word_set("un une des deux trois quatre son sa ses leur leurs la les l")
# « a présenté sa cellule », not « a présenté la loi »
_ITS_OWN = word_set("son sa ses leur leurs un une")


class Verb(NamedTuple):
    """A verb that does something: tokens first to last, and whether its subject is what is done (« a été créée »)."""

    first: int
    last: int
    is_passive: bool = False
    is_gerund: bool = False


def find_verbs(clause: Clause, *, is_under_a_territory: bool) -> list[Verb]:
    """Return the verbs of a clause that do something, in their order; its heading may name the territory."""
    found: list[Verb] = []
    idle = [*clause.cues["idle"], *clause.cues["topic"]]
    for cue in clause.cues["doing"]:
        if any(one.first <= cue.first < one.last for one in idle) or (found and cue.first < found[-1].last):
            continue
        verb = _verb(cue, clause, found)
        if verb is None or _is_aside(verb, clause) or (found and _depends(verb, found[-1], clause)):
            continue
        found.append(verb)
    for cue in clause.cues["telling"] if clause.named or is_under_a_territory else ():
        after = {token.norm for token in clause.words[cue.last : min(cue.last + OPENING + 1, clause.last)]}
        is_idle = any(one.first < cue.last and cue.first < one.last for one in idle)
        if not (found or is_idle or after.isdisjoint(_ITS_OWN)):
            found.append(Verb(cue.first, cue.last))
    if found:
        return found
    verb = _after_a_territory(clause)
    return [] if verb is None else [verb]


def follows_se(clause: Clause, place: int) -> bool:
    """Return whether a verb is reflexive: « se », « s’est »."""
    words = clause.words
    return words[place].norm == "se" or (place > 0 and words[place - 1].norm in {"se", "s"})


def _after_a_territory(clause: Clause) -> Verb | None:
    """Return the verb that a territory at the beginning of a clause is the subject of, whatever verb it is."""
    words, gap = clause.words, clause.prose.gap
    if not clause.named or clause.named[0][0].start > words[clause.first].start + _SUBJECT:
        return None
    first, place = clause.prose.words(*clause.named[0][0])
    if first > clause.first and words[clause.first].norm in PREPOSITIONS:
        return None
    while place < clause.last and words[place].norm in _ADVERBS:
        place += 1
    end = min(place + 3, clause.last)
    said = [cue for role in _NOT_DOING for cue in clause.cues[role] if place <= cue.last - 1 and cue.first < end]
    if place >= clause.last - 1 or said or "," in gap(place) or ":" in gap(place):
        return None
    word = words[place].text
    if word in {"a", "ont"}:
        last = next((one for one in range(place + 1, end) if PARTICIPLE.search(words[one].text)), None)
        return Verb(place, last + 1) if last is not None and _has_object(last + 1, clause) else None
    is_present = word.islower() and _PRESENT.search(word) is not None and _has_object(place + 1, clause)
    return Verb(place, place + 1) if is_present else None


def _depends(verb: Verb, before: Verb, clause: Clause) -> bool:
    """Return whether a verb only details the one before: « en développant… », « où un psychologue reçoit… »."""
    return verb.is_gerund or any(token.text == "où" for token in clause.words[before.last : verb.first])


def _is_aside(verb: Verb, clause: Clause) -> bool:
    """Return whether a verb says more of a word (« un stand qui informe », « et l’a remise ») or reports words."""
    words = clause.words
    before = [token.norm for token in words[max(clause.first, verb.first - 2) : verb.first]]
    further = {token.norm for token in words[max(clause.first, verb.first - OPENING) : verb.first]}
    after = words[verb.last].norm if verb.last < clause.last else ""
    is_said_of = "qui" in before or "dont" in further
    has_pronoun = words[verb.first].text in AUXILIARIES and before[-1:] in (["l"], ["les"], ["en"])
    return is_said_of or has_pronoun or after in {"que", "qu"}


def _verb(cue: Hit, clause: Clause, found: Sequence[Verb]) -> Verb | None:
    """Return the verb that a word is; None when it is a noun, an adjective or a bare infinitive."""
    words = clause.words
    is_name = words[cue.first].text.istitle() and not clause.prose.gap(cue.first).strip()
    if is_name and cue.first > clause.first:
        return None  # « l’association Veille Citoyenne »
    word = words[cue.first].text.casefold()
    if word.endswith("ant"):
        is_gerund = "en" in {token.norm for token in words[max(clause.first, cue.first - 2) : cue.first]}
        return Verb(cue.first, cue.last, is_gerund=True) if is_gerund else None
    if _INFINITIVE.search(word):
        is_led = any(0 <= cue.first - chain.last <= 2 for chain in clause.cues["chain"])
        return Verb(cue.first, cue.last) if is_led else None
    auxiliary = _auxiliary(cue.first, clause)
    if auxiliary is not None:
        return _compound(cue, word, auxiliary, clause)
    return None if word.startswith("présent") else _simple(cue, word, clause, found)


def _compound(cue: Hit, word: str, auxiliary: int, clause: Clause) -> Verb | None:
    """Return a verb with its auxiliary: « a recruté », « s’est dotée », « ont été créées »."""
    between = [token.text for token in clause.words[auxiliary : cue.first]]
    if "pas" in between:
        return None
    is_state = between[0] in {"est", "sont", "étaient", "était"} and PARTICIPLE.search(word) is not None
    return Verb(auxiliary, cue.last, "été" in between or is_state)


def _simple(cue: Hit, word: str, clause: Clause, found: Sequence[Verb]) -> Verb | None:
    """Return a verb without auxiliary: « organise », or « ouvert » in « a recruté et ouvert »."""
    words = clause.words
    previous = words[cue.first - 1].norm if cue.first > clause.first else ""
    if PARTICIPLE.search(word):
        is_joined = previous in LINKS or "," in clause.prose.gap(cue.first)
        follows_another = any(PARTICIPLE.search(words[one.last - 1].text) for one in found)
        is_verb = is_joined and follows_another and _has_object(cue.last, clause)
        return Verb(cue.first, cue.last) if is_verb else None
    if previous in _BEFORE_NOUN and not _is_pronoun(cue.first - 1, clause):
        return None
    is_noun = cue.first == clause.first and word.endswith("e")
    return None if is_noun else Verb(cue.first, cue.last, previous in {"se", "s"})


def _has_object(place: int, clause: Clause) -> bool:
    """Return whether an article or a number follows: « et ouvert une permanence », not « , ouvert le soir »."""
    word = clause.words[place].norm if place < clause.last else ""
    return word in _ARTICLES or word.isdecimal()


def _auxiliary(place: int, clause: Clause) -> int | None:
    """Return where the auxiliary of a participle stands: at most five words before, no comma between."""
    words, gap = clause.words, clause.prose.gap
    for back in range(place - 1, max(clause.first, place - 5) - 1, -1):
        word = words[back].text
        if "," in gap(back + 1) or word.casefold() in _BEFORE_NOUN | LINKS:
            return None
        if word in AUXILIARIES and not (word == "été" and back > clause.first):
            return back
    return None


def _is_pronoun(place: int, clause: Clause) -> bool:
    """Return whether « le », « la », « les » stands for a name: « et les accueille », « elle l’organise »."""
    words = clause.words
    if place > 0 and words[place].norm == "en":
        return words[place - 1].is_capital  # « Lens en organise quatre »
    if place == 0 or words[place].norm not in {"l", "le", "la", "les"}:
        return False
    before, after = words[place - 1].norm, {token.norm for token in words[place + 2 : place + 3]}
    # « et les accueille », not « et les aides à domicile »
    return before in {"il", "elle", "on"} or (before == "et" and after.isdisjoint(PREPOSITIONS | {"du", "des"}))
