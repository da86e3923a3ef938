"""Text of .pdf documents, without what stands on every page."""

from __future__ import annotations

import io
import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from netstats.minutes.formats.blocks import (
    CUT,
    MOST_CHARACTERS,
    MOST_UNPACKED,
    Block,
    Document,
    damaged,
    document,
    protected,
    refused,
    too_long,
)
from netstats.minutes.formats.cleaning import LINE_ENDS
from netstats.wording import number

MOST_PAGES = 200
"""Most pages of a document."""
MOST_SECONDS = 20
"""How long a document may keep the reader busy."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends on its way is nobody’s concern

_LIMITS = Configuration(
    maximum_declared_stream_length=MOST_UNPACKED,
    array_based_stream_maximum_output_length=MOST_UNPACKED,
    zlib_maximum_output_length=MOST_UNPACKED,
    lzw_maximum_output_length=MOST_UNPACKED,
    run_length_maximum_output_length=MOST_UNPACKED,
    stream_parsing_work_maximum_count=500_000,
    page_tree_maximum_entries=10_000,
    xform_maximum_invocations_per_extraction=500,
)
_MOST_EDGE = 4  # lines of a page header or footer
_UNREADABLE = 0.2  # share of the letters that a font does not tell, above which nothing can be read

_COPIED = "Ouvrez-le dans un lecteur de PDF, copiez son texte et collez-le."


class _TimeUp(BaseException):
    """The reader was busy for too long; the library holds back every lesser exception."""


def read_pdf(name: str, data: bytes) -> Document:
    """Return the text of a document in the order in which the library gives its lines.

    NetstatsError when it is scanned, protected, too long, or takes too long to read; what the library has not foreseen
    is raised as it is.
    """
    end = time.monotonic() + MOST_SECONDS
    try:
        with apply_configuration(_LIMITS):
            pages = _pdf_pages(name, data, end)
    except _TimeUp:
        said = f"demande plus de {MOST_SECONDS} secondes de lecture"
        raise refused(name, said, _COPIED) from None
    except (DependencyError, FileNotDecryptedError) as error:  # letters that only its password, or more code, gives
        raise protected(name) from error
    except LimitReachedError as error:
        raise refused(name, "contient bien plus que le texte d’un compte rendu", _COPIED) from error
    text = "\n".join(_without_edges([_lines(page) for page in pages]))
    letters = sum(map(str.isalnum, text))
    if not letters:
        raise refused(
            name,
            "ne contient pas de texte, sans doute parce que ses pages sont numérisées (des images)",
            "Passez-le à la reconnaissance de caractères (OCR), ou recopiez son texte et collez-le.",
        )
    lost = sum(
        unicodedata.category(char) in {"Co", "Cn", "Cc"} or char == "\ufffd" for char in text if char not in "\n\t"
    )
    if lost > _UNREADABLE * (letters + lost):
        raise refused(
            name,
            "a des lettres que ses polices ne disent pas",
            "Enregistrez l’original au format .docx, ou collez son texte.",
        )
    return document(name, [Block("paragraph", text)])


def _pdf_pages(name: str, data: bytes, end: float) -> list[str]:
    def check(*_: object) -> None:
        if time.monotonic() > end:
            raise _TimeUp

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):  # many are only locked against changes, with an empty password
        raise protected(name)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise refused(name, f"a {number(count)} pages, au-delà des {MOST_PAGES} permises", CUT)
    if not count:
        raise damaged(name)
    texts: list[str] = []
    left = 4 * MOST_CHARACTERS
    for page in reader.pages:
        check()
        texts.append(page.extract_text(visitor_operand_before=check))
        left -= len(texts[-1])
        if left < 0:
            raise too_long(name)
    return texts


def _lines(page: str) -> list[str]:
    lines = [line.rstrip() for line in LINE_ENDS.sub("\n", page).split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return lines


def _without_edges(pages: list[list[str]]) -> Iterator[str]:
    """Yield the text of each page without the first and last lines that all pages repeat, or that number them.

    The first page of a document often has none of them.
    """
    if len(pages) >= 3:
        for side in (0, -1):
            for _ in range(_MOST_EDGE):
                if not _strip_edge(pages, side):
                    break
    yield from ("\n".join(page) for page in pages if page)


def _strip_edge(pages: list[list[str]], side: int) -> bool:
    """Drop the first (0) or last (-1) line of all pages that have it, when it is repeated; tell whether it was."""
    for offset in (0, -1, 1, -2):  # the cover may count or not
        edges = [_numbered(page[side], rank + offset) if page else "" for rank, page in enumerate(pages, 1)]
        line, times = Counter(filter(None, edges)).most_common(1)[0] if any(edges) else ("", 0)
        if times >= max(3, len(pages) - 1):
            for page, edge in zip(pages, edges, strict=True):
                if edge == line:
                    del page[side]
                    while page and not page[side]:
                        del page[side]
            return True
    return False


def _numbered(line: str, page: int) -> str:
    """Return a line with a mark for the number of its page; « Réunion 2 » on the second page is no such number."""
    before, after = r"(?:^[-–—]? ?|[|•·] ?|\b(?:page|p\.) ?)", r"(?= ?(?:$|[-–—/|•·]|(?:sur|de|of) \d))"
    return re.sub(f"{before}{page}{after}", "\x00", " ".join(line.split()), count=1, flags=re.IGNORECASE)
