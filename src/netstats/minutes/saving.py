"""From the forms to the database: the meetings of a text checked together, and put in as one change set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from netstats import wording
from netstats.intake.changes import ChangeSet
from netstats.intake.check.entry import EntryCheck, check
from netstats.intake.check.lines import lines_filled_in
from netstats.intake.check.run import Run
from netstats.intake.check.sheets import check_lines
from netstats.intake.check.which import territory_topic
from netstats.intake.entry import Body, Entry, NewNetwork, Present
from netstats.intake.forms import ATTENDANCE, BODIES, MEETINGS, NETWORKS
from netstats.intake.issues import Issue, Where
from netstats.intake.near import place_label
from netstats.intake.questions import NONE, Option, Question, Topic
from netstats.intake.snapshot import Snapshot
from netstats.minutes.doubts import doubts
from netstats.minutes.drafts import Draft
from netstats.minutes.proposing import Proposal, earlier_meetings, propose
from netstats.minutes.rows import after, join
from netstats.reference.fold import normalize
from netstats.reference.gazetteer import Gazetteer
from netstats.wording import NO_BREAK

__all__ = [
    "Checked",
    "Proposal",
    "after",
    "check_all",
    "doubts",
    "earlier_meetings",
    "label",
    "propose",
]

_MOST_NAMED = 3


class Checked(NamedTuple):
    """What several proposals mean together: an outcome each, and one change set, None while one of them has none.

    The change set of an outcome alone lacks the councils and the network to create, which the joined one holds once.
    """

    outcomes: tuple[EntryCheck, ...]
    change_set: ChangeSet | None


def check_all(
    proposals: Sequence[Proposal],
    known: Snapshot,
    *,
    answers: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Checked:
    """Return what some meetings mean together, by the validation of the form: each knows of those before it.

    Of the councils and networks to create, those that an entry, perhaps corrected, still names are. `answers`: key of
    a question → code of the option that was chosen. A meeting after `today` cannot have been held.
    """
    answers = answers or {}
    lists, issues_of_lists = _lists(proposals, known, today)
    now = after(known, lists)
    outcomes: list[EntryCheck] = []
    told: dict[str, str] = {}  # code of a meeting of this very text -> what it is called
    for index, proposal in enumerate(proposals):
        entry, asked, refused = _with_answers(proposal, now, answers)
        outcome = check(entry, now, answers=answers, today=today)
        # What is asked of the text offers the territories that it may mean, the nearest first.
        questions = {question.key: question for question in (*outcome.questions, *asked)}
        issues = (*(issues_of_lists if index == 0 else ()), *refused, *outcome.issues)
        twin = outcome.twin
        if same := told.get(twin or entry.code):
            issues, twin = (*issues, Issue("told-before", {"meeting": same}, where=Where(MEETINGS.name))), ""
        change_set = None if issues or questions or twin else outcome.change_set
        outcomes.append(EntryCheck(outcome.code, change_set, issues, tuple(questions.values()), twin))
        if change_set:
            now = after(now, change_set)
            told[outcome.code] = _called(change_set, _network_names(now, change_set))
    change_sets = [outcome.change_set for outcome in outcomes if outcome.change_set]
    joined = join([lists, *change_sets]) if change_sets and len(change_sets) == len(outcomes) else None
    return Checked(tuple(outcomes), joined)


class Kept(NamedTuple):
    """A draft of which nothing is in doubt; `is_new` when the database has no such meeting."""

    draft: Draft
    is_new: bool


class Undoubted(NamedTuple):
    """The drafts of a text that nobody must look at, checked together, and why somebody must look at the others."""

    checked: Checked
    kept: tuple[Kept, ...]
    left: tuple[tuple[Draft, tuple[str, ...]], ...]


def without_doubt(
    drafts: Sequence[Draft], known: Snapshot, *, source_url: str = "", today: date | None = None
) -> Undoubted:
    """Return which drafts of a text may be written without a person: each whole, or not at all."""
    left: list[tuple[Draft, tuple[str, ...]]] = []
    while True:
        proposals = [propose(draft, known, source_url=source_url) for draft in drafts]
        checked = check_all(proposals, known, today=today)
        reasons = [doubts(*one) for one in zip(drafts, proposals, checked.outcomes, strict=True)]
        if not any(reasons):
            kept = (Kept(draft, proposal.opened is None) for draft, proposal in zip(drafts, proposals, strict=True))
            return Undoubted(checked, tuple(kept), tuple(left))
        left += [(draft, why) for draft, why in zip(drafts, reasons, strict=True) if why]
        # What is left was checked beside what is not: once more without it.
        drafts = [draft for draft, why in zip(drafts, reasons, strict=True) if not why]


def label(change_set: ChangeSet, known: Snapshot) -> str:
    """Return what the journal calls a change set: « Compte rendu : réunion du réseau Hauts-de-France (6 mai 2020) »."""
    if "meeting" not in change_set.rows:
        names = change_set.rows["draft"]["name"].tolist()
        what = names[0] if len(names) == 1 else wording.counted(len(names), "réunion")
        return f"En attente{NO_BREAK}: {what}"
    meetings, networks = change_set.rows["meeting"], _network_names(known, change_set)
    if len(meetings) == 1:
        return f"Compte rendu{NO_BREAK}: {_called(change_set, networks)}"
    codes = sorted(set(meetings["network_code"]))
    if len(codes) == 1:
        where = f"du réseau {networks[codes[0]]}"
    elif len(codes) <= _MOST_NAMED:
        where = f"des réseaux {wording.listing(networks[code] for code in codes)}"
    else:
        where = f"de {wording.counted(len(codes), 'réseau', 'réseaux')}"
    return f"Compte rendu{NO_BREAK}: {wording.counted(len(meetings), 'réunion')} {where}"


def _lists(proposals: Sequence[Proposal], known: Snapshot, today: date | None) -> tuple[ChangeSet, tuple[Issue, ...]]:
    """Return the councils and networks that entries name and the database does not have, and what is wrong in them."""
    entries = [proposal.entry for proposal in proposals]
    named = {one.code for entry in entries for one in entry.present}
    named |= {action.territory_code for entry in entries for action in entry.actions}
    bodies = {body.code: body for proposal in proposals for body in proposal.bodies if body.code in named}
    wanted = {entry.network for entry in entries} - known.networks.keys()
    networks = {one.code: one for proposal in proposals if (one := proposal.network) and one.code in wanted}
    held = set(known.rows["territory"]["code"])
    if not networks and not bodies.keys() - held:
        return ChangeSet(), ()
    result = check_lines(
        Run(known, {}, empty_clears=False, today=today or date.today()),
        [
            lines_filled_in(NETWORKS, [_network_line(network) for network in networks.values()]),
            lines_filled_in(BODIES, [_body_line(body) for code, body in bodies.items() if code not in held]),
        ],
    )
    return result.change_set, result.issues


def _network_line(network: NewNetwork) -> dict[str, object]:
    return {
        "code": network.code,
        "name": network.name,
        "scope": "regional" if network.regions else "national",
        "regions": network.regions or None,
    }


def _body_line(body: Body) -> dict[str, object]:
    return {"code": body.code, "kind": body.kind, "name": body.name, "communes": body.communes}


def _with_answers(
    proposal: Proposal, known: Snapshot, answers: Mapping[str, str]
) -> tuple[Entry, list[Question], list[Issue]]:
    """Return the entry with the territories that were chosen; the names still to be chosen for; those refused."""
    entry = proposal.entry
    present: list[Present] = []
    asked: list[Question] = []
    refused: list[Issue] = []
    for row, one in enumerate(entry.present):
        codes = () if one.code else proposal.choices.get(one.name, ())
        topic = territory_topic(one.name, entry.network)  # that of the check, should it ask
        answer = answers.get(topic.key, "")
        if codes and known.gazetteer.candidate(answer):
            present.append(replace(one, code=answer, name="", printed_name=one.printed_name or one.name))
            continue
        present.append(one)
        quoted = f"«{NO_BREAK}{one.name}{NO_BREAK}»"
        if codes and answer == NONE:
            where = Where(ATTENDANCE.name, row, "territory")
            refused.append(Issue("none-of-them-read", found=one.name, where=where))
        elif codes:
            asked.append(_question(topic, quoted, codes, known.gazetteer))
    return replace(entry, present=tuple(present)), asked, refused


def _question(topic: Topic, quoted: str, codes: tuple[str, ...], gazetteer: Gazetteer) -> Question:
    found = [candidate for code in codes if (candidate := gazetteer.candidate(code))]
    options = [
        Option(one.code, f"{place_label(one)}, commune" if one.kind == "commune" else place_label(one)) for one in found
    ]
    if len(found) == 1:
        sentence = f"{quoted} est-il bien {options[0].label}{NO_BREAK}?"
    else:
        sentence = f"{quoted} peut désigner {wording.counted(len(found), 'territoire')}. Lequel{NO_BREAK}?"
    none = Option(NONE, f"Aucun de ceux-là{NO_BREAK}: le nom est à retirer ou à récrire")
    return Question(topic, sentence, (*options, none))


def _network_names(known: Snapshot, change_set: ChangeSet) -> dict[str, str]:
    names = {code: name for code, (name, *_) in known.networks.items()}
    new = change_set.rows.get("network", known.rows["network"].iloc[:0])
    return names | dict(zip(new["code"], new["name"], strict=True))


def _called(change_set: ChangeSet, networks: Mapping[str, str]) -> str:
    """Return the one meeting of a change set as one says it: « réunion du réseau Hauts-de-France (6 mai 2020) »."""
    (row,) = change_set.rows["meeting"].to_dict("records")
    day = wording.date(row["held_on"], str(row["date_precision"]))
    usual = f"{str(row['kind']).removesuffix(' de réseau')} du réseau {networks[str(row['network_code'])]}"
    title = str(row["title"])
    said = usual if normalize(title) == normalize(usual) else f"«{NO_BREAK}{title}{NO_BREAK}»"
    return f"{said} ({day})"
