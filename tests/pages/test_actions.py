"""The page « Actions » as Streamlit runs it, without a browser: the search, the charts, the list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from netstats.catalogue import actions
from netstats.filters import Filters
from netstats.store import Database
from netstats.ui.analysis.actions import pieces
from netstats.wording import NO_BREAK

ROOT = Path(__file__).parents[2]
PAGE = "pages/analysis/actions.py"
NOTHING = "Aucune réunion dans cette sélection."

Address = Mapping[str, Sequence[str]]


@pytest.fixture(params=["real", "generated", "hostile"])
def any_set(request: pytest.FixtureRequest, databases: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("NETSTATS_DATABASE", str(databases(request.param)))
    return str(request.param)


def visit(address: Address | None = None) -> AppTest:
    """Return the page as a visitor of that address first sees it."""
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=30)
    page.switch_page(PAGE)
    for parameter, values in (address or {}).items():
        page.query_params[parameter] = list(values)
    return at_rest(page.run())


def at_rest(page: AppTest) -> AppTest:
    assert not page.exception
    assert not page.error
    return page


def html(page: AppTest) -> str:
    return "\n".join(block.proto.body for block in page.get("html")).replace(NO_BREAK, " ")


def charts(page: AppTest) -> dict[str, dict[str, Any]]:
    """Key → figure of each chart."""
    return {str(chart.key): json.loads(chart.proto.spec) for chart in page.get("plotly_chart")}


def told(page: AppTest) -> str:
    texts = [*page.info, *page.warning, *page.caption, *page.header]
    return "\n".join(text.value.replace("\\", "").replace(NO_BREAK, " ") for text in texts)


def stories(page: AppTest) -> list[str]:
    """The actions that are listed, the search first, as text."""
    items = re.findall(
        r"(?s)<li>(.*?)</li>", "".join(re.findall(r'(?s)<ol class="netstats-stories".*?</ol>', html(page)))
    )
    return [re.sub(r"<[^>]+>", " ", item) for item in items]


CHARTS = {
    "chart-types",
    "chart-publics",
    "chart-themes",
}
LARGE = {"chart-departements", "chart-activite-actions"}  # where there is one bar, a sentence


def test_every_chart_is_drawn_on_any_activity(any_set: str) -> None:
    page = visit()
    assert set(charts(page)) == (CHARTS | LARGE if any_set == "generated" else CHARTS)
    assert len(stories(page)) == 10
    if any_set == "hostile":
        assert "<script>pwned" not in html(page)
        assert not re.search(r"""(?:href|src)=["']?\s*javascript:""", html(page), re.IGNORECASE)


@pytest.mark.usefixtures("real")
def test_the_key_figures_are_those_of_the_actions() -> None:
    shown = {metric.label: metric.value for metric in visit().metric}
    assert shown == {"Actions recensées": "13", "Territoires actifs": "1", "Types d’action": "7", "Publics": "5"}


@pytest.mark.usefixtures("real")
def test_what_is_sought_in_the_address_is_found_and_marked(real_database: Database) -> None:
    page = visit({"cherche": ["officine"]})
    assert page.text_input(key="cherche").value == "officine"
    assert "3 actions pour « officine »" in told(page)
    assert "<mark>pharmaciens</mark>" in html(page)
    first = actions.SEARCH.ask(real_database, Filters(), "officine").iloc[0]
    assert "Permanences pour les femmes victimes de violences" in stories(page)[0]
    assert f'href="territoire?fiche={first["territory_code"]}"' in html(page)
    assert f'href="reunion?fiche={first["meeting_code"]}"' in html(page)
    assert 'href="https://ffsu.org/?p=4691"' in html(page)
    assert "territoire non nommé" in stories(page)[1]


@pytest.mark.usefixtures("real")
def test_words_are_sought_beside_the_filters() -> None:
    page = visit({"departement": ["59"]})
    at_rest(page.text_input(key="cherche").set_value("pharmacie").run())
    assert "1 action pour « pharmacie »" in told(page)
    assert "departement=Nord+%2859%29" in html(page), "a link to a sheet keeps the selection"


@pytest.mark.usefixtures("real")
def test_what_the_filters_hide_is_one_click_away() -> None:
    page = visit({"departement": ["59"], "cherche": ["médiation"]})
    assert "Rien pour « médiation »" in told(page)
    offered = page.button(key="recherche-sans-filtres")
    assert offered.label.replace(NO_BREAK, " ") == "Sans les filtres : 1 action"
    at_rest(offered.click().run())
    assert "1 action pour « médiation »" in told(page)


@pytest.mark.usefixtures("real")
def test_a_slip_is_offered_the_nearest_words() -> None:
    page = visit({"cherche": ["farmacie"]})
    assert "Aucune action de cette sélection ne parle de cela." in told(page)
    at_rest(page.button(key="recherche-mot-pharmacie").click().run())
    assert page.text_input(key="cherche").value == "pharmacie"
    assert "3 actions pour « pharmacie »" in told(page)


@pytest.mark.usefixtures("real")
def test_a_slip_is_mended_where_it_stands() -> None:
    page = visit({"cherche": ["les senoirs"]})
    at_rest(page.button(key="recherche-mot-seniors").click().run())
    assert page.text_input(key="cherche").value == "les seniors"


@pytest.mark.parametrize(
    "sought", ["<script>pwned=1</script>", "' OR 1=1 --", "100 %", "x" * 1000, "**gras** $x$ :red[a]", "de la"]
)
def test_whatever_is_sought_is_only_words(any_set: str, sought: str) -> None:
    page = visit({"cherche": [sought]})
    assert "<script>pwned" not in html(page)
    assert page.metric, any_set


@pytest.mark.usefixtures("real")
def test_words_that_say_nothing_are_told_so() -> None:
    assert "Écrivez un mot plus précis" in told(visit({"cherche": ["de la"]}))


@pytest.mark.usefixtures("real")
def test_a_type_and_an_audience_narrow_the_list_alone() -> None:
    page = visit({"type": ["Maintien du lien"], "public": ["Jeunes"]})
    (story,) = stories(page)
    assert "Garder le contact avec les jeunes" in story
    assert {metric.label: metric.value for metric in page.metric}["Actions recensées"] == "13"
    at_rest(page.selectbox(key="public").set_value(None).run())
    assert len(stories(page)) == 4
    at_rest(page.selectbox(key="public").set_value("publics-demunis").run())
    assert "Aucune action de ce type pour ce public" in told(page)


@pytest.mark.usefixtures("real")
def test_an_unknown_type_in_the_address_is_said_once() -> None:
    page = visit({"type": ["Soupe"]})
    assert "« Soupe » n’est pas connu" in told(page)
    assert len(stories(page)) == 10
    assert "Soupe" not in told(at_rest(page.run()))


@pytest.mark.usefixtures("real")
def test_empty_cells_of_the_grid_are_there() -> None:
    page = visit()
    page.button_group(key="publics-de").set_value("crossed").run()
    cells = charts(page)["chart-types-publics"]["data"][0]
    assert len(cells["customdata"]) == 10 * 8


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("address", [{"departement": ["971"]}, {"departement": ["971"], "cherche": ["pharmacie"]}])
def test_an_empty_selection_says_so_and_offers_the_way_back(address: Address) -> None:
    page = visit(address)
    assert page.info[0].proto.title == NOTHING
    assert not charts(page)
    at_rest(page.button(key="sans-tout").click().run())
    assert set(charts(page)) == CHARTS


@pytest.mark.usefixtures("real")
def test_meetings_without_an_action_draw_nothing_and_say_it() -> None:
    page = visit({"periode": ["2019"]})
    assert not charts(page)
    assert page.info[0].proto.title == "Aucune action n’est recensée dans cette sélection."
    assert not page.metric, "no row of zeros"
    at_rest(page.button(key="sans-tout").click().run())
    assert set(charts(page)) == CHARTS


@pytest.mark.parametrize(
    ("text", "found", "html_text"),
    [
        ("Des Permanences, l'été", {"permanences"}, "Des <mark>Permanences</mark>, l’été"),
        ("<b>été</b> & été", {"été"}, "&lt;b&gt;<mark>été</mark>&lt;/b&gt; &amp; <mark>été</mark>"),
        ("rien", set(), "rien"),
    ],
)
def test_marks_stand_in_escaped_text(text: str, found: set[str], html_text: str) -> None:
    cut = pieces(text, frozenset(found))
    assert "".join(f"<mark>{escape(part)}</mark>" if is_found else escape(part) for is_found, part in cut) == html_text


@pytest.mark.usefixtures("real")
def test_the_examples_of_the_search_find_something(real_database: Database) -> None:
    examples = visit().text_input(key="cherche").placeholder.removeprefix("Par exemple : ").split(", ")
    assert len(examples) > 1
    assert not [words for words in examples if actions.SEARCH.ask(real_database, Filters(), words).empty]
