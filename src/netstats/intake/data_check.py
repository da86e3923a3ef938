"""`python -m netstats check`: everything that is wrong in data/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from netstats import store
from netstats.errors import NetstatsError
from netstats.intake import network, official
from netstats.intake.check.sheets import check_sheets
from netstats.intake.csv_files import Problem
from netstats.intake.files.matching import match
from netstats.intake.files.reading import read_file
from netstats.intake.snapshot import read_snapshot
from netstats.model import WRITTEN

__all__ = ["Problem", "check"]

_SPREADSHEET_SUFFIXES = {".csv", ".tsv", ".txt", ".ods", ".xls", ".xlsx"}


def check(directory: Path) -> list[Problem]:
    """Return everything that is wrong in data/network and data/reference, in the order of files and lines.

    A file is looked at in three steps: can it be read, is every cell what its column says, would an import take each
    of its lines into a database that holds the official geography alone. The last step waits for the others: what it
    would say twice, or of what is missing elsewhere, helps nobody.

    Parameters
    ----------
    directory
        The directory that holds `network/` and `reference/`.
    """
    frames, problems = network.read(directory)
    taxonomies = {} if problems else {name: set(frames[name]["code"]) for name in ("theme", "action_type", "audience")}
    of_reference = official.check(directory, taxonomies)
    if not problems and not of_reference:
        problems = list(_refused(directory))
    return [*problems, *of_reference, *_unknown_files(directory)]


def _refused(directory: Path) -> Iterator[Problem]:
    """Yield what an import would refuse or ask of the lines of data/network."""
    batch = network.read(directory)[0]["batch"]
    files = [network.file_of(table) for table in WRITTEN.values() if table.form is not None]
    database = store.build(directory / official.FOLDER, {"batch": batch}, path=None)
    try:
        sheets = [match(grid) for file in files for grid in read_file(file, (directory / file).read_bytes())]
        found = check_sheets(sheets, read_snapshot(database))
    except NetstatsError as error:
        yield Problem(network.FOLDER, None, None, None, str(error).rstrip("."))
        return
    finally:
        database.close()
    for issue in found.issues:
        yield Problem(issue.where.file, issue.where.line, issue.where.column, None, issue.sentence.rstrip("."))
    for question in found.questions:
        yield Problem(question.file, question.lines[0], None, None, question.sentence)


def _unknown_files(directory: Path) -> Iterator[Problem]:
    known = {network.START_FILE, *map(network.file_of, WRITTEN.values()), *(file.path for file in official.FILES)}
    for folder in (network.FOLDER, official.FOLDER):
        paths = sorted((directory / folder).iterdir()) if (directory / folder).is_dir() else []
        for path in paths:
            file = f"{folder}/{path.name}"
            temporary = path.name.startswith((".", "~"))  # what an editor leaves beside an open file
            if path.suffix.lower() in _SPREADSHEET_SUFFIXES and file not in known and not temporary:
                yield Problem(file, None, None, None, "fichier inconnu, que rien ne lirait")
