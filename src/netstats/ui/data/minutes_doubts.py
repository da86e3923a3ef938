"""What was read in doubt comes first: confirmed with one key, or taken out, before the rest of the form."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from netstats import wording
from netstats.intake.entry import DEFAULTS, written
from netstats.intake.forms import MEETINGS
from netstats.minutes.doubts import Remaining, remaining
from netstats.minutes.drafts import Reading, is_doubtful
from netstats.minutes.persons import tidy
from netstats.ui.base.text import plain
from netstats.ui.data import minutes_text, snapshot
from netstats.ui.data.minutes import Meeting
from netstats.ui.data.minutes_text import Line


def open_doubts(shown: Meeting) -> list[Remaining]:
    """Return what was read in doubt, still stands in the form, and nobody has confirmed."""
    found = remaining(shown.read, shown.proposal, shown.form.entry)
    return [one for one in found if is_doubtful(one.read) and one.key not in shown.confirmed]


def listed(shown: Meeting, reading: Reading) -> None:
    """List them, each with its words and two buttons; minutes.js leads from one to the next."""
    doubts = open_doubts(shown)
    if not doubts:
        return
    with st.container(border=True, key="card-a-verifier", gap="small"):
        st.header(plain(f"À vérifier d’abord ({wording.number(len(doubts))})"), anchor=False)
        st.caption("Entrée confirme et passe au suivant ; les flèches vont de l’un à l’autre.")
        for one in doubts:
            _one(shown, one, reading)


def _one(shown: Meeting, one: Remaining, reading: Reading) -> None:
    said = f"{one.title} : {_value(one)}"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        evidence = one.read.evidence[:2]
        st.html(minutes_text.lines(reading.text, Line(f"{said} ←" if evidence else said, evidence)))
        with st.container(horizontal=True, gap="small", width="content"):
            st.button(
                "Confirmer",
                key=shown.form.key("confirmer", *one.key),
                help=plain(f"Confirmer « {said} »"),
                on_click=shown.confirmed.add,
                args=(one.key,),
            )
            st.button(
                "Retirer",
                key=shown.form.key("oter", *one.key),
                help=plain(f"Retirer « {said} »"),
                type="tertiary",
                on_click=_take_out,
                args=(shown, one),
            )


def _value(one: Remaining) -> str:
    if one.field == "themes":
        return snapshot.known().themes[str(one.value)][0]
    if one.field == "network":
        return snapshot.known().networks.get(str(one.value), (str(one.value),))[0]
    return str(one.value) if one.field == "present" else written(MEETINGS.field(one.field), one.value)


def _take_out(shown: Meeting, one: Remaining) -> None:
    entry = shown.form.entry
    if one.field == "themes":
        entry = replace(entry, themes=tuple(code for code in entry.themes if code != one.value))
    elif one.field == "present":
        gone = [mention for mention in shown.read.territories if tidy(mention.written) == one.value]
        entry = replace(entry, present=tuple(who for who in entry.present if shown.mention(who) not in gone))
    else:
        entry = replace(entry, meeting={**entry.meeting, one.field: DEFAULTS.get(one.field)})
    shown.form.replace(entry)
