"""HTML from the templates beside this module: what is put into them is text, unless it is HTML they made themselves."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from netstats import wording


def _finalize(value: object) -> object:
    return wording.unturned(value) if type(value) is str else value  # Markup is made of what came by here


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_finalize,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_TEMPLATES.filters.update(
    number=wording.number, percent=wording.percent, counted=wording.counted, typeset=wording.typeset
)


def render(name: str, **values: object) -> Markup:
    """Return the HTML of `templates/<name>.html`.

    Every value is escaped where it is put, except what `render` returned itself: one template may stand in another.

    Examples
    --------
    >>> render("link", href="theme?fiche=x", text="Sécurité & rue", opens_beside=False, spoken="")
    Markup('<a href="theme?fiche=x" target="_self">Sécurité &amp; rue</a>')
    """
    return Markup(_TEMPLATES.get_template(f"{name}.html").render(values).strip())  # noqa: S704  # escaped as it was made


def show(name: str, **values: object) -> None:
    """Draw what `render` returns."""
    st.html(render(name, **values))
