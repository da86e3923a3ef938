"""A meeting typed with the keyboard, corrected and taken away, in a real browser; every page follows at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Start, Visit
from tests.browser.person import figure
from tools.browser import wait_shown

MEETING = "/saisir?fiche=hauts-de-france-2020-05-06"


def field(page: Page, label: str, role: str = "textbox") -> Locator:
    return page.get_by_role(role, name=label, exact=True)  # type: ignore[arg-type]


def choose(page: Page, label: str, letters: str) -> None:
    """Choose in a list as one does without a mouse: its first letters, then Enter."""
    field(page, label, "combobox").focus()
    page.keyboard.type(letters)
    page.wait_for_timeout(300)  # the list follows the letters by a moment
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    wait_shown(page)
    page.keyboard.press("Tab")  # Escape would empty a list of one choice


def write(page: Page, label: str, text: str) -> None:
    field(page, label).focus()
    page.keyboard.insert_text(text)
    page.keyboard.press("Tab")
    page.wait_for_timeout(100)
    wait_shown(page)


def press(page: Page, label: str, *texts: str) -> None:
    page.get_by_role("button", name=label, exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    wait_shown(page, *texts)


def open_page(page: Page, title: str) -> None:
    """Open a page by the menu: an address typed anew would be another session."""
    page.get_by_text("Données", exact=True).first.click()
    page.locator("a:visible", has_text=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    wait_shown(page)


@pytest.fixture
def own(start: Start, database: Path) -> str:
    """A dashboard whose data the test may change."""
    return start(database)


def test_a_meeting_is_typed_without_a_mouse_and_every_page_shows_it(visit: Visit, own: str) -> None:
    page = visit("/", url=own)
    meetings = int(figure(page, "Réunions").inner_text())
    open_page(page, "Saisir une réunion")
    choose(page, "Réseau *", "haut")
    write(page, "Date", "12/03/2026")
    expect(page.get_by_text("Compris")).to_contain_text("le 12\u00a0mars 2026")
    write(page, "Participants", "environ 50")
    present = page.locator(".st-key-card-presents")
    for typed, understood in (
        ("Lille", "Lille (59), commune"),
        ("bethune", "Béthune (62), commune"),
        ("Roubaix ; Saint-Denis", "Roubaix (59), commune"),
    ):
        choose(page, "Territoires présents", typed)
        expect(present).to_contain_text(understood)
    press(page, "Ajouter une action")
    choose(page, "Type d’action *", "média")
    write(page, "Description *", "Envoyer des <b>médiateurs</b> près des collèges.")
    press(page, "Voir ce qui va changer", "Lequel")
    page.get_by_text("Saint-Denis (93)").first.click()
    wait_shown(page, "Ajout de 1\u00a0réunion, 4\u00a0présences et 1\u00a0action")
    write(page, "Service ou initiales", "AB")
    press(page, "Enregistrer", "Enregistré")
    expect(page.get_by_text("entrée n° 2 du journal")).to_be_visible()
    page.get_by_role("link", name="Ouvrir la fiche de la réunion").click()
    wait_shown(page, "Béthune", "<b>médiateurs</b>", "environ 50")
    page.get_by_role("link", name="Vue d’ensemble").first.click()
    wait_shown(page, "12 mars 2026".replace(" ", "\u00a0", 1))
    expect(figure(page, "Réunions")).to_have_text(str(meetings + 1))


def test_a_meeting_is_corrected_then_taken_away(visit: Visit, own: str) -> None:
    page = visit("/reunion?fiche=hauts-de-france-2020-05-06", url=own)
    page.get_by_role("link", name="Modifier cette réunion").click()
    wait_shown(page, "Compris")
    write(page, "Lieu", "Amiens")
    press(page, "Voir ce qui va changer", "Modification de 1\u00a0réunion")
    expect(page.locator(".st-key-card-difference ins")).to_have_text("Amiens")
    write(page, "Service ou initiales", "AB")
    press(page, "Enregistrer", "Enregistré")
    press(page, "Supprimer cette réunion", "Retrait de 1\u00a0réunion")
    press(page, "Supprimer", "Enregistré")
    page.get_by_role("link", name="Toutes les réunions").click()
    wait_shown(page)
    expect(page.locator(".netstats-meetings a[href*='hauts-de-france-2020-05-06']")).to_have_count(0)


def test_what_is_typed_stays_when_the_theme_changes_or_one_looks_elsewhere(visit: Visit) -> None:
    page = visit(MEETING)
    write(page, "Lieu", "Amiens")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    wait_shown(page)
    expect(field(page, "Lieu")).to_have_value("Amiens")
    page.get_by_role("link", name="Voir la fiche de la réunion").click()
    wait_shown(page, "Réunion précédente")
    page.get_by_role("link", name="Modifier cette réunion").click()
    wait_shown(page, "Compris")
    expect(field(page, "Lieu")).to_have_value("Amiens")


def test_the_meeting_that_is_there_already_is_opened_instead_and_stays_open(visit: Visit) -> None:
    page = visit("/saisir")
    choose(page, "Réseau *", "Hauts")
    write(page, "Date", "06/05/2020")
    press(page, "Voir ce qui va changer", "Cette réunion est déjà dans la base")
    press(page, "Modifier celle qui est enregistrée", "Modifier «")
    write(page, "Lieu", "Amiens")
    expect(page.get_by_role("button", name="Saisie commencée, pas enregistrée")).to_be_visible()
    assert page.url.endswith(MEETING), "another run is of the same meeting"
    press(page, "Annuler ma saisie")
    expect(field(page, "Lieu")).not_to_have_value("Amiens")


@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_wider_than_the_screen(visit: Visit, width: int) -> None:
    page = visit(MEETING, width=width)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
