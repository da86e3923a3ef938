"""One meeting that a text tells: what was read of it, the form that it fills, and what a person settles in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from netstats import wording
from netstats.intake.dates import read_date
from netstats.intake.entry import Entry, Present, ReportedAction, entry_of, merge
from netstats.intake.issues import Issue
from netstats.minutes.drafts import Action, TerritoryMention
from netstats.minutes.drafts import Draft as Extract
from netstats.minutes.saving import Proposal, unverified
from netstats.reference.fold import normalize
from netstats.ui.data import snapshot
from netstats.ui.data.draft import Draft, resolve_names


@dataclass(eq=False)
class Meeting:
    """One meeting of the text.

    Attributes
    ----------
    read
        What was read.
    proposal
        What the form was filled with.
    form
        The form, as the person corrects it.
    is_chosen
        Whether it is to be written.
    earlier
        Codes of the meetings of the database that a mention may be about.
    proposed
        Actions of the text that the form held at first: the database has the others already.
    """

    read: Extract
    proposal: Proposal
    form: Draft
    is_chosen: bool
    earlier: tuple[str, ...] = ()
    proposed: list[Action] = field(init=False)
    _actions: dict[int, Action] = field(default_factory=dict)  # number of an action of the form -> of the text
    _numbered: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.proposed = [action for action in self._matched() if action]

    def action(self, number: int) -> Action | None:
        """Return what the text tells of an action of the form; None for one that it does not tell."""
        if self._numbered is not self.form.actions:  # the form was filled anew: its numbers too
            before = [self._actions.get(one) for one in self._numbered]
            self._numbered = self.form.actions
            found = before if len(before) == len(self._numbered) else self._matched()
            self._actions = {one: action for one, action in zip(self._numbered, found, strict=True) if action}
        return self._actions.get(number)

    def _matched(self) -> list[Action | None]:
        """Return what the text tells of each action of the form; those of the database are not looked for."""
        left = list(self.read.actions)
        new = [action for action in self.form.entry.actions if not action.code]
        found: dict[int, Action] = {}
        if len(new) == len(left):  # a description may have been left empty: the order tells
            found = dict(enumerate(left))
        for rank, action in enumerate(new):
            same = next((read for read in left if _is_of(action, read)), None)
            if rank not in found and same is not None:
                left.remove(same)
                found[rank] = same
        ranks = iter(range(len(new)))
        return [None if action.code else found.get(next(ranks)) for action in self.form.entry.actions]

    def mention(self, one: Present) -> TerritoryMention | None:
        """Return where the text names a territory of the form; None when it does not."""
        names = {normalize(name) for name in (one.name, one.printed_name) if name}
        bodies = {body.communes: body.code for body in self.form.bodies}
        for mention in self.read.territories:
            codes = {mention.code, *mention.choices, bodies.get(mention.communes, "")} - {""}
            if one.code in codes or normalize(mention.written) in names:
                return mention
        return None

    def unverified(self) -> tuple[str, ...]:
        """Return what was read in doubt and still stands in the form, in French."""
        return unverified(self.read, self.proposal, self.form.entry)

    def label(self) -> str:
        """Return the meeting in a few words: « Hauts-de-France, 26 mai 2021 »."""
        meeting, known = self.form.entry.meeting, snapshot.known()
        coming = self.form.network
        names = {code: names[0] for code, names in known.networks.items()} | (
            {coming.code: coming.name} if coming else {}
        )
        network = names.get(meeting["network"], "réseau inconnu")
        day = read_date(meeting["date"]) if meeting["date"].strip() else None
        when = "date inconnue" if day is None or isinstance(day, Issue) else wording.date(day.first, day.precision)
        return f"{network}, {when}"


def _is_of(action: ReportedAction, read: Action) -> bool:
    """Return whether an action of the form is just what the text tells: one sentence may tell several."""
    return (action.type, action.audience, " ".join(action.description.split())) == (
        read.type,
        read.audience,
        " ".join(read.description.split()),
    )


# --- what a person corrects


def mean(form: Draft, written: str, choices: Sequence[str], chosen: str) -> None:
    """Let a name mean one of its candidates, or none of them (the empty text)."""
    meant = {one: one for one in form.entry.present}
    place = next((one for one in meant if _is_written(one, written, choices)), None)
    kept = [one for one in form.entry.present if one is not place]
    if chosen:
        rank = len(kept) if place is None else form.entry.present.index(place)
        kept.insert(rank, Present(code=chosen, printed_name=written))
    actions = tuple(
        replace(action, territory_code=chosen, territory="")
        if normalize(action.territory) == normalize(written) or action.territory_code in choices
        else action
        for action in form.entry.actions
    )
    form.replace(replace(form.entry, present=tuple(dict.fromkeys(kept)), actions=actions))


def meant(form: Draft, written: str, choices: Sequence[str]) -> str | None:
    """Return which candidate a name means now: a code, empty for none of them, None as long as it is open."""
    one = next((one for one in form.entry.present if _is_written(one, written, choices)), None)
    return "" if one is None else one.code or None


def _is_written(one: Present, written: str, choices: Sequence[str]) -> bool:
    return one.code in choices or (not one.code and normalize(one.name) == normalize(written))


def rename(form: Draft, written: str, typed: str) -> None:
    """Let another name stand for one that is not known; nothing typed takes it away."""
    network = form.entry.meeting["network"]
    present: list[Present] = []
    for one in form.entry.present:
        if one.code or one.name != written:
            present.append(one)
        else:
            present += [form.present(text, printed_name=written) for text in resolve_names(form, [typed], network)]
    form.replace(replace(form.entry, present=tuple(dict.fromkeys(present))))


def add(form: Draft, name: str) -> None:
    """Add a name of the text to those who were there."""
    found = resolve_names(form, [name], form.entry.meeting["network"])
    present = [*form.entry.present, *(form.present(text, printed_name=form.typed.get(text, "")) for text in found)]
    form.replace(replace(form.entry, present=tuple({one.code or one.name: one for one in present}.values())))


def is_there(form: Draft, name: str) -> bool:
    """Return whether a name of the text is one of those who were there."""
    return normalize(name) in {
        normalize(text)
        for one in form.entry.present
        for text in (one.name, one.printed_name, form.label(one.code).split(" (")[0])
        if text
    }


def update_instead(meeting: Meeting, code: str) -> None:
    """Let a form that turns out to be a meeting of the database change that one: what the text tells stays."""
    form = meeting.form
    now = entry_of(snapshot.known(), code)
    if now is not None:
        form.opened = now
        form.replace(merge(replace(form.entry, code=code), Entry(code), now))
