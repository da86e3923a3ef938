"""An import in progress: what was read, how it is understood and answered, what it would change. Kept in the session.

The bytes that were sent are read at once and not kept; nothing of a file is written to disk before « Enregistrer ».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from netstats.intake.read.files import read_file
from netstats.intake.read.grids import MOST_CELLS, quoted
from netstats.intake.read.matching import Matching, match, rematch
from netstats.intake.read.remembered import as_before, by_hand
from netstats.intake.rejects import rejects_file
from netstats.progress import Progress
from netstats.store import Batch
from netstats.ui.data import snapshot
from netstats.ui.review.review import Preview, Review

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
    """A sheet of a file, and each way in which it was understood so far: the same one is given again.

    `kept`: what was answered in earlier imports, the columns that were matched by hand among it.
    """

    automatic: Matching
    kept: Mapping[str, str]
    _made: dict[tuple[object, ...], Matching] = field(default_factory=dict)

    def matched(self, form: str, columns: Mapping[str, int] | None = None) -> Matching:
        """Return how it is understood as the form of that name (aside without one), the columns as a person chose."""
        automatic = self.automatic
        if columns is not None:
            best = self.matched(form)
            if dict(columns) == dict(best.columns):
                return best
        elif form == (automatic.form.name if automatic.form else ""):
            return automatic
        key = (form, None if columns is None else tuple(sorted(columns.items())))
        if key not in self._made:
            if len(self._made) >= _MOST_MATCHINGS:
                self._made.pop(next(iter(self._made)))
            if columns is not None:
                self._made[key] = rematch(self.matched(form), BY_NAME[form], columns)
            else:
                found = match(automatic.grid, BY_NAME[form]) if form else rematch(automatic, None, {})
                self._made[key] = as_before(found, self.kept)
        return self._made[key]


@dataclass(frozen=True, eq=False)
class File:
    """A file that was sent: its sheets, or why it cannot be read."""

    name: str
    sheets: tuple[Sheet, ...] = ()
    error: NetstatsError | None = None

    @property
    def cells(self) -> int:
        """Number of cells that it keeps in memory."""
        grids = [sheet.automatic.grid for sheet in self.sheets]
        return sum(len(grid.rows) * len(grid.rows[0]) for grid in grids)


@dataclass(eq=False)
class Work:
    """One import of a session; its `number` names its widgets, so that the next import begins with new ones.

    `files` are those read, by the identifier under which they were sent; `questions` are all that came up, by key: an
    answer can be taken back. `empty_clears` is whether empty cells make values unknown; `left` what the import before
    did not write, as it was read and checked: shown until the next file.
    """

    number: int = 0
    files: dict[str, File] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    changed: bool = False
    questions: dict[str, Question] = field(default_factory=dict)
    empty_clears: bool = False
    review: Review[CheckResult] = field(default_factory=Review)
    left: tuple[CheckResult, Sequence[Matching]] | None = None

    def key(self, *parts: object) -> str:
        """Return the key of a widget of this import."""
        return "-".join(map(str, ("import", self.number, *parts)))

    @property
    def sheets(self) -> list[Sheet]:
        """The sheets of all files."""
        return [sheet for file in self.files.values() for sheet in file.sheets]

    def batch(self) -> Batch:
        """Return what the journal says of it."""
        files = [journal.file_name(file.name) for file in self.files.values() if file.sheets]
        others = len(files) - _LONGEST_LABEL
        named = [*files[:_LONGEST_LABEL], *([wording.counted(others, "autre")] if others > 0 else [])]
        return Batch(journal.IMPORT, f"Import de {wording.listing(named)}", source=", ".join(files))


def current() -> Work:
    """Return the import of this session, begun or not."""
    work: Work = st.session_state.setdefault(_WORK, Work())
    return work


def begin_again(left: tuple[CheckResult, Sequence[Matching]] | None = None) -> None:
    """Forget what was read, but for what is `left` to be mended: the next files make a new import."""
    st.session_state[_WORK] = Work(current().number + 1, left=left)


def receive(work: Work, sent: Sequence[Sent], tell: Progress) -> None:
    """Read the files that were added, and forget those that were taken away.

    A page that was left shows none of the files that it still knows: they stay until one begins again.
    """
    if not work.changed:
        work.sent = work.sent if sent else set()
        return
    identifiers = {file.file_id for file in sent}
    for gone in work.sent - identifiers:
        work.files.pop(gone, None)
    for rank, file in enumerate(sent):
        if file.file_id not in work.files:
            tell(rank / len(sent), f"Lecture de {quoted(file.name)}")
            work.files[file.file_id] = _read(file, list(work.files.values()))
    work.sent, work.changed = identifiers, False
    work.questions.clear()


def _read(file: Sent, others: Sequence[File]) -> File:
    name = _free_name(file.name, {other.name for other in others})
    if len(others) >= MOST_FILES:
        error = NetstatsError(f"{quoted(name)} est de trop.", f"Au plus {MOST_FILES} fichiers à la fois.")
        return File(name, error=error)
    try:
        kept = snapshot.known().answers
        grids = read_file(name, file.getvalue())
        read = File(name, tuple(Sheet(as_before(match(grid), kept), kept) for grid in grids))
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


def preview(work: Work, matchings: Sequence[Matching], tell: Progress) -> Preview[CheckResult]:
    """Return what the sheets would change, as they are understood and answered now."""

    def checked() -> tuple[CheckResult, ChangeSet]:
        tell(0.0, "Lecture de la base")
        result = check_sheets(
            matchings,
            snapshot.known(),
            answers=work.review.answers,
            empty_clears=work.empty_clears,
            progress=lambda part, sentence: tell(0.05 + 0.75 * part, sentence),
        )
        tell(0.8, "Comparaison avec la base")
        return result, result.change_set

    found = work.review.look((*matchings, work.empty_clears), checked)
    here = {one.key: one for one in (*found.result.questions, *found.result.recalled)}
    asked = work.questions | here
    work.questions = {key: one for key, one in asked.items() if key in here or key in work.review.answers}
    return found


def answers(matchings: Sequence[Matching], result: CheckResult) -> dict[str, str]:
    """Return what the next import takes again: answers about names, and columns that were matched by hand."""
    kept = snapshot.known().answers
    found = dict(result.answers)
    for matching in matchings:
        found |= by_hand(matching, kept)
    return found


def rejects(matchings: Sequence[Matching], result: CheckResult) -> bytes:
    """Return the lines that are refused or wait for an answer, as a file; made when it is asked for."""
    found = rejects_file(matchings, result.issues, result.held_back, result.questions, result.dates)
    return found.content if found else b""
