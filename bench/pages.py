"""How long the pages take in a real browser, by `python -m bench.pages [PAGE …]`.

It prints, from one run:

first start
    From the moment when Streamlit answers (/_stcore/health) to the moment when the overview is shown, with its six
    figures and its charts drawn, on a database that has to be built first. The browser is already open, as that of a
    person is, and its cache is empty. Bound: 3 s.
change of filter
    From the key that chooses a department to the page at rest, on each page and on bench/bare.py, a page of
    Streamlit alone that draws as many empty charts and metrics: once left as they are, since nothing in them changes,
    once drawn anew at each change, as those of a dashboard must be. The pages take turns, so that whatever else the
    machine does falls on all. Bound: 1.5 times the bare page on the real data, twice on 2,000 made-up meetings. First
    with departments that nobody has asked for, so that no answer comes from the cache, then with the same ones again.

"At rest" is the same for all pages: the heading names the choice, Streamlit no longer runs the script, no element is
stale and every chart has its lines (tools/browser.py).

--meetings N measures the demonstration set of N meetings in the place of the real data; its database is put there
before.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from netstats import demonstration
from tools.browser import NO_BROWSER, find_browser, launch, open_context, serve, wait_shown

DEPARTMENTS = (  # all those of the real activity, and a few without any
    "Nord (59)",
    "Pas-de-Calais (62)",
    "Somme (80)",
    "Oise (60)",
    "Rhône (69)",
    "Gironde (33)",
    "Vienne (86)",
    "Seine-Saint-Denis (93)",
    "Puy-de-Dôme (63)",
    "Savoie (73)",
    "Hauts-de-Seine (92)",
    "Val-de-Marne (94)",
)
PAGES = {  # what one types → its address
    "vue-d-ensemble": "/",
    "participation": "/participation",
    "themes": "/themes",
    "actions": "/actions",
    "reunions": "/reunions",
    "territoire": "/territoire?fiche=59350",
    "theme": "/theme?fiche=stupefiants",
    # No filter changes what a meeting's own page says; it is drawn again all the same.
    "reunion": "/reunion?fiche=hauts-de-france-2020-05-06",
}
LAST_DRAWN = "Dernières réunions"
COUNTED = {"stMetric": "metrics", "stPlotlyChart": "charts", "stElementContainer": "elements in all"}


def first_starts(browser: Browser, rounds: int, directory: Path, prepare: Callable[[Path], None]) -> list[float]:
    """Return the seconds of each first start: health answers → overview shown, on a database of its own."""
    seconds = []
    with open_context(browser, 1400) as context:
        for number in range(rounds):
            database = directory / f"start-{number}.duckdb"
            prepare(database)
            page = context.new_page()
            with serve(database) as url:
                begun = time.perf_counter()
                page.goto(url, wait_until="commit")
                wait_shown(page, LAST_DRAWN)
                seconds.append(time.perf_counter() - begun)
                page.close()
    return seconds


def change(page: Page, department: str) -> float:
    """Choose a department, return the seconds until the page is at rest, and take it off again."""
    name = department.split(" (", maxsplit=1)[0]
    field = page.locator("input[aria-label='Département']")
    field.click()
    field.fill(department)
    page.get_by_role("option", name=department).wait_for()
    begun = time.perf_counter()
    page.keyboard.press("Enter")
    wait_heading(page, name, there=True)
    elapsed = time.perf_counter() - begun
    field.fill("")
    field.press("Backspace")  # takes the last choice off
    wait_heading(page, name, there=False)
    page.keyboard.press("Escape")
    return elapsed


def wait_heading(page: Page, name: str, *, there: bool) -> None:
    """Wait until the page is at rest under a heading that names the department, or no longer does."""
    until = time.monotonic() + 30
    # The title of a page is the sentence of the selection; a sheet has it in small, above a title of its own.
    sentence = """name => (document.querySelector('.st-key-selection') ?? document.querySelector('h1'))
      ?.innerText.includes(name)"""
    while page.evaluate(sentence, name) is not there:
        if time.monotonic() > until:
            raise TimeoutError(f"{name}: the heading did not follow the filter")
        page.wait_for_timeout(5)
    wait_shown(page)


def counted(page: Page) -> dict[str, int]:
    """Return how many metrics, charts and elements a page draws."""
    return {what: page.get_by_test_id(name).count() for name, what in COUNTED.items()}


def said(seconds: Sequence[float]) -> str:
    """Return a row of measures in words."""
    return (
        f"median {statistics.median(seconds):.3f} s, min {min(seconds):.3f}, max {max(seconds):.3f} "
        f"({len(seconds)} measures)"
    )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"among {', '.join(PAGES)}; all without any")
    parser.add_argument("--starts", type=int, default=5, help="first starts")
    parser.add_argument("--rounds", type=int, default=len(DEPARTMENTS), help="departments chosen, each twice")
    parser.add_argument("--meetings", type=int, default=0, help="made-up meetings; 0: the real data")
    arguments = parser.parse_args()
    path = find_browser()
    if path is None:
        raise SystemExit(NO_BROWSER)

    def prepare(database: Path) -> None:
        if arguments.meetings:
            demonstration.write(database, meetings=arguments.meetings, seed=1)

    print(f"On {f'{arguments.meetings} made-up meetings' if arguments.meetings else 'the real data'}")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        directory = Path(scratch)
        browser = launch(playwright, path)
        if arguments.starts:
            starts = first_starts(browser, arguments.starts, directory, prepare)
            print(f"First start, database {'already there' if arguments.meetings else 'built'} (bound 3 s)")
            print(f"  {said(starts)}; in order {', '.join(f'{second:.2f}' for second in starts)}")
        prepare(directory / "rounds.duckdb")
        for name in arguments.pages or PAGES:
            compare(browser, directory, name, DEPARTMENTS[: arguments.rounds])
        browser.close()


def compare(browser: Browser, directory: Path, name: str, departments: Sequence[str]) -> None:
    """Change the filter on a page and on the bare pages in turn, and print what it took."""
    with ExitStack() as stack:
        url = stack.enter_context(serve(directory / "rounds.duckdb"))
        context = stack.enter_context(open_context(browser, 1400))
        ours = context.new_page()
        ours.goto(url + PAGES[name])
        wait_shown(ours)
        drawn = counted(ours)
        pages = {name: ours}
        for bare, redrawn in (("bare, redrawn", "1"), ("bare, left", "")):
            url = stack.enter_context(
                serve(
                    directory / "bare.duckdb",
                    script="bench/bare.py",
                    BARE_CHARTS=str(drawn["charts"]),
                    BARE_METRICS=str(max(drawn["metrics"], 1)),
                    BARE_OPTIONS="|".join(departments),
                    BARE_REDRAWN=redrawn,
                )
            )
            pages[bare] = context.new_page()
            pages[bare].goto(url)
            wait_shown(pages[bare])
        print(f"{name}: {drawn}, of the bare pages {counted(pages['bare, left'])}")
        for which in ("asked for the first time", "asked before"):
            seconds: dict[str, list[float]] = {told: [] for told in pages}
            for department in departments:
                for told, page in pages.items():
                    page.bring_to_front()
                    seconds[told].append(change(page, department))
            print(f"  change of filter, {which}")
            for told, measured in seconds.items():
                ratio = statistics.median(seconds[name]) / statistics.median(measured)
                beside = "" if told == name else f"; {name} / {told} = {ratio:.2f}"
                print(f"    {told:14}  {said(measured)}{beside}")


if __name__ == "__main__":
    main()
