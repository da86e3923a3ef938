"""Figures of the page « participation »: who comes, who is new, who stopped coming, and one territory's own sheet."""

from __future__ import annotations

from netstats.catalogue.figure import ACTIVITY_SOURCE, COMPARED, GEOGRAPHY_SOURCE, Figure

NOBODY = "Aucune présence n’est connue dans cette sélection."

ASSIDUITY = Figure(
    name="assiduite",
    query="assiduity",
    empty=NOBODY,
    title="Assiduité des territoires",
    definition="Réunions où le territoire était présent, parmi celles de ses réseaux depuis sa première présence "
    "datée dans chacun. Ses réseaux sont ceux dont il a suivi au moins une réunion. Seules comptent les réunions "
    "datées dont on sait qui était présent ; sans présence datée, l’assiduité est inconnue.",
    columns={
        "code": "Code",
        "name": "Territoire",
        "kind": "Type",
        "department": "Département",
        "attendances": "Présences",
        "attended": "Réunions suivies",
        "expected": "Réunions de ses réseaux",
        "share_attended": "Assiduité",
        "first_seen": "Première présence datée",
        "last_seen": "Dernière présence datée",
    },
)

NETWORKS = Figure(
    name="reseaux",
    query="networks",
    title="Réseaux",
    definition="Réseaux qui ont tenu une réunion dans la sélection, avec les présences et les territoires différents "
    "de la sélection.",
    columns={
        "code": "Code",
        "name": "Réseau",
        "meetings": "Réunions",
        "attendances": "Présences",
        "territories": "Territoires participants",
    },
)

ATTENDANCE_GRID = Figure(
    name="grille-assiduite",
    query="attendance_grid",
    subject="code du réseau",
    empty="Aucune présence n’est connue dans ce réseau pour cette sélection.",
    title="Qui était à quelle réunion",
    definition="Pour chaque territoire de la sélection et chaque réunion du réseau : présent, absent, ou inconnu quand "
    "la source ne dit pas qui était là. Un territoire venu au moins une fois a une ligne.",
    columns={
        "code": "Code",
        "name": "Territoire",
        "kind": "Type",
        "attendances": "Présences",
        "meeting_code": "Code réunion",
        "title": "Réunion",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "present": "Présent",
    },
    technical=frozenset({"code", "meeting_code", "date_precision"}),
)

TERRITORY_KINDS = Figure(
    name="types-territoire",
    query="territory_kinds",
    empty=NOBODY,
    title="Types de territoire",
    definition="Présences et territoires différents de la sélection, par type de territoire.",
    columns={
        "code": "Code",
        "kind": "Type",
        "attendances": "Présences",
        "territories": "Territoires participants",
        **COMPARED,
    },
    compares="attendances",
)

MEMBERSHIP = Figure(
    name="membres",
    query="membership",
    empty=NOBODY,
    title="Membres du FFSU",
    definition="Présences de la sélection selon que la source dit le territoire membre du FFSU, non membre, ou ne le "
    "dit pas. Un territoire peut être dans deux lignes, d’une réunion à l’autre.",
    columns={"membership": "Adhésion au FFSU", "attendances": "Présences", "territories": "Territoires participants"},
)

NEWCOMERS = Figure(
    name="nouveaux-territoires",
    query="newcomers",
    empty="Aucune présence datée n’est connue dans cette sélection.",
    title="Nouveaux territoires",
    definition="Territoires présents dans la période, selon que c’est leur toute première présence datée ou qu’ils "
    "étaient déjà venus, à quelque réunion que ce soit. Les réunions sans date n’y figurent pas : un territoire dit "
    "nouveau peut être venu à l’une d’elles.",
    columns={
        "period_start": "Début de la période",
        "period_label": "Période",
        "newcomers": "Nouveaux territoires",
        "returning": "Territoires déjà venus",
    },
    technical=frozenset({"period_start"}),
)

LAPSED = Figure(
    name="a-relancer",
    query="lapsed",
    empty="Aucun territoire à relancer dans cette sélection.",
    title="À relancer",
    definition="Territoires déjà venus, absents des deux dernières réunions de chacun de leurs réseaux, ou depuis "
    "douze mois, à la fin de la période choisie (aujourd’hui, sans période). Une réunion dont on ignore les présents "
    "n’est pas une absence. Réunions manquées et mois écoulés : depuis le dernier jour où il a pu être présent ; une "
    "présence dont on ne connaît que l’année ne dit pas combien de mois. Le thème et le format choisis disent qui est "
    "dans la liste, pas quand il est venu.",
    columns={
        "code": "Code",
        "name": "Territoire",
        "kind": "Type",
        "department": "Département",
        "networks": "Réseaux",
        "attendances": "Présences",
        "last_seen": "Dernière présence datée",
        "months": "Mois écoulés",
        "missed": "Réunions manquées",
        "meeting_code": "Code réunion",
        "meeting": "Dernière réunion suivie",
        "themes": "Thèmes de cette réunion",
    },
    technical=frozenset({"code", "meeting_code"}),
)

TERRITORY = Figure(
    name="fiche-territoire",
    query="territory_identity",
    subject="code du territoire",
    empty="Ce territoire n’est pas connu.",
    title="Identité du territoire",
    definition="Type, département, habitants et communes du territoire ; pour une commune, les intercommunalités, "
    "CISPD et CLSPD qui la couvrent. Les filtres n’y changent rien.",
    source=GEOGRAPHY_SOURCE,
    columns={
        "code": "Code",
        "name": "Territoire",
        "kind": "Type",
        "department_code": "Code département",
        "department": "Département",
        "region": "Région",
        "population": "Population (habitants)",
        "communes": "Communes",
        "belongs_to": "Fait partie de",
        "aliases": "Autres noms",
    },
    technical=frozenset({"department_code"}),
)

TERRITORY_MEETINGS = Figure(
    name="fiche-territoire-reunions",
    query="territory_meetings",
    subject="code du territoire",
    empty="Aucune présence de ce territoire dans cette sélection.",
    title="Ses réunions",
    definition="Réunions de la sélection où le territoire était présent, les plus récentes d’abord.",
    columns={
        "code": "Code",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "network": "Réseau",
        "title": "Réunion",
        "themes": "Thèmes",
        "printed_name": "Nom écrit dans la source",
        "member": "Membre du FFSU",
        "source_url": "Source",
    },
)

TERRITORY_THEMES = Figure(
    name="fiche-territoire-themes",
    query="territory_themes",
    subject="code du territoire",
    empty="Aucun thème de ses réunions n’est connu dans cette sélection.",
    title="Les thèmes rencontrés",
    definition="Thèmes des réunions de la sélection où le territoire était présent, en nombre de réunions.",
    columns={
        "code": "Code",
        "name": "Thème",
        "short_name": "Libellé court",
        "family": "Famille",
        "family_rank": "Rang de la famille",
        "meetings": "Réunions",
        "last_seen": "Dernière réunion datée",
    },
    technical=frozenset({"code", "short_name", "family_rank"}),
)

TERRITORY_ACTIONS = Figure(
    name="fiche-territoire-actions",
    query="territory_actions",
    subject="code du territoire",
    empty="Aucune action de ce territoire n’est recensée dans cette sélection.",
    title="Ses actions",
    definition="Actions du territoire, racontées aux réunions de la sélection, les plus récentes d’abord.",
    columns={
        "code": "Code",
        "type": "Type",
        "audience": "Public",
        "theme": "Thème",
        "description": "Action",
        "meeting_code": "Code réunion",
        "network": "Réseau",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "source_url": "Source",
    },
    technical=frozenset({"code", "meeting_code", "date_precision"}),
)

TERRITORY_PEERS = Figure(
    name="territoires-proches",
    query="territory_peers",
    subject="code du territoire",
    empty="Aucun autre territoire de ce type n’est venu dans cette sélection.",
    title="Les territoires les plus proches",
    definition="Territoires participants du même type, les plus proches d’abord par la taille (rapport des "
    "populations) et par les thèmes rencontrés (part de thèmes communs). Huit au plus.",
    source=f"{ACTIVITY_SOURCE} ; {GEOGRAPHY_SOURCE}",
    columns={
        "code": "Code",
        "name": "Territoire",
        "kind": "Type",
        "department": "Département",
        "population": "Population (habitants)",
        "attendances": "Présences",
        "themes_shared": "Thèmes communs",
    },
)

FIGURES: tuple[Figure, ...] = (
    ASSIDUITY,
    NETWORKS,
    ATTENDANCE_GRID,
    TERRITORY_KINDS,
    MEMBERSHIP,
    NEWCOMERS,
    LAPSED,
    TERRITORY,
    TERRITORY_MEETINGS,
    TERRITORY_THEMES,
    TERRITORY_ACTIONS,
    TERRITORY_PEERS,
)
