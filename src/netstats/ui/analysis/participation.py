"""Who was at which meeting, as a table one reads across; and whom to call back."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from netstats import choices, wording
from netstats.catalogue.meetings import LAST_MEETING
from netstats.catalogue.overview import DEPARTMENTS, TERRITORIES
from netstats.catalogue.participation import ASSIDUITY, ATTENDANCE_GRID, LAPSED, MEMBERSHIP, NETWORKS
from netstats.filters import Filters
from netstats.ui.base import cards, data, filter_bar, links, lists, places
from netstats.ui.base.html import show
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain

_NETWORK = "grille-reseau"
_ALL = ""  # networks
_MOST_ROWS = 25  # a page of the table
_MOST_COLUMNS = 24  # meetings, the latest
_MOST_TO_CALL = 12
_MOST_COVERED = 12
_LONG_AGO = timedelta(days=731)
_SIGNS = {
    True: ("●", "présent", "here"),
    False: ("·", "absent", "away"),
    None: ("?", "non dit par la source", "unsaid"),
}


def attendance(filters: Filters) -> None:
    """Draw the card of who comes: all of them by how often they came, or those of one network meeting by meeting."""
    networks = data.ask(NETWORKS, filters)
    named = {_ALL: "Tous les réseaux"} if len(networks) > 1 else {}
    named |= dict(zip(networks["code"], networks["name"], strict=True))
    asked = str(st.session_state.get(_NETWORK, ""))
    network = asked if asked in named else next(iter(named), _ALL)
    figure = ATTENDANCE_GRID if network else TERRITORIES
    rows = data.ask(figure, filters, network)
    title = f"Qui vient, réunion par réunion : réseau {named[network]}" if network else "Qui vient, et combien de fois"
    with cards.figure_card(figure, filters, rows, key="grille", title=title, subject=network) as drawable:
        if len(named) > 1:
            st.pills(
                "Réseau",
                list(named),
                format_func=lambda code: plain(named[code]),
                default=network,
                required=True,
                key=_NETWORK,
                label_visibility="collapsed",
            )
        if drawable and network:
            _table(rows, filters, key=f"grille-page-{network}")
        elif drawable:
            open_sheet = partial(links.open_later, "territoire")
            cards.chart(TERRITORIES, rows, key="territoires", on_click=open_sheet)
        if drawable:
            cards.table(ASSIDUITY, filters, key="assiduite", label="Voir l’assiduité de chacun")


def coverage(filters: Filters) -> None:
    """Draw the card of where the participants are: the map, and the departments that they cover best beside it."""
    departments, territories = data.ask(DEPARTMENTS, filters), data.ask(TERRITORIES, filters)
    title = "Population et communes couvertes"
    with cards.figure_card(DEPARTMENTS, filters, departments, key="carte", title=title) as drawable:
        if not drawable:
            return
        measure = places.measure_choice()
        where, ranking = st.columns(2, gap="medium")
        with where:
            places.show(filters, territories, measure)
        covered = departments[departments["share_covered"].fillna(0) > 0]
        if not covered.empty:
            with ranking:
                cards.chart(
                    DEPARTMENTS,
                    covered,
                    key="couverture",
                    most=_MOST_COVERED,
                    selected=filters.departments,
                    on_click=partial(filter_bar.toggle, "departement"),
                )


def _table(rows: pd.DataFrame, filters: Filters, *, key: str) -> None:
    # The latest meeting first: a phone shows the first columns. Undated ones last.
    territories = rows.drop_duplicates("code")
    meetings = rows.drop_duplicates("meeting_code")
    shown = meetings[meetings["held_on"].notna()].tail(_MOST_COLUMNS)[::-1]
    shown = pd.concat([shown, meetings[meetings["held_on"].isna()].head(max(0, _MOST_COLUMNS - len(shown)))])
    first = territories.iloc[0]
    known = int(rows.loc[rows["code"] == first["code"], "present"].notna().sum())
    reading = (
        f"Lecture : {first['name']} était à {wording.counted(first['attendances'], 'réunion')} sur "
        f"{wording.number(known)} dont les présents sont connus."
    )
    left_out = len(meetings) - len(shown)
    if left_out:
        reading += f" Les {len(shown)} dernières sont montrées, les {left_out} autres sont dans les données."
    st.caption(plain(reading))
    titles = [{**row, "when": _when(row)} for row in lists.rows(shown)]
    with page_of(len(territories), _MOST_ROWS, key=key) as part:
        on_page = territories.iloc[part]
        cells = rows[rows["code"].isin(on_page["code"])].set_index(["code", "meeting_code"])["present"]
        present = {key: None if pd.isna(value) else bool(value) for key, value in cells.items()}
        lines = [
            {**row, "signs": [_SIGNS[present.get((row["code"], code))] for code in shown["meeting_code"]]}
            for row in lists.rows(on_page)
        ]
        show("participation-grid", meetings=titles, rows=lines, **lists.linked(filters))


def _when(row: lists.Row) -> str:
    known = not pd.isna(row["held_on"])
    return wording.date(row["held_on"], row["date_precision"], short=True) if known else "sans date"


def membership(filters: Filters) -> None:
    """Draw the card of the members of the FFSU among those who came; what the source does not say is said so."""

    def draw(rows: pd.DataFrame) -> None:
        labels = choices.VALUES["membership"]
        show("participation-membership", rows=[(labels[row["membership"]], row) for row in lists.rows(rows)])
        if rows["territories"].sum() > data.ask(TERRITORIES, filters)["code"].nunique():
            st.caption("Un territoire peut compter dans plusieurs lignes, d’une réunion à l’autre.")

    cards.card(MEMBERSHIP, filters, draw, key="membres")


def to_call_back(filters: Filters) -> None:
    """Draw the card « À relancer »: who came and no longer does, last seen when and at which theme."""

    def draw(rows: pd.DataFrame) -> None:
        count = wording.counted(len(rows), "territoire")
        as_of = min(filters.period.until or date.today(), date.today())
        st.caption(plain(f"Lecture : {count} à relancer au {wording.date(as_of)}, les plus présents d’abord."))
        others = len(rows) - _MOST_TO_CALL
        show(
            "participation-lapsed",
            rows=[_lapsed(row) for row in lists.rows(rows.head(_MOST_TO_CALL))],
            rest=f"et {wording.counted(others, 'autre')} : ouvrez les données." if others > 0 else "",
            **lists.linked(filters),
        )

    cards.card(LAPSED, filters, draw, key="relancer", empty=_stopped(filters))


def _stopped(filters: Filters) -> str:
    """Return that the activity itself stopped, where that is why nobody is to be called back; otherwise nothing."""
    last = data.ask(LAST_MEETING, filters)
    if filters.period.until or last.empty or date.today() - last["held_on"].iloc[0].date() < _LONG_AGO:
        return ""
    known = filter_bar.last_known(filters)
    return f"Dernière réunion connue : {known}. L’activité connue s’est arrêtée : personne n’y a manqué depuis."


def _lapsed(row: lists.Row) -> lists.Row:
    return {**row, "seen": wording.spoken_date(row["last_seen"]), "ago": _ago(row["months"])}


def _ago(months: float | None) -> str:
    """Return how long ago that is, in years when it is long; nothing when it is not known, or just now."""
    if months is None or wording.is_missing(months) or months < 1:
        return ""
    whole = int(months)
    return f", il y a {wording.counted(whole // 12, 'an') if whole >= 24 else wording.counted(whole, 'mois', 'mois')}"
