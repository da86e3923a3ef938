"""Participation and the sheet of a territory in a real browser: clicks, addresses, the way back, a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Start, Visit
from tests.browser.person import CUT, HIDDEN_BELOW, SIDEWAYS, TOO_WIDE, click_on, expect_parameters, figure, heading
from tools.browser import wait_shown

BARS = "chart-territoires"
LILLE = "59350"


def test_a_click_on_a_territory_opens_its_sheet_and_back_returns(visit: Visit) -> None:
    page = visit("/participation?periode=2019+%C3%A0+2021")
    click_on(page, BARS, LILLE)
    expect(page.get_by_role("heading", name="Lille", exact=True)).to_be_visible()
    wait_shown(page)
    expect_parameters(page, {"fiche": [LILLE], "periode": ["2019 à 2021"]})
    page.go_back()
    expect(page.get_by_role("heading", name="Types de territoire")).to_be_visible()
    wait_shown(page)
    expect(heading(page)).to_have_text("Tous les réseaux régionaux, 2019 à 2021")
    expect(figure(page, "Territoires participants")).to_have_text("58")


def test_back_undoes_a_click_on_a_bar(visit: Visit) -> None:
    page = visit("/participation")
    click_on(page, "chart-couverture", "62")
    expect(heading(page)).to_have_text("Pas-de-Calais")
    wait_shown(page)
    page.go_back()
    expect(heading(page)).to_have_text("Tous les réseaux régionaux")
    wait_shown(page)
    expect(figure(page, "Territoires participants")).to_have_text("58")
    expect_parameters(page, {})


def test_a_name_in_the_grid_is_a_link_that_keeps_the_selection(visit: Visit) -> None:
    page = visit("/participation?departement=59")
    page.locator(".netstats-grid").get_by_role("link", name="Wattrelos").click()
    expect(page.get_by_role("heading", name="Wattrelos", exact=True)).to_be_visible()
    wait_shown(page)
    expect_parameters(page, {"fiche": ["59650"], "departement": ["Nord (59)"]})
    page.locator(".netstats-actions").last.get_by_role("link").first.click()  # one like it
    expect(page.get_by_role("heading", name="Wattrelos", exact=True)).to_have_count(0)
    wait_shown(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Wattrelos", exact=True)).to_be_visible()
    wait_shown(page)
    expect_parameters(page, {"fiche": ["59650"], "departement": ["Nord (59)"]})


def test_a_sheet_opens_first_after_a_server_start(visit: Visit, start: Start, database: object) -> None:
    page = visit(f"/territoire?fiche={LILLE}&periode=2020", url=start(database))  # type: ignore[arg-type]
    expect(page.get_by_role("heading", name="Lille", exact=True)).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(figure(page, "Présences")).to_have_text("1")
    expect_parameters(page, {"fiche": [LILLE], "periode": ["2020"]})


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("path", ["/participation", f"/territoire?fiche={LILLE}"])
def test_nothing_overflows(visit: Visit, width: int, path: str) -> None:
    page = visit(path, width=width)
    for fault in (SIDEWAYS, TOO_WIDE, CUT, HIDDEN_BELOW):
        assert page.evaluate(fault) == []
