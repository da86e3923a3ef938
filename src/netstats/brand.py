"""The house's colours, and how its workbooks look: plain data, as charts and xlsxwriter take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ACCENT, TINT, RULE, INK, MUTED, WHITE = "#124E66", "#DCE8EC", "#E3E2DC", "#1B2733", "#5A6672", "#FFFFFF"
WARNING, LINK = "#8A1C1C", "#0B5CAD"
ISSUE, ISSUE_TINT, ISSUE_PALE = "#B3402A", "#FBD9D0", "#FDF1EC"
"""What is to be corrected: a header, a cell, what is said of a line."""

BOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""Options of a workbook in which every text stays a text."""

TITLE = {"bold": True, "font_size": 18, "font_color": ACCENT}
SECTION = {"bold": True, "font_size": 13, "font_color": ACCENT, "valign": "bottom"}
HEADER = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": WHITE}
RULED = {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": RULE}


def fit_to_width(sheet: Worksheet) -> None:
    """Print a sheet on as many pages as it is long, one wide."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
