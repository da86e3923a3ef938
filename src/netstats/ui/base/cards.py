"""The pieces a page is made of: the row of key figures, the card of a figure, its chart, the table behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import partial
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from netstats import choices, wording
from netstats.catalogue.chart import Bars
from netstats.catalogue.column import COMPARED, Format
from netstats.catalogue.comparison import Comparison
from netstats.catalogue.comparison import comparison as compare
from netstats.catalogue.measure import KeyFigure
from netstats.catalogue.overview import Figure
from netstats.charts import CONFIG, Chart, EvolutionMeasure, Palette
from netstats.filters import Filters
from netstats.intake.labels import guarded
from netstats.share import drawing, plainly, tables
from netstats.ui.base import data, files, foot, html, page, sentence
from netstats.ui.base.signs import key_of, year_bars
from netstats.ui.base.text import plain

_MOST_GONE = 5

# The charts of the card that is being drawn.
_of_the_card: ContextVar[list[files.Drawn]] = ContextVar("_of_the_card")

_T = TypeVar("_T")
OnClick = Callable[..., None]
"""What a click on an element of a chart does with what the element carries, from a callback."""


def key_figures(figures: Sequence[KeyFigure]) -> None:
    """Draw a row of key figures, the definition behind the (i): side by side on a screen, two by two on a phone."""
    with st.grid(len(figures), min_column_width=140, gap="small"):
        for rank, figure in enumerate(figures):
            with st.container(gap="xxsmall", key=f"figure-{rank}"):
                st.metric(
                    figure.label,
                    figure.value,
                    figure.change or None,
                    help=figure.definition,
                    # More is not always better: the arrow says the direction, no colour judges it.
                    delta_color="off" if figure.change else "primary",
                    delta_arrow=("off", "up", "down")[figure.direction],
                )
                notes = [note for note in (figure.against, figure.note) if note]
                spark = ""
                if len(figure.history) > 1 and not figure.change:
                    years, values = zip(*figure.history.items(), strict=True)
                    spark = year_bars(years, values, page.colours(), write=figure.write)
                if notes or spark:
                    html.show("figure-beside", notes=notes, spark=spark)


@contextmanager
def figure_card(
    figure: Figure,
    filters: Filters,
    rows: pd.DataFrame,
    *,
    key: str,
    title: str = "",
    subject: str = "",
    empty: str = "",
) -> Iterator[bool]:
    """Draw the card of a figure: title and (i), then what the caller draws, then the table behind.

    Scope and source stand at the foot of the page; here only where they differ. It yields whether there is something
    to draw; when there is not, that has been said instead.
    """
    with st.container(border=True, key=f"card-{key}"):
        st.header(plain(title or figure.title), help=figure.definition, anchor=False)
        if rows.empty:
            st.info(plain(empty or figure.empty))
        drawn: list[files.Drawn] = []
        around = _of_the_card.set(drawn)
        yield not rows.empty
        _of_the_card.reset(around)
        base = comparison(filters) if figure.compares else Comparison()
        differing = foot.differing(figure, filters, evolution=base.sentence if base.before else "")
        with st.container(key=f"foot-{key}", gap="xsmall"):
            if base.before is not None:
                _gone(figure, base.before, rows)
            if differing:
                st.caption(plain(differing))
            if not rows.empty:
                table(figure, filters, key=key, subject=subject, title=title, drawn=drawn)


def card(
    figure: Figure,
    filters: Filters,
    draw: Callable[[pd.DataFrame], None],
    *,
    key: str,
    rows: pd.DataFrame | None = None,
    title: str = "",
    subject: str = "",
    empty: str = "",
) -> None:
    """Draw the card of a figure with what `draw` makes of all that it answers, or of some `rows`, if there is any."""
    rows = data.ask(figure, filters, subject) if rows is None else rows
    with figure_card(figure, filters, rows, key=key, title=title, subject=subject, empty=empty) as drawable:
        if drawable:
            draw(rows)


def chart_card(
    figure: Figure,
    filters: Filters,
    *,
    key: str,
    rows: pd.DataFrame | None = None,
    title: str = "",
    subject: str = "",
    on_click: OnClick | None = None,
    selected: Collection[str] = (),
    label: str = "",
) -> None:
    """Draw the card of a figure with the chart that it declares, see `card` and `share.drawing.draw`."""
    draw = partial(chart, figure, key=key, on_click=on_click, selected=selected, label=label)
    card(figure, filters, draw, key=key, rows=rows, title=title, subject=subject)


def chart(
    figure: Figure,
    rows: pd.DataFrame,
    *,
    key: str,
    on_click: OnClick | None = None,
    selected: Collection[str] = (),
    measure: EvolutionMeasure = "share",
    label: str = "",
    most: int | None = None,
    tint: Callable[[Palette], Palette] | None = None,
) -> None:
    """Draw the chart that a figure declares, then how many bars it leaves out; see `share.drawing.draw`.

    What a chart would say no better is said instead, see `share.plainly`. `most` bars where there is less room than on
    a card; `tint` changes colours of the page.
    """
    if (said := plainly.instead(figure, rows, label=label)) is not None:
        sentence.show(said, key=key, on_click=on_click)
        return

    def drawn(colours: Palette) -> Chart:
        colours = tint(colours) if tint else colours
        return drawing.draw(figure, rows, colours, most=most, selected=selected, measure=measure, label=label)

    rest = ""
    if isinstance(figure.chart, Bars) and (shown := most or figure.chart.most) and len(rows) > shown:
        one, several = figure.chart.row
        rest = f"et {wording.counted(len(rows) - shown, f'autre {one}', f'autres {several}')}, dans les données."
    draw(drawn, key=key, on_click=on_click, rest=rest)


def draw(drawn: Callable[[Palette], Chart], *, key: str, on_click: OnClick | None = None, rest: str = "") -> None:
    """Draw a chart in the colours of the page, with its reading, its key, and what it leaves out (`rest`).

    A click on an element calls `on_click` with what it carries. The card around it offers the chart as a picture.
    """
    shown, key = drawn(page.colours()), f"chart-{key}"
    _of_the_card.get([]).append(files.Drawn(drawn, rest))

    def clicked() -> None:
        for point in st.session_state[key].selection.points[:1]:
            carried = point.get("customdata")
            if carried is not None and on_click is not None:
                on_click(*([carried] if isinstance(carried, str) else carried))

    st.caption(plain(shown.reading))
    options: dict[str, Any] = {"on_select": clicked, "selection_mode": "points"} if on_click is not None else {}
    st.plotly_chart(shown.drawing(), key=key, theme=None, config=CONFIG, alt=shown.alt, **options)
    if shown.key:
        st.html(key_of(shown.key, page.colours()))
    if rest:
        st.caption(plain(rest))


def one_of(label: str, options: Mapping[_T, str], *, key: str) -> _T:
    """Offer to choose one of a few values by their French words, the first one to begin with; `label` is read aloud."""
    return st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        default=next(iter(options)),
        required=True,
        key=key,
        label_visibility="collapsed",
    )


def comparison(filters: Filters) -> Comparison:
    """Return with what a selection is compared."""
    return compare(data.ask, filters, date.today())


def _gone(figure: Figure, before: Filters, rows: pd.DataFrame) -> None:
    """Name what a ranking had in the period before and has no more: the largest falls have no bar."""
    then = data.ask(figure, before, compared=False)
    lost = then[~then["code"].isin(rows["code"])]
    if lost.empty:
        return
    name = next(column for column in ("name", "pair", "kind") if column in lost)
    named = [
        f"{choices.VALUES.get(name, {}).get(str(label), str(label))} ({wording.number(value)})"
        for label, value in zip(lost[name].head(_MOST_GONE), lost[figure.compares].head(_MOST_GONE), strict=True)
    ]
    others = f" et {wording.counted(len(lost) - _MOST_GONE, 'autre')}" if len(lost) > _MOST_GONE else ""
    st.caption(plain(f"En {before.period}, et plus maintenant : {', '.join(named)}{others}."))


def table(
    figure: Figure,
    filters: Filters,
    *,
    key: str,
    label: str = "Voir les données",
    subject: str = "",
    title: str = "",
    drawn: Sequence[files.Drawn] = (),
) -> None:
    """Offer the table behind a figure, with its files; nothing of it is asked or made before it is wanted.

    What is `drawn` of the figure can be taken away as a picture, under `title`.
    """
    details = st.expander(label, key=f"table-{key}", on_change="rerun", icon=":material/table:")
    if not details.open:
        return
    rows = data.ask(figure, filters, subject)
    uncompared = {column for column in COMPARED if column in rows and rows[column].isna().all()}
    with details:
        files.offer(figure, filters, rows, key=key, subject=subject, title=title, drawn=drawn)
        st.dataframe(
            _harmless(figure, tables.readable(rows)),
            hide_index=True,
            column_order=[column for column in figure.columns if column not in figure.technical | uncompared],
            placeholder="",
            height="content" if len(rows) <= 8 else 318,
            column_config=_columns(figure),
            alt=f"Tableau : {figure.title}",
            key=f"frame-{key}",
        )


def _harmless(figure: Figure, shown: pd.DataFrame) -> pd.DataFrame:
    """Return rows whose links lead to web pages, and whose other texts no spreadsheet takes for a formula.

    A table of the browser opens any address, and hands its cells to its own file and to the clipboard as they are.
    """
    harmless = shown.copy()
    for name in map(str, shown.select_dtypes("str")):
        if figure.columns[name].format is Format.LINK:
            harmless[name] = shown[name].where(shown[name].str.match("https?://", na=False))
        else:
            harmless[name] = shown[name].map(guarded, na_action="ignore")
    return harmless


def _columns(figure: Figure) -> Mapping[str, Any]:
    made: Mapping[Format, Callable[[str], Any]] = {
        Format.LINK: lambda header: st.column_config.LinkColumn(header, display_text="Ouvrir"),
        Format.SHARE: lambda header: st.column_config.NumberColumn(header, format="percent"),
    }
    return {name: made.get(column.format, str)(column.header) for name, column in figure.columns.items()}
