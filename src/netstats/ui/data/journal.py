"""The page « Journal »: what was put in, entry by entry; what each changed; taking one back; copies of the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from netstats import store, wording
from netstats.catalogue import journal as questions
from netstats.catalogue.snapshot import held_rows, territory_names
from netstats.errors import NetstatsError
from netstats.intake import journal
from netstats.intake.files.export import dataset_zip
from netstats.store import Batch, Database, Edit, OutdatedError, Version
from netstats.store.backup import KEPT
from netstats.ui.base import data
from netstats.ui.base.lists import Row, rows
from netstats.ui.base.text import element, plain
from netstats.ui.review import diff

PARAMETER = "entree"
"""The parameter of the address that names an entry."""

_PAGE_LENGTH = 20
_UNDOING = "annulation_en_cours"
_TOLD = "annulation_dite"


@dataclass(frozen=True, eq=False)
class _Undoing:
    """What taking an entry back would change, as it was shown; or why it cannot be."""

    entry: int
    edit: Edit
    difference: journal.Difference
    refused: NetstatsError | None = None


def entries() -> pd.DataFrame:
    """Return the entries, the last first, as `netstats.catalogue.journal.entries` gives them."""
    return _entries(data.version(), data.database())


# The version keys these caches; what an entry has changed never changes.
@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Version: repr})
def _entries(version: Version, _database: Database) -> pd.DataFrame:
    return questions.entries(_database)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Version: repr})
def _difference(entry: int, version: Version, _database: Database) -> journal.Difference:
    return journal.difference(_database, entry)


def subject(known: pd.DataFrame) -> Row | None:
    """Return the entry that the address names; None when it names none, or one that there is not, which is said."""
    asked = str(st.query_params.get(PARAMETER, ""))
    if not asked:
        return None
    for row in rows(known):
        if str(row["id"]) == asked:
            return row
    st.warning(plain(f"Le journal n’a pas d’entrée n° {asked[:20]}. Les voici toutes."))
    return None


# --- the list ---------------------------------------------------------------------------------------


def show(known: pd.DataFrame) -> None:
    """Draw the entries, twenty a page, each a link to what it changed."""
    pages = -(-len(known) // _PAGE_LENGTH)
    top = st.container()
    page = st.pagination(pages, key=f"journal-pages-{len(known)}") if pages > 1 else 1
    first = (page - 1) * _PAGE_LENGTH
    with top:
        items = "".join(element("li", _entry(row)) for row in rows(known.iloc[first : first + _PAGE_LENGTH]))
        st.html(element("ol", items, class_="netstats-meetings", role="list"))
    last = min(first + _PAGE_LENGTH, len(known))
    if pages > 1:
        st.caption(plain(f"Entrées {first + 1} à {last} sur {wording.number(len(known))}, la dernière d’abord."))


def _entry(row: Row) -> str:
    taken_back = element("span", escape(f"annulée par le n° {row['undone_by']}"), class_="tag")
    return (
        element("span", escape(f"n° {row['id']} · {_moment(row, short=True)}"), class_="when")
        + element(
            "span", _link(row["id"], str(row["label"])) + ("" if _is_missing(row, "undone_by") else f" {taken_back}")
        )
        + element("span", escape(_kind(row) + _counts(row)), class_="themes")
        + element("span", escape(_author(row)), class_="who")
    )


def _link(entry: object, text: str) -> str:
    return element("a", escape(wording.typeset(text)), href=f"journal?{PARAMETER}={entry}", target="_self")


def _kind(row: Row) -> str:
    return journal.KINDS.get(str(row["kind"]), str(row["kind"]))


def _counts(row: Row) -> str:
    said = [
        wording.counted(row[column], noun)
        for column, noun in (("added", "ajout"), ("changed", "modification"), ("removed", "retrait"))
        if row[column]
    ]
    return f" : {wording.listing(said)}" if said else ""


def _author(row: Row) -> str:
    said = [str(row[column]) for column in ("author", "source") if not _is_missing(row, column)]
    return " · ".join(said) if said else "sans auteur"


def _moment(row: Row, *, short: bool = False) -> str:
    day = wording.date(row["applied_on"], short=short)
    return day if _is_missing(row, "applied_at") else f"{day}, {row['applied_at']:%H:%M}"


def _is_missing(row: Row, column: str) -> bool:
    return bool(pd.isna(row[column]) or row[column] == "")


def way_back() -> None:
    """Offer the list of entries again."""
    st.button(
        "Tout le journal",
        key="tout-le-journal",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=_close,
    )


def _close() -> None:
    st.query_params.pop(PARAMETER, None)


# --- one entry --------------------------------------------------------------------------------------


def entry(row: Row) -> None:
    """Draw one entry: what is known of it, then what it changed."""
    st.header(plain(f"Entrée n° {row['id']} : {row['label']}"), anchor=False)
    lines = [
        ("Enregistrée", escape(_moment(row))),
        ("Sorte", escape(_kind(row))),
        ("Par", escape("non dit" if _is_missing(row, "author") else str(row["author"]))),
    ]
    if not _is_missing(row, "source"):
        lines.append(("Source", escape(str(row["source"]))))
    for column, label in (("undone", "Annule"), ("undone_by", "Annulée par")):
        if not _is_missing(row, column):
            lines.append((label, _link(row[column], f"l’entrée n° {row[column]}")))
    terms = "".join(element("dt", label) + element("dd", said) for label, said in lines)
    st.html(element("dl", terms, class_="netstats-facts"))
    text = questions.text_of(data.database(), int(row["id"])) if row["kind"] == journal.MINUTES else None
    if text is not None:
        with st.expander("Le texte lu, gardé avec cette entrée", icon=":material/article:"):
            st.text(text)
    found = _difference(int(row["id"]), data.version(), data.database())
    if found.is_empty:
        st.caption("Le journal ne détaille pas ce qui fonde la base.")
        return
    diff.show(data.database(), found, key=f"entree-{row['id']}")


def undoing(row: Row) -> None:
    """Offer to take an entry back: what it changes is shown first, then confirmed, or the reason why it cannot be."""
    number = int(row["id"])
    begun: _Undoing | None = st.session_state.get(_UNDOING)
    if begun is None or begun.entry != number:
        if not data.database().writable:
            st.caption("La base est ouverte en lecture seule : rien ne peut y être annulé.")
            return
        if not _is_missing(row, "undone_by") or row["kind"] in store.BEGINNINGS:
            return  # taken back already, or what the base began with
        st.button(
            "Annuler cette entrée…",
            key=f"annuler-{number}",
            icon=":material/undo:",
            help="Vous verrez d’abord ce qui changera.",
            on_click=_begin,
            args=(number,),
        )
        return
    if begun.refused is not None:
        st.warning(plain(begun.refused.remedy) or None, title=plain(begun.refused.what), icon=":material/block:")
        st.button("Fermer", key=f"fermer-{number}", on_click=_forget)
        return
    with st.container(border=True, key="card-annulation"):
        st.header(plain(f"Ce que l’annulation de l’entrée n° {number} va changer"), anchor=False)
        diff.show(data.database(), begun.difference, key=f"annulation-{number}")
        author = diff.who()
        with st.container(horizontal=True):
            confirmed = st.button(
                "Confirmer l’annulation", key=f"confirmer-{number}", type="primary", icon=":material/undo:"
            )
            st.button("Ne rien changer", key=f"renoncer-{number}", on_click=_forget)
        if confirmed and not author.strip():
            st.warning("Écrivez d’abord votre service ou vos initiales.", icon=":material/edit:")
        elif confirmed:
            _take_back(row, begun, author)


def _begin(number: int) -> None:
    database = data.database()
    nothing = journal.Difference(pd.DataFrame(columns=["table_name", "key", "before", "after"]), {})
    try:
        edit = journal.taking_back(database, number)
        begun = _Undoing(number, edit, journal.rehearse(database, edit))
    except NetstatsError as error:
        begun = _Undoing(number, Edit(), nothing, error)
    st.session_state[_UNDOING] = begun


def _forget() -> None:
    st.session_state.pop(_UNDOING, None)


def _take_back(row: Row, begun: _Undoing, author: str) -> None:
    label = f"Annulation de l’entrée n° {begun.entry} : {row['label']}"
    try:
        with st.spinner("Annulation…"):
            batch = Batch(journal.UNDO, label, journal.author(author), undone=begun.entry)
            number = journal.apply(data.database(), begun.edit, batch, seen=begun.difference)
    except OutdatedError as error:
        _begin(begun.entry)  # what would change now, or why it no longer can be taken back
        st.session_state[_TOLD] = ("changed", error.what, error.remedy)
    except NetstatsError as error:
        st.error(plain(error.remedy) or None, title=plain(error.what), icon=":material/error:")
        return
    else:
        _forget()
        said = diff.capitalised(begun.difference.sentence())
        st.session_state[_TOLD] = ("done", f"Annulation enregistrée : entrée n° {number} du journal.", f"{said}.")
    st.rerun()  # with the new version of the data, on every page


def last_words() -> None:
    """Say what became of the last undo."""
    told = st.session_state.pop(_TOLD, None)
    if told is not None:
        what, title, text = told
        say, icon = (st.success, "check_circle") if what == "done" else (st.warning, "sync_problem")
        say(plain(text), title=plain(title), icon=f":material/{icon}:")


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
        st.info("Aucune sauvegarde pour l’instant : une copie de la base est faite avant chaque import.")
        return
    count = wording.counted(len(kept), "sauvegarde")
    st.info(
        plain(
            f"{count}, dans le dossier {kept[0].parent.name} à côté de la base ; la dernière est du {_made(kept[0])}. "
            f"Les {KEPT} dernières sont gardées. Pour en remettre une en place, fermez le tableau de bord, puis : "
            "python -m netstats restore (la liste), python -m netstats restore FICHIER (celle-là)."
        ),
        icon=":material/inventory_2:",
    )


def _made(copy: Path) -> str:
    """Return when a copy was made, as its name says it."""
    found = re.search(r"(\d{4}-\d{2}-\d{2}-\d{4})\d{2}-\d+$", copy.stem)
    if found is None:
        return "date inconnue"
    moment = datetime.strptime(found[1], "%Y-%m-%d-%H%M")
    return f"{wording.date(moment)} à {moment:%H:%M}"


def archive(database: Database) -> bytes:
    """Return the whole data set; called on another thread, when someone asks for it."""
    return dataset_zip(held_rows(database), territory_names(database))
