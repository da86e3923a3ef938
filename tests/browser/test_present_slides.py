"""Every slide on a projector: it fills it, and nothing is cut, however long its words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from netstats import store
from netstats.filters import Filters
from netstats.share.plan import LONGEST_COMMENTARY, LONGEST_TITLE, Plan, Presentation, Wording, to_json
from netstats.share.slides import KINDS
from tests.browser.conftest import Visit
from tests.browser.person import parameter
from tools.browser import serve, wait_shown

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


@pytest.mark.parametrize(
    ("size", "background"),
    [((1920, 1080), "clair"), ((1280, 720), "sombre"), ((1024, 768), "clair")],
    ids=["1920 light", "1280 dark", "1024 light"],
)
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
        if before == "11 / 11":
            break
        page.keyboard.press("ArrowRight")
        expect(page.locator(".scene-numero")).not_to_have_text(before)
    assert len(seen) == len(set(seen)) == 11


DRAWN = ("carte", "participation", "themes", "evolution", "actions")


@pytest.fixture(scope="module")
def worded(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that keeps two presentations: one all in the longest words, one whose titles just take a second line."""
    copied = Path(shutil.copy(database, tmp_path_factory.mktemp("worded") / "netstats.duckdb"))
    title = ("Un titre long comme un jour sans pain, avec des chiffres, " * 3)[:LONGEST_TITLE]
    longest = Wording(
        title, "", ("Un commentaire qui dit beaucoup de choses et les dit bien. " * 6)[:LONGEST_COMMENTARY]
    )
    just = Wording("97 départements représentés, dont 11 entièrement couverts", "", "")
    with store.open_database(copied) as opened:
        for name, kinds, words in (("Longue", KINDS, longest), ("Juste", DRAWN, just)):
            plan = Plan(hidden=frozenset())
            for kind in kinds:
                plan = plan.worded(kind, words)
            store.presentations.save(opened, name, to_json(Presentation(plan, Filters())))
    with serve(copied) as url:
        yield url


def test_long_words_cut_nothing(visit: Visit, worded: str) -> None:
    page = visit("/presenter?presentation=Longue&diapo=ouverture&face=region%3D32", url=worded)
    page.set_viewport_size({"width": 1280, "height": 720})
    count = int(str(page.locator(".scene-numero").text_content()).split("/")[1])
    assert count >= len(KINDS) - 2  # two of them have nothing to show of an activity that stopped
    for rank in range(1, count + 1):
        expect(page.locator(".scene-numero")).to_have_text(f"{rank} / {count}")
        wait_shown(page)
        page.wait_for_timeout(300)
        assert page.evaluate(CUT) == [], parameter(page, "diapo")
        page.keyboard.press("ArrowRight")


def test_a_title_that_just_takes_a_second_line_cuts_nothing(visit: Visit, worded: str) -> None:
    page = visit("/presenter?presentation=Juste&diapo=ouverture", url=worded)
    page.set_viewport_size({"width": 1920, "height": 1080})
    for kind in DRAWN:
        while parameter(page, "diapo") != kind:
            before = str(page.locator(".scene-numero").text_content())
            page.keyboard.press("ArrowRight")
            expect(page.locator(".scene-numero")).not_to_have_text(before)
            wait_shown(page)
        page.wait_for_timeout(300)
        assert page.locator(TITLE).evaluate("title => title.clientHeight") > 70
        assert page.evaluate(CUT) == [], kind


def test_the_map_stands_beside_its_table(visit: Visit) -> None:
    page = visit("/presenter?reseau=hauts-de-france&diapo=carte")
    said = page.locator(".scene-legende .scene-tableau").inner_text().replace("\u202f", " ")
    assert said.replace("\xa0", " ").split("\n")[1].split("\t") == ["Pas-de-Calais (62)", "5", "56 %"]
    assert len(said.split("\n")) == 6
