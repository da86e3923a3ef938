"""What is refused comes back to be mended: the same cells, read again as they are, with what is wrong beside them."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from netstats import store
from netstats.intake.check.sheets import check_sheets
from netstats.intake.issues import Issue, Where, issue
from netstats.intake.labels import FORMULA_STARTS
from netstats.intake.questions import NONE, Option, Question, Topic
from netstats.intake.read.files import read_file
from netstats.intake.read.grids import Grid
from netstats.intake.read.matching import Matching, match, rematch
from netstats.intake.rejects import REASONS, UNREADABLE, Rejects, rejects_file
from netstats.intake.snapshot import read_snapshot

HEADERS = ["Réseau", "Nature", "Date", "Participants", "Lieu", "Ouverte aux non-membres", "Remarques internes"]
ROWS: list[list[object]] = [
    ["Hauts-de-France", "atelier", date(2026, 3, 12), 16, "Lille", True, "a"],
    ["Haut de France", "atelier", "31/02/2026", 16.5, "=1+1", False, None],
    ["Hauts-de-France", "atelier", datetime(2026, 3, 12, 14, 30), None, "'=1+1", None, "x\ny"],
    ["National", "assises", 46000, 2**60, "02691", "peut-être", "-3"],
    ["National", "assises", "mars 2026", "environ 50", "'quarante'", "oui", "b"],
]


TOPIC = Topic("territoire", "hauts-de-france", "saint denis")


def grid(rows: list[list[object]] = ROWS, *, file: str = "année.xlsx", sheet: str = "Réunions 2026") -> Grid:
    """Return a sheet whose title stands in its second line and whose headers are in the fourth."""
    title: list[object] = ["Les réunions", *[None] * (len(HEADERS) - 1)]
    return Grid(file, sheet, [title, [*HEADERS], *rows], [2, 4, *range(5, 5 + len(rows))])


def refusal(line: int, column: str | None = None, found: str = "", *near: str, of: Grid | None = None) -> Issue:
    source = of or grid()
    return issue_at(source.file, source.sheet, line, column, found, "n’est le nom d’aucun réseau", near)


def issue_at(  # noqa: PLR0917
    file: str, sheet: str, line: int, column: str | None, found: str, words: str, near: tuple[str, ...] = ()
) -> Issue:
    where = Where("reunions", file=file, sheet=sheet, line=line, column=column)
    return Issue("text", {"words": words}, near, found, where=where)


def mended(file: Rejects | None) -> Rejects:
    assert file is not None
    return file


def opened(file: Rejects | None) -> Workbook:
    assert mended(file).name.endswith(".xlsx")
    return openpyxl.load_workbook(io.BytesIO(mended(file).content))


def read_again(file: Rejects | None) -> Matching:
    (read,) = read_file(mended(file).name, mended(file).content)
    return match(read)


def test_without_refused_lines_there_is_no_file() -> None:
    assert rejects_file([match(grid())], []) is None
    assert rejects_file([match(grid())], [issue_at("autre.xlsx", "Réunions 2026", 6, None, "", "x")]) is None


def test_only_the_refused_lines_come_back_and_are_read_as_they_were() -> None:
    before = match(grid())
    file = rejects_file([before], [refusal(line) for line in (6, 7, 8, 9)])
    assert mended(file).lines == 4
    assert mended(file).name == "année-a-corriger.xlsx"
    after = read_again(file)
    assert after.form is before.form
    assert dict(after.columns) == dict(before.columns)
    cells = [row[: len(HEADERS)] for row in after.grid.rows[after.header + 1 :]]
    expected = [list(row) for row in ROWS[1:]]
    expected[2][3] = str(2**60)  # a number that a workbook would round is a text
    assert cells == expected
    assert REASONS not in after.headers or after.headers.index(REASONS) not in after.columns.values()


def test_texts_stay_texts() -> None:
    sheet = opened(rejects_file([match(grid())], [refusal(line) for line in (6, 7, 8)]))["Réunions 2026"]
    places = {cell.value: cell for row in sheet for cell in row}
    assert places["=1+1"].data_type in {"s", "inlineStr"}
    assert places["02691"].number_format == "@"
    assert not [cell for cell in places.values() if cell.data_type == "f" or cell.hyperlink]


def test_reasons_are_said_and_the_cells_at_fault_are_coloured() -> None:
    refusals = [
        refusal(6, "Réseau", "Haut de France", "Hauts-de-France", "Grand Est"),
        refusal(6, "Date", "31/02/2026"),
        refusal(7, "Participants"),
    ]
    sheet = opened(rejects_file([match(grid())], refusals))["Réunions 2026"]
    assert [cell.value for cell in sheet[1]] == [*HEADERS, REASONS]
    said = str(sheet.cell(2, len(HEADERS) + 1).value).replace("\N{NO-BREAK SPACE}", " ").split("\n")
    assert said[0] == (
        "Réseau : « Haut de France » n’est le nom d’aucun réseau. Peut-être Hauts-de-France ou Grand Est ?"
    )
    assert said[1].startswith("Date : « 31/02/2026 »")
    assert "ligne" not in said[0]  # it has another number here
    plain = sheet.cell(3, 1).fill.fgColor.rgb
    coloured = {(cell.row, cell.column) for row in sheet["A2:G3"] for cell in row if cell.fill.fgColor.rgb != plain}
    assert coloured == {(2, 1), (2, 3), (3, 4)}
    assert sheet.freeze_panes == "A2"


def test_a_line_that_waits_says_its_question_with_the_codes_of_the_answers() -> None:
    options = (Option("93066", "Saint-Denis (93)"), Option("97411", "Saint-Denis (974)"))
    sentence = "« Saint-Denis » désigne 2 territoires. Lequel ?"
    question = Question(TOPIC, sentence, options, "année.xlsx", "Réunions 2026", (5,))
    waiting = issue_at(
        "année.xlsx", "Réunions 2026", 9, "Lieu", "Lille", "dépend de la ligne 5, qui attend une réponse"
    )
    sheet = opened(rejects_file([match(grid())], [], [waiting], [question]))["Réunions 2026"]
    said = [str(cell.value) for cell in sheet["H"]]
    assert "Saint-Denis (93) [93066] ou Saint-Denis (974) [97411]" in said[1]
    assert "dépend de la ligne 5" in said[2]


def test_a_text_file_comes_back_as_one() -> None:
    rows: list[list[object]] = [[cell if cell is None else str(cell) for cell in row] for row in ROWS]
    source = grid(rows, file="reunions.csv", sheet="")
    file = rejects_file([match(source)], [refusal(line, "Lieu", of=source) for line in (6, 7, 8, 9)])
    assert mended(file).name == "reunions-a-corriger.csv"
    text = mended(file).content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert table[0] == [*HEADERS, REASONS]
    assert not [cell for row in table for cell in row if cell.startswith(FORMULA_STARTS)]
    after = read_again(file)
    assert dict(after.columns) == dict(match(source).columns)
    assert [row[: len(HEADERS)] for row in after.grid.rows[1:]] == rows[1:]


def test_mending_a_mended_file_keeps_its_name_and_one_column_of_reasons() -> None:
    first = read_again(rejects_file([match(grid())], [refusal(6), refusal(7)]))
    second = rejects_file([first], [issue_at(first.grid.file, first.grid.sheet, 3, None, "", "encore")])
    assert mended(second).name == mended(rejects_file([match(grid())], [refusal(6)])).name
    sheet = opened(second)["Réunions 2026"]
    assert [cell.value for cell in sheet[1]] == [*HEADERS, REASONS]
    assert [cell.value for cell in sheet["H"]] == [REASONS, "encore."]


@pytest.mark.parametrize("sheet", ["Réunions", ""])
def test_a_cell_that_cannot_be_read_is_refused_until_it_is_mended(sheet: str) -> None:
    broken = grid([["National", Issue("no-result", found="=A1"), *[None] * 5]], sheet=sheet)
    after = read_again(rejects_file([match(broken)], [refusal(5, "Nature", of=broken)]))
    cell = after.grid.rows[-1][after.columns["kind"]]
    assert isinstance(cell, Issue)
    assert cell.found == UNREADABLE


def test_what_was_refused_as_a_column_does_not_travel() -> None:
    rows: list[list[object]] = [
        ["National", "assises", "2026", "Marie Dupont"],
        ["National", "atelier", "2025", "Jean Petit"],
    ]
    source = Grid("r.xlsx", "Réunions", [["Réseau", "Nature", "Date", "Contact"], *rows], [1, 2, 3])
    matching = match(source)
    assert "Contact" in matching.refused
    sheet = opened(rejects_file([matching], [refusal(2, of=source)]))["Réunions"]
    assert [cell.value for cell in sheet[1]] == ["Réseau", "Nature", "Date", REASONS]
    assert "Marie Dupont" not in {cell.value for row in sheet for cell in row}


def test_several_files_make_one_workbook_with_a_sheet_each() -> None:
    names = [("a.xlsx", "Réunions"), ("b.xlsx", "réunions"), ("c.csv", ""), ("d.xlsx", "Réunions [2026] : " + "x" * 40)]
    sources = [grid(file=file, sheet=sheet) for file, sheet in names]
    file = rejects_file(map(match, sources), [refusal(6, of=source) for source in sources])
    assert mended(file).name == "a-corriger.xlsx"
    titles = opened(file).sheetnames
    assert titles[:3] == ["Réunions", "réunions (2)", "Réunions (3)"]
    assert len(titles[3]) <= 31
    assert len({match(one).form for one in read_file("a-corriger.xlsx", mended(file).content)}) == 1


def test_more_than_a_cell_can_hold_is_cut() -> None:
    source = grid([["National", "x" * 40_000, *[None] * 5]])
    many = [refusal(5, None, "y" * 70, of=source) for _ in range(2)] + [
        refusal(5, None, f"{n}", of=source) for n in range(2000)
    ]
    sheet = opened(rejects_file([match(source)], many)).worksheets[0]
    assert len(str(sheet["B2"].value)) == len(str(sheet["H2"].value)) == 32_767


def test_once_mended_the_lines_are_taken(real_database: store.Database) -> None:
    known = read_snapshot(real_database)
    rows: list[list[object]] = [
        ["National", "atelier", "31/02/2026", "Saint-Denis"],
        ["National", "atelir", "01/03/2026", "Lille"],
    ]
    source = Grid("r.xlsx", "Réunions", [["Réseau", "Nature", "Date", "Territoires présents"], *rows], [1, 2, 3])
    verdict = check_sheets([match(source)], known, today=date(2026, 11, 22))
    file = rejects_file([match(source)], verdict.issues, verdict.held_back, verdict.questions)
    book = opened(file)
    sheet = book["Réunions"]
    assert mended(file).lines == 2
    assert "atelier" in str(sheet["E3"].value)
    assert "Saint-Denis (93)" in str(sheet["E2"].value)
    sheet["C2"], sheet["B3"], sheet["D2"] = "28/02/2026", "atelier", "93066"
    stream = io.BytesIO()
    book.save(stream)
    again = check_sheets(
        [match(one) for one in read_file("r.xlsx", stream.getvalue())], known, today=date(2026, 11, 22)
    )
    assert (again.issues, again.questions) == ((), ())
    assert len(again.change_set.rows["meeting"]) == len(again.change_set.rows["attendance"]) == 2


@pytest.mark.parametrize("sheet", ["Réunions", ""])
def test_a_mapping_made_by_hand_comes_back(sheet: str) -> None:
    headers: list[object] = ["Réseau", "Sorte", "Date", "Jour exact", "Statut", "Remarque"]
    rows: list[list[object]] = [["National", "atelir", "2026", "12/03/2026", "?", "a"], ["National", "x", *[None] * 4]]
    source = Grid("r.xlsx", sheet, [headers, *rows], [1, 2, 3])
    found = match(source)
    assert found.form
    before = rematch(found, found.form, {"network": 0, "kind": 1, "date": 3})
    file = rejects_file([before], [issue_at("r.xlsx", sheet, 2, "Sorte", "atelir", "n’est pas une valeur permise")])
    after = read_again(file)
    assert dict(after.columns) == dict(before.columns)
    assert after.headers[:6] == ("Réseau", "Nature", "Mise de côté : Date", "Date", "Mise de côté : Statut", "Remarque")
    assert after.grid.rows[1][:6] == rows[0]
    assert str(after.grid.rows[1][6]).replace("\N{NO-BREAK SPACE}", " ").startswith("Nature : « atelir »")
    assert REASONS not in after.ignored
    again = read_again(rejects_file([after], [issue_at(after.grid.file, after.grid.sheet, 2, None, "", "encore")]))
    assert (again.headers, dict(again.columns)) == (after.headers, dict(after.columns))


def test_a_cell_of_which_nothing_is_shown_is_called_a_cell() -> None:
    where = Where("actions", file="a.csv", line=2, column="Description")
    found = [issue(code).at(where, "") for code in ("raised-digit", "negative", "required")]
    said = [
        str(one).replace("\N{NO-BREAK SPACE}", " ").removeprefix("a.csv, ligne 2, colonne Description : ")
        for one in found
    ]
    assert said == [
        "la cellule porte un chiffre en exposant (un appel de note ?) ; ôtez-le.",
        "la cellule est négatif ; laissez la cellule vide si on ignore le nombre.",
        "valeur obligatoire, la cellule est vide.",
    ]
    assert "« x » est une" in str(issue_at("a.csv", "", 2, "Note", "x", "est une formule")).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_no_answer_is_proposed_where_the_cell_can_be_written_anew() -> None:
    options = (Option("93066", "Saint-Denis (93)"), Option(NONE, "Aucun de ceux-là"))
    asked = Question(TOPIC, "Lequel ?", options, "année.xlsx", "Réunions 2026", (5,))
    sheet = opened(rejects_file([match(grid())], [], [], [asked]))["Réunions 2026"]
    assert "Saint-Denis (93) [93066]." in str(sheet["H2"].value)
    assert "Aucun" not in str(sheet["H2"].value)
