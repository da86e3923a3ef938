"""How long the overview takes in a real browser: python -m bench.overview [--rounds 15] [--starts 5] [--meetings 2000]

It prints, from one run:

first start
    From the moment when Streamlit answers (/_stcore/health) to the moment when the overview is shown, with its six
    figures and its charts drawn, on a database that has to be built first. The browser is already open, as that of a
    person is; its cache is empty at the first start and as that start left it afterwards. Bound: 3 s.
change of filter
    From the key that chooses a department (or takes it off again) to the page at rest, on the overview and on
    bench/bare.py, a page of Streamlit alone that draws as many empty charts and metrics. The two pages take turns, so
    that whatever else this machine does falls on both. Bound: 1.5 times the bare page. Each department is chosen
    for the first time in its process: no answer comes from the cache. With `--again`, every one has been asked before.

"At rest" is the same for both pages: the heading names the choice, Streamlit no longer runs the script, no element is
stale and every chart has its lines (tools/browser.py).

--meetings N measures a made-up activity of N meetings instead of the real one.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests import installations
from tools.browser import NO_BROWSER, find_browser, launch, open_context, serve, wait_shown

DEPARTMENTS = ("Nord (59)", "Pas-de-Calais (62)", "Somme (80)", "Oise (60)")
LAST_DRAWN = "Dernières réunions"
COUNTED = {"stMetric": "metrics", "stPlotlyChart": "charts", "stElementContainer": "elements in all"}


def first_starts(browser: Browser, rounds: int, directory: Path, build: Callable[[Path], object]) -> list[float]:
    """Return the seconds of each first start: health answers → overview shown, on a database of its own."""
    seconds = []
    with open_context(browser, 1400) as context:
        for number in range(rounds):
            database = directory / f"start-{number}.duckdb"
            build(database)
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
    field = page.get_by_label("Département", exact=True).and_(page.locator("input"))
    field.click()
    field.fill(department)
    page.get_by_role("option", name=department).wait_for()
    name = department.split(" (", maxsplit=1)[0]
    begun = time.perf_counter()
    page.keyboard.press("Enter")
    while not page.evaluate("name => document.querySelector('h1')?.innerText.startsWith(name)", name):
        page.wait_for_timeout(5)
    wait_shown(page)
    elapsed = time.perf_counter() - begun
    page.keyboard.press("Escape")
    field.fill("")
    field.press("Backspace")
    while page.evaluate("name => document.querySelector('h1')?.innerText.startsWith(name)", name):
        page.wait_for_timeout(5)
    wait_shown(page)
    return elapsed


def counted(page: Page) -> Counter[str]:
    """Return how many metrics, charts and elements a page draws."""
    return Counter({what: page.get_by_test_id(name).count() for name, what in COUNTED.items()})


def said(seconds: Sequence[float]) -> str:
    """Return a row of measures in words."""
    return (
        f"median {statistics.median(seconds):.3f} s, min {min(seconds):.3f}, max {max(seconds):.3f} "
        f"({len(seconds)} measures)"
    )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=16, help="changes of filter on each page")
    parser.add_argument("--starts", type=int, default=5, help="first starts")
    parser.add_argument("--meetings", type=int, default=0, help="made-up meetings; 0: the real data")
    parser.add_argument("--again", action="store_true", help="measure selections that have been asked before")
    arguments = parser.parse_args()
    path = find_browser()
    if path is None:
        raise SystemExit(NO_BROWSER)

    def build(database: Path) -> None:
        if arguments.meetings:
            installations.generated(database, arguments.meetings)

    what = f"{arguments.meetings} made-up meetings" if arguments.meetings else "the real data"
    print(f"Overview on {what}")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        directory = Path(scratch)
        browser = launch(playwright, path)
        starts = first_starts(browser, arguments.starts, directory, build)
        built = "database already there" if arguments.meetings else "database build included"
        print(f"\nFirst start, {built} (bound 3 s): {said(starts)}")
        print(f"  in order: {', '.join(f'{second:.2f}' for second in starts)} (the first with an empty browser cache)")

        database = directory / "rounds.duckdb"
        build(database)
        with serve(database) as overview_url, open_context(browser, 1400) as context:
            overview = context.new_page()
            overview.goto(overview_url)
            wait_shown(overview, LAST_DRAWN)
            drawn = counted(overview)
            numbers = {"BARE_CHARTS": str(drawn["charts"]), "BARE_METRICS": str(drawn["metrics"])}
            with serve(directory / "none.duckdb", script="bench/bare.py", **numbers) as bare_url:
                bare = context.new_page()
                bare.goto(bare_url)
                wait_shown(bare)
                print(f"\nThe overview draws {dict(drawn)}, the bare page {dict(counted(bare))}")
                seconds: dict[str, list[float]] = {"overview": [], "bare": []}
                for number in range(arguments.rounds):
                    department = DEPARTMENTS[number % len(DEPARTMENTS)]
                    for name, page in (("overview", overview), ("bare", bare)):
                        page.bring_to_front()
                        seconds[name].append(change(page, department))
        for name, measured in seconds.items():
            print(f"Change of filter, {name}: {said(measured)}")
        ratio = statistics.median(seconds["overview"]) / statistics.median(seconds["bare"])
        print(f"Ratio of the medians (bound 1.5): {ratio:.2f}")
        browser.close()


if __name__ == "__main__":
    with nullcontext():
        main()
