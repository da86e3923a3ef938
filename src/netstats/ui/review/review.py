"""What a person is about to change, by whichever door: a file, the form, minutes, an undo. Kept in the session.

A door gives what the person has done (its inputs) and how that is checked; a review keeps the answers to the questions,
previews what would change as long as the inputs stay the same, and writes what was shown as one entry of the journal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from netstats.errors import NetstatsError
from netstats.intake import changes
from netstats.intake.changes import ChangeSet
from netstats.store import Batch, OutdatedError
from netstats.ui.base import data

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Preview(Generic[T]):
    """What some inputs would change, at one moment.

    Attributes
    ----------
    key
        What it was made of: while this is the same it stays good.
    result
        What the check found: issues, questions, rows.
    change_set, diff
        What would be written, and what that changes; None while something is wrong or asked.
    error
        Why the database refuses the change set as a whole.
    """

    key: tuple[object, ...]
    result: T
    change_set: ChangeSet | None = None
    diff: changes.Diff | None = None
    error: NetstatsError | None = None


@dataclass(frozen=True)
class Link:
    """A way to a page from what was saved."""

    page: str
    label: str
    icon: str
    params: dict[str, str] | None = None


@dataclass(frozen=True)
class Saved:
    """What was written last, in words, with the ways to it."""

    title: str
    sentence: str
    links: tuple[Link, ...] = ()


@dataclass(eq=False)
class Review(Generic[T]):
    """What one person has answered and been shown.

    Attributes
    ----------
    answers
        Key of a question → code of the option that was chosen.
    asked
        Whether the person wants to see what would change.
    preview
        The last one.
    shown
        Fingerprint of the difference on the screen: what the person agrees to.
    outdated
        What to say once of others who have written meanwhile.
    """

    answers: dict[str, str] = field(default_factory=dict)
    asked: bool = False
    preview: Preview[T] | None = None
    shown: str | None = None
    outdated: NetstatsError | None = None

    def look(self, inputs: tuple[object, ...], check: Callable[[], tuple[T, ChangeSet | None]]) -> Preview[T]:
        """Return what the inputs would change; checked again only when they, an answer, the data or the day changed.

        Parameters
        ----------
        inputs
            All that `check` depends on besides the answers and the database.
        check
            Returns what was found and what would be written, None while nothing can be.
        """
        done = (*inputs, dict(self.answers), date.today())
        before, key = self.preview, (*done, data.version())
        if before is not None and before.key == key:
            return before
        result, change_set = check()
        diff, error = None, None
        try:
            diff = changes.preview(data.database(), change_set) if change_set is not None else None
        except NetstatsError as refused:
            error = refused
        # All at once: another click may have stopped this run before.
        self.preview = Preview(key, result, change_set, diff, error)
        if before is not None and before.key[:-1] == done and _fingerprint(before) != _fingerprint(self.preview):
            self.outdated = NetstatsError(
                "Les données ont changé depuis que cette différence a été montrée.",
                "La voici à jour : relisez-la, puis enregistrez.",
            )
        return self.preview

    def commit(self, preview: Preview[T], batch: Batch) -> int | None:
        """Write what was shown as one entry of the journal; return its number.

        None when somebody else has written meanwhile: nothing is written then, and `outdated` says so.

        Raises
        ------
        NetstatsError
            It cannot be written, or the author or the kept text looks like a person.
        """
        try:
            return changes.commit(data.database(), preview.change_set or ChangeSet(), batch, expected=preview.diff)
        except OutdatedError as error:
            self.outdated, self.preview = error, None
            return None


def _fingerprint(preview: Preview[T]) -> str | None:
    return preview.diff.version if preview.diff is not None else None
