"""The meetings that wait on « Lire un compte rendu »: to be taken up in the review of a text, or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from netstats import wording
from netstats.catalogue import journal as questions
from netstats.intake import journal
from netstats.minutes import waiting
from netstats.store import Batch
from netstats.ui.base import data
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain
from netstats.ui.data import minutes
from netstats.ui.data.minutes import Work
from netstats.ui.review import diff, panel

_LENGTH = 8


def listed(work: Work) -> None:
    """List them network by network, each with what is to be verified; nothing when there is none."""
    found = questions.drafts(data.database())
    if not found:
        return
    with st.container(border=True, key="card-en-attente"):
        st.header(plain(wording.counted(len(found), "réunion en attente", "réunions en attente")), anchor=False)
        st.caption("Rien n’en compte dans les chiffres tant qu’une personne ne les a pas complétés et enregistrés.")
        with page_of(len(found), _LENGTH, key=work.key("pages-attente")) as on_page:
            for row in found[on_page]:
                _one(work, row)


def _one(work: Work, row: Mapping[str, Any]) -> None:
    where = "".join(f" · {one}" for one in waiting.source_of(row) if one)
    st.markdown(f"**{plain(diff.capitalised(row['name']))}**")
    st.caption(plain(f"{row['reasons']} Gardé le {wording.date(row['applied_on'])}{where}"))
    with st.container(horizontal=True):
        st.button(
            "Compléter",
            key=work.key("reprendre", row["code"]),
            help=plain(f"Compléter « {row['name']} »"),
            icon=":material/edit_note:",
            on_click=minutes.take_up,
            args=(row["code"],),
        )
        st.button(
            "Jeter",
            key=work.key("jeter", row["code"]),
            help=plain(f"Jeter « {row['name']} »"),
            type="tertiary",
            on_click=lambda code: setattr(work, "thrown", code),
            args=(row["code"],),
        )
    if work.thrown == row["code"]:
        _throwing(work, row)


def _throwing(work: Work, row: Mapping[str, Any]) -> None:
    """Ask before it is thrown away: an entry of the journal, that can be undone."""
    with st.container(border=True):
        st.warning("Ce qui a été lu sera jeté, et son texte avec. Le journal permet de reprendre ce qui a été lu.")
        panel.outdated(work.review)
        preview = work.review.look((row["code"],), lambda: ({}, waiting.gone([row["code"]])))
        panel.confirm(
            work.review,
            preview,
            Batch(journal.WAITING, f"Réunion en attente jetée : {row['name']}"),
            key=work.key("jeter-vraiment"),
            after=minutes.begin_again,
            label="Jeter",
            icon=":material/delete:",
        )
        st.button("Le garder", key=work.key("ne-pas-jeter"), on_click=lambda: setattr(work, "thrown", ""))
