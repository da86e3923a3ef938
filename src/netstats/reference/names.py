"""How people write the name of a territory: articles, prepositions, the words that tell its kind, lists of communes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from netstats.choices import INTERCOMMUNALITY_KINDS, OWN_KINDS, TERRITORY_KINDS
from netstats.reference.fold import normalize

# « du Havre » is « Le Havre », « des Ulis » is « Les Ulis », « d’Hazebrouck » is « Hazebrouck ».
_LEADING = (
    ("du ", "le "),
    ("des ", "les "),
    ("au ", "le "),
    ("aux ", "les "),
    ("de ", ""),
    ("d ", ""),
    ("a ", ""),
)
_ARTICLE_BEHIND = re.compile(r"^\s*([^(),]+?)\s*(?:,\s*|\()(le|la|les|l['’])\)?\s*$", re.IGNORECASE)
_ARTICLES = ("le ", "la ", "les ", "l ")

KIND_NAMES = {normalize(name): (kind.code,) for kind in TERRITORY_KINDS.values() for name in (kind.label, kind.short)}
"""Normalised name of a kind of territory → that kind."""

KIND_WORDS = {
    **KIND_NAMES,
    # What people say beside the names of the kinds.
    "communaute": INTERCOMMUNALITY_KINDS,
    "agglomeration": ("CA",),
    "agglo": ("CA",),
    "eurometropole": ("METRO",),
    "epci": INTERCOMMUNALITY_KINDS,
    "intercommunalite": INTERCOMMUNALITY_KINDS,
    "conseil intercommunal de securite et de prevention de la delinquance": OWN_KINDS,
    "conseil local de securite et de prevention de la delinquance": OWN_KINDS,
    "cispd": OWN_KINDS,  # people call a council by either name
    "clspd": OWN_KINDS,
    "conseil departemental": ("department",),
    "conseil general": ("department",),
    "cd": ("department",),
    "ville": ("commune",),
    "mairie": ("commune",),
    "municipalite": ("commune",),
}
"""Normalised words → the kinds of territory that they can mean."""

_LEADING_KIND = re.compile(rf"(?:(?:la|le|les|l) )?({'|'.join(sorted(KIND_WORDS, key=len, reverse=True))})\b ?")
_INTERCOMMUNAL_WORD = re.compile(r"\b(?:agglo|agglomeration|communaute|metropole|eurometropole)\b")
PARENTHESIS = re.compile(r"\(([^()]*)\)")
_SEPARATOR = re.compile(r"(\s*[/,;+]\s*|\s+[-–—]\s+|[-‐‑–—]|\s+)")

# Words that do not tell one intercommunality from another: « CA de Poitiers » is « CU du Grand Poitiers ».
# fmt: off
_SMALL_WORDS = frozenset({
    "de", "d", "du", "des", "la", "le", "les", "l", "et", "en", "a", "au", "aux", "sur", "sous",
})
_COMMON_WORDS = _SMALL_WORDS | frozenset({
    "ca", "cc", "cu", "communaute", "communes", "agglomeration", "agglo", "urbaine", "metropole", "eurometropole",
    "intercommunale", "intercommunalite", "pays", "grand", "grande", "region",
})
# fmt: on


def with_article(text: str) -> str:
    """Return a name with its article before it: « Longueville (La) » and « Mans, Le » as official lists sort them."""
    return _ARTICLE_BEHIND.sub(r"\2 \1", text)


def readings(name: str) -> Iterator[str]:
    """Yield a normalised name as written, then without the preposition that the sentence put before it."""
    yield name
    for preposition, article in _LEADING:
        if name.startswith(preposition):
            yield article + name.removeprefix(preposition)


def bare(name: str) -> str:
    """Return a normalised name without its leading article."""
    for article in _ARTICLES:
        if name.startswith(article):
            return name.removeprefix(article)
    return name


def kind_and_name(text: str) -> tuple[tuple[str, ...], str]:
    """Return the kinds that the first words of a normalised text tell (none: unknown), and the name left."""
    kinds: tuple[str, ...] = ()
    while found := _LEADING_KIND.match(text):
        if found.end() == len(text):
            break
        # The first word counts: « CISPD de la CA du Douaisis » is a council.
        kinds = kinds or KIND_WORDS[found[1]]
        text = list(readings(text[found.end() :]))[-1]
        if KIND_WORDS[found[1]] == ("commune",):  # « mairie de Ville-d’Avray »: what follows is a name
            break
    return kinds, text


def core_of(text: str) -> str:
    """Return a normalised name without the words that tell the kind: « CA de Béthune » → « bethune »."""
    return kind_and_name(normalize(text))[1]


def sounds_intercommunal(name: str) -> bool:
    """Return whether a normalised name has a word of intercommunalities: « Douaisis Agglo »."""
    return _INTERCOMMUNAL_WORD.search(name) is not None


def distinctive(name: str) -> frozenset[str]:
    """Return the words of a normalised name that tell an intercommunality from the others."""
    return frozenset(name.split()) - _COMMON_WORDS


def initials_of(name: str) -> set[str]:
    """Return the initials by which an intercommunality is called, with its kind or not: « MEL », « GPSEO »."""
    words = normalize(PARENTHESIS.sub(" ", name)).replace("eurometropole", "euro metropole").split()
    letters = [
        words[0] if words[0] in {"ca", "cc", "cu", "ept"} else words[0][0],
        *(one[0] for one in words[1:]),
    ]
    told = [(one, word in _SMALL_WORDS) for one, word in zip(letters, words, strict=True)]
    ways = (told, told[1:])
    return {"".join(one for one, is_small in way if whole or not is_small) for way in ways for whole in (True, False)}


class ListedWord(NamedTuple):
    """A word of a list of communes, normalised, and where it stands in the text."""

    text: str
    begins: bool  # a name may begin with it: after a hyphen, « et », or what sets it apart
    apart: bool  # a name must begin with it: after a comma, a slash
    start: int
    end: int


def listed_words(text: str) -> list[ListedWord]:
    """Return the words of a list of communes, without the words of the kind and what is in parentheses."""
    words: list[ListedWord] = []
    position, separator = 0, ","
    for part in _SEPARATOR.split(PARENTHESIS.sub(lambda found: " " * len(found[0]), text)):
        for word in normalize(part).split():
            apart = separator.strip() != "" and separator not in "-‐‑–—"
            begins = separator != " " or word == "et" or (bool(words) and words[-1].text == "et")
            words.append(ListedWord(word, begins, apart, position, position + len(part)))
            separator = " "
        if not normalize(part):
            separator = part if part.strip() or not part else " "
        position += len(part)
    kind = _LEADING_KIND.match(" ".join(word.text for word in words))
    return words[len(kind[0].split()) :] if kind else words
