"""Valid values that a refused one resembles."""

from __future__ import annotations

import time

import pytest

from netstats.intake.near import Places, near, place_label
from netstats.reference.gazetteer import Gazetteer
from netstats.reference.territories import Own


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(own=Own())


@pytest.fixture(scope="module")
def places(gazetteer: Gazetteer) -> Places:
    return Places(gazetteer)


@pytest.mark.parametrize(
    ("text", "regions", "first"),
    [
        ("Beauvai", ("32",), "Beauvais (60)"),
        ("Beauvai", (), "Beauvais (60)"),
        ("Lile", ("32",), "Lille (59)"),
        ("Villeurbane", ("84",), "Villeurbanne (69)"),
        ("CA de La Rochele", ("75",), "CA de La Rochelle (17)"),
        ("Saint-Deni", ("11",), "Saint-Denis (93)"),
        ("Beauvai (60)", (), "Beauvais (60)"),
        ("Pas de Calai", (), "Pas-de-Calais (département)"),
        # Initials of intercommunalities, with the word of their kind or not.
        ("MEL", ("32",), "Métropole Européenne de Lille (59)"),
        ("MEL", (), "Métropole Européenne de Lille (59)"),
        ("la MEL (59)", ("32",), "Métropole Européenne de Lille (59)"),
        ("CUD", (), "CU de Dunkerque (59)"),
        ("CUA", ("32",), "CU d'Arras (62)"),
        ("CAPSO", (), "CA du Pays de Saint-Omer (62)"),
        ("GPSEO", (), "CU Grand Paris Seine et Oise (78)"),
        ("EMS", ("44",), "Eurométropole de Strasbourg (67)"),
        ("CAB", ("32",), "CA du Boulonnais (62)"),
        ("Mel", (), "Muel (35)"),
    ],
)
def test_the_nearest_territory_comes_first(places: Places, text: str, regions: tuple[str, ...], first: str) -> None:
    found = places.near(text, regions)
    assert place_label(found[0]) == first
    assert len(found) <= 3


def test_nothing_is_near_to_noise(places: Places) -> None:
    assert places.near("xxqqzzvv") == ()
    assert places.near("") == ()


def test_a_name_is_looked_up_in_no_time(places: Places) -> None:
    names = ("Beauvai", "Roubay", "Tourcoin", "Hazebrouk", "Valencienne", "Dunkerke")
    started = time.perf_counter()
    for name in names:
        places.near(name, ("32",))
    assert (time.perf_counter() - started) / len(names) < 0.03  # about 2 ms on an idle machine


def test_names_of_a_list() -> None:
    themes = ("Stupéfiants", "Police municipale", "Médiation")
    assert near("stupefiant", themes)[0] == "Stupéfiants"
    assert near("mediaton", themes) == ("Médiation",)
    assert near("urbanisme", themes) == ()


def test_a_territory_is_told_from_its_homonyms(gazetteer: Gazetteer) -> None:
    labels = [place_label(found) for code in ("93066", "59", "200072460") if (found := gazetteer.candidate(code))]
    assert labels == ["Saint-Denis (93)", "Nord (département)", "CA de Béthune-Bruay, Artois-Lys Romane (62)"]
    assert gazetteer.candidate("99999") is None
