"""What is taken out of a description before it may come in: nobody is named, towns and services stay."""

from __future__ import annotations

import pytest

from netstats.intake.snapshot import Snapshot
from netstats.minutes.persons import impersonal


@pytest.mark.parametrize(
    "text",
    [
        "Le commissaire Martin a présenté le dispositif.",
        "Le commissaire divisionnaire Durand a présenté le dispositif.",
        "Le commissaire Le Goff a présenté le dispositif.",
        "Une intervention du capitaine Durand en classe.",
        "Une intervention de la lieutenante DURAND en classe.",
        "Après l’ouverture par le préfet Untel, un échange a eu lieu.",
        "La procureure adjointe Untel a signé la convention.",
        "La directrice Untel suit le projet.",
        "Fatoumata Diallo a animé la séance.",
        "Un atelier où Mamadou TRAORÉ intervient chaque mois.",
        "Un atelier confié à Nguyen Van Minh.",
        "Un bilan présenté par Yann Le Goff.",
        "Une maraude avec Mamadou Traoré et une infirmière.",
        "Un bilan présenté par Fatoumata D. en séance.",
        "La médiatrice Aïcha B. suit les familles.",
        "Un atelier tenu par l’éducateur (Jean Dupont) et par Fatoumata Diallo.",
    ],
)
def test_a_description_that_names_a_person_is_left_to_be_written(known: Snapshot, text: str) -> None:
    assert impersonal(text, known.gazetteer) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Le maire de Lille a ouvert la séance.",
        "Le préfet du Nord et le procureur de la République ont signé.",
        "Le préfet délégué Sécurité a présenté le plan.",
        "Le directeur Prévention Sécurité et le Directeur Général des Services suivent le plan.",
        "Le coordonnateur CLSPD anime un groupe, le commandant CRS aussi.",
        "Une permanence à la Maison de l’Emploi.",
        "Une permanence tenue avec France Victimes.",
        "Une formation animée par la Police nationale.",
        "Une intervention de l’Éducation Nationale.",
        "Un stand tenu avec le Secours Populaire et la Croix Rouge.",
        "La Croix Rouge anime des ateliers.",
        "Le FFSU a présenté sa plateforme.",
        "Lille Métropole présente son plan.",
        "Une action menée par Nantes Métropole Habitat avec Paris Habitat.",
        "Saint-Denis anime des ateliers, Boulogne Billancourt présente les siens.",
        "Une rencontre place du Colonel Fabien.",
    ],
)
def test_towns_bodies_and_offices_stay(known: Snapshot, text: str) -> None:
    assert impersonal(text, known.gazetteer) == text


def test_a_person_in_parentheses_goes_alone(known: Snapshot) -> None:
    text = "Un atelier mené par la ville (le capitaine Durand) au collège."
    assert impersonal(text, known.gazetteer) == "Un atelier mené par la ville au collège."
