"""What the XML of a sheet tells and its reader does not: how far it reaches, errors, formulas without result."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from netstats.intake.files.grids import CALCULATION_ERROR, MOST_CELLS, MOST_COLUMNS, MOST_LINES, MOST_TEXT, Fault

_NO_RESULT = "est une formule sans résultat enregistré ; ouvrez le fichier dans un tableur et enregistrez-le"


class Malformed(Exception):  # noqa: N818 - it is an answer, which the reader of the workbook words
    """XML that cannot be read."""


@dataclass
class Scan:
    """What was seen in a sheet.

    Attributes
    ----------
    height, width
        Lines and columns up to the farthest filled cell; 0 when all is in bounds anyway.
    characters
        Characters of all its cells together, at most; 0 when they cannot be many.
    faults
        Cells that cannot be read, by line and column from 0.
    merges
        First line, column and last line of the cells merged over several lines; empty when the reader tells them.
    """

    height: int = 0
    width: int = 0
    characters: int = 0
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    merges: list[tuple[int, int, int]] = field(default_factory=list)

    def fill(self, line: int, column: int) -> None:
        """Take a filled cell into account."""
        self.height = max(self.height, line + 1)
        self.width = max(self.width, column + 1)


_Start = Callable[[str, dict[str, str]], None]


def _parse(
    xml: bytes, start: _Start, end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Malformed from error


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small document: name without prefix, attributes. Malformed when it is not XML."""
    found: list[tuple[str, dict[str, str]]] = []
    _parse(xml, lambda tag, attributes: found.append((_local(tag), attributes)))
    return found


def string_lengths(xml: bytes) -> list[int]:
    """Return how many characters each shared text has at most, in their order: its bytes, marks included."""
    lengths = [len(piece) for piece in xml.split(b"<si")[1:]]
    # A prefix before the name of the element, which no spreadsheet writes: all may be as long as the whole.
    return lengths or [len(xml)] * 100


def _all_but(reference: bytes) -> re.Pattern[bytes]:
    """Return what finds a cell that is not written as spreadsheets do, is an error, or whose reference is not such."""
    kinds = rb"(?: s=\"[0-9]+\")?(?: t=\"(?:s|str|n|b|d|inlineStr)\")?/?>"
    return re.compile(rb'<c(?! r="' + reference + rb'"' + kinds + rb"|ol|f|onditional|ustom)")


_UNUSUAL = _all_but(rb"[A-Z]{1,3}[0-9]{1,7}")
_FAR = _all_but(rb"[A-Z]1?[0-9]{1,5}")  # beyond 26 columns or 199,999 lines
_WITHOUT_RESULT = re.compile(rb"(?:</f>|<f(?: [^<>]*)?/>)(?!<v>[^<])")
_PREFIXED = re.compile(rb":(?:c|row|sheetData)[\s/>]")
_LETTERS = re.compile(rb'<c r="([A-Z]+)')
_DIGITS = re.compile(rb'<c r="[A-Z]+([0-9]+)')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_MERGES = 200_000
_FARTHEST = 1_048_576  # lines of a sheet, whatever the spreadsheet


def scan_sheet(xml: bytes, lengths: Sequence[int]) -> Scan:
    """Look at a sheet of an .xlsx workbook, whose shared texts have these lengths.

    A sheet of plain cells is only searched: reading all of it twice would double the time of long files.

    Raises
    ------
    Malformed
        When it is not XML, or has more merged cells than a person makes.
    """
    if xml.count(b"mergeCell ") > _MOST_MERGES:
        raise Malformed
    many_texts = max(lengths, default=0) * xml.count(b't="s"') > MOST_TEXT
    if not many_texts and not _PREFIXED.search(xml) and not _WITHOUT_RESULT.search(xml):
        if not _FAR.search(xml):
            return Scan()
        if not _UNUSUAL.search(xml):
            width = max(_rank(letters.decode()) + 1 for letters in set(_LETTERS.findall(xml)))
            height = max(map(int, set(_DIGITS.findall(xml))))
            if width <= MOST_COLUMNS and height <= MOST_LINES and height * width <= MOST_CELLS:
                return Scan(height, width)
    reader = _SheetReader(lengths)
    _parse(xml, reader.start, reader.end, reader.text)
    return reader.scan


class _SheetReader:
    """Follows the cells of a sheet: those without a reference come after the one before."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.scan = Scan()
        self._lengths = lengths
        self._faults: dict[str, Fault] = {}
        self._columns: dict[str, int] = {}
        self._line = -1
        self._column = -1
        self._kind = ""
        self._formula = self._valued = self._within = False
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "c":
            self._open_cell(attributes)
        elif name == "row":
            self._line = _count(attributes.get("r"), self._line + 2) - 1
            self._column = -1
        elif name == "f":
            self._formula = True
        elif name in {"v", "t"}:
            self._valued = self._within = True

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                raise Malformed
            letters, line = found.groups()
            if letters not in self._columns:
                self._columns[letters] = _rank(letters)
            self._line, self._column = int(line) - 1, self._columns[letters]
        if not 0 <= self._line < _FARTHEST:
            raise Malformed
        self._kind = attributes.get("t", "")
        self._formula = self._valued = self._within = False
        self._text = []

    def text(self, text: str) -> None:
        if self._within:
            self._text.append(text)

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in {"v", "t"}:
            self._within = False
        elif name == "c":
            self._close_cell("".join(self._text))

    def _close_cell(self, value: str) -> None:
        reason = None
        if self._kind == "e":
            reason = CALCULATION_ERROR
        elif self._formula and not value and not (self._kind == "str" and self._valued):
            reason = _NO_RESULT  # an empty text is a result
        if reason:
            fault = self._faults.setdefault(value, Fault(reason, value))
            self.scan.faults[self._line, self._column] = fault
        if reason or value:
            self.scan.fill(self._line, self._column)
            self.scan.characters += self._length(value)

    def _length(self, value: str) -> int:
        if self._kind != "s":
            return len(value)
        try:
            return self._lengths[int(value)]
        except (ValueError, IndexError) as error:
            raise Malformed from error


def _rank(letters: str) -> int:
    rank = 0
    for letter in letters:
        rank = rank * 26 + ord(letter) - 64
    return rank - 1


def _count(written: str | None, otherwise: int) -> int:
    """Return how many lines or columns an attribute says."""
    if written is None:
        return otherwise
    if not (written.isascii() and written.isdecimal() and 0 < int(written[:8]) <= _FARTHEST and len(written) < 8):
        raise Malformed
    return int(written)


def scan_open_document(xml: bytes) -> dict[str, Scan]:
    """Look at the sheets of an .ods workbook, by name; Malformed when it is not XML or repeats without end."""
    reader = _OpenDocumentReader()
    _parse(xml, reader.start, reader.end, reader.text)
    return reader.scans


class _OpenDocumentReader:
    """Follows the cells of an .ods workbook, where a row or a cell may stand for many."""

    def __init__(self) -> None:
        self.scans: dict[str, Scan] = {}
        self._scan = Scan()
        self._line = self._column = 0
        self._rows = self._columns = 1
        self._cells = 0  # depth: a cell may hold a table

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "table":
            self._scan = self.scans.setdefault(attributes.get("table:name", ""), Scan())
            self._line = 0
        elif name == "table-row":
            self._rows = _count(attributes.get("table:number-rows-repeated"), 1)
            self._column = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._cells += 1
            self._columns = _count(attributes.get("table:number-columns-repeated"), 1)
            if "office:value-type" in attributes:
                self._fill(len(attributes.get("office:string-value", "")))
            spanned = _count(attributes.get("table:number-rows-spanned"), 1)
            if spanned > 1:
                self._scan.merges.append((self._line, self._column, self._line + spanned - 1))

    def _fill(self, characters: int) -> None:
        self._scan.fill(self._line + self._rows - 1, self._column + self._columns - 1)
        self._scan.characters += characters * self._rows * self._columns

    def text(self, text: str) -> None:
        if self._cells and not text.isspace():
            self._fill(len(text))

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in {"table-cell", "covered-table-cell"}:
            self._cells -= 1
            self._column += self._columns
        elif name == "table-row":
            self._line += self._rows
