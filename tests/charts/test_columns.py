"""One count over time: columns from zero, with their numbers where there is room."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from netstats.charts import period_columns
from netstats.charts.palette import LIGHT
from netstats.wording import NO_BREAK


def frame(*values: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period_start": [date(2000 + rank, 1, 1) for rank in range(len(values))],
            "period_label": [str(2000 + rank) for rank in range(len(values))],
            "value": values,
        }
    )


def drawn(*values: int):  # type: ignore[no-untyped-def]
    return period_columns(frame(*values), palette=LIGHT, title="Actions dans le temps", unit=("action", "actions"))


def test_each_period_has_its_column_from_zero_and_its_number() -> None:
    chart = drawn(3, 0, 12)
    columns, clickable = chart.figure.data
    assert list(columns.y) == [3, 0, 12]
    assert columns.base is None
    assert list(columns.text) == ["3", "", "12"]
    assert [carried[0] for carried in clickable.customdata] == ["2000", "2001", "2002"]
    assert chart.reading.endswith(f"en 2002, 12{NO_BREAK}actions, le maximum.")
    assert f"2001, 0{NO_BREAK}action" in chart.alt


def test_one_period_is_a_column_not_a_wall() -> None:
    chart = drawn(13)
    first, last = chart.figure.layout.xaxis.range
    assert last - first > 3
    assert "maximum" not in chart.reading


def test_many_periods_leave_the_numbers_to_the_hover() -> None:
    chart = drawn(*range(40))
    assert set(chart.figure.data[0].text) == {""}
    assert "39" in chart.figure.data[1].hovertext[39]


def test_nothing_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="no rows"):
        drawn()
