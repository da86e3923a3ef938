"""Numbers, dates and plurals as a French reader expects them, whatever the machine speaks."""

from __future__ import annotations

import math
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from netstats import wording

THIN, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1234, 0, f"1{THIN}234"),
        (1234.5, 1, f"1{THIN}234,5"),
        (68350798, 0, f"68{THIN}350{THIN}798"),
        (-3, 0, "−3"),
        (-0.2, 0, "0"),
        (-0.04, 1, "0,0"),
        (np.int64(1234), 0, f"1{THIN}234"),
        (None, 0, "inconnu"),
        (math.nan, 0, "inconnu"),
        (pd.NA, 0, "inconnu"),
    ],
)
def test_number(value: float | None, decimals: int, text: str) -> None:
    assert wording.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "known"), [(26615, 27000), (134, 130), (57, 57), (7, 7), (0, 0), (995, 1000), (1_250_000, 1_200_000)]
)
def test_a_number_of_which_two_digits_are_known(value: int, known: int) -> None:
    assert wording.significant(value) == known


@pytest.mark.parametrize(
    ("value", "text"), [(3, "+3"), (-2, "−2"), (0, "0"), (0.4, "0"), (-0.4, "0"), (1500, f"+1{THIN}500")]
)
def test_signed(value: float, text: str) -> None:
    assert wording.signed(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, f"0{THIN}%"),
        (1, f"100{THIN}%"),
        (0.184, f"18{THIN}%"),
        (0.064, f"6,4{THIN}%"),
        (0.05, f"5{THIN}%"),
        (0.0994, f"9,9{THIN}%"),
        (0.0996, f"10{THIN}%"),
        (0.0005, f"0,1{THIN}%"),
        (0.0001, f"<{NO_BREAK}0,1{THIN}%"),
        (None, "inconnu"),
        (math.nan, "inconnu"),
        (pd.NA, "inconnu"),
    ],
)
def test_percent(share: float | None, text: str) -> None:
    assert wording.percent(share) == text


def test_a_share_that_is_not_nil_never_reads_nil() -> None:
    for exponent in range(1, 12):
        assert wording.percent(10.0**-exponent) != wording.percent(0)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, f"0{NO_BREAK}réunion"),
        (1, f"1{NO_BREAK}réunion"),
        (2, f"2{NO_BREAK}réunions"),
        (1200, f"1{THIN}200{NO_BREAK}réunions"),
    ],
)
def test_counted(count: int, text: str) -> None:
    assert wording.counted(count, "réunion") == text


def test_plural_follows_french() -> None:
    assert wording.plural(1.9, "heure") == "heure"
    assert wording.plural(2, "réseau", "réseaux") == "réseaux"
    assert wording.plural(-3, "réunion") == "réunions"


@pytest.mark.parametrize(
    ("value", "precision", "text"),
    [
        (date(2020, 5, 6), "day", f"6{NO_BREAK}mai 2020"),
        (date(2020, 5, 1), "day", f"1er{NO_BREAK}mai 2020"),
        (datetime(2020, 8, 31, 23, 59), "day", f"31{NO_BREAK}août 2020"),
        (pd.Timestamp(2020, 2, 29), "day", f"29{NO_BREAK}février 2020"),
        (date(2023, 5, 1), "month", "mai 2023"),
        (date(2019, 1, 1), "year", "2019"),
        (date(2019, 1, 1), "unknown", "date inconnue"),
        (None, "day", "date inconnue"),
        (pd.NaT, "day", "date inconnue"),
    ],
)
def test_date(value: date | None, precision: str, text: str) -> None:
    assert wording.date(value, precision) == text


def test_short_date() -> None:
    assert wording.date(date(2019, 12, 4), short=True) == f"4{NO_BREAK}déc. 2019"
    assert wording.date(date(2019, 12, 1), "month", short=True) == "déc. 2019"


def test_months_are_twelve_in_order() -> None:
    assert [wording.date(date(2020, month, 1), "month").split()[0] for month in range(1, 13)] == list(wording.MONTHS)
    for name, short in zip(wording.MONTHS, wording.SHORT_MONTHS, strict=True):
        assert name.startswith(short.rstrip("."))
        assert short.endswith(".") == (name != short)


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["Nord"], "Nord"),
        (["Nord", "Oise"], "Nord et Oise"),
        (["Nord", "Oise", "Somme"], "Nord, Oise et Somme"),
    ],
)
def test_listing(items: list[str], text: str) -> None:
    assert wording.listing(iter(items)) == text


def test_listing_of_alternatives() -> None:
    assert wording.listing(["a", "b", "c"], last="ou") == "a, b ou c"


@pytest.mark.parametrize(
    ("value", "precision", "text"),
    [
        (9, "exact", "9"),
        (50, "about", "environ 50"),
        (150, "at_least", "plus de 150"),
        (9, None, "9"),
        (None, None, "inconnu"),
        (pd.NA, "about", "inconnu"),
        (1600, "about", f"environ 1{THIN}600"),
    ],
)
def test_approximate(value: float | None, precision: str | None, text: str) -> None:
    assert wording.approximate(value, precision) == text


@pytest.mark.parametrize("value", [None, math.nan, np.nan, np.float64("nan"), pd.NA, pd.NaT])
def test_unknown_is_recognised_in_all_its_forms(value: object) -> None:
    assert wording.is_missing(value)


@pytest.mark.parametrize("value", [0, "", "nan", False, 0.0, date(2020, 1, 1), [], np.int64(0)])
def test_nothing_else_is_unknown(value: object) -> None:
    assert not wording.is_missing(value)
