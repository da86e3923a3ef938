"""The command that reads minutes: a text or a folder of them, told as text or JSON, saved where nothing is in doubt."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from netstats import wording
from netstats.catalogue import journal as questions
from netstats.cli.journal import print_entry
from netstats.cli.shell import LEFT_OUT, Commands, add_author, progress, read_bytes
from netstats.errors import NetstatsError
from netstats.intake import bootstrap, changes, journal
from netstats.intake.changes import ChangeSet
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.minutes import serialize, waiting
from netstats.minutes.confidences import write_confidences
from netstats.minutes.documents import MOST_BYTES, Document, read_document
from netstats.minutes.drafts import Draft, Reading
from netstats.minutes.evaluate import evaluate
from netstats.minutes.reader import Reader
from netstats.minutes.rows import join
from netstats.minutes.saving import after, earlier_meetings, label, without_doubt
from netstats.store import Batch, Database
from netstats.wording import NO_BREAK, counted

_STANDARD_INPUT = "-"
_NO_DOUBT = "Lisez ce texte dans la page « Lire un compte rendu » pour compléter et enregistrer ce qui reste."
_THEY_WAIT = "Ce qui attend est proposé par la page « Lire un compte rendu », à compléter ou à jeter."


def add_commands(commands: Commands) -> None:
    """Add the command that reads minutes to those of the program."""
    minutes = commands.add_parser(
        "minutes", help="lire un compte rendu : réunions, territoires, thèmes, actions, avec les mots qui les disent"
    )
    minutes.add_argument(
        "path", nargs="?", metavar="FICHIER|DOSSIER|-", help="un texte, tous ceux d’un dossier, ou l’entrée standard"
    )
    minutes.add_argument("--format", choices=("text", "json"), default="text", help="forme de la réponse")
    minutes.add_argument("--save", action="store_true", help="enregistrer les réunions dont rien n’est à vérifier")
    minutes.add_argument("--source", default="", metavar="ADRESSE", help="où le texte est publié")
    minutes.add_argument("--keep-text", action="store_true", help="garder le texte entier avec l’entrée du journal")
    add_author(minutes)
    minutes.add_argument("--evaluate", nargs="+", type=Path, metavar="DOSSIER", help="mesurer sur des textes d’essai")
    minutes.add_argument("--details", action="store_true", help="avec --evaluate : dire aussi chaque écart")
    minutes.add_argument("--confidences", type=Path, metavar="FICHIER", help="avec --evaluate : ce que vaut une règle")
    minutes.set_defaults(run=_minutes)


def _minutes(options: argparse.Namespace) -> int:
    _see_that_it_makes_sense(options)
    author = journal.author(options.author)
    with bootstrap.open_or_build(read_only=not options.save) as database:
        desk = _Desk(database, options, author)
        if options.evaluate is not None:
            return _evaluate(options, desk)
        path = Path(options.path)
        if options.path != _STANDARD_INPUT and path.is_dir():
            return _folder(path, desk)
        return _text(options.path, desk)


def _see_that_it_makes_sense(options: argparse.Namespace) -> None:
    if options.evaluate is not None and (options.path or options.save):
        raise NetstatsError("--evaluate mesure la lecture, et rien d’autre.", "Retirez le texte à lire et --save.")
    if options.evaluate is None and (options.confidences or not options.path):
        raise NetstatsError("Il manque le texte à lire.", "Nommez un fichier, un dossier, ou - pour l’entrée standard.")
    if options.keep_text and not options.save:
        raise NetstatsError("--keep-text dit comment enregistrer, et rien n’est enregistré.", "Ajoutez --save.")
    if options.source and Path(options.path or "").is_dir():
        raise NetstatsError("--source est l’adresse d’un seul texte, pas d’un dossier.", "Retirez --source.")


def _evaluate(options: argparse.Namespace, desk: _Desk) -> int:
    report = evaluate(desk.known, *options.evaluate)
    if options.confidences:
        write_confidences(options.confidences, report.rules)
    print(
        json.dumps(report.json(), ensure_ascii=False, indent=2)
        if options.format == "json"
        else report.text(mismatches=options.details)
    )
    return 0


@dataclass
class _Saved:
    """What became of the drafts of a text."""

    number: int | None = None
    """Entry of the journal; None when nothing was written."""
    meetings: int = 0
    """How many meetings have no doubt, written or there already."""
    left: list[str] = field(default_factory=list)
    """Those that somebody must look at, each with the reasons."""
    known: list[str] = field(default_factory=list)
    """Mentions of meetings that are in the database: nothing is lost with them."""
    notices: list[str] = field(default_factory=list)
    """Why the text was not kept."""


class _Desk:
    """Reads texts against what the database holds, and keeps up with what is saved."""

    def __init__(self, database: Database, options: argparse.Namespace, author: str) -> None:
        self.database = database
        self.options = options
        self.known: Snapshot = read_snapshot(database)
        self.reader = Reader(self.known)
        self._author = author
        self.is_json = options.format == "json"
        self.for_people = sys.stderr if self.is_json else sys.stdout  # the standard output is left to the JSON

    def source_of(self, document: Document) -> str:
        """Return the address of a text; empty when nobody tells it."""
        return str(self.options.source or document.source_url)

    def keep(self, document: Document, reading: Reading) -> _Saved:
        """Return what would be saved of a reading, and save it when that is asked for.

        A meeting is saved whole or not at all: one that somebody must look at waits, the others of the text come in.
        """
        saved = _Saved()
        drafts = [draft for draft in reading.drafts if not draft.is_mention]
        if self.options.save:
            drafts += self._unknown_mentions(reading, saved)
        done = questions.drafts_done(self.database)
        checked, kept, left = without_doubt(drafts, self.known, source_url=self.source_of(document))
        left = tuple(one for one in left if waiting.code_of(reading.text, one[0]) not in done)
        saved.left += [f"{serialize.heading(draft, self.known)}{NO_BREAK}: {' '.join(why)}" for draft, why in left]
        saved.meetings = len(kept)
        if not self.options.save:
            return saved
        address, name = self.source_of(document), journal.file_name(document.name) if document.name else ""
        settled = waiting.gone({waiting.code_of(reading.text, one.draft) for one in kept} & waiting.codes(self.known))
        drafts_kept, reason = waiting.keep(reading, left, self.known, name=name, source_url=address)
        if reason:
            saved.notices.append(f"{reason} Ce qui attend est gardé sans lui.")
        change_set = join([checked.change_set or ChangeSet(), drafts_kept, settled])
        if not change_set.rows:
            return saved
        text = self._text_to_keep(document, saved) if checked.change_set else ""
        kind = journal.MINUTES if "meeting" in change_set.rows else journal.WAITING
        batch = Batch(kind, label(change_set, self.known), self._author, address or name, text=text)
        saved.number = changes.commit(self.database, change_set, batch)
        if saved.number is not None:
            self._follow(change_set)
        return saved

    def _unknown_mentions(self, reading: Reading, saved: _Saved) -> Iterator[Draft]:
        days = [draft.when.value.first for draft in reading.drafts if draft.when and not draft.is_mention]
        for draft in reading.drafts:
            if not draft.is_mention:
                continue
            there = earlier_meetings(draft, self.known, before=min(days, default=None)) if draft.when is None else ()
            if there:
                saved.known.append(f"{serialize.heading(draft, self.known)}{NO_BREAK}: {wording.listing(there)}")
            else:
                yield draft

    def _text_to_keep(self, document: Document, saved: _Saved) -> str:
        if not self.options.keep_text:
            return ""
        try:
            journal.see_that_it_may_be_kept(document.text)
        except NetstatsError as error:
            saved.notices.append(f"{error.what} Les réunions sont enregistrées sans lui.")
            return ""
        return document.text

    def _follow(self, change_set: ChangeSet) -> None:
        before = self.known
        self.known = after(before, change_set)
        if self.known.gazetteer is not before.gazetteer or "network" in change_set.rows:
            self.reader = Reader(self.known)  # it knows territories and networks by their names


def _text(path: str, desk: _Desk) -> int:
    if path == _STANDARD_INPUT:
        document = read_document("", sys.stdin.buffer.read(MOST_BYTES + 1))
    else:
        document = _read_file(Path(path))
    reading = desk.reader.read(document)
    if desk.is_json:
        print(json.dumps(_as_json(document, reading, desk), ensure_ascii=False, indent=2))
    else:
        print(serialize.to_text(reading, desk.known))
    if not desk.options.save:
        return 0
    with redirect_stdout(desk.for_people):
        saved = desk.keep(document, reading)
        _print_saved(saved, desk)
    return LEFT_OUT if saved.left or saved.notices else 0


def _print_saved(saved: _Saved, desk: _Desk) -> None:
    print()
    if saved.meetings or saved.number is not None:
        print_entry(desk.database, saved.number)
    for line in saved.known:
        print(f"Mention déjà dans la base, non enregistrée{NO_BREAK}: {line}.")
    for left in saved.left:
        print(f"En attente{NO_BREAK}: {left}")
    for notice in saved.notices:
        print(notice)
    if saved.left:
        print(_THEY_WAIT)


def _as_json(document: Document, reading: Reading, desk: _Desk) -> serialize.Json:
    return serialize.as_json(reading, desk.known, document.name, source_url=desk.source_of(document))


def _read_file(path: Path) -> Document:
    content, size = read_bytes(path, MOST_BYTES)
    return read_document(path.name, content, size=size)


@dataclass
class _Account:
    """What a folder of texts gave."""

    texts: int = 0
    meetings: int = 0
    mentions: int = 0
    certain: int = 0
    entries: list[int] = field(default_factory=list)
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def _folder(directory: Path, desk: _Desk) -> int:
    paths = sorted(path for path in directory.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
    if not paths:
        raise NetstatsError(f"Le dossier {directory} ne contient aucun fichier.", "Nommez celui des comptes rendus.")
    account = _Account()
    for number, path in enumerate(paths):
        progress(number / len(paths), f"{counted(number, 'texte lu', 'textes lus')} sur {len(paths)}")
        try:
            _one_of_many(path, desk, account)
        except NetstatsError as error:
            account.refused.append(f"{path.name}{NO_BREAK}: {error}")
            if desk.is_json:
                refused = {"schema": serialize.SCHEMA, "name": path.name, "refused": str(error)}
                print(json.dumps(refused, ensure_ascii=False))
    progress(1.0, f"{counted(len(paths), 'texte lu', 'textes lus')}")
    with redirect_stdout(desk.for_people):
        _print_account(account, desk)
    return LEFT_OUT if account.refused or account.notices or (desk.options.save and account.left) else 0


def _one_of_many(path: Path, desk: _Desk, account: _Account) -> None:
    document = _read_file(path)
    reading = desk.reader.read(document)
    if desk.is_json:
        print(json.dumps(_as_json(document, reading, desk), ensure_ascii=False))
    saved = desk.keep(document, reading)
    account.texts += 1
    account.mentions += sum(draft.is_mention for draft in reading.drafts)
    account.meetings += sum(not draft.is_mention for draft in reading.drafts)
    account.certain += saved.meetings
    account.left += [f"{path.name}, {left}" for left in saved.left]
    account.notices += [f"{path.name}{NO_BREAK}: {notice}" for notice in saved.notices]
    if saved.number is not None:
        account.entries.append(saved.number)
    elif saved.meetings:
        account.unchanged += 1


def _print_account(account: _Account, desk: _Desk) -> None:
    print(
        f"{counted(account.texts, 'texte lu', 'textes lus')}, {counted(len(account.refused), 'refusé')}{NO_BREAK}; "
        f"{counted(account.meetings, 'réunion')}, {counted(account.mentions, 'mention')} d’autres réunions."
    )
    print(f"Sans rien à vérifier{NO_BREAK}: {counted(account.certain, 'réunion')}.")
    if desk.options.save:
        first_to_last = "" if not account.entries else f" (n° {account.entries[0]} à n° {account.entries[-1]})"
        print(
            f"Enregistré{NO_BREAK}: {counted(len(account.entries), 'entrée')} du journal{first_to_last}{NO_BREAK}; "
            f"{counted(account.unchanged, 'texte')} dont la base savait déjà tout."
        )
    for title, lines in (
        ("En attente" if desk.options.save else "À vérifier", account.left),
        ("Texte non gardé", account.notices),
        ("Refusés", account.refused),
    ):
        if lines:
            print(f"{title} ({wording.number(len(lines))})")
            for line in lines:
                print(f"  {line}")
    if account.left:
        print(_THEY_WAIT if desk.options.save else _NO_DOUBT)
