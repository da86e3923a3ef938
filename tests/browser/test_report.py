"""The page « Imprimer » in a real browser: what it prints is read back, page by page."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from netstats import demonstration, store, wording
from netstats.charts.palette import LIGHT
from netstats.filters import Filters
from netstats.share import tables
from netstats.share.plan import Plan, Presentation, Wording, to_json
from tests.browser.conftest import Start, Visit
from tests.browser.person import SIDEWAYS
from tests.browser.test_overview_look import english, rgb
from tools.browser import serve, wait_shown

LAST = "sous ces chiffres"  # the heading of the last section
AROUND = (
    "Effacer",
    "Filtrer",
    "Toutes les dates",
    "Texte à copier",
    "Vue d’ensemble",
    "Présenter",
    "Importer",
    "Journal",
)
A4 = (595, 842)  # points
MARGIN = 15 / 25.4 * 72

SECTIONS = """() => [...document.querySelectorAll('[class*=st-key-feuille-]')].map(section => [
  section.querySelector('h3').textContent, section.querySelector('h3 ~ * p, h3 + p, h3 ~ * li, th, dt').textContent,
])"""
SAID = """() => [...document.querySelectorAll(
  '.st-key-feuille :is(h2, h3, p, li, td, dt, dd), .st-key-feuille svg text')].map(element => element.textContent)"""
"""Every text of the sheet, those of the charts too."""

CUT = """() => {
  const sheet = document.querySelector('.st-key-feuille').getBoundingClientRect();
  const inside = (box, around) => box.left >= around.left - 1 && box.right <= around.right + 1
    && box.top >= around.top - 1 && box.bottom <= around.bottom + 1;
  const cut = [...document.querySelectorAll('.st-key-feuille :not(svg, svg *, [aria-hidden])')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && !inside(box, sheet);
  });
  const texts = [...document.querySelectorAll('.st-key-feuille svg text')].filter(element =>
    !inside(element.getBoundingClientRect(), element.closest('svg').getBoundingClientRect()));
  return [...cut, ...texts].map(element => element.outerHTML.slice(0, 120));
}"""

PAINTED = """() => [...document.querySelectorAll('html:has(.st-key-feuille), :has(.st-key-feuille), .st-key-feuille')]
  .map(element => getComputedStyle(element).backgroundColor)"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a dashboard answers on a demonstration set."""
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    demonstration.write(path, meetings=300, seed=1, today=date(2026, 11, 23))
    with serve(path) as url:
        yield url


def printed(page: Page) -> list[pypdf.PageObject]:
    """Return the pages that the browser prints."""
    return list(pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def close(text: str) -> str:
    """Return a text without its spaces and ligatures: paper breaks lines where the screen does not."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def filled(page: pypdf.PageObject) -> float:
    """Return how far down its text goes, as a share of the height between the margins; the page number left out."""
    heights: list[float] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if text.strip() and height > MARGIN:
            heights.append(height)

    page.extract_text(visitor_text=visit)
    return (A4[1] - MARGIN - min(heights)) / (A4[1] - 2 * MARGIN)


@pytest.mark.parametrize(("data", "dark"), [("real", False), ("demo", True)], ids=["real light", "demo dark"])
def test_the_sheet_prints_whole_on_a4(visit: Visit, demo: str, data: str, dark: bool) -> None:
    page = visit("/imprimer", url=demo if data == "demo" else "", dark=dark, texts=(LAST,))
    sections, said = page.evaluate(SECTIONS), page.evaluate(SAID)
    pages = printed(page)
    texts = [close(sheet.extract_text()) for sheet in pages]

    assert 4 <= len(pages) <= 9
    for sheet in pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
        assert 0.2 < filled(sheet) <= 1, "a page is nearly blank"
    # The real activity has neither trends nor anybody to call back: ten sections, no more and no less.
    assert len(sections) >= 11 if data == "demo" else len(sections) == 10
    for head, first in sections:  # a heading stands whole, over what it heads
        assert [text for text in texts if close(head + first) in text], head
    pair = [close(f"Lecture : {head}") for head in ("« Espaces publics »", "au 2e trimestre 2021")]
    assert data == "demo" or [text for text in texts if all(head in text for head in pair)], "two charts share a page"
    whole = "".join(texts)
    assert [text for text in said if close(text) not in whole] == []
    assert [word for word in AROUND if close(word) in whole] == []
    assert texts[0].count(close(tables.FICTIONAL)) == (3 if data == "demo" else 0)  # the head, figures and map
    assert all(close(tables.FICTIONAL) in text for text in texts) == (data == "demo")
    assert [text[:3] for text in texts] == [f"{number}/{len(pages)}" for number in range(1, len(pages) + 1)]


@pytest.mark.parametrize("query", ["", "?departement=59", "?region=32&periode=2020"])
def test_its_key_figures_are_those_of_the_overview(visit: Visit, look: Visit, query: str) -> None:
    overview = look(f"/{query}").get_by_test_id("stMetric")
    shown = [
        (box.get_by_test_id("stMetricLabel").inner_text(), box.get_by_test_id("stMetricValue").inner_text())
        for box in overview.all()
    ]
    assert len(shown) == 6
    first = close(printed(visit(f"/imprimer{query}", texts=(LAST,)))[0].extract_text())
    for label, value in shown:
        assert close(label + value) in first, label


PRESSED = """() => [...document.querySelectorAll('button, input, [role=combobox], summary, [data-testid=stHeader]')]
  .filter(element => element.checkVisibility() && element.getBoundingClientRect().width > 1)
  .map(element => element.outerHTML.slice(0, 120))"""
BEYOND = """() => [...document.querySelectorAll('[data-testid=stMain] :not(svg *)')].filter(element =>
  element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
  .map(element => element.outerHTML.slice(0, 120))"""
CARDS = """() => [...document.querySelectorAll('[class*=st-key-card-] h2')].map(head => head.textContent)"""


@pytest.mark.parametrize(
    ("path", "dark"),
    [
        ("/", False),
        ("/participation?reseau=hauts-de-france", False),
        ("/themes", True),
        ("/actions", False),
        ("/reunions", False),
        ("/territoire?fiche=59350", False),
        ("/comparer?departement=59&face=departement%3D60", True),
    ],
)
def test_any_page_prints_on_a4(visit: Visit, path: str, dark: bool) -> None:
    page = visit(path, dark=dark)
    heads = page.evaluate(CARDS)
    assert len(heads) >= 2
    sheets = printed(page)
    texts = [close(sheet.extract_text()) for sheet in sheets]
    for sheet in sheets:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
        assert filled(sheet) <= 1
    whole = "".join(texts)
    assert [head for head in heads if close(head) not in whole] == []
    assert close("Source : FFSU") in whole
    # A heading is never the last thing of a page: only its number stands beside it.
    assert [text for text in texts if any(text.endswith(close(head)) for head in heads)] == []

    page.set_viewport_size({"width": 680, "height": 1009})
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert page.evaluate(PRESSED) == []
    assert page.evaluate(BEYOND) == []
    seen = "e => [getComputedStyle(e).color, getComputedStyle(e.closest('.stApp')).backgroundColor]"
    assert page.locator("h1").first.evaluate(seen) == [rgb(LIGHT.text), "rgb(255, 255, 255)"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_cut_and_paper_is_white(visit: Visit, demo: str, dark: bool) -> None:
    page = visit("/imprimer", url=demo, dark=dark, texts=(LAST,))
    assert page.locator(".st-key-feuille").evaluate("e => getComputedStyle(e).backgroundColor") == rgb(LIGHT.surface)
    assert page.locator(".st-key-feuille h3").first.evaluate("e => getComputedStyle(e).color") == rgb(LIGHT.text)
    page.set_viewport_size({"width": 680, "height": 1009})  # what A4 leaves
    wait_shown(page)
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
    assert set(page.evaluate(PAINTED)) == {"rgb(255, 255, 255)"}


def test_a_phone_shows_it_and_prints_the_same(visit: Visit) -> None:
    page = visit("/imprimer?departement=59", width=390, texts=(LAST,))
    assert page.evaluate(SIDEWAYS) == []
    charts = page.locator(".st-key-feuille .main-svg:first-child").evaluate_all(
        "all => all.map(svg => svg.clientWidth)"
    )
    assert len(charts) >= 5
    assert set(charts) == {680}  # as wide as paper already: nothing draws them anew for the printer
    box = page.locator(".st-key-feuille").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    wide = visit("/imprimer?departement=59", texts=(LAST,))
    assert [sheet.extract_text() for sheet in printed(page)] == [sheet.extract_text() for sheet in printed(wide)]


def test_the_button_opens_the_browsers_own_print_under_a_name(visit: Visit) -> None:
    page = visit("/imprimer?departement=59", texts=(LAST,))
    page.evaluate("() => { window.asked = 0; window.print = () => { window.asked += 1; }; }")
    button = page.get_by_role("button", name="Imprimer, ou enregistrer en PDF")
    button.click()
    button.click()
    assert page.evaluate("window.asked") == 2
    assert page.title() == "netstats – Nord"  # the name of the file


def test_the_text_is_copied(visit: Visit) -> None:
    page = visit("/imprimer?departement=59", texts=(LAST,))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Texte à copier").click()
    page.get_by_test_id("stCode").hover()
    page.get_by_role("button", name="Copier", exact=True).click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").replace(wording.NO_BREAK, " ")
    assert copied.startswith("Objet : Réseaux prévention-sécurité du FFSU – Nord\n")
    assert "– Réunions : 3" in copied
    assert english(page) == []


def test_a_presentation_named_alone_is_printed_with_its_selection(start: Start, visit: Visit, database: Path) -> None:
    copied = database.with_name("kept.duckdb")
    shutil.copy(database, copied)
    opened = store.open_database(copied)
    content = to_json(
        Presentation(Plan().worded("themes", Wording("Mon titre", "", "")), Filters(networks=("hauts-de-france",)))
    )
    store.presentations.save(opened, "Une", content)
    opened.close()
    url = start(copied)
    page = visit(url=url)
    page.goto(f"{url}/imprimer?presentation=Une")
    page.wait_for_url(re.compile("imprimer.*reseau="))
    expect(page.locator(".st-key-feuille")).to_contain_text("Réseau Hauts-de-France")
    expect(page.locator(".st-key-feuille")).to_contain_text("Mon titre")
