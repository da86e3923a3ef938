"""What is left to mend is what a second computation without SQL finds, and no filter hides any of it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, permutations
from typing import Any

import pandas as pd
import pytest

from netstats import store
from netstats.catalogue import overview, quality
from netstats.catalogue.figure import Figure
from netstats.filters import Filters
from netstats.period import Period
from netstats.share import tables
from netstats.store import Database
from tests import activity
from tests.conftest import DATA, Generated

TODAY = date(2023, 3, 15)  # within the made-up activity: some announced meetings are still to come
COUNCILS = {"CISPD", "CLSPD"}
UNIONS = {"CC", "CA", "CU", "METRO", "EPT"}
KIND_WORDS = (
    *("cispd", "clspd", "ca", "cc", "cu", "ept", "agglo", "agglomeration", "commune", "communes", "communaute"),
    *("metropole", "urbaine", "ville", "d", "de", "des", "du", "et", "l", "la", "le", "les"),
)
BODIES = {  # code: kind, name, communes; each is the double of another one for one reason, or nearly for none
    "cispd-rhone-bis": ("CISPD", "CISPD Confluence", ("69278", "69143")),  # the communes of cispd-rhone
    "cispd-presque": ("CISPD", "CISPD Confluence bis", ("69278", "69266")),  # not all of them, and four letters apart
    "cispd-scarpes": ("CISPD", "CISPD des Scarpes", ("59014",)),  # a letter more than cispd-scarpe
    "clspd-lile": ("CLSPD", "CLSPD de Lile", ("59009", "59350")),  # too short to be only nearly « Lille »
    "cispd-lys-ailleurs": ("CISPD", "CISPD Lys", ("33063", "33119")),  # of that name, in another department
    "clspd-nord": ("CLSPD", "CLSPD du Nord", ("59606",)),  # a department is no double of a council
    "cispd-longue": ("CISPD", "CISPD Genay Neuville-sur-Saone", ("69266",)),
    "cispd-longues": ("CISPD", "CISPD de Neuville sur Saône et Genais", ("69266", "69029")),  # two letters, other order
}
LA_ROCHELLE = ("17300", "241700434")


@pytest.fixture(scope="module")
def messy() -> Iterator[Generated]:
    """A made-up activity with doubles of every sort."""
    frames = dict(activity.generate(seed=9))
    frames["territory"] = pd.concat(
        [
            frames["territory"],
            pd.DataFrame([{"code": code, "kind": kind, "name": name} for code, (kind, name, _) in BODIES.items()]),
        ],
        ignore_index=True,
    )
    frames["territory_commune"] = pd.concat(
        [
            frames["territory_commune"],
            pd.DataFrame(
                [
                    {"territory_code": code, "commune_code": commune}
                    for code, (_, _, communes) in BODIES.items()
                    for commune in communes
                ]
            ),
        ],
        ignore_index=True,
    )
    came = frames["attendance"]
    written = [
        ("m001", LA_ROCHELLE[0], "La Rochelle"),
        ("m002", LA_ROCHELLE[1], "Agglomération"),
        ("m003", LA_ROCHELLE[0], "la Rochelle"),
        ("m003", LA_ROCHELLE[1], "CA"),
        ("m001", "93066", "Saint-Denis"),
        ("m004", "97411", "ST DENIS"),
        ("m005", "97411", "Saint Dénis"),  # the accent does not count
        ("m006", "64445", None),
        ("m006", "33063", None),  # nothing written is not the same name
        ("m007", "cispd-rhone", "CISPD"),
        ("m007", "cispd-rhone-bis", "CISPD bis"),
    ]
    more = pd.DataFrame(
        [
            {"meeting_code": m, "territory_code": t, "printed_name": name, "member": None, "batch_id": 1}
            for m, t, name in written
        ]
    ).astype(came.dtypes.to_dict())
    frames["attendance"] = pd.concat([came, more], ignore_index=True).drop_duplicates(
        ["meeting_code", "territory_code"], keep="last"
    )
    database = store.build(DATA / "reference", frames, path=None)
    yield Generated(database, frames)
    database.close()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(column): value for column, value in row.items()} for row in frame.to_dict("records")]


def codes(database: Database, check: Figure, today: date = TODAY) -> list[str]:
    return list(check.ask(database, Filters(), today=today)["code"])


class TestMeetings:
    def held(self, messy: Generated) -> pd.DataFrame:
        meetings = messy.frames["meeting"]
        return meetings[meetings["status"] == "held"]

    def test_dates(self, messy: Generated) -> None:
        held = self.held(messy)
        missing = held[held["held_on"].isna() | held["date_precision"].isin(["month", "year"])]
        found = quality.DATES.ask(messy.database, Filters())
        assert sorted(found["code"]) == sorted(missing["code"])
        rank = {"unknown": 0, "year": 1, "month": 2}
        ranks = [rank[precision] for precision in found["date_precision"]]
        assert ranks == sorted(ranks), "what is least known comes first"
        assert set(ranks) == {0, 1, 2}
        for precision in ("year", "month"):
            assert found.loc[found["date_precision"] == precision, "held_on"].is_monotonic_decreasing

    def test_headcounts(self, messy: Generated) -> None:
        held = self.held(messy)
        assert sorted(codes(messy.database, quality.HEADCOUNTS)) == sorted(
            held.loc[held["participants"].isna(), "code"]
        )

    @pytest.mark.parametrize(
        ("check", "table"), [(quality.THEMES, "meeting_theme"), (quality.TERRITORIES, "attendance")]
    )
    def test_themes_and_territories(self, messy: Generated, check: Figure, table: str) -> None:
        known = set(messy.frames[table]["meeting_code"])
        wanted = sorted(code for code in self.held(messy)["code"] if code not in known)
        assert wanted
        assert sorted(codes(messy.database, check)) == wanted

    @pytest.mark.parametrize("check", [quality.HEADCOUNTS, quality.THEMES, quality.TERRITORIES])
    def test_the_latest_come_first(self, messy: Generated, check: Figure) -> None:
        days = check.ask(messy.database, Filters())["held_on"]
        assert days.dropna().is_monotonic_decreasing
        assert not days.iloc[: days.notna().sum()].isna().any()

    @pytest.mark.parametrize(
        "today", [TODAY, date(2016, 12, 31), date(2017, 1, 1), date(2018, 2, 28), date(2030, 1, 1)]
    )
    def test_announced_ones_whose_date_is_past(self, messy: Generated, today: date) -> None:
        past = []
        for row in records(messy.frames["meeting"]):
            if row["status"] != "announced" or pd.isna(row["held_on"]):
                continue
            first = row["held_on"].date()
            after = {
                "day": first + timedelta(days=1),
                "month": (first.replace(day=28) + timedelta(days=4)).replace(day=1),
                "year": date(first.year + 1, 1, 1),
            }[str(row["date_precision"])]
            if pd.notna(row["held_until"]):
                after = row["held_until"].date() + timedelta(days=1)
            if today >= after:
                past.append(row["code"])
        assert sorted(codes(messy.database, quality.ANNOUNCED, today)) == sorted(past)

    def test_an_announced_series_is_past_after_its_last_session_only(self, messy: Generated) -> None:
        meetings = messy.frames["meeting"]
        series = meetings[(meetings["status"] == "announced") & meetings["held_until"].notna()].iloc[0]
        last = series["held_until"].date()
        assert series["code"] not in codes(messy.database, quality.ANNOUNCED, last)
        assert series["code"] in codes(messy.database, quality.ANNOUNCED, last + timedelta(days=1))


def test_actions(messy: Generated) -> None:
    actions = messy.frames["action"]
    wanted = actions.loc[actions["territory_code"].isna(), "code"]
    assert len(wanted)
    assert sorted(codes(messy.database, quality.ACTIONS)) == sorted(wanted)


def test_unused_themes(messy: Generated) -> None:
    assert codes(messy.database, quality.UNUSED_THEMES) == ["jamais"]
    told = messy.frames["action"].assign(theme_code="jamais")
    with_it = store.build(DATA / "reference", {**messy.frames, "action": told}, path=None)
    assert codes(with_it, quality.UNUSED_THEMES) == [], "an action uses a theme as much as a meeting does"
    with_it.close()


def own_words(name: str) -> str:
    return " ".join(sorted(word for word in folded(name).split() if word not in KIND_WORDS))


def folded(text: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.findall("[a-z0-9]+", letters.lower()))


def distance(one: str, other: str) -> int:
    """How many letters to add, drop or change."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        diagonal, row[0] = row[0], i
        for j, seen in enumerate(other, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (letter != seen))
    return row[-1]


class Suspects:
    """Pairs of codes that may be one and the same, from the files of the reference and the rows put in."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        communes = activity.read_reference("communes")
        unions = activity.read_reference("intercommunalities")
        own = frames["territory"]
        self.kinds = {row["code"]: "commune" for row in communes} | {row["code"]: row["kind"] for row in unions}
        self.kinds |= dict(zip(own["code"], own["kind"], strict=True))
        names = {row["code"]: row["name"] for row in (*communes, *unions)}
        names |= dict(zip(own["code"], own["name"], strict=True))
        self.words = {code: own_words(name) for code, name in names.items()}
        self.covered: dict[str, set[str]] = defaultdict(set)
        for row in communes:
            self.covered[row["code"]].add(row["code"])
        for row in activity.read_reference("intercommunality_communes"):
            self.covered[row["intercommunality_code"]].add(row["commune_code"])
        for cover in records(frames["territory_commune"]):
            self.covered[cover["territory_code"]].add(cover["commune_code"])
        department = {row["code"]: row["department_code"] for row in communes}
        self.lies_in = {code: {department[commune] for commune in cs} for code, cs in self.covered.items()}
        self.councils = [code for code, kind in self.kinds.items() if kind in COUNCILS]
        self.attendance = frames["attendance"]

    def found(self) -> dict[tuple[str, str], set[str]]:
        """Pair of codes → reasons."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for reason, pairs in {
            "mêmes communes": self.same_communes(),
            "noms presque pareils": self.near_names(),
            "même nom écrit dans les sources": self.same_printed(),
            "commune et intercommunalité de même nom à la même réunion": self.same_meeting(),
        }.items():
            for one, other in pairs:
                found[min(one, other), max(one, other)].add(reason)
        return found

    def same_communes(self) -> Iterator[tuple[str, str]]:
        for own in self.councils:
            for other, communes in self.covered.items():
                if other != own and communes == self.covered[own]:
                    yield own, other

    def near_names(self) -> Iterator[tuple[str, str]]:
        for own in self.councils:
            words = self.words[own]
            apart = 2 if len(words) >= 12 else 1 if len(words) >= 6 else 0
            for other, others in self.words.items():
                is_near = other != own and self.lies_in[own] & self.lies_in[other]
                if is_near and abs(len(words) - len(others)) <= apart and distance(words, others) <= apart:
                    yield own, other

    def same_printed(self) -> Iterator[tuple[str, str]]:
        written = defaultdict(set)
        for row in records(self.attendance.dropna(subset="printed_name")):
            written[folded(row["printed_name"])].add(row["territory_code"])
        for bodies in written.values():
            yield from combinations(sorted(bodies), 2)

    def same_meeting(self) -> Iterator[tuple[str, str]]:
        for _, bodies in self.attendance.groupby("meeting_code")["territory_code"]:
            for one, other in permutations(bodies, 2):
                are_both = self.kinds.get(one) == "commune" and self.kinds.get(other) in UNIONS
                if are_both and self.words[one] == self.words[other] and one in self.covered[other]:
                    yield one, other


class TestDoubles:
    def test_are_what_the_definition_says(self, messy: Generated) -> None:
        expected = Suspects(messy.frames).found()
        found = quality.DOUBLES.ask(messy.database, Filters())
        assert {
            (row["code"], row["other_code"]): set(row["reasons"].split(" ; ")) for row in records(found)
        } == expected
        assert {reason for reasons in expected.values() for reason in reasons} == {
            "mêmes communes",
            "noms presque pareils",
            "même nom écrit dans les sources",
            "commune et intercommunalité de même nom à la même réunion",
        }

    def test_each_trap_is_one_or_is_none(self, messy: Generated) -> None:
        found = quality.DOUBLES.ask(messy.database, Filters())
        pairs = {frozenset(pair) for pair in zip(found["code"], found["other_code"], strict=True)}
        assert {
            frozenset(pair)
            for pair in (
                ("cispd-rhone", "cispd-rhone-bis"),
                ("cispd-scarpe", "cispd-scarpes"),
                ("cispd-longue", "cispd-longues"),
                ("93066", "97411"),
                LA_ROCHELLE,
                ("59350", "clspd-lille"),
            )
        } <= pairs
        named = {code for pair in pairs for code in pair}
        assert not named & {"cispd-presque", "clspd-lile", "cispd-lys-ailleurs", "64445"}
        assert frozenset(("59", "clspd-nord")) not in pairs

    def test_say_how_often_each_came_and_both_together(self, messy: Generated) -> None:
        came = messy.frames["attendance"].groupby("territory_code")["meeting_code"].agg(set)
        for row in records(quality.DOUBLES.ask(messy.database, Filters())):
            one, other = came.get(row["code"], set()), came.get(row["other_code"], set())
            assert (row["attendances"], row["other_attendances"], row["together"]) == (
                len(one),
                len(other),
                len(one & other),
            )

    def test_those_that_both_came_come_first(self, messy: Generated) -> None:
        found = quality.DOUBLES.ask(messy.database, Filters())
        both = found[["attendances", "other_attendances"]].min(axis=1)
        assert both.is_monotonic_decreasing
        assert both.iloc[0] > 0 == both.iloc[-1]


def test_totals(messy: Generated) -> None:
    frames = messy.frames
    totals = quality.TOTALS.ask(messy.database, Filters()).iloc[0]
    assert totals.to_dict() == {
        "held": (frames["meeting"]["status"] == "held").sum(),
        "announced": (frames["meeting"]["status"] == "announced").sum(),
        "actions": len(frames["action"]),
        "territories": frames["attendance"]["territory_code"].nunique(),
        "themes": len(frames["theme"]),
    }


@pytest.mark.parametrize("figure", quality.FIGURES, ids=lambda figure: figure.name)
class TestEachFigure:
    @pytest.mark.parametrize(
        "filters",
        [
            Filters(period=Period.parse("2016")),
            Filters(networks=("corse",), themes=("covid",)),
            Filters(departments=("59'); DROP TABLE meeting;--",)),
        ],
        ids=["period", "places", "hostile"],
    )
    def test_no_filter_rules_it(self, messy: Generated, figure: Figure, filters: Filters) -> None:
        everything = figure.ask(messy.database, Filters(), today=TODAY)
        assert len(everything)
        pd.testing.assert_frame_equal(figure.ask(messy.database, filters, today=TODAY), everything)

    def test_its_rows_do_not_depend_on_the_order_of_those_put_in(self, messy: Generated, figure: Figure) -> None:
        frames = {table: frame.sample(frac=1, random_state=3) for table, frame in messy.frames.items()}
        shuffled = store.build(DATA / "reference", frames, path=None)
        answer = figure.ask(shuffled, Filters(), today=TODAY)
        shuffled.close()
        pd.testing.assert_frame_equal(answer, figure.ask(messy.database, Filters(), today=TODAY))

    def test_its_export_says_that_it_is_about_the_whole_data(self, messy: Generated, figure: Figure) -> None:
        context: tables.Context = {
            "filters": Filters(regions=("32",)),
            "choices": overview.choices(messy.database),
            "version": messy.database.version(),
            "subject": "",
        }
        written = tables.to_csv(figure, figure.ask(messy.database, Filters()), **context).decode("utf-8-sig")
        assert "\r\nChamp;Toutes les données, activités nationales comprises, sans aucun filtre\r\n" in written
        assert "ne dépend pas des filtres" in written

    def test_is_one_of_the_catalogue(self, messy: Generated, figure: Figure) -> None:
        assert overview.FIGURES[figure.name] is figure


@pytest.mark.parametrize("check", quality.CHECKS, ids=lambda check: check.figure.name)
def test_each_list_says_why_it_matters_and_of_how_many_it_is(check: quality.Check) -> None:
    assert check.why.endswith(".")
    assert check.short_title
    assert check.total in quality.TOTALS.columns
    assert all(check.of)


class TestRealData:
    def test_counts(self, real_database: Database) -> None:
        counted = {
            check.figure.name: len(check.figure.ask(real_database, Filters(), today=TODAY)) for check in quality.CHECKS
        }
        assert counted == {
            "qualite-dates": 4,
            "qualite-effectifs": 11,
            "qualite-themes": 1,
            "qualite-territoires": 11,
            "qualite-actions": 12,
            "qualite-doublons": 1,
            "qualite-themes-inutilises": 0,
            "qualite-annonces-passees": 1,
        }

    def test_the_town_and_the_agglomeration_of_la_rochelle_are_to_be_looked_at(self, real_database: Database) -> None:
        (pair,) = records(quality.DOUBLES.ask(real_database, Filters()))
        assert (pair["code"], pair["other_code"], pair["together"]) == (*LA_ROCHELLE, 1)
        assert pair["reasons"] == (
            "même nom écrit dans les sources ; commune et intercommunalité de même nom à la même réunion"
        )
