"""Archives are unfolded within bounds, whatever they say of themselves."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from netstats.archives import Archive, Bounds, Unsafe, rebuilt
from tests.intake.read.samples import zipped

BOUNDS = Bounds(10_000, xml=4_000, xml_part=3_000, members=4)


def read(content: bytes, *names: str) -> None:
    archive = Archive(content, BOUNDS)
    for name in names or archive.names:
        archive.read(name)


def refused(content: bytes, *names: str) -> str:
    with pytest.raises(Unsafe) as caught:
        read(content, *names)
    return caught.value.code


def test_what_is_in_bounds_is_read_and_written_again() -> None:
    members = {"a.xml": b"<a/>", "b/c.bin": b"\x01" * 5_000}
    archive = Archive(zipped(members), BOUNDS)
    assert archive.read_all() == members
    assert not archive.has_macros()
    assert Archive(rebuilt(members).getvalue(), BOUNDS).read_all(lambda name: name == "a.xml") == {"a.xml": b"<a/>"}


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"a.bin": b"x" * 10_001}, "size"),
        ({"a.bin": b"x" * 6_000, "b.bin": b"x" * 6_000}, "size"),
        ({"a.xml": b"<a>" + b" " * 3_000}, "xml"),
        ({"a.xml": b"<a>" + b" " * 2_500, "b.rels": b"<a>" + b" " * 2_500}, "xml"),
        ({"picture.png": b" <a>" + b" " * 3_000}, "xml"),
        ({str(rank): b"" for rank in range(5)}, "members"),
        ({"a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "damaged"),
        ({"a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")}, "damaged"),
        ({"a.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'}, "damaged"),
        ({"a/../../b.bin": b"x"}, "damaged"),
    ],
)
def test_what_unfolds_too_far_or_hides_is_refused(members: dict[str, bytes], code: str) -> None:
    assert refused(zipped(members)) == code


def test_what_is_no_archive_or_asks_for_a_password_is_refused() -> None:
    assert refused(b"PK\x03\x04") == "damaged"
    assert refused(zipped({"a": b"x"}), "b") == "damaged"
    locked = bytearray(zipped({"a": b"x"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(locked)) == "protected"


@pytest.mark.parametrize(
    "content",
    [b"<si><t>" + b"a" * 30_000_000, b"<si/>" * 6_000_000, b"<a>" + b"<!--" * 9 + b" " * 30_000_000],
    ids=["one text", "many tags", "a remark"],
)
def test_a_little_that_unfolds_without_end_is_refused_before_it_has(content: bytes) -> None:
    archive = Archive(zipped({"a.xml": content}), Bounds(300 * 1024**2))
    tracemalloc.start()
    with pytest.raises(Unsafe) as caught:
        archive.read("a.xml")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.code == "folded"
    assert most < 25 * 1024**2


def test_equal_lines_unfold_well() -> None:
    lines = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>1</v></c></row>' % (rank, rank) for rank in range(400_000))
    archive = Archive(zipped({"a.xml": lines}), Bounds(300 * 1024**2))
    assert archive.read("a.xml") == lines


def test_two_files_of_one_name_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.xml", b"<b/>")
    assert refused(stream.getvalue()) == "damaged"


def test_macros_are_seen() -> None:
    assert Archive(zipped({"xl/vbaProject.bin": b"x"}), BOUNDS).has_macros()
