"""A visitor without a browser: opens a page of the dashboard under an address, and reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    visited = _arriving(AppTest.from_file(ROOT / "dashboard.py", default_timeout=30), address)
    if page == "overview":
        return visited
    # Streamlit knows the pages once the script has run; another page then starts with an address of its own.
    return _arriving(visited.switch_page(f"pages/{page}.py" if "/" in page else f"pages/analysis/{page}.py"), address)


def _arriving(page: AppTest, address: Address | None) -> AppTest:
    for parameter, values in (address or {}).items():
        page.query_params[parameter] = list(values)
    return at_rest(page.run())


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
