"""Two selections side by side: each number is that of its selection, counted here a second time."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from netstats.catalogue import overview, themes
from netstats.charts import evolution_bars, palette
from netstats.filters import Filters, within
from netstats.period import Period
from netstats.share import side_by_side
from netstats.share.bodies import ENOUGH_FOR_SHARES, Pairs, Rows
from netstats.share.selection import Selection, asked_of
from netstats.share.slides import slides
from netstats.store import Database
from netstats.wording import NO_BREAK, percent
from tests.catalogue.oracle import Oracle
from tests.conftest import DATA, Generated

TODAY = date(2026, 11, 23)
NORTH, PARIS = Filters(networks=("hauts-de-france",)), Filters(networks=("ile-de-france",))
COUPLES = [
    (NORTH, PARIS),
    (NORTH, Filters()),
    (Filters(departments=("59",)), Filters(departments=("60",))),
    (Filters(period=Period.parse("2020")), Filters(period=Period.parse("2019"))),
    (Filters(regions=("32",), themes=("stupefiants",)), Filters(regions=("11",))),
    (NORTH, Filters(period=Period.parse("1990"))),
]


def both(database: Database, first: Filters, second: Filters) -> tuple[Selection, Selection]:
    choices = overview.choices(database)
    one = Selection(asked_of(database, today=TODAY), first, choices, database.version(), TODAY, second)
    assert one.beside
    return one, one.beside


@pytest.mark.parametrize(("first", "second"), COUPLES)
def test_pairs_are_those_of_a_second_count(generated: Generated, first: Filters, second: Filters) -> None:
    oracle = Oracle(DATA / "reference", generated.frames, TODAY)
    counts, totals = [], []
    for filters in (first, second):
        themed = [set(meeting.themes) for meeting in oracle.counted(filters) if meeting.themes]
        counts.append(Counter(theme for named in themed for theme in named))
        totals.append(len(themed))
    pairs = side_by_side.pairs(overview.THEMES, *both(generated.database, first, second))
    assert set(pairs["code"]) == set(counts[0]) | set(counts[1])
    for row in pairs.to_dict("records"):
        for side in (1, 2):
            count, total = counts[side - 1][row["code"]], totals[side - 1]
            assert (row[f"count_{side}"], row[f"total_{side}"]) == (count, total)
            assert row[f"share_{side}"] == pytest.approx(count / total) if total else pd.isna(row[f"share_{side}"])
    highest = pairs[["share_1", "share_2"]].max(axis=1)
    assert highest.is_monotonic_decreasing


@pytest.mark.parametrize(("first", "second"), COUPLES)
def test_types_of_action_are_shares_of_all_the_actions(generated: Generated, first: Filters, second: Filters) -> None:
    pairs = side_by_side.pairs(overview.ACTION_TYPES, *both(generated.database, first, second))
    for side, filters in ((1, first), (2, second)):
        asked = overview.ACTION_TYPES.ask(generated.database, filters, today=TODAY)
        assert pairs[f"count_{side}"].sum() == asked["actions"].sum()
        assert set(pairs.loc[pairs[f"count_{side}"] > 0, "code"]) == set(asked["code"])
        assert set(pairs[f"total_{side}"]) <= {asked["actions"].sum()}


def test_key_figures_are_those_of_each(generated: Generated) -> None:
    one, other = both(generated.database, NORTH, PARIS)
    for side, filters in enumerate((NORTH, PARIS)):
        row = overview.INDICATORS.ask(generated.database, filters, today=TODAY).iloc[0]
        written = [measure.of(row, filters).value for measure in overview.MEASURES]
        assert [couple[side].value for couple in side_by_side.key_figures(one, other)] == written


def test_a_selection_beside_itself_is_none(real_database: Database) -> None:
    choices = overview.choices(real_database)
    here = Filters(departments=("59", "60"))
    for face in (None, here, Filters(departments=("60", "59"))):
        chosen = Selection(asked_of(real_database, today=TODAY), here, choices, real_database.version(), TODAY, face)
        assert chosen.beside is None
        assert not [slide for slide in slides(chosen, ()) if slide.kind.startswith("face-")]


def test_the_slides_say_both_and_what_lies_farthest_apart(real_database: Database) -> None:
    first, second = both(real_database, NORTH, PARIS)
    made = {slide.kind: slide for slide in slides(first, ())}
    figures, ranked = made["face-chiffres"], made["face-themes"]
    assert isinstance(figures.body, Rows)
    assert figures.body.header == ("", "Réseau Hauts-de-France", "Réseau Île-de-France")
    assert [row[0] for row in figures.body.rows] == [measure.label for measure in overview.MEASURES]
    assert figures.title.replace(NO_BREAK, " ").startswith("Réseau Hauts-de-France : 5 réunions, 23 territoires ;")
    assert isinstance(ranked.body, Pairs)
    # 5 and 1 meetings: a share would say less than their number
    title = "« Espaces publics » : 1 réunion sur 5 (Réseau Hauts-de-France), 1 réunion sur 1 (Réseau Île-de-France)"
    assert ranked.title.replace(NO_BREAK, " ") == title
    for slide in (figures, ranked):
        assert f"Champ : {NORTH.sentence(first.choices)} ; face à : {within(second.sentence)}." in slide.foot.replace(
            NO_BREAK, " "
        )
    assert "face à" not in made["themes"].foot
    assert "face-actions" not in made  # the second tells none: no share of it is known


def test_enough_meetings_are_compared_as_shares(generated: Generated) -> None:
    first, _ = both(generated.database, Filters(), Filters(period=Period.parse("depuis 2019")))
    (slide,) = (one for one in slides(first, (), ["face-themes"]))
    assert isinstance(slide.body, Pairs)
    row = slide.body.frame.iloc[int((slide.body.frame["share_1"] - slide.body.frame["share_2"]).abs().argmax())]
    assert min(row["total_1"], row["total_2"]) >= ENOUGH_FOR_SHARES
    assert f"{percent(row['share_1'])} des réunions".replace(NO_BREAK, " ") in slide.title.replace(NO_BREAK, " ")


def test_the_chart_and_the_native_one_have_the_same_values(real_database: Database) -> None:
    body = side_by_side.ranking(overview.THEMES, *both(real_database, NORTH, PARIS))
    assert body
    chart, plot = body.chart(palette("light")), body.plot(palette("light"))
    drawn = [list(trace.x) for trace in chart.figure.data[:2]]
    assert drawn == [list(series.values) for series in plot.series]
    assert [entry.label for entry in chart.key] == [series.name for series in plot.series] == list(body.names)
    assert "Réseau Hauts-de-France puis Réseau Île-de-France" in chart.alt
    assert [code for (code,) in chart.figure.data[2].customdata] == list(body.frame["code"].head(7))


def test_an_unknown_share_is_not_nil(real_database: Database) -> None:
    body = side_by_side.ranking(overview.ACTION_TYPES, *both(real_database, NORTH, PARIS))
    assert body
    assert body.frame["total_2"].eq(0).all()
    assert all("–" in text for text in body.chart(palette("light")).figure.data[1].text)
    assert set(body.plot(palette("light")).series[1].values) == {None}


def test_a_year_that_one_alone_has_is_unknown_on_the_other_side(generated: Generated) -> None:
    figure = themes.FAMILY_YEARS
    frames = [one.rows(figure).assign(label="x") for one in both(generated.database, NORTH, Filters())]
    years = pd.concat(frames)
    whole = side_by_side.over_years(frames[0], years)
    assert set(whole["period_start"]) == set(years["period_start"])
    sums = [rows.groupby("code")["meetings"].sum() for rows in (whole, frames[0])]
    assert sums[0].to_dict() == sums[1].reindex(sums[0].index, fill_value=0).to_dict()
    added = whole[~whole["period_start"].isin(frames[0]["period_start"])]
    assert added["themed_meetings"].eq(0).all()
    assert added["share"].isna().all()


def test_both_sides_have_the_same_families_in_the_same_order(real_database: Database) -> None:
    figure = themes.FAMILY_YEARS
    frames = [one.rows(figure).assign(label=lambda rows: rows["name"]) for one in both(real_database, NORTH, PARIS)]
    assert set(frames[0]["code"]) != set(frames[1]["code"])
    sides = [side_by_side.over_years(rows, pd.concat(frames)) for rows in frames]
    drawn = [evolution_bars(rows, palette=palette("light"), title="x", as_given=True) for rows in sides]
    first, second = ([code for (code,) in chart.figure.data[1].customdata] for chart in drawn)
    assert first == second
    assert set(first) == set(pd.concat(frames)["code"])
    absent = sides[1][~sides[1]["code"].isin(frames[1]["code"]) & sides[1]["themed_meetings"].gt(0)]
    assert len(absent)
    assert absent["share"].eq(0).all()  # known not to be met, not unknown
