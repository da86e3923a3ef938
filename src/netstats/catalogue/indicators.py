"""The key figures of a selection: each measure declared once, the whole selection, and year by year."""

from __future__ import annotations

import pandas as pd

from netstats import wording
from netstats.catalogue.column import Column, Format, columns, count
from netstats.catalogue.figure import BOTH_SOURCES, Figure
from netstats.catalogue.measure import Answer, Measure, known_of
from netstats.filters import Filters

_ATTENDED = ("présents connus", "attended_meetings")


def _meetings_note(row: Answer, filters: Filters) -> str:
    said = []
    if row["undated_meetings"]:
        said.append(f"dont {wording.number(row['undated_meetings'])} sans date")
    if row["sessions"] != row["meetings"]:
        said.append(wording.counted(row["sessions"], "séance"))
    if row["uncertain_meetings"]:
        possible = wording.counted(row["uncertain_meetings"], "autre possible", "autres possibles")
        said.append(f"{possible} : {_doubt(filters)}")
    return " · ".join(said)


def _doubt(filters: Filters) -> str:
    """Return which unknown may hide meetings from this selection."""
    reasons = ["date"] if filters.period else []
    reasons += ["présents"] if filters.departments or filters.kinds else []
    return "date inconnue" if reasons == ["date"] else f"{' ou '.join(reasons)} inconnus"


def _coverage_note(row: Answer, _: Filters) -> str:
    if pd.isna(row["population_covered"]):
        return known_of(row, *_ATTENDED)
    return f"{_inhabitants(row['population_covered'])} sur {_inhabitants(row['population'])}"


def _inhabitants(count: int) -> str:
    if count >= 1_000_000:
        millions = round(count / 1e6, 1)
        return f"{wording.number(millions, 1)} {wording.plural(millions, 'million')}"
    return f"{wording.number(count)} hab."


def actions_note(row: Answer, _: Filters) -> str:
    """Return of how many actions the territory is named, or how many more are told without any."""
    if row["unlocated_actions"]:
        return f"{wording.counted(row['unlocated_actions'], 'autre')} aux mêmes réunions, territoire non nommé"
    if row["actions"]:
        return f"territoire nommé pour {wording.number(row['located_actions'])} sur {wording.number(row['actions'])}"
    return ""


def _participants_note(row: Answer, _: Filters) -> str:
    approximate = ", en partie approximatif" if row["participants_approximate"] else ""
    return known_of(row, "effectif connu", "participants_known_meetings") + approximate


MEETINGS = Measure(
    "meetings",
    "Réunions",
    "Réunions tenues dans la sélection. Une série de séances compte pour une réunion, à la date de la première ; "
    "une réunion sans date compte tant qu’aucune période n’est choisie. Les réunions annoncées ou annulées ne "
    "comptent pas. Sans réseau choisi, seuls les réseaux régionaux comptent.",
    note=_meetings_note,
)
TERRITORIES = Measure(
    "territories",
    "Territoires participants",
    "Communes, intercommunalités, CISPD et départements différents, présents au moins une fois à une réunion de "
    "la sélection.",
    known_of=_ATTENDED,
)
ATTENDANCES = Measure(
    "attendances",
    "Présences",
    "Couples (réunion, territoire) : un territoire présent à trois réunions compte trois fois.",
    known_of=_ATTENDED,
)
COVERAGE = Measure(
    "share_covered",
    "Population couverte",
    "Part des habitants des départements choisis, à défaut de ceux des régions ou des réseaux choisis, à défaut de "
    "toute la France, qui vivent dans une commune couverte par un territoire participant : la commune elle-même, son "
    "intercommunalité ou son CISPD. Chaque commune ne compte qu’une fois.",
    format=Format.SHARE,
    header="Part de la population couverte",
    note=_coverage_note,
)
THEMES = Measure(
    "themes",
    "Thèmes abordés",
    "Thèmes différents abordés aux réunions de la sélection. Les réunions dont aucun thème n’est connu n’en ajoutent "
    "pas.",
    known_of=("thèmes connus", "themed_meetings"),
)
ACTIONS = Measure(
    "actions",
    "Actions recensées",
    "Actions racontées aux réunions de la sélection. Une action dont le territoire n’est pas nommé compte pour la "
    "région de son réseau, mais pour aucun département.",
    note=actions_note,
)

MEASURES = (MEETINGS, TERRITORIES, ATTENDANCES, COVERAGE, THEMES, ACTIONS)
"""The key figures, in the order in which they are shown: one more here, with its column in indicators.sql, is shown,
compared, exported, printed and documented everywhere."""

SESSIONS = Measure(
    "sessions",
    "Séances",
    "Séances des réunions de la sélection : une série de deux séances compte pour une réunion et pour deux séances.",
)
PARTICIPANTS = Measure(
    "participants",
    "Participants",
    "Somme des effectifs connus. Une réunion dont l’effectif n’est pas connu n’y ajoute rien : ce n’est pas une "
    "réunion sans personne. En partie approximative, elle se dit à deux chiffres (≈ 630) ; les fichiers la gardent "
    "entière.",
    header="Participants (effectifs connus)",
    sign=lambda row: "≈ " if row["participants_approximate"] else "",
    is_total=True,
    note=_participants_note,
)
LISTS = Measure(
    "attended_meetings",
    "Listes de présents",
    "Réunions dont la source nomme au moins un territoire présent.",
    header="Réunions dont des présents sont connus",
    known_of=_ATTENDED,
)
BESIDE = (SESSIONS, PARTICIPANTS, LISTS)
"""Measures that the page of the meetings shows, and the workbook explains."""

INDICATORS = Figure(
    name="indicateurs",
    query="indicators",
    title="Les chiffres clés de la sélection",
    definition=" ".join(f"{measure.label} : {measure.definition}" for measure in MEASURES),
    source=BOTH_SOURCES,
    columns={
        **{measure.name: measure.column for measure in (*MEASURES, SESSIONS, PARTICIPANTS)},
        **columns(
            "undated_meetings uncertain_meetings attended_meetings participants_known_meetings "
            "participants_approximate population_covered population themed_meetings located_actions "
            "unlocated_actions",
            undated_meetings=count("Réunions sans date"),
            uncertain_meetings=count("Réunions possibles en plus (date ou présents inconnus)"),
            attended_meetings=LISTS.column,
            participants_known_meetings=count("Réunions dont l’effectif est connu"),
            participants_approximate=Column("Effectif en partie approximatif", Format.FLAG),
            population="Population de référence",
            located_actions=count("Actions dont le territoire est nommé"),
            unlocated_actions=count("Actions en plus, sans territoire nommé, aux mêmes réunions"),
        ),
    },
    parameters={"by_year": False},
)

YEARLY_INDICATORS = Figure(
    name="indicateurs-par-an",
    query="indicators",
    title="Les chiffres clés, année par année",
    definition="Les mêmes chiffres par année civile, de la première à la dernière année d’activité datée. Les "
    "réunions sans date n’y figurent pas ; un territoire ou un thème compte une fois chaque année où il est présent.",
    columns={**columns("year"), **{measure.name: measure.column for measure in MEASURES}},
    parameters={"by_year": True},
)

FIGURES: tuple[Figure, ...] = (INDICATORS, YEARLY_INDICATORS)
