"""A selection that has nothing: what is said, and the ways back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from netstats import wording
from netstats.catalogue.overview import ACTION_TYPES, INDICATORS
from netstats.filters import DIMENSIONS, PERIOD_PARAMETER, Filters
from netstats.period import Period
from netstats.ui.base import data, filter_bar
from netstats.ui.base.text import plain

_DOORS = (
    (
        "importing",
        "Importer un fichier",
        "upload_file",
        "Le modèle à remplir s’y télécharge ; un tableau que vous tenez déjà convient aussi.",
    ),
    ("entry", "Saisir une réunion", "edit_note", "Un formulaire : la date, le lieu, les présents, les thèmes."),
    (
        "minutes",
        "Lire un compte rendu",
        "article",
        "Le texte est lu, le formulaire se remplit ; vous vérifiez avant d’enregistrer.",
    ),
    (
        "lists",
        "Ajouter réseaux et thèmes",
        "list_alt",
        "Ce que formulaires et fichiers proposent ; les listes courantes s’y ajoutent d’un clic.",
    ),
)
"""Pages by which the first meeting comes in: file, what the link says, its icon, what one does there."""


def found(filters: Filters) -> None:
    """Say which filter empties the selection, how much there would be without it, and offer to take it off."""
    if not data.scopes():
        _welcome()
        return
    ways = [
        (parameter, label, meetings)
        for parameter, label, without in _relaxed(filters)
        if (meetings := _meetings(without))
    ]
    if not filters.count():
        advice = "Seules des activités nationales sont enregistrées ; elles sont comptées à part."
    elif filters.count() == 1:
        advice = "Effacez le filtre qui la vide."
    else:
        advice = "Retirez ce qui la vide :" if ways else "Aucun filtre retiré seul n’en donnerait : effacez-les tous."
    st.info(advice, title="Aucune réunion dans cette sélection.", icon=":material/search_off:")
    with st.container(horizontal=True):
        for parameter, label, meetings in ways:
            st.button(
                f"Sans {label} : {wording.counted(meetings, 'réunion')}",
                key=f"sans-{parameter}",
                on_click=filter_bar.clear,
                args=(parameter,),
            )
        ways_back(filters, 0 if filters.networks else _meetings(national(filters)))


def done(filters: Filters) -> None:
    """Say that the selection has meetings, but that no action was told there."""
    advice = "Effacez ou élargissez les filtres." if filters.count() else "Une action se saisit avec sa réunion."
    st.info(advice, title=ACTION_TYPES.empty, icon=":material/search_off:")
    ways_back(filters)


def _welcome() -> None:
    """Say that no meeting was ever put in, and by which doors one begins."""
    st.info(
        "Les chiffres, les cartes et les listes viendront avec la première. Pour commencer :",
        title="Aucune réunion n’est enregistrée pour l’instant.",
    )
    for column, (page, label, icon, about) in zip(st.columns(len(_DOORS), gap="small"), _DOORS, strict=True):
        with column.container(border=True, key=f"card-commencer-{page}", height="stretch", gap="xsmall"):
            st.page_link(f"pages/data/{page}.py", label=label, icon=f":material/{icon}:")
            st.caption(plain(about))


def national(filters: Filters) -> Filters:
    """Return a selection of the national networks, which are counted apart, beside the other filters."""
    return replace(filters, networks=data.national_networks())


def ways_back(filters: Filters, national_count: int = 0) -> None:
    """Offer the national activities, which are counted apart, when there are any; and to take off all filters."""
    if national_count and data.national_networks():
        st.button(
            f"Activités nationales : {wording.number(national_count)}",
            key="avec-national",
            on_click=filter_bar.choose,
            args=("reseau", list(data.national_networks())),
        )
    if filters.count():
        st.button("Effacer tous les filtres", key="sans-tout", on_click=filter_bar.clear)


def _meetings(filters: Filters) -> int:
    return int(data.ask(INDICATORS, filters)["meetings"].iloc[0])


def _relaxed(filters: Filters) -> Iterator[tuple[str, str, Filters]]:
    """Yield each filter of several with its French name and the selection without it."""
    if filters.count() < 2:
        return
    if filters.period:
        yield PERIOD_PARAMETER, "la période", replace(filters, period=Period())
    for dimension in DIMENSIONS:
        if filters.codes(dimension):
            yield dimension.parameter, f"le filtre {dimension.label.lower()}", filters.without(dimension)
