"""Answers for the pages, cached by selection and by version of the data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from netstats.catalogue import overview
from netstats.catalogue.figure import Figure
from netstats.filters import Choices, Filters
from netstats.intake import bootstrap
from netstats.reference.geography import Outline, department_outlines
from netstats.share.selection import Ask
from netstats.store import Database, Version

_NOW = "base_et_version"
# The version keys these caches; the database beside it is the one it was read from, which a name with _ keeps out of
# the key: another program may put a newer file in its place while a page runs.
_BY_VERSION: dict[str, Any] = {"show_spinner": False, "hash_funcs": {Version: repr}}


def prepare() -> None:
    """Open the database and answer what the first page asks, so that the first visitor finds it done."""
    current = database()
    now = current.version()
    _choices(now, current)
    _scopes(now, current)
    _years(now, current)
    outlines()
    for figure in overview.FIRST_SHOWN:
        _ask(now, current, figure, Filters())


def database() -> Database:
    """Return the database of this process, built at the first call when need be.

    When another program has put a newer file in its place, that one is opened.
    """
    return _opened(str(bootstrap.database_path()))


@st.cache_resource(max_entries=2, validate=Database.is_in_place, show_spinner="Préparation de la base de données…")
def _opened(path: str) -> Database:
    return bootstrap.open_or_build()


def version() -> Version:
    """Return which data the figures of this run of the page show; asked once a run, so that all show the same."""
    known: Version = st.session_state[_NOW][1]
    return known


def look_up_version() -> None:
    """Ask which data there is now. Call it first in a run: what was put in meanwhile shows from this run on."""
    current = database()
    st.session_state[_NOW] = current, current.version()


def asker() -> Ask:
    """Return what asks the data of this run, later too and in another thread: a file is made when it is wanted."""
    current, version = st.session_state[_NOW]
    return partial(_ask, version, current)


def ask(figure: Figure, filters: Filters, subject: str = "", *, compared: bool = True) -> pd.DataFrame:
    """Return the rows behind a figure under a selection, as of the last thing that was put in.

    `compared` is whether a ranking is compared with the period before, which asks as much again.
    """
    return asker()(figure, filters, subject, compared=compared)


def choices() -> Choices:
    """Return what can be chosen in each filter."""
    current, version = st.session_state[_NOW]
    return _choices(version, current)


def scopes() -> dict[str, str]:
    """Return code → scope of the networks that have a meeting; empty before the first one is put in."""
    current, version = st.session_state[_NOW]
    return _scopes(version, current)


def national_networks() -> tuple[str, ...]:
    """Return the codes of the national networks that have a meeting: they are counted apart."""
    return tuple(code for code, scope in scopes().items() if scope == "national")


def years() -> tuple[int, int] | None:
    """Return the first and the last year of activity."""
    current, version = st.session_state[_NOW]
    return _years(version, current)


@st.cache_resource(show_spinner=False)
def outlines() -> tuple[Outline, ...]:
    """Return the shapes of the departments; shared by all, never changed."""
    return department_outlines()


def _ask(
    version: Version, database: Database, figure: Figure, filters: Filters, subject: str = "", *, compared: bool = True
) -> pd.DataFrame:
    today, filters = date.today(), figure.under(filters)  # one answer for all the selections that do not differ there
    answer = _long_answer if subject or figure.is_long else _answer
    return answer(
        repr((figure.name, filters, subject, compared, today, version)),
        partial(figure.ask, database, filters, subject, today=today, compared=compared),
    )


# Enough for a meeting's worth of selections, bounded for a server.
@st.cache_data(max_entries=384, show_spinner=False)
def _answer(asked: str, _ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return _ask()


# What is asked about one thing, or row by row, is asked less often and may be long.
@st.cache_data(max_entries=48, show_spinner=False)
def _long_answer(asked: str, _ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return _ask()


@st.cache_resource(max_entries=2, **_BY_VERSION)
def _choices(version: Version, _database: Database) -> dict[str, dict[str, str]]:
    return overview.choices(_database)


@st.cache_resource(max_entries=2, **_BY_VERSION)
def _scopes(version: Version, _database: Database) -> dict[str, str]:
    return overview.scopes(_database)


@st.cache_resource(max_entries=2, **_BY_VERSION)
def _years(version: Version, _database: Database) -> tuple[int, int] | None:
    return overview.years(_database)
