"""The form of a meeting: its fields, drawn from `netstats.intake.files.forms`, and what is wrong under each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from netstats import wording
from netstats.intake.entry import Entry, Objection, Present, Told, understood
from netstats.intake.files.forms import ACTIONS, ATTENDANCE, MEETINGS, Field
from netstats.intake.files.labels import NO, YES
from netstats.ui.base.text import plain
from netstats.ui.data import entry as entries
from netstats.ui.data import snapshot
from netstats.ui.data.entry import Draft

_WHEN = ("network", "kind", "date", "until", "sessions", "status")
_WHERE = ("format", "place", "participants", "participants_unit", "open_to_non_members")
_WHAT = ("title", "note", "source_url")
_PLACEHOLDERS = {
    "network": "Choisir un réseau",
    "kind": "Choisir une nature",
    "date": "12/03/2026, mars 2026 ou 2026",
    "until": "13/03/2026, si elle a duré plusieurs jours",
    "sessions": "1",
    "format": "Choisir un format",
    "place": "Lille",
    "participants": "16, environ 50, plus de 150",
    "participants_unit": "Qui a été compté",
    "open_to_non_members": "inconnu",
    "status": "Choisir un statut",
    "title": "Laissé vide : la nature et le réseau",
    "note": "Ce qu’il faut savoir de plus",
    "source_url": "https://…",
}


class Words:
    """The words that each value was read from, as HTML to stand under its field; here none was read from a text."""

    def field(self, name: str, value: str) -> str:
        """Return where the value of a field of the meeting comes from."""
        return ""

    def themes(self, chosen: Sequence[str]) -> str:
        """Return where the themes come from."""
        return ""

    def present(self, one: Present) -> str:
        """Return where a territory that was there comes from."""
        return ""

    def absent(self, present: Sequence[Present]) -> str:
        """Return who else is read, and is not among those present."""
        return ""

    def action(self, number: int) -> str:
        """Return where an action comes from."""
        return ""

    def other_actions(self, numbers: Sequence[int]) -> str:
        """Return what else is read, and is none of the actions."""
        return ""


class Form:
    """The widgets of a form; `entry` is what they hold.

    Under each field there is room for the words it was read from, and for what is wrong with it, which is only known
    once all are drawn.
    """

    def __init__(self, draft: Draft, *, disabled: bool = False, words: Words | None = None) -> None:
        self._draft = draft
        self._disabled = disabled
        self._words = words or Words()
        self._rooms: dict[tuple[str, int, str | None], DeltaGenerator] = {}
        self._meeting: dict[str, str] = {}
        self._themes: tuple[str, ...] = ()
        self._present: tuple[Present, ...] = ()
        self._actions: tuple[Told, ...] = ()

    @property
    def entry(self) -> Entry:
        """What was typed; complete once every part is drawn."""
        return Entry(self._draft.entry.code, self._meeting, self._themes, self._present, self._actions)

    # --- the parts

    def when(self) -> None:
        """Draw which network met, when."""
        with _card("quand", "Quand"):
            self._fields(_WHEN)

    def where(self) -> None:
        """Draw where and how, and who was counted."""
        with _card("comment", "Où, comment, combien"):
            self._fields(_WHERE)

    def what(self) -> None:
        """Draw title, themes, note and source."""
        with _card("quoi", "Thèmes, titre, source"):
            field = MEETINGS.field("themes")
            key = self._key("themes", list(self._draft.entry.themes))
            names = {code: known[0] for code, known in snapshot.known().themes.items()}
            chosen = st.multiselect(
                field.header,
                sorted(names, key=lambda code: names[code]),
                format_func=lambda code: names.get(code, code),
                key=key,
                placeholder="Choisir ou chercher un thème",
                help="Thèmes abordés, autant qu’il y en a.",
                select_all=False,
                disabled=self._disabled,
            )
            self._room(MEETINGS.name, 0, "themes", self._words.themes(chosen))
            self._themes = tuple(chosen)
            self._fields(_WHAT)

    def who(self) -> None:
        """Draw the territories that were there, and what the source says of each."""
        with _card("presents", "Territoires présents"):
            before = {self._text(one): one for one in self._draft.entry.present}
            options, is_short = snapshot.offered(self._meeting["network"])
            help_text = (
                "Écrivez un nom, puis Entrée. Celui qui n’est pas proposé se tape en entier : il est cherché parmi "
                "tous les territoires de France. Une liste séparée par des points-virgules se colle en une fois."
            )
            if is_short:
                help_text += (
                    f" Sont proposées les communes les plus peuplées ({wording.number(snapshot.MOST_PLACES)} noms)."
                )
            chosen = st.multiselect(
                MEETINGS.field("present").header,
                list(dict.fromkeys([*before, *(body.name for body in self._draft.bodies), *options])),
                key=self._key("present", list(before)),
                placeholder="Écrire un nom : Lille, Métropole Européenne de Lille…",
                help=plain(help_text),
                accept_new_options=True,
                filter_mode="contains",  # « fuzzy » offers Berteaucourt to who writes bethune
                select_all=False,
                on_change=_settle_names,
                args=(self._draft, self._meeting["network"]),
                label_visibility="collapsed",
                disabled=self._disabled,
            )
            st.caption(plain(help_text))
            self._present = tuple(before.get(text) or self._arrived(text) for text in chosen)
            self._room(MEETINGS.name, 0, "present", self._words.absent(self._present))
            for rank, one in enumerate(self._present):
                self._room(ATTENDANCE.name, rank, None, self._words.present(one))
            if chosen:
                self._details(chosen)

    def _arrived(self, text: str) -> Present:
        return self._draft.present(text, printed_name=self._draft.typed.get(text, ""))

    def _details(self, chosen: Sequence[str]) -> None:
        label = f"Ce que la source en dit ({wording.counted(len(chosen), 'territoire')})"
        details = st.expander(label, key=self._draft.key("precisions"), on_change="rerun", icon=":material/badge:")
        if not details.open:
            return
        member, printed = ATTENDANCE.field("member"), ATTENDANCE.field("printed_name")
        with details:
            st.caption(plain(f"{member.header} : {member.help} {printed.header} : {printed.help}"))
            described = []
            for rank, (text, one) in enumerate(zip(chosen, self._present, strict=True)):
                name, is_member, written = st.columns([5, 3, 5], gap="small", vertical_alignment="center")
                name.markdown(plain(text))
                with is_member:
                    answer = self._choice(
                        plain(f"{member.header} : {text}"),
                        [YES, NO],
                        self._key(f"membre-{text}", one.member or None),
                        placeholder="inconnu",
                        collapsed=True,
                    )
                with written:
                    called = st.text_input(
                        plain(f"{printed.header} : {text}"),
                        key=self._key(f"nom-{text}", one.printed_name),
                        placeholder="Nom écrit dans la source",
                        label_visibility="collapsed",
                        autocomplete="off",
                        disabled=self._disabled,
                    )
                described.append(replace(one, member=answer, printed_name=called or ""))
                self._room(ATTENDANCE.name, rank, "member")
            self._present = tuple(described)

    def told(self) -> None:
        """Draw the actions, one under the other, and the button that adds one."""
        with _card("actions", "Actions rapportées"):
            if not self._draft.actions:
                st.caption("Ce que des territoires ont fait, tel que la source le raconte.")
            actions = [
                self._action(rank, number, action)
                for rank, (number, action) in enumerate(
                    zip(self._draft.actions, self._draft.entry.actions, strict=True)
                )
            ]
            self._actions = tuple(actions)
            others = self._words.other_actions(self._draft.actions)
            if others:
                st.html(others)
            st.button(
                "Ajouter une action",
                key=self._draft.key("ajouter"),
                icon=":material/add:",
                on_click=_add_action,
                args=(self._draft,),
                disabled=self._disabled,
            )

    def _action(self, rank: int, number: int, action: Told) -> Told:
        known = snapshot.known()
        present = [self._text(one) for one in self._present]
        written = self._text(Present(action.territory_code, action.territory))
        with st.container(border=True, key=self._draft.key("action", number), gap="small"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(f"**Action {rank + 1}**", width="content")
                st.button(
                    "Retirer",
                    key=self._draft.key("retirer", number),
                    icon=":material/remove:",
                    help=f"Retirer l’action {rank + 1}",
                    type="tertiary",
                    on_click=_remove_action,
                    args=(self._draft, number),
                    disabled=self._disabled,
                )
            by, kind, audience, theme = st.columns(4, gap="small")
            with by:
                field = ACTIONS.field("territory")
                text = self._choice(
                    field.header,
                    [one for one in dict.fromkeys([*present, written]) if one],
                    self._key(f"action{number}-territory", written or None),
                    help=field.help,
                    placeholder="non nommé",
                    free=True,
                )
                self._room(ACTIONS.name, rank, "territory")
            codes = {}
            for column, name, names in (
                (kind, "type", known.types),
                (audience, "audience", known.audiences),
                (theme, "theme", known.themes),
            ):
                field = ACTIONS.field(name)
                with column:
                    codes[name] = self._choice(
                        _label(field),
                        list(names),
                        self._key(f"action{number}-{name}", getattr(action, name) or None),
                        help=field.help,
                        placeholder="Choisir" if field.required else "inconnu",
                        called={code: called[0] for code, called in names.items()},
                    )
                    self._room(ACTIONS.name, rank, name)
            told, source = st.columns(2, gap="small")
            with told:
                description = self._long(
                    ACTIONS.field("description"), f"action{number}-description", action.description
                )
                self._room(ACTIONS.name, rank, "description")
            with source:
                field = ACTIONS.field("source_url")
                url = self._line(field, f"action{number}-source_url", action.source_url, "https://…")
                self._room(ACTIONS.name, rank, "source_url")
            self._room(ACTIONS.name, rank, None, self._words.action(number))
        by_whom = self._draft.present(text)
        return Told(
            code=action.code,
            territory_code=by_whom.code,
            territory=by_whom.name,
            description=description,
            source_url=url,
            **codes,
        )

    # --- fields

    def _fields(self, names: Iterable[str]) -> None:
        """Draw fields of the meeting, two by two."""
        drawn = list(names)
        while drawn:
            wide = drawn[0] in _WHAT
            row, drawn = drawn[: 1 if wide else 2], drawn[1 if wide else 2 :]
            for column, name in zip(st.columns(1 if wide else 2, gap="small"), row, strict=False):
                with column:
                    self._meeting[name] = self._field(MEETINGS.field(name))

    def _field(self, field: Field) -> str:
        held = self._draft.entry.meeting[field.name]
        placeholder = _PLACEHOLDERS[field.name]
        choices = self._choices(field)
        if choices is not None:
            value = self._choice(
                _label(field),
                list(choices),
                self._key(field.name, held or None),
                help=field.help,
                placeholder=placeholder,
                called=choices,
            )
        elif field.name == "note":
            value = self._long(field, field.name, held, placeholder)
        else:
            value = self._line(field, field.name, held, placeholder)
        if field.kind == "date" and (field.name == "date" or value):
            said = understood(value)
            if said:
                st.caption(plain(f"Compris : {said}."))
        self._room(MEETINGS.name, 0, field.name, self._words.field(field.name, value))
        return value

    def _choices(self, field: Field) -> dict[str, str] | None:
        known = snapshot.known()
        if field.name == "network":
            coming = self._draft.network
            own = {coming.code: f"{coming.name} (à créer)"} if coming else {}
            return {code: names[0] for code, names in known.networks.items()} | own
        in_use = {"kind": known.kinds, "participants_unit": known.units, "open_to_non_members": (YES, NO)}
        values = in_use.get(field.name, field.choices)
        return {value: value for value in values} or None

    def _choice(
        self,
        label: str,
        options: Sequence[str],
        key: str,
        *,
        help: str = "",  # noqa: A002 - the word of Streamlit
        placeholder: str,
        called: Mapping[str, str] | None = None,
        collapsed: bool = False,
        free: bool = False,
    ) -> str:
        chosen = st.selectbox(
            label,
            options,
            index=None,
            format_func=lambda option: (called or {}).get(option, option),
            key=key,
            help=plain(help) or None,
            placeholder=placeholder,
            label_visibility="collapsed" if collapsed else "visible",
            accept_new_options=free,
            filter_mode="contains",
            disabled=self._disabled,
        )
        return chosen or ""

    def _line(self, field: Field, name: str, held: str, placeholder: str) -> str:
        return (
            st.text_input(
                _label(field),
                key=self._key(name, held),
                help=plain(field.help),
                placeholder=placeholder,
                autocomplete="off",
                disabled=self._disabled,
            )
            or ""
        )

    def _long(self, field: Field, name: str, held: str, placeholder: str = "L’action en une phrase") -> str:
        return (
            st.text_area(
                _label(field),
                key=self._key(name, held),
                help=plain(field.help),
                placeholder=placeholder,
                height=80,
                disabled=self._disabled,
            )
            or ""
        )

    def _key(self, name: str, held: object) -> str:
        """Return the key of a widget, which shows what the form holds when it is drawn anew."""
        key = self._draft.key(name)
        st.session_state.setdefault(key, held)
        return key

    def _text(self, one: Present) -> str:
        return self._draft.label(one.code) if one.code else one.name

    # --- what is wrong

    def _room(self, form: str, row: int, field: str | None, words: str = "") -> None:
        room = self._rooms[form, row, field] = st.container(gap=None)
        if words:
            room.html(words)

    def object(self, objections: Iterable[Objection]) -> None:
        """Write what is wrong under the fields."""
        for objection in objections:
            room = next(
                (
                    self._rooms[place]
                    for place in (
                        (objection.form, objection.row, objection.field),
                        (objection.form, objection.row, None),
                    )
                    if place in self._rooms
                ),
                None,
            )
            if room is not None:
                room.markdown(f":small[:red[:material/error: {plain(objection.sentence)}]]")


def named(draft: Draft, objection: Objection) -> str:
    """Return what is wrong, with where: « Date : « 31/02/2026 » n’existe pas … »."""
    if objection.form == MEETINGS.name:
        where = MEETINGS.field(objection.field).header if objection.field else "Réunion"
    elif objection.form == ATTENDANCE.name:
        one = draft.entry.present[objection.row]
        where = f"Territoires présents, {draft.label(one.code) if one.code else one.name}"
    else:
        where = f"Action {objection.row + 1}"
        if objection.field:
            where += f", {ACTIONS.field(objection.field).header}"
    return f"{where} : {objection.sentence}"


def _card(key: str, title: str) -> Any:
    card = st.container(border=True, key=f"card-{key}", height="stretch")
    card.header(title, anchor=False)
    return card


def _label(field: Field) -> str:
    # Not escaped: these are our own words, and what is read aloud is the label as it is given.
    return f"{field.header} *" if field.required else field.header


def _settle_names(draft: Draft, network: str) -> None:
    """Let what was typed or pasted be the territories that it means, where there is no doubt."""
    key = draft.key("present")
    if key not in st.session_state:
        return  # the form was filled anew meanwhile: the widget that calls is gone
    chosen = list(st.session_state[key])
    settled = entries.settled(draft, chosen, network)
    if settled != chosen:  # else what is being typed meanwhile stays untouched
        st.session_state[key] = settled


def _add_action(draft: Draft) -> None:
    entries.begin()
    draft.entry = replace(draft.entry, actions=(*draft.entry.actions, Told()))
    draft.actions.append(max(draft.actions, default=-1) + 1)


def _remove_action(draft: Draft, number: int) -> None:
    rank = draft.actions.index(number)
    draft.actions.pop(rank)
    kept = draft.entry.actions
    draft.entry = replace(draft.entry, actions=(*kept[:rank], *kept[rank + 1 :]))
