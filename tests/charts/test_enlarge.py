"""A chart for the back of a room: what counts pixels grows, what counts values stays."""

from __future__ import annotations

import pandas as pd

from netstats.charts import enlarged, palette, ranked_bars


def test_lengths_and_texts_grow_and_values_stay() -> None:
    frame = pd.DataFrame({"code": ["a", "b"], "label": ["A", "B"], "value": [3, 1]})
    chart = ranked_bars(frame, palette=palette("light"), title="T", unit=("réunion", "réunions"))
    large = enlarged(chart, 2, text=3)
    before, after = chart.figure, large.figure
    assert after.layout.height == 2 * before.layout.height
    assert after.layout.font.size == 3 * before.layout.font.size
    assert after.layout.margin.r == 3 * before.layout.margin.r
    assert after.data[0].textfont.size == 3 * before.data[0].textfont.size
    assert list(after.data[0].x) == list(before.data[0].x)
    assert after.data[0].width == before.data[0].width
    assert after.layout.yaxis.range == before.layout.yaxis.range
    assert (large.alt, large.reading, large.key) == (chart.alt, chart.reading, chart.key)
    assert before.layout.font.size != after.layout.font.size  # the chart of the page is as it was
