"""How the cells of a form are read and written into rows: by the kind of the field that declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from netstats.intake.check.lines import Lines
from netstats.intake.check.run import Row, Run
from netstats.intake.forms import Field, Form
from netstats.intake.values import (
    as_written,
    choice_reader,
    code_reader,
    number_reader,
    read_date,
    read_headcount,
    read_yes_no,
    split,
    text_reader,
)
from netstats.model import WRITTEN

Reader = Callable[[object], Any]

_UNKNOWN = "unknown"
"""What a choice stores that has a word for what is not known."""


def read_fields(run: Run, lines: Lines, names: Iterable[str] | None = None) -> dict[str, list[Any]]:
    """Return the values of these fields, or of all, in the lines of a form; None where one is empty or refused."""
    form = lines.form
    wanted = [field.name for field in form.fields] if names is None else names
    return {name: lines.read(name, _reader(run, form, form.field(name))) for name in wanted}


def new_row(run: Run, form: Form, **values: object) -> Row:
    """Return a row of which nothing is known but what its empty cells mean."""
    row: Row = dict.fromkeys(run.snapshot.rows[form.table].columns)
    row.update({field.column: field.empty for field in form.fields if field.column and field.empty is not None})
    return row | values


def fill(run: Run, lines: Lines, index: int, row: Row, values: Mapping[str, object]) -> None:
    """Write the values of a line into its row; an empty cell leaves what is never unknown, and may clear the rest.

    Parameters
    ----------
    values
        Name of a field → what it says, None when its cell is empty.
    """
    for name, value in values.items():
        field = lines.form.field(name)
        if not field.column:
            continue
        if value is not None:
            row[field.column] = value
        elif not field.required and field.empty in {None, _UNKNOWN} and run.clears(lines, index, name):
            row[field.column] = field.empty


def _reader(run: Run, form: Form, field: Field) -> Reader:
    if field.kind == "choice":
        return _choices(run, form, field)
    names = {
        "network": run.networks,
        "family": run.families,
        "theme": run.themes,
        "type": run.types,
        "audience": run.audiences,
    }
    if field.kind in names:
        return names[field.kind].read
    bounded: Mapping[str, Callable[[int | None], Reader]] = {
        "text": text_reader,
        "url": lambda most: text_reader(most, "url"),
        "code": code_reader,
        "meeting": code_reader,
        "number": number_reader,
    }
    if field.kind in bounded:
        return bounded[field.kind](field.maximum)
    return _READERS[field.kind]


_READERS: Mapping[str, Reader] = {
    "date": read_date,
    "headcount": read_headcount,
    "yes_no": read_yes_no,
    "themes": split,
    "territories": split,
    "communes": split,
    "regions": split,
    "territory": as_written,
    "territory_code": as_written,
}


def _choices(run: Run, form: Form, field: Field) -> Reader:
    column = WRITTEN[form.table].column(field.column)
    labels = {label: value for value, label in column.choices.items()}
    if field.grows:  # what else the database has is proposed as well
        used = run.snapshot.rows[form.table][field.column].dropna().unique()
        labels |= {value: value for value in sorted(used) if value not in labels}
    return choice_reader(labels, column.cells)
