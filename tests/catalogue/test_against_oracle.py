"""Every figure, under many selections of a made-up activity, is what a second computation without SQL says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd
import pytest

from netstats import store
from netstats.catalogue import overview, quality
from netstats.catalogue.meetings import LAST_MEETING
from netstats.filters import Filters
from netstats.period import Period
from tests import activity
from tests.catalogue.oracle import Oracle, Row, plain
from tests.conftest import DATA, Generated

SELECTIONS = activity.selections(seed=1)
RULED = [
    figure for figure in overview.FIGURES.values() if figure not in quality.FIGURES
]  # by filters; see test_quality
TODAY = date(2023, 3, 15)  # within the made-up activity, so that a period can be unfinished


@pytest.fixture(scope="module")
def oracle(generated: Generated) -> Oracle:
    return Oracle(DATA / "reference", generated.frames, TODAY)


def rows_of(frame: pd.DataFrame) -> list[Row]:
    return [{str(column): plain(value) for column, value in row.items()} for row in frame.to_dict("records")]


def comparable(row: Row, columns: tuple[str, ...]) -> tuple[object, ...]:
    """The values that `columns` name; shares and coordinates to nine digits, themes in any order."""
    cells = []
    for column in columns:
        value = row[column]
        if isinstance(value, float):
            value = round(value, 9)
        if column in {"themes", "names", "territory_codes"} and isinstance(value, str):
            separator = " · " if column == "themes" else " ; "
            value = separator.join(sorted(value.split(separator)))
        cells.append(value)
    return tuple(cells)


def comparables(rows: list[Row], columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    return sorted((comparable(row, columns) for row in rows), key=repr)


@pytest.mark.parametrize("filters", SELECTIONS, ids=activity.name)
@pytest.mark.parametrize("figure", RULED, ids=lambda figure: figure.name)
def test_figure_is_what_the_definitions_say(
    generated: Generated, oracle: Oracle, figure: overview.Figure, filters: Filters
) -> None:
    """Each figure under each selection; about its subjects in turn, two a selection."""
    subjects = activity.SUBJECTS[figure.subject]
    turn = SELECTIONS.index(filters)
    agree(generated, oracle, figure, filters, {subjects[turn % len(subjects)], subjects[(turn + 1) % len(subjects)]})


@pytest.mark.long
@pytest.mark.parametrize("filters", SELECTIONS, ids=activity.name)
@pytest.mark.parametrize("figure", [figure for figure in RULED if figure.subject], ids=lambda figure: figure.name)
def test_figure_is_what_the_definitions_say_about_every_subject(
    generated: Generated, oracle: Oracle, figure: overview.Figure, filters: Filters
) -> None:
    agree(generated, oracle, figure, filters, set(activity.SUBJECTS[figure.subject]))


def agree(generated: Generated, oracle: Oracle, figure: overview.Figure, filters: Filters, subjects: set[str]) -> None:
    columns = tuple(figure.columns)
    for subject in subjects:
        answer = figure.ask(generated.database, filters, subject, today=TODAY)
        assert tuple(answer.columns) == columns
        expected = oracle.rows(figure, filters, subject)
        assert all(set(row) == set(columns) for row in expected), "the oracle speaks of other columns"
        assert comparables(rows_of(answer), columns) == comparables(expected, columns)


def newest_first(row: Row) -> tuple[bool, int]:
    day = pd.Timestamp(str(row["held_on"])).toordinal() if row["held_on"] else 0
    return day == 0, -day


ORDERS: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "indicateurs-par-an": lambda row: (row["year"],),
    "departements": lambda row: (-(row["share_covered"] or 0),),  # type: ignore[operator]
    "territoires": lambda row: (-row["attendances"],),  # type: ignore[operator]
    "reunions": newest_first,
    "presences": newest_first,
    "frise": lambda row: (row["held_on"] is None, str(row["held_on"]), row["code"], row["family_rank"] or 99),
    "activite": lambda row: (row["period_start"],),  # within a network, see the test
    "themes": lambda row: (-row["meetings"],),  # type: ignore[operator]
    "evolution-themes": lambda row: (row["family_rank"],),
    "evolution-familles": lambda row: (row["family_rank"], row["period_start"]),
    "evolution-familles-par-an": lambda row: (row["family_rank"], row["period_start"]),
    "tendances-themes": lambda row: (
        row["share_early"] is None,
        round((row["share_early"] or 0) - (row["share_late"] or 0), 9),  # type: ignore[operator]
    ),
    "themes-ensemble": lambda row: (-row["meetings"],),  # type: ignore[operator]
    "types-action": lambda row: (-row["actions"],),  # type: ignore[operator]
    "actions": newest_first,
    "publics-action": lambda row: (-row["actions"], row["code"]),  # type: ignore[operator]
    "themes-action": lambda row: (-row["actions"], row["code"]),  # type: ignore[operator]
    "departements-action": lambda row: (-row["actions"], row["code"]),  # type: ignore[operator]
    "calendrier": lambda row: (row["year"], row["month"] or 13),
    "recherche-reunions": newest_first,
}
"""The order in which each figure promises its rows."""


@pytest.mark.parametrize("filters", SELECTIONS[::3], ids=activity.name)
@pytest.mark.parametrize("name", ORDERS)
def test_rows_come_in_the_promised_order(generated: Generated, name: str, filters: Filters) -> None:
    rows = rows_of(overview.FIGURES[name].ask(generated.database, filters))
    groups = (
        [[row for row in rows if row["network"] == network] for network in {row["network"] for row in rows}]
        if name == "activite"
        else [rows]
    )
    for group in groups:
        keys = [ORDERS[name](row) for row in group]
        assert keys == sorted(keys)


@pytest.fixture(scope="module")
def shuffled(generated: Generated) -> Iterator[store.Database]:
    """The same activity, its rows put in in another order."""
    frames = {table: frame.sample(frac=1, random_state=5) for table, frame in generated.frames.items()}
    database = store.build(DATA / "reference", frames, path=None)
    yield database
    database.close()


@pytest.mark.parametrize("filters", SELECTIONS[:30:4], ids=activity.name)
@pytest.mark.parametrize("figure", RULED, ids=lambda figure: figure.name)
def test_answer_depends_on_the_rows_not_on_their_order(
    generated: Generated, shuffled: store.Database, figure: overview.Figure, filters: Filters
) -> None:
    subject = activity.SUBJECTS[figure.subject][0]
    pd.testing.assert_frame_equal(
        figure.ask(generated.database, filters, subject, today=TODAY),
        figure.ask(shuffled, filters, subject, today=TODAY),
    )


def test_themes_of_a_meeting_are_told_by_family(generated: Generated) -> None:
    rank = {name: activity.FAMILIES.index(family) for name, family in activity.THEMES.values()}
    told = overview.MEETINGS.ask(generated.database, Filters())["themes"].dropna().str.split(" · ")
    several = [names for names in told if len({rank[name] for name in names}) > 1]
    assert several
    for names in several:
        assert [rank[name] for name in names] == sorted(rank[name] for name in names)


class TestTheActivityIsWorthAsking:
    """Each case that a filter can get wrong is there, and makes a difference: otherwise agreement proves little."""

    def test_most_selections_answer_something_and_some_nothing(self, oracle: Oracle) -> None:
        counts = [len(oracle.counted(filters)) for filters in SELECTIONS]
        assert sum(count == 0 for count in counts) >= 6
        assert sum(count >= 3 for count in counts) >= len(counts) * 0.55

    def test_each_dimension_is_asked_alone_and_with_each_other_one(self) -> None:
        asked = {frozenset(key for key, value in vars(filters).items() if value) for filters in SELECTIONS}
        dimensions = list(vars(Filters()))
        assert {frozenset((one, other)) for one in dimensions for other in dimensions} <= asked

    def test_unheld_meetings_have_themes_attendance_and_actions(self, oracle: Oracle) -> None:
        unheld = [meeting for meeting in oracle.meetings.values() if not meeting.is_held]
        assert any(meeting.themes for meeting in unheld)
        assert any(meeting.bodies for meeting in unheld)
        assert any(not oracle.meetings[str(action["meeting_code"])].is_held for action in oracle.actions)

    def test_every_kind_of_body_came_and_many_overlap(self, oracle: Oracle) -> None:
        came = {body for _, body in oracle.attendances(Filters())}
        assert {oracle.bodies[body]["kind"] for body in came} == set(activity.KINDS)
        once = oracle.indicators(Filters())[0]["population_covered"]
        assert sum(int(str(oracle.bodies[body]["population"])) for body in came) > 1.1 * int(str(once))

    def test_every_straddling_body_came(self, oracle: Oracle) -> None:
        came = {body for _, body in oracle.attendances(Filters(networks=tuple(activity.NETWORKS)))}
        assert {"243500741", "244400610", "247600588", "200054781", "cispd-lys", "cispd-loire"} <= came

    def test_place_of_a_meeting_and_place_of_who_came_differ(self, oracle: Oracle) -> None:
        filters = Filters(regions=("32",))
        counted = oracle.counted(filters)
        assert any(not oracle.present(meeting, filters) for meeting in counted)
        assert any(meeting.network != "hauts-de-france" for meeting in counted)

    def test_themes_and_places_of_an_action_are_not_those_of_its_meeting(self, oracle: Oracle) -> None:
        filters = Filters(themes=("covid",))
        told_at = {meeting.code for _, meeting in oracle.counted_actions(filters)}
        assert told_at - {meeting.code for meeting in oracle.counted(filters)}
        unlocated = [
            action for action, _ in oracle.counted_actions(Filters(regions=("32",))) if not action["territory_code"]
        ]
        assert unlocated

    @pytest.mark.parametrize("precision", ["month", "year"])
    def test_a_date_that_may_lie_outside_the_period_is_left_out(self, oracle: Oracle, precision: str) -> None:
        meetings = [m for m in oracle.meetings.values() if m.row["date_precision"] == precision]
        assert meetings
        for meeting in meetings:
            assert meeting.held_on
            assert not meeting.surely_began(meeting.held_on, meeting.held_on)

    def test_every_grain_of_the_activity_is_asked(self, oracle: Oracle) -> None:
        labels = {str(row["period_label"])[:1] for filters in SELECTIONS for row in oracle.activity(filters)}
        assert labels == {"T", "S", "2"}

    def test_years_without_anything_lie_between_others(self, oracle: Oracle) -> None:
        yearly = [oracle.yearly_indicators(filters) for filters in SELECTIONS]
        assert any(row["meetings"] == 0 and row["actions"] == 0 for rows in yearly for row in rows)

    def test_unknown_dates_count_only_without_a_period(self, oracle: Oracle) -> None:
        assert int(str(oracle.indicators(Filters())[0]["undated_meetings"])) > 5
        whole = Filters(period=Period.parse("1950 à 2100"))
        assert oracle.indicators(whole)[0]["undated_meetings"] == 0


@pytest.mark.parametrize(
    ("dated", "last"),
    [
        ({"2030-11-27": "day", "2030-01-01": "year", "2030-11-01": "month"}, "2030-11-27"),
        ({"2030-11-27": "day", "2030-12-01": "month", "2030-01-01": "year"}, "2030-12-01"),
        ({"2030-11-27": "day", "2031-01-01": "year"}, "2031-01-01"),
    ],
)
def test_the_last_meeting_is_the_one_best_known_of_its_year(
    generated: Generated, dated: dict[str, str], last: str
) -> None:
    meetings = generated.frames["meeting"].copy()
    regional = meetings[(meetings["status"] == "held") & (meetings["network_code"] != "national")]
    meetings["held_on"] = meetings["held_on"].astype("object")
    for row, (day, precision) in zip(regional.index, dated.items(), strict=False):
        meetings.at[row, "held_on"] = date.fromisoformat(day)
        meetings.at[row, "date_precision"], meetings.at[row, "held_until"] = precision, None
    frames = {**generated.frames, "meeting": meetings}
    database = store.build(DATA / "reference", frames, path=None)
    found = LAST_MEETING.ask(database, Filters())
    database.close()
    assert [str(pd.Timestamp(day).date()) for day in found["held_on"]] == [last]
