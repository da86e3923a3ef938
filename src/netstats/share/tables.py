"""The table behind a figure as .csv, .parquet, JSON or text: the same rows, whoever asks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Protocol, TypedDict

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from netstats import choices, wording
from netstats.catalogue.column import COMPARED
from netstats.catalogue.figure import ACTIVITY_SOURCE, Figure
from netstats.filters import Choices, Filters
from netstats.intake.labels import guarded
from netstats.store import Version

FICTIONAL = "Données fictives : ce jeu de démonstration est inventé, aucune de ces réunions n’a eu lieu."
"""What every page and every export of a demonstration set says."""

ENTERED_SOURCE = "données saisies ou importées par les réseaux"
NO_SOURCE = "aucune donnée encore"


class Context(TypedDict):
    """What rows are under, beside their figure: what an export says to be defended."""

    filters: Filters
    choices: Choices
    version: Version
    subject: str


class Write(Protocol):
    """Makes a file of the rows of a figure."""

    def __call__(
        self,
        figure: Figure,
        frame: pd.DataFrame,
        *,
        filters: Filters,
        choices: Choices,
        version: Version,
        subject: str = "",
    ) -> bytes:
        """Return the file."""


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with French values, and dates no more precise than they are known (2023-05).

    Dates become ISO texts; everything else keeps its type.
    """
    shown = frame.copy()
    for column in shown.columns:
        if shown[column].dtype.kind == "M":
            precisions = frame["date_precision"] if column == "held_on" else ["day"] * len(frame)
            dates = [wording.known_date(day, known) for day, known in zip(frame[column], precisions, strict=True)]
            shown[column] = pd.Series(dates, index=frame.index, dtype="str").replace("", None)
        elif column in choices.VALUES:
            shown[column] = shown[column].replace(choices.VALUES[str(column)])
    return shown


def source(figure: Figure, version: Version) -> str:
    """Return where the rows come from: made-up activity never cites a real source, nor what was typed in an article."""
    activity = [ACTIVITY_SOURCE] if version.published else []
    if version.entered:
        activity.append(ENTERED_SOURCE)
    if version.fictional:
        activity = ["jeu de démonstration inventé"]
    return figure.source.replace(ACTIVITY_SOURCE, ", et ".join(activity) or NO_SOURCE)


def to_csv(
    figure: Figure, frame: pd.DataFrame, *, filters: Filters, choices: Choices, version: Version, subject: str = ""
) -> bytes:
    """Return the rows as French spreadsheets open them: `;`, decimal comma, UTF-8 with a byte order mark.

    Headers are the French ones of the figure; an unknown value is an empty cell; a text that a spreadsheet would
    run as a formula is preceded by an apostrophe. After the rows and an empty line comes what one needs to defend
    them: scope, definition, source, date of the data, and first of all that it is made up, when it is.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([figure.headers[column] for column in frame.columns])
    for row in readable(frame).itertuples(index=False):
        writer.writerow([_spreadsheet_cell(value) for value in row])
    writer.writerow([])
    for label, text in beside(figure, frame, filters=filters, choices=choices, version=version, subject=subject):
        writer.writerow([label, _spreadsheet_cell(text)])
    return stream.getvalue().encode("utf-8-sig")


def beside(
    figure: Figure, frame: pd.DataFrame, *, filters: Filters, choices: Choices, version: Version, subject: str = ""
) -> list[tuple[str, str]]:
    """Return what one needs to defend the rows, as label and text: first that they are made up, when they are."""
    compared = _comparison(figure, frame, filters)
    said = (
        ("Attention", FICTIONAL if version.fictional else ""),
        ("Titre", figure.title),
        ("Sujet", subject),
        ("Champ", figure.scope(filters, choices)),
        ("Comparaison", compared),
        ("Définition", figure.definition),
        ("Source", source(figure, version)),
        ("Mis à jour le", wording.date(version.updated_on)),
    )
    return [(label, text) for label, text in said if text]


def to_json(
    figure: Figure, frame: pd.DataFrame, *, filters: Filters, choices: Choices, version: Version, subject: str = ""
) -> str:
    """Return the rows with what one needs to defend them: definition, source, selection, date of the data.

    Keys of the rows are the columns of the figure; dates are ISO 8601; an unknown value is null. `warning` says that
    the data is made up, and is null when it is real.
    """
    document = {
        **_defence(figure, filters, choices, version, subject),
        "rows": [
            {str(column): _json_value(value) for column, value in zip(frame.columns, row, strict=True)}
            for row in frame.itertuples(index=False)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def to_parquet(
    figure: Figure, frame: pd.DataFrame, *, filters: Filters, choices: Choices, version: Version, subject: str = ""
) -> bytes:
    """Return the rows as Parquet, for scripts: the columns of the figure with their types, an unknown value null.

    A day is a date; how much of `held_on` is known is in `date_precision`. The metadata `netstats` of its schema is
    what `to_json` says beside the rows, as JSON.
    """
    table = pa.Table.from_pandas(frame, preserve_index=False)
    said = json.dumps(_defence(figure, filters, choices, version, subject), ensure_ascii=False)
    # What pandas adds on its own is kept: it reads the same types back by it.
    metadata = {**(table.schema.metadata or {}), b"netstats": said.encode()}
    fields = [field.with_type(_parquet_type(field.type)) for field in table.schema]
    stream = io.BytesIO()
    pq.write_table(table.cast(pa.schema(fields, metadata=metadata)), stream)
    return stream.getvalue()


def _parquet_type(found: pa.DataType) -> pa.DataType:
    """Return a type that does not depend on the rows: a text that is nowhere known is a text, a midnight is a day."""
    if pa.types.is_null(found) or pa.types.is_large_string(found):
        return pa.string()
    return pa.date32() if pa.types.is_timestamp(found) else found


def _defence(figure: Figure, filters: Filters, choices: Choices, version: Version, subject: str) -> dict[str, object]:
    return {
        "figure": figure.name,
        "title": figure.title,
        "definition": figure.definition,
        "source": source(figure, version),
        "warning": FICTIONAL if version.fictional else None,
        "updated_on": version.updated_on.isoformat(),
        "subject": subject or None,
        "selection": {"sentence": figure.scope(filters, choices), "parameters": figure.under(filters).to_address()},
        "columns": figure.headers,
    }


def to_text(
    figure: Figure, frame: pd.DataFrame, *, filters: Filters, choices: Choices, version: Version, subject: str = ""
) -> str:
    """Return the rows as a table to read in a terminal, under the selection and over the source."""
    shown = readable(frame)
    if len(shown) == 1:
        rows = [[figure.headers[str(column)], french(shown[column].iloc[0])] for column in shown.columns]
        lines = aligned(rows)
    else:
        header = [figure.headers[str(column)] for column in shown.columns]
        body = [[french(value) for value in row] for row in shown.itertuples(index=False)]
        lines = aligned([header, *body]) if body else ["Aucune ligne dans cette sélection."]
    return "\n".join(
        [
            figure.title,
            *([f"Sujet : {subject}"] if subject else []),
            figure.scope(filters, choices),
            *([FICTIONAL] if version.fictional else []),
            "",
            *lines,
            "",
            f"Source : {source(figure, version)}. Mis à jour le {wording.date(version.updated_on)}.",
        ]
    )


def _comparison(figure: Figure, frame: pd.DataFrame, filters: Filters) -> str:
    """Return with which period a ranking is compared, or why with none; empty when the period has none before it."""
    if not figure.compares or filters.period.previous() is None:
        return ""
    before = filters.before(date.today())
    if before is None:
        return "aucune : la période choisie n’est pas finie"
    if len(frame) and frame[list(COMPARED)].isna().all(axis=None):
        return f"aucune : {before.period} n’est pas connue"
    return f"par rapport à {before.period}"


def french(value: object) -> str:
    """Return one value as a French reader expects it; an unknown one is empty."""
    if wording.is_missing(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)


def _spreadsheet_cell(value: object) -> object:
    if wording.is_missing(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "oui" if value else "non"
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return guarded(value) if isinstance(value, str) else value


def _json_value(value: object) -> object:
    if wording.is_missing(value):
        return None
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return value.item() if hasattr(value, "item") else value


def aligned(rows: list[list[str]], *, widest: float = 60) -> list[str]:
    """Return rows of cells as lines of a table to read in a terminal, a column as wide as `widest` at the most."""
    widths = [int(min(max(map(len, column)), widest)) for column in zip(*rows, strict=True)]
    return ["  ".join(_fitted(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _fitted(cell: str, width: int) -> str:
    return cell.ljust(width) if len(cell) <= width else f"{cell[: width - 1]}…"


def file_name(figure: Figure, filters: Filters, version: Version, extension: str, subject: str = "") -> str:
    """Return a file name that says the figure and the selection: « netstats_themes_59_2020.csv ».

    That of made-up data says so: « netstats_fictif_themes_59_2020.csv ».
    """
    return selection_file_name(figure.under(filters), version, extension, figure.name, subject)


def selection_file_name(filters: Filters, version: Version, extension: str, *about: str) -> str:
    """Return a file name that says the selection, after what it is about: « netstats_hauts-de-france.pptx »."""
    address: Mapping[str, list[str]] = filters.to_address()
    start = ["netstats", "fictif"] if version.fictional else ["netstats"]
    pieces = [*start, *filter(None, about), *(value for values in address.values() for value in values)]
    safe = ["".join(letter if letter.isalnum() or letter == "-" else "-" for letter in piece) for piece in pieces]
    return f"{'_'.join(safe)[:100]}.{extension}"
