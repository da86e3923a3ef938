"""The first day in a real browser: from a database without any activity to the first file that is imported."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Page

from netstats.wording import NO_BREAK
from tests import installations
from tests.browser.conftest import Start, Visit
from tests.browser.person import CUT, SIDEWAYS, TOO_WIDE, figure
from tools.browser import wait_shown

SHEETS: dict[str, list[list[object]]] = {
    "Réseaux": [["Nom", "Portée", "Régions"], ["Hauts-de-France", "régional", "Hauts-de-France"]],
    "Réunions": [
        ["Réseau", "Date", "Nature", "Participants", "Territoires présents"],
        ["Hauts-de-France", "12/03/2026", "réunion de réseau", 16, "Lille ; Beauvais"],
    ],
}


def test_from_an_empty_base_to_a_first_file(visit: Visit, start: Start, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in SHEETS.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "nos réunions.xlsx")

    page = visit("/participation", url=start(installations.empty(tmp_path / "empty.duckdb")))
    wait_shown(page, "Aucune réunion n’est enregistrée")
    page.get_by_role("link", name="Importer un fichier").click()
    wait_shown(page, "1. Choisir les fichiers")
    page.locator("input[type=file]").set_input_files(tmp_path / "nos réunions.xlsx")
    wait_shown(page, "6. Enregistrer", f"1{NO_BREAK}réseau")
    page.get_by_role("textbox", name="Service ou initiales").fill("secrétariat")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    wait_shown(page, "La voir dans le journal")
    page.get_by_role("link", name="Vue d’ensemble").last.click()
    wait_shown(page, f"12{NO_BREAK}mars 2026")
    assert figure(page, "Réunions").inner_text() == "1"
    assert figure(page, "Territoires participants").inner_text() == "2"


def test_the_welcome_fits_a_phone(visit: Visit, start: Start, tmp_path: Path) -> None:
    page: Page = visit("/", width=390, url=start(installations.empty(tmp_path / "empty.duckdb")))
    for what in (SIDEWAYS, TOO_WIDE, CUT):
        assert page.evaluate(what) == []
