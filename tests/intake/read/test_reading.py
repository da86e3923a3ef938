"""Files of every kind, made for the test, are read right or refused with a French sentence."""

from __future__ import annotations

import datetime
import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import olefile
import openpyxl
import pytest
from xlsxwriter import Workbook

from netstats.errors import NetstatsError
from netstats.intake.issues import Issue
from netstats.intake.read import grids
from netstats.intake.read.files import Grid, read_file
from netstats.intake.values import read_headcount
from tests.intake.read.samples import (
    MAIN,
    SHEET,
    cell,
    container,
    legacy_label,
    legacy_number,
    legacy_stream,
    open_document,
    record,
    row,
    sheet,
    with_sheet,
    workbook,
    zipped,
)


def only(name: str, content: bytes) -> Grid:
    (grid,) = read_file(name, content)
    assert {len(row) for row in grid.rows} == {len(grid.rows[0])}
    assert len(grid.rows) == len(grid.lines)
    return grid


def refused(name: str, content: bytes) -> str:
    with pytest.raises(NetstatsError) as caught:
        read_file(name, content)
    assert caught.value.what.startswith("«")
    assert caught.value.what.endswith(".")
    return str(caught.value)


def renamed(stream: str) -> bytes:
    """Return an OLE file whose stream has another name than that of a workbook."""
    written, old = (name.encode("utf-16-le").ljust(32, b"\x00") for name in (stream, "Workbook"))
    content = container(b"").replace(old, written)
    length = struct.pack("<H", 2 * len("Workbook") + 2) + b"\x02"
    return content.replace(length, struct.pack("<H", 2 * len(stream) + 2) + b"\x02")


# --- kinds of files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.xls", "x"])
def test_the_bytes_say_what_a_file_is_whatever_its_ending(name: str) -> None:
    assert only(name, sheet([["Réseau"], ["Bretagne"]])).rows == [["Réseau"], ["Bretagne"]]
    assert only(name, "Réseau\nBretagne\n".encode()).rows == [["Réseau"], ["Bretagne"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b" \r\n\x00", "est vide"),
        (b"%PDF-1.7 ...", "un document PDF"),
        (b"\x89PNG\r\n\x1a\n....", "une image"),
        (b"\xff\xd8\xff\xe0....", "une image"),
        (b"<!DOCTYPE html><html><table>", "une page web"),
        (b'\n<?xml version="1.0"?><Workbook/>', "un document XML"),
        (b"{\\rtf1 }", "un document RTF"),
        (b"\x1f\x8b\x08....", "une archive"),
        (zipped({"word/document.xml": b"<w/>"}), "un document Word"),
        (zipped({"xl/workbook.bin": b"x"}), ".xlsb"),
        (zipped({"a.txt": b"x", "dedans.xlsx": sheet([["x"]])}), "une archive .zip"),
        (open_document("", "text"), "un document texte .odt"),
        (olefile.MAGIC + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (olefile.MAGIC + b"\x00" * 600, "abîmé"),
        (container(legacy_stream(b""))[:5000], "abîmé"),
        (renamed("WordDocument"), "un document Word"),
        (renamed("PowerPoint"), "d’une autre sorte"),
        (renamed("Book"), "abîmé"),
        (b"a;b\x00;c\n", "octets nuls (ligne 1)"),
        (sheet([["x"]])[:400], "abîmé ou incomplet"),
        (sheet([]), "aucune ligne"),
        (b";;;\n;;;\n", "aucune ligne"),
    ],
)
def test_another_kind_of_file_is_refused_by_what_it_is(content: bytes, said: str) -> None:
    assert said in refused("fichier.xlsx", content)


def test_a_workbook_cut_anywhere_is_refused() -> None:
    content = sheet([["Réseau", "Date"], ["Bretagne", 2020]])
    for length in range(4, len(content), 97):
        refused("x.xlsx", content[:length])


def test_macros_are_said_and_left_alone() -> None:
    content = zipped({"xl/vbaProject.bin": b"\x00macro"}, sheet([["x"]]))
    assert only("x.xlsm", content).notices == (
        "Le classeur contient des macros : elles n’ont été ni lues ni exécutées.",
    )


# --- bounds -----------------------------------------------------------------------------------------


def test_the_largest_file_is_that_of_the_page() -> None:
    config = (Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"maxUploadSize = {grids.MOST_BYTES // 1024**2}" in config
    assert "20 Mo permis" in refused("x.csv", b"a;b\n" * (grids.MOST_BYTES // 4 + 1))


def test_a_zip_bomb_is_not_unfolded() -> None:
    zeros = b"<a>" + b" " * (grids.MOST_UNPACKED + 1)
    content = zipped({SHEET: zeros}, sheet([["x"]]))
    assert len(content) < grids.MOST_BYTES
    assert "une fois décompressé" in refused("x.xlsx", content)


def test_a_size_that_lies_does_not_get_through() -> None:
    content = bytearray(sheet([["x"] * 30] * 30))
    size = zipfile.ZipFile(io.BytesIO(content)).getinfo(SHEET).file_size.to_bytes(4, "little")
    where = content.rindex(SHEET.encode()) - 46 + 24
    assert content[where : where + 4] == size
    content[where : where + 4] = (10).to_bytes(4, "little")
    assert "abîmé" in refused("x.xlsx", bytes(content))


def test_entities_that_unfold_are_refused() -> None:
    laugh = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet/>'
    assert "abîmé" in refused("x.xlsx", zipped({SHEET: laugh}, sheet([["x"]])))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "permises"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="ALM1"><v>1</v></c></row>', "1\u202f001 colonnes"),
        ('<row r="9"><c r="ALL9"><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>', "trop à la fois"),
        ('<row r="1048576"><c><v>1</v></c></row>', "1\u202f048\u202f576"),
    ],
)  # fmt: skip
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(cells: str, said: str) -> None:
    assert said in refused("x.xlsx", with_sheet(cells))


def test_one_long_text_shared_by_many_cells_is_counted_as_often() -> None:
    strings = f"<sst {MAIN}><si><t>{'x' * 30_000}</t></si></sst>".encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    content = zipped({"xl/sharedStrings.xml": strings}, with_sheet(rows))
    assert "trop de texte" in refused("x.xlsx", content)


def test_formatted_cells_far_away_are_nothing() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert only("x.xlsx", with_sheet(cells)).rows == [[1]]


def test_three_hundred_columns_are_read() -> None:
    assert len(only("x.xlsx", sheet([[f"c{n}" for n in range(300)]])).rows[0]) == 300
    assert len(only("x.csv", ";".join(f"c{n}" for n in range(300)).encode()).rows[0]) == 300


def test_a_million_lines_are_refused() -> None:
    assert "1\u202f000\u202f000 lignes" in refused("x.csv", b"a;b\n" * 1_000_000)


def test_a_cell_too_long_is_a_fault() -> None:
    grid = only("x.csv", b"a;" + b"x" * 40_000 + b"\n")
    assert isinstance(grid.rows[0][1], Issue)
    assert "trop long" in grid.rows[0][1].words


# --- cells of workbooks -----------------------------------------------------------------------------


def test_cells_keep_their_type_and_lines_their_number() -> None:
    rows: list[list[object]] = [["titre"], [], ["a", 16.0, 1.5, True], [None, " ", "=1+1".replace("=", "x=")]]
    grid = only("x.xlsx", sheet(rows))
    assert grid.rows == [["titre", None, None, None], ["a", 16, 1.5, True], [None, None, "x=1+1", None]]
    assert grid.lines == [1, 3, 4]
    assert type(grid.rows[1][1]) is int


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_are_right_in_both_systems(date_1904: bool) -> None:
    days = [datetime.date(2020, 2, 29), datetime.date(1999, 12, 31), datetime.date(2026, 3, 12)]

    def fill(book: Workbook) -> None:
        written = book.add_worksheet("A")
        day, moment = book.add_format({"num_format": "d mmm yy"}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for line, value in enumerate(days):
            written.write_datetime(line, 0, value, day)
        written.write_datetime(3, 0, datetime.datetime(2020, 5, 6, 14, 30), moment)
        written.write_number(4, 0, 43957)

    grid = only("x.xlsx", workbook(fill, date_1904=date_1904))
    assert [row[0] for row in grid.rows] == [*days, datetime.datetime(2020, 5, 6, 14, 30), 43957]


def test_a_formula_gives_its_stored_result_and_is_a_fault_without() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "=1+1"])  # openpyxl stores no result
    stream = io.BytesIO()
    book.save(stream)
    (row,) = only("x.xlsx", stream.getvalue()).rows
    assert row[0] == "a"
    assert isinstance(row[1], Issue)
    assert "formule sans résultat" in row[1].words

    def fill(book: Workbook) -> None:
        written = book.add_worksheet("A")
        written.write_formula(0, 0, "=1+1", None, 2)
        written.write_formula(0, 1, '="a"&"b"', None, "ab")
        written.write_formula(0, 3, "=NA()", None, "#N/A")
        written.write_formula(9, 5, "=1/0", None, "#DIV/0!")

    grid = only("x.xlsx", workbook(fill))
    assert grid.rows[0][:3] == [2, "ab", None]
    empty_text = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>IF(A1&gt;9,1,"")</f><v></v></c></row>'
    assert only("x.xlsx", with_sheet(empty_text)).rows == [[1, None]]
    assert grid.rows[0][3] == Issue("calculation-error", found="#N/A")
    assert isinstance(grid.rows[1][5], Issue)
    assert grid.lines == [1, 10]


@pytest.mark.parametrize(
    ("shape", "number", "expected"),
    [
        ('"environ "0', 12, "environ 12"),
        ('0"+"', 12, "12+"),
        ("0+", 12, "12+"),
        ('"+ de "0', 12, "+ de 12"),
        ('"> "0', 12, "> 12"),
        ('0" excusés"', 12, "12 excusés"),
        ('0"h"', 12, "12h"),
        ('"NC"', 12, "NC"),
        ('General" élus"', 12, "12 élus"),
        ('0" élus";-0;"aucun élu"', 0, "aucun élu"),
        ('[<2]0" élu";0" élus"', 12, "12 élus"),
        ('[<2]0" élu";0" élus"', 1, "1 élu"),
        ('#,##0 "€"', 12, "12 €"),
        ("0%", 0.5, "50 %"),
        *((plain, 12345, 12345) for plain in ("0", "#,##0", "# ##0.00", r"#\ ##0", "0.00E+00", "# ?/?", "[Red]0;-0")),
        ("_-* #,##0_-;-* #,##0_-", 12, 12),
        ('0" élus";-0', -3, -3),
    ],
)
def test_the_words_of_a_number_format_are_read(shape: str, number: float, expected: object) -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet("Réunions").write_number(0, 0, number, book.add_format({"num_format": shape}))

    assert only("a.xlsx", workbook(fill)).rows == [[expected]]


@pytest.mark.parametrize("shape", ["0,", "0.0,,", '0,.0"k"', '00"-"00'])
def test_a_number_that_is_shown_otherwise_cannot_be_read(shape: str) -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet("Réunions").write_number(0, 0, 12345, book.add_format({"num_format": shape}))

    ((cell,),) = only("a.xlsx", workbook(fill)).rows
    assert isinstance(cell, Issue)
    assert (cell.code, cell.found) == ("shown-otherwise", "12345")


def test_what_looks_like_a_formula_is_text() -> None:
    written = ["=1+1", "+33", "-5 %", "@x", "'=1+1", "''=1+1", "'tis", "#N/A"]
    grid = only("x.csv", "\n".join(["colonne", *written]).encode())
    assert [row[0] for row in grid.rows[1:8]] == ["=1+1", "+33", "-5 %", "@x", "=1+1", "'=1+1", "'tis"]
    assert isinstance(grid.rows[8][0], Issue)


def test_merged_cells_are_spread_over_their_lines() -> None:
    def fill(book: Workbook) -> None:
        written = book.add_worksheet("A")
        written.merge_range(0, 0, 0, 2, "Un titre")
        written.write_row(1, 0, ["Réunion", "Territoire", "Membre"])
        written.merge_range(2, 0, 5, 0, "bretagne-2020")
        written.write_column(2, 1, ["Rennes", "Brest", "Vannes"])

    grid = only("x.xlsx", workbook(fill))
    assert grid.rows[0] == ["Un titre", None, None]
    assert [row[0] for row in grid.rows[2:]] == ["bretagne-2020"] * 3
    assert grid.merged == ((0, 3, 6),)
    assert grid.notices == (
        "Cellules fusionnées (A3:A6) : leur valeur vaut aussi pour 2\u00a0autres lignes,"
        " sauf si c’est un nombre à compter.",
    )


def test_a_note_mark_is_not_glued_to_its_number() -> None:
    def fill(book: Workbook) -> None:
        written, mark = book.add_worksheet("A"), book.add_format({"font_script": 1})
        written.write_rich_string(0, 0, "16", mark, "1", " ")
        written.write_rich_string(1, 0, "le 1", mark, "er", " mars, 100 m", mark, "2", " ")
        written.write_rich_string(2, 0, "16", book.add_format({"bold": True}), "1")

    grid = only("x.xlsx", workbook(fill))
    assert [row[0] for row in grid.rows] == ["16¹ ", "le 1er mars, 100 m² ", "161"]
    assert isinstance(read_headcount(grid.rows[0][0]), Issue)


def test_merges_that_overlap_without_end_keep_nobody_busy() -> None:
    merges = "".join('<mergeCell ref="A1:A150000"/>' for _ in range(50_000))
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="150000"><c r="B150000"><v>1</v></c></row>'
    xml = f"<worksheet {MAIN}><sheetData>{cells}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    assert only("x.xlsx", zipped({SHEET: xml.encode()}, sheet([["x"]]))).rows == [[1, None], [1, 1]]


def test_a_hidden_sheet_is_read_and_said_and_empty_or_chart_sheets_left_out() -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet("Vide")
        book.add_worksheet("Réunions").write(0, 0, "a")
        hidden = book.add_worksheet("Cachée")
        hidden.write(0, 0, "b")
        hidden.very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Réunions!$A$1:$A$1"})
        book.add_chartsheet("Figure").set_chart(chart)

    shown, hidden = read_file("x.xlsx", workbook(fill))
    assert (shown.sheet, shown.notices) == ("Réunions", ())
    assert hidden.sheet == "Cachée"
    assert "masquée" in hidden.notices[0]


def test_cells_with_a_prefix_or_without_reference_are_read() -> None:
    prefixed = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>4</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert only("x.xlsx", zipped({SHEET: prefixed.encode()}, sheet([["x"]]))).rows == [[4]]
    assert only("x.xlsx", with_sheet("<row><c><v>4</v></c><c t='e'><v>#REF!</v></c></row>")).rows == [
        [4, Issue("calculation-error", found="#REF!")]
    ]


# --- .ods -------------------------------------------------------------------------------------------


def test_an_open_document_is_read() -> None:
    day = '<table:table-cell office:value-type="date" office:date-value="2020-05-06"/>'
    number = '<table:table-cell office:value-type="float" office:value="16"/>'
    covered = "<table:covered-table-cell/>"
    content = open_document(
        row(cell("Réunion") + cell("Territoire") + '<table:table-cell table:number-columns-repeated="16382"/>')
        + row(cell("bretagne", 'table:number-rows-spanned="2"') + cell("Rennes"))
        + row(covered + cell("Brest"))
        + row(day + number, 'table:number-rows-repeated="2"')
        + row(cell("#N/A") + number)
        + row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048000"')
    )
    grid = only("x.ods", content)
    assert grid.rows[:5] == [
        ["Réunion", "Territoire"],
        ["bretagne", "Rennes"],
        ["bretagne", "Brest"],
        [datetime.date(2020, 5, 6), 16],
        [datetime.date(2020, 5, 6), 16],
    ]
    assert isinstance(grid.rows[5][0], Issue)
    assert "fusionnées" in grid.notices[0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row(cell("x"), 'table:number-rows-repeated="1000000"'), "1\u202f000\u202f000"),
        (row(cell("x", 'table:number-columns-repeated="16384"')), "16\u202f384 colonnes"),
        (row(cell("x"), 'table:number-rows-repeated="99999999999"'), "abîmé"),
        (row(cell("x" * 5000), 'table:number-rows-repeated="190000"'), "trop de texte"),
    ],
)
def test_an_open_document_that_repeats_without_end_is_refused(rows: str, said: str) -> None:
    assert said in refused("x.ods", open_document(rows))


def test_a_month_that_repeats_over_a_million_lines_costs_no_memory() -> None:
    month = (
        '<table:table-cell office:value-type="date" office:date-value="2024-01-01"{}>'
        "<text:p>2024</text:p></table:table-cell>"
    )
    many = month.format(' table:number-columns-repeated="16384"')
    tracemalloc.start()
    assert "1 048 576" in refused("x.ods", open_document(row(many, 'table:number-rows-repeated="1048576"'))).replace(
        "\u202f", " "
    )
    assert tracemalloc.get_traced_memory()[1] < 50e6
    tracemalloc.stop()
    twice = open_document(row(month.format("") + cell("x"), 'table:number-rows-repeated="2"'))
    assert only("x.ods", twice).rows == [["2024", "x"], ["2024", "x"]]


def test_a_protected_open_document_says_so() -> None:
    content = open_document("", manifest="<m><encryption-data/></m>")
    assert "mot de passe" in refused("x.ods", content)


# --- .xls -------------------------------------------------------------------------------------------


def test_an_old_workbook_is_read() -> None:
    error = record(0x0205, struct.pack("<HHHBB", 2, 1, 0, 0x2A, 1))
    formula = record(0x0006, struct.pack("<HHHBBBBBBHHI", 3, 0, 0, 2, 0, 7, 0, 0, 0, 0xFFFF, 0, 0) + b"\x00\x00")
    rows = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))  # room for a quadrillion of cells
    cells = rows + legacy_label(0, 0, "Réunion") + legacy_label(0, 1, "Date") + legacy_number(1, 0, 16)
    cells += legacy_number(1, 1, 43957, 1) + error + formula + legacy_number(4, 0, 5) + legacy_number(5, 1, 6)
    merged = record(0x00E5, struct.pack("<HHHHH", 1, 4, 5, 0, 0))
    grid = only("x.xls", container(legacy_stream(cells + merged, hidden=True)))
    assert grid.sheet == "Présences"
    assert grid.rows[:2] == [["Réunion", "Date"], [16, datetime.date(2020, 5, 6)]]
    assert grid.rows[2] == [None, Issue("calculation-error", found="#N/A")]
    assert grid.rows[3][0] == Issue("calculation-error", found="#DIV/0!")
    assert grid.rows[4:] == [[5, None], [5, 6]]
    assert len(grid.notices) == 2


def test_an_old_workbook_of_the_1904_system_has_right_dates() -> None:
    cells = legacy_number(0, 0, 43957 - 1462, 1)
    content = container(legacy_stream(cells, more=record(0x0022, b"\x01\x00")))
    assert only("x.xls", content).rows == [[datetime.date(2020, 5, 6)]]


def test_shared_texts_of_an_old_workbook_are_counted() -> None:
    texts = struct.pack("<II", 2, 2) + struct.pack("<HB", 3, 0) + b"abc" + struct.pack("<HB", 30_000, 0) + b"x" * 8_000
    more = b"".join(record(0x003C, b"\x00" + b"x" * 5_500) for _ in range(4))
    shared = record(0x00FC, texts) + more
    few = b"".join(record(0x00FD, struct.pack("<HHHI", line, 0, 0, line)) for line in range(2))
    assert only("x.xls", container(legacy_stream(few, shared=shared))).rows == [["abc"], ["x" * 30_000]]
    many = b"".join(record(0x00FD, struct.pack("<HHHI", line, 0, 0, 1)) for line in range(20_000))
    assert "trop de texte" in refused("x.xls", container(legacy_stream(many, shared=shared)))


@pytest.mark.parametrize("kind", [0x0200, 0x0203, 0x0204, 0x0205, 0x0006, 0x00FD, 0x00BD, 0x027E, 0x00E5])
@pytest.mark.parametrize("length", [0, 1, 3, 5, 9])
def test_records_cut_short_are_said_or_passed(kind: int, length: int) -> None:
    """On some of them the library stops with an exception that is no Exception."""
    content = container(legacy_stream(legacy_number(0, 0, 1) + record(kind, b"\x01" * length)))
    try:
        only("x.xls", content)
    except NetstatsError as error:
        assert "abîmé" in error.what  # noqa: PT017 - either answer is right


def test_an_old_workbook_out_of_bounds_or_protected_is_refused() -> None:
    corners = legacy_number(0, 0, 1) + legacy_number(65_535, 255, 1)
    assert "trop à la fois" in refused("x.xls", container(legacy_stream(corners)))
    assert "mot de passe" in refused("x.xls", container(legacy_stream(b"", more=record(0x002F, b"\x00" * 6))))


def test_an_old_workbook_says_nothing_but_its_cells() -> None:
    """A name may double another, a link may cover a whole sheet: none of them is worked out."""
    name = struct.pack("<HBBHHH4xB", 0, 0, 1, 7, 0, 0, 0) + b"a\x17\x04\x00abcd"
    doubled = struct.pack("<HBBHHH4xB", 0, 0, 1, 11, 0, 0, 0) + b"b\x23\x01\x00\x00\x00\x23\x01\x00\x00\x00\x08"
    names = record(0x0018, name) + b"".join(
        record(0x0018, doubled.replace(b"\x23\x01", b"\x23" + bytes([rank]))) for rank in range(1, 200)
    )
    link = record(0x01B8, struct.pack("<HHHH", 0, 65_535, 0, 255) + b"\x00" * 24)
    content = container(legacy_stream(legacy_number(0, 0, 16) + link * 20, more=names))
    assert only("x.xls", content).rows == [[16]]


def test_a_sheet_that_begins_inside_a_record_is_refused() -> None:
    stream = legacy_stream(legacy_number(0, 0, 16))
    where = stream.index(record(0x0809, struct.pack("<HH", 0x0600, 16))[4:8]) - 4
    moved = stream.replace(struct.pack("<I", where), struct.pack("<I", where + 2), 1)
    assert moved != stream
    assert "abîmé" in refused("x.xls", container(moved))


# --- text -------------------------------------------------------------------------------------------

TEXT = "Réseau;Thèmes;Note\nBretagne;Été;œuvre d’à côté\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_letters_and_line_ends_are_understood(encoding: str, end: str) -> None:
    grid = only("x.csv", TEXT.replace("\n", end).encode(encoding))
    assert grid.rows == [["Réseau", "Thèmes", "Note"], ["Bretagne", "Été", "œuvre d’à côté"]]
    assert grid.sheet == ""
    assert bool(grid.notices) == (encoding == "cp1252")


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_accents_of_an_old_mac_or_of_dos_are_refused(encoding: str) -> None:
    text = "Réseau;Thèmes\nBretagne;Sécurité\n".encode(encoding)
    assert "accents" in refused("x.csv", text)


def test_lines_of_two_encodings_are_each_read_in_their_own() -> None:
    content = "Réseau;É\n".encode() + "Bézier;È\n".encode("cp1252") + "é".encode() + "é\n".encode("cp1252")
    grid = only("x.csv", content)
    assert grid.rows[:2] == [["Réseau", "É"], ["Bézier", "È"]]
    assert isinstance(grid.rows[2][0], Issue)
    assert "mêlées" in grid.notices[0]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a,b,c\nx,\"y;z\",w\n", [["a", "b", "c"], ["x", "y;z", "w"]]),
        ("a,b\nu ; v,w\nx,y\n", [["a", "b"], ["u ; v", "w"], ["x", "y"]]),
        ("a\tb\n1,5\t2;3\n", [["a", "b"], ["1,5", "2;3"]]),
        ("Ville\nLille\nDouai\n", [["Ville"], ["Lille"], ["Douai"]]),
        ("sep=,\na,b\n1;2,3\n", [["a", "b"], ["1;2", "3"]]),
        ("Titre, de\na;b\n1;2,1\n", [["Titre, de", None], ["a", "b"], ["1", "2,1"]]),
        ("a;b;c\n1\n1;2;3\n", [["a", "b", "c"], ["1", None, None], ["1", "2", "3"]]),
        ('a;b\n"deux\nlignes";"un ""mot"""\n', [["a", "b"], ["deux\nlignes", 'un "mot"']]),
    ],
)  # fmt: skip
def test_the_separator_is_told_and_quotes_respected(text: str, rows: list[list[object]]) -> None:
    assert only("x.csv", text.encode()).rows == rows


def test_lines_count_those_that_a_quoted_text_takes() -> None:
    assert only("x.csv", b'a;b\n\n"x\ny";1\nz;2\n').lines == [1, 3, 5]
    assert only("x.csv", b"sep=;\na;b\n").lines == [2]


def test_a_stray_quote_spoils_its_line_alone_or_is_refused_when_it_swallows_others() -> None:
    grid = only("x.csv", b'a;b\n1;salle "Jaures"\n"2";3\n')
    assert grid.lines == [1, 2, 3]
    assert all(isinstance(value, Issue) and "guillemet" in value.words for value in grid.rows[1])
    assert grid.rows[2] == ["2", "3"]
    assert "ligne 2" in refused("x.csv", b'a;b\n1;"salle\n2;3\n4;5\n')
    assert "ligne 2" in refused("x.csv", b'a;b\n1;"salle' + b"\n2;3" * 60_000)
