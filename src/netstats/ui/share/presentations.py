"""What this session makes of the slides, and the presentations that are kept under a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from netstats import store
from netstats.errors import NetstatsError
from netstats.filters import FACE_PARAMETER
from netstats.share.plan import Plan, Presentation, from_json, to_json
from netstats.share.selection import Selection
from netstats.ui.base import data, filter_bar
from netstats.ui.base.text import plain

NAME = "presentation"
"""The parameter of the address that names the presentation."""

_SESSION = "presentation_ouverte"
_ASKED = "presentation_a_confirmer"
_NAMED = "nom-presentation"


@dataclass
class Opened:
    """What is open in this session: its name, the plan as it is kept under that name, and as it is now.

    Another number each time one is opened: its boxes begin with its own words.
    """

    name: str = ""
    kept: Plan = field(default_factory=Plan)
    plan: Plan = field(default_factory=Plan)
    number: int = 0


def opened() -> Opened:
    """Return what is open in this session, to be changed in its place."""
    known: Opened = st.session_state.setdefault(_SESSION, Opened())
    return known


def name() -> str:
    """Return the name of the presentation of the address; empty without one."""
    return str(st.query_params.get(NAME, ""))


def change(how: Callable[..., Plan], *arguments: object) -> None:
    """Change the plan from a callback: as it is by then, so that two quick clicks are both told to the run after."""
    opened().plan = how(opened().plan, *arguments)


def current_plan(here: str, *parameters: str) -> Plan:
    """Return what this session makes of the slides; on arrival, what the presentation of the address says.

    `here` is the page that is open: a link that names the presentation alone is opened again with its selection, and
    with those `parameters` of the address.
    """
    wanted = name()
    if wanted and opened().name != wanted:
        _open(wanted, here, parameters)
    return opened().plan


def _open(wanted: str, here: str, parameters: Sequence[str]) -> None:
    """Take up the plan of a presentation that is kept; one that cannot be leaves the page as it was, and says so."""
    try:
        kept = _kept(wanted)
    except NetstatsError as error:
        st.query_params.pop(NAME)
        st.warning(plain(f"{error.what} {error.remedy}".strip()))
        return
    st.session_state[_SESSION] = Opened(wanted, kept.plan, kept.plan, opened().number + 1)
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
        now = opened()
        kept = to_json(Presentation(now.plan, chosen.filters, chosen.face))
        now.name = store.presentations.save(data.database(), wanted, kept)
        now.kept = now.plan
        st.query_params[NAME] = now.name
        st.toast(plain(f"Présentation « {now.name} » enregistrée."), icon=":material/check:")


def _delete(kept: str) -> None:
    with _issue_above():
        store.presentations.delete(data.database(), kept)
        if name() == kept:
            st.query_params.pop(NAME)
