"""HTML made from templates: what is put into it is text."""

from __future__ import annotations

import doctest

import pytest
from jinja2 import UndefinedError

from netstats.ui.base import html


def test_what_is_put_into_a_template_is_text() -> None:
    made = html.render("link", href='x"y', text="<b>&", opens_beside=True, spoken="<i>")
    assert made == (
        '<a href="x&#34;y" target="_blank" rel="noopener noreferrer" aria-label="&lt;i&gt;">&lt;b&gt;&amp;</a>'
    )


def test_html_of_a_template_stays_html_in_another() -> None:
    inner = html.render("link", href="x", text="y", opens_beside=False, spoken="")
    assert "<a href" in html.render("link", href="z", text=inner, opens_beside=False, spoken="")[5:]


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        html.render("link", href="x")


def test_the_example_of_its_page_is_true() -> None:
    assert doctest.testmod(html).failed == 0
