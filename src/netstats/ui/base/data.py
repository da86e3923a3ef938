"""Answers for the pages, cached by selection and by version of the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from netstats.catalogue import overview
from netstats.catalogue.figure import Figure
from netstats.filters import Choices, Filters
from netstats.intake import bootstrap
from netstats.reference.geography import Outline, department_outlines
from netstats.store import Database, Version

_NOW = "base_et_version"
_MOST_ANSWERS = 384  # enough for a meeting's worth of selections, bounded for a server
# What is asked about one thing, or row by row, is asked less often and may be long.
_MOST_LONG_ANSWERS = 48


@dataclass(frozen=True)
class _Question:
    """What is asked of a figure: its words key the caches."""

    figure: str
    filters: Filters
    subject: str
    compared: bool
    today: date

    def rows(self, database: Database) -> pd.DataFrame:
        figure = overview.FIGURES[self.figure]
        return figure.ask(database, self.filters, self.subject, today=self.today, compared=self.compared)


def prepare() -> None:
    """Open the database and answer what the first page asks, so that the first visitor finds it done."""
    current = database()
    now = current.version()
    _choices(now, current)
    _years(now, current)
    outlines()
    for figure in overview.FIRST_SHOWN:
        _rows(_Question(figure.name, Filters(), "", True, date.today()), now, current)


def database() -> Database:
    """Return the database of this process, built at the first call when need be.

    When another program has put a newer file in its place, that one is opened.
    """
    return _opened(_identity())


def _identity() -> tuple[str, int]:
    path = bootstrap.database_path()
    try:
        return str(path), path.stat().st_ino  # the same file whatever is written into it
    except OSError:
        return str(path), 0


@st.cache_resource(max_entries=2, show_spinner="Préparation de la base de données…")
def _opened(identity: tuple[str, int]) -> Database:  # identity keys the cache
    return bootstrap.open_or_build()


def version() -> Version:
    """Return which data the figures of this run of the page show; asked once a run, so that all show the same."""
    known: Version = st.session_state[_NOW][1]
    return known


def look_up_version() -> None:
    """Ask which data there is now. Call it first in a run: what was put in meanwhile shows from this run on."""
    current = database()
    st.session_state[_NOW] = current, current.version()


def ask(figure: Figure, filters: Filters, subject: str = "", *, compared: bool = True) -> pd.DataFrame:
    """Return the rows behind a figure under a selection, as of the last thing that was put in.

    `compared` is whether a ranking is compared with the period before, which asks as much again.
    """
    current, version = st.session_state[_NOW]
    return _rows(_Question(figure.name, filters, subject, compared, date.today()), version, current)


def _rows(question: _Question, version: Version, current: Database) -> pd.DataFrame:
    is_long = bool(question.subject) or overview.FIGURES[question.figure].is_long
    return (_long_answer if is_long else _answer)(question, version, current)


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
_BY_VERSION: dict[str, Any] = {"show_spinner": False, "hash_funcs": {_Question: repr, Version: repr}}


@st.cache_data(max_entries=_MOST_ANSWERS, **_BY_VERSION)
def _answer(question: _Question, version: Version, _database: Database) -> pd.DataFrame:
    return question.rows(_database)


@st.cache_data(max_entries=_MOST_LONG_ANSWERS, **_BY_VERSION)
def _long_answer(question: _Question, version: Version, _database: Database) -> pd.DataFrame:
    return question.rows(_database)


@st.cache_resource(max_entries=2, **_BY_VERSION)
def _choices(version: Version, _database: Database) -> dict[str, dict[str, str]]:
    return overview.choices(_database)


@st.cache_resource(max_entries=2, **_BY_VERSION)
def _years(version: Version, _database: Database) -> tuple[int, int] | None:
    return overview.years(_database)
