"""THE declaration of the data: tables, keys and columns, as plain data; the closed lists are in `netstats.choices`.

All else is derived from it: the SQL that makes the tables, verifies and writes them (`netstats.store.ddl`, printed by
`python -m netstats schema`), the forms that people fill in, the template, the headers that an import recognises, the
export, the words of the journal, the tables of docs/import.md. To add a column, add it to its table here.
"""

from __future__ import annotations

from dataclasses import replace

from netstats.choices import (
    FORMAT_CELLS,
    FORMATS,
    HEADCOUNT_PRECISIONS,
    HEADCOUNT_UNITS,
    MEETING_KINDS,
    OWN_KINDS,
    SCOPES,
    STATUSES,
)
from netstats.declaration import Column, Form, Table

# --- Columns that several tables or forms have alike ---

CODE = Column(
    "code",
    "VARCHAR NOT NULL",
    "code",
    "Code",
    "Identifiant stable, en minuscules, chiffres et tirets ; laissé vide, netstats le compose.",
    synonyms=("identifiant", "id", "code stable"),
    maximum=100,
)
NAME = Column(
    "name",
    "VARCHAR NOT NULL",
    "text",
    "Nom",
    "Nom tel qu’il est montré.",
    required=True,
    synonyms=("libellé",),
    maximum=120,
)
UNIQUE_NAME = replace(NAME, unique=True)  # filters, addresses and charts go by it
RANK = Column(
    "rank",
    "INTEGER NOT NULL",
    "number",
    "Rang",
    "Ordre dans les listes.",
    "1",
    required=True,
    unique=True,
    synonyms=("ordre",),
    maximum=1000,
)
RETIRED = Column(
    "retired", "BOOLEAN", "yes_no", "Retiré", "« oui » : gardé, mais plus proposé ; vide sinon.", placeholder="non"
)
SOURCE_URL = Column(
    "source_url",
    "VARCHAR",
    "url",
    "Source",
    "Adresse de la page où on peut le lire.",
    "https://ffsu.org/compte-rendu",
    synonyms=("url", "lien", "adresse web", "source (url)", "lien vers le compte rendu"),
    maximum=1000,
    placeholder="https://…",
)
BATCH_ID = Column("batch_id", "BIGINT NOT NULL", refers_to="batch", written=False)

# How a line of another sheet says which meeting it is of: by code, or by network and date.
MEETING_CODE = Column(
    "meeting_code",
    "VARCHAR NOT NULL",
    "meeting",
    "Réunion",
    "Code de la réunion, le même que dans la feuille Réunions ; inutile si Réseau et Date la désignent.",
    "hauts-de-france-2026-03-12",
    synonyms=("code réunion", "code de la réunion", "réunion (code)", "id réunion"),
    refers_to="meeting",
)
MEETING_NETWORK = Column(
    "network",
    kind="network",
    header="Réseau",
    help="Réseau de la réunion, quand la colonne Réunion est vide.",
    example="Hauts-de-France",
    synonyms=("réseau régional", "nom du réseau"),
)
MEETING_DATE = Column(
    "date",
    kind="date",
    header="Date",
    help="Date de la réunion, quand la colonne Réunion est vide.",
    example="12/03/2026",
    synonyms=("date de la réunion", "date de réunion", "date réunion", "le", "quand"),
)
OF_A_MEETING = (MEETING_CODE, MEETING_NETWORK, MEETING_DATE)

TERRITORY_NAMES = (
    *("collectivité", "ville", "commune", "organisme", "structure", "EPCI"),
    *("nom du territoire", "nom de la collectivité", "nom de la ville", "nom de la commune", "nom de l’organisme"),
    *("nom de la structure", "nom de l’EPCI", "nom EPCI", "nom com", "nom dep", "nom dept", "nom membre", "coll nom"),
)
"""Other headers of a column that names a territory."""
TERRITORY_CODE = Column(
    "territory_code",
    kind="territory_code",
    header="Code du territoire",
    help="Code INSEE de la commune ou du département, SIREN de l’intercommunalité : il départage les homonymes.",
    example="59350",
    synonyms=("code insee", "insee", "siren", "code territoire", "code commune", "code insee ou siren"),
)

# --- Networks, themes, types of action and audiences: what rarely changes ---

NETWORK = Table(
    "network",
    (
        CODE,
        UNIQUE_NAME,
        Column("scope", "VARCHAR NOT NULL", "choice", "Portée", "régional ou national.", required=True, choices=SCOPES),
        Column(
            "regions",
            kind="regions",
            held_in="network_region",
            header="Régions",
            help="Ses régions, séparées par des points-virgules.",
            example="Hauts-de-France",
        ),
        RETIRED,
    ),
    nouns=("réseau", "réseaux"),
    dangling="réseau inconnu",
    form=Form("reseaux", "Réseaux", "Une ligne par réseau.", synonyms=("réseau",)),
)

NETWORK_REGION = Table(
    "network_region",
    (
        Column("network_code", "VARCHAR NOT NULL", header="Réseau", refers_to="network"),
        Column("region_code", "VARCHAR NOT NULL", header="Région", refers_to="region"),
    ),
    key=("network_code", "region_code"),
    nouns=("région de réseau", "régions de réseau"),
)

# The rank of a family, 1 to 7, is its colour.
THEME_FAMILY = Table(
    "theme_family",
    (CODE, UNIQUE_NAME, RANK, RETIRED),
    nouns=("famille de thèmes", "familles de thèmes"),
    dangling="famille inconnue",
    form=Form("familles", "Familles de thèmes", "Une ligne par famille de thèmes."),
)

THEME = Table(
    "theme",
    (
        CODE,
        Column(
            "family_code",
            "VARCHAR NOT NULL",
            "family",
            "Famille",
            "Famille du thème.",
            required=True,
            refers_to="theme_family",
        ),
        UNIQUE_NAME,
        Column(
            "short_name",
            "VARCHAR NOT NULL",
            "text",
            "Nom court",
            "Nom d’au plus 28 caractères, pour les figures ; laissé vide, il est tiré du nom.",
            unique=True,
            synonyms=("abrégé",),
            maximum=28,  # the longest that a chart shows whole on a phone
            placeholder="Laissé vide : tiré du nom",
        ),
        RETIRED,
    ),
    nouns=("thème", "thèmes"),
    dangling="thème inconnu",
    form=Form("themes", "Thèmes", "Une ligne par thème.", synonyms=("thème", "liste des thèmes")),
)

ACTION_TYPE = Table(
    "action_type",
    (CODE, UNIQUE_NAME, RANK, RETIRED),
    nouns=("type d’action", "types d’action"),
    dangling="type inconnu",
    form=Form("types", "Types d’action", "Une ligne par type d’action."),
)

AUDIENCE = Table(
    "audience",
    (CODE, UNIQUE_NAME, RANK, RETIRED),
    nouns=("public", "publics"),
    dangling="public inconnu",
    form=Form("publics", "Publics", "Une ligne par public."),
)

# --- The official geography (COG) and our own bodies ---

REGION = Table(
    "region", (Column("code", "VARCHAR NOT NULL"), Column("name", "VARCHAR NOT NULL")), dangling="région inconnue"
)

DEPARTMENT = Table(
    "department",
    (
        Column("code", "VARCHAR NOT NULL"),
        Column("name", "VARCHAR NOT NULL"),
        Column("region_code", "VARCHAR NOT NULL", refers_to="region"),
    ),
)

# A body that can attend. code: INSEE (commune, department), SIREN (EPCI, EPT), our own (CISPD, CLSPD).
TERRITORY = Table(
    "territory",
    (
        CODE,
        Column(
            "kind",
            "VARCHAR NOT NULL",
            "choice",
            "Nature",
            "CISPD ou CLSPD.",
            "CISPD",
            required=True,
            choices={kind: kind for kind in OWN_KINDS},
        ),
        NAME,
        Column("population", "BIGINT", written=False),
        *(Column(name, "DOUBLE", written=False) for name in ("lon", "lat")),
        Column("department_code", "VARCHAR", written=False),  # where most of its inhabitants live
        Column(
            "communes",
            kind="communes",
            held_in="territory_commune",
            header="Communes",
            help="Communes qu’il couvre, par nom ou code INSEE, séparées par des points-virgules.",
            example="59014 ; 59079",
            required=True,
        ),
        RETIRED,
    ),
    nouns=("organisme", "organismes"),
    dangling="territoire inconnu",
    ours=f"kind IN {OWN_KINDS}",
    form=Form(
        "organismes",
        "Organismes",
        "Une ligne par CISPD ou CLSPD, que la liste officielle ne connaît pas.",
        synonyms=("cispd", "clspd", "organisme"),
    ),
)

# A commune covers itself, an EPCI its members, a CISPD the communes it names, a department its communes.
TERRITORY_COMMUNE = Table(
    "territory_commune",
    (
        Column("territory_code", "VARCHAR NOT NULL", header="Territoire", refers_to="territory"),
        Column("commune_code", "VARCHAR NOT NULL", header="Commune", refers_to="territory", only="commune"),
    ),
    key=("territory_code", "commune_code"),
    indexed=False,  # 100,000 rows that no write looks up one by one
    nouns=("commune d’organisme", "communes d’organisme"),
    ours=f"territory_code NOT IN (SELECT code FROM territory WHERE kind NOT IN {OWN_KINDS})",  # noqa: S608
)

# Derived from territory_commune by store/derive.sql, so that a department filter costs one small look-up.
TERRITORY_DEPARTMENT = Table(
    "territory_department",
    (Column("territory_code", "VARCHAR NOT NULL"), Column("department_code", "VARCHAR NOT NULL")),
    key=(),
)

TERRITORY_ALIAS = Table(
    "territory_alias",
    (
        Column(
            "territory_code",
            "VARCHAR NOT NULL",
            "territory",
            "Territoire",
            "Le territoire, par son nom officiel.",
            required=True,
            refers_to="territory",
        ),
        TERRITORY_CODE,
        Column("name", "VARCHAR NOT NULL", "text", "Autre nom", "L’autre nom.", required=True, maximum=120),
        Column("official", "BOOLEAN", written=False),  # true in data/reference, NULL for a name of our own
    ),
    key=("territory_code", "name"),
    indexed=False,  # the official list may come to say a name that we said before
    nouns=("autre nom", "autres noms"),
    ours="official IS NULL",
    verified="official IS NULL",
    form=Form(
        "autres-noms",
        "Autres noms",
        "Une ligne par autre nom sous lequel un territoire est écrit.",
        synonyms=("alias",),
    ),
)

# --- Meetings ---

MEETING = Table(
    "meeting",
    (
        replace(
            CODE,
            help="Identifiant de la réunion, en minuscules, chiffres et tirets ; laissé vide, netstats le compose.",
            example="hauts-de-france-2026-03-12",
            synonyms=("identifiant", "id", "code réunion", "code de la réunion"),
        ),
        Column(
            "network_code",
            "VARCHAR NOT NULL",
            "network",
            "Réseau",
            "Réseau qui s’est réuni.",
            "Hauts-de-France",
            required=True,
            synonyms=("réseau régional", "nom du réseau"),
            placeholder="Choisir un réseau",
            refers_to="network",
        ),
        Column(
            "kind",
            "VARCHAR NOT NULL",
            "choice",
            "Nature",
            "Sorte de réunion.",
            "réunion de réseau",
            required=True,
            choices=dict(zip(MEETING_KINDS, MEETING_KINDS, strict=True)),
            grows=True,
            synonyms=("type de réunion", "nature de la réunion", "type"),
            placeholder="Choisir une nature",
        ),
        # The first day that is known; NULL when it is not. How much of it is known stands beside.
        Column(
            "held_on",
            "DATE",
            "date",
            "Date",
            "Premier jour, aussi précis qu’on le connaît : 12/03/2026, mars 2026 ou 2026 ; vide si on l’ignore.",
            "12/03/2026",
            field="date",
            precision="date_precision",
            synonyms=("date de la réunion", "date de réunion", "date réunion", "date de début", "le", "jour", "quand"),
            placeholder="12/03/2026, mars 2026 ou 2026",
        ),
        Column("date_precision", "VARCHAR NOT NULL", header="Date", empty="unknown"),
        Column(
            "held_until",
            "DATE",
            "date",
            "Date de fin",
            "Dernier jour d’une réunion en plusieurs séances.",
            field="until",
            synonyms=("fin", "jusqu’au", "dernier jour"),
            placeholder="13/03/2026, si elle a duré plusieurs jours",
        ),
        Column(
            "sessions",
            "INTEGER NOT NULL",
            "number",
            "Séances",
            "Nombre de séances ; 1 si la cellule est vide.",
            "1",
            empty=1,
            maximum=1000,
            synonyms=("nombre de séances", "sessions", "nb séances"),
            placeholder="1",
        ),
        Column(
            "format",
            "VARCHAR NOT NULL",
            "choice",
            "Format",
            "Comment on s’est réuni.",
            "présentiel",
            empty="unknown",
            choices=FORMATS,
            cells=FORMAT_CELLS,
            synonyms=("modalité", "modalités", "mode"),
            placeholder="Choisir un format",
        ),
        Column(
            "place",
            "VARCHAR",
            "text",
            "Lieu",
            "Où, sans nom de personne.",
            "Lille",
            maximum=200,
            synonyms=("ville", "endroit"),
            placeholder="Lille",
        ),
        # NULL when unknown: unknown is not zero.
        Column(
            "participants",
            "INTEGER",
            "headcount",
            "Participants",
            "Nombre de personnes présentes ; « environ 50 » ou « plus de 150 » se comprend ; vide si on l’ignore.",
            "16",
            maximum=1_000_000,
            synonyms=(
                *("nombre de participants", "nb participants", "effectif", "présents (nombre)", "nombre"),
                *("nombre de personnes", "nb personnes", "personnes présentes", "nombre de personnes présentes"),
                *("nombre de présents", "nb présents", "nb pers."),
            ),
            placeholder="16, environ 50, plus de 150",
        ),
        Column(
            "participants_precision",
            "VARCHAR",
            "choice",
            "Précision du nombre",
            "Ce que vaut le nombre de participants.",
            "exact",
            choices=HEADCOUNT_PRECISIONS,
            synonyms=("précision",),
        ),
        Column(
            "participants_unit",
            "VARCHAR",
            "choice",
            "Unité",
            "Qui a été compté.",
            "professionnels",
            choices=dict(zip(HEADCOUNT_UNITS, HEADCOUNT_UNITS, strict=True)),
            grows=True,
            synonyms=("qui est compté", "unité de compte"),
            placeholder="Qui a été compté",
        ),
        Column(
            "open_to_non_members",
            "BOOLEAN",
            "yes_no",
            "Ouverte aux non-membres",
            "oui ou non ; vide si on l’ignore.",
            "oui",
            synonyms=("ouverte à tous", "ouverture", "ouverte aux non membres du ffsu"),
            placeholder="inconnu",
        ),
        Column(
            "status",
            "VARCHAR NOT NULL",
            "choice",
            "Statut",
            "Ce qu’il en est ; « tenue » si la cellule est vide.",
            "tenue",
            empty="held",
            choices=STATUSES,
            synonyms=("état",),
            placeholder="Choisir un statut",
        ),
        Column(
            "title",
            "VARCHAR NOT NULL",
            "text",
            "Titre",
            "Intitulé ; laissé vide, netstats écrit la nature et le réseau.",
            "Réunion du réseau Hauts-de-France",
            maximum=300,
            synonyms=("intitulé", "objet", "sujet", "nom de la réunion"),
            placeholder="Laissé vide : la nature et le réseau",
        ),
        Column(
            "themes",
            kind="themes",
            held_in="meeting_theme",
            header="Thèmes",
            help="Thèmes abordés, séparés par des points-virgules.",
            example="Stupéfiants ; Police municipale",
            synonyms=(
                *("thème", "thématiques", "thématique", "thèmes abordés", "thématique abordée", "thématiques abordées"),
            ),
        ),
        Column(
            "present",
            kind="territories",
            header="Territoires présents",
            help="Territoires présents, séparés par des points-virgules ; ou une ligne chacun dans la feuille "
            "Présences.",
            synonyms=("présents", "territoires", "villes présentes", "collectivités présentes", "présences"),
        ),
        Column(
            "note",
            "VARCHAR",
            "text",
            "Note",
            "Ce qu’il faut savoir de plus, sans nom de personne.",
            maximum=2000,
            placeholder="Ce qu’il faut savoir de plus",
        ),
        SOURCE_URL,
        BATCH_ID,
    ),
    nouns=("réunion", "réunions"),
    dangling="réunion inconnue",
    form=Form(
        "reunions",
        "Réunions",
        "Une ligne par réunion.",
        in_template=True,
        synonyms=("réunion", "rencontres", "liste des réunions", "meetings"),
    ),
)

# --- What a meeting brought: who was there, what was talked about, what was done ---

ATTENDANCE = Table(
    "attendance",
    (
        *OF_A_MEETING,
        Column(
            "territory_code",
            "VARCHAR NOT NULL",
            "territory",
            "Territoire",
            "Commune, intercommunalité, CISPD, CLSPD ou département.",
            "Lille",
            required=True,
            synonyms=TERRITORY_NAMES,
            refers_to="territory",
        ),
        TERRITORY_CODE,
        Column(
            "printed_name",
            "VARCHAR",
            "text",
            "Nom dans la source",
            "Le nom comme la source l’écrit, s’il est autre.",
            maximum=200,
            synonyms=("nom imprimé", "nom source"),
            placeholder="Nom écrit dans la source",
        ),
        Column(
            "member",
            "BOOLEAN",
            "yes_no",
            "Membre du FFSU",
            "oui ou non ; vide si la source ne le dit pas.",
            "oui",
            synonyms=("membre", "adhérent", "adhérente", "membre ffsu"),
            placeholder="inconnu",
        ),
        BATCH_ID,
    ),
    key=("meeting_code", "territory_code"),
    nouns=("présence", "présences"),
    form=Form(
        "presences",
        "Présences",
        "Une ligne par territoire présent à une réunion.",
        in_template=True,
        synonyms=("présence", "présents", "participation", "participants", "attendance"),
    ),
)

MEETING_THEME = Table(
    "meeting_theme",
    (
        Column("meeting_code", "VARCHAR NOT NULL", header="Réunion", refers_to="meeting"),
        Column("theme_code", "VARCHAR NOT NULL", header="Thème", refers_to="theme"),
        BATCH_ID,
    ),
    key=("meeting_code", "theme_code"),
    nouns=("thème de réunion", "thèmes de réunion"),
)

ACTION = Table(
    "action",
    (
        CODE,
        *OF_A_MEETING,
        # NULL when the source names nobody: never invented.
        Column(
            "territory_code",
            "VARCHAR",
            "territory",
            "Territoire",
            "Qui l’a menée ; vide si la source ne nomme personne.",
            "Lille",
            synonyms=TERRITORY_NAMES,
            placeholder="non nommé",
            refers_to="territory",
        ),
        TERRITORY_CODE,
        Column(
            "type_code",
            "VARCHAR NOT NULL",
            "type",
            "Type d’action",
            "Ce qu’on y fait, dans la liste.",
            "Médiation",
            required=True,
            synonyms=("type", "nature", "catégorie"),
            placeholder="Choisir",
            refers_to="action_type",
        ),
        Column(
            "audience_code",
            "VARCHAR",
            "audience",
            "Public",
            "À qui elle s’adresse, dans la liste.",
            "Jeunes",
            synonyms=("public visé", "bénéficiaires"),
            placeholder="inconnu",
            refers_to="audience",
        ),
        Column(
            "theme_code",
            "VARCHAR",
            "theme",
            "Thème",
            "Thème, dans la liste.",
            "Stupéfiants",
            synonyms=("thématique",),
            placeholder="inconnu",
            refers_to="theme",
        ),
        Column(
            "description",
            "VARCHAR NOT NULL",
            "text",
            "Description",
            "L’action en une phrase, sans nom de personne.",
            "Envoyer des médiateurs aux abords des collèges.",
            required=True,
            maximum=2000,
            synonyms=("action", "descriptif", "contenu", "intitulé de l’action"),
            placeholder="L’action en une phrase",
        ),
        SOURCE_URL,
        BATCH_ID,
    ),
    nouns=("action", "actions"),
    form=Form(
        "actions",
        "Actions",
        "Une ligne par action rapportée à une réunion.",
        in_template=True,
        synonyms=("action", "bonnes pratiques", "pratiques"),
    ),
)

# A meeting that was read from minutes and waits for a person: no fact of the figures, no sheet of any file.
DRAFT = Table(
    "draft",
    (
        *(Column(name, "VARCHAR NOT NULL") for name in ("code", "name", "content")),  # JSON that netstats.minutes reads
        Column("network_code", "VARCHAR", header="Réseau", refers_to="network"),  # NULL while it is not known
        Column("reasons", "VARCHAR NOT NULL", header="Ce qui est à vérifier"),
        Column("text", "VARCHAR", noted=False),  # NULL when it may not be kept
        BATCH_ID,
    ),
    nouns=("réunion en attente", "réunions en attente"),
)

# --- What nobody fills in: the journal, the search, the presentations, what the file was made from ---

# One thing that was put in: the founding data, a file, minutes, a form, an undo.
BATCH = Table(
    "batch",
    (
        Column("id", "BIGINT NOT NULL"),
        Column("applied_on", "DATE NOT NULL"),
        Column("applied_at", "TIMESTAMP"),  # in the time of the server; NULL for the founding data
        Column("kind", "VARCHAR NOT NULL"),  # one of choices.BATCH_KINDS
        Column("label", "VARCHAR NOT NULL"),
        Column("author", "VARCHAR"),  # a service or initials: no person's name
        Column("source", "VARCHAR"),  # the files, or the address, that it was read from
        Column("undone", "BIGINT"),  # the batch that this one takes back
        Column("text", "VARCHAR"),  # the minutes it was read from, when somebody asked to keep them
        Column("answers", "VARCHAR"),  # what was answered about names, for the next import: JSON, question → option
    ),
    key=("id",),
    dangling="entrée inconnue",
)

# What a batch changed, row by row, as JSON without batch_id: before is NULL for a new row, after for a removed one.
CHANGE = Table(
    "change",
    (
        Column("batch_id", "BIGINT NOT NULL"),
        Column("table_name", "VARCHAR NOT NULL"),
        Column("key", "VARCHAR NOT NULL"),
        *(Column(name, "VARCHAR") for name in ("before", "after")),
    ),
    key=(),
)

# A word of an action, once for each of its stems (netstats.reference.words); one of its labels counts half. Plain
# tables that the store fills after every write: no full-text index of one engine.
ACTION_WORD = Table(
    "action_word",
    (
        *(Column(name, "VARCHAR NOT NULL") for name in ("action_code", "word", "stem")),
        Column("occurrences", "DOUBLE NOT NULL"),
    ),
    key=(),
)

# Words that mean about the same, from data/reference/synonyms.csv: a stem, and the stems and plurals beside it.
SYNONYM = Table("synonym", (Column("stem", "VARCHAR NOT NULL"), Column("related", "VARCHAR NOT NULL")), key=())

# What somebody has prepared to show, under its name; and what is not kept under one yet, of a presentation ('' for
# none) for a selection. No fact of the network, so neither journal nor batch: JSON that only netstats.share reads, and
# when it was kept, in the time of the server.
_PREPARED = (Column("content", "VARCHAR NOT NULL"), Column("saved_at", "TIMESTAMP NOT NULL"))
PRESENTATION = Table("presentation", (Column("name", "VARCHAR NOT NULL"), *_PREPARED), key=("name",))
PRESENTATION_DRAFT = Table(
    "presentation_draft",
    (*(Column(name, "VARCHAR NOT NULL") for name in ("name", "selection")), *_PREPARED),
    key=("name", "selection"),
)

# What the file was built from, to know when to build it again: the way databases are made and the official geography,
# then the founding data.
BUILD = Table("build", (Column("made", "VARCHAR NOT NULL"), Column("digest", "VARCHAR NOT NULL")), key=())


# --- All of them ---


def _by_name(*tables: Table) -> dict[str, Table]:
    return {table.name: table for table in tables}


WRITTEN = _by_name(
    *(NETWORK, NETWORK_REGION, THEME_FAMILY, THEME, ACTION_TYPE, AUDIENCE),
    *(TERRITORY, TERRITORY_COMMUNE, TERRITORY_ALIAS),
    *(MEETING, ATTENDANCE, MEETING_THEME, ACTION, DRAFT),
)
"""The tables that people write, by name, in the order in which their rows refer to each other."""

TABLES = _by_name(
    *(REGION, DEPARTMENT, TERRITORY_DEPARTMENT, *WRITTEN.values()),
    *(BATCH, CHANGE, ACTION_WORD, SYNONYM, PRESENTATION, PRESENTATION_DRAFT, BUILD),
)
"""All the tables of the database, by name."""
