"""Figures of the page « qualité des données »: what is missing, doubtful or unused in the whole data.

No filter rules them: what a person has to mend does not depend on what that person looks at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from netstats.catalogue.chart import Noun
from netstats.catalogue.column import Column, columns, count, technical
from netstats.catalogue.figure import BOTH_SOURCES, Figure

_WHOLE = "Cette figure ne dépend pas des filtres : elle porte sur toutes les données, activités nationales comprises."
_MEETING = "code held_on date_precision network title source_url"
_figure = partial(Figure, whole_data=True, columns=columns(_MEETING))

DATES = _figure(
    name="qualite-dates",
    query="quality_dates",
    title="Réunions sans date, ou de date incomplète",
    empty="Rien à compléter : toutes les réunions tenues ont une date connue au jour près.",
    definition="Réunions tenues dont la date est inconnue, ou connue à l’année ou au mois seulement ; celles sans "
    f"aucune date d’abord. {_WHOLE}",
)

HEADCOUNTS = _figure(
    name="qualite-effectifs",
    query="quality_headcounts",
    title="Réunions sans effectif",
    empty="Rien à compléter : l’effectif de toutes les réunions tenues est connu.",
    definition=f"Réunions tenues dont le nombre de participants n’est pas connu, même environ. {_WHOLE}",
)

THEMES = _figure(
    name="qualite-themes",
    query="quality_themes",
    title="Réunions sans thème",
    empty="Rien à compléter : toutes les réunions tenues ont au moins un thème.",
    definition=f"Réunions tenues dont aucun thème n’est connu. {_WHOLE}",
)

TERRITORIES = _figure(
    name="qualite-territoires",
    query="quality_territories",
    title="Réunions sans territoire présent",
    empty="Rien à compléter : toutes les réunions tenues nomment au moins un territoire présent.",
    definition=f"Réunions tenues dont aucun territoire présent n’est nommé. {_WHOLE}",
)

ACTIONS = _figure(
    name="qualite-actions",
    query="quality_actions",
    title="Actions sans territoire",
    empty="Rien à compléter : toutes les actions nomment leur territoire.",
    definition=f"Actions dont aucun territoire n’est nommé, les plus récentes d’abord. {_WHOLE}",
    columns=columns("code description type meeting_code meeting network held_on date_precision source_url"),
)

DOUBLES = _figure(
    name="qualite-doublons",
    query="quality_doubles",
    title="Territoires qui ressemblent à des doublons",
    empty="Rien à vérifier : aucun territoire ne ressemble à un autre.",
    definition="Couples de territoires qui n’en sont peut-être qu’un : un CISPD ou un CLSPD qui couvre les mêmes "
    "communes qu’un autre territoire, ou qui porte presque le même nom qu’un autre du même département (deux lettres "
    "d’écart, une si le nom est court, sans compter les mots qui disent son type) ; deux territoires que des sources "
    "écrivent pareil ; une commune et son intercommunalité de même nom à la même réunion. Ce sont des ressemblances, "
    f"pas des fautes : certains couples sont justes. {_WHOLE}",
    source=BOTH_SOURCES,
    columns=columns(
        "code name kind attendances other_code other_name other_kind other_attendances reasons together",
        name="Territoire",
        other_code=technical("Code de l’autre"),
        other_name=Column("Autre territoire"),
        other_kind=Column("Type de l’autre"),
        other_attendances=count("Présences de l’autre"),
        reasons=Column("Ressemblance"),
        together=count("Réunions où les deux étaient présents"),
    ),
)

UNUSED_THEMES = _figure(
    name="qualite-themes-inutilises",
    query="quality_unused_themes",
    title="Thèmes jamais utilisés",
    empty="Rien à vérifier : chaque thème de la liste a servi au moins une fois.",
    definition=f"Thèmes de la liste qu’aucune réunion, tenue ou non, et aucune action n’a reçus. {_WHOLE}",
    columns=columns("code name family family_rank", name="Thème"),
)

ANNOUNCED = _figure(
    name="qualite-annonces-passees",
    query="quality_announced",
    title="Réunions annoncées dont la date est passée",
    empty="Rien à vérifier : aucune réunion annoncée n’a sa date passée.",
    definition="Réunions encore annoncées alors que le dernier jour où elles ont pu se tenir est passé ; une date "
    f"connue au mois près n’est passée qu’à la fin du mois. Sans date, on ne peut pas le dire. {_WHOLE}",
)

TOTALS = _figure(
    name="qualite-totaux",
    query="quality_totals",
    title="Ce que contiennent les données",
    definition="Réunions tenues et annoncées, actions, territoires présents au moins une fois et thèmes de la liste : "
    f"sur combien se comptent les lacunes. {_WHOLE}",
    columns=columns(
        "held announced actions territories themes",
        held=count("Réunions tenues"),
        announced=count("Réunions annoncées"),
        themes=count("Thèmes"),
    ),
)


@dataclass(frozen=True)
class Check:
    """A list of what is to be mended, one row of its figure a thing."""

    figure: Figure
    short_title: str  # what its count is called at the top of the page
    total: str  # column of `TOTALS` that says of how many the count is
    of: Noun  # what those are
    why: str  # what goes wrong in the figures while it is not mended


_HELD = ("réunion tenue", "réunions tenues")

CHECKS: tuple[Check, ...] = (
    Check(
        HEADCOUNTS,
        "Sans effectif",
        "held",
        _HELD,
        "Le total des participants ne compte que les effectifs connus : il est d’autant plus en dessous de la vérité. "
        "Un nombre approché vaut mieux que rien.",
    ),
    Check(
        TERRITORIES,
        "Sans présents",
        "held",
        _HELD,
        "Sans la liste des présents, la réunion ne compte ni dans les présences, ni dans l’assiduité, ni dans la "
        "population couverte, et ne se trouve pas en filtrant par département.",
    ),
    Check(
        DATES,
        "Dates à préciser",
        "held",
        _HELD,
        "Une réunion sans date n’est dans aucune période ni sur aucune frise, et ses territoires ne peuvent être dits "
        "ni nouveaux ni à relancer.",
    ),
    Check(
        ACTIONS,
        "Sans territoire",
        "actions",
        ("action", "actions"),
        "Une action sans territoire ne compte pour aucun département, et personne ne sait qui appeler pour en parler.",
    ),
    Check(
        ANNOUNCED,
        "Annonces passées",
        "announced",
        ("réunion annoncée", "réunions annoncées"),
        "Une réunion annoncée ne compte dans aucun chiffre : dites si elle s’est tenue ou si elle a été annulée.",
    ),
    Check(
        DOUBLES,
        "Doublons ?",
        "territories",
        ("territoire participant", "territoires participants"),
        "Un territoire inscrit deux fois compte pour deux territoires participants, et son assiduité est coupée en "
        "deux. Ouvrez les deux fiches : leurs réunions disent lequel garder.",
    ),
    Check(
        THEMES,
        "Sans thème",
        "held",
        _HELD,
        "Une réunion sans thème ne compte dans la part d’aucun thème, et ne se trouve pas en filtrant par thème.",
    ),
    Check(
        UNUSED_THEMES,
        "Thèmes inutilisés",
        "themes",
        ("thème de la liste", "thèmes de la liste"),
        "Un thème qui ne sert jamais allonge les listes où l’on choisit ; parfois ses réunions sont rangées sous un "
        "thème voisin.",
    ),
)
"""What the page lists, in its order: two in a row, those that are likely as long as each other."""

FIGURES: tuple[Figure, ...] = (TOTALS, *(check.figure for check in CHECKS))
