"""The first day in a real browser: from a database without any activity to the first file that is imported."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from netstats.wording import NO_BREAK
from tests import installations
from tests.browser.conftest import Start, Visit
from tests.browser.person import CUT, SIDEWAYS, TOO_WIDE, choose, figure, heading
from tools.browser import wait_shown

LINES = [
    ["Réseau", "Date", "Nature", "Participants", "Territoires présents"],
    ["Hauts-de-France", "12/03/2026", "réunion de réseau", 16, "Lille ; Beauvais"],
]


def test_from_an_empty_base_to_a_first_file(visit: Visit, start: Start, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Réunions", 0)
    for line in LINES:
        sheet.append(line)
    book.save(tmp_path / "nos réunions.xlsx")

    page = visit("/participation", url=start(installations.empty(tmp_path / "empty.duckdb")))
    wait_shown(page, "Aucune réunion n’est enregistrée")
    page.get_by_role("link", name="Importer un fichier").click()
    wait_shown(page, "1. Choisir les fichiers")
    page.locator("input[type=file]").set_input_files(tmp_path / "nos réunions.xlsx")
    wait_shown(page, "6. Enregistrer", "Que faut-il lire")
    page.get_by_text("Ajouter le réseau « Hauts-de-France » (région Hauts-de-France)").click()
    wait_shown(page, f"Ajout de 1{NO_BREAK}réseau")
    page.get_by_role("textbox", name="Service ou initiales").fill("secrétariat")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    wait_shown(page, "La voir dans le journal")
    page.get_by_role("link", name="Vue d’ensemble").last.click()
    wait_shown(page, f"12{NO_BREAK}mars 2026")
    assert figure(page, "Réunions").inner_text() == "1"
    assert figure(page, "Territoires participants").inner_text() == "2"


def test_the_welcome_fits_a_phone(visit: Visit, start: Start, tmp_path: Path) -> None:
    page: Page = visit("/", width=390, url=start(installations.empty(tmp_path / "empty.duckdb")))
    expect(heading(page)).to_have_text("Vue d’ensemble")
    expect(page.get_by_role("button", name="Filtrer")).to_be_hidden()
    for what in (SIDEWAYS, TOO_WIDE, CUT):
        assert page.evaluate(what) == []


def test_a_network_is_added_then_proposed(visit: Visit, start: Start, tmp_path: Path) -> None:
    page = visit("/", width=390, url=start(installations.empty(tmp_path / "empty.duckdb")))
    page.get_by_role("link", name="Ajouter réseaux et thèmes").click()
    expect(page.get_by_text("Rien dans cette liste")).to_be_visible()
    page.get_by_role("textbox", name="Nom *").fill("Grand Est")
    for label, option in (("Portée *", "régional"), ("Régions", "Grand Est")):
        choose(page, label, option)
        wait_shown(page)  # a list that is open closes when the page is drawn again
    page.keyboard.press("Escape")  # a list of several stays open
    page.get_by_role("button", name="Voir ce qui va changer").click()
    expect(page.get_by_text(f"Ajout de 1{NO_BREAK}réseau et 1{NO_BREAK}région de réseau")).to_be_visible()
    for what in (SIDEWAYS, TOO_WIDE, CUT):
        assert page.evaluate(what) == []
    page.get_by_role("textbox", name="Service ou initiales").fill("secrétariat")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    wait_shown(page, "La voir dans le journal", "aucune utilisation")
    page.get_by_role("button", name="Grand Est", exact=True).click()
    expect(page.get_by_role("heading", name="Modifier « Grand Est »")).to_be_visible()
    assert page.url.endswith("/referentiels?fiche=grand-est")
    expect(page.get_by_role("textbox", name="Nom *")).to_have_count(1)  # the form of a new one is gone
    page.get_by_role("textbox", name="Nom *").fill("Le Grand Est")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Annuler ma saisie")).to_be_visible()
    page.get_by_role("button", name="Toute la liste").click()
    page.get_by_role("button", name="Saisie commencée, pas enregistrée").click()
    expect(page.get_by_role("heading", name="Modifier « Grand Est »")).to_be_visible()
    expect(page.get_by_role("textbox", name="Nom *")).to_have_count(1)
    expect(page.get_by_role("textbox", name="Nom *")).to_have_value("Le Grand Est")
