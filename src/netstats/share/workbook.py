"""A selection as a workbook (.xlsx): what defends its figures, then one sheet a figure, then the rows behind them."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from itertools import repeat

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from netstats import wording
from netstats.catalogue import actions, participation, themes
from netstats.catalogue.column import COMPARED, Format
from netstats.catalogue.figure import Figure
from netstats.catalogue.indicators import BESIDE, MEASURES
from netstats.catalogue.overview import (
    ACTION_TYPES,
    ATTENDANCES,
    DEPARTMENTS,
    INDICATORS,
    MEETINGS,
    TERRITORIES,
    THEMES,
    YEARLY_INDICATORS,
)
from netstats.share import tables
from netstats.share.selection import Selection, Tell

README = "Lisez-moi"
"""Name of the first sheet."""

ROWS_BEHIND = {"Réunions": MEETINGS, "Présences": ATTENDANCES, "Actions": actions.LIST}
"""Name of a sheet → the rows from which the figures are counted; with the codes that link one to the other."""

SHEETS: Mapping[str, Figure] = {
    "Chiffres clés": INDICATORS,
    "Année par année": YEARLY_INDICATORS,
    "Départements": DEPARTMENTS,
    "Territoires": TERRITORIES,
    "Types de territoire": participation.TERRITORY_KINDS,
    "Membres du FFSU": participation.MEMBERSHIP,
    "Nouveaux territoires": participation.NEWCOMERS,
    "Assiduité": participation.ASSIDUITY,
    "À relancer": participation.LAPSED,
    "Thèmes": THEMES,
    "Thèmes dans le temps": themes.EVOLUTION,
    "Familles dans le temps": themes.FAMILY_EVOLUTION,
    "Tendances des thèmes": themes.TRENDS,
    "Thèmes ensemble": themes.PAIRS,
    "Types d’action": ACTION_TYPES,
    "Publics des actions": actions.AUDIENCES,
    "Thèmes des actions": actions.THEMES,
    "Actions par département": actions.DEPARTMENTS,
    **ROWS_BEHIND,
}
"""Name of a sheet → its figure, in the order of the pages. A name has 31 letters at most, and none of []:*?/\\."""

_TITLE = "Les réseaux du FFSU en chiffres"
_ACCENT, _TINT, _RULE, _WARNING, _LINK = "#124E66", "#DCE8EC", "#E3E2DC", "#8A1C1C", "#0B5CAD"

_COUNT = "#,##0"
_SHARE = '[=0]0"\u00a0"%;[<0.0995]0.0"\u00a0"%;0"\u00a0"%'  # as `wording.percent` writes it
_NUMBERS = {
    Format.SHARE: _SHARE,
    Format.YEAR: "0",
    Format.CHANGE: "+#,##0;-#,##0;0",
    Format.DECIMAL: "#,##0.0",
}
"""How numbers are shown, where they are no counts."""

_WIDEST, _NARROWEST, _WIDEST_ADDRESS = 60, 9, 40  # characters
_ARROW = 3  # characters that the button of a filter covers
_LINE, _HIGHEST = 15, 409  # points; the second is Excel's own limit
_MOST_LINKS = 65_530  # of a sheet, Excel's own limit
_LONGEST_LINK = 2079
_LONGEST_FOOTER = 200  # of the 255 characters that Excel allows, page numbers included
_README_WIDTHS = (27, 40, 9, 95, 48)

_Value = str | float | date | None


@dataclass(frozen=True)
class _Column:
    """A column of a sheet.

    Attributes
    ----------
    header
        French.
    values
        One a row; None where it is unknown.
    formats
        How each is shown when it is a number.
    """

    header: str
    values: Sequence[_Value]
    formats: Iterable[str]
    is_address: bool = False

    @cached_property
    def longest(self) -> int:
        """How many characters its longest value has."""
        return max(map(_length, self.values), default=0)

    @property
    def width(self) -> int:
        """How many characters wide it is: enough for the values, and for the header in three lines or so."""
        header = max(len(self.header) // 3, *map(len, self.header.split())) + _ARROW
        return min(max(self.longest + 2, header, _NARROWEST), _WIDEST_ADDRESS if self.is_address else _WIDEST)

    @property
    def wraps(self) -> bool:
        """Whether some text takes several lines."""
        return self.longest > _WIDEST and not self.is_address


@dataclass(frozen=True)
class _Entry:
    """A sheet as the first one lists it."""

    name: str
    figure: Figure
    rows: int


def to_xlsx(selection: Selection, *, tell: Tell = lambda part, sentence: None) -> bytes:
    """Write a selection as a workbook.

    First comes « Lisez-moi »: that the data is made up, when it is, the filters, the period, the dates, the source,
    and each sheet with its definition. Then one sheet a figure, and the rows behind. A figure without rows has no
    sheet, and is named in the first one. Numbers are numbers; a date known to the day is a date, and a text as far as
    it is known otherwise (« 2023-05 »); an unknown value is an empty cell; a text is never a formula.

    Parameters
    ----------
    selection
        What it is made of, and the day on which it is.
    tell
        Called before each sheet with the part that is done (0 to 1) and what is being done; what it raises ends the
        work, and nothing is left of it.
    """
    stream = io.BytesIO()
    # Not in a `with` block: that would finish the file of who has cancelled.
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(_properties(selection))
    styles = _Styles(book)
    readme = book.add_worksheet(README)
    entries: list[_Entry] = []
    without: list[Figure] = []
    for rank, (name, figure) in enumerate(SHEETS.items()):
        tell(rank / (len(SHEETS) + 1), f"Feuille {name}")
        rows = selection.rows(figure)
        if rows.empty:
            without.append(figure)
            continue
        columns = _key_figures(selection, rows) if figure is INDICATORS else list(_columns(figure, rows))
        sheet = book.add_worksheet(name)
        _write_table(sheet, columns, styles)
        _set_up_page(sheet, selection, figure.title)
        entries.append(_Entry(name, figure, len(columns[0].values)))
    tell(len(SHEETS) / (len(SHEETS) + 1), "Écriture du fichier")
    _write_readme(readme, selection, entries, without, styles)
    _set_up_page(readme, selection, _TITLE)
    book.close()
    return stream.getvalue()


def _properties(selection: Selection) -> dict[str, object]:
    said = f"{selection.sentence}. Données au {selection.updated}."
    return {
        "title": f"{_TITLE}{wording.NO_BREAK}: {selection.sentence}",
        "company": "FFSU",
        "comments": f"{selection.warning} {said}".strip(),
        "created": datetime.combine(selection.today, time()),
    }


# ---------------------------------------------------------------- from rows to columns


def _columns(figure: Figure, rows: pd.DataFrame) -> Iterator[_Column]:
    """Return the columns of a sheet: those of the screen, and the codes too where rows refer to each other."""
    shown = tables.readable(rows)
    for column, said in figure.columns.items():
        technical = said.is_technical and not (figure in ROWS_BEHIND.values() and "code" in column)
        # Nothing to compare with, or nothing that is known of it.
        uncompared = column in COMPARED and rows[column].isna().all()
        if not (technical or uncompared):
            values = _values(rows[column], shown[column], said.format)
            yield _Column(said.header, values, repeat(_number(said.format)), said.format is Format.LINK)


def _key_figures(selection: Selection, rows: pd.DataFrame) -> list[_Column]:
    """Return the one row of the key figures as a list: what, how much, from how many meetings it is known."""
    row = rows.iloc[0]
    shown = tables.readable(rows)
    measures = {measure.name: measure for measure in (*MEASURES, *BESIDE)}
    notes = {name: measure.said_of(row, selection.filters) for name, measure in measures.items()}
    definitions = {measure.name: measure.definition for measure in measures.values()}
    names = list(INDICATORS.columns)
    formats = [INDICATORS.columns[name].format for name in names]
    values = [_values(rows[name], shown[name], told)[0] for name, told in zip(names, formats, strict=True)]
    return [
        _Column("Indicateur", [INDICATORS.headers[name] for name in names], repeat(_COUNT)),
        _Column("Valeur", values, [_number(told) for told in formats]),
        _Column(
            "Ce qui en est connu", [wording.typeset(notes.get(name, "")) or None for name in names], repeat(_COUNT)
        ),
        _Column("Définition", [definitions.get(name) for name in names], repeat(_COUNT)),
    ]


def _values(asked: pd.Series, shown: pd.Series, told: Format) -> list[_Value]:
    """Return the values of a column as cells take them.

    Parameters
    ----------
    asked, shown
        As they were asked, and as `tables.readable` gives them.
    told
        How the figure says that they are written.
    """
    known = shown.notna()
    values = shown.astype(object)
    if pd.api.types.is_bool_dtype(asked.dtype):
        return [("oui" if value else "non") if there else None for value, there in zip(values, known, strict=True)]
    if told in (Format.DAY, Format.PARTIAL_DATE):
        return [_date(value) if there else None for value, there in zip(values, known, strict=True)]
    found: list[_Value] = values.where(known, None).tolist()
    return found


def _date(known: str) -> date | str:
    """Return a day, or what is known of it."""
    return date.fromisoformat(known) if len(known) == len("2020-05-06") else known


def _number(told: Format) -> str:
    return _NUMBERS.get(told, _COUNT)


def _length(value: _Value) -> int:
    """Return how many characters a cell shows."""
    if isinstance(value, str):
        return len(value)
    return 10 if isinstance(value, date) else 0 if value is None else len(f"{value:,.0f}")


# ---------------------------------------------------------------- from columns to a sheet


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        plain = {"valign": "top"}
        # The apostrophe that tells a spreadsheet « this is a text », without being a letter of it.
        self.text = {
            (wrapped, quoted): book.add_format({**plain, "text_wrap": wrapped, "quote_prefix": quoted})
            for wrapped in (False, True)
            for quoted in (False, True)
        }
        self.numbers = {
            shown: book.add_format({**plain, "align": "right", "indent": 1, "num_format": shown})
            for shown in (_COUNT, *_NUMBERS.values())
        }
        self.day = book.add_format({**plain, "num_format": "dd/mm/yyyy", "align": "left"})
        self.link = book.add_format({**plain, "font_color": _LINK, "underline": 1})
        header = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#FFFFFF"}
        self.header = book.add_format({**header, "bg_color": _ACCENT, "font_color": "#FFFFFF"})
        self.title = book.add_format({"bold": True, "font_size": 18, "font_color": _ACCENT})
        self.section = book.add_format({"bold": True, "font_size": 13, "font_color": _ACCENT, "valign": "bottom"})
        self.warning = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "font_color": "#FFFFFF", "bg_color": _WARNING}
        )
        self.label = book.add_format({**plain, "bold": True})
        ruled = {**plain, "bottom": 1, "bottom_color": _RULE}
        self.cell = book.add_format({**ruled, "text_wrap": True})
        self.count = book.add_format({**ruled, "align": "right", "indent": 1, "num_format": _COUNT})
        self.sheet = book.add_format({**ruled, "font_color": _LINK, "underline": 1})


def _write_table(sheet: Worksheet, columns: Sequence[_Column], styles: _Styles) -> None:
    height = len(columns[0].values)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.header, styles.header)
        _write_column(sheet, number, column, styles)
    sheet.set_row(0, _LINE * max(_lines(column.header, column.width - _ARROW) for column in columns) + 6)
    _set_heights(sheet, columns)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, height, len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{height + 1}"})  # codes, and years known alone, are texts
    sheet.repeat_rows(0)


def _write_column(sheet: Worksheet, number: int, column: _Column, styles: _Styles) -> None:
    for row, (value, shown) in enumerate(zip(column.values, column.formats, strict=False), 1):
        if value is None:
            continue
        if isinstance(value, date):
            sheet.write_datetime(row, number, value, styles.day)
        elif not isinstance(value, str):
            sheet.write_number(row, number, value, styles.numbers[shown])
        elif column.is_address and _is_link(value) and row <= _MOST_LINKS:
            sheet.write_url(row, number, value, styles.link, value)
        else:
            _write_text(sheet, row, number, value, styles.text[column.wraps, _is_formula(value)])


def _set_heights(sheet: Worksheet, columns: Sequence[_Column]) -> None:
    """Make the rows of long texts as high as these: not every spreadsheet does so when it opens the file."""
    long = [column.values for column in columns if column.wraps]
    for row, values in enumerate(zip(*long, strict=True), 1):
        lines = max(_lines(value, _WIDEST) if isinstance(value, str) else 1 for value in values)
        if lines > 1:
            sheet.set_row(row, min(_LINE * lines + 3, _HIGHEST))


def _is_link(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(text) <= _LONGEST_LINK


def _is_formula(text: str) -> bool:
    return text.startswith(tables.FORMULA_STARTS)


def _write_text(sheet: Worksheet, row: int, number: int, text: str, style: Style) -> None:
    """Write a text that stays one: the library takes « <r> » for its own markup, and the file would be broken."""
    sheet.write_string(row, number, f" {text}" if text.startswith("<r>") else text, style)


def _set_up_page(sheet: Worksheet, selection: Selection, title: str) -> None:
    """Make a sheet printable: A4 across, as wide as the page, its title on top, scope and page number at the foot."""
    said = f"{selection.warning} Données au {selection.updated}. {selection.sentence}".strip().replace("&", "&&")
    short = said if len(said) <= _LONGEST_FOOTER else f"{said[:_LONGEST_FOOTER].rstrip('&')}…"
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    as_large = {"scale_with_doc": False}
    sheet.set_header(f"&L&B{title}", as_large)
    sheet.set_footer(f"&L&8 {short}&R&8 &P / &N", as_large)  # without the space, a year would be read as a size


# ---------------------------------------------------------------- the first sheet


def _write_readme(
    sheet: Worksheet, selection: Selection, entries: Sequence[_Entry], without: Sequence[Figure], styles: _Styles
) -> None:
    sheet.hide_gridlines(2)
    for number, width in enumerate(_README_WIDTHS):
        sheet.set_column(number, number, width)
    row = 0
    if selection.warning:
        sheet.merge_range(0, 0, 0, len(_README_WIDTHS) - 1, selection.warning, styles.warning)
        sheet.set_row(0, 2 * _LINE)
        row = 1
    sheet.set_row(row, 30)
    sheet.write_string(row, 0, _TITLE, styles.title)
    row += 2
    for label, text in _facts(selection):
        row = _write_fact(sheet, row, label, text, styles)
    row = _write_section(sheet, row + 1, "Comment lire ce classeur", styles)
    for label, text in _READING:
        row = _write_fact(sheet, row, label, wording.typeset(text), styles)
    row = _write_section(sheet, row + 1, "Les feuilles", styles)
    for number, header in enumerate(("Feuille", "Ce qu’elle montre", "Lignes", "Définition", "Source")):
        sheet.write_string(row, number, header, styles.header)
    for entry in entries:
        row += 1
        source = selection.source(entry.figure)
        sheet.write_url(row, 0, f"internal:'{entry.name}'!A1", styles.sheet, entry.name)
        sheet.write_string(row, 1, wording.typeset(entry.figure.title), styles.cell)
        sheet.write_number(row, 2, entry.rows, styles.count)
        sheet.write_string(row, 3, wording.typeset(entry.figure.definition), styles.cell)
        sheet.write_string(row, 4, wording.typeset(source), styles.cell)
        texts = (entry.figure.definition, source)
        sheet.set_row(row, _LINE * max(map(_lines, texts, _README_WIDTHS[3:])) + 3)
    if without:
        row = _write_section(sheet, row + 2, "Sans feuille dans cette sélection", styles)
        for figure in without:
            row = _write_fact(sheet, row, figure.title, wording.typeset(figure.empty), styles)


_READING = (
    ("Cellule vide", "On ne sait pas. Inconnu n’est jamais zéro."),
    ("Dates", "Un jour connu est une date ; un mois ou une année connus seuls restent un texte (2023-05, 2023)."),
    ("Effectifs", "Un nombre de participants peut être approché : « Précision de l’effectif » le dit à côté."),
)


def _facts(selection: Selection) -> Iterator[tuple[str, str]]:
    """Return what the whole workbook is about, as label and text."""
    yield "Champ", selection.sentence
    yield "Période", str(selection.filters.period) or "toutes les dates"
    if compared := tables.comparison(selection.filters, selection.today):
        yield "Évolution", wording.typeset(compared)
    yield "Données mises à jour le", selection.updated
    yield "Classeur fait le", wording.date(selection.today)
    yield "Source", wording.typeset(selection.source(INDICATORS))


def _write_fact(sheet: Worksheet, row: int, label: str, text: str, styles: _Styles) -> int:
    """Write a label and its text over the other columns, and return the row that follows."""
    last = len(_README_WIDTHS) - 1
    style = styles.text[True, _is_formula(text)]
    sheet.write_string(row, 0, label, styles.label)
    sheet.merge_range(row, 1, row, last, "", style)
    _write_text(sheet, row, 1, text, style)
    sheet.set_row(row, _LINE * max(_lines(text, sum(_README_WIDTHS[1:])), _lines(label, _README_WIDTHS[0])) + 1)
    return row + 1


def _write_section(sheet: Worksheet, row: int, title: str, styles: _Styles) -> int:
    sheet.set_row(row, 26)
    sheet.write_string(row, 0, title, styles.section)
    return row + 1


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column."""
    return 1 if len(text) <= width else len(textwrap.wrap(text, width))
