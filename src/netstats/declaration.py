"""What a table, its columns and its form are, as `netstats.model` declares them: plain data, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Literal

Kind = Literal[
    "",  # no cell of a form writes it
    "text",
    "code",  # stable identifier of our own: lower-case words joined by hyphens
    "url",
    "date",  # 06/05/2020, 2020-05-06, mai 2020, 2020: as precise as it is written
    "number",
    "headcount",  # 9, environ 50, plus de 150
    "yes_no",
    "choice",  # one of `choices`, or of what is already in the database (`Column.grows`)
    "meeting",  # code of a meeting, of the file or of the database
    "network",
    "theme",
    "themes",  # several, separated by semicolons
    "type",
    "audience",
    "family",
    "territory",
    "territories",  # several, separated by semicolons
    "territory_code",  # INSEE, SIREN or own code: settles a homonym
    "communes",  # several
    "regions",  # several
]


@dataclass(frozen=True)
class Column:
    """A column of a table, of the form that people fill in, or of both."""

    name: str
    """Its name in the database."""
    sql: str = ""
    """Its type, with NOT NULL when it always holds something; empty when the form alone has it (what it says goes into
    other columns or tables)."""
    kind: Kind = ""
    """What a cell of the form holds; empty when no cell writes it."""
    header: str = ""
    """What people call it: the header of the form, the word of the journal."""
    help: str = ""
    example: str = ""
    """One French sentence: what to write; a cell as one would write it."""
    field: str = ""
    """What the form calls it, when not by `name` (without _code where it refers to a table): see `called`."""
    required: bool = False
    """Whether a new row must have it."""
    empty: str | int | None = None
    """What an empty cell of a new row stores; None for nothing."""
    choices: Mapping[str, str] = made_by(default_factory=dict)
    """Values of a closed list: as stored → as people read and write it."""
    cells: Mapping[str, str] = made_by(default_factory=dict)
    """Other words that people write in its cells → as stored."""
    grows: bool = False
    """Whether values that the database already holds are allowed beside `choices`."""
    unique: bool = False
    """Whether no two rows share a value."""
    maximum: int | None = None
    """Longest text in characters, or largest number."""
    synonyms: tuple[str, ...] = ()
    """Other headers under which it is recognised, whatever their accents and case."""
    placeholder: str = ""
    """What the page « Saisir » shows in an empty field."""
    precision: str = ""
    """Column that says how much of a date is known; empty for a whole day."""
    held_in: str = ""
    """The table that holds, one row a pair, what a cell lists: its key is our own and the code of a member."""
    refers_to: str = ""
    """The table whose key it holds; `only` narrows a territory to one kind."""
    only: str = ""
    written: bool = True
    """Whether people write it; what follows from other rows, or says which batch wrote them, is not."""
    noted: bool = True
    """Whether the journal notes what it holds, as of all that is written: or it goes for good with its row."""

    @property
    def called(self) -> str:
        """What the form calls it: « network » for network_code."""
        return self.field or (self.name.removesuffix("_code") if self.refers_to else self.name)


@dataclass(frozen=True)
class Form:
    """The sheet that people fill in for a table."""

    name: str
    """Name of its .csv file."""
    title: str
    """Name of the sheet in a workbook."""
    about: str
    """One French sentence: what a row is."""
    in_template: bool = False
    """Whether the template has it: the others hold what rarely changes (networks, themes, bodies)."""
    synonyms: tuple[str, ...] = ()
    """Other names of the sheet or file under which it is recognised."""


@dataclass(frozen=True)
class Table:
    """A table of the database."""

    name: str
    """Its name."""
    columns: tuple[Column, ...]
    """Its columns in order, those that only its form has among them."""
    key: tuple[str, ...] = ("code",)
    """The columns that name a row; none for rows that are only counted."""
    indexed: bool = True
    """Whether the engine, where it can, holds the key as well."""
    nouns: tuple[str, str] = ("", "")
    """What one of its rows is called, and several; empty for a table that nobody writes."""
    dangling: str = ""
    """What is said of a row that refers to none of its rows: « réseau inconnu »."""
    ours: str = ""
    """The rows that people write, as a condition of SQL; empty for all of them. The official geography comes from its
    own files, and nobody changes it here."""
    verified: str = ""
    """The rows whose keys and references must hold, as a condition of SQL; empty for all of them."""
    form: Form | None = None
    """How people write its rows; None when it goes with another table or nobody writes it."""

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that the database has."""
        return tuple(column for column in self.columns if column.sql)

    @property
    def written(self) -> tuple[str, ...]:
        """Names of the columns that people write."""
        return tuple(column.name for column in self.stored if column.written)

    @property
    def noted(self) -> tuple[str, ...]:
        """Names of the columns that people write and the journal notes."""
        return tuple(column.name for column in self.stored if column.written and column.noted)

    @property
    def in_batch(self) -> bool:
        """Whether its rows say which batch wrote them last."""
        return any(column.name == "batch_id" and column.refers_to for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column of that name in the database."""
        return next(column for column in self.stored if column.name == name)
