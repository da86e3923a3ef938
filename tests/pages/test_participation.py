"""Participation and the sheet of a territory, without a browser: the real data, a larger one, an empty selection."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from netstats import store, wording
from netstats.catalogue import participation
from netstats.catalogue.meetings import LAST_MEETING
from netstats.filters import Filters
from netstats.period import Period
from tests.pages.visitor import at_rest, captions, cards, html, said, visit

CARDS = [
    "Qui vient, et combien de fois",
    "À relancer",
    "Nouveaux territoires",
    "Types de territoire",
    "Membres du FFSU",
    "Population et communes couvertes",
]


@pytest.mark.usefixtures("real")
def test_every_part_of_the_page_is_there() -> None:
    page = visit("participation")
    assert cards(page) == CARDS
    assert [metric.label for metric in page.metric] == [
        "Territoires participants",
        "Présences",
        "Participants",
        "Population couverte",
    ]


@pytest.mark.usefixtures("real")
def test_scope_source_and_dates_are_said_once() -> None:
    page = visit("participation")
    said_once = [text for text in captions(page) if "Champ" in text or "Source" in text or "Mis à jour" in text]
    assert said_once == [
        "Champ : Tous les réseaux régionaux. Source : FFSU, articles et comptes rendus publiés ; Insee, Code officiel "
        "géographique 2026 et populations légales (Etalab). Mis à jour le 22 novembre 2026."
    ]


@pytest.mark.usefixtures("real")
def test_what_the_source_does_not_say_of_members_is_said_so(real_database: store.Database) -> None:
    rows = participation.MEMBERSHIP.ask(real_database, Filters()).set_index("membership")
    assert rows.loc["unknown", "attendances"] == 65
    assert "Non dit par la source</b> : 65 présences" in html(visit("participation"))


@pytest.mark.usefixtures("real")
def test_the_grid_has_a_row_a_territory_and_a_cell_a_meeting() -> None:
    table = html(visit("participation", {"departement": ["Nord (59)"]}))  # of one network
    table = table[table.index("netstats-grid") :]
    rows = [row for row in table.split("<tr>") if 'scope="row"' in row]
    assert len(rows) == 13, "the territories of the Nord"
    assert {row.count('role="img"') for row in rows} == {5}, "the meetings of the network"
    heads = re.findall(r'<th scope="col" title=[^>]*><a[^>]*>([^<]*)</a>', table)
    assert [head.replace(wording.NO_BREAK, " ") for head in heads] == [
        "26 mai 2021",
        "6 mai 2020",
        "4 déc. 2019",
        "sans date",
        "sans date",
    ]
    lille = next(row for row in rows if ">Lille<" in row)
    assert (lille.count('aria-label="présent"'), lille.count('aria-label="non dit par la source"')) == (2, 2)
    assert 'href="territoire?fiche=59350&amp;departement=Nord+%2859%29"' in lille


@pytest.mark.usefixtures("real")
def test_another_network_is_a_click_away() -> None:
    page = visit("participation")
    page.session_state["grille-reseau"] = "ile-de-france"
    at_rest(page.run())
    assert "Qui vient, réunion par réunion : réseau Île-de-France" in cards(page)
    assert "netstats-grid" in html(page)


@pytest.mark.usefixtures("large")
def test_many_territories_come_page_by_page() -> None:
    page = visit("participation", {"reseau": ["Hauts-de-France"]})
    first = html(page)
    assert first.count('scope="row"') == 25
    page.session_state["grille-page-hauts-de-france"] = 2
    second = html(at_rest(page.run()))
    named = [set(re.findall(r'territoire\?fiche=([^&"]+)', text)) for text in (first, second)]
    assert second.count('scope="row"') == 25
    assert len(named[1] - named[0]) >= 25, "other territories"


@pytest.mark.usefixtures("real")
def test_who_to_call_back_is_told_with_when_and_on_what() -> None:
    told = html(visit("participation", {"periode": ["2021"], "region": ["Hauts-de-France"]}))
    told = told[told.index("two-columns") :]
    assert "CA Creil Sud Oise" in told
    assert "présent à la seule réunion de son réseau dans les 24 mois qui finissaient alors" in told
    assert "4 décembre 2019" in told
    assert "2 réunions manquées" in told
    assert "CA Douaisis Agglo" not in told, "it missed one"


@pytest.mark.usefixtures("real")
def test_that_the_activity_stopped_is_said_instead() -> None:
    page = visit("participation")
    assert any("Dernière réunion connue : 4 juin 2021. L’activité connue s’est arrêtée" in text for text in said(page))
    assert any("dernière réunion connue : 4 juin 2021" in text for text in captions(page))


@pytest.mark.usefixtures("real")
def test_a_ranking_says_how_it_was_in_the_period_before() -> None:
    page = visit("participation", {"periode": ["2021"]})
    bars = {str(chart.key): json.loads(chart.proto.spec) for chart in page.get("plotly_chart")}["chart-types"]
    assert len(bars["data"]) == 4, "the ticks of 2020, and the numbers after them"
    assert any("Évolution par rapport à 2020" in text for text in captions(page))


@pytest.mark.usefixtures("real")
def test_a_running_period_is_not_compared_and_says_so() -> None:
    page = visit("overview", {"periode": ["2020 à 2030"]})
    assert sum("Période en cours" in text for text in captions(page)) == 1
    assert not any(metric.delta for metric in page.metric)


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("name", ["participation", "territory"])
def test_an_empty_selection_says_so(name: str) -> None:
    page = visit(name, {"theme": ["Rixes"], "fiche": ["59350"]})
    assert any("sélection" in text for text in said(page))
    assert not page.get("plotly_chart")


class TestTheSheetOfATerritory:
    @pytest.mark.usefixtures("real")
    def test_says_what_it_is_and_what_it_belongs_to(self) -> None:
        page = visit("territory", {"fiche": ["59350"]})
        assert page.title[0].value == "Lille"
        told = html(page)
        assert "Métropole Européenne de Lille" in told
        assert "Nord (59), Hauts-de-France" in told
        assert {metric.label: metric.value for metric in page.metric}["Présences"] == "2"

    @pytest.mark.usefixtures("real")
    def test_keeps_the_period_and_forgets_the_places(self, real_database: store.Database) -> None:
        page = visit("territory", {"fiche": ["59350"], "periode": ["2020"], "departement": ["Rhône (69)"]})
        assert {metric.label: metric.value for metric in page.metric}["Présences"] == "1"
        assert any("Champ : Tous les réseaux régionaux, 2020" in text for text in captions(page))

    @pytest.mark.usefixtures("real")
    def test_one_that_never_came_has_a_sheet_all_the_same(self) -> None:
        page = visit("territory", {"fiche": ["75056"]})
        assert page.title[0].value == "Paris"
        assert any(
            text.startswith("Paris n’est venu à aucune réunion connue de cette sélection.") for text in said(page)
        )

    @pytest.mark.usefixtures("real")
    @pytest.mark.parametrize("asked", [{}, {"fiche": ["nulle part <b>"]}])
    def test_one_that_is_not_known_is_said_and_the_list_is_offered(self, asked: dict[str, list[str]]) -> None:
        page = visit("territory", asked)
        assert any(text.startswith("Ce territoire :") for text in said(page))
        assert not page.metric

    @pytest.mark.usefixtures("large")
    def test_every_participating_territory_has_one(self) -> None:
        database = store.open_database(Path(os.environ["NETSTATS_DATABASE"]))
        known = participation.ASSIDUITY.ask(database, Filters())
        database.close()
        for code, attendances in zip(known["code"][::40], known["attendances"][::40], strict=True):
            page = visit("territory", {"fiche": [code]})
            assert page.metric[0].value == wording.number(attendances)


class TestTheBoxOfOnesOwnTown:
    def asked(self, words: str) -> AppTest:
        page = visit("overview")
        return at_rest(page.text_input(key="votre-territoire").set_value(words).run())

    @pytest.mark.usefixtures("real")
    @pytest.mark.parametrize(
        ("words", "code"),
        [("roubaix", "59512"), ("59350", "59350"), ("saint-denis-en-val", "45274"), ("Lomme", "59350")],
    )
    def test_leads_to_the_sheet_of_the_one_it_means_came_or_not(self, words: str, code: str) -> None:
        page = self.asked(words)
        assert f'location.assign("territoire?fiche={code}")' in html(page)
        assert page.text_input(key="votre-territoire").value == ""

    @pytest.mark.usefixtures("real")
    def test_names_those_that_share_a_name(self) -> None:
        told = html(self.asked("st denis"))
        assert "« st denis » peut être :" in told
        assert "territoire?fiche=93066" in told
        assert "territoire?fiche=97411" in told

    @pytest.mark.usefixtures("real")
    def test_offers_the_nearest_names_of_one_that_is_not_known(self) -> None:
        told = html(self.asked("Roubais"))
        assert "Aucun territoire ne s’appelle « Roubais ». Peut-être :" in told
        assert "territoire?fiche=59512" in told

    @pytest.mark.usefixtures("real")
    def test_says_so_when_nothing_is_near(self) -> None:
        assert "Aucun territoire de France ne s’appelle « xyzzyzz »." in html(self.asked("xyzzyzz"))

    @pytest.mark.usefixtures("real")
    def test_one_that_never_came_learns_who_comes_near_and_what_is_said_there(self) -> None:
        page = visit("territory", {"fiche": ["59512"]})
        assert (
            "Roubaix n’est venu à aucune réunion connue de cette sélection. Viennent, tout près : Wattrelos,"
            in said(page)[0]
        )
        assert "Hauts-de-France" in html(page)
        assert any("De quoi l’on parle près d’ici" in header.value for header in page.header)
        assert any("Ce qui s’est fait près d’ici" in header.value for header in page.header)


def test_the_last_known_meeting_is_asked_once_whatever_the_period() -> None:
    places = Filters(departments=("59",), networks=("hauts-de-france",))
    narrowed = replace(places, period=Period.parse("2019"), themes=("rixes",), kinds=("commune",), formats=("hybride",))
    assert LAST_MEETING.under(narrowed) == places
    assert LAST_MEETING.scope(narrowed, {}) == places.sentence({})
