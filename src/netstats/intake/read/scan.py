"""What the XML of a workbook tells and its reader does not.

How far it reaches, errors, formulas without result, dates shown without their day, numbers with words, what is
hidden or struck out.

No library does it in time. calamine (0.9) gives an empty text for an error and for a formula without result, and makes
room up to the farthest cell before it can be asked how far that is. openpyxl, read-only, shows both, but no merged
cells, and reads 100,000 lines of three columns in 4.5 s of processor where calamine and this take 1.4: a whole import
of them would take 9.7 instead of 6.7.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.parsers import expat

from netstats.intake.issues import Issue
from netstats.intake.read.formats import is_worded
from netstats.intake.read.grids import MOST_COLUMNS, MOST_MERGES, MOST_TEXT

_FARTHEST = 1_048_576  # lines of a sheet, whatever the spreadsheet
_MOST_MARKS = 500_000  # of a small document: what stands in half a second of processor
_COLUMN = re.compile(r"[A-Z]{1,3}")
_DIGITS = "0123456789"


class UnreadableXmlError(Exception):
    """XML that cannot be read; the reader of the workbook words it."""


@dataclass
class Scan:
    """What was seen in a sheet."""

    height: int = 0  # lines and columns up to the farthest filled cell
    width: int = 0
    characters: int = 0  # those that its cells share with others, at most: a text is written once for a thousand cells
    unreadable: dict[tuple[int, int], Issue] = field(default_factory=dict)  # by line and column from 0
    merges: list[tuple[int, int, int]] = field(default_factory=list)  # as `sheets.Merge`, where the reader tells none
    # Lines and columns of what is shown otherwise, and how: ranges, since a cell may stand for many. A date to the
    # month or to the year; a number by its format, which has words.
    shown: list[tuple[range, range, str]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)  # lines from 0
    hidden_columns: set[int] = field(default_factory=set)  # columns from 0
    struck: set[int] = field(default_factory=set)  # lines from 0 of which something is struck out
    unstruck: set[int] = field(default_factory=set)  # of which something is not

    def fill(self, line: int, column: int) -> None:
        """Take a filled cell into account."""
        if line >= self.height:
            self.height = line + 1
        if column >= self.width:
            self.width = column + 1


def parse(parser: expat.XMLParserType, xml: bytes) -> None:
    """Read a document with a parser; UnreadableXmlError when it is not XML."""
    parser.buffer_text = True
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableXmlError from error


def local_name(tag: str) -> str:
    """Return the name of an element without its prefix."""
    return tag.rpartition(":")[2]


def elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small document: name without prefix, attributes; UnreadableXmlError otherwise.

    Excel has 65,490 formats of cells at most, each of a few elements: more is no document of a spreadsheet.
    """
    if xml.count(b"<") > _MOST_MARKS:
        raise UnreadableXmlError
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: found.append((local_name(tag), attributes))
    parse(parser, xml)
    return found


def string_lengths(xml: bytes) -> list[int]:
    """Return how many characters each shared text has at most, in their order: its bytes, marks included."""
    lengths = [len(piece) for piece in xml.split(b"<si")[1:]]
    # A prefix before the name of the element, which no spreadsheet writes: all may be as long as the whole.
    return lengths or [len(xml)] * 100


_NO_LETTERS = re.compile(r'"[^"]*"|\[[^]]*\]|\\.|_.|\*.')
"""What a format holds that stands for itself."""


def precision_of(shape: str) -> str:
    """Return how precisely a format of dates shows one: month or year; empty for the day, or what is no date."""
    letters = _NO_LETTERS.sub("", shape.partition(";")[0]).lower()
    if "d" in letters or not ("y" in letters or "mmm" in letters):
        return ""
    return "month" if "m" in letters else "year"


def ways_to_show(styles: bytes) -> dict[str, str]:
    """Return how the styles of an .xlsx workbook show a date or a number, by number, as `Scan.shown` says it.

    Those that show the day of a date, or the digits of a number alone, are left out.
    """
    shapes, found, rank, of_cells = {"17": "mmm-yy", "9": "0%", "10": "0.00%"}, {}, 0, False
    for tag, attributes in elements(styles):
        if tag == "numFmt":
            shapes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in {"cellStyleXfs", "cellXfs", "cellStyles"}:
            of_cells = tag == "cellXfs"
        elif tag == "xf" and of_cells:
            shape = shapes.get(attributes.get("numFmtId", ""), "")
            if way := precision_of(shape) or (is_worded(shape) and shape):
                found[str(rank)] = way
            rank += 1
    return found


def struck(styles: bytes) -> frozenset[str]:
    """Return the numbers of the styles of an .xlsx workbook that strike what a cell holds out."""
    fonts, found, font, rank, part = set[str](), set[str](), -1, -1, ""
    for tag, attributes in elements(styles) if b"strike" in styles else ():
        if tag in {"fonts", "fills", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}:
            part = tag
        elif part == "fonts" and tag == "font":
            font += 1
        elif part == "fonts" and tag == "strike" and attributes.get("val", "1") not in {"0", "false"}:
            fonts.add(str(font))
        elif part == "cellXfs" and tag == "xf":
            rank += 1
            if attributes.get("fontId") in fonts:
                found.add(str(rank))
    return frozenset(found)


def scan_sheet(
    xml: bytes,
    lengths: Sequence[int],
    shown: Mapping[str, str] = MappingProxyType({}),
    struck_out: frozenset[str] = frozenset(),
) -> Scan:
    """Look at a sheet of an .xlsx workbook: the lengths of shared texts, the styles that show dates so or strike out.

    UnreadableXmlError when it is not XML, or has more merged cells than a person makes.
    """
    many_texts = max(lengths, default=0) * xml.count(b't="s"') > MOST_TEXT
    reader = _SheetReader(lengths if many_texts else (), shown, struck_out)
    parse(reader.parser, xml)
    if reader.merges > MOST_MERGES:
        raise UnreadableXmlError
    return reader.scan


class _SheetReader:
    """Follows the cells of a sheet: those without a reference come after the one before.

    Most cells only have a place. The text of the others is listened to, up to their end.
    """

    def __init__(self, lengths: Sequence[int], shown: Mapping[str, str], struck_out: frozenset[str]) -> None:
        self.scan = Scan()
        self.merges = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self._lengths = lengths
        self._shown = shown
        self._struck_out, self._style = struck_out, ""
        self._columns: dict[str, int] = {}
        self._line = self._column = -1
        self._number = self._kind = ""  # as they are written, of the line and of what the cell holds
        self._formula = self._valued = False
        self._text: list[str] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag if ":" not in tag else local_name(tag)
        if name == "c":
            self._place(attributes.get("r"))
            self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
            self._formula = self._valued = False
            if self._kind == "e" or (self._lengths and self._kind == "s"):
                self._listen()
            if self._shown and (precision := self._shown.get(self._style)):
                place = range(self._line, self._line + 1), range(self._column, self._column + 1)
                self.scan.shown.append((*place, precision))
        elif name in {"v", "t"}:
            self._valued = True
            self.scan.fill(self._line, self._column)
            if self._struck_out:
                (self.scan.struck if self._style in self._struck_out else self.scan.unstruck).add(self._line)
            self._text.clear()
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first = count_of(attributes.get("min"), 1)
            self.scan.hidden_columns.update(range(first - 1, min(count_of(attributes.get("max"), first), MOST_COLUMNS)))
        elif name == "f":
            self._formula = True
            self._listen()
        elif name == "mergeCell":
            self.merges += 1

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._line = count_of(attributes.get("r"), self._line + 2) - 1
        self._number = ""
        self._column = -1
        if attributes.get("hidden") in {"1", "true"}:
            self.scan.hidden.add(self._line)

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip(_DIGITS)
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = _rank(letters)
            self._column = column
            number = reference[len(letters) :]
            if number != self._number:  # all the cells of a row bear the same
                self._number, self._line = number, count_of(number, 0) - 1
        if self._line < 0:
            raise UnreadableXmlError

    def _listen(self) -> None:
        self._text.clear()
        self.parser.CharacterDataHandler = self._text.append
        self.parser.EndElementHandler = self._end

    def _end(self, tag: str) -> None:
        name = local_name(tag)
        if name == "f":
            self._text.clear()
        elif name == "c":
            self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
            self._close_cell("".join(self._text))

    def _close_cell(self, value: str) -> None:
        if self._kind == "s" and self._lengths:
            self.scan.characters += self._length(value)
        if self._kind == "e":
            self._put(Issue("calculation-error", found=value))
        elif self._formula and not value and not (self._kind == "str" and self._valued):
            self._put(Issue("no-result"))  # an empty text is a result

    def _put(self, issue: Issue) -> None:
        self.scan.fill(self._line, self._column)
        self.scan.unreadable[self._line, self._column] = issue

    def _length(self, rank: str) -> int:
        try:
            return self._lengths[int(rank)]
        except (ValueError, IndexError) as error:
            raise UnreadableXmlError from error


def _rank(letters: str) -> int:
    if not _COLUMN.fullmatch(letters):
        raise UnreadableXmlError
    rank = 0
    for letter in letters:
        rank = rank * 26 + ord(letter) - 64
    return rank - 1


def count_of(written: str | None, otherwise: int) -> int:
    """Return how many lines or columns an attribute says."""
    if written is None:
        return otherwise
    if not (len(written) < 8 and written.isascii() and written.isdecimal() and 0 < int(written) <= _FARTHEST):
        raise UnreadableXmlError
    return int(written)
