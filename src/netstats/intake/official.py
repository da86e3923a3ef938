"""What the files of data/reference look like, and what is wrong with them.

They are made by tools/build_reference.py, but for the synonyms and the vocabulary, which are kept by hand. Lists are
written as one row a pair, so that every cell holds one value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from netstats.choices import FORMATS, INTERCOMMUNALITY_KINDS
from netstats.intake.cells import badly_written
from netstats.intake.issues import Issue, Where, issue
from netstats.intake.read.files import read_file
from netstats.intake.read.grids import FileError, Grid
from netstats.reference.words import words
from netstats.wording import counted, listing

FOLDER = "reference"


@dataclass(frozen=True)
class Cell:
    """A column of a file: what a value looks like (a pattern, and in French) or is one of, or whose code it is.

    `refers_to` names files or taxonomies, of which one must have the value as a code.
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
_COUNT = Cell(r"[0-9]{1,6}", "un nombre entier (chiffres sans espace attendus)")
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
        {
            "territory_code": _link("communes", "intercommunalities", "departments"),
            "name": _TEXT,
            "kind": _TEXT,
            "code": _TEXT,
        },
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
    # What a reading of minutes is worth, see netstats.minutes.confidences.
    File("confidences", {"rule": _TEXT, "seen": _COUNT, "right": _COUNT}, key=("rule",)),
    # The words by which minutes are read, see netstats.reference.vocabulary.
    _vocabulary("themes", "theme_code", _link("theme"), strength=_STRENGTH),
    _vocabulary("audiences", "audience_code", _link("audience")),
    _vocabulary("topic_cues", "role", _CODE),
    _vocabulary("formats", "format", Cell(one_of=tuple(FORMATS))),
    _vocabulary("kinds", "kind", _TEXT),
    _vocabulary("units", "unit", Cell(required=False)),
    _vocabulary("cues", "role", _TEXT),
    _vocabulary("regions", "region_code", _TEXT),
)


@dataclass
class Sheet:
    """A file as read: its cells by header, the line of each row, the issues."""

    file: File
    cells: dict[str, list[str]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the line and the cells of each row."""
        for line, *values in zip(self.lines, *self.cells.values(), strict=True):
            yield line, dict(zip(self.cells, values, strict=True))

    def add(self, line: int, column: str | None, words: str, found: str = "") -> None:
        """Say what is wrong."""
        self.issues.append(issue_in(self.file.path, line, words, column, found))


def read_data_file(directory: Path, file: str) -> tuple[Grid | None, list[Issue]]:
    """Return a file of data/ as an import reads it, None when it cannot be, and what is wrong with its lines.

    Nobody is there to look at a text of other letters, or at a row that lacks a value: neither is read.
    """
    try:
        content = (directory / file).read_bytes()
        if not content.decode("utf-8-sig").strip():
            return None, [issue_in(file, 0, "fichier vide ; la première ligne doit donner le nom des colonnes")]
        grid, *_ = read_file(file, content)
    except OSError:
        missing = not (directory / file).exists()
        return None, [issue_in(file, 0, "fichier absent" if missing else "fichier impossible à ouvrir")]
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        words = "texte qui n’est pas en UTF-8 ; enregistrez le fichier au format « CSV UTF-8 »"
        return None, [issue_in(file, line, words)]
    except FileError as error:
        return None, [issue_in(file, error.line, error.reason)]
    return _rows_of_one_width(grid)


def _rows_of_one_width(grid: Grid) -> tuple[Grid, list[Issue]]:
    """Return the rows that have as many values as the header, and what is wrong with the others."""
    width = grid.widths[0]
    rows, lines, issues = [], [], []
    for row, line, written in zip(grid.rows, grid.lines, grid.widths, strict=True):
        if isinstance(row[0], Issue) and row[0].of_line:
            issues.append(placed(row[0], grid.file, line, None))
        elif written != width:
            words = f"{counted(written, 'valeur')} pour {counted(width, 'colonne')}"
            issues.append(issue_in(grid.file, line, words))
        else:
            rows.append(row[:width])
            lines.append(line)
    return replace(grid, rows=rows, lines=lines, widths=(width,) * len(rows)), issues


def issue_in(file: str, line: int, words: str, column: str | None = None, found: str = "") -> Issue:
    """Return an issue in a file of data/; line 0 is the whole file."""
    return placed(issue("in-file", words=words), file, line, column, found)


def placed(what: Issue, file: str, line: int, column: str | None, found: str = "") -> Issue:
    """Return an issue where it stands in a file of data/."""
    return what.at(Where("", file=file, line=line, column=None if what.of_line else column), found or what.found)


def check(directory: Path, taxonomies: Mapping[str, Collection[str]]) -> list[Issue]:
    """Return what is wrong in data/reference, in the order of files and lines.

    `taxonomies` holds, by table, the codes of the themes, types of action and audiences that the vocabulary speaks of;
    one that is not there is not looked at.
    """
    sheets = {file.name: read_official(directory, file) for file in FILES}
    codes: dict[str, Collection[str]] = {
        **taxonomies,
        **{name: set(sheet.cells["code"]) for name, sheet in sheets.items() if "code" in sheet.cells},
    }
    issues: list[Issue] = []
    for sheet in sheets.values():
        _check_cells(sheet, codes)
        _check_repeated(sheet)
        if sheet.file.name in _RULES:
            _RULES[sheet.file.name](sheet)
        issues += sorted(sheet.issues, key=lambda one: one.where.line)
    return issues


def read_official(directory: Path, file: File) -> Sheet:
    """Return a file of data/reference as it is written."""
    sheet = Sheet(file)
    grid, sheet.issues = read_data_file(directory, file.path)
    if grid is None:
        return sheet
    headers = list(file.columns)
    # Those who read these files with less care (the store, the gazetteer) want commas and no byte order mark.
    if not (directory / file.path).read_bytes().startswith(",".join(headers).encode()):
        sheet.add(1, None, f"première ligne attendue : {','.join(headers)}")
        return sheet
    sheet.lines = grid.lines[1:]
    for header, column in zip(headers, zip(*grid.rows[1:], strict=True), strict=False):
        sheet.cells[header] = ["" if cell is None or isinstance(cell, Issue) else str(cell) for cell in column]
        for line, cell in zip(sheet.lines, column, strict=True):
            if isinstance(cell, Issue):
                sheet.issues.append(placed(cell, file.path, line, header))
    return sheet


def _check_cells(sheet: Sheet, codes: Mapping[str, Collection[str]]) -> None:
    unreadable = {(one.where.line, one.where.column) for one in sheet.issues}
    for header, values in sheet.cells.items():
        cell = sheet.file.columns[header]
        # Each distinct value is looked at once: 35,000 communes share 101 departments.
        wrong = {value: words for value in set(values) if (words := _issue_in_cell(cell, value, codes))}
        if wrong:
            for line, value in zip(sheet.lines, values, strict=True):
                if value in wrong and (line, header) not in unreadable and (line, None) not in unreadable:
                    sheet.add(line, header, wrong[value], value)


def _issue_in_cell(cell: Cell, value: str, codes: Mapping[str, Collection[str]]) -> str | None:
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


def _check_repeated(sheet: Sheet) -> None:
    key = sheet.file.key
    if not key or not sheet.cells:
        return
    first: dict[tuple[str, ...], int] = {}
    for line, *named in zip(sheet.lines, *(sheet.cells[name] for name in key), strict=True):
        if all(named) and first.setdefault(tuple(named), line) != line:
            sheet.add(line, ", ".join(key), f"figure déjà à la ligne {first[tuple(named)]}", " + ".join(named))


def _check_rings(outlines: Sheet) -> None:
    for line, row in outlines.rows():
        points = row["xs"].count(" ") + 1
        if points < 4 or points != row["ys"].count(" ") + 1:
            outlines.add(
                line, "xs, ys", "contour impossible ; xs et ys doivent avoir autant de nombres, quatre au moins"
            )


def _check_single_words(synonyms: Sheet) -> None:
    """Each synonym is one word that the search reads, and says something."""
    for line, row in synonyms.rows():
        if [found.text for found in words(row["word"])] != [row["word"].casefold()]:
            expected = "doit être un seul mot, que la recherche lise (ni expression, ni mot vide)"
            synonyms.add(line, "word", expected, row["word"])


_RULES = {"department_outlines": _check_rings, "synonyms": _check_single_words}
