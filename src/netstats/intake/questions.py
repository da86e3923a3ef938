"""What only a person can settle: a question, what it is about, the answers that can be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
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
    """An answer that can be given: its code, the French words that name it, whether it holds for the next file too."""

    code: str
    label: str
    lasts: bool = False


@dataclass(frozen=True)
class Question:
    """What only a person can settle, and the answers that can be given, the most likely first.

    `file`, `sheet`, `lines`: the first sheet that asks, and its lines that wait for the answer; those of other sheets
    wait as well. Both names are empty for a form that was filled in. `written`: the name that it is about. `recalled`:
    code of the option that an earlier import gave and this one takes; empty when it is asked.
    """

    topic: Topic
    sentence: str
    options: tuple[Option, ...]
    file: str = ""
    sheet: str = ""
    lines: tuple[int, ...] = ()
    written: str = ""
    recalled: str = ""

    @property
    def key(self) -> str:
        """Under which the answer is given."""
        return self.topic.key

    @property
    def place(self) -> str:
        """The first sheet that asks, and its file: « Réunions de bilan.xlsx »."""
        return " de ".join(filter(None, (self.sheet, self.file)))


def recalled_words(questions: Sequence[Question]) -> list[str]:
    """Return what was answered in earlier imports and is taken again: « Valencienne » = Valenciennes (59)."""
    return [
        f"«{NO_BREAK}{one.written}{NO_BREAK}» = {option.label}"
        for one in questions
        for option in one.options
        if option.code == one.recalled
    ]


Unsettled: TypeAlias = Issue | Question
"""What a value may be instead of itself: wrong (or that of a line which is not taken), or to be asked."""


def _plain(text: str) -> str:
    """Return a key or code as it is typed: with one plain space wherever it has some, no-break ones too."""
    return " ".join(text.split())


class Answers:
    """The answers that were given, now or in earlier imports (`kept`), and the questions that are still to be put.

    `to_keep` are those given now that hold for the next import, or put an end to one that did, by the key of their
    question: a word that was refused may be a name.
    """

    def __init__(self, given: Mapping[str, str], kept: Mapping[str, str] = MappingProxyType({})) -> None:
        self._given = {_plain(key): _plain(code) for key, code in given.items()}
        self._kept = kept
        self._used: set[str] = set()
        self._asked: dict[str, Question] = {}
        self._lines: dict[str, dict[int, None]] = {}
        self._recalled: dict[str, Question] = {}
        self.to_keep: dict[str, str] = {}

    def to(self, question: Question) -> str | Question:
        """Return the answer to a question when one of its options was given, else the question.

        Of earlier imports, only an answer that lasts is taken; one given since that does not puts an end to it.
        """
        key, lasts = question.key, {option.code: option.lasts for option in question.options}
        given = self._given.get(_plain(key))
        answer = next((code for code in lasts if _plain(code) == given), "") if given else ""
        if answer:
            self._used.add(_plain(key))
            if lasts[answer] or key in self._kept:
                self.to_keep[key] = answer
            return answer
        answer = self._kept.get(key, "")
        if not lasts.get(answer):
            return question
        self._recalled[key] = replace(question, recalled=answer)
        return answer

    def meant(
        self,
        wrong: Issue,
        text: str,
        what: str,
        network: str = "",
        *,
        codes: Mapping[str, str] = MappingProxyType({}),
        lasts: bool = False,
    ) -> str | Unsettled:
        """Return which of the values that resemble one was chosen; else the question, or what is wrong if none is.

        `what` says what is named: the same text is another question of another list. `codes`: value → what is returned
        instead. `lasts`: whether a value chosen holds for the next import; what was added to a list is there by then.
        """
        if not (wrong.suggestions or wrong.additions):
            return wrong
        question = Question(
            Topic("valeur", network, normalize(f"{what} {text}")),
            f"«{NO_BREAK}{text}{NO_BREAK}» {wrong.words}. Que faut-il lire{NO_BREAK}?",
            (
                *(Option(codes.get(value, value), value, lasts) for value in wrong.suggestions),
                *(Option(value, value) for value in wrong.additions),
                Option(NONE, f"Rien de cela{NO_BREAK}: la ligne sera refusée"),
            ),
            written=text,
        )
        answer = self.to(question)
        return wrong if answer == NONE else answer

    def ask(self, question: Question, file: str, sheet: str, line: int) -> None:
        """Put a question that a line raises."""
        before = self._asked.get(question.key)
        if before is None:
            self._asked[question.key] = replace(question, file=file, sheet=sheet)
            self._lines[question.key] = {line: None}
        elif (before.file, before.sheet) == (file, sheet):
            self._lines[question.key][line] = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions without an answer, in the order in which they came up."""
        return tuple(replace(one, lines=tuple(self._lines[key])) for key, one in self._asked.items())

    @property
    def recalled(self) -> tuple[Question, ...]:
        """The questions that an earlier import has answered for this one."""
        return tuple(self._recalled.values())

    @property
    def unused(self) -> tuple[str, ...]:
        """The keys of the answers that settled nothing: no question has this key, or not this option."""
        return tuple(key for key in self._given if key not in self._used)
