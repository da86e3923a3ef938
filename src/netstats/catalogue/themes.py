"""Figures of the page « themes »: how they rise and fade, where and together with which, and one theme's own sheet."""

from __future__ import annotations

from netstats.catalogue.figure import COMPARED, Figure

_NONE = "Aucun thème n’est connu dans cette sélection."
_NONE_DATED = "Aucune réunion datée de cette sélection ne dit ses thèmes."
_THEME = {
    "code": "Code",
    "name": "Thème",
    "short_name": "Libellé court",
    "family": "Famille",
    "family_rank": "Rang de la famille",
}
_TECHNICAL = frozenset({"code", "short_name", "family_rank"})
_PERIODS = (
    "Les périodes sont des trimestres, des semestres ou des années, selon l’étendue des dates, de la première à la "
    "dernière réunion datée dont les thèmes sont connus ; une période sans aucune réunion de ce genre n’a pas de part. "
    "Les réunions sans date n’y figurent pas."
)
_OVER_TIME = {
    "period_start": "Début de la période",
    "period_label": "Période",
    "meetings": "Réunions",
    "themed_meetings": "Réunions dont les thèmes sont connus",
    "share": "Part",
}

EVOLUTION = Figure(
    name="evolution-themes",
    query="theme_evolution",
    title="Les thèmes dans le temps",
    definition="Réunions de la période où le thème a été abordé, et part parmi celles dont les thèmes sont connus. "
    + _PERIODS,
    empty=_NONE_DATED,
    columns={**_THEME, **_OVER_TIME},
    technical=_TECHNICAL | {"period_start"},
)

FAMILY_EVOLUTION = Figure(
    name="evolution-familles",
    query="family_evolution",
    title="Les familles de thèmes dans le temps",
    definition="Réunions de la période où au moins un thème de la famille a été abordé (une réunion compte une fois "
    "par famille), et part parmi celles dont les thèmes sont connus. " + _PERIODS,
    empty=_NONE_DATED,
    columns={"code": "Code", "name": "Famille", "family_rank": "Rang de la famille", **_OVER_TIME},
    technical=_TECHNICAL | {"period_start"},
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
    columns={
        **_THEME,
        "meetings": "Réunions",
        "first_seen": "Première réunion datée",
        "last_seen": "Dernière réunion datée",
        "early_meetings": "Réunions, première moitié",
        "early_total": "Sur (première moitié)",
        "share_early": "Part, première moitié",
        "late_meetings": "Réunions, seconde moitié",
        "late_total": "Sur (seconde moitié)",
        "share_late": "Part, seconde moitié",
        "late_since": "Début de la seconde moitié",
        "trend": "Tendance",
        "meetings_since": "Réunions datées depuis la dernière",
        "is_silent": "Plus abordé",
    },
    technical=_TECHNICAL,
)

DEPARTMENTS = Figure(
    name="themes-departements",
    query="theme_departments",
    title="Thèmes par département",
    definition="Réunions sur le thème où un territoire qui couvre au moins une commune du département était présent. "
    "Une réunion compte pour chaque département représenté ; une réunion dont les présents sont inconnus ne compte "
    "pour aucun.",
    empty="Aucune réunion de cette sélection ne dit à la fois ses thèmes et ses présents.",
    columns={**_THEME, "department_code": "Code département", "department": "Département", "meetings": "Réunions"},
    technical=_TECHNICAL,
)

NETWORKS = Figure(
    name="themes-reseaux",
    query="theme_networks",
    title="Thèmes par réseau",
    definition="Réunions de chaque réseau où le thème a été abordé.",
    empty=_NONE,
    columns={**_THEME, "network_code": "Code réseau", "network": "Réseau", "meetings": "Réunions"},
    technical=_TECHNICAL | {"network_code"},
)

PAIRS = Figure(
    name="themes-ensemble",
    query="theme_pairs",
    title="Thèmes abordés ensemble",
    definition="Nombre de réunions qui ont abordé les deux thèmes, à côté du nombre de réunions sur chacun.",
    empty="Aucune réunion de cette sélection n’aborde deux thèmes.",
    columns={
        "code": "Code",
        "first_code": "Code du premier thème",
        "first": "Premier thème",
        "second_code": "Code du second thème",
        "second": "Second thème",
        "pair": "Les deux",
        "meetings": "Réunions sur les deux",
        "first_meetings": "Réunions sur le premier",
        "second_meetings": "Réunions sur le second",
        **COMPARED,
    },
    technical=frozenset({"code", "first_code", "second_code", "pair"}),
    compares="meetings",
)

SHEET = Figure(
    name="fiche-theme",
    query="theme_sheet",
    title="Le thème en bref",
    definition="Réunions de la sélection sur le thème, et part parmi celles dont les thèmes sont connus ; réseaux qui "
    "en ont parlé, territoires présents à ces réunions, actions racontées sur ce thème.",
    empty="Ce thème n’est pas connu.",
    columns={
        **_THEME,
        "meetings": "Réunions",
        "themed_meetings": "Réunions dont les thèmes sont connus",
        "share": "Part",
        "networks": "Réseaux",
        "territories": "Territoires présents",
        "attended_meetings": "Réunions dont des présents sont connus",
        "actions": "Actions",
        "first_seen": "Première réunion datée",
        "last_seen": "Dernière réunion datée",
    },
    technical=_TECHNICAL,
    subject="code du thème",
)

SHEET_EVOLUTION = Figure(
    name="fiche-theme-evolution",
    query="theme_evolution",
    title="Le thème dans le temps",
    definition=EVOLUTION.definition,
    empty="Aucune réunion datée de cette sélection n’aborde ce thème.",
    columns=EVOLUTION.columns,
    technical=EVOLUTION.technical,
    subject="code du thème",
)

TOGETHER = Figure(
    name="fiche-theme-avec",
    query="theme_together",
    title="Thèmes abordés aux mêmes réunions",
    definition="Pour chaque autre thème, nombre de réunions qui l’ont abordé avec celui de la fiche, et part parmi les "
    "réunions sur ce dernier.",
    empty="Aucun autre thème n’a été abordé aux mêmes réunions.",
    columns={**_THEME, "meetings": "Réunions", "of_meetings": "Réunions sur le thème de la fiche", "share": "Part"},
    technical=_TECHNICAL,
    subject="code du thème",
)

FIGURES: tuple[Figure, ...] = (
    EVOLUTION,
    FAMILY_EVOLUTION,
    TRENDS,
    NETWORKS,
    DEPARTMENTS,
    PAIRS,
    SHEET,
    SHEET_EVOLUTION,
    TOGETHER,
)
