"""Every figure of every page: its question in SQL, its columns in French, its definition. One entry a figure.

The pages, the command line, the exports and the tests all ask here, so the same question has one answer. Here stand
the figures of the overview, which other pages share; those of one page stand in the module of its name.
"""

from __future__ import annotations

import pandas as pd

from netstats.catalogue import actions, meetings, participation, quality, themes
from netstats.catalogue.chart import ACTION, ATTENDANCE, MEETING, Bars, Drawn
from netstats.catalogue.column import THEME, Column, Format, columns, count, share, technical
from netstats.catalogue.figure import BOTH_SOURCES, Figure, declared, sql
from netstats.catalogue.indicators import INDICATORS, MEASURES, YEARLY_INDICATORS
from netstats.choices import FORMATS, TERRITORY_KINDS
from netstats.filters import DIMENSIONS
from netstats.store import Database

__all__ = ["FIGURES", "FIRST_SHOWN", "INDICATORS", "MEASURES", "YEARLY_INDICATORS", "Figure", "choices", "sql", "years"]

DEPARTMENTS = Figure(
    name="departements",
    query="departments",
    empty="Aucun département dans cette sélection.",
    title="Participation et population couverte par département",
    definition="Un territoire compte dans chaque département dont il couvre au moins une commune : la somme des "
    "départements peut donc dépasser le total. Population couverte : habitants des communes du département couvertes "
    "par un territoire participant, chacune comptée une fois.",
    source=BOTH_SOURCES,
    chart=Bars(
        "name",
        "share_covered",
        ("département", "départements"),
        "Part de la population couverte par département",
        share_of="de la population",
        most=20,
    ),
    columns=columns(
        "code name region_code region territories attendances population_covered population "
        "share_covered communes_covered communes share_communes",
        code=Column("Code"),
        name="Département",
        communes_covered=count("Communes couvertes"),
        share_communes=share("Part des communes couvertes"),
    ),
)

TERRITORIES = Figure(
    name="territoires",
    query="territories",
    empty="Aucune présence n’est connue dans cette sélection.",
    title="Territoires participants",
    definition="Territoires présents au moins une fois à une réunion de la sélection. Le département est celui où "
    "vivent la plupart de leurs habitants.",
    source=BOTH_SOURCES,
    chart=Bars(
        "name", "attendances", ("territoire", "territoires"), "Territoires les plus présents", ATTENDANCE, most=20
    ),
    columns=columns(
        "code name kind department_code department region population lon lat attendances first_seen "
        "last_seen before change",
        name="Territoire",
        lon=technical("Longitude", Format.DECIMAL),
        lat=technical("Latitude", Format.DECIMAL),
        first_seen="Première présence datée",
        last_seen="Dernière présence datée",
    ),
    compares="attendances",
)

MEETINGS = Figure(
    name="reunions",
    is_long=True,
    query="meetings",
    title="Réunions",
    definition="Toutes les réunions de la sélection, les plus récentes d’abord. Les réunions annoncées ou annulées y "
    "sont marquées et ne sont comptées nulle part ailleurs.",
    columns=columns(
        "code held_on date_precision held_until sessions network kind title status format place names "
        "territory_codes territories territories_all participants participants_precision "
        "participants_unit themes note source_url",
        kind="Nature",
        title="Titre",
        names=Column("Présents (sélection)"),
        territory_codes=technical("Codes des présents (sélection)"),
        territories="Territoires présents (sélection)",
        territories_all=count("Territoires présents"),
    ),
)

ATTENDANCES = Figure(
    name="presences",
    is_long=True,
    query="attendances",
    empty="Aucune présence n’est connue dans cette sélection.",
    title="Présences",
    definition="Qui était à quelle réunion : une ligne par réunion et par territoire, avec le nom tel que la source "
    "l’écrit. Membre : du FFSU, quand la source le dit.",
    columns=columns(
        "meeting_code held_on date_precision network title territory_code territory kind department "
        "printed_name member source_url"
    ),
)

TIMELINE = Figure(
    name="frise",
    query="timeline",
    title="Les réunions dans le temps",
    definition="Réunions tenues, par réseau et selon la famille de leurs thèmes : une ligne par réunion et par "
    "famille. Une réunion sans date est nommée à côté de la frise, jamais placée dessus.",
    chart=Drawn("timeline"),
    columns=columns(
        "code title network held_on date_precision held_until sessions family_rank family", family="Famille de thèmes"
    ),
)

ACTIVITY = Figure(
    name="activite",
    query="activity",
    title="Les réunions dans le temps",
    definition="Nombre de réunions tenues par réseau et par trimestre, semestre ou année selon l’étendue des dates ; "
    "une période sans réunion y est à zéro. Les réunions sans date n’y figurent pas.",
    chart=Drawn("density"),
    columns=columns("network period_start period_label meetings"),
)

THEMES = Figure(
    name="themes",
    query="themes",
    empty="Aucun thème n’est connu dans cette sélection.",
    title="Thèmes abordés",
    definition="Nombre de réunions où le thème a été abordé, et part parmi les réunions dont les thèmes sont connus. "
    "Une réunion aborde souvent plusieurs thèmes : les parts ne s’additionnent pas.",
    chart=Bars(
        "short_name",
        "meetings",
        ("thème", "thèmes"),
        "Thèmes abordés",
        MEETING,
        detail="name",
        share_of="des réunions dont les thèmes sont connus",
    ),
    columns=columns(f"{THEME} meetings themed_meetings share first_seen last_seen before change", name="Thème"),
    compares="meetings",
)

ACTION_TYPES = Figure(
    name="types-action",
    query="action_types",
    empty="Aucune action n’est recensée dans cette sélection.",
    title="Types d’action",
    definition="Actions racontées aux réunions de la sélection, par type. Une action sans territoire nommé compte "
    "pour la région de son réseau, mais pour aucun département.",
    chart=Bars("name", "actions", ("type", "types"), "Types d’action", ACTION),
    columns=columns(
        "code name actions located_actions meetings before change",
        name="Type d’action",
        located_actions=count("Dont territoire nommé"),
    ),
    compares="actions",
)

FIGURES = {
    figure.name: figure
    for figure in (
        *declared(globals()),
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
    found: dict[str, dict[str, str]] = {dimension.parameter: {} for dimension in DIMENSIONS}
    found |= {"modalite": dict(FORMATS), "nature": {kind.code: kind.label for kind in TERRITORY_KINDS.values()}}
    for row in database.ask(sql("choices")).itertuples(index=False):
        found[str(row.parameter)][str(row.code)] = str(row.label)
    return found


def scopes(database: Database) -> dict[str, str]:
    """Return code → scope (regional, national) of the networks that have a meeting; empty before the first one."""
    met = database.ask(sql("networks_met"))
    return dict(zip(met["code"], met["scope"], strict=True))


def years(database: Database) -> tuple[int, int] | None:
    """Return the first and the last year with a dated meeting, whatever the filters; None without any."""
    row = database.ask(sql("years")).iloc[0]
    return None if pd.isna(row["first_year"]) else (int(row["first_year"]), int(row["last_year"]))
