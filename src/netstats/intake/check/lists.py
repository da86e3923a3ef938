"""The sheets that hold what rarely changes: networks, themes and their families, types, audiences, bodies, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from netstats.intake.check.additions import offer_additions
from netstats.intake.check.fields import fill, new_row, read_fields
from netstats.intake.check.lines import Line, Lines
from netstats.intake.check.names import Names
from netstats.intake.check.run import Run
from netstats.intake.forms import BY_NAME, Form
from netstats.intake.issues import issue
from netstats.intake.snapshot import records
from netstats.intake.values import is_short_name, short_name, slug
from netstats.model import THEME, WRITTEN
from netstats.reference.fold import normalize

_CODE_LENGTH = 100


def check_lists(run: Run, sheets: dict[str, list[Lines]]) -> None:
    """Check the sheets of all the lists, in the order in which they refer to each other."""
    offer_additions(run)
    own = run.snapshot.rows["territory"]
    bodies = Names("aucun organisme", {code: (body,) for code, body in zip(own["code"], own["name"], strict=True)})
    lists = {
        "reseaux": run.networks,
        "familles": run.names["family"],
        "themes": run.names["theme"],
        "types": run.names["type"],
        "publics": run.names["audience"],
        "organismes": bodies,
    }
    for form, names in lists.items():
        _check_list(run, BY_NAME[form], sheets.get(form, ()), names)
    run.extend_territories()
    for lines in sheets.get("autres-noms", ()):
        _check_aliases(run, lines)
    run.extend_territories()


def _check_list(run: Run, form: Form, sheets: Sequence[Lines], names: Names) -> None:
    """Check the sheets of a list, keep their good rows, let their names be found."""
    table = form.table
    lines = _identified(run, form, sheets)
    for line in lines:
        if table == "network":
            _check_regions(run, line)
        elif table == "territory":
            _check_communes(run, line)
    _refuse_shared(run, form, lines)
    for line in lines:
        texts = [value for key, value in line.row.items() if key.endswith("name") and value]
        if line.is_good:
            line.compare(line.row, line.before, adds=line.is_changed)
            run.put(table, line.row, line.code)
            names.add(line.code, map(str, texts))
            if table == "network":
                run.scopes[line.code] = line.row["scope"]
        elif line.before is None:
            names.not_taken([line.code, *texts], line.depended_on())
            if table == "territory":
                run.territories.not_taken([line.code, *texts], line.depended_on())


def _identified(run: Run, form: Form, sheets: Sequence[Lines]) -> list[Line]:
    """Return the lines of which it is known which row they are, each with that row as it would be written."""
    for sheet in sheets:
        read_fields(run, sheet)
    every = [line for sheet in sheets for line in sheet]
    fields = [field.name for field in form.fields if field.column and field.name != "code"]
    before = {str(row["code"]): row for row in records(run.snapshot.rows[form.table])} if every else {}
    by_name = {normalize(str(row["name"])): code for code, row in before.items()}
    taken = {*before, *(line.cells["code"] for line in every)}
    seen: dict[str, Line] = {}
    for line in every:
        name = line.cells["name"] or ""
        code = line.cells["code"] or by_name.get(normalize(name))
        if code is None:
            if not slug(name):
                line.require("name")
                if name:
                    line.refuse("name", issue("no-code-from-name"))
                continue
            code = run.compose_code(slug(name)[:_CODE_LENGTH].strip("-"), taken.__contains__)
            by_name[normalize(name)] = code
            taken.add(code)
        if code in seen:
            line.refuse(None, issue("already-listed", line=seen[code].name(line.sheet)))
            continue
        seen[code] = line
        line.code, line.before = code, before.get(code)
        line.row = dict(line.before or new_row(run, form), code=code)
        fill(run, line, line.row, fields)
        if line.row.get("retired") is False:  # « non » says no more than an empty cell
            line.row["retired"] = None
        if line.before is None:
            needed = [name for name in fields if form.field(name).required]
            line.require_all(needed, "n’est le code d’aucune ligne de la base")
    if form.table == THEME.name:
        _shorten(run, seen)
    return list(seen.values())


def _shorten(run: Run, lines: Mapping[str, Line]) -> None:
    """Draw the short names of themes from their names where none is said, no two alike.

    One that was drawn from the old name follows the new one.
    """
    themes = run.snapshot.rows[THEME.name]
    held = dict(zip(themes["code"], themes["short_name"], strict=True))
    held |= {code: line.row["short_name"] for code, line in lines.items()}
    drawn = {code: line for code, line in lines.items() if line.row["name"] and _is_drawn(line)}
    taken = {str(short).casefold() for code, short in held.items() if code not in drawn}
    for line in drawn.values():
        line.row["short_name"] = short_name(str(line.row["name"]), taken)
        taken.add(str(line.row["short_name"]).casefold())


def _is_drawn(line: Line) -> bool:
    short, before = line.row["short_name"], line.before
    if short is None or before is None or line.cells["short_name"] or line.row["name"] == before["name"]:
        return short is None
    return is_short_name(str(short), str(before["name"]))


def _refuse_shared(run: Run, form: Form, lines: Sequence[Line]) -> None:
    """Refuse the lines that would give two rows of a list the same name or rank.

    A refused line leaves its old row as it is, which another line may then meet: until nothing more is refused.
    """
    frame, table = run.snapshot.rows[form.table], WRITTEN[form.table]
    unique = [field for field in form.fields if field.column and table.column(field.column).unique]
    refused = bool(lines)
    while refused:
        refused = False
        good = {line.code: line for line in lines if line.is_good}
        for field in unique:
            old = zip(frame["code"], frame[field.column], strict=True)
            holders: dict[str, list[str]] = defaultdict(list)
            for code, value in (
                *((code, value) for code, value in old if code not in good),
                *((code, line.row[field.column]) for code, line in good.items()),
            ):
                holders[str(value).casefold()].append(code)
            shared = {code: codes for codes in holders.values() if len(codes) > 1 for code in codes}
            for code in shared.keys() & good.keys():
                line = good[code]
                if line.before is None or line.before[field.column] != line.row[field.column]:
                    other = next(one for one in shared[code] if one != code)
                    line.refuse(field.name, issue("taken", other=other))
                    refused = True


def _check_regions(run: Run, line: Line) -> None:
    """Check the regions of a network: they are added to those that it has."""
    known = run.territories.network_regions.get(line.code, set())
    regions = known.union(run.settle_list(line, "regions", run.names["region"].find, "said-twice"))
    if not line.is_good:
        return
    if line.row["scope"] == "regional" and not regions:
        line.refuse("regions", issue("region-required"))
    elif line.row["scope"] == "national" and regions:
        named = " ; ".join(run.snapshot.regions[region] for region in sorted(regions))
        line.refuse("regions", issue("region-of-national"), named)
    else:
        run.territories.network_regions[line.code] = regions
        line.is_changed = regions > known
        for region in sorted(regions):
            run.put("network_region", {"network_code": line.code, "region_code": region}, line.code, region)


def _check_communes(run: Run, line: Line) -> None:
    """Check the communes of a body: they are added to those that it covers."""
    if line.before is None:
        if run.territories.gazetteer.candidate(line.code):
            line.refuse("code", issue("official-code"), line.code)
        line.require("communes")
    found = run.settle_list(
        line, "communes", lambda part: run.territories.find(part, None, "", kind="commune"), "twice-in-list"
    )
    if line.is_good:
        held = run.snapshot.rows["territory_commune"]
        line.is_changed = not set(found).issubset(held.loc[held["territory_code"] == line.code, "commune_code"])
        for code in found:
            run.put("territory_commune", {"territory_code": line.code, "commune_code": code}, line.code, code)


def _check_aliases(run: Run, lines: Lines) -> None:
    read_fields(run, lines)
    held = run.snapshot.rows["territory_alias"]
    ours = set(zip(held["territory_code"], held["name"], strict=True))
    official = set(run.territories.gazetteer.aliases) - ours
    for line in lines:
        line.require("name")
        written, code = line.cells["territory"], line.cells["territory_code"]
        territory = None
        if written is None and code is None:
            line.require(lines.there("territory", "territory_code"))
        else:
            field = "territory_code" if written is None else "territory"
            territory = run.settle(line, field, run.territories.find(written, code, ""))
        name = line.cells["name"]
        if territory and name and line.is_good:
            if (territory, name) in run.rows["territory_alias"]:
                line.refuse("name", issue("already-an-alias"))
            elif (territory, name) not in official:
                line.is_new = (territory, name) not in ours
                run.put("territory_alias", {"territory_code": territory, "name": name}, territory, name)
