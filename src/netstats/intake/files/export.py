"""The whole data set as the .csv files of `forms`, which the import reads back to the identical rows.

What a name leaves in doubt is written by its code, and a column that says again what another one holds (the territories
present beside the meetings, the network and date beside the code of a meeting) is left out.
"""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from netstats.errors import NetstatsError
from netstats.intake.files import forms
from netstats.intake.files.forms import FORMS, Form
from netstats.intake.files.labels import NO, YES, guarded, label
from netstats.intake.layout import OWN_KINDS
from netstats.wording import NO_BREAK, is_missing, known_date, listing

SEPARATOR = " ; "
"""Between the members of a list; they are codes, which hold no semicolon."""

Frames = Mapping[str, pd.DataFrame]
Cells = dict[str, list[str]]
"""Name of a field → its cells, as they are written."""

_Maker = Callable[[Frames, Mapping[str, str]], Cells]
_PART = ".part"


def csv_files(frames: Frames, names: Mapping[str, str]) -> dict[str, bytes]:
    """Return the data set as files: name → content, in the order of `forms.FORMS`.

    French headers, `;`, CRLF, UTF-8 with a byte order mark; dates as far as they are known (2020-05-06, 2020-05, 2019),
    oui and non, an empty cell for what is unknown. A text that a spreadsheet would run is preceded by an apostrophe.
    The rows are in the order of their codes: the same data gives the same files.

    Parameters
    ----------
    frames
        The rows of the database by table, with its columns: network, network_region, theme_family, theme, action_type,
        audience, meeting, meeting_theme, attendance, action; territory and territory_commune, of which only our own
        bodies (CISPD, CLSPD) become rows; territory_alias, only those that are not of the official list. Other tables
        and columns do not matter.
    names
        Code → official name of the territories referred to, for the reader's eye: their code stands beside it. Those
        of our own bodies are known already; a territory without a name is written by its code.
    """
    own = dict(zip(frames["territory"]["code"], frames["territory"]["name"], strict=True))
    named = {**names, **own}
    return {f"{form.name}.csv": _csv(form, _CELLS[form.name](frames, named)) for form in FORMS}


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

    Raises
    ------
    NetstatsError
        When the directory holds anything else than an earlier export, or cannot be written.
    """
    files = csv_files(frames, names)
    replaced: list[str] = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        others = sorted(
            path.name for path in directory.iterdir() if not (_is_left_by_a_computer(path) or _is_export(path, files))
        )
        if others:
            raise NetstatsError(
                f"Le dossier {directory} contient autre chose qu’un export de netstats ({', '.join(others[:3])}).",
                "Choisissez un dossier vide ou qui n’existe pas encore.",
            )
        parts = {directory / name: directory / f"{name}{_PART}" for name in files}
        for path, part in parts.items():
            part.write_bytes(files[path.name])
        for path, part in parts.items():
            os.replace(part, path)
            replaced.append(path.name)
    except OSError as error:
        several = len(replaced) > 1
        done = f"{listing(replaced)} {'sont déjà nouveaux' if several else 'est déjà nouveau'}, les autres non."
        raise NetstatsError(
            f"L’export ne peut pas être écrit dans {directory}"
            + (f" en entier{NO_BREAK}: {done}" if replaced else "."),
            "Choisissez un autre dossier, ou fermez le fichier s’il est ouvert dans un tableur.",
        ) from error
    return list(parts)


def _is_left_by_a_computer(path: Path) -> bool:
    """Return whether a file is one that a system or a spreadsheet leaves in the folders that it shows."""
    name = path.name.lower()
    return path.is_file() and (name.startswith((".", "~$")) or name in {"thumbs.db", "desktop.ini"})


def _is_export(path: Path, files: Mapping[str, bytes]) -> bool:
    """Return whether a file is one of an earlier export, whole or not: same name and same headers."""
    content = files.get(path.name.removesuffix(_PART))
    if content is None or not path.is_file():
        return False
    header = content[: content.index(b"\n") + 1]
    with path.open("rb") as file:
        start = file.read(len(header))
    return start == header or (path.name.endswith(_PART) and header.startswith(start))


def _csv(form: Form, cells: Cells) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([form.field(name).header for name in cells])
    writer.writerows(zip(*cells.values(), strict=True))
    return stream.getvalue().encode("utf-8-sig")


def _in_order(frame: pd.DataFrame, *keys: str) -> pd.DataFrame:
    return frame.sort_values(list(keys), kind="stable")


def _texts(values: Iterable[object]) -> list[str]:
    return ["" if is_missing(value) else guarded(str(value)) for value in values]


def _labels(field: str, values: Iterable[object]) -> list[str]:
    return ["" if is_missing(value) else label(field, str(value)) for value in values]


def _numbers(values: Iterable[object]) -> list[str]:
    # A whole number that may be unknown comes from the database as 16.0.
    return ["" if is_missing(value) else str(int(str(value).removesuffix(".0"))) for value in values]


def _yes_no(values: Iterable[object]) -> list[str]:
    return ["" if is_missing(value) else YES if value else NO for value in values]


def _dates(values: Iterable[date | None], precisions: Iterable[str]) -> list[str]:
    return [known_date(value, precision) for value, precision in zip(values, precisions, strict=True)]


def _days(values: Iterable[date | None]) -> list[str]:
    return [known_date(value, "day") for value in values]


def _members(codes: pd.Series, pairs: pd.DataFrame, owner: str, member: str) -> list[str]:
    """Return the members of each code, from a table that has one row a pair."""
    lists = _in_order(pairs, owner, member).groupby(owner)[member].agg(SEPARATOR.join).to_dict()
    return [lists.get(code, "") for code in codes]


def _territory_names(codes: Iterable[object], names: Mapping[str, str]) -> list[str]:
    return ["" if is_missing(code) else guarded(names.get(str(code), str(code))) for code in codes]


def _networks(frames: Frames, _: Mapping[str, str]) -> Cells:
    rows = _in_order(frames["network"], "code")
    return {
        "code": _texts(rows["code"]),
        "name": _texts(rows["name"]),
        "scope": _labels("scope", rows["scope"]),
        "regions": _members(rows["code"], frames["network_region"], "network_code", "region_code"),
    }


def _ranked(table: str) -> _Maker:
    def cells(frames: Frames, _: Mapping[str, str]) -> Cells:
        rows = _in_order(frames[table], "code")
        return {"code": _texts(rows["code"]), "name": _texts(rows["name"]), "rank": _numbers(rows["rank"])}

    return cells


def _themes(frames: Frames, _: Mapping[str, str]) -> Cells:
    rows = _in_order(frames["theme"], "code")
    return {
        "code": _texts(rows["code"]),
        "family": _texts(rows["family_code"]),
        "name": _texts(rows["name"]),
        "short_name": _texts(rows["short_name"]),
    }


def _bodies(frames: Frames, _: Mapping[str, str]) -> Cells:
    territories = frames["territory"]
    rows = _in_order(territories[territories["kind"].isin(OWN_KINDS)], "code")
    communes = frames["territory_commune"]
    covered = communes[communes["territory_code"].isin(rows["code"])]
    return {
        "code": _texts(rows["code"]),
        "kind": _texts(rows["kind"]),
        "name": _texts(rows["name"]),
        "communes": _members(rows["code"], covered, "territory_code", "commune_code"),
    }


def _aliases(frames: Frames, names: Mapping[str, str]) -> Cells:
    rows = _in_order(frames["territory_alias"], "territory_code", "name")
    return {
        "territory": _territory_names(rows["territory_code"], names),
        "territory_code": _texts(rows["territory_code"]),
        "name": _texts(rows["name"]),
    }


def _meetings(frames: Frames, _: Mapping[str, str]) -> Cells:
    rows = _in_order(frames["meeting"], "code")
    return {
        "code": _texts(rows["code"]),
        "network": _texts(rows["network_code"]),
        "kind": _texts(rows["kind"]),
        "date": _dates(rows["held_on"], rows["date_precision"]),
        "until": _days(rows["held_until"]),
        "sessions": _numbers(rows["sessions"]),
        "format": _labels("format", rows["format"]),
        "place": _texts(rows["place"]),
        "participants": _numbers(rows["participants"]),
        "participants_precision": _labels("participants_precision", rows["participants_precision"]),
        "participants_unit": _texts(rows["participants_unit"]),
        "open_to_non_members": _yes_no(rows["open_to_non_members"]),
        "status": _labels("status", rows["status"]),
        "title": _texts(rows["title"]),
        "themes": _members(rows["code"], frames["meeting_theme"], "meeting_code", "theme_code"),
        "note": _texts(rows["note"]),
        "source_url": _texts(rows["source_url"]),
    }


def _attendance(frames: Frames, names: Mapping[str, str]) -> Cells:
    rows = _in_order(frames["attendance"], "meeting_code", "territory_code")
    return {
        "meeting": _texts(rows["meeting_code"]),
        "territory": _territory_names(rows["territory_code"], names),
        "territory_code": _texts(rows["territory_code"]),
        "printed_name": _texts(rows["printed_name"]),
        "member": _yes_no(rows["member"]),
    }


def _actions(frames: Frames, names: Mapping[str, str]) -> Cells:
    rows = _in_order(frames["action"], "code")
    return {
        "code": _texts(rows["code"]),
        "meeting": _texts(rows["meeting_code"]),
        "territory": _territory_names(rows["territory_code"], names),
        "territory_code": _texts(rows["territory_code"]),
        "type": _texts(rows["type_code"]),
        "audience": _texts(rows["audience_code"]),
        "theme": _texts(rows["theme_code"]),
        "description": _texts(rows["description"]),
        "source_url": _texts(rows["source_url"]),
    }


_CELLS: Mapping[str, _Maker] = {
    forms.NETWORKS.name: _networks,
    forms.FAMILIES.name: _ranked("theme_family"),
    forms.THEMES.name: _themes,
    forms.ACTION_TYPES.name: _ranked("action_type"),
    forms.AUDIENCES.name: _ranked("audience"),
    forms.BODIES.name: _bodies,
    forms.ALIASES.name: _aliases,
    forms.MEETINGS.name: _meetings,
    forms.ATTENDANCE.name: _attendance,
    forms.ACTIONS.name: _actions,
}
"""Name of a form → how its cells are made from the tables, by field."""
