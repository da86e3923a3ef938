"""The command that brings files into the data."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import replace
from pathlib import Path

from netstats import wording
from netstats.cli.journal import MOST_SHOWN, NOTHING_WRITTEN, print_diff, print_entry, print_rest
from netstats.cli.shell import (
    LEFT_OUT,
    Commands,
    add_author,
    add_dry_run,
    print_visible,
    progress,
    read_bytes,
    see_that_it_is_free,
    write_bytes,
)
from netstats.errors import NetstatsError
from netstats.intake import bootstrap, changes, journal, rejects
from netstats.intake.check.sheets import CheckResult, check_sheets
from netstats.intake.questions import Question, recalled_words
from netstats.intake.read.files import read_file
from netstats.intake.read.grids import MOST_BYTES
from netstats.intake.read.matching import Matching, match
from netstats.intake.read.remembered import as_before
from netstats.intake.snapshot import read_snapshot
from netstats.store import Batch
from netstats.wording import counted

_LINES_WAIT = "Rien n’a été écrit. Corrigez ces lignes, ou ajoutez --partial pour écrire les autres sans elles."


def add_commands(commands: Commands) -> None:
    """Add this command to those of the program."""
    bring = commands.add_parser(
        "import", help="mettre des fichiers (.xlsx, .csv …) dans la base, après avoir montré quoi"
    )
    bring.add_argument("files", nargs="+", type=Path, metavar="FICHIER", help="classeurs ou .csv, lus ensemble")
    add_dry_run(bring)
    bring.add_argument("--partial", action="store_true", help="écrire les bonnes lignes sans celles qui sont refusées")
    bring.add_argument("--clear", action="store_true", help="une cellule vide efface ce que la base contient")
    bring.add_argument(
        "--answer", action="append", default=[], metavar="CLÉ=CODE", help="réponse à une question ; répétable"
    )
    bring.add_argument(
        "--ask-again", action="store_true", help="redemander ce qui a reçu une réponse dans un import précédent"
    )
    bring.add_argument("--mend", type=Path, metavar="FICHIER", help="où écrire les lignes à corriger")
    add_author(bring)
    bring.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    author = journal.author(options.author)
    answers = dict(_answer(text) for text in options.answer)
    paths = [path for named in options.files for path in _expanded(named)]
    if options.mend:
        see_that_it_is_free(options.mend)
    matchings = [match(grid) for path, name in _named(paths) for grid in read_file(name, _content(path))]
    if all(matching.form is None for matching in matchings):
        _print_matchings(matchings)
        raise NetstatsError(
            "Aucune feuille n’a été reconnue : rien n’a été lu.",
            "Nommez les feuilles et les colonnes comme dans le modèle (« python -m netstats template modele.xlsx »).",
        )
    with bootstrap.open_or_build() as database:
        snapshot = read_snapshot(database)
        if options.ask_again:
            snapshot = replace(snapshot, answers=dict.fromkeys(snapshot.answers, ""))  # known, to be ended, not taken
        matchings = [as_before(matching, snapshot.answers) for matching in matchings]
        _print_matchings(matchings)
        result = check_sheets(matchings, snapshot, answers=answers, empty_clears=options.clear, progress=progress)
        _print_result(result)
        if options.mend:
            _write_rejects(options.mend, matchings, result)
        left_out = bool(result.issues or result.held_back)
        not_all = left_out or any(matching.refused for matching in matchings if matching.form is not None)
        if options.dry_run or (left_out and not options.partial):
            print_diff(database, changes.preview(database, result.change_set))
            print(NOTHING_WRITTEN if options.dry_run else _LINES_WAIT)
        else:
            source = wording.listing(dict.fromkeys(journal.file_name(path.name) for path in paths))
            batch = Batch(journal.IMPORT, f"Import de {source}", author, source, answers=result.answers)
            print_entry(database, changes.commit(database, result.change_set, batch))
    return LEFT_OUT if not_all else 0


def _answer(text: str) -> tuple[str, str]:
    key, separator, code = text.partition("=")  # no key has one, a name may
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
    content, _ = read_bytes(path, MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise NetstatsError(
            f"Le fichier {path} est trop gros ({MOST_BYTES // 2**20} Mio au plus).",
            "Coupez-le en plusieurs fichiers.",
        )
    return content


def _print_matchings(matchings: list[Matching]) -> None:
    for matching in matchings:
        place = f"{matching.grid.file}, feuille {matching.grid.sheet}" if matching.grid.sheet else matching.grid.file
        if matching.form is None:
            print_visible(f"{place} : laissée de côté.")
        else:
            known = ", ".join(matching.form.field(name).header for name in matching.columns)
            print_visible(f"{place} : {matching.form.title} ({known}).")
            if matching.ignored:
                print_visible(f"  Colonnes que rien ne lit : {', '.join(matching.ignored)}.")
        for header, reason in matching.refused.items():
            print_visible(f"  Colonne « {header} » refusée : {reason}.")
        for notice in matching.notices:
            print_visible(f"  {notice}")


def _print_result(result: CheckResult) -> None:
    for (file, sheet), lines in result.lines.items():
        place = f"{file}, feuille {sheet}" if sheet else file
        print_visible(
            f"{place} : {counted(lines.read, 'ligne lue', 'lignes lues')}, {counted(lines.good, 'bonne')}, "
            f"{counted(lines.refused, 'refusée')}, {wording.number(lines.held_back)} en attente d’une réponse"
            f"{f', {wording.number(lines.left_out)} hors compte' if lines.left_out else ''}. Des bonnes, "
            f"{counted(lines.new, 'nouvelle')}, {counted(lines.changed, 'modifiée')} et "
            f"{counted(lines.unchanged, 'inchangée')}."
        )
    for notice in result.notices:
        print_visible(f"  {notice}")
    for issue in result.issues[:MOST_SHOWN]:
        print_visible(f"  {issue}")
    print_rest(len(result.issues), "refus")
    if result.recalled:
        print_visible("  Réponses reprises d’imports précédents (--ask-again les redemande) :")
    for words in recalled_words(result.recalled):
        print_visible(f"    {words}")
    for question in result.questions:
        _print_question(question)
    for key in result.unused_answers:
        print_visible(f"  --answer « {key} » ne répond à aucune question, ou par aucun des choix proposés.")


def _print_question(question: Question) -> None:
    several = "s" if len(question.lines) > 1 else ""
    lines = f"ligne{several} {', '.join(map(str, question.lines[:5]))}{'…' if len(question.lines) > 5 else ''}"
    print_visible(f"  Question ({question.place}, {lines}) : {question.sentence}")
    for option in question.options:
        answer = f"{question.key}={option.code}"
        pasted = shlex.quote(answer) if set('"$`\\!') & set(answer) else f'"{answer}"'
        print_visible(f"    --answer {pasted}  {option.label}")


def _write_rejects(path: Path, matchings: list[Matching], result: CheckResult) -> None:
    found = rejects.rejects_file(matchings, result.issues, result.held_back, result.questions, result.dates)
    if found is None:
        print("Aucune ligne à corriger.")
        return
    target = path.with_suffix(Path(found.name).suffix)
    see_that_it_is_free(target)
    write_bytes(target, found.content)
    print(f"{counted(found.lines, 'ligne')} à corriger dans {target}.")
