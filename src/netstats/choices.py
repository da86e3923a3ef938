"""The closed lists: every value that is stored under a word of its own, and how people read it. The only ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TerritoryKind:
    """A kind of body that can attend."""

    code: str
    """As stored."""
    label: str
    """As a choice names it: « Communauté de communes »."""
    noun: str
    """The same in a sentence: « communauté de communes »."""
    short: str
    """The same in little room: « CC », « Métropole »."""
    group: str
    """The family it is shown with."""

    @property
    def short_noun(self) -> str:
        """The same in a sentence with little room: « CC », « métropole »."""
        return self.noun if self.short == self.label else self.short


TERRITORY_KINDS = {
    kind.code: kind
    for kind in (
        TerritoryKind("commune", "Commune", "commune", "Commune", "Communes"),
        TerritoryKind("CC", "Communauté de communes", "communauté de communes", "CC", "Intercommunalités"),
        TerritoryKind("CA", "Communauté d’agglomération", "communauté d’agglomération", "CA", "Intercommunalités"),
        TerritoryKind("CU", "Communauté urbaine", "communauté urbaine", "CU", "Intercommunalités"),
        TerritoryKind("METRO", "Métropole", "métropole", "Métropole", "Intercommunalités"),
        TerritoryKind(
            "EPT", "Établissement public territorial", "établissement public territorial", "EPT", "Intercommunalités"
        ),
        TerritoryKind("CISPD", "CISPD", "CISPD", "CISPD", "CISPD et CLSPD"),
        TerritoryKind("CLSPD", "CLSPD", "CLSPD", "CLSPD", "CISPD et CLSPD"),
        TerritoryKind("department", "Département", "département", "Département", "Départements"),
    )
}
"""Kind of a territory, in the order to name them."""

KIND_GROUPS = {
    group: tuple(kind.code for kind in TERRITORY_KINDS.values() if kind.group == group)
    for group in dict.fromkeys(kind.group for kind in TERRITORY_KINDS.values())
}
"""Family of kinds → its kinds."""

INTERCOMMUNALITY_KINDS = KIND_GROUPS["Intercommunalités"]
OWN_KINDS = KIND_GROUPS["CISPD et CLSPD"]
"""The kinds of our own bodies, which no official list knows."""

DATE_PRECISIONS = {"day": "jour", "month": "mois", "year": "année", "unknown": "date inconnue"}
FORMATS = {
    "présentiel": "présentiel",
    "visioconférence": "visioconférence",
    "hybride": "hybride",
    "unknown": "inconnu",
}
FORMAT_CELLS = {
    "visio": "visioconférence",
    "en visio": "visioconférence",
    "distanciel": "visioconférence",
    "en présence": "présentiel",
}
"""Other words for a format → as stored. Never proposed nor written."""
STATUSES = {"held": "tenue", "announced": "annoncée", "cancelled": "annulée"}
HEADCOUNT_PRECISIONS = {"exact": "exact", "about": "environ", "at_least": "plus de"}
SCOPES = {"regional": "régional", "national": "national"}

MEETING_KINDS = (
    "réunion de réseau",
    "webinaire",
    "atelier",
    "groupe de travail",
    "audition",
    "assises",
    "assemblée générale",
)
"""What is proposed; other kinds that the database holds are allowed beside."""
HEADCOUNT_UNITS = ("participants", "professionnels", "élus", "élus et professionnels", "acteurs", "inscrits")
"""Who was counted: what is proposed."""

FOUNDING, DEMONSTRATION, EMPTY = "founding", "demonstration", "empty"
"""What a database begins with: data/network; what is made up, and said to be on every page and export; nothing."""
IMPORT, ENTRY, LISTS, MINUTES, WAITING, UNDO = "import", "entry", "lists", "minutes", "waiting", "undo"
BATCH_KINDS = {
    FOUNDING: "données de départ",
    DEMONSTRATION: "démonstration",
    EMPTY: "base vide",
    IMPORT: "import de fichiers",
    ENTRY: "saisie",
    LISTS: "référentiels",
    MINUTES: "compte rendu",
    WAITING: "réunions en attente",
    UNDO: "annulation",
}
"""Kind of an entry of the journal → as people read it."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "date_precision": DATE_PRECISIONS,
    "status": {"held": "tenue", "announced": "annonce", "cancelled": "annulation"},
    "format": {"unknown": FORMATS["unknown"]},
    "participants_precision": HEADCOUNT_PRECISIONS,
    "membership": {"member": "Membre", "other": "Non membre", "unknown": "Non dit par la source"},
    "kind": {kind.code: kind.short for kind in TERRITORY_KINDS.values()},
}
"""Column of a figure → value as it is stored → value as a table shows it; a value that is not here is French already.
What befell a meeting is said there by a noun: « annonce »."""
