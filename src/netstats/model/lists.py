"""Tables of networks, themes, types of action and audiences: what rarely changes."""

from __future__ import annotations

from netstats.model.choices import SCOPES
from netstats.model.column import Column, Form, Table
from netstats.model.shared import CODE, RANK, UNIQUE_NAME

NETWORK = Table(
    "network",
    (
        CODE,
        UNIQUE_NAME,
        Column(
            "scope",
            "VARCHAR NOT NULL",
            "choice",
            "Portée",
            "régional ou national.",
            "régional",
            required=True,
            choices=SCOPES,
        ),
        Column(
            "regions",
            kind="regions",
            held_in="network_region",
            header="Régions",
            help="Ses régions, séparées par des points-virgules.",
            example="Hauts-de-France",
        ),
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
    (CODE, UNIQUE_NAME, RANK),
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
            field="family",
            required=True,
            refers_to="theme_family",
        ),
        UNIQUE_NAME,
        Column(
            "short_name",
            "VARCHAR NOT NULL",
            "text",
            "Nom court",
            "Nom d’au plus 28 caractères, pour les figures.",
            required=True,
            unique=True,
            synonyms=("abrégé",),
            maximum=28,  # the longest that a chart shows whole on a phone
        ),
    ),
    nouns=("thème", "thèmes"),
    dangling="thème inconnu",
    form=Form("themes", "Thèmes", "Une ligne par thème.", synonyms=("thème", "liste des thèmes")),
)

ACTION_TYPE = Table(
    "action_type",
    (CODE, UNIQUE_NAME, RANK),
    nouns=("type d’action", "types d’action"),
    dangling="type inconnu",
    form=Form("types", "Types d’action", "Une ligne par type d’action."),
)

AUDIENCE = Table(
    "audience",
    (CODE, UNIQUE_NAME, RANK),
    nouns=("public", "publics"),
    dangling="public inconnu",
    form=Form("publics", "Publics", "Une ligne par public."),
)
