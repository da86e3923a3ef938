"""A visitor without a browser: opens a page of the dashboard under an address, and reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from netstats import wording

ROOT = Path(__file__).parents[2]

Address = Mapping[str, Sequence[str]]


def visit(page: str = "overview", address: Address | None = None) -> AppTest:
    """Return a page as a visitor of that address first sees it; without any error on it.

    `page` is a script of pages/analysis, or of another folder: "share/present".
    """
    visited = before(f"pages/{page}.py" if "/" in page else f"pages/analysis/{page}.py")
    for parameter, values in (address or {}).items():
        visited.query_params[parameter] = list(values)
    return at_rest(visited.run())


def before(script: str = "pages/analysis/overview.py") -> AppTest:
    """Return a page that has not run yet: give it an address and run it."""
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
    if script != "pages/analysis/overview.py":  # which is where an empty address leads
        page._page_hash = _page_hash(script)
    return page


@cache
def _page_hash(script: str) -> str:
    """How Streamlit names a page: known once the script has run, which a visitor need not do for that each time."""
    return AppTest.from_file(ROOT / "dashboard.py", default_timeout=30).run().switch_page(script)._page_hash


def at_rest(page: AppTest) -> AppTest:
    """Return the page, once it is sure that nothing went wrong on it."""
    assert not page.exception
    assert not page.error
    return page


def html(page: AppTest) -> str:
    """Return every piece of HTML of the page, its no-break spaces made plain."""
    return "\n".join(block.proto.body for block in page.get("html")).replace(wording.NO_BREAK, " ")


def cards(page: AppTest) -> list[str]:
    """Return the titles of the cards."""
    return [header.value.replace("\\", "").replace(wording.NO_BREAK, " ") for header in page.header]


def said(page: AppTest) -> list[str]:
    """Return what the page says in boxes: that there is nothing, that something is not known."""
    return plain(*page.info, *page.warning)


def captions(page: AppTest) -> list[str]:
    """Return the small print: readings, scopes, sources."""
    return plain(*page.caption)


def plain(*boxes: Any) -> list[str]:
    """Return what elements say, without the signs that keep Markdown from reading it."""
    return [
        f"{getattr(box.proto, 'title', '')} {box.value}".strip().replace("\\", "").replace(wording.NO_BREAK, " ")
        for box in boxes
    ]
