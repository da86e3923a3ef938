"""The presentations that are kept under a name, and the one that the address names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from netstats import store
from netstats.errors import NetstatsError
from netstats.filters import FACE_PARAMETER
from netstats.share.plan import Plan, Presentation, from_json, to_json
from netstats.share.selection import Selection
from netstats.ui.base import data, filter_bar
from netstats.ui.base.text import plain
from netstats.ui.share import draft

NAME = "presentation"
"""The parameter of the address that names the presentation."""

_ASKED = "presentation_a_confirmer"
_NAMED = "nom-presentation"


def name() -> str:
    """Return the name of the presentation of the address; empty without one."""
    return str(st.query_params.get(NAME, ""))


def current_plan(chosen: Selection, here: str, *parameters: str) -> Plan:
    """Return what this session makes of the slides of a selection; on arrival, its draft, or what the address names.

    `here` is the page that is open: a link that names the presentation alone is opened again with its selection, and
    with those `parameters` of the address.
    """
    wanted = name()
    if wanted and draft.opened().name != wanted:
        _open(wanted, here, parameters)
    draft.follow(chosen, name())
    return draft.opened().plan


def _open(wanted: str, here: str, parameters: Sequence[str]) -> None:
    """Take up the plan of a presentation that is kept; one that cannot be leaves the page as it was, and says so."""
    try:
        kept = _kept(wanted)
    except NetstatsError as error:
        st.query_params.pop(NAME)
        st.warning(plain(f"{error.what} {error.remedy}".strip()))
        return
    draft.open_kept(wanted, kept.plan)
    if (kept.filters.count() and not filter_bar.current().count()) or (
        kept.face is not None and FACE_PARAMETER not in st.query_params
    ):
        others = {part: st.query_params[part] for part in parameters if part in st.query_params}
        _reopen_kept(here, wanted, kept, **others)
        st.rerun()
    for notice in kept.notices:
        st.warning(plain(notice))


def _reopen_kept(here: str, wanted: str, kept: Presentation, **others: str) -> None:
    if kept.face is not None:
        others[FACE_PARAMETER] = kept.face.to_face(data.choices())
    filter_bar.reopen(here, kept.filters, **{NAME: wanted}, **others)


def _kept(wanted: str) -> Presentation:
    """Return what is kept under a name, see `plan.from_json`; a NetstatsError when nothing is, or nothing readable."""
    kept = store.presentations.saved(data.database()).set_index("name")["content"]
    if wanted not in kept:
        raise NetstatsError(f"La présentation « {wanted} » n’est pas enregistrée ici.", "")
    return from_json(str(kept[wanted]), data.choices())


def keeping(chosen: Selection) -> None:
    """Draw the presentations that are kept, and the way to keep this one."""
    known = [str(one) for one in store.presentations.saved(data.database())["name"]]
    label = f"Présentation « {name()} »" if name() else "Garder ou rouvrir une présentation"
    with st.expander(plain(label), icon=":material/bookmark:", expanded=_ASKED in st.session_state):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("Nom de la présentation", key=_NAMED, value=name(), max_chars=80)
            st.button("Enregistrer", key="enregistrer-presentation", on_click=_save, args=(chosen, known))
        st.caption(
            "Garde les filtres, le choix et l’ordre des diapositives, les titres et les commentaires écrits, pour tous "
            "ceux qui ouvrent ce tableau de bord ; les chiffres sont toujours ceux du jour."
        )
        _confirmation(chosen)
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


def _confirmation(chosen: Selection) -> None:
    """Ask before what others have kept is replaced or deleted."""
    if _ASKED not in st.session_state:
        return
    what, asked = st.session_state[_ASKED]
    if what == "remplacer":
        said, label, do = f"« {asked} » existe déjà.", "Remplacer", lambda: _replace(chosen, asked)
    else:
        said, label, do = f"« {asked} » sera supprimée pour tous.", "Supprimer pour tous", lambda: _delete(asked)
    st.warning(plain(said), icon=":material/help:")
    with st.container(horizontal=True):
        st.button(label, key="confirmer", type="primary", on_click=do)
        st.button("Ne rien changer", key="ne-rien-changer", on_click=lambda: st.session_state.pop(_ASKED, None))


# From callbacks


@contextmanager
def _issue_above() -> Iterator[None]:
    """End the question that was asked; what goes wrong is told above the page."""
    st.session_state.pop(_ASKED, None)
    try:
        yield
    except NetstatsError as error:
        filter_bar.notify(str(error))


def _ask(what: str, asked: str) -> None:
    st.session_state[_ASKED] = (what, asked)


def _reopen(kept: str) -> None:
    """Open a presentation that is kept, with its selection."""
    with _issue_above():
        _reopen_kept("presenter", kept, _kept(kept))


def _save(chosen: Selection, known: Sequence[str]) -> None:
    wanted = str(st.session_state[_NAMED]).strip()
    if wanted in known and wanted != name():
        _ask("remplacer", wanted)
    else:
        _replace(chosen, wanted)


def _replace(chosen: Selection, wanted: str) -> None:
    with _issue_above():
        kept = to_json(Presentation(draft.opened().plan, chosen.filters, chosen.face))
        saved = store.presentations.save(data.database(), wanted, kept)
        draft.settle(chosen, saved)
        st.query_params[NAME] = saved
        st.toast(plain(f"Présentation « {saved} » enregistrée."), icon=":material/check:")


def _delete(kept: str) -> None:
    with _issue_above():
        store.presentations.delete(data.database(), kept)
        if name() == kept:
            st.query_params.pop(NAME)
