"""What only a person can settle: a question, what it is about, the answers that can be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from netstats.intake.issues import Issue
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK

NONE = "aucun"
"""The answer that none of the territories proposed is meant: the line is refused, and says how to name it."""

NEW = "nouvelle"
"""The answer that a line is a meeting of its own."""

About = Literal["territoire", "commune", "réunion", "même réunion", "ordre des dates", "lignes", "valeur"]
"""What a question asks: which territory or commune a name means, which meeting a date, whether a meeting is a known
one, whether the dates of some columns are month first, which lines count, what a value stands for that is none."""


@dataclass(frozen=True)
class Topic:
    """What a question is about; the same file read again asks about the same topics.

    `network`: in which it is asked, empty for all of France. `subject`: the name of a territory, the title of a meeting
    or the file, sheet and headers of columns, as they are normalized; empty when it is asked of a date. `date`: as
    precise as it is known; empty when it is not asked of one. `among`: codes of the meetings that may be meant: with
    one more, it is another question.
    """

    about: About
    network: str
    subject: str = ""
    date: str = ""
    among: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name: answers are given under it, on a page as on the command line. Nothing reads it."""
        parts = (self.about, self.network, self.date, self.subject, *self.among)
        return "|".join(part for part in parts if part or part is self.network)


@dataclass(frozen=True)
class Option:
    """An answer that can be given: its code, and the French words that name it."""

    code: str
    label: str


@dataclass(frozen=True)
class Question:
    """What only a person can settle, and the answers that can be given, the most likely first.

    `file`, `sheet`, `lines`: the first sheet that asks, and its lines that wait for the answer; those of other sheets
    wait as well. Both names are empty for a form that was filled in.
    """

    topic: Topic
    sentence: str
    options: tuple[Option, ...]
    file: str = ""
    sheet: str = ""
    lines: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Under which the answer is given."""
        return self.topic.key

    @property
    def place(self) -> str:
        """The first sheet that asks, and its file: « Réunions de bilan.xlsx »."""
        return " de ".join(filter(None, (self.sheet, self.file)))


Unsettled: TypeAlias = Issue | Question
"""What a value may be instead of itself: wrong (or that of a line which is not taken), or to be asked."""


class Answers:
    """The answers that were given, and the questions that are still to be put."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._used: set[str] = set()
        self._asked: dict[str, Question] = {}

    def to(self, question: Question) -> str | Question:
        """Return the answer to a question when one of its options was given, else the question."""
        answer = self._given.get(question.key)
        if answer not in {option.code for option in question.options}:
            return question
        self._used.add(question.key)
        return answer

    def meant(self, wrong: Issue, text: str, column: str, network: str = "") -> str | Unsettled:
        """Return which of the values that resemble one was chosen; else the question, or what is wrong if none is."""
        question = Question(
            Topic("valeur", network, normalize(f"{column} {text}")),
            f"«{NO_BREAK}{text}{NO_BREAK}» {wrong.words}. Que faut-il lire{NO_BREAK}?",
            (
                *(Option(value, value) for value in (*wrong.suggestions, *wrong.additions)),
                Option(NONE, f"Rien de cela{NO_BREAK}: la ligne sera refusée"),
            ),
        )
        answer = self.to(question)
        return wrong if answer == NONE else answer

    def ask(self, question: Question, file: str, sheet: str, line: int) -> None:
        """Put a question that a line raises."""
        before = self._asked.get(question.key)
        if before is None:
            self._asked[question.key] = replace(question, file=file, sheet=sheet, lines=(line,))
        elif (before.file, before.sheet) == (file, sheet) and before.lines[-1] != line:
            self._asked[question.key] = replace(before, lines=(*before.lines, line))

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions without an answer, in the order in which they came up."""
        return tuple(self._asked.values())

    @property
    def unused(self) -> tuple[str, ...]:
        """The keys of the answers that settled nothing: no question has this key, or not this option."""
        return tuple(key for key in self._given if key not in self._used)
