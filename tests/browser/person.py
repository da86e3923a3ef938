"""What a person does on a page, and what one sees of it: hands and eyes that the tests share."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

SIDEWAYS = """() => [...document.querySelectorAll('html, [data-testid=stMain], [data-testid=stApp]')]
  .filter(element => element.scrollWidth > element.clientWidth).map(element => element.outerHTML.slice(0, 80))"""

TOO_WIDE = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(element => {
  const {left, right, width} = element.getBoundingClientRect();
  // Inside a drawing or a table that cuts what is outside it, nothing shows.
  return width > 1 && (right > innerWidth + .5 || left < -.5)
    && !element.closest('svg, canvas, [data-testid=stDataFrame], .netstats-grid')
    && element.checkVisibility({visibilityProperty: true});
}).map(element => element.outerHTML.slice(0, 160))"""

CUT = """() => [...document.querySelectorAll(
  'h1, h2, [data-testid=stMetricValue], [data-testid=stMetricValue] *, [data-testid=stMetricLabel] p, '
  + '[data-testid=stMetricDelta], [data-testid=stCaptionContainer] p, [data-testid=stButton] p, '
  + '.netstats-names p, .netstats-meetings span, .netstats-actions li, summary p')]
  .filter(element => element.checkVisibility() && element.clientWidth > 1 && (
    element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'))
  .map(element => element.textContent)"""

HIDDEN_BELOW = """() => [...document.querySelectorAll('[class*=st-key-figure-]')].flatMap(box => {
  const {bottom} = box.getBoundingClientRect();
  return [...box.querySelectorAll('p, svg, [data-testid=stMetricValue]')]
    .filter(part => part.getBoundingClientRect().bottom > bottom + 1).map(part => part.textContent);
})"""


def heading(page: Page) -> Locator:
    return page.locator("h1")  # by its tag: an open list of choices hides the rest of the page from roles


def figure(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def expect_parameters(page: Page, wanted: dict[str, list[str]]) -> None:
    """Wait until the address carries these parameters and no other: it follows the page by a moment."""
    until = time.monotonic() + 20
    while parameters(page) != wanted and time.monotonic() < until:
        page.wait_for_timeout(25)
    assert parameters(page) == wanted


def chart(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key}").get_by_test_id("stPlotlyChart")


def filter_input(page: Page, label: str) -> Locator:
    return page.locator("[class*=st-key-filter-bar]").get_by_label(label, exact=True)


def choose(place: Page | Locator, label: str, option: str) -> None:
    """Choose in a list of the page, or of a part of it, by its letters and the mouse."""
    page = place if isinstance(place, Page) else place.page
    box = place.get_by_role("combobox", name=label, exact=True)
    box.focus()
    page.wait_for_timeout(300)  # a list that is open closes when the page scrolls
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


PLACE_OF = """(element, wanted) => {
  // Of the places that carry `wanted`, the one farthest from every place that carries something else, in mid-screen.
  const plot = element.querySelector('.js-plotly-plot'), corner = plot.getBoundingClientRect();
  const mine = [], others = [];
  const keep = (carried, place) => (wanted.every((part, k) => carried[k] === part) ? mine : others).push(place);
  for (const type of ['choropleth', 'scattergeo']) {
    const drawn = plot.querySelectorAll(`.geo .${type === 'choropleth' ? 'choropleth' : 'scatter'}layer > .trace`);
    plot.data.filter(trace => trace.type === type).forEach((trace, rank) => {
      const shapes = drawn[rank].querySelectorAll('path');
      (trace.customdata ?? []).forEach((carried, i) => {
        const {x, y, width, height} = shapes[i].getBoundingClientRect();
        if (type === 'scattergeo')
          return keep(carried, [x + width / 2 - corner.x, y + height / 2 - corner.y, width / 2 + 5]);
        const back = shapes[i].getScreenCTM().inverse();
        const holds = (u, v) => shapes[i].isPointInFill(new DOMPoint(u, v).matrixTransform(back));
        for (let u = x; u < x + width; u += 3)
          for (let v = y; v < y + height; v += 3)
            if ([[0, 0], [3, 0], [-3, 0], [0, 3], [0, -3]].every(([a, b]) => holds(u + a, v + b)))
              keep(carried, [u - corner.x, v - corner.y]);
      });
    });
  }
  const {xaxis, yaxis} = plot._fullLayout;
  for (const trace of plot._fullData.filter(trace => ['bar', 'scatter'].includes(trace.type))) {
    (trace.customdata ?? []).forEach((carried, i) => {
      const lies = trace.type === 'bar' && trace.orientation === 'h', stands = trace.type === 'bar' && !lies;
      const across = lies ? trace.x[i] / 3 : trace.x[i];
      const up = stands ? (trace.base?.[i] ?? trace.base ?? 0) + trace.y[i] / 2 : trace.y[i];
      keep(carried, [xaxis._offset + xaxis.l2p(across), yaxis._offset + yaxis.l2p(up)]);
    });
  }
  const gap = ([x, y]) => Math.min(...others.map(([u, v, reach = 0]) => Math.hypot(x - u, y - v) - reach), 1e9);
  const [x, y] = mine.reduce((best, place) => gap(place) > gap(best) ? place : best);
  const top = plot.getBoundingClientRect().top + y;
  document.querySelector('[data-testid=stMain]').scrollBy({top: top - innerHeight / 2, behavior: 'instant'});
  const box = plot.getBoundingClientRect();
  return [box.x + x, box.y + y];
}"""


def click_on(page: Page, key: str, *carried: str) -> None:
    """Click on the element of a chart that carries these data."""
    drawing = chart(page, key)
    drawing.scroll_into_view_if_needed()
    x, y = drawing.evaluate(PLACE_OF, list(carried))
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(drawing.locator(".hoverlayer .hovertext").first).to_be_attached()  # plotly knows where we are
    page.mouse.down()
    page.mouse.up()


def parameter(page: Page, name: str) -> str:
    """Return what the address says of one parameter; empty without it."""
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]
