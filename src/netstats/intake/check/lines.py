"""The lines of a sheet or of a form while they are checked: what their fields say, and the issues found so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from netstats.intake.check.unknown import without_unknown
from netstats.intake.entry import written
from netstats.intake.forms import Form
from netstats.intake.issues import Issue, Where, issue
from netstats.intake.questions import About, Answers, Question, Topic
from netstats.intake.read.matching import Matching
from netstats.intake.snapshot import Row
from netstats.intake.values import is_empty, shown
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, listing


@dataclass(frozen=True)
class Counts:
    """Lines of a sheet: read, and what became of each (good + refused + held_back + left_out = read)."""

    read: int
    good: int
    refused: int
    held_back: int
    left_out: int = 0  # as a person answered: no records
    new: int = 0  # of the good ones
    changed: int = 0

    @property
    def unchanged(self) -> int:
        """The good lines that the database holds already, just the same."""
        return self.good - self.new - self.changed


@dataclass(slots=True, eq=False)
class Line:
    """A line on its way to a row.

    `cells`: field → what it says, None when it is empty or refused, of the fields that were read. `code`: of its row,
    empty until it is known; `before`: the row of that code in the database; `row`: what is to be written. `waits`: why
    it waits for an answer. `adds_to`: the first line of the same meeting, to which this one adds territories or themes.
    """

    sheet: Lines
    index: int
    cells: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    before: Row | None = None
    row: Row = field(init=False)
    issues: tuple[Issue, ...] = ()
    waits: Issue | None = None
    is_double: bool = False
    adds_to: Line | None = None
    is_new: bool = False
    is_changed: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it has no issue and waits for nothing."""
        return not self.issues and self.waits is None

    @property
    def number(self) -> int:
        """Its number in the file."""
        return self.sheet.numbers[self.index]

    def is_empty(self, name: str) -> bool:
        """Return whether a cell holds nothing; also where there is no such column."""
        return is_empty(self.sheet.cell(self, name))

    def is_refused(self, name: str) -> bool:
        """Return whether what the cell of a field holds is not taken."""
        return self.cells[name] is None and not self.is_empty(name)

    def refuse(self, name: str | None, wrong: Issue, found: str | None = None) -> None:
        """Add an issue; what was found is the cell of the field unless it is given."""
        self.issues += (self._placed(name, wrong, found),)

    def hold(self, name: str | None, why: Issue, found: str | None = None) -> None:
        """Let the line wait for an answer."""
        self.waits = self.waits or self._placed(name, why, found)

    def ask(self, name: str | None, question: Question, answers: Answers, found: str | None = None) -> None:
        """Put a question, and let the line wait for its answer."""
        self.hold(name, issue("waiting"), found)
        answers.ask(question, self.sheet.file, self.sheet.sheet, self.number)

    def compare(self, row: Mapping[str, object], before: Mapping[str, object] | None, *, adds: bool = False) -> None:
        """Note whether a good line is new, or changes the row that the database has or what belongs to it."""
        self.is_new = before is None
        self.is_changed = before is not None and (adds or row != before)

    def _placed(self, name: str | None, one: Issue, found: str | None) -> Issue:
        sheet = self.sheet
        if found is None:
            found = sheet.quoted(self, name) if name else ""
        column = sheet.header(name) if name and sheet.file else None
        return one.at(Where(sheet.form.name, self.index, name, sheet.file, sheet.sheet, self.number, column), found)

    def require(self, name: str) -> None:
        """Refuse the line when a cell is empty, or lists nothing."""
        if word := self.sheet.unknown.get(name, {}).get(self.index):
            self.refuse(name, issue("must-be-known"), word)
        elif self.is_empty(name) or self.cells.get(name) == ():
            self.refuse(name, issue("required" if self.sheet.has(name) else "column-required"))

    def require_all(self, names: Sequence[str], unknown: str, columns: Mapping[str, str] | None = None) -> None:
        """Refuse a line that is no known row and whose cells do not make a new one.

        Beside a code, columns that are missing may mean that it is mistyped: `unknown` says so. `columns` (and the code
        of what is wrong without them) must be there as well, but their cells may be empty.
        """
        missing = [name for name in (*names, *(columns or {})) if not self.sheet.has(name)]
        if missing and self.cells.get("code") is None and not self.is_empty("code"):
            return  # it cannot be read, which says enough
        if missing and not self.is_empty("code"):
            listed = listing(f"«{NO_BREAK}{self.sheet.form.field(name).header}{NO_BREAK}»" for name in missing)
            which = f"il manque {'les colonnes' if len(missing) > 1 else 'la colonne'} {listed}"
            self.refuse("code", issue("unknown-code", unknown=unknown, missing=which))
            names, columns = [name for name in names if name not in missing], None
        for name in names:
            self.require(name)
        for name, why in (columns or {}).items():
            if not self.sheet.has(name):
                self.refuse(name, issue(why))

    def name(self, seen_from: Lines | None = None) -> str:
        """Return how it is named: « ligne 4 », with its sheet and file when told from another one."""
        words, sheet = f"ligne {self.number}", self.sheet
        if seen_from is sheet or not sheet.file:
            return words
        if sheet.sheet:
            words += f" de la feuille {sheet.sheet}"
        if seen_from is None or seen_from.file != sheet.file:
            words += f" de {sheet.file}"
        return words

    def depended_on(self) -> Issue:
        """Return why those that depend on this line, which is not good, are not taken either."""
        return issue("depends-on-refused" if self.issues else "depends-on-waiting", line=self.name())


class Lines:
    """The lines under the header of a sheet, or those of a form that were filled in: these have no file.

    `columns`: field → its cells, as they are written. `meeting`: code of that of lines which were filled in. `dates`:
    cell → its date, read in the order that a person told. `unknown`: field → rank → what an emptied cell said.
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
        unknown: Mapping[str, Mapping[int, str]] | None = None,
    ) -> None:
        self.form, self.numbers, self.file, self.sheet, self.meeting = form, numbers, file, sheet, meeting
        self._columns = columns
        self._headers, self.unknown = headers or {}, unknown or {}
        self._lines = [Line(self, index) for index in range(len(numbers))]
        self._in_doubt: list[Line] = []
        self._left_out = 0
        self.dates: dict[object, str] = {}

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines)

    def clear(self) -> None:
        """Let the lines go: they and their sheet refer to each other, and 100,000 would stay in memory for a while."""
        self._lines.clear()
        self._in_doubt.clear()

    def set_aside(self, ranks: Collection[int], answers: Answers, question: Question | None = None) -> None:
        """Look no further at some lines: they wait for the answer to a question; without one, they are left out."""
        chosen = set(ranks)
        aside = [line for line in self._lines if line.index in chosen]
        self._lines = [line for line in self._lines if line.index not in chosen]
        if question is None:
            self._left_out += len(aside)
            return
        self._in_doubt += aside
        for line in aside:
            line.ask(None, question, answers)

    def has(self, name: str) -> bool:
        """Return whether there is a column for this field."""
        return name in self._columns

    def there(self, *names: str) -> str:
        """Return the first of these fields that there is a column for, the first one when there is none."""
        return next(filter(self.has, names), names[0])

    def cell(self, line: Line, name: str) -> object:
        """Return what a line has in the column of a field; None where there is no such column."""
        return self._columns[name][line.index] if name in self._columns else None

    def quoted(self, line: Line, name: str) -> str:
        """Return what a line has in the column of a field as it is quoted to a person."""
        cell = self.cell(line, name)
        return shown(cell if self.file else written(self.form.field(name), cell))

    def header(self, name: str) -> str:
        """Return the header of the column of a field, as the file writes it."""
        return self._headers.get(name) or self.form.field(name).header

    def topic(self, about: About, *what: str) -> Topic:
        """Return what a question is about that this sheet alone raises: the answer is not that of another one."""
        return Topic(about, "", normalize(" ".join((self.file, self.sheet, *what))))

    def column(self, name: str) -> Sequence[object]:
        """Return the cells of a field as they are written; none where there is no such column."""
        return self._columns.get(name, ())

    def read(self, name: str, reader: Callable[[object], object] | None, answers: Answers) -> None:
        """Read a field of all lines into their `cells`, each distinct cell once; without a reader, as it is written.

        A cell that is read as a question makes its line wait.
        """
        values: dict[tuple[type, object], object] = {}
        column = self.column(name)
        for line in self._lines:
            cell = column[line.index] if column else None
            key = (type(cell), cell)  # 1, 1.0 and True are equal, and not the same cell
            if key not in values:
                values[key] = _read(cell, reader)
            value = values[key]
            if isinstance(value, Issue):
                # What all the cells of a line bear is said once.
                if not (value.of_line and any(one.of_line for one in line.issues)):
                    line.refuse(name, value, value.found if isinstance(cell, Issue) else None)
                value = None
            elif isinstance(value, Question):
                line.ask(name, value, answers)
                value = None
            line.cells[name] = value

    @property
    def issues(self) -> list[Issue]:
        """Every issue of the refused lines, in their order."""
        return [one for line in self for one in line.issues]

    @property
    def held_back(self) -> list[Issue]:
        """Why the lines wait that have no issue, in their order."""
        lines = sorted((*self._in_doubt, *self), key=lambda line: line.index) if self._in_doubt else self
        return [line.waits for line in lines if line.waits is not None and not line.issues]

    @property
    def counts(self) -> Counts:
        """How many lines there are of each sort."""
        read = len(self._lines) + len(self._in_doubt) + self._left_out
        refused, held_back = sum(bool(line.issues) for line in self), len(self.held_back)
        new, changed = (sum(map(attrgetter(name), self)) for name in ("is_new", "is_changed"))
        good = read - refused - held_back - self._left_out
        return Counts(read, good, refused, held_back, self._left_out, new, changed)


def _read(cell: object, reader: Callable[[object], object] | None) -> object:
    if isinstance(cell, Issue):
        return cell
    if is_empty(cell):
        return None
    return reader(cell) if reader else cell


def lines_of_sheet(matching: Matching, form: Form) -> Lines:
    """Return the lines under the header of a sheet that was recognised."""
    grid, first = matching.grid, matching.header + 1
    written = grid.rows[matching.header] if matching.header >= 0 else []
    rows = matching.rows[first:]
    texts = {name: written[column] for name, column in matching.columns.items() if written}
    columns = {name: [row[column] for row in rows] for name, column in matching.columns.items()}
    return Lines(
        form,
        columns,
        grid.lines[first:],
        file=grid.file,
        sheet=grid.sheet,
        headers={name: " ".join(text.split()) for name, text in texts.items() if isinstance(text, str)},
        unknown=without_unknown(form, columns),
    )


def lines_filled_in(form: Form, rows: Sequence[Mapping[str, object]], *, meeting: str | None = None) -> Lines:
    """Return the lines of a form as they were filled in: name of a field → its value, in each.

    `meeting` is the code of the one that they are of, where they do not name it; None as long as it is not known.
    """
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    return Lines(form, columns, range(1, len(rows) + 1), meeting=meeting)
