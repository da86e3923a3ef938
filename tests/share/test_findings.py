"""The sentences of the slides: true of the rows, in good French, or absent."""

from __future__ import annotations

import pandas as pd
import pytest

from netstats.period import Period
from netstats.share import findings
from netstats.wording import NO_BREAK


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
    whole = said(findings.activity(counts(), frame, held("2019-12-04", "2021-05-26"), Period()))
    assert whole == ", ".join(filter(None, ["5 réunions depuis 2019", "23 territoires", sentence]))


@pytest.mark.parametrize(
    ("row", "days", "period", "sentence"),
    [
        (counts(meetings=1, territories=1), ["2020-05-06"], "", "1 réunion en 2020, 1 territoire"),
        (counts(undated_meetings=2), ["2020-05-06"], "", "5 réunions (dont 2 sans date), 23 territoires"),
        (counts(), ["2020-05-06", "2021-05-06"], "2020 à 2021", "5 réunions, 23 territoires"),
        (counts(territories=pd.NA), ["2019-05-06", "2020-05-06"], "", "5 réunions depuis 2019"),
        (counts(meetings=0), [], "", ""),
    ],
)
def test_when_and_who_are_said_as_far_as_they_are_known(
    row: pd.Series, days: list[str], period: str, sentence: str
) -> None:
    none = themes(("A", 1), ("B", 1), ("C", 1))
    when = Period.parse(period) if period else Period()
    assert said(findings.activity(row, none, held(*days), when)) == sentence


def test_without_known_presence_the_meetings_are_said() -> None:
    nobody = counts(territories=float("nan"), share_covered=float("nan"), actions=1)
    assert said(findings.key_figures(nobody)) == "5 réunions tenues, 1 action racontée"
    assert said(findings.key_figures(counts(territories=1))) == "1 territoire couvre 34 % de la population"


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
        ((0.5, 0.2, 0, None), "Nord (59) en tête, 50 % de la population couverte ; 2 départements présents"),
        ((0.5, 0.5), "Nord (59) et Oise (60) en tête, 50 % de la population couverte ; 2 départements présents"),
        ((1, 1, 1, 1), "100 % de la population couverte au mieux, dans 4 départements ; 4 départements présents"),
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
        ((1, 1, 1, 1), "4 territoires venus, 1 présence chacun"),
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
        ([("A", 3), ("B", 3)], "« A » et « B », thèmes les plus abordés : 3 réunions sur 5 chacun"),
        ([(n, 1) for n in "ABCD"], "4 thèmes, aucun plus abordé que les autres : 1 réunion sur 5 chacun"),
        ([*((n, 2) for n in "ABCD"), ("E", 1)], "4 thèmes à égalité en tête : 2 réunions sur 5 chacun"),
    ],
)
def test_the_themes_met_most(met: list[tuple[str, int]], sentence: str) -> None:
    assert said(findings.most_met_themes(themes(*met))) == sentence


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
        (  # one meeting leads nothing
            [("A", "T1 2020", 1, 1), ("B", "T1 2020", 0, 1), ("A", "T2 2020", 0, 1), ("B", "T2 2020", 1, 1)],
            "« A » au 1er trimestre 2020, « B » au 2e trimestre 2020",
        ),
        ([("A", "T1 2020", 1, 1), ("A", "T2 2020", 1, 1)], ""),
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


def test_a_month_has_no_day() -> None:
    meeting = pd.Series(
        {"held_on": pd.Timestamp("2023-05-01"), "date_precision": "month", "territories_all": pd.NA}, dtype=object
    )
    assert said(findings.latest_meeting(meeting)) == "Dernière réunion, en mai 2023"


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
