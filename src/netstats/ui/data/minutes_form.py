"""The first steps of « Lire un compte rendu » as they are drawn: giving the text, its marks beside the forms."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from netstats import wording
from netstats.errors import NetstatsError
from netstats.intake import standard
from netstats.intake.dates import Day
from netstats.intake.entry import Entry
from netstats.minutes.documents import SUFFIXES, read_document
from netstats.minutes.drafts import Reading
from netstats.minutes.saving import earlier_meetings
from netstats.ui.base import links
from netstats.ui.base.text import plain
from netstats.ui.data import minutes, minutes_doubts, minutes_proposed, minutes_text, snapshot
from netstats.ui.data.entry_form import Form
from netstats.ui.data.minutes import EXAMPLE, Meeting, Work
from netstats.ui.review import diff, panel

_MOST_EARLIER = 5

# --- 1. the text


def asking(work: Work) -> str:
    """Ask for the text and where it comes from, and read it; return where, as it was typed.

    A text that is refused stays there to be mended.
    """
    with panel.step(1, "Donner le texte"):
        if work.reading is None:
            return _asked(work)
        mentioned = sum(one.read.is_mention for one in work.meetings)
        meetings = wording.counted(len(work.meetings) - mentioned, "réunion lue", "réunions lues")
        if mentioned:
            meetings += f", {wording.counted(mentioned, 'autre mentionnée', 'autres mentionnées')},"
        words = wording.counted(len(work.reading.text.split()), "mot")
        where = f"dans les {words}" if work.reading.text else "d’un texte qui n’a pas été gardé"
        name = f" de « {work.document.name} »" if work.document and work.document.name else ""
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(plain(f"{diff.capitalised(meetings)} {where}{name}."), width="content")
            st.button(
                "Lire un autre texte",
                key=work.key("autre"),
                icon=":material/restart_alt:",
                type="tertiary",
                on_click=minutes.begin_again,
            )
        if not work.reading.text:
            return str(st.session_state.get(work.key("source")) or "")
        with st.expander("Corriger le texte, ou le lire à nouveau", key=work.key("corriger")):
            st.caption("Le lire à nouveau remplit les formulaires à nouveau : ce que vous y avez corrigé s’y perd.")
            return _asked(work)


def _asked(work: Work) -> str:
    key, source_key = work.key("texte"), work.key("source")
    pasting, dropping = st.columns([3, 2], gap="medium")
    with dropping:
        suffixes = wording.listing((suffix for suffix in SUFFIXES if suffix != ".htm"), "ou")
        st.markdown(f"**Ou déposer un fichier** ({plain(suffixes)})")
        sent = st.file_uploader(
            "Fichier du compte rendu",  # of any kind: what is not read is told why, in French
            key=work.key("fichier"),
            label_visibility="collapsed",
        )
        st.caption(
            "Ou choisissez-le avec le bouton « Choisir ». Le fichier n’est gardé nulle part : son texte s’affiche, et "
            "rien n’est enregistré avant l’étape 3."
        )
        is_new = sent is not None and sent.file_id != work.file
        if sent is not None and is_new:
            work.file, work.error = sent.file_id, None
            try:
                work.document = read_document(sent.name, sent.getvalue())
            except NetstatsError as error:
                work.error = error
            else:
                st.session_state[key] = work.document.text
                st.session_state[source_key] = st.session_state.get(source_key) or work.document.source_url
        source = st.text_input(
            "Adresse de la page où on peut le lire (facultatif)",
            key=source_key,
            persist_state="session",
            max_chars=1000,
            placeholder="https://…",
            autocomplete="off",
        )
    with pasting:
        text = st.text_area(
            "Coller le texte d’un compte rendu",
            key=key,
            persist_state="session",
            height=300,
            placeholder="Le réseau … s’est réuni le … à …",
        )
        if work.error is not None:
            panel.error(work.error)
        with st.container(horizontal=True):
            pressed = st.button("Lire", key=work.key("lire"), type="primary", icon=":material/document_search:")
            if not text or text == EXAMPLE:
                pressed |= st.button(
                    "Essayer avec un exemple",
                    key=work.key("exemple"),
                    help="Un court texte inventé, dont rien ne peut être enregistré.",
                    type="tertiary",
                    on_click=lambda: st.session_state.update({key: EXAMPLE}),
                )
    if pressed or (is_new and work.error is None):
        with st.spinner("Lecture…"):
            minutes.read(work, text or "", (source or "").strip())
        st.rerun()
    return (source or "").strip()


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


def choice(work: Work) -> int | None:
    """Ask which of the meetings to show, return its rank; None when the text tells none, which has been said."""
    if not work.meetings:
        st.info("Aucune réunion n’est lue dans ce texte. Corrigez-le, ou saisissez la réunion à la main.")
        return None
    if len(work.meetings) == 1:
        return 0
    labels = [one.label for one in work.meetings]
    return st.selectbox(
        "Réunion montrée",
        list(range(len(labels))),
        format_func=labels.__getitem__,
        key=work.key("laquelle"),
        persist_state="session",
        filter_mode=None,
    )


def meeting(work: Work, rank: int, reading: Reading) -> Form:
    """Draw a meeting, each field with the words behind it, and what was left aside; return its form."""
    shown = work.meetings[rank]
    with st.container(key="brouillon"):
        _introduction(work, rank)
        doubts = st.container()
        form = Form(shown.form)
        form.when()
        form.where()
        form.who()
        form.what()
        minutes_proposed.proposed_actions(work, shown, reading)
        form.actions()
        with doubts:  # first on the screen, and of the form as it now is
            minutes_doubts.listed(shown, reading)
        for place, lines in minutes_text.notes(shown):
            if lines:
                form.note(place, minutes_text.lines(reading.text, *lines))
        minutes_proposed.set_aside(work, shown, reading)
    return form


def _introduction(work: Work, rank: int) -> None:
    """Say whether the meeting is written, whether it is there already, and what is created with it."""
    shown = work.meetings[rank]
    shown.is_chosen = st.checkbox(
        "Enregistrer cette réunion", shown.is_chosen, key=work.key("garder", rank), persist_state="session"
    )
    form = shown.form
    if shown.read.is_mention:
        st.info(
            plain(
                "Le texte est sur une autre réunion et ne fait que mentionner celle-ci : elle n’est enregistrée que si "
                "vous cochez la case."
            ),
            icon=":material/info:",
        )
        days = [one.read.when.value.first for one in work.meetings if one.read.when and not one.read.is_mention]
        earlier = earlier_meetings(shown.read, snapshot.known(), before=min(days, default=None))
        if earlier:
            st.caption("Peut-être déjà dans la base : les réunions tenues de ce réseau sur un de ces thèmes.")
        for code in earlier[-_MOST_EARLIER:]:
            _sheet(code, snapshot.meeting_name(code))
    elif not shown.read.is_likely:
        st.info(
            "Le texte ne dit pas sûrement que cette réunion est celle d’un réseau du FFSU : vérifiez le réseau et "
            "cochez la case, ou laissez-la de côté.",
            icon=":material/help:",
        )
    if form.opened:
        st.info(
            plain(
                "Ce que le texte dit la complète ou la corrige, le reste demeure ; l’étape 3 montre ce qui changerait."
            ),
            title=plain(f"Cette réunion est déjà dans la base : {_known_as(form.opened)}"),
            icon=":material/sync_alt:",
        )
        with st.container(horizontal=True):
            _sheet(form.entry.code, "Voir sa fiche")
            st.button(
                "Ce n’est pas elle : en faire une nouvelle",
                key=work.key("autre-reunion", rank),
                type="tertiary",
                on_click=minutes.part,
                args=(work, rank, str(st.session_state.get(work.key("source")) or "").strip()),
            )
    for sentence in _created(shown):
        st.info(plain(sentence), icon=":material/add_circle:")
    if lacking := _lacking(shown):
        st.info(plain(lacking), icon=":material/help:")
        st.page_link("pages/data/lists.py", label="Ouvrir les référentiels", icon=":material/list_alt:")
    panel.notices(form.notices)


def _known_as(opened: Entry) -> str:
    """Return the title of a meeting of the database; of one that is announced, for which day."""
    day = opened.meeting["date"]
    if opened.meeting["status"] != "announced" or not isinstance(day, Day):
        return str(opened.meeting["title"])
    return f"{opened.meeting['title']}, annoncée pour le {wording.date(day.first, day.precision)}"


def _sheet(code: str, label: str) -> None:
    st.page_link(
        "pages/analysis/meeting.py", label=plain(label), query_params={links.SUBJECT: code}, icon=":material/event:"
    )


def _created(shown: Meeting) -> Iterator[str]:
    """Yield what is said of a network and bodies that are created with the meeting."""
    form = shown.form
    if form.network and form.entry.network == form.network.code:
        regions = [snapshot.known().regions.get(code, code) for code in form.network.regions]
        where = f" ({wording.listing(regions)})" if regions else ""
        yield f"Le réseau « {form.network.name} »{where} n’est pas dans la base : il y sera créé."
    present = {one.code for one in form.entry.present}
    for body in form.bodies:
        if body.code in present:
            communes = wording.listing(snapshot.places().label(code).split(" (")[0] for code in body.communes)
            yield f"« {body.name} » n’est pas dans la base : il y sera créé, avec ses communes : {communes}."


def _lacking(shown: Meeting) -> str:
    """Return what is said of the themes that were read and that the lists do not have: empty when they have all."""
    known = snapshot.known()
    names = [
        standard.name(known.rows, "theme", theme.value)
        for theme in shown.read.themes
        if theme.value not in known.themes
    ]
    if not names:
        return ""
    said = wording.listing(f"« {name} »" for name in dict.fromkeys(names))
    return f"La base n’a pas, parmi ses thèmes : {said}. Ajoutés dans les référentiels, ils viendront à la relecture."
