"""The key of a chart, and the small bars beside a figure: each year at its place, in words too."""

import re

from netstats import wording
from netstats.charts import KeyEntry, palette
from netstats.ui.base.signs import key_of, year_bars


def heights(html: str) -> list[int]:
    return [int(found) for found in re.findall(r"height:(\d+)px;b", html)]


def test_each_year_has_a_bar_as_high_as_its_value_and_is_said() -> None:
    html = year_bars([2019, 2020, 2021], [1, 2, 0], palette("light"))
    assert heights(html) == [15, 30, 1]
    assert 'aria-label="Par année : 2019\u00a0: 1; 2020\u00a0: 2; 2021\u00a0: 0"' in html
    assert "<span>2019</span><span>2021</span>" in html


def test_an_unknown_year_keeps_its_place_and_is_not_zero() -> None:
    html = year_bars([2019, 2020, 2021], [0.5, float("nan"), 0.25], palette("dark"), write=wording.percent)
    assert heights(html) == [30, 3, 15]
    assert "2020\u00a0: inconnu" in html
    assert "2019\u00a0: 50\u202f%" in html
    assert html.count("<i ") == 3


def test_nothing_but_zeros_is_a_flat_line() -> None:
    assert heights(year_bars([2019, 2020], [0, 0], palette("light"))) == [1, 1]


def test_the_key_is_escaped_html() -> None:
    html = key_of([KeyEntry("Drogues <b> & co", "#123456", "hollow")], palette("light"))
    assert "Drogues &lt;b&gt; &amp; co" in html
    assert "background:transparent" in html
    assert "border:2px solid #123456" in html
    assert key_of([], palette("light")) == ""
