"""Words that say that a value is not known: an empty cell, told once; refused where it must be there."""

from __future__ import annotations

import pytest

from netstats.intake.snapshot import Snapshot
from netstats.wording import NO_BREAK
from tests.intake.read.samples import read_lines
from tests.intake.test_cases import ATTENDANCE, MAY_6, Import, known

__all__ = ["known"]

HEADERS = [
    *("Réseau", "Nature", "Date", "Participants", "Lieu", "Format", "Thèmes", "Présents", "Statut", "Titre", "Code")
]
FULL = dict(
    zip(
        HEADERS,
        ["Hauts-de-France", "atelier", "12/03/2024", "9", "Lille", "hybride", "", "", "", "Essai", ""],
        strict=True,
    )
)


def meeting(known: Snapshot, **cells: str) -> Import:
    return Import(known, [read_lines(";".join(HEADERS), ";".join({**FULL, **cells}.values()))], {})


@pytest.mark.parametrize("word", ["NC", "n.c.", "à définir", "à préciser", "?", "-", "ND", "Non renseignée", "inconnu"])
@pytest.mark.parametrize(
    ("header", "column", "empty"),
    [
        ("Date", "held_on", None),
        ("Participants", "participants", None),
        ("Lieu", "place", None),
        ("Format", "format", "unknown"),
        ("Titre", "title", "Atelier du réseau Hauts-de-France"),
    ],
)
def test_what_may_be_unknown_is_read_as_empty_and_told(
    known: Snapshot, word: str, header: str, column: str, empty: object
) -> None:
    found = meeting(known, **{header: word})
    assert found.values("meeting", column) == [empty]
    assert not found.asked
    if (header, word) != ("Format", "inconnu"):  # which is a value
        (notice,) = found.result.notices
        assert f"1 cellule qui dit « {word} » (« {header} »)" in notice.replace(NO_BREAK, " ")


@pytest.mark.parametrize("header", ["Thèmes", "Présents"])
@pytest.mark.parametrize("word", ["NC", "néant", "à compléter"])
def test_lists_too(known: Snapshot, header: str, word: str) -> None:
    found = meeting(known, **{header: word})
    assert len(found.rows("meeting")) == 1
    assert not found.rows("meeting_theme")
    assert not found.rows("attendance")
    assert len(found.result.notices) == 1


@pytest.mark.parametrize("header", ["Réseau", "Nature"])
@pytest.mark.parametrize("word", ["NC", "à définir", "?", "néant"])
def test_what_must_be_there_is_refused_and_says_so(known: Snapshot, header: str, word: str) -> None:
    found = meeting(known, **{header: word})
    (sentence,) = found.issues
    assert f"« {word} » ne dit rien, et laisser la cellule vide n’est pas possible" in sentence
    assert not found.asked
    assert not found.result.notices


def test_a_territory_must_be_there_in_an_attendance_and_not_in_an_action(known: Snapshot) -> None:
    present = Import(known, [read_lines(ATTENDANCE, f"{MAY_6};NC", name="presences.csv")], {})
    assert "n’est pas possible" in present.issues[0]
    action = read_lines(f"{ATTENDANCE};Type d’action;Description", f"{MAY_6};NC;Prévention;Essai", name="actions.csv")
    assert "Territoire" in Import(known, [action], {}).result.notices[0]


@pytest.mark.parametrize("title", ["北京", "!!!", "Nd 2", "ND Lille"])
def test_what_only_resembles_these_words_is_a_value(known: Snapshot, title: str) -> None:
    assert meeting(known, Titre=title).values("meeting", "title") == [title]


def test_nil_is_not_unknown(known: Snapshot) -> None:
    assert "n’est pas un nombre de personnes" in meeting(known, Participants="néant").issues[0]


def test_a_status_that_is_not_known_is_not_held(known: Snapshot) -> None:
    """An empty cell would say so."""
    found = meeting(known, Statut="à confirmer")
    assert not found.rows("meeting")


def test_all_are_told_in_one_sentence_for_a_sheet(known: Snapshot) -> None:
    lines = [f"Hauts-de-France;atelier;{word};;{word};;;;;Essai {word};" for word in ("NC", "?", "NC")]
    found = Import(known, [read_lines(";".join(HEADERS), *lines)], {})
    (notice,) = found.result.notices
    assert "6 cellules qui disent « NC » ou « ? » (« Date » et « Lieu »)" in notice.replace(NO_BREAK, " ")


@pytest.mark.parametrize("headers", ["Code;Participants", "Code;Participants;Lieu"])
def test_a_code_that_cannot_be_read_is_refused_once(known: Snapshot, headers: str) -> None:
    found = Import(known, [read_lines(headers, "#DIV/0!;12" + ";Lille" * (headers.count(";") - 1))], {})
    (sentence,) = found.issues
    assert "« #DIV/0! » est une erreur de calcul du tableur" in sentence
