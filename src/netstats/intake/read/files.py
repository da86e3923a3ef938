"""From the bytes of a file that someone brings to grids of cells, or to a sentence that says why not.

What a file is, its bytes say: its name only words the answer. Nothing in it is ever run.
"""

from __future__ import annotations

import re

import olefile

from netstats.archives import Archive, Bounds, Unsafe
from netstats.intake.read.delimited import read_text
from netstats.intake.read.grids import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_UNPACKED,
    Grid,
    file_error,
    protected,
)
from netstats.intake.read.old_workbook import read_old_workbook
from netstats.intake.read.workbook import read_open_document, read_workbook, unsafe
from netstats.wording import number

__all__ = ["MOST_BYTES", "MOST_CHARACTERS", "MOST_COLUMNS", "MOST_LINES", "Grid", "read_file"]

_EXPECTED = "Sont lus les classeurs .xlsx, .xlsm, .xls et .ods, et les fichiers .csv, .tsv et .txt."
_SIGNATURES = (
    (b"%PDF", "un document PDF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"BM", "une image"),
    (b"II*\x00", "une image"),
    (b"MM\x00*", "une image"),
    (b"{\\rtf", "un document RTF"),
    (b"Rar!", "une archive"),
    (b"7z\xbc\xaf\x27\x1c", "une archive"),
    (b"\x1f\x8b", "une archive"),
    (b"MZ", "un programme"),
    (b"\x7fELF", "un programme"),
    (b"SQLite format 3\x00", "une base de données"),
)
_MARKUP = re.compile(rb"\s*(?:<\?xml|<!--|<!doctype|<html|<table|<head|<body|<meta|<svg|<workbook)", re.IGNORECASE)
_ARCHIVED = (  # what a zip holds, and what it then is
    ("word/document.xml", "un document Word"),
    ("ppt/presentation.xml", "une présentation PowerPoint"),
    ("xl/workbook.bin", "un classeur binaire .xlsb"),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "un document texte .odt",
    b"application/vnd.oasis.opendocument.presentation": "une présentation .odp",
}
_SHEETS_IN = "Ouvrez-le dans un tableur et enregistrez-le au format .xlsx, ou partez du modèle."


def read_file(name: str, content: bytes) -> list[Grid]:
    """Return the sheets of a file that hold something, as grids.

    It is a workbook (.xlsx, .xlsm, .xls, .ods), or a text whose separator is `;`, `,` or a tab, in UTF-8, UTF-16 with
    its mark, or Windows-1252. NetstatsError when it is another kind of file, too large, damaged, empty, protected …
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise file_error(name, "est vide", "Choisissez un fichier qui contient des lignes.")
    if len(content) > MOST_BYTES:
        said = f"pèse {number(len(content) / 1024**2, 1)} Mo, au-delà des {MOST_BYTES // 1024**2} Mo permis"
        raise file_error(name, said, "Partagez-le en plusieurs fichiers.")
    if content.startswith(olefile.MAGIC):
        grids = _read_ole(name, content)
    elif content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        grids = _read_zip(name, content)
    else:
        _refuse_what_is_no_text(name, content)
        grids = [read_text(name, content)]
    grids = [grid for grid in grids if grid.rows]
    if not grids:
        raise file_error(name, "ne contient aucune ligne", "Choisissez un fichier qui contient des lignes.")
    return grids


def _read_ole(name: str, content: bytes) -> list[Grid]:
    """Read what Office wrote before 2007, where protected workbooks are still kept."""
    if _wide("EncryptedPackage") in content:
        raise protected(name)
    grids = read_old_workbook(name, content)
    if grids is not None:
        return grids
    what = "un document Word" if _wide("WordDocument") in content else "un document Office d’une autre sorte"
    raise file_error(name, f"est {what}, pas un classeur", f"{_EXPECTED} {_SHEETS_IN}")


def _wide(stream: str) -> bytes:
    return stream.encode("utf-16-le")


def _read_zip(name: str, content: bytes) -> list[Grid]:
    try:
        archive = Archive(content, Bounds(MOST_UNPACKED))
        if "xl/workbook.xml" in archive.names:
            return read_workbook(name, archive)
        kind = archive.read("mimetype") if "mimetype" in archive.names else b""
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return read_open_document(name, archive)
    except Unsafe as error:
        raise unsafe(name, error) from error
    what = next((what for member, what in _ARCHIVED if member in archive.names), None)
    what = what or _OPEN_DOCUMENTS.get(kind.strip(), "une archive .zip, pas un classeur")
    raise file_error(name, f"est {what}", f"{_EXPECTED} {_SHEETS_IN}")


def _refuse_what_is_no_text(name: str, content: bytes) -> None:
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            raise file_error(name, f"est {what}, pas un classeur ni un fichier .csv", _EXPECTED)
    if _MARKUP.match(content):
        raise file_error(name, "est une page web ou un document XML, pas un classeur", f"{_EXPECTED} {_SHEETS_IN}")
