"""The selection on paper: a sheet of A4 that the browser's own print turns into pages. print.css lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from netstats import wording
from netstats.catalogue import overview, participation
from netstats.charts import CONFIG, Chart, key_html, palette
from netstats.share import summary
from netstats.share.bodies import Bars, Cover, Drawing, Map, Numbers, Rows, Slide
from netstats.share.selection import Selection
from netstats.share.slides import KINDS, slides
from netstats.ui.base import lists
from netstats.ui.base.text import element

_LIGHT = palette("light")  # paper is white, whatever the theme of the screen
_WIDTH = 680  # px: what A4 leaves between margins of 15 mm, at 96 to the inch; print.css says the same
_MAP = 360  # px high: under title and key figures, on the first page
_MOST_BARS = 8
_CLOSER = 0.9  # than on the screen: two charts of that many bars share a page
_MOST_MEETINGS = 10
_MOST_TO_CALL = 15
_MOST_NAMED = 200  # beside the table: by name alone
_DEFINED = {**KINDS, "derniere": "Liste des réunions"}


def print_button() -> None:
    """Draw the button that opens the browser's own print."""
    button = element("button", "Imprimer, ou enregistrer en PDF", type="button", class_="netstats-print")
    script = "document.querySelector('.netstats-print').onclick = () => window.print();"
    st.html(f"{button}<script>{script}</script>", unsafe_allow_javascript=True)


def text_to_copy(selection: Selection, said: Iterable[Slide]) -> None:
    """Draw what slides say as text, ready for an e-mail, with a button that copies it."""
    with st.expander("Texte à copier", icon=":material/content_copy:", key="texte-a-copier"):
        st.code(summary.to_text(selection, said), language=None, wrap_lines=True)


def sheet(selection: Selection, shown: Iterable[Slide], order: Sequence[str], presentation: str = "") -> None:
    """Draw the sheet: a title, then a section a slide, each with its finding, commentary, scope, source and date.

    Parameters
    ----------
    selection
        What it is about; a table has room for more rows than a slide, and asks it for them.
    shown
        Its slides.
    order
        Kinds of the sections that are wanted, in their order.
    presentation
        The name of the presentation whose words these are; empty without any.
    """
    made = {slide.kind: slide for slide in shown}
    cover = made.pop("ouverture", None)
    if "derniere" in order and "derniere" not in made:
        made["derniere"] = _undated(selection)
    with st.container(key="feuille", gap=None):
        st.html(_title(selection, cover, presentation))
        for kind in order:
            if kind in made:
                with st.container(key=f"feuille-{kind}", gap=None):
                    _section(made[kind], selection, made.values())


def _undated(selection: Selection) -> Slide:
    """Return what heads the list of the meetings when none that was held has a date."""
    held = (selection.rows(overview.MEETINGS)["status"] == "held").sum()
    definition = (overview.MEETINGS.title, overview.MEETINGS.definition)
    title = f"{wording.counted(held, 'réunion')} dont la date est inconnue"
    (cover,) = slides(selection, (), ["ouverture"])
    return replace(cover, kind="derniere", title=title, definitions=(definition,))


def _title(selection: Selection, cover: Slide | None, presentation: str) -> str:
    period = cover.body.lines[1:-1] if cover is not None and isinstance(cover.body, Cover) else ()
    dates = (*period, f"Données au {selection.updated}", f"Feuille établie le {wording.date(selection.today)}")
    return element(
        "header",
        element("p", "netstats · réseaux prévention-sécurité du FFSU", class_="small")
        + element("h2", _said(selection.sentence))
        + (_finding(cover) + _commentary(cover) if cover is not None else "")
        + element("p", _said(" · ".join(dates)), class_="small")
        + _small(f"Présentation : {presentation}" if presentation else "")
        + (element("p", _said(selection.warning), class_="netstats-fictional") if selection.warning else ""),
    )


def _finding(slide: Slide) -> str:
    return element("p", _said(slide.title), class_="finding")


def _commentary(slide: Slide) -> str:
    return element("p", _said(slide.commentary), class_="commentary") if slide.commentary else ""


def _section(slide: Slide, selection: Selection, shown: Iterable[Slide]) -> None:
    head, foot = element("h3", _said(slide.title)) + _commentary(slide), _small(slide.foot)
    if isinstance(slide.body, Drawing):
        _chart(slide.body, slide.kind, head, foot)
    elif isinstance(slide.body, Numbers):
        st.html(head + _figures(slide.body) + foot)
    elif slide.kind == "derniere":
        st.html(_meetings(slide, selection) + foot)
    elif slide.kind == "relancer":
        st.html(head + _to_call_back(selection) + foot)
    else:
        st.html(head + _definitions(shown) + foot)


def _chart(body: Drawing, kind: str, head: str, foot: str) -> None:
    chart, rest = _drawn(body)
    st.html(head + element("p", _said(chart.reading)))
    st.plotly_chart(
        chart.drawing(),
        width=_WIDTH,
        key=f"graphique-{kind}",
        theme=None,
        config=CONFIG | {"staticPlot": True, "responsive": False},
        alt=chart.alt,
    )
    st.html(key_html(chart.key, _LIGHT) + (element("p", _said(rest)) if rest else "") + foot)


def _drawn(body: Drawing) -> tuple[Chart, str]:
    """Return the chart at the size of paper, and what it leaves out without saying so in its reading."""
    if isinstance(body, Bars):
        chart = body.chart(_LIGHT, most=_MOST_BARS)
        return chart.with_layout(height=round(chart.height * _CLOSER)), body.rest(most=_MOST_BARS)
    if isinstance(body, Map):
        return body.chart(_LIGHT, height=_MAP), ""
    return body.chart(_LIGHT), body.rest()


def _figures(body: Numbers) -> str:
    items = (
        element("li", f"{element('span', _said(item.label))}{element('b', _said(item.value))}{_small(item.note)}")
        for item in body.items
    )
    return element("ul", "".join(items), class_="figures", role="list")


def _definitions(shown: Iterable[Slide]) -> str:
    """Return how what the slides show is defined: key figures by their name, the rest by what the slide is about."""
    pairs = (
        element("dt", _said(label if isinstance(slide.body, Numbers) else _DEFINED[slide.kind]))
        + element("dd", _said(definition))
        for slide in shown
        if slide.kind != "sources"  # all the key figures in one text
        for label, definition in slide.definitions
    )
    return element("dl", "".join(pairs))


def _meetings(slide: Slide, selection: Selection) -> str:
    """Return the latest meetings under a heading; those still to come are not among them."""
    past = [row for row in lists.rows(selection.rows(overview.MEETINGS)) if not lists.is_coming(row)]
    shown = [
        (
            _said(lists.when(row)),
            _said(row["network"]),
            f"{_said(row['title'])} {lists.status(row)}",
            _themes(row),
            _said(_came(row)),
        )
        for row in past[:_MOST_MEETINGS]
    ]
    # A slide tells of the latest one alone: its finding does not head a list.
    is_one_of_several = isinstance(slide.body, Rows) and len(past) > 1
    head = "Les dernières réunions" if is_one_of_several else slide.title
    table = _table("Dernières réunions", ("Date", "Réseau", "Réunion", "Thèmes", "Territoires"), shown)
    return (
        element("h3", _said(head))
        + (_finding(slide) if is_one_of_several else "")
        + _commentary(slide)
        + table
        + _others(len(past) - len(shown), "autre réunion", "autres réunions")
    )


def _came(row: lists.Row) -> str:
    if wording.is_missing(row["territories_all"]):
        return "inconnus"
    total = wording.number(row["territories_all"])
    if row["territories"] == row["territories_all"]:
        return total
    return f"{total}, dont {wording.number(row['territories'])} de la sélection"


def _to_call_back(selection: Selection) -> str:
    rows = selection.rows(participation.LAPSED)
    shown = [
        (_said(row["name"]), _said(_last_seen(row)), wording.number(row["attendances"]), _themes(row))
        for row in lists.rows(rows.head(_MOST_TO_CALL))
    ]
    header = ("Territoire", "Dernière présence", "Présences", "Thèmes de cette réunion")
    table = _table("Territoires à relancer", header, shown)
    others = [element("li", _said(name)) for name in rows["name"].iloc[_MOST_TO_CALL:_MOST_NAMED]]
    named = element("ul", "".join(others), class_="names", role="list") if others else ""
    return (
        table
        + _others(len(others), "autre territoire :", "autres territoires :")
        + named
        + _others(len(rows) - len(shown) - len(others), "autre territoire", "autres territoires")
    )


def _last_seen(row: lists.Row) -> str:
    known = row["last_seen"]
    return wording.spoken_date(known, short=True) if isinstance(known, str) else "date inconnue"


def _themes(row: lists.Row) -> str:
    return _said(row["themes"]) if isinstance(row["themes"], str) else "inconnus"


def _table(label: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are HTML already; a keyboard reaches it, where it runs over sideways."""
    head = "".join(element("th", name, scope="col") for name in header)
    lines = (element("tr", "".join(element("td", cell) for cell in row)) for row in rows)
    table = element("table", element("thead", element("tr", head)) + element("tbody", "".join(lines)))
    return element("div", table, class_="table", tabindex="0", role="region", aria_label=label)


def _others(count: int, singular: str, plural: str) -> str:
    return element("p", _said(f"et {wording.counted(count, singular, plural)}")) if count > 0 else ""


def _small(text: str) -> str:
    return element("p", _said(text), class_="small") if text else ""


def _said(text: object) -> str:
    return escape(wording.typeset(str(text)))
