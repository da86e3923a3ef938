"""Around the form of a meeting: what was written, what would change, the questions, the buttons."""

from __future__ import annotations

import streamlit as st

from netstats.intake.questions import Question
from netstats.ui.base import links
from netstats.ui.base.text import plain
from netstats.ui.data import entry, snapshot
from netstats.ui.data.draft import Draft, answer, take_back
from netstats.ui.data.entry_form import Form
from netstats.ui.review import panel

_RULES = (
    "Aucune donnée personnelle : ni nom, ni adresse, ni téléphone, seulement des organisations et des nombres. Ce qui "
    "n’est pas connu reste vide ; les champs marqués * sont à remplir."
)


def heading(draft: Draft) -> None:
    """Say what the form is about, what others did meanwhile, and which other forms wait."""
    if draft.opened:
        title, when = draft.opened.meeting["title"], draft.opened.meeting["date"]
        st.subheader(plain(f"Modifier « {title} »{', ' if when else ''}{when}"), anchor=False)
    panel.notices(draft.notices)
    for other in entry.others(draft.entry.code):
        known = other.opened.meeting["title"] if other.opened else "nouvelle réunion"
        st.page_link(
            "pages/data/entry.py",
            label=plain(f"Saisie commencée, pas enregistrée : {known}"),
            query_params={links.SUBJECT: other.entry.code} if other.entry.code else None,
            icon=":material/edit_note:",
        )
    if draft.opened:
        st.page_link(
            "pages/analysis/meeting.py",
            label="Voir la fiche de la réunion",
            query_params={links.SUBJECT: draft.entry.code},
            icon=":material/arrow_back:",
        )
    st.info(plain(_RULES))


def written() -> None:
    """Say what was written last, with the ways to it; nothing when nothing was."""
    done = entry.done()
    panel.saved(done.saved if done else None)


def show(draft: Draft, form: Form) -> None:
    """Draw what comes under the form: the button, what is wrong or asked, the difference, and what writes it."""
    if not panel.is_writable():
        return
    if draft.removing:
        _removal(draft)
        return
    with st.container(horizontal=True):
        st.button(
            "Voir ce qui va changer",
            key=draft.key("voir"),
            type="secondary" if draft.review.asked else "primary",
            icon=":material/difference:",
            on_click=_ask,
            args=(draft,),
        )
        if draft.is_touched:
            st.button(
                "Annuler ma saisie",
                key=draft.key("annuler"),
                help="Remettre le formulaire comme la base le sait",
                type="tertiary",
                icon=":material/undo:",
                on_click=entry.forget,
                args=(draft.entry.code,),
            )
        if draft.opened:
            st.button(
                "Supprimer cette réunion",
                key=draft.key("supprimer"),
                type="tertiary",
                icon=":material/delete:",
                on_click=_remove,
                args=(draft,),
            )
    if draft.review.asked:
        _review(draft, form)
    elif not draft.is_touched:
        written()  # here, where the button was pressed


def _ask(draft: Draft) -> None:
    entry.begin()
    draft.review.asked = True


def _remove(draft: Draft) -> None:
    entry.begin()
    draft.removing = True


def _keep(draft: Draft) -> None:
    draft.removing, draft.review.shown = False, None


def _review(draft: Draft, form: Form) -> None:
    preview = entry.preview(draft)
    outcome = preview.result
    form.mark(outcome.issues)
    with st.container(border=True, key="card-difference"):
        st.header("Ce qui va changer", anchor=False)
        panel.notices(draft.notices)  # again: the top of the form may be far away
        panel.outdated(draft.review)
        if outcome.twin:
            _twin(draft, outcome.twin)
        for one in outcome.questions:
            question(draft, one)
        panel.issues([draft.named(one) for one in outcome.issues])
        if panel.difference(preview, key=draft.key("difference")):
            panel.confirm(
                draft.review, preview, lambda who: entry.write(draft, preview, who), key=draft.key("enregistrer")
            )


def _twin(draft: Draft, code: str) -> None:
    st.warning(
        plain("Si c’est une autre réunion du même jour, donnez-lui un titre qui la distingue."),
        title=plain(f"Cette réunion est déjà enregistrée : {snapshot.meeting_name(code)}"),
        icon=":material/content_copy:",
    )
    st.page_link(
        "pages/data/entry.py",
        label="Modifier celle qui est enregistrée",
        query_params={links.SUBJECT: code},
        icon=":material/edit:",
    )
    if code in draft.review.answers.values():
        st.button("Non, c’est une autre réunion", key=draft.key("autre"), on_click=take_back, args=(draft, code))


def question(draft: Draft, asked: Question) -> None:
    """Ask what only the person can settle."""
    chosen = panel.question(asked, key=draft.key("question", asked.key))
    if chosen is not None:
        answer(draft, asked, chosen)
        st.rerun()


def _removal(draft: Draft) -> None:
    preview = entry.preview(draft)
    with st.container(border=True, key="card-difference"):
        st.header("Supprimer cette réunion", anchor=False)
        panel.outdated(draft.review)
        if preview.diff is not None:
            st.caption("Tout ce qui suit serait retiré. La suppression s’annule depuis le journal.")
        if panel.difference(preview, key=draft.key("retrait")):
            panel.confirm(
                draft.review,
                preview,
                lambda who: entry.write(draft, preview, who),
                key=draft.key("enregistrer"),
                label="Supprimer",
                icon=":material/delete:",
            )
        st.button("Ne pas supprimer", key=draft.key("garder"), on_click=_keep, args=(draft,))
