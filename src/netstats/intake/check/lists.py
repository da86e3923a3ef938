"""The sheets that hold what rarely changes: networks, themes and their families, types, audiences, bodies, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from netstats.intake.check.fields import fill, new_row, read_fields
from netstats.intake.check.lines import Lines
from netstats.intake.check.names import Names
from netstats.intake.check.run import Row, Run, held
from netstats.intake.forms import BY_NAME, Field
from netstats.intake.issues import issue
from netstats.intake.values import slug
from netstats.model import WRITTEN
from netstats.reference.fold import normalize

_CODE_LENGTH = 100


@dataclass
class _Draft:
    """A line on its way to a row."""

    lines: Lines
    index: int
    code: str
    row: Row
    old: Row | None


def check_lists(run: Run, sheets: dict[str, list[Lines]]) -> None:
    """Check the sheets of all the lists, in the order in which they refer to each other."""
    own = run.snapshot.rows["territory"]
    bodies = Names("aucun organisme", {code: (body,) for code, body in zip(own["code"], own["name"], strict=True)})
    lists = {
        "reseaux": run.networks,
        "familles": run.families,
        "themes": run.themes,
        "types": run.types,
        "publics": run.audiences,
        "organismes": bodies,
    }
    for form, names in lists.items():
        _check_list(run, sheets.get(form, []), BY_NAME[form].table, names)
    run.extend_territories()
    for lines in sheets.get("autres-noms", []):
        _check_aliases(run, lines)
    run.extend_territories()


def _check_list(run: Run, sheets: Sequence[Lines], table: str, names: Names) -> None:
    """Check the sheets of a list, keep their good rows, let their names be found."""
    if not sheets:
        return
    fields = [field for field in sheets[0].form.fields if field.column and field.name != "code"]
    drafts = _drafts(run, sheets, table, fields)
    extra: Callable[[Run, list[_Draft]], None] | None = {"network": _regions, "territory": _communes}.get(table)
    if extra:
        extra(run, drafts)
    _refuse_shared(run, table, fields, drafts)
    for draft in drafts:
        texts = [value for key, value in draft.row.items() if key.endswith("name") and value]
        if draft.lines.is_good(draft.index):
            run.put(table, draft.row, draft.code)
            names.add(draft.code, map(str, texts))
            if table == "network":
                run.scopes[draft.code] = draft.row["scope"]
        elif draft.old is None:
            why = draft.lines.depended_on(draft.index)
            names.not_taken([draft.code, *texts], why)
            if table == "territory":
                run.territories.not_taken([draft.code, *texts], why)


def _drafts(run: Run, sheets: Sequence[Lines], table: str, fields: Sequence[Field]) -> list[_Draft]:
    frame = run.snapshot.rows[table]
    old = {str(code): row for (code,), row in held(frame, ("code",), frame["code"]).items()}
    by_name = {normalize(str(row["name"])): code for code, row in old.items()}
    written = {
        (lines, index): code
        for lines in sheets
        for index, code in enumerate(read_fields(run, lines, ("code",))["code"])
        if code
    }
    taken = {*old, *written.values()}
    seen: dict[str, tuple[Lines, int]] = {}
    drafts = []
    for lines in sheets:
        values = read_fields(run, lines, [field.name for field in fields])
        for index in range(len(lines)):
            given = {name: cells[index] for name, cells in values.items()}
            name = str(given.get("name") or "")
            code = written.get((lines, index)) or by_name.get(normalize(name))
            if code is None:
                if not slug(name):
                    lines.require(index, "name")
                    if name:
                        lines.refuse(index, "name", issue("no-code-from-name"))
                    continue
                code = run.compose_code(slug(name)[:_CODE_LENGTH].strip("-"), taken.__contains__)
                by_name[normalize(name)] = code
                taken.add(code)
            if first := seen.get(code):
                lines.refuse(index, None, issue("already-listed", line=first[0].name(first[1], lines)))
                continue
            seen[code] = lines, index
            before = old.get(code)
            row: Row = dict(before or new_row(run, lines.form), code=code)
            fill(run, lines, index, row, given)
            if before is None:
                lines.require_all(index, [field.name for field in fields], "n’est le code d’aucune ligne de la base")
            drafts.append(_Draft(lines, index, code, row, before))
    return drafts


def _refuse_shared(run: Run, table: str, fields: Iterable[Field], drafts: list[_Draft]) -> None:
    """Refuse the lines that would give two rows of a list the same name or rank.

    A refused line leaves its old row as it is, which another line may then meet: until nothing more is refused.
    """
    frame = run.snapshot.rows[table]
    unique = [field for field in fields if WRITTEN[table].column(field.column).unique]
    refused = True
    while refused:
        refused = False
        good = {draft.code: draft for draft in drafts if draft.lines.is_good(draft.index)}
        for field in unique:
            old = zip(frame["code"], frame[field.column], strict=True)
            holders: dict[str, list[str]] = defaultdict(list)
            for code, value in (
                *((code, value) for code, value in old if code not in good),
                *((code, draft.row[field.column]) for code, draft in good.items()),
            ):
                holders[str(value).casefold()].append(code)
            shared = {code: codes for codes in holders.values() if len(codes) > 1 for code in codes}
            for code in shared.keys() & good.keys():
                draft = good[code]
                if draft.old is None or draft.old[field.column] != draft.row[field.column]:
                    other = next(one for one in shared[code] if one != code)
                    draft.lines.refuse(draft.index, field.name, issue("taken", other=other))
                    refused = True


def _regions(run: Run, drafts: list[_Draft]) -> None:
    """Read the regions of the networks: they are added to those that a network has."""
    cells = {lines: read_fields(run, lines, ("regions",))["regions"] for lines in {draft.lines for draft in drafts}}
    for draft in drafts:
        regions = set(run.territories.network_regions.get(draft.code, ()))
        for part in cells[draft.lines][draft.index] or ():
            code = run.settle(draft.lines, draft.index, "regions", run.regions.find(part), part)
            if code:
                regions.add(code)
        if not draft.lines.is_good(draft.index):
            continue
        if draft.row["scope"] == "regional" and not regions:
            draft.lines.refuse(draft.index, "regions", issue("region-required"))
        elif draft.row["scope"] == "national" and regions:
            draft.lines.refuse(draft.index, "regions", issue("region-of-national"))
        else:
            run.territories.network_regions[draft.code] = regions
            for region in sorted(regions):
                run.put("network_region", {"network_code": draft.code, "region_code": region}, draft.code, region)


def _communes(run: Run, drafts: list[_Draft]) -> None:
    """Read the communes of the bodies: they are added to those that a body covers."""
    cells = {lines: read_fields(run, lines, ("communes",))["communes"] for lines in {draft.lines for draft in drafts}}
    for draft in drafts:
        lines, index = draft.lines, draft.index
        if draft.old is None and run.territories.gazetteer.candidate(draft.code):
            lines.refuse(index, "code", issue("official-code"), draft.code)
        if draft.old is None:
            lines.require(index, "communes")
        found = []
        for part in cells[lines][index] or ():
            code = run.settle(lines, index, "communes", run.territories.find(part, None, "", kind="commune"), part)
            if code and code in found:
                lines.refuse(index, "communes", issue("twice-in-list"), part)
            elif code:
                found.append(code)
        if lines.is_good(index):
            for code in found:
                row: Row = {"territory_code": draft.code, "commune_code": code}
                run.put("territory_commune", row, draft.code, code)


def _check_aliases(run: Run, lines: Lines) -> None:
    names, cells, codes = read_fields(run, lines, ("name", "territory", "territory_code")).values()
    ours = zip(*(run.snapshot.rows["territory_alias"][column] for column in ("territory_code", "name")), strict=True)
    official = set(run.territories.gazetteer.aliases) - set(ours)
    for index in range(len(lines)):
        lines.require(index, "name")
        territory = None
        if lines.is_empty(index, "territory") and lines.is_empty(index, "territory_code"):
            lines.require(index, lines.there("territory", "territory_code"))
        else:
            field = "territory" if cells[index] is not None else "territory_code"
            territory = run.settle(lines, index, field, run.territories.find(cells[index], codes[index], ""))
        name = names[index]
        if territory and name and lines.is_good(index):
            if (territory, name) in run.rows["territory_alias"]:
                lines.refuse(index, "name", issue("already-an-alias"))
            elif (territory, name) not in official:
                run.put("territory_alias", {"territory_code": territory, "name": name}, territory, name)
