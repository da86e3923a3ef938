"""What a person has typed into the forms of meetings, kept for the session, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from netstats.intake import journal
from netstats.intake.changes import ChangeSet
from netstats.intake.check.entry import EntryCheck, check, removal
from netstats.intake.entry import Entry, entry_of
from netstats.store import Batch
from netstats.ui.base.links import SUBJECT
from netstats.ui.data import snapshot
from netstats.ui.data.draft import Draft
from netstats.ui.review.review import Link, Preview, Saved

_DRAFTS = "saisies"
_DONE = "saisie-enregistree"


@dataclass(frozen=True)
class Done:
    """What was written last: what to say of it, code of the meeting, whether it was taken away."""

    saved: Saved
    code: str
    removed: bool


# --- the forms of this session


def draft_of(code: str) -> Draft | None:
    """Return the form of a meeting as this person left it, else as the database holds it; None for an unknown code."""
    drafts: dict[str, Draft] = st.session_state.setdefault(_DRAFTS, {})
    if code not in drafts:
        opened = entry_of(snapshot.known(), code) if code else None
        if code and opened is None:
            return None
        drafts[code] = Draft(opened or Entry(), opened)
    return drafts[code]


def others(code: str) -> list[Draft]:
    """Return the other forms of this session that hold something that is not written."""
    drafts: dict[str, Draft] = st.session_state.get(_DRAFTS, {})
    return [draft for known_as, draft in drafts.items() if known_as != code and draft.is_touched]


def forget(code: str) -> None:
    """Empty a form: it holds again what the database does."""
    draft = st.session_state.get(_DRAFTS, {}).pop(code, None)
    if draft is not None:
        draft.replace(draft.entry)


def done() -> Done | None:
    """Return what this session has written last, until something else is begun."""
    last: Done | None = st.session_state.get(_DONE)
    return last


def is_removed(code: str) -> bool:
    """Return whether this session has just taken a meeting away."""
    last = done()
    return last is not None and last.removed and last.code == code


def begin() -> None:
    """Forget what was written last: the person goes on to something else."""
    st.session_state.pop(_DONE, None)


# --- what it would change


def preview(draft: Draft) -> Preview[EntryCheck]:
    """Return what a form means and would change."""

    def checked() -> tuple[EntryCheck, ChangeSet | None]:
        known, code = snapshot.known(), draft.entry.code
        if draft.removing:
            outcome = EntryCheck(code, removal(known, code), (), ())
        else:
            outcome = check(draft.entry, known, answers=draft.review.answers)
        return outcome, outcome.change_set

    return draft.review.look((draft.entry, draft.removing), checked)


def write(draft: Draft, shown: Preview[EntryCheck], author: str) -> None:
    """Write what was shown as one entry of the journal, and forget the form; it stays if others wrote meanwhile.

    Raises
    ------
    NetstatsError
        It cannot be written, or the author looks like a person.
    """
    sort = "Suppression" if draft.removing else "Correction" if draft.opened else "Nouvelle réunion"
    change_set, code = shown.change_set or ChangeSet(), shown.result.code
    label = f"{sort} : {snapshot.meeting_name(code, change_set.rows.get('meeting'))}"
    number = draft.review.commit(shown, Batch(journal.ENTRY, label, author))
    if number is None:
        return
    sheet = Link("pages/analysis/meeting.py", "Ouvrir la fiche de la réunion", ":material/event:", {SUBJECT: code})
    entry = Link("pages/data/journal.py", "La voir dans le journal", ":material/history:", {"entree": str(number)})
    saved = Saved(
        f"Enregistré : entrée n° {number} du journal", f"{label}.", (entry,) if draft.removing else (sheet, entry)
    )
    st.session_state[_DONE] = Done(saved, code, draft.removing)
    forget(draft.entry.code)
