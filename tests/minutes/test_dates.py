"""Dates as prose writes them, and the year that a text leaves to be understood."""

from __future__ import annotations

from datetime import date

import pytest

from netstats.minutes.dates import find_dates, resolve
from netstats.minutes.drafts import DOUBTFUL, SURE, When

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("réunis le 6 mai 2020 en ligne", "6 mai 2020", When(date(2020, 5, 6), "day")),
        ("le 1er juin 2021 à 14 h", "1er juin 2021", When(date(2021, 6, 1), "day")),
        ("séance du 04/04/2023 –", "04/04/2023", When(date(2023, 4, 4), "day")),
        ("le 3.10.19", "3.10.19", When(date(2019, 10, 3), "day")),
        ("(2020-05-06)", "2020-05-06", When(date(2020, 5, 6), "day")),
        ("JEUDI 9 DÉCEMBRE 2021", "JEUDI 9 DÉCEMBRE 2021", When(date(2021, 12, 9), "day")),
        ("le 4 déc. 2019", "4 déc. 2019", When(date(2019, 12, 4), "day")),
        ("le premier juin 2022", "premier juin 2022", When(date(2022, 6, 1), "day")),
        (
            "du 28 décembre au 3 janvier 2023",
            "28 décembre au 3 janvier 2023",
            When(date(2022, 12, 28), "day", date(2023, 1, 3), 1),
        ),
        (
            "les 15 décembre et 12 janvier 2023",
            "15 décembre et 12 janvier 2023",
            When(date(2022, 12, 15), "day", date(2023, 1, 12), 2),
        ),
        (
            "les 3 juin et 7 mai 2020",
            "3 juin et 7 mai 2020",
            When(date(2020, 5, 7), "day", date(2020, 6, 3), 2),
        ),
        ("en mai 2023", "mai 2023", When(date(2023, 5, 1), "month")),
        (
            "le 7 mai et le 3 juin 2020, 12 villes",
            "7 mai et le 3 juin 2020",
            When(date(2020, 5, 7), "day", date(2020, 6, 3), 2),
        ),
        ("les 4 et 28 juin 2021", "4 et 28 juin 2021", When(date(2021, 6, 4), "day", date(2021, 6, 28), 2)),
        ("les 12 et 13 octobre 2022", "12 et 13 octobre 2022", When(date(2022, 10, 12), "day", date(2022, 10, 13), 1)),
        ("du 12 au 16 octobre 2020", "12 au 16 octobre 2020", When(date(2020, 10, 12), "day", date(2020, 10, 16), 1)),
        (
            "les 11, 18 et 25 mars 2021",
            "11, 18 et 25 mars 2021",
            When(date(2021, 3, 11), "day", date(2021, 3, 25), 3),
        ),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(text: str, words: str, when: When) -> None:
    (dated,) = find_dates(text)
    assert text[dated.span.start : dated.span.end] == words
    assert resolve(dated, [], TODAY) == (when, SURE)


@pytest.mark.parametrize(
    "text",
    [
        "00/05/2020",
        "12/00/2020",
        "31 février 2020",
        "le 31/02/2020",
        "30 % de hausse",
        "à 14 h 30",
        "12 villes",
        "le 32 mai",
        "article L. 132-4",
        "1 500 €",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert [dated for dated in find_dates(text) if not dated.is_year] == []


def test_a_bare_year_is_a_year_and_not_that_of_a_date() -> None:
    dated = find_dates("En 2018, puis le 3 mai 2019")
    assert [(one.is_year, one.days[0].year) for one in dated] == [(True, 2018), (False, 2019)]


def test_the_text_tells_the_year() -> None:
    (dated,) = find_dates("le 12 avril")
    assert resolve(dated, [2022, 2021], TODAY) == (When(date(2022, 4, 12), "day"), DOUBTFUL)
    assert resolve(dated, [], TODAY) is None, "a year that is not told is not invented"


@pytest.mark.parametrize(
    ("text", "years", "expected"),
    [
        ("jeudi 8 février", [2024], date(2024, 2, 8)),
        ("jeudi 8 février", [2025, 2024], date(2024, 2, 8)),  # 2025: a Saturday
        ("mardi 14 novembre", [2024], date(2023, 11, 14)),  # the text names the year of the next meeting only
        ("ce vendredi 14 février", [], date(2025, 2, 14)),
    ],
)
def test_the_weekday_can_settle_the_year(text: str, years: list[int], expected: date) -> None:
    (dated,) = find_dates(text)
    resolved = resolve(dated, years, TODAY)
    assert resolved is not None
    assert resolved[0].first == expected


def test_a_weekday_that_contradicts_the_date_is_a_doubt() -> None:
    (dated,) = find_dates("le mardi 6 mai 2020")  # a Wednesday
    assert resolve(dated, [], TODAY) == (When(date(2020, 5, 6), "day"), DOUBTFUL)
