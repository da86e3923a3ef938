"""The selection on paper: a sheet of A4 that the browser's own print turns into pages. print.css lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from netstats import wording
from netstats.catalogue import actions, overview, participation
from netstats.charts import CONFIG, Chart, palette
from netstats.share import lists as listed
from netstats.share import side_by_side, summary
from netstats.share.bodies import Bars, Cover, Drawing, Map, Numbers, Rows, Slide
from netstats.share.names import Names
from netstats.share.selection import Selection
from netstats.share.slides import KINDS, slides
from netstats.ui.base import html, lists
from netstats.ui.base.signs import key_of

_LIGHT = palette("light")  # paper is white, whatever the theme of the screen
_WIDTH = 680  # px: what A4 leaves between margins of 15 mm, at 96 to the inch; print.css says the same
_MAP = 360  # px high: under title and key figures, on the first page
_MOST_BARS = 8
_CLOSER = 0.9  # than on the screen: two charts of that many bars share a page
_MOST_MEETINGS = 10
_MOST_TO_CALL = 15
_MOST_NAMED = 200  # beside the table: by name alone
_MOST_LINES = 150  # of participants: none of its pages is without head or foot
_MOST_ACTIONS = 20
_DEFINED = {**KINDS, "derniere": "Liste des réunions"}


def print_button() -> None:
    """Draw the button that opens the browser's own print."""
    st.html(html.render("report-button"), unsafe_allow_javascript=True)


def text_to_copy(selection: Selection, said: Iterable[Slide]) -> None:
    """Draw what slides say as text, ready for an e-mail, with a button that copies it."""
    with st.expander("Texte à copier", icon=":material/content_copy:", key="texte-a-copier"):
        st.code(summary.to_text(selection, said), language=None, wrap_lines=True)


def sheet(selection: Selection, shown: Iterable[Slide], order: Sequence[str], presentation: str = "") -> None:
    """Draw the sheet: a title, then a section a slide, each with its finding, commentary, scope, source and date.

    The sections are those of the kinds of `order`. `presentation` names the one whose words these are. A table has room
    for more rows than a slide, and asks `selection` for them.
    """
    made = {slide.kind: slide for slide in shown}
    cover = made.pop("ouverture", None)
    if "derniere" in order and "derniere" not in made:
        made["derniere"] = _undated(selection)
    period = cover.body.lines[:-1] if cover is not None and isinstance(cover.body, Cover) else ()
    with st.container(key="feuille", gap=None):
        html.show(
            "report-title",
            sentence=selection.scope,
            cover=cover,
            dates=(*period, f"Données au {selection.updated}", f"Feuille établie le {wording.date(selection.today)}"),
            presentation=presentation,
            warning=selection.warning,
        )
        for kind in order:
            if kind in made:
                with st.container(key=f"feuille-{kind}", gap=None):
                    _section(made[kind], selection, made.values())


def _undated(selection: Selection) -> Slide:
    """Return what heads the list of the meetings when none that was held has a date."""
    held = (selection.rows(overview.MEETINGS)["status"] == "held").sum()
    definition = (overview.MEETINGS.title, overview.MEETINGS.definition)
    title = f"{wording.counted(held, 'réunion')} dont la date est inconnue"
    (sources,) = slides(selection, (), ["sources"])
    return replace(sources, kind="derniere", title=title, definitions=(definition,))


def _section(slide: Slide, selection: Selection, shown: Iterable[Slide]) -> None:
    if isinstance(slide.body, Drawing):
        _chart(slide, slide.body)
    elif isinstance(slide.body, Numbers):
        html.show("report-figures", slide=slide)
    elif slide.kind == "derniere":
        _meetings(slide, selection)
    elif slide.kind == "relancer":
        _to_call_back(slide, selection)
    elif slide.kind == "sources":
        html.show("report-definitions", slide=slide, definitions=_definitions(shown))
    elif isinstance(slide.body, Names):
        groups, said = slide.body.groups(_MOST_LINES), slide.body.rest(_MOST_LINES)
        html.show("report-names", slide=slide, groups=groups, said=said)
    elif slide.kind == "dernieres-actions":
        rows = listed.action_rows(selection.rows(actions.LIST), _MOST_ACTIONS)
        html.show("report-table", slide=replace(slide, body=rows))
    else:
        html.show("report-table", slide=slide)


def _chart(slide: Slide, body: Drawing) -> None:
    chart, rest = _drawn(body)
    html.show("report-head", slide=slide, reading=chart.reading)
    st.plotly_chart(
        chart.drawing(),
        width=_WIDTH,
        key=f"graphique-{slide.kind}",
        theme=None,
        config=CONFIG | {"staticPlot": True, "responsive": False},
        alt=chart.alt,
    )
    html.show("report-foot", slide=slide, rest=rest, key=key_of(chart.key, _LIGHT))


def _drawn(body: Drawing) -> tuple[Chart, str]:
    """Return the chart at the size of paper, and what it leaves out without saying so in its reading."""
    if isinstance(body, Bars):
        chart = body.chart(_LIGHT, most=_MOST_BARS)
        return chart.with_layout(height=round(chart.height * _CLOSER)), body.rest(most=_MOST_BARS)
    if isinstance(body, Map):
        return body.chart(_LIGHT, height=_MAP), ""
    return body.chart(_LIGHT), body.rest()


def _definitions(shown: Iterable[Slide]) -> list[tuple[str, str]]:
    """Return how what the slides show is defined: key figures by their name, the rest by what the slide is about."""
    found: dict[str, str] = {}
    for slide in shown:
        for label, definition in slide.definitions if slide.kind not in {"sources", *side_by_side.MAKERS} else ():
            found.setdefault(definition, label if isinstance(slide.body, Numbers) else _DEFINED[slide.kind])
    return [(label, definition) for definition, label in found.items()]  # each once


def _meetings(slide: Slide, selection: Selection) -> None:
    """Draw the latest meetings; those still to come are not among them."""
    past = [row for row in lists.rows(selection.rows(overview.MEETINGS)) if not lists.is_coming(row)]
    html.show(
        "report-meetings",
        slide=slide,
        # A slide tells of the latest one alone: its finding does not head a list.
        finding_apart=isinstance(slide.body, Rows) and len(past) > 1,
        rows=[
            {**row, "when": lists.when(row), "mark": lists.mark(row), "came": _came(row)}
            for row in past[:_MOST_MEETINGS]
        ],
        more=len(past) - _MOST_MEETINGS,
    )


def _came(row: lists.Row) -> str:
    if wording.is_missing(row["territories_all"]):
        return "inconnus"
    total = wording.number(row["territories_all"])
    if row["territories"] == row["territories_all"]:
        return total
    return f"{total}, dont {wording.number(row['territories'])} de la sélection"


def _to_call_back(slide: Slide, selection: Selection) -> None:
    rows = selection.rows(participation.LAPSED)
    html.show(
        "report-lapsed",
        slide=slide,
        rows=[
            {**row, "seen": wording.spoken_date(row["last_seen"], short=True)}
            for row in lists.rows(rows.head(_MOST_TO_CALL))
        ],
        named=list(rows["name"].iloc[_MOST_TO_CALL:_MOST_NAMED]),
        more=len(rows) - _MOST_NAMED,
    )
