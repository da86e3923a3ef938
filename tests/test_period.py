"""A period is read as people write it, said as they would say it, and read again the same."""

from __future__ import annotations

import calendar
import random
from datetime import date, timedelta

import pytest

from netstats.errors import NetstatsError
from netstats.period import Period, presets


def made_up_periods(count: int) -> list[Period]:
    """Periods of all shapes: whole years, half-years, quarters, months, days, and open on either side."""
    chance = random.Random(7)  # noqa: S311
    periods = []
    for _ in range(count):
        since = date(chance.randint(1950, 2095), chance.randint(1, 12), chance.choice((1, 1, chance.randint(1, 28))))
        if since.day == 1 and chance.random() < 0.7:
            months = chance.choice((1, 2, 3, 6, 9, 12, 24, 36))
            start = chance.choice((since, since.replace(month=(since.month - 1) // 3 * 3 + 1), since.replace(month=1)))
            last = start.year * 12 + start.month - 1 + months - 1
            year, month = last // 12, last % 12 + 1
            since, until = start, date(year, month, calendar.monthrange(year, month)[1])
        else:
            until = since + timedelta(days=chance.choice((0, 1, 27, 28, 30, 31, 364, 365, 366, 900)))
        periods.append(
            chance.choice((Period(since, until), Period(since, until), Period(since=since), Period(until=until)))
        )
    return periods


PERIODS = made_up_periods(2000)


def test_what_is_said_is_read_again_the_same() -> None:
    for period in PERIODS:
        assert Period.parse(str(period)) == period, str(period)
    assert len({len(str(period).split()) for period in PERIODS}) > 4, "the periods are of one shape"


def test_neighbours_touch_and_have_the_same_length() -> None:
    asked = 0
    for period in PERIODS:
        before, after = period.previous(), period.next()
        if period.since and period.since.month == 9 and length_in(period) in {10, 11}:
            continue  # nearly a school year: it moves by years
        if period.since is None or period.until is None:
            assert before is None
            assert after is None
        if before is not None:
            assert before.until is not None
            assert before.until + timedelta(days=1) == period.since
        if after is not None:
            assert period.until is not None
            assert after.since == period.until + timedelta(days=1)
        for neighbour in filter(None, (before, after)):
            months = is_of_whole_months(period)
            assert length(neighbour, in_months=months) == length(period, in_months=months)
            asked += 1
    assert asked > 1000


def length_in(period: Period) -> int:
    return length(period, in_months=True) if period.since and period.until and is_of_whole_months(period) else 0


def length(period: Period, *, in_months: bool) -> int:
    assert period.since is not None
    assert period.until is not None
    if in_months:
        return (period.until.year - period.since.year) * 12 + period.until.month - period.since.month + 1
    return (period.until - period.since).days + 1


def is_of_whole_months(period: Period) -> bool:
    assert period.since is not None
    assert period.until is not None
    return period.since.day == 1 and (period.until + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("", None, None),
        ("   ", None, None),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        (" 2020 ", date(2020, 1, 1), date(2020, 12, 31)),
        ("2019 à 2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("2019 a 2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("2019-2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("2019 - 2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("2019..2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("de 2019 à 2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("02/2021", date(2021, 2, 1), date(2021, 2, 28)),
        ("février 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("FEVRIER 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("févr. 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("août 2020", date(2020, 8, 1), date(2020, 8, 31)),
        ("6 mai 2020", date(2020, 5, 6), date(2020, 5, 6)),
        ("1er mai 2020", date(2020, 5, 1), date(2020, 5, 1)),
        ("06/05/2020", date(2020, 5, 6), date(2020, 5, 6)),
        ("2020-05-06", date(2020, 5, 6), date(2020, 5, 6)),
        ("du 6 mai 2020 au 3 juin 2020", date(2020, 5, 6), date(2020, 6, 3)),
        ("mars à juin 2021", date(2021, 3, 1), date(2021, 6, 30)),
        ("mars 2020 à juin 2021", date(2020, 3, 1), date(2021, 6, 30)),
        ("1er semestre 2020", date(2020, 1, 1), date(2020, 6, 30)),
        ("2e semestre 2020", date(2020, 7, 1), date(2020, 12, 31)),
        ("S2 2020", date(2020, 7, 1), date(2020, 12, 31)),
        ("3ème trimestre 2020", date(2020, 7, 1), date(2020, 9, 30)),
        ("T4 2020", date(2020, 10, 1), date(2020, 12, 31)),
        ("depuis 2019", date(2019, 1, 1), None),
        ("depuis le 6 mai 2020", date(2020, 5, 6), None),
        ("à partir de mars 2020", date(2020, 3, 1), None),
        ("jusqu’à fin 2021", None, date(2021, 12, 31)),
        ("jusqu'en 2021", None, date(2021, 12, 31)),
        ("jusqu’à mars 2021", None, date(2021, 3, 31)),
        ("jusqu’au 6 mai 2020", None, date(2020, 5, 6)),
        ("novembre à février 2024", date(2023, 11, 1), date(2024, 2, 29)),
        ("15 décembre au 15 janvier 2024", date(2023, 12, 15), date(2024, 1, 15)),
        ("2023/2024", date(2023, 9, 1), date(2024, 8, 31)),
        ("2023 / 24", date(2023, 9, 1), date(2024, 8, 31)),
        ("2023-24", date(2023, 9, 1), date(2024, 8, 31)),
        ("1999/00", date(1999, 9, 1), date(2000, 8, 31)),
        ("année scolaire 2023-2024", date(2023, 9, 1), date(2024, 8, 31)),
        ("l’année scolaire 2023/24", date(2023, 9, 1), date(2024, 8, 31)),
        ("2011-12", date(2011, 12, 1), date(2011, 12, 31)),
        ("2023—2024", date(2023, 1, 1), date(2024, 12, 31)),
        ("fev 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("12.03.2024", date(2024, 3, 12), date(2024, 3, 12)),
        ("12-2024", date(2024, 12, 1), date(2024, 12, 31)),
    ],
)
def test_people_write_it_in_many_ways(text: str, since: date | None, until: date | None) -> None:
    assert Period.parse(text) == Period(since, until)


@pytest.mark.parametrize(
    "text",
    [
        "hier",
        "20",
        "20201",
        "2020-13",
        "2021-02-29",
        "31 avril 2020",
        "5e trimestre 2020",
        "3e semestre 2020",
        "0e trimestre 2020",
        "mai",
        "1949",
        "2101",
        "2019 à 2020 à 2021",
        "2019/2021",
        "2019-25",
        "depuis",
        "2020 à",
        "2020; DROP TABLE meeting",
        "٢٠٢٠ans",
        "9999",
        "9999/00",
        "0000/01",
        "2100/01",
        "1949-50",
        "-1",
    ],
)
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(NetstatsError) as refusal:
        Period.parse(text)
    assert text in refusal.value.what
    assert "« 2020 »" in refusal.value.remedy


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(NetstatsError, match="avant de commencer") as refusal:
        Period.parse("2021 à 2019")
    assert "Inversez" in refusal.value.remedy


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (Period(), ""),
        (Period(date(2020, 1, 1), date(2020, 12, 31)), "2020"),
        (Period(date(2019, 1, 1), date(2021, 12, 31)), "2019 à 2021"),
        (Period(date(2020, 1, 1), date(2020, 6, 30)), "1er semestre 2020"),
        (Period(date(2020, 4, 1), date(2020, 6, 30)), "2e trimestre 2020"),
        (Period(date(2020, 2, 1), date(2020, 4, 30)), "février 2020 à avril 2020"),
        (Period(date(2020, 5, 1), date(2020, 5, 31)), "mai 2020"),
        (Period(date(2020, 5, 6), date(2020, 5, 6)), "6\N{NO-BREAK SPACE}mai 2020"),
        (Period(date(2023, 9, 1), date(2024, 8, 31)), "année scolaire 2023-2024"),
        (Period(since=date(2020, 1, 1)), "depuis 2020"),
        (Period(until=date(2021, 12, 31)), "jusqu’à fin 2021"),
    ],
)
def test_it_is_said_in_the_shortest_words(period: Period, said: str) -> None:
    assert str(period) == said


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("2020", "2019", "2021"),
        ("2019 à 2021", "2016 à 2018", "2022 à 2024"),
        ("1er trimestre 2020", "4e trimestre 2019", "2e trimestre 2020"),
        ("mars 2020", "février 2020", "avril 2020"),
        ("2023/2024", "2022/2023", "2024/2025"),
        ("septembre 2023 à juin 2024", "septembre 2022 à juin 2023", "septembre 2024 à juin 2025"),
        ("6 mai 2020", "5 mai 2020", "7 mai 2020"),
        ("6 mai 2020 au 8 mai 2020", "3 mai 2020 au 5 mai 2020", "9 mai 2020 au 11 mai 2020"),
    ],
)
def test_previous_and_next(text: str, before: str, after: str) -> None:
    period = Period.parse(text)
    assert period.previous() == Period.parse(before)
    assert period.next() == Period.parse(after)


@pytest.mark.parametrize("text", ["", "depuis 2020", "jusqu’à fin 2020"])
def test_an_open_period_has_no_neighbours(text: str) -> None:
    assert Period.parse(text).previous() is None
    assert Period.parse(text).next() is None


def test_the_calendar_of_the_project_ends() -> None:
    assert Period.parse("1950").previous() is None
    assert Period.parse("2100").next() is None
    assert Period(date(1, 1, 1), date(1, 12, 31)).previous() is None
    assert Period(date(9999, 1, 1), date(9999, 12, 31)).next() is None


def test_only_the_whole_time_is_no_condition() -> None:
    assert not Period()
    assert Period(since=date(2020, 1, 1))
    assert Period(until=date(2020, 1, 1))


@pytest.mark.parametrize(("first", "last"), [(2019, 2019), (2018, 2023), (2000, 2026)])
def test_presets_are_periods_that_can_be_written_and_differ(first: int, last: int) -> None:
    offered = presets(first, last)
    assert str(offered[0]) == str(last)
    assert len(set(offered)) == len(offered)
    said = [str(period) for period in offered]
    assert len(set(said)) == len(said)
    assert [Period.parse(words) for words in said] == offered
    assert f"1er trimestre {first}" in said
    assert (f"{first} à {last}" in said) == (first != last)
