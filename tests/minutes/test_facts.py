"""What minutes tell of the meeting as such: when, where, how, how many, of what kind."""

from __future__ import annotations

from datetime import date

import pytest

from netstats.minutes.documents import pasted
from netstats.minutes.drafts import DOUBTFUL, Draft
from netstats.minutes.reader import Reader


def one(reader: Reader, text: str) -> Draft:
    drafts = reader.read(pasted(text), today=date(2026, 11, 23)).drafts
    (draft,) = [draft for draft in drafts if not draft.is_mention]
    return draft


def said(draft: Draft, name: str) -> object:
    read = getattr(draft, name)
    return read.value if read else None


@pytest.mark.parametrize(
    ("text", "place", "format_"),
    [
        ("Le réseau Grand Est s’est réuni le 5 avril 2023 en visioconférence.", None, "visioconférence"),
        ("Le réseau Grand Est s’est réuni à Metz le 5 avril 2023.", "Metz", "présentiel"),
        ("Le 5 avril 2023, la ville de Metz accueillait le réseau Grand Est.", "Metz", "présentiel"),
        ("Réseau Grand Est\n5 avril 2023, Metz\nLieu : hôtel de ville de Metz", "Metz", "présentiel"),
        ("Le réseau Grand Est s’est réuni le 5 avril 2023 à Metz et en visioconférence.", "Metz", "hybride"),
        (
            "Le réseau Grand Est s’est réuni en visio le 5 avril 2023.\n\nLe 5 avril, une addictologue du CHU de Nancy "
            "a présenté son service.",
            None,
            "visioconférence",
        ),
        ("Le réseau Grand Est s’est réuni le 5 avril 2023 au siège du FFSU.", "siège du FFSU", "présentiel"),
        ("Le réseau Bourgogne-Franche-Comté s’est réuni le 5 avril 2023 au Creusot.", "Le Creusot", "présentiel"),
        ("Le réseau Grand Est s’est réuni le 5 avril 2023. Des permanences sont tenues en ligne à Metz.", None, None),
    ],
)
def test_place_and_format(reader: Reader, text: str, place: str | None, format_: str | None) -> None:
    draft = one(reader, text)
    assert (said(draft, "place"), said(draft, "format")) == (place, format_)


@pytest.mark.parametrize(
    ("text", "kind", "network"),
    [
        ("Le réseau Normandie s’est réuni le 5 avril 2023.", "réunion de réseau", "normandie"),
        ("Webinaire du FFSU du 5 avril 2023 sur les rixes.", "webinaire", "national"),
        ("L’assemblée générale du Forum s’est tenue le 5 avril 2023 à Lille.", "assemblée générale", "national"),
        ("Les Assises de la sécurité des territoires ont eu lieu le 5 avril 2023.", "assises", "national"),
        ("Le groupe de travail du FFSU sur les rixes s’est réuni le 5 avril 2023.", "groupe de travail", "national"),
    ],
)
def test_kind_and_network(reader: Reader, text: str, kind: str, network: str) -> None:
    draft = one(reader, text)
    assert (said(draft, "kind"), said(draft, "network")) == (kind, network)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Douze coordonnateurs y ont participé.", (12, "exact", "professionnels")),
        ("Plus de 150 acteurs y ont pris part.", (150, "at_least", "acteurs")),
        ("Six collectivités étaient présentes.", None),
        ("Moins de 20 participants étaient présents.", None),
        (
            "Une trentaine d’agents étaient présents. En 2022, Lyon avait accueilli 120 participants.",
            (30, "about", "professionnels"),
        ),
        ("Lens a recruté vingt agents de médiation, et 3 000 personnes vivent dans le quartier.", None),
        ("La prochaine réunion se tiendra en mai, 40 participants sont attendus.", None),
    ],
)
def test_headcount(reader: Reader, text: str, count: tuple[int, str, str] | None) -> None:
    draft = one(reader, f"Le réseau Hauts-de-France s’est réuni le 5 avril 2023.\n\n{text}")
    assert (tuple(draft.headcount.value) if draft.headcount else None) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La réunion était ouverte aux membres et non-membres.", True),
        ("La réunion était réservée aux adhérents.", False),
        ("Le compte rendu est dans l’espace réservé aux adhérents.", None),
        ("Rien n’en est dit.", None),
    ],
)
def test_openness(reader: Reader, text: str, expected: bool | None) -> None:
    assert (
        said(one(reader, f"Le réseau Grand Est s’est réuni le 5 avril 2023. {text}"), "open_to_non_members") is expected
    )


@pytest.mark.parametrize(
    ("text", "first", "until", "sessions"),
    [
        ("Réuni les 7 mai et 3 juin 2020, le réseau Grand Est a travaillé.", date(2020, 5, 7), date(2020, 6, 3), 2),
        (
            "Le réseau Grand Est s’est réuni le 6 mai 2020. La loi du 5 mars 2007 a été rappelée.",
            date(2020, 5, 6),
            None,
            1,
        ),
        ("Publié le 9 mai 2020. Le réseau Grand Est s’est réuni mercredi 6 mai.", date(2020, 5, 6), None, 1),
        ("Réseau Grand Est – année 2021\n\nRéunion du jeudi 20 mai\n\nDes villes.", date(2021, 5, 20), None, 1),
        (
            "Le réseau Grand Est s’est réuni le 6 mai 2020. La réunion du 3 mars 2020 avait été annulée. La prochaine "
            "est fixée au 4 juin 2020.",
            date(2020, 5, 6),
            None,
            1,
        ),
    ],
)
def test_when(reader: Reader, text: str, first: date, until: date | None, sessions: int) -> None:
    draft = one(reader, text)
    assert draft.when is not None
    assert (draft.when.value.first, draft.when.value.until, draft.when.value.sessions) == (first, until, sessions)


def test_a_day_without_its_year_is_no_date(reader: Reader) -> None:
    draft = one(reader, "Le réseau Grand Est s’est réuni le 6 mai à Metz.")
    assert draft.when is None


@pytest.mark.parametrize(
    "text", ["Dix coordonnateurs et cinq élus ont participé.", "8 professionnels sur place et 12 en visio."]
)
def test_a_number_that_goes_on_is_to_be_looked_at(reader: Reader, text: str) -> None:
    draft = one(reader, f"Le réseau Hauts-de-France s’est réuni le 5 avril 2023.\n\n{text}")
    assert draft.headcount is not None
    assert draft.headcount.step == DOUBTFUL
