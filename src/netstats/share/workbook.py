"""A selection as a workbook (.xlsx): what defends its figures, then one sheet a figure, then the rows behind them."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from netstats import brand, wording
from netstats.catalogue import actions, overview, participation, themes
from netstats.catalogue.column import COMPARED, Column, Format
from netstats.catalogue.figure import Figure
from netstats.catalogue.indicators import BESIDE, MEASURES
from netstats.catalogue.overview import ATTENDANCES, INDICATORS, MEETINGS
from netstats.intake.labels import FORMULA_STARTS
from netstats.progress import Progress, silent
from netstats.share import tables
from netstats.share.selection import Selection

README = "Lisez-moi"
"""Name of the first sheet."""

ROWS_BEHIND = {"Réunions": MEETINGS, "Présences": ATTENDANCES, "Actions": actions.LIST}
"""Name of a sheet → the rows from which the figures are counted; with the codes that link one to the other."""

SHEETS: Mapping[str, Figure] = {
    "Chiffres clés": INDICATORS,
    "Année par année": overview.YEARLY_INDICATORS,
    "Départements": overview.DEPARTMENTS,
    "Territoires": overview.TERRITORIES,
    "Types de territoire": participation.TERRITORY_KINDS,
    "Membres du FFSU": participation.MEMBERSHIP,
    "Nouveaux territoires": participation.NEWCOMERS,
    "Assiduité": participation.ASSIDUITY,
    "À relancer": participation.LAPSED,
    "Thèmes": overview.THEMES,
    "Thèmes dans le temps": themes.EVOLUTION,
    "Familles dans le temps": themes.FAMILY_EVOLUTION,
    "Tendances des thèmes": themes.TRENDS,
    "Thèmes ensemble": themes.PAIRS,
    "Types d’action": overview.ACTION_TYPES,
    "Publics des actions": actions.AUDIENCES,
    "Thèmes des actions": actions.THEMES,
    "Actions par département": actions.DEPARTMENTS,
    **ROWS_BEHIND,
}
"""Name of a sheet → its figure, in the order of the pages. A name has 31 letters at most, and none of []:*?/\\."""

_TITLE = "Les réseaux du FFSU en chiffres"

_NUMBERS = {
    Format.SHARE: '[=0]0"\u00a0"%;[<0.0995]0.0"\u00a0"%;0"\u00a0"%',  # as `wording.percent` writes it
    Format.YEAR: "0",
    Format.CHANGE: "+#,##0;-#,##0;0",
    Format.DECIMAL: "#,##0.0",
    Format.COUNT: "#,##0",
}
"""How numbers are shown."""

_DATES = (Format.DAY, Format.PARTIAL_DATE)
_NARROWEST, _WIDEST, _ADDRESS = 9, 60, 40  # characters
_LINE, _HIGHEST = 15, 409  # points; the second is Excel's own limit
_ARROW = 4  # characters that the button of a filter covers
_MOST_LINKS, _LONGEST_LINK = 65_530, 2079  # of a sheet, letters: Excel's own limits
_LONGEST_FOOTER = 200  # of the 255 characters that Excel allows, page numbers included
_README_WIDTHS = (27, 95, 40, 9, 48)

_Value = str | float | date | None
_Cell = tuple[_Value, Format]
_Table = tuple[Sequence[Column], Sequence[Sequence[_Cell]]]


def to_xlsx(selection: Selection, *, tell: Progress = silent) -> bytes:
    """Write a selection as a workbook.

    First comes « Lisez-moi »: that the data is made up, when it is, the filters, the period, the dates, the source,
    and each sheet with its definition. Then one sheet a figure, and the rows behind. A figure without rows has no
    sheet, and is named in the first one. Numbers are numbers; a date known to the day is a date, and a text as far as
    it is known otherwise (« 2023-05 »); an unknown value is an empty cell; a text is never a formula.

    `tell` is called before each sheet.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, brand.BOOK)
    book.set_properties(
        {
            "title": f"{_TITLE}{wording.NO_BREAK}: {selection.sentence}",
            "company": "FFSU",
            "comments": f"{selection.warning} {selection.sentence}. Données au {selection.updated}.".strip(),
            "created": datetime.combine(selection.today, time()),
        }
    )
    styles = _Styles(book)
    readme = _add_sheet(book, README, _TITLE, selection, styles)
    lengths: dict[str, int] = {}
    for rank, (name, figure) in enumerate(SHEETS.items()):
        tell(rank / (len(SHEETS) + 1), f"Feuille {name}")
        rows = selection.rows(figure)
        if not rows.empty:
            sheet = _add_sheet(book, name, figure.title, selection, styles)
            columns, lines = _key_figures(selection, rows) if figure is INDICATORS else _table(figure, rows)
            _write_table(sheet, columns, lines, styles)
            lengths[name] = len(lines)
    tell(len(SHEETS) / (len(SHEETS) + 1), "Écriture du fichier")
    _write_readme(readme, selection, lengths, styles)
    book.close()
    return stream.getvalue()


class _Styles:
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

    def of(self, kind: Format, value: _Value) -> Style:
        """Return how a value of a column is shown."""
        if isinstance(value, str):
            return self.address if kind is Format.LINK else self.text
        return self.day if kind in _DATES else self.numbers.get(kind, self.text)


def _add_sheet(book: xlsxwriter.Workbook, name: str, title: str, selection: Selection, styles: _Styles) -> Worksheet:
    """Add a sheet that prints on A4 across, as wide as the page, its title on top, scope and page number at the foot.

    A text stays one, whatever it begins with: one that a spreadsheet would run is marked, and « <r> », which the
    library takes for its own markup, moves away from the start.
    """

    def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Style | None = None) -> int:
        shown = styles.quoted if text.startswith(FORMULA_STARTS) else style
        return int(sheet.write_string(row, column, f" {text}" if text.startswith("<r>") else text, shown))

    sheet = book.add_worksheet(name)
    sheet.add_write_handler(str, write_text)
    said = f"{selection.warning} Données au {selection.updated}. {selection.sentence}".strip().replace("&", "&&")
    short = said if len(said) <= _LONGEST_FOOTER else f"{said[:_LONGEST_FOOTER].rstrip('&')}…"
    brand.fit_to_width(sheet)
    as_large = {"scale_with_doc": False}
    sheet.set_header(f"&L&B{title}", as_large)
    sheet.set_footer(f"&L&8 {short}&R&8 &P / &N", as_large)  # without the space, a year would be read as a size
    return sheet


def _table(figure: Figure, rows: pd.DataFrame) -> _Table:
    """Return the columns of the screen, and the codes too where rows refer to each other, with their lines."""
    shown = tables.readable(rows)
    columns, values = [], []
    for name, column in figure.columns.items():
        technical = column.is_technical and not (figure in ROWS_BEHIND.values() and "code" in name)
        # Nothing to compare with, or nothing that is known of it.
        uncompared = name in COMPARED and rows[name].isna().all()
        if not (technical or uncompared):
            columns.append(column)
            values.append([(value, column.format) for value in _values(rows[name], shown[name], column.format)])
    return columns, list(zip(*values, strict=True))


def _key_figures(selection: Selection, rows: pd.DataFrame) -> _Table:
    """Return the one row of the key figures as a list: what, how much, from how many meetings it is known."""
    shown = tables.readable(rows)
    measures = {measure.name: measure for measure in (*MEASURES, *BESIDE)}
    lines: list[tuple[_Cell, ...]] = []
    for name, column in INDICATORS.columns.items():
        (value,) = _values(rows[name], shown[name], column.format)
        measure = measures.get(name)
        note = wording.typeset(measure.said_of(rows.iloc[0], selection.filters)) if measure else ""
        texts = (column.header, note or None, measure.definition if measure else None)
        what, known, definition = ((text, Format.TEXT) for text in texts)
        lines.append((what, (value, column.format), known, definition))
    return [Column(header) for header in ("Indicateur", "Valeur", "Ce qui en est connu", "Définition")], lines


def _values(asked: pd.Series, shown: pd.Series, told: Format) -> list[_Value]:
    """Return the values of a column as cells take them, from what was asked and what `tables.readable` makes of it."""
    values: list[_Value] = shown.astype(object).where(shown.notna(), None).tolist()
    if pd.api.types.is_bool_dtype(asked.dtype):
        return [None if value is None else "oui" if value else "non" for value in values]
    if told in _DATES:  # less than a day stays a text
        return [date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value for value in values]
    return values


def _write_table(
    sheet: Worksheet, columns: Sequence[Column], lines: Sequence[Sequence[_Cell]], styles: _Styles
) -> None:
    """Write lines under headers, in columns as wide as they need."""
    widths = []
    for number, header in enumerate(column.header for column in columns):  # in three lines or so
        widths.append(max(_NARROWEST, max(len(header) // 3, *map(len, header.split())) + _ARROW))
        sheet.set_column(number, number, widths[number])
    for row, line in enumerate(lines, 1):
        for number, (value, kind) in enumerate(line):
            is_address = kind is Format.LINK and str(value).startswith(("http://", "https://"))
            if is_address and row <= _MOST_LINKS and len(str(value)) <= _LONGEST_LINK:
                sheet.write_url(row, number, value, styles.link, value)
            else:
                sheet.write(row, number, value, styles.of(kind, value))
        height = max(_height(value, _WIDEST) for value, kind in line if kind is not Format.LINK)
        if height > _LINE:
            sheet.set_row(row, height)
    sheet.autofit(7 * _WIDEST)  # pixels; before there are headers, which take two or three lines
    for number, column in enumerate(columns):
        if column.format is Format.LINK:
            sheet.set_column(number, number, _ADDRESS)
    headers = [{"header": column.header, "header_format": styles.header} for column in columns]
    sheet.add_table(0, 0, len(lines), len(columns) - 1, {"columns": headers, "style": "Table Style Light 1"})
    sheet.set_row(
        0, 6 + max(_height(column.header, width - _ARROW) for column, width in zip(columns, widths, strict=True))
    )
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(lines) + 1}"})  # codes, and years known alone, are texts
    sheet.repeat_rows(0)


def _height(text: _Value, width: int) -> int:
    """Return how high a text is in a column of so many characters, in points: no spreadsheet is sure to reckon it."""
    if not isinstance(text, str) or len(text) <= width:
        return _LINE
    return min(_LINE * len(textwrap.wrap(text, width)) + 3, _HIGHEST)


_READING = (
    ("Cellule vide", "On ne sait pas. Inconnu n’est jamais zéro."),
    ("Dates", "Un jour connu est une date ; un mois ou une année connus seuls restent un texte (2023-05, 2023)."),
    ("Effectifs", "Un nombre de participants peut être approché : « Précision de l’effectif » le dit à côté."),
)


def _write_readme(sheet: Worksheet, selection: Selection, lengths: Mapping[str, int], styles: _Styles) -> None:
    """Write what the workbook is about, how to read it, its sheets and how long they are, and what has no sheet."""
    sheet.hide_gridlines(2)
    for number, width in enumerate(_README_WIDTHS):
        sheet.set_column(number, number, width)
    if selection.warning:
        sheet.merge_range(0, 0, 0, 1, selection.warning, styles.warning)
        sheet.set_row(0, 2 * _LINE)
    sheet.write(1, 0, _TITLE, styles.title)
    row = _write_facts(sheet, 3, "La sélection", _facts(selection), styles)
    row = _write_facts(sheet, row, "Comment lire ce classeur", _READING, styles)
    sheet.write(row, 0, "Les feuilles", styles.section)
    row += 1
    sheet.write_row(row, 0, ("Feuille", "Définition", "Ce qu’elle montre", "Lignes", "Source"), styles.header)
    for name, length in lengths.items():
        row += 1
        figure, source = SHEETS[name], selection.source(SHEETS[name])
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)
        sheet.write_row(row, 1, map(wording.typeset, (figure.definition, figure.title)), styles.text)
        sheet.write(row, 3, length, styles.numbers[Format.COUNT])
        sheet.write(row, 4, wording.typeset(source), styles.text)
        sheet.set_row(row, max(_height(figure.definition, _README_WIDTHS[1]), _height(source, _README_WIDTHS[4])))
    empty = [(figure.title, figure.empty) for name, figure in SHEETS.items() if name not in lengths]
    if empty:
        _write_facts(sheet, row + 2, "Sans feuille dans cette sélection", empty, styles)


def _facts(selection: Selection) -> Iterator[tuple[str, str]]:
    """Return what the whole workbook is about, as label and text."""
    yield "Champ", selection.sentence
    yield "Période", str(selection.filters.period) or "toutes les dates"
    if compared := tables.comparison(selection.filters, selection.today):
        yield "Évolution", compared
    yield "Données mises à jour le", selection.updated
    yield "Classeur fait le", wording.date(selection.today)
    yield "Source", selection.source(INDICATORS)


def _write_facts(sheet: Worksheet, row: int, title: str, facts: Iterable[tuple[str, str]], styles: _Styles) -> int:
    """Write labels and their texts under a title, and return the row after the empty one that follows."""
    sheet.write(row, 0, title, styles.section)
    for label, text in facts:
        row += 1
        sheet.write(row, 0, label, styles.label)
        sheet.write(row, 1, wording.typeset(text), styles.text)
        sheet.set_row(row, max(_height(label, _README_WIDTHS[0]), _height(text, _README_WIDTHS[1])))
    return row + 2
