"""The page of the themes and the sheet of one, as Streamlit runs them without a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from netstats import wording
from tests.pages.visitor import before

PAGE, SHEET = "pages/analysis/themes.py", "pages/analysis/theme.py"
NOTHING = "Aucune réunion dans cette sélection."


def visit(script: str = PAGE, **address: str) -> AppTest:
    """Return a page as a visitor of that address sees it."""
    page = before(script)
    for parameter, value in address.items():
        page.query_params[parameter] = [value]
    page.run()
    assert not page.exception
    assert not page.error
    return page


def figures(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def charts(page: AppTest) -> dict[str, dict[str, Any]]:
    """Key → figure of each chart."""
    return {str(chart.key): json.loads(chart.proto.spec) for chart in page.get("plotly_chart")}


def html(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


def said(page: AppTest) -> str:
    told = [f"{alert.proto.title} {alert.value}" for alert in (*page.info, *page.warning)]
    texts = [
        *told,
        *(caption.value for caption in page.caption),
        *(header.value for header in (*page.title, *page.header)),
    ]
    return " ".join(texts).replace("\\", "").replace(wording.NO_BREAK, " ")


@pytest.mark.usefixtures("real")
class TestRealThemes:
    def test_key_figures(self) -> None:
        page = visit()
        # 14 themes; 22 (meeting, theme) pairs at the 10 meetings whose themes are known; too few for a trend
        assert figures(page) == {
            "Thèmes abordés": "14",
            "Thèmes par réunion": "2,2",
            "En hausse": "–",
            "Délaissés": "5",
        }

    def test_too_few_meetings_are_no_trend(self) -> None:
        page = visit()
        assert "Trop peu de réunions pour dire qu’un thème monte" in said(page)
        assert "7 réunions datées aux thèmes connus" in said(page)
        assert "chart-tendances" not in charts(page)

    def test_themes_that_are_met_no_more_are_named_with_their_dates(self) -> None:
        text = html(visit()).replace(wording.NO_BREAK, " ")
        assert "1 réunion, le 4 décembre 2019 ; 6 réunions datées depuis" in text
        assert "2 réunions dont 1 sans date, le 4 décembre 2019 ; 6 réunions datées depuis" in text
        assert 'href="theme?fiche=protoxyde-azote"' in text
        assert "Sans date connue, on ne peut pas le dire" in text

    def test_every_card_is_there(self) -> None:
        page = visit()
        assert set(charts(page)) == {
            "chart-evolution-familles",
            "chart-themes",
            "chart-ensemble",
        }
        lists = [text for text in html(page).split("<ul") if text.startswith(' class="netstats-plain"')]
        assert "<b>Île-de-France</b> : Espaces publics</li>" in lists[0], "a grid of ones is a line a network"
        assert "<b>Jeunesse</b> : Puy-de-Dôme ; Rhône ; Savoie</li>" in lists[1], "and a line a theme"

    def test_themes_in_the_place_of_families_and_counts_in_that_of_shares(self) -> None:
        page = visit()
        page.button_group(key="evolution-de").set_value("themes").run()
        page.button_group(key="evolution-mesure").set_value("count").run()
        assert not page.exception
        assert "chart-evolution-themes" in charts(page)
        assert "« Espaces publics » a été abordé dans 4 réunions sur 4" in said(page)

    def test_an_empty_selection_says_so_and_offers_the_way_back(self) -> None:
        page = visit(theme="rixes", departement="59")
        assert page.info[0].proto.title == NOTHING
        assert not charts(page)
        page.button(key="sans-tout").click().run()
        assert figures(page)["Thèmes abordés"] == "14"

    def test_meetings_without_a_known_theme_are_no_empty_chart(self) -> None:
        page = visit(reseau="nouvelle-aquitaine")
        assert figures(page)["Thèmes abordés"] == wording.UNKNOWN
        assert "Aucun thème n’est connu dans cette sélection." in said(page)
        assert not charts(page)


@pytest.mark.usefixtures("real")
class TestRealSheet:
    def test_what_is_known_of_a_theme(self) -> None:
        page = visit(SHEET, fiche="covid-19")
        assert figures(page) == {
            "Réunions": "2",
            "Réseaux": "2",
            "Territoires présents": "14",
            "Actions": "2",
            "Dernière fois": "2020",
        }
        assert "Covid-19 : confinement et déconfinement" in said(page)
        text = html(page)
        assert "7 mai 2020 ; la première : 6 mai 2020" in text.replace(wording.NO_BREAK, " ")
        assert 'href="reunion?fiche=hauts-de-france-2020-05-06' in text
        assert 'href="territoire?fiche=59350' in text
        assert set(charts(page)) == {"chart-evolution", "chart-avec"}

    def test_a_sheet_ignores_the_filter_of_its_own_kind_and_keeps_the_others(self) -> None:
        page = visit(SHEET, fiche="covid-19", theme="stupefiants", region="84")
        assert figures(page)["Réunions"] == "1"
        assert figures(page)["Réseaux"] == "1"

    def test_a_theme_of_undated_meetings_has_no_date(self) -> None:
        page = visit(SHEET, fiche="mesure-delinquance")
        assert figures(page)["Dernière fois"] == wording.UNKNOWN
        assert "Aucune réunion datée de cette sélection n’aborde ce thème." in said(page)

    def test_a_theme_that_the_selection_never_met_says_so(self) -> None:
        page = visit(SHEET, fiche="rixes")
        assert figures(page)["Réunions"] == "0"
        assert figures(page)["Dernière fois"] == "jamais"
        assert "Aucune réunion de cette sélection n’aborde ce thème." in said(page)
        assert not charts(page)
        page.button(key="avec-national").click().run()
        assert figures(page)["Réunions"] == "2"  # and one that was only announced

    @pytest.mark.parametrize("code", ["nope", "' OR 1=1 --", "<script>alert(1)</script>"])
    def test_an_unknown_theme_is_said_in_one_line(self, code: str) -> None:
        page = visit(SHEET, fiche=code)
        assert "Ce thème" in said(page)
        assert "que netstats ne connaît pas" in said(page)
        assert not charts(page)
        assert "<script>alert" not in html(page)


@pytest.mark.usefixtures("large")
class TestManyThemes:
    def test_the_page_stays_light(self) -> None:
        page = visit()
        assert {"chart-evolution-familles", "chart-reseaux", "chart-departements"} <= set(charts(page))
        assert sum(len(chart.proto.spec) for chart in page.get("plotly_chart")) < 400_000

    @pytest.mark.parametrize(
        "address",
        [{"periode": "2020"}, {"departement": "59"}, {"reseau": "national"}, {"theme": "covid"}, {"nature": "CISPD"}],
        ids=str,
    )
    def test_any_selection_is_shown(self, address: dict[str, str]) -> None:
        assert figures(visit(**address))
        assert figures(visit(SHEET, fiche="covid", **address))


def test_a_label_that_means_harm_is_text(databases: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETSTATS_DATABASE", str(databases("hostile")))
    for page in (visit(), visit(SHEET, fiche="stupefiants")):
        assert "<script>pwned" not in html(page)
        for chart in page.get("plotly_chart"):
            assert "<img" not in chart.proto.spec
            assert "<script" not in chart.proto.spec
