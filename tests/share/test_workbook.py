"""A workbook holds the very numbers of the screen, says what defends them, and runs nothing."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from netstats import choices, store, wording
from netstats.catalogue import overview
from netstats.catalogue.column import COLUMNS, COMPARED
from netstats.catalogue.figure import Figure
from netstats.catalogue.indicators import BESIDE
from netstats.catalogue.overview import ATTENDANCES, INDICATORS, MEASURES, MEETINGS
from netstats.filters import Filters
from netstats.intake.bootstrap import network_frames
from netstats.intake.labels import FORMULA_STARTS
from netstats.period import Period
from netstats.share import tables
from netstats.share.selection import Selection, asked_of
from netstats.share.workbook import README, ROWS_BEHIND, SHEETS, to_xlsx
from netstats.store import Database
from netstats.wording import NO_BREAK
from tests.conftest import DATA, Generated

TODAY = date(2026, 11, 23)
NORD_2020 = Filters(departments=("59",), period=Period.parse("2020"))
NOWHERE = Filters(departments=("2A",), period=Period.parse("1999"))
SELECTIONS = {
    "everything": Filters(),
    "nord-2020": NORD_2020,
    "a-network": Filters(networks=("hauts-de-france",)),
    "national": Filters(networks=("national",)),
    "a-theme-since": Filters(themes=("stupefiants",), period=Period.parse("depuis 2015")),
    "unfinished": Filters(period=Period.parse("2025 à 2026")),
    "nowhere": NOWHERE,
}
KNOWN_DATES = {"first_seen", "last_seen", "late_since"}


def selected(database: Database, filters: Filters) -> Selection:
    return Selection(asked_of(database, today=TODAY), filters, overview.choices(database), database.version(), TODAY)


def opened(selection: Selection) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(selection)))


@cache
def real(name: str) -> tuple[Selection, Workbook]:
    selection = selected(_real(), SELECTIONS[name])
    return selection, opened(selection)


@cache
def _real() -> Database:
    return store.build(DATA / "reference", network_frames(DATA), path=None)


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    _real().close()
    _real.cache_clear()
    real.cache_clear()


def known(rows: pd.DataFrame, column: str, rank: int) -> object:
    """What a cell must hold, from what the figure answered."""
    value = rows[column].iloc[rank]
    if pd.isna(value) or value == "":
        return None
    if isinstance(value, pd.Timestamp):
        precision = rows["date_precision"].iloc[rank] if column == "held_on" else "day"
        if precision == "day":
            return value.to_pydatetime()
        return {"month": f"{value:%Y-%m}", "year": f"{value:%Y}", "unknown": None}[precision]
    if column in KNOWN_DATES and len(value) == 10:
        return datetime.fromisoformat(value)
    if pd.api.types.is_bool(value):
        return "oui" if value else "non"
    return choices.VALUES.get(column, {}).get(value, value)


def same(found: object, expected: object) -> bool:
    """Whether a cell holds a value: a file of Excel keeps 16 digits of a number."""
    if isinstance(expected, float):
        return isinstance(found, float | int) and math.isclose(found, expected, rel_tol=1e-15)
    return found == expected and isinstance(found, str) == isinstance(expected, str)


def columns_of(figure: Figure, rows: pd.DataFrame) -> list[str]:
    """The columns that a reader of the sheet finds."""
    behind = figure in ROWS_BEHIND.values()
    return [
        column
        for column in figure.columns
        if (column not in figure.technical or (behind and "code" in column))
        and not (column in COMPARED and rows[column].isna().all())
    ]


def compare(selection: Selection, book: Workbook) -> int:
    """Compare every cell of every figure with its answer; return how many cells were."""
    compared = 0
    for name, figure in SHEETS.items():
        if figure is INDICATORS:
            continue
        rows = selection.rows(figure)
        assert (name in book.sheetnames) == (not rows.empty), name
        if rows.empty:
            continue
        columns = columns_of(figure, rows)
        cells = list(book[name].iter_rows(values_only=True))
        assert list(cells[0]) == [figure.headers[column] for column in columns]
        assert len(cells) == len(rows) + 1, name
        for rank, found in enumerate(cells[1:]):
            expected = [known(rows, column, rank) for column in columns]
            assert all(map(same, found, expected)), (name, rank, found, expected)
            compared += len(found)
    return compared


class TestNumbers:
    @pytest.mark.parametrize("name", SELECTIONS)
    def test_every_cell_is_that_of_the_figure(self, name: str) -> None:
        assert compare(*real(name)) > 0

    @pytest.mark.parametrize(
        "filters",
        [
            Filters(),
            Filters(period=Period.parse("2018")),
            Filters(networks=("rhone", "ouest"), kinds=("commune", "CC"), period=Period.parse("2016 à 2019")),
        ],
        ids=["everything", "2018", "crossed"],
    )
    def test_so_it_is_of_a_generated_activity(self, generated: Generated, filters: Filters) -> None:
        selection = selected(generated.database, filters)
        assert compare(selection, opened(selection)) > 1000

    @pytest.mark.parametrize("name", SELECTIONS)
    def test_the_key_figures_are_a_list_of_all_of_them(self, name: str) -> None:
        selection, book = real(name)
        rows = selection.rows(INDICATORS)
        cells = list(book["Chiffres clés"].iter_rows(min_row=2, values_only=True))
        assert [cell[0] for cell in cells] == list(INDICATORS.headers.values())
        assert all(
            same(cell[1], known(rows, column, 0)) for cell, column in zip(cells, INDICATORS.columns, strict=True)
        )
        definitions = {cell[0]: cell[3] for cell in cells if cell[3]}
        assert definitions == {
            INDICATORS.headers[headline.name]: headline.definition for headline in (*MEASURES, *BESIDE)
        }

    def test_a_key_figure_says_from_how_many_meetings_it_is_known(self) -> None:
        notes = {row[0]: row[2] for row in real("everything")[1]["Chiffres clés"].iter_rows(values_only=True)}
        assert notes["Présences"].startswith("présents connus pour ")
        assert notes["Participants (effectifs connus)"].startswith("effectif connu pour ")
        assert notes["Séances"] is None

    @pytest.mark.parametrize(("name", "compared"), [("nord-2020", True), ("unfinished", False), ("everything", False)])
    def test_a_ranking_is_compared_where_there_is_something_to_compare_with(self, name: str, *, compared: bool) -> None:
        headers = {cell.value for cell in real(name)[1]["Types d’action"][1]} if name != "unfinished" else set()
        assert ({COLUMNS[column].header for column in COMPARED} <= headers) == compared


class TestTypes:
    def test_a_day_is_a_date_and_less_than_a_day_a_text(self) -> None:
        selection, book = real("everything")
        rows = selection.rows(MEETINGS)
        column = list(columns_of(MEETINGS, rows)).index("held_on") + 1
        cells = [book["Réunions"].cell(row, column) for row in range(2, len(rows) + 2)]
        kinds = {"day": True, "month": False, "year": False, "unknown": False}
        assert [cell.is_date and cell.value is not None for cell in cells] == [
            kinds[precision] for precision in rows["date_precision"]
        ]
        assert {cell.number_format for cell in cells if cell.is_date} == {"dd/mm/yyyy"}
        assert set(rows["date_precision"]) >= {"day", "unknown"}

    def test_less_than_a_day_is_not_completed(self, generated: Generated) -> None:
        book = opened(selected(generated.database, Filters()))
        texts = {row[1] for row in book["Réunions"].iter_rows(min_row=2, values_only=True) if isinstance(row[1], str)}
        assert {len(text) for text in texts} == {len("2016"), len("2016-05")}

    def test_numbers_are_shown_as_what_they_are(self) -> None:
        book = real("nord-2020")[1]
        formats = {cell.value: book["Départements"].cell(2, cell.column) for cell in book["Départements"][1]}
        assert "%" in formats["Part de la population couverte"].number_format
        assert formats["Population (habitants)"].number_format == "#,##0"
        assert formats["Code"].data_type == "s"  # « 01 » keeps its nought
        assert book["Année par année"]["A2"].number_format == "0"
        change = next(cell for cell in book["Types d’action"][1] if cell.value == COLUMNS["change"].header)
        assert book["Types d’action"].cell(2, change.column).number_format.startswith("+")

    def test_nothing_unknown_is_written(self, generated: Generated) -> None:
        for book in (real("everything")[1], opened(selected(generated.database, Filters()))):
            for sheet in book:
                for row in sheet.iter_rows(values_only=True):
                    assert not {str(value).casefold() for value in row} & {"nan", "nat", "<na>", "true", "false", ""}

    def test_an_address_is_a_link(self) -> None:
        sheet = real("everything")[1]["Réunions"]
        last = sheet.cell(2, sheet.max_column)
        assert last.hyperlink is not None
        assert last.hyperlink.target == last.value
        assert str(last.value).startswith("https://")


class TestSheets:
    def test_they_follow_the_pages(self) -> None:
        selection, book = real("everything")
        full = [name for name, figure in SHEETS.items() if not selection.rows(figure).empty]
        assert book.sheetnames == [README, *full]
        assert set(SHEETS) - set(full) == {"À relancer"}, "the activity stopped: nobody is absent from it"

    def test_their_names_are_good_for_excel(self) -> None:
        for name in SHEETS:
            assert 0 < len(name) <= 31
            assert not set(name) & set("[]:*?/\\'")
        assert len({name.casefold() for name in [README, *SHEETS]}) == len(SHEETS) + 1

    @pytest.mark.parametrize("name", ["everything", "nord-2020"])
    def test_headers_stay_filters_are_on_and_texts_fit(self, name: str) -> None:
        for sheet in real(name)[1].worksheets[1:]:
            assert sheet.freeze_panes == "A2"
            (table,) = sheet.tables.values()
            assert table.ref == table.autoFilter.ref == sheet.dimensions
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
            for column in sheet.iter_cols():
                _fits(sheet, column)

    def test_the_foot_of_a_page_says_what_it_is_about(self) -> None:
        foot = real("nord-2020")[1]["Thèmes"].oddFooter
        assert "Nord, 2020" in foot.left.text
        assert f"22{NO_BREAK}novembre 2026" in foot.left.text
        assert "&P" in foot.right.text

    def test_a_long_selection_has_a_shorter_foot(self) -> None:
        codes = tuple(overview.choices(_real())["departement"])
        foot = opened(selected(_real(), Filters(departments=codes)))[README].oddFooter
        assert foot.left.text.endswith("…")


def _fits(sheet: Worksheet, column: tuple[Cell, ...]) -> None:
    """See that a column shows each word of its header, and each of its values, on several lines if need be."""
    width = next(  # neighbours of one width are kept as one
        found.width for found in sheet.column_dimensions.values() if found.min <= column[0].column <= found.max
    )
    assert column[0].font.bold
    assert 9 <= width <= 61
    assert max(map(len, str(column[0].value).split())) < width
    for cell in column[1:]:
        text = f"{cell.value:%d/%m/%Y}" if isinstance(cell.value, datetime) else str(cell.value or "")
        shown = f"{cell.value:,.0f}" if isinstance(cell.value, float | int) else text
        if len(shown) > width and cell.hyperlink is None:
            assert cell.alignment.wrap_text, cell
            if len(shown) > 1.2 * width:  # letters that are narrow may share a line
                assert sheet.row_dimensions[cell.row].height >= min(15 * len(shown) / width, 409), cell


class TestReadMe:
    def texts(self, book: Workbook) -> dict[str, object]:
        return {str(row[0]): row[1] for row in book[README].iter_rows(values_only=True) if row[0]}

    def test_it_says_what_the_whole_is_about(self) -> None:
        texts = self.texts(real("nord-2020")[1])
        assert texts["Champ"] == "Nord, 2020"
        assert texts["Période"] == "2020"
        assert texts["Évolution"] == "par rapport à 2019"
        assert texts["Données mises à jour le"] == f"22{NO_BREAK}novembre 2026"
        assert texts["Classeur fait le"] == f"23{NO_BREAK}novembre 2026"
        assert str(texts["Source"]).startswith("FFSU")
        running = "Période en cours : elle n’est pas comparée à la précédente.".replace(" :", f"{NO_BREAK}:")
        assert self.texts(real("unfinished")[1])["Évolution"] == running
        assert "Évolution" not in self.texts(real("everything")[1])

    @pytest.mark.parametrize("name", ["everything", "nowhere"])
    def test_every_figure_is_defined_or_said_to_be_empty(self, name: str) -> None:
        selection, book = real(name)
        lines = {str(row[0].value): row for row in book[README].iter_rows() if row[0].value}
        for sheet, figure in SHEETS.items():
            if sheet in book.sheetnames:
                link, definition, title, count, source = lines[sheet]
                assert link.hyperlink.location == f"'{sheet}'!A1"
                assert title.value == wording.typeset(figure.title)
                assert count.value == book[sheet].max_row - 1
                assert definition.value == wording.typeset(figure.definition)
                assert source.value == wording.typeset(selection.source(figure))
            else:
                assert lines[figure.title][1].value == wording.typeset(figure.empty)
        assert (len(book.sheetnames) < len(SHEETS)) == (name == "nowhere")

    def test_the_properties_name_no_person(self) -> None:
        properties = real("nord-2020")[1].properties
        assert properties.title.endswith("Nord, 2020")
        assert properties.creator is None
        assert properties.lastModifiedBy is None
        assert properties.created == datetime(2026, 11, 23)
        assert "Nord, 2020" in properties.description

    def test_made_up_data_says_so_first_of_all(self) -> None:
        frames = network_frames(DATA)
        frames["batch"] = frames["batch"].assign(kind=choices.DEMONSTRATION)
        database = store.build(DATA / "reference", frames, path=None)
        try:
            book = opened(selected(database, Filters()))
        finally:
            database.close()
        assert book[README]["A1"].value == tables.FICTIONAL
        assert tables.FICTIONAL in book.properties.description
        assert all(sheet.oddFooter.left.text.strip().startswith("Données fictives") for sheet in book)
        assert not [
            cell.value
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if "FFSU, articles" in str(cell.value)
        ]

    def test_real_data_does_not(self) -> None:
        book = real("everything")[1]
        assert not [cell.value for row in book[README].iter_rows() for cell in row if "fictives" in str(cell.value)]


MALICIOUS = (
    '=HYPERLINK("http://evil.example";"ici")',
    "+33 1 02",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "{=1+1}",
    "<r><t>gras</t></r>",
    "<r><broken>",
    "_x0041_ & <b>",
)


@pytest.fixture(scope="module")
def hostile() -> tuple[bytes, Workbook]:
    frames = network_frames(DATA)
    meetings = frames["meeting"]
    texts = [MALICIOUS[rank % len(MALICIOUS)] for rank in range(len(meetings))]
    frames["meeting"] = meetings.assign(title=texts, note=texts, source_url="javascript:pwned=1")
    frames["action"] = frames["action"].assign(source_url="file:///etc/passwd")
    frames["network"] = frames["network"].assign(name=[f"=1+{rank} &A" for rank in range(len(frames["network"]))])
    database = store.build(DATA / "reference", frames, path=None)
    try:
        content = to_xlsx(selected(database, Filters(networks=("hauts-de-france", "national"))))
    finally:
        database.close()
    return content, openpyxl.load_workbook(io.BytesIO(content))


class TestHarm:
    def test_no_cell_is_a_formula(self, hostile: tuple[bytes, Workbook]) -> None:
        with zipfile.ZipFile(io.BytesIO(hostile[0])) as archive:
            for name in archive.namelist():
                assert b"<f>" not in archive.read(name)
                assert b"javascript:" not in archive.read(name) or name == "xl/sharedStrings.xml"

    def test_what_looks_like_one_is_marked_as_a_text_and_stays_as_it_was(self, hostile: tuple[bytes, Workbook]) -> None:
        found: dict[str, Cell] = {}
        for sheet in hostile[1]:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        found[cell.value] = cell
                        assert cell.quotePrefix == cell.value.startswith(FORMULA_STARTS), cell.value
        assert set(MALICIOUS) - {text for text in MALICIOUS if text.startswith("<r>")} <= set(found)
        assert {f" {text}" for text in MALICIOUS if text.startswith("<r>")} <= set(found)

    def test_only_web_addresses_are_links(self, hostile: tuple[bytes, Workbook]) -> None:
        for sheet in hostile[1].worksheets[1:]:
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]

    def test_the_foot_is_not_read_as_codes(self, hostile: tuple[bytes, Workbook]) -> None:
        assert "=1+" in hostile[1][README].oddFooter.left.text
        assert "&&A" in hostile[1][README].oddFooter.left.text


class TestProgress:
    def test_each_sheet_is_told(self) -> None:
        told: list[tuple[float, str]] = []
        to_xlsx(selected(_real(), NORD_2020), tell=lambda part, sentence: told.append((part, sentence)))
        parts = [part for part, _ in told]
        assert parts == sorted(parts)
        assert (parts[0], parts[-1] < 1) == (0, True)
        assert [sentence.removeprefix("Feuille ") for _, sentence in told[:-1]] == list(SHEETS)


def test_presences_carry_the_codes_that_link_them() -> None:
    headers = [cell.value for cell in real("everything")[1]["Présences"][1]]
    assert {ATTENDANCES.headers["meeting_code"], ATTENDANCES.headers["territory_code"]} <= set(headers)
