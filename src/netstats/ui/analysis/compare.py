"""Two selections side by side: the second one is chosen under the first, then both are shown alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from netstats import charts, wording
from netstats.catalogue import overview, themes
from netstats.catalogue.figure import Figure
from netstats.charts import Chart, KeyEntry, Palette
from netstats.filters import DIMENSIONS, FACE_PARAMETER, PERIOD_PARAMETER, Filters, within
from netstats.share import side_by_side
from netstats.share.selection import Selection
from netstats.ui.base import cards, data, filter_bar, html, links, page, places
from netstats.ui.base.signs import key_of
from netstats.ui.base.text import plain

_BAR = "face-"  # before the keys of the second bar
_READ = "face_lue"  # what the address said when it was last read or written
_TWO_OF = ("region", "departement", "reseau")
_MOST_PAIRS = 12
_MOST_FAMILIES = 6
_MOST_TERRITORIES = 10

_T = TypeVar("_T")


def choose(filters: Filters) -> Filters:
    """Draw the bar of the second selection; return it: what the address sets beside, else the last one, or everything.

    A page that was left has forgotten what its bar held.
    """
    last, is_drawn_anew = st.session_state.get(_READ), _BAR + PERIOD_PARAMETER not in st.session_state
    if FACE_PARAMETER not in st.query_params and last is not None:
        st.query_params[FACE_PARAMETER] = last
    if (is_drawn_anew or st.query_params.get(FACE_PARAMETER) != last) and (second := links.face()) is not None:
        _set(second)
    with st.container(key="face", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="face-bar"):
            st.markdown("**Face à**", width="content")
            with st.container(key="face-period", horizontal=True, gap=None, wrap=False):
                filter_bar.period_choice(_BAR)
            for dimension in DIMENSIONS:
                filter_bar.choice(dimension, _BAR)
        second = filter_bar.chosen(_BAR)
        _ways(filters, second)
    st.session_state[_READ] = st.query_params[FACE_PARAMETER] = second.to_face(data.choices())
    return second


def _ways(filters: Filters, second: Filters) -> None:
    """Offer what one compares with most often."""
    everywhere = replace(filters, regions=(), departments=(), networks=())
    offered = {} if everywhere == filters else {"Toute la France": (filters, everywhere)}
    if (previous := filters.period.previous()) is not None:
        offered[f"La période précédente : {previous}"] = (filters, replace(filters, period=previous))
    for dimension in DIMENSIONS:
        if dimension.parameter in _TWO_OF and len(filters.codes(dimension)) == 2:
            kept: list[dict[str, Any]] = [{dimension.attribute: (code,)} for code in filters.codes(dimension)]
            one, other = (replace(filters, **codes) for codes in kept)
            names = (each.apart(its, data.choices()) for each, its in ((one, other), (other, one)))
            offered[" face à ".join(names)] = (one, other)
    with st.container(horizontal=True, vertical_alignment="center"):
        for rank, (label, both) in enumerate(offered.items()):
            if both != (filters, second):
                st.button(plain(label), key=f"face-avec-{rank}", type="tertiary", on_click=_set_both, args=both)
        if not second.is_as(filters) and all(map(_has_meetings, (filters, second))):
            address = {**filters.to_address(data.choices()), FACE_PARAMETER: [second.to_face(data.choices())]}
            there = "pages/share/present.py"
            st.page_link(there, label="Présenter côte à côte", icon=":material/slideshow:", query_params=address)


def _set(second: Filters) -> None:
    st.session_state[_BAR + PERIOD_PARAMETER] = str(second.period) or None
    for dimension in DIMENSIONS:
        st.session_state[_BAR + dimension.parameter] = list(second.codes(dimension))


def _set_both(first: Filters, second: Filters) -> None:
    """Choose both selections, from a callback."""
    for dimension in DIMENSIONS:
        if first.codes(dimension) != filter_bar.current().codes(dimension):
            filter_bar.choose(dimension.parameter, list(first.codes(dimension)))
    _set(second)


def title(filters: Filters, second: Filters) -> str:
    """Return what the page is about: both selections, the second one by what tells it from the first."""
    if second.is_as(filters):
        return _said(filters)
    return f"{_said(filters)} face{wording.NO_BREAK}à {within(second.apart(filters, data.choices()))}"


def are_comparable(filters: Filters, second: Filters) -> bool:
    """Return whether there are two selections with meetings; say it, when not."""
    if second.is_as(filters):
        st.info(
            "Choisissez une autre région, un autre département, réseau ou une autre période sur la ligne « Face à ».",
            title="Les deux sélections sont les mêmes.",
        )
        return False
    empty = [one for one in (filters, second) if not _has_meetings(one)]
    for one in empty:
        st.info("Élargissez-la, ou choisissez-en une autre.", title=plain(f"Aucune réunion : {_said(one)}."))
    return not empty


def _has_meetings(filters: Filters) -> bool:
    return bool(data.ask(overview.INDICATORS, filters)["meetings"].iloc[0])


def _said(filters: Filters) -> str:
    return filters.sentence(data.choices(), whole=False)


# --- what is shown


def figures(first: Selection, second: Selection) -> None:
    """Draw the key figures of both, a line each."""
    with _card(overview.INDICATORS, first, second, key="face-chiffres"):
        html.show(
            "compare-figures",
            heads=[key_of([entry], page.colours()) for entry in _entries(first, second)],
            rows=side_by_side.key_figures(first, second),
        )


def ranking(figure: Figure, first: Selection, second: Selection, *, key: str) -> None:
    """Draw a ranking of both as pairs of bars."""
    with _card(figure, first, second, key=key):
        body = side_by_side.ranking(figure, first, second)
        if body is None:
            st.info(plain(figure.empty))
            return
        rest = body.rest(most=_MOST_PAIRS)
        cards.draw(partial(body.chart, most=_MOST_PAIRS), key=key, rest=f"{rest}, dans les données." if rest else "")


def evolution(first: Selection, second: Selection) -> None:
    """Draw the families of themes year by year, on one scale; nothing where a single year says no course."""
    figure = themes.FAMILY_YEARS
    both = pd.concat([one.rows(figure).assign(side=side) for side, one in enumerate((first, second))])
    if both["period_start"].nunique() < 2:
        return
    counts = both.groupby("code")["meetings"].sum().sort_values(ascending=False, kind="stable")
    kept = both[both["code"].isin(counts.index[:_MOST_FAMILIES])].assign(label=lambda rows: rows["name"])
    with _card(figure, first, second, key="face-evolution"):
        for side, rows in _columns(first, second, [kept[kept["side"] == side] for side in (0, 1)]):
            if rows.empty:
                st.info(plain(figure.empty))
                continue
            drawn = partial(_course, side_by_side.over_years(rows, kept), figure.title)
            cards.draw(drawn, key=f"face-evolution-{side}")


def _course(rows: pd.DataFrame, title: str, colours: Palette) -> Chart:
    return charts.evolution_bars(rows, palette=colours, title=title, highest=1.0, as_given=True)


def coverage(first: Selection, second: Selection) -> None:
    """Draw the maps of both."""
    with _card(overview.DEPARTMENTS, first, second, key="face-carte", title="Population couverte"):
        for side, one in _columns(first, second, [first, second]):
            drawn = partial(places.map_of, one.filters, one.rows(overview.TERRITORIES), "share_covered")
            cards.draw(drawn, key=f"face-carte-{side}")


def territories(first: Selection, second: Selection) -> None:
    """Draw who came most to each."""
    figure = overview.TERRITORIES
    with _card(figure, first, second, key="face-territoires", title="Les territoires les plus présents"):
        for side, rows in _columns(first, second, [one.rows(figure, compared=False) for one in (first, second)]):
            if rows.empty:
                st.info(plain(figure.empty))
                continue
            cards.chart(
                figure,
                rows,
                key=f"face-territoires-{side}",
                on_click=partial(links.open_later, "territoire"),
                most=_MOST_TERRITORIES,
                tint=None if side == 1 else _quiet,
            )


def _quiet(colours: Palette) -> Palette:
    return replace(colours, accent=colours.rest)


@contextmanager
def _card(figure: Figure, first: Selection, second: Selection, *, key: str, title: str = "") -> Iterator[None]:
    """Draw a card around what the caller draws; under it the tables of both."""
    with st.container(border=True, key=f"card-{key}"):
        st.header(plain(title or figure.title), help=figure.definition, anchor=False)
        yield
        named = zip(st.columns(2), (first, second), side_by_side.names(first, second), strict=True)
        for side, (column, one, name) in enumerate(named, start=1):
            with column:
                cards.table(figure, one.filters, key=f"{key}-{side}", label=plain(f"Voir les données : {name}"))


def _columns(first: Selection, second: Selection, shown: Sequence[_T]) -> Iterator[tuple[int, _T]]:
    """Draw two columns under the signs of the selections; yield which, and what is shown there."""
    entries = _entries(first, second)
    for side, (column, entry, one) in enumerate(zip(st.columns(2), entries, shown, strict=True), start=1):
        with column:
            st.html(key_of([entry], page.colours()))
            yield side, one


def _entries(first: Selection, second: Selection) -> list[KeyEntry]:
    """Return the signs by which the selections are told from each other everywhere on the page."""
    colours = page.colours()
    one, other = side_by_side.names(first, second)
    return [KeyEntry(one, colours.accent), KeyEntry(other, colours.rest)]
