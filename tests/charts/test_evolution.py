from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from netstats.charts import Chart, KeyEntry, evolution_bars, theme_shifts
from netstats.charts.palette import LIGHT

NO_BREAK = "\u00a0"
THIN = "\u202f"


def periods() -> pd.DataFrame:
    starts = pd.to_datetime(["2020-01-01", "2020-04-01", "2020-07-01"])
    labels = ["T1 2020", "T2 2020", "T3 2020"]
    themed = [4, 0, 2]
    frame = pd.DataFrame(
        [
            (code, label, rank, family, start, period, count, known)
            for code, label, rank, family, counts in (
                ("stup", "Stupéfiants", 3, "Drogues", (1, 0, 2)),
                ("covid", "Covid-19", 4, "Covid", (3, 0, 1)),
                ("nuit", "Vie nocturne", 6, "Espaces", (0, 0, 1)),
            )
            for start, period, count, known in zip(starts, labels, counts, themed, strict=True)
        ],
        columns=[
            "code",
            "label",
            "family_rank",
            "family",
            "period_start",
            "period_label",
            "meetings",
            "themed_meetings",
        ],
    )
    return frame.assign(share=frame["meetings"] / frame["themed_meetings"].where(frame["themed_meetings"] > 0))


def trends() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "code": ["rixes", "covid"],
            "label": ["Rixes <b>", "Covid-19"],
            "family_rank": [7, 4],
            "family": ["Jeunesse", "Covid-19"],
            "early_meetings": [2, 10],
            "late_meetings": [12, 1],
            "early_total": 20,
            "late_total": 21,
            "trend": ["en hausse", "en baisse"],
        }
    )
    return frame.assign(
        share_early=frame["early_meetings"] / frame["early_total"], share_late=frame["late_meetings"] / 21
    )


def drawn(frame: pd.DataFrame, **options: Any) -> Chart:
    return evolution_bars(frame, palette=LIGHT, title="Thèmes dans le temps", **options)


def shifts(frame: pd.DataFrame) -> Chart:
    return theme_shifts(frame, palette=LIGHT, since="mars 2021")


class TestEvolution:
    def test_every_row_has_the_same_scale_and_the_most_frequent_comes_first(self) -> None:
        bars, cells = drawn(periods(), measure="count").figure.data
        assert [code for (code,) in cells.customdata] == ["covid"] * 3 + ["stup"] * 3 + ["nuit"] * 3
        heights = [-height for height in bars.y]
        assert heights[0] == pytest.approx(3 * heights[2])  # three meetings, one meeting
        assert heights[5] == pytest.approx(2 * heights[2])  # of another row
        assert heights[1] == 0

    def test_bars_of_shares_say_their_share_and_an_unknown_one_is_not_nil(self) -> None:
        bars = drawn(periods()).figure.data[0]
        assert list(bars.text[:3]) == [f"75{THIN}%", "–", f"50{THIN}%"]
        assert list(bars.text[6:]) == ["", "–", f"50{THIN}%"]  # nil, unknown

    def test_hover_says_of_how_many(self) -> None:
        hover = drawn(periods()).figure.data[1].hovertext
        assert f"3 sur 4{NO_BREAK}réunions aux thèmes connus (75{THIN}%)" in hover[0]
        assert "aucune réunion dont les thèmes sont connus" in hover[1]

    def test_of_many_periods_only_the_highest_is_labelled(self) -> None:
        starts = pd.date_range("2012-01-01", periods=14, freq="YS")
        frame = pd.DataFrame(
            {
                "code": "a",
                "label": "A",
                "family_rank": 1,
                "period_start": starts,
                "period_label": [str(start.year) for start in starts],
                "meetings": range(14),
                "themed_meetings": 20,
                "share": [count / 20 for count in range(14)],
            }
        )
        texts = list(drawn(frame, measure="count").figure.data[0].text)
        assert texts == [""] * 13 + ["13"]

    def test_what_is_not_drawn_is_said(self) -> None:
        chart = drawn(periods(), most=1)
        assert {code for (code,) in chart.figure.data[1].customdata} == {"covid"}
        assert "2 autres sont dans les données" in chart.reading

    def test_words(self) -> None:
        chart = drawn(periods(), measure="count")
        assert f"Covid-19, 4{NO_BREAK}réunions" in chart.alt
        assert "au 1er trimestre 2020, « Covid-19 » a été abordé dans 3 réunions sur 4" in chart.reading.replace(
            NO_BREAK, " "
        )
        assert [entry.label for entry in chart.key] == ["Drogues", "Covid", "Espaces"]

    def test_an_empty_frame_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no rows"):
            drawn(periods().iloc[:0])

    def test_the_frame_is_left_as_it_was(self) -> None:
        frame = periods()
        drawn(frame)
        pd.testing.assert_frame_equal(frame, periods())


class TestShifts:
    def test_both_shares_are_drawn_and_both_counts_written(self) -> None:
        chart = shifts(trends())
        lines, early, late, cells = chart.figure.data
        assert list(early.x) == [0.1, 0.5]
        assert list(late.x) == pytest.approx([12 / 21, 1 / 21])
        assert list(lines.x) == pytest.approx([0.1, 12 / 21, None, 0.5, 1 / 21, None])
        assert list(late.textposition) == ["middle right", "middle left"]
        assert [code for (code,) in cells.customdata] == ["rixes", "covid"]
        names = [note.text for note in chart.figure.layout.annotations]
        assert "2/20 → 12/21" in names[0]

    def test_words(self) -> None:
        chart = shifts(trends())
        assert "« Rixes <b> » était abordé à 2 sur 20 réunions (10 %) avant mars 2021" in chart.reading.replace(
            NO_BREAK, " "
        ).replace(THIN, " ")
        assert "en baisse" in chart.alt
        assert chart.key[0] == KeyEntry("avant mars 2021", LIGHT.muted, "hollow")
        assert chart.key[2:] == (
            KeyEntry("Covid-19", LIGHT.families[3], "triangle"),
            KeyEntry("Jeunesse", LIGHT.families[6], "cross"),
        )
        names = [note.text for note in chart.figure.layout.annotations]
        assert ["✚" in name for name in names] == [True, False]
        assert ["▲" in name for name in names] == [False, True]

    def test_a_name_that_means_harm_is_text(self) -> None:
        assert "Rixes <b>" not in shifts(trends()).figure.to_json()

    def test_an_empty_frame_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no rows"):
            shifts(trends().iloc[:0])
