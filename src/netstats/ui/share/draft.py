"""What this session makes of the slides: kept as a draft without being asked, found again after a reload and in a tab.

A draft is that of a presentation (or of none) for a selection. Each change begins with what another tab has kept
meanwhile, so that two tabs make one draft.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from netstats import store, wording
from netstats.errors import NetstatsError
from netstats.share.plan import Plan, Presentation, from_json, to_json
from netstats.share.selection import Selection
from netstats.ui.base import data
from netstats.ui.base.text import plain

_SESSION = "presentation_ouverte"
_Place = tuple[str, str]


@dataclass
class Opened:
    """What is open in this session: its name, the plan as it is kept under that name, and as it is now.

    Another number each time one is opened: its boxes begin with its own words. `place` is where its draft is kept
    (name, selection), `draft` the plan that was read or written there last, `taken_up` when it was kept, `left` the one
    that somebody has just begun anew from, `issue` why it is not kept.
    """

    name: str = ""
    kept: Plan = field(default_factory=Plan)
    plan: Plan = field(default_factory=Plan)
    number: int = 0
    place: _Place | None = None
    draft: Plan | None = None
    taken_up: datetime | None = None
    left: Plan | None = None
    issue: str = ""


def opened() -> Opened:
    """Return what is open in this session, to be changed in its place."""
    known: Opened = st.session_state.setdefault(_SESSION, Opened())
    return known


def open_kept(name: str, plan: Plan) -> None:
    """Open a presentation that is kept; its draft, if there is one, follows."""
    st.session_state[_SESSION] = Opened(name, plan, plan, opened().number + 1)


def change(how: Callable[..., Plan], *arguments: object) -> None:
    """Change the plan from a callback: as it is by then, so that two quick clicks are both told to the run after."""
    now = opened()
    _follow(now)
    now.plan, now.left = how(now.plan, *arguments), None


def follow(chosen: Selection, name: str) -> None:
    """Take up the draft of a presentation for a selection, on arrival and when another tab has changed it."""
    now, place = opened(), _place(chosen, name)
    has_come = now.place != place
    if has_come:
        now.place, now.draft, now.taken_up = place, None, None
    _follow(now, has_come=has_come)


def keep(chosen: Selection) -> None:
    """Keep what this session has changed; what is as it was opened needs no draft."""
    now, database = opened(), data.database()
    wanted = None if now.plan == now.kept else now.plan
    if now.place is None or wanted == now.draft or not database.writable:
        return
    try:
        if wanted is None:
            store.presentations.drop_draft(database, *now.place)
        else:
            content = to_json(Presentation(wanted, chosen.filters, chosen.face))
            store.presentations.keep_draft(database, *now.place, content)
    except NetstatsError as error:
        now.issue = str(error)
    else:
        now.draft, now.issue = wanted, ""


def settle(chosen: Selection, name: str) -> None:
    """Let go of the draft that has just been kept under a name, and of an older one of that name."""
    now, place = opened(), _place(chosen, name)
    for one in {now.place or place, place}:
        store.presentations.drop_draft(data.database(), *one)
    now.name, now.kept, now.place, now.draft, now.taken_up = name, now.plan, place, None, None


def _sentence() -> str:
    """Return what becomes of what this session has changed; empty when it has changed nothing."""
    now = opened()
    if now.plan == now.kept:
        return ""
    if not data.database().writable:
        return "Vos modifications durent le temps de cette visite : la base est ouverte en lecture seule."
    if now.issue:
        return f"Brouillon non gardé. {now.issue}"
    if now.taken_up is not None:
        return f"Brouillon du {wording.date(now.taken_up)} à {now.taken_up:%H:%M} repris."
    return "Brouillon gardé : cette page le reprend, rechargée ou dans un autre onglet."


def say() -> None:
    """Say what becomes of what this session has changed, if it has changed anything."""
    if said := _sentence():
        st.caption(plain(said))


def status() -> None:
    """Say so, and offer to begin anew, or to take the draft up again after that."""
    now = opened()
    say()
    if now.plan != now.kept:
        label = "Repartir de la présentation enregistrée" if now.name else "Repartir du plan proposé"
        st.button(label, key="repartir", type="tertiary", icon=":material/restart_alt:", on_click=_begin_anew)
    elif now.left is not None:
        st.button(
            "Reprendre le brouillon",
            key="reprendre-brouillon",
            type="tertiary",
            icon=":material/undo:",
            on_click=_take_back,
        )


def _begin_anew() -> None:
    now = opened()
    now.left, now.plan, now.number, now.taken_up = now.plan, now.kept, now.number + 1, None


def _take_back() -> None:
    now = opened()
    if now.left is not None:
        now.plan, now.left, now.number = now.left, None, now.number + 1


def _follow(now: Opened, *, has_come: bool = False) -> None:
    """Take up what lies where the draft is kept, unless this session has changed something that is not kept yet."""
    found = None if now.place is None else store.presentations.draft(data.database(), *now.place)
    plan, kept_at = None, None
    if found is not None:
        content, kept_at = found
        try:
            plan = from_json(content, data.choices()).plan
        except NetstatsError:
            st.warning("Le brouillon qui était gardé ici ne peut pas être lu : il est laissé de côté.")
    if plan == now.draft:
        return
    is_changed = now.plan != (now.draft or now.kept)
    if plan is not None and (has_come or not is_changed):
        now.plan, now.taken_up, now.number = plan, kept_at, now.number + 1
    elif plan is None and not is_changed:
        now.plan, now.number = now.kept, now.number + 1  # begun anew in another tab
    now.draft = plan


def _place(chosen: Selection, name: str) -> _Place:
    face = {"face": urlencode(chosen.face.to_address(), doseq=True)} if chosen.face else {}
    return name, urlencode({**chosen.filters.to_address(), **face}, doseq=True)
