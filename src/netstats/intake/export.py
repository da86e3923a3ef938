"""The whole data set as the .csv files of `forms`, which the import reads back to the identical rows.

What a name leaves in doubt is written by its code, and a column that says again what another one holds (the territories
present beside the meetings, the network and date beside the code of a meeting) is left out.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from netstats.choices import OWN_KINDS
from netstats.declaration import Column, Table
from netstats.errors import NetstatsError
from netstats.files import put_in_place, room, workshop
from netstats.intake.forms import FORMS, Form
from netstats.intake.labels import NO, YES, guarded
from netstats.model import WRITTEN
from netstats.wording import NO_BREAK, is_missing, known_date, listing

SEPARATOR = " ; "
"""Between the members of a list; they are codes, which hold no semicolon."""

Frames = Mapping[str, pd.DataFrame]
Cells = dict[str, list[str]]
"""Name of a field → its cells, as they are written."""


def csv_files(frames: Frames, names: Mapping[str, str]) -> dict[str, bytes]:
    """Return the data set as files: name → content, in the order of `forms.FORMS`.

    French headers, `;`, CRLF, UTF-8 with a byte order mark; dates as far as they are known (2020-05-06, 2020-05, 2019),
    oui and non, an empty cell for what is unknown. A text that a spreadsheet would run is preceded by an apostrophe.
    The rows are in the order of their codes: the same data gives the same files.

    `frames` holds the tables that people write; of territories and their communes, only our own bodies (CISPD, CLSPD)
    become rows, and the aliases must be those that are not of the official list. `names` gives the official name of the
    territories referred to, for the reader's eye: their code stands beside it, or alone without a name.
    """
    own = dict(zip(frames["territory"]["code"], frames["territory"]["name"], strict=True))
    named = {**names, **own}
    return {f"{form.name}.csv": _csv(form, _cells(WRITTEN[form.table], frames, named)) for form in FORMS}


def dataset_zip(frames: Frames, names: Mapping[str, str]) -> bytes:
    """Return the files of `csv_files` as one archive (.zip)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in csv_files(frames, names).items():
            archive.writestr(name, content)
    return stream.getvalue()


def write_dataset(frames: Frames, names: Mapping[str, str], directory: Path) -> list[Path]:
    """Write the files of `csv_files` into a directory, made when it is not there; return their paths.

    The files of an earlier export are replaced, each at once and only when all of the new ones are written.
    NetstatsError when the directory holds anything else than an earlier export, or cannot be written.
    """
    files = csv_files(frames, names)
    replaced: list[str] = []
    try:
        with workshop(directory) as place:
            others = sorted(
                path.name
                for path in directory.iterdir()
                if path.name != place.name and not (_is_left_by_a_computer(path) or _is_export(path, files))
            )
            if others:
                raise NetstatsError(
                    f"Le dossier {directory} contient autre chose qu’un export de netstats ({', '.join(others[:3])}).",
                    "Choisissez un dossier vide ou qui n’existe pas encore.",
                )
            for name, content in files.items():
                (place / name).write_bytes(content)
            for name in files:
                put_in_place(place / name, directory / name)
                replaced.append(name)
    except OSError as error:
        several = len(replaced) > 1
        done = f"{listing(replaced)} {'sont déjà nouveaux' if several else 'est déjà nouveau'}, les autres non."
        raise NetstatsError(
            f"L’export ne peut pas être écrit dans {directory}"
            + (f" en entier{NO_BREAK}: {done}" if replaced else "."),
            f"{room(directory, sum(map(len, files.values())))} Fermez le fichier s’il est ouvert dans un tableur.",
        ) from error
    return [directory / name for name in files]


def _is_left_by_a_computer(path: Path) -> bool:
    """Return whether a file is one that a system or a spreadsheet leaves in the folders that it shows."""
    name = path.name.lower()
    return path.is_file() and (name.startswith((".", "~$")) or name in {"thumbs.db", "desktop.ini"})


def _is_export(path: Path, files: Mapping[str, bytes]) -> bool:
    """Return whether a file is one of an earlier export: same name and same headers."""
    content = files.get(path.name)
    if content is None or not path.is_file():
        return False
    header = content[: content.index(b"\n") + 1]
    with path.open("rb") as file:
        return file.read(len(header)) == header


def _csv(form: Form, cells: Cells) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([form.field(name).header for name in cells])
    writer.writerows(zip(*cells.values(), strict=True))
    return stream.getvalue().encode("utf-8-sig")


def _cells(table: Table, frames: Frames, names: Mapping[str, str]) -> Cells:
    """Return the cells of a form by field; what another column says as well is left out."""
    rows = frames[table.name]
    if table.name == "territory":
        rows = rows[rows["kind"].isin(OWN_KINDS)]
    rows = rows.sort_values(list(table.key), kind="stable")
    cells: Cells = {}
    for column in table.columns:
        field = column.called
        if column.held_in:
            cells[field] = _members(rows["code"], frames[column.held_in], WRITTEN[column.held_in].key)
        elif column.kind == "territory":
            cells[field] = [_text(names.get(str(code), code)) for code in rows[column.name]]
        elif column.kind and column.name in rows:
            precisions = rows[column.precision] if column.precision else ["day"] * len(rows)
            cells[field] = [
                _cell(column, value, precision) for value, precision in zip(rows[column.name], precisions, strict=True)
            ]
    return cells


def _cell(column: Column, value: Any, precision: str) -> str:
    if is_missing(value):
        return ""
    if column.kind == "date":
        return known_date(value, precision)
    if column.kind in {"number", "headcount"}:
        return str(int(value))  # a whole number that may be unknown comes from the database as 16.0
    if column.kind == "yes_no":
        return YES if value else NO
    return _text(column.choices.get(value, value))


def _text(value: object) -> str:
    return "" if is_missing(value) else guarded(str(value))


def _members(codes: pd.Series, pairs: pd.DataFrame, key: tuple[str, ...]) -> list[str]:
    """Return the members of each code, from a table that has one row a pair."""
    owner, member = key
    lists = pairs.sort_values([owner, member], kind="stable").groupby(owner)[member].agg(SEPARATOR.join).to_dict()
    return [guarded(lists.get(code, "")) for code in codes]
