"""What a person has typed into the forms of meetings, kept for the session, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.bodies import Body, NewNetwork
from netstats.intake.entry import FIELDS, Entry, Outcome, Present, check, entry_of, merge, removal
from netstats.intake.files.forms import MEETINGS
from netstats.reference.names import normalize
from netstats.store import Batch, Edit, OutdatedError
from netstats.ui.base import data
from netstats.ui.data import snapshot

_LONGEST_NAME = 200
_DRAFTS = "saisies"
_DONE = "saisie-enregistree"


@dataclass(frozen=True)
class Done:
    """What was written last: number of the entry, sentence, code of the meeting, whether it was taken away."""

    batch: int
    sentence: str
    code: str
    removed: bool


@dataclass(frozen=True, eq=False)
class Judged:
    """What a form means, and what that would change; `error` when the database refuses it as a whole."""

    of: tuple[object, ...]
    outcome: Outcome
    difference: journal.Difference | None
    error: NetstatsError | None = None


@dataclass
class Draft:
    """A form that is being filled in.

    Attributes
    ----------
    entry
        What it holds.
    opened
        What the database held of this meeting when it was filled; None for a new one.
    actions
        A number for each action, which names its widgets.
    typed
        Label of a territory → how it was typed, where that is not its name.
    answers
        Key of a question → what the person chose.
    asked
        Whether the person wants to see what would change.
    removing
        Whether the person wants the meeting away.
    notices
        What others did meanwhile, and what kept it from being written.
    judged
        The last answer to `judge`.
    shown
        The difference on the screen: what the person agrees to.
    name
        Names its widgets, where several new meetings are filled in at once; empty for the only one.
    bodies, network
        What the database does not have and is created with the meeting.
    """

    entry: Entry
    opened: Entry | None
    actions: list[int]
    typed: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    asked: bool = False
    removing: bool = False
    notices: list[str] = field(default_factory=list)
    judged: Judged | None = None
    shown: journal.Difference | None = None
    name: str = ""
    bodies: tuple[Body, ...] = ()
    network: NewNetwork | None = None

    @property
    def prefix(self) -> str:
        """What the keys of its widgets begin with."""
        return f"saisie-{self.name or self.entry.code or 'nouvelle'}"

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that is not written."""
        return self.entry != (self.opened or Entry(self.entry.code))

    def key(self, *parts: object) -> str:
        """Return the key of a widget."""
        return "-".join([self.prefix, *map(str, parts)])

    def label(self, code: str) -> str:
        """Return a territory as it is shown."""
        return next((body.name for body in self.bodies if body.code == code), snapshot.places().label(code))

    def present(self, text: str, **details: str) -> Present:
        """Return who is meant by a choice: a body to be created, one of the list, or a name as it was typed."""
        own = next((body.code for body in self.bodies if body.name == text), "")
        return Present(own, **details) if own else snapshot.places().present(text, **details)

    def replace(self, entry: Entry) -> None:
        """Fill the form with something else."""
        self.entry = entry
        self.actions = list(range(len(entry.actions)))
        for key in [str(key) for key in st.session_state if str(key).startswith(f"{self.prefix}-")]:
            del st.session_state[key]


def settled(draft: Draft, chosen: Sequence[str], network: str) -> list[str]:
    """Return what was chosen, typed or pasted with the labels of the territories that are meant without a doubt.

    A name that may be several territories, or none, stays as it was typed: validation tells or asks.
    """
    regions = snapshot.known().rows["network_region"]
    here = set(regions.loc[regions["network_code"] == network, "region_code"])
    if draft.network is not None and draft.network.code == network:
        here |= set(draft.network.regions)
    own = {body.name for body in draft.bodies}
    found: dict[str, None] = {}
    for text in chosen:
        if text in own or text in snapshot.places().codes:
            found[text] = None
            continue
        for name in filter(None, map(str.strip, text.split(";"))):
            territory = snapshot.known().gazetteer.match(name[:_LONGEST_NAME], regions=here).territory
            label = snapshot.places().label(territory.code) if territory else name
            if territory and normalize(name) != normalize(territory.name):
                draft.typed[label] = name
            found[label] = None
    return list(found)


# --- the forms of this session


def draft_of(code: str) -> Draft | None:
    """Return the form of a meeting as this person left it, else as the database holds it; None for an unknown code."""
    drafts: dict[str, Draft] = st.session_state.setdefault(_DRAFTS, {})
    if code not in drafts:
        opened = entry_of(snapshot.known(), code) if code else None
        if code and opened is None:
            return None
        entry = opened or Entry()
        drafts[code] = Draft(entry, opened, list(range(len(entry.actions))))
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


def follow(draft: Draft) -> bool:
    """Let a form follow what others have written since it was filled; return whether it has changed.

    What was typed stays. Call it once the form holds all that was typed.
    """
    code = draft.entry.code
    now = entry_of(snapshot.known(), code) if code else None
    if now == draft.opened:
        return False
    if now is None:
        draft.notices = [
            "Cette réunion vient d’être supprimée. Votre saisie est gardée : l’enregistrer la crée à nouveau."
        ]
        draft.opened, draft.removing = None, False
        return True
    if draft.opened is not None:
        told = _done_by_others(draft.opened, now) if draft.is_touched else []
        if told:
            draft.notices = [
                "Cette réunion a été modifiée depuis que vous l’avez ouverte. Ce que vous avez changé est gardé, le "
                "reste suit ce qui est enregistré. Il y a maintenant :",
                *told,
            ]
        draft.replace(merge(draft.entry, draft.opened, now))
    draft.opened = now
    return True


def _done_by_others(opened: Entry, now: Entry) -> list[str]:
    told = []
    for name in FIELDS:
        if opened.meeting[name] != now.meeting[name]:
            value = now.meeting[name]
            value = snapshot.known().networks[value][0] if name == "network" else value
            told.append(f"{MEETINGS.field(name).header} : {value or 'vide'}")
    themes = [{code: snapshot.known().themes[code][0] for code in one.themes} for one in (opened, now)]
    present = [{repr(who): snapshot.places().label(who.code) for who in one.present} for one in (opened, now)]
    actions = [{repr(action): action.description for action in one.actions} for one in (opened, now)]
    for header, (before, after) in (("Thèmes", themes), ("Territoires présents", present), ("Actions", actions)):
        came = [label for key, label in after.items() if key not in before]
        left = [label for key, label in before.items() if key not in after]
        said = [f"{what} {wording.listing(names)}" for what, names in (("avec", came), ("sans", left)) if names]
        if said:
            told.append(f"{header} : {' ; '.join(said)}")
    return told


# --- what it would change


def answer(draft: Draft, question: str, chosen: str) -> None:
    """Keep the answer to a question; a name that meant several territories gives way to the one that was meant."""
    written = question.rpartition("|")[2]
    if snapshot.places().labels.get(chosen) is None:
        draft.answers[question] = chosen
        return
    present = tuple(
        replace(one, code=chosen, name="", printed_name=one.printed_name or one.name)
        if one.name and normalize(one.name) == written
        else one
        for one in draft.entry.present
    )
    actions = tuple(
        replace(one, territory_code=chosen, territory="")
        if one.territory and normalize(one.territory) == written
        else one
        for one in draft.entry.actions
    )
    draft.replace(replace(draft.entry, present=present, actions=actions))


def take_back(draft: Draft, chosen: str) -> None:
    """Forget the answers that chose this: the questions are asked again."""
    draft.answers = {question: code for question, code in draft.answers.items() if code != chosen}
    for key in [str(key) for key in st.session_state if str(key).startswith(draft.key("question"))]:
        del st.session_state[key]


def judge(draft: Draft) -> Judged:
    """Return what a form means and would change; asked again only when the form, an answer or the data changed."""
    of = (draft.entry, dict(draft.answers), draft.removing, data.version())
    if draft.judged is None or draft.judged.of != of:
        draft.judged = _judge(draft, of)
    return draft.judged


def _judge(draft: Draft, of: tuple[object, ...]) -> Judged:
    if draft.removing:
        code = draft.entry.code
        outcome = Outcome(code, removal(snapshot.known(), code), (), ())
    else:
        outcome = check(draft.entry, snapshot.known(), answers=draft.answers)
    if outcome.edit is None:
        return Judged(of, outcome, None)
    try:
        return Judged(of, outcome, journal.rehearse(data.database(), outcome.edit))
    except NetstatsError as error:
        return Judged(of, outcome, None, error)


def write(draft: Draft, judged: Judged, author: str) -> None:
    """Write what was shown as one entry of the journal, and forget the form.

    When somebody else has written meanwhile nothing is: the form says so and holds what it held.

    Raises
    ------
    NetstatsError
        It cannot be written, or the author looks like a person.
    """
    edit = judged.outcome.edit or Edit()
    code = judged.outcome.code
    sort = "Suppression" if draft.removing else "Correction" if draft.opened else "Nouvelle réunion"
    label = f"{sort} : {_called(draft, edit)}"
    try:
        batch = journal.apply(data.database(), edit, Batch(journal.ENTRY, label, author), seen=judged.difference)
    except OutdatedError as error:
        draft.notices, draft.judged = [f"{error.what} {error.remedy}"], None
        return
    if batch is not None:
        st.session_state[_DONE] = Done(batch, label, code, draft.removing)
    forget(draft.entry.code)


def _called(draft: Draft, edit: Edit) -> str:
    if "meeting" in edit.rows:
        row = edit.rows["meeting"].iloc[0]
    else:
        frame = snapshot.known().rows["meeting"]
        row = frame[frame["code"] == draft.entry.code].iloc[0]
    held_on = None if pd.isna(row["held_on"]) else row["held_on"]
    return f"{row['title']} ({wording.date(held_on, str(row['date_precision']))})"
