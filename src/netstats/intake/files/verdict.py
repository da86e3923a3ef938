"""What validation answers: the rows to write, what is refused, what is asked, and what waits for the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from netstats.store import Edit
from netstats.wording import NO_BREAK, listing

_VERB = re.compile(r"(?:est|a|se|ne|porte|peut|dépend|attend|va)\b|n’")


@dataclass(frozen=True)
class Refusal:
    """Why a line is not taken, or not yet; `str(refusal)` is the French sentence that says it.

    Attributes
    ----------
    file, sheet
        Name of the file, and of its sheet (empty for a text file).
    line
        Line of the file, the first being 1.
    column
        Header of the column as the file writes it; None when the whole line is concerned.
    found
        What the cell holds, as text; empty when it is empty.
    reason
        What is wrong and what is expected: it continues the sentence after the value.
    suggestions
        Valid values that may be meant, the nearest first.
    """

    file: str
    sheet: str
    line: int
    column: str | None
    found: str
    reason: str
    suggestions: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = [f"Feuille {self.sheet}" if self.sheet else self.file, f"ligne {self.line}"]
        if self.column is not None:
            where.append(f"colonne {self.column}")
        return f"{', '.join(where)}{NO_BREAK}: {self.what}"

    @property
    def what(self) -> str:
        """What is wrong, without the place: the value, the reason, what may be meant."""
        return f"{self.fault} {self.meant}".rstrip()

    @property
    def fault(self) -> str:
        """What is wrong: the value and the reason."""
        value = f"«{NO_BREAK}{self.found}{NO_BREAK}» " if self.found else ""
        if not value and self.column is not None and _VERB.match(self.reason):
            value = "la cellule "  # of which nothing can be shown
        return f"{value}{self.reason}."

    @property
    def meant(self) -> str:
        """What may be meant, as a question; empty without a suggestion."""
        return f"Peut-être {listing(self.suggestions, 'ou')}{NO_BREAK}?" if self.suggestions else ""


NONE = "aucun"
"""The answer that none of the territories proposed is meant: the line is refused, and says how to name it."""


@dataclass(frozen=True)
class Option:
    """An answer that can be given: its code, and the French words that name it."""

    code: str
    label: str


@dataclass(frozen=True)
class Question:
    """What only a person can settle.

    Attributes
    ----------
    key
        Names the question: the answer is given under it, and the same file read again asks under the same key.
    sentence
        The question, in French.
    file, sheet, lines
        The first sheet that asks, and its lines that wait for the answer; those of other sheets wait as well.
    options
        The answers, the most likely first.
    """

    key: str
    sentence: str
    file: str
    sheet: str
    lines: tuple[int, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Counts:
    """Lines of a sheet: read, and what became of each (good + refused + held_back = read)."""

    read: int
    good: int
    refused: int
    held_back: int


@dataclass(frozen=True, eq=False)
class Verdict:
    """What can be written of some files, and what cannot.

    Attributes
    ----------
    edit
        The whole rows that the good lines give, those that change nothing included.
    refusals
        Every fault of every refused line, in the order of the sheets as they were given, then of the lines.
    questions
        Those without an answer. Their lines are neither written nor refused.
    held_back
        For each line that waits for an answer, why.
    lines
        (file, sheet) → counts.
    unused_answers
        Keys of the answers that settled nothing: no question has that key, or none of its options that code.
    """

    edit: Edit
    refusals: tuple[Refusal, ...]
    questions: tuple[Question, ...]
    held_back: tuple[Refusal, ...]
    lines: Mapping[tuple[str, str], Counts]
    unused_answers: tuple[str, ...] = ()
