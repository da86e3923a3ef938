"""Figures of the page « qualité des données »: what is missing, doubtful or unused in the whole data.

No filter rules them: what a person has to mend does not depend on what that person looks at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from netstats.catalogue.figure import ACTIVITY_SOURCE, GEOGRAPHY_SOURCE, Figure
from netstats.filters import Choices, Filters
from netstats.store import Database


@dataclass(frozen=True)
class WholeData(Filters):
    """The selection that is none: every meeting of every network, national activity too. Say it on every export."""

    def sentence(self, choices: Choices) -> str:
        """Return what the rows are about, whatever is selected elsewhere."""
        return "Toutes les données, activités nationales comprises, sans aucun filtre"


WHOLE_DATA = WholeData()

_WHOLE = "Cette figure ne dépend pas des filtres : elle porte sur toutes les données, activités nationales comprises."


@dataclass(frozen=True)
class Check(Figure):
    """A figure that lists what to mend, one row a thing, in the whole data.

    Attributes
    ----------
    short_title
        How its count is called at the top of the page.
    total
        Column of `TOTALS` that says of how many the count is.
    of
        What those are, in French: « réunion tenue », « réunions tenues ».
    why
        One French sentence: what goes wrong in the figures while it is not mended.
    """

    short_title: str = ""
    total: str = ""
    of: tuple[str, str] = ("", "")
    why: str = ""

    def ask(
        self,
        database: Database,
        filters: Filters,
        subject: str = "",
        *,
        today: date | None = None,
        compared: bool = True,
    ) -> pd.DataFrame:
        """Return the rows to mend as of `today`, whatever the selection; see `Figure.ask`."""
        return super().ask(database, WHOLE_DATA, subject, today=today, compared=compared)


_MEETING: Mapping[str, str] = {
    "code": "Code",
    "held_on": "Date",
    "date_precision": "Précision de la date",
    "network": "Réseau",
    "title": "Réunion",
    "source_url": "Source",
}
_HELD = ("réunion tenue", "réunions tenues")

DATES = Check(
    name="qualite-dates",
    query="quality_dates",
    title="Réunions sans date, ou de date incomplète",
    empty="Rien à compléter : toutes les réunions tenues ont une date connue au jour près.",
    definition="Réunions tenues dont la date est inconnue, ou connue à l’année ou au mois seulement ; celles sans "
    f"aucune date d’abord. {_WHOLE}",
    columns=_MEETING,
    short_title="Dates à préciser",
    total="held",
    of=_HELD,
    why="Une réunion sans date n’est dans aucune période ni sur aucune frise, et ses territoires ne peuvent être dits "
    "ni nouveaux ni à relancer.",
)

HEADCOUNTS = Check(
    name="qualite-effectifs",
    query="quality_headcounts",
    title="Réunions sans effectif",
    empty="Rien à compléter : l’effectif de toutes les réunions tenues est connu.",
    definition=f"Réunions tenues dont le nombre de participants n’est pas connu, même environ. {_WHOLE}",
    columns=_MEETING,
    short_title="Sans effectif",
    total="held",
    of=_HELD,
    why="Le total des participants ne compte que les effectifs connus : il est d’autant plus en dessous de la vérité. "
    "Un nombre approché vaut mieux que rien.",
)

THEMES = Check(
    name="qualite-themes",
    query="quality_themes",
    title="Réunions sans thème",
    empty="Rien à compléter : toutes les réunions tenues ont au moins un thème.",
    definition=f"Réunions tenues dont aucun thème n’est connu. {_WHOLE}",
    columns=_MEETING,
    short_title="Sans thème",
    total="held",
    of=_HELD,
    why="Une réunion sans thème ne compte dans la part d’aucun thème, et ne se trouve pas en filtrant par thème.",
)

TERRITORIES = Check(
    name="qualite-territoires",
    query="quality_territories",
    title="Réunions sans territoire présent",
    empty="Rien à compléter : toutes les réunions tenues nomment au moins un territoire présent.",
    definition=f"Réunions tenues dont aucun territoire présent n’est nommé. {_WHOLE}",
    columns=_MEETING,
    short_title="Sans présents",
    total="held",
    of=_HELD,
    why="Sans la liste des présents, la réunion ne compte ni dans les présences, ni dans l’assiduité, ni dans la "
    "population couverte, et ne se trouve pas en filtrant par département.",
)

ACTIONS = Check(
    name="qualite-actions",
    query="quality_actions",
    title="Actions sans territoire",
    empty="Rien à compléter : toutes les actions nomment leur territoire.",
    definition=f"Actions dont aucun territoire n’est nommé, les plus récentes d’abord. {_WHOLE}",
    columns={
        "code": "Code",
        "description": "Action",
        "type": "Type",
        "meeting_code": "Code réunion",
        "meeting": "Réunion",
        "network": "Réseau",
        "held_on": "Date",
        "date_precision": "Précision de la date",
        "source_url": "Source",
    },
    technical=frozenset({"code", "meeting_code", "date_precision"}),
    short_title="Sans territoire",
    total="actions",
    of=("action", "actions"),
    why="Une action sans territoire ne compte pour aucun département, et personne ne sait qui appeler pour en parler.",
)

DOUBLES = Check(
    name="qualite-doublons",
    query="quality_doubles",
    title="Territoires qui ressemblent à des doublons",
    empty="Rien à vérifier : aucun territoire ne ressemble à un autre.",
    definition="Couples de territoires qui n’en sont peut-être qu’un : un CISPD ou un CLSPD qui couvre les mêmes "
    "communes qu’un autre territoire, ou qui porte presque le même nom qu’un autre du même département (deux lettres "
    "d’écart, une si le nom est court, sans compter les mots qui disent son type) ; deux territoires que des sources "
    "écrivent pareil ; une commune et son intercommunalité de même nom à la même réunion. Ce sont des ressemblances, "
    f"pas des fautes : certains couples sont justes. {_WHOLE}",
    source=f"{ACTIVITY_SOURCE} ; {GEOGRAPHY_SOURCE}",
    columns={
        "code": "Code",
        "name": "Territoire",
        "kind": "Type",
        "attendances": "Présences",
        "other_code": "Code de l’autre",
        "other_name": "Autre territoire",
        "other_kind": "Type de l’autre",
        "other_attendances": "Présences de l’autre",
        "reasons": "Ressemblance",
        "together": "Réunions où les deux étaient présents",
    },
    technical=frozenset({"code", "other_code"}),
    short_title="Doublons ?",
    total="territories",
    of=("territoire participant", "territoires participants"),
    why="Un territoire inscrit deux fois compte pour deux territoires participants, et son assiduité est coupée en "
    "deux. Ouvrez les deux fiches : leurs réunions disent lequel garder.",
)

UNUSED_THEMES = Check(
    name="qualite-themes-inutilises",
    query="quality_unused_themes",
    title="Thèmes jamais utilisés",
    empty="Rien à vérifier : chaque thème de la liste a servi au moins une fois.",
    definition=f"Thèmes de la liste qu’aucune réunion, tenue ou non, et aucune action n’a reçus. {_WHOLE}",
    columns={"code": "Code", "name": "Thème", "family": "Famille", "family_rank": "Rang de la famille"},
    technical=frozenset({"code", "family_rank"}),
    short_title="Thèmes inutilisés",
    total="themes",
    of=("thème de la liste", "thèmes de la liste"),
    why="Un thème qui ne sert jamais allonge les listes où l’on choisit ; parfois ses réunions sont rangées sous un "
    "thème voisin.",
)

ANNOUNCED = Check(
    name="qualite-annonces-passees",
    query="quality_announced",
    title="Réunions annoncées dont la date est passée",
    empty="Rien à vérifier : aucune réunion annoncée n’a sa date passée.",
    definition="Réunions encore annoncées alors que le dernier jour où elles ont pu se tenir est passé ; une date "
    f"connue au mois près n’est passée qu’à la fin du mois. Sans date, on ne peut pas le dire. {_WHOLE}",
    columns=_MEETING,
    short_title="Annonces passées",
    total="announced",
    of=("réunion annoncée", "réunions annoncées"),
    why="Une réunion annoncée ne compte dans aucun chiffre : dites si elle s’est tenue ou si elle a été annulée.",
)

TOTALS = Check(
    name="qualite-totaux",
    query="quality_totals",
    title="Ce que contiennent les données",
    definition="Réunions tenues et annoncées, actions, territoires présents au moins une fois et thèmes de la liste : "
    f"sur combien se comptent les lacunes. {_WHOLE}",
    columns={
        "held": "Réunions tenues",
        "announced": "Réunions annoncées",
        "actions": "Actions",
        "territories": "Territoires participants",
        "themes": "Thèmes",
    },
)

CHECKS: tuple[Check, ...] = (HEADCOUNTS, TERRITORIES, DATES, ACTIONS, ANNOUNCED, DOUBLES, THEMES, UNUSED_THEMES)
"""What the page lists, in its order: two in a row, those that are likely as long as each other."""

FIGURES: tuple[Figure, ...] = (TOTALS, *CHECKS)
