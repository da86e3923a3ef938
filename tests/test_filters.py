"""A selection goes to the address and back, and is said as one French sentence."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import pytest

from netstats.catalogue import overview
from netstats.filters import DIMENSIONS, Dimension, Filters, read_address, read_face, read_period
from netstats.period import Period
from netstats.store import Database
from tests.test_period import PERIODS

NORD, OISE = "59", "60"


@pytest.fixture(scope="module")
def choices(real_database: Database) -> dict[str, dict[str, str]]:
    return overview.choices(real_database)


def made_up(choices: Mapping[str, Mapping[str, str]], seed: int) -> Filters:
    chance = random.Random(seed)  # noqa: S311
    codes = {
        dimension.attribute: tuple(chance.sample(list(choices[dimension.parameter]), chance.choice((0, 0, 1, 2, 4))))
        for dimension in DIMENSIONS
    }
    return Filters(period=chance.choice((Period(), chance.choice(PERIODS))), **codes)


@pytest.mark.parametrize("seed", range(100))
def test_address_and_back(choices: dict[str, dict[str, str]], seed: int) -> None:
    filters = made_up(choices, seed)
    assert read_address(filters.to_address(), choices) == (filters, [])


@pytest.mark.parametrize("seed", range(20))
def test_what_the_browser_writes_is_read_the_same(choices: dict[str, dict[str, str]], seed: int) -> None:
    filters = made_up(choices, seed)
    address = filters.to_address()
    for dimension in DIMENSIONS:
        labels = choices[dimension.parameter]
        if dimension.parameter in address:
            address[dimension.parameter] = [
                dimension.option(code, labels[code]) for code in address[dimension.parameter]
            ]
    assert read_address(address, choices) == (filters, [])


def test_a_department_shows_its_code(choices: dict[str, dict[str, str]]) -> None:
    filters, notices = read_address({"departement": ["Nord (59)", "2A"]}, choices)
    assert filters.departments == (NORD, "2A")
    assert not notices


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda dimension: dimension.parameter)
def test_an_unknown_value_is_noticed_and_left_out(choices: dict[str, dict[str, str]], dimension: Dimension) -> None:
    parameter, attribute, label = dimension.parameter, dimension.attribute, dimension.label
    known = next(iter(choices[parameter]))
    filters, unknown = read_address({parameter: ["atlantide", known]}, choices)
    assert getattr(filters, attribute) == (known,)
    assert [(one.dimension, one.value) for one in unknown] == [(dimension, "atlantide")]
    assert list(map(str, unknown)) == [f"{label} : « atlantide » n’est pas connu, ce filtre est laissé de côté."]


def test_a_value_given_twice_counts_once(choices: dict[str, dict[str, str]]) -> None:
    filters, _ = read_address({"departement": [NORD, "Nord (59)", OISE, NORD]}, choices)
    assert filters.departments == (NORD, OISE)


def test_an_unknown_period_is_noticed_and_left_out(choices: dict[str, dict[str, str]]) -> None:
    filters, unknown = read_address({"periode": ["avant-hier"], "departement": [NORD]}, choices)
    assert filters == Filters(departments=(NORD,))
    assert [(one.dimension, one.value) for one in unknown] == [(None, "avant-hier")]
    assert "« avant-hier »" in str(unknown[0])
    assert read_period("2021 à 2019")[0] == Period()


def test_other_parameters_of_the_address_are_none_of_ours(choices: dict[str, dict[str, str]]) -> None:
    assert read_address({"embed": ["true"], "utm_source": ["x"]}, choices) == (Filters(), [])


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(), "Tous les réseaux régionaux"),
        (Filters(departments=(NORD,)), "Nord"),
        (
            Filters(departments=(NORD, OISE), period=Period.parse("2019 à 2021"), themes=("stupefiants",)),
            "Nord et Oise, 2019 à 2021, thème Stupéfiants",
        ),
        (Filters(period=Period.parse("2020")), "Tous les réseaux régionaux, 2020"),
        (Filters(period=Period.parse("depuis 2020"), regions=("32",)), "Hauts-de-France, depuis 2020"),
        (Filters(networks=("national",)), "Réseau National"),
        (
            Filters(networks=("hauts-de-france", "ile-de-france")),
            "Réseaux Hauts-de-France et Île-de-France",
        ),
        (Filters(themes=("stupefiants", "rixes")), "Tous les réseaux régionaux, thèmes Stupéfiants et Rixes"),
        (Filters(departments=("atlantide",)), "Atlantide"),
    ],
)
def test_sentence(choices: dict[str, dict[str, str]], filters: Filters, sentence: str) -> None:
    assert filters.sentence(choices) == sentence


def test_sentence_names_everything_that_is_chosen(choices: dict[str, dict[str, str]]) -> None:
    for seed in range(40):
        filters = made_up(choices, seed)
        sentence = filters.sentence(choices).casefold()
        for dimension in DIMENSIONS:
            for code in filters.codes(dimension):
                assert choices[dimension.parameter][code].casefold() in sentence
        assert str(filters.period).casefold() in sentence


def test_count_and_parameters() -> None:
    filters = Filters(period=Period.parse("2020"), departments=(NORD, OISE), formats=("hybride",))
    assert filters.count() == 3
    assert filters.parameters() == {
        "since": date(2020, 1, 1),
        "until": date(2020, 12, 31),
        "regions": None,
        "departments": [NORD, OISE],
        "networks": None,
        "kinds": None,
        "themes": None,
        "formats": ["hybride"],
    }
    assert Filters().count() == 0
    assert set(Filters().parameters().values()) == {None}
    assert Filters().to_address() == {}


def test_before_is_the_same_selection_in_the_previous_period() -> None:
    filters = Filters(period=Period.parse("2020"), departments=(NORD,))
    assert filters.before(date(2026, 1, 1)) == Filters(period=Period.parse("2019"), departments=(NORD,))
    assert Filters(departments=(NORD,)).before(date(2026, 1, 1)) is None
    assert filters.before(date(2020, 12, 31)) is None, "2020 still runs on its last day"
    assert filters.is_unfinished(date(2020, 12, 31))
    assert not filters.is_unfinished(date(2021, 1, 1))
    assert Filters(period=Period.parse("depuis 2020")).before(date(2026, 1, 1)) is None


def test_selections_can_be_keys_of_a_cache() -> None:
    assert {Filters(departments=(NORD,)): 1}[Filters(departments=(NORD,))] == 1
    assert Filters(departments=(NORD,)) != Filters(regions=(NORD,))


def test_a_long_list_is_shortened_on_screen_and_whole_elsewhere() -> None:
    codes = [f"{number:02}" for number in range(1, 96)]
    names = {"departement": {code: f"D{code}" for code in codes}}
    chosen = Filters(departments=tuple(codes), period=Period.parse("2020"))
    assert chosen.sentence(names, whole=False) == "D01, D02 et 93 autres, 2020"
    assert chosen.sentence(names).count("D") == 95
    four = Filters(departments=tuple(codes[:4]))
    assert four.sentence(names, whole=False) == four.sentence(names) == "D01, D02, D03 et D04"


@pytest.mark.parametrize("seed", range(60))
def test_a_second_selection_goes_into_one_value_and_back(choices: dict[str, dict[str, str]], seed: int) -> None:
    filters = made_up(choices, seed)
    for value in (filters.to_face(), filters.to_face(choices)):
        assert read_face(value, choices) == (filters, [])


def test_a_second_selection_is_said_in_the_words_of_an_address(choices: dict[str, dict[str, str]]) -> None:
    oise = Filters(departments=(OISE,), period=Period.parse("2020"))
    assert oise.to_face(choices) == "departement=Oise (60)&periode=2020"
    assert Filters().to_face(choices) == "tout"
    hostile = {**choices, "theme": {"a&b": "Rixes & bandes = 100 %;+#"}}
    kept = Filters(themes=("a&b",))
    assert read_face(kept.to_face(hostile), hostile) == (kept, [])


@pytest.mark.parametrize("value", ["Oise", "région=Bretagne", "", "%%%", "=&=&;;"])
def test_a_second_selection_that_is_none_is_told(choices: dict[str, dict[str, str]], value: str) -> None:
    filters, unknown = read_face(value, choices)
    assert filters == Filters()
    assert [one.value for one in unknown] == [value]
    filters, unknown = read_face("departement=Oise (60)&departement=Atlantide&couleur=bleu", choices)
    assert filters == Filters(departments=(OISE,))
    assert {one.value for one in unknown} == {"Atlantide", "couleur=bleu"}


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (Filters(departments=(NORD,)), Filters(departments=(OISE,)), ("Nord", "Oise")),
        (
            Filters(departments=(NORD,), period=Period.parse("2020")),
            Filters(departments=(OISE,), period=Period.parse("2020")),
            ("Nord", "Oise"),
        ),
        (
            Filters(departments=(NORD,), period=Period.parse("2020")),
            Filters(departments=(NORD,), period=Period.parse("2019")),
            ("2020", "2019"),
        ),
        (Filters(departments=(NORD,)), Filters(), ("Nord", "Tous les réseaux régionaux")),
        (
            Filters(departments=(NORD,), period=Period.parse("2020")),
            Filters(departments=(NORD,)),
            ("Nord, 2020", "Nord"),
        ),
        (
            Filters(regions=("32",)),
            Filters(networks=("bretagne-pays-de-la-loire",)),
            ("Hauts-de-France", "Réseau Bretagne – Pays de la Loire"),
        ),
    ],
)
def test_what_tells_two_selections_apart(
    choices: dict[str, dict[str, str]], first: Filters, second: Filters, said: tuple[str, str]
) -> None:
    assert (first.apart(second, choices), second.apart(first, choices)) == said
    assert not first.is_as(second)


def test_the_order_of_what_is_chosen_tells_nothing_apart() -> None:
    assert Filters(departments=(NORD, OISE)).is_as(Filters(departments=(OISE, NORD)))
    assert not Filters(departments=(NORD, OISE)).is_as(Filters(departments=(NORD,)))
