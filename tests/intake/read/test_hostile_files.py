"""Whatever bytes come, reading and matching give grids or a French error: no other exception, and soon."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netstats.errors import NetstatsError
from netstats.intake.forms import FORMS
from netstats.intake.read.files import read_file
from netstats.intake.read.matching import match, rematch
from tests.intake.read.samples import (
    cell,
    container,
    legacy_label,
    legacy_number,
    legacy_stream,
    open_document,
    row,
    sheet,
    zipped,
)

SECONDS = 10.0
short = settings(
    max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

WORKBOOK = sheet([["Réseau", "Date", "Nature", "Participants"], *([f"réseau {n}", n, 1.5, True] for n in range(20))])
OPEN_DOCUMENT = open_document(
    row(cell("Réseau") + cell("Nature")) + row(cell("Bretagne", 'table:number-rows-spanned="2"') + cell("x")) * 3
)

OLD_WORKBOOK = container(
    legacy_stream(b"".join(legacy_label(n, 0, f"réseau {n}") + legacy_number(n, 1, n) for n in range(20)))
)


def read(name: str, content: bytes) -> None:
    """Read and match; fail on anything but grids or a French sentence."""
    start = time.perf_counter()
    try:
        grids = read_file(name, content)
    except NetstatsError as error:
        grids, said = [], error.what
        assert said[:1] + said[-1:] == "«."
    for grid in grids:
        assert len({len(row) for row in grid.rows}) == 1
        assert len(grid.rows) == len(grid.lines)
        assert all(any(value is not None for value in row) for row in grid.rows)
        matching = match(grid)
        assert not {matching.headers[column] for column in matching.columns.values()} & set(matching.refused)
        rematch(matching, FORMS[-1], {field.name: rank for rank, field in enumerate(FORMS[-1].fields)})
    assert time.perf_counter() - start < SECONDS


@short
@given(st.binary(max_size=2_000), st.sampled_from(["x.xlsx", "x.csv", "x.xls"]))
def test_any_bytes(content: bytes, name: str) -> None:
    read(name, content)


@short
@given(
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf"]),
    st.binary(max_size=500),
)
def test_any_bytes_after_a_signature(signature: bytes, content: bytes) -> None:
    read("x.xlsx", signature + content)


@short
@given(
    st.text(st.sampled_from(list("aé=+-@'\"\\;,\t\r\n \u00a0\ufeff\x0b1/€")), max_size=300),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_any_text_of_awkward_letters(text: str, encoding: str) -> None:
    read("x.csv", text.encode(encoding, errors="ignore"))


@short
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    read("x.csv", text.encode("utf-8", errors="ignore"))


@short
@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), min_size=1, max_size=8))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]]) -> None:
    """Cells with quotes, separators and line ends come back as they were."""
    width = max(map(len, rows))
    safe = [["t" + value.replace("\x00", "") + "t" for value in [*row, *[""] * (width - len(row))]] for row in rows]
    safe = [[value.encode("utf-8", errors="ignore").decode().replace("Ã", "A") for value in row] for row in safe]
    quoted = [";".join('"' + value.replace('"', '""') + '"' for value in row) for row in safe]
    (grid,) = read_file(
        "x.csv", ("colonne" + ";colonne" * (width - 1) + "\n" + "\n".join(quoted) + "\n").encode("utf-8-sig")
    )
    assert [[str(value) for value in row] for row in grid.rows[1:]] == safe


@pytest.mark.parametrize("content", [WORKBOOK, OPEN_DOCUMENT])
def test_the_untouched_workbooks_are_read(content: bytes) -> None:
    assert read_file("x.xlsx", content)


@short
@given(st.data(), st.sampled_from([WORKBOOK, OPEN_DOCUMENT]))
def test_a_workbook_with_letters_changed_inside(data: st.DataObject, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = data.draw(st.sampled_from(archive.namelist()))
        inside = bytearray(archive.read(member))
    for _ in range(data.draw(st.integers(1, 4))):
        if inside:
            rank = data.draw(st.integers(0, len(inside) - 1))
            inside[rank] = data.draw(st.sampled_from(b'0123456789ABZ<>/"=& -\x00\xff') | st.integers(0, 255))
    read("x.xlsx", zipped({member: bytes(inside)}, content))


@short
@given(st.data(), st.sampled_from([WORKBOOK, OPEN_DOCUMENT]))
def test_a_workbook_with_a_part_cut_or_doubled_inside(data: st.DataObject, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = data.draw(st.sampled_from(archive.namelist()))
        inside = archive.read(member)
    start, end, where = (data.draw(st.integers(0, len(inside))) for _ in range(3))
    changed = data.draw(st.sampled_from([inside[:start], inside[:where] + inside[start:end] + inside[where:]]))
    read("x.xlsx", zipped({member: changed}, content))


@short
@given(st.data(), st.sampled_from([WORKBOOK, OPEN_DOCUMENT]))
def test_a_workbook_with_bits_flipped_or_its_end_lost(data: st.DataObject, content: bytes) -> None:
    changed = bytearray(content[: data.draw(st.integers(1, len(content)))] if data.draw(st.booleans()) else content)
    for _ in range(data.draw(st.integers(0, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    read("x.xlsx", bytes(changed))


@short
@given(st.data())
def test_an_old_workbook_with_bytes_changed_or_its_end_lost(data: st.DataObject) -> None:
    end = data.draw(st.integers(1, len(OLD_WORKBOOK)) | st.just(len(OLD_WORKBOOK)))
    changed = bytearray(OLD_WORKBOOK[:end])
    used = [rank for rank, byte in enumerate(changed) if byte not in {0, 0xFF}]
    for _ in range(data.draw(st.integers(0, 4))):
        changed[data.draw(st.sampled_from(used))] = data.draw(st.integers(0, 255))
    read("x.xls", bytes(changed))


@pytest.mark.parametrize("fonts", [400_000, 1_200_000])
def test_a_workbook_of_more_styles_than_any_has_is_refused_at_once(fonts: int) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as source, zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/styles.xml":
                content = content.replace(b"<font>", b"<font><strike/></font>" * fonts + b"<font>", 1)
                assert content.count(b"<strike") == fonts
            target.writestr(name, content)
    start = time.process_time()
    with pytest.raises(NetstatsError, match="abîmé"):
        read_file("a.xlsx", book.getvalue())
    assert time.process_time() - start < 1
