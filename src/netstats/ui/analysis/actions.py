"""What was done, told one by one: the search « Qui a déjà fait… ? », and the list that a type or audience narrows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

import pandas as pd
import streamlit as st

from netstats import wording
from netstats.catalogue.actions import (
    ACTIVITY,
    AUDIENCE_GRID,
    AUDIENCES,
    LIST,
    MEASURES,
    NEAR_WORDS,
    SEARCH,
    in_brief,
    ranks,
)
from netstats.catalogue.figure import LONGEST_SUBJECT, Figure
from netstats.catalogue.indicators import INDICATORS
from netstats.filters import Filters
from netstats.reference.fold import unaccented
from netstats.reference.words import words
from netstats.ui.base import cards, data, filter_bar, lists
from netstats.ui.base.html import show
from netstats.ui.base.indicators import row
from netstats.ui.base.paging import page_of
from netstats.ui.base.text import plain

_SOUGHT = "cherche"  # the parameter of the address, and the key of the box
_NARROWED = {"type": ("type_code", "Type d’action", "Tous les types"), "public": ("audience_code", "Public", "Tous")}
_AUDIENCES = {"alone": "Publics", "crossed": "Types et publics"}
_COUNTED = "publics-de"
_A_PAGE = 10
_SEEN = "recits_adresse_lue"


def key_figures(filters: Filters) -> None:
    """Draw the row of key figures of the actions of a selection."""
    indicators = data.ask(INDICATORS, filters).iloc[0]
    brief = in_brief(data.ask(LIST, filters), indicators, known_types=len(_labels("type")))
    row(MEASURES, brief, filters)


# ---------------------------------------------------------------- the charts


def ranking(
    figure: Figure,
    filters: Filters,
    *,
    selected: Collection[str] = (),
    above: Callable[[], object] | None = None,
    note: str = "",
    on_click: Callable[[str], None],
) -> None:
    """Draw the card of a ranking of actions, with what `above` draws over it; what no source says is only counted.

    `note` stands under it.
    `figure` has the columns `code` (empty where the source does not say), `name` and `actions`; a click on a bar, those
    of `selected` being brought out, calls `on_click` with its code.
    """
    rows = data.ask(figure, filters)
    key = figure.name.removesuffix("-action")
    with cards.figure_card(figure, filters, rows, key=f"actions-par-{key}"):
        if above is not None:
            above()
        is_said = rows["code"] != ""
        if is_said.any():
            cards.chart(figure, rows[is_said], selected=selected, key=key, on_click=on_click)
        if note:
            st.caption(plain(note))
        unsaid = int(rows.loc[~is_said, "actions"].sum())
        if unsaid:
            what = figure.headers["name"].lower()
            st.caption(plain(f"{wording.counted(unsaid, 'action')} de {what} non précisé."))


def audiences(filters: Filters) -> None:
    """Draw the card of the audiences, alone or by type of action; a click narrows the list to what was clicked."""
    choice = partial(cards.one_of, "Ce qui est compté", _AUDIENCES, key=_COUNTED)
    if st.session_state.get(_COUNTED) != "crossed":
        ranking(
            AUDIENCES,
            filters,
            above=choice,
            selected=narrowed("public"),
            on_click=lambda code: narrow("public", code),
        )
        return
    rows = data.ask(AUDIENCE_GRID, filters)
    with cards.figure_card(AUDIENCE_GRID, filters, rows, key="types-publics"):
        choice()
        cards.chart(AUDIENCE_GRID, rows, key="types-publics", on_click=_narrow_both)


def _narrow_both(type_code: str, audience_code: str) -> None:
    names = {kind: _labels(kind) for kind in _NARROWED}
    kept = {"type": names["type"][type_code]}
    if audience_code:
        kept["public"] = names["public"][audience_code]
    filter_bar.reopen("actions", filter_bar.current(), **kept)


def over_time(filters: Filters) -> None:
    """Draw the card of the actions over time; a click on a column chooses its period."""
    activity = data.ask(ACTIVITY, filters)
    with cards.figure_card(ACTIVITY, filters, activity, key="activite-actions") as drawable:
        if drawable:
            cards.chart(ACTIVITY, activity, key="activite-actions", on_click=filter_bar.choose_period)
        undated = int(data.ask(LIST, filters)["held_on"].isna().sum())
        if undated:
            st.caption(plain(f"{wording.counted(undated, 'action')} de réunions sans date, hors de cette figure."))


def unlocated(filters: Filters) -> str:
    """Return how many actions are in no department, since the source names nobody; empty when none is."""
    missing = int(data.ask(LIST, filters)["territory_code"].isna().sum())
    verb = wording.plural(missing, "ne compte", "ne comptent")
    return (
        f"{wording.counted(missing, 'action')} sans territoire nommé {verb} pour aucun département." if missing else ""
    )


# ---------------------------------------------------------------- the search


def search(filters: Filters) -> None:
    """Draw the box « Qui a déjà fait… ? », and what it finds in the selection."""
    asked = st.text_input(
        "Qui a déjà fait… ?",
        key=_SOUGHT,
        bind="query-params",
        max_chars=LONGEST_SUBJECT,
        placeholder="Par exemple : permanence pharmacie, seniors isolés",
        icon=":material/search:",
        help="Écrivez quelques mots. Les accents, les pluriels et les terminaisons ne comptent pas ; des mots de même "
        "sens sont cherchés aussi (« pharmacie » trouve « officines »). Les filtres de la page s’appliquent.",
    )
    sought = (asked or "").strip()
    if not sought:
        return
    if not any(words(sought)):
        st.info(plain(f"« {sought} » ne dit pas de quelle action il s’agit. Écrivez un mot plus précis."))
        return
    found = data.ask(SEARCH, filters, sought)
    short = sought if len(sought) <= 60 else f"{sought[:59]}…"
    title = f"{wording.counted(len(found), 'action') if len(found) else 'Rien'} pour « {short} »"
    with cards.figure_card(SEARCH, filters, found, key="recherche", title=title, subject=sought) as drawable:
        if drawable:
            _say_how_many(found, sought)
            _paged(found, filters, key="recherche", about=(sought,))
        else:
            _suggest(filters, sought)


def _say_how_many(found: pd.DataFrame, sought: str) -> None:
    said = "Les plus proches d’abord ; les mots trouvés sont marqués."
    asked = len({rank for rank, _ in ranks(sought)})
    if asked > 1:
        most = int(found["words_found"].max())
        whole = wording.counted(int((found["words_found"] == most).sum()), "action")
        of_all = (
            f"les {asked} mots" if most == asked else f"{wording.counted(most, 'mot')} sur {asked}, aucune avec tous"
        )
        said = f"{whole} avec {of_all}. {said}"
    st.caption(plain(said))


def _suggest(filters: Filters, sought: str) -> None:
    """Offer what would find something: no filter, or words that are written nearly alike."""
    unfiltered = len(data.ask(SEARCH, Filters(), sought)) if filters.count() else 0
    near = data.ask(NEAR_WORDS, filters, sought)
    if not unfiltered and near.empty:
        st.caption("Essayez un mot plus général, ou parcourez les types, les publics et les thèmes ci-dessous.")
        return
    with st.container(horizontal=True):
        if unfiltered:
            st.button(
                f"Sans les filtres : {wording.counted(unfiltered, 'action')}",
                key="recherche-sans-filtres",
                on_click=filter_bar.clear,
            )
        for word in near.drop_duplicates("word").itertuples(index=False):
            st.button(
                plain(f"{word.word} ({word.actions})"),
                key=f"recherche-mot-{word.word}",
                help=plain(f"Chercher « {word.word} » à la place de « {word.asked} »"),
                on_click=st.session_state.update,
                args=({_SOUGHT: _corrected(sought, str(word.asked), str(word.word))},),
            )


def _corrected(sought: str, asked: str, word: str) -> str:
    """Return the sought words with another one in the place of one of them."""
    slip = next(found for found in words(sought) if unaccented(found.text) == asked)
    return f"{sought[: slip.start]}{word}{sought[slip.end :]}"


# ---------------------------------------------------------------- the list


def narrow(kind: str, code: str) -> None:
    """Keep one type or one audience in the list, from a callback; let it go when it was the one."""
    if code:
        st.session_state[kind] = None if st.session_state.get(kind) == code else code


def narrowed(kind: str) -> tuple[str, ...]:
    """Return the type or the audience that the list keeps, as the charts bring it out."""
    code = st.session_state.get(kind)
    return (code,) if code else ()


def listing(filters: Filters) -> None:
    """Draw the list of the actions of a selection, of one type or one audience when that is chosen; page by page."""

    def draw(kept: pd.DataFrame) -> None:
        with st.container(horizontal=True):
            for kind, (column, label, everything) in _NARROWED.items():
                labels = _labels(kind)
                code = st.selectbox(
                    label,
                    list(labels),
                    index=None,
                    format_func=labels.__getitem__,
                    key=kind,
                    bind="query-params",
                    placeholder=everything,
                )
                kept = kept[kept[column] == code] if code else kept
        if kept.empty:
            st.info("Aucune action de ce type pour ce public dans cette sélection.")
        else:
            _paged(kept, filters, key="recits", about=(*narrowed("type"), *narrowed("public")))

    cards.card(LIST, filters, draw, key="recits", title="Les actions, une par une")


def settle_address() -> None:
    """Take what the address narrows the list to, on arrival, so that the charts above the list bring it out as well.

    What is not known is told once and left out.
    """
    if _SEEN in st.session_state:
        return
    st.session_state[_SEEN] = True
    for kind, (_, label, _) in _NARROWED.items():
        asked = st.query_params.get(kind, "")
        code = next((code for code, name in _labels(kind).items() if name == asked), None)
        if code is not None:
            st.session_state[kind] = code
        elif asked:
            st.warning(plain(f"{label} : « {asked} » n’est pas connu, la liste n’en tient pas compte."))


def _labels(kind: str) -> dict[str, str]:
    """Return code → name of every type or audience, in the order to show, whatever the selection."""
    column = _NARROWED[kind][0]
    grid = data.ask(AUDIENCE_GRID, Filters(networks=tuple(data.choices()["reseau"])))
    known = grid[grid[column] != ""].drop_duplicates(column)
    return dict(zip(known[column], known[column.removesuffix("_code")], strict=True))


def _paged(frame: pd.DataFrame, filters: Filters, *, key: str, about: tuple[str, ...]) -> None:
    # Another selection begins at its first page: its pages have a key of their own.
    with page_of(len(frame), _A_PAGE, key=f"pages-{key}-{abs(hash((filters, about)))}") as shown:
        stories = [_story(row) for row in lists.rows(frame.iloc[shown])]
        show("actions-stories", stories=stories, **lists.linked(filters))


def _story(row: lists.Row) -> lists.Row:
    """Return an action with its texts cut where a word was found: what a link names is marked as a whole."""
    found = frozenset(str(row["found"]).split()) if "found" in row else frozenset()
    texts = {name: str(row[name]) for name in ("description", "type", "audience") if isinstance(row[name], str)}
    linked = {name: str(row[name]) for name in ("territory", "theme")}
    return {
        **row,
        "when": lists.day(row),
        "pieces": {name: pieces(text, found) for name, text in texts.items()},
        "found": {name: any(word.text in found for word in words(text)) for name, text in linked.items()},
    }


def pieces(text: str, found: frozenset[str]) -> list[tuple[bool, str]]:
    """Return a text in pieces, in order: whether it is a found word, and its letters."""
    text = wording.typeset(text)
    cut, last = [], 0
    for word in words(text):
        if word.text in found:
            cut += [(False, text[last : word.start]), (True, text[word.start : word.end])]
            last = word.end
    return [*cut, (False, text[last:])]
