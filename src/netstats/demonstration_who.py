"""Who comes in the demonstration set: real territories, councils of its own, and their habits."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from netstats.choices import INTERCOMMUNALITY_KINDS, OWN_KINDS
from netstats.demonstration_chance import drawn, several
from netstats.demonstration_world import HABITS, NETWORKS, Body, Member, Slot
from netstats.intake.official import Sheet

Row = dict[str, Any]
Sheets = Mapping[str, Sheet]


def known_bodies(sheets: Sheets, chance: random.Random) -> tuple[list[Body], dict[Body, list[str]]]:
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
        together = chance.sample(near, drawn(chance, {1: 0.3, 2: 0.4, 3: 0.3}))
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


def members_of(
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
        unions = {body: body.population**0.5 for body in near if body.kind in INTERCOMMUNALITY_KINDS}
        councils = {body: 1.0 for body in near if body.kind in OWN_KINDS}
        departments = {body: 1.0 for body in near if body.kind == "department"}
        for kind, share in ((towns, 0.65), (unions, 0.24), (councils, 0.09), (departments, 0.015)):
            # Overseas, a handful of bodies would already cover everybody: never more than a third of those there are.
            chosen = several(chance, kind, round(min(wanted * share, len(kind) / 3)))
            members += [_member(chance, body, days, today) for body in chosen]
    return members


def _member(chance: random.Random, body: Body, days: Sequence[date], today: date) -> Member:
    habit = drawn(chance, HABITS)
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
    joined = drawn(chance, {"always": 0.45, "later": 0.15, "never": 0.15, "unsaid": 0.25})
    member_since = {
        "always": date.min,
        "later": chance.choice(days),
        "never": date.max,
        "unsaid": None,
    }[joined]
    return Member(body, chance.uniform(*often.get(habit, (0.4, 0.8))), since, until, member_since)


def present_at(chance: random.Random, slot: Slot, members: Iterable[Member]) -> list[Member]:
    """Return who came; nobody where nobody wrote it down."""
    came = [m for m in members if m.since <= slot.day <= m.until and chance.random() < m.chance]
    written = chance.random() >= 0.09
    return came if written and slot.status == "held" else []


def attendance_row(chance: random.Random, slot: Slot, member: Member) -> Row:
    """Return the row of an attendance, as texts."""
    name = member.body.name.upper() if chance.random() < 0.05 else member.body.name
    said = member.member_since is not None and chance.random() >= 0.1
    known = "true" if member.member_since and member.member_since <= slot.day else "false"
    return {
        "meeting_code": slot.code,
        "territory_code": member.body.code,
        "printed_name": name,
        "member": known if said else "",
    }
