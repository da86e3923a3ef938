"""What the server does before its first visitor: the rest of netstats is imported there, once Streamlit runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

_log = logging.getLogger("netstats")


@asynccontextmanager
async def prepared(app: st.App) -> AsyncIterator[None]:
    """Prepare what the first visitor needs, while the browser still loads Streamlit itself.

    What goes wrong is left to the visitor's own run, which tells it in French.
    """
    # It takes a project with a folder pages/ for one without st.navigation until it first meets it: a first visitor
    # who came by a link to a page would be told that it does not exist.
    st.navigation([st.Page(_prepare, title="netstats")], position="hidden")
    threading.Thread(target=_prepare, name="netstats-prepare", daemon=True).start()
    yield


def _prepare() -> None:
    # Streamlit warns of each call outside a visitor's run; there is none yet.
    warned = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    level, warned.level = warned.level, logging.ERROR
    try:
        from netstats.ui import cards, data  # noqa: F401, PLC0415 - plotly and pandas take half a second

        data.prepare()
    except Exception as error:
        _log.warning("nothing prepared for the first visitor: %s", error)
    finally:
        warned.setLevel(level)
