"""A browser, a server on the real data, and visitors whose every request and console error is held against the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests import installations
from tools.browser import NO_BROWSER, find_browser, launch, open_context, serve, wait_shown

Visit = Callable[..., Page]
Start = Callable[[Path], str]

HERE = Path(__file__).parent
PATIENCE = 20_000  # ms: a slow machine is no fault of the page
expect.set_options(timeout=PATIENCE)
OWN_SCHEMES = {"data", "blob"}  # what the page carries in itself
# What our Content-Security-Policy refuses is not always told in the console.
VIOLATED = """addEventListener('securitypolicyviolation', event =>
  console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    # Closed before the tests of another folder run: playwright's event loop would stand in their way.
    with sync_playwright() as playwright:
        opened = launch(playwright, path)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the real data: servers are given copies, since each opens its own for writing."""
    return installations.real(tmp_path_factory.mktemp("browser") / "netstats.duckdb")


@pytest.fixture(scope="package")
def address(browser: Browser, database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the dashboard answers on the real data."""
    with serve(_copy(database, tmp_path_factory)) as url:
        yield url


@pytest.fixture
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Return a function that starts one more server, on a copy of a database."""
    with ExitStack() as servers:
        yield lambda database: servers.enter_context(serve(_copy(database, tmp_path_factory)))


def _copy(database: Path, places: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(database, places.mktemp("served")))


@pytest.fixture
def visit(browser: Browser, start: object, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Return a function that opens the dashboard as a new visitor: `visit("/?departement=59", width=390)`.

    At the end no visitor may have asked another host for anything, nor have met an error in the console. (It leaves
    before the servers of `start` do: a lost connection is an error too.)
    """
    complaints: list[str] = []

    with ExitStack() as visits:

        def open_page(
            path: str = "/", *, width: int = 1400, dark: bool = False, url: str = "", texts: tuple[str, ...] = ()
        ) -> Page:
            url = url or request.getfixturevalue("address")
            page = visits.enter_context(open_context(browser, width, dark=dark)).new_page()
            _go(page, url, path, complaints, texts)
            return page

        yield open_page
    assert complaints == []


@pytest.fixture(scope="package")
def _looked_at(browser: Browser, address: str) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    with ExitStack() as visits:

        @cache
        def open_page(path: str, width: int, dark: bool) -> tuple[Page, list[str]]:
            complaints: list[str] = []
            page = visits.enter_context(open_context(browser, width, dark=dark)).new_page()
            _go(page, address, path, complaints, ())
            return page, complaints

        yield open_page


@pytest.fixture
def look(_looked_at: Callable[..., tuple[Page, list[str]]]) -> Iterator[Visit]:
    """Return a function like `visit` for tests that change nothing: those that look at one page share it."""
    seen: list[list[str]] = []

    def open_page(path: str = "/", *, width: int = 1400, dark: bool = False) -> Page:
        page, complaints = _looked_at(path, width, dark)
        seen.append(complaints)
        return page

    yield open_page
    assert [complaints for complaints in seen if complaints] == []


def _go(page: Page, url: str, path: str, complaints: list[str], texts: tuple[str, ...]) -> None:
    """Go to an address and wait until it is shown; what the page asks of others and its errors go into complaints."""
    own = urlsplit(url).netloc

    def asked(target: str) -> None:
        parts = urlsplit(target)
        if parts.scheme not in OWN_SCHEMES and parts.netloc != own:
            complaints.append(f"request to another host: {target}")

    def told(message: ConsoleMessage) -> None:
        # On a page with an address of its own, Streamlit first looks for its server under that address.
        looked_for = urlsplit(str(message.location.get("url"))).path.count("/") > 2 and "404" in message.text
        if message.type == "error" and not (looked_for and "/_stcore/" in str(message.location)):
            complaints.append(f"console: {message.text} ({message.location})")

    page.set_default_timeout(PATIENCE)
    page.add_init_script(VIOLATED)
    page.on("request", lambda asking: asked(asking.url))
    page.on("websocket", lambda socket: asked(socket.url))
    page.on("console", told)
    page.on("pageerror", lambda error: complaints.append(f"error in the page: {error}"))
    page.goto(url + path)
    wait_shown(page, *texts)
