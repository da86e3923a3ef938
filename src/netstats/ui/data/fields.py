"""One field of a form as a widget: what it is drawn as follows from its declaration alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import streamlit as st

from netstats.intake.entry import Value, read, written
from netstats.intake.forms import Field, Form
from netstats.model import WRITTEN
from netstats.reference.fold import normalize
from netstats.ui.base.text import plain
from netstats.ui.data import snapshot

_LONG = 1000
"""A text that may have more characters than this is written on several lines."""


def choices(form: Form, field: Field, held: object = None) -> dict[Any, str] | None:
    """Return what can be chosen for a field, as it is stored → as it is shown; None for one that is typed.

    What was retired is not proposed, but for what the field holds.
    """
    known = snapshot.known()
    if field.kind == "regions":
        return dict(known.regions)
    if field.kind == "communes":
        return snapshot.communes(held if isinstance(held, tuple) else ())
    column = WRITTEN[form.table].column(field.column) if field.column else None
    if column and column.refers_to and field.kind not in {"territory", "meeting"}:
        proposed = dict(known.offered(column.refers_to))
        if held is not None and held not in proposed:
            every = known.rows[column.refers_to]
            proposed |= dict(every.loc[every["code"] == held, ["code", "name"]].to_numpy())
        return proposed
    values: list[Value] = []
    if field.kind == "yes_no":
        values = [True, False]
    elif column and field.kind == "choice":
        values = [*column.choices]
    if field.grows:
        values += sorted(known.rows[form.table][field.column].dropna().unique())
    return {value: written(field, value) for value in values} or None


def draw(
    form: Form,
    name: str,
    key: str,
    held: Value,
    *,
    options: dict[Any, str] | None = None,
    label: str = "",
    free: bool = False,
    disabled: bool = False,
    stays: Literal["session"] | None = None,
) -> Value:
    """Draw a field of a form and return what it holds; `held` is shown when it is drawn anew.

    `options` are chosen among instead of those of the declaration, and something else may be typed where that is
    `free`. `label` is read aloud for a field of a table whose header stands above; its help stands there as well.
    What is typed `stays` in the session even where another page is opened at once.
    """
    field = form.field(name)
    options = choices(form, field, held) if options is None else options
    # Not escaped: these are our own words, and what is read aloud is the label as it is given.
    title = label or (f"{field.header} *" if field.required else field.header)
    shown: Literal["collapsed", "visible"] = "collapsed" if label else "visible"
    help_text = None if label else plain(field.help)
    hint = field.placeholder or field.example or field.help
    if options is not None and field.kind in {"regions", "communes"}:
        st.session_state.setdefault(key, list(held) if isinstance(held, tuple) else [])
        several: list[str] = st.multiselect(
            title,
            sorted(options, key=lambda code: normalize(options[code])),
            format_func=lambda option: options.get(option, option),
            key=key,
            persist_state=stays,
            help=help_text if field.kind == "communes" else None,
            placeholder="Choisir" if field.kind == "regions" else "Choisir, ou écrire un nom, puis Entrée",
            accept_new_options=field.kind == "communes",
            filter_mode="contains",
            select_all=False,
            disabled=disabled,
        )
        return tuple(several)
    if options is not None:
        st.session_state.setdefault(key, held)
        chosen: Value = st.selectbox(
            title,
            list(options),
            index=None,
            format_func=lambda option: options.get(option, option),
            key=key,
            persist_state=stays,
            help=help_text,
            placeholder=hint,
            label_visibility=shown,
            accept_new_options=free,
            filter_mode="contains",
            disabled=disabled,
        )
        return chosen
    st.session_state.setdefault(key, written(field, held))
    if field.kind == "text" and (field.maximum or 0) > _LONG:
        text = st.text_area(
            title, key=key, persist_state=stays, help=help_text, placeholder=hint, height=80, disabled=disabled
        )
        return read(field, text or "")
    typed = st.text_input(
        title,
        key=key,
        persist_state=stays,
        help=help_text,
        placeholder=hint,
        label_visibility=shown,
        autocomplete="off",
        disabled=disabled,
    )
    return read(field, typed or "")


def typed(form: Form, values: Mapping[str, Value], key: Callable[[str], str]) -> dict[str, Value]:
    """Return what the widgets of a form hold that is drawn no more: the last may come with the click that led away.

    `values` is what it held of each field when it was drawn; `key` gives the key of a widget.
    """
    found: dict[str, Value] = {}
    for name, before in values.items():
        if key(name) in st.session_state:
            held, field = st.session_state[key(name)], form.field(name)
            if isinstance(held, list):
                held = tuple(held)
            elif choices(form, field, before) is None:
                held = read(field, held or "")
            found[name] = held
    return found


def draw_anew(beginning: str) -> None:
    """Have the widgets whose key begins so show again what is held, in the next run."""
    for key in [str(key) for key in st.session_state if str(key).startswith(beginning)]:
        del st.session_state[key]
