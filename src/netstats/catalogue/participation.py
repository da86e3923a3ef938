"""Figures of the page « participation »: who comes, who is new, who stopped coming, and one territory's own sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from netstats import wording
from netstats.catalogue import indicators
from netstats.catalogue.chart import ATTENDANCE, MEETING, Bars, Drawn
from netstats.catalogue.column import THEME, Column, Format, columns, count, share, technical
from netstats.catalogue.figure import BOTH_SOURCES, GEOGRAPHY_SOURCE, Figure, declared
from netstats.catalogue.measure import Answer, Measure
from netstats.filters import Filters
from netstats.reference.fold import normalize

NOBODY = "Aucune présence n’est connue dans cette sélection."

ASSIDUITY = Figure(
    name="assiduite",
    query="assiduity",
    empty=NOBODY,
    title="Assiduité des territoires",
    definition="Réunions où le territoire était présent, parmi celles de ses réseaux depuis sa première présence "
    "datée dans chacun. Ses réseaux sont ceux dont il a suivi au moins une réunion. Seules comptent les réunions "
    "datées dont on sait qui était présent ; sans présence datée, l’assiduité est inconnue.",
    columns=columns(
        "code name kind department attendances attended expected share_attended first_seen last_seen",
        name="Territoire",
        attended=count("Réunions suivies"),
        expected=count("Réunions de ses réseaux"),
        share_attended=share("Assiduité"),
        first_seen="Première présence datée",
        last_seen="Dernière présence datée",
    ),
)


def _rank_note(row: Answer, _: Filters) -> str:
    rank = f"{row['rank']:.0f}{'er' if row['rank'] == 1 else 'e'}{' ex æquo' if row['is_tied'] else ''}"
    return f"{rank} sur {wording.counted(row['of_territories'], 'territoire')}"


def _regularity_note(row: Answer, _: Filters) -> str:
    if wording.is_missing(row["expected"]):
        return "sans présence datée"
    expected = wording.counted(row["expected"], "réunion datée", "réunions datées")
    return f"{wording.number(row['attended'])} sur {expected}"


def _within(_: Answer, filters: Filters) -> str:
    return "dans la sélection" if filters.count() else ""


_seen = partial(
    Measure,
    definition="Parmi les réunions datées de la sélection.",
    format=Format.PARTIAL_DATE,
    unknown="inconnue",
    note=_within,
)

MEASURES = (
    replace(indicators.ATTENDANCES, known_of=None, note=_rank_note),
    Measure("share_attended", "Assiduité", ASSIDUITY.definition, format=Format.SHARE, note=_regularity_note),
    _seen("first_seen", "Première présence"),
    _seen("last_seen", "Dernière présence"),
)
"""The key figures of one territory, of its row among those that `ranked` returns."""


def ranked(assiduity: pd.DataFrame) -> pd.DataFrame:
    """Return rows of « assiduite » with `rank` (1 came most), `is_tied`, and `of_territories`, how many they are."""
    came = assiduity["attendances"]
    return assiduity.assign(
        rank=came.rank(method="min", ascending=False), is_tied=came.duplicated(keep=False), of_territories=len(came)
    )


NETWORKS = Figure(
    name="reseaux",
    query="networks",
    title="Réseaux",
    definition="Réseaux qui ont tenu une réunion dans la sélection, avec les présences et les territoires différents "
    "de la sélection.",
    columns=columns("code name meetings attendances territories", name="Réseau"),
)

ATTENDANCE_GRID = Figure(
    name="grille-assiduite",
    query="attendance_grid",
    subject="code du réseau",
    empty="Aucune présence n’est connue dans ce réseau pour cette sélection.",
    title="Qui était à quelle réunion",
    definition="Pour chaque territoire de la sélection et chaque réunion du réseau : présent, absent, ou inconnu quand "
    "la source ne dit pas qui était là. Un territoire venu au moins une fois a une ligne.",
    columns=columns(
        "code name kind attendances meeting_code title held_on date_precision present",
        name="Territoire",
        present=Column("Présent", Format.FLAG),
    ),
)

TERRITORY_KINDS = Figure(
    name="types-territoire",
    query="territory_kinds",
    empty=NOBODY,
    title="Types de territoire",
    definition="Présences et territoires différents de la sélection, par type de territoire.",
    chart=Bars("kind", "attendances", ("type", "types"), "Présences par type de territoire", ATTENDANCE),
    columns=columns("code kind attendances territories before change"),
    compares="attendances",
)

MEMBERSHIP = Figure(
    name="membres",
    query="membership",
    empty=NOBODY,
    title="Membres du FFSU",
    definition="Présences de la sélection selon que la source dit le territoire membre du FFSU, non membre, ou ne le "
    "dit pas. Un territoire peut être dans deux lignes, d’une réunion à l’autre.",
    columns=columns("membership attendances territories", membership=Column("Adhésion au FFSU")),
)

NEWCOMERS = Figure(
    name="nouveaux-territoires",
    query="newcomers",
    empty="Aucune présence datée n’est connue dans cette sélection.",
    title="Nouveaux territoires",
    definition="Territoires présents dans la période, selon que c’est leur toute première présence datée ou qu’ils "
    "étaient déjà venus, à quelque réunion que ce soit. Les réunions sans date n’y figurent pas : un territoire dit "
    "nouveau peut être venu à l’une d’elles.",
    chart=Drawn("newcomers"),
    columns=columns(
        "period_start period_label newcomers returning",
        newcomers=count("Nouveaux territoires"),
        returning=count("Territoires déjà venus"),
    ),
)

LAPSED = Figure(
    name="a-relancer",
    query="lapsed",
    empty="Aucun territoire à relancer dans cette sélection.",
    title="À relancer",
    definition="Territoires fidèles, absents des deux dernières réunions de leurs réseaux dont les présents sont "
    "connus, à la fin de la période choisie (aujourd’hui, sans période). Fidèle : venu à au moins deux réunions d’un "
    "réseau dans les 24 mois qui finissent à sa dernière présence, ou à la seule que ce réseau y a tenue. Un réseau "
    "sans réunion connue depuis 24 mois ne dit l’absence de personne. Réunions manquées et mois écoulés : depuis le "
    "dernier jour où le territoire a pu être présent. Le thème et le format choisis disent qui est dans la liste, pas "
    "quand il est venu.",
    columns=columns(
        "code name kind department networks attended met attendances last_seen months missed meeting_code meeting "
        "themes",
        name="Territoire",
        networks=Column("Réseaux"),
        attended=count("Présences en 24 mois"),
        met=count("Réunions de son réseau en 24 mois"),
        last_seen="Dernière présence datée",
        months=count("Mois écoulés"),
        missed=count("Réunions manquées"),
        meeting="Dernière réunion suivie",
        themes="Thèmes de cette réunion",
    ),
)


def _words(asked: str) -> Mapping[str, object]:
    """Return what a search of territories binds: the words as names are folded, and a code as it is written."""
    return {"words": normalize(asked), "code": asked.strip().upper()}


TERRITORY_SEARCH = Figure(
    name="recherche-territoires",
    query="territory_search",
    subject="nom ou code d’un territoire",
    bind=_words,
    whole_data=True,
    empty="Aucun territoire de France ne s’appelle ainsi.",
    title="Territoires trouvés",
    definition="Territoires de France, venus ou non, que ce nom peut dire : leur code, leur nom, un autre nom ou le "
    "nom d’une commune déléguée ; d’abord le nom entier, puis son début, puis un de ses mots, les plus peuplés "
    "d’abord. Quand aucun ne convient, les noms les plus proches. Dix au plus.",
    source=BOTH_SOURCES,
    columns=columns(
        "code name kind department_code department population said attendances rank",
        code=Column("Code"),
        name="Territoire",
        said=Column("Autre nom trouvé"),
        rank=technical("Rang : 1 entier, 2 début, 3 mot, 4 nom proche", Format.COUNT),
    ),
)

TERRITORY = Figure(
    name="fiche-territoire",
    query="territory_identity",
    subject="code du territoire",
    empty="Ce territoire n’est pas connu.",
    title="Identité du territoire",
    definition="Type, département, habitants et communes du territoire, réseaux de sa région ; pour une commune, les "
    "intercommunalités, CISPD et CLSPD qui la couvrent. Les filtres n’y changent rien.",
    source=GEOGRAPHY_SOURCE,
    columns=columns(
        "code name kind department_code department region networks population communes belongs_to aliases",
        code=Column("Code"),
        name="Territoire",
        networks=Column("Réseaux de sa région"),
        belongs_to=Column("Fait partie de"),
        aliases=Column("Autres noms"),
    ),
)

TERRITORY_MEETINGS = Figure(
    name="fiche-territoire-reunions",
    query="territory_meetings",
    subject="code du territoire",
    empty="Aucune présence de ce territoire dans cette sélection.",
    title="Ses réunions",
    definition="Réunions de la sélection où le territoire était présent, les plus récentes d’abord.",
    columns=columns("code held_on date_precision network title themes printed_name member source_url"),
)

TERRITORY_THEMES = Figure(
    name="fiche-territoire-themes",
    query="territory_themes",
    subject="code du territoire",
    empty="Aucun thème de ses réunions n’est connu dans cette sélection.",
    title="Les thèmes rencontrés",
    definition="Thèmes des réunions de la sélection où le territoire était présent, en nombre de réunions.",
    chart=Bars("name", "meetings", ("thème", "thèmes"), "Thèmes rencontrés", MEETING),
    columns=columns(f"{THEME} meetings last_seen", name="Thème"),
)

TERRITORY_ACTIONS = Figure(
    name="fiche-territoire-actions",
    query="territory_actions",
    subject="code du territoire",
    empty="Aucune action de ce territoire n’est recensée dans cette sélection.",
    title="Ses actions",
    definition="Actions du territoire, racontées aux réunions de la sélection, les plus récentes d’abord.",
    columns=columns("code type audience theme description meeting_code network held_on date_precision source_url"),
)

TERRITORY_NEIGHBOURS = Figure(
    name="territoires-voisins",
    query="territory_neighbours",
    subject="code du territoire",
    empty="Aucun territoire n’est venu, à moins de 100 km, dans cette sélection.",
    title="Qui vient, tout près",
    definition="Territoires participants de tous types, sauf les départements, les plus proches d’abord à vol d’oiseau "
    "(de leur centre, ou de celui de leurs communes), à 100 km au plus. Huit au plus.",
    source=BOTH_SOURCES,
    columns=columns(
        "code name kind department kilometres attendances last_seen",
        name="Territoire",
        kilometres=count("Distance (km)"),
        last_seen="Dernière présence datée",
    ),
)

TERRITORY_PEERS = Figure(
    name="territoires-proches",
    query="territory_peers",
    subject="code du territoire",
    empty="Aucun autre territoire de ce type n’est venu dans cette sélection.",
    title="Les territoires qui lui ressemblent",
    definition="Territoires participants du même type, les plus proches d’abord par la taille (rapport des "
    "populations) et par les thèmes rencontrés (part de thèmes communs). Huit au plus.",
    source=BOTH_SOURCES,
    columns=columns(
        "code name kind department population attendances themes_shared",
        name="Territoire",
        themes_shared=count("Thèmes communs"),
    ),
)

FIGURES = declared(globals())
