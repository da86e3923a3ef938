"""What changes in the database, as people read it: before something is put in, when it is undone, in the journal."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.intake import changes
from netstats.ui.base import data, html
from netstats.ui.base.lists import Row, rows
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain

_PAGE_LENGTH = 20
_ALL = "tout"
# A sign and a word: colour is never the only carrier of meaning.
_SIGNS = {changes.ADDED: "+ ajout", changes.CHANGED: "≠ modification", changes.REMOVED: "− retrait"}


def show(difference: changes.Diff, *, key: str) -> None:
    """Draw what changes: the whole in one sentence, then the changed rows field by field, twenty a page.

    Only the rows of the page are read and sent to the browser, however many there are. `key` names the widgets:
    another for each difference of a page.
    """
    st.markdown(plain(f"{capitalised(difference.sentence())}."))
    if difference.is_empty:
        return
    # Table by table, a meeting before those present: the changes come in the order of the tables' names.
    order = {table: rank for rank, table in enumerate(changes.NOUNS)}
    changed = difference.rows.sort_values("table_name", key=lambda names: names.map(order), kind="stable")
    if len(changed) > _PAGE_LENGTH:
        changed = _narrowed(changed, difference, key)
    # Other changes begin at their first page: the key makes it another set of pages.
    pages = f"{key}-pages-{_mark(changed)}"
    with page_of(len(changed), _PAGE_LENGTH, key=pages, said="Lignes changées {}.") as shown:
        fields = changes.describe(data.database(), changed.iloc[shown], within=difference.rows)
        html.show("review-diff", rows=[_row(list(rows(group))) for _, group in fields.groupby("ligne", sort=False)])


def capitalised(sentence: str) -> str:
    """Return a sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def _narrowed(changed: pd.DataFrame, difference: changes.Diff, key: str) -> pd.DataFrame:
    """Offer to show the changes of one table and one kind alone; return those that are to be shown."""
    options = {_ALL: f"Tous les changements ({wording.number(len(changed))})"}
    for row in rows(difference.counts()):
        for kind in _SIGNS:
            if row[kind]:
                what = wording.counted(row[kind], *changes.NOUNS[row["table_name"]])
                options[f"{row['table_name']} {kind}"] = f"{capitalised(kind)} : {what}"
    if len(options) <= 2:
        return changed
    chosen = st.selectbox(
        "Montrer",
        list(options),
        format_func=lambda option: wording.typeset(str(options.get(option))),
        key=f"{key}-montrer-{_mark(changed)}",
        placeholder="",
        filter_mode=None,
        width=420,
    )
    if chosen == _ALL:
        return changed
    table, kind = chosen.split(" ", 1)
    return changed[(changed["table_name"] == table) & (changes.kinds(changed) == kind)]


def _mark(changed: pd.DataFrame) -> str:
    """Return a name that tells these changes from others, of the same length at least nearly always."""
    ends = changed.iloc[[0, -1]].fillna("").to_numpy().tolist() if len(changed) else []
    return f"{len(changed)}-{hash(str(ends)) % 10**8}"


def _row(fields: list[Row]) -> dict[str, object]:
    """Return a changed row as the template shows it: each field before and after, or what a new or gone row held."""
    kind = fields[0]["sorte"]
    named = {"sign": _SIGNS[kind], "noun": fields[0]["quoi"], "where": fields[0]["où"]}
    if kind == changes.CHANGED:
        return {**named, "changed": [(field["champ"], field["avant"], field["après"]) for field in fields]}
    side = "après" if kind == changes.ADDED else "avant"
    kept = [(field["champ"], field[side]) for field in fields if not field["nommé"]]
    return {**named, "changed": [], "kept": kept}
