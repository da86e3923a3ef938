"""How a sheet of a workbook (.xlsx) is written: a table under its headers, each value as its format is shown."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from netstats import brand
from netstats.catalogue.column import COMPARED, Format
from netstats.catalogue.figure import Figure
from netstats.intake.labels import FORMULA_STARTS
from netstats.share import tables

_NUMBERS = {
    Format.SHARE: '[=0]0"\u00a0"%;[<0.0995]0.0"\u00a0"%;0"\u00a0"%',  # as `wording.percent` writes it
    Format.YEAR: "0",
    Format.CHANGE: "+#,##0;-#,##0;0",
    Format.DECIMAL: "#,##0.0",
    Format.COUNT: "#,##0",
}
"""How numbers are shown."""

_DATES = (Format.DAY, Format.PARTIAL_DATE)
_LONGEST_FOOTER = 200  # of the 255 characters that Excel allows, page numbers included
_NARROWEST, _WIDEST, _ADDRESS = 9, 60, 40  # characters
LINE, _HIGHEST = 15, 409  # points; the second is Excel's own limit
_ARROW = 4  # characters that the button of a filter covers
_MOST_LINKS, _LONGEST_LINK = 65_530, 2079  # of a sheet, letters: Excel's own limits

Value = str | float | date | None
"""What a cell may hold; an unknown value leaves it empty."""


class SheetColumn(NamedTuple):
    """A column of a table: how each of its values is shown stands beside them."""

    header: str
    formats: Sequence[Format]
    values: Sequence[Value]


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        plain = {"valign": "top"}
        self.text = book.add_format({**plain, "text_wrap": True})
        # The apostrophe that tells a spreadsheet « this is a text », without being a letter of it.
        self.quoted = book.add_format({**plain, "text_wrap": True, "quote_prefix": True})
        self.numbers = {
            kind: book.add_format({**plain, "align": "right", "indent": 1, "num_format": shown})
            for kind, shown in _NUMBERS.items()
        }
        self.day = book.add_format({**plain, "num_format": "dd/mm/yyyy", "align": "left"})
        self.address = book.add_format(plain)
        self.link = book.add_format({**plain, "font_color": brand.LINK, "underline": 1})
        on_colour = {"bold": True, "text_wrap": True, "font_color": brand.WHITE}
        self.header = book.add_format({**brand.HEADER, **on_colour, "bg_color": brand.ACCENT})
        self.title, self.section = book.add_format(brand.TITLE), book.add_format(brand.SECTION)
        self.warning = book.add_format({**on_colour, "bg_color": brand.WARNING})
        self.label = book.add_format({**plain, "bold": True})

    def write(self, sheet: Worksheet, row: int, column: int, value: Value, kind: Format) -> None:
        """Write a value as its format is shown; an unknown one leaves its cell empty."""
        if isinstance(value, str):
            is_address = kind is Format.LINK and value.startswith(("http://", "https://"))
            if is_address and row <= _MOST_LINKS and len(value) <= _LONGEST_LINK:
                sheet.write_url(row, column, value, self.link, value)
            else:
                self.write_text(sheet, row, column, value, self.address if kind is Format.LINK else self.text)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        elif value is not None:
            sheet.write_number(row, column, value, self.numbers.get(kind, self.text))

    def write_text(self, sheet: Worksheet, row: int, column: int, text: str, style: Style | None = None) -> int:
        """Write a text that stays one, whatever it begins with, and return what the library does.

        One that a spreadsheet would run is marked, and « <r> », which the library takes for its own markup, moves away
        from the start.
        """
        shown = self.quoted if text.startswith(FORMULA_STARTS) else style
        return int(sheet.write_string(row, column, f" {text}" if text.startswith("<r>") else text, shown))


def add_sheet(book: xlsxwriter.Workbook, name: str, title: str, foot: str, styles: Styles) -> Worksheet:
    """Add a sheet that prints on A4 across, as wide as the page, title on top, `foot` and page number at the foot."""
    sheet = book.add_worksheet(name)
    sheet.add_write_handler(str, styles.write_text)
    said = foot.replace("&", "&&")
    short = said if len(said) <= _LONGEST_FOOTER else f"{said[:_LONGEST_FOOTER].rstrip('&')}…"
    brand.fit_to_width(sheet)
    as_large = {"scale_with_doc": False}
    sheet.set_header(f"&L&B{title}", as_large)
    sheet.set_footer(f"&L&8 {short}&R&8 &P / &N", as_large)  # without the space, a year would be read as a size
    return sheet


def columns_of(figure: Figure, rows: pd.DataFrame, *, with_codes: bool = False) -> list[SheetColumn]:
    """Return the columns of the screen, and the codes too where rows refer to each other."""
    shown = tables.readable(rows)
    columns: list[SheetColumn] = []
    for name, column in figure.columns.items():
        technical = column.is_technical and not (with_codes and "code" in name)
        # Nothing to compare with, or nothing that is known of it.
        uncompared = name in COMPARED and rows[name].isna().all()
        if not (technical or uncompared):
            values = values_of(rows[name], shown[name], column.format)
            columns.append(SheetColumn(column.header, [column.format] * len(values), values))
    return columns


def values_of(asked: pd.Series, shown: pd.Series, told: Format) -> list[Value]:
    """Return the values of a column as cells take them, from what was asked and what `tables.readable` makes of it."""
    values: list[Value] = shown.astype(object).where(shown.notna(), None).tolist()
    if pd.api.types.is_bool_dtype(asked.dtype):
        return [None if value is None else "oui" if value else "non" for value in values]
    if told in _DATES:  # less than a day stays a text
        return [date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value for value in values]
    return values


def write_table(sheet: Worksheet, columns: Sequence[SheetColumn], styles: Styles, *, top: int = 0) -> list[int]:
    """Write columns under headers in the row `top`, as wide as they need; return their widths, in characters."""
    widths, heights = [], Counter[int]()
    for number, (header, kinds, values) in enumerate(columns):
        # A header takes three lines or so.
        widths.append(max(_NARROWEST, max(len(header) // 3, *map(len, header.split())) + _ARROW))
        sheet.set_column(number, number, widths[number])
        for row, (value, kind) in enumerate(zip(values, kinds, strict=True), top + 1):
            styles.write(sheet, row, number, value, kind)
            if isinstance(value, str) and len(value) > _WIDEST and kind is not Format.LINK:
                heights[row] = max(heights[row], height(value, _WIDEST))
    for row, points in heights.items():
        sheet.set_row(row, points)
    sheet.autofit(7 * _WIDEST)  # pixels; before there are headers, which take two or three lines
    for number, column in enumerate(columns):
        if Format.LINK in column.formats[:1]:
            sheet.set_column(number, number, _ADDRESS)
    last = top + max(len(columns[0].values), 1)  # a table has a row at least
    headers = [{"header": column.header, "header_format": styles.header} for column in columns]
    sheet.add_table(top, 0, last, len(columns) - 1, {"columns": headers, "style": "Table Style Light 1"})
    sheet.set_row(
        top, 6 + max(height(column.header, width - _ARROW) for column, width in zip(columns, widths, strict=True))
    )
    if top == 0:  # what stands above a table would fill a small window
        sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})  # codes, and years known alone, are texts
    sheet.repeat_rows(top)
    longest = (max((len(str(value)) for value in column.values if value is not None), default=0) for column in columns)
    return [max(width, min(length, _WIDEST)) for width, length in zip(widths, longest, strict=True)]


@lru_cache(maxsize=4096)
def height(text: str, width: int) -> int:
    """Return how high a text is in a column of so many characters, in points: no spreadsheet is sure to reckon it."""
    if len(text) <= width:
        return LINE
    return min(LINE * len(textwrap.wrap(text, width)) + 3, _HIGHEST)
