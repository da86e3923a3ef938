from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from netstats.charts.ticks import french_time_ticks


def test_days_name_the_year_where_it_changes() -> None:
    places, texts = french_time_ticks(date(2019, 12, 30), date(2020, 1, 2))
    assert places == [date(2019, 12, 30), date(2019, 12, 31), date(2020, 1, 1), date(2020, 1, 2)]
    assert texts == ["30\u00a0déc.<br>2019", "31\u00a0déc.", "1er\u00a0janv.<br>2020", "2\u00a0janv."]


def test_weeks_are_mondays() -> None:
    places, _ = french_time_ticks(date(2021, 5, 4), date(2021, 6, 4))
    assert [place.weekday() for place in places] == [0] * len(places)
    assert {(b - a).days for a, b in pairwise(places)} == {7}


def test_quarters() -> None:
    places, texts = french_time_ticks(date(2020, 2, 10), date(2021, 3, 1))
    assert places == [date(2020, 4, 1), date(2020, 7, 1), date(2020, 10, 1), date(2021, 1, 1)]
    assert texts == ["avr.<br>2020", "juil.", "oct.", "janv.<br>2021"]


def test_years_and_decades() -> None:
    assert french_time_ticks(date(2018, 1, 1), date(2023, 5, 1))[1] == ["2018", "2019", "2020", "2021", "2022", "2023"]
    assert french_time_ticks(date(1987, 1, 1), date(2026, 5, 1))[1] == ["1990", "2000", "2010", "2020"]


@pytest.mark.parametrize("most", [3, 6])
def test_any_span_has_few_ticks_inside_it(most: int) -> None:
    start = date(2011, 3, 17)
    for days in range(0, 20_000, 13):
        end = start + timedelta(days=days)
        places, texts = french_time_ticks(start, end, most)
        assert len(places) == len(texts) <= most
        assert all(start <= place <= end for place in places)
        assert places == sorted(set(places))
        assert places, f"no tick at all over {days} days"


def test_an_axis_goes_forward() -> None:
    with pytest.raises(ValueError, match="ends before"):
        french_time_ticks(date(2020, 1, 2), date(2020, 1, 1))
