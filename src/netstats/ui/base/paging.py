"""A long list by pages: only what is on the page is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from netstats import wording
from netstats.ui.base.text import plain


@contextmanager
def page_of(count: int, length: int, *, key: str, said: str = "", **options: Any) -> Iterator[slice]:
    """Lend the place above the page numbers, and yield which of `count` things stand there; one page has no numbers.

    Another list begins at its first page when its `key` is another. `said` is a sentence under the numbers, with `{}`
    for which are shown: « Lignes {}. » gives « Lignes 21 à 40 sur 52. » `options` are those of `st.pagination`.
    """
    pages = -(-count // length)
    top = st.container()
    page = st.pagination(pages, key=key, **options) if pages > 1 else 1
    first = (min(page, max(pages, 1)) - 1) * length
    last = min(first + length, count)
    with top:
        yield slice(first, last)
    if said and pages > 1:
        which = f"{wording.number(first + 1)} à {wording.number(last)} sur {wording.number(count)}"
        st.caption(plain(said.format(which)))
