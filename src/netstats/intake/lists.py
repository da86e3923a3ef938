"""The lists that rarely change (networks, themes, types of action, bodies …): a row as a form holds it, a merge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from netstats import wording
from netstats.declaration import Column
from netstats.errors import NetstatsError
from netstats.intake import waiting
from netstats.intake.changes import ChangeSet
from netstats.intake.check.lines import lines_filled_in
from netstats.intake.check.run import Run
from netstats.intake.check.sheets import check_lines
from netstats.intake.entry import Value
from netstats.intake.forms import BY_NAME, FORMS, Form
from netstats.intake.issues import Issue
from netstats.intake.questions import Question
from netstats.intake.snapshot import Row, Snapshot, keys_of, records
from netstats.model import DRAFT, NETWORK_REGION, RETIRED, TERRITORY, TERRITORY_ALIAS, WRITTEN
from netstats.store import records_frame

LISTS = {form.name: form for form in FORMS if not form.in_template and WRITTEN[form.table].key == ("code",)}
"""Form of each list, by name: « reseaux », « themes » …"""

ALIASES = BY_NAME["autres-noms"]
"""Form of the other names of territories: no code names one of them, and it is taken away rather than merged."""

_MOST_ALIKE = 4  # that a merge makes so, and that are named

Values = Mapping[str, Value]
"""Name of each field but the code → what the form holds; of regions, their codes; of communes, codes or names."""


@dataclass(frozen=True, eq=False)
class ListCheck:
    """What the form of a row means for the database: `change_set` is None while there is an issue or a question."""

    change_set: ChangeSet | None
    issues: tuple[Issue, ...]
    questions: tuple[Question, ...]


def codes_of(snapshot: Snapshot, form: Form) -> pd.Series:
    """Return what names each row of a list: its code; of another name, the code of the territory and the name."""
    frame = snapshot.rows[form.table]
    return pd.Series([" ".join(map(str, key)) for key in _keys(frame, form.table)], index=frame.index, dtype="str")


def row_of(snapshot: Snapshot, form: Form, code: str) -> Row | None:
    """Return a row of a list by its code (`codes_of`); None when there is none."""
    return next(iter(records(snapshot.rows[form.table][codes_of(snapshot, form) == code])), None)


def values_of(snapshot: Snapshot, form: Form, row: Row | None) -> dict[str, Value]:
    """Return what the form of a row holds, of a new one (None) what is usual: the next rank."""
    values: dict[str, Value] = {}
    for column in _columns(form):
        if column.held_in:
            values[column.called] = _members(snapshot, column, str(row["code"])) if row else ()
        elif row and column.kind == "territory":
            territory = snapshot.gazetteer.candidate(str(row[column.name]))
            values[column.called] = territory.name if territory else None
        elif row:
            values[column.called] = row[column.name]  # type: ignore[assignment]  # as the database types it
        elif column is not RETIRED:
            values[column.called] = column.empty
    if "rank" in values and row is None:
        ranks = snapshot.rows[form.table]["rank"]
        values["rank"] = int(ranks.max()) + 1 if len(ranks) else 1
    return values


def _columns(form: Form) -> list[Column]:
    return [column for column in WRITTEN[form.table].columns if column.kind and column.name != "code"]


def _members(snapshot: Snapshot, column: Column, code: str) -> tuple[str, ...]:
    owner, member = WRITTEN[column.held_in].key
    pairs = snapshot.rows[column.held_in]
    return tuple(sorted(pairs.loc[pairs[owner] == code, member]))


def check_row(
    form: Form,
    code: str,
    values: Values,
    snapshot: Snapshot,
    *,
    answers: Mapping[str, str] | None = None,
    today: date | None = None,
) -> ListCheck:
    """Return what the form of a row means, by the checks of an import: what it holds is all that is known of the row.

    `code` is empty for a new row. `answers`: key of a question → code of the option that was chosen.
    """
    rows = dict(snapshot.rows)
    owners = {column.held_in: WRITTEN[column.held_in].key[0] for column in _columns(form) if column.held_in}
    own = {table: rows[table][owner] == code for table, owner in owners.items()}
    rows |= {table: rows[table][~here] for table, here in own.items()}  # a file adds to them
    if form is ALIASES:  # another name is another row
        own[form.table] = codes_of(snapshot, form) == code
    held = {table: snapshot.rows[table][here] for table, here in own.items()}
    run = Run(replace(snapshot, rows=rows), answers or {}, empty_clears=True, today=today or date.today())
    lines = lines_filled_in(form, [dict(values) if form is ALIASES else {"code": code or None, **values}])
    found = check_lines(run, [lines])
    if code:  # in a file, an empty cell leaves what is there
        for line in lines:
            for field in form.fields:
                if field.required:
                    line.require(field.name)
    issues = tuple(lines.issues)
    if issues or found.questions:
        return ListCheck(None, issues, found.questions)
    removed = {}
    for table, pairs in held.items():
        kept = set(_keys(found.change_set.rows.get(table, pairs.iloc[:0]), table))
        gone = pairs[[key not in kept for key in _keys(pairs, table)]] if len(pairs) else pairs
        if not gone.empty:
            removed[table] = gone
    return ListCheck(ChangeSet(found.change_set.rows, removed), (), ())


def merge(snapshot: Snapshot, form: Form, code: str, into: str) -> ChangeSet:
    """Return the change set that lets one row of a list be another: what refers to it moves, then it goes.

    Where both were already (at the same meeting, in the same theme), the other stays as it is. A network that is
    national takes no regions over. The name of a body that goes stays as another name of the one that takes its place.
    Raises a NetstatsError when they are not two rows of the list.
    """
    gone, target = row_of(snapshot, form, code), row_of(snapshot, form, into)
    if gone is None or target is None or code == into:
        raise NetstatsError(
            f"« {code} » et « {into} » ne sont pas les codes de deux lignes de la liste {form.title}.",
            f"« python -m netstats export DOSSIER » écrit les codes dans {form.name}.csv.",
        )
    rows: dict[str, pd.DataFrame] = {}
    removed = {form.table: records_frame(form.table, [{"code": code}])}
    for table in WRITTEN.values():
        frame, names = snapshot.rows[table.name], _referring(table.name, form.table)
        old = frame[(frame[names] == code).any(axis=1)] if names else frame.iloc[:0]
        if old.empty:
            continue
        moved = old.assign(**{name: old[name].where(old[name] != code, into) for name in names})
        if set(names) & set(table.key):
            removed[table.name] = old[list(table.key)]
            there = set(_keys(frame, table.name))
            moved = moved[[key not in there for key in _keys(moved, table.name)]]
        if table.name == NETWORK_REGION.name and target["scope"] == "national":
            continue
        rows[table.name] = moved
    waiting_now = waiting.moved(rows.get(DRAFT.name, snapshot.rows[DRAFT.name]), form.table, code, into)
    if len(waiting_now):
        rows[DRAFT.name] = waiting_now
    if form.table == TERRITORY.name:
        alias = records_frame(TERRITORY_ALIAS.name, [{"territory_code": into, "name": gone["name"]}])
        others = rows.get(TERRITORY_ALIAS.name, alias.iloc[:0])
        rows[TERRITORY_ALIAS.name] = pd.concat([others, alias], ignore_index=True).drop_duplicates()
    return ChangeSet({table: frame for table, frame in rows.items() if len(frame)}, removed)


def without(snapshot: Snapshot, code: str) -> ChangeSet:
    """Return the change set that takes another name away, by its code (`codes_of`)."""
    here = snapshot.rows[ALIASES.table][codes_of(snapshot, ALIASES) == code]
    return ChangeSet({}, {ALIASES.table: here[list(WRITTEN[ALIASES.table].key)]})


def referring(snapshot: Snapshot, form: Form) -> dict[str, Counter[str]]:
    """Return table → how many of its rows refer to each row of a list, by code; pairs with meetings are meetings."""
    own = {column.held_in for column in WRITTEN[form.table].columns}
    counted: dict[str, Counter[str]] = {}
    for table in WRITTEN.values():
        for name in () if table.name in own else _referring(table.name, form.table):
            counts = counted.setdefault("meeting" if "meeting_code" in table.key else table.name, Counter())
            counts.update(snapshot.rows[table.name][name].dropna().tolist())
    counted.setdefault(DRAFT.name, Counter()).update(waiting.named(snapshot.rows[DRAFT.name], form.table))
    return counted


def uses(snapshot: Snapshot, form: Form) -> Counter[str]:
    """Return how many rows of the other tables refer to each row of a list, by code."""
    return sum(referring(snapshot, form).values(), Counter())


def what_moves(snapshot: Snapshot, form: Form, code: str, into: str) -> str:
    """Return what a merge lets pass from one row to the other, and what becomes of its name, in French."""
    gone, stays = (f"« {(row_of(snapshot, form, one) or {}).get('name')} »" for one in (code, into))
    moving = {table: counts[code] for table, counts in referring(snapshot, form).items() if counts[code]}
    said = wording.listing(wording.counted(count, *WRITTEN[table].nouns) for table, count in moving.items())
    passes = "passe" if sum(moving.values()) == 1 else "passent"
    moved = f"{said} {passes} de {gone} à {stays}." if moving else f"Rien ne se rapporte à {gone}."
    moved += _doubles_said(snapshot, form, code, into)
    if form.table == TERRITORY.name:
        return f"{moved} {gone} reste comme autre nom de {stays}."
    return f"{moved} Un fichier qui écrit encore {gone} fera poser la question."


def _doubles_said(snapshot: Snapshot, form: Form, code: str, into: str) -> str:
    """Return which meetings or actions a merge leaves alike: of a day and a network, of a meeting and its words."""
    said = ""
    for table, names, text in (
        ("meeting", ["network_code", "held_on", "date_precision"], "title"),
        ("action", ["meeting_code", "territory_code", "description"], "description"),
    ):
        frame = snapshot.rows[table]
        referring = _referring(table, form.table)
        old = frame[(frame[referring] == code).any(axis=1)] if referring else frame.iloc[:0]
        merged = frame.assign(**{name: frame[name].where(frame[name] != code, into) for name in referring})
        merged = merged[merged["date_precision"] == "day"] if table == "meeting" else merged
        alike = merged[merged.duplicated(names, keep=False) & ~frame.duplicated(names, keep=False).loc[merged.index]]
        if len(old) and len(alike):
            titles = wording.listing(f"« {title} »" for title in alike[text].drop_duplicates()[:_MOST_ALIKE])
            others = wording.counted(len(alike), *WRITTEN[table].nouns)
            day = "le même jour d’un même réseau" if table == "meeting" else "dites de même à une même réunion"
            said += f" Ensuite {others} seront {day} ({titles}) : peut-être des doublons, à retirer à la main."
    return said


def _referring(table: str, target: str) -> list[str]:
    return [column.name for column in WRITTEN[table].stored if column.refers_to == target and column.written]


def _keys(frame: pd.DataFrame, table: str) -> list[tuple[object, ...]]:
    return keys_of(frame, WRITTEN[table].key)
