"""The commands of what was put in: journal and undo, copies."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import pandas as pd

from netstats import store, wording
from netstats.catalogue import journal as questions
from netstats.cli.shell import Commands, add_author, add_dry_run, how_to_open, whole
from netstats.errors import NetstatsError
from netstats.files import target
from netstats.intake import bootstrap, changes, journal, lists, standard
from netstats.intake.changes import ChangeSet
from netstats.intake.lists import LISTS
from netstats.intake.snapshot import read_snapshot
from netstats.share.tables import aligned
from netstats.store import Batch, Database

MOST_SHOWN = 40
"""Lines of each sort that a command prints; the others are counted."""
_LISTS, _PUBLISHED = "listes", "activite"
"""What a new database may hold from the start."""
NOTHING_WRITTEN = "Essai : rien n’a été écrit."


def add_commands(commands: Commands) -> None:
    """Add these commands to those of the program."""
    entries = commands.add_parser("journal", help="dire ce qui a été mis dans la base, et par qui")
    entries.add_argument("number", nargs="?", type=whole, metavar="NUMÉRO", help="montrer ce qu’une entrée a changé")
    entries.set_defaults(run=_journal)

    undo = commands.add_parser("undo", help="annuler une entrée du journal")
    undo.add_argument("number", type=whole, metavar="NUMÉRO", help="numéro de l’entrée")
    add_dry_run(undo)
    add_author(undo)
    undo.set_defaults(run=_undo)

    merge = commands.add_parser("merge", help="fondre une ligne d’un référentiel dans une autre")
    merge.add_argument("list", choices=tuple(LISTS), metavar="LISTE", help=f"laquelle : {', '.join(LISTS)}")
    merge.add_argument("code", metavar="CODE", help="code de celle qui disparaît")
    merge.add_argument("into", metavar="DANS", help="code de celle qui reste")
    add_dry_run(merge)
    add_author(merge)
    merge.set_defaults(run=_merge)

    backup = commands.add_parser("backup", help="garder une copie de la base")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", help="remettre une copie de la base en place")
    restore.add_argument(
        "copy", nargs="?", metavar="COPIE", help="nom ou chemin d’une copie ; sans lui, la liste des copies"
    )
    restore.set_defaults(run=_restore)

    new = commands.add_parser("new", help="créer une base : vide, sans cette option")
    new.add_argument("file", type=Path, metavar="FICHIER", help="où la créer")
    new.add_argument(
        "--avec",
        choices=(_LISTS, _PUBLISHED),
        help="ce qu’elle contient déjà : les listes courantes (thèmes, types d’action, publics), ou l’activité publiée",
    )
    new.set_defaults(run=_new)


def print_entry(database: Database, number: int | None) -> None:
    """Print what an entry of the journal changed; without a number, that nothing did."""
    if number is None:
        print("Rien à changer.")
    else:
        print_diff(database, changes.committed(database, number))
        print(f"Enregistré : entrée n° {number} du journal.")


def print_diff(database: Database, diff: changes.Diff) -> None:
    """Print a difference: in one sentence, then row by row."""
    print(f"Différence : {diff.sentence()}.")
    rows = changes.describe(database, diff.rows.iloc[:MOST_SHOWN], within=diff.rows)
    for (_, kind, what, where), fields in rows.groupby(["ligne", "sorte", "quoi", "où"], sort=False):
        print(f"  {kind}, {what} : {where}")
        if kind == changes.CHANGED:
            for field, before, after in fields[["champ", "avant", "après"]].itertuples(index=False):
                print(f"    {field} : {before or '(vide)'} → {after or '(vide)'}")
    print_rest(len(diff.rows), "changements")


def print_rest(count: int, noun: str) -> None:
    """Print how many lines are not shown, if any."""
    if count > MOST_SHOWN:
        print(f"  … et {wording.number(count - MOST_SHOWN)} autres {noun}.")


def _journal(options: argparse.Namespace) -> int:
    with bootstrap.open_or_build(read_only=True) as database:
        entries = questions.entries(database)
        if options.number is None:
            for _, entry in entries.iterrows():
                print(_entry(entry))
        elif options.number in set(entries["id"]):
            print_diff(database, changes.committed(database, options.number))
        else:
            raise NetstatsError(
                f"L’entrée n° {options.number} n’existe pas.", "« netstats journal » en donne la liste."
            )
    return 0


def _entry(entry: pd.Series) -> str:
    moment = wording.date(entry["applied_on"])
    if not pd.isna(entry["applied_at"]):
        moment += f" à {entry['applied_at']:%H:%M}"
    counts = f"+{entry['added']} ~{entry['changed']} −{entry['removed']}"
    who = f", {entry['author']}" if isinstance(entry["author"], str) else ""
    undone = "" if pd.isna(entry["undone_by"]) else f", annulée par l’entrée n° {entry['undone_by']}"
    kind = journal.KINDS.get(entry["kind"], entry["kind"])
    return f"n° {entry['id']}, {moment}{who} : {entry['label']} ({kind} ; {counts}){undone}"


def _put_in(database: Database, change_set: ChangeSet, batch: Batch, options: argparse.Namespace) -> None:
    if options.dry_run:
        print_diff(database, changes.preview(database, change_set))
        print(NOTHING_WRITTEN)
    else:
        print_entry(database, changes.commit(database, change_set, batch))


def _merge(options: argparse.Namespace) -> int:
    author = journal.author(options.author)
    form = LISTS[options.list]
    with bootstrap.open_or_build() as database:
        known = read_snapshot(database)
        change_set = lists.merge(known, form, options.code, options.into)
        print(lists.what_moves(known, form, options.code, options.into))
        label = f"{form.title} : fusion de {options.code} dans {options.into}"
        _put_in(database, change_set, Batch(journal.LISTS, label, author), options)
    return 0


def _undo(options: argparse.Namespace) -> int:
    author = journal.author(options.author)
    with bootstrap.open_or_build() as database:
        change_set = changes.undo(database, options.number)
        label = f"Annulation de l’entrée n° {options.number}"
        _put_in(database, change_set, Batch(journal.UNDO, label, author, undone=options.number), options)
    return 0


def _backup(_: argparse.Namespace) -> int:
    with bootstrap.open_or_build() as database:
        print(f"Copie : {store.back_up(database)}")
    store.forget_oldest(bootstrap.database_path())
    return 0


def _restore(options: argparse.Namespace) -> int:
    path = bootstrap.database_path()
    copies = store.backups(path)
    if options.copy is None:
        if not copies:
            print("Aucune copie : « netstats backup » en fait une.")
            return 0
        table = store.listed(copies)
        print(*aligned([list(table.columns), *table.to_numpy().tolist()], widest=math.inf), sep="\n")
        print(f"Elles sont dans {copies[0].parent}. « netstats restore COPIE » en remet une en place.")
        return 0
    chosen = next((copy for copy in copies if options.copy in {copy.name, copy.stem}), Path(options.copy))
    former = store.restore(path, chosen)
    print(f"La base {path} est de nouveau celle de {chosen.name}.")
    if former:
        print(f"Ce qu’elle contenait est gardé dans {former}.")
    return 0


def _new(options: argparse.Namespace) -> int:
    path, published = target(options.file), options.avec == _PUBLISHED
    bootstrap.create(path, published=published)
    print(f"{'Base de l’activité publiée' if published else 'Base vide'} : {path}")
    if options.avec == _LISTS:
        with store.open_database(path) as database:
            added = standard.missing(read_snapshot(database).rows)
            print_entry(database, changes.commit(database, added, Batch(journal.LISTS, standard.LABEL)))
    print(how_to_open(options.file))
    return 0
