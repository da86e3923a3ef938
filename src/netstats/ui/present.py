"""Presenting: the slides of the selection are chosen, ordered and worded, then projected one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from netstats import store
from netstats.charts import palette
from netstats.errors import NetstatsError
from netstats.filters import Filters
from netstats.share import plan as plans
from netstats.share.plan import Plan, Wording
from netstats.share.powerpoint import to_pptx
from netstats.share.selection import Selection
from netstats.share.slides import KINDS, Slide
from netstats.share.workbook import to_xlsx
from netstats.ui import data, filter_bar, frame, making, stage
from netstats.ui.text import plain

SLIDE = "diapo"
"""The parameter of the address that names the slide that is projected."""

NAME = "presentation"
"""The parameter of the address that names the presentation."""

BACKGROUND = "fond"
"""The parameter of the address that says `sombre` for a dark projection."""

_PLAN = "plan"
_READ = "plan_lu"
_WATCHED = "diapo_vue"
_TEMPLATE = "modele"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def selection(filters: Filters) -> Selection:
    """Return the selection of the page, on its way out."""
    return Selection(data.ask, filters, data.choices(), data.version(), date.today())


def current_plan() -> Plan:
    """Return what this session makes of the slides; on arrival, what the presentation of the address says."""
    name = st.query_params.get(NAME, "")
    if name and st.session_state.get(_READ) != name:
        _open(name)
    return _plan()


# ---------------------------------------------------------------- projected


def is_projected() -> bool:
    """Return whether the address asks for a slide alone on the screen."""
    return SLIDE in st.query_params


def project(slides: Sequence[Slide]) -> None:
    """Draw the slide that the address names, alone on the screen, and the buttons that lead on."""
    kinds = [slide.kind for slide in slides]
    asked = st.query_params[SLIDE]
    place = kinds.index(asked) if asked in kinds else 0
    colours = palette("dark" if st.query_params.get(BACKGROUND) == "sombre" else "light")
    with st.container(key="projection"):
        stage.draw(slides[place], colours, number=place + 1, of=len(slides))
    with st.container(key="commandes", horizontal=True, gap="xsmall", vertical_alignment="center", width="content"):
        steps = (
            ("premiere", "Première diapositive", ":material/first_page:", 0),
            ("precedente", "Diapositive précédente", ":material/chevron_left:", place - 1),
            ("suivante", "Diapositive suivante", ":material/chevron_right:", place + 1),
            ("derniere", "Dernière diapositive", ":material/last_page:", len(slides) - 1),
        )
        for name, label, icon, target in steps:
            st.button(
                "",
                key=f"diapo-{name}",
                help=label,
                icon=icon,
                disabled=target == place or not 0 <= target < len(slides),
                on_click=_show,
                args=(kinds[min(max(target, 0), len(slides) - 1)],),
            )
        dark = colours.mode == "dark"
        st.button("Fond clair" if dark else "Fond sombre", key="diapo-fond", on_click=_set_background, args=(not dark,))
        st.button("Plein écran", key="diapo-plein-ecran", icon=":material/fullscreen:")
        st.button("Quitter", key="diapo-quitter", icon=":material/close:", on_click=_leave)


def _show(kind: str) -> None:
    st.query_params[SLIDE] = kind


def _set_background(dark: bool) -> None:
    if dark:
        st.query_params[BACKGROUND] = "sombre"
    else:
        st.query_params.pop(BACKGROUND, None)


def _leave() -> None:
    st.session_state[_WATCHED] = st.query_params.get(SLIDE)
    st.query_params.pop(SLIDE, None)


# ---------------------------------------------------------------- taken away


def ways_out(chosen: Selection, plan: Plan, slides: Sequence[Slide]) -> None:
    """Draw the ways to take the selection away: projector, deck, workbook, paper, address."""
    dark = frame.colours().mode == "dark"
    made_of = (chosen.filters, chosen.version, chosen.today)
    sent = st.session_state.get(_TEMPLATE)
    template = sent.getvalue() if sent else None
    with st.grid(5, min_column_width=150, gap="small"):
        st.button(
            "Projeter",
            key="projeter",
            type="primary",
            icon=":material/slideshow:",
            width="stretch",
            on_click=_start,
            args=(slides[0].kind, dark),
        )
        making.offer(
            "pptx",
            "Diaporama (.pptx)",
            chosen.file_name("pptx"),
            _PPTX,
            lambda tell: to_pptx(
                chosen,
                plan.slides(chosen, data.outlines()),
                title=st.query_params.get(NAME, "") or chosen.sentence,
                count=len(slides),
                tell=tell,
                template=template,
            ),
            of=(*made_of, plan, template),
        )
        making.offer(
            "xlsx",
            "Classeur (.xlsx)",
            chosen.file_name("xlsx"),
            _XLSX,
            lambda tell: to_xlsx(chosen, tell=tell),
            of=made_of,
        )
        st.button(
            "Imprimer",
            key="imprimer",
            icon=":material/print:",
            width="stretch",
            on_click=filter_bar.reopen,
            args=("imprimer", chosen.filters),
        )
        filter_bar.copy_link("presentation", width="stretch")


def template_choice() -> None:
    """Offer to give the deck a template of one's own; it stays in the session."""
    sent = st.session_state.get(_TEMPLATE)
    name = f"Modèle du diaporama : {sent.name}" if sent else "Modèle du diaporama : celui de netstats"
    with st.expander(plain(name), icon=":material/palette:", key="modele-du-diaporama"):
        st.caption(
            "Un modèle PowerPoint (.potx) ou une présentation (.pptx) de votre collectivité : le diaporama en prend "
            "les dispositions, les polices et les couleurs. 20 Mo au plus ; il n’est pas gardé."
        )
        st.file_uploader("Votre modèle (.potx ou .pptx)", ["potx", "pptx"], key=_TEMPLATE)


def _start(kind: str, dark: bool) -> None:
    st.query_params[SLIDE] = kind
    _set_background(dark)


# ---------------------------------------------------------------- kept under a name


def keeping(filters: Filters) -> None:
    """Draw the presentations that are kept, and the way to keep this one."""
    known = store.presentations.saved(data.database())
    name = st.query_params.get(NAME, "")
    with st.expander(
        f"Présentation « {name} »" if name else "Garder ou rouvrir une présentation", icon=":material/bookmark:"
    ):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("Nom de la présentation", key="nom-presentation", value=name, max_chars=80)
            st.button(
                "Enregistrer",
                key="enregistrer-presentation",
                on_click=_save,
                args=(filters,),
                icon=":material/save:",
            )
        st.caption(
            "Garde les filtres, le choix et l’ordre des diapositives, les titres modifiés et les commentaires ; les "
            "chiffres sont toujours ceux du jour."
        )
        for rank, row in enumerate(known.itertuples(index=False)):
            with st.container(horizontal=True, vertical_alignment="center", key=f"gardee-{rank}"):
                st.button(str(row.name), key=f"ouvrir-{rank}", type="tertiary", on_click=_reopen, args=(str(row.name),))
                st.button(
                    "Supprimer",
                    key=f"supprimer-{rank}",
                    help=f"Supprimer « {row.name} »",
                    on_click=_delete,
                    args=(str(row.name),),
                )


def _open(name: str) -> None:
    """Take up the plan of a presentation that is kept."""
    kept = store.presentations.saved(data.database()).set_index("name")["content"]
    st.session_state[_READ] = name
    if name not in kept:
        st.warning(plain(f"La présentation « {name} » n’est pas enregistrée ici."))
        return
    st.session_state[_PLAN], filters, notices = plans.from_json(str(kept[name]), data.choices())
    filter_bar.notify(*notices)
    if filters.count() and not filter_bar.current().count():  # a link that names the presentation alone
        kept_on = {part: st.query_params[part] for part in (SLIDE, BACKGROUND) if part in st.query_params}
        filter_bar.reopen("presenter", filters, **{NAME: name}, **kept_on)
        st.rerun()


def _reopen(name: str) -> None:
    """Open a presentation that is kept, with its selection, from a callback."""
    kept = store.presentations.saved(data.database()).set_index("name")["content"]
    try:
        st.session_state[_PLAN], filters, notices = plans.from_json(str(kept[name]), data.choices())
    except NetstatsError as error:
        filter_bar.notify(str(error))
        return
    filter_bar.notify(*notices)
    st.session_state[_READ] = name
    filter_bar.reopen("presenter", filters, **{NAME: name})


def _save(filters: Filters) -> None:
    try:
        name = store.presentations.save(
            data.database(), str(st.session_state["nom-presentation"]), plans.to_json(_plan(), filters)
        )
    except NetstatsError as error:
        filter_bar.notify(str(error))
        return
    st.session_state[_READ] = name
    st.query_params[NAME] = name
    st.toast(plain(f"Présentation « {name} » enregistrée."), icon=":material/check:")


def _delete(name: str) -> None:
    store.presentations.delete(data.database(), name)
    if st.query_params.get(NAME) == name:
        st.query_params.pop(NAME)


# ---------------------------------------------------------------- chosen, ordered, worded


def editor(plan: Plan, made: Sequence[Slide], slides: Sequence[Slide]) -> None:
    """Draw the list of the slides, and beside it the one that is looked at, with its words.

    Parameters
    ----------
    plan
        What this session makes of them.
    made
        All slides that have something to show, with their findings.
    slides
        Those of the plan.
    """
    found = {slide.kind: slide for slide in made}
    listed, preview = st.columns([2, 3], gap="medium")
    shown = [slide.kind for slide in slides]
    watched = st.session_state.get(_WATCHED)
    watched = watched if watched in shown else shown[0]
    with listed, st.container(key="diapositives", gap="xsmall"):
        st.header("Diapositives", anchor=False)
        for kind in plan.order:
            _line(kind, plan, found, is_watched=kind == watched)
    slide = slides[shown.index(watched)]
    with preview:
        with st.container(key="apercu"):
            stage.draw(slide, frame.colours(), number=shown.index(watched) + 1, of=len(slides))
        _words(plan, slide, found[watched])


def nothing_chosen() -> None:
    """Say that no slide is left, and offer all of them again."""
    st.info("Montrez au moins une diapositive.", title="Toutes les diapositives sont masquées.")
    st.button("Toutes les montrer", key="tout-montrer", on_click=_set, args=(Plan(),))


def _line(kind: str, plan: Plan, found: dict[str, Slide], *, is_watched: bool) -> None:
    has = kind in found
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False, key=f"ligne-{kind}"):
        key = f"montre-{kind}"
        st.session_state[key] = has and kind not in plan.hidden
        st.checkbox(
            KINDS[kind],
            key=key,
            disabled=not has,
            help=None if has else "Rien à montrer dans cette sélection : laissée de côté.",
            on_change=_toggle,
            args=(kind,),
            width="stretch",
        )
        for by, label, icon in (
            (-1, "Monter", ":material/arrow_upward:"),
            (1, "Descendre", ":material/arrow_downward:"),
        ):
            at_end = plan.order[0 if by < 0 else -1] == kind
            st.button(
                "",
                key=f"{label.lower()}-{kind}",
                help=f"{label} « {KINDS[kind]} »",
                icon=icon,
                disabled=at_end,
                type="tertiary",
                on_click=_move,
                args=(kind, by),
            )
        st.button(
            "Voir",
            key=f"voir-{kind}",
            help=f"Voir et modifier « {KINDS[kind]} »",
            disabled=not has or kind in plan.hidden,
            type="primary" if is_watched else "secondary",
            on_click=_watch,
            args=(kind,),
        )


def _words(plan: Plan, slide: Slide, found: Slide) -> None:
    words = plan.wordings.get(slide.kind, Wording())
    if words.title and words.found != found.title:
        st.warning(
            plain(
                f"Ce titre a été écrit quand les données disaient : « {words.found} » Elles disent : « {found.title} »"
            ),
            icon=":material/update:",
        )
    # Named by what they hold, so that another presentation brings its own words.
    st.text_input(
        "Titre",
        value=words.title,
        placeholder=found.title,
        key=f"titre-{slide.kind}-{hash(words)}",
        max_chars=plans.LONGEST_TITLE,
        on_change=_reword,
        args=(slide.kind, found.title, words, "title"),
        help="Vide : le constat calculé.",
    )
    st.text_area(
        "Commentaire",
        value=words.commentary,
        placeholder="Une ou deux phrases, sous ce que montre la diapositive",
        key=f"propos-{slide.kind}-{hash(words)}",
        max_chars=plans.LONGEST_COMMENTARY,
        height=90,
        on_change=_reword,
        args=(slide.kind, found.title, words, "commentary"),
    )


# Each change is made to the plan as it is by then: two quick clicks are both told to the run that drew the buttons.


def _toggle(kind: str) -> None:
    _set(_plan().toggled(kind))


def _move(kind: str, by: int) -> None:
    _set(_plan().moved(kind, by))


def _reword(kind: str, found: str, words: Wording, part: str) -> None:
    prefix = "titre" if part == "title" else "propos"
    written = str(st.session_state[f"{prefix}-{kind}-{hash(words)}"])
    now = _plan().wordings.get(kind, Wording())
    _set(
        _plan().worded(
            kind, replace(now, title=written, found=found) if part == "title" else replace(now, commentary=written)
        )
    )


def _plan() -> Plan:
    known: Plan = st.session_state.setdefault(_PLAN, Plan())
    return known


def _set(plan: Plan) -> None:
    st.session_state[_PLAN] = plan


def _watch(kind: str) -> None:
    st.session_state[_WATCHED] = kind
