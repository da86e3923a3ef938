"""A second table in a sheet, below the first or beside it, is told and its lines are not those of the first."""

from __future__ import annotations

import pytest

from netstats.intake.read.grids import Grid
from netstats.intake.read.matching import Matching, match
from netstats.wording import NO_BREAK

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
