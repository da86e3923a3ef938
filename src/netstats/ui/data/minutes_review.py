"""Around the meetings of the minutes as the page draws it: giving the text, its marks, what would change, saving."""

from __future__ import annotations

import streamlit as st

from netstats import wording
from netstats.intake.check.entry import EntryCheck
from netstats.minutes.documents import SUFFIXES
from netstats.minutes.drafts import Reading
from netstats.reference.fold import normalize
from netstats.ui.base import page
from netstats.ui.base.text import plain
from netstats.ui.data import entry_review, minutes, minutes_evidence, minutes_form, minutes_text
from netstats.ui.data.draft import take_back
from netstats.ui.data.entry_form import Form
from netstats.ui.data.minutes import Work
from netstats.ui.data.minutes_meeting import Meeting, update_instead
from netstats.ui.review import diff, panel

# --- 1. the text


def asking(work: Work) -> None:
    """Ask for the text and where it comes from, and read it; a text that is refused stays there to be mended."""
    with panel.step(1, "Donner le texte"):
        if work.reading is None:
            _asked(work)
            return
        mentioned = sum(one.read.is_mention for one in work.meetings)
        meetings = wording.counted(len(work.meetings) - mentioned, "réunion lue", "réunions lues")
        if mentioned:
            meetings += f", {wording.counted(mentioned, 'autre mentionnée', 'autres mentionnées')},"
        words = wording.counted(len(work.reading.text.split()), "mot")
        name = f" de « {work.document.name} »" if work.document and work.document.name else ""
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(plain(f"{diff.capitalised(meetings)} dans les {words}{name}."), width="content")
            st.button(
                "Lire un autre texte",
                key=work.key("autre"),
                icon=":material/restart_alt:",
                type="tertiary",
                on_click=minutes.begin_again,
            )
        with st.expander("Corriger le texte, ou le lire à nouveau", key=work.key("corriger")):
            st.caption("Le lire à nouveau remplit les formulaires à nouveau : ce que vous y avez corrigé s’y perd.")
            _asked(work)


def _asked(work: Work) -> None:
    pasting, dropping = st.columns([3, 2], gap="medium")
    with dropping:
        st.markdown(f"**Ou déposer un fichier** ({_listed(SUFFIXES)})")
        sent = st.file_uploader(
            "Fichier du compte rendu",  # of any kind: what is not read is told why, in French
            key=work.key("fichier", work.files_received),
            label_visibility="collapsed",
        )
        st.caption(
            "Ou choisissez-le avec le bouton « Choisir ». Le fichier n’est gardé nulle part : son texte s’affiche, et "
            "rien n’est enregistré avant l’étape 3."
        )
        if sent is not None:
            work.files_received += 1
            with st.spinner("Lecture…"):
                if minutes.receive(work, sent):
                    st.session_state.pop(work.key("texte"), None)
                    st.session_state.pop(work.key("source"), None)
                    minutes.read(work)
            st.rerun()
        work.source = _source(work)
    with pasting:
        key = work.key("texte")
        st.session_state.setdefault(key, work.text)
        work.text = (
            st.text_area(
                "Coller le texte d’un compte rendu",
                key=key,
                height=300,
                placeholder="Le réseau … s’est réuni le … à …",
            )
            or ""
        )
        if work.error is not None:
            panel.error(work.error)
        with st.container(horizontal=True):
            pressed = st.button("Lire", key=work.key("lire"), type="primary", icon=":material/document_search:")
            if not work.text.strip():
                st.button(
                    "Essayer avec un exemple",
                    key=work.key("exemple"),
                    help="Un court texte inventé, dont rien ne peut être enregistré.",
                    type="tertiary",
                    on_click=_try_example,
                    args=(work,),
                )
    if pressed or work.tries_example:
        work.tries_example = False
        with st.spinner("Lecture…"):
            minutes.read(work)
        st.rerun()


def _try_example(work: Work) -> None:
    work.text, work.tries_example = minutes.EXAMPLE, True
    st.session_state[work.key("texte")] = minutes.EXAMPLE


def _source(work: Work) -> str:
    key = work.key("source")
    st.session_state.setdefault(key, work.source)
    return (
        st.text_input(
            "Adresse de la page où on peut le lire (facultatif)",
            key=key,
            max_chars=1000,
            placeholder="https://…",
            autocomplete="off",
        )
        or ""
    )


def _listed(suffixes: tuple[str, ...]) -> str:
    return plain(wording.listing((suffix for suffix in suffixes if suffix != ".htm"), "ou"))


# --- 2. the text and its meetings, side by side


def instructions() -> None:
    """Head the step, and say how text and form go together."""
    st.header("2. Vérifier ce qui est lu", anchor=False)
    st.info(
        plain(
            "Tout se corrige. Un clic sur des mots marqués mène à leur champ, un clic sur les mots cités sous un champ "
            "mène au texte. Aucune donnée personnelle : seulement des organisations et des nombres. Ce que le texte ne "
            "dit pas reste vide."
        )
    )


def text_beside(work: Work, reading: Reading) -> None:
    """Draw the text with the marks of the meeting on the screen, and the legend."""
    prose = work.prose
    if prose is None:
        return
    colours = page.colours()
    shown = work.shown_meeting, colours.mode
    if shown not in work.drawn:
        marks = minutes_evidence.marks(reading, work.shown_meeting)
        parts = minutes_text.legend(marks), minutes_text.render(prose, marks)
        work.drawn[shown] = minutes_text.coloured(parts[0], colours), minutes_text.coloured(parts[1], colours)
    legend, text = work.drawn[shown]
    with st.container(border=True, key="card-texte-marque", gap="small"):
        st.header("Le texte", anchor=False)
        st.html(legend)
        with st.container(key="texte-lu"):
            st.html(text)


def choice(work: Work) -> Meeting | None:
    """Ask which of the meetings to show; None when the text tells none, which has been said."""
    if work.meetings:
        return minutes_form.choice(work)
    st.info("Aucune réunion n’est lue dans ce texte. Corrigez-le, ou saisissez la réunion à la main.")
    return None


def meeting(work: Work, shown: Meeting, reading: Reading) -> Form:
    """Draw the meeting on the screen, and what was left aside; return its form."""
    with st.container(key="brouillon"):
        minutes_form.introduction(work, shown)
        form = minutes_form.draw(work, shown, reading.text)
        minutes_form.set_aside(work, shown, reading)
    return form


# --- 3. what would change, and saving


def saving(work: Work, form: Form) -> None:
    """Draw the button, what is wrong or asked, the difference of all the chosen meetings, and what writes it."""
    with panel.step(3, "Voir ce qui va changer, et enregistrer"):
        if not work.chosen:
            st.info("Aucune réunion n’est à enregistrer : cochez « Enregistrer cette réunion » pour l’une d’elles.")
            return
        _summary(work)
        st.button(
            "Voir ce qui va changer",
            key=work.key("voir"),
            type="secondary" if work.review.asked else "primary",
            icon=":material/difference:",
            on_click=lambda: setattr(work.review, "asked", True),
        )
        if work.review.asked:
            _review(work, form)


def _summary(work: Work) -> None:
    chosen = [minutes_form.called(one) for _, one in work.chosen]
    left = [minutes_form.called(one) for one in work.meetings if not one.is_chosen]
    said = f"À enregistrer : {' ; '.join(chosen)}."
    if left:
        said += f" Pas enregistré : {' ; '.join(left)}."
    st.markdown(plain(said))


def _review(work: Work, form: Form) -> None:
    preview = minutes.preview(work)
    if work.shown_meeting in preview.result:
        form.mark(preview.result[work.shown_meeting].issues)
    panel.outdated(work.review)
    for rank, one in work.chosen:
        _open_points(work, one, preview.result[rank], rank)
    if preview.diff is not None and preview.diff.is_empty:
        st.info("Tout ce que le texte dit est déjà dans la base : rien ne changerait.", icon=":material/check:")
        return
    if not panel.difference(preview, key=work.key("difference")):
        return
    if work.is_example:
        st.info("C’est l’exemple inventé : rien ne peut en être enregistré.", icon=":material/block:")
        return
    _keep_text(work)
    st.caption("Pour enregistrer, « Service ou initiales » doit être rempli.")
    panel.confirm(
        work.review, preview, lambda author: minutes.write(work, preview, author), key=work.key("enregistrer")
    )


def _open_points(work: Work, one: Meeting, outcome: EntryCheck, rank: int) -> None:
    """Draw what is wrong in a meeting, or asked about it, with its name when there are several."""
    where = f"{one.label()} : " if len(work.meetings) > 1 else ""
    if outcome.twin:
        _twin(work, one, outcome.twin, rank, where)
    names = {normalize(name): name for name in one.proposal.choices}
    waiting = [names[name] for question in outcome.questions if (name := question.topic.subject) in names]
    asked = [question for question in outcome.questions if question.topic.subject not in names]
    if asked and where:
        st.markdown(plain(where.rstrip(" :")))
    for question in asked:
        entry_review.question(one.form, question)
    if waiting:  # asked beside the form
        said = wording.listing(f"« {name} »" for name in dict.fromkeys(waiting))
        st.warning(plain(f"{where}à choisir dans « Noms à vérifier », plus haut : {said}."), icon=":material/help:")
    unverified = one.unverified()
    if unverified:
        said = f"{where}restent à vérifier : {wording.listing(unverified)}."
        st.warning(plain(diff.capitalised(said)), icon=":material/visibility:")
    panel.issues([one.form.named(issue) for issue in outcome.issues], where=where)


def _twin(work: Work, one: Meeting, code: str, rank: int, where: str) -> None:
    st.warning(
        plain("Si c’est une autre réunion du même jour, donnez-lui un titre qui la distingue."),
        title=plain(f"{where}cette réunion est déjà dans la base"),
        icon=":material/content_copy:",
    )
    with st.container(horizontal=True):
        if st.button("C’est elle : la compléter", key=work.key("completer", rank), icon=":material/sync_alt:"):
            update_instead(one, code)
            st.rerun()
        if code in work.review.answers.values() and st.button(
            "Non, c’est une autre réunion", key=work.key("non", rank)
        ):
            take_back(one.form, code)
            st.rerun()


def _keep_text(work: Work) -> None:
    key = work.key("garder-texte")
    st.session_state.setdefault(key, work.keeps_text)
    work.keeps_text = st.checkbox(
        "Garder aussi le texte entier dans le journal",
        key=key,
        help=(
            "Sans cela, seuls les champs sont enregistrés, avec l’adresse du texte. Relisez-le : un texte où se trouve "
            "un courriel, un téléphone ou « M. », « Mme » devant un nom n’est pas gardé, d’autres noms ne se "
            "reconnaissent pas."
        ),
    )


def last_words(work: Work) -> None:
    """Say what became of the text before this one."""
    if work.saved is not None and not work.is_said:  # the page is where the button was, on a telephone far below
        work.is_said = True
        page.scroll_to_top()
    panel.saved(work.saved)
