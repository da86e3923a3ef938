"""The table behind one figure as a workbook (.xlsx) of one sheet: what defends it, then the table."""

from __future__ import annotations

import io
from itertools import accumulate, chain, repeat

import pandas as pd
import xlsxwriter

from netstats import brand, wording
from netstats.catalogue.figure import Figure
from netstats.filters import Choices, Filters
from netstats.share import tables
from netstats.share.workbook_table import Styles, add_sheet, columns_of, height, write_table
from netstats.store import Version

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LONGEST_NAME = 31  # of a sheet: Excel's own limit
_LABEL = 14  # characters of what stands before it
_LINE_LENGTH = 80  # characters of what stands above the table
_BESIDE = 8  # characters of a column beside the table


def to_xlsx(
    figure: Figure, frame: pd.DataFrame, *, filters: Filters, choices: Choices, version: Version, subject: str = ""
) -> bytes:
    """Return the rows as a workbook of one sheet, to be sorted and counted on.

    Above the table stands what `tables.beside` says, title first. Its columns are those of the screen; its cells are
    written as those of `workbook.to_xlsx`: numbers and days as such, an unknown value empty, a text never a formula.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, brand.BOOK)
    styles = Styles(book)
    said = dict(tables.beside(figure, frame, filters=filters, choices=choices, version=version, subject=subject))
    warning, title = said.pop("Attention", ""), said.pop("Titre")
    book.set_properties({"title": title, "company": "FFSU", "comments": f"{warning} {said['Champ']}.".strip()})
    foot = f"{warning} Données au {said['Mis à jour le']}. {said['Champ']}".strip()
    sheet = add_sheet(book, figure.name[:_LONGEST_NAME], title, foot, styles)
    top = len(said) + (3 if warning else 2)  # an empty row before the table
    label, *others = write_table(sheet, columns_of(figure, frame), styles, top=top)
    # What is said takes as many columns as a line needs: a column of the table may be narrow.
    widths = list(accumulate(chain(others, repeat(_BESIDE, _LINE_LENGTH // _BESIDE))))
    last, width = next((number, width) for number, width in enumerate(widths, 1) if width >= _LINE_LENGTH)
    if label < _LABEL:
        sheet.set_column(0, 0, _LABEL)
    if warning:
        sheet.merge_range(0, 0, 0, last, warning, styles.warning)
    first = 1 if warning else 0
    sheet.write(first, 0, wording.typeset(title), styles.title)
    for row, (name, text) in enumerate(said.items(), first + 1):
        sheet.write(row, 0, name, styles.label)
        sheet.merge_range(row, 1, row, last, wording.typeset(text), styles.text)
        sheet.set_row(row, height(text, width))
    book.close()
    return stream.getvalue()
