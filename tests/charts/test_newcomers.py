"""The columns of who came for the first time and who came again."""

import pandas as pd
import pytest

from netstats.charts import newcomers_bars, palette

NO_BREAK = "\u00a0"
ROWS = pd.DataFrame(
    {
        "period_start": pd.to_datetime(["2020-01-01", "2020-04-01", "2020-07-01"]),
        "period_label": ["T1 2020", "T2 2020", "T3 2020"],
        "newcomers": [2, 0, 1],
        "returning": [0, 0, 4],
    }
)


def test_the_new_stand_under_those_who_had_come_before() -> None:
    chart = newcomers_bars(ROWS, palette=palette("light"))
    new, again, over = chart.figure.data
    assert (list(new.y), list(again.y)) == ([2, 0, 1], [0, 0, 4])
    assert chart.figure.layout.barmode == "stack"
    assert (list(over.y), over.base) == ([5, 5, 5], 0), "hover and clicks at any height, from the ground"
    assert [list(carried) for carried in over.customdata] == [["T1 2020"], ["T2 2020"], ["T3 2020"]]
    assert [entry.label for entry in chart.key] == ["Nouveaux territoires", "Territoires déjà venus"]


def test_words() -> None:
    chart = newcomers_bars(ROWS, palette=palette("dark"))
    assert chart.reading.replace(NO_BREAK, " ") == (
        "Lecture : au 1er trimestre 2020, 2 territoires sont venus pour la première fois."
    )
    assert "T3 2020, 1 nouveau et 4 déjà venus" in chart.alt.replace(NO_BREAK, " ")
    assert "T2 2020" not in chart.alt, "nobody came"


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        newcomers_bars(ROWS.head(0), palette=palette("light"))
