"""What a text may tell besides, under the form: actions to be ticked, and what was left aside."""

from __future__ import annotations

import streamlit as st

from netstats.minutes.drafts import Reading
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain
from netstats.ui.data import minutes, minutes_text, snapshot
from netstats.ui.data.minutes import Meeting, Work
from netstats.ui.data.minutes_text import Line

_LENGTH = 12


def proposed_actions(work: Work, shown: Meeting, reading: Reading) -> None:
    """List the sentences that may tell an action, none of them ticked."""
    proposed = shown.proposal.actions
    if not proposed:
        return
    known = snapshot.known()
    ticked = [id(action) for number, action in shown.actions.items() if number in shown.form.actions]
    with st.container(border=True, key="card-actions-proposees", gap="small"):
        st.header("Actions que le texte raconte peut-être", anchor=False)
        st.caption("Cochez celles qui en sont : chacune devient une action à relire, plus bas.")
        with page_of(len(proposed), _LENGTH, key=work.key("pages-actions")) as on_page:
            for rank in range(len(proposed))[on_page]:
                action, reported = proposed[rank]
                key = shown.form.key("proposee", rank)
                st.session_state[key] = id(action) in ticked
                st.checkbox(
                    plain(" ".join(action.description.split())),
                    key=key,
                    on_change=minutes.tick,
                    args=(shown, action, reported),
                )
                said = [
                    known.types.get(reported.type, ("type à choisir",))[0],
                    snapshot.places().label(reported.territory_code) if reported.territory_code else "",
                ]
                where = minutes_text.of_action(action)
                target = f"lu-action-{shown.read.actions.index(action)}"
                line = Line(f"{' · '.join(filter(None, said))} :", where, id=target)
                st.html(minutes_text.lines(reading.text, line))


def set_aside(work: Work, shown: Meeting, reading: Reading) -> None:
    """List what was left aside, with why; offer to add a territory all the same."""
    aside = [
        one for one in reading.set_aside if any(part.start <= one.span.start < part.end for part in shown.read.spans)
    ]
    if not aside:
        return
    with st.container(border=True, key="card-laisse", gap="small"):
        st.header("Laissé de côté", anchor=False)
        st.caption("Ce qui ressemble à un présent, une date ou un nombre de la réunion, et n’en est pas.")
        with page_of(len(aside), _LENGTH, key=work.key("pages-laisse")) as on_page:
            for one in aside[on_page]:
                name = minutes_text.quoted(reading.text, one.span)
                said = minutes_text.lines(reading.text, Line("", (one.span,), rest=f": {one.why}"))
                with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                    st.html(said, width="content")
                    if one.kind == "territory" and not minutes.is_there(shown.form, name):
                        st.button(
                            "Ajouter aux présents",
                            key=shown.form.key("ajouter", one.span.start),
                            help=plain(f"Ajouter « {name} » aux territoires présents"),
                            type="tertiary",
                            icon=":material/add:",
                            on_click=minutes.add,
                            args=(shown.form, name),
                        )
