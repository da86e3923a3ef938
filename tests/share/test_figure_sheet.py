"""The workbook of one figure holds its rows as the screen has them, under what defends them, and runs nothing."""

from __future__ import annotations

import io
import warnings
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from netstats.catalogue import overview
from netstats.catalogue.column import COMPARED
from netstats.catalogue.figure import Figure
from netstats.filters import Filters
from netstats.period import Period
from netstats.share import tables
from netstats.share.figure_sheet import to_xlsx
from netstats.store import Database
from tests.share.test_tables import CHOICES, FIGURE, MADE_UP, REAL, frame
from tests.share.test_workbook import known, same

SELECTION = Filters(departments=("59",), period=Period.parse("2020"))


def facts(sheet: Worksheet, top: int) -> dict[object, object]:
    return {label.value: text.value for label, text in sheet[f"A1:B{top - 1}"] if label.value}


def table_of(sheet: Worksheet) -> tuple[int, list[tuple[object, ...]]]:
    """Return the row of the headers, and all rows of the only table, headers first."""
    (table,) = sheet.tables.values()
    first = int(table.ref.split(":")[0][1:])
    return first, [tuple(cell.value for cell in row) for row in sheet[table.ref]]


@pytest.mark.parametrize("figure", overview.FIGURES.values(), ids=lambda figure: figure.name)
def test_every_cell_is_that_of_the_figure(real_database: Database, figure: Figure) -> None:
    filters = Filters() if figure.is_long else SELECTION
    rows = figure.ask(real_database, filters, "59350" if figure.subject else "")
    version, choices = real_database.version(), overview.choices(real_database)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # the library only warns of a table that it leaves out
        content = to_xlsx(figure, rows, filters=filters, choices=choices, version=version)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    top, (headers, *cells) = table_of(sheet)
    unknown = {column for column in COMPARED if column in rows and rows[column].isna().all()}
    columns = [column for column in figure.columns if column not in figure.technical | unknown]
    assert list(headers) == [figure.headers[column] for column in columns]
    assert len(cells) == max(len(rows), 1)
    for rank in range(len(rows)):
        expected = [known(rows, column, rank) for column in columns]
        assert all(map(same, cells[rank], expected)), (rank, cells[rank], expected)
    said = facts(sheet, top)
    assert figure.title.split()[0] in str(sheet["A1"].value)
    assert said["Champ"] == figure.scope(filters, choices)
    assert {"Définition", "Source", "Mis à jour le"} < said.keys()


def test_what_is_made_up_says_so_first_and_texts_stay_texts() -> None:
    content = to_xlsx(FIGURE, frame("=1+1", "<r>"), filters=SELECTION, choices=CHOICES, version=MADE_UP, subject="=2+2")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert sheet["A1"].value == tables.FICTIONAL
    assert sheet["A2"].value == "Un essai"
    top, (headers, first, second) = table_of(sheet)
    assert facts(sheet, top)["Sujet"] == "=2+2"
    assert headers == ("Nom", "Nombre", "Part", "Date", "Connu")
    assert first == ("=1+1", 3, 0.25, sheet.cell(top + 1, 4).value, "oui")
    assert second == (" <r>", None, 0.25, None, "oui")
    assert sheet.cell(top + 1, 4).value.date() == date(2020, 5, 6)
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    assert sheet.cell(top + 1, 1).quotePrefix


def test_it_is_named_and_looks_the_same_without_a_row() -> None:
    content = to_xlsx(FIGURE, frame("Lille").iloc[:0], filters=Filters(), choices=CHOICES, version=REAL)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert sheet.title == "essai"
    _, rows = table_of(sheet)
    assert rows == [("Nom", "Nombre", "Part", "Date", "Connu"), (None,) * 5]
