"""How a review is drawn for file, form, minutes and undo alike: issues, questions, the difference, who writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st

from netstats import wording
from netstats.errors import NetstatsError
from netstats.intake.questions import Question
from netstats.ui.base import data
from netstats.ui.base.text import plain
from netstats.ui.review import diff
from netstats.ui.review.review import Preview, Review, Saved


@contextmanager
def step(number: int, title: str) -> Iterator[None]:
    """Draw the card of one step of a page."""
    with st.container(border=True, key=f"card-etape-{number}"):
        st.header(plain(f"{number}. {title}"), anchor=False)
        yield


def is_writable() -> bool:
    """Return whether something can be written; when not, that has been said."""
    if data.database().writable:
        return True
    st.warning(
        "Donnez à netstats le droit d’écrire dans ce fichier et dans son dossier, puis relancez-le.",
        title="La base est ouverte en lecture seule\u00a0: rien ne peut y être enregistré.",
        icon=":material/lock:",
    )
    return False


def error(found: NetstatsError) -> None:
    """Say what went wrong where it did, and what to do."""
    st.error(plain(found.remedy) or None, title=plain(found.what), icon=":material/error:")


def notices(said: Sequence[str]) -> None:
    """Say what others did meanwhile: a sentence, then what it is about."""
    if said:
        first, *rest = said
        st.warning("\n".join(f"- {plain(line)}" for line in rest) or None, title=plain(first), icon=":material/sync:")


def outdated(review: Review[Any]) -> None:
    """Say, once, that what would change is not what was shown before."""
    found, review.outdated = review.outdated, None
    if found is not None:
        st.warning(plain(found.remedy), title=plain(found.what), icon=":material/sync_problem:")


def issues(sentences: Sequence[str], *, where: str = "") -> None:
    """List what is to be corrected; `where` begins the sentence that counts it."""
    if sentences:
        count = wording.counted(len(sentences), "point est à corriger", "points sont à corriger")
        listed = "\n".join(f"- {plain(one)}" for one in sentences)
        st.error(listed, title=plain(f"{where}{count}, rien n’est perdu"), icon=":material/error:")


def question(asked: Question, *, key: str, given: str | None = None, label: str = "", **options: Any) -> str | None:
    """Ask what only the person can settle; return the code that is chosen, None as long as none is.

    A `label` is read aloud instead of the question, when that stands above already.
    """
    labels: Mapping[str, str] = {option.code: plain(option.label) for option in asked.options}
    return st.radio(
        label or plain(asked.sentence),
        list(labels),
        index=list(labels).index(given) if given is not None and given in labels else None,
        format_func=lambda code: labels[code],
        key=key,
        label_visibility="collapsed" if label else "visible",
        **options,
    )


def difference(preview: Preview[Any], *, key: str) -> bool:
    """Draw what would change, or why the database refuses it; return whether there is something to write."""
    if preview.error is not None:
        error(preview.error)
    if preview.diff is None:
        return False
    diff.show(data.database(), preview.diff, key=key)
    return not preview.diff.is_empty


def confirm(
    review: Review[Any],
    preview: Preview[Any],
    write: Callable[[str], None],
    *,
    key: str,
    label: str = "Enregistrer",
    icon: str = ":material/save:",
    note: str = "",
    doing: str = "Enregistrement…",
) -> None:
    """Ask who writes, and have it written once the person has seen what is written; `write` takes who.

    The page is drawn anew afterwards: with the new version of the data, here and on every page.
    """
    now = preview.diff.version if preview.diff is not None else None
    author = diff.who()
    pressed = st.button(label, key=key, type="primary", icon=icon)
    if note:
        st.caption(plain(note))
    was, review.shown = review.shown, now
    if not pressed:
        return
    if was != now:
        st.warning("Ce qui va changer vient de changer : relisez, puis enregistrez.", icon=":material/sync:")
        return
    if not author.strip():
        st.warning("Écrivez d’abord votre service ou vos initiales.", icon=":material/edit:")
        return
    try:
        with st.spinner(doing):
            write(author)
    except NetstatsError as refused:
        error(refused)
        return
    st.rerun()


def saved(done: Saved | None) -> None:
    """Say what was written last, with the ways to it; nothing when nothing was."""
    if done is None:
        return
    st.success(plain(done.sentence), title=plain(done.title), icon=":material/check_circle:")
    if done.links:
        with st.container(horizontal=True):
            for link in done.links:
                st.page_link(link.page, label=plain(link.label), query_params=link.params, icon=link.icon)
