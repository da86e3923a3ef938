"""What territories did, told apart from wishes, problems, laws and the network's own acts.

The model has learnt from none of these sentences.
"""

from __future__ import annotations

import re

import pytest

from netstats.minutes.actions import read_actions
from netstats.minutes.drafts import LIKELY, Action, Span
from netstats.minutes.prose import parse
from netstats.reference.vocabulary import Vocabulary, load_vocabulary

VOCABULARY = load_vocabulary()
TOWNS = re.compile("Lens|Arras|Roubaix|Tourcoing|Douai|Brest|Rennes|Nice|Metz|Caen|Dole")


def actions(text: str, vocabulary: Vocabulary = VOCABULARY) -> tuple[Action, ...]:
    def places(start: int, end: int) -> tuple[tuple[Span, str], ...]:
        return tuple((Span(*found.span()), found[0]) for found in TOWNS.finditer(text, start, end))

    return read_actions(parse(text), [Span(0, len(text))], vocabulary, places=places)


ACTIONS = (
    ("La ville de Lens a recruté deux médiateurs.", ("mediation", "tout-public", "Lens")),
    ("À Nice, la police municipale patrouille le soir.", ("police-municipale", "tout-public", "Nice")),
    ("Brest forme ses gardiens d’immeuble.", ("information-prevention", "professionnels", "Brest")),
    ("Metz appelle chaque jour les personnes âgées isolées.", ("maintien-lien", "seniors-isoles", "Metz")),
    ("Des infirmières interviennent dans les classes de Caen.", ("information-prevention", "jeunes", "Caen")),
    ("Arras a ouvert un gymnase aux personnes sans abri.", ("hebergement", "publics-demunis", "Arras")),
    ("Une ville a créé une cellule d’écoute psychologique.", ("soutien-psychologique", "tout-public", "")),
    ("Rennes a signé une convention avec le parquet et les bailleurs.", ("partenariat", "tout-public", "Rennes")),
    ("Caen a basculé ses permanences en visioconférence.", ("continuite-distance", "tout-public", "Caen")),
    ("Lens accueille les femmes victimes de violences.", ("accompagnement-victimes", "femmes-victimes", "Lens")),
    ("Nice a présenté son réseau de correspondants de nuit.", ("mediation", "tout-public", "Nice")),
    ("Une brigade de soirée tourne à Tourcoing.", ("police-municipale", "tout-public", "Tourcoing")),
    ("Arras : création d’une brigade de nuit", ("police-municipale", "tout-public", "Arras")),
    ("Metz distribue du matériel aux habitants.", ("autre", "tout-public", "Metz")),
    ("Lens a initié ses policiers municipaux au secourisme.", ("information-prevention", "professionnels", "Lens")),
    ("Nice interroge mille habitants, avec le CLSPD.", ("autre", "tout-public", "Nice")),
    ("Brest mesure le bruit de deux rues, avec la police municipale.", ("autre", "tout-public", "Brest")),
    ("Rennes associe le parquet à chaque chantier.", ("partenariat", "tout-public", "Rennes")),
    ("Arras a équipé de caméras les abords du stade.", ("autre", "tout-public", "Arras")),
    ("À Caen, le conseil local se réunit en visioconférence.", ("continuite-distance", "tout-public", "Caen")),
    ("Nice propose un entretien à distance avec une juriste.", ("accompagnement-victimes", "tout-public", "Nice")),
    ("Lens envoie un psychologue auprès des familles.", ("soutien-psychologique", "tout-public", "Lens")),
    ("Dole a, elle aussi, mis en place une médiation.", ("mediation", "tout-public", "Dole")),
    ("Plus près de nous, Douai a recruté des médiateurs.", ("mediation", "tout-public", "Douai")),
    ("Brest organise des maraudes dans les rues du port.", ("mediation", "tout-public", "Brest")),
    ("Sujet : Lens a recruté deux médiateurs.", ("mediation", "tout-public", "Lens")),
    ("Metz a repavé la grande place.", ("autre", "tout-public", "Metz")),
)
NO_ACTIONS = (
    "La ville de Lens souhaite recruter des médiateurs.",
    "Une convention pourrait être signée avec le parquet de Douai.",
    "Il faudrait développer les chantiers jeunes à Lens.",
    "Arras envisage une brigade de nuit.",
    "À Lens, aucun médiateur n’a été recruté.",
    "La police municipale n’intervient pas la nuit à Nice.",
    "Les élus s’inquiètent de la hausse des rodéos à Roubaix.",
    "La loi du 25 mai 2021 élargit les compétences des polices municipales.",
    "Le FFSU a publié un guide sur la médiation.",
    "Le réseau poursuivra ses ateliers de formation.",
    "Les participants ont été accueillis par la police municipale de Douai.",
    "La réunion a porté sur la médiation et les caméras de vidéoprotection.",
    "Les villes de Lens et d’Arras étaient représentées ainsi que le CISPD de Douai.",
    "Ordre du jour : radicalisation, aide aux victimes.",
    "Parmi les thèmes : police municipale, aide aux victimes.",
    "Nice a-t-elle recruté des médiateurs ?",
    "La médiation a occupé le reste de la journée.",
    "Le 29 avril 2020, sept élus de Lens ont passé deux heures en ligne.",
    "Les rues sont moins vides, les contrôles plus difficiles.",
    "Lens relate les dégradations subies à l’été.",
    "Lens et Arras ont exposé les limites de leurs arrêtés.",
    "Ordre du jour : rixes, soutien psychologique.",
    "Parmi les sujets : la vie nocturne, les médiateurs de Lens, l’aide aux victimes.",
    "Thèmes abordés : vidéoprotection, aide aux victimes à Lens.",
    "Au programme :\n- les médiateurs de Lens\n- création d’une brigade à Arras",
    "Neuf villes étaient en ligne, dont Nice et Caen, pour parler de psychiatrie.",
    "Caen a retrouvé ses voisines pour parler d’hébergement.",
    "Lens a contribué aux débats.",
    "L’association Veille Citoyenne Lens-Nord, partenaire, a décrit ses maraudes.",
)


def test_an_action() -> None:
    """One each, for whom and of whom; one in thirty may be missed, two may be of another type."""
    read = [(wanted, found) for text, wanted in ACTIONS for found in actions(text)]
    assert len(ACTIONS) - 1 <= len(read) <= len(ACTIONS)
    assert {(one.audience, one.territory) == wanted[1:] for wanted, one in read} == {True}
    assert [one.type == wanted[0] for wanted, one in read].count(False) <= 2


def test_what_is_no_action() -> None:
    """The model may take two in thirty for one: a person ticks."""
    assert len([text for text in NO_ACTIONS if actions(text)]) <= 2


def test_an_enumeration_tells_one_action_an_item() -> None:
    text = (
        "Plusieurs actions de cohésion sociale ont été initiées afin de conserver le lien entre appels téléphoniques, "
        "livraisons de repas ou cellule de soutien psychologique."
    )
    found = actions(text)
    assert [action.type for action in found] == ["maintien-lien", "maintien-lien", "soutien-psychologique"]
    words = [text[action.evidence[0].start : action.evidence[0].end] for action in found]
    assert words == ["appels téléphoniques", "livraisons de repas", "cellule de soutien psychologique"]
    assert {action.description for action in found} == {text}


@pytest.mark.parametrize(
    "text",
    [
        "Lens soutient une équipe mobile de psychiatrie, dont les rapports servent à la police municipale.",
        "Lens a recruté un psychologue qui reçoit les habitants et les aides à domicile.",
        "Lens fait imprimer une brochure, relue par des infirmières.",
        "Lens : formation des gardiens au dialogue, 30 gardiens formés en 2024.",
        "Arras : sensibilisation des bénévoles, 12 bénévoles sensibilisés",
        "Lens organise des maraudes avec l’association Veille Citoyenne.",
        "Lens a recruté deux médiateurs et ouvert une permanence d’aide aux victimes, mais voudrait une brigade.",
    ],
)
def test_a_sentence_tells_one_action(text: str) -> None:
    assert len(actions(text)) == 1


def test_what_only_goes_with_an_action_is_none() -> None:
    found = actions("Lens a ouvert, avec la police municipale et le CCAS, une permanence d’aide aux victimes.")
    assert [action.type for action in found] == ["accompagnement-victimes"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("À Roubaix comme à Tourcoing, des médiateurs sillonnent les rues.", [""]),
        ("Lens et Arras ont chacune nommé un référent auprès du parquet.", [""]),
        ("Lens a signé une charte avec Arras.", ["Lens"]),
        ("Lens a recruté deux médiateurs ; Arras organise des ateliers.", ["Lens", "Arras"]),
        ("Lens a recruté deux médiateurs. Elle a aussi signé une charte avec les bailleurs.", ["Lens", "Lens"]),
        ("Lens a recruté deux médiateurs. Certaines villes ont ouvert une permanence.", ["Lens", ""]),
        ("L’association Aide a ouvert une permanence d’aide aux victimes à Douai.", ["Douai"]),
        ("La ville de Lens, en lien avec le parquet d’Arras, a recruté des médiateurs.", ["Lens"]),
        ("En lien avec le parquet d’Arras, la ville de Lens a recruté des médiateurs.", ["Lens"]),
        ("En 2024, Lens a formé ses agents.", ["Lens"]),
        ("Lens, soutenue par l’agglomération d’Arras, a recruté des médiateurs.", ["Lens"]),
        ("Lens, qui travaille avec Arras, a recruté des médiateurs.", ["Lens"]),
        ("Lens, Arras et Douai, dans le bassin minier, ont formé leurs agents.", [""]),
    ],
)
def test_the_territory_is_the_one_that_is_named(text: str, expected: list[str]) -> None:
    assert [action.territory for action in actions(text)] == expected


def test_a_type_that_users_have_added_is_known_by_its_name() -> None:
    vocabulary = load_vocabulary(names={"action_types": {"chantiers": ("Chantier jeunes",), "mediation": ("Équipe",)}})
    found = actions(
        "Lens a ouvert un chantier jeunes pour les 16-18 ans. Lens a recruté une équipe de médiateurs.", vocabulary
    )
    assert [action.type for action in found] == ["chantiers", "mediation"]


def test_a_list_of_practices() -> None:
    text = (
        "Pratiques signalées\n\n"
        "- Lens : appels de convivialité aux aînés\n"
        "- Arras : rien encore, mais envie de recruter des médiateurs\n"
        "- Nice ; patrouilles de la police municipale sur les plages\n"
    )
    assert [(action.type, action.territory) for action in actions(text)] == [
        ("maintien-lien", "Lens"),
        ("police-municipale", "Nice"),
    ]


def test_sections_of_wishes_are_not_read() -> None:
    assert actions("Propositions\n\n- Lens : recrutement de deux médiateurs\n- création d’une brigade\n") == ()


def test_the_public_that_the_sentence_before_told() -> None:
    text = (
        "La question des seniors a animé les échanges. "
        "Plusieurs actions ont été menées : appels téléphoniques, portage de repas."
    )
    assert {action.audience for action in actions(text)} == {"seniors-isoles"}


def test_a_long_sentence_is_cut_at_a_word() -> None:
    patient = "qui accueillent et orientent les habitants du quartier chaque soir de la semaine, " * 9
    (action,) = actions(f"Lens a recruté trois médiateurs, {patient}et le dimanche.")
    assert 400 < len(action.description) <= 500
    assert action.description.removesuffix("…").split()[-1] in patient.split()


def test_the_theme_of_another_paragraph_is_not_taken() -> None:
    first, second = actions(
        "Le groupe a parlé des violences faites aux femmes. Arras a ouvert un lieu d’accueil.\n\n"
        "Douai a créé une équipe de médiateurs de nuit."
    )
    assert first.theme == "violences-femmes"
    assert second.theme != "violences-femmes"


@pytest.mark.parametrize(
    ("text", "theme", "is_said"),
    [
        # the paragraph before is another matter
        ("Les violences conjugales inquiètent.\n\nLens expérimente une équipe de médiateurs.", "mediation", True),
        ("Les rodéos inquiètent.\n\nLens a signé une convention avec les bailleurs.", "", True),
        ("Les rodéos inquiètent. Lens a signé une convention avec les bailleurs.", "rodeos", False),
        ("Les rodéos\n\nLens a signé une convention avec les bailleurs.", "rodeos", False),
        ("Les rixes\n\nLens a signé une convention sur les rodéos motorisés.", "rodeos", True),
        ("Prévenir les violences conjugales\n\nLens a formé ses agents d’accueil.", "violences-femmes", False),
        ("Lens, en lien avec le parquet, a recruté des médiateurs.", "mediation", True),
    ],
)
def test_the_theme_is_that_of_its_words_or_less_surely_of_what_it_stands_under(
    text: str, theme: str, *, is_said: bool
) -> None:
    (action,) = actions(text)
    assert action.theme == theme
    assert is_said or action.step <= LIKELY


def test_an_item_of_a_list_has_the_theme_of_the_list_not_of_the_item_before() -> None:
    found = actions(
        "Pratiques\n\nPlusieurs villes agissent contre les rodéos :\n\n"
        "- Lens forme ses agents aux violences conjugales\n- Arras a signé une convention avec les bailleurs\n"
    )
    assert [(action.territory, action.theme) for action in found] == [("Lens", "violences-femmes"), ("Arras", "rodeos")]
