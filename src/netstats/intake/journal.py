"""The journal: what an edit would change, said in French; putting it in as one entry; taking an entry back."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

import pandas as pd

from netstats import store, wording
from netstats.catalogue import journal as questions
from netstats.errors import NetstatsError
from netstats.intake.founding import records_frame
from netstats.intake.persons import looks_like_a_name, personal
from netstats.model import BATCH_KINDS, WRITTEN, Column, choices
from netstats.store import Batch, Database, Edit

IMPORT, ENTRY, MINUTES, UNDO = choices.IMPORT, choices.ENTRY, choices.MINUTES, choices.UNDO

KINDS = BATCH_KINDS
"""Kind of an entry as it is stored → as people read it."""

NOUNS = {table.name: table.nouns for table in WRITTEN.values()}
"""Table → what one of its rows is called, and several."""

ADDED, CHANGED, REMOVED = "ajout", "modification", "retrait"

_MOST_AUTHOR = 60

MOST_TEXT = 200_000
"""Longest text that is kept with an entry, in characters."""

_ADDRESS = re.compile(r"https?://[^\s@]+")


@dataclass(frozen=True, eq=False)
class Difference:
    """What an edit would change, or has changed.

    Attributes
    ----------
    changes
        One row a changed row of the database: table_name, key, before, after (JSON).
    unchanged
        Table → how many rows of the edit are there already, just the same.
    digest
        Fingerprint of what an edit would change; empty for what was changed long ago.
    """

    changes: pd.DataFrame
    unchanged: Mapping[str, int]
    digest: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return self.changes.empty

    def counts(self) -> pd.DataFrame:
        """Return how many rows of each table are added, changed, removed and unchanged.

        Columns: table_name, ajout, modification, retrait, inchangé; tables without any row are left out.
        """
        kinds = _kinds(self.changes)
        rows = []
        for table in NOUNS:
            of_table = kinds[self.changes["table_name"] == table]
            counts = {kind: int((of_table == kind).sum()) for kind in (ADDED, CHANGED, REMOVED)}
            same = self.unchanged.get(table, 0)
            if any(counts.values()) or same:
                rows.append({"table_name": table, **counts, "inchangé": same})
        return pd.DataFrame(rows, columns=["table_name", ADDED, CHANGED, REMOVED, "inchangé"])

    def sentence(self) -> str:
        """Return the whole in one sentence: « ajout de 2 réunions et 14 présences ; modification de 1 réunion »."""
        counts = self.counts().to_dict("records")
        said = []
        for kind in (ADDED, CHANGED, REMOVED):
            nouns = [wording.counted(row[kind], *NOUNS[row["table_name"]]) for row in counts if row[kind]]
            if nouns:
                said.append(f"{kind} de {wording.listing(nouns)}")
        return " ; ".join(said) if said else "aucun changement"


def rehearse(database: Database, edit: Edit) -> Difference:
    """Return what an edit would change; everything stays as it is.

    Raises
    ------
    NetstatsError
        The rows do not fit with those that are there.
    """
    changes = store.rehearse(database, edit)
    touched = changes.rows[changes.rows["after"].notna()].groupby("table_name").size().to_dict()
    unchanged = {table: len(rows) - int(touched.get(table, 0)) for table, rows in edit.rows.items()}
    return Difference(changes.rows, unchanged, changes.digest)


def apply(database: Database, edit: Edit, batch: Batch, *, seen: Difference | None = None) -> int | None:
    """Put an edit in as one entry of the journal; an import leaves a copy of the database first.

    Parameters
    ----------
    database
        Open for writing.
    edit
        The rows.
    batch
        What the journal says of it.
    seen
        What a person has agreed to: should the data have changed meanwhile, nothing is written.

    Returns
    -------
    int or None
        Number of the entry; None when there was nothing to change.

    Raises
    ------
    store.OutdatedError
        Something else would change than what was seen.
    NetstatsError
        The rows do not fit with those that are there, the copy cannot be written, or the text of the batch may not be
        kept.
    """
    database.see_that_it_is_writable()
    if seen is not None and seen.is_empty:
        return None
    batch = replace(batch, author=author(batch.author))
    if batch.text:
        see_that_it_may_be_kept(batch.text)
    with database.writing:  # nobody writes between the copy and the entry
        copy = store.back_up(database) if batch.kind == IMPORT else None
        number = None
        try:
            number = store.write(database, batch, edit, seen=None if seen is None else seen.digest)
        finally:
            if copy is not None and number is None:
                store.forget(copy)  # nothing has changed: older copies tell more
        if copy is not None and database.path is not None:
            store.forget_oldest(database.path)  # not the copy that somebody else is making
    return number


def author(text: str) -> str:
    """Return who puts something in, tidied.

    Raises
    ------
    NetstatsError
        It is too long, or looks like personal data.
    """
    tidy = re.sub(r"\s+", " ", text).strip()
    reason = personal(tidy) or ("ressemble au nom d’une personne" if looks_like_a_name(tidy) else None)
    if len(tidy) > _MOST_AUTHOR:
        reason = f"est trop long ({_MOST_AUTHOR} caractères au plus)"
    if reason:
        raise NetstatsError(f"« {tidy} » {reason}.", "Écrivez un service ou des initiales : « secrétariat », « AB ».")
    return tidy


def see_that_it_may_be_kept(text: str) -> None:
    """Raise a NetstatsError when a text is too long to be kept with an entry, or holds personal data."""
    if len(text) > MOST_TEXT:
        raise NetstatsError(
            f"Le texte est trop long pour être gardé ({wording.number(len(text))} caractères, "
            f"{wording.number(MOST_TEXT)} au plus).",
            "Enregistrez les réunions sans garder le texte.",
        )
    # An address may hold ten digits that are no telephone number. A name may be cut by the end of a line, or begin one.
    plain = _ADDRESS.sub(" ", text)
    reasons = (personal(part) for part in (" ".join(plain.split()), *plain.splitlines()))
    if reason := next(filter(None, reasons), None):
        raise NetstatsError(
            f"Le texte ne peut pas être gardé : il {reason}.",
            "Enregistrez les réunions sans garder le texte, ou retirez-en d’abord ce passage.",
        )


def file_name(name: str) -> str:
    """Return the name of a file as the journal keeps it: one that names a person becomes « fichier.xlsx »."""
    path = PurePath(name.encode("utf-8", "replace").decode())
    words = re.sub(r"[\W\d_]+", " ", path.stem).strip()
    return f"fichier{path.suffix}" if personal(path.name) or looks_like_a_name(words) else path.name


def difference(database: Database, batch: int) -> Difference:
    """Return what an entry of the journal has changed."""
    return Difference(questions.changes(database, batch), {})


def taking_back(database: Database, batch: int) -> Edit:
    """Return the edit that takes an entry back.

    Raises
    ------
    NetstatsError
        The entry is none that can be taken back, or rows of it were changed since; it says by which entry.
    """
    known = questions.entries(database).set_index("id")
    if batch not in known.index:
        raise NetstatsError(f"L’entrée n° {batch} n’existe pas.", "Le journal donne la liste des entrées.")
    changes = questions.changes(database, batch)
    if changes.empty:
        kind = KINDS.get(str(known.loc[batch, "kind"]), "")
        raise NetstatsError(
            f"L’entrée n° {batch} ({kind}) ne peut pas être annulée : elle fonde la base.",
            "Corrigez ses réunions une à une, ou remettez une sauvegarde en place.",
        )
    edit = _inverse(changes)
    try:
        would = rehearse(database, edit).changes
        if would.empty:
            raise _AlreadyError(f"L’entrée n° {batch} est déjà annulée.", "Rien n’a été changé.")
        stands_as_left = _same(changes, would)
    except _AlreadyError:
        raise
    except NetstatsError:  # a later row needs one of those that would go
        stands_as_left = False
    if not stands_as_left:
        raise _in_the_way(database, batch)
    return edit


class _AlreadyError(NetstatsError):
    """There is nothing left to take back."""


def _same(changes: pd.DataFrame, would: pd.DataFrame) -> bool:
    """Return whether what would go back is exactly what the entry had changed."""
    left = changes.rename(columns={"before": "after", "after": "before"})[["table_name", "key", "before", "after"]]
    both = [frame.astype(object).where(frame.notna(), None).to_dict("records") for frame in (left, would)]
    return _sorted(both[0]) == _sorted(both[1])


def _sorted(records: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    return sorted(records, key=lambda record: (record["table_name"], record["key"]))


def _in_the_way(database: Database, batch: int) -> NetstatsError:
    later = questions.later(database, batch)
    if later.empty:
        return NetstatsError(
            f"L’entrée n° {batch} ne peut pas être annulée : ce qu’elle a écrit n’est plus tel qu’elle l’a laissé.",
            "Corrigez la réunion à la main.",
        )
    named = [f"n° {row.id} ({row.label})" for row in later.itertuples()]
    shown = wording.listing(named if len(named) <= 3 else [*named[:3], f"{len(named) - 3} autres"])
    return NetstatsError(
        f"L’entrée n° {batch} ne peut pas être annulée telle quelle : ses lignes ont été changées depuis, ou d’autres "
        f"en dépendent, par {'l’entrée' if len(named) == 1 else 'les entrées'} {shown}.",
        "Annulez d’abord ce qui est venu après, ou corrigez la réunion à la main.",
    )


def _inverse(changes: pd.DataFrame) -> Edit:
    rows: dict[str, pd.DataFrame] = {}
    removed: dict[str, pd.DataFrame] = {}
    for table, group in changes.groupby("table_name"):
        back = group[group["before"].notna()]
        gone = group[group["before"].isna()]
        if not back.empty:
            rows[str(table)] = records_frame(str(table), map(json.loads, back["before"]))
        if not gone.empty:
            keys = list(store.KEYS[str(table)])
            removed[str(table)] = records_frame(str(table), map(json.loads, gone["after"]))[keys]
    return Edit(rows, removed)


def told(database: Database, changes: pd.DataFrame, *, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return changes as people read them, one row a changed field; of a row that is added or removed, every field.

    `within` is all the changes, when `changes` are a part of them: a presence is then told with the title of a meeting
    that is new as well.

    Columns: sorte (ajout, modification, retrait), quoi (« réunion »), où (which one), champ, avant, après. Texts, empty
    where a value is unknown.
    """
    records = [
        (str(row.table_name), _record(row.before), _record(row.after), kind)
        for row, kind in zip(changes.itertuples(), _kinds(changes), strict=True)
    ]
    if within is not None:
        meetings = {record["meeting_code"] for _, *both, _ in records for record in both if "meeting_code" in record}
        beside = within[(within["table_name"] == "meeting") & within["key"].isin(meetings)]
        others = [("meeting", _record(row.before), _record(row.after), "") for row in beside.itertuples()]
    else:
        others = []
    called = _names(database, [*records, *others])
    rows = []
    for table, before, after, kind in records:
        where = _where(table, after or before, called)
        for name in after or before:
            column = WRITTEN[table].column(name)
            old, new = (_value(column, record, called) for record in (before, after))
            if old != new:
                rows.append((kind, NOUNS[table][0], where, column.header, old, new))
    return pd.DataFrame(rows, columns=["sorte", "quoi", "où", "champ", "avant", "après"], dtype="str")


def _record(text: object) -> dict[str, Any]:
    return json.loads(text) if isinstance(text, str) else {}


def _kinds(changes: pd.DataFrame) -> pd.Series:
    kinds = pd.Series(CHANGED, index=changes.index, dtype="str")
    kinds[changes["before"].isna()] = ADDED
    kinds[changes["after"].isna()] = REMOVED
    return kinds


def _names(
    database: Database, records: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any], str]]
) -> dict[str, dict[str, str]]:
    territories: set[str] = set()
    meetings: set[str] = set()
    titles: dict[str, str] = {}
    own: dict[str, str] = {}
    for table, before, after, _ in records:
        for record in (before, after):
            territories |= {record[column] for column in ("territory_code", "commune_code") if record.get(column)}
            meetings |= {record["meeting_code"]} if "meeting_code" in record else set()
            if table == "meeting" and record:
                titles[record["code"]] = _titled(record)
            elif table == "territory" and record:
                own[record["code"]] = record["name"]
    called = questions.names(database, sorted(territories))
    # What is not there (any more, or yet) is called as the change itself says.
    there = questions.meetings(database, sorted(meetings)).to_dict("records")
    called["meeting"] = {**titles, **{str(row["code"]): _titled(row) for row in there}}
    called["territory"] = {**own, **called.get("territory", {})}
    return called


def _where(table: str, record: Mapping[str, Any], called: Mapping[str, Mapping[str, str]]) -> str:
    if table == "meeting":
        return _titled(record)
    if table in {"network", "theme_family", "theme", "action_type", "audience", "territory"}:
        return str(record["name"])
    if table == "action":
        return textwrap.shorten(str(record["description"]), 80, placeholder="…")
    parts = [_value(WRITTEN[table].column(name), record, called) for name in store.KEYS[table]]
    return " – ".join(reversed(parts))


def _value(column: Column, record: Mapping[str, Any], called: Mapping[str, Mapping[str, str]]) -> str:
    value = record.get(column.name)
    if value is None or column.name == "date_precision":  # a date is written as precise as it is known
        return ""
    if column.kind == "yes_no":
        return "oui" if value else "non"
    if column.kind == "date":
        return _date(value, record[column.precision] if column.precision else "day")
    if column.refers_to:
        return called.get(column.refers_to, {}).get(str(value), str(value))
    return column.choices.get(str(value), str(value))


def _titled(meeting: Mapping[Any, Any]) -> str:
    return f"{meeting['title']} ({_date(meeting['held_on'], meeting['date_precision'])})"


def _date(value: object, precision: object) -> str:
    return wording.date(None if wording.is_missing(value) else pd.Timestamp(str(value)), str(precision))
