"""Figures of the page « actions »: what was done, for whom, where, and who already did it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from netstats.catalogue.figure import ACTIVITY_SOURCE, COMPARED, GEOGRAPHY_SOURCE, Figure, sql
from netstats.filters import Filters
from netstats.reference.words import folded, stems, words
from netstats.store import Database

_NO_ACTION = "Aucune action n’est recensée dans cette sélection."
_CODES = frozenset({"code", "theme_code", "territory_code", "meeting_code", "date_precision"})


class Search(Figure):
    """A figure about words: they are bound folded as `$words`, and their stems as `$stems`, each of its `$ranks`."""

    def _rows(self, database: Database, filters: Filters, subject: str, today: date) -> pd.DataFrame:
        ranked = ranks(subject)
        parameters: dict[str, object] = {
            **filters.parameters(),
            "words": [folded(word.text) for word in words(subject)],
            "ranks": list(ranked.values()),
            "stems": list(ranked),
        }
        return database.ask(sql(self.query), parameters)


def ranks(sought: str) -> dict[str, int]:
    """Return stem → rank of the sought word it is a stem of; words that share a stem are one (« rixe, rixes »)."""
    found: dict[str, int] = {}
    for rank, word in enumerate(words(sought)):
        own = stems(word.text)
        same = next((found[stem] for stem in own if stem in found), rank)
        for stem in own:
            found.setdefault(stem, same)
    return found


SEARCH = Search(
    name="recherche",
    query="action_search",
    title="Qui a déjà fait… ?",
    definition="Actions de la sélection où se trouve au moins un des mots cherchés, ou un mot de même sens : d’abord "
    "celles qui en ont le plus, puis les plus proches (BM25, calculé sur toutes les actions). Les accents, les "
    "pluriels et les terminaisons ne comptent pas ; un mot de même sens pèse la moitié du mot lui-même, comme un mot "
    "du type, du public, du thème ou du nom du territoire.",
    empty="Aucune action de cette sélection ne parle de cela.",
    subject="mots cherchés",
    columns={
        "code": "Code",
        "description": "Action",
        "words_found": "Mots cherchés trouvés",
        "found": "Mots de l’action",
        "score": "Pertinence",
        "type": "Type",
        "audience": "Public",
        "theme_code": "Code thème",
        "theme": "Thème",
        "territory_code": "Code territoire",
        "territory": "Territoire",
        "meeting_code": "Code réunion",
        "meeting": "Réunion",
        "network": "Réseau",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "source_url": "Source",
    },
    technical=_CODES,
)

NEAR_WORDS = Search(
    name="mots-proches",
    query="action_near_words",
    title="Mots proches",
    definition="Mots des actions de la sélection qui s’écrivent presque comme un mot cherché (une ou deux lettres "
    "changées, sans les accents), ou qui commencent par lui.",
    empty="Aucun mot proche dans cette sélection.",
    subject="mots cherchés",
    columns={"asked": "Mot cherché", "word": "Mot proche", "distance": "Lettres changées", "actions": "Actions"},
)

AUDIENCES = Figure(
    name="publics-action",
    query="action_audiences",
    empty=_NO_ACTION,
    title="Publics des actions",
    definition="Actions racontées aux réunions de la sélection, par public auquel elles s’adressent. Un public que la "
    "source ne dit pas n’est pas deviné.",
    columns={"code": "Code", "name": "Public", "actions": "Actions", **COMPARED},
    compares="actions",
)

THEMES = Figure(
    name="themes-action",
    query="action_themes",
    empty=_NO_ACTION,
    title="Thèmes des actions",
    definition="Actions racontées aux réunions de la sélection, par thème de l’action, qui n’est pas toujours un thème "
    "de la réunion.",
    columns={
        "code": "Code",
        "name": "Thème",
        "family": "Famille",
        "family_rank": "Rang de la famille",
        "actions": "Actions",
        **COMPARED,
    },
    technical=frozenset({"code", "family_rank"}),
    compares="actions",
)

DEPARTMENTS = Figure(
    name="departements-action",
    query="action_departments",
    empty="Aucune action de cette sélection n’a de territoire nommé.",
    title="Actions par département",
    definition="Actions dont le territoire est nommé, dans chaque département dont il couvre au moins une commune : la "
    "somme peut dépasser le total. Les actions sans territoire nommé ne comptent pour aucun département.",
    source=f"{ACTIVITY_SOURCE} ; {GEOGRAPHY_SOURCE}",
    columns={
        "code": "Code",
        "name": "Département",
        "region": "Région",
        "actions": "Actions",
        "territories": "Territoires",
        **COMPARED,
    },
    technical=frozenset(),
    compares="actions",
)

AUDIENCE_GRID = Figure(
    name="types-publics",
    query="action_audience_grid",
    empty=_NO_ACTION,
    title="Quelle action pour quel public",
    definition="Nombre d’actions de la sélection par type et par public, tous les types et tous les publics connus : "
    "une case vide est une action que personne n’a encore racontée pour ce public.",
    columns={
        "type_code": "Code type",
        "type": "Type d’action",
        "audience_code": "Code public",
        "audience": "Public",
        "actions": "Actions",
    },
    technical=frozenset({"type_code", "audience_code"}),
)

ACTIVITY = Figure(
    name="activite-actions",
    query="action_activity",
    empty="Aucune action de cette sélection n’est datée.",
    title="Les actions dans le temps",
    definition="Nombre d’actions par type et par trimestre, semestre ou année selon l’étendue des dates, à la date de "
    "la réunion où elles ont été racontées. Les actions de réunions sans date n’y figurent pas.",
    columns={
        "type_code": "Code type",
        "type": "Type d’action",
        "period_start": "Début de la période",
        "period_label": "Période",
        "actions": "Actions",
    },
    technical=frozenset({"type_code", "period_start"}),
)

LIST = Figure(
    name="actions",
    query="action_list",
    empty=_NO_ACTION,
    title="Actions recensées",
    definition="Ce que les territoires ont fait, tel que raconté aux réunions de la sélection, avec la réunion et les "
    "codes qui mènent aux fiches. Le territoire reste vide quand la source ne nomme personne ; la source est celle de "
    "l’action, à défaut celle de la réunion.",
    columns={
        "code": "Code",
        "description": "Action",
        "type_code": "Code type",
        "type": "Type",
        "audience_code": "Code public",
        "audience": "Public",
        "theme_code": "Code thème",
        "theme": "Thème",
        "territory_code": "Code territoire",
        "territory": "Territoire",
        "meeting_code": "Code réunion",
        "meeting": "Réunion",
        "network": "Réseau",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "source_url": "Source",
    },
    technical=_CODES | {"type_code", "audience_code"},
)

FIGURES: tuple[Figure, ...] = (
    SEARCH,
    NEAR_WORDS,
    AUDIENCES,
    THEMES,
    DEPARTMENTS,
    AUDIENCE_GRID,
    ACTIVITY,
    LIST,
)
