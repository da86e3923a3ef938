"""Words are the same whatever their capitals, accents, plurals, endings and apostrophes."""

from __future__ import annotations

import unicodedata

import pytest

from netstats.reference.fold import unaccented
from netstats.reference.words import stems, words


def same(one: str, other: str) -> bool:
    return bool(set(stems(one)) & set(stems(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("permanences", "permanence"),
        ("sécurité", "securite"),
        ("isolé", "isolées"),
        ("isoles", "isolés"),
        ("PHARMACIE", "pharmacies"),
        ("téléphoner", "téléphone"),
        ("œuvre", "oeuvres"),
    ],
)
def test_the_same_word(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), [("police", "policier"), ("jeune", "jeu"), ("médiation", "méditation")])
def test_other_words(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qui a déjà fait l’écoute des aînés ?", ["écoute", "aînés"]),
        ("L'accueil d’urgence : 3 lits, à Saint-Ouen", ["accueil", "urgence", "3", "lits", "saint", "ouen"]),
        ("100 % ' \" -- ; DROP TABLE action", ["100", "drop", "table", "action"]),
        ("le la les de du", []),
        ("", []),
    ],
)
def test_words_that_say_something(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


def test_a_word_says_where_it_stands_in_the_text_as_it_is() -> None:
    for text in ("Des Permanences, l’Été.", unicodedata.normalize("NFD", "Sécurité à l’hôpital")):
        for word in words(text):
            assert unicodedata.normalize("NFC", text[word.start : word.end]).casefold() == word.text


def test_a_decomposed_accent_is_the_same_letter() -> None:
    (word,) = words(unicodedata.normalize("NFD", "sécurité"))
    assert word.text == "sécurité"
    assert unaccented(word.text) == "securite"
