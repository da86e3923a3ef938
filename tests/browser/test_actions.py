"""The page « Actions » in a real browser: the search and its address, a click on a bar, a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from netstats.wording import NO_BREAK
from tests.browser.conftest import Visit
from tests.browser.person import click_on, expect_parameters, heading
from tools.browser import wait_shown

FOUND = f"3{NO_BREAK}actions pour «{NO_BREAK}officines{NO_BREAK}»"


def stories(page: Page) -> Locator:
    return page.locator(".netstats-stories").first.locator("li")


def test_words_are_sought_kept_in_the_address_and_lead_to_the_meeting(visit: Visit) -> None:
    page = visit("/actions", texts=("Les actions, une par une",))
    box = page.get_by_role("textbox", name="Qui a déjà fait… ?")
    box.fill("officines")
    box.press("Enter")
    wait_shown(page, FOUND)
    expect(page.locator(".netstats-stories mark").first).to_have_text("pharmaciens")
    expect(stories(page)).to_have_count(3)
    expect_parameters(page, {"cherche": ["officines"]})
    address = page.url
    expect(page.get_by_role("link", name="Douai").first).to_have_attribute("href", "territoire?fiche=59178")
    page.get_by_role("link", name="réseau Hauts-de-France, 6 mai 2020").first.click()
    page.wait_for_url("**/reunion?fiche=hauts-de-france-2020-05-06")
    page.go_back()
    wait_shown(page, FOUND)
    assert page.url == address


def test_a_click_on_a_theme_filters_and_one_on_a_type_narrows_the_list(visit: Visit) -> None:
    page = visit("/actions", texts=("Les actions, une par une",))
    click_on(page, "chart-themes", "seniors-isolement")
    wait_shown(page, "Tous les réseaux régionaux, thème Seniors et isolement")
    expect(heading(page)).to_contain_text("Seniors et isolement")
    click_on(page, "chart-types", "soutien-psychologique")
    expect(stories(page)).to_have_count(1)
    expect(stories(page)).to_contain_text("cellule de soutien psychologique")
    wait_shown(page)
    expect_parameters(page, {"theme": ["Seniors et isolement"], "type": ["Soutien psychologique"]})
    page.reload()
    wait_shown(page, "Les actions, une par une")
    expect(stories(page)).to_have_count(1)


def test_a_click_on_a_cell_narrows_the_list_to_its_type_and_its_audience(visit: Visit) -> None:
    page = visit("/actions", texts=("Les actions, une par une",))
    page.get_by_role("radio", name="Types et publics").click()
    wait_shown(page, "Quelle action pour quel public")
    click_on(page, "chart-types-publics", "maintien-lien", "jeunes")
    expect(stories(page)).to_have_count(1)
    expect_parameters(page, {"type": ["Maintien du lien"], "public": ["Jeunes"]})


@pytest.mark.parametrize("path", ["/actions", "/actions?cherche=permanence+pharmacie"])
def test_a_phone_shows_everything_without_sideways_scrolling(visit: Visit, path: str) -> None:
    page = visit(path, width=390, texts=("Les actions, une par une",))
    widths = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert widths[0] <= widths[1]
