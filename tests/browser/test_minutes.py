"""Minutes read in a real browser: words lead to their mark and back, what is saved shows on every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from netstats.wording import NO_BREAK
from tests.browser.conftest import Start, Visit
from tests.browser.person import CUT, SIDEWAYS, TOO_WIDE, figure
from tests.pages.test_minutes import FOUNDING, NEW
from tools.browser import wait_shown

IN_BOX = """mark => {
  const box = mark.closest('.st-key-texte-lu').getBoundingClientRect(), {top, bottom} = mark.getBoundingClientRect();
  return top >= box.top - 1 && bottom <= box.bottom + 1 && top >= 0 && bottom <= innerHeight;
}"""
LONG = FOUNDING + "\n".join(f"\nAu point {point}, chacun a raconté son quotidien.\n" for point in range(40))


def given(page: Page, text: str) -> None:
    page.get_by_label("Coller le texte d’un compte rendu").fill(text)
    page.get_by_role("button", name="Lire", exact=True).click()
    wait_shown(page, "2. Vérifier ce qui est lu", "3. Voir ce qui va changer")


def until(page: Page, mark: Locator) -> None:
    """Wait until a mark is in sight: the text scrolls to it."""
    for _ in range(100):
        if mark.evaluate(IN_BOX):
            return
        page.wait_for_timeout(30)
    raise AssertionError(f"not in sight: {mark.inner_text()}")


@pytest.mark.parametrize("width", [390, 1400])
def test_words_lead_to_their_mark_and_a_mark_to_its_field(visit: Visit, width: int) -> None:
    page = visit("/comptes-rendus", width=width)
    given(page, LONG.replace("A Douai", "Au point d’après, rien.\n\n" * 30 + "A Douai"))
    mark = page.locator("#texte-lu, .st-key-texte-lu").locator(".mark.action").first
    page.locator("[id^=lu-action-] a").first.click()
    until(page, mark)
    expect(mark).to_have_class("mark action netstats-lit")
    page.locator(".st-key-texte-lu .mark", has_text="9 professionnels").first.click()
    field = page.locator("#lu-participants")
    expect(field).to_be_in_viewport()
    expect(field).to_be_focused()
    assert "#" not in page.url


@pytest.mark.parametrize("width", [390, 1400])
def test_what_was_saved_is_said_where_the_person_looks(
    visit: Visit, start: Start, database: object, width: int
) -> None:
    page = visit("/comptes-rendus", url=start(database), width=width)  # type: ignore[arg-type]
    given(page, NEW)
    page.get_by_role("button", name="Voir ce qui va changer").click()
    page.get_by_role("radiogroup", name="peut désigner").locator("label").first.click()
    wait_shown(page, f"Ajout de 1{NO_BREAK}réunion")
    page.get_by_role("textbox", name="Service ou initiales").fill("AB")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    wait_shown(page, "La voir dans le journal")
    expect(page.get_by_text("entrée n° 2 du journal")).to_be_in_viewport()


def test_new_minutes_are_read_settled_and_saved_and_every_page_shows_them(
    visit: Visit, start: Start, database: object
) -> None:
    page = visit("/", url=start(database))  # type: ignore[arg-type]
    meetings = int(figure(page, "Réunions").inner_text())
    page.get_by_text("Données", exact=True).first.click()
    page.locator("a:visible", has_text="Lire un compte rendu").first.click()
    wait_shown(page, "1. Donner le texte")
    given(page, NEW)
    page.get_by_role("button", name="Voir ce qui va changer").click()
    page.get_by_role("radiogroup", name="peut désigner").locator("label").first.click()
    wait_shown(page, f"Ajout de 1{NO_BREAK}réunion")
    page.get_by_role("textbox", name="Service ou initiales").fill("AB")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    wait_shown(page, "La voir dans le journal")
    page.get_by_role("link", name="Fiche : Hauts-de-France").click()
    wait_shown(page, "Lille", "Beauvais", "environ 15")
    page.get_by_role("link", name="Vue d’ensemble").first.click()
    expect(figure(page, "Réunions")).to_have_text(str(meetings + 1))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_wider_than_the_screen(visit: Visit, width: int, *, dark: bool) -> None:
    page = visit("/comptes-rendus", width=width, dark=dark)
    given(page, FOUNDING)
    for fault in (SIDEWAYS, TOO_WIDE, CUT):
        assert page.evaluate(fault) == []


def test_the_text_stays_in_sight_while_the_form_is_read(visit: Visit) -> None:
    page = visit("/comptes-rendus")
    given(page, FOUNDING)
    page.get_by_role("button", name="Ajouter une action").scroll_into_view_if_needed()
    expect(page.locator(".st-key-texte-lu .mark").first).to_be_in_viewport()


def test_marks_are_told_apart_without_their_colour(visit: Visit) -> None:
    page = visit("/comptes-rendus")
    given(page, FOUNDING)
    lines = page.evaluate(
        """() => [...document.querySelectorAll('.netstats-legend .mark')].map(mark => {
          const {textDecorationStyle, textDecorationLine, textDecorationThickness, fontStyle} = getComputedStyle(mark);
          return [textDecorationStyle, textDecorationLine, textDecorationThickness, fontStyle].join(' ');
        })"""
    )
    assert len(lines) >= 5
    assert len(lines) == len(set(lines))


DOUBTS = (
    (Path(__file__).parents[1] / "minutes" / "wild" / "10-clspd-d-une-ville.txt").read_text(encoding="utf-8")
    + "\n\nLa ville a mis en place un dispositif de médiation dans les collèges.\n\n"
    "La ville a ouvert un accueil de jour pour les femmes victimes de violences.\n"
)


def confirming(page: Page) -> Locator:
    return page.get_by_role("button", name="Confirmer")


@pytest.mark.parametrize("width", [390, 1400])
def test_doubts_are_confirmed_and_actions_ticked_with_one_key_each(visit: Visit, width: int) -> None:
    page = visit("/comptes-rendus", width=width)
    given(page, DOUBTS)
    count = confirming(page).count()
    assert count > 2
    for left in range(count, 0, -1):
        expect(confirming(page)).to_have_count(left)
        expect(confirming(page).first).to_be_focused()
        page.keyboard.press("Enter")
    proposed = page.locator(".st-key-card-actions-proposees input[type=checkbox]")
    expect(proposed.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(proposed.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(proposed.nth(1)).to_be_focused()
    expect(page.get_by_text("Action 1", exact=True)).to_be_visible()
    expect(proposed.first).to_be_checked()


@pytest.mark.parametrize("width", [390, 1400])
def test_words_of_the_text_become_what_a_button_beside_them_says(visit: Visit, width: int) -> None:
    page = visit("/comptes-rendus", width=width)
    given(page, NEW.replace("Une quinzaine", "Dunkerque a parlé des rixes. Une quinzaine"))
    bar, text = page.get_by_role("toolbar", name="Des mots choisis, faire"), page.locator(".st-key-texte-lu")
    expect(bar).to_be_hidden()
    text.get_by_text("Dunkerque a parlé").evaluate(
        """block => {
          const node = [...block.childNodes].find(one => one.textContent.includes("Dunkerque")), range = new Range();
          range.setStart(node.firstChild ?? node, node.textContent.indexOf("Dunkerque"));
          range.setEnd(node.firstChild ?? node, node.textContent.indexOf(" a parlé"));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    bar.get_by_role("button", name="Territoire présent").click()
    expect(page.locator(".st-key-card-presents").get_by_text("Dunkerque (59), commune").first).to_be_visible()
    expect(bar).to_be_hidden()
    text.focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    expect(bar).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_role("textbox", name="Description")).not_to_be_empty()
