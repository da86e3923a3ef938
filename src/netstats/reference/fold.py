"""The one folding of French text: what is compared, looked up or sorted goes through here."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
_SIGNS = str.maketrans(_LETTERS | {"’": "'", "–": "-"})
_SEPARATORS = str.maketrans(_LETTERS | {"&": " et "} | dict.fromkeys("’‘ʼ‐‑–—−", " "))
_ABBREVIATED = re.compile(r"\b(?:st(e?s?)|(\d+) ?(?:er|ere|re|e|eme|ieme|nd|nde))\b")


@lru_cache(maxsize=20_000)
def unaccented(text: str) -> str:
    """Return small letters without accents, one space between words; signs stay, ’ as ' and – as -, and œ reads oe."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIGNS).casefold())
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


@lru_cache(maxsize=20_000)  # a file says the same few names on each of its lines
def normalize(text: str) -> str:
    """Return a name as it is compared: small letters and digits without accents, one space between words.

    Hyphens, apostrophes and other signs separate words, œ reads oe, & reads et, St and Ste read saint and
    sainte, 1er and 3ème read 1 and 3: « L’Haÿ-les-Roses » → « l hay les roses ».
    """
    letters = unicodedata.normalize("NFKD", text.translate(_SEPARATORS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", letters.lower()).strip()
    return _ABBREVIATED.sub(lambda found: found[2] or f"saint{found[1]}", words)
