"""What is left to mend, thing by thing, each row with the link that leads to where it is mended."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from netstats import choices, wording
from netstats.catalogue.measure import KeyFigure
from netstats.catalogue.quality import ACTIONS, ANNOUNCED, CHECKS, DOUBLES, TOTALS, UNUSED_THEMES, Check
from netstats.filters import Filters
from netstats.ui.base import cards, data, html, lists
from netstats.ui.base.lists import Row
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain

_A_PAGE = 8
_LISTS = {ACTIONS.name: "actions", DOUBLES.name: "doubles", UNUSED_THEMES.name: "themes"}  # the others list meetings
_KINDS = ("kind", "other_kind")


def introduction(filters: Filters) -> None:
    """Say what the page is about, and that the selection, if there is one, waits on the other pages."""
    st.caption(
        "Ce qui manque, ce qui est douteux et ce qui ne sert pas, dans toutes les données : les filtres ne jouent pas "
        "ici. Chaque ligne mène là où la corriger."
    )
    if filters.count():
        st.caption(plain(f"Votre sélection vous attend sur les autres pages : {filters.sentence(data.choices())}."))


def key_figures() -> None:
    """Draw how many things each list holds, and of how many; nil is said in words."""
    totals = data.ask(TOTALS, Filters()).iloc[0]
    cards.key_figures(
        [
            KeyFigure(
                check.short_title,
                wording.number(count),
                check.figure.definition,
                f"{'' if count else 'rien à corriger, '}sur {wording.counted(int(totals[check.total]), *check.of)}",
            )
            for check in CHECKS
            for count in [len(data.ask(check.figure, Filters()))]
        ]
    )


def card(check: Check, filters: Filters) -> None:
    """Draw one list of the whole data, page by page: why it matters, what is in it; the links keep the selection."""

    def draw(rows: pd.DataFrame) -> None:
        st.caption(plain(check.why))
        name = check.figure.name
        # A row that is mended leaves the list, which then begins at its first page: its pages have a key of their own.
        with page_of(len(rows), _A_PAGE, key=f"pages-{name}-{len(rows)}", said="Lignes {}.") as shown:
            html.show(
                "quality-rows",
                rows=[_row(row) for row in lists.rows(rows.iloc[shown])],
                list=_LISTS.get(name, "meetings"),
                label="Dire si elle s’est tenue" if name == ANNOUNCED.name else "Compléter",
                **lists.linked(filters),
            )

    cards.card(check.figure, Filters(), draw, key=check.figure.name)


def _row(row: Row) -> Row:
    said = {
        f"{column}_said": choices.VALUES["kind"].get(row[column], row[column]) for column in _KINDS if column in row
    }
    when = lists.day(row) if "held_on" in row else ""
    return {**row, **said, "when": when, "where": f"réseau {row['network']}, {when}" if when else ""}
