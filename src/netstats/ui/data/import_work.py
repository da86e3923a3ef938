"""An import in progress: what was read, how it is understood and answered, what it would change. Kept in the session.

The bytes that were sent are read at once and not kept; nothing of a file is written to disk before « Enregistrer ».
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Protocol

import streamlit as st

from netstats import wording
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.changes import ChangeSet
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.forms import BY_NAME
from netstats.intake.questions import Question
from netstats.intake.read.files import Grid, read_file
from netstats.intake.read.grids import MOST_CELLS, quoted
from netstats.intake.read.matching import Matching, match, rematch
from netstats.intake.rejects import file_name, rejects_file
from netstats.store import Batch
from netstats.ui.data import snapshot
from netstats.ui.review.diff import capitalised
from netstats.ui.review.review import Link, Preview, Review, Saved

Tell = Callable[[float, str], None]
"""Called with the part that is done (0 to 1) and what is being done."""

MOST_FILES = 20

_WORK = "import_en_cours"
_MOST_MATCHINGS = 12  # of a sheet: the others are made again
_LONGEST_LABEL = 3  # files that the journal names; the others are counted


class Sent(Protocol):
    """A file that was sent, as Streamlit hands it over."""

    name: str
    file_id: str

    def getvalue(self) -> bytes:
        """Return its bytes."""


@dataclass(eq=False)
class Sheet:
    """A sheet of a file, and each way in which it was understood so far: the same one is given again."""

    grid: Grid
    automatic: Matching
    _matchings: dict[tuple[object, ...], Matching] = field(default_factory=dict)

    def as_form(self, name: str) -> Matching:
        """Return how it is best understood as that form; as nothing when the name is empty."""
        if name == (self.automatic.form.name if self.automatic.form else ""):
            return self.automatic
        if not name:
            return self._once(("aside",), lambda: rematch(self.automatic, None, {}))
        return self._once(("form", name), lambda: match(self.grid, BY_NAME[name]))

    def persons(self, matching: Matching) -> Mapping[str, str]:
        """Return the headers that are never read whatever the correction, with the reason."""
        return self._with(matching, {}).refused

    def with_columns(self, matching: Matching, columns: Mapping[str, int]) -> Matching:
        """Return a matching with the columns that a person has chosen."""
        return matching if dict(columns) == dict(matching.columns) else self._with(matching, columns)

    def _with(self, matching: Matching, columns: Mapping[str, int]) -> Matching:
        form = matching.form
        key = ("columns", form.name if form else "", *sorted(columns.items()))
        return self._once(key, lambda: rematch(matching, form, columns))

    def _once(self, key: tuple[object, ...], make: Callable[[], Matching]) -> Matching:
        if key not in self._matchings:
            if len(self._matchings) >= _MOST_MATCHINGS:
                self._matchings.pop(next(iter(self._matchings)))
            self._matchings[key] = make()
        return self._matchings[key]


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


@dataclass(eq=False)
class Work:
    """One import of a session.

    Attributes
    ----------
    number
        Names its widgets: the next import begins with new ones.
    files
        Identifier of a file that was sent → what was read of it.
    questions
        Key → question, all that came up; an answer can be taken back.
    empty_clears
        Whether empty cells make values unknown.
    review
        The answers, and what the sheets would change.
    saved
        What became of the import before this one.
    """

    number: int = 0
    files: dict[str, File] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    changed: bool = False
    questions: dict[str, Question] = field(default_factory=dict)
    empty_clears: bool = False
    review: Review[CheckResult] = field(default_factory=Review)
    saved: Saved | None = None

    def key(self, *parts: object) -> str:
        """Return the key of a widget of this import."""
        return "-".join(map(str, ("import", self.number, *parts)))


def current() -> Work:
    """Return the import of this session, begun or not."""
    work: Work = st.session_state.setdefault(_WORK, Work())
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
    work.questions.clear()
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


def preview(work: Work, matchings: Sequence[Matching], tell: Tell) -> Preview[CheckResult]:
    """Return what the sheets would change, as they are understood and answered now."""

    def checked() -> tuple[CheckResult, ChangeSet]:
        tell(0.0, "Lecture de la base")
        verdict = check_sheets(
            matchings,
            snapshot.known(),
            answers=work.review.answers,
            empty_clears=work.empty_clears,
            progress=lambda part, sentence: tell(0.05 + 0.75 * part, sentence),
        )
        tell(0.8, "Comparaison avec la base")
        return verdict, verdict.change_set

    found = work.review.look((*matchings, work.empty_clears), checked)
    left = {question.key: question for question in found.result.questions}
    asked = work.questions | left
    work.questions = {key: one for key, one in asked.items() if key in left or key in work.review.answers}
    return found


def rejects_name(verdict: CheckResult) -> str:
    """Return the name of the file of the lines that are refused or wait for an answer."""
    return file_name((one.where.file, one.where.sheet) for one in (*verdict.issues, *verdict.held_back))


def rejects(matchings: Sequence[Matching], verdict: CheckResult) -> bytes:
    """Return the lines that are refused or wait for an answer, as a file; made when it is asked for."""
    found = rejects_file(matchings, verdict.issues, verdict.held_back, verdict.questions)
    return found.content if found else b""


def save(work: Work, shown: Preview[CheckResult], author: str) -> None:
    """Put in what was seen, as one entry of the journal; what comes next is a new import. It stays if others wrote.

    Raises
    ------
    NetstatsError
        It cannot be put in; nothing was written.
    """
    if shown.diff is None:
        return
    files = [journal.file_name(file.name) for file in work.files.values() if file.sheets]
    number = work.review.commit(shown, Batch(journal.IMPORT, _label(files), author, ", ".join(files)))
    if number is None:
        return
    entry = Link("pages/data/journal.py", "Voir ou annuler cette entrée", ":material/history:", {"entree": str(number)})
    overview = Link("pages/analysis/overview.py", "Vue d’ensemble", ":material/arrow_forward:")
    title = f"Import enregistré : entrée n° {number} du journal."
    saved = Saved(title, f"{capitalised(shown.diff.sentence())}.", (entry, overview))
    st.session_state[_WORK] = Work(work.number + 1, saved=saved)


def _label(files: Sequence[str]) -> str:
    others = len(files) - _LONGEST_LABEL
    shown = [*files[:_LONGEST_LABEL], *([wording.counted(others, "autre")] if others > 0 else [])]
    return f"Import de {wording.listing(shown)}"
