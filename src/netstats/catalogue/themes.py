"""Figures of the page « themes »: how they rise and fade, where and together with which, and one theme's own sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from netstats import wording
from netstats.catalogue import indicators
from netstats.catalogue.chart import MEETING, Bars, Evolution, Grid, Shifts
from netstats.catalogue.column import THEME, Column, Format, columns, count, partial_date, share, technical
from netstats.catalogue.figure import Figure, declared
from netstats.catalogue.measure import Answer, Measure
from netstats.filters import Filters

_NONE = "Aucun thème n’est connu dans cette sélection."
_NONE_DATED = "Aucune réunion datée de cette sélection ne dit ses thèmes."
_PERIODS = (
    "Les périodes sont des trimestres, des semestres ou des années, selon l’étendue des dates, de la première à la "
    "dernière réunion datée dont les thèmes sont connus ; une période sans aucune réunion de ce genre n’a pas de part. "
    "Les réunions sans date n’y figurent pas."
)
_OVER_TIME = "period_start period_label meetings themed_meetings share"


def _grid(column: str, column_name: str, title: str) -> Grid:
    # Every network, and as many departments as a phone has room for.
    return Grid("short_name", column, "thème", column_name, "meetings", MEETING, title, by_total=True, most_columns=13)


EVOLUTION = Figure(
    name="evolution-themes",
    query="theme_evolution",
    title="Les thèmes dans le temps",
    definition="Réunions de la période où le thème a été abordé, et part parmi celles dont les thèmes sont connus. "
    + _PERIODS,
    empty=_NONE_DATED,
    chart=Evolution("short_name"),
    columns=columns(f"{THEME} {_OVER_TIME}", name="Thème"),
)

FAMILY_EVOLUTION = Figure(
    name="evolution-familles",
    query="family_evolution",
    title="Les familles de thèmes dans le temps",
    definition="Réunions de la période où au moins un thème de la famille a été abordé (une réunion compte une fois "
    "par famille), et part parmi celles dont les thèmes sont connus. " + _PERIODS,
    empty=_NONE_DATED,
    chart=Evolution("name"),
    columns=columns(f"code name family_rank {_OVER_TIME}", name="Famille"),
    parameters={"by_year": False},
)

FAMILY_YEARS = replace(
    FAMILY_EVOLUTION,
    name="evolution-familles-par-an",
    title="Les familles de thèmes, année par année",
    definition="Réunions de l’année où au moins un thème de la famille a été abordé (une réunion compte une fois par "
    "famille), et part parmi celles dont les thèmes sont connus. Les réunions sans date n’y figurent pas.",
    parameters={"by_year": True},
)

TRENDS = Figure(
    name="tendances-themes",
    query="theme_trends",
    title="Thèmes en hausse, en baisse, délaissés",
    definition="Les réunions datées dont les thèmes sont connus sont rangées de la plus ancienne à la plus récente et "
    "coupées en deux moitiés (la seconde en a une de plus quand leur nombre est impair). La part d’un thème est "
    "comparée d’une moitié à l’autre. En hausse, en baisse : l’écart dépasse deux fois son erreur type, donc ce que le "
    "hasard explique d’ordinaire. Il faut au moins 10 réunions dans chaque moitié et 5 réunions datées sur le thème, "
    "sinon les réunions sont trop peu nombreuses pour le dire. Délaissé : la dernière réunion datée sur le thème "
    "remonte à 24 mois ou plus (à la fin de la période choisie, à défaut aujourd’hui), et au moins 5 réunions datées "
    "dont les thèmes sont connus se sont tenues depuis.",
    empty=_NONE,
    chart=Shifts("short_name"),
    columns=columns(
        f"{THEME} meetings first_seen last_seen early_meetings early_total share_early late_meetings "
        "late_total share_late late_since trend meetings_since is_silent",
        name="Thème",
        early_meetings=count("Réunions, première moitié"),
        early_total=count("Sur (première moitié)"),
        share_early=share("Part, première moitié"),
        late_meetings=count("Réunions, seconde moitié"),
        late_total=count("Sur (seconde moitié)"),
        share_late=share("Part, seconde moitié"),
        late_since=partial_date("Début de la seconde moitié"),
        trend=Column("Tendance"),
        meetings_since=count("Réunions datées depuis la dernière"),
        is_silent=Column("N’est plus abordé", Format.FLAG),
    ),
)

RISES_OR_FADES = ("en hausse", "en baisse")
TOO_FEW = "trop peu de réunions pour le dire"
"""What `trend` may be, beside « sans tendance nette »."""


def clear_trends(trends: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of « tendances-themes » that clearly rise or fall."""
    return trends[trends["trend"].isin(RISES_OR_FADES)]


def _falling_note(row: Answer, _: Filters) -> str:
    return TOO_FEW if row["rising"] is None else f"et {wording.number(row['falling'])} en baisse"


def _silent_note(row: Answer, _: Filters) -> str:
    return TOO_FEW if row["silent"] is None else "depuis 24 mois et 5 réunions"


MEASURES = (
    indicators.THEMES,
    Measure(
        "themes_a_meeting",
        "Thèmes par réunion",
        "Nombre moyen de thèmes des réunions de la sélection dont les thèmes sont connus.",
        format=Format.DECIMAL,
        decimals=1,
    ),
    Measure("rising", "En hausse", TRENDS.definition, unknown="–", note=_falling_note),
    Measure("silent", "Délaissés", TRENDS.definition, unknown="–", note=_silent_note),
)
"""The key figures of the themes, as the page shows them; they read `in_brief`."""


def in_brief(row: pd.Series, trends: pd.DataFrame) -> dict[str, Any]:
    """Return what `MEASURES` read, from the row of « indicateurs » and the rows of « tendances-themes »."""
    counts = trends["trend"].value_counts()
    has_trends = counts.drop(TOO_FEW, errors="ignore").any()
    # A theme is left aside after five meetings without it: fewer in all tell nothing.
    has_silence = not trends.empty and int(trends["early_total"].iloc[0] + trends["late_total"].iloc[0]) > 5
    return {
        **row,
        "themes_a_meeting": trends["meetings"].sum() / row["themed_meetings"] if row["themed_meetings"] else None,
        "rising": counts.get("en hausse", 0) if has_trends else None,
        "falling": counts.get("en baisse", 0),
        "silent": trends["is_silent"].sum() if has_silence else None,
    }


NETWORKS = Figure(
    name="themes-reseaux",
    query="theme_networks",
    title="Thèmes par réseau",
    definition="Réunions de chaque réseau où le thème a été abordé.",
    empty=_NONE,
    chart=_grid("network", "réseau", "Thèmes par réseau"),
    columns=columns(f"{THEME} network_code network meetings", name="Thème"),
)

DEPARTMENTS = Figure(
    name="themes-departements",
    query="theme_departments",
    title="Thèmes par département",
    definition="Réunions sur le thème où un territoire qui couvre au moins une commune du département était présent. "
    "Une réunion compte pour chaque département représenté ; une réunion dont les présents sont inconnus ne compte "
    "pour aucun.",
    empty="Aucune réunion de cette sélection ne dit à la fois ses thèmes et ses présents.",
    chart=_grid("department", "département", "Thèmes par département"),
    columns=columns(
        f"{THEME} department_code department meetings", name="Thème", department_code=Column("Code département")
    ),
)

PAIRS = Figure(
    name="themes-ensemble",
    query="theme_pairs",
    title="Thèmes abordés ensemble",
    definition="Nombre de réunions qui ont abordé les deux thèmes, à côté du nombre de réunions sur chacun.",
    empty="Aucune réunion de cette sélection n’aborde deux thèmes.",
    chart=Bars(
        "pair",
        "meetings",
        ("couple de thèmes", "couples de thèmes"),
        "Thèmes abordés ensemble",
        MEETING,
        detail="pair",
        most=12,
    ),
    columns=columns(
        "code first_code first second_code second pair meetings first_meetings second_meetings before change",
        first_code=technical("Code du premier thème"),
        first=Column("Premier thème"),
        second_code=technical("Code du second thème"),
        second=Column("Second thème"),
        pair=technical("Les deux"),
        meetings="Réunions sur les deux",
        first_meetings=count("Réunions sur le premier"),
        second_meetings=count("Réunions sur le second"),
    ),
    compares="meetings",
)

SHEET = Figure(
    name="fiche-theme",
    query="theme_sheet",
    title="Le thème en bref",
    definition="Réunions de la sélection sur le thème, et part parmi celles dont les thèmes sont connus ; réseaux qui "
    "en ont parlé, territoires présents à ces réunions, actions racontées sur ce thème.",
    empty="Ce thème n’est pas connu.",
    columns=columns(
        f"{THEME} meetings themed_meetings share networks territories attended_meetings actions first_seen last_seen",
        name="Thème",
        networks=count("Réseaux"),
        territories="Territoires présents",
    ),
    subject="code du thème",
)

SHEET_EVOLUTION = Figure(
    name="fiche-theme-evolution",
    query="theme_evolution",
    title="Le thème dans le temps",
    definition=EVOLUTION.definition,
    empty="Aucune réunion datée de cette sélection n’aborde ce thème.",
    chart=Evolution("short_name"),
    columns=columns(f"{THEME} {_OVER_TIME}", name="Thème"),
    subject="code du thème",
)

TOGETHER = Figure(
    name="fiche-theme-avec",
    query="theme_together",
    title="Thèmes abordés aux mêmes réunions",
    definition="Pour chaque autre thème, nombre de réunions qui l’ont abordé avec celui de la fiche, et part parmi les "
    "réunions sur ce dernier.",
    empty="Aucun autre thème n’a été abordé aux mêmes réunions.",
    chart=Bars(
        "short_name",
        "meetings",
        ("thème", "thèmes"),
        "Thèmes abordés aux mêmes réunions",
        MEETING,
        detail="name",
        share_of="des réunions sur ce thème",
        most=12,
    ),
    columns=columns(
        f"{THEME} meetings of_meetings share", name="Thème", of_meetings=count("Réunions sur le thème de la fiche")
    ),
    subject="code du thème",
)

FIGURES = declared(globals())
