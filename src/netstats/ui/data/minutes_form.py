"""One meeting of the minutes as the page draws it: the form of « Saisir », each field with the words behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from netstats import wording
from netstats.intake.entry import DEFAULTS, Present
from netstats.intake.files.forms import MEETINGS
from netstats.minutes import serialize
from netstats.minutes.drafts import Action, Extracted, Reading, SetAside, Span
from netstats.minutes.drafts import Draft as ReadMeeting
from netstats.reference.names import normalize
from netstats.ui.base import links, lists
from netstats.ui.base.text import element, plain
from netstats.ui.data import minutes_meeting, minutes_text, snapshot
from netstats.ui.data.draft import Draft
from netstats.ui.data.entry_form import Form, Words
from netstats.ui.data.minutes import Work
from netstats.ui.data.minutes_meeting import Meeting
from netstats.ui.data.minutes_text import Mark
from netstats.ui.review import panel

# Attribute of a draft -> field of the form.
_FIELDS = {
    "network": "network",
    "when": "date",
    "format": "format",
    "place": "place",
    "kind": "kind",
    "status": "status",
    "headcount": "participants",
    "open_to_non_members": "open_to_non_members",
}
_ATTRIBUTES = {field: name for name, field in _FIELDS.items()}
_NONE = ""
_MOST_EARLIER = 5


# --- what each part of the text was read for


def marks(reading: Reading, shown: int) -> list[Mark]:
    """Return the marks of the text while one of its meetings is on the screen: the others' lead nowhere."""
    found = [Mark(span, minutes_text.UNREAD, "rien n’en a été lu") for span in reading.unread]
    for rank, draft in enumerate(reading.drafts):
        if rank != shown:
            found += [Mark(span, minutes_text.OTHER, "lu pour une autre réunion") for _, span in draft.evidence()]
    here = list(_marks(reading.drafts[shown])) if reading.drafts else []
    taken = {mark.span for mark in here}
    found = [mark for mark in found if mark.span not in taken]
    found += [*here, *(Mark(one.span, minutes_text.ASIDE, one.why) for one in reading.set_aside)]
    once: dict[tuple[Span, str], Mark] = {}
    for mark in found:  # the same words may tell two fields: they carry one mark, which says both
        first = once.setdefault((mark.span, mark.sort), mark)
        if mark.says not in first.says:
            once[mark.span, mark.sort] = replace(first, says=f"{first.says} ; {mark.says}")
    return list(once.values())


def _marks(draft: ReadMeeting) -> Iterator[Mark]:
    known = snapshot.known()
    for attribute, name in _FIELDS.items():
        value: Extracted[object] | None = getattr(draft, attribute)
        for span in value.evidence if value else ():
            yield Mark(span, minutes_text.MEETING, MEETINGS.field(name).header, f"lu-{name}")
    for rank, mention in enumerate(draft.territories):
        said = snapshot.places().label(mention.code) if mention.code else mention.written
        for span in mention.evidence:
            yield Mark(span, minutes_text.TERRITORY, f"Présent : {said}", f"lu-present-{rank}")
    for theme in draft.themes:
        for span in theme.evidence:
            yield Mark(
                span, minutes_text.THEME, f"Thème : {known.themes.get(theme.value, (theme.value,))[0]}", "lu-themes"
            )
    for rank, action in enumerate(draft.actions):
        for span in _of_action(action):
            said = known.types.get(action.type, (action.type,))[0]
            yield Mark(span, minutes_text.ACTION, f"Action : {said}", f"lu-action-{rank}")


# --- under each field


class Evidence(Words):
    """The words that the values of a meeting were read from."""

    def __init__(self, text: str, meeting: Meeting) -> None:
        self._text = text
        self._meeting = meeting

    def field(self, name: str, value: str) -> str:
        """Return where the value of a field of the meeting comes from."""
        if name not in _ATTRIBUTES:
            return ""
        identifier = f"lu-{name}"
        read: Extracted[object] | None = getattr(self._meeting.read, _ATTRIBUTES[name])
        if read is None:
            opened = self._meeting.form.opened
            if opened and opened.meeting[name] == value and value:
                return minutes_text.unsaid(identifier, "Déjà dans la base ; le texte ne le dit pas.")
            default = value and not opened and value == DEFAULTS.get(name)
            said = "Valeur habituelle ; le texte ne le dit pas." if default else "Le texte ne le dit pas."
            return minutes_text.unsaid(identifier, said)
        as_read = value == self._meeting.proposal.entry.meeting[name]
        tag = serialize.how_sure(read.confidence) if as_read else "corrigé"
        return minutes_text.read_from(identifier, self._text, read.evidence, tag)

    def themes(self, chosen: Sequence[str]) -> str:
        """Return where the themes come from."""
        names = {code: called[0] for code, called in snapshot.known().themes.items()}
        lines = []
        for theme in self._meeting.read.themes:
            tag = serialize.how_sure(theme.confidence) if theme.value in chosen else "retiré"
            words = minutes_text.words(self._text, theme.evidence, tag)
            lines.append(element("li", f"{escape(names.get(theme.value, theme.value))} : {words}"))
        if not lines:
            return minutes_text.unsaid("lu-themes", "Le texte n’en dit aucun.")
        return element("ul", "".join(lines), class_="netstats-read", id="lu-themes", tabindex="-1")

    def absent(self, present: Sequence[Present]) -> str:
        """Return who is read in the text and is not in the form any more."""
        here = [self._meeting.mention(one) for one in present]
        return "".join(
            minutes_text.read_from(f"lu-present-{rank}", self._text, one.evidence, "retiré", lead=f"{one.written} :")
            for rank, one in enumerate(self._meeting.read.territories)
            if one not in here
        )

    def other_actions(self, numbers: Sequence[int]) -> str:
        """Return what the text tells that is no action of the form."""
        here = [self._meeting.action(number) for number in numbers]
        return "".join(
            minutes_text.read_from(
                f"lu-action-{rank}",
                self._text,
                _of_action(action),
                "retiré" if action in self._meeting.proposed else "déjà dans la base",
                lead="Aussi dans le texte :",
            )
            for rank, action in enumerate(self._meeting.read.actions)
            if action not in here
        )

    def present(self, one: Present) -> str:
        """Return where a territory that was there comes from."""
        called = self._meeting.form.label(one.code) if one.code else one.name
        mention = self._meeting.mention(one)
        if mention is None:
            said = "déjà dans la base" if self._was_there(one) else "ajouté par vous"
            return minutes_text.unsaid("", f"{called} : {said}")
        rank = self._meeting.read.territories.index(mention)
        tag = serialize.how_sure(mention.confidence)
        if not mention.code and not mention.communes:
            tag = "à choisir" if mention.choices else "inconnu"
            tag = "choisi par vous" if one.code else tag
        return minutes_text.read_from(f"lu-present-{rank}", self._text, mention.evidence, tag, lead=f"{called} :")

    def _was_there(self, one: Present) -> bool:
        opened = self._meeting.form.opened
        return opened is not None and one.code in {other.code for other in opened.present}

    def action(self, number: int) -> str:
        """Return where an action comes from."""
        action = self._meeting.action(number)
        if action is None:
            return ""
        rank = self._meeting.read.actions.index(action)
        return minutes_text.read_from(
            f"lu-action-{rank}",
            self._text,
            _of_action(action),
            serialize.how_sure(action.confidence),
        )


def _of_action(action: Action) -> Sequence[Span]:
    """Return the part that tells it: the words that told its type and audience lie within, most often."""
    first, *others = action.evidence
    return [first, *(span for span in others if not first.start <= span.start < first.end)]


# --- the meeting


def called(meeting: Meeting) -> str:
    """Return a meeting in a few words, with whether it is only mentioned."""
    return f"{meeting.label()} (mentionnée)" if meeting.read.is_mention else meeting.label()


def choice(work: Work) -> Meeting:
    """Ask which of the meetings to show, and return it."""
    labels = [called(meeting) for meeting in work.meetings]
    work.shown_meeting = min(work.shown_meeting, len(work.meetings) - 1)
    if len(work.meetings) > 1:
        key = work.key("laquelle")
        st.session_state.setdefault(key, work.shown_meeting)
        ranks = list(range(len(labels)))
        if len(labels) <= 4:
            chosen = st.pills(
                "Réunion montrée",
                ranks,
                format_func=lambda rank: plain(labels[rank]),
                key=key,
                required=True,
                wrap=True,
            )
        else:
            chosen = st.selectbox(
                "Réunion montrée", ranks, format_func=lambda rank: labels[rank], key=key, filter_mode=None
            )
        work.shown_meeting = work.shown_meeting if chosen is None else chosen
    return work.meetings[work.shown_meeting]


def introduction(work: Work, meeting: Meeting) -> None:
    """Say whether the meeting is written, whether it is there already, and what is created with it."""
    key = work.key("garder", work.shown_meeting)
    st.session_state.setdefault(key, meeting.is_chosen)
    meeting.is_chosen = st.checkbox("Enregistrer cette réunion", key=key)
    form = meeting.form
    if meeting.read.is_mention:
        st.info(
            plain(
                "Le texte est sur une autre réunion et ne fait que mentionner celle-ci : elle n’est enregistrée que si "
                "vous cochez la case."
            ),
            icon=":material/info:",
        )
        _earlier(meeting)
    if form.opened:
        st.info(
            plain(
                "Ce que le texte dit la complète ou la corrige, le reste demeure ; l’étape 3 montre ce qui changerait."
            ),
            title=plain(f"Cette réunion est déjà dans la base : {form.opened.meeting['title']}"),
            icon=":material/sync_alt:",
        )
        _sheet(form.entry.code, "Voir sa fiche")
    for sentence in _created(meeting):
        st.info(plain(sentence), icon=":material/add_circle:")
    panel.notices(form.notices)


def _earlier(meeting: Meeting) -> None:
    if not meeting.earlier:
        return
    st.caption("Peut-être déjà dans la base : les réunions tenues de ce réseau sur un de ces thèmes.")
    frame = snapshot.known().rows["meeting"]
    for row in lists.rows(frame[frame["code"].isin(meeting.earlier[-_MOST_EARLIER:])]):
        when = wording.date(None if wording.is_missing(row["held_on"]) else row["held_on"], str(row["date_precision"]))
        _sheet(str(row["code"]), f"{row['title']} ({when})")


def _sheet(code: str, label: str) -> None:
    st.page_link(
        "pages/analysis/meeting.py", label=plain(label), query_params={links.SUBJECT: code}, icon=":material/event:"
    )


def _created(meeting: Meeting) -> Iterator[str]:
    form = meeting.form
    if form.network and form.entry.meeting["network"] == form.network.code:
        regions = [snapshot.known().regions.get(code, code) for code in form.network.regions]
        where = f" ({wording.listing(regions)})" if regions else ""
        yield f"Le réseau « {form.network.name} »{where} n’est pas dans la base : il y sera créé."
    present = {one.code for one in form.entry.present}
    for body in form.bodies:
        if body.code in present:
            communes = wording.listing(snapshot.places().label(code).split(" (")[0] for code in body.communes)
            yield f"« {body.name} » n’est pas dans la base : il y sera créé, avec ses communes : {communes}."


def draw(work: Work, meeting: Meeting, text: str) -> Form:
    """Draw the form of a meeting, then what is to be settled in it, above; return the form."""
    doubts = st.container(gap="small")
    form = Form(meeting.form, words=Evidence(text, meeting))
    form.when()
    form.where()
    form.who()
    form.what()
    form.actions()
    meeting.form.entry = form.entry
    with doubts:
        _doubts(work, meeting, text)
    return form


# --- names that are to be settled


def _doubts(work: Work, meeting: Meeting, text: str) -> None:
    """Ask what the names mean that may be several territories, or none that is known."""
    form = meeting.form
    choices = {name: codes for name, codes in meeting.proposal.choices.items() if codes}
    unknown = [
        one.name for one in form.entry.present if not one.code and normalize(one.name) not in map(normalize, choices)
    ]
    if not choices and not unknown:
        return
    with st.container(border=True, key="card-noms", gap="small"):
        st.header("Noms à vérifier", anchor=False)
        # A widget's name is read aloud as it is given: these are numbered, the name itself stands above each.
        for rank, (name, codes) in enumerate(choices.items(), 1):
            _which(form, name, codes, _words(name, meeting, text), f"Territoire {rank} à choisir")
        for rank, name in enumerate(unknown, 1):
            _unknown(form, name, _words(name, meeting, text), f"Nom officiel du territoire inconnu {rank}")


def _words(name: str, meeting: Meeting, text: str) -> str:
    mention = meeting.mention(Present(name=name))
    spans = [minutes_text.link_to(text, span) for span in mention.evidence] if mention else [f"« {escape(name)} »"]
    return " ".join(spans)


def _which(form: Draft, name: str, codes: Sequence[str], words: str, label: str) -> None:
    said = "peut être plusieurs territoires. Lequel ?" if len(codes) > 1 else "est-il bien celui-ci ?"
    st.html(element("p", f"{words} {wording.typeset(said)}", class_="netstats-read"))
    now = minutes_meeting.meant(form, name, codes)
    labels = {code: plain(snapshot.places().label(code)) for code in codes} | {_NONE: "Aucun de ceux-là"}
    options = list(labels)
    answer = st.radio(
        label,
        options,
        index=None if now is None else options.index(now),
        format_func=lambda code: labels[code],
        key=form.key("sens", normalize(name), now),
        label_visibility="collapsed",
    )
    if answer is not None and answer != now:
        minutes_meeting.mean(form, name, codes, answer)
        st.rerun()
    if now == _NONE:
        st.caption("Retiré de la liste. S’il s’agit d’un autre territoire, ajoutez-le à « Territoires présents ».")


def _unknown(form: Draft, name: str, words: str, label: str) -> None:
    st.html(element("p", f"{words} n’est le nom d’aucun territoire connu.", class_="netstats-read"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        typed = st.text_input(
            label,
            key=form.key("nom-officiel", name),
            placeholder="Écrire son nom officiel, puis Entrée",
            label_visibility="collapsed",
            autocomplete="off",
        )
        removed = st.button(
            "Retirer",
            key=form.key("retirer-nom", name),
            help=plain(f"Retirer « {name} » des présents"),
            type="tertiary",
            icon=":material/remove:",
        )
    if removed or (typed and typed.strip() and typed.strip() != name):
        minutes_meeting.rename(form, name, "" if removed else str(typed))
        st.rerun()


# --- what was left aside


def set_aside(work: Work, meeting: Meeting, reading: Reading) -> None:
    """List what was left aside, with why; offer to add a territory all the same."""
    if not reading.set_aside:
        return
    with st.container(border=True, key="card-laisse", gap="small"):
        st.header("Laissé de côté", anchor=False)
        st.caption("Ce qui ressemble à un présent, une date ou un nombre de la réunion, et n’en est pas.")
        shown = reading.set_aside[: work.aside_shown]
        for rank, one in enumerate(shown):
            _aside(work, meeting, reading.text, one, rank)
        if len(reading.set_aside) > len(shown):
            rest = len(reading.set_aside) - len(shown)
            st.button(
                plain(f"Voir les {wording.number(rest)} autres"),
                key=work.key("tout-laisse"),
                type="tertiary",
                on_click=lambda: setattr(work, "aside_shown", len(reading.set_aside)),
            )


def _aside(work: Work, meeting: Meeting, text: str, one: SetAside, rank: int) -> None:
    name = minutes_text.quoted(text, one.span)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        said = f"{minutes_text.link_to(text, one.span)} : {escape(wording.typeset(one.why))}"
        st.html(element("p", said, class_="netstats-read"), width="content")
        if one.kind != "territory" or minutes_meeting.is_there(meeting.form, name):
            return
        if st.button(
            "Ajouter aux présents",
            key=work.key("ajouter-laisse", work.shown_meeting, rank),
            help=plain(f"Ajouter « {name} » aux territoires présents"),
            type="tertiary",
            icon=":material/add:",
        ):
            minutes_meeting.add(meeting.form, name)
            st.rerun()
