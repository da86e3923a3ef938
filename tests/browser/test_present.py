"""Presenting in a real browser: projected and led by keyboard, kept by the address, taken away as files."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import openpyxl
import pptx
import pytest
from playwright.sync_api import Page, Route, expect

from netstats import store
from netstats.filters import Filters
from netstats.share.plan import LONGEST_COMMENTARY, LONGEST_TITLE, Plan, Wording, to_json
from netstats.share.slides import KINDS
from tests.browser.conftest import Start, Visit
from tests.browser.person import SIDEWAYS
from tools.browser import wait_shown

TITLE = ".scene-titre"
FITS = """() => {
  const {width, height} = document.querySelector('.st-key-scene').getBoundingClientRect();
  return width <= innerWidth + 1 && height <= innerHeight + 1 && (width > innerWidth - 2 || height > innerHeight - 2);
}"""
CUT = """() => {
  const body = document.querySelector('[class*=st-key-scene-corps]');
  const stage = document.querySelector('.st-key-scene');
  const said = [];
  if (body.scrollHeight > body.clientHeight + 1) said.push(`body ${body.scrollHeight} > ${body.clientHeight}`);
  const {scrollHeight, scrollWidth, clientHeight, clientWidth} = stage;
  if (scrollHeight > clientHeight + 1) said.push(`stage ${scrollHeight} high`);
  if (scrollWidth > clientWidth + 1) said.push(`stage ${scrollWidth} wide`);
  const edge = stage.querySelector('.main-svg')?.getBoundingClientRect();
  for (const text of stage.querySelectorAll('.main-svg text')) {
    const box = text.getBoundingClientRect();
    if (box.width && edge && (box.right > edge.right + 2 || box.left < edge.left - 2)) said.push(text.textContent);
  }
  const [drawn, room] = [edge, stage.querySelector('.st-key-scene-dessin')?.getBoundingClientRect()];
  if (drawn && (Math.abs(drawn.width - room.width) > 2 || Math.abs(drawn.height - room.height) > 2)) {
    said.push(`chart ${drawn.width}x${drawn.height} in ${room.width}x${room.height}`);
  }
  return said;
}"""


def parameter(page: Page, name: str) -> str:
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


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
        ("ArrowLeft", "relancer"),
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


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
@pytest.mark.parametrize("background", ["clair", "sombre"])
def test_every_slide_fills_the_projector_and_nothing_is_cut(
    visit: Visit, size: tuple[int, int], background: str
) -> None:
    page = visit(f"/presenter?diapo=ouverture&fond={background}")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    seen = []
    while True:
        wait_shown(page)
        page.wait_for_timeout(300)
        assert page.evaluate(FITS)
        assert page.evaluate(CUT) == []
        expect(page.locator(".st-key-effacer")).to_be_hidden()
        seen.append(parameter(page, "diapo"))
        before = str(page.locator(".scene-numero").text_content())
        if before == "10 / 10":
            break
        page.keyboard.press("ArrowRight")
        expect(page.locator(".scene-numero")).not_to_have_text(before)
    assert len(seen) == len(set(seen)) == 10


@pytest.mark.parametrize("kind", list(KINDS))
def test_long_words_cut_nothing(start: Start, visit: Visit, database: Path, kind: str, tmp_path: Path) -> None:
    copied = Path(shutil.copy(database, tmp_path / "netstats.duckdb"))
    title = ("Un titre long comme un jour sans pain, avec des chiffres, " * 3)[:LONGEST_TITLE]
    words = Wording(title, "", ("Un commentaire qui dit beaucoup de choses et les dit bien. " * 6)[:LONGEST_COMMENTARY])
    opened = store.open_database(copied)
    store.presentations.save(opened, "Longue", to_json(Plan().worded(kind, words), Filters()))
    opened.close()
    page = visit(f"/presenter?presentation=Longue&diapo={kind}", url=start(copied))
    page.set_viewport_size({"width": 1280, "height": 720})
    page.wait_for_timeout(500)
    assert page.evaluate(CUT) == []


def test_a_title_that_just_takes_a_second_line_cuts_nothing(
    start: Start, visit: Visit, database: Path, tmp_path: Path
) -> None:
    copied = Path(shutil.copy(database, tmp_path / "netstats.duckdb"))
    drawn = ("carte", "participation", "themes", "evolution", "actions")
    plan = Plan()
    for kind in drawn:
        plan = plan.worded(kind, Wording("97 départements représentés, dont 11 entièrement couverts", "", ""))
    opened = store.open_database(copied)
    store.presentations.save(opened, "Juste", to_json(plan, Filters()))
    opened.close()
    url = start(copied)
    page = visit("/presenter?presentation=Juste&diapo=carte", url=url)
    page.set_viewport_size({"width": 1920, "height": 1080})
    for kind in drawn:
        page.goto(f"{url}/presenter?presentation=Juste&diapo={kind}")
        wait_shown(page)
        page.wait_for_timeout(300)
        assert page.locator(TITLE).evaluate("title => title.clientHeight") > 70
        assert page.evaluate(CUT) == [], kind


def test_the_map_names_the_departments_that_lead(visit: Visit) -> None:
    page = visit("/presenter?reseau=hauts-de-france&diapo=carte")
    said = page.locator(".scene-legende .scene-tableau").inner_text().replace("\u202f", " ")
    assert said.split("\n")[1].split("\t") == ["Pas-de-Calais (62)", "56 %"]
    assert len(said.split("\n")) == 6


def test_quick_presses_are_all_counted(visit: Visit) -> None:
    page = visit("/presenter?diapo=ouverture")
    for _ in range(6):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(40)
    expect(page.locator(".scene-numero")).to_have_text("7 / 10")
    for _ in range(8):  # while the runs of the last ones come back
        page.keyboard.press("PageUp")
        page.wait_for_timeout(150)
    expect(page.locator(".scene-numero")).to_have_text("1 / 10")
    page.keyboard.press("PageDown")
    expect(page.locator(".scene-numero")).to_have_text("2 / 10")


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
    assert "5 réunions (dont 2 sans date), 23 territoires" in titles[0].replace("\xa0", " ")
    assert len(titles) == 10
    book = openpyxl.load_workbook(io.BytesIO(download(page, "Classeur (.xlsx)")))
    assert book.sheetnames[0] == "Lisez-moi"


def test_a_file_is_taken_once_however_late_its_button_comes(visit: Visit) -> None:
    page = visit("/presenter?reseau=hauts-de-france")

    def late(route: Route) -> None:  # Streamlit loads the code of this button when it first draws one
        page.wait_for_timeout(2_000)
        route.continue_()

    page.route(re.compile(r"/DownloadButton\."), late)
    taken: list[str] = []
    page.on("download", lambda download: taken.append(download.suggested_filename))
    assert download(page, "Classeur (.xlsx)")
    page.get_by_role("button", name="Voir", exact=True).nth(3).click()  # one more run, with the same file at hand
    wait_shown(page)
    page.wait_for_timeout(1_000)
    assert len(taken) == 1


def test_the_link_is_the_address(visit: Visit) -> None:
    page = visit("/themes?reseau=hauts-de-france")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_text("Lien copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert unquote(copied) == unquote(page.url)
    assert "reseau=Hauts-de-France" in copied


def test_the_names_of_the_slides_are_whole_on_a_phone(visit: Visit) -> None:
    page = visit("/presenter", width=390)
    names = page.locator(".st-key-diapositives [data-testid=stCheckbox] [data-testid=stMarkdownContainer]")
    assert names.count() == len(KINDS)
    assert names.evaluate_all("all => all.filter(name => name.scrollWidth > name.clientWidth)") == []


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_has_no_sideways_scrolling(visit: Visit, width: int, dark: bool) -> None:
    page = visit("/presenter", width=width, dark=dark)
    assert page.evaluate(SIDEWAYS) == []
