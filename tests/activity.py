"""A made-up activity on the official geography, large enough that every case of a filter meets every other one.

It holds on purpose what the real data has little or nothing of: bodies that lie in several departments or regions,
every kind of body, meetings of every date precision, attendance and actions at meetings that were not held (the
intake refuses them; the figures must not rely on it), actions of unknown or absent territories, unused codes.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from netstats.filters import Filters
from netstats.period import Period

REFERENCE = Path(__file__).parents[1] / "data" / "reference"

Row = dict[str, object]

NETWORKS = {  # code: name, scope, regions
    "hauts-de-france": ("Hauts-de-France", "regional", ("32",)),
    "rhone": ("Auvergne-Rhône-Alpes", "regional", ("84",)),
    "ile-de-france": ("Île-de-France", "regional", ("11",)),
    "ouest": ("Bretagne – Pays de la Loire", "regional", ("53", "52")),
    "corse": ("Corse", "regional", ("94",)),
    "guadeloupe": ("Guadeloupe", "regional", ("01",)),
    "sans-reunion": ("Grand Est", "regional", ("44",)),
    "national": ("National", "national", ()),
}
THEMES = {  # code: name, family
    "mesure": ("Mesure de la délinquance", "chiffres"),
    "evaluation": ("Évaluation", "chiffres"),
    "metier": ("Métier de coordonnateur", "gouvernance"),
    "prevention": ("Prévention", "gouvernance"),
    "stupefiants": ("Stupéfiants", "drogues"),
    "covid": ("Covid-19", "covid"),
    "seniors": ("Seniors", "publics"),
    "femmes": ("Violences faites aux femmes", "publics"),
    "rodeos": ("Rodéos", "espaces"),
    "nuit": ("Vie nocturne", "espaces"),
    "rixes": ("Rixes", "jeunesse"),
    "numerique": ("Numérique", "autres"),
    "jamais": ("Thème jamais abordé", "autres"),
}
FAMILIES = ("chiffres", "gouvernance", "drogues", "covid", "publics", "espaces", "jeunesse", "autres")
FORMATS = ("présentiel", "visioconférence", "hybride", "unknown")
KINDS = ("commune", "CC", "CA", "CU", "METRO", "EPT", "CISPD", "CLSPD", "department")
REGIONS = ("32", "84", "11", "53", "52", "94", "01", "93", "28")
DEPARTMENTS = (
    "59",
    "62",
    "80",
    "69",
    "01",
    "38",
    "75",
    "93",
    "78",
    "35",
    "44",
    "56",
    "2A",
    "971",
    "84",
    "76",
)
ACTION_TYPES = ("accueil", "ecoute", "maraude", "mediation", "formation", "jamais")
AUDIENCES = ("seniors", "jeunes", "victimes", "tout-public")

STRADDLING = (
    "243500741",  # Redon: 35, 44 and 56, in two regions of one network
    "244400610",  # Cap Atlantique: 44 and 56, the same
    "247600588",  # Villes Sœurs: 76 and 80, in two regions of which one has no network
    "200070308",  # Mâconnais Beaujolais: 01 and 71
    "248400251",  # Grand Avignon: 30 and 84 (the department), whose code is also that of a region
    "246100663",  # the CU of Alençon: 61 and 72
    "200054781",  # Métropole du Grand Paris: six departments of one region
    "200058014",  # an EPT in 91 and 94
    "245900758",  # Flandre Lys: 59 and 62
    "200077014",  # Vienne Condrieu: 38 and 69
)
ATTENDING_DEPARTMENTS = ("59", "69", "2A", "971", "44", "84")
OWN_BODIES = {  # code: kind, communes
    "cispd-scarpe": ("CISPD", ("59014", "59079", "59459", "59491")),
    "cispd-lys": ("CISPD", ("59017", "62120")),  # over two departments
    "cispd-loire": ("CISPD", ("44057", "56155", "35236")),  # over two regions
    "cispd-rhone": ("CISPD", ("69143", "69278")),
    "clspd-lille": ("CLSPD", ("59350",)),
    "clspd-ajaccio": ("CLSPD", ("2A004",)),
}


def read_reference(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of data/reference."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def generate(seed: int, meetings: int = 260) -> dict[str, pd.DataFrame]:
    """Return the rows of a made-up activity by table of the database, as netstats.store.build takes them."""
    chance = random.Random(seed)  # noqa: S311
    pools = _pools(chance)
    attending = [code for pool in pools.values() for code in pool]
    held = [_meeting(chance, number) for number in range(meetings)] + _edge_meetings(meetings)
    attendance: list[Row] = []
    themes: list[Row] = []
    actions: list[Row] = []
    for meeting in held:
        code, network = meeting["code"], str(meeting["network_code"])
        near = [body for region in NETWORKS[network][2] for body in pools[region]] or attending
        present: list[str] = []
        if chance.random() < 0.75:
            wanted = (
                chance.choice(near if chance.random() < 0.85 else attending) for _ in range(chance.randint(1, 12))
            )
            present = sorted(set(wanted))
        attendance += [
            {
                "meeting_code": code,
                "territory_code": body,
                "printed_name": f"Ville {body}",
                "member": (None, True, False)[rank % 3] if len(present) % 2 else None,
                "batch_id": 1,
            }
            for rank, body in enumerate(present)
        ]
        if chance.random() < 0.8:
            said = chance.sample([theme for theme in THEMES if theme != "jamais"], chance.randint(1, 4))
            themes += [{"meeting_code": code, "theme_code": theme, "batch_id": 1} for theme in said]
        actions += [
            _action(chance, f"{code}-a{number}", str(code), present or near, attending)
            for number in range(chance.choice((0, 0, 0, 1, 1, 2, 4)))
        ]
    return {
        "batch": _frame([{"id": 1, "applied_on": pd.Timestamp(2026, 11, 22), "kind": "founding", "label": "Essai"}]),
        "network": _frame(
            [
                {"code": c, "name": n, "scope": s, "retired": c == "sans-reunion" or None}
                for c, (n, s, _) in NETWORKS.items()
            ]
        ),
        "network_region": _frame(
            [
                {"network_code": c, "region_code": region}
                for c, (_, _, regions) in NETWORKS.items()
                for region in regions
            ]
        ),
        "territory": _frame(
            [{"code": c, "kind": k, "name": f"{k} {c}", "retired": None} for c, (k, _) in OWN_BODIES.items()]
        ),
        "territory_commune": _frame(
            [
                {"territory_code": c, "commune_code": commune}
                for c, (_, communes) in OWN_BODIES.items()
                for commune in communes
            ]
        ),
        "territory_alias": _frame([{"territory_code": "59350", "name": "Lomme"}]),
        "theme_family": _frame(
            [
                {"code": code, "name": code.capitalize(), "rank": rank, "retired": None}
                for rank, code in enumerate(FAMILIES, start=1)
            ]
        ),
        "theme": _frame(
            [
                {"code": c, "family_code": family, "name": name, "short_name": name[:12], "retired": False}
                for c, (name, family) in THEMES.items()
            ]
        ),
        "action_type": _frame(
            [
                {"code": c, "name": f"Action {c}", "rank": rank, "retired": True}
                for rank, c in enumerate(ACTION_TYPES, start=1)
            ]
        ),
        "audience": _frame(
            [{"code": c, "name": f"Public {c}", "rank": r, "retired": None} for r, c in enumerate(AUDIENCES, start=1)]
        ),
        "meeting": _frame(held),
        "attendance": _frame(attendance),
        "meeting_theme": _frame(themes),
        "action": _frame(actions),
    }


def selections(seed: int) -> list[Filters]:
    """Return selections with each dimension alone, in pairs, in triples and all at once, and some that are empty."""
    chance = random.Random(seed)  # noqa: S311
    dimensions = ("period", "regions", "departments", "networks", "kinds", "themes", "formats")
    wanted: list[tuple[str, ...]] = [()]
    wanted += [(one,) for one in dimensions for _ in range(3)]
    wanted += [(one, other) for i, one in enumerate(dimensions) for other in dimensions[i + 1 :]]
    wanted += [tuple(chance.sample(dimensions, 3)) for _ in range(14)]
    wanted += [tuple(chance.sample(dimensions, 5)) for _ in range(3)]
    return [
        *(replace(Filters(), **{dimension: _choice(chance, dimension) for dimension in names}) for names in wanted),
        Filters(networks=("national",)),
        Filters(networks=("national", "hauts-de-france"), regions=("32",)),
        Filters(networks=("sans-reunion",)),
        Filters(networks=("zz",)),
        Filters(networks=("ouest",), regions=("53",)),
        Filters(networks=("ouest", "rhone")),  # the population of three regions
        Filters(regions=("84",)),  # the region and the department of this code are not the same place
        Filters(departments=("84",)),
        Filters(regions=("01",)),
        Filters(departments=("01",)),
        Filters(regions=("28",)),  # no network of its own: only bodies that reach into it
        Filters(departments=("59", "44"), regions=("52",)),  # one of the two lies there
        Filters(departments=("35",), regions=("52",)),  # Redon is in both, but 35 is not in 52: empty
        Filters(departments=("56",), kinds=("CA",)),
        Filters(departments=("59",), kinds=("department",)),
        Filters(regions=("32",), kinds=("CISPD", "CLSPD")),
        Filters(departments=("2A", "971")),
        Filters(departments=("zz",)),
        Filters(themes=("jamais",)),
        Filters(period=Period(until=date(1999, 12, 31))),
        Filters(period=Period(date(2020, 2, 29), date(2020, 2, 29))),
        Filters(period=Period(date(2019, 12, 31), date(2020, 1, 1))),
        Filters(period=Period(date(2020, 3, 1), date(2020, 3, 30))),  # a day short of its month
        Filters(period=Period(date(2016, 1, 2), date(2016, 12, 31))),  # a day short of its year
        Filters(period=Period(date(2016, 1, 1), date(2016, 12, 30))),
        Filters(period=Period(date(2016, 1, 1), date(2016, 12, 31)), networks=("ile-de-france",)),
        Filters(period=Period(date(2018, 1, 1), date(2021, 12, 31)), networks=("rhone",)),  # the grain changes
        Filters(period=Period(date(2017, 1, 1), date(2021, 12, 31)), networks=("rhone",)),  # from one
        Filters(period=Period(date(2014, 1, 1), date(2023, 12, 31)), networks=("rhone",)),  # of these
        Filters(period=Period(date(2013, 1, 1), date(2023, 12, 31)), networks=("rhone",)),  # to the next
        Filters(networks=("rhone", "hauts-de-france"), formats=("hybride",), themes=("covid", "nuit")),
    ]


SUBJECTS = {
    "code du territoire": ("59350", "243500741", "cispd-lys", "59", "nowhere"),
    "code du réseau": ("rhone", "ouest", "national", "nowhere"),
    "code du thème": ("covid", "nuit", "jamais", "nothing"),
    "code de la réunion": ("m001", "m002", "m100", "nothing"),
    "mots cherchés": ("action", "RÉUNION l’Hay", "réunion annoncée", "' OR 1=1 --"),
    "nom ou code d’un territoire": ("lille", "St-Denis", "59350", "59", "Lomme", "valencienne", "L'Haÿ", "' OR 1=1 --"),
    "": ("",),
}
"""What a figure may be about → examples, the last of which does not exist."""


def name(filters: Filters) -> str:
    """Return a short name of a selection, to know a test by."""
    said = [f"{filters.period.since or ''}..{filters.period.until or ''}"] if filters.period else []
    said += [f"{key}={'+'.join(codes)}" for key, codes in vars(filters).items() if codes and key != "period"]
    return ",".join(said) or "everything"


def _choice(chance: random.Random, dimension: str) -> Any:
    if dimension == "period":
        first = date(chance.randint(2012, 2023), chance.randint(1, 12), chance.choice((1, 1, 1, 15)))
        last = first + timedelta(days=chance.choice((29, 89, 364, 365, 1200, 2200, 4000)))
        return chance.choice((Period(first, last), Period(first, last), Period(since=first), Period(until=last)))
    offered = {
        "regions": REGIONS,
        "departments": DEPARTMENTS,
        "networks": tuple(NETWORKS),
        "kinds": KINDS,
        "themes": tuple(THEMES),
        "formats": FORMATS,
    }[dimension]
    return tuple(chance.sample(offered, chance.choice((1, 1, 2, 3))))


def _pools(chance: random.Random) -> dict[str, list[str]]:
    """Region → codes of the bodies that come to its meetings; some of them overlap on purpose."""
    region_of = {row["code"]: row["region_code"] for row in read_reference("departments")}
    department_of = {row["code"]: row["department_code"] for row in read_reference("communes")}
    communes: dict[str, list[str]] = defaultdict(list)
    for code, department in department_of.items():
        communes[region_of[department]].append(code)
    members: dict[str, list[str]] = defaultdict(list)
    for row in read_reference("intercommunality_communes"):
        members[row["intercommunality_code"]].append(row["commune_code"])
    bodies: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in read_reference("intercommunalities"):
        bodies[region_of[department_of[members[row["code"]][0]]], row["kind"]].append(row["code"])

    pools: dict[str, list[str]] = {}
    for region in sorted({region for _, _, regions in NETWORKS.values() for region in regions}):
        unions = [
            code
            for kind in ("CC", "CA", "CU", "METRO", "EPT")
            for code in chance.sample(bodies[region, kind], min(2, len(bodies[region, kind])))
        ]
        within = [chance.choice(members[code]) for code in unions]  # counted once, though the union covers it too
        pools[region] = sorted({*unions, *within, *chance.sample(communes[region], 12)})
    several = [*STRADDLING, *ATTENDING_DEPARTMENTS, *OWN_BODIES]
    for code in several:
        reached = {region_of[department_of[commune]] for commune in members[code] or OWN_BODIES.get(code, ("", ()))[1]}
        for region in reached & set(pools) or {region_of.get(code, "32")} & set(pools) or {"32"}:
            pools[region].append(code)
    return pools


def _meeting(chance: random.Random, number: int) -> Row:
    network = chance.choices(
        ("hauts-de-france", "rhone", "ile-de-france", "ouest", "corse", "guadeloupe", "national"),
        weights=(6, 6, 5, 5, 2, 1, 4),
    )[0]
    day = date(2013, 1, 1) + timedelta(days=chance.randrange(11 * 365))
    precision = chance.choices(("day", "month", "unknown"), weights=(76, 14, 10))[0]
    if network in {"ile-de-france", "national"} and day.year in {2016, 2019}:
        precision = chance.choice(("day", "year", "year"))
    return _meeting_row(chance, f"m{number:03}", network, day, precision)


def _meeting_row(chance: random.Random, code: str, network: str, day: date, precision: str) -> Row:
    held_on = {
        "day": day,
        "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
    }.get(precision)
    sessions = chance.choice((1, 1, 1, 1, 2, 6))
    known = chance.random() < 0.6
    return {
        "code": code,
        "network_code": network,
        "kind": chance.choice(("réunion de réseau", "webinaire")),
        "held_on": held_on and pd.Timestamp(held_on),
        "date_precision": precision,
        "held_until": pd.Timestamp(held_on + timedelta(days=200)) if held_on and sessions > 1 else None,
        "sessions": sessions,
        "format": chance.choices(FORMATS, weights=(5, 4, 2, 2))[0],
        "place": chance.choice((None, "Lille", "L’Haÿ-les-Roses")),
        "participants": chance.randint(3, 160) if known else None,
        "participants_precision": chance.choices(("exact", "about", "at_least"), weights=(8, 1, 1))[0]
        if known
        else None,
        "participants_unit": "professionnels" if known else None,
        "open_to_non_members": None,
        "status": chance.choices(("held", "announced", "cancelled"), weights=(88, 7, 5))[0],
        "title": f"Réunion « {code} » ; d’essai",
        "note": chance.choice((None, "Une note, avec virgule.")),
        "source_url": f"https://example.org/{code}",
        "batch_id": 1,
    }


def _edge_meetings(first: int) -> list[Row]:
    """Meetings held on the days where a period begins or ends, whatever was drawn."""
    chance = random.Random(first)  # noqa: S311
    edges = [
        ("hauts-de-france", date(2019, 12, 31), "day"),
        ("hauts-de-france", date(2020, 1, 1), "day"),
        ("rhone", date(2020, 2, 29), "day"),
        ("ouest", date(2020, 3, 1), "month"),
        ("ouest", date(2020, 3, 31), "day"),
        ("ile-de-france", date(2016, 1, 1), "year"),
        ("rhone", date(2018, 1, 1), "day"),
        ("rhone", date(2021, 12, 31), "day"),
        ("rhone", date(2017, 12, 31), "day"),
        ("rhone", date(2014, 1, 1), "day"),
        ("rhone", date(2023, 12, 31), "day"),
        ("rhone", date(2013, 12, 31), "day"),
    ]
    return [
        _meeting_row(chance, f"m{first + number:03}", network, day, precision) | {"status": "held"}
        for number, (network, day, precision) in enumerate(edges)
    ]


def _action(chance: random.Random, code: str, meeting: str, near: list[str], attending: list[str]) -> Row:
    territory = chance.choices((None, chance.choice(near), chance.choice(attending)), weights=(4, 4, 2))[0]
    return {
        "code": code,
        "meeting_code": meeting,
        "territory_code": territory,
        "type_code": chance.choice(ACTION_TYPES[:-1]),
        "audience_code": chance.choice((None, *AUDIENCES)),
        "theme_code": chance.choice((None, None, *(theme for theme in THEMES if theme != "jamais"))),
        "description": f"Une action « {code} ».",
        "source_url": chance.choice((None, f"https://example.org/{code}")),
        "batch_id": 1,
    }


_TYPES = {
    "rank": "Int64",
    "sessions": "Int64",
    "participants": "Int64",
    "held_on": "datetime64[us]",
    "held_until": "datetime64[us]",
    "member": "boolean",
    "retired": "boolean",
    "open_to_non_members": "boolean",
}


def _frame(rows: list[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    texts = {
        column: "str" for column in frame if column not in _TYPES and column not in {"id", "batch_id", "applied_on"}
    }
    return frame.astype(texts | {column: kind for column, kind in _TYPES.items() if column in frame})
