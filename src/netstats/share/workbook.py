"""A selection as a workbook (.xlsx): what defends its figures, then one sheet a figure, then the rows behind them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from netstats import brand, wording
from netstats.catalogue import actions, overview, participation, themes
from netstats.catalogue.column import Format
from netstats.catalogue.comparison import comparison
from netstats.catalogue.figure import Figure
from netstats.catalogue.indicators import BESIDE, MEASURES
from netstats.catalogue.overview import ATTENDANCES, INDICATORS, MEETINGS
from netstats.progress import Progress, silent
from netstats.share import tables
from netstats.share.selection import Selection
from netstats.share.workbook_table import (
    LINE,
    SheetColumn,
    Styles,
    Value,
    add_sheet,
    columns_of,
    height,
    values_of,
    write_table,
)

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

_README_WIDTHS = (27, 95, 40, 9, 48)


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
    styles = Styles(book)
    foot = f"{selection.warning} Données au {selection.updated}. {selection.sentence}".strip()
    readme = add_sheet(book, README, _TITLE, foot, styles)
    lengths: dict[str, int] = {}
    for rank, (name, figure) in enumerate(SHEETS.items()):
        tell(rank / (len(SHEETS) + 1), f"Feuille {name}")
        rows = selection.rows(figure)
        if not rows.empty:
            sheet = add_sheet(book, name, figure.title, foot, styles)
            columns = (
                _key_figures(selection, rows)
                if figure is INDICATORS
                else columns_of(figure, rows, with_codes=figure in ROWS_BEHIND.values())
            )
            write_table(sheet, columns, styles)
            lengths[name] = len(columns[0].values)
    tell(len(SHEETS) / (len(SHEETS) + 1), "Écriture du fichier")
    _write_readme(readme, selection, lengths, styles)
    book.close()
    return stream.getvalue()


def _key_figures(selection: Selection, rows: pd.DataFrame) -> list[SheetColumn]:
    """Return the one row of the key figures as a list: what, how much, from how many meetings it is known."""
    shown = tables.readable(rows)
    measures = {measure.name: measure for measure in (*MEASURES, *BESIDE)}
    figures: list[Value] = []
    known: list[Value] = []
    definitions: list[Value] = []
    for name, column in INDICATORS.columns.items():
        measure = measures.get(name)
        figures += values_of(rows[name], shown[name], column.format)
        note = wording.typeset(measure.said_of(rows.iloc[0], selection.filters)) if measure else ""
        known.append(note or None)
        definitions.append(measure.definition if measure else None)
    columns = INDICATORS.columns.values()
    texts = [Format.TEXT] * len(columns)
    return [
        SheetColumn("Indicateur", texts, [column.header for column in columns]),
        SheetColumn("Valeur", [column.format for column in columns], figures),
        SheetColumn("Ce qui en est connu", texts, known),
        SheetColumn("Définition", texts, definitions),
    ]


_READING = (
    ("Cellule vide", "On ne sait pas. Inconnu n’est jamais zéro."),
    ("Dates", "Un jour connu est une date ; un mois ou une année connus seuls restent un texte (2023-05, 2023)."),
    ("Effectifs", "Un nombre de participants peut être approché : « Précision de l’effectif » le dit à côté."),
)


def _write_readme(sheet: Worksheet, selection: Selection, lengths: Mapping[str, int], styles: Styles) -> None:
    """Write what the workbook is about, how to read it, its sheets and how long they are, and what has no sheet."""
    sheet.hide_gridlines(2)
    for number, width in enumerate(_README_WIDTHS):
        sheet.set_column(number, number, width)
    if selection.warning:
        sheet.merge_range(0, 0, 0, 1, selection.warning, styles.warning)
        sheet.set_row(0, 2 * LINE)
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
        sheet.set_row(row, max(height(figure.definition, _README_WIDTHS[1]), height(source, _README_WIDTHS[4])))
    empty = [(figure.title, figure.empty) for name, figure in SHEETS.items() if name not in lengths]
    if empty:
        _write_facts(sheet, row + 2, "Sans feuille dans cette sélection", empty, styles)


def _facts(selection: Selection) -> Iterator[tuple[str, str]]:
    """Return what the whole workbook is about, as label and text."""
    yield "Champ", selection.sentence
    yield "Période", str(selection.filters.period) or "toutes les dates"
    base = comparison(selection.ask, selection.filters, selection.today)
    if base.sentence:
        yield "Évolution", base.against or base.why
    yield "Données mises à jour le", selection.updated
    yield "Classeur fait le", wording.date(selection.today)
    yield "Source", selection.source(INDICATORS)


def _write_facts(sheet: Worksheet, row: int, title: str, facts: Iterable[tuple[str, str]], styles: Styles) -> int:
    """Write labels and their texts under a title, and return the row after the empty one that follows."""
    sheet.write(row, 0, title, styles.section)
    for label, text in facts:
        row += 1
        sheet.write(row, 0, label, styles.label)
        sheet.write(row, 1, wording.typeset(text), styles.text)
        sheet.set_row(row, max(height(label, _README_WIDTHS[0]), height(text, _README_WIDTHS[1])))
    return row + 2
