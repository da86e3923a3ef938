"""Every page, slide and paper in a real browser, on data that means harm: it is shown, and nothing is made of it."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import FilePayload, Page, expect

from netstats.intake.labels import FORMULA_STARTS
from tests import installations
from tests.browser.conftest import Start, Visit
from tests.hostile import ELSEWHERE, code, files, minutes, text
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
    f"/referentiels?fiche={FIRST}",
    f"/referentiels?liste=themes&fiche={FIRST}",
    "/journal",
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
  ].join(', '))].filter(element => element.localName !== 'strong' || element.textContent.includes('gras'))
    .filter(element => !/^error$|À remplir[.]\\s*$/.test(element.textContent));  // ours
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
    found, seconds = {}, {}
    for path in PATHS:
        begun = time.monotonic()
        found[path] = harm_on(page, url + path)
        seconds[path] = time.monotonic() - begun
    quickest = min(seconds.values())
    assert max(seconds.values()) < 10 * quickest, seconds  # a code that means harm once kept a page for 20 s
    page.goto(f"{url}/presenter?diapo=ouverture&presentation={quote(text(0))}")
    wait_shown(page)
    for rank in range(2, 10):
        page.keyboard.press("PageDown")
        expect(page.locator(".scene-numero")).to_contain_text(f"{rank} / ")
        found[f"slide {rank}"] = harm(page)
    assert not [cell for cell in cells_of_a_table(page, url) if cell.startswith(FORMULA_STARTS)]
    found |= review_of_files(page, url) | review_of_minutes(page, url)
    assert {place: made for place, made in found.items() if made} == {}


def cells_of_a_table(page: Page, url: str) -> list[str]:
    """The cells of the .csv that Streamlit itself makes of a table: it hands them over as it was given them."""
    page.add_init_script("delete window.showSaveFilePicker")  # it opens a window of the machine's own
    page.goto(f"{url}/actions")
    wait_shown(page)
    page.get_by_text("Voir les données").last.click()
    page.get_by_test_id("stDataFrame").hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en CSV").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert any("=1+1" in cell for cell in cells)
    return cells


def review_of_files(page: Page, url: str) -> dict[str, list[str]]:
    """What is made of a file whose every cell means harm: its columns, questions, refused lines and preview."""
    page.goto(f"{url}/importer")
    wait_shown(page)
    sent = [FilePayload(name=name, mimeType="text/csv", buffer=cells) for name, cells in files().items()]
    page.locator("input[type=file]").set_input_files(sent)
    wait_shown(page, "3. ", "4. ", "5. ", "6. Enregistrer")
    return {"review of files": harm(page)}


def review_of_minutes(page: Page, url: str) -> dict[str, list[str]]:
    """What is made of minutes: the text and what was read of it, then the preview."""
    page.goto(f"{url}/comptes-rendus")
    wait_shown(page)
    page.get_by_label("Coller le texte d’un compte rendu").fill(minutes())
    page.get_by_role("button", name="Lire", exact=True).click()
    wait_shown(page, "2. Vérifier ce qui est lu", "gras")
    found = {"minutes read": harm(page)}
    page.get_by_role("button", name="Voir ce qui va changer").click()
    wait_shown(page)
    return found | {"minutes to save": harm(page)}


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
