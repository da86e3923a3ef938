"""Around the form of a meeting: what was written, what would change, the questions, the buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import streamlit as st

from netstats import wording
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.files.validation import Question
from netstats.ui.base import data, links, lists
from netstats.ui.base.text import plain
from netstats.ui.data import entry, snapshot
from netstats.ui.data.entry import Draft
from netstats.ui.data.entry_form import Form, named
from netstats.ui.review import diff

_RULES = (
    "Aucune donnée personnelle : ni nom, ni adresse, ni téléphone, seulement des organisations et des nombres. Ce qui "
    "n’est pas connu reste vide ; les champs marqués * sont à remplir."
)


def heading(draft: Draft) -> None:
    """Say what the form is about, what others did meanwhile, and which other forms wait."""
    if draft.opened:
        title, when = draft.opened.meeting["title"], draft.opened.meeting["date"]
        st.subheader(plain(f"Modifier « {title} »{', ' if when else ''}{when}"), anchor=False)
    notices(draft.notices)
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


def notices(told: Sequence[str]) -> None:
    """Say what others did meanwhile: a sentence, then what it is about."""
    if told:
        first, *rest = told
        st.warning("\n".join(f"- {plain(line)}" for line in rest) or None, title=plain(first), icon=":material/sync:")


def written() -> None:
    """Say what was written last, with the ways to it; nothing when nothing was."""
    done = entry.done()
    if done is None:
        return
    st.success(
        plain(f"{done.sentence}."), title=f"Enregistré : entrée n° {done.batch} du journal", icon=":material/check:"
    )
    with st.container(horizontal=True):
        if not done.removed:
            st.page_link(
                "pages/analysis/meeting.py",
                label="Ouvrir la fiche de la réunion",
                query_params={links.SUBJECT: done.code},
                icon=":material/event:",
            )
        st.page_link(
            "pages/data/journal.py",
            label="La voir dans le journal",
            query_params={"entree": str(done.batch)},
            icon=":material/history:",
        )


def show(draft: Draft, form: Form) -> None:
    """Draw what comes under the form: the button, what is wrong or asked, the difference, and what writes it."""
    if not data.database().writable:
        st.info(
            "La base est ouverte en lecture seule : rien ne peut y être enregistré. Donnez au programme le droit "
            "d’écrire dans ce fichier et son dossier.",
            icon=":material/lock:",
        )
        return
    if draft.removing:
        _removal(draft)
        return
    with st.container(horizontal=True):
        st.button(
            "Voir ce qui va changer",
            key=draft.key("voir"),
            type="secondary" if draft.asked else "primary",
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
    if draft.asked:
        _review(draft, form)
    elif not draft.is_touched:
        written()  # here, where the button was pressed


def _ask(draft: Draft) -> None:
    entry.begin()
    draft.asked = True


def _remove(draft: Draft) -> None:
    entry.begin()
    draft.removing = True


def _keep(draft: Draft) -> None:
    draft.removing, draft.shown = False, None


def _review(draft: Draft, form: Form) -> None:
    judged = entry.judge(draft)
    outcome = judged.outcome
    form.object(outcome.objections)
    with st.container(border=True, key="card-difference"):
        st.header("Ce qui va changer", anchor=False)
        notices(draft.notices)  # again: the top of the form may be far away
        if outcome.twin:
            _twin(draft, outcome.twin)
        for one in outcome.questions:
            question(draft, one)
        if outcome.objections:
            count = wording.counted(len(outcome.objections), "point est à corriger", "points sont à corriger")
            listed = "\n".join(f"- {plain(named(draft, one))}" for one in outcome.objections)
            st.error(listed, title=plain(f"{count}, rien n’est perdu"), icon=":material/error:")
        if judged.error:
            st.error(plain(judged.error.remedy) or None, title=plain(judged.error.what), icon=":material/error:")
        if judged.difference is None:
            return
        diff.show(data.database(), judged.difference, key=draft.key("difference"))
        if not judged.difference.is_empty:
            confirm(draft, judged.difference, lambda who: entry.write(draft, judged, who), key=draft.key("enregistrer"))


def _twin(draft: Draft, code: str) -> None:
    frame = snapshot.known().rows["meeting"]
    (row,) = lists.rows(frame[frame["code"] == code])
    when = wording.date(None if wording.is_missing(row["held_on"]) else row["held_on"], str(row["date_precision"]))
    st.warning(
        plain("Si c’est une autre réunion du même jour, donnez-lui un titre qui la distingue."),
        title=plain(f"Cette réunion est déjà enregistrée : {row['title']} ({when})"),
        icon=":material/content_copy:",
    )
    st.page_link(
        "pages/data/entry.py",
        label="Modifier celle qui est enregistrée",
        query_params={links.SUBJECT: code},
        icon=":material/edit:",
    )
    if code in draft.answers.values():
        st.button("Non, c’est une autre réunion", key=draft.key("autre"), on_click=entry.take_back, args=(draft, code))


def question(draft: Draft, asked: Question) -> None:
    """Ask what only the person can settle."""
    options = {option.code: option.label for option in asked.options}
    answer = st.radio(
        plain(asked.sentence),
        list(options),
        index=None,
        format_func=lambda option: plain(options[option]),
        key=draft.key("question", asked.key),
    )
    if answer is not None:
        entry.answer(draft, asked.key, answer)
        st.rerun()


def _removal(draft: Draft) -> None:
    judged = entry.judge(draft)
    with st.container(border=True, key="card-difference"):
        st.header("Supprimer cette réunion", anchor=False)
        if judged.error:
            st.error(plain(judged.error.remedy) or None, title=plain(judged.error.what), icon=":material/error:")
        if judged.difference is not None:
            st.caption("Tout ce qui suit serait retiré. La suppression s’annule depuis le journal.")
            diff.show(data.database(), judged.difference, key=draft.key("retrait"))
            confirm(
                draft,
                judged.difference,
                lambda who: entry.write(draft, judged, who),
                key=draft.key("enregistrer"),
                label="Supprimer",
                icon=":material/delete:",
            )
        st.button("Ne pas supprimer", key=draft.key("garder"), on_click=_keep, args=(draft,))


class Showing(Protocol):
    """What keeps the difference that is on the screen."""

    shown: journal.Difference | None


def confirm(
    of: Showing,
    found: journal.Difference,
    write: Callable[[str], None],
    *,
    key: str,
    label: str = "Enregistrer",
    icon: str = ":material/save:",
) -> None:
    """Ask who writes, and have it written once the person has seen what is written; `write` takes who."""
    author = diff.who()
    pressed = st.button(label, key=key, type="primary", icon=icon)
    was, of.shown = of.shown, found
    if not pressed:
        return
    if was is None or not was.changes.equals(found.changes):
        st.warning("Ce qui va changer vient de changer : relisez, puis enregistrez.", icon=":material/sync:")
        return
    if not author.strip():
        st.warning("Écrivez d’abord votre service ou vos initiales.", icon=":material/edit:")
        return
    try:
        with st.spinner("Enregistrement…"):
            write(author)
    except NetstatsError as error:
        st.error(plain(error.remedy) or None, title=plain(error.what), icon=":material/error:")
        return
    st.rerun()  # with the new version of the data, here and on every page
