"""What stands in the place of a chart that would say nothing more."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import streamlit as st

from netstats import wording
from netstats.share.plainly import Sentence
from netstats.ui.base.html import show as show_html
from netstats.ui.base.text import plain

_MOST = 12  # names, or lines


def show(said: Sentence, *, key: str, on_click: Callable[..., None] | None = None) -> None:
    """Draw a sentence and what it names; a click on a name calls `on_click` with its code, as its bar would."""
    st.markdown(plain(said.text))
    others = max(len(said.named), len(said.lines)) - _MOST
    if said.lines:
        show_html("sentence-lines", lines=said.lines[:_MOST])
    elif on_click is None:
        st.markdown(plain(wording.listing(islice(said.named.values(), _MOST))))
    else:
        with st.container(horizontal=True, gap="xsmall", key=f"nommes-{key}"):
            for code, name in islice(said.named.items(), _MOST):
                st.button(plain(name), key=f"nomme-{key}-{code}", type="tertiary", on_click=on_click, args=(code,))
    if others > 0:
        st.caption(plain(f"et {wording.counted(others, 'autre')}, dans les données."))
