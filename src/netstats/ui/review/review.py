"""What a person is about to change, by whichever door: a file, the form, minutes, an undo. Kept in the session.

A door gives what the person has done (its inputs) and how that is checked; a review keeps the answers to the questions,
previews what would change as long as the inputs stay the same, and writes what was shown as one entry of the journal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

import streamlit as st

from netstats.errors import NetstatsError
from netstats.intake import changes
from netstats.intake.changes import ChangeSet
from netstats.store import Batch, OutdatedError
from netstats.ui.base import data

T = TypeVar("T")

SAVED = "enregistre"
"""Where the session keeps what was written last, until something else is previewed."""


@dataclass(frozen=True, eq=False)
class Preview(Generic[T]):
    """What some inputs (the `key`) would change, at one moment.

    `result` is what the check found. What would be written and its `diff` are None while something is wrong or asked;
    `error` is why the database refuses the whole.
    """

    key: tuple[object, ...]
    result: T
    change_set: ChangeSet | None = None
    diff: changes.Diff | None = None
    error: NetstatsError | None = None

    @property
    def version(self) -> str | None:
        """Fingerprint of what would change: what the person agrees to."""
        return self.diff.version if self.diff is not None else None


@dataclass(eq=False)
class Review(Generic[T]):
    """What one person has answered (key of a question → code of an option) and been shown.

    `asked` is whether the person wants to see what would change, `shown` the version on the screen, `outdated` what to
    say once of others who have written meanwhile.
    """

    answers: dict[str, str] = field(default_factory=dict)
    asked: bool = False
    preview: Preview[T] | None = None
    shown: str | None = None
    outdated: NetstatsError | None = None

    def look(self, inputs: tuple[object, ...], check: Callable[[], tuple[T, ChangeSet | None]]) -> Preview[T]:
        """Return what the inputs would change; checked again only when they, an answer, the data or the day changed.

        The inputs are all that `check` depends on besides the answers and the database; it returns what was found and
        what would be written, None while nothing can be.
        """
        done = (*inputs, dict(self.answers), date.today())
        before, key = self.preview, (*done, data.version())
        if before is not None and before.key == key:
            return before
        st.session_state.pop(SAVED, None)
        result, change_set = check()
        diff, error = None, None
        try:
            diff = changes.preview(data.database(), change_set) if change_set is not None else None
        except NetstatsError as refused:
            error = refused
        # All at once: another click may have stopped this run before.
        self.preview = Preview(key, result, change_set, diff, error)
        if before is not None and before.key[:-1] == done and before.version != self.preview.version:
            self.outdated = NetstatsError(
                "Les données ont changé depuis que cette différence a été montrée.",
                "La voici à jour : relisez-la, puis enregistrez.",
            )
        return self.preview

    def commit(self, preview: Preview[T], batch: Batch) -> int | None:
        """Write what was shown as one entry of the journal; return its number.

        None when somebody else has written meanwhile: nothing is written then, and `outdated` says so. Raises
        NetstatsError when it cannot be written, or when the author or the kept text looks like a person.
        """
        try:
            return changes.commit(data.database(), preview.change_set or ChangeSet(), batch, expected=preview.diff)
        except OutdatedError as error:
            self.outdated, self.preview = error, None
            return None
