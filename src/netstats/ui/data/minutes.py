"""Minutes that are being read: the text, the forms that it fills, what they would change. Kept in the session.

Nothing of a text is written to disk before « Enregistrer », and the text itself only when that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

import streamlit as st

from netstats import wording
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.entry import Entry, Outcome, Present, Told, entry_of, merge
from netstats.intake.files.known import Known
from netstats.intake.files.values import Wrong, read_date
from netstats.minutes.documents import Document, pasted, read_document
from netstats.minutes.drafts import Action, Reading, TerritoryMention
from netstats.minutes.drafts import Draft as Read
from netstats.minutes.prose import Prose, parse
from netstats.minutes.reader import Reader
from netstats.minutes.saving import Proposal, check_all, earlier_meetings, label, propose, unverified
from netstats.reference.names import normalize
from netstats.store import Batch, Edit, OutdatedError, Version
from netstats.ui.base import data
from netstats.ui.data import entry, snapshot
from netstats.ui.data.entry import Draft

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


class Sent(Protocol):
    """A file that was sent, as Streamlit hands it over."""

    name: str

    def getvalue(self) -> bytes:
        """Return its bytes."""


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
    deeds
        Number of an action of the form → what the text tells.
    proposed
        What the text tells that the form held at first: the database has the rest already.
    """

    read: Read
    proposal: Proposal
    form: Draft
    is_chosen: bool
    earlier: tuple[str, ...] = ()
    deeds: dict[int, Action] = field(default_factory=dict)
    proposed: list[Action] = field(init=False)
    _numbered: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.proposed = [deed for deed in self._told() if deed]

    def deed(self, number: int) -> Action | None:
        """Return what the text tells of an action of the form; None for one that it does not tell."""
        if self._numbered is not self.form.actions:  # the form was filled anew: its numbers too
            before = [self.deeds.get(one) for one in self._numbered]
            self._numbered = self.form.actions
            found = before if len(before) == len(self._numbered) else self._told()
            self.deeds = {one: deed for one, deed in zip(self._numbered, found, strict=True) if deed}
        return self.deeds.get(number)

    def _told(self) -> list[Action | None]:
        """Return what the text tells of each action of the form; those of the database are not looked for."""
        left = list(self.read.actions)
        new = [action for action in self.form.entry.actions if not action.code]
        found: dict[int, Action] = {}
        if len(new) == len(left):  # a description may have been left empty: the order tells
            found = dict(enumerate(left))
        for rank, action in enumerate(new):
            same = next((deed for deed in left if _is_of(action, deed)), None)
            if rank not in found and same is not None:
                left.remove(same)
                found[rank] = same
        ranks = iter(range(len(new)))
        return [None if action.code else found.get(next(ranks)) for action in self.form.entry.actions]

    def presence(self, one: Present) -> TerritoryMention | None:
        """Return where the text names a territory of the form; None when it does not."""
        names = {normalize(name) for name in (one.name, one.printed_name) if name}
        bodies = {body.communes: body.code for body in self.form.bodies}
        for presence in self.read.territories:
            codes = {presence.code, *presence.choices, bodies.get(presence.communes, "")} - {""}
            if one.code in codes or normalize(presence.written) in names:
                return presence
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
        when = "date inconnue" if day is None or isinstance(day, Wrong) else wording.date(day.first, day.precision)
        return f"{network}, {when}"


def _is_of(action: Told, deed: Action) -> bool:
    """Return whether an action of the form is just what the text tells: one sentence may tell several."""
    return (action.type, action.audience, " ".join(action.description.split())) == (
        deed.type,
        deed.audience,
        " ".join(deed.description.split()),
    )


@dataclass(frozen=True, eq=False)
class Judged:
    """What the chosen meetings would change.

    Attributes
    ----------
    of
        What it was made of: while this is the same it stays good.
    outcomes
        Rank of a meeting → what its form means.
    edit, difference
        What would be written and changed; None while something is wrong or asked.
    error
        Why the database refuses it as a whole.
    """

    of: tuple[object, ...]
    outcomes: dict[int, Outcome]
    edit: Edit | None
    difference: journal.Difference | None
    error: NetstatsError | None = None


@dataclass(frozen=True)
class Saved:
    """What was written last: number of the entry, what it changed, code and title of each meeting."""

    batch: int
    sentence: str
    meetings: tuple[tuple[str, str], ...]


@dataclass(eq=False)
class Work:
    """One text of a session.

    Attributes
    ----------
    number
        Names its widgets: the next text begins with new ones.
    text, source
        What was pasted, and where it comes from, as they were typed.
    document
        The text as it was cleaned, with what is known of it: its headings, the name of its file.
    reading, prose
        What was read of it, and the text cut into paragraphs; None as long as nothing was.
    meetings
        The meetings of the text.
    shown_meeting
        Rank of the one on the screen.
    drawn
        Rank of a meeting and mode of the colours → HTML of the text and its legend.
    error
        Why the text cannot be read.
    asked
        Whether the person wants to see what would change.
    keeps_text
        Whether the full text is to be kept.
    aside_shown
        How many of the words left aside are listed.
    files_received
        Names the uploader: it is empty again once its file is read.
    tries_example
        Whether the made-up text is to be read.
    notices
        What kept it from being written.
    followed
        The version of the data that the forms follow.
    judged, shown
        The last answer to `judge`, and the difference on the screen.
    saved, is_told
        What the text before this one became; whether that has been said.
    """

    number: int = 0
    text: str = ""
    source: str = ""
    document: Document | None = None
    reading: Reading | None = None
    prose: Prose | None = None
    meetings: list[Meeting] = field(default_factory=list)
    shown_meeting: int = 0
    drawn: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    error: NetstatsError | None = None
    asked: bool = False
    keeps_text: bool = False
    aside_shown: int = 12
    files_received: int = 0
    tries_example: bool = False
    notices: list[str] = field(default_factory=list)
    followed: Version | None = None
    judged: Judged | None = None
    shown: journal.Difference | None = None
    saved: Saved | None = None
    is_told: bool = False

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
    st.session_state[_WORK] = Work(current().number + 1)


def receive(work: Work, sent: Sent) -> bool:
    """Take the text of a file; return whether it could be."""
    work.error = None
    try:
        document = read_document(sent.name, sent.getvalue())
    except NetstatsError as error:
        work.error = error
        return False
    work.text, work.document = document.text, document
    work.source = work.source.strip() or document.source_url
    return True


def read(work: Work) -> bool:
    """Read the text and fill a form for each meeting that it tells; return whether it could be read.

    The forms of a reading before this one are given up, its text stays where it was typed.
    """
    work.error, work.saved = None, None
    if not work.text.strip():  # nobody pasted anything: perhaps a file was refused
        work.error = NetstatsError("Il n’y a aucun texte à lire.", "Collez-en un, ou déposez un autre fichier.")
        return False
    try:
        document = work.document
        if document is None or document.text != work.text:
            document = pasted(work.text)
        reading = reader().read(document)
    except NetstatsError as error:
        work.error = error
        return False
    _forget_forms(work)
    work.document, work.reading = document, reading
    work.prose = parse(reading.text, document.headings)
    days = [draft.when.value.first for draft in reading.drafts if draft.when and not draft.is_mention]
    before = min(days, default=None)
    work.meetings = [_meeting(work, rank, draft, before) for rank, draft in enumerate(reading.drafts)]
    work.shown_meeting, work.asked, work.judged, work.shown, work.notices = 0, False, None, None, []
    work.drawn.clear()
    work.followed = data.version()
    return True


def _forget_forms(work: Work) -> None:
    for meeting in work.meetings:
        meeting.form.replace(meeting.form.entry)  # and what its widgets hold


def _meeting(work: Work, rank: int, draft: Read, before: date | None) -> Meeting:
    known = snapshot.known()
    proposal = propose(draft, known, source_url=work.source.strip())
    form = Draft(
        proposal.entry,
        proposal.opened,
        list(range(len(proposal.entry.actions))),
        name=work.key("reunion", rank),
        bodies=tuple(proposal.bodies),
        network=proposal.network,
    )
    earlier = earlier_meetings(draft, known, before=before) if draft.is_mention else ()
    return Meeting(draft, proposal, form, is_chosen=not draft.is_mention, earlier=earlier)


def _is_address(text: str) -> bool:
    return text.strip().startswith(("https://", "http://"))


def reader() -> Reader:
    """Return the reader that knows what the database holds now."""
    return _reader(data.version(), snapshot.known())


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Version: repr})
def _reader(version: Version, _known: Known) -> Reader:  # version keys the cache
    return Reader(_known)


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
            present += [form.present(text, printed_name=written) for text in entry.settled(form, [typed], network)]
    form.replace(replace(form.entry, present=tuple(dict.fromkeys(present))))


def add(form: Draft, name: str) -> None:
    """Add a name of the text to those who were there."""
    found = entry.settled(form, [name], form.entry.meeting["network"])
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


def follow(work: Work) -> bool:
    """Let the forms follow what others have written since they were filled; return whether one has changed.

    What was typed stays. Call it once the forms hold all that was typed.
    """
    if work.followed == data.version():
        return False
    work.followed = data.version()
    changed = [entry.follow(one.form) for one in work.meetings]  # every one, not up to the first
    return any(changed)


def update_instead(meeting: Meeting, code: str) -> None:
    """Let a form that turns out to be a meeting of the database change that one: what the text tells stays."""
    form = meeting.form
    now = entry_of(snapshot.known(), code)
    if now is not None:
        form.opened = now
        form.replace(merge(replace(form.entry, code=code), Entry(code), now))


# --- what it would change


def judge(work: Work) -> Judged:
    """Return what the chosen meetings would change; asked again only when a form, an answer or the data changed."""
    chosen = work.chosen
    answers = {key: option for _, meeting in chosen for key, option in meeting.form.answers.items()}
    of = (tuple((rank, meeting.form.entry) for rank, meeting in chosen), answers, data.version())
    if work.judged is None or work.judged.of != of:
        work.judged = _judge(chosen, answers, of)
    return work.judged


def _judge(chosen: Sequence[tuple[int, Meeting]], answers: dict[str, str], of: tuple[object, ...]) -> Judged:
    proposals = [
        replace(meeting.proposal, entry=meeting.form.entry, opened=meeting.form.opened) for _, meeting in chosen
    ]
    outcomes, edit = check_all(proposals, snapshot.known(), answers=answers)
    by_rank = {rank: outcome for (rank, _), outcome in zip(chosen, outcomes, strict=True)}
    if edit is None:
        return Judged(of, by_rank, None, None)
    try:
        return Judged(of, by_rank, edit, journal.rehearse(data.database(), edit))
    except NetstatsError as error:
        return Judged(of, by_rank, edit, None, error)


def write(work: Work, judged: Judged, author: str) -> None:
    """Write what was shown as one entry of the journal; what comes next is another text.

    When somebody else has written meanwhile nothing is: the page says so and holds what it held.

    Raises
    ------
    NetstatsError
        It cannot be written, or the author or the kept text looks like a person.
    """
    if judged.edit is None or judged.difference is None or work.document is None:
        return
    meetings = tuple((judged.outcomes[rank].code, meeting.label()) for rank, meeting in work.chosen)
    batch = Batch(
        journal.MINUTES,
        label(judged.edit, snapshot.known()),
        author,
        work.source.strip() if _is_address(work.source) else journal.file_name(work.document.name),
        text=work.document.text if work.keeps_text else "",
    )
    try:
        number = journal.apply(data.database(), judged.edit, batch, seen=judged.difference)
    except OutdatedError as error:
        work.notices, work.judged = [f"{error.what} {error.remedy}"], None
        return
    saved = None if number is None else Saved(number, judged.difference.sentence(), meetings)
    _forget_forms(work)
    st.session_state[_WORK] = Work(work.number + 1, saved=saved)
