"""Minutes that are being read: the text, the forms that it fills, what they would change. Kept in the session.

Nothing of a text is written to disk before « Enregistrer », and the text itself only when that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

import streamlit as st

from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.changes import ChangeSet
from netstats.intake.check.entry import EntryCheck
from netstats.intake.snapshot import Snapshot
from netstats.minutes.documents import Document, pasted, read_document
from netstats.minutes.drafts import Draft as Extract
from netstats.minutes.drafts import Reading
from netstats.minutes.prose import Prose, parse
from netstats.minutes.reader import Reader
from netstats.minutes.saving import check_all, earlier_meetings, label, propose
from netstats.store import Batch, Version
from netstats.ui.base import data
from netstats.ui.base.links import SUBJECT
from netstats.ui.data import snapshot
from netstats.ui.data.draft import Draft
from netstats.ui.data.draft import follow as follow_others
from netstats.ui.data.minutes_meeting import Meeting
from netstats.ui.review.diff import capitalised
from netstats.ui.review.review import Link, Preview, Review, Saved

Outcomes = dict[int, EntryCheck]
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


class Sent(Protocol):
    """A file that was sent, as Streamlit hands it over."""

    name: str

    def getvalue(self) -> bytes:
        """Return its bytes."""


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
    keeps_text
        Whether the full text is to be kept.
    aside_shown
        How many of the words left aside are listed.
    files_received
        Names the uploader: it is empty again once its file is read.
    tries_example
        Whether the made-up text is to be read.
    followed
        The version of the data that the forms follow.
    review
        The answers, and what the chosen meetings would change; their forms share it.
    saved, is_said
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
    keeps_text: bool = False
    aside_shown: int = 12
    files_received: int = 0
    tries_example: bool = False
    followed: Version | None = None
    review: Review[Outcomes] = field(default_factory=Review)
    saved: Saved | None = None
    is_said: bool = False

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
    work.review = Review()
    work.meetings = [_meeting(work, rank, draft, before) for rank, draft in enumerate(reading.drafts)]
    work.shown_meeting = 0
    work.drawn.clear()
    work.followed = data.version()
    return True


def _forget_forms(work: Work) -> None:
    for meeting in work.meetings:
        meeting.form.replace(meeting.form.entry)  # and what its widgets hold


def _meeting(work: Work, rank: int, draft: Extract, before: date | None) -> Meeting:
    known = snapshot.known()
    proposal = propose(draft, known, source_url=work.source.strip())
    form = Draft(
        proposal.entry,
        proposal.opened,
        review=work.review,
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
def _reader(version: Version, _known: Snapshot) -> Reader:  # version keys the cache
    return Reader(_known)


def follow(work: Work) -> bool:
    """Let the forms follow what others have written since they were filled; return whether one has changed.

    What was typed stays. Call it once the forms hold all that was typed.
    """
    if work.followed == data.version():
        return False
    work.followed = data.version()
    changed = [follow_others(one.form) for one in work.meetings]  # every one, not up to the first
    return any(changed)


# --- what it would change


def preview(work: Work) -> Preview[Outcomes]:
    """Return what the chosen meetings would change, and by rank of a meeting what its form means."""
    chosen = work.chosen
    entries = tuple((rank, meeting.form.entry) for rank, meeting in chosen)

    def checked() -> tuple[Outcomes, ChangeSet | None]:
        proposals = [replace(one.proposal, entry=one.form.entry, opened=one.form.opened) for _, one in chosen]
        outcomes, change_set = check_all(proposals, snapshot.known(), answers=work.review.answers)
        return {rank: outcome for (rank, _), outcome in zip(chosen, outcomes, strict=True)}, change_set

    return work.review.look(entries, checked)


def write(work: Work, shown: Preview[Outcomes], author: str) -> None:
    """Write what was shown as one entry of the journal; what comes next is another text. It stays if others wrote.

    Raises
    ------
    NetstatsError
        It cannot be written, or the author or the kept text looks like a person.
    """
    if shown.change_set is None or shown.diff is None or work.document is None:
        return
    meetings = [(shown.result[rank].code, meeting.label()) for rank, meeting in work.chosen]
    batch = Batch(
        journal.MINUTES,
        label(shown.change_set, snapshot.known()),
        author,
        work.source.strip() if _is_address(work.source) else journal.file_name(work.document.name),
        text=work.document.text if work.keeps_text else "",
    )
    number = work.review.commit(shown, batch)
    if number is None:
        return
    sheets = [
        Link("pages/analysis/meeting.py", f"Fiche : {called}", ":material/event:", {SUBJECT: code})
        for code, called in meetings
    ]
    entry = Link("pages/data/journal.py", "Voir ou annuler cette entrée", ":material/history:", {"entree": str(number)})
    title = f"Compte rendu enregistré : entrée n° {number} du journal."
    _forget_forms(work)
    saved = Saved(title, f"{capitalised(shown.diff.sentence())}.", (*sheets, entry))
    st.session_state[_WORK] = Work(work.number + 1, saved=saved)
