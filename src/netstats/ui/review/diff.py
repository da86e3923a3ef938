"""What changes in the database, as people read it: before something is put in, when it is undone, in the journal."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.intake import changes
from netstats.store import Database
from netstats.ui.base import html
from netstats.ui.base.lists import Row, rows
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain

AUTHOR = "auteur"
"""Where the session keeps who puts something in."""

_PAGE_LENGTH = 20
_ALL = "tout"
# A sign and a word: colour is never the only carrier of meaning.
_SIGNS = {changes.ADDED: "+ ajout", changes.CHANGED: "≠ modification", changes.REMOVED: "− retrait"}
_SEPARATOR = " – "  # between the parts of what names a row


def show(database: Database, difference: changes.Diff, *, key: str) -> None:
    """Draw what changes: the whole in one sentence, then the changed rows field by field, twenty a page.

    Only the rows of the page are read and sent to the browser, however many there are.

    Parameters
    ----------
    database
        Where the rows are, or were, for the names of what they refer to.
    difference
        What a change set would change, or has changed.
    key
        Names the widgets: another for each difference of a page.
    """
    st.markdown(plain(f"{capitalised(difference.sentence())}."))
    if difference.is_empty:
        return
    changed_rows = _in_reading_order(difference.rows)
    if len(changed_rows) > _PAGE_LENGTH:
        changed_rows = _narrowed(changed_rows, difference, key)
    # Other changes begin at their first page: the key makes it another set of pages.
    pages = f"{key}-pages-{_mark(changed_rows)}"
    with page_of(len(changed_rows), _PAGE_LENGTH, key=pages, said="Lignes changées {}.") as shown:
        fields = changes.describe(database, changed_rows.iloc[shown], within=difference.rows)
        html.show("review-diff", rows=[_row(*group) for group in _grouped(fields)])


def who() -> str:
    """Ask who puts something in, once for the session, and return it; it is checked when it is written."""
    return (
        st.text_input(
            "Service ou initiales",
            key=AUTHOR,
            persist_state="session",
            max_chars=60,
            placeholder="secrétariat, AB…",
            help="Gardé dans le journal pour savoir à qui s’adresser. Pas de nom de personne.",
            autocomplete="off",
            width=360,
        )
        or ""
    )


def capitalised(sentence: str) -> str:
    """Return a sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def _in_reading_order(changed_rows: pd.DataFrame) -> pd.DataFrame:
    """Return changes table by table, a meeting before those present: they come in the order of the tables' names."""
    order = {table: rank for rank, table in enumerate(changes.NOUNS)}
    return changed_rows.sort_values("table_name", key=lambda names: names.map(order), kind="stable")


def _narrowed(changed_rows: pd.DataFrame, difference: changes.Diff, key: str) -> pd.DataFrame:
    """Offer to show the changes of one table and one kind alone; return those that are to be shown."""
    options = {_ALL: f"Tous les changements ({wording.number(len(changed_rows))})"}
    for row in rows(difference.counts()):
        for kind in _SIGNS:
            if row[kind]:
                what = wording.counted(row[kind], *changes.NOUNS[row["table_name"]])
                options[f"{row['table_name']} {kind}"] = f"{capitalised(kind)} : {what}"
    if len(options) <= 2:
        return changed_rows
    chosen = st.selectbox(
        "Montrer",
        list(options),
        format_func=lambda option: wording.typeset(str(options.get(option))),
        key=f"{key}-montrer-{_mark(changed_rows)}",
        placeholder="",
        filter_mode=None,
        width=420,
    )
    if chosen == _ALL:
        return changed_rows
    table, kind = chosen.split(" ", 1)
    return changed_rows[(changed_rows["table_name"] == table) & (changes.kinds(changed_rows) == kind)]


def _mark(changed_rows: pd.DataFrame) -> str:
    """Return a name that tells these changes from others, of the same length at least nearly always."""
    ends = changed_rows.iloc[[0, -1]].fillna("").to_numpy().tolist() if len(changed_rows) else []
    return f"{len(changed_rows)}-{hash(str(ends)) % 10**8}"


def _grouped(changed: pd.DataFrame) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each changed row, by the first of its fields, and all of its fields."""
    head: Row | None = None
    fields: list[Row] = []
    for row in rows(changed):
        same = head is not None and all(head[column] == row[column] for column in ("sorte", "quoi", "où"))
        # Two rows may be called the same: the second begins where a field comes again.
        if head is None or not same or any(field["champ"] == row["champ"] for field in fields):
            if head is not None:
                yield head, fields
            head, fields = row, []
        fields.append(row)
    if head is not None:
        yield head, fields


def _row(head: Row, fields: list[Row]) -> dict[str, object]:
    """Return a changed row as the template shows it: each field before and after, or what a new or gone row held."""
    named = {"sign": _SIGNS[str(head["sorte"])], "noun": head["quoi"], "where": str(head["où"])}
    if head["sorte"] == changes.CHANGED:
        return {**named, "changed": [(field["champ"], field["avant"], field["après"]) for field in fields]}
    side = "après" if head["sorte"] == changes.ADDED else "avant"
    kept = [field for field in fields if not _is_said(field, fields, str(head["où"]))]
    return {**named, "changed": [], "kept": [(field["champ"], field[side]) for field in kept]}


def _is_said(field: Row, fields: list[Row], where: str) -> bool:
    """Return whether a field of a new or removed row stands in what names the row."""
    value = str(field["après"] or field["avant"])
    if value in {where, *where.split(_SEPARATOR)}:
        return True
    title = next((str(other["après"] or other["avant"]) for other in fields if other["champ"] == "Titre"), "")
    return bool(title) and where.startswith(title) and (value == title or where == f"{title} ({value})")
