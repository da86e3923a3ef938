"""The demonstration set: a made-up activity with the shape of the real one, in a database of its own.

The places and the themes are real, everything that is said to have happened there is drawn at random. The rows
are verified as all others; each batch, title, meeting and body says that it is made up,
and none has a source.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from netstats import store
from netstats.demonstration_actions import ACTIONS, OTHER_ACTIONS
from netstats.demonstration_words import (
    EXTENTS,
    OWN_PARTNERS,
    PARTNERS,
    PLACES,
    PUBLICS,
    RHYTHMS,
)
from netstats.demonstration_world import (
    CANCELLED_UNTIL,
    CONFINED,
    FIRST_YEAR,
    FORMATS_BEFORE,
    FORMATS_CONFINED,
    FORMATS_SINCE,
    HABITS,
    HOLIDAYS,
    KINDS,
    MONTHS,
    NATIONAL,
    NATIONAL_KINDS,
    NETWORKS,
    RARE,
    RELEASED,
    THEMES,
    TITLES,
    YEARS,
    Body,
    Curve,
    Member,
    Slot,
)
from netstats.errors import NetstatsError
from netstats.intake import bootstrap, official
from netstats.intake.official import Sheet
from netstats.model import WRITTEN, Column
from netstats.reference.geography import data_directory
from netstats.wording import counted, number

FEWEST, MOST = 50, 20_000
"""How many meetings a demonstration set can have."""


Row = dict[str, Any]

_T = TypeVar("_T")


Sheets = Mapping[str, Sheet]


def write(path: Path, *, meetings: int, seed: int, today: date | None = None, replace_older: bool = False) -> None:
    """Write a demonstration set as a database at `path`.

    Parameters
    ----------
    path
        Where to put it; its folder must exist.
    meetings
        How many meetings, from `FEWEST` to `MOST`.
    seed
        Another one makes another activity; the same arguments make the same.
    today
        The day on which it is made: only a few announced meetings lie beyond it. The current day by default.
    replace_older
        Whether to replace another demonstration set.

    Raises
    ------
    NetstatsError
        A number is out of bounds, the place is not good, or something else than a demonstration set stands there.
    """
    if not FEWEST <= meetings <= MOST:
        raise NetstatsError(
            f"Un jeu de démonstration a de {FEWEST} à {number(MOST)} réunions, pas {number(meetings)}.",
            "Donnez un autre nombre avec --meetings.",
        )
    today = today or date.today()
    if today.year < FIRST_YEAR + 2:
        raise NetstatsError(f"Le jeu de démonstration commence en {FIRST_YEAR}.", "Donnez un jour plus tardif.")
    _see_that_it_may_be_written(path, replace_older=replace_older)
    directory = data_directory()
    store.build(
        directory / "reference",
        frames(directory, meetings=meetings, seed=seed, today=today),
        path=path,
        made=bootstrap.build_digest(directory),
        digest=f"{meetings} {seed} {today}",
    ).close()


def _see_that_it_may_be_written(path: Path, *, replace_older: bool) -> None:
    other = "Nommez un autre fichier avec --out."
    if not path.parent.is_dir():
        raise NetstatsError(f"Le dossier {path.parent} n’existe pas.", "Créez-le, ou nommez un autre fichier.")
    if path.resolve() == (data_directory() / bootstrap.DATABASE_NAME).resolve():
        raise NetstatsError(f"{path} est la place de la base réelle.", other)
    if path.is_dir():
        raise NetstatsError(f"{path} est un dossier.", other)
    if not path.exists():
        return
    try:
        origin = store.inspect(path)
    except NetstatsError as error:
        raise NetstatsError(error.what, other) from error
    if origin is None or not origin.fictional:
        raise NetstatsError(f"{path} n’est pas un jeu de démonstration : il n’est pas remplacé.", other)
    if not replace_older:
        raise NetstatsError(
            f"{path} est déjà un jeu de démonstration.",
            "Ajoutez --force pour le remplacer, ou nommez un autre fichier.",
        )


def frames(directory: Path, *, meetings: int, seed: int, today: date) -> dict[str, pd.DataFrame]:
    """Return the rows of a demonstration set, verified, by table of the database.

    Parameters
    ----------
    directory
        The directory of `network/`, whose taxonomies it takes, and of `reference/`, whose territories it takes.
    meetings, seed, today
        See `write`.

    Raises
    ------
    NetstatsError
        The taxonomies or the official geography are not in order.
    """
    taken = bootstrap.network_frames(directory)
    sheets = {file.name: official.read_official(directory, file) for file in official.FILES if file.name in _REFERENCE}
    if issues := [issue for sheet in sheets.values() for issue in sheet.issues]:
        raise NetstatsError(f"Les données ne peuvent pas être lues. {issues[0]}", "Récupérez data/reference.")
    rows = _activity(sheets, taken["theme"], meetings=meetings, seed=seed, today=today)
    made: dict[str, pd.DataFrame] = {"batch": pd.DataFrame(rows.pop("batch"))}
    for name, table in WRITTEN.items():
        if name not in rows:
            made[name] = taken[name]  # the taxonomies
            continue
        records = [{column: _value(table.column(column), row) for column in table.written} for row in rows[name]]
        made[name] = store.records_frame(name, records, table.written)
        if table.in_batch:
            made[name]["batch_id"] = 1
    return made


_REFERENCE = {"departments", "communes", "intercommunalities", "intercommunality_communes"}


def _value(column: Column, row: Row) -> object:
    """Return what a drawn text is in the database."""
    text = row.get(column.name, "")
    if not text:
        return None
    kind = column.sql.split()[0]
    return int(text) if kind == "INTEGER" else text == "true" if kind == "BOOLEAN" else text


def _activity(
    sheets: Sheets, known_themes: pd.DataFrame, *, meetings: int, seed: int, today: date
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows by table of the database, as texts; the taxonomies stay those of data/network."""
    chance = random.Random(seed)  # noqa: S311
    bodies, own = _bodies(sheets, chance)
    slots = _slots(chance, meetings, today)
    members = {network: _members(chance, network, slots, bodies, today) for network in NETWORKS if network != NATIONAL}
    members[NATIONAL] = [
        replace(member, chance=member.chance * 0.12) for network in members.values() for member in network
    ]
    names = dict(zip(known_themes["code"], known_themes["short_name"], strict=True))
    # Each network has its own worries, or every row of a grid would look like the next one.
    tastes = {network: {code: chance.lognormvariate(0, 0.5) for code in names} for network in NETWORKS}
    towns = {network: [m.body.name for m in members[network] if m.body.kind == "commune"] for network in NETWORKS}
    rows: dict[str, list[dict[str, Any]]] = {
        "batch": [
            {
                "id": 1,
                "applied_on": pd.Timestamp(today),
                "kind": store.FICTIONAL_KIND,
                "label": f"Jeu de démonstration : {counted(meetings, 'réunion inventée', 'réunions inventées')}",
            }
        ],
        "network": [
            {"code": code, "name": network.name, "scope": "regional" if network.regions else "national"}
            for code, network in NETWORKS.items()
        ],
        "network_region": [
            {"network_code": code, "region_code": region}
            for code, network in NETWORKS.items()
            for region in network.regions
        ],
        "territory": [{"code": body.code, "kind": body.kind, "name": body.name} for body in own],
        "territory_commune": [
            {"territory_code": body.code, "commune_code": commune}
            for body, communes in own.items()
            for commune in communes
        ],
        "territory_alias": [],
        "meeting": [],
        "attendance": [],
        "meeting_theme": [],
        "action": [],
    }
    for slot in slots:
        present = _present(chance, slot, members[slot.network])
        themes = _themes(chance, slot, tastes[slot.network])
        rows["meeting"].append(
            _meeting(
                chance,
                slot,
                [names[code] for code in themes],
                present=len(present),
                towns=towns[slot.network],
                today=today,
            )
        )
        rows["attendance"] += [_attendance(chance, slot, member) for member in present]
        rows["meeting_theme"] += [{"meeting_code": slot.code, "theme_code": theme} for theme in themes]
        if slot.status == "held":
            codes = [member.body.code for member in present]
            rows["action"] += [
                _action(chance, slot, rank, themes, codes)
                for rank in range(1, _drawn(chance, {1: 0.4, 2: 0.2, 3: 0.15, 5: 0.1, 6: 0.05, 9: 0.1}))
            ]
    return rows


# ---------------------------------------------------------------- who


def _bodies(sheets: Sheets, chance: random.Random) -> tuple[list[Body], dict[Body, list[str]]]:
    """Return the territories large enough to attend, and the communes of those that are ours."""
    region_of = {row["code"]: row["region_code"] for _, row in sheets["departments"].rows()}
    communes = {
        row["code"]: Body(
            row["code"], row["name"], "commune", region_of[row["department_code"]], int(row["population"] or 0)
        )
        for _, row in sheets["communes"].rows()
    }
    members: dict[str, list[Body]] = defaultdict(list)
    for _, row in sheets["intercommunality_communes"].rows():
        members[row["intercommunality_code"]].append(communes[row["commune_code"]])
    largest = {code: max(found, key=lambda body: body.population) for code, found in members.items()}
    bodies = [body for body in communes.values() if body.population >= 6_000]
    bodies += [
        Body(row["code"], row["name"], row["kind"], largest[row["code"]].region, int(row["population"] or 0))
        for _, row in sheets["intercommunalities"].rows()
        if row["code"] in members and int(row["population"] or 0) >= 15_000
    ]
    inhabitants: dict[str, int] = defaultdict(int)
    for _, row in sheets["communes"].rows():
        inhabitants[row["department_code"]] += int(row["population"] or 0)
    bodies += [
        Body(row["code"], row["name"], "department", row["region_code"], inhabitants[row["code"]])
        for _, row in sheets["departments"].rows()
    ]
    own: dict[Body, list[str]] = {}
    for code in sorted(members):
        near = [body for body in members[code] if 4_000 <= body.population < 60_000]
        if len(near) < 3:
            continue
        together = chance.sample(near, _drawn(chance, {1: 0.3, 2: 0.4, 3: 0.3}))
        kind = "CLSPD" if len(together) == 1 else "CISPD"
        own[
            Body(
                f"fictif-{kind.lower()}-{len(own) + 1:03d}",
                f"{kind} fictif {'-'.join(body.name for body in together)}",
                kind,
                together[0].region,
                sum(body.population for body in together),
            )
        ] = [body.code for body in together]
    return [*bodies, *own], own


def _members(
    chance: random.Random, network: str, slots: Iterable[Slot], bodies: Iterable[Body], today: date
) -> list[Member]:
    """Return who comes to a network: more of them where it meets more, in each of its regions, of every kind."""
    days = [slot.day for slot in slots if slot.network == network and slot.status == "held"]
    if not days:
        return []
    wanted = int(12 + 4.5 * len(days) ** 0.5) // len(NETWORKS[network].regions)
    members: list[Member] = []
    for region in NETWORKS[network].regions:
        near = [body for body in bodies if body.region == region]
        towns = {body: body.population**0.5 for body in near if body.kind == "commune"}
        unions = {body: body.population**0.5 for body in near if body.kind in {"CC", "CA", "CU", "METRO", "EPT"}}
        councils = {body: 1.0 for body in near if body.kind in {"CISPD", "CLSPD"}}
        departments = {body: 1.0 for body in near if body.kind == "department"}
        for kind, share in ((towns, 0.65), (unions, 0.24), (councils, 0.09), (departments, 0.015)):
            # Overseas, a handful of bodies would already cover everybody: never more than a third of those there are.
            chosen = _several(chance, kind, round(min(wanted * share, len(kind) / 3)))
            members += [_member(chance, body, days, today) for body in chosen]
    return members


def _member(chance: random.Random, body: Body, days: Sequence[date], today: date) -> Member:
    habit = _drawn(chance, HABITS)
    often = {"core": (0.85, 0.96), "regular": (0.25, 0.55), "occasional": (0.04, 0.15), "once": (1.0, 1.0)}
    since, until = days[0], today
    if habit == "once":
        since = until = chance.choice(days)
    elif habit == "stopped":
        until = days[int(len(days) * chance.uniform(0.3, 0.85))]
    elif habit == "late":
        since = days[int(len(days) * chance.uniform(0.6, 0.95))]
    elif habit == "regular" and chance.random() < 0.5:
        since = days[int(len(days) * chance.uniform(0, 0.6))]
    joined = _drawn(chance, {"always": 0.45, "later": 0.15, "never": 0.15, "unsaid": 0.25})
    member_since = {
        "always": date.min,
        "later": chance.choice(days),
        "never": date.max,
        "unsaid": None,
    }[joined]
    return Member(body, chance.uniform(*often.get(habit, (0.4, 0.8))), since, until, member_since)


def _present(chance: random.Random, slot: Slot, members: Iterable[Member]) -> list[Member]:
    """Return who came; nobody where nobody wrote it down."""
    came = [m for m in members if m.since <= slot.day <= m.until and chance.random() < m.chance]
    written = chance.random() >= 0.09
    return came if written and slot.status == "held" else []


def _attendance(chance: random.Random, slot: Slot, member: Member) -> Row:
    name = member.body.name.upper() if chance.random() < 0.05 else member.body.name
    said = member.member_since is not None and chance.random() >= 0.1
    known = "true" if member.member_since and member.member_since <= slot.day else "false"
    return {
        "meeting_code": slot.code,
        "territory_code": member.body.code,
        "printed_name": name,
        "member": known if said else "",
    }


# ---------------------------------------------------------------- when


def _slots(chance: random.Random, meetings: int, today: date) -> list[Slot]:
    """Return the meetings in the order of their days: working days, few in August, fewer in the first years."""
    announced = max(2, meetings // 250)
    past = _working_days(date(FIRST_YEAR, 1, 1), today)
    weights = [_at(YEARS, _decimal_year(day)) * MONTHS[day.month - 1] for day in past]
    days = sorted(chance.choices(past, weights, k=meetings - announced))
    days += sorted(chance.choices(_working_days(today + timedelta(days=5), today + timedelta(days=120)), k=announced))
    slots = []
    for rank, day in enumerate(days, start=1):
        alive = {code: n.weight for code, n in NETWORKS.items() if n.first <= day.year <= n.last}
        network = _drawn(chance, alive)
        missed = 0.4 if CONFINED <= day < CANCELLED_UNTIL else 0.02
        # An old announcement of which nobody wrote whether it was held stays an announcement.
        status = _drawn(chance, {"held": 0.994 - missed, "cancelled": missed, "announced": 0.006})
        slots.append(Slot(f"fictif-{network}-{rank:05d}", network, day, "announced" if day > today else status))
    return slots


def _working_days(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=rank) for rank in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS]


def _decimal_year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365


def _at(curve: Curve, year: float) -> float:
    """Return the weight of a curve at a moment: straight between its points, level before and after them."""
    for (left, low), (right, high) in pairwise(curve):
        if left <= year <= right:
            return low + (high - low) * (year - left) / (right - left)
    return curve[0][1] if year < curve[0][0] else curve[-1][1]


# ---------------------------------------------------------------- what


def _themes(chance: random.Random, slot: Slot, tastes: Mapping[str, float]) -> list[str]:
    if chance.random() < 0.05:
        return []
    year = _decimal_year(slot.day)
    weights = {code: _at(THEMES.get(code, RARE), year) * taste for code, taste in tastes.items()}
    return _several(chance, weights, _drawn(chance, {1: 0.35, 2: 0.35, 3: 0.2, 4: 0.1}))


def _meeting(
    chance: random.Random, slot: Slot, themes: Sequence[str], *, present: int, towns: Sequence[str], today: date
) -> Row:
    network = NETWORKS[slot.network]
    kind = _drawn(chance, KINDS if network.regions else NATIONAL_KINDS)
    title = TITLES[kind].format(network=network.name, year=slot.day.year)
    if themes and kind != "assemblée générale":
        title += f" : {', '.join(_inside_a_sentence(theme) for theme in themes[:2])}"
    form = "visioconférence" if kind == "webinaire" else _drawn(chance, _formats(slot.day))
    somewhere = form in {"présentiel", "hybride"} and towns and chance.random() < 0.85
    return {
        "code": slot.code,
        "network_code": slot.network,
        "kind": kind,
        "format": form,
        "place": chance.choice(towns) if somewhere else "",
        "open_to_non_members": _drawn(chance, {"": 0.5, "true": 0.35, "false": 0.15}),
        "status": slot.status,
        "title": title,
        "note": "" if present or slot.status != "held" else "Liste des présents non retrouvée (réunion fictive).",
        **_date(chance, slot, kind, today),
        **_headcount(chance, slot, present),
    }


def _formats(day: date) -> Mapping[str, float]:
    if day < CONFINED:
        return FORMATS_BEFORE
    return FORMATS_CONFINED if day < RELEASED else FORMATS_SINCE


def _inside_a_sentence(theme: str) -> str:
    return theme if theme.startswith("Covid") else theme[:1].lower() + theme[1:]


def _date(chance: random.Random, slot: Slot, kind: str, today: date) -> Row:
    """Return the date as far as it is known; the older the meeting, the less it is."""
    unknown = 0.09 if slot.day.year < 2018 else 0.03
    precision = _drawn(chance, {"day": 0.9 - unknown, "month": 0.07, "year": 0.03, "unknown": unknown})
    if slot.day > today:
        precision = "day"
    row = {"date_precision": precision, "sessions": "1"}
    if precision == "unknown":
        return row
    first_days = {"day": slot.day, "month": slot.day.replace(day=1), "year": date(slot.day.year, 1, 1)}
    row["held_on"] = f"{first_days[precision]}"
    sessions = chance.randint(2, 6) if chance.random() < (0.6 if kind == "assises" else 0.05) else 1
    last = slot.day + timedelta(days=(1 if kind == "assises" else 7) * (sessions - 1))
    if precision == "day" and sessions > 1 and last <= today:
        row |= {"sessions": f"{sessions}", "held_until": f"{last}"}
    return row


def _headcount(chance: random.Random, slot: Slot, present: int) -> Row:
    if slot.status != "held" or chance.random() < 0.4:
        return {}
    heads = round((present or chance.randint(6, 30)) * chance.uniform(1, 1.7)) + chance.randint(1, 4)
    precision = _drawn(chance, {"exact": 0.6, "about": 0.27, "at_least": 0.13})
    if precision != "exact":
        heads = max(5, 5 * round(heads / 5))
    unit = _drawn(chance, {"participants": 0.4, "professionnels": 0.4, "élus et professionnels": 0.2})
    return {"participants": f"{heads}", "participants_precision": precision, "participants_unit": unit}


def _action(chance: random.Random, slot: Slot, rank: int, themes: Sequence[str], present: Sequence[str]) -> Row:
    theme = chance.choice(themes) if themes and chance.random() < 0.93 else ""
    pattern = chance.choice(ACTIONS.get(theme, OTHER_ACTIONS))
    audience = chance.choice(pattern.audience_codes)
    sentence = pattern.text.format(public=chance.choice(PUBLICS[audience]))
    if pattern.where and chance.random() < 0.7:
        sentence += f" {chance.choice(PLACES[pattern.where])}"
    if chance.random() < 0.4:
        sentence += f", {chance.choice(RHYTHMS if pattern.where else EXTENTS)}"
    if chance.random() < 0.6:
        sentence += f", {chance.choice(PARTNERS + OWN_PARTNERS[pattern.type_code])}"
    return {
        "code": f"{slot.code}-a{rank}",
        "meeting_code": slot.code,
        "territory_code": chance.choice(present) if present and chance.random() < 0.75 else "",
        "type_code": pattern.type_code,
        "audience_code": audience if "{public}" in pattern.text or chance.random() < 0.7 else "",
        "theme_code": theme,
        "description": f"{sentence}.",
    }


# ---------------------------------------------------------------- chance


def _drawn(chance: random.Random, weights: Mapping[_T, float]) -> _T:
    bounds = list(accumulate(weights.values()))
    return list(weights)[min(bisect_left(bounds, chance.random() * bounds[-1]), len(bounds) - 1)]


def _several(chance: random.Random, weights: Mapping[_T, float], count: int) -> list[_T]:
    """Return up to `count` different ones, the heavier the likelier (Efraimidis and Spirakis, 2006)."""
    ranks = {one: chance.random() ** (1 / weight) for one, weight in weights.items() if weight > 0}
    return sorted(ranks, key=ranks.__getitem__, reverse=True)[:count]
