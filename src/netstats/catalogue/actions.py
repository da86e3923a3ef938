"""Figures of the page « actions »: what was done, for whom, where, and who already did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd

from netstats import wording
from netstats.catalogue.chart import ACTION, Bars, Grid, Periods
from netstats.catalogue.column import Column, Format, columns, count
from netstats.catalogue.figure import BOTH_SOURCES, Figure, declared
from netstats.catalogue.indicators import ACTIONS, actions_note
from netstats.catalogue.measure import Answer, Measure
from netstats.filters import Filters
from netstats.reference.fold import unaccented
from netstats.reference.words import sought, stems, words

_NO_ACTION = "Aucune action n’est recensée dans cette sélection."


def ranks(asked: str) -> list[tuple[int, str]]:
    """Return what finds each word that is asked for, with the rank of that word.

    Words of one stem are one (« rixe, rixes »); two words in a row are sought as one too (« vidéo protection »), which
    is found for both.
    """
    rank_of: dict[str, int] = {}
    asked_words = [word.text for word in words(asked)]
    for rank, word in enumerate(asked_words):
        known = next((rank_of[stem] for stem in sought(word) if stem in rank_of), rank)
        for stem in sought(word):
            rank_of.setdefault(stem, known)
    found = {(rank, stem) for stem, rank in rank_of.items()}
    for pair in pairwise(asked_words):
        found |= {(rank_of[stems(word)[0]], stem) for word in pair for stem in sought("".join(pair))}
    return sorted(found)


def _words(asked: str) -> Mapping[str, object]:
    """Return what a search binds: the words folded, and what finds each, with the rank of its word."""
    ranked = ranks(asked)
    return {
        "words": [unaccented(word.text) for word in words(asked)],
        "ranks": [rank for rank, _ in ranked],
        "stems": [stem for _, stem in ranked],
    }


SEARCH = Figure(
    name="recherche",
    query="action_search",
    title="Qui a déjà fait… ?",
    definition="Actions de la sélection où se trouve au moins un des mots cherchés, ou un mot de même sens : d’abord "
    "celles qui en ont le plus, puis les plus proches (BM25, calculé sur toutes les actions). Les accents, les "
    "pluriels et les terminaisons ne comptent pas ; un mot de même sens pèse la moitié du mot lui-même, comme un mot "
    "du type, du public, du thème ou du nom du territoire.",
    empty="Aucune action de cette sélection ne parle de cela.",
    subject="mots cherchés",
    bind=_words,
    columns=columns(
        "code description words_found found score type audience theme_code theme territory_code "
        "territory meeting_code meeting network held_on date_precision source_url",
        words_found=count("Mots cherchés trouvés"),
        found=Column("Mots de l’action"),
        score=Column("Pertinence", Format.DECIMAL),
    ),
)

NEAR_WORDS = Figure(
    name="mots-proches",
    query="action_near_words",
    title="Mots proches",
    definition="Mots des actions de la sélection qui s’écrivent presque comme un mot cherché (une ou deux lettres "
    "changées, sans les accents), ou qui commencent par lui.",
    empty="Aucun mot proche dans cette sélection.",
    subject="mots cherchés",
    bind=_words,
    columns=columns(
        "asked word distance actions",
        asked=Column("Mot cherché"),
        word=Column("Mot proche"),
        distance=count("Lettres changées"),
    ),
)

AUDIENCES = Figure(
    name="publics-action",
    query="action_audiences",
    empty=_NO_ACTION,
    title="Publics des actions",
    definition="Actions racontées aux réunions de la sélection, par public auquel elles s’adressent. Un public que la "
    "source ne dit pas n’est pas deviné.",
    chart=Bars("name", "actions", ("public", "publics"), "Publics des actions", ACTION, most=12),
    columns=columns("code name actions before change", name="Public"),
    compares="actions",
)

THEMES = Figure(
    name="themes-action",
    query="action_themes",
    empty=_NO_ACTION,
    title="Thèmes des actions",
    definition="Actions racontées aux réunions de la sélection, par thème de l’action, qui n’est pas toujours un thème "
    "de la réunion.",
    chart=Bars("name", "actions", ("thème", "thèmes"), "Thèmes des actions", ACTION, most=12),
    columns=columns("code name family family_rank actions before change", name="Thème"),
    compares="actions",
)

DEPARTMENTS = Figure(
    name="departements-action",
    query="action_departments",
    empty="Aucune action de cette sélection n’a de territoire nommé.",
    title="Actions par département",
    definition="Actions dont le territoire est nommé, dans chaque département dont il couvre au moins une commune : la "
    "somme peut dépasser le total. Les actions sans territoire nommé ne comptent pour aucun département.",
    source=BOTH_SOURCES,
    chart=Bars("name", "actions", ("département", "départements"), "Actions par département", ACTION, most=12),
    columns=columns(
        "code name region actions territories before change",
        code=Column("Code"),
        name="Département",
        territories="Territoires",
    ),
    compares="actions",
)

AUDIENCE_GRID = Figure(
    name="types-publics",
    query="action_audience_grid",
    empty=_NO_ACTION,
    title="Quelle action pour quel public",
    definition="Nombre d’actions de la sélection par type et par public, tous les types et tous les publics connus : "
    "une case vide est une action que personne n’a encore racontée pour ce public.",
    chart=Grid("type", "audience", "type", "public", "actions", ACTION, "Actions par type et par public"),
    columns=columns("type_code type audience_code audience actions", type="Type d’action"),
)

ACTIVITY = Figure(
    name="activite-actions",
    query="action_activity",
    empty="Aucune action de cette sélection n’est datée.",
    title="Les actions dans le temps",
    definition="Nombre d’actions par type et par trimestre, semestre ou année selon l’étendue des dates, à la date de "
    "la réunion où elles ont été racontées. Les actions de réunions sans date n’y figurent pas.",
    chart=Periods("actions", ACTION, "Actions dans le temps"),
    columns=columns("type_code type period_start period_label actions", type="Type d’action"),
)

LIST = Figure(
    name="actions",
    is_long=True,
    query="action_list",
    empty=_NO_ACTION,
    title="Actions recensées",
    definition="Ce que les territoires ont fait, tel que raconté aux réunions de la sélection, avec la réunion et les "
    "codes qui mènent aux fiches. Le territoire reste vide quand la source ne nomme personne ; la source est celle de "
    "l’action, à défaut celle de la réunion.",
    columns=columns(
        "code description type_code type audience_code audience theme_code theme territory_code "
        "territory meeting_code meeting network held_on date_precision source_url"
    ),
)


def _meetings_note(row: Answer, _: Filters) -> str:
    return f"racontées à {wording.counted(row['meetings'], 'réunion')}"


def _types_note(row: Answer, _: Filters) -> str:
    return f"sur {wording.counted(row['known_types'], 'type connu', 'types connus')}"


def _territories_note(row: Answer, filters: Filters) -> str:
    if row["unlocated_actions"]:
        return actions_note(row, filters)
    return f"territoire nommé pour {_of_actions(row['located_actions'], row)}"


def _audiences_note(row: Answer, _: Filters) -> str:
    return f"public connu pour {_of_actions(row['with_audience'], row)}"


def _of_actions(known: int, row: Answer) -> str:
    return f"{wording.number(known)} {wording.plural(known, 'action')} sur {wording.number(row['actions'])}"


MEASURES = (
    replace(ACTIONS, note=_meetings_note),
    Measure(
        "territories",
        "Territoires actifs",
        "Territoires différents que la source nomme comme auteurs d’au moins une action de la sélection.",
        note=_territories_note,
    ),
    Measure("types", "Types d’action", "Types différents parmi les actions de la sélection.", note=_types_note),
    Measure(
        "audiences",
        "Publics",
        "Publics différents auxquels s’adressent les actions de la sélection.",
        note=_audiences_note,
    ),
)
"""The key figures of the actions, as the page shows them; they read `in_brief`."""


def in_brief(told: pd.DataFrame, indicators: pd.Series, *, known_types: int) -> dict[str, Any]:
    """Return what `MEASURES` read, from the rows of « actions » and the row of « indicateurs »."""
    return {
        "actions": len(told),
        "meetings": told["meeting_code"].nunique(),
        "territories": told["territory_code"].nunique(),
        "located_actions": told["territory_code"].notna().sum(),
        "unlocated_actions": indicators["unlocated_actions"],
        "types": told["type_code"].nunique(),
        "known_types": known_types,
        "audiences": told["audience_code"].nunique(),
        "with_audience": told["audience_code"].notna().sum(),
    }


FIGURES = declared(globals())
