"""What the server does before its first visitor: it reads the libraries, then prepares the data beside the browser."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import streamlit as st

# Here for what they bring (plotly, pandas, duckdb: half a second), which no visitor should wait for. What uses
# Streamlit's caches is only imported once Streamlit runs, or it warns.
import netstats.charts
import netstats.intake.bootstrap  # noqa: F401

_log = logging.getLogger("netstats")


@asynccontextmanager
async def prepared(app: st.App) -> AsyncIterator[None]:
    """Prepare what the first visitor needs, while the browser still loads Streamlit itself.

    What goes wrong is left to the visitor's own run, which tells it in French.
    """
    # Streamlit takes a project with a folder pages/ for one without st.navigation until it first meets it: a first
    # visitor who came by a link to a page would be told that it does not exist.
    with _quiet():
        st.navigation([st.Page(_prepare, title="netstats")], position="hidden")
    threading.Thread(target=_prepare, name="netstats-prepare", daemon=True).start()
    yield


def _prepare() -> None:
    try:
        from netstats.ui.base import data  # noqa: PLC0415

        with _quiet():
            data.prepare()
    except Exception as error:
        _log.warning("nothing prepared for the first visitor: %s", error)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Streamlit from warning that it is called outside a visitor's run; there is none yet."""
    warned = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    level = warned.level
    warned.setLevel(logging.ERROR)
    try:
        yield
    finally:
        warned.setLevel(level)
