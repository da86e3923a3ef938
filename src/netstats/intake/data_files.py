"""The files of data/: read as an import reads a file, held to the same rules; `python -m netstats check`.

There is nobody to ask here, nor to show a notice: what an import would ask or point out is an issue as well.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from netstats import choices, store
from netstats.errors import NetstatsError
from netstats.intake import official
from netstats.intake.check.sheets import check_sheets
from netstats.intake.dates import read_date
from netstats.intake.forms import FORMS, Form
from netstats.intake.issues import Issue, issue
from netstats.intake.official import issue_in, read_data_file
from netstats.intake.read.grids import quoted
from netstats.intake.read.headers import meaning_of
from netstats.intake.read.matching import Matching, match, missing_fields
from netstats.intake.snapshot import Snapshot
from netstats.intake.values import read_text
from netstats.model import WRITTEN
from netstats.reference.gazetteer import Gazetteer

FOLDER = "network"
START_FILE = f"{FOLDER}/donnees-de-depart.csv"
"""What the journal says of these rows: one line, with the day and the words."""
NETWORK_FILES = {f"{FOLDER}/{form.name}.csv": form for form in FORMS}
"""Path under data/ → the form whose lines the file holds, as the export writes them."""

_START_HEADERS = ["Date", "Intitulé"]
_BATCH = 1
_SPREADSHEET_SUFFIXES = {".csv", ".tsv", ".txt", ".ods", ".xls", ".xlsx"}


def check(directory: Path) -> list[Issue]:
    """Return everything that is wrong in data/network and data/reference, in the order of files and lines.

    The lines of data/network wait for a geography that can be read: what they name is looked up in it.
    """
    try:
        frames, of_network = read_network(directory)
    except NetstatsError:
        frames, of_network = {}, []
    taxonomies = {} if of_network else {name: set(frame["code"]) for name, frame in frames.items() if "code" in frame}
    return [*of_network, *official.check(directory, taxonomies), *_unknown_files(directory)]


def read_network(directory: Path) -> tuple[dict[str, pd.DataFrame], list[Issue]]:
    """Return the rows of data/network by table of the database, with the batch that they belong to, and the issues.

    There are no rows where a file cannot be read whole: all that refers to it would be called wrong. NetstatsError when
    the geography of data/reference cannot be read.
    """
    batch, issues = _read_start(directory)
    matchings = []
    for file, form in NETWORK_FILES.items():
        grid, found = read_data_file(directory, file)
        issues += found
        if grid is not None:
            matchings.append(match(grid, form))
            issues += _left_aside(matchings[-1], form)
    if issues:
        return {}, issues
    # The day of the data counts as well as that of the clock: a clock that is behind keeps nobody from starting.
    today = max(date.today(), batch["applied_on"].iloc[0].date())
    snapshot = _empty_snapshot(directory)
    result = check_sheets(matchings, snapshot, today=today)
    found = [one for one in result.issues if one.code not in {"depends-on-refused", "depends-on-waiting"}]
    columns = {(one.where.file, one.where.line): one.where.column for one in result.held_back if one.code == "waiting"}
    asked = [  # nobody answers here: the file itself must say it
        issue_in(one.file, one.lines[0], one.sentence.rstrip("."), columns.get((one.file, one.lines[0])))
        for one in result.questions
    ]
    frames = {table: result.change_set.rows.get(table, empty) for table, empty in snapshot.rows.items()}
    owned = {name: frame.assign(batch_id=_BATCH) for name, frame in frames.items() if WRITTEN[name].in_batch}
    return {"batch": batch, **frames, **owned}, [*found, *asked]


def _read_start(directory: Path) -> tuple[pd.DataFrame, list[Issue]]:
    """Return the batch of the first rows."""
    grid, issues = read_data_file(directory, START_FILE)
    if grid is None:
        return pd.DataFrame(), issues
    header, *rows = grid.rows
    if header != _START_HEADERS or len(rows) != 1:
        return pd.DataFrame(), [*issues, issue_in(START_FILE, 0, "une ligne attendue, sous « Date ; Intitulé »")]
    day = issue("required") if rows[0][0] is None else read_date(rows[0][0])
    label = issue("required") if rows[0][1] is None else read_text(rows[0][1])
    for column, value in (("Date", day), ("Intitulé", label)):
        if isinstance(value, Issue):
            issues.append(official.placed(value, START_FILE, grid.lines[1], column))
    if isinstance(day, Issue) or isinstance(label, Issue):
        return pd.DataFrame(), issues
    applied_on = pd.Series([day.first], dtype="datetime64[us]")
    return pd.DataFrame({"id": [_BATCH], "applied_on": applied_on, "kind": choices.FOUNDING, "label": [label]}), issues


def _left_aside(matching: Matching, form: Form) -> Iterator[Issue]:
    """Yield the columns that an import would not read, or only as it thinks best, and those that are not there."""
    file, line = matching.grid.file, matching.grid.lines[0]
    for header, words in matching.refused.items():
        yield issue_in(file, line, words, header)
    for header in matching.ignored:
        yield issue_in(file, line, "colonne inconnue, que rien ne lirait", header)
    meant = {header: meaning_of(header, form) for header in matching.headers}
    for header, meaning in meant.items():
        if meaning and meaning[1] == "near" and header not in matching.refused:
            yield issue_in(file, line, f"colonne inconnue ; {quoted(meaning[0].header)} attendu", header)
    named = {meaning[0].name for meaning in meant.values() if meaning}
    for field in missing_fields(form, matching.columns):
        if field.name not in named:
            expected = ";".join(field.header for field in form.fields)
            yield issue_in(file, line, f"colonne absente ; attendu : {expected}", field.header)


def _empty_snapshot(directory: Path) -> Snapshot:
    """Return what a database with the official geography alone would hold; NetstatsError when it cannot be read."""
    rows = {name: store.records_frame(name, [], table.written) for name, table in WRITTEN.items()}
    try:
        with (directory / official.FOLDER / "regions.csv").open(encoding="utf-8", newline="") as stream:
            regions = {row["code"]: row["name"] for row in csv.DictReader(stream)}
        return Snapshot(rows, regions, Gazetteer.load(directory))
    except (OSError, csv.Error, LookupError, ValueError, RuntimeError) as error:
        raise NetstatsError(
            "La géographie officielle (data/reference) ne peut pas être lue.",
            "« python -m netstats check » dit ce qui y manque.",
        ) from error


def _unknown_files(directory: Path) -> Iterator[Issue]:
    known = {START_FILE, *NETWORK_FILES, *(file.path for file in official.FILES)}
    for folder in (FOLDER, official.FOLDER):
        paths = sorted((directory / folder).iterdir()) if (directory / folder).is_dir() else []
        for path in paths:
            file = f"{folder}/{path.name}"
            temporary = path.name.startswith((".", "~"))  # what an editor leaves beside an open file
            if path.suffix.lower() in _SPREADSHEET_SUFFIXES and file not in known and not temporary:
                yield issue_in(file, 0, "fichier inconnu, que rien ne lirait")
