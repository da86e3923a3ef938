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
from netstats.share.bodies import Slide
from netstats.share.deck import opened, to_pptx
from netstats.share.plan import Plan, Wording
from netstats.share.selection import Selection
from netstats.share.slides import KINDS
from netstats.share.workbook import to_xlsx
from netstats.ui.base import data, export_button, filter_bar, page
from netstats.ui.base.text import plain
from netstats.ui.share import projector

SLIDE = "diapo"
"""The parameter of the address that names the slide that is projected."""

NAME = "presentation"
"""The parameter of the address that names the presentation."""

BACKGROUND = "fond"
"""The parameter of the address that says `sombre` for a dark projection."""

_PLAN = "plan"
_READ = "plan_lu"
_KEPT = "plan_garde"
_OPENED = "plans_ouverts"
_ASKED = "presentation_a_confirmer"
_NAMED = "nom-presentation"
_WATCHED = "diapo_vue"
_TEMPLATE = "modele"
_REFUSED = "modele_refuse"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def selection(filters: Filters) -> Selection:
    """Return the selection of the page, on its way out."""
    return Selection(data.ask, filters, data.choices(), data.version(), date.today())


def current_plan(here: str = "presenter") -> Plan:
    """Return what this session makes of the slides; on arrival, what the presentation of the address says.

    `here` is the one that is open: a link that names the presentation alone is opened again with its selection.
    """
    name = st.query_params.get(NAME, "")
    if name and st.session_state.get(_READ) != name:
        _open(name, here)
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
        projector.draw(
            slides[place],
            colours,
            number=place + 1,
            of=len(slides),
            move=lambda to: _go_to(kinds, to),
            leave=_leave,
        )
    with st.container(key="commandes", horizontal=True, gap="xsmall", vertical_alignment="center", width="content"):
        for name, label, icon, by in (
            ("premiere", "Première diapositive", ":material/first_page:", -len(kinds)),
            ("precedente", "Diapositive précédente", ":material/chevron_left:", -1),
            ("suivante", "Diapositive suivante", ":material/chevron_right:", 1),
            ("derniere", "Dernière diapositive", ":material/last_page:", len(kinds)),
        ):
            st.button(label, key=f"diapo-{name}", help=label, icon=icon, on_click=_step, args=(kinds, by))
        dark = colours.mode == "dark"
        st.button("Fond clair" if dark else "Fond sombre", key="diapo-fond", on_click=_set_background, args=(not dark,))
        st.button("Plein écran", key="diapo-plein-ecran", icon=":material/fullscreen:")
        st.button("Quitter", key="diapo-quitter", icon=":material/close:", on_click=_leave)


def _step(kinds: Sequence[str], by: int) -> None:
    asked = st.query_params.get(SLIDE, "")
    _go_to(kinds, (kinds.index(asked) if asked in kinds else 0) + by)


def _go_to(kinds: Sequence[str], to: int) -> None:
    st.query_params[SLIDE] = kinds[min(max(to, 0), len(kinds) - 1)]


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
    dark = page.colours().mode == "dark"
    made_of = (chosen.filters, chosen.version, chosen.today)
    sent = st.session_state.get(_TEMPLATE)
    template = sent.getvalue() if sent and _REFUSED not in st.session_state else None
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
        export_button.offer(
            "pptx",
            "Diaporama (.pptx)",
            chosen.file_name("pptx"),
            _PPTX,
            lambda tell: to_pptx(
                chosen,
                slides,
                title=st.query_params.get(NAME, "") or chosen.sentence,
                count=len(slides),
                tell=tell,
                template=template,
            ),
            of=(*made_of, plan, template, st.query_params.get(NAME, "")),
        )
        export_button.offer(
            "xlsx",
            "Classeur (.xlsx)",
            chosen.file_name("xlsx"),
            _XLSX,
            lambda tell: to_xlsx(chosen, tell=tell),
            of=made_of,
        )
        with st.container(key="imprimer"):
            name = st.query_params.get(NAME, "")
            st.page_link(  # within the session: what is not kept yet is printed too
                "pages/share/report.py",
                label="Imprimer",
                icon=":material/print:",
                query_params={NAME: name} if name else None,  # the filters come along by themselves
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
        opened(sent.getvalue() if sent else None)
    except NetstatsError as error:
        st.session_state[_REFUSED] = str(error)


def _start(kind: str, dark: bool) -> None:
    st.query_params[SLIDE] = kind
    _set_background(dark)


# ---------------------------------------------------------------- kept under a name


def keeping(filters: Filters) -> None:
    """Draw the presentations that are kept, and the way to keep this one."""
    known = [str(name) for name in store.presentations.saved(data.database())["name"]]
    name = st.query_params.get(NAME, "")
    label = f"Présentation « {name} »" if name else "Garder ou rouvrir une présentation"
    with st.expander(plain(label), icon=":material/bookmark:", expanded=_ASKED in st.session_state):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("Nom de la présentation", key=_NAMED, value=name, max_chars=80)
            st.button("Enregistrer", key="enregistrer-presentation", on_click=_save, args=(filters, known))
        st.caption(
            "Garde les filtres, le choix et l’ordre des diapositives, les titres et les commentaires écrits, pour tous "
            "ceux qui ouvrent ce tableau de bord ; les chiffres sont toujours ceux du jour."
        )
        _confirmation(filters)
        for kept in known:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(plain(kept), key=f"ouvrir-{kept}", type="tertiary", on_click=_reopen, args=(kept,))
                st.button(
                    "Supprimer",
                    key=f"supprimer-{kept}",
                    help=plain(f"Supprimer « {kept} »"),
                    on_click=_ask,
                    args=("supprimer", kept),
                )


def _confirmation(filters: Filters) -> None:
    """Ask before what others have kept is replaced or deleted."""
    if _ASKED not in st.session_state:
        return
    what, name = st.session_state[_ASKED]
    replaces = what == "remplacer"
    st.warning(
        plain(f"« {name} » existe déjà." if replaces else f"« {name} » sera supprimée pour tous."),
        icon=":material/help:",
    )
    with st.container(horizontal=True):
        if replaces:
            st.button("Remplacer", key="confirmer", type="primary", on_click=_replace, args=(filters, name))
        else:
            st.button("Supprimer pour tous", key="confirmer", type="primary", on_click=_delete, args=(name,))
        st.button("Ne rien changer", key="ne-rien-changer", on_click=lambda: st.session_state.pop(_ASKED, None))


def _ask(what: str, name: str) -> None:
    st.session_state[_ASKED] = (what, name)


def _open(name: str, here: str) -> None:
    """Take up the plan of a presentation that is kept; one that cannot be leaves the page as it was, and says so."""
    try:
        plan, filters, notices = _kept(name)
    except NetstatsError as error:
        st.query_params.pop(NAME)
        st.warning(plain(f"{error.what} {error.remedy}".strip()))
        return
    _begin(name, plan)
    if filters.count() and not filter_bar.current().count():  # a link that names the presentation alone
        kept_on = {part: st.query_params[part] for part in (SLIDE, BACKGROUND) if part in st.query_params}
        filter_bar.reopen(here, filters, **{NAME: name}, **kept_on)
        st.rerun()
    for notice in notices:
        st.warning(plain(notice))


def _kept(name: str) -> tuple[Plan, Filters, list[str]]:
    """Return what is kept under a name, see `plan.from_json`; a NetstatsError when nothing is, or nothing readable."""
    kept = store.presentations.saved(data.database()).set_index("name")["content"]
    if name not in kept:
        raise NetstatsError(f"La présentation « {name} » n’est pas enregistrée ici.", "")
    return plans.from_json(str(kept[name]), data.choices())


def _begin(name: str, plan: Plan) -> None:
    """Make a plan that of the session, as it is kept; the boxes begin with its words."""
    st.session_state.update({_PLAN: plan, _KEPT: plan, _READ: name, _OPENED: st.session_state.get(_OPENED, 0) + 1})


def _reopen(name: str) -> None:
    """Open a presentation that is kept, with its selection, from a callback."""
    try:
        _, filters, _ = _kept(name)
    except NetstatsError:
        filter_bar.notify(f"La présentation « {name} » ne peut pas être lue.")
        return
    filter_bar.reopen("presenter", filters, **{NAME: name})


def _save(filters: Filters, known: Sequence[str]) -> None:
    name = str(st.session_state[_NAMED]).strip()
    if name in known and name != st.query_params.get(NAME):
        _ask("remplacer", name)
    else:
        _replace(filters, name)


def _replace(filters: Filters, name: str) -> None:
    st.session_state.pop(_ASKED, None)
    try:
        name = store.presentations.save(data.database(), name, plans.to_json(_plan(), filters))
    except NetstatsError as error:
        filter_bar.notify(str(error))
        return
    st.session_state.update({_READ: name, _KEPT: _plan()})
    st.query_params[NAME] = name
    st.toast(plain(f"Présentation « {name} » enregistrée."), icon=":material/check:")


def _delete(name: str) -> None:
    st.session_state.pop(_ASKED, None)
    try:
        store.presentations.delete(data.database(), name)
    except NetstatsError as error:
        filter_bar.notify(str(error))
        return
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
        if plan != st.session_state.get(_KEPT, Plan()):
            st.caption("Modifications non enregistrées : gardez-les sous un nom, plus bas.")
        for kind in plan.order:
            _line(kind, plan, found, is_watched=kind == watched)
    slide = slides[shown.index(watched)]
    with preview:
        with st.container(key="apercu"):
            projector.draw(slide, page.colours(), number=shown.index(watched) + 1, of=len(slides))
        _words(plan, slide, found[watched])


def nothing_chosen() -> None:
    """Say that no slide is left, and offer all of them again."""
    st.info("Les diapositives qui auraient quelque chose à montrer sont masquées.", title="Aucune diapositive.")
    st.button("Toutes les montrer", key="tout-montrer", on_click=lambda: _set(replace(_plan(), hidden=frozenset())))


def _line(kind: str, plan: Plan, found: dict[str, Slide], *, is_watched: bool) -> None:
    has = kind in found
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False, key=f"ligne-{kind}"):
        key = f"montre-{kind}"
        st.session_state[key] = has and kind not in plan.hidden
        is_stale = has and _is_stale(plan, found[kind])
        st.checkbox(
            f"{KINDS[kind]} · à relire" if is_stale else KINDS[kind],
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
                f"{label} « {KINDS[kind]} »",
                key=f"{label.lower()}-{kind}",
                help=label,
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
    if _is_stale(plan, found):
        st.warning(
            plain(
                f"Ces mots ont été écrits quand le constat était : {words.found}. Il est maintenant : {found.title}."
            ),
            icon=":material/update:",
        )
    opened = st.session_state.get(_OPENED, 0)  # another presentation brings its own words
    st.text_input(
        "Titre",
        value=words.title,
        placeholder=found.title,
        key=f"titre-{slide.kind}-{opened}",
        max_chars=plans.LONGEST_TITLE,
        on_change=_reword,
        args=(slide.kind, found.title, "titre", opened),
        help="Vide : le constat calculé.",
    )
    st.text_area(
        "Commentaire",
        value=words.commentary,
        placeholder="Une ou deux phrases, sous ce que montre la diapositive",
        key=f"propos-{slide.kind}-{opened}",
        max_chars=plans.LONGEST_COMMENTARY,
        height=90,
        on_change=_reword,
        args=(slide.kind, found.title, "propos", opened),
    )


# Each change is made to the plan as it is by then: two quick clicks are both told to the run that drew the buttons.


def _toggle(kind: str) -> None:
    if bool(st.session_state[f"montre-{kind}"]) == (kind in _plan().hidden):
        _set(_plan().toggled(kind))


def _move(kind: str, by: int) -> None:
    _set(_plan().moved(kind, by))


def _reword(kind: str, found: str, box: str, opened: int) -> None:
    written = str(st.session_state[f"{box}-{kind}-{opened}"])
    words = replace(_plan().wordings.get(kind, Wording()), found=found)
    words = replace(words, title=written) if box == "titre" else replace(words, commentary=written)
    _set(_plan().worded(kind, words))


def _is_stale(plan: Plan, found: Slide) -> bool:
    """Return whether somebody wrote words on a slide when the data, or the selection, said something else."""
    return found.kind in plan.wordings and plan.wordings[found.kind].found != found.title


def _plan() -> Plan:
    known: Plan = st.session_state.setdefault(_PLAN, Plan())
    return known


def _set(plan: Plan) -> None:
    st.session_state[_PLAN] = plan


def _watch(kind: str) -> None:
    st.session_state[_WATCHED] = kind
