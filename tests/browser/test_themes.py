"""The page of the themes and the sheet of one in a real browser: clicks, addresses, the width of a phone."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tools.browser import wait_shown

SIDEWAYS = """() => [...document.querySelectorAll('html, [data-testid=stMain], [data-testid=stApp]')]
  .filter(element => element.scrollWidth > element.clientWidth).map(element => element.outerHTML.slice(0, 80))"""

OUTSIDE = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].flatMap(chart => {
  const box = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('svg text')].filter(text => {
    const {left, right, width} = text.getBoundingClientRect();
    return width && (left < box.left - 1 || right > box.right + 1);
  }).map(text => text.textContent);
})"""

PLACE_OF = """(element, wanted) => {
  // The middle of the bar that carries `wanted`, whichever way it lies, once scrolled to mid-screen.
  const plot = element.querySelector('.js-plotly-plot'), {xaxis, yaxis} = plot._fullLayout;
  for (const trace of plot._fullData) {
    const place = (trace.customdata ?? []).findIndex(carried => wanted.every((part, k) => carried[k] === part));
    if (place < 0) continue;
    const flat = trace.orientation === 'h';
    const x = flat ? trace.x[place] / 3 : trace.x[place];
    const y = flat ? trace.y[place] : (trace.base?.[place] ?? 0) + trace.y[place] / 2;
    const down = yaxis._offset + yaxis.l2p(y);
    const top = plot.getBoundingClientRect().top + down;
    document.querySelector('[data-testid=stMain]').scrollBy({top: top - innerHeight / 2, behavior: 'instant'});
    const box = plot.getBoundingClientRect();
    return [box.x + xaxis._offset + xaxis.l2p(x), box.y + down];
  }
}"""


def click_on(page: Page, key: str, *carried: str) -> None:
    """Click on the element of a chart that carries these data."""
    drawing = page.locator(f".st-key-{key}").get_by_test_id("stPlotlyChart")
    x, y = drawing.evaluate(PLACE_OF, list(carried))
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(drawing.locator(".hoverlayer .hovertext").first).to_be_attached()  # plotly knows where we are
    page.mouse.down()
    page.mouse.up()


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_click_on_a_theme_opens_its_sheet_and_the_way_back_keeps_the_selection(visit: Visit) -> None:
    page = visit("/themes?periode=2020", texts=("Thèmes abordés ensemble",))
    click_on(page, "barres-themes", "covid-19")
    expect(page.get_by_role("heading", name="Covid-19 : confinement et déconfinement")).to_be_visible()
    wait_shown(page)
    assert urlsplit(page.url).path == "/theme"
    assert parameters(page) == {"fiche": ["covid-19"], "periode": ["2020"]}
    page.get_by_role("link", name="Tous les thèmes").click()
    expect(page.get_by_role("heading", name="Thèmes abordés ensemble")).to_be_visible()
    assert parameters(page) == {"periode": ["2020"]}


def test_a_click_on_a_cell_keeps_its_theme_and_its_network(visit: Visit) -> None:
    page = visit("/themes", texts=("Thèmes par réseau",))
    click_on(page, "grille-reseaux", "stupefiants", "hauts-de-france")
    expect(page.locator("h1")).to_have_text("Réseau Hauts-de-France, thème Stupéfiants")
    wait_shown(page)
    assert parameters(page) == {"reseau": ["Hauts-de-France"], "theme": ["Stupéfiants"]}


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
