"""The lines of a sheet or of a form while they are checked: their values by field, and the issues found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from netstats.intake.files.matching import Matching
from netstats.intake.forms import Form
from netstats.intake.issues import Issue, Where, issue
from netstats.intake.questions import Question
from netstats.intake.values import is_empty, shown
from netstats.wording import NO_BREAK, listing

T = TypeVar("T")

Unsettled = Issue | Question
"""What a value may be instead of itself: wrong (or that of a line which is not taken), or to be asked."""


@dataclass(frozen=True)
class Counts:
    """Lines of a sheet: read, and what became of each (good + refused + held_back = read)."""

    read: int
    good: int
    refused: int
    held_back: int


class Lines:
    """The lines of a form: those under the header of a sheet, or those that were filled in.

    Lines are named by their index here, 0 being the first.
    """

    def __init__(
        self,
        form: Form,
        columns: Mapping[str, Sequence[object]],
        numbers: Sequence[int],
        *,
        file: str = "",
        sheet: str = "",
        headers: Mapping[str, str] | None = None,
        meeting: str | None = None,
    ) -> None:
        self.form, self.file, self.sheet = form, file, sheet
        self.meeting = meeting  # that of lines which were filled in, and do not name it
        self._columns = columns
        self._numbers = numbers
        self._headers = headers or {}
        self._refused: dict[int, list[Issue]] = {}
        self._waiting: dict[int, Issue] = {}
        self._unreadable: set[int] = set()  # lines whose issue, which all their cells bear, was said

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def is_filled_in(self) -> bool:
        """Whether the lines are those of a form on a page, which has no file."""
        return not self.file

    def has(self, name: str) -> bool:
        """Return whether there is a column for this field."""
        return name in self._columns

    def there(self, *names: str) -> str:
        """Return the first of these fields that there is a column for, the first one when there is none."""
        return next((name for name in names if name in self._columns), names[0])

    def cells(self, name: str) -> Sequence[object]:
        """Return the cells of a field as they are written, None where there is no such column."""
        return self._columns.get(name) or [None] * len(self)

    def read(self, name: str, reader: Callable[[object], T | Issue]) -> list[T | None]:
        """Return the values of a field, each distinct cell read once; None where it is empty or refused."""
        cells = self.cells(name)
        keys = list(zip(map(type, cells), cells, strict=True))  # 1, 1.0 and True are equal, and not the same cell
        values: dict[tuple[type, object], T | Issue | None] = {key: _read(key[1], reader) for key in set(keys)}
        wrong = {key: value for key, value in values.items() if isinstance(value, Issue)}
        if wrong:
            for index, key in enumerate(keys):
                if key in wrong:
                    self._refuse_cell(index, name, key[1], wrong[key])
            values.update(dict.fromkeys(wrong))
        return [values[key] for key in keys]  # type: ignore[misc]

    def _refuse_cell(self, index: int, name: str, cell: object, wrong: Issue) -> None:
        if wrong.of_line:
            if index in self._unreadable:
                return
            self._unreadable.add(index)
        self.refuse(index, name, wrong, wrong.found if isinstance(cell, Issue) else shown(cell))

    def is_empty(self, index: int, name: str) -> bool:
        """Return whether a cell holds nothing; also where there is no such column."""
        return name not in self._columns or is_empty(self._columns[name][index])

    def clears(self, index: int, name: str) -> bool:
        """Return whether there is a column for a field, and nothing in its cell."""
        return name in self._columns and is_empty(self._columns[name][index])

    def refuse(self, index: int, name: str | None, wrong: Issue, found: str | None = None) -> None:
        """Add an issue to a line; what was found is the cell of the field unless it is given."""
        self._refused.setdefault(index, []).append(self._placed(index, name, wrong, found))

    def hold(self, index: int, name: str | None, why: Issue, found: str | None = None) -> None:
        """Let a line wait for an answer."""
        self._waiting.setdefault(index, self._placed(index, name, why, found))

    def _placed(self, index: int, name: str | None, found_issue: Issue, found: str | None) -> Issue:
        column = None if name is None or self.is_filled_in else self._header(name)
        if found is None:
            found = shown(self._columns[name][index]) if name and name in self._columns else ""
        where = Where(self.form.name, index, name, self.file, self.sheet, self._numbers[index], column)
        return found_issue.at(where, found)

    def require(self, index: int, name: str) -> None:
        """Refuse a line whose cell is empty."""
        if self.is_empty(index, name):
            self.refuse(index, name, issue("required" if self.has(name) else "column-required"))

    def require_all(
        self, index: int, names: Sequence[str], unknown: str, columns: Mapping[str, Issue] | None = None
    ) -> None:
        """Refuse a line that is no known row and whose cells do not make a new one.

        Where columns are missing beside a code, the code may be mistyped as well: `unknown` says so. `columns` (and
        why a line is refused without them) must be there as well, but their cells may be empty: unknown.
        """
        missing = [name for name in (*names, *(columns or {})) if not self.has(name)]
        if missing and not self.is_empty(index, "code"):
            listed = listing(f"«{NO_BREAK}{self.form.field(name).header}{NO_BREAK}»" for name in missing)
            which = f"il manque {'les colonnes' if len(missing) > 1 else 'la colonne'} {listed}"
            self.refuse(index, "code", issue("unknown-code", unknown=unknown, missing=which))
            names, columns = [name for name in names if name not in missing], None
        for name in names:
            self.require(index, name)
        for name, why in (columns or {}).items():
            if not self.has(name):
                self.refuse(index, name, why)

    def is_good(self, index: int) -> bool:
        """Return whether a line has no issue and waits for nothing."""
        return index not in self._refused and index not in self._waiting

    def is_refused(self, index: int) -> bool:
        """Return whether a line has an issue."""
        return index in self._refused

    def is_waiting(self, index: int) -> bool:
        """Return whether a line waits for an answer."""
        return index in self._waiting

    def number(self, index: int) -> int:
        """Return the line of the file."""
        return self._numbers[index]

    def name(self, index: int, seen_from: Lines | None = None) -> str:
        """Return how a line is named: « ligne 4 », with its sheet and file when told from another one."""
        words = f"ligne {self._numbers[index]}"
        if seen_from is self or self.is_filled_in:
            return words
        if self.sheet:
            words += f" de la feuille {self.sheet}"
        if seen_from is None or seen_from.file != self.file:
            words += f" de {self.file}"
        return words

    def depended_on(self, index: int, seen_from: Lines | None = None) -> Issue:
        """Return why those that depend on this line, which is not good, are not taken either."""
        code = "depends-on-refused" if self.is_refused(index) else "depends-on-waiting"
        return issue(code, line=self.name(index, seen_from))

    @property
    def issues(self) -> list[Issue]:
        """Every issue of the refused lines, in their order."""
        return [one for _, found in sorted(self._refused.items()) for one in found]

    @property
    def held_back(self) -> list[Issue]:
        """Why the lines wait that have no issue, in their order."""
        return [waiting for index, waiting in sorted(self._waiting.items()) if index not in self._refused]

    @property
    def counts(self) -> Counts:
        """How many lines there are of each sort."""
        refused, held_back = len(self._refused), len(self._waiting.keys() - self._refused.keys())
        return Counts(len(self), len(self) - refused - held_back, refused, held_back)

    def _header(self, name: str) -> str:
        return self._headers.get(name) or self.form.field(name).header


def lines_of_sheet(matching: Matching, form: Form) -> Lines:
    """Return the lines under the header of a sheet that was recognised."""
    grid, first = matching.grid, matching.header + 1
    written = grid.rows[matching.header] if matching.header >= 0 else []
    rows = matching.rows[first:]
    texts = {name: written[column] for name, column in matching.columns.items() if written}
    return Lines(
        form,
        {name: [row[column] for row in rows] for name, column in matching.columns.items()},
        grid.lines[first:],
        file=grid.file,
        sheet=grid.sheet,
        headers={name: " ".join(text.split()) for name, text in texts.items() if isinstance(text, str)},
    )


def lines_filled_in(form: Form, rows: Sequence[Mapping[str, object]], *, meeting: str | None = None) -> Lines:
    """Return the lines of a form as they were filled in: name of a field → its value, in each.

    `meeting` is the code of the one that they are of, where they do not name it; None as long as it is not known.
    """
    names = rows[0] if rows else ()
    return Lines(form, {name: [row[name] for row in rows] for name in names}, range(1, len(rows) + 1), meeting=meeting)


def _read(cell: object, reader: Callable[[object], T | Issue]) -> T | Issue | None:
    if isinstance(cell, Issue):
        return cell
    return None if is_empty(cell) else reader(cell)
