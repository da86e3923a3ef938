"""The pieces a page is made of: the row of key figures, the figure card, the empty selection."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from netstats import model, wording
from netstats.catalogue.chart import Bars
from netstats.catalogue.column import COMPARED, Format
from netstats.catalogue.overview import ACTION_TYPES, INDICATORS, Figure
from netstats.charts import CONFIG, Chart, EvolutionMeasure, key_html, spark_html
from netstats.filters import DIMENSIONS, PERIOD_PARAMETER, Filters
from netstats.period import Period
from netstats.share import drawing, tables
from netstats.ui.base import data, filter_bar, page
from netstats.ui.base.text import element, plain

# px: room for a value and a note, and where it may come for a comparison or small bars, so that nothing jumps
_SHORT, _TALL = 130, 204


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the row at the top of a page.

    Attributes
    ----------
    label, value, definition
        French words; the definition shows behind the (i).
    note
        What the value is known from, or made of; one short line.
    change, direction
        Comparison in words (« +3 ») and its sign; empty when there is nothing to compare with.
    against
        With what it is compared (« par rapport à 2019 »).
    history
        Year → value, oldest first; drawn when there are at least two years and nothing to compare with.
    write
        How those values are said.
    """

    label: str
    value: str
    definition: str
    note: str = ""
    change: str = ""
    direction: int = 0
    against: str = ""
    history: Mapping[int, float | None] = field(default_factory=dict)
    write: Callable[[float | None], str] = wording.number


def key_figures(figures: Sequence[KeyFigure]) -> None:
    """Draw a row of key figures: side by side on a screen, two by two on a phone."""
    height = _TALL if any(figure.history or figure.change for figure in figures) else _SHORT
    with st.grid(len(figures), min_column_width=140, gap="small"):
        for rank, figure in enumerate(figures):
            with st.container(height=height, border=False, gap="xxsmall", key=f"figure-{rank}"):
                st.metric(
                    figure.label,
                    figure.value,
                    figure.change or None,
                    help=figure.definition,
                    # More is not always better: the arrow says the direction, no colour judges it.
                    delta_color="off" if figure.change else "primary",
                    delta_arrow=("off", "up", "down")[figure.direction],
                )
                notes = [figure.against if figure.change else "", figure.note]
                beside = "".join(element("p", escape(wording.typeset(note))) for note in notes if note)
                if len(figure.history) > 1 and not figure.change:
                    years, values = zip(*figure.history.items(), strict=True)
                    beside += spark_html(years, values, page.colours(), write=figure.write)
                if beside:
                    st.html(element("div", beside, class_="netstats-beside"))


@contextmanager
def figure_card(
    figure: Figure, filters: Filters, rows: pd.DataFrame, *, key: str, title: str = "", subject: str = ""
) -> Iterator[bool]:
    """Draw the frame of a figure: title and (i), then what the caller draws, then scope, source and the table behind.

    Yields
    ------
    bool
        Whether there is something to draw; when there is not, that has been said instead.
    """
    with st.container(border=True, height="stretch", key=f"card-{key}"):
        st.header(plain(title or figure.title), help=figure.definition, anchor=False)
        if rows.empty:
            st.info(figure.empty)
        yield not rows.empty
        before, compared = comparison(filters) if figure.compares else (None, "")
        with st.container(key=f"foot-{key}", gap="xsmall"):
            if before is not None:
                _gone(figure, before, rows)
            _footer(figure, filters, compared)
            if not rows.empty:
                table(figure, filters, key=key, subject=subject)


def draw(chart: Chart, *, key: str, on_click: Callable[..., None] | None = None) -> None:
    """Draw a chart with its reading and its key; a click on an element calls `on_click` with what it carries."""
    st.caption(plain(chart.reading))
    options: dict[str, Any] = {}
    if on_click is not None:
        options = {"on_select": lambda: _clicked(key, on_click), "selection_mode": "points"}
    st.plotly_chart(chart.drawing(), key=key, theme=None, config=CONFIG, alt=chart.alt, **options)
    if chart.key:
        st.html(key_html(chart.key, page.colours()))


def chart(
    figure: Figure,
    rows: pd.DataFrame,
    *,
    key: str,
    on_click: Callable[..., None] | None = None,
    selected: Collection[str] = (),
    measure: EvolutionMeasure = "share",
    label: str = "",
) -> None:
    """Draw the chart that a figure declares, then how many bars it leaves out; see `share.drawing.draw`."""
    drawn = drawing.draw(figure, rows, page.colours(), selected=selected, measure=measure, label=label)
    draw(drawn, key=key, on_click=on_click)
    if isinstance(figure.chart, Bars) and figure.chart.most and len(rows) > figure.chart.most:
        one, several = figure.chart.row
        others = wording.counted(len(rows) - figure.chart.most, f"autre {one}", f"autres {several}")
        st.caption(plain(f"et {others}, dans les données."))


def _clicked(key: str, on_click: Callable[..., None]) -> None:
    for point in st.session_state[key].selection.points[:1]:
        carried = point.get("customdata")
        if carried is not None:
            on_click(*([carried] if isinstance(carried, str) else carried))


def comparison(filters: Filters) -> tuple[Filters | None, str]:
    """Return the selection to compare with, if any, and a sentence that says with what, or why with nothing."""
    today = date.today()
    before = filters.before(today)
    if before is not None:
        then = data.ask(INDICATORS, before).iloc[0]
        if then["meetings"] == 0 and then["uncertain_meetings"] > 0:
            undated = wording.counted(then["uncertain_meetings"], "autre a pu s’y tenir", "autres ont pu s’y tenir")
            return None, f"{before.period} : aucune réunion datée, mais {undated} ; pas de comparaison."
        return before, f"Évolution par rapport à {before.period}."
    if filters.period.previous() is not None and filters.is_unfinished(today):
        return None, "Période en cours : elle n’est pas comparée à la précédente."
    return None, ""


def _gone(figure: Figure, before: Filters, rows: pd.DataFrame, *, most: int = 5) -> None:
    """Name what a ranking had in the period before and has no more: the largest falls have no bar."""
    then = data.ask(figure, before, compared=False)
    lost = then[~then["code"].isin(rows["code"])]
    if lost.empty:
        return
    name = next(column for column in ("name", "pair", "kind") if column in lost)
    named = [
        f"{model.VALUES.get(name, {}).get(str(label), str(label))} ({wording.number(value)})"
        for label, value in zip(lost[name].head(most), lost[figure.compares].head(most), strict=True)
    ]
    others = f" et {wording.counted(len(lost) - most, 'autre')}" if len(lost) > most else ""
    st.caption(plain(f"En {before.period}, et plus maintenant : {', '.join(named)}{others}."))


def _footer(figure: Figure, filters: Filters, compared: str) -> None:
    st.caption(
        plain(
            f"{compared} Champ : {figure.scope(filters, data.choices())}. "
            f"Source : {tables.source(figure, data.version())}. "
            f"Mis à jour le {wording.date(data.version().updated_on)}.".lstrip()
        )
    )


def table(figure: Figure, filters: Filters, *, key: str, label: str = "Voir les données", subject: str = "") -> None:
    """Offer the table behind a figure, with its files; nothing of it is asked or made before it is opened."""
    details = st.expander(label, key=f"table-{key}", on_change="rerun", icon=":material/table:")
    if not details.open:
        return
    rows = data.ask(figure, filters, subject)
    version = data.version()
    context: tables.Context = {"filters": filters, "choices": data.choices(), "version": version, "subject": subject}
    is_compared = figure.compares and comparison(filters)[0] is not None
    hidden = figure.technical | (set() if is_compared else set(COMPARED))
    with details:
        with st.container(horizontal=True, key=f"files-{key}"):
            st.download_button(
                "Télécharger (.csv)",
                tables.to_csv(figure, rows, **context),
                tables.file_name(figure, filters, version, "csv", subject),
                "text/csv",
                key=f"csv-{key}",
                icon=":material/download:",
                on_click="ignore",
            )
            st.download_button(
                "Télécharger (.parquet)",
                partial(tables.to_parquet, figure, rows, **context),  # few want it: made when it is asked for
                tables.file_name(figure, filters, version, "parquet", subject),
                "application/vnd.apache.parquet",
                key=f"parquet-{key}",
                icon=":material/download:",
                on_click="ignore",
            )
        st.dataframe(
            tables.readable(rows),
            hide_index=True,
            column_order=[column for column in figure.columns if column not in hidden],
            placeholder="",
            height="content" if len(rows) <= 8 else 318,
            column_config=_columns(figure),
            alt=f"Tableau : {figure.title}",
            key=f"frame-{key}",
        )


def _columns(figure: Figure) -> Mapping[str, Any]:
    made: Mapping[Format, Callable[[str], Any]] = {
        Format.LINK: lambda header: st.column_config.LinkColumn(header, display_text="Ouvrir"),
        Format.SHARE: lambda header: st.column_config.NumberColumn(header, format="percent"),
    }
    return {name: made.get(column.format, str)(column.header) for name, column in figure.columns.items()}


def nothing_done(filters: Filters) -> None:
    """Say that the selection has meetings, but that no action was told there, and offer the way back."""
    st.info("Effacez ou élargissez les filtres.", title=ACTION_TYPES.empty, icon=":material/search_off:")
    if filters.count():
        st.button("Effacer tous les filtres", key="sans-tout", on_click=filter_bar.clear)


def nothing_found(filters: Filters) -> None:
    """Say which filter empties the selection, how much there would be without it, and offer to take it off."""
    ways = [
        (parameter, label, meetings) for parameter, label, without in _relaxed(filters) if (meetings := _count(without))
    ]
    if not filters.count():
        st.info("Mettez des réunions dans data/network, puis relancez netstats.", title="Aucune réunion enregistrée.")
        return
    if filters.count() == 1:
        advice = "Effacez le filtre qui la vide."
    else:
        advice = "Retirez ce qui la vide :" if ways else "Aucun filtre retiré seul n’en donnerait : effacez-les tous."
    st.info(
        advice,
        title="Aucune réunion dans cette sélection.",
        icon=":material/search_off:",
    )
    with st.container(horizontal=True):
        for parameter, label, meetings in ways:
            st.button(
                f"Sans {label} : {wording.counted(meetings, 'réunion')}",
                key=f"sans-{parameter}",
                on_click=filter_bar.clear,
                args=(parameter,),
            )
        national = 0 if filters.networks else _count(replace(filters, networks=("national",)))
        if national:
            st.button(
                f"Activités nationales : {wording.number(national)}",
                key="avec-national",
                on_click=filter_bar.choose,
                args=("reseau", ["national"]),
            )
        st.button("Effacer tous les filtres", key="sans-tout", on_click=filter_bar.clear)


def _count(filters: Filters) -> int:
    return int(data.ask(INDICATORS, filters)["meetings"].iloc[0])


def _relaxed(filters: Filters) -> Iterator[tuple[str, str, Filters]]:
    if filters.count() < 2:
        return
    if filters.period:
        yield PERIOD_PARAMETER, "la période", replace(filters, period=Period())
    for dimension in DIMENSIONS:
        if filters.codes(dimension):
            yield dimension.parameter, f"le filtre {dimension.label.lower()}", filters.without(dimension)
