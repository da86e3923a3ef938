"""The sentences of the slides: true of the rows, in good French, or absent."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from netstats.filters import Filters
from netstats.period import Period
from netstats.share import findings
from netstats.wording import NO_BREAK

TODAY = date(2026, 11, 23)


def said(sentence: str) -> str:
    return sentence.replace(NO_BREAK, " ").replace("\u202f", " ")


def counts(**values: object) -> pd.Series:
    known = {
        "meetings": 5,
        "undated_meetings": 0,
        "territories": 23,
        "share_covered": 0.34,
        "actions": 10,
        "attended_meetings": 3,
        "themed_meetings": 5,
        "participants_known_meetings": 2,
    }
    return pd.Series({**known, **values}, dtype=object)


def themes(*rows: tuple[str, int], of: int = 5) -> pd.DataFrame:
    return pd.DataFrame([{"short_name": name, "meetings": n, "themed_meetings": of} for name, n in rows])


def held(*days: str) -> pd.DataFrame:
    return pd.DataFrame({"status": "held", "held_on": pd.to_datetime(list(days))})


@pytest.mark.parametrize(
    ("met", "sentence"),
    [
        ([("Stupéfiants", 3), ("Covid", 2), ("Rixes", 1)], "« Stupéfiants » et « Covid » en tête"),
        ([("Stupéfiants", 3), ("Covid", 3), ("Rixes", 1)], "« Stupéfiants » et « Covid » en tête"),
        ([("Stupéfiants", 3), ("Covid", 1), ("Rixes", 1)], "« Stupéfiants » en tête"),
        ([("Stupéfiants", 1), ("Covid", 1), ("Rixes", 1)], ""),
        ([], ""),
    ],
)
def test_only_what_surely_leads_is_named(met: list[tuple[str, int]], sentence: str) -> None:
    frame = themes(*met) if met else pd.DataFrame(columns=["short_name", "meetings", "themed_meetings"])
    whole = said(findings.activity(counts(), frame, held("2019-12-04", "2021-05-26"), Period(), TODAY))
    assert whole == ", ".join(filter(None, ["5 réunions de 2019 à 2021", "23 territoires", sentence]))


@pytest.mark.parametrize(
    ("row", "days", "period", "sentence"),
    [
        (counts(meetings=1, territories=1), ["2020-05-06"], "", "1 réunion en 2020, 1 territoire"),
        (counts(undated_meetings=2), ["2020-05-06"], "", "5 réunions (dont 2 sans date), 23 territoires"),
        (counts(), ["2020-05-06", "2021-05-06"], "2020 à 2021", "5 réunions, 23 territoires"),
        (counts(territories=pd.NA), ["2019-05-06", "2020-05-06"], "", "5 réunions de 2019 à 2020"),
        (counts(), ["2019-05-06", "2026-05-06"], "", "5 réunions depuis 2019, 23 territoires"),
        (counts(undated_meetings=5), [], "", "5 réunions sans date, 23 territoires"),
        (counts(meetings=0), [], "", ""),
    ],
)
def test_when_and_who_are_said_as_far_as_they_are_known(
    row: pd.Series, days: list[str], period: str, sentence: str
) -> None:
    none = themes(("A", 1), ("B", 1), ("C", 1))
    when = Period.parse(period) if period else Period()
    assert said(findings.activity(row, none, held(*days), when, TODAY)) == sentence


def test_without_known_presence_the_meetings_are_said() -> None:
    nobody = counts(territories=float("nan"), share_covered=float("nan"), actions=1)
    assert said(findings.key_figures(nobody, "française")) == "5 réunions tenues, 1 action racontée"
    one = counts(territories=1)
    assert said(findings.key_figures(one, "française")) == "1 territoire couvre 34 % de la population française"


@pytest.mark.parametrize(
    ("filters", "is_whole", "place"),
    [
        (Filters(), True, "française"),
        (Filters(networks=("national",)), True, "française"),
        (Filters(networks=("hauts-de-france",)), False, "du réseau Hauts-de-France"),
        (Filters(regions=("32",), networks=("national",)), False, "de la région Hauts-de-France"),
        (Filters(regions=("11", "32")), False, "des régions Île-de-France et Hauts-de-France"),
        (Filters(regions=("32",), departments=("59",)), False, "(Nord)"),
        (Filters(departments=("59", "60")), False, "des départements Nord et Oise"),
        (Filters(departments=("02", "59", "60", "62")), False, "des 4 départements choisis"),
    ],
)
def test_whose_population_it_is(filters: Filters, is_whole: bool, place: str) -> None:
    choices = {
        "region": {"11": "Île-de-France", "32": "Hauts-de-France"},
        "departement": {"59": "Nord", "60": "Oise"},
        "reseau": {"hauts-de-france": "Hauts-de-France", "national": "Réseau national"},
    }
    assert findings.place_of(filters, choices, is_whole=is_whole) == place


def departments(*shares: float | None) -> pd.DataFrame:
    names = ["Nord", "Oise", "Somme", "Aisne", "Pas-de-Calais"]
    rows = [
        {"code": str(59 + rank), "name": name, "share_covered": share}
        for rank, (name, share) in enumerate(zip(names, shares, strict=False))
    ]
    return pd.DataFrame(rows).astype({"share_covered": "float64"})


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ((0.5,), "Nord (59) : 50 % de la population couverte"),
        ((0.5, 0.2, 0, None), "Nord (59) en tête, 50 % de la population couverte ; 2 départements représentés"),
        ((0.5, 0.5), "Nord (59) et Oise (60) : 50 % de la population couverte chacun"),
        (
            (0.5, 0, 0.5),
            "Nord (59) et Somme (61), seuls départements représentés : 50 % de la population couverte chacun",
        ),
        (
            (0.5, 0.5, 0.2),
            "Nord (59) et Oise (60) en tête, 50 % de la population couverte ; 3 départements représentés",
        ),
        ((1, 1, 1, 1), "4 départements représentés, tous entièrement couverts"),
        ((1, 1, 1, 1, 0.5), "5 départements représentés, dont 4 entièrement couverts"),
        ((0.5, 0.5, 0.5, 0.5), "4 départements représentés, chacun avec 50 % de la population couverte"),
        ((0.5, 0.5, 0.5, 0.5, 0.2), "5 départements représentés, dont 4 à 50 % de la population couverte"),
        ((0, 0.5), "Oise (60), seul département représenté : 50 % de la population couverte"),
        ((0, None), ""),
    ],
)
def test_the_best_covered_department(shares: tuple[float | None, ...], sentence: str) -> None:
    assert said(findings.covered_departments(departments(*shares))) == sentence


@pytest.mark.parametrize(
    ("attendances", "sentence"),
    [
        ((4, 2, 1), "A, territoire le plus présent : 4 présences"),
        ((4, 4, 1), "A et B, territoires les plus présents : 4 présences chacun"),
        ((1, 1, 1, 1), "4 territoires, venus une fois chacun"),
        ((2, 2, 2, 2), "4 territoires, 2 présences chacun"),
        ((2, 2, 2, 2, 1), "4 territoires à égalité en tête, 2 présences chacun"),
        ((3,), "A, seul territoire venu : 3 présences"),
        ((), ""),
    ],
)
def test_who_came_most(attendances: tuple[int, ...], sentence: str) -> None:
    frame = pd.DataFrame({"name": list("ABCDE")[: len(attendances)], "attendances": list(attendances)})
    assert said(findings.most_present(frame)) == sentence


@pytest.mark.parametrize(
    ("met", "sentence"),
    [
        ([("A", 3), ("B", 1)], "« A », thème le plus abordé : 3 réunions sur 5"),
        ([("A", 3), ("B", 3), ("C", 1)], "« A » et « B », thèmes les plus abordés : 3 réunions sur 5 chacun"),
        ([("A", 3), ("B", 3)], "2 thèmes, aucun plus abordé que les autres : 3 réunions sur 5 chacun"),
        ([("A", 3)], "« A », seul thème : 3 réunions sur 5"),
        ([(n, 1) for n in "ABCD"], "4 thèmes, aucun plus abordé que les autres : 1 réunion sur 5 chacun"),
        ([*((n, 2) for n in "ABCD"), ("E", 1)], "4 thèmes à égalité en tête : 2 réunions sur 5 chacun"),
    ],
)
def test_the_themes_met_most(met: list[tuple[str, int]], sentence: str) -> None:
    assert said(findings.most_met_themes(themes(*met))) == sentence


def test_one_meeting_ranks_nothing() -> None:
    assert said(findings.most_met_themes(themes(("A", 1), ("B", 1), of=1))) == "2 thèmes abordés en une réunion"


def test_beside_a_chosen_theme_the_others_are_ranked() -> None:
    others = themes(("A", 2), ("B", 1))
    sentence = "« A », thème le plus abordé aux mêmes réunions : 2 réunions sur 5"
    assert said(findings.most_met_themes(others, beside=True)) == sentence


def families(*cells: tuple[str, str, int, int]) -> pd.DataFrame:
    rows = [
        {
            "code": name,
            "name": name,
            "period_start": pd.Timestamp(f"{label[-4:]}-{int(label[1]) * 3 - 2:02}-01"),
            "period_label": label,
            "meetings": meetings,
            "themed_meetings": of,
        }
        for name, label, meetings, of in cells
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            [("A", "T1 2020", 1, 2), ("B", "T1 2020", 2, 2), ("A", "T2 2020", 3, 4), ("B", "T2 2020", 1, 4)],
            "Au 2e trimestre 2020, « A » en tête : 3 réunions sur 4",
        ),
        (
            [("A", "T1 2020", 1, 2), ("B", "T1 2020", 2, 2), ("A", "T2 2020", 2, 4), ("B", "T2 2020", 2, 4)],
            "Au 2e trimestre 2020, « A » et « B » en tête : 2 réunions sur 4 pour chacune",
        ),
        ([("A", "T1 2020", 1, 1), ("A", "T2 2020", 2, 3)], "Au 2e trimestre 2020, « A » en tête : 2 réunions sur 3"),
        ([("A", "T1 2020", 4, 4), ("B", "T1 2020", 0, 4), ("A", "T2 2020", 0, 2), ("B", "T2 2020", 2, 2)], ""),
        ([("A", "T1 2020", 3, 4)], ""),
        ([("A", "T1 2020", 3, 4), ("A", "T2 2020", 0, 0)], ""),
    ],
)
def test_the_family_of_the_latest_period(cells: list[tuple[str, str, int, int]], sentence: str) -> None:
    assert said(findings.latest_families(families(*cells))) == sentence


def test_a_trend_is_said_with_its_dates() -> None:
    row = {"short_name": "Rixes", "late_since": "2021-05-04", "share_early": 0.054, "share_late": 0.17}
    rows = pd.DataFrame([{**row, "trend": "en hausse"}, {**row, "trend": "sans tendance nette"}])
    assert said(findings.trend(rows)) == "« Rixes » en hausse : 5,4 % des réunions avant le 4 mai 2021, 17 % depuis"
    assert findings.trend(rows[rows["trend"] != "en hausse"]) == ""


def meeting(held_on: str, precision: str = "day", until: str | None = None, territories: object = pd.NA) -> pd.Series:
    return pd.Series(
        {
            "held_on": pd.Timestamp(held_on),
            "date_precision": precision,
            "held_until": pd.Timestamp(until) if until else pd.NaT,
            "territories_all": territories,
        },
        dtype=object,
    )


@pytest.mark.parametrize(
    ("row", "is_surely", "sentence"),
    [
        (meeting("2023-05-01", "month"), True, "Dernière réunion, en mai 2023"),
        (meeting("2020-05-06", territories=1), True, "Dernière réunion, le 6 mai 2020 : 1 territoire présent"),
        (meeting("2020-05-06"), False, "Une des dernières réunions, le 6 mai 2020"),
        (meeting("2020-05-07", until="2020-06-03"), True, "Dernière réunion, du 7 mai au 3 juin 2020"),
        (meeting("2022-10-12", until="2022-10-13"), True, "Dernière réunion, les 12 et 13 octobre 2022"),
    ],
)
def test_the_latest_meeting_is_dated_as_it_is_known(row: pd.Series, is_surely: bool, sentence: str) -> None:
    assert said(findings.latest_meeting(row, is_surely=is_surely)) == sentence


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["A"], "Un territoire à relancer : A"),
        (["A", "B"], "2 territoires à relancer : A et B"),
        (["A", "B", "C", "D"], "4 territoires à relancer, dont A, B et C"),
        ([], ""),
    ],
)
def test_who_is_to_be_called_back(names: list[str], sentence: str) -> None:
    assert said(findings.to_call_back(pd.DataFrame({"name": names}, dtype="str"))) == sentence
