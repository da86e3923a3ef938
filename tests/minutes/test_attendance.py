"""Who was there, and the names beside them that are none."""

from __future__ import annotations

from datetime import date

import pytest

from netstats.minutes.documents import pasted
from netstats.minutes.reader import Reader

HEAD = "Le réseau Hauts-de-France s’est réuni le 4 décembre 2019. "


def read(reader: Reader, text: str) -> tuple[set[str], dict[str, str]]:
    reading = reader.read(pasted(text), today=date(2026, 11, 23))
    there = {mention.code or mention.written for mention in reading.drafts[0].territories}
    return there, {reading.text[one.span.start : one.span.end]: one.why for one in reading.set_aside}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les villes de Lens et de Calais étaient représentées.", {"62498", "62193"}),
        ("Étaient présents Lens, Calais et la CA du Boulonnais.", {"62498", "62193", "246200729"}),
        ("Autour de la table : Lens, Calais.", {"62498", "62193"}),
        ("Présents :\n- Lens\n- Calais\n\nExcusés :\n- Douai", {"62498", "62193"}),
        ("Présents\tstatut\nLens\tprésent\nDouai\texcusé\nCalais\tprésente", {"62498", "62193"}),
        ("Douze professionnels venus de Lens, de Calais et de Douai y ont pris part.", {"62498", "62193", "59178"}),
        ("De Lens à Calais, douze agents s’étaient connectés.", {"62498", "62193"}),
        ("Lens, Calais et Douai ont échangé sur leurs pratiques.", {"62498", "62193", "59178"}),
        ("Les villes : Lens, Calais\nLes agglomérations : Béthune", {"62498", "62193", "200072460"}),
        ("Présents (2) : Lens, Calais", {"62498", "62193"}),
        ("Présents – Lens, Calais", {"62498", "62193"}),
        ("Présents (2) : coordonnateurs de\n- Lens\n- Calais", {"62498", "62193"}),
        ("Présents :\nPas-de-Calais : Lens, Calais\nNord : Douai", {"62498", "62193", "59178"}),
        (
            "Présents\n\nCollectivité ; Fonction ; Nombre\nLens ; Chargé de mission ; 2\nCalais ; Cheffe ; 1",
            {"62498", "62193"},
        ),
        ("Présents : Lens, Douai (excusé), Calais.", {"62498", "62193"}),
        ("Présents : Lens, Turin (Italie), Calais.", {"62498", "62193", "Turin"}),
        ("Les villes de Lens et Calais se sont réunies à Lille.", {"62498", "62193"}),
        ("Les directeurs des Hauts-de-France se sont retrouvés. Lens et Calais étaient présentes.", {"62498", "62193"}),
    ],
)
def test_those_who_came_are_told_in_many_ways(reader: Reader, text: str, expected: set[str]) -> None:
    assert read(reader, f"{HEAD}\n\n{text}")[0] == expected


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("Lens était représentée ; Douai s’était fait excuser.", "Douai", "excusé"),
        ("Lens était représentée. La réunion a été accueillie par la ville de Lille.", "Lille", ""),
        ("Lens était représentée. Le FFSU souhaite la bienvenue à Douai et Calais, nouveaux adhérents.", "Douai", ""),
        ("Lens et M. Untel, maire de Douai, étaient présents.", "Douai", "ville d’un élu"),
        ("Lens et l’association Médiation Calais étaient présentes.", "Calais", ""),
        ("Lens et Vienne (AT) étaient présentes.", "Vienne (AT)", "étranger"),
        ("Lens était présente. Ni Rouen ni Caen n’étaient présentes.", "Caen", "excusé"),
        ("Toutes les villes étaient présentes, sauf Arras et Calais : Lens.", "Calais", "excusé"),
        ("Lens était présente, mais pas Calais.", "Calais", "excusé"),
        (
            "Étaient présents tous les membres, à l’exception d’Amiens et de Calais. Présents : Lens.",
            "Calais",
            "excusé",
        ),
        (
            "Accueillis par Mme Untel, adjointe à la sécurité de la ville de Lille, dix agents ont pris part aux "
            "échanges. Lens était présente.",
            "Lille",
            "élu",
        ),
        (
            "Lens était représentée. La prochaine réunion se tiendra à Douai avec les villes de Calais et Laon.",
            "Calais",
            "",
        ),
        ("Lens était représentée. À Douai, les officines tiennent des permanences.", "Douai", ""),
    ],
)
def test_names_beside_them_are_no_attendance(reader: Reader, text: str, name: str, why: str) -> None:
    there, aside = read(reader, f"{HEAD}\n\n{text}")
    assert there == {"62498"}
    if why:
        assert any(name in written and why in said for written, said in aside.items())


def test_an_unknown_name_of_a_list_is_asked(reader: Reader) -> None:
    there, _ = read(reader, f"{HEAD}\n\nLes villes de Lens et de Trifouilly-les-Oies étaient représentées.")
    assert there == {"62498", "Trifouilly-les-Oies"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Les CISPD d’Albi et d’Auch étaient représentés.", ["CISPD", "CISPD"]),
        ("Présents : Albi (CISPD), Auch (ville)", ["CISPD", ""]),
        ("Présents : ville et CLSPD d’Albi", ["", "CLSPD"]),
        ("Présents :\nAlbi ; CISPD\nAuch ; ville", ["CISPD", ""]),
    ],
)
def test_a_council_may_be_told_anywhere_in_a_list(reader: Reader, text: str, kinds: list[str]) -> None:
    reading = reader.read(pasted(f"Le réseau Occitanie s’est réuni le 4 décembre 2019.\n\n{text}"))
    assert [mention.kind for mention in reading.drafts[0].territories] == kinds


def test_a_short_name_is_one_of_the_region(reader: Reader) -> None:
    text = "Le réseau Île-de-France s’est réuni le 4 décembre 2019.\n\nPrésents : Saint-Ouen, Aulnay, Vitry, Bondy"
    there = reader.read(pasted(text)).drafts[0].territories
    assert [one.code for one in there] == ["", "93005", "94081", "93010"]
    assert there[0].choices[:2] == ("93070", "95572")  # Saint-Ouen-sur-Seine, Saint-Ouen-l’Aumône
