"""The quality of the data without a browser: what is listed, where each row leads, and the selection that waits."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from netstats import store, wording
from netstats.catalogue import quality
from netstats.filters import Filters
from tests.hostile import HOSTILE
from tests.pages.visitor import Address, at_rest, captions, cards, html, plain, said, visit

PAGE = "pages/data/quality.py"
NORD_2020 = {"departement": ["Nord (59)"], "periode": ["2020"]}


def visit_quality(address: Address | None = None) -> AppTest:
    """The page as a visitor sees it who comes from the overview at that address."""
    return at_rest(visit("overview", address).switch_page(PAGE).run())


def title(page: AppTest) -> str:
    return plain(page.title[0])[0]


def counts(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


@pytest.mark.usefixtures("real")
class TestRealData:
    def test_every_list_is_there_with_its_count_and_why_it_matters(self) -> None:
        page = visit_quality()
        assert title(page) == "Qualité des données"
        assert cards(page) == [check.figure.title for check in quality.CHECKS]
        assert counts(page) == {
            "Dates à préciser": "4",
            "Sans thème": "1",
            "Sans effectif": "11",
            "Sans présents": "11",
            "Annonces passées": "1",
            "Doublons ?": "1",
            "Sans territoire": "12",
            "Thèmes inutilisés": "0",
        }
        for check in quality.CHECKS:
            assert (check.why in captions(page)) == (check.figure is not quality.UNUSED_THEMES), check.figure.name

    def test_nil_is_said_in_words(self) -> None:
        page = visit_quality()
        assert said(page) == ["Rien à vérifier : chaque thème de la liste a servi au moins une fois."]
        assert "rien à corriger, sur 25 thèmes de la liste" in html(page)

    def test_a_meeting_and_an_action_lead_to_their_entry(self) -> None:
        told = html(visit_quality())
        assert 'href="saisir?fiche=hauts-de-france-sans-date-1"' in told
        assert 'href="saisir?fiche=national-2021-06-17"' in told, "the announced one"
        by_action = r'Téléphoner aux seniors.*?href="(saisir\?fiche=[^"]+)"'
        assert set(re.findall(by_action, told)) == {"saisir?fiche=hauts-de-france-2020-05-06"}

    def test_a_double_leads_to_both_sheets(self) -> None:
        told = html(visit_quality())
        assert 'href="territoire?fiche=17300"' in told
        assert 'href="territoire?fiche=241700434"' in told
        assert "les deux à 1 même réunion" in told

    def test_the_scope_is_the_whole_data_whatever_is_selected(self) -> None:
        page = visit_quality(NORD_2020)
        assert counts(page) == counts(visit_quality())
        scopes = [text for text in captions(page) if "Champ :" in text]
        assert len(scopes) == 1, "said once, at the foot"
        assert "Champ : Toutes les données, activités nationales comprises, sans aucun filtre." in scopes[0]

    def test_the_links_keep_the_selection(self) -> None:
        page = visit_quality(NORD_2020)
        assert "Votre sélection vous attend sur les autres pages : Nord, 2020." in captions(page)
        told = html(page)
        links = re.findall(r'href="((?:saisir|reunion|territoire|theme)\?[^"]+)"', told)
        assert links
        assert all(link.endswith("&amp;departement=Nord+%2859%29&amp;periode=2020") for link in links)

    def test_the_selection_is_there_on_the_way_back(self) -> None:
        page = visit("overview", NORD_2020)
        assert title(page) == "Nord, 2020"
        page = at_rest(page.switch_page(PAGE).run())
        assert title(page) == "Qualité des données"
        assert "display: none" in html(page), "the bar is out of sight"
        for name in ("overview", "participation"):
            page = at_rest(page.switch_page(f"pages/analysis/{name}.py").run())
            assert title(page) == "Nord, 2020"
            assert page.multiselect(key="departement").value == ["59"]
            page = at_rest(page.switch_page(PAGE).run())

    def test_the_selection_goes_on_to_the_overview(self) -> None:
        page = visit_quality(NORD_2020)
        page = at_rest(page.switch_page("pages/analysis/overview.py").run())
        assert title(page) == "Nord, 2020"

    def test_the_table_of_a_list_can_be_taken_away(self) -> None:
        page = visit_quality()
        page.session_state["table-qualite-dates"] = True
        page = at_rest(page.run())
        assert len(page.dataframe) == 1
        assert len(page.dataframe[0].value) == 4
        kinds = ("xlsx", "csv", "parquet")
        assert [button.key for button in page.get("download_button")] == [f"{kind}-qualite-dates" for kind in kinds]


@pytest.mark.usefixtures("large")
def test_a_long_list_comes_page_by_page() -> None:
    database = store.open_database(Path(os.environ["NETSTATS_DATABASE"]))
    known = list(quality.THEMES.ask(database, Filters())["code"])
    database.close()
    page = visit_quality()
    assert counts(page)["Sans thème"] == wording.number(len(known))
    assert f"Lignes 1 à 8 sur {len(known)}." in captions(page)
    page.session_state[f"pages-qualite-themes-{len(known)}"] = 2
    page = at_rest(page.run())
    assert f"Lignes 9 à 16 sur {len(known)}." in captions(page)
    for code in known[8:16]:
        assert f'href="saisir?fiche={code}"' in html(page)


@pytest.mark.usefixtures("hostile")
def test_no_text_becomes_markup() -> None:
    page = visit_quality()
    assert "<script>pwned" not in html(page)
    assert "<img" not in html(page)
    assert 'href="javascript:' not in html(page)
    assert HOSTILE[:8].replace("<", "&lt;").replace(">", "&gt;") in html(page)
