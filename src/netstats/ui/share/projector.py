"""A slide as it is projected: 1,920 × 1,080 pixels, made smaller or larger to fit the screen it is on."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from netstats.charts import CONFIG, Palette, enlarged, key_html
from netstats.share.bodies import Cover, Drawing, Map, Numbers, Rows, Slide
from netstats.ui.base.text import element

# Pixels of the sheet; projector.css has the sizes that these come from.
_WIDTH, _MAP_WIDTH = 1728, 1080
_HEIGHT = 870  # what margins and foot leave
_TITLE_LINE, _TITLE_LETTERS = 61, 46
_COMMENTARY = 150
_UNDER = 58  # a line of the key, or what is said to be left out
_KEY_LETTERS = 100
_MAP_UNITS = 360  # of the chart as on a page
_LARGEST = 2.5  # times the size of a page: of few bars, more would be clumsy
_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def draw(
    slide: Slide,
    palette: Palette,
    *,
    number: int,
    of: int,
    move: Callable[[int], None] | None = None,
    leave: Callable[[], None] | None = None,
) -> None:
    """Draw a slide.

    Parameters
    ----------
    slide
        What to draw.
    palette
        Its colours, whatever those of the page around.
    number, of
        Its place among the slides that are shown.
    move, leave
        What keys do, of a slide that is projected: go to the slide at a place (from 0), and end.
    """
    key = "touches" if move else "apercu-mots"

    def moved() -> None:
        if move and st.session_state[key].move:
            move(st.session_state[key].move["place"])

    with st.container(key="scene", gap=None):
        subject = slide.body.lines[0] if isinstance(slide.body, Cover) else ""
        above = element("p", escape(subject), class_="scene-sujet") if subject else ""
        title = element("h1", escape(slide.title), class_="scene-titre", aria_live="polite")
        st.html(_colours(palette) + above + title)
        with st.container(key=f"scene-corps-{slide.kind}", gap=None):
            _body(slide, palette, key=f"{slide.kind}-{palette.mode}")
        commentary = element("p", escape(slide.commentary), class_="scene-propos") if slide.commentary else ""
        place = element("span", f"{number} / {of}", class_="scene-numero")
        foot = element("p", f"{element('span', escape(slide.foot))}{place}", class_="scene-pied")
        st.html(element("div", commentary + foot, class_="scene-bas"))
        heard = st.session_state.get(key, {}).get("move") or {"press": 0}
        script = st.components.v2.component("netstats-projector", js=_SCRIPT, isolate_styles=False)
        script(
            key=key,
            data={"place": number - 1, "count": of, "projected": move is not None, "press": heard["press"]},
            on_move_change=moved,
            on_leave_change=leave or (lambda: None),
            height=1,
        )


def _colours(palette: Palette) -> str:
    names = {
        "fond": palette.page,
        "texte": palette.text,
        "discret": palette.muted,
        "filet": palette.grid,
        "couleur": palette.accent,
    }
    values = "".join(f"--scene-{name}:{colour};" for name, colour in names.items())
    return f"<style>:root{{{values}}}</style>"


def _body(slide: Slide, palette: Palette, *, key: str) -> None:
    body = slide.body
    if isinstance(body, Cover):
        lines = "".join(element("p", escape(line)) for line in body.lines[1:])
        st.html(element("div", lines, class_="scene-ouverture"))
    elif isinstance(body, Numbers):
        items = "".join(
            element(
                "li",
                element("span", escape(item.label), class_="nom")
                + element("b", escape(item.value))
                + element("span", escape(item.note), class_="note"),
            )
            for item in body.items
        )
        st.html(element("ul", items, class_="scene-chiffres", role="list"))
    elif isinstance(body, Rows):
        st.html(_table(body))
    else:
        _chart(body, palette, room=_room(slide), key=key)


def _room(slide: Slide) -> int:
    """Return the height that title and commentary leave to what is drawn; projector.js keeps both within these."""
    title = min(_lines(slide.title, _TITLE_LETTERS), 2) * _TITLE_LINE
    return _HEIGHT - title - (_COMMENTARY if slide.commentary else 0)


def _lines(text: str, letters: int) -> int:
    return -(-len(text) // letters)


def _chart(body: Drawing, palette: Palette, *, room: int, key: str) -> None:
    is_map = isinstance(body, Map)
    chart = body.chart(palette, height=_MAP_UNITS) if isinstance(body, Map) else body.chart(palette)
    if not isinstance(body, Map):
        room -= _UNDER * _lines("".join(f"{entry.label} 12" for entry in chart.key), _KEY_LETTERS)
        room -= _UNDER if body.rest() else 0
    factor = min(room / chart.height, _LARGEST)
    # Its own size: projector.css makes it as large as the sheet's units are.
    width = _MAP_WIDTH if is_map else _WIDTH
    large = enlarged(chart, factor, text=min(1.3 * factor, _LARGEST)).with_layout(width=width, autosize=False)
    with st.container(key="scene-carte" if is_map else "scene-graphique", horizontal=is_map, gap=None):
        st.html(f"<style>:root{{--scene-hauteur:{round(large.height)};}}</style>")
        with st.container(key="scene-dessin"):
            config = CONFIG | {"staticPlot": True}
            st.plotly_chart(large.drawing(), key=f"scene-{key}", theme=None, config=config, alt=large.alt)
        if isinstance(body, Map):
            classes, signs = body.keys(chart, palette)
            keys = key_html(classes, palette) + key_html(signs, palette)
            under = element("div", keys, class_="scene-cles") + _table(body.leaders())
        else:
            under = key_html(chart.key, palette) + _rest(body.rest())
        if under:
            st.html(element("div", under, class_="scene-legende"))


def _table(body: Rows) -> str:
    head = ""
    if body.header:
        head = element("thead", element("tr", "".join(element("th", escape(n), scope="col") for n in body.header)))
    lines = "".join(
        element("tr", element("th", escape(first), scope="row") + "".join(element("td", escape(t)) for t in others))
        for first, *others in body.rows
    )
    return element("table", head + element("tbody", lines), class_="scene-tableau") + _rest(body.rest)


def _rest(said: str) -> str:
    """Return what is not drawn, in words; nothing when all is."""
    return element("p", escape(said), class_="scene-reste") if said else ""
