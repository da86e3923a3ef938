"""What would be counted twice or in another month without a word: a date that was changed, a region's initials."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from netstats import store
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.forms import MEETINGS
from netstats.intake.questions import NEW, Question
from netstats.intake.read.grids import Grid
from netstats.intake.read.matching import match
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.wording import NO_BREAK

HEADER = ["Réseau", "Nature", "Date", "Titre", "Participants"]
HDF, RODEOS, PILOTAGE = (
    "Hauts-de-France",
    "Atelier sur les rodéos urbains",
    "Comité de pilotage du réseau régional n° 2",
)


@pytest.fixture(scope="module")
def before(real_database: store.Database) -> Snapshot:
    return read_snapshot(real_database)


def check(before: Snapshot, *lines: list[object], answers: dict[str, str] | None = None) -> CheckResult:
    grid = Grid("avril.xlsx", "Réunions", [list(HEADER), *lines], list(range(1, len(lines) + 2)), ())
    return check_sheets([match(grid, MEETINGS)], before, answers=answers, today=date(2026, 11, 30))


def held(day: object, title: str | None = None, network: str = HDF) -> list[object]:
    return [network, "atelier", day, title, 34]


def with_meetings(before: Snapshot, *lines: list[object]) -> Snapshot:
    """Return what the database holds once these lines were imported."""
    rows = dict(before.rows)
    added = check(before, *lines)
    assert not added.questions
    assert not added.issues
    rows["meeting"] = pd.concat([rows["meeting"], added.change_set.rows["meeting"]], ignore_index=True)
    return Snapshot(rows, before.regions, before.gazetteer)


def labels(question: Question) -> list[str]:
    return [option.label.replace(NO_BREAK, " ") for option in question.options]


def test_a_meeting_whose_date_was_corrected_is_a_question(before: Snapshot) -> None:
    known = with_meetings(before, held("12/03/2026", RODEOS), held("05/02/2026", "Atelier vidéoprotection"))
    lines = held("19/03/2026", RODEOS), held("05/02/2026", "Atelier vidéoprotection")
    (question,) = check(known, *lines).questions
    assert "est-ce la même réunion" in question.sentence
    assert labels(question)[0].startswith(f"{RODEOS} (12 mars 2026)")
    same = check(known, *lines, answers={question.key: question.options[0].code})
    row = same.change_set.rows["meeting"].set_index("code").loc["hauts-de-france-2026-03-12"]
    assert str(row["held_on"])[:10] == "2026-03-19"
    assert next(iter(same.lines.values())).new == 0
    assert next(iter(check(known, *lines, answers={question.key: NEW}).lines.values())).new == 1


def test_the_lines_of_a_meeting_whose_date_was_corrected_are_one(before: Snapshot) -> None:
    known = with_meetings(before, held("12/03/2026", RODEOS))
    header: list[object] = [*HEADER, "Territoires présents"]
    lines: list[list[object]] = [[*held("19/03/2026", RODEOS), town] for town in ("Beauvais", "Lille")]
    grid = Grid("avril.xlsx", "Réunions", [list(header), *lines], [1, 2, 3], ())
    (question,) = check_sheets([match(grid, MEETINGS)], known).questions
    assert question.lines == (2, 3)
    same = check_sheets([match(grid, MEETINGS)], known, answers={question.key: question.options[0].code})
    assert list(same.change_set.rows["meeting"]["code"]) == ["hauts-de-france-2026-03-12"]
    assert sorted(same.change_set.rows["attendance"]["territory_code"]) == ["59350", "60057"]


@pytest.mark.parametrize(
    "lines",
    [
        [held("12/03/2026", RODEOS), held("19/03/2026", RODEOS)],  # both dates are in the file: two sessions
        [held("19/06/2026", RODEOS)],  # too long after
        [held("19/03/2026", PILOTAGE)],
        [held("19/03/2026")],
        [held("19/03/2026", RODEOS, "National")],
    ],
)
def test_another_meeting_is_no_question(before: Snapshot, lines: list[list[object]]) -> None:
    known = with_meetings(before, held("12/03/2026", RODEOS), held("05/03/2026", PILOTAGE), held("06/03/2026"))
    found = check(known, *lines)
    assert not found.questions
    assert not found.issues


def test_a_series_is_no_question_unless_the_file_tells_it_but_for_one(before: Snapshot) -> None:
    known = with_meetings(before, held("12/03/2026", RODEOS), held("09/04/2026", RODEOS))
    assert not check(known, held("07/05/2026", RODEOS)).questions
    (question,) = check(known, held("12/03/2026", RODEOS), held("16/04/2026", RODEOS)).questions
    assert labels(question)[0].startswith(f"{RODEOS} (9 avril 2026)")


@pytest.mark.parametrize("written", ["HDF", "Réseau HDF", "hdf"])
def test_the_initials_of_a_region_propose_its_network_first(before: Snapshot, written: str) -> None:
    (question,) = check(before, held("12/03/2026", network=written)).questions
    assert labels(question)[0] == HDF


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("PACA", "Provence-Alpes-Côte d'Azur"),
        ("IDF", "Île-de-France"),
        ("PDL", "Pays de la Loire"),
        ("ARA", "Auvergne-Rhône-Alpes"),
        ("BFC", "Bourgogne-Franche-Comté"),
    ],
)
def test_the_initials_of_a_region_are_its_name(before: Snapshot, written: str, region: str) -> None:
    (question,) = check(before, held("12/03/2026", network=written)).questions
    code = next(code for code, name in before.regions.items() if name == region)
    regional = before.rows["network_region"]
    its = set(regional[regional["region_code"] == code]["network_code"])
    names = before.rows["network"].set_index("code")["name"]
    assert set(labels(question)[: len(its)]) == {names[one] for one in its}
    assert f"(région {region})" in labels(question)[len(its)]
    assert len(labels(question)) == len(its) + 3  # the region, national, none of these


def test_the_line_of_headers_again_offers_no_network(before: Snapshot) -> None:
    found = check(before, held("12/03/2026"), list(HEADER), held("13/03/2026"))
    assert not found.questions
    assert not found.issues  # the repeated headers are no line: test_second_table
    assert [str(day)[:10] for day in found.change_set.rows["meeting"]["held_on"]] == ["2026-03-12", "2026-03-13"]


def test_an_order_that_changes_nothing_is_not_asked(before: Snapshot) -> None:
    found = check(before, held("15/04/24"), held("28/06/24"))
    assert not found.questions
    assert not found.issues
    assert [str(day)[:10] for day in found.change_set.rows["meeting"]["held_on"]] == ["2024-04-15", "2024-06-28"]
    assert len(check(before, held("05/04/24"), held("28/06/24")).questions) == 1


TRAPPED = [datetime(2024, 12, 3), datetime(2024, 5, 4), datetime(2024, 1, 2), "13/03/2024", "28/06/2024"]


def test_a_spreadsheet_that_took_the_day_for_the_month_is_a_question(before: Snapshot) -> None:
    lines = [held(day, f"Les rodéos, {rank}") for rank, day in enumerate(TRAPPED)]
    (question,) = check(before, *lines).questions
    assert question.lines == (2, 3, 4)
    months = [
        sorted(
            str(day)[:10]
            for day in check(before, *lines, answers={question.key: o}).change_set.rows["meeting"]["held_on"]
        )
        for o in ("day", "month")
    ]
    assert months[0] == ["2024-01-02", "2024-03-13", "2024-05-04", "2024-06-28", "2024-12-03"]
    assert months[1] == ["2024-02-01", "2024-03-12", "2024-03-13", "2024-04-05", "2024-06-28"]


@pytest.mark.parametrize(
    "days",
    [
        TRAPPED[:3],  # no text
        [*TRAPPED, datetime(2024, 5, 14)],  # a day of the spreadsheet beyond the 12th
        [*TRAPPED, "04/09/2024"],  # a text that it could have read
        [*TRAPPED[:3], "mars 2024", "28 juin 2024"],
    ],
)
def test_dates_of_a_spreadsheet_beside_texts_are_no_question(before: Snapshot, days: list[object]) -> None:
    found = check(before, *(held(day, f"Les rodéos, {rank}") for rank, day in enumerate(days)))
    assert not found.questions
    assert not found.issues


TOWNS = "Lille ; Roubaix ; Tourcoing ; Lens ; Arras"


def attended(
    before: Snapshot,
    *lines: tuple[str, str, str],
    title: str = "Réunion du réseau",
    answers: dict[str, str] | None = None,
) -> CheckResult:
    """Check meetings of a general title, each with its day and those present; told in the list or in a sheet."""
    rows: list[list[object]] = [["Réseau", "Nature", "Date", "Titre", "Territoires présents"]]
    rows += [[network, "atelier", day, title, towns] for network, day, towns in lines]
    grid = Grid("mai.xlsx", "Réunions", rows, list(range(1, len(rows) + 1)))
    return check_sheets([match(grid, MEETINGS)], before, answers=answers)


def met(before: Snapshot, *lines: tuple[str, str, str]) -> Snapshot:
    """Return what the database holds once these meetings were imported."""
    rows, added = dict(before.rows), attended(before, *lines).change_set.rows
    for table in ("meeting", "attendance"):
        rows[table] = pd.concat([rows[table], added[table]], ignore_index=True)
    return Snapshot(rows, before.regions, before.gazetteer)


@pytest.mark.parametrize("title", ["", "Réunion du réseau", "Réunion du réseau Hauts-de-France", "Atelier n° 2"])
@pytest.mark.parametrize("towns", [TOWNS, "Lille ; Roubaix ; Lens ; Arras", "Lille ; Roubaix ; Lens ; Douai ; Arras"])
def test_a_date_that_was_corrected_without_a_title_is_a_question_where_the_same_came(
    before: Snapshot, title: str, towns: str
) -> None:
    known = met(before, (HDF, "12/03/2026", TOWNS))
    (question,) = attended(known, (HDF, "19/03/2026", towns), title=title).questions
    assert "a les territoires, ou presque, d’une réunion de la base à une autre date" in question.sentence
    assert labels(question)[0].startswith("Réunion du réseau (12 mars 2026)")


@pytest.mark.parametrize(
    ("day", "towns", "title"),
    [
        ("02/04/2026", "Lille ; Douai ; Calais ; Saint-Omer ; Arras", ""),  # 2 of 5
        ("19/03/2026", "Douai ; Calais ; Saint-Omer", ""),  # nobody of those who came
        ("19/06/2026", TOWNS, ""),  # three months later
        ("19/03/2026", TOWNS, "Atelier sur les rodéos"),
        ("02/04/2026", "Lille", ""),
    ],
)
def test_other_territories_another_season_or_a_title_of_its_own_tell_another_meeting(
    before: Snapshot, day: str, towns: str, title: str
) -> None:
    known = met(before, (HDF, "12/03/2026", TOWNS))
    assert not attended(known, (HDF, day, towns), title=title).questions


@pytest.mark.parametrize("towns", ["Lille", "Lille ; Roubaix", "Lille ; Douai ; Calais ; Saint-Omer ; Arras", ""])
@pytest.mark.parametrize("day", ["11/03/2026", "13/03/2026", "19/03/2026"])
@pytest.mark.parametrize("title", ["", "Réunion du réseau"])
def test_a_meeting_of_the_same_sort_within_days_is_a_question(
    before: Snapshot, day: str, towns: str, title: str
) -> None:
    known = met(before, (HDF, "12/03/2026", "Lille"))
    (question,) = attended(known, (HDF, day, towns), title=title).questions
    assert "est-ce la même réunion, dont la date a changé" in question.sentence.replace(NO_BREAK, " ")
    assert labels(question)[0].startswith("Réunion du réseau (12 mars 2026)")
    found = attended(known, (HDF, day, towns), title=title, answers={question.key: question.options[0].code})
    (held_on,) = found.change_set.rows["meeting"]["held_on"]
    assert f"{held_on:%d/%m/%Y}" == day
    assert len(found.change_set.rows["meeting"].merge(known.rows["meeting"], on="code")) == 1


def test_one_of_another_sort_or_of_a_network_that_meets_so_often_is_not(before: Snapshot) -> None:
    known = met(before, (HDF, "12/03/2026", "Lille"))
    assert not check(known, [HDF, "réunion de réseau", "13/03/2026", "", 12]).questions
    often = met(before, (HDF, "05/03/2026", "Lille"), (HDF, "12/03/2026", "Lille"))
    assert not attended(often, (HDF, "19/03/2026", "Lille")).questions


def test_the_next_of_a_series_is_no_question_unless_the_file_tells_the_others(before: Snapshot) -> None:
    known = met(before, (HDF, "12/01/2026", TOWNS), (HDF, "12/02/2026", TOWNS), (HDF, "12/03/2026", TOWNS))
    assert not attended(known, (HDF, "12/04/2026", TOWNS)).questions
    others = [(HDF, day, TOWNS) for day in ("12/01/2026", "12/02/2026", "19/03/2026")]
    assert len(attended(known, *others).questions) == 1


def test_those_of_a_sheet_of_attendance_count_too(before: Snapshot) -> None:
    known = met(before, (HDF, "12/03/2026", TOWNS))
    meeting = Grid("mai.xlsx", "Réunions", [list(HEADER[:4]), [HDF, "atelier", "19/03/2026", ""]], [1, 2])
    present: list[list[object]] = [[HDF, "19/03/2026", town] for town in TOWNS.split(" ; ")]
    sheet = Grid("mai.xlsx", "Présences", [["Réseau", "Date", "Territoire"], *present], list(range(1, 7)))
    (question,) = check_sheets([match(meeting), match(sheet)], known).questions
    assert "est-ce la même réunion" in question.sentence
