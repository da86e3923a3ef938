"""What the workbook to fill in says about itself: how to use it, what each column takes, examples; and its styles."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from netstats import brand, wording
from netstats.intake.forms import FORMS, Field
from netstats.intake.persons import NO_PERSONAL_DATA

README_SHEET, EXAMPLES_SHEET, LISTS_SHEET = "Lisez-moi", "Exemples", "Listes"
"""Sheets of the template that hold no data: the reader puts them aside."""

REQUIRED_MARK = " *"
TEMPLATE_FORMS = tuple(form for form in FORMS if form.in_template)
Styles = Mapping[str, Format]


def styles_of(book: xlsxwriter.Workbook) -> Styles:
    """Return the formats of the workbook, by name."""
    styles = {
        "required": {**brand.HEADER, "bg_color": brand.ACCENT, "font_color": brand.WHITE},
        "optional": {**brand.HEADER, "bg_color": brand.TINT, "font_color": brand.INK},
        "title": brand.TITLE,
        "section": brand.SECTION,
        "prose": {"text_wrap": True, "valign": "top"},
        "cell": brand.RULED,
        "name": {**brand.RULED, "bold": True},
        "quiet": {"italic": True, "font_color": brand.MUTED},
        "remark": {**brand.RULED, "italic": True, "font_color": brand.MUTED},
        # As text, « 02691 » keeps its zero, and « mars 2026 » or « 2026 » is not turned into a day nobody wrote.
        "as_written": {"num_format": "@", "valign": "top"},
        "day": {"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"},
        "plain": {"valign": "top"},
    }
    return {name: book.add_format(style) for name, style in styles.items()}


def bounds(field: Field) -> str:
    """Return what a cell of a field is limited to, in French; empty for no limit."""
    if field.choices:
        more = ["une valeur déjà employée"] if field.grows else []
        return f"Au choix{wording.NO_BREAK}: {wording.listing([*field.choices, *more], 'ou')}."
    if field.maximum is None:
        return ""
    if field.kind in {"number", "headcount"}:
        return f"De 1 à {wording.number(field.maximum)}."
    return f"{wording.counted(field.maximum, 'caractère')} au plus."


def header(field: Field) -> str:
    """Return the header of a column, marked where it is required."""
    return f"{field.header}{REQUIRED_MARK}" if field.required else field.header


_HOW_TO = (
    (
        "Remplir",
        (
            "Une ligne par réunion dans Réunions, par territoire présent dans Présences, par action dans Actions. Une "
            "feuille sans rien à dire reste vide.",
            "Les colonnes foncées marquées d’une étoile (*) sont obligatoires. L’ordre des colonnes, les majuscules et "
            "les accents ne comptent pas, et une colonne inutile peut être retirée.",
            "Survolez un en-tête pour savoir ce qu’on y écrit. Les flèches donnent les listes ; elles sont en entier "
            f"dans la feuille {LISTS_SHEET}. Plusieurs thèmes ou territoires se séparent par des points-virgules.",
            f"La feuille {EXAMPLES_SHEET} montre des lignes inventées ; elle n’est jamais importée.",
        ),
    ),
    (
        "Ce que veut dire une cellule vide",
        (
            "Pour une ligne nouvelle : on ne sait pas (ou la valeur que donne la colonne, « tenue » pour le statut). "
            "Inconnu n’est pas zéro : n’écrivez jamais 0 pour un nombre qu’on ignore.",
            "Pour une ligne que netstats connaît déjà : ce qu’il a est gardé.",
        ),
    ),
    (
        "Pas de donnée personnelle",
        (
            f"{NO_PERSONAL_DATA} : ni nom de personne, ni adresse électronique, ni "
            "téléphone. Une colonne qui en contient est refusée ; ne la copiez pas ici.",
        ),
    ),
    (
        "Importer",
        (
            "Enregistrez ce classeur (.xlsx), ou chaque feuille en .csv, puis donnez-le à la page d’import de "
            "netstats. Elle montre ce qui est nouveau, changé ou refusé ; rien n’est écrit avant votre accord.",
            "Les lignes refusées reviennent dans un fichier à corriger, chacune avec sa raison. Donner deux fois le "
            "même fichier ne change rien la seconde fois.",
        ),
    ),
)
_README_WIDTHS = (24, 62, 50, 34)


def write_readme(sheet: Worksheet, styles: Styles) -> None:
    """Write how to use the workbook, and what each column takes."""
    for column, width in enumerate(_README_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Feuilles à remplir pour netstats", styles["title"])
    row = 2
    for title, sentences in _HOW_TO:
        row = _write_section(sheet, row, title, styles)
        for sentence in sentences:
            # Over several cells no spreadsheet wraps a text as high as it needs: each of its lines has a row.
            for line in textwrap.wrap(wording.typeset(f"• {sentence}"), sum(_README_WIDTHS), subsequent_indent="   "):
                sheet.write_string(row, 0, line, styles["plain"])
                row += 1
        row += 1
    for form in TEMPLATE_FORMS:
        title = f"{form.title}{wording.NO_BREAK}: {form.about[:1].lower()}{form.about[1:]}"
        row = _write_section(sheet, row, title, styles)
        for column, word in enumerate(("Colonne", "Ce qu’on y écrit", "Limite", "Exemple")):
            sheet.write_string(row, column, word, styles["optional"])
        for field in form.fields:
            row += 1
            cells = (header(field), field.help, bounds(field), field.example)
            for column, text in enumerate(cells):
                sheet.write_string(row, column, wording.typeset(text), styles["cell" if column else "name"])
        row += 2
    brand.fit_to_width(sheet)


def _write_section(sheet: Worksheet, row: int, title: str, styles: Styles) -> int:
    """Write the title of what follows, and return the row where it begins."""
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, title, styles["section"])
    return row + 1


_OF_EXAMPLE = {form.name: {field.name: field.example for field in form.fields} for form in TEMPLATE_FORMS}
_REMARK = "À noter"
EXAMPLES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "reunions": (
        {**_OF_EXAMPLE["reunions"], _REMARK: "Tout est connu."},
        {
            "network": "Hauts-de-France",
            "kind": "webinaire",
            "date": "avril 2026",
            "format": "visioconférence",
            "participants": "environ 50",
            "participants_unit": "participants",
            "themes": "Jeunesse",
            "present": "Lille ; Roubaix",
            _REMARK: "Sans code ; date connue au mois ; nombre approché ; présents dans la même ligne.",
        },
        {
            "network": "National",
            "kind": "assises",
            "date": "05/10/2027",
            "until": "06/10/2027",
            "sessions": "2",
            "status": "annoncée",
            _REMARK: "Pas encore tenue : ni participants ni présents.",
        },
    ),
    "presences": (
        {
            **_OF_EXAMPLE["presences"],
            "network": "",
            "date": "",
            _REMARK: "Le code de la réunion suffit.",
        },
        {
            "network": "Hauts-de-France",
            "date": "12/03/2026",
            "territory": "Roubaix",
            _REMARK: "Le réseau et la date désignent la réunion ; on ne sait pas si la ville est membre.",
        },
        {
            "meeting": "hauts-de-france-2026-03-12",
            "territory": "Saint-Quentin",
            "territory_code": "02691",
            "printed_name": "St-Quentin",
            _REMARK: "Plusieurs communes ont ce nom : le code dit laquelle.",
        },
    ),
    "actions": (
        {
            **_OF_EXAMPLE["actions"],
            "network": "",
            "date": "",
            _REMARK: "Qui, quoi, pour qui et sur quel thème.",
        },
        {
            "meeting": "hauts-de-france-2026-03-12",
            "type": "Information et prévention",
            "description": "Tenir un stand d’information à la rentrée.",
            _REMARK: "La source ne nomme personne : le territoire reste vide.",
        },
    ),
}
"""Name of a form → rows to show, by name of field; they are made up, and stand in no sheet that is read."""


def write_examples(sheet: Worksheet, styles: Styles) -> None:
    """Write rows that show how the sheets are filled in."""
    sheet.hide_gridlines(2)
    widths = (40, 28, *[22] * max(len(form.fields) for form in TEMPLATE_FORMS))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Exemples", styles["title"])
    sheet.write_string(1, 0, "Lignes inventées, qui ne sont jamais importées.", styles["quiet"])
    row = 3
    for form in TEMPLATE_FORMS:
        row = _write_section(sheet, row, form.title, styles)
        sheet.set_row(row, 33)
        sheet.write_string(row, 0, _REMARK, styles["optional"])
        for column, field in enumerate(form.fields, 1):
            sheet.write_string(row, column, header(field), styles["required" if field.required else "optional"])
        for example in EXAMPLES[form.name]:
            row += 1
            cells = (wording.typeset(example[_REMARK]), *(example.get(field.name, "") for field in form.fields))
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, styles["cell" if column else "remark"])
        row += 2
    sheet.freeze_panes(0, 1)
    brand.fit_to_width(sheet)
