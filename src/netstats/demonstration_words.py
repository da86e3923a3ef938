"""The words of the demonstration set: what its actions say. Everything here is made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Where = Literal["outside", "inside", ""]


PUBLICS: Mapping[str, tuple[str, ...]] = {
    "tout-public": ("les habitants", "les familles", "les riverains", "les locataires", "les passants"),
    "seniors-isoles": (
        "les seniors isolés",
        "les personnes âgées vivant seules",
        "les retraités du quartier",
        "les aînés",
        "les personnes à mobilité réduite",
    ),
    "jeunes": (
        "les jeunes",
        "les collégiens",
        "les lycéens",
        "les apprentis",
        "les adolescents en rupture scolaire",
        "les étudiants",
        "les mineurs suivis par un juge",
    ),
    "femmes-victimes": (
        "les femmes victimes de violences",
        "les femmes menacées par leur conjoint",
        "les mères et leurs enfants victimes de violences",
        "les étudiantes victimes de harcèlement",
    ),
    "victimes": (
        "les victimes d’agression",
        "les victimes de cambriolage",
        "les témoins et les victimes",
        "les victimes de discrimination",
        "les victimes d’escroquerie en ligne",
    ),
    "publics-demunis": (
        "les personnes à la rue",
        "les familles sans logement",
        "les ménages précaires",
        "les personnes sorties de prison",
    ),
    "usagers-drogues": (
        "les usagers de drogues",
        "les consommateurs de crack",
        "les jeunes consommateurs de cannabis",
        "les personnes en sevrage",
    ),
    "professionnels": (
        "les agents d’accueil",
        "les gardiens d’immeuble",
        "les policiers municipaux",
        "les enseignants",
        "les animateurs de quartier",
        "les soignants",
        "les commerçants",
        "les conducteurs de bus",
    ),
}
"""Audience → names it goes by in a sentence."""

PLACES: Mapping[Where, tuple[str, ...]] = {
    "outside": (
        "sur la place du marché",
        "autour de la gare",
        "aux abords des collèges",
        "dans les parcs et jardins",
        "le long des quais",
        "au pied des immeubles",
        "dans les rues commerçantes",
        "aux arrêts de bus",
        "sur le parking du centre commercial",
        "autour du stade",
        "à la sortie des lycées",
        "sur le parvis de la mairie",
        "près des bars et des salles de concert",
        "dans les halls d’immeuble",
        "sur les berges",
    ),
    "inside": (
        "en pharmacie",
        "à la maison de quartier",
        "au centre commercial",
        "à la mission locale",
        "à la médiathèque",
        "au centre social",
        "dans un local prêté par le bailleur",
        "à la maison de la justice et du droit",
        "dans le hall de la gare",
        "à l’hôpital",
        "à la maison France services",
        "dans un bus aménagé",
        "en mairie annexe",
        "au gymnase",
        "au foyer des jeunes travailleurs",
        "dans une ancienne école",
    ),
}

RHYTHMS = (
    "chaque mardi",
    "un samedi sur deux",
    "pendant les vacances scolaires",
    "tout l’été",
    "deux soirs par semaine",
    "une fois par mois",
    "en fin de journée",
    "pendant six mois",
    "dès la rentrée",
    "à titre expérimental",
    "toute l’année",
    "le week-end",
)
"""When something that has a place happens."""

EXTENTS = (
    "à titre expérimental",
    "pour trois ans",
    "dès la rentrée",
    "dans tout le département",
    "à l’échelle de l’agglomération",
    "dans deux quartiers",
    "sans financement particulier",
    "grâce à un appel à projets",
)
"""How far something without a place goes."""

PARTNERS = (
    "avec le bailleur social",
    "avec la police nationale",
    "avec la gendarmerie",
    "avec le parquet",
    "avec le conseil départemental",
    "avec le conseil citoyen",
    "avec le centre communal d’action sociale",
    "avec des habitants volontaires",
    "avec la préfecture",
)
"""Who may help with anything."""

OWN_PARTNERS: Mapping[str, tuple[str, ...]] = {
    "accompagnement-victimes": (
        "avec les pharmaciens",
        "avec une association d’aide aux victimes",
        "avec le centre hospitalier",
        "avec le barreau",
    ),
    "maintien-lien": (
        "avec la mission locale",
        "avec les éducateurs de rue",
        "avec l’Éducation nationale",
        "avec les facteurs",
    ),
    "soutien-psychologique": (
        "avec le centre hospitalier",
        "avec l’agence régionale de santé",
        "avec la maison des adolescents",
    ),
    "hebergement": ("avec une association d’hébergement", "avec les hôteliers", "avec la Croix-Rouge"),
    "mediation": (
        "avec les transporteurs",
        "avec les éducateurs de rue",
        "avec un centre de soins en addictologie",
        "avec les gérants de bars",
    ),
    "police-municipale": ("avec les communes voisines", "avec l’union des commerçants", "avec les pompiers"),
    "continuite-distance": ("avec la médiathèque", "avec des conseillers numériques"),
    "information-prevention": (
        "avec l’Éducation nationale",
        "avec l’université",
        "avec un centre de soins en addictologie",
        "avec la protection judiciaire de la jeunesse",
        "avec une compagnie de théâtre",
    ),
    "partenariat": ("avec les communes voisines", "avec l’université", "avec l’agence d’urbanisme"),
    "autre": ("avec les clubs sportifs", "avec les transporteurs", "avec l’union des commerçants"),
}
"""Action type → who may help with it besides."""
