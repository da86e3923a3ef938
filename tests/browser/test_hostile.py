"""Every page, slide and paper in a real browser, on data that means harm: it is shown, and nothing is made of it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests import installations
from tests.browser.conftest import Start, Visit
from tests.hostile import ELSEWHERE, code, text
from tools.browser import wait_shown

HERE = "example.org"  # the one address that is one
FIRST = quote(code(0))
PATHS = (
    "/",
    "/participation",
    "/themes",
    f"/actions?cherche={quote('image gras')}",
    f"/reunions?cherche={quote('image gras')}",
    f"/territoire?fiche={FIRST}",
    f"/theme?fiche={FIRST}",
    f"/reunion?fiche={FIRST}",
    f"/saisir?fiche={FIRST}",
    "/referentiels",
    "/journal?entree=13",
    "/qualite",
    f"/presenter?presentation={quote(text(0))}",
    f"/imprimer?presentation={quote(text(0))}",
    f"/?theme={FIRST}&reseau={FIRST}",
    f"/comptes-rendus?{quote(text(0))}={quote(text(1))}&periode={quote(text(2))}",
)
MADE = f"""() => {{
  const app = document.querySelector('[data-testid=stApp]');
  const shown = '[data-testid=stMarkdownContainer] ';
  const made = [...app.querySelectorAll([
    '.pwned', '[onerror]', '[onload]', 'img', 'iframe', 'object', '.katex', '.main-svg a', '[src*="{ELSEWHERE}"]',
    ...['a', 'code', 'strong', 'em', 'del', 'table', 'blockquote', 'hr', 'pre', 'ol', 'ul', 'svg:not(.icon)', 'br',
        '[class*=olor]', '[style*=olor]', '[data-testid=stIconMaterial]'].map(tag => shown + tag),
  ].join(', '))].filter(element => element.localName !== 'strong' || element.textContent.includes('gras'));
  const away = [...app.querySelectorAll('a')].filter(
    link => !/^https?:$/.test(link.protocol) || !['{HERE}', location.hostname].includes(link.hostname));
  const turned = [...app.querySelectorAll(shown + '*, .stHtml *, .main-svg text')].filter(element =>
    [...element.childNodes].some(node => node.nodeType === 3 && /[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data)));
  return [...made, ...away, ...turned].map(element => element.outerHTML.slice(0, 300));
}}"""
"""What data was made of: an element, a link that leads elsewhere or is no address, letters in another order."""


def test_nothing_is_made_of_what_people_wrote(visit: Visit, start: Start, tmp_path: Path) -> None:
    url = start(installations.hostile(tmp_path / "hostile.duckdb", codes=True))
    page = visit(url=url)
    found = {path: harm_on(page, url + path) for path in PATHS}
    page.goto(f"{url}/presenter?diapo=ouverture&presentation={quote(text(0))}")
    wait_shown(page)
    for rank in range(2, 10):
        page.keyboard.press("PageDown")
        expect(page.locator(".scene-numero")).to_contain_text(f"{rank} / ")
        found[f"slide {rank}"] = harm(page)
    assert {place: made for place, made in found.items() if made} == {}


def harm_on(page: Page, address: str) -> list[str]:
    page.goto(address)
    wait_shown(page)
    shown = page.locator("[data-testid=stMain]").inner_text()
    assert "gras" in shown or "inconnu" in shown
    return harm(page)


def harm(page: Page) -> list[str]:
    wait_shown(page)
    made: list[str] = page.evaluate(MADE)
    return [*made, *(["a script ran"] if page.evaluate("typeof pwned") != "undefined" else [])]
