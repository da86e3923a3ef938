"""One meeting of the minutes as the page draws it: the form of « Saisir », each field with the words behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st
from markupsafe import Markup

from netstats import wording
from netstats.intake.entry import Present
from netstats.minutes.drafts import Reading, SetAside
from netstats.reference.fold import normalize
from netstats.ui.base import html, links
from netstats.ui.base.text import plain
from netstats.ui.data import minutes_text, snapshot
from netstats.ui.data.draft import Draft
from netstats.ui.data.entry_form import Form
from netstats.ui.data.minutes import Work
from netstats.ui.data.minutes_evidence import Evidence
from netstats.ui.data.minutes_meeting import Meeting, add, is_there, mean, meant, rename
from netstats.ui.review import panel

_NONE = ""
_MOST_EARLIER = 5


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
    for code in meeting.earlier[-_MOST_EARLIER:]:
        _sheet(code, snapshot.meeting_name(code))


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


def _words(name: str, meeting: Meeting, text: str) -> list[Markup | str]:
    mention = meeting.mention(Present(name=name))
    return [minutes_text.link_to(text, span) for span in mention.evidence] if mention else [f"« {name} »"]


def _which(form: Draft, name: str, codes: Sequence[str], words: Sequence[str], label: str) -> None:
    said = "peut être plusieurs territoires. Lequel ?" if len(codes) > 1 else "est-il bien celui-ci ?"
    html.show("minutes-doubt", links=words, said=said)
    now = meant(form, name, codes)
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
        mean(form, name, codes, answer)
        st.rerun()
    if now == _NONE:
        st.caption("Retiré de la liste. S’il s’agit d’un autre territoire, ajoutez-le à « Territoires présents ».")


def _unknown(form: Draft, name: str, words: Sequence[str], label: str) -> None:
    html.show("minutes-doubt", links=words, said="n’est le nom d’aucun territoire connu.")
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
        rename(form, name, "" if removed else str(typed))
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
        said = html.render("minutes-doubt", links=[minutes_text.link_to(text, one.span)], said=f": {one.why}")
        st.html(said, width="content")
        if one.kind != "territory" or is_there(meeting.form, name):
            return
        if st.button(
            "Ajouter aux présents",
            key=work.key("ajouter-laisse", work.shown_meeting, rank),
            help=plain(f"Ajouter « {name} » aux territoires présents"),
            type="tertiary",
            icon=":material/add:",
        ):
            add(meeting.form, name)
            st.rerun()
