"""The form of a meeting: its fields, drawn from `netstats.intake.forms`, with room for a note under each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from netstats import wording
from netstats.intake.entry import FIELDS, Present, ReportedAction, Value, understood
from netstats.intake.forms import ACTIONS, ATTENDANCE, MEETINGS
from netstats.intake.forms import Form as Declaration
from netstats.intake.issues import Issue
from netstats.ui.base.text import plain
from netstats.ui.data import fields, snapshot
from netstats.ui.data.draft import Draft, resolve_names

_WHEN = ("network", "kind", "date", "until", "sessions", "status")
_WHERE = ("format", "place", "participants", "participants_unit", "open_to_non_members")
_WHAT = tuple(name for name in FIELDS if name not in {*_WHEN, *_WHERE})

_WHO_HELP = (
    "Écrivez un nom, puis Entrée. Celui qui n’est pas proposé se tape en entier : il est cherché parmi tous les "
    "territoires de France. Une liste séparée par des points-virgules se colle en une fois."
)

Place = tuple[str, int, str | None]
"""Where a note stands: name of the form, rank of the line, field (None under the whole line)."""


class Form:
    """The widgets of a draft, whose entry follows what they hold: complete once every part is drawn."""

    def __init__(self, draft: Draft, *, disabled: bool = False) -> None:
        self._draft = draft
        self._disabled = disabled
        self._rooms: dict[Place, DeltaGenerator] = {}

    def _hold(self, **parts: Any) -> None:
        self._draft.entry = replace(self._draft.entry, **parts)

    # --- the parts

    def when(self) -> None:
        """Draw which network met, when."""
        with _card("quand", "Quand"):
            self._two_by_two(_WHEN)

    def where(self) -> None:
        """Draw where and how, and who was counted."""
        with _card("comment", "Où, comment, combien"):
            self._two_by_two(_WHERE)

    def what(self) -> None:
        """Draw title, themes, note and source."""
        with _card("quoi", "Thèmes, titre, source"):
            names = {code: known[0] for code, known in snapshot.known().themes.items()}
            proposed = {*snapshot.known().offered("theme"), *self._draft.entry.themes}
            chosen = st.multiselect(
                MEETINGS.field("themes").header,
                sorted(proposed, key=lambda code: names.get(code, code)),
                format_func=lambda code: names.get(code, code),
                key=self._key("themes", list(self._draft.entry.themes)),
                placeholder="Choisir ou chercher un thème",
                help="Thèmes abordés, autant qu’il y en a.",
                select_all=False,
                disabled=self._disabled,
            )
            self._room(MEETINGS, 0, "themes")
            self._hold(themes=tuple(chosen))
            for name in _WHAT:
                self._field(name)

    def who(self) -> None:
        """Draw the territories that were there, and what the source says of each."""
        draft = self._draft
        with _card("presents", "Territoires présents"):
            before = {draft.label(one): one for one in draft.entry.present}
            options, is_short = snapshot.offered(draft.entry.network)
            most = wording.number(snapshot.MOST_PLACES)
            short = f" Sont proposées les communes les plus peuplées ({most} noms)." if is_short else ""
            chosen = st.multiselect(
                MEETINGS.field("present").header,
                list(dict.fromkeys([*before, *(body.name for body in draft.bodies), *options])),
                key=self._key("present", list(before)),
                placeholder="Écrire un nom : Lille, Métropole Européenne de Lille…",
                help=plain(_WHO_HELP + short),
                accept_new_options=True,
                filter_mode="contains",  # « fuzzy » offers Berteaucourt to who writes bethune
                select_all=False,
                on_change=_resolve_typed,
                args=(draft,),
                label_visibility="collapsed",
                disabled=self._disabled,
            )
            st.caption(plain(_WHO_HELP + short))
            present = tuple(
                before.get(text) or draft.present(text, printed_name=draft.typed.get(text, "")) for text in chosen
            )
            self._room(MEETINGS, 0, "present")
            for rank in range(len(present)):
                self._room(ATTENDANCE, rank, None)
            self._hold(present=self._details(chosen, present) if chosen else ())

    def _details(self, chosen: Sequence[str], present: tuple[Present, ...]) -> tuple[Present, ...]:
        label = f"Ce que la source en dit ({wording.counted(len(chosen), 'territoire')})"
        details = st.expander(label, key=self._draft.key("precisions"), on_change="rerun", icon=":material/badge:")
        if not details.open:
            return present
        member, printed = ATTENDANCE.field("member"), ATTENDANCE.field("printed_name")
        described = []
        with details:
            st.caption(plain(f"{member.header} : {member.help} {printed.header} : {printed.help}"))
            for rank, (text, one) in enumerate(zip(chosen, present, strict=True)):
                columns = st.columns([5, 3, 5], gap="small", vertical_alignment="center")
                columns[0].markdown(plain(text))
                held: dict[str, Any] = {"member": one.member, "printed_name": one.printed_name}
                for column, name in zip(columns[1:], held, strict=True):
                    with column:
                        label = plain(f"{ATTENDANCE.field(name).header} : {text}")
                        held[name] = self._drawn(ATTENDANCE, name, f"{name}-{text}", held[name], label=label)
                described.append(replace(one, member=held["member"], printed_name=held["printed_name"] or ""))
                self._room(ATTENDANCE, rank, "member")
        return tuple(described)

    def actions(self) -> None:
        """Draw the actions, one under the other, and the button that adds one."""
        draft = self._draft
        with _card("actions", "Actions rapportées"):
            if not draft.actions:
                st.caption("Ce que des territoires ont fait, tel que la source le raconte.")
            numbered = zip(draft.actions, draft.entry.actions, strict=True)
            self._hold(actions=tuple(self._action(rank, *one) for rank, one in enumerate(numbered)))
            self._room(MEETINGS, 0, "actions")
            st.button(
                "Ajouter une action",
                key=draft.key("ajouter"),
                icon=":material/add:",
                on_click=draft.new_action,
                disabled=self._disabled,
            )

    def _action(self, rank: int, number: int, action: ReportedAction) -> ReportedAction:
        draft = self._draft
        written = draft.label(Present(action.territory_code, action.territory))
        present = dict.fromkeys(filter(None, [*map(draft.label, draft.entry.present), written]))
        drawn: dict[str, str] = {}

        def draw(name: str, held: str, **shown: Any) -> None:
            drawn[name] = str(self._drawn(ACTIONS, name, f"action{number}-{name}", held or None, **shown) or "")
            self._room(ACTIONS, rank, name)

        with st.container(border=True, key=draft.key("action", number), gap="small"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(f"**Action {rank + 1}**", width="content")
                st.button(
                    "Retirer",
                    key=draft.key("retirer", number),
                    icon=":material/remove:",
                    help=f"Retirer l’action {rank + 1}",
                    type="tertiary",
                    on_click=draft.remove_action,
                    args=(number,),
                    disabled=self._disabled,
                )
            by, *others = st.columns(4, gap="small")
            with by:
                draw("territory", written, options={text: text for text in present}, free=True)
            for column, name in zip(others, ("type", "audience", "theme"), strict=True):
                with column:
                    draw(name, getattr(action, name))
            for column, name in zip(st.columns(2, gap="small"), ("description", "source_url"), strict=True):
                with column:
                    draw(name, getattr(action, name))
            self._room(ACTIONS, rank, None)
        who = draft.present(drawn.pop("territory"))
        return ReportedAction(code=action.code, territory_code=who.code, territory=who.name, **drawn)

    # --- fields

    def _two_by_two(self, names: Sequence[str]) -> None:
        for first in range(0, len(names), 2):
            for column, name in zip(st.columns(2, gap="small"), names[first : first + 2], strict=False):
                with column:
                    self._field(name)

    def _field(self, name: str) -> None:
        """Draw a field of the meeting."""
        field, coming, options = MEETINGS.field(name), self._draft.network, None
        if name == "network" and coming:
            options = {**(fields.choices(MEETINGS, field) or {}), coming.code: f"{coming.name} (à créer)"}
        value = self._drawn(MEETINGS, name, name, self._draft.entry.meeting[name], options=options)
        if field.kind == "date" and (name == "date" or value is not None) and (said := understood(value)):
            st.caption(plain(f"Compris : {said}."))
        self._room(MEETINGS, 0, name)
        self._hold(meeting={**self._draft.entry.meeting, name: value})

    def _drawn(self, form: Declaration, name: str, key: str, held: Value, **shown: Any) -> Value:
        return fields.draw(form, name, self._draft.key(key), held, disabled=self._disabled, **shown)

    def _key(self, name: str, held: object) -> str:
        """Return the key of a widget, which shows what the form holds when it is drawn anew."""
        key = self._draft.key(name)
        st.session_state.setdefault(key, held)
        return key

    # --- under the fields

    def _room(self, form: Declaration, row: int, field: str | None) -> None:
        self._rooms[form.name, row, field] = st.container(gap=None)

    def note(self, place: Place, content: str) -> None:
        """Write HTML under a field."""
        self._rooms[place].html(content)

    def mark(self, issues: Iterable[Issue]) -> None:
        """Write what is wrong under the fields."""
        for issue in issues:
            where = issue.where
            room = self._rooms.get((where.form, where.row, where.field)) or self._rooms.get(
                (where.form, where.row, None)
            )
            if room is not None:
                room.markdown(f":small[:red[:material/error: {plain(issue.in_form)}]]")


def _card(key: str, title: str) -> Any:
    card = st.container(border=True, key=f"card-{key}", height="stretch")
    card.header(title, anchor=False)
    return card


def _resolve_typed(draft: Draft) -> None:
    """Let what was typed or pasted be the territories that it means, where there is no doubt."""
    key = draft.key("present")
    if key not in st.session_state:
        return  # the form was filled anew meanwhile: the widget that calls is gone
    chosen = list(st.session_state[key])
    resolved = resolve_names(draft, chosen)
    if resolved != chosen:  # else what is being typed meanwhile stays untouched
        st.session_state[key] = resolved
