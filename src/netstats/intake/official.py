"""What the files of data/reference look like, and what is wrong with them.

They are made by tools/build_reference.py, but for the synonyms and the vocabulary, which are kept by hand. Lists are
written as one row a pair, so that every cell holds one value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from netstats.intake.cells import badly_written
from netstats.intake.csv_files import Problem, Sheet, load
from netstats.model import FORMATS, INTERCOMMUNALITY_KINDS
from netstats.reference.words import words
from netstats.wording import listing

FOLDER = "reference"


@dataclass(frozen=True)
class Cell:
    """A column of a file.

    Attributes
    ----------
    shape, expected
        What a value looks like, as a pattern and in French; any text when empty.
    required
        Whether a cell may not be empty.
    one_of
        The only values allowed; empty for any.
    refers_to
        Names of files, or of taxonomies, of which one has the value as a code; empty for none.
    """

    shape: str = ""
    expected: str = ""
    required: bool = True
    one_of: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A file: its path under data/reference without the ending, its columns, those that name a row (none: unnamed)."""

    name: str
    columns: Mapping[str, Cell]
    key: tuple[str, ...] = ("code",)

    @property
    def path(self) -> str:
        """The path under data/, with slashes."""
        return f"{FOLDER}/{self.name}.csv"


_TEXT = Cell()
_CODE = Cell(r"[a-z0-9]+(?:-[a-z0-9]+)*", "un code (minuscules, chiffres et tirets attendus)")
_INHABITANTS = Cell(r"[0-9]{1,8}", "un nombre entier (chiffres sans espace attendus)", required=False)
_DEGREES = Cell(r"-?1?[0-9]{1,2}(?:\.[0-9]+)?", "un nombre (chiffres et point décimal attendus)", required=False)
_COORDINATES = Cell(r"-?[0-9]+(?:\.[0-9]+)?(?: -?[0-9]+(?:\.[0-9]+)?)*", "une suite de nombres séparés par une espace")
_STRENGTH = Cell(one_of=("fort", "faible"))


def _link(*files: str) -> Cell:
    return Cell(refers_to=files)


def _vocabulary(name: str, first: str, cell: Cell, **others: Cell) -> File:
    columns = {first: cell, "expression": Cell(r".{1,500}", "une expression (500 caractères au plus)"), **others}
    return File(f"vocabulary/{name}", columns, key=(first, "expression"))


FILES = (
    File("regions", {"code": _TEXT, "name": _TEXT}),
    File("departments", {"code": _TEXT, "name": _TEXT, "region_code": _link("regions")}),
    File(
        "communes",
        {
            "code": _TEXT,
            "name": _TEXT,
            "department_code": _link("departments"),
            "population": _INHABITANTS,
            "lon": _DEGREES,
            "lat": _DEGREES,
        },
    ),
    File(
        "intercommunalities",
        {
            "code": _TEXT,
            "name": _TEXT,
            "kind": Cell(one_of=INTERCOMMUNALITY_KINDS),
            "population": _INHABITANTS,
            "lon": _DEGREES,
            "lat": _DEGREES,
        },
    ),
    File(
        "intercommunality_communes",
        {"intercommunality_code": _link("intercommunalities"), "commune_code": _link("communes")},
        key=("intercommunality_code", "commune_code"),
    ),
    File(
        "aliases",
        {"territory_code": _link("communes", "intercommunalities", "departments"), "name": _TEXT, "kind": _TEXT},
        key=("territory_code", "name"),
    ),
    # One row a ring: a department has as many as it has islands and enclaves.
    File(
        "department_outlines",
        {"department_code": _link("departments"), "xs": _COORDINATES, "ys": _COORDINATES},
        key=(),
    ),
    # Words that mean about the same: the search for one finds the others of its group.
    File("synonyms", {"group_code": _CODE, "word": _TEXT}, key=("group_code", "word")),
    # The words by which minutes are read, see netstats.reference.vocabulary.
    _vocabulary("themes", "theme_code", _link("theme"), strength=_STRENGTH),
    _vocabulary("action_types", "type_code", _link("action_type"), strength=_STRENGTH),
    _vocabulary("audiences", "audience_code", _link("audience")),
    _vocabulary("action_cues", "role", _CODE),
    _vocabulary("formats", "format", Cell(one_of=tuple(FORMATS))),
    _vocabulary("kinds", "kind", _TEXT),
    _vocabulary("units", "unit", Cell(required=False)),
    _vocabulary("cues", "role", _TEXT),
    _vocabulary("regions", "region_code", _TEXT),
)


def check(directory: Path, taxonomies: Mapping[str, Collection[str]]) -> list[Problem]:
    """Return what is wrong in data/reference, in the order of files and lines.

    Parameters
    ----------
    directory
        The directory that holds `reference/`.
    taxonomies
        Table → codes of the themes, types of action and audiences that the vocabulary speaks of; one that is not there
        is not looked at.
    """
    sheets = {file.name: load_official(directory, file) for file in FILES}
    codes: dict[str, Collection[str]] = {
        **taxonomies,
        **{name: set(sheet.cells["code"]) for name, sheet in sheets.items() if sheet.whole and "code" in sheet.cells},
    }
    problems: list[Problem] = []
    for file in FILES:
        sheet = sheets[file.name]
        for header, cell in file.columns.items():
            _check_cells(sheet, header, cell, codes)
        _check_repeated(sheet, file.key)
        if sheet.whole and file.name in _RULES:
            sheet.problems += _RULES[file.name](sheet)
        problems += sorted(sheet.problems, key=lambda problem: problem.line or 0)
    return problems


def load_official(directory: Path, file: File) -> Sheet:
    """Return a file of data/reference as it is written."""
    return load(directory, file.path, file.columns, needed=file.columns, separator=",")


def _check_cells(sheet: Sheet, header: str, cell: Cell, codes: Mapping[str, Collection[str]]) -> None:
    values = sheet.cells.get(header, ())
    # Each distinct value is looked at once: 35,000 communes share 101 departments.
    reasons = {value: reason for value in set(values) if (reason := _flaw(cell, value, codes))}
    if reasons:
        for line, value in zip(sheet.lines, values, strict=True):
            if value in reasons:
                sheet.add(line, header, value, reasons[value])


def _flaw(cell: Cell, value: str, codes: Mapping[str, Collection[str]]) -> str | None:
    if value == "":
        return "valeur obligatoire, la cellule est vide" if cell.required else None
    if cell.one_of:
        return None if value in cell.one_of else f"n’est pas une valeur permise ({listing(cell.one_of, 'ou')} attendu)"
    if cell.refers_to:
        known = all(name in codes for name in cell.refers_to)
        if known and not any(value in codes[name] for name in cell.refers_to):
            return f"n’est pas un code de {listing(cell.refers_to, 'ni de')}"
        return None
    if cell.shape and not re.fullmatch(cell.shape, value):
        return f"n’est pas {cell.expected}"
    return badly_written(value)


def _check_repeated(sheet: Sheet, key: tuple[str, ...]) -> None:
    if not key or not all(name in sheet.cells for name in key):
        return
    first: dict[tuple[str, ...], int] = {}
    for line, *named in zip(sheet.lines, *(sheet.cells[name] for name in key), strict=True):
        if all(named) and first.setdefault(tuple(named), line) != line:
            sheet.add(line, ", ".join(key), " + ".join(named), f"figure déjà à la ligne {first[tuple(named)]}")


def _outline_rings(outlines: Sheet) -> Iterator[Problem]:
    for line, row in outlines.rows():
        points = row["xs"].count(" ") + 1
        if points < 4 or points != row["ys"].count(" ") + 1:
            reason = "contour impossible ; xs et ys doivent avoir autant de nombres, quatre au moins"
            yield Problem(outlines.file, line, "xs, ys", None, reason)


def _single_words(synonyms: Sheet) -> Iterator[Problem]:
    """Each synonym is one word that the search reads, and says something."""
    for line, row in synonyms.rows():
        if [found.text for found in words(row["word"])] != [row["word"].casefold()]:
            reason = "doit être un seul mot, que la recherche lise (ni expression, ni mot vide)"
            yield Problem(synonyms.file, line, "word", row["word"], reason)


_RULES = {"department_outlines": _outline_rings, "synonyms": _single_words}
