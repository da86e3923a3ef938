"""The page « Imprimer »: every section of the sheet, with what defends it."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from netstats import demonstration, store, wording
from netstats.catalogue.indicators import MEASURES
from netstats.filters import Filters
from netstats.share import tables
from netstats.share.plan import Plan, Presentation, Wording, to_json
from netstats.share.side_by_side import MAKERS
from netstats.share.slides import KINDS
from netstats.ui.share import presentations
from tests.pages.visitor import Address, at_rest, html, plain, said, visit


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
            f"58 territoires couvrent 6,4{wording.THIN_SPACE}% de la population française",
            f"Pas-de-Calais (62) en tête, 56{wording.THIN_SPACE}% de la population couverte ; "
            "19 départements représentés",
            "8 territoires à égalité en tête, 2 présences chacun",
            "58 territoires de 19 départements, 8 venus plus d’une fois",
            "« Espaces publics », thème le plus abordé : 4 réunions sur 10",
            "Au 2e trimestre 2021, « Espaces publics et vie nocturne » en tête : 4 réunions sur 4",
            "« Accompagnement des victimes » et « Maintien du lien », types d’action les plus fréquents : "
            "4 actions sur 13 chacun",
            "13 actions racontées, dont 3 le 7 mai 2020",
            "Les dernières réunions",
            "11 réunions sous ces chiffres : présents connus pour 8, thèmes pour 10 et effectif pour 2",
        ]
        assert blocks(page, "58 territoires de 19 départements").count("<dd>") == 58
        assert len(cells(blocks(page, "13 actions racontées"))) == 1 + 13
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
        defined = re.findall("<dt>(.*?)</dt>", blocks(page, "11 réunions sous ces chiffres"))
        shown = [
            kind for kind in KINDS if kind not in {"ouverture", "chiffres", "tendances", "relancer", "sources", *MAKERS}
        ]
        shown.remove("participants")  # defined as « participation » is
        figures = [measure.label for measure in MEASURES]
        names = [KINDS[kind].replace("Dernière réunion", "Liste des réunions") for kind in shown]
        assert defined == [*figures, *names]
        assert "Couples (réunion, territoire) : un territoire présent à trois réunions" in html(page)

    def test_the_latest_meetings_are_a_table(self) -> None:
        section = blocks(report(), "Les dernières réunions")
        assert '<p class="finding">Dernière réunion, le 4 juin 2021 : 5 territoires présents</p>' in section
        header, *rows = cells(section)
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
        assert "et 1 autre réunion" in section

    def test_who_came_is_told_of_the_selection(self) -> None:
        _, *rows = cells(blocks(report({"departement": ["Nord (59)"]}), "Les dernières réunions"))
        assert [row[4] for row in rows] == [
            "8, dont 4 de la sélection",
            "6, dont 4 de la sélection",
            "14, dont 9 de la sélection",
        ]

    def test_the_only_meeting_is_headed_by_its_finding(self) -> None:
        assert [head for head in heads(report({"periode": ["2019"]})) if head.startswith("Dernière réunion, le 4 déc")]

    def test_who_is_to_be_called_back_is_a_table_when_asked(self) -> None:
        page = report({"periode": ["2021"]})
        assert not [head for head in heads(page) if "à relancer" in head]
        page.session_state["presentation_ouverte"].plan = Plan(hidden=frozenset())
        section = blocks(at_rest(page.run()), "10 territoires à relancer")
        header, *rows = cells(section)
        assert header == [
            "Territoire",
            "Dernière présence",
            "Présences en 24 mois jusqu’alors",
            "Thèmes de cette réunion",
        ]
        assert len(rows) == 10
        assert rows[0][:3] == ["CA Creil Sud Oise", "4 déc. 2019", "1 sur 1"]

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


class TestPresentation:
    """What somebody has made of the slides is what is printed."""

    NAME = "Réunion <b>d’été</b>"
    PLAN = (
        Plan(hidden=frozenset({"ouverture", "carte"}))
        .moved("actions", -9)
        .worded("themes", Wording("La drogue, encore", commentary="Un atelier en mars.\n<script>Un autre</script>"))
        .worded("derniere", Wording(commentary="Merci à Wattrelos."))
    )

    @pytest.fixture
    def page(self, real_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
        path = Path(shutil.copy(real_path, tmp_path))
        with closing(store.open_database(path)) as own:
            store.presentations.save(own, self.NAME, to_json(Presentation(self.PLAN, Filters())))
        monkeypatch.setenv("NETSTATS_DATABASE", str(path))
        return report({presentations.NAME: [self.NAME], "departement": ["Nord (59)"]})

    def test_its_order_choice_and_titles_are_those_of_the_sheet(self, page: AppTest) -> None:
        first, second, *others = heads(page)
        assert "type d’action" in first
        assert "territoires couvrent" in second
        assert "La drogue, encore" in others
        assert not [head for head in heads(page) if "départements représentés" in head]
        assert len(page.get("plotly_chart")) == 4
        shown = html(page)
        assert "Présentation : Réunion &lt;b&gt;d’été&lt;/b&gt;</p></header>" in shown
        assert 'class="finding"' not in shown[shown.index("<header>") : shown.index("</header>")]

    def test_its_commentaries_stand_under_their_headings(self, page: AppTest) -> None:
        assert blocks(page, "La drogue, encore").startswith(
            'La drogue, encore</h3><p class="commentary">Un atelier en mars.\n&lt;script&gt;Un autre&lt;/script&gt;</p>'
        )
        latest = blocks(page, "Les dernières réunions")
        assert latest.index('class="finding"') < latest.index("Merci à Wattrelos.") < latest.index("<table>")
        assert html(page).count('class="commentary"') == 2

    def test_the_text_to_copy_says_the_same(self, page: AppTest) -> None:
        (code,) = page.code
        assert "– La drogue, encore\n  Un atelier en mars.\n" in code.value
        assert "départements représentés" not in code.value

    def test_nothing_left_to_print_offers_all_slides_again(self, page: AppTest) -> None:
        page.session_state["presentation_ouverte"].plan = Plan(hidden=frozenset(KINDS))
        assert heads(at_rest(page.run())) == []
        assert len(heads(at_rest(page.button("tout-montrer").click().run()))) > 5


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
    assert "à venir" not in blocks(report(), "Les dernières réunions")
