"""What a file may add to a list by one answer: a network, a theme … that it names and the database does not have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from netstats.intake.check.names import LONGEST_NAME
from netstats.intake.check.run import NETWORK_BEFORE, Run
from netstats.intake.forms import FORMS
from netstats.intake.near import near
from netstats.intake.persons import looks_like_a_name, personal
from netstats.intake.read.headers import meaning_of
from netstats.intake.snapshot import Row
from netstats.intake.values import short_name, slug
from netstats.model import NETWORK, TABLES, THEME, THEME_FAMILY
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, listing

_ADDED = {
    "network": (NETWORK.name, "le réseau"),
    "family": (THEME_FAMILY.name, "la famille"),
    "theme": (THEME.name, "le thème"),
    "type": ("action_type", "le type d’action"),
    "audience": ("audience", "le public"),
}
"""Kind of a field → the table of its list, and what one of its rows is called."""

_MOST = 50  # unknown names of a list, beyond which a column holds something else
_BETWEEN_REGIONS = re.compile(r"\s+et\s+|\s*[,;/&–—]\s*|\s-\s")
_FIRST_FAMILY = "Autres thèmes"
_QUIET_RANK = 8  # the ranks before are the colours of families


def offer_additions(run: Run) -> None:
    """Let the names that no list has be offered as additions to it: `Names.find` adds the one that is chosen."""
    for kind in _ADDED:
        run.names[kind].additions = partial(_additions, run, kind)
    run.networks.meant = partial(_networks_meant, run)


def drop_unused_additions(run: Run) -> None:
    """Let what was added to a list go where no good line names it: its lines are refused for something else."""
    for kind in ("network", "theme", "type", "audience", "family"):  # a theme may be all that names a family
        table, added = _ADDED[kind][0], run.names[kind].added
        if added:
            added -= _named(run, table)
            for code in added:
                del run.rows[table][(code,)]
        if added and kind == "network":
            regions = run.rows["network_region"]
            run.rows["network_region"] = {key: row for key, row in regions.items() if key[0] not in added}


def _named(run: Run, table: str) -> set[object]:
    """Return the codes of a list that the good rows name, but for the regions of a network, which follow it."""
    return {
        row[column.name]
        for of, rows in run.rows.items()
        if of != "network_region"
        for column in TABLES[of].stored
        if column.refers_to == table
        for row in rows.values()
    }


def _networks_meant(run: Run, name: str) -> set[str] | None:
    """Return the networks that the name of a new one may be a slip for: of a region, those of this region alone."""
    regions = set(_regions_in(run, NETWORK_BEFORE.sub("", name)))
    held = run.territories.network_regions
    return {code for code, its in held.items() if regions & its} if regions else None


def _additions(run: Run, kind: str, text: str) -> dict[str, Callable[[], str]]:
    """Return what can be answered about an unknown name → what adds it and returns its code."""
    table, noun = _ADDED[kind]
    names, name = run.names[kind], " ".join(text.split())
    if kind == "network":
        name = NETWORK_BEFORE.sub("", name)
    names.unknown.add(name)
    regions = _regions_in(run, name)
    is_person = personal(name) or (looks_like_a_name(name) and not regions)
    longest = TABLES[table].column("name").maximum or LONGEST_NAME
    if _is_header(name, kind) or not slug(name) or len(name) > longest or is_person or len(names.unknown) > _MOST:
        return {}
    told = f"Ajouter {noun} «{NO_BREAK}{name}{NO_BREAK}»"
    if kind == "network":
        return {
            f"{told} ({where})": partial(_network, run, name, codes) for where, codes in _places(run, name, regions)
        }
    if kind == "theme":
        families = {code: run.names["family"].name(code) for code in _codes(run, THEME_FAMILY.name)}
        return {
            f"{told} (famille {family})": partial(_theme, run, name, code)
            for code, family in (families or {"": _FIRST_FAMILY}).items()
        }
    return {told: partial(_ranked, run, kind, name)}


def _is_header(name: str, kind: str) -> bool:
    """Return whether a name is that of its own column: the line of headers, written again."""
    meanings = (meaning_of(name, form) for form in FORMS)
    return any(found and found[1] != "near" and found[0].kind.rstrip("s") == kind for found in meanings)


def _codes(run: Run, table: str) -> list[str]:
    frame = run.snapshot.rows[table]
    held = frame.sort_values("rank")["code"] if "rank" in frame else frame["code"]
    return list(dict.fromkeys([*map(str, held), *(str(key[0]) for key in run.rows[table])]))


def _regions_in(run: Run, name: str) -> tuple[str, ...]:
    """Return the regions that the name of a network consists of: « Bretagne – Pays de la Loire »."""
    for parts in ([name], _BETWEEN_REGIONS.split(name)):
        found = [run.names["region"].find(part) for part in parts]
        if codes := tuple(code for code in found if isinstance(code, str)):
            return codes if len(codes) == len(found) else ()
    return ()


def _places(run: Run, name: str, regions: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield where a new network may be, in words, and the codes of its regions: none for a national one."""
    called = run.snapshot.regions
    if regions:
        said = "région" if len(regions) == 1 else "régions"
        yield f"{said} {listing(called[code] for code in regions)}", regions
    else:
        likely = near(name, called.values())
        order = sorted(called.items(), key=lambda one: (one[1] not in likely, normalize(one[1])))
        yield from ((f"région {region}", (code,)) for code, region in order)
    yield "national", ()


def _put(run: Run, kind: str, row: Row) -> str:
    table, names = _ADDED[kind][0], run.names[kind]
    taken = set(_codes(run, table))
    code = run.compose_code(slug(str(row["name"]))[: LONGEST_NAME // 2].strip("-"), taken.__contains__)
    run.put(table, {**dict.fromkeys(run.columns[table]), **row, "code": code}, code)
    names.added.add(code)
    names.add(code, [str(value) for column, value in row.items() if column in {"name", "short_name"}])
    return code


def _network(run: Run, name: str, regions: tuple[str, ...]) -> str:
    scope = "regional" if regions else "national"
    code = _put(run, "network", {"name": name, "scope": scope})
    run.scopes[code] = scope
    run.territories.network_regions[code] = set(regions)
    for region in regions:
        run.put("network_region", {"network_code": code, "region_code": region}, code, region)
    return code


def _theme(run: Run, name: str, family: str) -> str:
    if not family:
        found = run.names["family"].find(_FIRST_FAMILY)
        family = found if isinstance(found, str) else _put(run, "family", {"name": _FIRST_FAMILY, "rank": _QUIET_RANK})
    held = [*run.snapshot.rows["theme"]["short_name"], *(row["short_name"] for row in run.rows["theme"].values())]
    short = short_name(name, {str(one).casefold() for one in held})
    return _put(run, "theme", {"name": name, "short_name": short, "family_code": family})


def _ranked(run: Run, kind: str, name: str) -> str:
    table = _ADDED[kind][0]
    ranks = [*run.snapshot.rows[table]["rank"], *(row["rank"] for row in run.rows[table].values())]
    return _put(run, kind, {"name": name, "rank": max(map(int, ranks), default=0) + 1})
