"""The overview in a real browser: what AppTest cannot see."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Start, Visit
from tests.browser.person import (
    click_on,
    expect_parameters,
    figure,
    filter_input,
    heading,
)
from tools.browser import wait_shown

MAP, THEMES = "chart-carte", "chart-themes"
EVERYTHING = "Tous les réseaux régionaux"


# ---------------------------------------------------------------- nothing leaves the machine


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_request_leaves_the_machine(visit: Visit, dark: bool) -> None:
    page = visit(dark=dark)
    fetched = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert any(name.endswith(".woff2") for name in fetched), "fonts are watched too"
    assert {urlsplit(name).netloc for name in fetched} == {urlsplit(page.url).netloc}
    links = page.locator("link[href]").evaluate_all("links => links.map(link => link.href)")
    assert any("icon" in link or "media" in link for link in links)
    assert {urlsplit(link).netloc for link in links} <= {urlsplit(page.url).netloc, ""}
    # What a person opens asks nobody either; the fixture has listened all along.
    page.get_by_text("Voir les données").first.click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    "path",
    ["/?departement=59&periode=2020", "/?departement=Nord+%2859%29&periode=2020"],
    ids=["codes", "the browser's words"],
)
def test_a_deep_link_works_first_after_a_server_start(visit: Visit, start: Start, database: Path, path: str) -> None:
    page = visit(path, url=start(database), texts=("Nord, 2020",))
    expect(heading(page)).to_have_text("Nord, 2020")
    expect(figure(page, "Réunions")).to_have_text("1")
    expect(figure(page, "Présences")).to_have_text("4")
    expect_parameters(page, {"departement": ["Nord (59)"], "periode": ["2020"]})


def test_what_is_not_known_in_a_link_is_said(visit: Visit) -> None:
    page = visit("/?departement=59&theme=nope", texts=("nope",))
    expect(page.get_by_test_id("stAlert")).to_contain_text("Thème : « nope » n’est pas connu")
    expect(heading(page)).to_have_text("Nord")
    expect_parameters(page, {"departement": ["Nord (59)"]})


# ---------------------------------------------------------------- clicks


def test_a_click_on_a_department_changes_the_figures_and_the_address(visit: Visit) -> None:
    page = visit()
    expect(figure(page, "Réunions")).to_have_text("11")
    click_on(page, MAP, "department", "59")
    expect(heading(page)).to_have_text("Nord")
    expect(figure(page, "Réunions")).to_have_text("3")
    expect_parameters(page, {"departement": ["Nord (59)"]})


def test_a_second_click_on_a_department_releases_it_and_its_neighbour_replaces_it(visit: Visit) -> None:
    page = visit("/?departement=59")
    click_on(page, MAP, "department", "80")
    expect(heading(page)).to_have_text("Somme")
    wait_shown(page)
    click_on(page, MAP, "department", "80")
    expect(heading(page)).to_have_text(EVERYTHING)
    expect_parameters(page, {})


def test_a_click_on_a_theme_filters(visit: Visit) -> None:
    page = visit()
    click_on(page, THEMES, "covid-19")
    expect(heading(page)).to_have_text(f"{EVERYTHING}, thème Covid-19 et confinement")
    expect(figure(page, "Réunions")).to_have_text("2")
    expect_parameters(page, {"theme": ["Covid-19 et confinement"]})
    wait_shown(page)
    click_on(page, THEMES, "covid-19")
    expect(heading(page)).to_have_text(EVERYTHING)


# ---------------------------------------------------------------- the filter bar


def test_one_click_clears_the_filters_and_the_address(visit: Visit) -> None:
    page = visit("/?region=32&periode=2020&theme=covid-19")
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect(heading(page)).to_have_text(EVERYTHING)
    expect(figure(page, "Réunions")).to_have_text("11")
    expect_parameters(page, {})


def test_a_choice_in_the_bar_filters(visit: Visit) -> None:
    page = visit()
    region = filter_input(page, "Région")
    region.click()
    option = page.get_by_role("option", name="Hauts-de-France")
    option.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # a list that is still rolling takes no click, as one that a hand rolls
    option.click()
    expect(heading(page)).to_have_text("Hauts-de-France")
    expect(figure(page, "Territoires participants")).to_have_text("23")
    expect(figure(page, "Présences")).to_have_text("28")
    expect_parameters(page, {"region": ["Hauts-de-France"]})


def test_a_typed_period_is_read_written_and_kept(visit: Visit) -> None:
    page = visit()
    period = filter_input(page, "Période")
    period.fill("01/2020 - juin 2021")
    period.press("Enter")
    expect(heading(page)).to_have_text(f"{EVERYTHING}, janvier 2020 à juin 2021")
    expect(figure(page, "Réunions")).to_have_text("7")
    expect(filter_input(page, "Période")).to_have_value("janvier 2020 à juin 2021")
    wait_shown(page)
    page.reload()
    wait_shown(page)
    expect(heading(page)).to_have_text(f"{EVERYTHING}, janvier 2020 à juin 2021")


def test_a_period_that_cannot_be_read_is_told(visit: Visit) -> None:
    page = visit()
    period = filter_input(page, "Période")
    period.fill("la saint-glinglin")
    period.press("Enter")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("Écrivez par exemple « 2020 »")
    expect(heading(page)).to_have_text(EVERYTHING)
    expect(filter_input(page, "Période")).to_have_value("")


def test_previous_and_next(visit: Visit) -> None:
    page = visit("/?periode=2020")
    page.get_by_role("button", name="Période précédente").click()
    expect(heading(page)).to_have_text(f"{EVERYTHING}, 2019")
    expect_parameters(page, {"periode": ["2019"]})
    wait_shown(page)
    page.get_by_role("button", name="Période précédente").click()  # before all activity
    expect(heading(page)).to_have_text(f"{EVERYTHING}, 2018")
    wait_shown(page)
    page.get_by_role("button", name="Période suivante").click()
    expect(heading(page)).to_have_text(f"{EVERYTHING}, 2019")
    expect(figure(page, "Réunions")).to_have_text("1")


# ---------------------------------------------------------------- what Streamlit keeps a secret


def test_an_error_shows_no_code(visit: Visit, start: Start, tmp_path: Path) -> None:
    broken = tmp_path / "netstats.duckdb"
    broken.write_text("this is no database", encoding="utf-8")
    page = visit(url=start(broken))
    expect(page.get_by_test_id("stAlert")).to_contain_text("n’est pas une base netstats lisible")
    assert "Traceback" not in page.inner_text("body")
