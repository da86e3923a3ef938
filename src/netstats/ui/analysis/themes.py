"""What the page of the themes is made of: key figures, the course of families and themes, what rises and what fades."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue import overview
from netstats.catalogue import themes as questions
from netstats.filters import Filters
from netstats.share import drawing
from netstats.ui.analysis.theme import measure_choice
from netstats.ui.base import cards, data, filter_bar, indicators, links, lists, nothing
from netstats.ui.base.html import show
from netstats.ui.base.lists import Row
from netstats.ui.base.text import plain

_OF: dict[Literal["families", "themes"], str] = {"families": "Familles", "themes": "Thèmes"}
_MOST_SHIFTS = 12
_MOST_SILENT = 12


def key_figures(filters: Filters) -> bool:
    """Draw the row of key figures; return False, and draw the way back instead, when the selection has nothing."""
    now = data.ask(overview.INDICATORS, filters).iloc[0]
    if now["meetings"] == 0:
        nothing.found(filters)
        return False
    indicators.row(questions.MEASURES, questions.in_brief(now, data.ask(questions.TRENDS, filters)), filters)
    return True


def evolution(filters: Filters) -> None:
    """Draw the card of families or themes over time, as shares or counts."""
    of = st.session_state.get("evolution-de", "families")
    figure = questions.EVOLUTION if of == "themes" else questions.FAMILY_EVOLUTION
    rows = data.ask(figure, filters)
    with cards.figure_card(figure, filters, rows, key="evolution") as drawable:
        if not drawable:
            return
        with st.container(horizontal=True, gap="small"):
            cards.one_of("Ce qui est compté", _OF, key="evolution-de")
            measure = measure_choice("evolution-mesure")
        cards.chart(
            figure,
            rows,
            measure=measure,
            key=figure.name,  # a click in one is none in the other
            on_click=partial(links.open_later, "theme")
            if of == "themes"
            else (lambda code: _keep_family(code, filters)),
        )
        lists.undated(data.ask(overview.MEETINGS, filters), filters, axis="hors de ces barres")


def trends(filters: Filters) -> None:
    """Draw the card of the themes that rise or fade, where there are meetings enough, and of those met no more."""

    def draw(rows: pd.DataFrame) -> None:
        if questions.clear_trends(rows).empty:
            _no_trend(rows)
        else:
            _clear(rows)
        _silent(rows, filters)

    cards.card(questions.TRENDS, filters, draw, key="tendances")


def _clear(rows: pd.DataFrame) -> None:
    cards.chart(questions.TRENDS, rows, key="tendances", on_click=partial(links.open_later, "theme"))
    smaller = len(questions.clear_trends(rows)) - len(drawing.clearest(rows, _MOST_SHIFTS))
    steady, few = (int(rows["trend"].eq(trend).sum()) for trend in ("sans tendance nette", questions.TOO_FEW))
    others = [
        f"{wording.number(count)} {said}"
        for count, said in (
            (smaller, "à l’écart plus petit"),
            (steady, "sans tendance nette"),
            (few, "avec trop peu de réunions pour le dire"),
        )
        if count
    ]
    if others:
        st.caption(plain(f"Autres thèmes : {wording.listing(others)}."))


def _no_trend(rows: pd.DataFrame) -> None:
    if rows["trend"].ne(questions.TOO_FEW).any():
        st.info("Les écarts entre la première et la seconde moitié des réunions restent petits.", title="Rien de net.")
        return
    dated = int(rows["early_total"].iloc[0] + rows["late_total"].iloc[0])
    st.info(
        plain(
            f"{wording.counted(dated, 'réunion datée', 'réunions datées')} aux thèmes connus : il en faut au moins 20, "
            "et 5 sur un même thème."
        ),
        title="Trop peu de réunions pour dire qu’un thème monte ou s’efface.",
    )


def _silent(rows: pd.DataFrame, filters: Filters) -> None:
    """Say which themes are met no more, and when each was met first and last."""
    st.subheader("Qui ne sont plus abordés", anchor=False)
    left = rows[rows["is_silent"]].sort_values(["last_seen", "code"])
    if left.empty:
        st.caption("Aucun thème n’est resté de côté pendant 24 mois et 5 réunions datées.")
    else:
        told = [{**row, "said": _silence(row)} for row in lists.rows(left.head(_MOST_SILENT))]
        show("themes-silent", themes=told, **lists.linked(filters))
    if len(left) > _MOST_SILENT:
        st.caption(plain(f"et {wording.counted(len(left) - _MOST_SILENT, 'autre')} : ouvrez les données."))
    undated = rows[rows["last_seen"].isna()]
    if len(undated):
        show("themes-undated", themes=list(lists.rows(undated)), **lists.linked(filters))


def _silence(row: Row) -> str:
    first, last = _on(row["first_seen"]), _on(row["last_seen"])
    when = last if first == last else f"la première {first}, la dernière {last}"
    since = wording.counted(row["meetings_since"], "réunion datée", "réunions datées")
    undated = row["meetings"] - row["early_meetings"] - row["late_meetings"]
    doubt = f" dont {wording.number(undated)} sans date" if undated else ""
    return f"{wording.counted(row['meetings'], 'réunion')}{doubt}, {when} ; {since} depuis"


def _on(known: str) -> str:
    """Return a date as far as it is known (« 2020-05-06 », « 2020-05 ») as one says it: « le 6 mai 2020 »."""
    return f"{'le' if len(known) == len('2020-05-06') else 'en'} {wording.spoken_date(known)}"


def grid(figure: overview.Figure, filters: Filters, *, key: str, attribute: str) -> None:
    """Draw the card of a grid of themes by something else; a click on a cell keeps both its theme and its column.

    `attribute` is the one of Filters that a column is a choice of.
    """

    def keep(theme: str, code: str) -> None:
        kept: dict[str, Any] = {"themes": (theme,), attribute: (code,)}
        filter_bar.reopen("themes", replace(filter_bar.current(), **kept))

    cards.chart_card(figure, filters, key=key, on_click=keep)


def _keep_family(code: str, filters: Filters) -> None:
    """Keep the themes of a family that the selection has met."""
    met = data.ask(overview.THEMES, filters)
    families = data.ask(questions.FAMILY_EVOLUTION, filters).drop_duplicates("code").set_index("code")["family_rank"]
    filter_bar.choose("theme", met.loc[met["family_rank"] == families[code], "code"].tolist())
