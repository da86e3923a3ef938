"""Figures of the meetings: their calendar, the search in their words, one meeting's page and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from netstats import wording
from netstats.catalogue.chart import Drawn
from netstats.catalogue.column import Column, Format, columns, count
from netstats.catalogue.figure import BOTH_SOURCES, Figure, declared
from netstats.catalogue.measure import Answer, Measure
from netstats.filters import Filters
from netstats.reference.fold import unaccented
from netstats.reference.words import singular

_ONE_MEETING = "Cette figure ne dépend pas des filtres : elle décrit une seule réunion."
_UNKNOWN_MEETING = "Cette réunion n’est pas connue."
_MEETING_CODE = "code de la réunion"
_SHORTEST_HALF = 4  # letters: « vidéo » and « protection », not « ma » and « ire »

CALENDAR = Figure(
    name="calendrier",
    query="calendar",
    title="Le calendrier des réunions",
    empty="Aucune réunion datée dans cette sélection.",
    definition="Réunions tenues, par année et par mois. Une série de séances compte une fois, au mois de la première ; "
    "une réunion dont on ne connaît que l’année est comptée dans son année, sans mois ; une réunion sans date n’est "
    "dans aucune case, elle est nommée à côté.",
    chart=Drawn("calendar"),
    columns=columns("year month meetings", month=count("Mois")),
)

LAST_MEETING = Figure(
    name="derniere-reunion",
    query="last_meeting",
    places_only=True,
    title="Dernière réunion connue",
    empty="Aucune réunion datée n’est connue.",
    definition="La dernière réunion tenue et datée des réseaux, régions et départements choisis, quels que soient la "
    "période et les autres filtres : jusqu’où va ce que l’on sait. Une réunion dont on ne connaît que l’année ou le "
    "mois passe après celles qui y sont datées plus précisément.",
    columns=columns("code held_on date_precision held_until network title", title="Titre"),
)


def _forms(asked: str) -> Mapping[str, object]:
    """Return what a search binds: the forms of each word, folded, with the rank of the word.

    A form is the beginning of a word: the word itself, cut in two, or with the one before or after it (« vidéo
    protection »); its singular and its plural in -aux are whole words, which a space ends.
    """
    words = re.findall(r"[^\W_]+", unaccented(asked))
    forms: list[tuple[int, str]] = []
    for rank, word in enumerate(words):
        cut = [f"{word[:place]} {word[place:]}" for place in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)]
        joined = ["".join(pair) for pair in pairwise(words[max(rank - 1, 0) : rank + 2])]
        whole = [singular(word), f"{word[:-1]}ux"] if word.endswith("al") else [singular(word)]
        forms += [(rank, f" {form}") for form in (word, *cut, *joined, *(f"{form} " for form in whole))]
    return {"ranks": [rank for rank, _ in forms], "forms": [form for _, form in forms]}


SEARCH = Figure(
    name="recherche-reunions",
    query="meeting_search",
    title="Réunions trouvées",
    empty="Aucune réunion de cette sélection ne contient tous ces mots.",
    definition="Réunions de la sélection, annoncées et annulées comprises, dont le titre, le lieu, la nature, le "
    "réseau, les thèmes, la note, les actions racontées ou les noms des présents (Lomme pour Lille) contiennent tous "
    "les mots cherchés. Un mot cherché est le début d’un "
    "mot : « pharma » trouve « pharmacie ». Majuscules, accents, pluriels et ponctuation ne comptent pas.",
    bind=_forms,
    columns=columns("code held_on date_precision network title status place themes", title="Titre"),
    subject="mots cherchés",
)


def headcount(row: Answer) -> str:
    """Return how many people came, as it is known and in the unit of the source: « environ 50 élus »."""
    count = wording.approximate(row["participants"], row["participants_precision"])
    unit = row["participants_unit"] if isinstance(row["participants_unit"], str) else "participants"
    return count if wording.is_missing(row["participants"]) else f"{count} {unit}"


def _participants_sign(row: Answer) -> str:
    return {"about": "≈ ", "at_least": "> "}.get(str(row["participants_precision"]), "")


def _participants_note(row: Answer, _: Filters) -> str:
    return "" if wording.is_missing(row["participants"]) else headcount(row)


MEASURES = (
    Measure(
        "territories",
        "Territoires présents",
        "Communes, intercommunalités, CISPD et départements que la source nomme parmi les présents.",
    ),
    Measure(
        "participants",
        "Participants",
        "Nombre de personnes, aussi précis que la source le dit : ≈ veut dire environ, > plus de.",
        sign=_participants_sign,
        note=_participants_note,
    ),
    Measure("themes", "Thèmes abordés", "Thèmes que la source dit avoir été abordés.", header="Thèmes"),
    Measure(
        "actions",
        "Actions racontées",
        "Ce que des territoires ont fait, tel que la source le raconte.",
        header="Actions",
    ),
)
"""The key figures of one meeting, of the row of « fiche-reunion »; what the source does not say is unknown, not nil."""

SHEET = Figure(
    name="fiche-reunion",
    query="meeting_sheet",
    title="Quand, où, comment",
    empty=_UNKNOWN_MEETING,
    definition=f"Ce que la source dit de la réunion ; une case vide est inconnue, elle ne vaut pas zéro. "
    f"{_ONE_MEETING}",
    columns=columns(
        "code title network_code network kind status held_on date_precision held_until sessions format "
        "place participants participants_precision participants_unit open_to_non_members territories "
        "themes actions note source_url",
        title="Titre",
        kind="Nature",
        date_precision=Column("Précision de la date"),
        open_to_non_members=Column("Ouverte aux non-membres", Format.FLAG),
        **{measure.name: measure.column for measure in MEASURES},
    ),
    subject=_MEETING_CODE,
)

PRESENT = Figure(
    name="presents-reunion",
    query="meeting_present",
    title="Territoires présents",
    empty="La source ne dit pas quels territoires étaient présents.",
    definition="Territoires présents à la réunion, avec le nom tel que la source l’écrit. Membre : du FFSU, quand la "
    f"source le dit. {_ONE_MEETING}",
    source=BOTH_SOURCES,
    columns=columns("code name kind department population printed_name member", name="Territoire"),
    subject=_MEETING_CODE,
)

THEMES = Figure(
    name="themes-reunion",
    query="meeting_themes",
    title="Thèmes abordés",
    empty="La source ne dit pas quels thèmes ont été abordés.",
    definition=f"Thèmes abordés à la réunion, par famille. {_ONE_MEETING}",
    columns=columns("code name family family_rank", name="Thème"),
    subject=_MEETING_CODE,
)

ACTIONS = Figure(
    name="actions-reunion",
    query="meeting_actions",
    title="Actions racontées",
    empty="La source ne raconte aucune action.",
    definition="Ce que des territoires ont fait, tel que raconté à la réunion. Le territoire reste vide quand la "
    f"source ne nomme personne. {_ONE_MEETING}",
    columns=columns("code type audience theme description territory_code territory source_url"),
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
    columns=columns("side code title held_on date_precision held_until status", side=Column("Place"), title="Titre"),
    subject=_MEETING_CODE,
)

FIGURES = declared(globals())
