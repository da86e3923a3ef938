"""How many, of whom, and how sure."""

from __future__ import annotations

import pytest

from netstats.minutes.numbers import find_counts
from netstats.minutes.prose import parse
from netstats.reference.vocabulary import load_vocabulary

UNITS = load_vocabulary().units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la réunion a réuni 9 professionnels", [(9, "exact", "professionnels")]),
        ("Vingt-trois professionnels ont répondu", [(23, "exact", "professionnels")]),
        ("une cinquantaine de participants", [(50, "about", "participants")]),
        ("une bonne trentaine de coordonnateurs", [(30, "about", "professionnels")]),
        ("près de 150 acteurs", [(150, "about", "acteurs")]),
        ("plus de 150 acteurs", [(150, "at_least", "acteurs")]),
        ("plus d’une centaine d’acteurs", [(100, "at_least", "acteurs")]),
        ("80 élus et professionnels", [(80, "exact", "élus et professionnels")]),
        ("une cinquantaine d’élus et de professionnels", [(50, "about", "élus et professionnels")]),
        ("23 inscrits pour 17 participants", [(23, "exact", "inscrits"), (17, "exact", "participants")]),
        ("1 200 participants", [(1200, "exact", "participants")]),
        ("quatre-vingt-douze acteurs", [(92, "exact", "acteurs")]),
        ("soixante-dix-huit élus", [(78, "exact", "élus")]),
        ("cent vingt personnes", [(120, "exact", "participants")]),
        ("vingt et un participants", [(21, "exact", "participants")]),
        ("Nombre de participants : 17", [(17, "exact", "participants")]),
        ("une soixantaine de collectivités", [(60, "about", "")]),
        ("mille deux cents participants", [(1200, "exact", "participants")]),
        ("deux mille participants", [(2000, "exact", "participants")]),
        ("entre 20 et 25 personnes", [(20, "at_least", "participants")]),
        ("15 à 20 participants", [(15, "at_least", "participants")]),
        ("moins de vingt participants", [(20, "at_most", "participants")]),
        ("3 villes et 12 personnes", [(3, "exact", ""), (12, "exact", "participants")]),
        ("le 6 mai 2020, en 2021, à 14 h", []),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, expected: list[tuple[int, str, str]]) -> None:
    prose = parse(text)
    counts = find_counts(prose, UNITS, 0, len(prose.tokens))
    assert [(one.number, one.precision, one.unit) for one in counts] == expected
