"""The form of a meeting as a person fills it in: what it holds, what others wrote meanwhile, which names are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from netstats import wording
from netstats.intake.entry import FIELDS, Body, Entry, NewNetwork, Present, ReportedAction, entry_of, merge, written
from netstats.intake.forms import ACTIONS, ATTENDANCE, MEETINGS
from netstats.intake.issues import Issue
from netstats.intake.questions import Question
from netstats.reference.fold import normalize
from netstats.ui.data import snapshot
from netstats.ui.data.fields import draw_anew
from netstats.ui.review.review import Review

_LONGEST_NAME = 200


@dataclass
class Draft:
    """A form that is being filled in, beside what the database held of the meeting then (None for a new one).

    `name` tells the widgets of several new meetings apart, and `actions` has a number for each action, which names its
    widgets. `typed` says how a territory was typed (by label), where that is not its name. `bodies` and `network` are
    what the database does not have and is created with the meeting. The forms of one text share their review.
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
        self._numbers = count()
        self.actions = [next(self._numbers) for _ in self.entry.actions]

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that is not written."""
        return self.entry != (self.opened or Entry(self.entry.code))

    def key(self, *parts: object) -> str:
        """Return the key of a widget."""
        return "-".join(["saisie", self.name or self.entry.code or "nouvelle", *map(str, parts)])

    def label(self, one: Present) -> str:
        """Return a territory as it is shown, or as it was typed."""
        if not one.code:
            return one.name
        return next((body.name for body in self.bodies if body.code == one.code), snapshot.places().label(one.code))

    def present(self, text: str, printed_name: str = "") -> Present:
        """Return who is meant by a choice: a body to be created, one of the list, or a name as it was typed."""
        own = next((body.code for body in self.bodies if body.name == text), "")
        return Present(own, printed_name=printed_name) if own else snapshot.places().present(text, printed_name)

    def named(self, issue: Issue) -> str:
        """Return what is wrong, with where: « Date : « 31/02/2026 » n’existe pas … »."""
        place = issue.where
        if place.form == MEETINGS.name:
            where = MEETINGS.field(place.field).header if place.field else "Réunion"
        elif place.form == ATTENDANCE.name:
            where = f"Territoires présents, {self.label(self.entry.present[place.row])}"
        else:
            field_name = f", {ACTIONS.field(place.field).header}" if place.field else ""
            where = f"Action {place.row + 1}{field_name}"
        return f"{where} : {issue.in_form}"

    def replace(self, entry: Entry) -> None:
        """Fill the form with something else; widgets drawn before show it."""
        if len(entry.actions) != len(self.actions):
            self.actions = [next(self._numbers) for _ in entry.actions]
        self.entry = entry
        self.forget_widgets()

    def add_action(self, action: ReportedAction) -> int:
        """Add an action, and return its number."""
        self.entry = replace(self.entry, actions=(*self.entry.actions, action))
        self.actions.append(next(self._numbers))  # never that of one that was taken out
        return self.actions[-1]

    def new_action(self) -> None:
        """Add an empty action."""
        self.add_action(ReportedAction())

    def remove_action(self, number: int) -> None:
        """Take an action out."""
        rank, kept = self.actions.index(number), self.entry.actions
        self.actions.pop(rank)
        self.entry = replace(self.entry, actions=(*kept[:rank], *kept[rank + 1 :]))

    def forget_widgets(self, *parts: object) -> None:
        """Have widgets drawn anew, those whose key begins with these parts: they show again what the form holds."""
        draw_anew(self.key(*parts, ""))


def resolve_names(draft: Draft, chosen: Sequence[str]) -> list[str]:
    """Return what was chosen, typed or pasted with the labels of the territories that are meant without a doubt.

    A name that may be several territories, or none, stays as it was typed: the check tells or asks.
    """
    known, places, network = snapshot.known(), snapshot.places(), draft.entry.network
    regions = known.rows["network_region"]
    here = set(regions.loc[regions["network_code"] == network, "region_code"])
    if draft.network is not None and draft.network.code == network:
        here |= set(draft.network.regions)
    own = {body.name for body in draft.bodies}
    found: dict[str, None] = {}
    for text in chosen:
        if text in own or text in places.codes:
            found[text] = None
            continue
        for name in filter(None, map(str.strip, text.split(";"))):
            territory = known.gazetteer.match(name[:_LONGEST_NAME], regions=here).territory
            label = places.label(territory.code) if territory else name
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
    known, places = snapshot.known(), snapshot.places()
    changes = []
    for name in FIELDS:
        if opened.meeting[name] != now.meeting[name]:
            value = written(MEETINGS.field(name), now.meeting[name])
            value = known.networks[value][0] if name == "network" else value
            changes.append(f"{MEETINGS.field(name).header} : {value or 'vide'}")
    themes = [{code: known.themes[code][0] for code in one.themes} for one in (opened, now)]
    present = [{repr(who): places.label(who.code) for who in one.present} for one in (opened, now)]
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
    if chosen not in snapshot.places().labels:
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
