"""The page « Imprimer »: every section of the sheet, with what defends it."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from netstats import wording
from netstats.intake import demonstration
from netstats.share import tables
from netstats.share.slides import KINDS
from tests.pages.visitor import Address, html, plain, said, visit


def report(address: Address | None = None) -> AppTest:
    return visit("share/report", address)


def blocks(page: AppTest, section: str) -> str:
    """Return the HTML of a section, from its heading to its foot."""
    return next(part for part in html(page).split("<h3>")[1:] if part.startswith(section))


def heads(page: AppTest) -> list[str]:
    return re.findall("<h3>(.*?)</h3>", html(page))


def cells(table: str) -> list[list[str]]:
    rows = re.findall("<tr>(.*?)</tr>", table)
    return [[re.sub("<[^>]*>", "", cell) for cell in re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


@pytest.mark.usefixtures("real")
class TestRealData:
    def test_every_section_is_there_under_its_finding(self) -> None:
        page = report()
        assert heads(page) == [
            f"58 territoires couvrent 6,4{wording.THIN_SPACE}% de la population",
            f"Pas-de-Calais (62) en tête, 56{wording.THIN_SPACE}% de la population couverte ; 19 départements présents",
            "8 territoires à égalité en tête, 2 présences chacun",
            "« Espaces publics », thème le plus abordé : 4 réunions sur 10",
            "Au 2e trimestre 2021, « Espaces publics et vie nocturne » en tête : 4 réunions sur 4",
            "« Accompagnement des victimes » et « Maintien du lien », types d’action les plus fréquents : "
            "4 actions sur 13 chacun",
            "Dernière réunion, le 4 juin 2021 : 5 territoires présents",
            "58 territoires à relancer, dont Clermont-Ferrand, Décines-Charpieu et Rillieux-la-Pape",
            "11 réunions sous ces chiffres : présents connus pour 8, thèmes pour 10 et effectif pour 2",
        ]
        shown = html(page)
        assert "<h2>Tous les réseaux régionaux</h2>" in shown
        assert "Réunions datées : du 4 décembre 2019 au 4 juin 2021" in shown
        assert "Données au 22 novembre 2026" in shown
        assert f"Feuille établie le {wording.date(date.today())}".replace(wording.NO_BREAK, " ") in shown
        assert tables.FICTIONAL not in shown

    def test_every_section_says_scope_source_and_date(self) -> None:
        page = report({"departement": ["Nord (59)"]})
        for head in heads(page):
            assert re.search(
                r"Champ : Nord\. Source : FFSU, [^<]*\. Données au 22 novembre 2026\.", blocks(page, head)
            ), head

    def test_every_chart_is_a_picture_in_light_colours_with_its_words(self) -> None:
        page = report()
        charts = page.get("plotly_chart")
        assert len(charts) == 5
        for chart in charts:
            assert chart.proto.alt
            assert '"staticPlot": true' in chart.proto.config
            assert "#1B2733" in chart.proto.spec
            assert "#E6EBEF" not in chart.proto.spec
        assert html(page).count("<p>Lecture : ") == 5

    def test_every_figure_is_defined(self) -> None:
        page = report()
        defined = re.findall("<dt>(.*?)</dt>", html(page))
        shown = [kind for kind in KINDS if kind not in {"ouverture", "chiffres", "tendances", "sources"}]
        figures = ["Réunions", "Territoires participants", "Présences", "Population couverte"]
        assert defined == [*figures, "Thèmes abordés", "Actions recensées", *(KINDS[kind] for kind in shown)]
        assert "Couples (réunion, territoire) : un territoire présent à trois réunions" in html(page)

    def test_the_latest_meetings_are_a_table(self) -> None:
        header, *rows = cells(blocks(report(), "Dernière réunion"))
        assert header == ["Date", "Réseau", "Réunion", "Thèmes", "Territoires"]
        assert len(rows) == 10
        assert rows[0] == [
            "4 juin 2021",
            "Auvergne-Rhône-Alpes",
            "Réunion du réseau Auvergne-Rhône-Alpes ",
            "Tranquillité dans les espaces publics",
            "5",
        ]
        assert rows[1][3] == "inconnus"  # what no source tells
        assert rows[-1][0] == "date inconnue"
        assert rows[-1][4] == "inconnus"
        assert "et 1 autre réunion" in blocks(report(), "Dernière réunion")

    def test_who_came_is_told_of_the_selection(self) -> None:
        _, *rows = cells(blocks(report({"departement": ["Nord (59)"]}), "Dernière réunion"))
        assert [row[4] for row in rows] == [
            "8, dont 4 de la sélection",
            "6, dont 4 de la sélection",
            "14, dont 9 de la sélection",
        ]

    def test_who_is_to_be_called_back_is_a_table(self) -> None:
        section = blocks(report(), "58 territoires à relancer")
        header, *rows = cells(section)
        assert header == ["Territoire", "Dernière présence", "Présences", "Thèmes de cette réunion"]
        assert len(rows) == 15
        assert rows[0] == ["Clermont-Ferrand", "4 juin 2021", "2", "Tranquillité dans les espaces publics"]
        assert "et 43 autres territoires" in section

    def test_meetings_without_a_date_are_listed_all_the_same(self) -> None:
        page = report({"theme": ["Métier de coordonnateur"]})
        section = blocks(page, "1 réunion dont la date est inconnue")
        assert cells(section)[1][0] == "date inconnue"
        assert "Données au 22 novembre 2026" in section

    def test_the_text_to_copy_stands_beside(self) -> None:
        (code,) = report({"departement": ["Nord (59)"]}).code
        assert code.value.startswith("Objet\N{NO-BREAK SPACE}: Réseaux prévention-sécurité du FFSU – Nord\n")
        assert code.proto.wrap_lines

    def test_an_empty_selection_offers_the_way_back(self) -> None:
        page = report({"departement": ["Corse-du-Sud (2A)"], "periode": ["2019"]})
        assert [box for box in said(page) if box.startswith("Aucune réunion dans cette sélection.")]
        assert page.button("sans-tout").label == "Effacer tous les filtres"
        assert not page.get("plotly_chart")
        assert 'class="netstats-print"' not in html(page)


@pytest.mark.usefixtures("hostile")
def test_a_text_that_means_harm_is_text() -> None:
    shown = html(report())
    sheet = shown[shown.index("<header>") :]
    assert "&lt;script&gt;pwned=1" in sheet
    assert "<img" not in sheet
    assert "<script" not in sheet


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    demonstration.write(path, meetings=300, seed=1, today=date(2026, 11, 23))
    return path


def test_made_up_data_says_so_on_every_section(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETSTATS_DATABASE", str(shutil.copy(made, tmp_path)))
    page = report()
    warning = wording.typeset(tables.FICTIONAL).replace(wording.NO_BREAK, " ")
    shown = html(page)
    sheet = shown[shown.index("<header>") :]
    assert warning in sheet[: sheet.index("</header>")]
    for head in heads(page):
        assert warning in blocks(page, head)
    assert "articles et comptes rendus" not in sheet
    assert page.code[0].value.replace(wording.NO_BREAK, " ").splitlines()[2] == warning
    assert not plain(*page.error)


def test_a_meeting_to_come_is_not_among_the_latest(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETSTATS_DATABASE", str(shutil.copy(made, tmp_path)))
    assert "à venir" not in blocks(report(), "Dernière réunion")
