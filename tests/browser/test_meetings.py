"""The meetings in a real browser: clicks, addresses, the way back, a phone."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tools.browser import wait_shown

EVERYTHING = "Tous les réseaux régionaux"
SHEET = "/reunion?fiche=hauts-de-france-2020-05-06"

PLACE_OF = """(element, wanted) => {
  const plot = element.querySelector('.js-plotly-plot'), {xaxis, yaxis} = plot._fullLayout, trace = plot._fullData[0];
  const rank = trace.customdata.findIndex(([period]) => period === wanted), box = plot.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.l2p(trace.x[rank]), box.y + yaxis._offset + yaxis.l2p(trace.base[rank] + 13)];
}"""


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def click_on_period(page: Page, words: str) -> None:
    calendar = page.locator(".st-key-calendrier-reunions").get_by_test_id("stPlotlyChart")
    calendar.scroll_into_view_if_needed()
    x, y = calendar.evaluate(PLACE_OF, words)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(calendar.locator(".hoverlayer .hovertext").first).to_be_attached()  # plotly knows where we are
    page.mouse.down()
    page.mouse.up()


def test_a_click_on_a_month_keeps_it_and_a_second_one_lets_it_go(visit: Visit) -> None:
    page = visit("/reunions")
    click_on_period(page, "mai 2020")
    expect(page.locator("h1")).to_have_text(f"{EVERYTHING}, mai 2020")
    assert parameters(page) == {"periode": ["mai 2020"]}
    expect(page.locator(".netstats-meetings li")).to_have_count(2)
    wait_shown(page)
    click_on_period(page, "mai 2020")
    expect(page.locator("h1")).to_have_text(EVERYTHING)
    assert parameters(page) == {}


def test_a_title_opens_the_meeting_and_back_returns_to_the_list(visit: Visit) -> None:
    page = visit("/reunions")
    page.locator(".netstats-meetings a[href*='2020-05-06']").first.click()
    expect(page.locator("h1")).to_have_text("Réunion du réseau Hauts-de-France")
    wait_shown(page, "visioconférence")
    assert parameters(page) == {"fiche": ["hauts-de-france-2020-05-06"]}
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
    assert parameters(page) == {"cherche": ["FOURMIES stup"]}
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
