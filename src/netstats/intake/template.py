"""The sheets to fill in, ready to be handed out: a workbook with drop-down lists, or the headers alone as .csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from netstats import brand, wording
from netstats.intake.forms import HEADCOUNT_UNITS, MEETING_KINDS, MEETINGS, Field, Form, Kind
from netstats.intake.labels import NO, YES
from netstats.intake.snapshot import in_use
from netstats.intake.template_help import (
    EXAMPLES_SHEET,
    LISTS_SHEET,
    README_SHEET,
    TEMPLATE_FORMS,
    Styles,
    bounds,
    header,
    styles_of,
    write_examples,
    write_readme,
)

ROWS = 5000
"""How many rows of each sheet have drop-down lists and checks; more rows are read all the same."""

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
    """Return the lists of an installation, from its tables network, theme, action_type and audience.

    Their order is that of the lists; of `meeting` (kind, participants_unit), what is in use counts too.
    """
    meetings = frames.get("meeting", pd.DataFrame(columns=["kind", "participants_unit"]))
    return Lists(
        networks=tuple(in_use(frames["network"])["name"]),
        kinds=_with_those_in_use(MEETING_KINDS, meetings["kind"]),
        units=_with_those_in_use(HEADCOUNT_UNITS, meetings["participants_unit"]),
        themes=tuple(in_use(frames["theme"])["name"]),
        types=tuple(in_use(frames["action_type"])["name"]),
        audiences=tuple(in_use(frames["audience"])["name"]),
    )


def _with_those_in_use(fixed: tuple[str, ...], used: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*fixed, *sorted(used.dropna().unique())]))


def template_csv(form: Form) -> bytes:
    """Return the headers of a form as .csv: `;`, UTF-8 with a byte order mark, no row."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow([field.header for field in form.fields])
    return stream.getvalue().encode("utf-8-sig")


def template_workbook(lists: Lists) -> bytes:
    """Return the workbook to fill in (.xlsx): a sheet for each form, how to use them, examples, and the lists."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, brand.BOOK) as book:
        book.set_properties({"title": "netstats : feuilles à remplir"})
        styles = styles_of(book)
        readme = book.add_worksheet(README_SHEET)
        sheets = [book.add_worksheet(form.title) for form in TEMPLATE_FORMS]
        examples = book.add_worksheet(EXAMPLES_SHEET)
        places = _write_lists(book.add_worksheet(LISTS_SHEET), _offered(lists), styles)
        write_readme(readme, styles)
        for form, sheet in zip(TEMPLATE_FORMS, sheets, strict=True):
            _write_form(sheet, form, places, styles)
        write_examples(examples, styles)
    return stream.getvalue()


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
    fields = [field for form in TEMPLATE_FORMS for field in form.fields]
    titles = {title: field for field in fields if (title := _list_title(field))}
    return {title: known.get(title, field.choices) for title, field in titles.items()}


def _write_lists(sheet: Worksheet, offered: Mapping[str, tuple[str, ...]], styles: Styles) -> dict[str, str]:
    """Write one list a column, and return where each that is not empty lies, as a formula."""
    places = {}
    for column, (title, values) in enumerate(offered.items()):
        sheet.write_string(0, column, title, styles["optional"])
        for row, value in enumerate(values, 1):
            sheet.write_string(row, column, value, styles["plain"])
        if values:
            letter = xl_col_to_name(column)
            places[title] = f"={LISTS_SHEET}!${letter}$2:${letter}${len(values) + 1}"
    sheet.autofit()
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 0)
    brand.fit_to_width(sheet)
    return places


def _width(field: Field) -> int:
    """Return a width, in characters, for what is written in a column."""
    longest = max(map(len, (*field.header.split(), field.example, *field.choices)))
    return min(max(longest + 4, 12), 40)


def _write_form(sheet: Worksheet, form: Form, places: Mapping[str, str], styles: Styles) -> None:
    for column, field in enumerate(form.fields):
        sheet.write_string(0, column, header(field), styles["required" if field.required else "optional"])
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
    brand.fit_to_width(sheet)


def _write_help(sheet: Worksheet, column: int, field: Field) -> None:
    pieces = [
        "Obligatoire." if field.required else "",
        field.help,
        bounds(field),
        f"Exemple{wording.NO_BREAK}: {field.example}" if field.example else "",
    ]
    text = "\n".join(filter(None, pieces))
    lines = sum(1 + len(piece) // 40 for piece in pieces if piece)
    size = {"width": 280, "height": 18 * lines + 12, "font_name": "Calibri", "font_size": 10, "color": brand.WHITE}
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
