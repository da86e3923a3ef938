"""The calendar of the meetings: what its cells say, carry and leave empty."""

from __future__ import annotations

import pandas as pd
import pytest

from netstats.charts import Chart, meeting_calendar
from netstats.charts.palette import DARK, LIGHT, Palette
from netstats.period import Period

NO_BREAK = "\u00a0"


def months(*rows: tuple[int, int | None, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "month", "meetings"]).astype({"month": "Int64"})


FEW = months((2019, 12, 1), (2021, 5, 3), (2021, 6, 2))
SOME_UNKNOWN = months((2020, 3, 7), (2020, None, 2), (2022, None, 1))


def cells(chart: Chart) -> dict[str, str]:
    """Return what each cell that can be clicked carries → its number."""
    bars = chart.figure.data[0]
    return {period: text for (period,), text in zip(bars.customdata, bars.text, strict=True) if period}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_month_carries_its_period_and_shows_its_number(palette: Palette) -> None:
    chart = meeting_calendar(FEW, palette=palette)
    shown = cells(chart)
    assert shown == {"décembre 2019": "1", "mai 2021": "3", "juin 2021": "2", "2019": "1", "2020": "0", "2021": "5"}
    for period in shown:
        assert str(Period.parse(period)) == period, "the filter reads it and says it alike"


def test_every_year_between_is_there_and_empty_months_are_seen_and_mute() -> None:
    bars = meeting_calendar(FEW, palette=LIGHT).figure.data[0]
    empty = [rank for rank, (period,) in enumerate(bars.customdata) if not period]
    assert len(empty) == 3 * 12 - 3
    assert {bars.text[rank] for rank in empty} == {""}
    assert {bars.marker.line.color[rank] for rank in empty} == {LIGHT.grid}
    assert "<b>janvier 2020</b><br>aucune réunion tenue" in bars.hovertext


def test_a_date_known_to_the_year_has_a_column_of_its_own() -> None:
    chart = meeting_calendar(SOME_UNKNOWN, palette=LIGHT)
    bars = chart.figure.data[0]
    unknown = [rank for rank, text in enumerate(bars.hovertext) if "mois inconnu" in text]
    assert [(bars.customdata[rank][0], bars.text[rank]) for rank in unknown] == [("2022", "1"), ("", ""), ("2020", "2")]
    assert "?" in "".join(note.text for note in chart.figure.layout.annotations)
    assert "dont on ne connaît que l’année" in chart.reading
    totals = list(bars.text)[-3:]
    assert totals == ["1", "0", "9"], "the latest first"


def test_no_month_is_unknown_no_column_says_so() -> None:
    chart = meeting_calendar(FEW, palette=LIGHT)
    assert "mois inconnu" not in "".join(chart.figure.data[0].hovertext)
    assert "?" not in chart.reading


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FEW, f"mai 2021 est le mois le plus chargé, avec 3{NO_BREAK}réunions tenues."),
        (
            months((2019, 1, 2), (2020, 2, 2), (2020, 3, 1)),
            f"janvier 2019 et février 2020 sont les mois les plus chargés, avec 2{NO_BREAK}réunions tenues chacun.",
        ),
        (
            months(*((2019, month, 1) for month in range(1, 5))),
            f"1{NO_BREAK}réunion tenue au plus par mois, ce qui s’est vu 4 fois.",
        ),
        (months((2019, None, 4)), f"en 2019, 4{NO_BREAK}réunions tenues, sans que le mois soit connu."),
    ],
)
def test_the_reading_is_about_the_busiest_months(frame: pd.DataFrame, said: str) -> None:
    assert meeting_calendar(frame, palette=LIGHT).reading == f"Lecture{NO_BREAK}: {said}"


def test_the_alternative_text_says_every_year() -> None:
    alt = meeting_calendar(FEW, palette=LIGHT).alt
    assert f"2019, 1{NO_BREAK}réunion{NO_BREAK}; 2020, 0{NO_BREAK}réunion{NO_BREAK}; 2021, 5{NO_BREAK}réunions" in alt


@pytest.mark.parametrize("frame", [FEW.iloc[:0], FEW.drop(columns="month")])
def test_what_cannot_be_drawn_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"no rows|missing"):
        meeting_calendar(frame, palette=LIGHT)
