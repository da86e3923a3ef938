"""What is told of a sheet: a second table, headers that are days, lines that are struck out."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from xlsxwriter import Workbook

from netstats.intake.read.files import read_file
from netstats.intake.read.grids import Grid
from netstats.intake.read.matching import Matching, match
from netstats.intake.read.second_table import first_table
from netstats.wording import NO_BREAK
from tests.intake.read.samples import workbook

MEETINGS = ["Réseau", "Nature", "Date", "Titre"]
ATTENDANCE = ["Réseau", "Date", "Territoire"]
HELD = ["Hauts-de-France", "atelier", "12/03/2024", "Essai"]


def sheet(*rows: list[object] | None) -> Matching:
    """Return a sheet of these rows, the first being line 1; None is an empty line."""
    kept = [(row, line) for line, row in enumerate(rows, 1) if row is not None]
    width = max(len(row) for row, _ in kept)
    cells: list[list[object]] = [[*row, *[None] * (width - len(row))] for row, _ in kept]
    return match(Grid("a.xlsx", "Suivi", cells, [line for _, line in kept]))


def told(found: Matching) -> str:
    return " ".join(found.notices).replace(NO_BREAK, " ")


def lines(found: Matching) -> list[int]:
    return found.grid.lines[found.header + 1 :]


@pytest.mark.parametrize("title", [[], [["Présences"]], [["Présences du réseau"]]])
def test_a_table_below_is_told_and_not_read(title: list[list[object]]) -> None:
    found = sheet(
        list(MEETINGS), list(HELD), None, *title, list(ATTENDANCE), ["Hauts-de-France", "12/03/2024", "Lille"]
    )
    assert found.form
    assert (found.form.name, lines(found)) == ("reunions", [2])
    where = 4 + len(title)
    assert f"Un second tableau commence ligne {where} : « Réseau », « Date » et « Territoire »." in told(found)
    assert "Ses lignes (1) ne sont pas lues" in told(found)


def test_a_table_of_sums_too() -> None:
    found = sheet(list(MEETINGS), list(HELD), None, None, ["Réseau", "Participants"], ["Hauts-de-France", 12])
    assert lines(found) == [2]
    assert "ligne 5" in told(found)


def test_a_table_beside_is_told_and_not_read() -> None:
    rows: list[list[object]] = [[*MEETINGS, None, *ATTENDANCE], [*HELD, None, "Hauts-de-France", "12/03/2024", "Lille"]]
    rows.append([None, None, None, None, None, "Hauts-de-France", "12/03/2024", "Lens"])
    found = sheet(*rows)
    assert found.form
    assert (found.form.name, dict(found.columns)) == ("reunions", {"network": 0, "kind": 1, "date": 2, "title": 3})
    assert lines(found) == [2]
    assert "Un second tableau commence colonne F" in told(found)


def test_headers_that_are_repeated_go_on_with_the_table() -> None:
    found = sheet(list(MEETINGS), list(HELD), list(MEETINGS), list(HELD), None, list(MEETINGS), list(HELD))
    assert lines(found) == [2, 4, 7]
    assert "Les en-têtes sont répétés (lignes 3 et 6)" in told(found)


def test_headers_repeated_very_often_take_no_longer_for_each() -> None:
    def seconds(times: int) -> float:
        rows: list[list[object]] = [list(MEETINGS), list(HELD)] * times
        grid, start = Grid("a.xlsx", "Suivi", rows, list(range(1, len(rows) + 1))), process_time()
        first_table(grid, 0)
        return process_time() - start

    seconds(10)
    assert min(seconds(10_000) for _ in range(2)) < 30 * max(seconds(1_000), 0.003)


@pytest.mark.parametrize(
    "rows",
    [
        [list(MEETINGS), list(HELD), None, list(HELD)],
        [list(MEETINGS), list(HELD), None, ["Nord", "atelier", "13/03/2024", "Date et lieu"]],
        [["Réseau", "Nature", None, "Date", "Titre"], ["Hauts-de-France", "atelier", None, "12/03/2024", "Essai"]],
        [["Suivi des réunions"], None, list(MEETINGS), list(HELD)],
    ],
)
def test_one_table_stays_whole(rows: list[list[object] | None]) -> None:
    found = sheet(*rows)
    assert "second tableau" not in told(found)
    assert len(found.grid.rows) == len([row for row in rows if row])


@pytest.mark.parametrize(("whole", "told_of"), [(True, True), (False, False)])
def test_lines_that_are_struck_out_are_told(*, whole: bool, told_of: bool) -> None:
    def fill(book: Workbook) -> None:
        struck, other = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        page = book.add_worksheet("Réunions")
        page.write_row(0, 0, MEETINGS, other)
        page.write_row(1, 0, HELD)
        page.write_row(2, 0, HELD[:2], struck)
        page.write_row(2, 2, HELD[2:], struck if whole else None)

    (grid,) = read_file("a.xlsx", workbook(fill))
    said = "1 ligne barrée est lue aussi (ligne 3) : vérifiez qu’il faut la prendre."
    assert (said in told(match(grid))) is told_of


def test_headers_that_are_days_are_told() -> None:
    found = sheet(["Ville", "Réseau", "12/03/2024", date(2024, 5, 14)], ["Lille", "Hauts-de-France", "x", None])
    assert "Les en-têtes de 2 colonnes sont des dates (« 12/03/2024 » et « 14/05/2024 »)" in told(found)
