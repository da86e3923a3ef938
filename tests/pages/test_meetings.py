"""The list of the meetings and one meeting's page, as Streamlit runs them, without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from netstats import wording
from netstats.catalogue import meetings, overview
from netstats.filters import Filters
from netstats.intake import bootstrap
from netstats.ui.base import lists
from tests import activity, installations
from tests.hostile import HOSTILE
from tests.pages.visitor import before

LIST, SHEET = "pages/analysis/meetings.py", "pages/analysis/meeting.py"
LILLE_2020 = "hauts-de-france-2020-05-06"

# AppTest cannot run a page twice with a period that is not among those offered.
SELECTIONS = [filters for filters in activity.selections(seed=6) if not filters.period][::6]

Address = Mapping[str, Sequence[str]]


def visit(script: str, address: Address | None = None) -> AppTest:
    """Return a page as a visitor of that address first sees it."""
    page = before(script)
    for parameter, values in (address or {}).items():
        page.query_params[parameter] = list(values)
    return at_rest(page.run())


def sheet(code: str, address: Address | None = None) -> AppTest:
    return visit(SHEET, {"fiche": [code], **(address or {})})


def at_rest(page: AppTest) -> AppTest:
    assert not page.exception
    assert not page.error
    return page


def html(page: AppTest) -> str:
    return "\n".join(block.proto.body for block in page.get("html")).replace(wording.NO_BREAK, " ")


def listed(page: AppTest) -> list[str]:
    """The codes of the meetings of the list, in the order shown."""
    (shown,) = re.findall(r'<ol class="netstats-meetings".*?</ol>', html(page), flags=re.DOTALL)
    return re.findall(r'class="what"><a href="reunion\?fiche=([^"&]+)', shown)


def captions(page: AppTest) -> str:
    return " ".join(caption.value.replace("\\", "").replace(wording.NO_BREAK, " ") for caption in page.caption)


def notices(page: AppTest) -> list[str]:
    return [told.value.replace("\\", "").replace(wording.NO_BREAK, " ") for told in (*page.info, *page.warning)]


def charts(page: AppTest) -> dict[str, dict[str, Any]]:
    return {str(chart.key): json.loads(chart.proto.spec) for chart in page.get("plotly_chart")}


def figures(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


# ---------------------------------------------------------------- the list


@pytest.mark.usefixtures("real")
def test_every_meeting_is_listed_the_latest_first_and_those_without_a_date_last() -> None:
    page = visit(LIST)
    codes = listed(page)
    assert len(codes) == 11
    assert codes[0] == "auvergne-rhone-alpes-2021-06-04"
    assert all("sans-date" in code for code in codes[-3:])
    assert set(charts(page)) == {"chart-calendrier"}
    assert "3 réunions sans date, hors du calendrier" in html(page)
    assert figures(page) == {"Réunions": "11", "Séances": "12", "Participants": "25", "Listes de présents": "8"}
    assert "effectif connu pour 2 réunions sur 11" in html(page)


@pytest.mark.usefixtures("real")
def test_an_approximate_total_stays_approximate() -> None:
    assert figures(visit(LIST, {"reseau": ["national"]}))["Participants"].startswith("≈ ")


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("LILLE", {"hauts-de-france-2019-12-04", LILLE_2020}),
        ("agglomeration douaisis", {"hauts-de-france-2019-12-04", LILLE_2020}),  # another name of CA Douaisis Agglo
        ("lomme", {"hauts-de-france-2019-12-04", LILLE_2020}),  # which is of Lille
        ("pharmacie", {"auvergne-rhone-alpes-2020-05-07", LILLE_2020}),  # of an action, and of a note
        ("thematique inconnue", set()),
        ("decines meditation", set()),
        ("stupefiants hauts-de-france", {"hauts-de-france-2019-12-04"}),
    ],
)
def test_the_search_keeps_the_meetings_that_say_every_word(words: str, codes: set[str]) -> None:
    page = visit(LIST)
    at_rest(page.text_input(key="cherche").set_value(words).run())
    if codes:
        assert set(listed(page)) == codes
        assert f"{wording.number(len(codes))} réunion" in captions(page)
    else:
        assert meetings.SEARCH.empty in notices(page)
        at_rest(page.button(key="sans-mots").click().run())
        assert len(listed(page)) == 11


@pytest.mark.usefixtures("real")
def test_the_words_of_an_address_are_searched() -> None:
    page = visit(LIST, {"cherche": ["fourmies"]})
    assert page.text_input(key="cherche").value == "fourmies"
    assert listed(page) == ["hauts-de-france-2019-12-04"]


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        ("Les plus anciennes d’abord", "hauts-de-france-2019-12-04", "hauts-de-france-sans-date-2"),
        ("Le plus de territoires d’abord", "hauts-de-france-2019-12-04", "hauts-de-france-sans-date-2"),
        ("Le plus de participants d’abord", "hauts-de-france-2019-12-04", "hauts-de-france-sans-date-2"),
        ("Par réseau", "auvergne-rhone-alpes-2021-06-04", "nouvelle-aquitaine-2021-06-03"),
    ],
)
def test_the_list_comes_in_the_order_one_chooses(order: str, first: str, last: str) -> None:
    page = visit(LIST)
    at_rest(page.selectbox(key="tri").set_value(order).run())
    codes = listed(page)
    assert (codes[0], codes[-1], len(codes)) == (first, last, 11)


@pytest.mark.usefixtures("real")
def test_a_selection_without_a_meeting_offers_the_way_back() -> None:
    page = visit(LIST, {"departement": ["971"]})
    assert page.info[0].proto.title == "Aucune réunion dans cette sélection."
    assert not charts(page)
    assert "cherche" not in [box.key for box in page.text_input]
    at_rest(page.button(key="sans-tout").click().run())
    assert len(listed(page)) == 11


@pytest.mark.usefixtures("large")
def test_thousands_of_meetings_come_page_by_page() -> None:
    page = visit(LIST)
    first = listed(page)
    assert len(first) == 20
    assert "Réunions 1 à 20 sur" in captions(page)
    assert sum(len(chart.proto.spec) for chart in page.get("plotly_chart")) < 100_000
    at_rest(page.selectbox(key="tri").set_value("Les plus anciennes d’abord").run())
    assert not set(first) & set(listed(page))


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("filters", SELECTIONS, ids=activity.name)
def test_any_selection_of_thousands_of_meetings_is_listed(filters: Filters) -> None:
    page = visit(LIST, filters.to_address())
    if not page.metric:
        assert page.info[0].proto.title == "Aucune réunion dans cette sélection."
        return
    codes = listed(page)
    assert 0 < len(codes) <= 20
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("status", "in_days", "precision", "coming"),
    [
        ("announced", 0, "day", True),
        ("announced", 30, "day", True),
        ("announced", -1, "day", False),
        ("announced", -800, "year", False),
        ("announced", 0, "month", True),
        ("announced", 0, "year", True),
        ("announced", None, "unknown", False),
        ("held", 30, "day", False),
        ("cancelled", 30, "day", False),
    ],
)
def test_only_an_announcement_that_is_not_over_is_to_come(
    status: str, in_days: int | None, precision: str, coming: bool
) -> None:
    today = pd.Timestamp(date.today())
    start = {"month": today.replace(day=1), "year": today.replace(month=1, day=1)}.get(precision, today)
    day = pd.NaT if in_days is None else start + pd.Timedelta(days=in_days)
    assert lists.is_coming({"status": status, "held_on": day, "date_precision": precision}) is coming


def test_the_overview_says_meetings_to_come_apart_and_after_those_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = bootstrap.network_frames(installations.DATA)
    table = frames["meeting"]
    table.loc[table["code"] == LILLE_2020, "status"] = "announced"
    table.loc[table["code"] == LILLE_2020, "held_on"] = pd.Timestamp.today().normalize()
    path = tmp_path / "coming.duckdb"
    installations.put(path, frames)
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    page = visit("pages/analysis/overview.py")
    assert LILLE_2020 not in listed(page)
    (said,) = re.findall(r"À venir</b> : .*?</p>", html(page))
    assert f"reunion?fiche={LILLE_2020}" in said
    assert "à venir</span>" in html(visit(LIST)), "marked in the list of all"


# ---------------------------------------------------------------- one meeting


@pytest.mark.usefixtures("real")
def test_one_meeting_says_who_came_on_what_and_what_is_not_known() -> None:
    page = sheet(LILLE_2020)
    written = html(page)
    assert "Réseau Hauts-de-France · réunion de réseau · 6 mai 2020 · visioconférence" in written
    assert figures(page) == {
        "Territoires présents": "6",
        "Participants": "9",
        "Thèmes abordés": "6",
        "Actions racontées": "10",
    }
    assert "9 professionnels" in written
    for address in ("territoire?fiche=59350", "territoire?fiche=200044618", "theme?fiche=covid-19"):
        assert f'href="{address}"' in written
    assert "« agglomération du Douaisis » dans la source" in written
    assert "« Lille » dans la source" not in written, "only where it differs"
    assert "Inconnu</b> : qui est membre du FFSU, territoire de 9 actions sur 10." in written
    assert 'href="https://ffsu.org/?p=4691"' in written
    assert 'Réunion précédente</b> : <a href="reunion?fiche=hauts-de-france-2019-12-04' in written
    assert 'Réunion suivante</b> : <a href="reunion?fiche=hauts-de-france-2021-05-26' in written


@pytest.mark.usefixtures("real")
def test_what_nobody_wrote_of_a_meeting_is_unknown_never_nil() -> None:
    page = sheet("hauts-de-france-sans-date-1")
    assert figures(page)["Territoires présents"] == figures(page)["Participants"] == "inconnu"
    assert (
        "Inconnu</b> : date, format, lieu, nombre de participants, territoires présents, ouverture aux non-membres."
        in html(page)
    )
    assert "La source ne dit pas quels territoires étaient présents." in notices(page)
    assert "Dernière réunion datée</b>" in html(page)
    assert "Réunion précédente</b>" not in html(page), "none is known to have come before"
    assert "Aussi sans date</b>" not in html(page)
    assert "Rangée après, faute de date</b>" in html(page)


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("code", "shown", "said"),
    [
        ("national-2021-03-11", "> 150", "plus de 150 acteurs"),
        ("national-2018-06-25", "≈ 50", "environ 50 participants"),
    ],
)
def test_a_headcount_is_as_precise_as_its_source(code: str, shown: str, said: str) -> None:
    page = sheet(code)
    assert figures(page)["Participants"] == shown
    assert said in html(page)


@pytest.mark.usefixtures("real")
def test_a_day_that_is_not_known_is_not_made_up() -> None:
    written = html(sheet("national-2023-05"))
    assert "mai 2023 (jour inconnu)" in written
    assert "1er mai 2023" not in written
    assert "Inconnu</b> : jour," in written


@pytest.mark.usefixtures("real")
def test_an_announcement_is_marked() -> None:
    assert "annonce, tenue non vérifiée" in html(sheet("national-2021-06-17"))


@pytest.mark.usefixtures("real")
def test_the_filters_change_nothing_and_come_along_in_the_links() -> None:
    page = sheet(LILLE_2020, {"departement": ["971"], "periode": ["2019"]})
    assert figures(page)["Territoires présents"] == "6"
    assert "fiche=59350&amp;departement=Guadeloupe+%28971%29&amp;periode=2019" in html(page)
    assert "Champ : Réseau Hauts-de-France" in captions(page)


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("code", ["nope", "", "' OR 1=1 --"])
def test_an_unknown_meeting_is_said_with_a_way_to_the_list(code: str) -> None:
    page = sheet(code)
    (notice,) = notices(page)
    assert notice.startswith("Cette réunion : ")
    assert not page.metric
    assert [link.proto.label for link in page.get("page_link")] == ["Toutes les réunions"]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("code", [f"m{number:03}" for number in range(0, 240, 40)])
def test_any_made_up_meeting_has_a_page(code: str) -> None:
    assert len(figures(sheet(code))) == 4


@pytest.mark.usefixtures("hostile")
def test_a_meeting_that_means_harm_is_shown_as_it_is_written() -> None:
    for page in (sheet(LILLE_2020), visit(LIST), visit(LIST, {"cherche": [HOSTILE]})):
        written = html(page)
        for markup in ("<script>pwned", "<img", 'href="javascript:', "onerror='"):
            assert markup not in written, "the browser would run it"
        for text in (*page.header, *page.caption, *page.info, *page.title):
            assert "![x](" not in re.sub(r"\\.", "", text.value), "Markdown would read it"


def test_the_pages_ask_figures_of_the_catalogue() -> None:
    assert all(overview.FIGURES[figure.name] is figure for figure in meetings.FIGURES)
