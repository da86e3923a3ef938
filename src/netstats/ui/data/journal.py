"""The page « Journal »: what was put in, entry by entry; what each changed; taking one back; copies of the data."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from netstats import store, wording
from netstats.catalogue import journal as questions
from netstats.catalogue.snapshot import held_rows, territory_names
from netstats.errors import NetstatsError
from netstats.intake import changes, journal
from netstats.intake.changes import ChangeSet
from netstats.intake.export import dataset_zip
from netstats.store import Batch, Database, Version
from netstats.store.backup import KEPT
from netstats.ui.base import data, html
from netstats.ui.base.lists import Row, rows
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain
from netstats.ui.review import diff, panel
from netstats.ui.review.review import Review

PARAMETER = "entree"
"""The parameter of the address that names an entry."""

_PAGE_LENGTH = 20
_HABIT = "une copie de la base est faite avant le premier enregistrement de chaque jour et avant chaque import"
_UNDOING = "annulation_en_cours"

Undo = Review[NetstatsError | None]
"""Taking an entry back; what is found is why it cannot be."""


def entries() -> list[Row]:
    """Return the entries, the last first, as `netstats.catalogue.journal.entries` gives them, None where unknown."""
    return _entries(data.version(), data.database())


# The version keys these caches; what an entry has changed never changes.
@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Version: repr})
def _entries(version: Version, _database: Database) -> list[Row]:
    frame = questions.entries(_database).astype(object)
    return list(rows(frame.where(frame.notna() & (frame != ""), None)))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Version: repr})
def _difference(entry: int, version: Version, _database: Database) -> changes.Diff:
    return changes.committed(_database, entry)


def subject(known: list[Row]) -> Row | None:
    """Return the entry that the address names; None when it names none, or one that there is not, which is said."""
    asked = str(st.query_params.get(PARAMETER, ""))
    found = next((row for row in known if str(row["id"]) == asked), None)
    if asked and found is None:
        st.warning(plain(f"Le journal n’a pas d’entrée n° {asked[:20]}. Les voici toutes."))
    return found


# --- the list ---------------------------------------------------------------------------------------


def show(known: list[Row]) -> None:
    """Draw the entries, twenty a page, each a link to what it changed."""
    under = "Entrées {}, la dernière d’abord."
    with page_of(len(known), _PAGE_LENGTH, key=f"journal-pages-{len(known)}", said=under) as shown:
        lines = [{**row, "moment": _moment(row, short=True), "what": _what(row)} for row in known[shown]]
        html.show("journal-entries", entries=lines, parameter=PARAMETER)


def _what(row: Row) -> str:
    counts = [
        wording.counted(row[column], noun)
        for column, noun in (("added", "ajout"), ("changed", "modification"), ("removed", "retrait"))
        if row[column]
    ]
    return _kind(row) + (f" : {wording.listing(counts)}" if counts else "")


def _kind(row: Row) -> str:
    return str(journal.KINDS.get(row["kind"], row["kind"]))


def _moment(row: Row, *, short: bool = False) -> str:
    day = wording.date(row["applied_on"], short=short)
    return f"{day}, {row['applied_at']:%H:%M}" if row["applied_at"] else day


# --- one entry --------------------------------------------------------------------------------------


def way_back() -> None:
    """Offer the list of entries again."""
    st.button(
        "Tout le journal",
        key="tout-le-journal",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=st.query_params.clear,
    )


def entry(row: Row) -> None:
    """Draw one entry: what is known of it, then what it changed."""
    number = int(row["id"])
    st.header(plain(f"Entrée n° {number} : {row['label']}"), anchor=False)
    html.show("journal-facts", entry=row, moment=_moment(row), kind=_kind(row), parameter=PARAMETER)
    text = questions.text_of(data.database(), number) if row["kind"] == journal.MINUTES else None
    if text is not None:
        with st.expander("Le texte lu, gardé avec cette entrée", icon=":material/article:"):
            st.text(text)
    found = _difference(number, data.version(), data.database())
    if found.is_empty:
        st.caption("Le journal ne détaille pas ce qui fonde la base.")
        return
    diff.show(found, key=f"entree-{number}")


def undoing(row: Row) -> None:
    """Offer to take an entry back: what it changes is shown first, then confirmed, or the reason why it cannot be."""
    number = int(row["id"])
    begun: tuple[int, Undo] | None = st.session_state.get(_UNDOING)
    if begun is not None and begun[0] == number:
        _review(row, number, begun[1])
    elif not data.database().writable:
        st.caption("La base est ouverte en lecture seule : rien ne peut y être annulé.")
    elif row["undone_by"] is None and row["kind"] not in store.BEGINNINGS:
        st.button(
            "Annuler cette entrée…",
            key=f"annuler-{number}",
            icon=":material/undo:",
            help="Vous verrez d’abord ce qui changera.",
            on_click=lambda: st.session_state.update({_UNDOING: (number, Undo())}),
        )


def _review(row: Row, number: int, review: Undo) -> None:
    def checked() -> tuple[NetstatsError | None, ChangeSet | None]:
        try:
            return None, changes.undo(data.database(), number)
        except NetstatsError as error:
            return error, None

    preview = review.look((number,), checked)
    panel.outdated(review)
    refused = preview.result or preview.error
    if refused is not None:
        st.warning(plain(refused.remedy) or None, title=plain(refused.what), icon=":material/block:")
        st.button("Fermer", key=f"fermer-{number}", on_click=_forget)
        return
    with st.container(border=True, key="card-annulation"):
        st.header(plain(f"Ce que l’annulation de l’entrée n° {number} va changer"), anchor=False)
        panel.difference(preview, key=f"annulation-{number}")
        panel.confirm(
            review,
            preview,
            Batch(journal.UNDO, f"Annulation de l’entrée n° {number} : {row['label']}", undone=number),
            key=f"confirmer-{number}",
            after=_forget,
            label="Confirmer l’annulation",
            icon=":material/undo:",
        )
        st.button("Ne rien changer", key=f"renoncer-{number}", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(_UNDOING, None)


# --- copies -----------------------------------------------------------------------------------------


def copies() -> None:
    """Offer the whole data set, and say which copies of the database there are and how to put one back."""
    database = data.database()
    st.header("Toutes les données, et leurs sauvegardes", anchor=False)
    st.download_button(
        "Toutes les données (.zip de .csv)",
        lambda: archive(database),
        f"netstats-donnees-{data.version().updated_on:%Y-%m-%d}.zip",
        "application/zip",
        key="tout",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption("L’archive une fois ouverte, ses fichiers se relisent à la page « Importer ».")
    kept = store.backups(database.path) if database.path is not None else []
    if not kept:
        st.info(f"Aucune sauvegarde pour l’instant : {_HABIT}.")
        return
    count = wording.counted(len(kept), "sauvegarde")
    st.info(
        plain(
            f"{count}, dans le dossier {kept[0].parent.name} à côté de la base ; la dernière est du "
            f"{store.made_on(kept[0])}. {diff.capitalised(_HABIT)} ; les {KEPT} dernières sont gardées. Pour en "
            "remettre une en place, fermez le tableau de bord, puis : python -m netstats restore (la liste), "
            "python -m netstats restore COPIE (celle-là)."
        ),
        icon=":material/inventory_2:",
    )
    opened = st.expander("Voir les sauvegardes", key="sauvegardes", on_change="rerun", icon=":material/table:")
    if opened.open:
        opened.dataframe(_listed(tuple(kept)), hide_index=True, height="content", alt="Tableau : les sauvegardes")


@st.cache_data(max_entries=2, show_spinner=False)  # what has the name of a copy never changes
def _listed(kept: tuple[Path, ...]) -> pd.DataFrame:
    return store.listed(kept)


def archive(database: Database) -> bytes:
    """Return the whole data set; called on another thread, when someone asks for it."""
    return dataset_zip(held_rows(database), territory_names(database))
