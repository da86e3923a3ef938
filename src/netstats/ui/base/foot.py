"""What the figures of a page are about, said once at its foot: scope, source, dates; a card says what differs from it.

A page that is not about the selection says so with `about`, before its cards.
"""

from __future__ import annotations

import streamlit as st

from netstats import wording
from netstats.catalogue.figure import ACTIVITY_SOURCE, BOTH_SOURCES, Figure
from netstats.catalogue.indicators import INDICATORS
from netstats.filters import Filters, within
from netstats.share import tables
from netstats.ui.base import data
from netstats.ui.base.text import plain

_SCOPES = "champ_de_la_page"
_KNOWN = "champs_dits_par_la_page"
_EVOLUTION = "evolution_de_la_page"


def about(*scopes: Filters | str, titled: Filters | None = None) -> None:
    """Say what the page is about: a selection, or two side by side; in French, where no filter says it.

    `titled` is one that the title of the page says.
    """
    st.session_state[_SCOPES] = scopes
    st.session_state[_KNOWN] = [_said(known) for known in (*scopes, titled) if known is not None]
    st.session_state[_EVOLUTION] = ""


def differing(figure: Figure, filters: Filters, *, evolution: str = "") -> str:
    """Return what a card has to say beside its figure, since the foot of the page does not; often nothing.

    `evolution` is with what the figure is compared, which the foot says for all.
    """
    st.session_state[_EVOLUTION] = evolution or st.session_state[_EVOLUTION]
    scope = figure.scope(filters, data.choices(), whole=False)
    said = [] if scope in st.session_state[_KNOWN] else [f"Champ : {scope}."]
    if figure.source not in (ACTIVITY_SOURCE, BOTH_SOURCES):
        said.append(f"Source : {tables.source(figure, data.version())}.")
    return " ".join(said)


def show() -> None:
    """Draw the foot of the page, after its cards."""
    first, *beside = map(_said, st.session_state[_SCOPES])
    scope = f" ; face{wording.NO_BREAK}à : ".join([first, *map(within, beside)])
    version = data.version()
    sentences = (
        f"Champ : {scope}.",
        f"Source : {tables.source(INDICATORS, version)}.",
        f"Mis à jour le {wording.date(version.updated_on)}.",
        st.session_state[_EVOLUTION],
    )
    with st.container(key="page-foot"):
        st.caption(plain(" ".join(filter(None, sentences))))


def _said(scope: Filters | str) -> str:
    return scope if isinstance(scope, str) else scope.sentence(data.choices(), whole=False)
