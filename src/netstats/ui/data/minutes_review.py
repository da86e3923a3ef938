"""The last step of « Lire un compte rendu » as it is drawn: what would change, what is asked, saving."""

from __future__ import annotations

import streamlit as st

from netstats import wording
from netstats.intake.check.entry import EntryCheck
from netstats.ui.base import links
from netstats.ui.base.text import plain
from netstats.ui.data import entry, minutes, minutes_doubts
from netstats.ui.data.entry_form import Form
from netstats.ui.data.minutes import Meeting, Work
from netstats.ui.review import diff, panel


def saving(work: Work, rank: int, form: Form, source: str) -> None:
    """Draw the button, what is wrong or asked, the difference of all the chosen meetings, and what writes it."""
    with panel.step(3, "Voir ce qui va changer, et enregistrer"):
        if not work.chosen:
            st.info("Aucune réunion n’est à enregistrer : cochez « Enregistrer cette réunion » pour l’une d’elles.")
            return
        said = f"À enregistrer : {' ; '.join(one.label for _, one in work.chosen)}."
        left = [one.label for one in work.meetings if not one.is_chosen]
        if left:
            said += f" Pas enregistré : {' ; '.join(left)}."
        st.markdown(plain(said))
        panel.ask_for_changes(work.review, key=work.key("voir"))
        if work.review.asked:
            _changes(work, rank, form, source)


def _changes(work: Work, rank: int, form: Form, source: str) -> None:
    preview = minutes.preview(work)
    if rank in preview.result:
        form.mark(preview.result[rank].issues)
    panel.outdated(work.review)
    for number, one in work.chosen:
        _open_points(work, one, number, preview.result[number])
    if preview.diff is not None and preview.diff.is_empty:
        st.info("Tout ce que le texte dit est déjà dans la base : rien ne changerait.", icon=":material/check:")
        return
    if not panel.difference(preview, key=work.key("difference")) or preview.change_set is None or work.document is None:
        return
    if work.is_example:
        st.info("C’est l’exemple inventé : rien ne peut en être enregistré.", icon=":material/block:")
        return
    with_text = bool(work.document.text) and st.checkbox(
        "Garder aussi le texte entier dans le journal",
        key=work.key("garder-texte"),
        persist_state="session",
        help=(
            "Sans cela, seuls les champs sont enregistrés, avec l’adresse du texte. Relisez-le : un texte où se trouve "
            "un courriel, un téléphone ou « M. », « Mme » devant un nom n’est pas gardé, d’autres noms ne se "
            "reconnaissent pas."
        ),
    )
    st.caption("Pour enregistrer, « Service ou initiales » doit être rempli.")
    panel.confirm(
        work.review,
        preview,
        minutes.batch(work.document, preview.change_set, source, with_text=with_text),
        key=work.key("enregistrer"),
        after=minutes.begin_again,
        links=[_link(one, preview.result[number].code) for number, one in work.chosen],
    )


def _link(one: Meeting, code: str) -> panel.Link:
    return panel.Link("pages/analysis/meeting.py", f"Fiche : {one.label}", ":material/event:", {links.SUBJECT: code})


def _open_points(work: Work, one: Meeting, number: int, found: EntryCheck) -> None:
    """Draw what is wrong in a meeting, or asked about it, with its name when there are several."""
    where = f"{one.label} : " if len(work.meetings) > 1 else ""

    def offer(code: str) -> None:
        st.button(
            "C’est elle : la compléter",
            key=work.key("completer", number),
            icon=":material/sync_alt:",
            on_click=minutes.complete,
            args=(one, code),
        )

    entry.open_points(one.form, found, offer, where=where)
    doubtful = list(dict.fromkeys(doubt.says for doubt in minutes_doubts.open_doubts(one)))
    if doubtful:
        said = f"{where}restent à vérifier : {wording.listing(doubtful)}."
        st.warning(plain(diff.capitalised(said)), icon=":material/visibility:")
