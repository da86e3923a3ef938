"""Which form a grid is, where its headers are and which field each column holds. A person may correct all of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath
from types import MappingProxyType

from netstats.intake.forms import FORMS, Field, Form
from netstats.intake.issues import Issue
from netstats.intake.persons import NO_PERSONAL_DATA, announces_persons, says_only_name, shows_persons
from netstats.intake.read.grids import Grid, letters, quoted, without_shifted_lines
from netstats.intake.read.headers import MENDED, columns_of, meaning_of
from netstats.intake.read.second_table import first_table
from netstats.intake.values import Headcount, is_empty, read_headcount, shown
from netstats.reference.fold import normalize
from netstats.reference.geography import reference_directory
from netstats.reference.territories import official_territories
from netstats.wording import listing

_LEADING_ROWS = 20
_HEADERS_AT_MOST = 200  # columns whose header is compared with every field
_NOT_DATA = frozenset(
    {"lisez moi", "a lire", "mode d emploi", "notice", "listes", "liste", "exemples", "exemple", "read me", "readme"}
)
"""Sheets of the template, or of its kind, that explain and list."""
_COUNTS = frozenset({"headcount", "number"})
_KEYS = ({"code"}, {"meeting"}, {"network", "date"})
"""Fields that say, together, of which row or meeting a line speaks."""

NAMING_TERRITORIES = frozenset({"territory", "territories"})
"""Kinds of fields that keep no text, only the territories that it names."""


@dataclass(frozen=True, eq=False)
class Matching:
    """How a grid is understood."""

    grid: Grid
    form: Form | None  # what its rows are; None when it is not recognised, or put aside
    header: int  # index of the row of headers, the most likely one without a form; -1 for none
    columns: Mapping[str, int]  # name of a field → index of its column
    ignored: tuple[str, ...]  # headers that nothing reads
    refused: Mapping[str, str]  # header → French reason why it is never read: personal data, or written twice
    notices: tuple[str, ...]  # French sentences: what to look at before going on
    announced: frozenset[str] = frozenset()  # refused headers that only sound like persons: may name territories
    automatic: Mapping[str, int] = field(default_factory=dict)  # the columns, before a person corrected them

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers as shown, one a column: « colonne D » where the cell is empty."""
        return _headers(self.grid, self.header)

    @cached_property
    def rows(self) -> list[list[object]]:
        """The rows of the grid; a number merged over several lines cannot be read, it may be that of all together."""
        fields = {field.name: field for field in self.form.fields} if self.form else {}
        counted_in = {column for name, column in self.columns.items() if fields[name].kind in _COUNTS}
        merged = [(column, first, last) for column, first, last in self.grid.merged if column in counted_in]
        if not merged:
            return self.grid.rows
        rows = list(self.grid.rows)
        for column, first, last in merged:
            begin, end = bisect_left(self.grid.lines, first), bisect_right(self.grid.lines, last)
            for rank in range(max(begin, self.header + 1), end):
                row = rows[rank] = list(rows[rank])
                row[column] = Issue("merged-number", found="" if row[column] is None else str(row[column]))
        return rows


def match(grid: Grid, form: Form | None = None) -> Matching:
    """Return how a grid is best understood, as that form when one is given.

    The form is told by the name of the sheet or file, and by the headers: the first of the twenty leading rows that
    names the most fields. A header matches a field when it is its header or one of its synonyms, whatever the accents,
    case and signs; or when it is but for a typing slip.
    """
    if form is None and grid.sheet and normalize(grid.sheet) in _NOT_DATA:
        said = f"La feuille {quoted(grid.sheet)} explique ou énumère : elle est mise de côté."
        return _without_form(grid, -1, said)
    likeliest, header = _recognised(grid, (form,) if form else FORMS)
    found = form or likeliest
    if found is None:
        said = "Feuille non reconnue : choisissez ce qu’elle contient, ou laissez-la de côté."
        header = _likely_header(grid)
        return _without_form(grid, header, said, _personal(grid, header, None)[0])
    header = header if header >= 0 else _likely_header(grid)
    if header < 0:
        said = "Aucune ligne d’en-têtes : écrivez au-dessus des valeurs le nom de chaque colonne."
        return _without_form(grid, -1, said)
    grid = without_shifted_lines(first_table(grid, header), header)
    personal, announced = _personal(grid, header, found)
    columns, doubled = columns_of(_headers(grid, header), found, without=personal)
    if not any(meaning and meaning[0].kind == "headcount" for meaning in (meaning_of(one, found) for one in doubled)):
        _put_counts(grid, header, found, columns)
    return replace(_matching(grid, found, header, columns, personal | doubled), announced=announced, automatic=columns)


def rematch(matching: Matching, form: Form | None, columns: Mapping[str, int]) -> Matching:
    """Return the matching as a person corrects it: the form, and the column of each field.

    A column that shows persons stays refused whatever the correction; one that only sounds so may name territories. Of
    two columns with one meaning the person may choose. Fields that the form does not have, and columns that the grid
    does not have, are left out.
    """
    grid = matching.grid
    header = matching.header if matching.header >= 0 else _likely_header(grid)
    if form is None or header < 0:
        return _without_form(grid, header, "Feuille mise de côté.")
    grid = without_shifted_lines(grid, header)
    headers = _headers(grid, header)
    personal, announced = _personal(grid, header, form)
    known = {field.name: field for field in form.fields}
    chosen: dict[str, int] = {}
    for name, column in columns.items():
        if name not in known or not 0 <= column < len(headers) or column in chosen.values():
            continue
        if headers[column] in announced and known[name].kind in NAMING_TERRITORIES:
            del personal[headers[column]]
        if headers[column] not in personal:
            chosen[name] = column
    here = _matching(grid, form, header, chosen, personal)
    return replace(here, announced=announced, automatic=matching.automatic)


def _without_form(grid: Grid, header: int, said: str, refused: Mapping[str, str] = MappingProxyType({})) -> Matching:
    """Return a sheet that is not recognised, or put aside."""
    return Matching(grid, None, header, {}, (), refused, (*grid.notices, said))


def _matching(grid: Grid, form: Form, header: int, columns: Mapping[str, int], refused: Mapping[str, str]) -> Matching:
    """Return a matching with what there is to say of it."""
    headers = _headers(grid, header)
    read = set(columns.values())
    left = [
        rank
        for rank, title in enumerate(headers)
        if rank not in read and title not in refused and normalize(title) != MENDED
    ]
    named = [headers[rank] for rank in left if _text(grid.rows[header][rank])]
    rest = [rank for rank in left if not _text(grid.rows[header][rank])]
    unnamed = [headers[rank] for rank in rest if any(row[rank] is not None for row in grid.rows[header + 1 :])]
    notices = list(grid.notices)
    for name, column in columns.items():
        field = form.field(name)
        meaning = meaning_of(headers[column], form)
        if meaning and (meaning[0] is not field or meaning[1] == "near"):
            notices.append(f"La colonne {quoted(headers[column])} est lue comme {quoted(field.header)}.")
    missing = [quoted(field.header) for field in missing_fields(form, columns)]
    if missing:
        several = len(missing) > 1
        said = f"{'Colonnes absentes' if several else 'Colonne absente'} : {listing(missing)}"
        notices.append(f"{said}, qu’il faut pour {'de nouvelles lignes' if several else 'une nouvelle ligne'}.")
    if unnamed:
        notices.append(f"Rien ne lit ce qui est sans en-tête ({listing(unnamed)}).")
    return Matching(grid, form, header, columns, tuple(named + unnamed), dict(refused), tuple(notices))


def missing_fields(form: Form, columns: Mapping[str, int]) -> list[Field]:
    """Return the fields that a new row must have, and that no column holds."""
    return [field for field in form.fields if field.required and field.name not in columns]


# --- the form and its header row --------------------------------------------------------------------


def _recognised(grid: Grid, forms: Sequence[Form]) -> tuple[Form | None, int]:
    """Return the form that a grid looks most like and the index of its header row; None and -1 when none stands out."""
    by_name = [form for form in forms if _is_named(grid, form)]
    found = _likeliest(grid, forms, by_name, partial=False)
    # Columns that say of which rows they speak, and what changes in them, are enough when nothing else is likelier.
    return found if found[0] else _likeliest(grid, forms, by_name, partial=True)


def _likeliest(grid: Grid, forms: Sequence[Form], by_name: Sequence[Form], *, partial: bool) -> tuple[Form | None, int]:
    scores: list[tuple[float, Form, int]] = []
    for form in forms:
        is_named = form in by_name
        rows = [_score(row, form, is_named=is_named, partial=partial) for row in grid.rows[:_LEADING_ROWS]]
        if max(rows, default=0) > 0:
            scores.append((max(rows) + 2 * is_named, form, rows.index(max(rows))))
    highest = max((score for score, _, _ in scores), default=0)
    best_forms = [(form, where) for score, form, where in scores if score == highest]
    if len(best_forms) > 1:  # two forms with the same columns: the name settles, or the person does
        best_forms = [(form, where) for form, where in best_forms if form in by_name]
    least = 1 if len(forms) == 1 or (best_forms and best_forms[0][0] in by_name) else 2
    return best_forms[0] if len(best_forms) == 1 and highest >= least else (None, -1)


def _score(row: Sequence[object], form: Form, *, is_named: bool, partial: bool) -> float:
    """Return how many fields of a form a row names, less those that it should and does not.

    A sheet that changes some columns of rows that are known need not have the others: those that it lacks do not count
    when it is called like the form, or, with `partial`, when it names the key of its rows.
    """
    named: dict[str, float] = {}
    for cell in row[:_HEADERS_AT_MOST]:
        meaning = meaning_of(cell, form) if isinstance(cell, str) else None
        if meaning:
            field, how = meaning
            named[field.name] = max(named.get(field.name, 0), 0.5 if how == "near" else 1)
    missing = sum(field.required and field.name not in named for field in form.fields)
    if is_named or (partial and any(key <= named.keys() for key in _KEYS)):
        missing = 0
    return max(0.0, sum(named.values()) - missing)


def _is_named(grid: Grid, form: Form) -> bool:
    """Return whether the sheet, or the file of a text, is called like a form: « Réunions 2024 »."""
    name = _plain_name(grid.sheet or PurePath(grid.file).stem)
    names = {normalize(called) for called in (form.name, form.title, *form.synonyms)}
    return name in names


def _plain_name(name: str) -> str:
    said_by_us = {"netstats", "modele", "mending", "corriger", "refusees", "a"}
    return " ".join(word for word in normalize(name).split() if not word.isdecimal() and word not in said_by_us)


def _likely_header(grid: Grid) -> int:
    """Return the index of the first leading row with the most texts, which is most likely the headers; -1 without."""
    texts = [len([cell for cell in row if isinstance(cell, str)]) for row in grid.rows[:_LEADING_ROWS]]
    most = max(texts, default=0)
    return texts.index(most) if most else -1


# --- headers ----------------------------------------------------------------------------------------


def _text(cell: object) -> str:
    """Return a header as it is shown, without line breaks; empty when the cell is no text."""
    return " ".join(str(cell).split()) if isinstance(cell, str | int | float) else ""


def _headers(grid: Grid, header: int) -> tuple[str, ...]:
    if header < 0:
        return ()
    return tuple(_text(cell) or f"colonne {letters(rank)}" for rank, cell in enumerate(grid.rows[header]))


def _is_count(cell: object) -> bool:
    """Return whether a cell may count those present; five digits are a code, and so is what begins with a 0."""
    count = read_headcount(cell)
    return isinstance(count, Headcount) and count.number < 10_000 and not shown(cell).startswith("0")


def _are_codes(cells: Collection[object]) -> bool:
    """Return whether all cells are codes of communes of which a spreadsheet took the 0: 1053 for Bourg-en-Bresse."""
    digits = [re.fullmatch(r"(\d{4})(?:[.,]0*)?", shown(cell)) for cell in cells]
    if not all(digits):
        return False
    known = official_territories(reference_directory())
    return all(code in known.by_code or code in known.part_of for code in (f"0{found[1]}" for found in digits if found))


def _put_counts(grid: Grid, header: int, form: Form, columns: dict[str, int]) -> None:
    """Let a column that may name who was there, « Présents », be that of the headcount when it holds numbers alone.

    Where all may be codes, it stays that of the territories: each number is asked about.
    """
    counts = [field.name for field in form.fields if field.kind == "headcount" and field.name not in columns]
    named = [field.name for field in form.fields if field.kind == "territories" and field.name in columns]
    for name in named if counts else ():
        column = columns[name]
        meaning = meaning_of(_headers(grid, header)[column], form)
        cells = {row[column] for row in grid.rows[header + 1 :] if not is_empty(row[column])}
        if cells and meaning and meaning[1] != "header" and all(map(_is_count, cells)) and not _are_codes(cells):
            columns[counts[0]] = columns.pop(name)


# --- what is never read -----------------------------------------------------------------------------


def _personal(grid: Grid, header: int, form: Form | None) -> tuple[dict[str, str], frozenset[str]]:
    """Return why columns are refused for persons, by header, and those that say « nom » and show none.

    An official header is no announcement (« Nom » of a network), but its values are looked at like all others.
    """
    refused: dict[str, str] = {}
    announced: set[str] = set()
    headers = _headers(grid, header)
    if not headers:
        return refused, frozenset()
    columns = list(zip(*grid.rows[header + 1 :], strict=True)) or [()] * len(headers)
    for title, column in zip(headers, columns, strict=True):
        if normalize(title) == MENDED:
            continue
        meaning = meaning_of(title, form) if form else None
        official = meaning is not None and meaning[1] != "near"
        if shown := shows_persons(column):
            reason = f"colonne refusée, elle semble contenir {shown} ; {NO_PERSONAL_DATA}"
            refused[title] = f"{reason} : ôtez-la du fichier"
        elif said := None if official else announces_persons(title):
            refused[title] = said
            announced |= {title} if says_only_name(title) else set()
    return refused, frozenset(announced)
