"""Tables of what a meeting brought: who was there, what was talked about, what was done."""

from __future__ import annotations

from netstats.model.column import Column, Form, Table
from netstats.model.shared import (
    BATCH,
    CODE,
    MEETING_CODE,
    MEETING_DATE,
    MEETING_NETWORK,
    SOURCE_URL,
    TERRITORY_CODE,
    TERRITORY_NAMES,
)

ATTENDANCE = Table(
    "attendance",
    (
        MEETING_CODE,
        MEETING_NETWORK,
        MEETING_DATE,
        Column(
            "territory_code",
            "VARCHAR NOT NULL",
            "territory",
            "Territoire",
            "Commune, intercommunalité, CISPD, CLSPD ou département.",
            "Lille",
            field="territory",
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
        ),
        # Of the FFSU; NULL when the source does not say.
        Column(
            "member",
            "BOOLEAN",
            "yes_no",
            "Membre du FFSU",
            "oui ou non ; vide si la source ne le dit pas.",
            "oui",
            synonyms=("membre", "adhérent", "adhérente", "membre ffsu"),
        ),
        BATCH,
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
        BATCH,
    ),
    key=("meeting_code", "theme_code"),
    nouns=("thème de réunion", "thèmes de réunion"),
)

ACTION = Table(
    "action",
    (
        CODE,
        MEETING_CODE,
        MEETING_NETWORK,
        MEETING_DATE,
        # NULL when the source names nobody: never invented.
        Column(
            "territory_code",
            "VARCHAR",
            "territory",
            "Territoire",
            "Qui l’a menée ; vide si la source ne nomme personne.",
            "Lille",
            field="territory",
            synonyms=TERRITORY_NAMES,
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
            field="type",
            required=True,
            synonyms=("type", "nature", "catégorie"),
            refers_to="action_type",
        ),
        Column(
            "audience_code",
            "VARCHAR",
            "audience",
            "Public",
            "À qui elle s’adresse, dans la liste.",
            "Jeunes",
            field="audience",
            synonyms=("public visé", "bénéficiaires"),
            refers_to="audience",
        ),
        Column(
            "theme_code",
            "VARCHAR",
            "theme",
            "Thème",
            "Thème, dans la liste.",
            "Stupéfiants",
            field="theme",
            synonyms=("thématique",),
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
        ),
        SOURCE_URL,
        BATCH,
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
