"""Figures of the meetings: their calendar, the search in their words, one meeting's page and its neighbours."""

from __future__ import annotations

from netstats.catalogue.figure import ACTIVITY_SOURCE, GEOGRAPHY_SOURCE, Figure

_ONE_MEETING = "Cette figure ne dépend pas des filtres : elle décrit une seule réunion."
_UNKNOWN_MEETING = "Cette réunion n’est pas connue."
_MEETING_CODE = "code de la réunion"

CALENDAR = Figure(
    name="calendrier",
    query="calendar",
    title="Le calendrier des réunions",
    empty="Aucune réunion datée dans cette sélection.",
    definition="Réunions tenues, par année et par mois. Une série de séances compte une fois, au mois de la première ; "
    "une réunion dont on ne connaît que l’année est comptée dans son année, sans mois ; une réunion sans date n’est "
    "dans aucune case, elle est nommée à côté.",
    columns={"year": "Année", "month": "Mois", "meetings": "Réunions"},
)

SEARCH = Figure(
    name="recherche-reunions",
    query="meeting_search",
    title="Réunions trouvées",
    empty="Aucune réunion de cette sélection ne contient tous ces mots.",
    definition="Réunions de la sélection, annoncées et annulées comprises, dont le titre, le lieu, la nature, le "
    "réseau, les thèmes ou les noms des présents contiennent tous les mots cherchés. Un mot cherché est le début d’un "
    "mot : « pharma » trouve « pharmacie ». Majuscules, accents et ponctuation ne comptent pas.",
    columns={
        "code": "Code",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "network": "Réseau",
        "title": "Titre",
        "status": "Statut",
        "place": "Lieu",
        "themes": "Thèmes",
    },
    subject="mots cherchés",
)

SHEET = Figure(
    name="fiche-reunion",
    query="meeting_sheet",
    title="Quand, où, comment",
    empty=_UNKNOWN_MEETING,
    definition=f"Ce que la source dit de la réunion ; une case vide est inconnue, elle ne vaut pas zéro. "
    f"{_ONE_MEETING}",
    columns={
        "code": "Code",
        "title": "Titre",
        "network_code": "Code réseau",
        "network": "Réseau",
        "kind": "Nature",
        "status": "Statut",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "held_until": "Dernière séance",
        "sessions": "Séances",
        "format": "Format",
        "place": "Lieu",
        "participants": "Participants",
        "participants_precision": "Précision de l’effectif",
        "participants_unit": "Unité de l’effectif",
        "open_to_non_members": "Ouverte aux non-membres",
        "territories": "Territoires présents",
        "themes": "Thèmes",
        "actions": "Actions",
        "note": "Note",
        "source_url": "Source",
    },
    technical=frozenset({"code", "network_code"}),
    subject=_MEETING_CODE,
)

PRESENT = Figure(
    name="presents-reunion",
    query="meeting_present",
    title="Territoires présents",
    empty="La source ne dit pas quels territoires étaient présents.",
    definition="Territoires présents à la réunion, avec le nom tel que la source l’écrit. Membre : du FFSU, quand la "
    f"source le dit. {_ONE_MEETING}",
    source=f"{ACTIVITY_SOURCE} ; {GEOGRAPHY_SOURCE}",
    columns={
        "code": "Code",
        "name": "Territoire",
        "kind": "Type",
        "department": "Département",
        "population": "Population (habitants)",
        "printed_name": "Nom écrit dans la source",
        "member": "Membre du FFSU",
    },
    subject=_MEETING_CODE,
)

THEMES = Figure(
    name="themes-reunion",
    query="meeting_themes",
    title="Thèmes abordés",
    empty="La source ne dit pas quels thèmes ont été abordés.",
    definition=f"Thèmes abordés à la réunion, par famille. {_ONE_MEETING}",
    columns={"code": "Code", "name": "Thème", "family": "Famille", "family_rank": "Rang de la famille"},
    technical=frozenset({"code", "family_rank"}),
    subject=_MEETING_CODE,
)

ACTIONS = Figure(
    name="actions-reunion",
    query="meeting_actions",
    title="Actions racontées",
    empty="La source ne raconte aucune action.",
    definition="Ce que des territoires ont fait, tel que raconté à la réunion. Le territoire reste vide quand la "
    f"source ne nomme personne. {_ONE_MEETING}",
    columns={
        "code": "Code",
        "type": "Type",
        "audience": "Public",
        "theme": "Thème",
        "description": "Action",
        "territory_code": "Code territoire",
        "territory": "Territoire",
        "source_url": "Source",
    },
    technical=frozenset({"code", "territory_code"}),
    subject=_MEETING_CODE,
)

NEIGHBOURS = Figure(
    name="voisines-reunion",
    query="meeting_neighbours",
    title="Avant et après, dans le même réseau",
    empty="C’est la seule réunion enregistrée de son réseau.",
    definition="La réunion d’avant et celle d’après dans le même réseau, annoncées et annulées comprises. Les réunions "
    "sans date sont rangées après toutes les autres : leur place ne dit rien de leur date. "
    f"{_ONE_MEETING}",
    columns={
        "side": "Place",
        "code": "Code",
        "title": "Titre",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "held_until": "Dernière séance",
        "status": "Statut",
    },
    subject=_MEETING_CODE,
)

FIGURES: tuple[Figure, ...] = (CALENDAR, SEARCH, SHEET, PRESENT, THEMES, ACTIONS, NEIGHBOURS)
