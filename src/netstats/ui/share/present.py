"""Presenting: the slides of the selection are chosen, ordered and worded, then taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from netstats.errors import NetstatsError
from netstats.filters import FACE_PARAMETER, Filters
from netstats.share import side_by_side
from netstats.share.bodies import Slide
from netstats.share.deck import opened as opened_template
from netstats.share.deck import to_pptx
from netstats.share.plan import LONGEST_COMMENTARY, LONGEST_TITLE, Plan, Wording
from netstats.share.selection import Selection
from netstats.share.slides import KINDS
from netstats.share.workbook import to_xlsx
from netstats.ui.base import data, filter_bar, page
from netstats.ui.base.text import plain
from netstats.ui.share import draft, presentations, projector

_TEMPLATE = "modele"
_REFUSED = "modele_refuse"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def selection(filters: Filters, face: Filters | None = None) -> Selection:
    """Return the selection of the page, on its way out, and what is set beside it."""
    return Selection(data.asker(), filters, data.choices(), data.version(), date.today(), face)


# ---------------------------------------------------------------- taken away


def ways_out(chosen: Selection, slides: Sequence[Slide]) -> None:
    """Draw the ways to take the selection away: projector, deck, workbook, paper, address."""
    name = presentations.name()
    named = {presentations.NAME: name, FACE_PARAMETER: chosen.face.to_face(chosen.choices) if chosen.face else ""}
    address = {parameter: value for parameter, value in named.items() if value}
    sent = st.session_state.get(_TEMPLATE)
    deck = partial(
        to_pptx,
        chosen,
        slides,
        title=name or chosen.sentence,
        count=len(slides),
        template=sent.getvalue() if sent and _REFUSED not in st.session_state else None,
    )

    with st.grid(5, min_column_width=150, gap="small"):
        st.button(
            "Projeter",
            key="projeter",
            type="primary",
            icon=":material/slideshow:",
            width="stretch",
            on_click=projector.start,
            args=(slides[0].kind,),
            kwargs={"dark": page.colours().mode == "dark"},
        )
        for label, extension, mime, make in (
            ("Diaporama (.pptx)", "pptx", _PPTX, deck),
            ("Classeur (.xlsx)", "xlsx", _XLSX, partial(to_xlsx, chosen)),
        ):
            st.download_button(  # made when it is pressed, while the page goes on
                label,
                make,
                chosen.file_name(extension),
                mime,
                key=f"telecharger-{extension}",
                icon=":material/file_save:",
                on_click="ignore",
                width="stretch",
            )
        with st.container(key="imprimer"):
            st.page_link(  # within the session: what is not kept yet is printed too
                "pages/share/report.py",
                label="Imprimer",
                icon=":material/print:",
                query_params=address or None,  # the filters come along by themselves
                width="stretch",
            )
        filter_bar.copy_link("presentation", width="stretch")


def template_choice() -> None:
    """Offer to give the deck a template of one's own; it stays in the session."""
    sent = st.session_state.get(_TEMPLATE)
    name = f"Modèle du diaporama : {sent.name}" if sent else "Modèle du diaporama : celui de netstats"
    with st.expander(plain(name), icon=":material/palette:", key="modele-du-diaporama"):
        st.caption(
            "Un modèle PowerPoint (.potx) ou une présentation (.pptx) de votre collectivité, avec une disposition "
            "« Titre seul » : le diaporama en prend le fond, les polices et les couleurs. 20 Mo au plus ; il n’est pas "
            "gardé."
        )
        st.file_uploader("Votre modèle (.potx ou .pptx)", ["potx", "pptx"], key=_TEMPLATE, on_change=_look_at_template)
        if _REFUSED in st.session_state:
            st.warning(plain(f"{st.session_state[_REFUSED]} Le diaporama garde le modèle de netstats."))


def _look_at_template() -> None:
    """Refuse at once, from the callback, what is no template."""
    st.session_state.pop(_REFUSED, None)
    sent = st.session_state[_TEMPLATE]
    try:
        opened_template(sent.getvalue() if sent else None)
    except NetstatsError as error:
        st.session_state[_REFUSED] = str(error)


# ---------------------------------------------------------------- chosen, ordered, worded


def editor(plan: Plan, made: Sequence[Slide], slides: Sequence[Slide]) -> None:
    """Draw the list of all the slides `made`; beside it the one of the plan's own `slides` that is looked at."""
    found = {slide.kind: slide for slide in made}
    shown = [slide.kind for slide in slides]
    watched = st.session_state.get(projector.WATCHED)
    watched = watched if watched in shown else shown[0]
    listed, preview = st.columns([2, 3], gap="medium")
    with listed, st.container(key="diapositives", gap="xsmall"):
        st.header("Diapositives", anchor=False)
        draft.status()
        for kind in plan.order:
            if kind in found or kind not in side_by_side.MAKERS:  # of one selection, these say nothing
                _line(kind, plan, found, is_watched=kind == watched)
    slide = slides[shown.index(watched)]
    with preview:
        with st.container(key="apercu"):
            projector.draw(slide, page.colours(), number=shown.index(watched) + 1, of=len(slides))
        _words(plan, found[watched])


def nothing_chosen() -> None:
    """Say that no slide is left, and offer all of them again."""
    st.info("Les diapositives qui auraient quelque chose à montrer sont masquées.", title="Aucune diapositive.")
    st.button(
        "Toutes les montrer",
        key="tout-montrer",
        on_click=draft.change,
        args=(lambda plan: replace(plan, hidden=frozenset()),),
    )


def _line(kind: str, plan: Plan, made: Mapping[str, Slide], *, is_watched: bool) -> None:
    found, movable = made.get(kind), [other for other in plan.order if other in made]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False, key=f"ligne-{kind}"):
        key = f"montre-{kind}"
        is_shown = st.session_state[key] = found is not None and kind not in plan.hidden
        st.checkbox(
            f"{KINDS[kind]} · à relire" if found and _is_stale(plan, found) else KINDS[kind],
            key=key,
            disabled=found is None,
            help=None if found else "Rien à montrer dans cette sélection : laissée de côté.",
            on_change=_toggle,
            args=(kind,),
            width="stretch",
        )
        for by, label, icon, end in (
            (-1, "Monter", ":material/arrow_upward:", 0),
            (1, "Descendre", ":material/arrow_downward:", -1),
        ):
            st.button(
                f"{label} « {KINDS[kind]} »",
                key=f"{label.lower()}-{kind}",
                help=label,
                icon=icon,
                disabled=found is None or movable[end] == kind,
                type="tertiary",
                on_click=draft.change,
                args=(Plan.moved, kind, by, frozenset(made)),
            )
        st.button(
            "Voir",
            key=f"voir-{kind}",
            help=f"Voir et modifier « {KINDS[kind]} »",
            disabled=not is_shown,
            type="primary" if is_watched else "secondary",
            on_click=lambda: st.session_state.update({projector.WATCHED: kind}),
        )


def _words(plan: Plan, found: Slide) -> None:
    words = plan.wordings.get(found.kind, Wording())
    if _is_stale(plan, found):
        st.warning(
            plain(
                f"Ces mots ont été écrits quand le constat était : {words.found}. Il est maintenant : {found.title}."
            ),
            icon=":material/update:",
        )
    number = draft.opened().number  # another presentation brings its own words
    title, commentary = f"titre-{found.kind}-{number}", f"propos-{found.kind}-{number}"
    st.text_input(
        "Titre",
        value=words.title,
        placeholder=found.title,
        key=title,
        max_chars=LONGEST_TITLE,
        on_change=_reword,
        args=(found, "title", title),
        help="Vide : le constat calculé.",
    )
    st.text_area(
        "Commentaire",
        value=words.commentary,
        placeholder="Une ou deux phrases, sous ce que montre la diapositive",
        key=commentary,
        max_chars=LONGEST_COMMENTARY,
        height=90,
        on_change=_reword,
        args=(found, "commentary", commentary),
    )


def _toggle(kind: str) -> None:
    if bool(st.session_state[f"montre-{kind}"]) == (kind in draft.opened().plan.hidden):
        draft.change(Plan.toggled, kind)


def _reword(found: Slide, part: str, box: str) -> None:
    words = draft.opened().plan.wordings.get(found.kind, Wording())
    words = replace(words, found=found.title, **{part: str(st.session_state[box])})
    draft.change(Plan.worded, found.kind, words)


def _is_stale(plan: Plan, found: Slide) -> bool:
    """Return whether somebody wrote words on a slide when the data, or the selection, said something else."""
    return found.kind in plan.wordings and plan.wordings[found.kind].found != found.title
