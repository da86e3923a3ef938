"""The lines of a sheet while they are judged: their cells by field, and the faults found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from netstats.intake.files.forms import Form
from netstats.intake.files.matching import Matching
from netstats.intake.files.reading import Fault
from netstats.intake.files.values import Wrong, is_empty, shown
from netstats.intake.files.verdict import Counts, Refusal
from netstats.wording import NO_BREAK, listing

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """A question that a cell raises: its key, its sentence, its options (code, label)."""

    key: str
    sentence: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Awaited:
    """A line of the file that a cell refers to and that is not taken: which one, and whether it only waits."""

    line: str
    held_back: bool

    @property
    def reason(self) -> str:
        """Why the referring line is not taken either."""
        return f"dépend de la {self.line}, qui {'attend une réponse' if self.held_back else 'est refusée'}"


Unsettled = Wrong | Asked | Awaited


class Lines:
    """The lines under the header of a sheet that was recognised.

    Lines are named by their index here, 0 being the first under the header.
    """

    def __init__(self, matching: Matching, form: Form) -> None:
        self.form = form
        self.file, self.sheet = matching.grid.file, matching.grid.sheet
        self._columns = dict(matching.columns)
        self._headers = matching.grid.rows[matching.header] if matching.header >= 0 else []
        self._rows = matching.rows[matching.header + 1 :]
        self._numbers = matching.grid.lines[matching.header + 1 :]
        self._refusals: dict[int, list[Refusal]] = {}
        self._waiting: dict[int, Refusal] = {}
        self._faulty: set[int] = set()  # lines whose fault, which all their cells bear, was said

    def __len__(self) -> int:
        return len(self._rows)

    def has(self, name: str) -> bool:
        """Return whether the sheet has a column for this field."""
        return name in self._columns

    def there(self, *names: str) -> str:
        """Return the first of these fields that the sheet has a column for, the first one when it has none."""
        return next((name for name in names if name in self._columns), names[0])

    def cells(self, name: str) -> Sequence[object]:
        """Return the cells of a field as they are written, None where the sheet has no such column."""
        column = self._columns.get(name)
        return [None] * len(self) if column is None else [row[column] for row in self._rows]

    def read(self, name: str, reader: Callable[[object], T | Wrong]) -> list[T | None]:
        """Return the values of a field, each distinct cell read once; None where it is empty or refused."""
        cells = self.cells(name)
        keys = list(zip(map(type, cells), cells, strict=True))  # 1, 1.0 and True are equal, and not the same cell
        values: dict[tuple[type, object], T | Wrong | None] = {key: _read(key[1], reader) for key in set(keys)}
        wrong = {key: value for key, value in values.items() if isinstance(value, Wrong)}
        if wrong:
            for index, key in enumerate(keys):
                if key in wrong:
                    cell = key[1]
                    if isinstance(cell, Fault) and cell.of_line:
                        if index in self._faulty:
                            continue
                        self._faulty.add(index)
                    found = cell.found if isinstance(cell, Fault) else shown(cell)
                    self.refuse(index, name, wrong[key], found)
            values.update(dict.fromkeys(wrong))
        return [values[key] for key in keys]  # type: ignore[misc]

    def is_empty(self, index: int, name: str) -> bool:
        """Return whether a cell holds nothing; also where the sheet has no such column."""
        column = self._columns.get(name)
        return column is None or is_empty(self._rows[index][column])

    def refuse(self, index: int, name: str | None, wrong: Wrong, found: str | None = None) -> None:
        """Add a fault to a line; what was found is the cell of the field unless it is given."""
        column = None if name is None else self._header(name)
        if found is None:
            found = "" if name is None or name not in self._columns else shown(self._rows[index][self._columns[name]])
        refusal = Refusal(self.file, self.sheet, self._numbers[index], column, found, wrong.reason, wrong.suggestions)
        self._refusals.setdefault(index, []).append(refusal)

    def require(self, index: int, name: str) -> None:
        """Refuse a line whose cell is empty."""
        if self.is_empty(index, name):
            reason = "valeur obligatoire, " + ("la cellule est vide" if self.has(name) else "la colonne manque")
            self.refuse(index, name, Wrong(reason))

    def require_all(
        self, index: int, names: Sequence[str], unknown: str, columns: Mapping[str, str] | None = None
    ) -> None:
        """Refuse a line that is no known row and whose cells do not make a new one.

        Where columns are missing beside a code, the code may be mistyped as well: `unknown` says so. `columns` (and
        why a line is refused without them) must be there as well, but their cells may be empty: unknown.
        """
        missing = [name for name in (*names, *(columns or {})) if not self.has(name)]
        if missing and not self.is_empty(index, "code"):
            listed = listing(f"«{NO_BREAK}{self.form.field(name).header}{NO_BREAK}»" for name in missing)
            which = f"il manque {'les colonnes' if len(missing) > 1 else 'la colonne'} {listed}"
            self.refuse(index, "code", Wrong(f"{unknown} ; pour une nouvelle ligne {which}"))
            names, columns = [name for name in names if name not in missing], None
        for name in names:
            self.require(index, name)
        for name, reason in (columns or {}).items():
            if not self.has(name):
                self.refuse(index, name, Wrong(reason))

    def hold(self, index: int, name: str | None, reason: str, found: str | None = None) -> None:
        """Let a line wait for an answer."""
        column = None if name is None else self._header(name)
        if found is None:
            found = "" if name is None or name not in self._columns else shown(self._rows[index][self._columns[name]])
        refusal = Refusal(self.file, self.sheet, self._numbers[index], column, found, reason)
        self._waiting.setdefault(index, refusal)

    def is_good(self, index: int) -> bool:
        """Return whether a line has no fault and waits for nothing."""
        return index not in self._refusals and index not in self._waiting

    def is_refused(self, index: int) -> bool:
        """Return whether a line has a fault."""
        return index in self._refusals

    def is_waiting(self, index: int) -> bool:
        """Return whether a line waits for an answer."""
        return index in self._waiting

    def number(self, index: int) -> int:
        """Return the line of the file."""
        return self._numbers[index]

    def name(self, index: int, seen_from: Lines | None = None) -> str:
        """Return how a line is named: « ligne 4 », with its sheet and file when told from another one."""
        words = f"ligne {self._numbers[index]}"
        if seen_from is self:
            return words
        if self.sheet:
            words += f" de la feuille {self.sheet}"
        if seen_from is None or seen_from.file != self.file:
            words += f" de {self.file}"
        return words

    def awaited(self, index: int, seen_from: Lines | None = None) -> Awaited:
        """Return this line, which is not good, as others depend on it."""
        return Awaited(self.name(index, seen_from), held_back=not self.is_refused(index))

    @property
    def refusals(self) -> list[Refusal]:
        """Every fault, in the order of the lines."""
        return [refusal for _, found in sorted(self._refusals.items()) for refusal in found]

    @property
    def held_back(self) -> list[Refusal]:
        """The lines that wait and have no fault, in their order."""
        return [waiting for index, waiting in sorted(self._waiting.items()) if index not in self._refusals]

    @property
    def counts(self) -> Counts:
        """How many lines there are of each sort."""
        refused, held_back = len(self._refusals), len(self._waiting.keys() - self._refusals.keys())
        return Counts(len(self), len(self) - refused - held_back, refused, held_back)

    def _header(self, name: str) -> str:
        column = self._columns.get(name)
        written = self._headers[column] if column is not None and self._headers else None
        return " ".join(written.split()) if isinstance(written, str) else self.form.field(name).header


def _read(cell: object, reader: Callable[[object], T | Wrong]) -> T | Wrong | None:
    if isinstance(cell, Fault):
        return Wrong(cell.reason)
    return None if is_empty(cell) else reader(cell)
