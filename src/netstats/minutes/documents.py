"""Documents to text: .txt, .md, .docx, .odt, .pdf, .html, and what is pasted.

What a document is, its bytes say. Nothing in it is run, nothing that it names is loaded, and what its XML, its pages
or its archive say of themselves is bounded before it is believed.
"""

from __future__ import annotations

import re
from pathlib import PurePath

import olefile

from netstats.errors import NetstatsError
from netstats.minutes.formats.blocks import (
    EXPECTED,
    MOST_BYTES,
    MOST_CHARACTERS,
    Block,
    Document,
    damaged,
    document,
    protected,
    refused,
    spreadsheet,
)
from netstats.minutes.formats.cleaning import cleaned
from netstats.minutes.formats.office import read_archive
from netstats.minutes.formats.page import read_page
from netstats.minutes.formats.pdf import MOST_PAGES, MOST_SECONDS, read_pdf
from netstats.wording import number

__all__ = [
    "MOST_BYTES",
    "MOST_CHARACTERS",
    "MOST_PAGES",
    "MOST_SECONDS",
    "SUFFIXES",
    "Document",
    "cleaned",
    "pasted",
    "read_document",
]

SUFFIXES = (".txt", ".md", ".docx", ".odt", ".pdf", ".html", ".htm")
"""What a file that is read may be called."""
_SAVED_AGAIN = "Ouvrez-le dans un traitement de texte et enregistrez-le au format .docx, ou collez son texte."


def read_document(name: str, data: bytes, *, size: int = 0) -> Document:
    """Return the text of a file; NetstatsError when it is empty, too large, of another kind, protected or scanned.

    Its name, as shown, decides only between a text and a web page whose bytes may be either. Of one over the limit the
    first bytes are enough; `size` then tells how far over the limit it is.
    """
    try:
        return _read(name, data, size)
    except NetstatsError:
        raise
    except Exception as error:  # whatever the libraries have not foreseen in a file that does not hold together
        raise damaged(name) from error


def pasted(text: str) -> Document:
    """Return a text that was pasted; NetstatsError when it is empty or too long."""
    return document("", [Block("paragraph", text)])


# --- which document ---------------------------------------------------------------------------------

_MOST_MEGABYTES = MOST_BYTES // 1024**2
_IMAGE = "une image"
_NO_IMAGE = "Passez-la à la reconnaissance de caractères (OCR), ou recopiez son texte et collez-le."
_SIGNATURES = (
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"Rar!", "une archive"),
    (b"7z\xbc\xaf\x27\x1c", "une archive"),
    (b"\x1f\x8b", "une archive"),
    (b"MZ\x90", "un programme"),
    (b"\x7fELF", "un programme"),
    (b"SQLite format 3\x00", "une base de données"),
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PAGE = re.compile(
    r"\s*(?:<\?xml[^<]*)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|svg)\b", re.IGNORECASE)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,300}?encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE
)
_LETTERS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "iso-8859-15": "iso8859-15",
    "latin-9": "iso8859-15",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
}
"""Encodings that a page may announce; all others are read as Windows-1252, as browsers do for Latin-1."""


def _read(name: str, data: bytes, size: int) -> Document:
    if len(data) > MOST_BYTES:
        said = f"pèse {_megabytes(max(size, len(data)))}, le plus permis est {_MOST_MEGABYTES} Mo"
        raise refused(name, said, "Collez le texte du compte rendu, ou enregistrez-le sans ses images.")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refused(name, "est vide", "Choisissez un fichier qui contient un texte.")
    suffix = PurePath(name).suffix.lower()
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF") or (suffix == ".pdf" and b"%PDF" in start):
        return read_pdf(name, data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return read_archive(name, data)
    _refuse_what_is_no_text(name, suffix, data)
    text = _decoded(data)
    if suffix in {".html", ".htm", ".xhtml"} or _PAGE.match(text[:4096]):
        return read_page(name, text)
    if _XML.match(text[:1024]):
        raise refused(name, "est un document XML", EXPECTED)
    if text.count("\x00") or sum(map(text.count, "\x01\x02\x03\x04\x05\x06\x0e\x0f")) > len(text) // 100:
        raise refused(name, "n’est pas un texte", EXPECTED)
    return document(name, [Block("paragraph", text)])


def _megabytes(size: int) -> str:
    """Return a size over the limit: « 50,3 Mo »; « plus de 10 Mo » when nobody knows more."""
    said = number(round(size / 1024**2, 1), 1)
    return f"plus de {_MOST_MEGABYTES} Mo" if size < MOST_BYTES + 1024**2 // 10 else f"{said} Mo"


def _refuse_what_is_no_text(name: str, suffix: str, data: bytes) -> None:
    if data.startswith(olefile.MAGIC):
        raise _old(name, data)
    if data.lstrip().startswith(b"{\\rtf"):
        raise refused(name, "est un document RTF", _SAVED_AGAIN)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        is_image = data[8:12] in {b"WEBP", b"heic", b"avif", b"mif1"}
        said = f"est {_IMAGE if is_image else 'un son ou une vidéo'}"
        raise refused(name, said, _NO_IMAGE if is_image else EXPECTED)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise refused(name, f"est {what}", _NO_IMAGE if what == _IMAGE else EXPECTED)
    if suffix in {".csv", ".tsv"}:
        raise spreadsheet(name, "un tableau")
    if suffix in {".mht", ".mhtml", ".eml"}:
        raise refused(name, f"est enregistré en {suffix}", "Enregistrez-le en .html, ou collez son texte.")


def _old(name: str, data: bytes) -> NetstatsError:
    """Return why what Office wrote before 2007, or protects since, is not read."""
    if _wide("EncryptedPackage") in data:
        return protected(name)
    if _wide("WordDocument") in data:
        return refused(name, "est un document Word d’avant 2007 (.doc)", _SAVED_AGAIN)
    if _wide("Workbook") in data or _wide("Book") in data:
        return spreadsheet(name)
    return refused(name, "est un document Office d’une autre sorte", EXPECTED)


def _wide(stream: str) -> bytes:
    return stream.encode("utf-16-le")


def _decoded(data: bytes) -> str:
    """Return the letters: those of the mark, UTF-8 if it can be, those that a web page announces, else Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
        encoding = _LETTERS.get(declared[1].decode().lower(), "cp1252") if declared else "cp1252"
        return data.decode(encoding, errors="replace")
