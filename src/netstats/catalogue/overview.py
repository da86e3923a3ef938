"""Every figure of every page: its question in SQL, its columns in French, its definition. One entry a figure.

The pages, the command line, the exports and the tests all ask here, so the same question has one answer. Here stand
the figures of the overview, which other pages share; those of one page stand in the module of its name.
"""

from __future__ import annotations

import pandas as pd

from netstats.catalogue import actions, meetings, participation, quality, themes
from netstats.catalogue.figure import ACTIVITY_SOURCE, COMPARED, GEOGRAPHY_SOURCE, Figure, Indicator, sql
from netstats.store import Database

__all__ = ["FIGURES", "FIRST_SHOWN", "HEADLINES", "Figure", "Indicator", "choices", "sql", "years"]

HEADLINES = (
    Indicator(
        "meetings",
        "Réunions",
        "Réunions tenues dans la sélection. Une série de séances compte pour une réunion, à la date de la première ; "
        "une réunion sans date compte tant qu’aucune période n’est choisie. Les réunions annoncées ou annulées ne "
        "comptent pas. Sans réseau choisi, seuls les réseaux régionaux comptent.",
    ),
    Indicator(
        "territories",
        "Territoires participants",
        "Communes, intercommunalités, CISPD et départements différents, présents au moins une fois à une réunion de "
        "la sélection.",
    ),
    Indicator(
        "attendances",
        "Présences",
        "Couples (réunion, territoire) : un territoire présent à trois réunions compte trois fois.",
    ),
    Indicator(
        "share_covered",
        "Population couverte",
        "Part des habitants des départements choisis, à défaut de ceux des régions ou des réseaux choisis, à défaut de "
        "toute la France, qui vivent dans une commune "
        "couverte par un territoire participant : la commune elle-même, son intercommunalité ou son CISPD. Chaque "
        "commune ne compte qu’une fois.",
    ),
    Indicator(
        "themes",
        "Thèmes abordés",
        "Thèmes différents abordés aux réunions de la sélection. Les réunions dont aucun thème n’est connu n’en "
        "ajoutent pas.",
    ),
    Indicator(
        "actions",
        "Actions recensées",
        "Actions racontées aux réunions de la sélection. Une action dont le territoire n’est pas nommé compte pour la "
        "région de son réseau, mais pour aucun département.",
    ),
)

INDICATORS = Figure(
    name="indicateurs",
    query="indicators",
    title="Les chiffres clés de la sélection",
    definition=" ".join(f"{headline.label} : {headline.definition}" for headline in HEADLINES),
    source=f"{ACTIVITY_SOURCE} ; {GEOGRAPHY_SOURCE}",
    columns={
        "meetings": "Réunions",
        "sessions": "Séances",
        "undated_meetings": "Réunions sans date",
        "uncertain_meetings": "Réunions possibles en plus (date ou présents inconnus)",
        "territories": "Territoires participants",
        "attendances": "Présences",
        "attended_meetings": "Réunions dont des présents sont connus",
        "participants": "Participants (effectifs connus)",
        "participants_known_meetings": "Réunions dont l’effectif est connu",
        "participants_approximate": "Effectif en partie approximatif",
        "population_covered": "Population couverte (habitants)",
        "population": "Population de référence",
        "share_covered": "Part de la population couverte",
        "themes": "Thèmes abordés",
        "themed_meetings": "Réunions dont les thèmes sont connus",
        "actions": "Actions recensées",
        "located_actions": "Actions dont le territoire est nommé",
        "unlocated_actions": "Actions en plus, sans territoire nommé, aux mêmes réunions",
    },
)

YEARLY_INDICATORS = Figure(
    name="indicateurs-par-an",
    query="yearly_indicators",
    title="Les chiffres clés, année par année",
    definition="Les mêmes chiffres par année civile, de la première à la dernière année d’activité datée. Les "
    "réunions sans date n’y figurent pas ; un territoire ou un thème compte une fois chaque année où il est présent.",
    columns={
        "year": "Année",
        "meetings": "Réunions",
        "territories": "Territoires participants",
        "attendances": "Présences",
        "share_covered": "Part de la population couverte",
        "themes": "Thèmes abordés",
        "actions": "Actions recensées",
    },
)

DEPARTMENTS = Figure(
    name="departements",
    query="departments",
    empty="Aucun département dans cette sélection.",
    title="Participation et population couverte par département",
    definition="Un territoire compte dans chaque département dont il couvre au moins une commune : la somme des "
    "départements peut donc dépasser le total. Population couverte : habitants des communes du département couvertes "
    "par un territoire participant, chacune comptée une fois.",
    source=f"{ACTIVITY_SOURCE} ; {GEOGRAPHY_SOURCE}",
    columns={
        "code": "Code",
        "name": "Département",
        "region_code": "Code région",
        "region": "Région",
        "territories": "Territoires participants",
        "attendances": "Présences",
        "population_covered": "Population couverte (habitants)",
        "population": "Population (habitants)",
        "share_covered": "Part de la population couverte",
        "communes_covered": "Communes couvertes",
        "communes": "Communes",
        "share_communes": "Part des communes couvertes",
    },
    technical=frozenset({"region_code"}),
)

TERRITORIES = Figure(
    name="territoires",
    query="territories",
    empty="Aucune présence n’est connue dans cette sélection.",
    title="Territoires participants",
    definition="Territoires présents au moins une fois à une réunion de la sélection. Le département est celui où "
    "vivent la plupart de leurs habitants.",
    source=f"{ACTIVITY_SOURCE} ; {GEOGRAPHY_SOURCE}",
    columns={
        "code": "Code",
        "name": "Territoire",
        "kind": "Type",
        "department_code": "Code département",
        "department": "Département",
        "region": "Région",
        "population": "Population (habitants)",
        "lon": "Longitude",
        "lat": "Latitude",
        "attendances": "Présences",
        "first_seen": "Première présence datée",
        "last_seen": "Dernière présence datée",
        **COMPARED,
    },
    technical=frozenset({"code", "department_code", "lon", "lat"}),
    compares="attendances",
)

MEETINGS = Figure(
    name="reunions",
    query="meetings",
    title="Réunions",
    definition="Toutes les réunions de la sélection, les plus récentes d’abord. Les réunions annoncées ou annulées y "
    "sont marquées et ne sont comptées nulle part ailleurs.",
    columns={
        "code": "Code",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "held_until": "Dernière séance",
        "sessions": "Séances",
        "network": "Réseau",
        "kind": "Nature",
        "title": "Titre",
        "status": "Statut",
        "format": "Format",
        "place": "Lieu",
        "names": "Présents (sélection)",
        "territory_codes": "Codes des présents (sélection)",
        "territories": "Territoires présents (sélection)",
        "territories_all": "Territoires présents",
        "participants": "Participants",
        "participants_precision": "Précision de l’effectif",
        "participants_unit": "Unité de l’effectif",
        "themes": "Thèmes",
        "note": "Note",
        "source_url": "Source",
    },
    technical=frozenset({"code", "date_precision", "territory_codes"}),
)

ATTENDANCES = Figure(
    name="presences",
    query="attendances",
    empty="Aucune présence n’est connue dans cette sélection.",
    title="Présences",
    definition="Qui était à quelle réunion : une ligne par réunion et par territoire, avec le nom tel que la source "
    "l’écrit. Membre : du FFSU, quand la source le dit.",
    columns={
        "meeting_code": "Code réunion",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "network": "Réseau",
        "title": "Réunion",
        "territory_code": "Code territoire",
        "territory": "Territoire",
        "kind": "Type",
        "department": "Département",
        "printed_name": "Nom écrit dans la source",
        "member": "Membre du FFSU",
        "source_url": "Source",
    },
    technical=frozenset({"meeting_code", "date_precision", "territory_code"}),
)

TIMELINE = Figure(
    name="frise",
    query="timeline",
    title="Les réunions dans le temps",
    definition="Réunions tenues, par réseau et selon la famille de leurs thèmes : une ligne par réunion et par "
    "famille. Une réunion sans date est nommée à côté de la frise, jamais placée dessus.",
    columns={
        "code": "Code",
        "title": "Réunion",
        "network": "Réseau",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "held_until": "Dernière séance",
        "sessions": "Séances",
        "family_rank": "Rang de la famille",
        "family": "Famille de thèmes",
    },
    technical=frozenset({"code", "date_precision", "family_rank"}),
)

ACTIVITY = Figure(
    name="activite",
    query="activity",
    title="Les réunions dans le temps",
    definition="Nombre de réunions tenues par réseau et par trimestre, semestre ou année selon l’étendue des dates ; "
    "une période sans réunion y est à zéro. Les réunions sans date n’y figurent pas.",
    columns={
        "network": "Réseau",
        "period_start": "Début de la période",
        "period_label": "Période",
        "meetings": "Réunions",
    },
    technical=frozenset({"period_start"}),
)

THEMES = Figure(
    name="themes",
    query="themes",
    empty="Aucun thème n’est connu dans cette sélection.",
    title="Thèmes abordés",
    definition="Nombre de réunions où le thème a été abordé, et part parmi les réunions dont les thèmes sont connus. "
    "Une réunion aborde souvent plusieurs thèmes : les parts ne s’additionnent pas.",
    columns={
        "code": "Code",
        "name": "Thème",
        "short_name": "Libellé court",
        "family": "Famille",
        "family_rank": "Rang de la famille",
        "meetings": "Réunions",
        "themed_meetings": "Réunions dont les thèmes sont connus",
        "share": "Part",
        "first_seen": "Première réunion datée",
        "last_seen": "Dernière réunion datée",
        **COMPARED,
    },
    compares="meetings",
    technical=frozenset({"code", "short_name", "family_rank"}),
)

ACTION_TYPES = Figure(
    name="types-action",
    query="action_types",
    empty="Aucune action n’est recensée dans cette sélection.",
    title="Types d’action",
    definition="Actions racontées aux réunions de la sélection, par type. Une action sans territoire nommé compte "
    "pour la région de son réseau, mais pour aucun département.",
    columns={
        "code": "Code",
        "name": "Type d’action",
        "actions": "Actions",
        "located_actions": "Dont territoire nommé",
        "meetings": "Réunions",
        **COMPARED,
    },
    compares="actions",
)

FIGURES = {
    figure.name: figure
    for figure in (
        INDICATORS,
        YEARLY_INDICATORS,
        DEPARTMENTS,
        TERRITORIES,
        MEETINGS,
        ATTENDANCES,
        TIMELINE,
        ACTIVITY,
        THEMES,
        ACTION_TYPES,
        *participation.FIGURES,
        *themes.FIGURES,
        *actions.FIGURES,
        *meetings.FIGURES,
        *quality.FIGURES,
    )
}
"""Every figure by name, in the order of `figures --list`."""

FIRST_SHOWN = (INDICATORS, YEARLY_INDICATORS, MEETINGS, TERRITORIES, DEPARTMENTS, TIMELINE, THEMES, ACTION_TYPES)
"""What the first page asks before anything is chosen, in the order in which it asks."""


def choices(database: Database) -> dict[str, dict[str, str]]:
    """Return what can be chosen in each filter: parameter → code → label, in the order to show."""
    found: dict[str, dict[str, str]] = {}
    for row in database.ask(sql("choices")).itertuples(index=False):
        found.setdefault(str(row.parameter), {})[str(row.code)] = str(row.label)
    return found


def years(database: Database) -> tuple[int, int] | None:
    """Return the first and the last year with a dated meeting, whatever the filters; None without any."""
    row = database.ask(sql("years")).iloc[0]
    return None if pd.isna(row["first_year"]) else (int(row["first_year"]), int(row["last_year"]))
