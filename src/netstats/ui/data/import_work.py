"""An import in progress: what was read, how it is understood and answered, what it would change. Kept in the session.

The bytes that were sent are read at once and not kept; nothing of a file is written to disk before « Enregistrer ».
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Protocol

import streamlit as st

from netstats import wording
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.files.forms import BY_NAME
from netstats.intake.files.grids import MOST_CELLS, quoted
from netstats.intake.files.matching import Matching, match, rematch
from netstats.intake.files.mending import Mendable, refused_file
from netstats.intake.files.reading import Grid, read_file
from netstats.intake.files.validation import Question, Verdict, validate
from netstats.store import Batch, OutdatedError, Version
from netstats.ui.base import data
from netstats.ui.data import snapshot

Tell = Callable[[float, str], None]
"""Called with the part that is done (0 to 1) and what is being done."""

MOST_FILES = 20

_WORK = "import_en_cours"
_LONGEST_LABEL = 3  # files that the journal names; the others are counted


class Sent(Protocol):
    """A file that was sent, as Streamlit hands it over."""

    name: str
    file_id: str

    def getvalue(self) -> bytes:
        """Return its bytes."""


@dataclass(eq=False)
class Sheet:
    """A sheet of a file, and each way in which it was understood so far."""

    grid: Grid
    automatic: Matching
    as_forms: dict[str, Matching] = field(default_factory=dict)
    forbidden: dict[str, Mapping[str, str]] = field(default_factory=dict)
    corrected: Matching | None = None

    def as_form(self, name: str) -> Matching:
        """Return how it is best understood as that form; as nothing when the name is empty."""
        if name == (self.automatic.form.name if self.automatic.form else ""):
            return self.automatic
        if name not in self.as_forms:
            found = match(self.grid, BY_NAME[name]) if name else rematch(self.automatic, None, {})
            self.as_forms[name] = found
        return self.as_forms[name]

    def persons(self, matching: Matching) -> Mapping[str, str]:
        """Return the headers that are never read whatever the correction, with the reason."""
        name = matching.form.name if matching.form else ""
        if name not in self.forbidden:
            self.forbidden[name] = rematch(matching, matching.form, {}).refused
        return self.forbidden[name]

    def with_columns(self, matching: Matching, columns: Mapping[str, int]) -> Matching:
        """Return a matching with the columns that a person has chosen."""
        if dict(columns) == dict(matching.columns):
            return matching
        known = self.corrected
        if known is None or known.form is not matching.form or dict(known.columns) != dict(columns):
            known = self.corrected = rematch(matching, matching.form, columns)
        return known


@dataclass(frozen=True, eq=False)
class File:
    """A file that was sent: its sheets, or why it cannot be read."""

    name: str
    sheets: tuple[Sheet, ...] = ()
    error: NetstatsError | None = None

    @property
    def cells(self) -> int:
        """Number of cells that it keeps in memory."""
        return sum(len(sheet.grid.rows) * len(sheet.grid.rows[0]) for sheet in self.sheets)


@dataclass(frozen=True, eq=False)
class Judged:
    """What the sheets would change, as understood and answered at one moment.

    Attributes
    ----------
    matchings, answers, empty_clears, version, today
        What it was made of: while these are the same it stays good.
    verdict, difference
        What was found; the difference is None when the rows cannot be put beside those of the database.
    error
        Why there is none.
    """

    matchings: tuple[Matching, ...]
    answers: Mapping[str, str]
    empty_clears: bool
    version: Version
    today: date
    verdict: Verdict
    difference: journal.Difference | None
    error: NetstatsError | None = None

    def is_of(self, matchings: Sequence[Matching], work: Work, version: Version) -> bool:
        """Return whether it was made of just this."""
        return (
            len(matchings) == len(self.matchings)
            and all(new is old for new, old in zip(matchings, self.matchings, strict=True))
            and (self.answers, self.empty_clears, self.version, self.today)
            == (work.answers, work.empty_clears, version, date.today())
        )


@dataclass(eq=False)
class Work:
    """One import of a session.

    Attributes
    ----------
    number
        Names its widgets: the next import begins with new ones.
    files
        Identifier of a file that was sent → what was read of it.
    asked
        Key → question, all that came up; an answer can be taken back.
    answers
        Key of a question → code of the option that was chosen.
    empty_clears
        Whether empty cells make values unknown.
    judged
        What it would change.
    mendable
        The lines to mend of `judged`, once they were made.
    pressed, confirmed
        Whether « Enregistrer » was just pressed, and whether this run of the page is to save: what was seen is what is
        saved, or nothing.
    outdated
        What to say when it was not saved because the data has changed meanwhile.
    saved
        Number of the entry that the import before this one became, and what it did.
    """

    number: int = 0
    files: dict[str, File] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    changed: bool = False
    asked: dict[str, Question] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    empty_clears: bool = False
    judged: Judged | None = None
    mendable: Mendable | None = None
    pressed: bool = False
    confirmed: bool = False
    outdated: NetstatsError | None = None
    saved: tuple[int, str] | None = None

    def key(self, *parts: object) -> str:
        """Return the key of a widget of this import."""
        return "-".join(map(str, ("import", self.number, *parts)))


def current() -> Work:
    """Return the import of this session, begun or not; for the run of the page that begins."""
    work: Work = st.session_state.setdefault(_WORK, Work())
    work.confirmed, work.pressed = work.pressed, False  # a run that is cut short saves nothing later
    return work


def begin_again() -> None:
    """Forget what was read, from a callback: the next files make a new import."""
    st.session_state[_WORK] = Work(st.session_state[_WORK].number + 1)


def receive(work: Work, sent: Sequence[Sent], tell: Tell) -> None:
    """Read the files that were added, and forget those that were taken away.

    A page that was left shows none of the files that it still knows: they stay until one begins again.
    """
    if not sent and not work.changed:
        work.sent = set()
    if not work.changed:
        return
    identifiers = [file.file_id for file in sent]
    for gone in work.sent.difference(identifiers):
        work.files.pop(gone, None)
    for rank, file in enumerate(sent):
        if file.file_id not in work.files:
            tell(rank / len(sent), f"Lecture de {quoted(file.name)}")
            work.files[file.file_id] = _read(file, list(work.files.values()))
    work.sent = set(identifiers)
    work.saved = None if work.files else work.saved
    work.asked.clear()
    work.changed = False


def _read(file: Sent, others: Sequence[File]) -> File:
    name = _free_name(file.name, {other.name for other in others})
    if len(others) >= MOST_FILES:
        return File(
            name, error=NetstatsError(f"{quoted(name)} est de trop.", f"Au plus {MOST_FILES} fichiers à la fois.")
        )
    try:
        read = File(name, tuple(Sheet(grid, match(grid)) for grid in read_file(name, file.getvalue())))
    except NetstatsError as error:
        return File(name, error=error)
    if read.cells + sum(other.cells for other in others) > MOST_CELLS:
        said = f"{quoted(name)} s’ajoute à d’autres fichiers : ensemble, ils sont trop grands pour un seul import."
        return File(name, error=NetstatsError(said, "Importez-les l’un après l’autre."))
    return read


def _free_name(name: str, taken: set[str]) -> str:
    """Return a name that no other file has: two folders may each hold a « reunions.csv »."""
    path, free, rank = PurePath(name), name, 1
    while free in taken:
        rank += 1
        free = f"{path.stem} ({rank}){path.suffix}"
    return free


def judge(work: Work, matchings: Sequence[Matching], tell: Tell) -> Judged:
    """Return what the sheets would change; worked out once for each way of understanding and answering them."""
    known_already, database, version = work.judged, data.database(), data.version()
    if known_already and (work.confirmed or known_already.is_of(matchings, work, version)):
        return known_already
    tell(0.0, "Lecture de la base")
    verdict = validate(
        matchings,
        snapshot.known(),
        answers=work.answers,
        empty_clears=work.empty_clears,
        progress=lambda part, sentence: tell(0.05 + 0.75 * part, sentence),
    )
    tell(0.8, "Comparaison avec la base")
    difference, error = None, None
    try:
        difference = journal.rehearse(database, verdict.edit)
    except NetstatsError as refused:
        error = refused
    judged = Judged(
        tuple(matchings),
        dict(work.answers),
        work.empty_clears,
        version,
        date.today(),
        verdict,
        difference,
        error,
    )
    if known_already and known_already.version != version and _moved(known_already, judged):
        work.outdated = NetstatsError(
            "Les données de la base ont changé depuis que cette différence a été montrée.",
            "La voici à jour : relisez-la, puis enregistrez.",
        )
    # All at once: another click may have stopped this run before.
    work.judged, work.mendable = judged, None
    asked = work.asked | {question.key: question for question in verdict.questions}
    left = {question.key for question in verdict.questions}
    work.asked = {key: question for key, question in asked.items() if key in left or key in work.answers}
    return judged


def _moved(before: Judged, now: Judged) -> bool:
    """Return whether another difference stands there for the same files, understood and answered in the same way."""
    old, new = before.difference, now.difference
    same = now.matchings == before.matchings and now.answers == before.answers
    return same and (old is None or new is None or not old.changes.equals(new.changes))


def to_mend(work: Work, judged: Judged) -> Mendable | None:
    """Return the lines that are refused or wait for an answer, as a file; made once."""
    if work.mendable is None:
        verdict = judged.verdict
        work.mendable = refused_file(judged.matchings, verdict.refusals, verdict.held_back, verdict.questions)
    return work.mendable


def save(work: Work, author: str) -> None:
    """Put in what was seen, as one entry of the journal; what comes next is a new import.

    Raises
    ------
    NetstatsError
        It cannot be put in; nothing was written. (That the data has changed meanwhile is kept in `outdated`.)
    """
    judged, work.confirmed = work.judged, False
    if judged is None or judged.difference is None:
        return
    files = [journal.file_name(file.name) for file in work.files.values() if file.sheets]
    batch = Batch(journal.IMPORT, _label(files), journal.author(author), ", ".join(files))
    try:
        number = journal.apply(data.database(), judged.verdict.edit, batch, seen=judged.difference)
    except OutdatedError as error:
        work.outdated, work.judged = error, None
        return
    saved = None if number is None else (number, judged.difference.sentence())
    st.session_state[_WORK] = Work(work.number + 1, saved=saved)


def _label(files: Sequence[str]) -> str:
    others = len(files) - _LONGEST_LABEL
    shown = [*files[:_LONGEST_LABEL], *([wording.counted(others, "autre")] if others > 0 else [])]
    return f"Import de {wording.listing(shown)}"
