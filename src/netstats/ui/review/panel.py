"""How a review is drawn for file, form, minutes and undo alike: issues, questions, the difference, who writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import streamlit as st

from netstats import choices, wording
from netstats.errors import NetstatsError
from netstats.intake.questions import Question
from netstats.store import Batch
from netstats.ui.base import data, page
from netstats.ui.base.links import open_here
from netstats.ui.base.text import plain
from netstats.ui.review import diff
from netstats.ui.review.review import SAVED, Preview, Review


class Link(NamedTuple):
    """A way to a page from what was saved."""

    page: str
    label: str
    icon: str
    params: dict[str, str] | None = None


@dataclass
class _Saved:
    """What was written last, in words, with the ways to it; said where it was written, by its `door`.

    It is no longer said once another file is in the place of the database: `opening` is that of `Database`.
    """

    opening: int
    door: str
    title: str
    sentence: str
    links: Sequence[Link]
    is_said: bool = False


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


def ask_for_changes(review: Review[Any], *, key: str, disabled: bool = False) -> None:
    """Draw the button that shows what would change: the one to press until it was."""
    st.button(
        "Voir ce qui va changer",
        key=key,
        type="secondary" if review.asked else "primary",
        icon=":material/difference:",
        on_click=lambda: setattr(review, "asked", True),
        disabled=disabled,
    )


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
    labels = {option.code: plain(option.label) for option in asked.options}
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
    diff.show(preview.diff, key=key)
    return not preview.diff.is_empty


def confirm(
    review: Review[Any],
    preview: Preview[Any],
    batch: Batch,
    *,
    key: str,
    after: Callable[[], None],
    links: Sequence[Link] = (),
    label: str = "Enregistrer",
    icon: str = ":material/save:",
    note: str = "",
) -> None:
    """Ask who writes, and write the batch once the person has seen what is written; `after` clears what was typed.

    The page is drawn anew afterwards, with the new version of the data; `saved` then says what was written and offers
    the links. Everything stays as it is when others wrote meanwhile.
    """
    who = st.text_input(
        "Service ou initiales",
        key="auteur",
        persist_state="session",
        max_chars=60,
        placeholder="secrétariat, AB…",
        help="Gardé dans le journal pour savoir à qui s’adresser. Pas de nom de personne.",
        autocomplete="off",
        width=360,
    )
    pressed = st.button(label, key=key, type="primary", icon=icon)
    if note:
        st.caption(plain(note))
    was, review.shown = review.shown, preview.version
    if not pressed or preview.diff is None:
        return
    if was != preview.version:
        st.warning("Ce qui va changer vient de changer : relisez, puis enregistrez.", icon=":material/sync:")
        return
    if not who or not who.strip():
        st.warning("Écrivez d’abord votre service ou vos initiales.", icon=":material/edit:")
        return
    try:
        with st.spinner("Enregistrement…"):
            number = review.commit(preview, replace(batch, author=who))
    except NetstatsError as refused:
        error(refused)
        return
    if number is not None:
        after()
        sentence = f"{batch.label}. {diff.capitalised(preview.diff.sentence())}."
        entry = Link("pages/data/journal.py", "La voir dans le journal", ":material/history:", {"entree": str(number)})
        title = f"Enregistré : entrée n° {number} du journal."
        st.session_state[SAVED] = _Saved(data.database().opening, batch.kind, title, sentence, (*links, entry))
    st.rerun()


def saved(*doors: str, scrolls: bool = False) -> bool:
    """Say what was written last by these doors, with the ways to it; return whether something was.

    `scrolls` brings the person up to it, once, where it stands far above the button that was pressed.
    """
    done: _Saved | None = st.session_state.get(SAVED)
    if done is None or done.opening != data.version().opening or done.door not in doors:
        st.session_state.pop(SAVED, None)  # they went on to something else
        return False
    if scrolls and not done.is_said:
        page.scroll_to_top()
    done.is_said = True
    st.success(plain(done.sentence), title=plain(done.title), icon=":material/check_circle:")
    with st.container(horizontal=True):
        for link in done.links:
            if done.door == choices.UNDO and link.params:  # the journal is open already
                ((parameter, code),) = link.params.items()
                st.button(
                    plain(link.label),
                    key="vers-entree",
                    icon=link.icon,
                    type="tertiary",
                    on_click=open_here,
                    args=(code, parameter),
                )
                continue
            st.page_link(link.page, label=plain(link.label), query_params=link.params, icon=link.icon)
    return True
