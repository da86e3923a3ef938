"""Who was at which meeting, as a table one reads across; and whom to call back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date  # noqa: N812 - as in netstats.wording
from html import escape

import pandas as pd
import streamlit as st

from netstats import model, wording
from netstats.catalogue.overview import TERRITORIES
from netstats.catalogue.participation import ATTENDANCE_GRID, LAPSED, MEMBERSHIP, NETWORKS
from netstats.filters import Filters
from netstats.ui.base import cards, data, links
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import element, plain

_NETWORK = "grille-reseau"
_MOST_ROWS = 25  # a page of the table
_MOST_COLUMNS = 24  # meetings, the latest
_SIGNS = {
    True: ("●", "présent", "here"),
    False: ("·", "absent", "away"),
    None: ("?", "non dit par la source", "unsaid"),
}


def grid(filters: Filters) -> None:
    """Draw the card « qui était à quelle réunion », one network at a time, the most present territories first."""
    networks = data.ask(NETWORKS, filters)
    named = dict(zip(networks["code"], networks["name"], strict=True))
    asked = str(st.session_state.get(_NETWORK, ""))
    network = asked if asked in named else next(iter(named), "")
    rows = data.ask(ATTENDANCE_GRID, filters, network)
    title = f"{ATTENDANCE_GRID.title} : réseau {named[network]}" if network else ""
    with cards.figure_card(ATTENDANCE_GRID, filters, rows, key="grille", title=title, subject=network) as drawable:
        if len(named) > 1:
            st.pills(
                "Réseau",
                list(named),
                format_func=named.__getitem__,
                default=network,
                required=True,
                key=_NETWORK,
                label_visibility="collapsed",
            )
        if drawable:
            _draw(rows, filters, key=f"grille-page-{network}")


def _draw(rows: pd.DataFrame, filters: Filters, *, key: str) -> None:
    # A territory's cells stand together, in the order of the meetings: undated ones last.
    territories = list(rows["code"].drop_duplicates())
    meetings = rows.drop_duplicates("meeting_code")
    shown = meetings[meetings["held_on"].notna()].tail(_MOST_COLUMNS)
    shown = pd.concat([shown, meetings[meetings["held_on"].isna()].head(max(0, _MOST_COLUMNS - len(shown)))])
    first = rows[rows["code"] == territories[0]].iloc[0]
    left_out = len(meetings) - len(shown)
    known = int(rows.loc[rows["code"] == territories[0], "present"].notna().sum())
    st.caption(
        plain(
            f"Lecture : {first['name']} était à {wording.counted(first['attendances'], 'réunion')} sur "
            f"{wording.number(known)} dont les présents sont connus."
            + (
                f" Les {len(shown)} dernières sont montrées, les {left_out} autres sont dans les données."
                if left_out
                else ""
            )
        )
    )
    with page_of(len(territories), _MOST_ROWS, key=key) as part:
        on_page = territories[part]
        cells = rows[rows["code"].isin(on_page) & rows["meeting_code"].isin(shown["meeting_code"])]
        st.html(_table(cells, shown, on_page, filters))


def _table(cells: pd.DataFrame, meetings: pd.DataFrame, territories: list[str], filters: Filters) -> str:
    head = "".join(
        element("th", links.link("reunion", str(code), _when(day, known), filters), scope="col", title=f"{title}")
        for code, day, known, title in meetings[["meeting_code", "held_on", "date_precision", "title"]].itertuples(
            index=False
        )
    )
    names = cells.drop_duplicates("code").set_index("code")
    present = {
        (territory, meeting): None if pd.isna(value) else bool(value)
        for territory, meeting, value in cells[["code", "meeting_code", "present"]].itertuples(index=False)
    }
    lines = []
    for code in territories:
        name, count = str(names.loc[code, "name"]), int(str(names.loc[code, "attendances"]))
        row = element("th", links.link("territoire", code, wording.typeset(name), filters), scope="row")
        row += element("td", wording.number(count), class_="count")
        row += "".join(_cell(present.get((code, meeting))) for meeting in meetings["meeting_code"])
        lines.append(element("tr", row))
    caption = element("caption", "● présent · absent, ? non dit par la source")
    titles = element("tr", element("th", "Territoire", scope="col") + element("th", "Présences", scope="col") + head)
    table = element("table", caption + element("thead", titles) + element("tbody", "".join(lines)))
    return element("div", table, class_="netstats-grid", tabindex="0", role="region", aria_label="Grille d’assiduité")


def _cell(present: bool | None) -> str:
    sign, said, kind = _SIGNS[present]
    return element("td", element("span", sign, role="img", aria_label=said), class_=kind)


def _when(day: Date, known: str) -> str:
    return "sans date" if pd.isna(day) else wording.date(day, known, short=True)


def membership(filters: Filters) -> None:
    """Draw the card of the members of the FFSU among those who came; what the source does not say is said so."""
    rows = data.ask(MEMBERSHIP, filters)
    with cards.figure_card(MEMBERSHIP, filters, rows, key="membres") as drawable:
        if drawable:
            labels = model.VALUES["membership"]
            items = [
                element(
                    "li",
                    f"{element('b', escape(labels[row['membership']]))} : "
                    f"{wording.counted(row['attendances'], 'présence')}, "
                    f"{wording.counted(row['territories'], 'territoire')}",
                )
                for row in rows.to_dict("records")
            ]
            st.html(element("ul", "".join(items), class_="netstats-plain", role="list"))
            if rows["territories"].sum() > data.ask(TERRITORIES, filters)["code"].nunique():
                st.caption("Un territoire peut compter dans plusieurs lignes, d’une réunion à l’autre.")


def to_call_back(filters: Filters, *, most: int = 12) -> None:
    """Draw the card « À relancer »: who came and no longer does, last seen when and at which theme."""
    rows = data.ask(LAPSED, filters)
    with cards.figure_card(LAPSED, filters, rows, key="relancer") as drawable:
        if not drawable:
            return
        count = wording.counted(len(rows), "territoire")
        as_of = min(filters.period.until or Date.today(), Date.today())
        st.caption(plain(f"Lecture : {count} à relancer au {wording.date(as_of)}, les plus présents d’abord."))
        items = list(_lapsed(rows.head(most), filters))
        if len(rows) > most:
            items.append(element("li", f"et {wording.counted(len(rows) - most, 'autre')} : ouvrez les données."))
        st.html(element("ol", "".join(items), class_="netstats-actions two-columns", role="list"))


def _lapsed(rows: pd.DataFrame, filters: Filters) -> Iterator[str]:
    for row in rows.to_dict("records"):
        name = links.link("territoire", str(row["code"]), wording.typeset(str(row["name"])), filters)
        seen = "vu à une réunion sans date"
        if isinstance(row["last_seen"], str):
            meeting = links.link("reunion", str(row["meeting_code"]), wording.spoken_date(row["last_seen"]), filters)
            seen = f"vu pour la dernière fois : {meeting}{_ago(row['months'])}"
        themes = f" · {escape(str(row['themes']))}" if isinstance(row["themes"], str) else ""
        missed = ""
        if not wording.is_missing(row["missed"]):
            missed = f" · {wording.counted(row['missed'], 'réunion manquée', 'réunions manquées')}"
            missed = missed if row["missed"] else " · aucune réunion connue de ses réseaux depuis"
        times = wording.counted(row["attendances"], "présence")
        yield element("li", f"{name} ({times}) {element('span', f'{seen}{missed}{themes}', class_='by')}")


def _ago(months: float | None) -> str:
    """Return how long ago that is, in years when it is long; nothing when it is not known, or just now."""
    if months is None or wording.is_missing(months) or months < 1:
        return ""
    whole = int(months)
    return f", il y a {wording.counted(whole // 12, 'an') if whole >= 24 else wording.counted(whole, 'mois', 'mois')}"
