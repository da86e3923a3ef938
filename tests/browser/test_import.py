"""An import in a real browser, from the template to the undo; and the pages of the data on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from netstats.wording import NO_BREAK
from tests.browser.conftest import Start, Visit
from tests.browser.person import CUT, SIDEWAYS, TOO_WIDE, choose, figure
from tools.browser import wait_shown

NETWORK = "Hauts-de-France"
ROWS = [  # good, a homonym, wrong
    {
        "Réseau": NETWORK,
        "Date": "12/03/2026",
        "Nature": "réunion de réseau",
        "Territoires présents": "Lille ; Beauvais",
    },
    {"Réseau": NETWORK, "Date": "mars 2026", "Nature": "webinaire", "Territoires présents": "Saint-Rémy"},
    {"Réseau": NETWORK, "Date": "99/03/2026", "Nature": "atelier", "Territoires présents": "Beauvai"},
]


def filled_in(template: Path, rows: list[dict[str, str]], *, renamed: dict[str, str]) -> Path:
    """Fill the template in, under headers of one's own."""
    book = openpyxl.load_workbook(template)
    sheet = book["Réunions"]
    places = {str(cell.value).split("\n")[0].removesuffix(" *"): cell.column for cell in sheet[1] if cell.value}
    for line, row in enumerate(rows, 2):
        for header, value in row.items():
            sheet.cell(line, places[header], value)
    for header, new in renamed.items():
        sheet.cell(1, places[header], new)
    target = template.with_name("réunions 2026.xlsx")
    book.save(target)
    return target


def go(page: Page, title: str) -> None:
    """Open a page of the data from the menu."""
    page.get_by_test_id("stTopNavSection").get_by_text("Données").click()
    page.get_by_role("menuitem", name=title, exact=True).click()


def meetings(page: Page) -> int:
    return int(figure(page, "Réunions").inner_text())


def test_from_the_template_to_the_undo(visit: Visit, start: Start, database: Path, tmp_path: Path) -> None:
    url = start(database)
    page = visit("/", url=url)
    before = meetings(page)
    go(page, "Importer")
    wait_shown(page, "1. Choisir les fichiers")

    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le modèle (.xlsx)").click()
    template = tmp_path / "modele.xlsx"
    download.value.save_as(template)
    file = filled_in(template, ROWS, renamed={"Date": "Quand cela se tint"})
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_test_id("stFileUploader")).to_contain_text(re.compile(r"\d,\d Ko"))
    wait_shown(page, "6. Enregistrer", "Quand cela se tint")

    choose(page, "Date", "Quand cela se tint")
    wait_shown(page, "n’existe pas dans le calendrier", "Beauvais (60)")
    question = page.get_by_role("radiogroup", name="Réponse à la question 1")
    expect(question.get_by_role("radio", checked=True)).to_have_count(0)
    question.get_by_text("Saint-Rémy (71)").click()
    wait_shown(page, f"Ajout de 2{NO_BREAK}réunions et 3{NO_BREAK}présences", f"1{NO_BREAK}réponse donnée")

    page.get_by_role("textbox", name="Service ou initiales").fill("secrétariat")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    wait_shown(page, "La voir dans le journal")
    page.get_by_role("link", name="Vue d’ensemble").last.click()
    wait_shown(page, "12 mars 2026".replace("12 ", f"12{NO_BREAK}"))
    assert meetings(page) == before + 2

    other = visit("/", url=url)  # who came in the meantime sees the same
    assert meetings(other) == before + 2

    go(page, "Journal")
    page.get_by_role("link", name="Import de réunions 2026.xlsx").click()
    expect(page.get_by_role("heading", name="Entrée n° 2 : Import de réunions 2026.xlsx")).to_be_visible()
    assert page.url.endswith("/journal?entree=2")
    page.get_by_role("button", name="Annuler cette entrée…").click()
    expect(page.get_by_text(f"Retrait de 2{NO_BREAK}réunions et 3{NO_BREAK}présences")).to_be_visible()
    page.get_by_role("textbox", name="Service ou initiales").fill("AB")
    page.get_by_role("button", name="Confirmer l’annulation").click()
    wait_shown(page, "La voir dans le journal")
    page.get_by_role("button", name="Tout le journal").click()
    wait_shown(page, "annulée par le n° 3")
    page.get_by_role("link", name="Vue d’ensemble").first.click()
    wait_shown(page, "Réunions")
    assert meetings(page) == before
    other.reload()
    wait_shown(other)
    assert meetings(other) == before


def test_an_import_waits_while_one_looks_elsewhere(visit: Visit, start: Start, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "réunions.csv"
    file.write_text("Réseau;Date;Nature\nHauts-de-France;12/03/2026;webinaire\n", encoding="utf-8-sig")
    page = visit("/importer", url=start(database))
    page.locator("input[type=file]").set_input_files(file)
    wait_shown(page, "6. Enregistrer")
    page.get_by_role("textbox", name="Service ou initiales").fill("AB")
    go(page, "Journal")
    wait_shown(page, "Toutes les données, et leurs sauvegardes")
    go(page, "Importer")
    wait_shown(page, "il vous attendait ici", f"Ajout de 1{NO_BREAK}réunion")
    expect(page.get_by_role("textbox", name="Service ou initiales")).to_have_value("AB")


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_shows_every_step(visit: Visit, start: Start, database: Path, tmp_path: Path, *, dark: bool) -> None:
    file = tmp_path / "réunions.csv"
    rows = [
        "Réseau;Date;Nature;Territoires présents;Nom du maire",
        *(";".join((*row.values(), "x")) for row in ROWS[1:]),
    ]
    file.write_text("\n".join(rows), encoding="utf-8-sig")
    page = visit("/importer", width=390, dark=dark, url=start(database))
    page.locator("input[type=file]").set_input_files(file)
    wait_shown(page, "6. Enregistrer")
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CUT) == []
