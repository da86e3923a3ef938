"""The page of the themes and the sheet of one in a real browser: clicks, addresses, the width of a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import SIDEWAYS, click_on, expect_parameters
from tools.browser import wait_shown

OUTSIDE = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].flatMap(chart => {
  const box = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('svg text')].filter(text => {
    const {left, right, width} = text.getBoundingClientRect();
    return width && (left < box.left - 1 || right > box.right + 1);
  }).map(text => text.textContent);
})"""


def test_a_click_on_a_theme_opens_its_sheet_and_the_way_back_keeps_the_selection(visit: Visit) -> None:
    page = visit("/themes?periode=2020", texts=("Thèmes abordés ensemble",))
    click_on(page, "chart-themes", "covid-19")
    expect(page.get_by_role("heading", name="Covid-19 : confinement et déconfinement")).to_be_visible()
    wait_shown(page)
    assert urlsplit(page.url).path == "/theme"
    expect_parameters(page, {"fiche": ["covid-19"], "periode": ["2020"]})
    page.get_by_role("link", name="Tous les thèmes").click()
    expect(page.get_by_role("heading", name="Thèmes abordés ensemble")).to_be_visible()
    expect_parameters(page, {"periode": ["2020"]})


def test_the_address_of_a_sheet_opens_it_with_its_links(visit: Visit) -> None:
    page = visit("/theme?fiche=covid-19&region=84", texts=("Actions sur ce thème",))
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1")
    page.get_by_role("link", name="Villeurbanne").first.click()
    wait_shown(page)
    assert urlsplit(page.url).path == "/territoire"


@pytest.mark.parametrize("path", ["/themes", "/theme?fiche=covid-19"])
def test_on_a_phone_nothing_overflows(visit: Visit, path: str) -> None:
    page = visit(path, width=390, texts=("hors de ces barres",) if path == "/themes" else ("Actions sur ce thème",))
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(OUTSIDE) == []
