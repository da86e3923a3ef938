"""What the sheets that people fill in look like, as `netstats.model` declares them.

A workbook has a sheet for each form, named by its title; as .csv, each form is a file. The template, the reader, the
form to fill in by hand, the export and the guide are all made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from netstats.choices import HEADCOUNT_UNITS, MEETING_KINDS
from netstats.declaration import Column, Kind, Table
from netstats.model import WRITTEN

__all__ = ["FORMS", "HEADCOUNT_UNITS", "MEETING_KINDS", "Field", "Form", "Kind"]


@dataclass(frozen=True)
class Field:
    """A column of a form, as the column of a table that declares it says (`netstats.declaration.Column`).

    `name`: what the code calls it. `column`: the column of the table that it writes, empty when what it says goes
    elsewhere. `choices`: French labels of a closed list.
    """

    name: str
    header: str
    kind: Kind
    help: str
    example: str = ""
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    grows: bool = False
    maximum: int | None = None
    column: str = ""
    empty: str | int | None = None
    placeholder: str = ""


@dataclass(frozen=True)
class Form:
    """A sheet to fill in (`netstats.declaration.Form`): its lines are rows of `table`; `fields` as in the template."""

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    table: str
    in_template: bool = False
    synonyms: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """Return the field of that name."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}


def _field(column: Column) -> Field:
    return Field(
        column.called,
        column.header,
        column.kind,
        column.help,
        column.example,
        required=column.required,
        synonyms=column.synonyms,
        choices=tuple(column.choices.values()),
        grows=column.grows,
        maximum=column.maximum,
        column=column.name if column.sql else "",
        empty=column.empty,
        placeholder=column.placeholder,
    )


def _forms(table: Table) -> list[Form]:
    if table.form is None:
        return []
    fields = tuple(_field(column) for column in table.columns if column.kind)
    form = table.form
    return [Form(form.name, form.title, form.about, fields, table.name, form.in_template, form.synonyms)]


FORMS = tuple(form for table in WRITTEN.values() for form in _forms(table))
"""In the order in which their rows can refer to each other."""

BY_NAME = {form.name: form for form in FORMS}
_BY_TABLE = {form.table: form for form in FORMS}

NETWORKS = _BY_TABLE["network"]
BODIES = _BY_TABLE["territory"]
MEETINGS = _BY_TABLE["meeting"]
ATTENDANCE = _BY_TABLE["attendance"]
ACTIONS = _BY_TABLE["action"]
