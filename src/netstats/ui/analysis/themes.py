"""What the pages of the themes are made of: key figures, what rises, what is met no more, the head of a sheet."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any, Literal

import pandas as pd
import streamlit as st

from netstats import charts, wording
from netstats.catalogue import overview
from netstats.catalogue import themes as questions
from netstats.catalogue.indicators import THEMES
from netstats.filters import Filters
from netstats.share import drawing
from netstats.ui.base import cards, data, filter_bar, indicators, links, lists
from netstats.ui.base.lists import Row
from netstats.ui.base.text import element, plain

_MEASURES: dict[charts.EvolutionMeasure, str] = {"share": "Part", "count": "Nombre"}
_OF: dict[Literal["families", "themes"], str] = {"families": "Familles", "themes": "Thèmes"}
_CLEAR = ("en hausse", "en baisse")
_MOST_SHIFTS = 12
_MOST_SILENT = 12


def key_figures(filters: Filters) -> bool:
    """Draw the row of key figures; return False, and draw the way back instead, when the selection has nothing."""
    now = data.ask(overview.INDICATORS, filters).iloc[0]
    if now["meetings"] == 0:
        cards.nothing_found(filters)
        return False
    trends = data.ask(questions.TRENDS, filters)
    themed, met = int(now["themed_meetings"]), int(trends["meetings"].sum())
    judged = trends["trend"].ne(_too_few()).sum()
    rising, falling = (int(trends["trend"].eq(trend).sum()) for trend in _CLEAR)
    # A theme is left aside after five meetings without it: fewer in all tell nothing.
    enough = not trends.empty and int(trends["early_total"].iloc[0] + trends["late_total"].iloc[0]) > 5
    cards.key_figures(
        [
            indicators.of(THEMES, now, filters),
            cards.KeyFigure(
                "Thèmes par réunion",
                wording.number(met / themed if themed else None, 1),
                "Nombre moyen de thèmes des réunions de la sélection dont les thèmes sont connus.",
            ),
            cards.KeyFigure(
                "En hausse",
                wording.number(rising) if judged else "–",
                questions.TRENDS.definition,
                f"et {wording.number(falling)} en baisse" if judged else _too_few(),
            ),
            cards.KeyFigure(
                "Délaissés",
                wording.number(trends["is_silent"].sum()) if enough else "–",
                questions.TRENDS.definition,
                "depuis 24 mois et 5 réunions" if enough else _too_few(),
            ),
        ]
    )
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
            st.segmented_control(
                "Ce qui est compté",
                list(_OF),
                format_func=_OF.__getitem__,
                default="families",
                required=True,
                key="evolution-de",
                label_visibility="collapsed",
            )
            measure = measure_choice("evolution-mesure")
        cards.chart(
            figure,
            rows,
            measure=measure,
            key=f"barres-{figure.name}",
            on_click=_open if of == "themes" else (lambda code: _choose_family(code, filters)),
        )
        lists.undated(data.ask(overview.MEETINGS, filters), filters, axis="hors de ces barres")


def measure_choice(key: str) -> charts.EvolutionMeasure:
    """Offer the share and the number of meetings; return which is chosen."""
    return st.segmented_control(
        "Mesure",
        list(_MEASURES),
        format_func=_MEASURES.__getitem__,
        default="share",
        required=True,
        key=key,
        label_visibility="collapsed",
    )


def trends(filters: Filters) -> None:
    """Draw the card of the themes that rise and fade, or say that there are too few meetings to tell."""
    rows = data.ask(questions.TRENDS, filters)
    with cards.figure_card(
        questions.TRENDS, filters, rows, key="tendances", title="Thèmes en hausse et en baisse"
    ) as drawable:
        if not drawable:
            return
        clear = rows[rows["trend"].isin(_CLEAR)]
        if clear.empty:
            _no_trend(rows)
            return
        cards.chart(questions.TRENDS, rows, key="ecarts-themes", on_click=_open)
        shown = drawing.clearest(rows, _MOST_SHIFTS)
        steady, few = (int(rows["trend"].eq(trend).sum()) for trend in ("sans tendance nette", _too_few()))
        others = [f"{wording.number(len(clear) - len(shown))} à l’écart plus petit"] if len(clear) > len(shown) else []
        others += [f"{wording.number(steady)} sans tendance nette"] if steady else []
        others += [f"{wording.number(few)} avec trop peu de réunions pour le dire"] if few else []
        if others:
            st.caption(plain(f"Autres thèmes : {wording.listing(others)}."))


def _no_trend(rows: pd.DataFrame) -> None:
    dated = int(rows["early_total"].iloc[0] + rows["late_total"].iloc[0])
    if rows["trend"].ne(_too_few()).any():
        st.info("Les écarts entre la première et la seconde moitié des réunions restent petits.", title="Rien de net.")
        return
    st.info(
        plain(
            f"{wording.counted(dated, 'réunion datée', 'réunions datées')} aux thèmes connus : il en faut au moins 20, "
            "et 5 sur un même thème."
        ),
        title="Trop peu de réunions pour dire qu’un thème monte ou s’efface.",
    )


def seen(filters: Filters) -> None:
    """Draw the card that says which themes are met no more, and when each was met first and last."""
    rows = data.ask(questions.TRENDS, filters)
    with cards.figure_card(
        questions.TRENDS, filters, rows, key="plus-abordes", title="Thèmes qui ne sont plus abordés"
    ) as drawable:
        if not drawable:
            return
        silent = rows[rows["is_silent"]].sort_values(["last_seen", "code"])
        if silent.empty:
            st.caption("Aucun thème n’est resté de côté pendant 24 mois et 5 réunions datées.")
        else:
            _list([_silence(row, filters) for row in lists.rows(silent.head(_MOST_SILENT))])
            if len(silent) > _MOST_SILENT:
                others = len(silent) - _MOST_SILENT
                st.caption(plain(f"et {wording.counted(others, 'autre')} : ouvrez les données."))
        undated = rows[rows["last_seen"].isna()]
        if len(undated):
            names = (links.link("theme", str(r["code"]), str(r["short_name"]), filters) for r in lists.rows(undated))
            head = element("b", "Sans date connue, on ne peut pas le dire")
            st.html(element("div", element("p", f"{head} : {', '.join(names)}"), class_="netstats-names"))


def _silence(row: Row, filters: Filters) -> str:
    name = links.link("theme", str(row["code"]), str(row["short_name"]), filters)
    first, last = _on(row["first_seen"]), _on(row["last_seen"])
    when = last if first == last else f"la première {first}, la dernière {last}"
    since = wording.counted(row["meetings_since"], "réunion datée", "réunions datées")
    undated = row["meetings"] - row["early_meetings"] - row["late_meetings"]
    doubt = f" dont {wording.number(undated)} sans date" if undated else ""
    told = f"{wording.counted(row['meetings'], 'réunion')}{doubt}, {when} ; {since} depuis"
    return f"{element('b', name)} {element('span', escape(wording.typeset(told)), class_='by')}"


def grid(figure: overview.Figure, filters: Filters, *, key: str, attribute: str) -> None:
    """Draw the card of a grid of themes by something else; a click on a cell keeps both its theme and its column.

    Parameters
    ----------
    attribute
        The one of Filters that a column is a choice of.
    """
    rows = data.ask(figure, filters)
    with cards.figure_card(figure, filters, rows, key=key) as drawable:
        if drawable:
            cards.chart(
                figure,
                rows,
                key=f"grille-{key}",
                on_click=lambda theme, code: _choose(theme, attribute, code),
            )


def pairs(filters: Filters) -> None:
    """Draw the card of the themes met together; a click on a pair opens the sheet of its first theme."""
    rows = data.ask(questions.PAIRS, filters)
    with cards.figure_card(questions.PAIRS, filters, rows, key="ensemble") as drawable:
        if drawable:
            cards.chart(
                questions.PAIRS,
                rows,
                key="barres-ensemble",
                on_click=lambda pair: _open(pair.split("+")[0]),
            )


# ---------------------------------------------------------------- the sheet of one theme


def heading(theme: Row, filters: Filters) -> None:
    """Draw the name of the theme, its family, and the other themes of it in the selection.

    Parameters
    ----------
    theme
        The row of the figure « fiche-theme ».
    filters
        The selection that the links keep.
    """
    links.title(str(theme["name"]))
    others = data.ask(overview.THEMES, replace(filters, themes=()))
    others = others[(others["family"] == theme["family"]) & (others["code"] != theme["code"])]
    others_linked = [links.link("theme", str(r["code"]), str(r["short_name"]), filters) for r in lists.rows(others)]
    line = f"Famille : {escape(str(theme['family']))}"
    if others_linked:
        line += f" · Autres thèmes de la famille : {', '.join(others_linked)}"
    st.html(element("p", line, class_="netstats-lead"))


def sheet_figures(theme: Row) -> None:
    """Draw the numbers of the theme."""
    known = wording.number(theme["themed_meetings"])
    share = (
        "" if wording.is_missing(theme["share"]) else f"{wording.percent(theme['share'])} des {known} aux thèmes connus"
    )
    present = f"présents connus pour {wording.counted(theme['attended_meetings'], 'réunion')}"
    definition = questions.SHEET.definition
    first, last = (_said(theme[seen]) for seen in ("first_seen", "last_seen"))
    if not theme["meetings"]:
        present, year, when = "", "jamais", ""
    elif isinstance(theme["last_seen"], str):
        # A whole date would not fit a phone in that size.
        year, when = theme["last_seen"][:4], last if first == last else f"{last} ; la première : {first}"
    else:
        year, when = wording.UNKNOWN, "aucune réunion datée"
    cards.key_figures(
        [
            cards.KeyFigure("Réunions", wording.number(theme["meetings"]), definition, share),
            cards.KeyFigure("Réseaux", wording.number(theme["networks"]), definition),
            cards.KeyFigure("Territoires présents", wording.number(theme["territories"]), definition, present),
            cards.KeyFigure("Actions", wording.number(theme["actions"]), definition),
            cards.KeyFigure("Dernière fois", year, definition, when),
        ]
    )


def never_met(filters: Filters, code: str) -> None:
    """Say that the selection has nothing about the theme, and offer the way back.

    Parameters
    ----------
    filters
        The selection of the sheet, without a theme.
    code
        The theme.
    """
    st.info(
        "Effacez des filtres pour le chercher ailleurs." if filters.count() else "",
        title="Aucune réunion de cette sélection n’aborde ce thème.",
        icon=":material/search_off:",
    )
    with st.container(horizontal=True):
        nationally = data.ask(questions.SHEET, replace(filters, networks=("national",)), code)["meetings"].sum()
        if not filters.networks and nationally:
            st.button(
                f"Activités nationales : {wording.number(nationally)}",
                key="avec-national",
                on_click=filter_bar.choose,
                args=("reseau", ["national"]),
            )
        if filters.count():
            st.button("Effacer tous les filtres", key="sans-tout", on_click=filter_bar.clear)


# ---------------------------------------------------------------- words and clicks


def _too_few() -> str:
    return "trop peu de réunions pour le dire"


def _said(known: object, *, short: bool = False) -> str:
    """Return a date as it is known, « 2020-05-06 », « 2020-05 » or « 2020 », as a person says it."""
    return wording.spoken_date(known, short=short) if isinstance(known, str) else wording.UNKNOWN


def _on(known: object, otherwise: str = "en ") -> str:
    """Return a date with what goes before it: « le 6 mai 2020 », « en mai 2020 »."""
    is_day = isinstance(known, str) and len(known) == len("2020-05-06")
    return f"{'le ' if is_day else otherwise}{_said(known)}"


def _list(items: list[str]) -> None:
    st.html(element("ol", "".join(element("li", item) for item in items), class_="netstats-actions", role="list"))


def _open(theme: str) -> None:
    links.open_later("theme", theme)


def _choose(theme: str, attribute: str, code: str) -> None:
    kept: dict[str, Any] = {"themes": (theme,), attribute: (code,)}
    filter_bar.reopen("themes", replace(filter_bar.current(), **kept))


def _choose_family(code: str, filters: Filters) -> None:
    """Keep the themes of a family that the selection has met."""
    met = data.ask(overview.THEMES, filters)
    families = data.ask(questions.FAMILY_EVOLUTION, filters).drop_duplicates("code").set_index("code")["family_rank"]
    filter_bar.choose("theme", met.loc[met["family_rank"] == families[code], "code"].tolist())
