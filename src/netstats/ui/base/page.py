"""What surrounds every page: its configuration, its style, its language, and how an error is told."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import streamlit as st

from netstats.charts import Palette
from netstats.charts import palette as palette_of
from netstats.errors import NetstatsError
from netstats.ui.base.text import plain

_UI = Path(__file__).parents[1]
_DESTINATION = "adresse_demandee"
_ON_PAPER = {"light": "none", "dark": "invert(1) hue-rotate(180deg)"}  # what makes a chart that is drawn a light one
_log = logging.getLogger("netstats")


def configure() -> None:
    """Set the page up: title, width, style sheet, French words. Call it first, once a run."""
    st.set_page_config(page_title="netstats – réseaux du FFSU", page_icon=_UI / "base/icon.svg", layout="wide")
    light = palette_of("light")  # paper is white
    variables = _variables(colours(), ":root") + _variables(light, ".st-key-feuille")
    variables += f"@media print{{{_variables(light, ':root')}:root{{--on-paper:{_ON_PAPER[colours().mode]}}}}}"
    st.html(
        f"<style>{variables}{_file('base/style.css')}{_file('share/projector.css')}{_file('share/print.css')}</style>"
    )
    leaving = (
        f"location.assign({json.dumps(st.session_state.pop(_DESTINATION))})" if _DESTINATION in st.session_state else ""
    )
    st.html(
        f"<script>{_file('base/french.js')}{_file('base/pointer.js')}{_file('data/minutes.js')}{_file('base/clicks.js')}{leaving}</script>",
        unsafe_allow_javascript=True,
    )


def go_to(address: str) -> None:
    """Have the browser open an address of ours, from a callback: as soon as the run begins."""
    st.session_state[_DESTINATION] = address


def _variables(palette: Palette, where: str) -> str:
    """Return what the style sheets take from the palette there, so that a colour stands in one place."""
    names = {
        "page": palette.page,
        "surface": palette.surface,
        "text": palette.text,
        "muted": palette.muted,
        "line": palette.grid,
        "accent": palette.accent,
    }
    return f"{where}{{{''.join(f'--{name}:{colour};' for name, colour in names.items())}}}"


@cache
def _file(name: str) -> str:
    return (_UI / name).read_text(encoding="utf-8")


def scroll_to_top() -> None:
    """Show the top of the page again: what was just done is said there."""
    st.html(
        "<script>document.querySelector('[data-testid=stMain]')?.scrollTo({top: 0});</script>",
        unsafe_allow_javascript=True,
    )


def colours() -> Palette:
    """Return the palette of the theme, light or dark, that this person sees."""
    return palette_of("dark" if st.context.theme.type == "dark" else "light")


@contextmanager
def errors_in_french() -> Iterator[None]:
    """Tell any error in French, where the page would have been; the technical details go to the server's log."""
    try:
        yield
    except NetstatsError as error:
        st.error(plain(error.remedy) or None, title=plain(error.what), icon=":material/error:")
    except Exception:
        _log.exception("unexpected error while a page was drawn")
        st.error(
            "Rien n’est perdu. Rechargez la page ; si cela se reproduit, transmettez le journal du serveur à votre "
            "service informatique.",
            title="Cette page n’a pas pu être affichée.",
            icon=":material/error:",
        )
