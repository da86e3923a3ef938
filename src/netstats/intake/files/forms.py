"""What the sheets that people fill in look like: the one place where their French columns stand.

A workbook has a sheet for each form, named by its title; as .csv, each form is a file. The template, the reader, the
form to fill in by hand, the export and the guide are all made from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from netstats.intake.layout import OWN_KINDS

Kind = Literal[
    "text",
    "code",  # stable identifier of our own: lower-case words joined by hyphens
    "url",
    "date",  # 06/05/2020, 2020-05-06, mai 2020, 2020: as precise as it is written
    "number",
    "headcount",  # 9, environ 50, plus de 150
    "yes_no",
    "choice",  # one of `choices`, or of what is already in the database (`Field.grows`)
    "meeting",  # code of a meeting, of the file or of the database
    "network",
    "theme",
    "themes",  # several, separated by semicolons
    "type",
    "audience",
    "family",
    "territory",
    "territories",  # several, separated by semicolons
    "territory_code",  # INSEE, SIREN or own code: settles a homonym
    "communes",  # several
    "regions",  # several
]


@dataclass(frozen=True)
class Field:
    """A column of a form.

    Attributes
    ----------
    name
        What the code calls it.
    header
        What people call it: the header of the column.
    kind
        What a cell holds.
    help
        One French sentence: what to write.
    example
        A cell as one would write it.
    required
        Whether a new row must have it.
    synonyms
        Other headers under which it is recognised, whatever their accents and case.
    choices
        French labels of a closed list.
    grows
        Whether values that the database already holds are allowed beside `choices`.
    maximum
        Longest text in characters, or largest number.
    """

    name: str
    header: str
    kind: Kind
    help: str
    example: str = ""
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    grows: bool = False
    maximum: int | None = None


@dataclass(frozen=True)
class Form:
    """A sheet to fill in.

    Attributes
    ----------
    name
        What the code calls it, and the name of its .csv file.
    title
        Name of the sheet in a workbook.
    about
        One French sentence: what a row is.
    fields
        Its columns, in the order of the template.
    in_template
        Whether the template has it: the others hold what rarely changes (networks, themes, bodies).
    synonyms
        Other names of the sheet or file under which it is recognised.
    """

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    in_template: bool = False
    synonyms: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """Return the field of that name."""
        return next(field for field in self.fields if field.name == name)


MEETING_KINDS = (
    "réunion de réseau",
    "webinaire",
    "atelier",
    "groupe de travail",
    "audition",
    "assises",
    "assemblée générale",
)
HEADCOUNT_UNITS = ("participants", "professionnels", "élus", "élus et professionnels", "acteurs", "inscrits")

_OF_MEETING = (
    Field(
        "meeting",
        "Réunion",
        "meeting",
        "Code de la réunion, le même que dans la feuille Réunions ; inutile si Réseau et Date la désignent.",
        "hauts-de-france-2026-03-12",
        synonyms=("code réunion", "code de la réunion", "réunion (code)", "id réunion"),
    ),
    Field(
        "network",
        "Réseau",
        "network",
        "Réseau de la réunion, quand la colonne Réunion est vide.",
        "Hauts-de-France",
        synonyms=("réseau régional", "nom du réseau"),
    ),
    Field(
        "date",
        "Date",
        "date",
        "Date de la réunion, quand la colonne Réunion est vide.",
        "12/03/2026",
        synonyms=("date de la réunion", "date de réunion", "date réunion", "le", "quand"),
    ),
)
_NAMES_OF_TERRITORY = (
    *("collectivité", "ville", "commune", "organisme", "structure", "EPCI"),
    *("nom du territoire", "nom de la collectivité", "nom de la ville", "nom de la commune", "nom de l’organisme"),
    *("nom de la structure", "nom de l’EPCI", "nom EPCI"),
)
_TERRITORY_CODE = Field(
    "territory_code",
    "Code du territoire",
    "territory_code",
    "Code INSEE de la commune ou du département, SIREN de l’intercommunalité : il départage les homonymes.",
    "59350",
    synonyms=("code insee", "insee", "siren", "code territoire", "code commune", "code insee ou siren"),
)
_SOURCE = Field(
    "source_url",
    "Source",
    "url",
    "Adresse de la page où on peut le lire.",
    "https://ffsu.org/compte-rendu",
    synonyms=("url", "lien", "adresse web", "source (url)", "lien vers le compte rendu"),
    maximum=1000,
)
_CODE = Field(
    "code",
    "Code",
    "code",
    "Identifiant stable, en minuscules, chiffres et tirets ; laissé vide, netstats le compose.",
    synonyms=("identifiant", "id", "code stable"),
    maximum=100,
)
_NAME = Field("name", "Nom", "text", "Nom tel qu’il est montré.", required=True, synonyms=("libellé",), maximum=120)
_RANK = Field("rank", "Rang", "number", "Ordre dans les listes.", "1", required=True, synonyms=("ordre",), maximum=1000)

MEETINGS = Form(
    "reunions",
    "Réunions",
    "Une ligne par réunion.",
    (
        Field(
            "code",
            "Code",
            "code",
            "Identifiant de la réunion, en minuscules, chiffres et tirets ; laissé vide, netstats le compose.",
            "hauts-de-france-2026-03-12",
            synonyms=("identifiant", "id", "code réunion", "code de la réunion"),
            maximum=100,
        ),
        Field(
            "network",
            "Réseau",
            "network",
            "Réseau qui s’est réuni.",
            "Hauts-de-France",
            required=True,
            synonyms=("réseau régional", "nom du réseau"),
        ),
        Field(
            "kind",
            "Nature",
            "choice",
            "Sorte de réunion.",
            "réunion de réseau",
            required=True,
            synonyms=("type de réunion", "nature de la réunion", "type"),
            choices=MEETING_KINDS,
            grows=True,
        ),
        Field(
            "date",
            "Date",
            "date",
            "Premier jour, aussi précis qu’on le connaît : 12/03/2026, mars 2026 ou 2026 ; vide si on l’ignore.",
            "12/03/2026",
            synonyms=("date de la réunion", "date de réunion", "date réunion", "date de début", "le", "jour", "quand"),
        ),
        Field(
            "until",
            "Date de fin",
            "date",
            "Dernier jour d’une réunion en plusieurs séances.",
            "",
            synonyms=("fin", "jusqu’au", "dernier jour"),
        ),
        Field(
            "sessions",
            "Séances",
            "number",
            "Nombre de séances ; 1 si la cellule est vide.",
            "1",
            synonyms=("nombre de séances", "sessions", "nb séances"),
            maximum=1000,
        ),
        Field(
            "format",
            "Format",
            "choice",
            "Comment on s’est réuni.",
            "présentiel",
            synonyms=("modalité", "modalités", "mode"),
            choices=("présentiel", "visioconférence", "hybride", "inconnu"),
        ),
        Field(
            "place", "Lieu", "text", "Où, sans nom de personne.", "Lille", synonyms=("ville", "endroit"), maximum=200
        ),
        Field(
            "participants",
            "Participants",
            "headcount",
            "Nombre de personnes présentes ; « environ 50 » ou « plus de 150 » se comprend ; vide si on l’ignore.",
            "16",
            synonyms=(
                *("nombre de participants", "nb participants", "effectif", "présents (nombre)", "nombre"),
                *("nombre de personnes", "nb personnes", "personnes présentes", "nombre de personnes présentes"),
                *("nombre de présents", "nb présents", "nb pers."),
            ),
            maximum=1_000_000,
        ),
        Field(
            "participants_precision",
            "Précision du nombre",
            "choice",
            "Ce que vaut le nombre de participants.",
            "exact",
            synonyms=("précision",),
            choices=("exact", "environ", "plus de"),
        ),
        Field(
            "participants_unit",
            "Unité",
            "choice",
            "Qui a été compté.",
            "professionnels",
            synonyms=("qui est compté", "unité de compte"),
            choices=HEADCOUNT_UNITS,
            grows=True,
        ),
        Field(
            "open_to_non_members",
            "Ouverte aux non-membres",
            "yes_no",
            "oui ou non ; vide si on l’ignore.",
            "oui",
            synonyms=("ouverte à tous", "ouverture", "ouverte aux non membres du ffsu"),
        ),
        Field(
            "status",
            "Statut",
            "choice",
            "Ce qu’il en est ; « tenue » si la cellule est vide.",
            "tenue",
            synonyms=("état",),
            choices=("tenue", "annoncée", "annulée"),
        ),
        Field(
            "title",
            "Titre",
            "text",
            "Intitulé ; laissé vide, netstats écrit la nature et le réseau.",
            "Réunion du réseau Hauts-de-France",
            synonyms=("intitulé", "objet", "sujet", "nom de la réunion"),
            maximum=300,
        ),
        Field(
            "themes",
            "Thèmes",
            "themes",
            "Thèmes abordés, séparés par des points-virgules.",
            "Stupéfiants ; Police municipale",
            synonyms=(
                *("thème", "thématiques", "thématique", "thèmes abordés"),
                *("thématique abordée", "thématiques abordées"),
            ),
        ),
        Field(
            "present",
            "Territoires présents",
            "territories",
            "Territoires présents, séparés par des points-virgules ; ou une ligne chacun dans la feuille Présences.",
            "",
            synonyms=("présents", "territoires", "villes présentes", "collectivités présentes", "présences"),
        ),
        Field("note", "Note", "text", "Ce qu’il faut savoir de plus, sans nom de personne.", "", maximum=2000),
        _SOURCE,
    ),
    in_template=True,
    synonyms=("réunion", "rencontres", "liste des réunions", "meetings"),
)

ATTENDANCE = Form(
    "presences",
    "Présences",
    "Une ligne par territoire présent à une réunion.",
    (
        *_OF_MEETING,
        Field(
            "territory",
            "Territoire",
            "territory",
            "Commune, intercommunalité, CISPD, CLSPD ou département.",
            "Lille",
            required=True,
            synonyms=_NAMES_OF_TERRITORY,
        ),
        _TERRITORY_CODE,
        Field(
            "printed_name",
            "Nom dans la source",
            "text",
            "Le nom comme la source l’écrit, s’il est autre.",
            "",
            synonyms=("nom imprimé", "nom source"),
            maximum=200,
        ),
        Field(
            "member",
            "Membre du FFSU",
            "yes_no",
            "oui ou non ; vide si la source ne le dit pas.",
            "oui",
            synonyms=("membre", "adhérent", "adhérente", "membre ffsu"),
        ),
    ),
    in_template=True,
    synonyms=("présence", "présents", "participation", "participants", "attendance"),
)

ACTIONS = Form(
    "actions",
    "Actions",
    "Une ligne par action rapportée à une réunion.",
    (
        _CODE,
        *_OF_MEETING,
        Field(
            "territory",
            "Territoire",
            "territory",
            "Qui l’a menée ; vide si la source ne nomme personne.",
            "Lille",
            synonyms=_NAMES_OF_TERRITORY,
        ),
        _TERRITORY_CODE,
        Field(
            "type",
            "Type d’action",
            "type",
            "Ce qu’on y fait, dans la liste.",
            "Médiation",
            required=True,
            synonyms=("type", "nature", "catégorie"),
        ),
        Field(
            "audience",
            "Public",
            "audience",
            "À qui elle s’adresse, dans la liste.",
            "Jeunes",
            synonyms=("public visé", "bénéficiaires"),
        ),
        Field("theme", "Thème", "theme", "Thème, dans la liste.", "Stupéfiants", synonyms=("thématique",)),
        Field(
            "description",
            "Description",
            "text",
            "L’action en une phrase, sans nom de personne.",
            "Envoyer des médiateurs aux abords des collèges.",
            required=True,
            synonyms=("action", "descriptif", "contenu", "intitulé de l’action"),
            maximum=2000,
        ),
        _SOURCE,
    ),
    in_template=True,
    synonyms=("action", "bonnes pratiques", "pratiques"),
)

BODIES = Form(
    "organismes",
    "Organismes",
    "Une ligne par CISPD ou CLSPD, que la liste officielle ne connaît pas.",
    (
        _CODE,
        Field("kind", "Nature", "choice", "CISPD ou CLSPD.", "CISPD", required=True, choices=OWN_KINDS),
        _NAME,
        Field(
            "communes",
            "Communes",
            "communes",
            "Communes qu’il couvre, par nom ou code INSEE, séparées par des points-virgules.",
            "59014 ; 59079",
            required=True,
        ),
    ),
    synonyms=("cispd", "clspd", "organisme"),
)

NETWORKS = Form(
    "reseaux",
    "Réseaux",
    "Une ligne par réseau.",
    (
        _CODE,
        _NAME,
        Field(
            "scope",
            "Portée",
            "choice",
            "régional ou national.",
            "régional",
            required=True,
            choices=("régional", "national"),
        ),
        Field("regions", "Régions", "regions", "Ses régions, séparées par des points-virgules.", "Hauts-de-France"),
    ),
    synonyms=("réseau",),
)

FAMILIES = Form("familles", "Familles de thèmes", "Une ligne par famille de thèmes.", (_CODE, _NAME, _RANK))

THEMES = Form(
    "themes",
    "Thèmes",
    "Une ligne par thème.",
    (
        _CODE,
        Field("family", "Famille", "family", "Famille du thème.", required=True),
        _NAME,
        Field(
            "short_name",
            "Nom court",
            "text",
            "Nom d’au plus 28 caractères, pour les figures.",
            required=True,
            synonyms=("abrégé",),
            maximum=28,
        ),
    ),
    synonyms=("thème", "liste des thèmes"),
)

ACTION_TYPES = Form("types", "Types d’action", "Une ligne par type d’action.", (_CODE, _NAME, _RANK))

AUDIENCES = Form("publics", "Publics", "Une ligne par public.", (_CODE, _NAME, _RANK))

ALIASES = Form(
    "autres-noms",
    "Autres noms",
    "Une ligne par autre nom sous lequel un territoire est écrit.",
    (
        Field("territory", "Territoire", "territory", "Le territoire, par son nom officiel.", required=True),
        _TERRITORY_CODE,
        Field("name", "Autre nom", "text", "L’autre nom.", required=True, maximum=120),
    ),
    synonyms=("alias",),
)

FORMS = (NETWORKS, FAMILIES, THEMES, ACTION_TYPES, AUDIENCES, BODIES, ALIASES, MEETINGS, ATTENDANCE, ACTIONS)
"""In the order in which their rows can refer to each other."""

BY_NAME = {form.name: form for form in FORMS}
