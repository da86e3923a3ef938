"""French words as the search compares them: without capitals, accents, plurals or endings.

« Permanences » finds « permanence », « securite » finds « sécurité », « l’isolé » finds « isolées ». Nothing here knows
what means the same: that is data/reference/synonyms.csv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from netstats.reference.fold import unaccented

# A combining mark belongs to its letter; apostrophes and hyphens separate words.
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_STEMMER = snowballstemmer.stemmer("french")

_STOP_WORDS = """
    afin ainsi alors apres au aucun aucune aussi autre autres aux avant avec ayant car ce ceci cela ces cet cette
    ceux chez comme comment dans de deja depuis des donc dont du elle elles en encore entre est et etre eu fait
    faire fois font il ils je la le les leur leurs lors lui mais meme memes moins mon ne ni non nos notre nous on
    ont or ou par parmi pas pendant plus pour pourquoi pres puis qu quand que quel quelle quelles quels qui quoi sa
    sans se selon ses si soit son sont sous sur ta tel telle tels tous tout toute toutes tres un une vers via vos
    votre vous
"""


def word_set(words: str) -> frozenset[str]:
    """Return words, written with a space between them, as a set."""
    return frozenset(words.split())


STOP_WORDS = word_set(_STOP_WORDS)
"""Words, folded, that say nothing of what an action is about; a letter alone says nothing either."""


class Word(NamedTuple):
    """A word of a text: where it stands (as in `text[start:end]`), and how it is written without its capitals."""

    start: int
    end: int
    text: str


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text that say something, in their order."""
    for found in _WORD.finditer(text):
        word = unicodedata.normalize("NFC", found[0]).casefold()
        if unaccented(word) not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
            yield Word(found.start(), found.end(), word)


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the one or two stems of a word; two words are the same when they share one.

    The French stemmer of Snowball reads accents (« isolé », « isolées »), and people leave them out: one stem is that
    of the word as it is written, the other that of the word without accents.
    """
    word = word.casefold()
    if word.isdecimal():  # a number has no ending
        return (word,)
    plain, stem = unaccented(word), _STEMMER.stemWord(word)
    return tuple(sorted({unaccented(stem), stem if plain == word else _STEMMER.stemWord(plain)}))


def sought(word: str) -> tuple[str, ...]:
    """Return what finds a word in any number: its stems and its singular’s, its plurals as they are written.

    The stemmer takes « dealers », « rodéos » and « commissions » for other words than « dealer », « rodéo » and
    « commission »: what is sought makes up for it, what is read stays as it is.
    """
    if word.isdecimal():
        return stems(word)
    plurals = {f"{form}{mark}" for form in (word, unaccented(word)) for mark in "sx"}
    return tuple(sorted({*stems(word), *stems(singular(word)), *plurals}))


def singular(word: str) -> str:
    """Return a word without its plural mark, plural or not: « lieux » is « lieu », « bras » « bra »."""
    if len(word) < 4 or word[-1] not in "sx":
        return word
    is_of_al = word.endswith("aux") and word[-4] != "e"
    return f"{word[:-3]}al" if is_of_al else word[:-1]
