"""A slide as it is projected: 1,920 × 1,080 pixels, made smaller or larger to fit the screen it is on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import streamlit as st

from netstats import charts
from netstats.charts import CONFIG, KeyEntry, Palette, enlarged
from netstats.share.bodies import Cover, Drawing, Map, Numbers, Rows, Slide
from netstats.share.names import Names
from netstats.ui.base import html
from netstats.ui.base.signs import key_of

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


SLIDE = "diapo"
"""The parameter of the address that names the slide that is projected."""

BACKGROUND = "fond"
"""The parameter of the address that says `sombre` for a dark projection."""

WATCHED = "diapo_vue"
"""The key of the session that holds the kind of the slide that is looked at, projected last or in the editor."""


def is_projected() -> bool:
    """Return whether the address asks for a slide alone on the screen."""
    return SLIDE in st.query_params


def project(slides: Sequence[Slide]) -> None:
    """Draw the slide that the address names, alone on the screen, and the buttons that lead on."""
    kinds = [slide.kind for slide in slides]
    place = _place(kinds)
    dark = st.query_params.get(BACKGROUND) == "sombre"
    with st.container(key="projection"):
        draw(
            slides[place],
            charts.palette("dark" if dark else "light"),
            number=place + 1,
            of=len(slides),
            move=lambda to: _go_to(kinds, to),
            leave=_leave,
        )
    with st.container(key="commandes", horizontal=True, gap="xsmall", vertical_alignment="center", width="content"):
        for name, label, icon, by in (
            ("premiere", "Première diapositive", ":material/first_page:", -len(kinds)),
            ("precedente", "Diapositive précédente", ":material/chevron_left:", -1),
            ("suivante", "Diapositive suivante", ":material/chevron_right:", 1),
            ("derniere", "Dernière diapositive", ":material/last_page:", len(kinds)),
        ):
            # From where one is by then: two quick clicks are two steps.
            st.button(
                label,
                key=f"diapo-{name}",
                help=label,
                icon=icon,
                on_click=lambda by=by: _go_to(kinds, _place(kinds) + by),
            )
        st.button("Fond clair" if dark else "Fond sombre", key="diapo-fond", on_click=_set_background, args=(not dark,))
        st.button("Plein écran", key="diapo-plein-ecran", icon=":material/fullscreen:")
        st.button("Quitter", key="diapo-quitter", icon=":material/close:", on_click=_leave)


def _place(kinds: Sequence[str]) -> int:
    asked = st.query_params.get(SLIDE, "")
    return kinds.index(asked) if asked in kinds else 0


def _go_to(kinds: Sequence[str], to: int) -> None:
    st.query_params[SLIDE] = kinds[min(max(to, 0), len(kinds) - 1)]


def start(kind: str, *, dark: bool) -> None:
    """Project a slide, from a callback."""
    st.query_params[SLIDE] = kind
    _set_background(dark)


def _set_background(dark: bool) -> None:
    if dark:
        st.query_params[BACKGROUND] = "sombre"
    else:
        st.query_params.pop(BACKGROUND, None)


def _leave() -> None:
    st.session_state[WATCHED] = st.query_params.get(SLIDE)
    st.query_params.pop(SLIDE, None)


def draw(
    slide: Slide,
    palette: Palette,
    *,
    number: int,
    of: int,
    move: Callable[[int], None] | None = None,
    leave: Callable[[], None] | None = None,
) -> None:
    """Draw a slide, the one `number` of those that are shown, in its own colours whatever those of the page around.

    Of a slide that is projected, keys `move` to the slide at a place (from 0), and `leave`.
    """
    key = "touches" if move else "apercu-mots"

    def moved() -> None:
        if move and st.session_state[key].move:
            move(st.session_state[key].move["place"])

    colours = (
        ("fond", palette.page),
        ("texte", palette.text),
        ("discret", palette.muted),
        ("filet", palette.grid),
        ("couleur", palette.accent),
    )
    with st.container(key="scene", gap=None):
        subject = "Réseaux prévention-sécurité du FFSU" if isinstance(slide.body, Cover) else ""
        html.show("projector-head", slide=slide, subject=subject, colours=colours)
        with st.container(key=f"scene-corps-{slide.kind}", gap=None):
            _body(slide, palette, key=f"{slide.kind}-{palette.mode}")
        html.show("projector-foot", slide=slide, number=number, of=of)
        heard = st.session_state.get(key, {}).get("move") or {"press": 0}
        script = st.components.v2.component("netstats-projector", js=_SCRIPT, isolate_styles=False)
        script(
            key=key,
            data={"place": number - 1, "count": of, "projected": move is not None, "press": heard["press"]},
            on_move_change=moved,
            on_leave_change=leave or (lambda: None),
            height=1,
        )


def _body(slide: Slide, palette: Palette, *, key: str) -> None:
    body = slide.body
    if isinstance(body, Cover):
        html.show("projector-cover", body=body)
    elif isinstance(body, Numbers):
        html.show("projector-numbers", items=body.items)
    elif isinstance(body, Rows):
        html.show("projector-table", body=body)
    elif isinstance(body, Names):
        html.show("projector-names", groups=body.groups(), said=body.rest())
    else:
        _chart(body, palette, room=_room(slide), key=key)


def _room(slide: Slide) -> int:
    """Return the height that title and commentary leave to what is drawn; projector.js keeps both within these."""
    title = min(_lines(slide.title, _TITLE_LETTERS), 2) * _TITLE_LINE
    return _HEIGHT - title - (_COMMENTARY if slide.commentary else 0)


def _lines(text: str, letters: int) -> int:
    return -(-len(text) // letters)


def _chart(body: Drawing, palette: Palette, *, room: int, key: str) -> None:
    keys: Iterable[Iterable[KeyEntry]]
    listed, said = None, ""
    if isinstance(body, Map):
        chart, width, listed = body.chart(palette, height=_MAP_UNITS), _MAP_WIDTH, body.table()
        keys = body.keys(chart, palette)  # classes, then signs
    else:
        chart, width, said = body.chart(palette), _WIDTH, body.rest()
        keys = (chart.key,)
        room -= _UNDER * _lines("".join(f"{entry.label} 12" for entry in chart.key), _KEY_LETTERS)
        room -= _UNDER if said else 0
    factor = min(room / chart.height, _LARGEST)
    # Its own size: projector.css makes it as large as the sheet's units are.
    large = enlarged(chart, factor, text=min(1.3 * factor, _LARGEST)).with_layout(width=width, autosize=False)
    with st.container(key="scene-carte" if listed else "scene-graphique", horizontal=bool(listed), gap=None):
        st.html(f"<style>:root{{--scene-hauteur:{round(large.height)};}}</style>")
        with st.container(key="scene-dessin"):
            config = CONFIG | {"staticPlot": True}
            st.plotly_chart(large.drawing(), key=f"scene-{key}", theme=None, config=config, alt=large.alt)
        if listed or said or chart.key:
            drawn = [key_of(entries, palette) for entries in keys]
            html.show("projector-key", keys=drawn, listed=listed, said=said)
