"""What the XML of an .ods workbook tells and its reader does not, as `scan` says of the others."""

from __future__ import annotations

import re
from xml.parsers import expat

from netstats.intake.read.grids import MOST_COLUMNS, MOST_LINES
from netstats.intake.read.scan import Scan, count_of, local_name, parse


def scan_open_document(xml: bytes) -> dict[str, Scan]:
    """Look at the sheets of an .ods workbook, by name; UnreadableXmlError when it is not XML or repeats without end."""
    reader = _OpenDocumentReader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parse(parser, xml)
    return reader.scans


# A date as an .ods workbook shows it: « mars-24 », « mars 2024 », « 03/2024 ».
_MONTH = re.compile(r"[^\W\d]+\.?[\s/-]*(?:\d{2}|\d{4})|\d{1,2}[/.-]\d{4}|\d{4}[/.-]\d{1,2}")
_YEAR = re.compile(r"\d{4}")


class _OpenDocumentReader:
    """Follows the cells of an .ods workbook, where a row or a cell may stand for many."""

    def __init__(self) -> None:
        self.scans: dict[str, Scan] = {}
        self._scan = Scan()
        self._line = self._column = 0
        self._rows = self._columns = 1
        self._cells = 0  # depth: a cell may hold a table
        self._date: list[str] | None = None  # the text of a cell that holds a date

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local_name(tag)
        if name == "table":
            self._scan = self.scans.setdefault(attributes.get("table:name", ""), Scan())
            self._line = self._column = 0
        elif name == "table-column":
            repeated = count_of(attributes.get("table:number-columns-repeated"), 1)
            if attributes.get("table:visibility") in {"collapse", "filter"}:
                self._scan.hidden_columns.update(range(self._column, min(self._column + repeated, MOST_COLUMNS)))
            self._column += repeated
        elif name == "table-row":
            self._rows = count_of(attributes.get("table:number-rows-repeated"), 1)
            self._column = 0
            if attributes.get("table:visibility") in {"collapse", "filter"}:
                self._scan.hidden.update(range(self._line, self._line + min(self._rows, MOST_LINES)))
        elif name in {"table-cell", "covered-table-cell"}:
            self._cells += 1
            self._date = [] if attributes.get("office:value-type") == "date" else None
            self._columns = count_of(attributes.get("table:number-columns-repeated"), 1)
            if "office:value-type" in attributes:
                self._fill(len(attributes.get("office:string-value", "")))
            spanned = count_of(attributes.get("table:number-rows-spanned"), 1)
            if spanned > 1:
                self._scan.merges.append((self._line, self._column, self._line + spanned - 1))

    def _fill(self, characters: int) -> None:
        self._scan.fill(self._line + self._rows - 1, self._column + self._columns - 1)
        self._scan.characters += characters * self._rows * self._columns

    def text(self, text: str) -> None:
        if self._cells and not text.isspace():
            self._fill(len(text))
            if self._date is not None:
                self._date.append(text)

    def end(self, tag: str) -> None:
        name = local_name(tag)
        if name in {"table-cell", "covered-table-cell"}:
            self._cells -= 1
            shown = "".join(self._date or ()).strip()
            if shown and (precision := "year" if _YEAR.fullmatch(shown) else _MONTH.fullmatch(shown) and "month"):
                lines = range(self._line, self._line + self._rows)
                self._scan.shown.append((lines, range(self._column, self._column + self._columns), precision))
            self._date = None
            self._column += self._columns
        elif name == "table-row":
            self._line += self._rows
