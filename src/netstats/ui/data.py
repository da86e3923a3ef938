"""Answers for the pages, cached by selection and by version of the data."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats.filters import Choices, Filters
from netstats.intake import founding
from netstats.queries import catalogue
from netstats.reference.geography import Outline, department_outlines
from netstats.store import Database, Version

_MOST_ANSWERS = 512  # a few KB each: enough for a meeting's worth of selections, bounded for a server


@st.cache_resource(show_spinner="Préparation de la base de données…")
def database() -> Database:
    """Return the database of this process, built at the first call when need be."""
    return founding.open_or_build()


def version() -> Version:
    """Return which data the figures show."""
    return database().version()


def ask(figure: catalogue.Figure, filters: Filters) -> pd.DataFrame:
    """Return the rows behind a figure under a selection, as of the last thing that was put in."""
    return _answer(figure.name, filters, version().batch)


def choices() -> Choices:
    """Return what can be chosen in each filter."""
    return _choices(version().batch)


def years() -> tuple[int, int] | None:
    """Return the first and the last year of activity."""
    return _years(version().batch)


@st.cache_resource(show_spinner=False)
def outlines() -> tuple[Outline, ...]:
    """Return the shapes of the departments; shared by all, never changed."""
    return department_outlines()


@st.cache_data(max_entries=_MOST_ANSWERS, show_spinner=False, hash_funcs={Filters: repr})
def _answer(figure_name: str, filters: Filters, batch: int) -> pd.DataFrame:  # batch keys the cache
    return catalogue.FIGURES[figure_name].ask(database(), filters)


@st.cache_data(max_entries=2, show_spinner=False)
def _choices(batch: int) -> dict[str, dict[str, str]]:  # batch keys the cache
    return catalogue.choices(database())


@st.cache_data(max_entries=2, show_spinner=False)
def _years(batch: int) -> tuple[int, int] | None:  # batch keys the cache
    return catalogue.years(database())
