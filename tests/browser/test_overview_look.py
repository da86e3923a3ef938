"""The look of the overview: its shape on a screen and a phone, its French, its keyboard, its colours."""

from __future__ import annotations

import base64
import io
import itertools
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from netstats.charts.palette import DARK, LIGHT, Palette, contrast
from tests.browser.conftest import Visit
from tests.browser.person import (
    CUT,
    HIDDEN_BELOW,
    PLACE_OF,
    SIDEWAYS,
    TOO_WIDE,
    chart,
    choose,
    click_on,
    filter_input,
    heading,
)
from tools.browser import wait_shown

MAP, TIMELINE, THEMES, ACTIONS = "chart-carte", "chart-frise", "chart-themes", "chart-actions"
CHARTS = (MAP, TIMELINE, THEMES, ACTIONS)
EVERYTHING = "Tous les réseaux régionaux"


# ---------------------------------------------------------------- the shape of the page


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("path", ["/", "/?departement=59&periode=2020", "/?departement=971&periode=2019"])
def test_nothing_overflows_and_no_text_is_cut(look: Visit, width: int, path: str) -> None:
    page = look(path, width=width)
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(HIDDEN_BELOW) == []


def test_the_tables_of_a_phone_stay_within_it(visit: Visit) -> None:
    page = visit(width=390)
    tables = page.locator("summary").filter(has_text="Voir")
    for rank in range(tables.count()):
        tables.nth(rank).click()
        expect(page.get_by_test_id("stDataFrame")).to_have_count(rank + 1)
    wait_shown(page)
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(TOO_WIDE) == []


def test_the_charts_of_a_phone_keep_their_text_inside(look: Visit) -> None:
    page = look(width=390)
    for key in CHARTS:
        drawing = chart(page, key)
        drawing.scroll_into_view_if_needed()
        outside = drawing.evaluate(
            """element => {
              const box = element.getBoundingClientRect();
              return [...element.querySelectorAll('svg text')].filter(text => {
                const {left, right, width} = text.getBoundingClientRect();
                return width && (left < box.left - 1 || right > box.right + 1);
              }).map(text => text.textContent);
            }"""
        )
        assert outside == [], key


def test_on_a_screen_the_filters_stand_in_one_line(look: Visit) -> None:
    page = look("/?departement=59&periode=2020")
    assert not page.get_by_role("button", name="Filtrer").is_visible()
    boxes = page.locator(
        ".st-key-filter-bar :is([data-testid=stMultiSelect] > div, [data-testid=stSelectbox] > div, .st-key-effacer)"
    ).evaluate_all("all => all.map(e => e.getBoundingClientRect()).map(b => [b.top + b.height / 2, b.left, b.right])")
    assert len(boxes) == 8
    middles = [middle for middle, _, _ in boxes]
    assert max(middles) - min(middles) < 6
    assert all(right <= left + 1 for (_, _, right), (_, left, _) in itertools.pairwise(boxes))


def test_on_a_phone_the_filters_stand_behind_one_button_that_counts_them(visit: Visit) -> None:
    page = visit("/?departement=59&periode=2020", width=390)
    button = page.get_by_role("button", name="Filtrer (2)")
    expect(button).to_be_visible()
    expect(filter_input(page, "Région")).to_be_hidden()
    button.click()
    expect(filter_input(page, "Région")).to_be_visible()
    page.get_by_role("button", name="Masquer les filtres").click()
    expect(filter_input(page, "Région")).to_be_hidden()
    # The figures stand two by two.
    tops = page.get_by_test_id("stMetric").evaluate_all(
        "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
    )
    assert [tops.count(top) for top in sorted(set(tops))] == [2, 2, 2]


BUSY = "/?region=32&departement=59&departement=62&periode=2019+%C3%A0+2021&theme=stupefiants"
CHIPS = """() => [...document.querySelectorAll('.st-key-filters [data-tag]')].map(chip => {
  const box = chip.closest('[data-testid=stMultiSelectTagsContainer]').getBoundingClientRect();
  const text = chip.querySelector('span'), {left, right} = chip.getBoundingClientRect();
  return {
    said: text.innerText, colours: [getComputedStyle(text).color, getComputedStyle(chip).backgroundColor],
    whole: text.scrollWidth <= text.clientWidth && left >= box.left && right <= box.right,
  };
})"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", [BUSY, BUSY + "&reseau=hauts-de-france&nature=commune"])
def test_what_is_chosen_is_read_whole_under_the_name_of_its_filter(look: Visit, path: str, dark: bool) -> None:
    page = look(path, dark=dark)
    labels = page.locator(".st-key-filters [data-testid=stWidgetLabel]")
    names = ["Période", "Région", "Département", "Réseau", "Thème", "Format", "Type de territoire"]
    assert labels.all_inner_texts() == names
    assert all(label.is_visible() for label in labels.all())
    chips = page.evaluate(CHIPS)
    assert {"Hauts-de-France", "Nord (59)", "Pas-de-Calais (62)", "Stupéfiants"} <= {chip["said"] for chip in chips}
    assert [chip["said"] for chip in chips if not chip["whole"]] == []
    inks = {tuple(chip["colours"]) for chip in chips}
    assert len(inks) == 1
    ink, ground = ([int(part) for part in re.findall(r"\d+", colour)[:3]] for colour in inks.pop())
    assert contrast(f"#{bytes(ink).hex()}", f"#{bytes(ground).hex()}") >= 4.5


ON_TOP = """bar => {
  const {left, right, top, bottom} = bar.getBoundingClientRect();
  const header = document.querySelector('[data-testid=stHeader]').getBoundingClientRect().bottom;
  return Math.abs(top - header) < 12 && bottom < innerHeight
    && bar.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""


@pytest.mark.parametrize("width", [390, 1400])
def test_the_selection_stays_in_sight_while_one_scrolls(visit: Visit, width: int) -> None:
    page = visit(BUSY, width=width)
    bar = page.locator(".st-key-filters")
    main = page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTo({top: 1200, behavior: 'instant'})")
    assert bar.evaluate(ON_TOP)
    # What takes the focus further up is not under it.
    page.locator(".st-key-card-carte summary").last.evaluate("it => it.focus()")
    page.keyboard.press("Shift+Tab")
    focused = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert focused >= bar.evaluate("bar => bar.getBoundingClientRect().bottom")
    if width == 390:
        main.evaluate("main => main.scrollTo({top: 1200, behavior: 'instant'})")
        page.get_by_role("button", name="Filtrer (4)").click()
        expect(filter_input(page, "Région")).to_be_visible()
        assert bar.evaluate(ON_TOP)
    choose(bar, "Thème", "Rixes")
    expect(heading(page)).to_have_text(re.compile("thèmes Stupéfiants et Rixes"))


def test_the_menu_of_a_phone_closes_once_a_page_is_chosen(visit: Visit) -> None:
    page = visit(width=390)
    page.get_by_test_id("stExpandSidebarButton").click()
    menu = page.get_by_test_id("stSidebarContent")
    expect(menu).to_be_in_viewport()
    menu.get_by_role("link", name="Réunions").click()
    expect(menu).not_to_be_in_viewport()
    expect(page.get_by_role("heading", name="Toutes les réunions")).to_be_visible()


def test_the_order_of_a_phone_is_that_of_the_screen(look: Visit) -> None:
    screen, phone = (look(width=width).get_by_role("heading", level=2).all_inner_texts() for width in (1400, 390))
    assert screen == phone
    assert len(screen) == 5


def test_a_card_is_as_tall_as_what_it_holds(look: Visit) -> None:
    room = """cards => cards.map(card =>
      card.getBoundingClientRect().bottom - card.lastElementChild.getBoundingClientRect().bottom)"""
    left = look().locator("[class*=st-key-card-]").evaluate_all(room)
    assert len(left) == 5
    assert max(left) <= 24, "its padding"


@pytest.mark.parametrize("held", [0, 20, 150], ids="{} ms".format)
@pytest.mark.parametrize(
    ("key", "carried", "said"),
    [(MAP, ["department", "59"], "Nord"), (THEMES, ["covid-19"], f"{EVERYTHING}, thème Covid-19 et confinement")],
    ids=["map", "bars"],
)
def test_a_click_right_after_a_move_counts(visit: Visit, key: str, carried: list[str], said: str, held: int) -> None:
    """Plotly looks at a move up to 50 ms later: if the button is down by then, it forgets what is under the pointer."""
    page = visit()
    drawing = chart(page, key)
    x, y = drawing.evaluate(PLACE_OF, carried)
    page.mouse.move(x - 5, y)
    expect(drawing.locator(".hoverlayer .hovertext").first).to_be_attached()
    page.mouse.move(x, y, steps=5)
    page.mouse.down()
    page.wait_for_timeout(held)  # a finger holds a button for some 150 ms, a touchpad for none
    page.mouse.up()
    expect(heading(page)).to_have_text(said)


def test_on_a_phone_each_department_around_paris_is_hit_in_its_enlarged_corner(visit: Visit) -> None:
    page = visit(width=390)
    drawing = chart(page, MAP)
    drawing.scroll_into_view_if_needed()
    for code, name in {"75": "Paris", "92": "Hauts-de-Seine", "93": "Seine-Saint-Denis", "94": "Val-de-Marne"}.items():
        x, y = drawing.evaluate(PLACE_OF, ["department", code])
        assert x < 390 / 3, "in the corner"
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y)
        expect(drawing.locator(".hoverlayer .hovertext")).to_contain_text(f"{name} ({code})")
    page.mouse.click(x, y, delay=100)
    expect(heading(page)).to_have_text("Val-de-Marne")


def test_nothing_jumps_when_a_filter_changes(visit: Visit) -> None:
    page = visit()
    place = "card => Math.round(card.getBoundingClientRect().top)"
    before = page.locator(".st-key-card-carte").evaluate(place)
    click_on(page, MAP, "department", "59")
    expect(heading(page)).to_have_text("Nord")
    wait_shown(page)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    assert page.locator(".st-key-card-carte").evaluate(place) == before


# ---------------------------------------------------------------- French, by keyboard, by ear, in the dark

# Words that no French sentence of ours holds; "source", "table", "format" and the like are French too.
ENGLISH = re.compile(
    r"\b(the|of|and|for|with|your|this|select|choose|add|results?|loading|running|download|clear|open|close|search|show|"
    r"hide|more|less|deploy|settings|rerun|stop|help|main|skip|print|record|fullscreen|view|enter|press|copy|made|built|"
    r"available|options?|press|sort|pin|autosize|column|remove|delete|error|connecting|visualization|mark|bar|group|"
    r"theme|light|dark|system|version|clipboard|selected|values?)\b",
    re.IGNORECASE,
)
GATHERED = """() => {
  const said = new Set();
  for (const element of document.querySelectorAll('body *')) {
    if (!element.checkVisibility({visibilityProperty: true}) || ['SCRIPT', 'STYLE'].includes(element.tagName)) continue;
    if (element.dataset.testid === 'stIconMaterial') continue;  // drawn as a sign, and hidden from screen readers
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription', 'aria-description'])
      if (element.getAttribute(name)) said.add(`${name}: ${element.getAttribute(name)}`);
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE && node.textContent.trim()) said.add(node.textContent.trim());
  }
  return [...said];
}"""
"""Every visible text, and every text that a screen reader says."""

# What Streamlit leaves in English.
LEFT_IN_ENGLISH = re.compile(
    r"aria-roledescription: .+"  # the parts of a sparkline, by Vega; the sparkline itself has a French name
    r"|\d+ options? available\."  # said by a list of choices as it opens
    r"|Made with Streamlit v|(aria-label|title): Copy version to clipboard"  # Streamlit about itself, in its menu
)


def english(page: Page) -> list[str]:
    return sorted(
        text
        for text in page.evaluate(GATHERED)
        if ENGLISH.search(text.split(": ", 1)[-1]) and not LEFT_IN_ENGLISH.fullmatch(text)
    )


def test_no_english_word_is_left_on_the_page(look: Visit) -> None:
    page = look()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert english(page) == []


def test_no_english_word_is_left_in_what_opens(visit: Visit) -> None:
    page = visit()
    theme = filter_input(page, "Thème")
    theme.click()
    expect(page.get_by_role("option").first).to_be_visible()
    assert english(page) == []
    theme.press_sequentially("zzz")
    expect(page.get_by_role("option", name="Stupéfiants")).to_have_count(0)
    assert english(page) == []
    theme.press("Escape")
    period = filter_input(page, "Période")
    period.fill("n’importe")
    assert english(page) == []
    period.press("Escape")
    page.get_by_test_id("stMainMenuButton").click()
    expect(page.get_by_test_id("stMainMenuPopover")).to_be_visible()
    assert english(page) == []
    page.keyboard.press("Escape")


def test_no_english_word_is_left_around_a_table(visit: Visit) -> None:
    page = visit("/?theme=stupefiants&periode=2019")
    page.locator(".st-key-card-reunions summary").filter(has_text="Voir les données").click()
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    table.scroll_into_view_if_needed()
    table.hover()
    page.wait_for_timeout(1500)  # the toolbar slides into its place
    buttons = page.get_by_test_id("stElementToolbarButton")
    for rank in range(buttons.count()):
        if buttons.nth(rank).is_visible():
            buttons.nth(rank).hover(force=True)  # it floats over the table
            expect(page.get_by_test_id("stTooltipContent")).to_be_visible()
            assert english(page) == []


def test_no_english_word_is_left_when_filters_are_on(look: Visit) -> None:
    page = look("/?theme=stupefiants&periode=2019&departement=59")
    assert english(page) == []


def test_every_filter_and_table_is_reached_by_keyboard(visit: Visit) -> None:
    page = visit("/?periode=2020")
    wanted = {"Période", "Région", "Département", "Réseau", "Thème", "Format", "Type de territoire"}
    reached: list[str] = []
    while len(reached) < 90 and (not reached or "Voir les données" not in reached[-1]):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => {
                  const at = document.activeElement, own = ['SUMMARY', 'BUTTON', 'A'].includes(at.tagName);
                  return at.getAttribute('aria-label') ?? (own ? at.innerText : at.tagName);
                }"""
            )
        )
    assert wanted <= set(reached), reached
    assert "Voir les données" in reached[-1], reached
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


def test_a_filter_is_chosen_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    filter_input(page, "Département").focus()
    page.keyboard.type("Oise")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile("Oise"))


def test_every_chart_has_an_alternative_text_made_from_its_data(look: Visit) -> None:
    page = look()
    said = {key: chart(page, key).get_attribute("aria-label") or "" for key in CHARTS}
    assert {chart(page, key).get_attribute("role") for key in CHARTS} <= {"img", "figure"}
    assert "Nord (59)" in said[MAP]
    assert re.search(r"8\s+réunions datées", said[TIMELINE])
    assert "stupéfiants" in said[THEMES]
    assert "Maintien du lien" in said[ACTIONS]


def test_behind_every_figure_is_a_table_with_its_files(visit: Visit) -> None:
    page = visit("/?departement=59")
    for key in ("carte", "frise", "themes", "actions", "reunions"):
        card = page.locator(f".st-key-card-{key}")
        card.locator("summary").filter(has_text="Voir les données").click()
        expect(card.get_by_test_id("stDataFrame")).to_be_visible()
        wait_shown(page)  # a click on what still moves is lost
        with page.expect_download() as download:
            card.get_by_role("button", name="Télécharger (.xlsx)").click()
        assert re.fullmatch(r"netstats_[\w-]+_59\.xlsx", download.value.suggested_filename)
        (sheet,) = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets
        (table,) = sheet.tables.values()
        assert len(sheet[table.ref]) > 1
        assert len(table.tableColumns) > 2
        assert ("Champ", "Nord") in [row[:2] for row in sheet.values]
    card.get_by_role("button", name="Autres formats").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger (.csv)").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "a spreadsheet needs the mark to read the accents"
    assert "Champ;Nord" in content.decode("utf-8-sig").splitlines()


# Of a picture: its width, the colour of its corner, and the share of other pixels in its head and in its foot.
LOOKED_AT = """async encoded => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${encoded}`)).blob());
  const {width, height} = picture, paper = new OffscreenCanvas(width, height).getContext("2d");
  paper.drawImage(picture, 0, 0);
  const inked = (top, bottom) => {
    const {data} = paper.getImageData(0, top, width, bottom - top);
    return data.filter((value, place) => place % 4 === 0 && value < 200).length / (data.length / 4);
  };
  return [width, [...paper.getImageData(0, 0, 1, 1).data], inked(60, 190), inked(height - 170, height - 60)];
}"""


@pytest.mark.parametrize("key", ["carte", "themes"])
def test_a_chart_is_taken_away_as_a_white_picture_with_its_words(visit: Visit, key: str) -> None:
    page = visit("/", dark=True)
    card = page.locator(f".st-key-card-{key}")
    card.locator("summary").filter(has_text="Voir les données").click()
    button = card.get_by_role("button", name="Image (.png)")
    expect(button).to_be_visible()
    wait_shown(page)
    for _ in range(2):  # and again
        button.focus()
        with page.expect_download() as download:
            page.keyboard.press("Enter")
    assert re.fullmatch(r"netstats_[a-z]+\.png", download.value.suggested_filename)
    content = Path(download.value.path()).read_bytes()
    width, corner, head, foot = page.evaluate(LOOKED_AT, base64.b64encode(content).decode())
    assert width >= 1600
    assert corner == [255, 255, 255, 255]
    assert 0.005 < head < 0.5
    assert 0.005 < foot < 0.5
    assert page.evaluate(SIDEWAYS) == []
    expect(page.locator(f".st-key-drawn-{key}")).to_be_hidden()
    assert not page.locator(".st-key-card-reunions").get_by_role("button", name="Image (.png)").count()


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


@pytest.mark.parametrize(("dark", "palette"), [(False, LIGHT), (True, DARK)], ids=["light", "dark"])
def test_page_and_charts_wear_the_palette(look: Visit, dark: bool, palette: Palette) -> None:
    page = look(dark=dark)
    style = "(element, name) => getComputedStyle(element)[name]"
    assert page.get_by_test_id("stApp").evaluate(style, "backgroundColor") == rgb(palette.page)
    assert page.locator(".st-key-card-carte").evaluate(style, "backgroundColor") == rgb(palette.surface)
    label = chart(page, THEMES).locator("svg text", has_text="Espaces publics").first
    assert label.evaluate(style, "fill") == rgb(palette.text)
