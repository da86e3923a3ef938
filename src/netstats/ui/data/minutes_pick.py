"""Words that a person selects in the text of minutes, and what becomes of them in the form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from netstats.intake.entry import ReportedAction
from netstats.minutes.persons import impersonal
from netstats.ui.base import html
from netstats.ui.data import minutes, snapshot
from netstats.ui.data.minutes import Work

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_LONGEST = 2000


def buttons(work: Work, rank: int) -> None:
    """Draw the buttons that stand beside the words that are selected, for the meeting of that rank."""
    key = work.key("choisir", rank)

    def picked() -> None:
        found = st.session_state[key].picked
        if found:
            become(work, rank, str(found["sort"]), " ".join(str(found["words"]).split())[:_LONGEST])

    bar = st.components.v2.component(
        "netstats-minutes", html=html.render("minutes-pick"), js=_SCRIPT, isolate_styles=False
    )
    bar(key=key, on_picked_change=picked, height=1)


def become(work: Work, rank: int, sort: str, words: str) -> None:
    """Let words of the text be a territory that was there, a theme, or an action of the meeting of that rank."""
    shown = work.meetings[rank]
    form, known = shown.form, snapshot.known()
    if sort == "territoire":
        minutes.add(form, words)
    elif sort == "theme":
        codes = [code for code in minutes.reader().themes_in(words) if code in known.offered("theme")]
        form.replace(replace(form.entry, themes=tuple(dict.fromkeys([*form.entry.themes, *codes]))))
        if not codes:
            form.notices = [f"Aucun thème n’est reconnu dans « {words} » : choisissez-le dans la liste des thèmes."]
    elif sort == "action":
        like = next((one for one in shown.proposal.actions if words in " ".join(one[0].description.split())), None)
        told = like[1] if like else ReportedAction(source_url=str(form.entry.meeting["source_url"] or ""))
        form.add_action(replace(told, description=impersonal(words, known.gazetteer)))
