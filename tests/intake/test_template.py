"""The sheets to fill in: opened again, they hold the columns, the lists and the help that `forms` says, and no data."""

import csv
import io
from collections.abc import Mapping
from datetime import date

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from netstats import store
from netstats.intake.bootstrap import network_frames
from netstats.intake.check.sheets import check_sheets
from netstats.intake.forms import (
    ATTENDANCE,
    BY_NAME,
    FORMS,
    HEADCOUNT_UNITS,
    MEETING_KINDS,
    MEETINGS,
    Field,
    Form,
)
from netstats.intake.read.files import read_file
from netstats.intake.read.matching import match
from netstats.intake.snapshot import read_snapshot
from netstats.intake.template import (
    ROWS,
    Lists,
    known_lists,
    template_csv,
    template_workbook,
)
from netstats.intake.template_help import EXAMPLES, bounds
from tests import activity
from tests.conftest import DATA

IN_TEMPLATE = [form for form in FORMS if form.in_template]
FIELDS = [(form, field) for form in IN_TEMPLATE for field in form.fields]


@pytest.fixture(scope="module")
def real() -> Mapping[str, pd.DataFrame]:
    return network_frames(DATA)


@pytest.fixture(scope="module")
def lists(real: Mapping[str, pd.DataFrame]) -> Lists:
    return known_lists(real)


def opened(lists: Lists) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_workbook(lists)))


@pytest.fixture(scope="module")
def book(lists: Lists) -> Workbook:
    return opened(lists)


def column_of(form: Form, field: Field) -> int:
    return form.fields.index(field) + 1


def check_of(sheet: Worksheet, column: int, row: int = 2) -> DataValidation | None:
    letter = openpyxl.utils.get_column_letter(column)
    found = [check for check in sheet.data_validations.dataValidation if f"{letter}{row}" in check.sqref]
    assert len(found) < 2
    return found[0] if found else None


def offered(book: Workbook, form: Form, field: Field) -> list[object] | None:
    """Return what the drop-down list of a column shows, None when it has none."""
    check = check_of(book[form.title], column_of(form, field))
    if check is None or check.type != "list":
        return None
    sheet, cells = str(check.formula1).split("!")
    first, top, last, bottom = range_boundaries(cells.replace("$", ""))
    assert first == last
    return [book[sheet].cell(row, first).value for row in range(top, bottom + 1)]


def test_the_sheets_are_there_and_hold_no_data(book: Workbook) -> None:
    assert book.sheetnames == ["Lisez-moi", "Réunions", "Présences", "Actions", "Exemples", "Listes"]
    for form in IN_TEMPLATE:
        assert book[form.title].max_row == 1


@pytest.mark.parametrize("form", IN_TEMPLATE, ids=lambda form: form.name)
def test_headers_are_those_of_the_form(book: Workbook, form: Form) -> None:
    sheet = book[form.title]
    assert [cell.value for cell in sheet[1]] == [
        f"{field.header} *" if field.required else field.header for field in form.fields
    ]
    fills = {field.required: cell.fill.fgColor.rgb for field, cell in zip(form.fields, sheet[1], strict=True)}
    assert len(set(fills.values())) == len(fills)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=lambda one: one.name)
def test_every_header_says_what_to_write(book: Workbook, form: Form, field: Field) -> None:
    cell = book[form.title].cell(1, column_of(form, field))
    assert field.help in cell.comment.text
    assert bounds(field) in cell.comment.text
    assert book[form.title].column_dimensions[cell.column_letter].width >= len(max(field.header.split(), key=len))


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=lambda one: one.name)
def test_closed_lists_are_drop_down_lists(book: Workbook, lists: Lists, form: Form, field: Field) -> None:
    expected = {
        "network": list(lists.networks),
        "theme": list(lists.themes),
        "type": list(lists.types),
        "audience": list(lists.audiences),
        "yes_no": ["oui", "non"],
        "choice": list(field.choices),
    }.get(field.kind)
    assert offered(book, form, field) == expected
    check = check_of(book[form.title], column_of(form, field), ROWS + 1)
    if expected:
        assert check is not None
        assert check.errorStyle in {None, "stop"}
        assert check.showErrorMessage
        assert "choisissez dans la liste" in check.error


def test_several_themes_are_not_forbidden(book: Workbook, lists: Lists) -> None:
    check = check_of(book["Réunions"], column_of(MEETINGS, MEETINGS.field("themes")))
    assert check is not None
    assert check.type in {None, "none"}
    assert "points-virgules" in check.prompt
    titles = {cell.value: cell.column for cell in book["Listes"][1]}
    column = [book["Listes"].cell(row, titles["Thèmes"]).value for row in range(2, len(lists.themes) + 2)]
    assert column == list(lists.themes)


def test_a_cell_keeps_what_is_typed(book: Workbook) -> None:
    """A spreadsheet would make « mars 2026 » a day of its own, and take the zero of « 02691 » away."""

    def style(form: Form, name: str) -> str:
        letter = openpyxl.utils.get_column_letter(column_of(form, form.field(name)))
        return str(book[form.title].column_dimensions[letter].number_format)

    assert style(MEETINGS, "date") == style(ATTENDANCE, "date") == style(ATTENDANCE, "territory_code") == "@"
    assert style(MEETINGS, "until") == "dd/mm/yyyy"
    until = check_of(book["Réunions"], column_of(MEETINGS, MEETINGS.field("until")))
    assert until is not None
    assert until.type == "date"


def test_limits_are_checked_while_typing(book: Workbook) -> None:
    sessions = check_of(book["Réunions"], column_of(MEETINGS, MEETINGS.field("sessions")))
    title = check_of(book["Réunions"], column_of(MEETINGS, MEETINGS.field("title")))
    assert sessions is not None
    assert (sessions.type, sessions.formula1, sessions.formula2) == ("whole", "1", "1000")
    assert title is not None
    assert (title.type, title.operator, title.formula1) == ("textLength", "lessThanOrEqual", "300")
    assert title.error == "Titre\N{NO-BREAK SPACE}: 300\N{NO-BREAK SPACE}caractères au plus."


def test_long_lists_work() -> None:
    many = Lists(networks=tuple(f"Réseau {rank}" for rank in range(3000)))
    assert offered(opened(many), MEETINGS, MEETINGS.field("network")) == list(many.networks)


def test_without_anything_in_the_database_there_is_still_a_template() -> None:
    book = opened(Lists())
    assert offered(book, MEETINGS, MEETINGS.field("network")) is None
    assert offered(book, MEETINGS, MEETINGS.field("kind")) == list(MEETING_KINDS)


def test_a_name_that_looks_like_a_formula_is_a_text() -> None:
    name = '=HYPERLINK("http://evil.example")'
    book = opened(Lists(networks=(name, "http://evil.example")))
    cell = book["Listes"]["A2"]
    assert (cell.value, cell.data_type) in {(name, "s"), (name, "inlineStr")}
    assert book["Listes"]["A3"].hyperlink is None


def test_what_is_in_use_is_offered_too() -> None:
    named = pd.DataFrame({"code": ["a", "b"], "name": ["A", "B"], "retired": [None, True]})
    meetings = pd.DataFrame({"kind": ["visite", "atelier"], "participants_unit": [None, "maires adjoints"]})
    frames = dict.fromkeys(("network", "theme", "action_type", "audience"), named)
    lists = known_lists({**frames, "meeting": meetings})
    assert lists.themes == lists.networks == ("A",)  # what was retired is not
    assert lists.kinds == (*MEETING_KINDS, "visite")
    assert lists.units == (*HEADCOUNT_UNITS, "maires adjoints")


def test_the_read_me_explains_every_column(book: Workbook) -> None:
    rows = [[str(cell.value or "").replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in book["Lisez-moi"]]
    text = " ".join(cell for row in rows for cell in row)
    for form, field in FIELDS:
        assert f"{form.title} : " in text
        header = f"{field.header} *" if field.required else field.header
        assert [row for row in rows if row[0] == header and row[1] == field.help.replace("\N{NO-BREAK SPACE}", " ")]
    for word in ("vide", "personnelle", "Importer", "point"):
        assert word in text


def test_examples_are_true_to_the_lists_and_the_official_names(lists: Lists, real: Mapping[str, pd.DataFrame]) -> None:
    short = {*real["theme"]["name"], *real["theme"]["short_name"]}
    communes = {row["code"]: row["name"] for row in activity.read_reference("communes")}
    known = {"network": set(lists.networks), "type": set(lists.types), "audience": set(lists.audiences), "theme": short}
    for name, examples in EXAMPLES.items():
        for example in examples:
            assert set(example) - {"À noter"} <= {field.name for field in BY_NAME[name].fields}
            for field in BY_NAME[name].fields:
                cell = example.get(field.name, "")
                assert not (cell and field.choices) or cell in field.choices
                assert not (cell and field.kind in known) or cell in known[field.kind]
                assert field.kind != "themes" or set(filter(None, cell.split(" ; "))) <= short
            if code := example.get("territory_code"):
                assert communes[code] == example["territory"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_template_as_csv_is_the_headers_alone(form: Form) -> None:
    content = template_csv(form)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [[field.header for field in form.fields]]


def test_the_reader_recognises_what_was_handed_out(lists: Lists) -> None:
    matchings = [match(grid) for grid in read_file("modele.xlsx", template_workbook(lists))]
    assert [found.form for found in matchings] == [None, *IN_TEMPLATE, None, None]
    for found in matchings[1:4]:
        assert found.form is not None
        assert set(found.columns) == {field.name for field in found.form.fields}
        assert not found.refused


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_reader_recognises_the_headers_of_every_form(form: Form) -> None:
    (grid,) = read_file(f"{form.name}.csv", template_csv(form))
    found = match(grid)
    assert found.form is form
    assert set(found.columns) == {field.name for field in form.fields}


def test_the_examples_would_be_taken(lists: Lists, real_database: store.Database) -> None:
    book = opened(lists)
    for form in IN_TEMPLATE:
        for row, example in enumerate(EXAMPLES[form.name], 2):
            for field in form.fields:
                book[form.title].cell(row, column_of(form, field)).value = example.get(field.name)
    stream = io.BytesIO()
    book.save(stream)
    matchings = [match(grid) for grid in read_file("modele.xlsx", stream.getvalue())]
    verdict = check_sheets(matchings, read_snapshot(real_database), today=date(2026, 11, 22))
    assert (verdict.issues, verdict.questions) == ((), ())
    meetings = verdict.change_set.rows["meeting"]
    assert list(meetings["date_precision"]) == ["day", "month", "day"]
    assert len(verdict.change_set.rows["attendance"]) == 5
    assert len(verdict.change_set.rows["action"]) == 2
