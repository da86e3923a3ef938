"""How the cells of a form are read and written into rows: by the kind of the field that declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from netstats.intake.check.lines import Line, Lines
from netstats.intake.check.run import Run
from netstats.intake.check.several import names_in, themes_in
from netstats.intake.dates import Day, Order, depends_on_order, is_day_first, read_date
from netstats.intake.forms import Field, Form
from netstats.intake.issues import Issue
from netstats.intake.questions import Option, Question
from netstats.intake.read.grids import quoted
from netstats.intake.snapshot import Row
from netstats.intake.values import (
    choice_reader,
    is_empty,
    read_code,
    read_headcount,
    read_number,
    read_text,
    read_yes_no,
    shown,
    split,
)
from netstats.model import WRITTEN
from netstats.wording import NO_BREAK

Reader = Callable[[object], object]

_UNKNOWN = "unknown"
"""What a choice stores that has a word for what is not known."""


def read_fields(run: Run, lines: Lines, names: Iterable[str] | None = None) -> None:
    """Read these fields, or all, into the `cells` of the lines; None where one is empty or refused."""
    form = lines.form
    for name in [field.name for field in form.fields] if names is None else names:
        reader = _reader(run, lines, form.field(name))
        lines.read(name, reader and partial(_chosen, run, lines, name, reader), run.answers)


def _chosen(run: Run, lines: Lines, name: str, reader: Reader, cell: object) -> object:
    return run.choose(lines, name, cell, reader)


def new_row(run: Run, form: Form, **values: object) -> Row:
    """Return a row of which nothing is known but what its empty cells mean."""
    row: Row = dict.fromkeys(run.columns[form.table])
    row.update({field.column: field.empty for field in form.fields if field.column and field.empty is not None})
    return row | values


def fill(run: Run, line: Line, row: Row, names: Iterable[str]) -> None:
    """Write these fields into a row; an empty cell leaves what is never unknown, and may clear the rest."""
    for name in names:
        field, value = line.sheet.form.field(name), line.cells[name]
        if not field.column:
            continue
        if value is not None:
            row[field.column] = value
        elif not field.required and field.empty in {None, _UNKNOWN} and run.clears(line, name):
            row[field.column] = field.empty


def _reader(run: Run, lines: Lines, field: Field) -> Reader | None:
    if field.kind == "choice":
        return _choices(run, lines, field)
    if field.kind in run.names:
        return run.names[field.kind].read
    if field.kind == "date":
        return _dates(run, lines) if lines.file and lines.has(field.name) else read_date
    if field.kind in {"territories", "communes"}:
        return partial(names_in, run, lines, field.name)
    if field.kind == "themes":
        return partial(themes_in, run)
    if field.kind in _BOUNDED:
        return partial(_BOUNDED[field.kind], most=field.maximum)
    return _READERS[field.kind]


_BOUNDED: Mapping[str, Callable[..., object]] = {
    "text": read_text,
    "url": partial(read_text, kind="url"),
    "code": read_code,
    "meeting": read_code,
    "number": read_number,
}

_READERS: Mapping[str, Reader | None] = {
    "headcount": read_headcount,
    "yes_no": read_yes_no,
    "regions": split,
    "territory": None,  # what it says depends on other cells
    "territory_code": None,
}


_ORDERS: Mapping[Order, str] = {"day": "jour/mois/année", "month": "mois/jour/année"}


def _dates(run: Run, lines: Lines) -> Reader:
    """Return the reader of the dates of a sheet: in which order they are is one question where the sheet makes doubt.

    A date that can only be month first puts all those in doubt that may be; a year of two digits, those that have one;
    a spreadsheet that may have read the month first, those that it made.
    """
    names = [field.name for field in lines.form.fields if field.kind == "date" and lines.has(field.name)]
    written = dict.fromkeys(cell for name in names for cell in lines.column(name))
    cells = [cell for cell in written if not is_empty(cell)]
    swapped = [cell for cell in cells if _is(read_date(cell, "day"), "no-such-month")]
    short = [cell for cell in cells if _is(read_date(cell), "two-digit-year")]
    taken = [] if swapped else _perhaps_swapped(cells)
    in_doubt = {*swapped, *short, *(filter(depends_on_order, cells) if swapped else taken)}
    if not in_doubt:
        return read_date
    asked = [cell for cell in cells if cell in in_doubt]
    example, first = next(filter(depends_on_order, asked), asked[0]), (swapped or short or taken)[0]
    if swapped:
        why = "ne se lit que mois/jour/année"
    elif short:
        why = "a une année sur deux chiffres"
    else:
        why = (
            "est une date pour le tableur, et toutes celles au-delà du 12 du mois sont restées du texte"
            f"{NO_BREAK}: réglé en anglais, il a pu prendre le jour pour le mois"
        )
    question = Question(
        lines.topic("ordre des dates", *map(lines.header, names)),
        f"Dans quel ordre ces dates sont-elles écrites{NO_BREAK}? {quoted(shown(first))} {why}.",
        tuple(
            Option(order, f"{label}{NO_BREAK}: {quoted(shown(example))} est {day.spoken}")
            for order, label in _ORDERS.items()
            if isinstance(day := read_date(example, order), Day)
        ),
    )
    readings = {order: [read_date(cell, order) for cell in asked] for order in _ORDERS}
    # Every reading the same: « 15/04/24 » has no fifteenth month.
    answer = "day" if readings["day"] == readings["month"] else run.answers.to(question)
    order = next((order for order in _ORDERS if order == answer), None)
    if order:
        read = {cell: read_date(cell, order) for cell in in_doubt}
        lines.dates |= {cell: str(day) for cell, day in read.items() if isinstance(day, Day)}

    def reader(cell: object) -> Day | Issue | Question:
        if cell not in in_doubt:
            return read_date(cell)
        return read_date(cell, order) if order else question

    return reader


def _perhaps_swapped(cells: Iterable[object]) -> list[object]:
    """Return the dates of which a spreadsheet that reads the month first may have taken the day for it.

    It makes dates of what it can read, « 03/12/2024 », and leaves « 13/03/2024 » as a text: so no date of its own has a
    day beyond the 12th, and every text has.
    """
    own = [cell for cell in cells if isinstance(cell, date)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    is_trap = any(map(is_day_first, texts)) and not any(map(depends_on_order, texts))
    return list(filter(depends_on_order, own)) if is_trap and len(own) > 1 and all(day.day <= 12 for day in own) else []


def _is(read: Day | Issue, code: str) -> bool:
    return isinstance(read, Issue) and read.code == code


def _choices(run: Run, lines: Lines, field: Field) -> Reader:
    table = lines.form.table
    column = WRITTEN[table].column(field.column)
    labels = {label: value for value, label in column.choices.items()}
    if field.grows:  # what else the database has is proposed as well
        used = run.snapshot.rows[table][field.column].dropna().unique()
        labels |= {value: value for value in sorted(used) if value not in labels}
    read, stored = choice_reader(labels, column.cells), set(labels.values())
    # What was filled in is stored already; in a file, only the words that people read are taken.
    return read if lines.file else lambda value: value if value in stored else read(value)
