"""What a meeting was about, told apart from what its minutes only name."""

from __future__ import annotations

import pytest

from netstats.minutes.drafts import LIKELY, Span
from netstats.minutes.prose import parse
from netstats.minutes.themes import read_themes, themes_in
from netstats.reference.vocabulary import load_vocabulary
from tests import network_files

VOCABULARY = load_vocabulary()


def themes(text: str) -> list[str]:
    prose = parse(text)
    return [read.value for read in read_themes(prose, [Span(0, len(text))], VOCABULARY)]


@pytest.mark.parametrize(("name", "file"), [("themes", "themes"), ("audiences", "publics")])
def test_every_code_has_expressions_and_every_expression_a_code(name: str, file: str) -> None:
    assert set(getattr(VOCABULARY, name).expressions) == {row["Code"] for row in network_files.cells(file)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les participants ont échangé sur la place du cannabis.", ["stupefiants"]),
        ("La séance a porté sur la vie nocturne : bruit, alcool, fermeture tardive des bars.", ["vie-nocturne"]),
        (
            "Deux thèmes ont été retenus : la tranquillité publique et les outils numériques.",
            ["espaces-publics", "numerique"],
        ),
        ("Le gaz hilarant était à l’ordre du jour. La police municipale verbalise.", ["protoxyde-azote"]),
        (
            "Fiche de poste, formation : la réunion a été consacrée au métier de coordonnateur.",
            ["metier-coordonnateur"],
        ),
        ("L’isolement des aînés a été le fil rouge de la rencontre.", ["seniors-isolement"]),
        ("De la criminalité organisée ensuite. Les réseaux recrutent loin.", ["criminalite-organisee"]),
        ("Le débat a été consacré à l’évaluation des politiques de sécurité.", ["evaluation-politiques"]),
        ("Les rixes ont endeuillé deux communes. Le réseau a voulu en parler.", ["rixes"]),
    ],
)
def test_what_was_discussed(text: str, expected: list[str]) -> None:
    assert themes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les élus ont ensuite abordé la prévention de la radicalisation.", []),
        ("La réunion a porté sur la prévention des rixes.", ["rixes"]),
        ("La réunion a porté sur la prévention de la délinquance.", ["prevention"]),
        ("La réunion a porté sur la prévention.", ["prevention"]),
        ("Prévenir les rodéos\n\nLe sujet inquiète.", ["rodeos"]),
        ("La séance, consacrée aux violences faites aux élus, a été suivie.", []),
        ("La séance a porté sur les rixes et concerné également femmes et hommes.", ["rixes"]),
        ("La réunion, qui a rassemblé des amateurs de tuning, a porté sur les rixes.", ["rixes"]),
    ],
)
def test_words_that_look_like_those_of_a_theme(text: str, expected: list[str]) -> None:
    assert themes(text) == expected


def test_a_heading_tells_a_theme_that_a_mention_does_not() -> None:
    told = "La médiation\n\nLes équipes ont raconté leur soirée."
    assert themes(told) == ["mediation"]
    passing = "Les rodéos\n\nLes rodéos inquiètent les habitants, et la médiation n’y peut rien."
    assert themes(passing) == ["rodeos"]


@pytest.mark.parametrize(
    "passing",
    [
        "Il a brièvement été question de trottinettes et de protoxyde d’azote.",
        "Ont été cités, pour mémoire, les drogues et les rodéos.",
        "La prochaine réunion portera sur la vie nocturne.",
        "La séance n’a pas permis d’aborder le gaz hilarant.",
        "À l’ordre du jour de septembre : stupéfiants.",
        "Les directeurs et coordonnateurs prévention-sécurité étaient présents.",
        "L’adjointe à la jeunesse a remercié le directeur de la police municipale.",
    ],
)
def test_words_in_passing_are_no_theme(passing: str) -> None:
    assert themes(f"La réunion a porté sur les rixes.\n\n{passing}") == ["rixes"]


@pytest.mark.parametrize(
    "beside",
    [
        "Lens a signé une convention sur les rodéos.",
        "La question de l’évaluation a été posée.",
        "Le manque d’évaluation revient comme un regret.",
        "Lens réfléchit à un conseil des droits et devoirs des familles.",
        "Les rodéos inquiètent.",
        "Nous nous étions quittés en mars sur le thème des rodéos.",
        "La question des rodéos sera inscrite à l’ordre du jour.",
        "Les fois d’avant, on avait causé rodéos. La fois d’après, ce sera en vrai, promis, à Lille !",
    ],
)
def test_beside_the_themes_that_the_opening_tells(beside: str) -> None:
    assert themes(f"Les rixes à l’ordre du jour\n\nLa réunion a porté sur les rixes.\n\n{beside}") == ["rixes"]


def test_where_the_opening_tells_none_one_sentence_may() -> None:
    assert themes("Le réseau s’est réuni à Lens.\n\nLes rodéos inquiètent.") == ["rodeos"]


def test_an_expression_that_says_little_alone_is_what_the_words_bear_on_or_one_of_several() -> None:
    assert themes("La séance a porté sur la médiation, puis sur la police municipale.") == [
        "mediation",
        "police-municipale",
    ]
    assert themes("La séance a examiné le sort des sans-abri aux abords des gares.") == ["publics-vulnerables"]


def test_what_belongs_to_the_theme_of_a_section() -> None:
    text = (
        "Compte rendu\n\nLe réseau s’est réuni.\n\nLes rixes\n\nLes rodéos en sont une cause.\n\nLa médiation\n\nOui."
    )
    assert themes(text) == ["rixes", "mediation"]


def test_sections_that_tell_nothing_of_the_meeting() -> None:
    text = (
        "Les rixes\n\nLe sujet inquiète.\n\nPropositions\n\n- une journée sur les drogues\n\n"
        "Prochaine réunion\n\nRodéos."
    )
    assert themes(text) == ["rixes"]


def test_an_announced_meeting_has_the_theme_of_its_announcement() -> None:
    assert themes("La prochaine réunion aura lieu à Albi. Elle sera consacrée aux rodéos motorisés.") == ["rodeos"]


def test_evidence_and_confidence() -> None:
    text = "La réunion a porté sur les rixes."
    (read,) = read_themes(parse(text), [Span(0, len(text))], VOCABULARY)
    assert [text[span.start : span.end] for span in read.evidence] == ["rixes"]
    assert read.step >= LIKELY


def test_only_the_parts_asked_for_count() -> None:
    text = "La réunion a porté sur les rixes.\n\nLa réunion a porté sur les rodéos."
    prose = parse(text)
    assert [read.value for read in read_themes(prose, [prose.blocks[1].span], VOCABULARY)] == ["rodeos"]


def test_a_theme_that_users_added_is_found_by_its_name() -> None:
    vocabulary = load_vocabulary(names={"themes": {"chiens": ("Animaux errants",), "mediation": ("Médiation",)}})
    prose = parse("La réunion a porté sur les animaux errants. La médiation aide.")
    assert [read.value for read in read_themes(prose, [Span(0, len(prose.text))], vocabulary)] == ["chiens"]


def test_every_theme_of_earlier_meetings() -> None:
    text = (
        "Les précédentes réunions avaient permis d’aborder les outils de mesure de la délinquance, le métier de "
        "coordonnateur prévention-sécurité, la médiation et les trafics de stupéfiants."
    )
    found = themes_in(parse(text), Span(0, len(text)), VOCABULARY)
    assert [read.value for read in found] == ["mesure-delinquance", "metier-coordonnateur", "mediation", "stupefiants"]
