"""The meetings in a real browser: clicks, addresses, the way back, a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import click_on, expect_parameters
from tools.browser import wait_shown

EVERYTHING = "Tous les réseaux régionaux"
SHEET = "/reunion?fiche=hauts-de-france-2020-05-06"


def test_a_click_on_a_month_keeps_it_and_a_second_one_lets_it_go(visit: Visit) -> None:
    page = visit("/reunions")
    click_on(page, "chart-calendrier", "mai 2020")
    expect(page.locator("h1")).to_have_text(f"{EVERYTHING}, mai 2020")
    expect_parameters(page, {"periode": ["mai 2020"]})
    expect(page.locator(".netstats-meetings li")).to_have_count(2)
    wait_shown(page)
    click_on(page, "chart-calendrier", "mai 2020")
    expect(page.locator("h1")).to_have_text(EVERYTHING)
    expect_parameters(page, {})


def test_a_title_opens_the_meeting_and_back_returns_to_the_list(visit: Visit) -> None:
    page = visit("/reunions")
    page.locator(".netstats-meetings a[href*='2020-05-06']").first.click()
    expect(page.locator("h1")).to_have_text("Réunion du réseau Hauts-de-France")
    wait_shown(page, "visioconférence")
    expect_parameters(page, {"fiche": ["hauts-de-france-2020-05-06"]})
    page.get_by_text("4 décembre 2019").locator("xpath=..").locator("a").first.click()
    wait_shown(page, "16 professionnels")
    page.go_back()
    wait_shown(page, "9 professionnels")
    page.get_by_role("link", name="Toutes les réunions").click()
    expect(page.locator(".netstats-meetings li")).to_have_count(11)


def test_the_words_sought_stay_in_the_address(visit: Visit) -> None:
    page = visit("/reunions")
    box = page.get_by_role("textbox", name=re.compile("^Chercher"))
    box.fill("FOURMIES stup")
    box.press("Enter")
    expect(page.locator(".netstats-meetings li")).to_have_count(1)
    expect_parameters(page, {"cherche": ["FOURMIES stup"]})
    page.reload()
    wait_shown(page, "1 réunion trouvée sur 11".replace(" ", "\u00a0", 1))
    expect(page.locator(".netstats-meetings li")).to_have_count(1)


@pytest.mark.parametrize("path", ["/reunions", SHEET])
def test_a_phone_shows_everything_without_sideways_scrolling(visit: Visit, path: str) -> None:
    page = visit(path, width=390)
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390
    beyond = page.locator("[data-testid=stMain] :is(li, dd, p, h2)").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().right > 391).map(one => one.innerText)"
    )
    assert beyond == []
