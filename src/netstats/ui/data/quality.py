"""What is left to mend, thing by thing, each row with the link that leads to where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from netstats import model, wording
from netstats.catalogue.quality import ACTIONS, ANNOUNCED, CHECKS, DOUBLES, TOTALS, UNUSED_THEMES, Check
from netstats.filters import Filters
from netstats.ui.base import cards, data, links, lists
from netstats.ui.base.lists import Row
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import element, plain, source

_ENTRY = "saisir"  # the page where a meeting is entered and corrected
_A_PAGE = 8


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
            cards.KeyFigure(
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
    """Draw one list, page by page: why it matters, what is in it, and the table behind it.

    Parameters
    ----------
    check
        What is listed, in the whole data.
    filters
        The selection that the links keep.
    """
    rows = data.ask(check.figure, Filters())
    with cards.figure_card(check.figure, Filters(), rows, key=check.figure.name) as drawable:
        if drawable:
            st.caption(plain(check.why))
            _paged(check, rows, filters)


def _paged(check: Check, rows: pd.DataFrame, filters: Filters) -> None:
    row_of = _ROWS.get(check.figure.name, _meeting)
    # A row that is mended leaves the list, which then begins at its first page: its pages have a key of their own.
    key = f"pages-{check.figure.name}-{len(rows)}"
    with page_of(len(rows), _A_PAGE, key=key, said="Lignes {}.") as shown:
        items = [element("li", row_of(row, filters)) for row in lists.rows(rows.iloc[shown])]
        st.html(element("ol", "".join(items), class_="netstats-actions", role="list"))


def _meeting(row: Row, filters: Filters, said: str = "Compléter") -> str:
    title, where = str(row["title"]), f"réseau {row['network']}, {_when(row)}"
    by = f"{escape(where)} · {_mend(row['code'], said, f'la réunion : {title}, {where}', filters)}"
    origin = source(row["source_url"], f"{title}, {_when(row)}")
    return lists.titled(row, filters) + element("span", f"{by}{f' · {origin}' if origin else ''}", class_="by")


def _announced(row: Row, filters: Filters) -> str:
    return _meeting(row, filters, "Dire si elle s’est tenue")


def _action(row: Row, filters: Filters) -> str:
    told = links.link("reunion", str(row["meeting_code"]), f"réseau {row['network']}, {_when(row)}", filters)
    mend = _mend(row["meeting_code"], "Compléter", f"l’action : {row['description']}", filters)
    origin = source(row["source_url"], f"{row['description']}")
    by = f"{escape(str(row['type']))} · {told} · {mend}{f' · {origin}' if origin else ''}"
    return escape(wording.typeset(str(row["description"]))) + element("span", by, class_="by")


def _double(row: Row, filters: Filters) -> str:
    pair = (
        f"{links.link('territoire', str(row[f'{other}code']), wording.typeset(str(row[f'{other}name'])), filters)} "
        f"({escape(_kind(row[f'{other}kind']))}, {wording.counted(row[f'{other}attendances'], 'présence')})"
        for other in ("", "other_")
    )
    together = ""
    if row["together"]:
        together = f" · les deux à {wording.counted(row['together'], 'même réunion', 'mêmes réunions')}"
    return " et ".join(pair) + element("span", escape(f"{row['reasons']}{together}"), class_="by")


def _theme(row: Row, filters: Filters) -> str:
    name = links.link("theme", str(row["code"]), wording.typeset(str(row["name"])), filters)
    return name + element("span", escape(str(row["family"])), class_="by")


_ROWS: Mapping[str, Callable[[Row, Filters], str]] = {
    ACTIONS.name: _action,
    DOUBLES.name: _double,
    UNUSED_THEMES.name: _theme,
    ANNOUNCED.name: _announced,
}
"""Name of a list → what makes the HTML of one of its rows; the others list meetings."""


def _mend(code: object, text: str, what: str, filters: Filters) -> str:
    """Return the HTML link to the entry of a meeting; `what` is added for a screen reader, which hears it alone."""
    address = urlencode({links.SUBJECT: str(code), **filters.to_address(data.choices())}, doseq=True)
    return element("a", escape(text), href=f"{_ENTRY}?{address}", target="_self", aria_label=f"{text} – {what}")


def _when(row: Row) -> str:
    return wording.date(row["held_on"], row["date_precision"])


def _kind(kind: object) -> str:
    return model.VALUES["kind"].get(str(kind), str(kind))
