"""Tables of the official geography (COG) and of our own bodies."""

from __future__ import annotations

from netstats.model.choices import OWN_KINDS
from netstats.model.column import Column, Form, Table
from netstats.model.shared import CODE, NAME, TERRITORY_CODE

REGION = Table(
    "region",
    (Column("code", "VARCHAR NOT NULL"), Column("name", "VARCHAR NOT NULL")),
    dangling="région inconnue",
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
        Column("lon", "DOUBLE", written=False),
        Column("lat", "DOUBLE", written=False),
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
    ),
    nouns=("organisme", "organismes"),
    dangling="territoire inconnu",
    ours="kind IN ('CISPD', 'CLSPD')",
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
    ours="territory_code NOT IN (SELECT code FROM territory WHERE kind NOT IN ('CISPD', 'CLSPD'))",
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
            field="territory",
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
