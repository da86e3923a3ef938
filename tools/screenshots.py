"""Take the README's pictures on the real data, by `python -m tools.screenshots`.

Writes docs/images/overview-light.png, overview-dark.png, participation-light.png and present-light.png (1400 pixels
wide), overview-phone.png (390) and slide-light.png (1280).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.browser import NO_BROWSER, ROOT, find_browser, launch, open_context, serve, wait_shown

PICTURES = {  # name: address, width, height, dark
    "overview-light": ("/", 1400, 1000, False),
    "overview-dark": ("/", 1400, 1000, True),
    "overview-phone": ("/", 390, 844, False),
    "participation-light": ("/participation", 1400, 1000, False),
    "present-light": ("/presenter?reseau=hauts-de-france", 1400, 1000, False),
    "slide-light": ("/presenter?reseau=hauts-de-france&diapo=carte", 1280, 720, False),
}


def main() -> None:
    """Start the dashboard on a database of its own, and photograph it."""
    path = find_browser()
    if path is None:
        raise SystemExit(NO_BROWSER)
    directory = ROOT / "docs" / "images"
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = launch(playwright, path)
        with serve(Path(scratch) / "netstats.duckdb") as url:
            for name, (address, width, height, dark) in PICTURES.items():
                with open_context(browser, width, height=height, dark=dark) as context:
                    page = context.new_page()
                    page.goto(url + address)
                    wait_shown(page)
                    page.wait_for_timeout(800)  # points have faded in
                    page.screenshot(path=directory / f"{name}.png")
                    print(directory / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
