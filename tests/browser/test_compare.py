"""Two selections side by side in a real browser: chosen, kept in the address, presented, on a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import SIDEWAYS, TOO_WIDE, choose, expect_parameters, parameters
from tools.browser import wait_shown

BOTH = "/comparer?reseau=hauts-de-france&face=reseau%3Dile-de-france"


def test_a_second_region_is_chosen_and_the_way_back_gives_the_first_again(visit: Visit) -> None:
    page = visit("/comparer?region=32", texts=("Face à",))
    expect_parameters(page, {"region": ["Hauts-de-France"], "face": ["tout"]})
    choose(page.locator(".st-key-face-bar"), "Région", "Île-de-France")
    wait_shown(page)
    expect_parameters(page, {"region": ["Hauts-de-France"], "face": ["region=Île-de-France"]})
    page.keyboard.press("Escape")
    page.reload()
    wait_shown(page, "Île-de-France")
    expect(page.locator(".netstats-compare thead")).to_contain_text("Île-de-France")
    page.get_by_role("button", name="Toute la France").click()
    expect(page.locator(".netstats-compare thead")).to_contain_text("Tous les réseaux régionaux")
    wait_shown(page)
    expect_parameters(page, {"region": ["Hauts-de-France"], "face": ["tout"]})
    page.go_back()
    expect(page.locator(".netstats-compare thead")).to_contain_text("Île-de-France")


def test_a_page_between_leaves_the_second_one_as_it_was(visit: Visit) -> None:
    page = visit(BOTH, texts=("Les chiffres clés",))
    for back in (page.go_back, page.get_by_role("link", name="Comparer", exact=True).first.click):
        page.get_by_role("link", name="Thèmes", exact=True).first.click()
        expect(page.get_by_text("Thèmes abordés ensemble")).to_be_visible()
        wait_shown(page)
        back()
        expect(page.locator(".netstats-compare thead")).to_contain_text("Île-de-France")
        wait_shown(page)
        assert parameters(page)["face"] == ["reseau=Île-de-France"]


def test_both_are_presented_and_printed(visit: Visit) -> None:
    page = visit(BOTH, texts=("Les chiffres clés",))
    page.get_by_role("link", name="Présenter côte à côte").click()
    expect(page.get_by_role("checkbox", name="Côte à côte : thèmes")).to_be_checked()
    wait_shown(page)
    assert urlsplit(page.url).path == "/presenter"
    assert parameters(page)["face"] == ["reseau=Île-de-France"]
    page.get_by_role("link", name="Imprimer", exact=True).last.click()
    expect(page.locator(".st-key-feuille-face-themes")).to_be_visible()
    assert parameters(page)["face"] == ["reseau=Île-de-France"]


def test_on_a_phone_nothing_overflows(visit: Visit) -> None:
    page = visit(BOTH, width=390, texts=("Les territoires les plus présents",))
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(TOO_WIDE) == []
