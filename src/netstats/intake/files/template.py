"""The sheets to fill in, ready to be handed out: a workbook with drop-down lists, or the headers alone as .csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from netstats import wording
from netstats.intake.files.forms import FORMS, HEADCOUNT_UNITS, MEETING_KINDS, MEETINGS, Field, Form, Kind
from netstats.intake.files.labels import NO, YES

README_SHEET, EXAMPLES_SHEET, LISTS_SHEET = "Lisez-moi", "Exemples", "Listes"
"""Sheets of the template that hold no data: the reader puts them aside."""

ROWS = 5000
"""How many rows of each sheet have drop-down lists and checks; more rows are read all the same."""

REQUIRED_MARK = " *"
_ACCENT, _TINT, _RULE, _QUIET = "#124E66", "#DCE8EC", "#E3E2DC", "#5B6670"

_FORMS = tuple(form for form in FORMS if form.in_template)
_MEMBERS: Mapping[Kind, str] = {
    "network": "Réseaux",
    "themes": "Thèmes",
    "theme": "Thèmes",
    "type": "Types d’action",
    "audience": "Publics",
    "yes_no": f"{YES} / {NO}",
}
"""Kind of a cell that names one of a list → title of the list."""

_WHOLE_DAY = "until"
_WIDTHS: Mapping[Kind, int] = {
    "text": 30,
    "code": 27,
    "url": 34,
    "date": 13,
    "number": 10,
    "headcount": 14,
    "yes_no": 14,
    "choice": 19,
    "meeting": 27,
    "network": 25,
    "themes": 38,
    "theme": 32,
    "type": 30,
    "audience": 28,
    "territory": 30,
    "territories": 38,
    "territory_code": 14,
}
"""Kind of a cell → width of its column, in characters."""
_PROSE = {"description": 60, "note": 40, "title": 40, "place": 20}


@dataclass(frozen=True)
class Lists:
    """What the drop-down lists offer beside what `forms` fixes: names as people read them, in the order shown."""

    networks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = MEETING_KINDS
    units: tuple[str, ...] = HEADCOUNT_UNITS
    themes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()


def known_lists(frames: Mapping[str, pd.DataFrame]) -> Lists:
    """Return the lists of an installation.

    Parameters
    ----------
    frames
        By table of the database: `network`, `theme`, `action_type` and `audience` (columns code, name), in the order
        in which the lists show them; and `meeting` (kind, participants_unit) where what is in use counts too.
    """
    meetings = frames.get("meeting", pd.DataFrame(columns=["kind", "participants_unit"]))
    return Lists(
        networks=tuple(frames["network"]["name"]),
        kinds=_with_those_in_use(MEETING_KINDS, meetings["kind"]),
        units=_with_those_in_use(HEADCOUNT_UNITS, meetings["participants_unit"]),
        themes=tuple(frames["theme"]["name"]),
        types=tuple(frames["action_type"]["name"]),
        audiences=tuple(frames["audience"]["name"]),
    )


def _with_those_in_use(fixed: tuple[str, ...], used: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*fixed, *sorted(used.dropna().unique())]))


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


def template_csv(form: Form) -> bytes:
    """Return the headers of a form as .csv: `;`, UTF-8 with a byte order mark, no row."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow([field.header for field in form.fields])
    return stream.getvalue().encode("utf-8-sig")


def template_workbook(lists: Lists) -> bytes:
    """Return the workbook to fill in (.xlsx): a sheet for each form, how to use them, examples, and the lists."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": "netstats : feuilles à remplir"})
        styles = _styles(book)
        readme = book.add_worksheet(README_SHEET)
        sheets = [book.add_worksheet(form.title) for form in _FORMS]
        examples = book.add_worksheet(EXAMPLES_SHEET)
        places = _write_lists(book.add_worksheet(LISTS_SHEET), _offered(lists), styles)
        _write_readme(readme, styles)
        for form, sheet in zip(_FORMS, sheets, strict=True):
            _write_form(sheet, form, places, styles)
        _write_examples(examples, styles)
    return stream.getvalue()


_Styles = Mapping[str, Format]


def _styles(book: xlsxwriter.Workbook) -> _Styles:
    header = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#FFFFFF"}
    wrapped = {"text_wrap": True, "valign": "top"}
    ruled = {**wrapped, "bottom": 1, "bottom_color": _RULE}
    return {
        "required": book.add_format({**header, "bg_color": _ACCENT, "font_color": "#FFFFFF"}),
        "optional": book.add_format({**header, "bg_color": _TINT, "font_color": "#1B2733"}),
        "title": book.add_format({"bold": True, "font_size": 18, "font_color": _ACCENT}),
        "section": book.add_format({"bold": True, "font_size": 13, "font_color": _ACCENT, "valign": "bottom"}),
        "prose": book.add_format(wrapped),
        "cell": book.add_format(ruled),
        "name": book.add_format({**ruled, "bold": True}),
        "quiet": book.add_format({"italic": True, "font_color": _QUIET}),
        "remark": book.add_format({**ruled, "italic": True, "font_color": _QUIET}),
        # As text, « 02691 » keeps its zero, and « mars 2026 » or « 2026 » is not turned into a day nobody wrote.
        "as_written": book.add_format({"num_format": "@", "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
        "plain": book.add_format({"valign": "top"}),
    }


def _list_title(field: Field) -> str | None:
    """Return the title of the list that a cell of this field takes its value from, None for none."""
    return field.header if field.kind == "choice" else _MEMBERS.get(field.kind)


def _offered(lists: Lists) -> dict[str, tuple[str, ...]]:
    """Return the lists by title, in the order in which the sheets need them."""
    known = {
        "Réseaux": lists.networks,
        MEETINGS.field("kind").header: lists.kinds,
        MEETINGS.field("participants_unit").header: lists.units,
        "Thèmes": lists.themes,
        "Types d’action": lists.types,
        "Publics": lists.audiences,
        f"{YES} / {NO}": (YES, NO),
    }
    fields = [field for form in _FORMS for field in form.fields]
    titles = {title: field for field in fields if (title := _list_title(field))}
    return {title: known.get(title, field.choices) for title, field in titles.items()}


def _write_lists(sheet: Worksheet, offered: Mapping[str, tuple[str, ...]], styles: _Styles) -> dict[str, str]:
    """Write one list a column, and return where each that is not empty lies, as a formula."""
    places = {}
    for column, (title, values) in enumerate(offered.items()):
        sheet.write_string(0, column, title, styles["optional"])
        for row, value in enumerate(values, 1):
            sheet.write_string(row, column, value, styles["plain"])
        sheet.set_column(column, column, min(max(map(len, (title, *values))) + 3, 60))
        if values:
            letter = xl_col_to_name(column)
            places[title] = f"={LISTS_SHEET}!${letter}$2:${letter}${len(values) + 1}"
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 0)
    _fit_to_width(sheet)
    return places


def _header(field: Field) -> str:
    return f"{field.header}{REQUIRED_MARK}" if field.required else field.header


def _width(field: Field) -> int:
    return _PROSE.get(field.name, _WIDTHS[field.kind])


def _write_form(sheet: Worksheet, form: Form, places: Mapping[str, str], styles: _Styles) -> None:
    for column, field in enumerate(form.fields):
        sheet.write_string(0, column, _header(field), styles["required" if field.required else "optional"])
        _write_help(sheet, column, field)
        sheet.set_column(column, column, _width(field), styles[_cell_style(field)])
        check = _check(field, places)
        if check:
            sheet.data_validation(1, column, ROWS, column, check)
    last = len(form.fields) - 1
    letter = xl_col_to_name(last)
    cells = f"A2:{letter}{ROWS + 1}"
    sheet.ignore_errors({"number_stored_as_text": cells, "two_digit_text_year": cells})
    sheet.set_row(0, 33)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, ROWS, last)
    sheet.repeat_rows(0)
    _fit_to_width(sheet)


def _write_help(sheet: Worksheet, column: int, field: Field) -> None:
    pieces = [
        "Obligatoire." if field.required else "",
        field.help,
        bounds(field),
        f"Exemple{wording.NO_BREAK}: {field.example}" if field.example else "",
    ]
    text = "\n".join(filter(None, pieces))
    lines = sum(1 + len(piece) // 40 for piece in pieces if piece)
    size = {"width": 280, "height": 18 * lines + 12, "font_name": "Calibri", "font_size": 10, "color": "#FFFFFF"}
    sheet.write_comment(0, column, text, size)


def _cell_style(field: Field) -> str:
    if field.kind == "date":
        return "day" if field.name == _WHOLE_DAY else "as_written"
    if field.kind in {"code", "meeting", "territory_code"}:
        return "as_written"
    return "prose" if field.kind in {"text", "themes", "territories"} else "plain"


def _check(field: Field, places: Mapping[str, str]) -> dict[str, object] | None:
    """Return what a spreadsheet checks while one types, or the message that it shows there."""
    place = places.get(_list_title(field) or "")
    if place and field.kind != "themes":  # a drop-down list would allow one theme only
        hint = f"choisissez dans la liste (flèche à droite de la cellule, ou feuille {LISTS_SHEET})."
        return {"validate": "list", "source": place, **_error(field, hint)}
    if field.name == _WHOLE_DAY:
        between = {"criteria": "between", "minimum": date(1990, 1, 1), "maximum": date(2099, 12, 31)}
        return {"validate": "date", **between, **_error(field, "écrivez un jour, par exemple 13/03/2026.")}
    if field.kind == "number" and field.maximum:
        between = {"criteria": "between", "minimum": 1, "maximum": field.maximum}
        return {"validate": "integer", **between, **_error(field, f"écrivez un nombre entier. {bounds(field)}")}
    if field.kind in {"themes", "territories", "date", "headcount"}:
        return {"validate": "any", "input_title": field.header, "input_message": _while_typing(field)}
    if field.maximum:
        return {"validate": "length", "criteria": "<=", "value": field.maximum, **_error(field, bounds(field))}
    return None


def _error(field: Field, hint: str) -> dict[str, object]:
    return {"error_title": "Valeur refusée", "error_message": f"{field.header}{wording.NO_BREAK}: {hint}"}


def _while_typing(field: Field) -> str:
    more = f" Ils sont dans la feuille {LISTS_SHEET}." if field.kind == "themes" else ""
    return f"{field.help}{more}"


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
            "netstats ne garde que des organisations et des nombres : ni nom de personne, ni adresse électronique, ni "
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


def _write_readme(sheet: Worksheet, styles: _Styles) -> None:
    for column, width in enumerate(_README_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Feuilles à remplir pour netstats", styles["title"])
    row = 2
    for title, sentences in _HOW_TO:
        row = _write_section(sheet, row, title, styles)
        for sentence in sentences:
            sheet.merge_range(row, 0, row, 2, wording.typeset(f"• {sentence}"), styles["prose"])
            sheet.set_row(row, _height((sentence,), (sum(_README_WIDTHS[:3]),)))
            row += 1
        row += 1
    for form in _FORMS:
        title = f"{form.title}{wording.NO_BREAK}: {form.about[:1].lower()}{form.about[1:]}"
        row = _write_section(sheet, row, title, styles)
        for column, header in enumerate(("Colonne", "Ce qu’on y écrit", "Limite", "Exemple")):
            sheet.write_string(row, column, header, styles["optional"])
        for field in form.fields:
            row += 1
            cells = (_header(field), field.help, bounds(field), field.example)
            for column, text in enumerate(cells):
                sheet.write_string(row, column, wording.typeset(text), styles["cell" if column else "name"])
            sheet.set_row(row, _height(cells, _README_WIDTHS))
        row += 2
    _fit_to_width(sheet)


def _write_section(sheet: Worksheet, row: int, title: str, styles: _Styles) -> int:
    """Write the title of what follows, and return the row where it begins."""
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, title, styles["section"])
    return row + 1


def _fit_to_width(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _height(texts: tuple[str, ...], widths: tuple[int, ...]) -> int:
    """Return a height, in points, that shows the longest of some texts whole."""
    return 3 + 15 * max(-(-len(text) * 21 // (width * 20)) or 1 for text, width in zip(texts, widths, strict=True))


_OF_EXAMPLE = {form.name: {field.name: field.example for field in form.fields} for form in _FORMS}
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


def _write_examples(sheet: Worksheet, styles: _Styles) -> None:
    sheet.hide_gridlines(2)
    widths = (40, 28, *[22] * max(len(form.fields) for form in _FORMS))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Exemples", styles["title"])
    sheet.write_string(1, 0, "Lignes inventées, qui ne sont jamais importées.", styles["quiet"])
    row = 3
    for form in _FORMS:
        row = _write_section(sheet, row, form.title, styles)
        sheet.set_row(row, 33)
        sheet.write_string(row, 0, _REMARK, styles["optional"])
        for column, field in enumerate(form.fields, 1):
            sheet.write_string(row, column, _header(field), styles["required" if field.required else "optional"])
        for example in EXAMPLES[form.name]:
            row += 1
            cells = (wording.typeset(example[_REMARK]), *(example.get(field.name, "") for field in form.fields))
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, styles["cell" if column else "remark"])
            sheet.set_row(row, _height(cells, widths[: len(cells)]))
        row += 2
    sheet.freeze_panes(0, 1)
    _fit_to_width(sheet)
