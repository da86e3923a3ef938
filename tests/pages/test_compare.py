"""The page « Comparer », as Streamlit runs it without a browser."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from netstats import wording
from netstats.catalogue import overview
from netstats.filters import Filters
from netstats.store import Database
from tests.pages.visitor import at_rest, cards, html, visit

NORTH, PARIS = Filters(networks=("hauts-de-france",)), Filters(networks=("ile-de-france",))


def compare(first: Filters, face: str = "") -> AppTest:
    return visit("compare", {**first.to_address(), **({"face": [face]} if face else {})})


def told(page: AppTest) -> list[str]:
    return [
        f"{one.proto.title} {one.value}".replace("\\", "").replace(wording.NO_BREAK, " ").strip()
        for one in (*page.info, *page.warning)
    ]


def charts(page: AppTest) -> dict[str, dict[str, list[dict[str, list[float]]]]]:
    return {str(chart.key): json.loads(chart.proto.spec) for chart in page.get("plotly_chart")}


@pytest.mark.usefixtures("real")
class TestRealActivity:
    def test_two_networks_are_two(self, real_database: Database) -> None:
        page = compare(NORTH, PARIS.to_face())
        for filters in (NORTH, PARIS):
            row = overview.INDICATORS.ask(real_database, filters).iloc[0]
            assert f"<b>{row['territories']}</b>" in html(page)
        assert page.query_params["face"] in ("reseau=Île-de-France", ["reseau=Île-de-France"])
        assert len(cards(page)) == 6
        drawn = charts(page)["chart-face-themes"]["data"]
        assert max(drawn[0]["x"]) == pytest.approx(1 / 5)
        assert max(drawn[1]["x"]) == 1

    def test_without_a_second_one_it_is_everything(self) -> None:
        page = compare(NORTH)
        assert page.query_params["face"] in ("tout", ["tout"])
        assert "Tous les réseaux régionaux" in html(page)
        assert page.title[0].value.replace(wording.NO_BREAK, " ").endswith(" face à tous les réseaux régionaux")
        assert not told(page)

    def test_the_same_twice_says_so(self) -> None:
        for page in (compare(Filters()), compare(NORTH, NORTH.to_face())):
            assert told(page)[0].startswith("Les deux sélections sont les mêmes.")
            assert not page.get("plotly_chart")

    def test_an_empty_second_one_says_so(self) -> None:
        page = compare(NORTH, "periode=1990")
        assert told(page)[0].startswith("Aucune réunion : Tous les réseaux régionaux, 1990.")
        assert not page.get("plotly_chart")
        assert not _leads_to_slides(page), "there is nothing to present"

    def test_both_are_the_title(self) -> None:
        page = compare(NORTH, PARIS.to_face())
        assert [title.value.replace("\\", "").replace(wording.NO_BREAK, " ") for title in page.title] == [
            "Réseau Hauts-de-France face à Réseau Île-de-France"
        ]
        assert _leads_to_slides(page)

    def test_what_the_address_cannot_mean_is_told(self) -> None:
        page = compare(NORTH, "reseau=Atlantide")
        assert told(page)[0] == "Réseau : « Atlantide » n’est pas connu, ce filtre est laissé de côté."
        assert page.query_params["face"] in ("tout", ["tout"])

    def test_the_second_bar_rules_the_address(self) -> None:
        page = compare(NORTH)
        page = at_rest(page.multiselect(key="face-departement").set_value(["60"]).run())
        assert page.query_params["face"] in ("departement=Oise (60)", ["departement=Oise (60)"])
        assert "Oise" in html(page)

    def test_two_that_are_chosen_face_each_other_in_one_click(self) -> None:
        page = compare(Filters(departments=("59", "60")))
        (way,) = [button for button in page.button if button.label == "Nord face à Oise"]
        page = at_rest(way.click().run())
        assert page.query_params["departement"] in ("Nord (59)", ["Nord (59)"])
        assert page.query_params["face"] in ("departement=Oise (60)", ["departement=Oise (60)"])

    def test_the_period_before_is_one_click_away(self) -> None:
        page = visit("compare", {"periode": ["2021"]})
        (way,) = [button for button in page.button if "2020" in button.label]
        page = at_rest(way.click().run())
        assert page.query_params["face"] in ("periode=2020", ["periode=2020"])
        assert "2020" in html(page)

    def test_the_presentation_and_the_paper_have_the_second_one_too(self) -> None:
        address = {**NORTH.to_address(), "face": [PARIS.to_face()]}
        page = visit("share/present", address)
        assert not page.checkbox(key="montre-face-themes").disabled
        assert page.checkbox(key="montre-face-themes").value
        alone = visit("share/present", NORTH.to_address())  # of one selection they say nothing
        assert not [box for box in alone.checkbox if "face" in str(box.key)]
        paper = html(visit("share/report", address))
        assert (
            '<th scope="row">Territoires participants</th><td>23 (présents connus pour 3 réunions sur 5)</td>' in paper
        )
        assert "« Espaces publics » : 1 réunion sur 5 (Réseau Hauts-de-France)" in paper


def test_an_empty_base_has_its_welcome(empty: None) -> None:
    page = visit("compare")
    assert told(page)[0].startswith("Aucune réunion n’est enregistrée")


def _leads_to_slides(page: AppTest) -> bool:
    return any(link.proto.label == "Présenter côte à côte" for link in page.get("page_link"))
