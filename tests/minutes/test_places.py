"""Names of territories as minutes list them."""

from __future__ import annotations

import pytest

from netstats.intake.snapshot import Snapshot
from netstats.minutes.drafts import DOUBTFUL, SURE
from netstats.minutes.places import Named, Places
from netstats.minutes.prose import parse
from netstats.minutes.territory_index import TerritoryIndex
from netstats.reference.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def places(known: Snapshot) -> Places:
    return Places(TerritoryIndex(known), frozenset({"autriche"}), load_vocabulary().regions)


def listed(places: Places, text: str, *regions: str) -> list[Named]:
    prose = parse(text)
    return list(places.on(prose, regions).listed(0, len(prose.tokens)))


def codes(places: Places, text: str, *regions: str) -> list[str]:
    return [one.mention.code or "+".join(one.mention.communes) for one in listed(places, text, *regions)]


HDF, IDF, ARA, NAQ, PACA, GES = "32", "11", "84", "75", "93", "44"


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("Les villes de Beauvais, d’Hazebrouck et de Lille", HDF, ["60057", "59295", "59350"]),
        ("les villes du Blanc-Mesnil, de la Courneuve et des Mureaux", IDF, ["93007", "93027", "78440"]),
        ("les CA Creil Sud Oise, Béthune, Baie de Somme", HDF, ["200068047", "200072460", "200070993"]),
        ("l’agglomération du Douaisis, la CA Maubeuge Val de Sambre", HDF, ["200044618", "200043396"]),
        ("les CA de la Baie de Somme, l’agglomération du Douaisis", HDF, ["200070993", "200044618"]),
        ("la communauté urbaine de Dunkerque et la Métropole européenne de Lille", HDF, ["245900428", "200093201"]),
        ("Métropole et Ville de Nice", PACA, ["200030195", "06088"]),
        ("La Rochelle (CA), La Rochelle et Pau", NAQ, ["241700434", "17300", "64445"]),
        ("Saint-Dié-des-Vosges\tville et CA", GES, ["88413", "200071066"]),
        ("Grand Poitiers ; CA du Niortais ; Niort", NAQ, ["200069854", "200041317", "79191"]),
        ("Chennevières sur Marne, Champigny sur Marne, L’Haÿ les Roses", IDF, ["94019", "94017", "94038"]),
        ("Nantes et sa métropole", "52", ["44109", "244400404"]),
        ("le conseil départemental du Nord", HDF, ["59"]),
        ("Allonnes (72) et Mérignac (Gironde)", "52", ["72003", "33281"]),
        ("le CISPD de Abscon-Douchy les Mines-Escaudain-Haveluy-Lourches", HDF,
         ["cispd-abscon-douchy-les-mines-escaudain-haveluy-lourches"]),
        ("le CISPD Anzin-Beuvrages-Petite-Forêt-Raismes", HDF, ["cispd-anzin-beuvrages-petite-foret-raismes"]),
        ("le CISPD de Neuville-sur-Saône/Genay", ARA, ["cispd-neuville-sur-saone-genay"]),
        ("le CLSPD Bonneuil-sur-Marne/Chennevières-sur-Marne", IDF, ["94011+94019"]),
        ("le CISPD Bassens-Cenon-Floirac-Lormont", NAQ, ["33032+33119+33167+33249"]),
        ("Bourgogne-Franche-Comté", "27", []),
    ],
)  # fmt: skip
def test_a_list_is_read_as_a_person_reads_it(places: Places, text: str, region: str, expected: list[str]) -> None:
    assert codes(places, text, region) == expected


def test_homonyms_are_a_choice_and_the_network_settles_some(places: Places) -> None:
    (anywhere,) = listed(places, "Saint-Denis")
    assert anywhere.mention.code == ""
    assert {"93066", "97411"} <= set(anywhere.mention.choices)
    (here,) = listed(places, "Saint-Denis", IDF)
    assert here.mention.code == "93066"


def test_the_town_that_everybody_means_is_meant_and_not_called_sure(places: Places) -> None:
    (montreuil,) = listed(places, "Montreuil")
    assert (montreuil.mention.code, montreuil.mention.step < SURE) == ("93048", True)


def test_a_foreign_town_is_none_of_ours(places: Places) -> None:
    assert [one.is_foreign for one in listed(places, "Vienne (AT) et Vienne (Isère)", ARA)] == [True, False]
    assert [one.is_foreign for one in listed(places, "Vienne (Autriche)", ARA)] == [True]


def test_a_new_council_says_of_which_communes(places: Places) -> None:
    (council,) = listed(places, "le CISPD du Douaisis", HDF)
    assert (council.mention.code, council.mention.kind) == ("", "CISPD")
    assert "59178" in council.mention.communes


def test_an_unknown_name_is_kept_with_what_it_resembles(places: Places) -> None:
    first, second = listed(places, "Hazebrouk et Trifouillis", HDF)
    assert first.mention.code == "59295"
    assert first.mention.step == DOUBTFUL, "a person should look at it"
    assert (second.mention.written, second.mention.code, second.mention.choices) == ("Trifouillis", "", ())


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("A Douai, certaines officines proposent des permanences.", HDF, ["59178"]),
        ("Au Havre, une cellule reçoit les agents.", "28", ["76351"]),
        ("Les Mureaux ont basculé leurs permanences.", IDF, ["78440"]),
        ("La ville de Lens a recruté dix agents.", HDF, ["62498"]),
        ("Le travail est bien fait, et les sens sont en éveil.", IDF, []),
        ("Plusieurs guichets ont ouvert dans les pharmacies.", HDF, []),
    ],
)
def test_a_sentence_names_territories_in_passing(places: Places, text: str, region: str, expected: list[str]) -> None:
    prose = parse(text)
    named = places.on(prose, (region,)).mentioned(0, len(prose.tokens))
    assert [one.mention.code for one in named] == expected
