"""The figures of the real activity are those one can count by hand, and they agree with each other."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from netstats.catalogue import actions, meetings, overview, quality
from netstats.catalogue.figure import LONGEST_SUBJECT
from netstats.filters import DIMENSIONS, Dimension, Filters
from netstats.period import Period
from netstats.store import Database
from tests import activity
from tests.conftest import Generated

YEAR_2020 = Period.parse("2020")
HAUTS_DE_FRANCE = Filters(regions=("32",))


def indicators(database: Database, filters: Filters) -> pd.Series:
    return overview.INDICATORS.ask(database, filters).iloc[0]


class TestRealFacts:
    @pytest.mark.parametrize("filters", [HAUTS_DE_FRANCE, Filters(networks=("hauts-de-france",))], ids=activity.name)
    def test_hauts_de_france(self, real_database: Database, filters: Filters) -> None:
        found = indicators(real_database, filters)
        assert (found.meetings, found.undated_meetings) == (5, 2)
        assert (found.territories, found.attendances) == (23, 28)
        assert (found.participants, found.participants_known_meetings) == (25, 2)

    def test_all_regional_networks(self, real_database: Database) -> None:
        found = indicators(real_database, Filters())
        assert (found.meetings, found.sessions, found.undated_meetings) == (11, 12, 3)
        assert (found.territories, found.attendances, found.attended_meetings) == (58, 66, 8)
        assert (found.themes, found.themed_meetings) == (14, 10)
        assert (found.actions, found.located_actions) == (13, 1)

    def test_national_activity_joins_only_when_asked_for(self, real_database: Database) -> None:
        found = indicators(real_database, Filters(networks=("national",)))
        assert (found.meetings, found.territories, found.attendances) == (9, 6, 6)  # ten, of which one announced
        assert found.participants_approximate
        listed = overview.MEETINGS.ask(real_database, Filters(networks=("national",)))
        assert listed["status"].value_counts().to_dict() == {"held": 9, "announced": 1}

    def test_towns_of_the_nord_that_came(self, real_database: Database) -> None:
        filters = Filters(departments=("59",), kinds=("commune",))
        towns = overview.TERRITORIES.ask(real_database, filters)
        assert sorted(towns["name"]) == [
            "Avesnes-sur-Helpe",
            "Cambrai",
            "Fourmies",
            "Hazebrouck",
            "Lille",
            "Ronchin",
            "Tourcoing",
            "Valenciennes",
            "Wattrelos",
        ]
        twice = towns[towns["attendances"] == 2]
        assert sorted(twice["name"]) == ["Lille", "Wattrelos"]

    def test_bodies_of_the_nord_that_came(self, real_database: Database) -> None:
        found = indicators(real_database, Filters(departments=("59",)))
        assert (found.meetings, found.territories, found.attendances) == (3, 13, 17)

    def test_what_was_discussed_in_2020(self, real_database: Database) -> None:
        themes = overview.THEMES.ask(real_database, Filters(period=YEAR_2020))
        assert dict(zip(themes["code"], themes["meetings"], strict=True)) == {
            "covid-19": 2,
            "seniors-isolement": 2,
            "violences-femmes": 2,
            "numerique": 2,
            "jeunesse": 1,
            "publics-vulnerables": 1,
            "sante-mentale": 1,
        }
        assert set(themes["themed_meetings"]) == {2}

    def test_an_action_without_a_town_counts_for_its_region_and_for_no_department(
        self, real_database: Database
    ) -> None:
        assert indicators(real_database, HAUTS_DE_FRANCE).actions == 10
        nord = actions.LIST.ask(real_database, Filters(departments=("59",)))
        assert list(nord["territory"]) == ["Douai"]

    def test_two_regions_share_a_network(self, real_database: Database) -> None:
        for region in ("53", "52"):
            assert indicators(real_database, Filters(regions=(region,))).meetings == 1
        assert indicators(real_database, Filters(regions=("53",))).territories == 0
        assert indicators(real_database, Filters(regions=("52",))).territories == 3

    def test_the_town_and_the_agglomeration_of_la_rochelle_are_two(self, real_database: Database) -> None:
        found = overview.TERRITORIES.ask(real_database, Filters(departments=("17",)))
        assert set(found["code"]) == {"241700434", "17300", "200036473"}
        department = overview.DEPARTMENTS.ask(real_database, Filters(departments=("17",))).iloc[0]
        # the agglomerations of La Rochelle and Saintes; the town of La Rochelle is counted within the first
        unions = found[found["kind"] == "CA"]
        assert department.population_covered == unions["population"].sum()

    def test_the_series_of_two_sessions_is_one_meeting(self, real_database: Database) -> None:
        found = indicators(real_database, Filters(networks=("auvergne-rhone-alpes",), period=YEAR_2020))
        assert (found.meetings, found.sessions) == (1, 2)

    def test_years_of_activity(self, real_database: Database) -> None:
        assert overview.years(real_database) == (2018, 2023)
        yearly = overview.YEARLY_INDICATORS.ask(real_database, Filters())
        assert list(yearly["year"]) == [2019, 2020, 2021]
        assert list(yearly["meetings"]) == [1, 2, 5]

    def test_every_regional_meeting_is_listed_the_latest_first(self, real_database: Database) -> None:
        days = overview.MEETINGS.ask(real_database, Filters())["held_on"]
        assert days.dropna().is_monotonic_decreasing
        assert list(days.isna()) == [False] * 8 + [True] * 3

    def test_an_unknown_number_of_participants_is_not_zero(self, real_database: Database) -> None:
        found = indicators(real_database, Filters(networks=("ile-de-france",)))
        assert pd.isna(found.participants)
        assert found.participants_known_meetings == 0


COMPARED = (
    *("activite", "actions", "departements", "frise", "indicateurs-par-an", "presences", "reunions", "territoires"),
    *("themes", "types-action"),
)


def agreeing(database: Database, filters: Filters) -> None:
    """Assert that each figure says the same as the key figures."""
    key = indicators(database, filters)
    ask = {name: overview.FIGURES[name].ask(database, filters) for name in COMPARED}
    came_unknown = key.meetings and not key.attended_meetings
    themes_unknown = key.meetings and not key.themed_meetings
    departments = ask["departements"]
    if came_unknown:  # unknown is not zero
        assert pd.isna([key.territories, key.attendances, key.population_covered, key.share_covered]).all()
        assert departments[["territories", "attendances", "population_covered", "share_covered"]].isna().all(axis=None)
    assert len(ask["territoires"]) == (0 if came_unknown else key.territories)
    attendances = 0 if came_unknown else key.attendances
    assert ask["territoires"]["attendances"].sum() == len(ask["presences"]) == attendances
    assert len(ask["themes"]) == (0 if themes_unknown else key.themes)
    assert pd.isna(key.themes) == bool(themes_unknown)
    assert set(ask["themes"]["themed_meetings"]) <= {key.themed_meetings}
    assert ask["types-action"]["actions"].sum() == len(ask["actions"]) == key.actions
    assert ask["types-action"]["located_actions"].sum() == ask["actions"]["territory"].notna().sum()
    held = ask["reunions"][ask["reunions"]["status"] == "held"]
    assert len(held) == ask["frise"]["code"].nunique() == key.meetings
    assert held["held_on"].isna().sum() == key.undated_meetings
    assert held["sessions"].sum() == key.sessions
    assert held["territories"].sum() == attendances
    assert held["participants"].notna().sum() == key.participants_known_meetings
    assert held["themes"].notna().sum() == key.themed_meetings
    dated = key.meetings - key.undated_meetings
    assert ask["activite"]["meetings"].sum() == ask["indicateurs-par-an"]["meetings"].sum() == dated
    if came_unknown:
        return
    assert departments["population_covered"].sum() == key.population_covered
    if len(departments):
        assert departments["population"].sum() == key.population
        assert key.share_covered == pytest.approx(key.population_covered / key.population)
    else:
        assert pd.isna(key.population)
        assert pd.isna(key.share_covered)
    assert departments["share_covered"].between(0, 1).all()
    assert (departments["territories"] <= key.territories).all()


@pytest.mark.parametrize("filters", activity.selections(seed=11)[::2], ids=activity.name)
def test_figures_agree_on_a_made_up_activity(generated: Generated, filters: Filters) -> None:
    agreeing(generated.database, filters)


@pytest.mark.parametrize("seed", range(30))
def test_figures_agree_on_the_real_activity(real_database: Database, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    choices = overview.choices(real_database)
    chosen: dict[str, Any] = {
        dimension.attribute: tuple(chance.sample(list(choices[dimension.parameter]), chance.choice((1, 2))))
        for dimension in chance.sample(DIMENSIONS, seed % 4)
    }
    period = chance.choice(
        (Period(), Period(), YEAR_2020, Period.parse("depuis 2020"), Period.parse("2019 à mai 2021"))
    )
    agreeing(real_database, replace(Filters(period=period), **chosen))


@pytest.mark.parametrize("figure", overview.FIGURES.values(), ids=lambda figure: figure.name)
class TestEachFigure:
    def test_is_told_in_french(self, figure: overview.Figure) -> None:
        assert figure.title[0].isupper()
        assert figure.definition.endswith(".")
        assert figure.source
        headers = list(figure.headers.values())
        assert len(set(headers)) == len(headers)
        for header in headers:
            assert header[0].isupper()
            assert "_" not in header

    @pytest.mark.parametrize("filters", [Filters(), Filters(themes=("nothing",))], ids=["all", "nothing"])
    def test_answers_exactly_its_columns(
        self, real_database: Database, figure: overview.Figure, filters: Filters
    ) -> None:
        assert list(figure.ask(real_database, filters).columns) == list(figure.columns)

    @pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda dimension: dimension.parameter)
    def test_takes_a_value_that_looks_like_sql_as_a_value(
        self, real_database: Database, figure: overview.Figure, dimension: Dimension
    ) -> None:
        chosen: dict[str, Any] = {dimension.attribute: ("59'); DROP TABLE meeting;--", "' OR 1=1 --")}
        hostile = replace(Filters(), **chosen)
        answer = figure.ask(real_database, hostile)
        if figure is overview.INDICATORS:
            assert answer.iloc[0].meetings == 0
        elif figure in quality.FIGURES:  # no filter rules them
            pd.testing.assert_frame_equal(answer, figure.ask(real_database, Filters()))
        elif figure is meetings.LAST_MEETING and dimension.attribute in {"themes", "formats", "kinds"}:
            pd.testing.assert_frame_equal(answer, figure.ask(real_database, Filters()))  # these do not rule it
        elif figure is not overview.DEPARTMENTS:
            assert answer.empty
        assert real_database.ask("SELECT count(*) AS held FROM meeting WHERE status = 'held'")["held"].item() == 20


@pytest.mark.parametrize("name", ["recherche", "mots-proches", "recherche-reunions"])
def test_a_search_reads_no_more_than_a_person_writes(real_database: Database, name: str) -> None:
    figure = overview.FIGURES[name]
    written = "pharmacie " * 20
    assert len(written) == LONGEST_SUBJECT
    for beyond in ("Lille seniors", "a e " * 2500):
        pd.testing.assert_frame_equal(
            figure.ask(real_database, Filters(), written + beyond), figure.ask(real_database, Filters(), written)
        )


@pytest.mark.parametrize("words", ["", "!!!", "   ", "кириллица"])
def test_a_search_of_no_known_word_finds_nothing(real_database: Database, words: str) -> None:
    for name in ("recherche", "recherche-reunions"):
        assert overview.FIGURES[name].ask(real_database, Filters(), words).empty


def test_headlines_are_columns_of_the_key_figures() -> None:
    assert {headline.name for headline in overview.MEASURES} <= set(overview.INDICATORS.columns)
    assert all(headline.definition in overview.INDICATORS.definition for headline in overview.MEASURES)


class TestChoices:
    def test_every_filter_offers_what_there_is(self, real_database: Database) -> None:
        choices = overview.choices(real_database)
        assert set(choices) == {dimension.parameter for dimension in DIMENSIONS}
        assert len(choices["region"]) == 18
        assert len(choices["departement"]) == 101
        assert choices["departement"]["2A"] == "Corse-du-Sud"
        assert set(choices["nature"]) == set(activity.KINDS)
        assert set(choices["modalite"]) == set(activity.FORMATS)
        assert choices["reseau"]["national"] == "National"

    def test_no_two_choices_of_a_filter_read_the_same(self, real_database: Database) -> None:
        for dimension in DIMENSIONS:
            offered = overview.choices(real_database)[dimension.parameter]
            options = [dimension.option(code, label) for code, label in offered.items()]
            assert len(set(options)) == len(options)
            told_by_code = {code: dimension.option(code, label) for code, label in offered.items()}
            assert all(told_by_code[option] == option for option in options if option in offered)

    def test_labels_are_in_french_order(self, real_database: Database) -> None:
        regions = list(overview.choices(real_database)["region"].values())
        assert regions.index("Guyane") < regions.index("Hauts-de-France") < regions.index("Île-de-France")
        assert regions.index("Île-de-France") < regions.index("Normandie")

    def test_every_value_met_in_the_activity_is_offered(self, generated: Generated) -> None:
        choices = overview.choices(generated.database)
        assert set(generated.frames["meeting"]["network_code"]) <= set(choices["reseau"])
        assert set(generated.frames["meeting"]["format"]) <= set(choices["modalite"])
        assert set(generated.frames["meeting_theme"]["theme_code"]) <= set(choices["theme"])
