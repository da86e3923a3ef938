"""Minutes that are being read: the text, the forms that it fills, what they would change. Kept in the session.

Nothing of a text is written to disk before « Enregistrer », and the text itself only when that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import streamlit as st
from markupsafe import Markup

from netstats import wording
from netstats.catalogue import journal as questions
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.changes import ChangeSet
from netstats.intake.check.entry import EntryCheck
from netstats.intake.dates import Day
from netstats.intake.entry import Entry, Present, ReportedAction, entry_of, merge
from netstats.intake.snapshot import Snapshot
from netstats.minutes.documents import Document, pasted
from netstats.minutes.drafts import Action, Evident, Reading, TerritoryMention
from netstats.minutes.drafts import Draft as Extract
from netstats.minutes.proposing import not_yet
from netstats.minutes.reader import Reader
from netstats.minutes.rows import join
from netstats.minutes.saving import Proposal, check_all, label, propose
from netstats.minutes.serialize import how_sure
from netstats.minutes.waiting import code_of, codes, gone, kept_reading, source_of
from netstats.reference.fold import normalize
from netstats.store import Batch, Version
from netstats.ui.base import data
from netstats.ui.data import snapshot
from netstats.ui.data.draft import Draft, resolve_names
from netstats.ui.review.review import Preview, Review

Found = dict[int, EntryCheck]
"""Rank of a meeting → what its form means."""

EXAMPLE = """\
Exemple inventé : le réseau Hauts-de-France parle de tranquillité publique

Les coordonnateurs prévention-sécurité du réseau Hauts-de-France se sont réunis le 14 mars 2019 à Amiens. La réunion, \
ouverte aux non-membres du FFSU, a rassemblé une quinzaine de professionnels autour des violences faites aux femmes.

Les villes de Lille, de Beauvais et de Saint-Rémy étaient représentées, ainsi que la CA du Douaisis.

Présenter les actions

La ville de Beauvais a ouvert une permanence pour les femmes victimes de violences. À Arras, des médiateurs vont à la \
rencontre des jeunes en soirée.

Chacun a pu goûter les spécialités de la région.
"""
"""A short text to try the page with: nothing of it can be written."""

_WORK = "compte-rendu-en-cours"


@dataclass(eq=False)
class Meeting:
    """One meeting of the text: what was read, what the form was filled with, the form as the person corrects it.

    `waiting` is the code under which it waits in the database, or would. `actions` says which action of the text each
    action that a person ticked is in the form, by its number there; `confirmed` is what was in doubt and no longer is.
    """

    read: Extract
    proposal: Proposal
    form: Draft
    is_chosen: bool
    waiting: str
    actions: dict[int, Action] = field(default_factory=dict)
    confirmed: set[tuple[str, str]] = field(default_factory=set)

    def mention(self, one: Present) -> TerritoryMention | None:
        """Return where the text names a territory of the form; None when it does not."""
        names = {normalize(name) for name in (one.name, one.printed_name) if name}
        bodies = {body.communes: body.code for body in self.form.bodies}
        for mention in self.read.territories:
            codes = {mention.code, *mention.choices, bodies.get(mention.communes, "")} - {""}
            if one.code in codes or normalize(mention.written) in names:
                return mention
        return None

    def worth(self, field: str, value: object, read: Evident) -> str:
        """Return what a value that was read is worth, in words: « sûr », or confirmed by a person."""
        return "confirmé par vous" if (field, str(value)) in self.confirmed else how_sure(read)

    @property
    def label(self) -> str:
        """The meeting in a few words: « Hauts-de-France, 26 mai 2021 »."""
        coming = self.form.network
        names = {code: names[0] for code, names in snapshot.known().networks.items()}
        if coming:
            names[coming.code] = coming.name
        network, day = names.get(self.form.entry.network, "réseau inconnu"), self.form.entry.meeting["date"]
        when = wording.date(day.first, day.precision) if isinstance(day, Day) else "date inconnue"
        return f"{network}, {when}" + (" (mentionnée)" if self.read.is_mention else "")


@dataclass(eq=False)
class Work:
    """One text of a session; its `number` names its widgets, so that the next text begins with new ones.

    `reading` is None as long as nothing was read. `drawn` keeps the HTML of legend and text by the rank of the meeting
    that is shown, `file` the identifier of the last file, `thrown` the draft that may be thrown away. The forms
    share the review.
    """

    number: int = 0
    document: Document | None = None
    reading: Reading | None = None
    meetings: list[Meeting] = field(default_factory=list)
    drawn: dict[int, tuple[Markup, Markup]] = field(default_factory=dict)
    error: NetstatsError | None = None
    file: str = ""
    thrown: str = ""
    review: Review[Found] = field(default_factory=Review)

    def key(self, *parts: object) -> str:
        """Return the key of a widget."""
        return "-".join(["compte-rendu", str(self.number), *map(str, parts)])

    @property
    def is_example(self) -> bool:
        """Whether the text is the made-up one."""
        return self.document is not None and self.document.text.strip() == EXAMPLE.strip()

    @property
    def chosen(self) -> list[tuple[int, Meeting]]:
        """The meetings to be written, each with its rank."""
        return [(rank, meeting) for rank, meeting in enumerate(self.meetings) if meeting.is_chosen]


def current() -> Work:
    """Return the text that this person has at hand."""
    work: Work = st.session_state.setdefault(_WORK, Work())
    return work


def begin_again() -> None:
    """Put the text aside for another one."""
    _forget_forms(current())
    st.session_state[_WORK] = Work(current().number + 1)


def read(work: Work, text: str, source: str) -> None:
    """Read the text and fill a form for each meeting that it tells; why it cannot be read becomes the `error`.

    The forms of a reading before this one are given up, its text stays where it was typed.
    """
    work.error = None
    try:
        if not text.strip():  # nobody pasted anything: perhaps a file was refused
            raise NetstatsError("Il n’y a aucun texte à lire.", "Collez-en un, ou déposez un autre fichier.")
        document = work.document if work.document and work.document.text == text else pasted(text)
        reading = reader().read(document)
    except NetstatsError as error:
        work.error = error
        return
    _forget_forms(work)
    _begin(work, document, reading, source)


def take_up(code: str) -> None:
    """Begin with a meeting that waits: its text as well, when it was kept."""
    for row in questions.drafts(data.database(), code):  # none when somebody else has just settled it
        begin_again()
        work, reading, (name, address) = current(), kept_reading(row), source_of(row)
        st.session_state.update({work.key("texte"): reading.text, work.key("source"): address})
        _begin(work, Document(reading.text, name=name), reading, address, code)


def _begin(work: Work, document: Document, reading: Reading, source: str, code: str = "") -> None:
    work.document, work.reading, work.review = document, reading, Review()
    work.meetings = [
        _meeting(work, rank, draft, source, code or code_of(reading.text, draft))
        for rank, draft in enumerate(reading.drafts)
    ]
    work.drawn.clear()


def _forget_forms(work: Work) -> None:
    for meeting in work.meetings:
        meeting.form.forget_widgets()


def _meeting(work: Work, rank: int, draft: Extract, source: str, code: str, *, is_new: bool = False) -> Meeting:
    proposal = propose(draft, snapshot.known(), source_url=source, is_new=is_new)
    form = Draft(
        proposal.entry,
        proposal.opened,
        review=work.review,
        name=work.key("reunion", rank),
        bodies=tuple(proposal.bodies),
        network=proposal.network,
    )
    return Meeting(draft, proposal, form, not draft.is_mention and draft.is_likely, code)


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Version: repr})
def _reader(version: Version, _known: Snapshot) -> Reader:  # version keys the cache
    return Reader(_known)


def reader() -> Reader:
    """Return the reader that knows the names of the database."""
    return _reader(data.version(), snapshot.known())


# --- what a person settles


def add(form: Draft, name: str) -> None:
    """Add a name of the text to those who were there."""
    found = resolve_names(form, [name])
    present = [*form.entry.present, *(form.present(text, printed_name=form.typed.get(text, "")) for text in found)]
    form.replace(replace(form.entry, present=tuple({one.code or one.name: one for one in present}.values())))


def is_there(form: Draft, name: str) -> bool:
    """Return whether a name of the text is one of those who were there."""
    present = form.entry.present
    names = [text for one in present for text in (one.printed_name, form.label(one).split(" (")[0])]
    return normalize(name) in map(normalize, names)


def tick(meeting: Meeting, action: Action, proposed: ReportedAction) -> None:
    """Add an action of the text to the form, or take it out again."""
    number = next((number for number, one in meeting.actions.items() if one is action), None)
    if number is None:
        meeting.actions[meeting.form.add_action(proposed)] = action
    else:
        del meeting.actions[number]
        if number in meeting.form.actions:
            meeting.form.remove_action(number)


def part(work: Work, rank: int, source: str) -> None:
    """Let a meeting that was taken for one of the database be a new one, as it was read."""
    shown = work.meetings[rank]
    shown.form.forget_widgets()
    work.meetings[rank] = _meeting(work, rank, shown.read, source, shown.waiting, is_new=True)


def complete(meeting: Meeting, code: str) -> None:
    """Let a form that turns out to be a meeting of the database change that one: what the text tells stays."""
    form = meeting.form
    now = entry_of(snapshot.known(), code)
    if now is not None:
        for number in [number for number in meeting.actions if number in form.actions]:
            form.remove_action(number)  # to be ticked again, if that meeting does not have it
        meeting.actions.clear()
        new = [id(action) for action in not_yet([action for action, _ in meeting.proposal.actions], now.actions)]
        proposed = tuple(one for one in meeting.proposal.actions if id(one[0]) in new)
        meeting.proposal = replace(meeting.proposal, actions=proposed)
        form.opened = now
        form.replace(merge(replace(form.entry, code=code), Entry(code), now))


# --- what it would change


def preview(work: Work) -> Preview[Found]:
    """Return what the chosen meetings would change."""
    chosen = work.chosen

    def checked() -> tuple[Found, ChangeSet | None]:
        proposals = [replace(one.proposal, entry=one.form.entry, opened=one.form.opened) for _, one in chosen]
        found, change_set = check_all(proposals, snapshot.known(), answers=work.review.answers)
        if change_set is not None:
            change_set = join([change_set, gone({one.waiting for _, one in chosen} & codes(snapshot.known()))])
        return {rank: one for (rank, _), one in zip(chosen, found, strict=True)}, change_set

    return work.review.look(tuple((rank, meeting.form.entry) for rank, meeting in chosen), checked)


def batch(document: Document, change_set: ChangeSet, source: str, *, with_text: bool) -> Batch:
    """Return what the journal says of it."""
    return Batch(
        journal.MINUTES,
        label(change_set, snapshot.known()),
        source=source if source.startswith(("https://", "http://")) else journal.file_name(document.name),
        text=document.text if with_text else "",
    )
