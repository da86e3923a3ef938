"""The commands that keep the data: import and export, journal and undo, copies."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pandas as pd

from netstats import store, wording
from netstats.catalogue import journal as questions
from netstats.catalogue import snapshot
from netstats.errors import NetstatsError, why
from netstats.intake import bootstrap, changes, export, journal, rejects, template
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.forms import FORMS
from netstats.intake.questions import Question
from netstats.intake.read.files import read_file
from netstats.intake.read.grids import MOST_BYTES
from netstats.intake.read.matching import Matching, match
from netstats.intake.snapshot import read_snapshot
from netstats.store import Batch, Database
from netstats.wording import counted

LEFT_OUT = 1
"""What a command answers when it has said lines that are not taken."""

_MOST_SHOWN = 40
_NOTHING_WRITTEN = "Rien n’a été écrit. Corrigez ces lignes, ou ajoutez --partial pour écrire les autres sans elles."


class Commands(Protocol):
    """What `add_parser` belongs to."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:  # noqa: A002 - argparse calls it so
        """Return the parser of one more command."""


def add_commands(commands: Commands) -> None:
    """Add the commands that keep the data to those of the program."""
    bring = commands.add_parser(
        "import", help="mettre des fichiers (.xlsx, .csv …) dans la base, après avoir montré quoi"
    )
    bring.add_argument("files", nargs="+", type=Path, metavar="FICHIER", help="classeurs ou .csv, lus ensemble")
    bring.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien écrire")
    bring.add_argument("--partial", action="store_true", help="écrire les bonnes lignes sans celles qui sont refusées")
    bring.add_argument("--clear", action="store_true", help="une cellule vide efface ce que la base contient")
    bring.add_argument(
        "--answer", action="append", default=[], metavar="CLÉ=CODE", help="réponse à une question ; répétable"
    )
    bring.add_argument("--mend", type=Path, metavar="FICHIER", help="où écrire les lignes à corriger")
    _add_author(bring)
    bring.set_defaults(run=_import)

    send = commands.add_parser("export", help="écrire un diaporama, un classeur, ou toutes les données en .csv")
    send.add_argument(
        "directory",
        type=Path,
        metavar="FICHIER|DOSSIER",
        help="fichier .pptx ou .xlsx ; ou dossier vide, ou d’un export précédent",
    )
    send.set_defaults(run=_export)

    model = commands.add_parser("template", help="écrire le classeur à remplir, ou le même en .csv")
    model.add_argument("target", type=Path, metavar="FICHIER.xlsx|DOSSIER", help="un classeur, ou un dossier de .csv")
    model.set_defaults(run=_template)

    told = commands.add_parser("journal", help="dire ce qui a été mis dans la base, et par qui")
    told.add_argument("number", nargs="?", type=int, metavar="NUMÉRO", help="montrer ce qu’une entrée a changé")
    told.set_defaults(run=_journal)

    undo = commands.add_parser("undo", help="annuler une entrée du journal")
    undo.add_argument("number", type=int, metavar="NUMÉRO", help="numéro de l’entrée")
    undo.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien écrire")
    _add_author(undo)
    undo.set_defaults(run=_undo)

    backup = commands.add_parser("backup", help="garder une copie de la base")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", help="remettre une copie de la base en place")
    restore.add_argument(
        "copy", nargs="?", metavar="COPIE", help="nom ou chemin d’une copie ; sans lui, la liste des copies"
    )
    restore.set_defaults(run=_restore)

    new = commands.add_parser("new", help="créer une base vide, sans l’activité publiée")
    new.add_argument("file", type=Path, metavar="FICHIER", help="où la créer")
    new.set_defaults(run=_new)


def _add_author(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--author", default="", metavar="QUI", help="service ou initiales, pour le journal ; jamais un nom de personne"
    )


@contextmanager
def _opened() -> Iterator[Database]:
    database = bootstrap.open_or_build()
    try:
        yield database
    finally:
        database.close()


# ---------------------------------------------------------------- import


def _import(options: argparse.Namespace) -> int:
    author = journal.author(options.author)
    answers = dict(_answer(text) for text in options.answer)
    paths = [path for named in options.files for path in _expanded(named)]
    if options.mend:
        _see_that_it_is_free(options.mend)
    matchings = [match(grid) for path, name in _named(paths) for grid in read_file(name, _content(path))]
    _tell_matchings(matchings)
    if all(matching.form is None for matching in matchings):
        raise NetstatsError(
            "Aucune feuille n’a été reconnue : rien n’a été lu.",
            "Nommez les feuilles et les colonnes comme dans le modèle (« python -m netstats template modele.xlsx »).",
        )
    with _opened() as database:
        verdict = check_sheets(
            matchings, read_snapshot(database), answers=answers, empty_clears=options.clear, progress=progress
        )
        _tell_verdict(verdict)
        if options.mend:
            _write_mendable(options.mend, matchings, verdict)
        left_out = bool(verdict.issues or verdict.held_back)
        not_all = left_out or any(matching.refused for matching in matchings if matching.form is not None)
        if options.dry_run or (left_out and not options.partial):
            _tell_difference(database, changes.preview(database, verdict.change_set))
            print("Essai : rien n’a été écrit." if options.dry_run else _NOTHING_WRITTEN)
        else:
            source = wording.listing(dict.fromkeys(journal.file_name(path.name) for path in paths))
            batch = Batch(journal.IMPORT, f"Import de {source}", author, source)
            tell_entry(database, changes.commit(database, verdict.change_set, batch))
    return LEFT_OUT if not_all else 0


def tell_entry(database: Database, number: int | None) -> None:
    """Print what an entry of the journal changed; without a number, that nothing did."""
    if number is None:
        print("Rien à changer.")
    else:
        _tell_difference(database, changes.committed(database, number))
        print(f"Enregistré : entrée n° {number} du journal.")


def _answer(text: str) -> tuple[str, str]:
    key, separator, code = text.rpartition("=")
    if not separator:
        raise NetstatsError(
            f"--answer « {text} » n’est pas une réponse.", "Écrivez la clé de la question, = et un code."
        )
    return key, code


def _expanded(path: Path) -> list[Path]:
    """Return the files that a pattern means: not every shell writes out « dossier/*.csv »."""
    if path.exists() or not set("*?[") & set(path.name):
        return [path]
    found = sorted(path.parent.glob(path.name))
    if not found:
        raise NetstatsError(f"Aucun fichier ne s’appelle {path}.", "Vérifiez le dossier et le nom.")
    return found


def _named(paths: list[Path]) -> list[tuple[Path, str]]:
    """Return the files with the names that refusals give them: the whole path where two are called the same."""
    names = [path.name for path in paths]
    said = [path.name if names.count(path.name) == 1 else str(path) for path in paths]
    return [(path, name.encode("utf-8", "replace").decode()) for path, name in zip(paths, said, strict=True)]


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NetstatsError(
                f"Le fichier {path} est trop gros ({MOST_BYTES // 2**20} Mio au plus).",
                "Coupez-le en plusieurs fichiers.",
            )
        return path.read_bytes()
    except OSError as error:
        raise NetstatsError(
            f"Le fichier {path} ne peut pas être lu : {why(error)}.", "Vérifiez son chemin et vos droits."
        ) from error


def progress(part: float, sentence: str) -> None:
    """Draw how much of a long work is done, from 0 to 1, where a person looks."""
    if sys.stderr.isatty():
        done = round(part * 30)
        end = "\n" if part >= 1 else ""
        print(f"\r[{'#' * done}{'.' * (30 - done)}] {sentence:<40}", end=end, file=sys.stderr, flush=True)


def _tell_matchings(matchings: list[Matching]) -> None:
    for matching in matchings:
        place = f"{matching.grid.file}, feuille {matching.grid.sheet}" if matching.grid.sheet else matching.grid.file
        if matching.form is None:
            print(f"{place} : laissée de côté.")
        else:
            known = ", ".join(matching.form.field(name).header for name in matching.columns)
            print(f"{place} : {matching.form.title} ({known}).")
            if matching.ignored:
                print(f"  Colonnes que rien ne lit : {', '.join(matching.ignored)}.")
        for header, reason in matching.refused.items():
            print(f"  Colonne « {header} » refusée : {reason}.")
        for notice in matching.notices:
            print(f"  {notice}")


def _tell_verdict(verdict: CheckResult) -> None:
    for (file, sheet), lines in verdict.lines.items():
        place = f"{file}, feuille {sheet}" if sheet else file
        print(
            f"{place} : {counted(lines.read, 'ligne lue', 'lignes lues')}, {counted(lines.good, 'bonne')}, "
            f"{counted(lines.refused, 'refusée')}, {wording.number(lines.held_back)} en attente d’une réponse."
        )
    for refusal in verdict.issues[:_MOST_SHOWN]:
        print(f"  {refusal}")
    _tell_rest(len(verdict.issues), "refus")
    for question in verdict.questions:
        _tell_question(question)
    for key in verdict.unused_answers:
        print(f"  --answer « {key} » ne répond à aucune question, ou par aucun des choix proposés.")


def _tell_question(question: Question) -> None:
    lines = f"lignes {', '.join(map(str, question.lines[:5]))}{'…' if len(question.lines) > 5 else ''}"
    print(f"  Question ({question.sheet or question.file}, {lines}) : {question.sentence}")
    for option in question.options:
        print(f'    --answer "{question.key}={option.code}"  {option.label}')


def _tell_difference(database: Database, difference: changes.Diff) -> None:
    print(f"Différence : {difference.sentence()}.")
    told = changes.describe(database, difference.rows.iloc[:_MOST_SHOWN], within=difference.rows)
    for (kind, what, where), fields in told.groupby(["sorte", "quoi", "où"], sort=False):
        print(f"  {kind}, {what} : {where}")
        if kind == changes.CHANGED:
            for field, before, after in fields[["champ", "avant", "après"]].itertuples(index=False):
                print(f"    {field} : {before or '(vide)'} → {after or '(vide)'}")
    _tell_rest(len(difference.rows), "changements")


def _tell_rest(count: int, noun: str) -> None:
    if count > _MOST_SHOWN:
        print(f"  … et {wording.number(count - _MOST_SHOWN)} autres {noun}.")


def _write_mendable(path: Path, matchings: list[Matching], verdict: CheckResult) -> None:
    found = rejects.rejects_file(matchings, verdict.issues, verdict.held_back, verdict.questions)
    if found is None:
        print("Aucune ligne à corriger.")
        return
    target = path.with_suffix(Path(found.name).suffix)
    _see_that_it_is_free(target)
    _write(target, found.content)
    print(f"{counted(found.lines, 'ligne')} à corriger dans {target}.")


def _see_that_it_is_free(path: Path) -> None:
    if not path.name or path.exists():
        raise NetstatsError(f"{path} existe déjà : il n’est pas remplacé.", "Nommez un autre fichier.")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NetstatsError(
            f"Le fichier {path} ne peut pas être écrit : {why(error)}.", "Vérifiez le dossier et vos droits."
        ) from error


# ---------------------------------------------------------------- export


def _export(options: argparse.Namespace) -> int:
    database = bootstrap.open_or_build(read_only=True)
    try:
        rows, names = snapshot.held_rows(database), snapshot.territory_names(database)
    finally:
        database.close()
    paths = export.write_dataset(rows, names, options.directory)
    print(f"{counted(len(paths), 'fichier écrit', 'fichiers écrits')} dans {options.directory}.")
    return 0


def _template(options: argparse.Namespace) -> int:
    target: Path = options.target
    if target.suffix.lower() == ".xlsx":
        _see_that_it_is_free(target)
        database = bootstrap.open_or_build(read_only=True)
        try:
            lists = template.known_lists(snapshot.held_rows(database))
        finally:
            database.close()
        _write(target, template.template_workbook(lists))
        print(f"Classeur à remplir : {target}.")
        return 0
    if target.suffix or target.is_file():
        raise NetstatsError(f"{target} n’est ni un fichier .xlsx ni un dossier.", "Nommez un classeur, ou un dossier.")
    forms = {target / f"{form.name}.csv": form for form in FORMS if form.in_template}
    for path in forms:
        _see_that_it_is_free(path)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NetstatsError(
            f"Le dossier {target} ne peut pas être créé : {why(error)}.", "Nommez-en un autre."
        ) from error
    for path, form in forms.items():
        _write(path, template.template_csv(form))
        print(f"Fichier à remplir : {path}.")
    return 0


# ---------------------------------------------------------------- journal


def _journal(options: argparse.Namespace) -> int:
    database = bootstrap.open_or_build(read_only=True)
    try:
        if options.number is None:
            for _, entry in questions.entries(database).iterrows():
                print(_entry(entry))
            return 0
        difference = changes.committed(database, options.number)
        if options.number not in set(questions.entries(database)["id"]):
            raise NetstatsError(
                f"L’entrée n° {options.number} n’existe pas.", "« netstats journal » en donne la liste."
            )
        _tell_difference(database, difference)
    finally:
        database.close()
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


def _undo(options: argparse.Namespace) -> int:
    author = journal.author(options.author)
    with _opened() as database:
        change_set = changes.undo(database, options.number)
        if options.dry_run:
            _tell_difference(database, changes.preview(database, change_set))
            print("Essai : rien n’a été écrit.")
            return 0
        batch = Batch(journal.UNDO, f"Annulation de l’entrée n° {options.number}", author, undone=options.number)
        tell_entry(database, changes.commit(database, change_set, batch))
    return 0


# ---------------------------------------------------------------- copies


def _backup(_: argparse.Namespace) -> int:
    with _opened() as database:
        print(f"Copie : {store.back_up(database)}")
    store.forget_oldest(bootstrap.database_path())
    return 0


def _restore(options: argparse.Namespace) -> int:
    path = bootstrap.database_path()
    copies = store.backups(path)
    if options.copy is None:
        if not copies:
            print("Aucune copie : « netstats backup » en fait une.")
        for copy in copies:
            print(copy)
        return 0
    chosen = next((copy for copy in copies if options.copy in {copy.name, copy.stem}), Path(options.copy))
    former = store.restore(path, chosen)
    print(f"La base {path} est de nouveau celle de {chosen.name}.")
    if former:
        print(f"Ce qu’elle contenait est gardé dans {former}.")
    return 0


def _new(options: argparse.Namespace) -> int:
    bootstrap.create_empty(options.file)
    print(f"Base vide : {options.file}. Donnez ce chemin à NETSTATS_DATABASE pour l’ouvrir.")
    return 0
