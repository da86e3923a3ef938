"""The page « Saisir »: the forms of this session, what each would change, the questions, who writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from netstats.intake import journal
from netstats.intake.changes import ChangeSet
from netstats.intake.check.entry import EntryCheck, check, removal
from netstats.intake.entry import Entry, entry_of
from netstats.store import Batch
from netstats.ui.base import links
from netstats.ui.base.text import plain
from netstats.ui.data import snapshot
from netstats.ui.data.draft import Draft, answer, take_back
from netstats.ui.data.entry_form import Form
from netstats.ui.review import panel
from netstats.ui.review.review import Preview

_DRAFTS = "saisies"
_RULES = (
    "Aucune donnée personnelle : ni nom, ni adresse, ni téléphone, seulement des organisations et des nombres. Ce qui "
    "n’est pas connu reste vide ; les champs marqués * sont à remplir."
)


def draft_of(code: str) -> Draft | None:
    """Return the form of a meeting as this person left it, else as the database holds it; None for an unknown code."""
    drafts: dict[str, Draft] = st.session_state.setdefault(_DRAFTS, {})
    if code not in drafts:
        opened = entry_of(snapshot.known(), code) if code else None
        if code and opened is None:
            return None
        drafts[code] = Draft(opened or Entry(), opened)
    return drafts[code]


def _forget(code: str) -> None:
    """Empty a form: it holds again what the database does."""
    draft = st.session_state.get(_DRAFTS, {}).pop(code, None)
    if draft is not None:
        draft.forget_widgets()


def heading(draft: Draft) -> None:
    """Say what the form is about, what others did meanwhile, and which other forms wait."""
    if draft.opened:
        title, when = draft.opened.meeting["title"], draft.opened.meeting["date"]
        st.subheader(plain(f"Modifier « {title} »{f', {when}' if when else ''}"), anchor=False)
    panel.notices(draft.notices)
    for code, other in st.session_state[_DRAFTS].items():
        if code != draft.entry.code and other.is_touched:
            known = other.opened.meeting["title"] if other.opened else "nouvelle réunion"
            st.button(
                plain(f"Saisie commencée, pas enregistrée : {known}"),
                key=f"attend-{code}",
                type="tertiary",
                icon=":material/edit_note:",
                on_click=links.open_here,
                args=(code,),
            )
    if draft.opened:
        st.page_link(
            "pages/analysis/meeting.py",
            label="Voir la fiche de la réunion",
            query_params={links.SUBJECT: draft.entry.code},
            icon=":material/arrow_back:",
        )
    if not snapshot.known().offered("network"):
        st.page_link("pages/data/lists.py", label="Ajouter d’abord un réseau", icon=":material/list_alt:")
    st.info(plain(_RULES))


def show(draft: Draft, form: Form) -> None:
    """Draw what comes under the form: the buttons, what is wrong or asked, the difference, and what writes it."""
    if not panel.is_writable():
        return
    if draft.removing:
        _removal(draft)
        return
    with st.container(horizontal=True):
        panel.ask_for_changes(draft.review, key=draft.key("voir"))
        if draft.is_touched:
            st.button(
                "Annuler ma saisie",
                key=draft.key("annuler"),
                help="Remettre le formulaire comme la base le sait",
                type="tertiary",
                icon=":material/undo:",
                on_click=_forget,
                args=(draft.entry.code,),
            )
        if draft.opened:
            st.button(
                "Supprimer cette réunion",
                key=draft.key("supprimer"),
                type="tertiary",
                icon=":material/delete:",
                on_click=lambda: setattr(draft, "removing", True),
            )
    if draft.review.asked:
        _changes(draft, form)
    else:
        panel.saved(journal.ENTRY)  # here, where the button was pressed


def _changes(draft: Draft, form: Form) -> None:
    known = snapshot.known()

    def checked() -> tuple[EntryCheck, ChangeSet | None]:
        found = check(draft.entry, known, answers=draft.review.answers)
        return found, found.change_set

    preview = draft.review.look((draft.entry,), checked)
    form.mark(preview.result.issues)
    with st.container(border=True, key="card-difference"):
        st.header("Ce qui va changer", anchor=False)
        panel.notices(draft.notices)  # again: the top of the form may be far away
        panel.outdated(draft.review)
        open_points(draft, preview.result, _open_instead)
        if panel.difference(preview, key=draft.key("difference")):
            code = preview.result.code
            sheet = panel.Link(
                "pages/analysis/meeting.py", "Ouvrir la fiche de la réunion", ":material/event:", {links.SUBJECT: code}
            )
            _confirm(draft, preview, code, "Correction" if draft.opened else "Nouvelle réunion", links=(sheet,))


def _open_instead(code: str) -> None:
    st.button(
        "Modifier celle qui est enregistrée",
        key=f"ouvrir-{code}",
        icon=":material/edit:",
        on_click=links.open_here,
        args=(code,),
    )


def open_points(draft: Draft, found: EntryCheck, offer: Callable[[str], None], *, where: str = "") -> None:
    """Draw what keeps a form from being written: the meeting that it turns out to be, the questions, what is wrong.

    `offer` draws what to do about that meeting, by its code; `where` begins the sentences where there are several
    forms.
    """
    if found.twin:
        st.warning(
            plain("Si c’est une autre réunion du même jour, donnez-lui un titre qui la distingue."),
            title=plain(f"{where}Cette réunion est déjà dans la base : {snapshot.meeting_name(found.twin)}"),
            icon=":material/content_copy:",
        )
        with st.container(horizontal=True):
            offer(found.twin)
            if found.twin in draft.review.answers.values():
                st.button(
                    "Non, c’est une autre réunion",
                    key=draft.key("autre"),
                    on_click=take_back,
                    args=(draft, found.twin),
                )
    if where and found.questions:
        st.markdown(plain(where.rstrip(" :")))
    for question in found.questions:
        chosen = panel.question(question, key=draft.key("question", question.key))
        if chosen is not None:
            answer(draft, question, chosen)
            st.rerun()
    panel.issues([draft.named(issue) for issue in found.issues], where=where)


def _removal(draft: Draft) -> None:
    code, known = draft.entry.code, snapshot.known()
    preview = draft.review.look(("removal", code), lambda: (None, removal(known, code)))
    with st.container(border=True, key="card-difference"):
        st.header("Supprimer cette réunion", anchor=False)
        panel.outdated(draft.review)
        if preview.diff is not None:
            st.caption("Tout ce qui suit serait retiré. La suppression s’annule depuis le journal.")
        if panel.difference(preview, key=draft.key("retrait")):
            _confirm(draft, preview, code, "Suppression", label="Supprimer", icon=":material/delete:")
        st.button("Ne pas supprimer", key=draft.key("garder"), on_click=lambda: setattr(draft, "removing", False))


def _confirm(draft: Draft, preview: Preview[Any], code: str, what: str, **shown: Any) -> None:
    meetings = preview.change_set.rows.get("meeting") if preview.change_set else None
    panel.confirm(
        draft.review,
        preview,
        Batch(journal.ENTRY, f"{what} : {snapshot.meeting_name(code, meetings)}"),
        key=draft.key("enregistrer"),
        after=lambda: _forget(draft.entry.code),
        **shown,
    )
