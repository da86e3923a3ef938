"""Presenting in a real browser: projected and led by keyboard, kept by the address, taken away as files."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pptx
import pytest
from playwright.sync_api import Page, expect

from netstats.share.slides import KINDS
from tests.browser.conftest import Start, Visit
from tests.browser.person import SIDEWAYS, parameter
from tools.browser import wait_shown

TITLE = ".scene-titre"


def at(page: Page, kind: str) -> None:
    page.wait_for_url(re.compile(rf"diapo={kind}\b"))
    wait_shown(page)


def test_slides_are_led_by_keyboard_and_remote(visit: Visit) -> None:
    page = visit("/presenter?reseau=hauts-de-france")
    page.get_by_role("button", name="Projeter").click()
    at(page, "ouverture")
    assert page.evaluate("document.fullscreenElement !== null")
    for key, kind in (
        ("PageDown", "chiffres"),
        ("ArrowRight", "carte"),
        ("PageUp", "chiffres"),
        ("End", "sources"),
        ("ArrowLeft", "derniere"),
        ("Home", "ouverture"),
        (" ", "chiffres"),
    ):
        page.keyboard.press(key)
        at(page, kind)
    expect(page.locator(TITLE)).to_contain_text("23 territoires couvrent 34")
    assert parameter(page, "reseau") == "Hauts-de-France"
    page.keyboard.press("b")
    assert page.evaluate("document.body.classList.contains('netstats-noir')")
    page.keyboard.press("b")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function("document.fullscreenElement === null")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Projeter")).to_be_visible()
    assert parameter(page, "diapo") == ""


def test_quick_presses_are_all_counted(visit: Visit) -> None:
    page = visit("/presenter?diapo=ouverture")
    for _ in range(6):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(40)
    expect(page.locator(".scene-numero")).to_have_text("7 / 11")
    for _ in range(8):  # while the runs of the last ones come back
        page.keyboard.press("PageUp")
        page.wait_for_timeout(150)
    expect(page.locator(".scene-numero")).to_have_text("1 / 11")
    page.keyboard.press("PageDown")
    expect(page.locator(".scene-numero")).to_have_text("2 / 11")


def test_a_black_screen_ends_with_the_projection(visit: Visit) -> None:
    page = visit("/presenter?diapo=ouverture")
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Projeter")).to_be_visible()
    assert not page.evaluate("document.body.classList.contains('netstats-noir')")


def test_the_buttons_have_french_names(visit: Visit) -> None:
    page = visit("/presenter?diapo=carte")
    page.mouse.move(100, 100)
    for name in ("Première diapositive", "Diapositive précédente", "Diapositive suivante", "Dernière diapositive"):
        assert page.get_by_role("button", name=name).count() > 0


def test_a_link_with_a_hostile_name_asks_no_other_host(visit: Visit) -> None:
    page = visit("/presenter?presentation=!%5Bx%5D(http%3A%2F%2Fevil.example%2Fp.png)")
    expect(page.get_by_text("n’est pas enregistrée ici")).to_be_visible()


def test_title_then_commentary_are_both_kept(visit: Visit) -> None:
    page = visit("/presenter")
    page.get_by_role("textbox", name="Titre", exact=True).fill("Mon titre")
    page.keyboard.press("Tab")
    page.get_by_role("textbox", name="Commentaire").fill("Mon propos")
    page.keyboard.press("Tab")
    expect(page.locator(".scene-propos")).to_have_text("Mon propos")
    expect(page.locator(TITLE)).to_have_text("Mon titre")


def test_what_is_not_kept_is_printed_all_the_same(visit: Visit) -> None:
    page = visit("/presenter")
    box = page.get_by_role("textbox", name="Titre", exact=True)
    box.fill("Mon titre à moi")
    box.press("Enter")
    expect(page.locator(TITLE)).to_have_text("Mon titre à moi")
    page.get_by_role("link", name="Imprimer").last.click()
    page.wait_for_url(re.compile("imprimer"))
    page.go_back()
    expect(page.locator(TITLE)).to_have_text("Mon titre à moi")


def test_the_address_opens_the_same_slide(visit: Visit) -> None:
    page = visit("/presenter?reseau=hauts-de-france&diapo=carte&fond=sombre")
    expect(page.locator(TITLE)).to_contain_text("Pas-de-Calais (62) en tête")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.st-key-scene')).backgroundColor") == "rgb(17, 24, 31)"
    )


def test_a_presentation_is_kept_with_its_selection(start: Start, visit: Visit, database: Path) -> None:
    url = start(database)
    page = visit("/presenter?reseau=hauts-de-france", url=url)
    page.locator(".st-key-voir-themes button").first.click()
    expect(page.locator(TITLE)).to_contain_text("12 thèmes")
    wait_shown(page)
    box = page.get_by_role("textbox", name="Titre", exact=True)
    box.fill("Douze thèmes, un par réunion")
    box.press("Enter")
    expect(page.locator(TITLE)).to_have_text("Douze thèmes, un par réunion")
    page.get_by_text("Garder ou rouvrir une présentation").click()
    page.get_by_role("textbox", name="Nom de la présentation").fill("Été 2026")
    page.get_by_role("textbox", name="Nom de la présentation").press("Enter")
    wait_shown(page)
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(re.compile("presentation="))

    other = visit(url=url)
    other.goto(f"{url}/presenter?presentation=%C3%89t%C3%A9+2026&diapo=themes")
    other.wait_for_url(re.compile("reseau="))
    wait_shown(other)
    expect(other.locator(TITLE)).to_have_text("Douze thèmes, un par réunion")


def download(page: Page, name: str) -> bytes:
    with page.expect_download(timeout=60_000) as taken:
        page.get_by_role("button", name=name).click()
    return Path(taken.value.path()).read_bytes()


def test_deck_and_workbook_are_taken_by_one_click(visit: Visit) -> None:
    page = visit("/presenter?reseau=hauts-de-france")
    deck = pptx.Presentation(io.BytesIO(download(page, "Diaporama (.pptx)")))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[0] == "Réseau Hauts-de-France"
    assert len(titles) == 11
    book = openpyxl.load_workbook(io.BytesIO(download(page, "Classeur (.xlsx)")))
    assert book.sheetnames[0] == "Lisez-moi"


def test_the_button_of_a_file_says_that_it_is_being_made(visit: Visit) -> None:
    page = visit("/presenter?reseau=hauts-de-france")
    button = page.get_by_role("button", name="Classeur (.xlsx)")
    with page.expect_download(timeout=60_000):
        button.click()
        expect(button).to_be_disabled()
        page.get_by_role("button", name="Voir", exact=True).nth(3).click()  # the page goes on meanwhile
        wait_shown(page)
    expect(button).to_be_enabled()


def test_the_link_is_the_address(visit: Visit) -> None:
    page = visit("/themes?reseau=hauts-de-france")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_text("Lien copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert unquote(copied) == unquote(page.url)
    assert "reseau=Hauts-de-France" in copied


def test_the_names_of_the_slides_are_whole_on_a_phone(look: Visit) -> None:
    page = look("/presenter?face=tout&region=32", width=390)
    names = page.locator(".st-key-diapositives [data-testid=stCheckbox] [data-testid=stMarkdownContainer]")
    assert names.count() == len(KINDS)
    assert names.evaluate_all("all => all.filter(name => name.scrollWidth > name.clientWidth)") == []


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_has_no_sideways_scrolling(look: Visit, width: int, dark: bool) -> None:
    page = look("/presenter", width=width, dark=dark)
    assert page.evaluate(SIDEWAYS) == []
