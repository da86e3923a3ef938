"""What is taken out of a text before it may come in: persons are no part of the data."""

from __future__ import annotations

import re

from netstats.intake.cells import personal
from netstats.intake.files.persons import looks_like_a_name, persons_in
from netstats.reference.names import Gazetteer

_CAPITALS = re.compile(
    r"(?:[A-ZÀ-ÞŒ]\. ?)?[A-ZÀ-ÞŒ][A-Za-zÀ-ÿŒœ’'-]+(?: (?:[A-ZÀ-ÞŒ]\. ?)?[A-ZÀ-ÞŒ][A-Za-zÀ-ÿŒœ’'-]+)*"
)
_WORD = re.compile(r"\S+")
_BESIDE = re.compile(r"\s*\([^()]*\)")
_OF_A_PLACE = re.compile(
    r"\b(?:rue|avenue|boulevard|place|square|quai|allée|parc|jardin|salle|espace|centre|hôpital|clinique|école|collège"
    r"|lycée|gymnase|stade|complexe|maison|résidence|quartier|cité|pôle|foyer|théâtre|médiathèque|bibliothèque|saint|sainte|port|pont|mont)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def impersonal(text: str, gazetteer: Gazetteer) -> str:
    """Return a sentence without the parentheses that hold a person; empty when one stands elsewhere in it."""
    told = tidy(_BESIDE.sub(lambda found: "" if _holds_a_person(found[0], gazetteer) else found[0], text))
    return "" if _holds_a_person(told, gazetteer) else told


def _holds_a_person(text: str, gazetteer: Gazetteer) -> bool:
    if personal(text):
        return True
    for found in _CAPITALS.finditer(text):
        words = list(_WORD.finditer(text, *found.span()))
        # A sentence begins with a capital too (« Avec Jean Dupont »), and so may what follows the name.
        for first, last in ((word, other) for word in range(len(words)) for other in (word + 1, word + 2)):
            if last >= len(words) or _OF_A_PLACE.search(text, max(0, words[first].start() - 60), words[first].start()):
                continue
            name = text[words[first].start() : words[last].end()]
            if looks_like_a_name(name) and not gazetteer.match(name).candidates:
                return True
    return False


def names_a_person(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a short text holds personal data, or a part of it reads as a person and is no territory."""
    if gazetteer.match(name).candidates:
        return False
    return bool(personal(name)) or any(not gazetteer.match(part).candidates for part in persons_in(name))


def tidy(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())
