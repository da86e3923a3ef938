"""The form of a meeting as a person fills it in: what it holds, what others wrote meanwhile, which names are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from netstats import wording
from netstats.intake.entry import FIELDS, Body, Entry, NewNetwork, Present, entry_of, merge
from netstats.intake.forms import ACTIONS, ATTENDANCE, MEETINGS
from netstats.intake.issues import Issue
from netstats.intake.questions import Question
from netstats.reference.fold import normalize
from netstats.ui.data import snapshot
from netstats.ui.review.review import Review

_LONGEST_NAME = 200


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
    review
        The answers, and what would change; several forms of one text share theirs.
    removing
        Whether the person wants the meeting away.
    notices
        What others did meanwhile.
    name
        Names its widgets, where several new meetings are filled in at once; empty for the only one.
    bodies, network
        What the database does not have and is created with the meeting.
    """

    entry: Entry
    opened: Entry | None
    actions: list[int] = field(init=False)
    typed: dict[str, str] = field(default_factory=dict)
    review: Review[Any] = field(default_factory=Review)
    removing: bool = False
    notices: list[str] = field(default_factory=list)
    name: str = ""
    bodies: tuple[Body, ...] = ()
    network: NewNetwork | None = None

    def __post_init__(self) -> None:
        self.actions = list(range(len(self.entry.actions)))

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

    def named(self, issue: Issue) -> str:
        """Return what is wrong, with where: « Date : « 31/02/2026 » n’existe pas … »."""
        if issue.where.form == MEETINGS.name:
            where = MEETINGS.field(issue.where.field).header if issue.where.field else "Réunion"
        elif issue.where.form == ATTENDANCE.name:
            one = self.entry.present[issue.where.row]
            where = f"Territoires présents, {self.label(one.code) if one.code else one.name}"
        else:
            where = f"Action {issue.where.row + 1}"
            if issue.where.field:
                where += f", {ACTIONS.field(issue.where.field).header}"
        return f"{where} : {issue.in_form}"

    def replace(self, entry: Entry) -> None:
        """Fill the form with something else."""
        self.entry = entry
        self.actions = list(range(len(entry.actions)))
        self.forget_widgets()

    def forget_widgets(self, *parts: object) -> None:
        """Have widgets drawn anew, those whose key begins with these parts: they show again what the form holds."""
        beginning = self.key(*parts, "")
        for key in [str(key) for key in st.session_state if str(key).startswith(beginning)]:
            del st.session_state[key]


def resolve_names(draft: Draft, chosen: Sequence[str], network: str) -> list[str]:
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
        said = _done_by_others(draft.opened, now) if draft.is_touched else []
        if said:
            draft.notices = [
                "Cette réunion a été modifiée depuis que vous l’avez ouverte. Ce que vous avez changé est gardé, le "
                "reste suit ce qui est enregistré. Il y a maintenant :",
                *said,
            ]
        draft.replace(merge(draft.entry, draft.opened, now))
    draft.opened = now
    return True


def _done_by_others(opened: Entry, now: Entry) -> list[str]:
    changes = []
    for name in FIELDS:
        if opened.meeting[name] != now.meeting[name]:
            value = now.meeting[name]
            value = snapshot.known().networks[value][0] if name == "network" else value
            changes.append(f"{MEETINGS.field(name).header} : {value or 'vide'}")
    themes = [{code: snapshot.known().themes[code][0] for code in one.themes} for one in (opened, now)]
    present = [{repr(who): snapshot.places().label(who.code) for who in one.present} for one in (opened, now)]
    actions = [{repr(action): action.description for action in one.actions} for one in (opened, now)]
    for header, (before, after) in (("Thèmes", themes), ("Territoires présents", present), ("Actions", actions)):
        came = [label for key, label in after.items() if key not in before]
        left = [label for key, label in before.items() if key not in after]
        said = [f"{what} {wording.listing(names)}" for what, names in (("avec", came), ("sans", left)) if names]
        if said:
            changes.append(f"{header} : {' ; '.join(said)}")
    return changes


# --- questions


def answer(draft: Draft, question: Question, chosen: str) -> None:
    """Keep the answer to a question; a name that meant several territories gives way to the one that was meant."""
    if snapshot.places().labels.get(chosen) is None:
        draft.review.answers[question.key] = chosen
        return
    name = question.topic.subject
    present = tuple(
        replace(one, code=chosen, name="", printed_name=one.printed_name or one.name)
        if one.name and normalize(one.name) == name
        else one
        for one in draft.entry.present
    )
    actions = tuple(
        replace(one, territory_code=chosen, territory="") if one.territory and normalize(one.territory) == name else one
        for one in draft.entry.actions
    )
    draft.replace(replace(draft.entry, present=present, actions=actions))


def take_back(draft: Draft, chosen: str) -> None:
    """Forget the answers that chose this: the questions are asked again."""
    answers = draft.review.answers
    for question in [question for question, code in answers.items() if code == chosen]:
        del answers[question]
    draft.forget_widgets("question")
