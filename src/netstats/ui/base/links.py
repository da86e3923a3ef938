"""Sheets: the pages of one territory, one theme, one meeting, each with an address of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, get_args
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from netstats.filters import FACE_PARAMETER, Filters, read_face
from netstats.store import Version
from netstats.ui.base import data, filter_bar, page
from netstats.ui.base.text import plain

Sheet = Literal["territoire", "theme", "reunion"]

SUBJECT = "fiche"
"""The parameter of the address that names what a sheet is about."""


def is_titled(opened: StreamlitPage) -> bool:
    """Return whether a page draws a title of its own, what it is about: a sheet, or two selections side by side."""
    return opened.url_path in (*get_args(Sheet), "comparer")


def address(sheet: Sheet, code: str, filters: Filters) -> str:
    """Return the address of a sheet under a selection, relative: every page lies side by side, wherever they are."""
    # In the words of the filter bar: an address in codes would be written anew on arrival, and be one step to go back.
    return f"{sheet}?{urlencode({SUBJECT: code})}{_selection(filters, data.version())}"


@lru_cache(maxsize=128)  # a page has hundreds of links under one selection
def _selection(filters: Filters, version: Version) -> str:  # the version keys the names of what is chosen
    written = urlencode(filters.to_address(data.choices()), doseq=True)
    return f"&{written}" if written else ""


def open_later(sheet: Sheet, code: str) -> None:
    """Open a sheet from a callback (a click on a chart), as a link would.

    st.switch_page would be quicker, but it first opens the page without the filters and adds them afterwards: the way
    back would then pass through a sheet without its selection.
    """
    page.go_to(address(sheet, code, filter_bar.current()))


def open_here(code: str = "", parameter: str = SUBJECT) -> None:
    """Show something else on the page that is open, from a callback; what it shows without a subject, by default.

    A st.page_link to its own page would leave the address as it was: the next click would bring that back.
    """
    if code:
        st.query_params[parameter] = code
    else:
        st.query_params.pop(parameter, None)


def face() -> Filters | None:
    """Return the second selection that the address sets beside that of the page; None without one.

    What in it is not known is left out, and told.
    """
    asked = st.query_params.get(FACE_PARAMETER)
    if asked is None:
        return None
    second, unknown = read_face(asked, data.choices())
    for notice in unknown:
        st.warning(plain(str(notice)))
    return second


def subject() -> str:
    """Return what the open sheet is about, as the address says it; the empty text when it does not."""
    return str(st.query_params.get(SUBJECT, ""))


def unknown(what: str) -> None:
    """Say that the address names nothing that is known (« Ce territoire »), or names nothing."""
    asked = subject()
    said = f"l’adresse nomme « {asked} », que netstats ne connaît pas" if asked else "l’adresse n’en nomme pas"
    st.warning(plain(f"{what} : {said}. La liste est à un clic."))
