"""Columns that several tables or forms have alike."""

from __future__ import annotations

from netstats.model.column import Column

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
UNIQUE_NAME = Column(
    "name",
    "VARCHAR NOT NULL",
    "text",
    "Nom",
    "Nom tel qu’il est montré.",
    required=True,
    unique=True,  # filters, addresses and charts go by it
    synonyms=("libellé",),
    maximum=120,
)
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
BATCH = Column("batch_id", "BIGINT NOT NULL", refers_to="batch", written=False)

# How a line of another sheet says which meeting it is of: by code, or by network and date.
MEETING_CODE = Column(
    "meeting_code",
    "VARCHAR NOT NULL",
    "meeting",
    "Réunion",
    "Code de la réunion, le même que dans la feuille Réunions ; inutile si Réseau et Date la désignent.",
    "hauts-de-france-2026-03-12",
    field="meeting",
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

TERRITORY_NAMES = (
    *("collectivité", "ville", "commune", "organisme", "structure", "EPCI"),
    *("nom du territoire", "nom de la collectivité", "nom de la ville", "nom de la commune", "nom de l’organisme"),
    *("nom de la structure", "nom de l’EPCI", "nom EPCI"),
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
