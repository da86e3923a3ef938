"""Archives (.zip) that somebody gives, unfolded within bounds: workbooks, text documents, presentations.

Nothing is ever written to a disk, no size that the archive tells is trusted, and XML may not declare what unfolds.
What an archive is refused for has a code; each room words it for its own kind of file.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Literal

_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # byte order marks, halves of letters, air
_XML_STARTS = (b"<", "<".encode("cp037"))
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_PLAIN = (b"utf-8", b"us-ascii", b"ascii")
_MACROS = ("vbaproject.bin", "vbadata.xml")
_PIECE = 1024**2  # bytes read at a time: no text of an ordinary file is as long
_ORDINARY, _MOST_FOLDED = 8 * 1024**2, 500  # bytes; times its size: 200,000 equal lines unfold to 300 times theirs
_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


FOLDED = "contient un texte démesuré, ou se décompresse bien au-delà de sa taille"
"""What is said of a file that is refused as `folded`, after its name."""


class Unsafe(Exception):  # noqa: N818 - an answer, which the room that asked words in French
    """An archive that is not unfolded.

    `damaged`: it does not hold together, or hides what it holds; `protected`: it asks for a password; `members`: it
    holds too many files; `size`: they are too large; `xml`: its XML alone is; `folded`: a little of it unfolds to what
    nobody wrote.
    """

    def __init__(self, code: Literal["damaged", "protected", "members", "size", "xml", "folded"]) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Bounds:
    """How much an archive may hold once unfolded, in bytes; None is no other bound than `size`."""

    size: int  # all that is read of it
    xml: int | None = None  # the XML that is read of it
    xml_part: int | None = None  # its largest piece of XML
    members: int = 5_000  # files in it, read or not


class Archive:
    """A zip in memory, whose files are read one by one, all reads together within the bounds.

    Unsafe when it is damaged or holds too many files; `names` are its files, in their order.
    """

    def __init__(self, content: bytes, bounds: Bounds) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _ERRORS as error:
            raise Unsafe("damaged") from error
        self._size = len(content)
        self.names = tuple(member.filename for member in self._zip.infolist())
        if len(self.names) > bounds.members:
            raise Unsafe("members")
        if len(set(self.names)) < len(self.names) or any(".." in name.split("/") for name in self.names):
            raise Unsafe("damaged")
        self._part = bounds.size if bounds.xml_part is None else bounds.xml_part
        self._left = bounds.size
        self._xml_left = bounds.size if bounds.xml is None else bounds.xml

    def has_macros(self) -> bool:
        """Return whether it holds a program; nothing here would run it."""
        return any(name.lower().endswith(_MACROS) for name in self.names)

    def read(self, name: str) -> bytes:
        """Return one of its files; Unsafe when it is none, is protected, is damaged or passes the bounds."""
        try:
            member = self._zip.getinfo(name)
            if member.flag_bits & 1:
                raise Unsafe("protected")
            if member.compress_type not in _READABLE:
                raise Unsafe("damaged")
            with self._zip.open(member) as stream:
                start = stream.read(1024)
                is_xml = _is_xml(name, start)
                room = min(self._left, self._xml_left, self._part) if is_xml else self._left
                folded = min(member.compress_size, self._size)
                content = start + b"".join(_pieces(stream, room + 1 - len(start), folded if is_xml else None))
        except (*_ERRORS, KeyError) as error:
            raise Unsafe("damaged") from error
        if len(content) > room:
            raise Unsafe("xml" if room < self._left else "size")
        self._left -= len(content)
        if is_xml:
            self._xml_left -= len(content)
            _check_xml(content)
        return content

    def read_all(self, wanted: Callable[[str], bool] = lambda _: True) -> dict[str, bytes]:
        """Return its files whose name is wanted, by name; Unsafe as `read`."""
        members = [member for member in self._zip.infolist() if wanted(member.filename)]
        if sum(member.file_size for member in members) > self._left:
            raise Unsafe("size")
        return {member.filename: self.read(member.filename) for member in members}


def rebuilt(members: Mapping[str, bytes]) -> io.BytesIO:
    """Return an archive of these files, for a library that wants one: with true sizes, and nothing else inside."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def _pieces(stream: IO[bytes], most: int, folded: int | None) -> Iterator[bytes]:
    """Yield at most so many bytes, whatever size they tell; Unsafe where XML, whose size is `folded`, has no end.

    What somebody wrote unfolds to ten or forty times its size, and has tags all along.
    """
    read = 0
    while read < most and (piece := stream.read(min(_PIECE, most - read))):
        read += len(piece)
        if folded is not None:
            is_endless = len(piece) == _PIECE and b"<" not in piece
            if is_endless or read > max(_ORDINARY, _MOST_FOLDED * folded):
                raise Unsafe("folded")
        yield piece


def _is_xml(name: str, start: bytes) -> bool:
    """Return whether a file may be read as XML: the name alone would not say, any type can be declared for any name."""
    after = start.lstrip(_BEFORE_XML)
    return name.lower().endswith((".xml", ".rels")) or (bool(start) and not after) or after.startswith(_XML_STARTS)


def _check_xml(content: bytes) -> None:
    """Refuse a document type, which no such file needs and which unfolds into billions of letters.

    In another encoding than UTF-8 it would not be seen: that is refused too.
    """
    try:
        content.decode()
    except UnicodeDecodeError as error:
        raise Unsafe("damaged") from error
    declared = _ENCODING.match(content.removeprefix(codecs.BOM_UTF8))
    if b"\0" in content or b"<!DOCTYPE" in content or (declared and declared[1].lower() not in _PLAIN):
        raise Unsafe("damaged")
