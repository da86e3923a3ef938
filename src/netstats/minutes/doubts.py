"""What a person should look at before a meeting is saved, and why."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from netstats import wording
from netstats.intake.check.entry import EntryCheck
from netstats.intake.entry import Entry, Value, written
from netstats.intake.forms import MEETINGS
from netstats.intake.issues import Issue
from netstats.minutes.drafts import FACTS, LEAST_TOGETHER, Draft, Evident, is_sure
from netstats.minutes.persons import tidy
from netstats.minutes.proposing import Proposal
from netstats.wording import NO_BREAK


def doubts(draft: Draft, proposal: Proposal, outcome: EntryCheck) -> tuple[str, ...]:
    """Return why somebody must look at a draft before it is saved, in French; nothing when it is beyond doubt."""
    found = [_placed(one) for one in outcome.issues]
    found += [question.sentence for question in outcome.questions]
    if outcome.twin:
        found.append(f"La réunion est peut-être déjà dans la base{NO_BREAK}: {outcome.twin}.")
    if proposal.network:
        found.append(f"Le réseau {proposal.network.name} est à créer.")
    found += _contradictions(proposal)
    if draft.is_mention:
        found.append("Le texte ne fait que mentionner cette réunion.")
    elif draft.when is None:
        found.append("La date n’a pas été trouvée.")
    elif not draft.is_whole and proposal.opened is None:
        found.append("Aucune phrase ne dit à la fois quel réseau s’est réuni et quel jour, année comprise.")
    values = list(remaining(draft, proposal, proposal.entry))
    unsure = dict.fromkeys(one.says for one in values if not is_sure(one.read))
    if unsure:
        found.append(f"À vérifier{NO_BREAK}: {wording.listing(unsure)}.")
    elif prod(one.read.confidence for one in values) < LEAST_TOGETHER:
        found.append("Chaque valeur est sûre, mais il y en a trop pour que toutes le soient.")
    return tuple(dict.fromkeys(found))


def _placed(issue: Issue) -> str:
    name = issue.where.field if issue.where.form == MEETINGS.name else ""
    return f"{MEETINGS.field(name).header}{NO_BREAK}: {issue.in_form}" if name else issue.in_form


def _contradictions(proposal: Proposal) -> Iterator[str]:
    """Yield what the database says otherwise: perhaps somebody corrected it by hand since the text was first read."""
    if proposal.opened is None:
        return
    before, now = proposal.opened.meeting, proposal.entry.meeting
    for fact in FACTS:
        then, said = before[fact.field], now[fact.field]
        is_progress = fact.name == "status" and then == "announced"
        if then is not None and said != then and not is_progress:
            field = MEETINGS.field(fact.field)
            was, is_now = written(field, then), written(field, said)
            yield f"La base dit autrement, {fact.title.lower()}{NO_BREAK}: {was} → {is_now}."


class Remaining(NamedTuple):
    """What was read and still stands in the form: a `field` of it with its value, a territory as written, a theme."""

    field: str
    value: Value
    title: str
    read: Evident

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the others of its meeting."""
        return self.field, str(self.value)

    @property
    def says(self) -> str:
        """What it is, in a sentence."""
        return f"«{NO_BREAK}{self.value}{NO_BREAK}»" if self.field == "present" else self.title.lower()


def remaining(draft: Draft, proposal: Proposal, now: Entry) -> Iterator[Remaining]:
    """Yield what was read and still stands in a form; but for what the database knows just so."""
    proposed, before = proposal.entry.meeting, proposal.opened
    for fact, read in draft.facts():
        value = proposed[fact.field]
        if now.meeting[fact.field] == value and (before is None or value != before.meeting[fact.field]):
            yield Remaining(fact.field, value, fact.title, read)
    there = {one.code for one in before.present} if before else set()
    named = {one.code or one.name for one in now.present}
    for territory in draft.territories:
        if territory.code not in there and {territory.code, tidy(territory.written)} & named:
            yield Remaining("present", tidy(territory.written), "Territoire présent", territory)
    for theme in draft.themes:
        if theme.value in now.themes and (before is None or theme.value not in before.themes):
            yield Remaining("themes", theme.value, "Thèmes", theme)
