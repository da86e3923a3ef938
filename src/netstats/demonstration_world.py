"""What the made-up activity is drawn from: networks, themes over the years, habits, formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

FIRST_YEAR = 2012
Curve = tuple[tuple[float, float], ...]
"""Points (year, weight), the year as a decimal number; straight between them, level beyond."""


class Network(NamedTuple):
    """A network, its regions, how much it meets, and the years it lives."""

    name: str
    regions: tuple[str, ...]
    weight: float
    first: int = FIRST_YEAR
    last: int = 2100


NATIONAL = "national"
NETWORKS: Mapping[str, Network] = {
    "hauts-de-france": Network("Hauts-de-France", ("32",), 1.5),
    "ile-de-france": Network("Île-de-France", ("11",), 1.6),
    "auvergne-rhone-alpes": Network("Auvergne-Rhône-Alpes", ("84",), 1.3),
    "bretagne-pays-de-la-loire": Network("Bretagne – Pays de la Loire", ("53", "52"), 1.0, 2013),
    "nouvelle-aquitaine": Network("Nouvelle-Aquitaine", ("75",), 1.0, 2014),
    "occitanie": Network("Occitanie", ("76",), 1.0, 2014),
    "provence-alpes-cote-d-azur-corse": Network("Provence-Alpes-Côte d’Azur – Corse", ("93", "94"), 0.9),
    "grand-est": Network("Grand Est", ("44",), 0.9, 2013),
    "normandie": Network("Normandie", ("28",), 0.6, 2016),
    "centre-val-de-loire": Network("Centre-Val de Loire", ("24",), 0.7, 2012, 2021),  # one that stopped
    "bourgogne-franche-comte": Network("Bourgogne-Franche-Comté", ("27",), 0.5, 2015),
    "antilles-guyane": Network("Antilles – Guyane", ("01", "02", "03"), 0.5, 2018),
    "la-reunion-mayotte": Network("La Réunion – Mayotte", ("04", "06"), 0.4, 2019),
    NATIONAL: Network("National", (), 0.9),
}
YEARS: Curve = ((2012, 0.4), (2019, 1.0), (2020, 0.8), (2021, 1.2), (2024, 1.1))
MONTHS = (0.8, 0.8, 1.2, 0.9, 1.1, 1.3, 0.5, 0.08, 1.0, 1.3, 1.4, 0.8)
THEMES: Mapping[str, Curve] = {
    "mesure-delinquance": ((2012, 10), (2016, 6), (2020, 2), (2026, 1)),
    "evaluation-politiques": ((2012, 4), (2018, 3), (2026, 2)),
    "metier-coordonnateur": ((2012, 7), (2017, 4), (2026, 2)),
    "gouvernance-locale": ((2012, 5),),
    "politiques-locales": ((2012, 3),),
    "prevention": ((2012, 6), (2026, 4)),
    "police-municipale": ((2012, 2), (2020, 4), (2026, 5)),
    "stupefiants": ((2012, 2), (2018, 5), (2026, 9)),
    "protoxyde-azote": ((2018, 0), (2019, 2), (2021, 6), (2024, 2), (2026, 1)),
    "trafics-quartiers": ((2012, 2), (2026, 5)),
    "criminalite-organisee": ((2019, 0), (2021, 1), (2026, 7)),
    "covid-19": ((2020.16, 0), (2020.2, 40), (2020.9, 25), (2021.5, 8), (2021.99, 0)),
    "publics-vulnerables": ((2012, 3),),
    "seniors-isolement": ((2012, 0.5), (2020, 3), (2021.5, 1), (2026, 0.5)),
    "violences-femmes": ((2012, 1), (2017, 2), (2026, 8)),
    "sante-mentale": ((2015, 0), (2019, 1), (2026, 6)),
    "espaces-publics": ((2012, 5), (2026, 4)),
    "rodeos": ((2014, 0), (2016, 1), (2021, 5), (2024, 5), (2026, 2)),
    "vie-nocturne": ((2012, 1), (2019, 2), (2020.2, 0), (2021.5, 1), (2026, 8)),
    "mediation": ((2012, 4), (2026, 3)),
    "jeunesse": ((2012, 3),),
    "rixes": ((2016, 0), (2018, 1), (2021, 6), (2026, 4)),
    "mineurs-justice": ((2012, 4), (2018, 2), (2026, 3)),
    "numerique": ((2012, 0.5), (2020, 4), (2022, 2)),
    "vie-associative": ((2012, 4), (2018, 1), (2019, 0)),  # one that is never discussed again
}
"""Theme → how often it is discussed, against the others of that day; another theme of the taxonomy stays rare."""
RARE: Curve = ((FIRST_YEAR, 0.5),)
KINDS = {"réunion de réseau": 0.86, "atelier": 0.08, "groupe de travail": 0.06}
NATIONAL_KINDS = {
    "webinaire": 0.35,
    "groupe de travail": 0.25,
    "atelier": 0.12,
    "assises": 0.1,
    "audition": 0.1,
    "assemblée générale": 0.08,
}
TITLES = {
    "réunion de réseau": "Réunion fictive du réseau {network}",
    "atelier": "Atelier fictif",
    "groupe de travail": "Groupe de travail fictif",
    "webinaire": "Webinaire fictif",
    "assises": "Assises fictives {year}",
    "audition": "Audition fictive",
    "assemblée générale": "Assemblée générale fictive",
}
FORMATS_BEFORE = {"présentiel": 0.86, "unknown": 0.14}
FORMATS_CONFINED = {"visioconférence": 0.86, "présentiel": 0.06, "unknown": 0.08}
FORMATS_SINCE = {"présentiel": 0.5, "visioconférence": 0.24, "hybride": 0.16, "unknown": 0.1}
CONFINED, RELEASED = date(2020, 3, 16), date(2021, 7, 1)
CANCELLED_UNTIL = date(2020, 5, 11)
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
HABITS = {"core": 0.12, "regular": 0.26, "occasional": 0.28, "once": 0.16, "stopped": 0.1, "late": 0.08}


@dataclass(frozen=True)
class Body:
    """A territory that can attend."""

    code: str
    name: str
    kind: str
    region: str
    population: int


@dataclass(frozen=True)
class Member:
    """A territory in the life of a network: how often it comes, between which days, member of the FFSU since when."""

    body: Body
    chance: float
    since: date
    until: date
    member_since: date | None  # None when nobody ever said it


@dataclass(frozen=True)
class Slot:
    """A meeting before its details: a true day, even when the file will not say it."""

    code: str
    network: str
    day: date
    status: str
