"""The sheets that hold what rarely changes: networks, themes and their families, types, audiences, bodies, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from netstats.intake.files.labels import LABELS
from netstats.intake.files.lines import Lines
from netstats.intake.files.run import Names, Row, Run, held
from netstats.intake.files.values import (
    Wrong,
    as_written,
    choice_reader,
    code_reader,
    number_reader,
    slug,
    split,
    text_reader,
)
from netstats.model import OWN_KINDS
from netstats.reference.names import normalize

_CODE_LENGTH = 100


@dataclass(frozen=True)
class _Column:
    """A column of a list: name of the field, name of the column, how it is read, whether no two rows share a value."""

    field: str
    name: str
    read: Callable[[object], object]
    unique: bool = False


@dataclass
class _Draft:
    """A line on its way to a row."""

    lines: Lines
    index: int
    code: str
    row: Row
    old: Row | None


def judge_lists(run: Run, sheets: dict[str, list[Lines]]) -> None:
    """Judge the sheets of all the lists, in the order in which they refer to each other."""
    name = _Column("name", "name", text_reader(120), unique=True)
    rank = _Column("rank", "rank", number_reader(1000), unique=True)
    scope = _Column("scope", "scope", choice_reader({label: value for value, label in LABELS["scope"].items()}))
    for draft in _judge_list(run, sheets.get("reseaux", []), "network", run.networks, (name, scope)):
        run.scopes[draft.code] = draft.row["scope"]
    _judge_list(run, sheets.get("familles", []), "theme_family", run.families, (name, rank))
    short = _Column("short_name", "short_name", text_reader(28), unique=True)
    family = _Column("family", "family_code", run.families.read)
    _judge_list(run, sheets.get("themes", []), "theme", run.themes, (family, name, short))
    _judge_list(run, sheets.get("types", []), "action_type", run.types, (name, rank))
    _judge_list(run, sheets.get("publics", []), "audience", run.audiences, (name, rank))
    kind = _Column("kind", "kind", choice_reader({kind: kind for kind in OWN_KINDS}))
    own = run.known.rows["territory"]
    bodies = Names("aucun organisme", {code: (body,) for code, body in zip(own["code"], own["name"], strict=True)})
    body_name = _Column("name", "name", text_reader(120))
    _judge_list(run, sheets.get("organismes", []), "territory", bodies, (kind, body_name))
    run.extend_gazetteer()
    for lines in sheets.get("autres-noms", []):
        _judge_aliases(run, lines)
    run.extend_gazetteer()


def _judge_list(
    run: Run, sheets: Sequence[Lines], table: str, names: Names, columns: tuple[_Column, ...]
) -> list[_Draft]:
    """Judge the sheets of a list, keep their good rows, let their names be found; return the drafts of good lines."""
    if not sheets:
        return []
    drafts = _drafts(run, sheets, table, columns)
    extra: Callable[[Run, list[_Draft]], None] | None = {"network": _regions, "territory": _communes}.get(table)
    if extra:
        extra(run, drafts)
    _refuse_shared(run, table, columns, drafts)
    for draft in drafts:
        texts = [value for key, value in draft.row.items() if key.endswith("name") and value]
        if draft.lines.is_good(draft.index):
            run.put(table, draft.row, draft.code)
            names.add(draft.code, map(str, texts))
        elif draft.old is None:
            awaited = draft.lines.awaited(draft.index)
            names.await_line([draft.code, *texts], awaited)
            if table == "territory":
                run.await_body([draft.code, *texts], awaited)
    return [draft for draft in drafts if draft.lines.is_good(draft.index)]


def _drafts(run: Run, sheets: Sequence[Lines], table: str, columns: tuple[_Column, ...]) -> list[_Draft]:
    frame = run.known.rows[table]
    unknown: Row = dict.fromkeys(frame.columns)
    old = {str(code): row for (code,), row in held(frame, ("code",), frame["code"]).items()}
    by_name = {normalize(str(row["name"])): code for code, row in old.items()}
    written = {
        (lines, index): code
        for lines in sheets
        for index, code in enumerate(lines.read("code", code_reader(_CODE_LENGTH)))
        if code
    }
    taken = {*old, *written.values()}
    seen: dict[str, tuple[Lines, int]] = {}
    drafts = []
    for lines in sheets:
        values = {column.name: lines.read(column.field, column.read) for column in columns}
        for index in range(len(lines)):
            given = {name: cells[index] for name, cells in values.items()}
            name = str(given.get("name") or "")
            code = written.get((lines, index)) or by_name.get(normalize(name))
            if code is None:
                if not slug(name):
                    lines.require(index, "name")
                    if name:
                        lines.refuse(index, "name", Wrong("ne donne pas de code ; remplissez la colonne Code"))
                    continue
                code = run.compose_code(slug(name)[:_CODE_LENGTH].strip("-"), taken.__contains__)
                by_name[normalize(name)] = code
                taken.add(code)
            if first := seen.get(code):
                lines.refuse(index, None, Wrong(f"figure déjà à la {first[0].name(first[1], lines)}"))
                continue
            seen[code] = lines, index
            before = old.get(code)
            row: Row = dict(before or unknown, code=code)
            row.update((column, value) for column, value in given.items() if value is not None)
            if before is None:
                fields = [column.field for column in columns]
                lines.require_all(index, fields, "n’est le code d’aucune ligne de la base")
            drafts.append(_Draft(lines, index, code, row, before))
    return drafts


def _refuse_shared(run: Run, table: str, columns: Iterable[_Column], drafts: list[_Draft]) -> None:
    """Refuse the lines that would give two rows of a list the same name or rank.

    A refused line leaves its old row as it is, which another line may then meet: until nothing more is refused.
    """
    frame = run.known.rows[table]
    unique = [column for column in columns if column.unique]
    refused = True
    while refused:
        refused = False
        good = {draft.code: draft for draft in drafts if draft.lines.is_good(draft.index)}
        for column in unique:
            old = zip(frame["code"], frame[column.name], strict=True)
            holders: dict[str, list[str]] = defaultdict(list)
            for code, value in (
                *((code, value) for code, value in old if code not in good),
                *((code, draft.row[column.name]) for code, draft in good.items()),
            ):
                holders[str(value).casefold()].append(code)
            shared = {code: codes for codes in holders.values() if len(codes) > 1 for code in codes}
            for code in shared.keys() & good.keys():
                draft = good[code]
                if draft.old is None or draft.old[column.name] != draft.row[column.name]:
                    other = next(one for one in shared[code] if one != code)
                    draft.lines.refuse(
                        draft.index, column.field, Wrong(f"est déjà pris par « {other} » dans cette liste")
                    )
                    refused = True


def _regions(run: Run, drafts: list[_Draft]) -> None:
    """Read the regions of the networks: they are added to those that a network has."""
    cells = {lines: lines.read("regions", split) for lines in {draft.lines for draft in drafts}}
    for draft in drafts:
        regions = set(run.network_regions.get(draft.code, ()))
        for part in cells[draft.lines][draft.index] or ():
            code = run.settle(draft.lines, draft.index, "regions", run.regions.find(part), part)
            if code:
                regions.add(code)
        if not draft.lines.is_good(draft.index):
            continue
        if draft.row["scope"] == "regional" and not regions:
            draft.lines.refuse(draft.index, "regions", Wrong("valeur obligatoire, un réseau régional a une région"))
        elif draft.row["scope"] == "national" and regions:
            draft.lines.refuse(draft.index, "regions", Wrong("n’a pas lieu d’être pour un réseau national"))
        else:
            run.network_regions[draft.code] = regions
            for region in sorted(regions):
                run.put("network_region", {"network_code": draft.code, "region_code": region}, draft.code, region)


def _communes(run: Run, drafts: list[_Draft]) -> None:
    """Read the communes of the bodies: they are added to those that a body covers."""
    cells = {lines: lines.read("communes", split) for lines in {draft.lines for draft in drafts}}
    for draft in drafts:
        lines, index = draft.lines, draft.index
        if draft.old is None and run.gazetteer.candidate(draft.code):
            lines.refuse(index, "code", Wrong("est déjà le code d’un territoire officiel"), draft.code)
        if draft.old is None:
            lines.require(index, "communes")
        found = []
        for part in cells[lines][index] or ():
            code = run.settle(lines, index, "communes", run.territory(part, None, "", kind="commune"), part)
            if code and code in found:
                lines.refuse(index, "communes", Wrong("figure deux fois dans la liste"), part)
            elif code:
                found.append(code)
        if lines.is_good(index):
            for code in found:
                row: Row = {"territory_code": draft.code, "commune_code": code}
                run.put("territory_commune", row, draft.code, code)


def _judge_aliases(run: Run, lines: Lines) -> None:
    names = lines.read("name", text_reader(120))
    cells, codes = lines.read("territory", as_written), lines.read("territory_code", as_written)
    ours = zip(*(run.known.rows["territory_alias"][column] for column in ("territory_code", "name")), strict=True)
    official = set(run.gazetteer.aliases) - set(ours)
    for index in range(len(lines)):
        lines.require(index, "name")
        territory = None
        if lines.is_empty(index, "territory") and lines.is_empty(index, "territory_code"):
            lines.require(index, lines.there("territory", "territory_code"))
        else:
            field = "territory" if cells[index] is not None else "territory_code"
            territory = run.settle(lines, index, field, run.territory(cells[index], codes[index], ""))
        name = names[index]
        if territory and name and lines.is_good(index):
            if (territory, name) in run.rows["territory_alias"]:
                lines.refuse(index, "name", Wrong("figure déjà plus haut pour ce territoire"))
            elif (territory, name) not in official:
                run.put("territory_alias", {"territory_code": territory, "name": name}, territory, name)
