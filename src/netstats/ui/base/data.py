"""Answers for the pages, cached by selection and by version of the data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from netstats.catalogue import overview
from netstats.filters import Choices, Filters
from netstats.intake import founding
from netstats.reference.geography import Outline, department_outlines
from netstats.store import Database, Version

_NOW = "base_et_version"
_MOST_ANSWERS = 384  # enough for a meeting's worth of selections, bounded for a server
# What is asked about one thing, or row by row, is asked less often and may be long.
_MOST_LONG_ANSWERS = 48
_LONG = {"presences", "reunions", "actions"}


def prepare() -> None:
    """Open the database and answer what the first page asks, so that the first visitor finds it done."""
    current = database()
    now = current.version()
    _choices(now, current)
    _years(now, current)
    outlines()
    for figure in overview.FIRST_SHOWN:
        answer = _long_answer if figure.name in _LONG else _answer
        answer(figure.name, Filters(), "", compared=True, version=now, today=date.today(), _database=current)


def database() -> Database:
    """Return the database of this process, built at the first call when need be.

    When another program has put a newer file in its place, that one is opened.
    """
    return _opened(_identity())


def _identity() -> tuple[str, int]:
    path = founding.database_path()
    try:
        return str(path), path.stat().st_ino  # the same file whatever is written into it
    except OSError:
        return str(path), 0


@st.cache_resource(max_entries=2, show_spinner="Préparation de la base de données…")
def _opened(identity: tuple[str, int]) -> Database:  # identity keys the cache
    return founding.open_or_build()


def version() -> Version:
    """Return which data the figures of this run of the page show; asked once a run, so that all show the same."""
    known: Version = st.session_state[_NOW][1]
    return known


def look_up_version() -> None:
    """Ask which data there is now. Call it first in a run: what was put in meanwhile shows from this run on."""
    current = database()
    st.session_state[_NOW] = current, current.version()


def ask(figure: overview.Figure, filters: Filters, subject: str = "", *, compared: bool = True) -> pd.DataFrame:
    """Return the rows behind a figure under a selection, as of the last thing that was put in.

    `compared` is whether a ranking is compared with the period before, which asks as much again.
    """
    current, version = st.session_state[_NOW]
    answer = _long_answer if subject or figure.name in _LONG else _answer
    return answer(
        figure.name, filters, subject, compared=compared, version=version, today=date.today(), _database=current
    )


def choices() -> Choices:
    """Return what can be chosen in each filter."""
    current, version = st.session_state[_NOW]
    return _choices(version, current)


def years() -> tuple[int, int] | None:
    """Return the first and the last year of activity."""
    current, version = st.session_state[_NOW]
    return _years(version, current)


@st.cache_resource(show_spinner=False)
def outlines() -> tuple[Outline, ...]:
    """Return the shapes of the departments; shared by all, never changed."""
    return department_outlines()


# The version keys these caches; the database beside it is the one it was read from, which a name with _ keeps out of
# the key: another program may put a newer file in its place while a page runs.
_BY_VERSION: dict[str, Any] = {"show_spinner": False, "hash_funcs": {Filters: repr, Version: repr}}


@st.cache_data(max_entries=_MOST_ANSWERS, **_BY_VERSION)
def _answer(
    figure_name: str,
    filters: Filters,
    subject: str,
    *,
    compared: bool,
    version: Version,
    today: date,
    _database: Database,
) -> pd.DataFrame:
    return overview.FIGURES[figure_name].ask(_database, filters, subject, today=today, compared=compared)


@st.cache_data(max_entries=_MOST_LONG_ANSWERS, **_BY_VERSION)
def _long_answer(
    figure_name: str,
    filters: Filters,
    subject: str,
    *,
    compared: bool,
    version: Version,
    today: date,
    _database: Database,
) -> pd.DataFrame:
    return overview.FIGURES[figure_name].ask(_database, filters, subject, today=today, compared=compared)


@st.cache_resource(max_entries=2, **_BY_VERSION)
def _choices(version: Version, _database: Database) -> dict[str, dict[str, str]]:
    return overview.choices(_database)


@st.cache_resource(max_entries=2, **_BY_VERSION)
def _years(version: Version, _database: Database) -> tuple[int, int] | None:
    return overview.years(_database)
