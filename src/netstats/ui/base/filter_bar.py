"""The filter bar that every page shares: one line on a screen, behind one button on a phone, kept in the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from netstats import wording
from netstats.catalogue.meetings import LAST_MEETING
from netstats.filters import DIMENSIONS, PARAMETERS, PERIOD_PARAMETER, Dimension, Filters, read_address, read_period
from netstats.period import Period, presets
from netstats.share import tables
from netstats.ui.base import data, html, page
from netstats.ui.base.text import plain

_OPEN = "filtres_ouverts"
_NOTICES = "filtres_avertissements"
_SELECTION = "selection"
# With the box that lays it out, which would leave its gap.
_OUT_OF_SIGHT = '<style>[data-testid="stLayoutWrapper"]:has(> .st-key-filters) { display: none; }</style>'


def show(
    opened: StreamlitPage,
    *,
    is_titled: bool = False,
    is_data: bool = False,
    beside: Callable[[], None] | None = None,
) -> None:
    """Draw the sentence of the selection, the bar under it, and what could not be understood.

    `beside` draws what stands at the right of the title, on a phone under it.

    The sentence is the title of the page `opened`, unless that draws its own (`is_titled`), what it is about. No filter
    rules a page of the data, nor any page before the first meeting: its title is its name, and its bar is out of sight;
    there all the same, it keeps the selection and the address.
    """
    data.look_up_version()
    _read_address_once(opened)
    heading = st.container(key="selection")
    filters: Filters = _bar()
    st.session_state[_SELECTION] = filters
    with heading:
        if beside is not None and data.scopes():
            heading, corner = st.columns([3, 1], gap="small")
            with corner.container(key="town"):
                beside()
    with heading:
        if data.version().fictional:
            html.show("fictional", said=tables.FICTIONAL)
        st.caption(plain(f"netstats · réseaux prévention-sécurité du FFSU · {opened.title}{_freshness(filters)}"))
        sentence = filters.sentence(data.choices(), whole=False)
        is_ruled = data.scopes() and not is_data
        if not is_ruled:
            st.html(_OUT_OF_SIGHT)
        if is_titled and data.scopes():
            st.caption(plain(f"Sélection : {sentence}"))
        else:
            st.title(plain(sentence if is_ruled else opened.title), anchor=False)
    for notice in st.session_state.pop(_NOTICES, []):
        st.warning(plain(notice))


def _freshness(filters: Filters) -> str:
    """Return how far the activity is known, whatever the period, and when the data was last put in."""
    if not data.scopes():
        return ""
    known = last_known(filters)
    last = f"dernière réunion connue : {known}" if known else "aucune réunion datée connue"
    return f" · {last} · données au {wording.date(data.version().updated_on)}"


def last_known(filters: Filters) -> str:
    """Return the day of the latest meeting of the selected networks and places, in French; empty when none is known."""
    last = data.ask(LAST_MEETING, filters)
    if last.empty:
        return ""
    row = last.iloc[0]
    is_series = row["date_precision"] == "day" and not wording.is_missing(row["held_until"])
    return wording.date(row["held_until" if is_series else "held_on"], row["date_precision"])


def current() -> Filters:
    """Return the selection, for a page: the bar has been drawn before it runs."""
    filters: Filters = st.session_state[_SELECTION]
    return filters


def notify(*sentences: str) -> None:
    """Tell something above the page that the next run draws, from a callback."""
    st.session_state[_NOTICES] = [*st.session_state.get(_NOTICES, []), *sentences]


def choose(parameter: str, codes: list[str]) -> None:
    """Set one filter from a callback (a click on a chart)."""
    st.session_state[parameter] = codes


def keep_network(name: str, *_: str) -> None:
    """Keep one network, by its name, from a callback (a cell of the time axis)."""
    choose("reseau", [code for code, label in data.choices()["reseau"].items() if label == name])


def choose_period(label: str) -> None:
    """Set the period from a callback, by the label of a bar (« T2 2021 »); let it go when it was the one.

    An empty cell of a calendar has no label.
    """
    if label:
        period = Period.parse(label)
        st.session_state[PERIOD_PARAMETER] = None if current().period == period else str(period)


def reopen(there: str, filters: Filters, **others: str) -> None:
    """Open a page under another selection, from a callback: several filters set one by one are as many steps back."""
    address = {**others, **filters.to_address(data.choices())}
    page.go_to(f"{there}?{urlencode(address, doseq=True)}")


def toggle(parameter: str, code: str) -> None:
    """Filter on one code from a callback, or stop when it was the only one chosen."""
    choose(parameter, [] if list(st.session_state.get(parameter, [])) == [code] else [code])


def clear(*parameters: str) -> None:
    """Take filters off from a callback: those named, or all of them."""
    for parameter in parameters or PARAMETERS:
        st.session_state[parameter] = None if parameter == PERIOD_PARAMETER else []


def _read_address_once(opened: StreamlitPage) -> None:
    """Take the selection of the address on arrival.

    The widgets read it themselves, but know their own options only (`?departement=Nord+(59)`). A link written
    elsewhere carries codes (`?departement=59`): it is opened again in the words of the widgets. What is not known is
    told, not dropped in silence.
    """
    if _NOTICES in st.session_state or _SELECTION in st.session_state:
        return
    asked = {name: values for name in PARAMETERS if (values := st.query_params.get_all(name))}
    filters, unknown = read_address(asked, data.choices())
    st.session_state[_NOTICES] = list(map(str, unknown))
    address = filters.to_address(data.choices())
    if address != asked:
        others = {name: st.query_params.get_all(name) for name in st.query_params if name not in PARAMETERS}
        st.switch_page(opened, query_params=others | address)


def _bar() -> Filters:
    """Draw the bar. The buttons follow from the selection, so they are filled in once the widgets have spoken.

    The style sheet keeps it in sight while one scrolls.
    """
    with st.container(key="filters", gap="xsmall"):
        return _filters()


def _filters() -> Filters:
    phone_button = st.container(key="filter-button")
    # The style sheet hides this button on a wide screen, and the bar on a phone until the button is pressed.
    is_open = st.session_state.get(_OPEN, False)
    with st.container(
        key="filter-bar-open" if is_open else "filter-bar",
        horizontal=True,
        gap=6,
    ):
        with st.container(key="filter-period", horizontal=True, gap=None, wrap=False):
            before = st.container(key="filter-period-before", width="content")
            period_choice()
            after = st.container(key="filter-period-after", width="content")
        for dimension in DIMENSIONS:
            choice(dimension)
        eraser = st.container(width="content")
        copy_link("barre")
    filters = chosen()
    count = filters.count()
    with before:
        _step("Période précédente", "periode-avant", ":material/chevron_left:", filters.period.previous())
    with after:
        _step("Période suivante", "periode-apres", ":material/chevron_right:", filters.period.next())
    eraser.button(
        "Effacer",
        key="effacer",
        help="Retirer tous les filtres",
        icon=":material/close:",
        type="tertiary",
        disabled=count == 0,
        on_click=clear,
    )
    label = "Masquer les filtres" if is_open else "Filtrer"
    phone_button.button(
        f"{label} ({count})" if count else label,
        key="filtres",
        icon=":material/tune:",
        width="stretch",
        on_click=lambda: st.session_state.update({_OPEN: not is_open}),
    )
    return filters


def copy_link(place: str, width: Literal["content", "stretch"] = "content") -> None:
    """Draw the button that copies the address of the page: it opens the same screen, on a server for a colleague too.

    The browser copies (clicks.js); `place` tells one button of a page from another. That of the bar is an icon.
    """
    st.button(
        "Copier le lien",
        key=f"copier-lien-{place}",
        icon=":material/link:",
        help=f"L’adresse de cette page rouvre le même écran{'' if _is_local() else ', chez un collègue aussi'}."
        if width == "content"
        else None,
        type="tertiary" if width == "content" else "secondary",
        width=width,
        on_click=_link_copied,
    )


def _link_copied() -> None:
    where = "il ne s’ouvre que sur cet ordinateur. Pour un collègue : « Présenter » ou « Imprimer »"
    st.toast(f"Lien copié : {where if _is_local() else 'collez-le dans un message'}.", icon=":material/check:")


def _is_local() -> bool:
    """Return whether the address of the page means nothing on another computer."""
    return urlsplit(str(st.context.url or "")).hostname in ("localhost", "127.0.0.1", "::1")


def period_choice(prefix: str = "") -> None:
    """Draw the choice of a period; that of another selection, by the prefix of its widgets, is not in the address."""
    known = data.years()
    st.selectbox(
        "Période",
        [str(preset) for preset in presets(*known)] if known else [],
        index=None,
        key=prefix + PERIOD_PARAMETER,
        bind=None if prefix else "query-params",
        placeholder="Toutes les dates",
        accept_new_options=True,
        on_change=_tidy_period,
        args=(prefix, chosen(prefix).period),
    )


def _step(label: str, key: str, icon: str, target: Period | None) -> None:
    st.button(
        label,  # read aloud; the style sheet shows the arrow only
        key=key,
        icon=icon,
        help=label if target is None else f"{label} : {target}",
        disabled=target is None,
        on_click=lambda: st.session_state.update({PERIOD_PARAMETER: str(target)}),
    )


def _tidy_period(prefix: str, before: Period) -> None:
    """Write a typed period the way netstats says it, or tell that it is none: what was chosen before stays."""
    period, notices = read_period(st.session_state[prefix + PERIOD_PARAMETER] or "")
    st.session_state[prefix + PERIOD_PARAMETER] = str(before if notices else period) or None
    st.session_state[_NOTICES] = notices


def choice(dimension: Dimension, prefix: str = "") -> None:
    """Draw the choice of one filter, see `period_choice`."""
    labels = data.choices()[dimension.parameter]
    st.multiselect(
        dimension.label,
        list(labels),
        format_func=lambda code: dimension.option(code, labels[code]),
        key=prefix + dimension.parameter,
        bind=None if prefix else "query-params",
        select_all=False,
        placeholder="Toutes" if dimension.parameter == "region" else "Tous",
        wrap=True,  # a chip is read whole
    )


def chosen(prefix: str = "") -> Filters:
    """Return the selection as the widgets' state holds it; a code that does not exist is not let in."""
    period, _ = read_period(st.session_state.get(prefix + PERIOD_PARAMETER) or "")
    labels = data.choices()
    codes = {
        dimension.attribute: tuple(
            code
            for code in st.session_state.get(prefix + dimension.parameter, [])
            if code in labels[dimension.parameter]
        )
        for dimension in DIMENSIONS
    }
    return Filters(period=period, **codes)
