"""One field of a form as a widget: what it is drawn as follows from its declaration alone."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from netstats.intake.forms import Field
from netstats.intake.labels import NO, YES
from netstats.intake.snapshot import Snapshot
from netstats.ui.base.text import plain

_LONG = 1000
"""A text that may have more characters than this is written on several lines."""


def choices(field: Field, known: Snapshot) -> dict[str, str] | None:
    """Return what can be chosen for a field, as it is kept → as it is shown; None for one that is typed."""
    named = {"network": known.networks, "type": known.types, "audience": known.audiences, "theme": known.themes}
    if field.kind in named:
        return {code: names[0] for code, names in named[field.kind].items()}
    in_use = {"kind": known.kinds, "participants_unit": known.units}
    values = (YES, NO) if field.kind == "yes_no" else in_use.get(field.name, field.choices)
    return {value: value for value in values} or None


def draw(
    field: Field,
    key: str,
    held: str,
    *,
    options: dict[str, str] | None = None,
    label: str = "",
    free: bool = False,
    disabled: bool = False,
) -> str:
    """Draw a field and return what it holds, empty when nothing.

    Parameters
    ----------
    field
        Its declaration.
    key
        Names the widget.
    held
        What it shows when it is drawn anew.
    options
        What can be chosen, as `choices` gives it; None for a text.
    label
        What is read aloud, for a field of a table whose header stands above; its help stands there as well.
    free
        Whether something else than the options may be typed.
    disabled
        Whether it can only be read.
    """
    # Not escaped: these are our own words, and what is read aloud is the label as it is given.
    name = label or (f"{field.header} *" if field.required else field.header)
    shown: Literal["collapsed", "visible"] = "collapsed" if label else "visible"
    help_text = None if label else plain(field.help)
    hint = field.placeholder or field.example or field.help
    st.session_state.setdefault(key, held if options is None else held or None)
    if options is not None:
        chosen = st.selectbox(
            name,
            list(options),
            index=None,
            format_func=lambda option: options.get(option, option),
            key=key,
            help=help_text,
            placeholder=hint,
            label_visibility=shown,
            accept_new_options=free,
            filter_mode="contains",
            disabled=disabled,
        )
        return chosen or ""
    if field.kind == "text" and (field.maximum or 0) > _LONG:
        return st.text_area(name, key=key, help=help_text, placeholder=hint, height=80, disabled=disabled) or ""
    typed = st.text_input(
        name, key=key, help=help_text, placeholder=hint, label_visibility=shown, autocomplete="off", disabled=disabled
    )
    return typed or ""
