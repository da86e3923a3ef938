"""Answers for the pages, cached by selection and by version of the data."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from netstats.filters import Choices, Filters
from netstats.intake import founding
from netstats.queries import catalogue
from netstats.reference.geography import Outline, department_outlines
from netstats.store import Database, Version

_VERSION = "version_des_donnees"
_MOST_ANSWERS = 512  # enough for a meeting's worth of selections, bounded for a server


def prepare() -> None:
    """Open the database and answer what the first page asks, so that the first visitor finds it done."""
    now = database().version()
    _choices(now)
    _years(now)
    outlines()
    for figure in catalogue.FIRST_SHOWN:
        _answer(figure.name, Filters(), "", now, date.today())


def database() -> Database:
    """Return the database of this process, built at the first call when need be.

    When another program has put a newer file in its place, that one is opened.
    """
    return _opened(_identity())


def _identity() -> tuple[int, int]:
    try:
        status = founding.database_path().stat()
    except OSError:
        return (0, 0)
    return (status.st_ino, status.st_mtime_ns)


@st.cache_resource(max_entries=2, show_spinner="Préparation de la base de données…")
def _opened(identity: tuple[int, int]) -> Database:  # identity keys the cache
    return founding.open_or_build()


def version() -> Version:
    """Return which data the figures of this run of the page show; asked once a run, so that all show the same."""
    known: Version = st.session_state[_VERSION]
    return known


def look_up_version() -> None:
    """Ask which data there is now. Call it first in a run: what was put in meanwhile shows from this run on."""
    st.session_state[_VERSION] = database().version()


def ask(figure: catalogue.Figure, filters: Filters, subject: str = "") -> pd.DataFrame:
    """Return the rows behind a figure under a selection, as of the last thing that was put in."""
    return _answer(figure.name, filters, subject, version(), date.today())


def choices() -> Choices:
    """Return what can be chosen in each filter."""
    return _choices(version())


def years() -> tuple[int, int] | None:
    """Return the first and the last year of activity."""
    return _years(version())


@st.cache_resource(show_spinner=False)
def outlines() -> tuple[Outline, ...]:
    """Return the shapes of the departments; shared by all, never changed."""
    return department_outlines()


@st.cache_data(max_entries=_MOST_ANSWERS, show_spinner=False, hash_funcs={Filters: repr, Version: repr})
def _answer(  # version keys the cache
    figure_name: str, filters: Filters, subject: str, version: Version, today: date
) -> pd.DataFrame:
    return catalogue.FIGURES[figure_name].ask(database(), filters, subject, today=today)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Version: repr})
def _choices(version: Version) -> dict[str, dict[str, str]]:  # version keys the cache
    return catalogue.choices(database())


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Version: repr})
def _years(version: Version) -> tuple[int, int] | None:  # version keys the cache
    return catalogue.years(database())
