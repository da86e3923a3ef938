"""The commands that write files: a deck or a workbook of a selection, all the data, the sheets to fill in."""

from __future__ import annotations

import argparse
import io
import os
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from netstats import store, wording
from netstats.catalogue import overview, snapshot
from netstats.cli.filters import add_filters, chosen_filters
from netstats.cli.shell import Commands, progress, read_bytes, see_that_it_is_free, write_bytes
from netstats.errors import NetstatsError, why
from netstats.filters import Choices, Filters, read_face
from netstats.intake import bootstrap, export, template
from netstats.intake.forms import FORMS
from netstats.reference.geography import department_outlines
from netstats.share.selection import Selection, asked_of
from netstats.share.workbook import to_xlsx
from netstats.store import Database
from netstats.wording import counted

if TYPE_CHECKING:
    from netstats.share.plan import Plan, Presentation

_DECK, _WORKBOOK = ".pptx", ".xlsx"
_PARTS = {_DECK: ("ppt/slides/slide", "diapositive"), _WORKBOOK: ("xl/worksheets/sheet", "feuille")}
"""Extension → where a file holds its parts, and what they are called."""


def add_commands(commands: Commands) -> None:
    """Add these commands to those of the program."""
    send = commands.add_parser("export", help="écrire un diaporama, un classeur, ou toutes les données en .csv")
    send.description = (
        "FICHIER.pptx, FICHIER.xlsx : le diaporama ou le classeur d’une sélection. DOSSIER : toutes les données."
    )
    send.usage = f"{send.prog} FICHIER.pptx|FICHIER.xlsx|DOSSIER [options]"
    send.add_argument(
        "directory",
        type=Path,
        metavar="FICHIER|DOSSIER",
        help="fichier .pptx ou .xlsx ; ou dossier vide, ou d’un export précédent",
    )
    add_filters(send)
    send.add_argument("--modele", type=Path, metavar="FICHIER", help="modèle du diaporama (.potx ou .pptx)")
    send.add_argument(
        "--face",
        metavar="SÉLECTION",
        help="seconde sélection du diaporama, côte à côte : « departement=60&periode=2020 », ou « tout »",
    )
    send.add_argument("--presentation", metavar="NOM", help="présentation gardée, pour le diaporama")
    send.add_argument("--force", action="store_true", help="remplacer le fichier s’il existe")
    send.set_defaults(run=_export)

    form = commands.add_parser("template", help="écrire le classeur à remplir, ou le même en .csv")
    form.add_argument("target", type=Path, metavar="FICHIER.xlsx|DOSSIER", help="un classeur, ou un dossier de .csv")
    form.set_defaults(run=_template)


def _export(options: argparse.Namespace) -> int:
    target: Path = options.directory
    kind = target.suffix.lower()
    if os.path.isdir(target) or not kind:  # pathlib raises where a name cannot be that of a file
        given = [name for name, value in vars(options).items() if value and name not in {"directory", "run"}]
        if given:
            raise NetstatsError(
                f"--{given[0]} ne va pas avec un dossier : toutes les données y sont écrites.",
                "Nommez un fichier .pptx ou .xlsx, ou retirez cette option.",
            )
        return _export_all(target)
    _see_that_it_makes_sense(options, target, kind)
    with bootstrap.open_or_build(read_only=True) as database:
        choices, today = overview.choices(database), date.today()
        filters, face, plan = chosen_filters(options, choices), _face(options.face, choices), None
        if options.presentation:
            kept = _kept(database, options.presentation, choices)
            plan, filters = kept.plan, filters if filters.count() else kept.filters
            face = kept.face if face is None else face
        selection = Selection(asked_of(database, today=today), filters, choices, database.version(), today, face)
        meetings = _see_that_it_is_not_empty(selection)
        content = _deck(options, selection, plan) if kind == _DECK else to_xlsx(selection, tell=progress)
    write_bytes(target, content)
    progress(1.0, "Fichier écrit")
    print(f"{target} : {_counted_parts(kind, content)}, {counted(meetings, 'réunion')}. {selection.sentence}.")
    if selection.warning:
        print(selection.warning)
    return 0


def _see_that_it_makes_sense(options: argparse.Namespace, target: Path, kind: str) -> None:
    if kind not in _PARTS:
        raise NetstatsError(
            f"{target} n’est ni un diaporama (.pptx), ni un classeur (.xlsx), ni un dossier.",
            "Nommez un fichier .pptx ou .xlsx.",
        )
    for name in ("modele", "presentation", "face"):
        if getattr(options, name) and kind != _DECK:
            raise NetstatsError(f"--{name} va avec un diaporama.", "Nommez un fichier .pptx, ou retirez cette option.")
    if not options.force:
        see_that_it_is_free(target, remedy="Nommez un autre fichier, ou ajoutez --force.")
    if not os.path.isdir(target.parent):
        raise NetstatsError(f"Le dossier {target.parent} n’existe pas.", "Créez-le, ou nommez-en un autre.")


def _see_that_it_is_not_empty(selection: Selection) -> int:
    """Return how many meetings a selection has; refuse one that the pages say to be empty."""
    found = selection.rows(overview.INDICATORS).iloc[0]
    if found["meetings"] == 0 and found["actions"] == 0 and selection.rows(overview.MEETINGS).empty:
        raise NetstatsError(
            f"Aucune réunion dans cette sélection ({selection.sentence}) : rien n’a été écrit.",
            "Élargissez la période, ou retirez un filtre."
            if selection.filters.count()
            else "Mettez d’abord des réunions dans la base.",
        )
    return int(found["meetings"])


def _face(asked: str | None, choices: Choices) -> Filters | None:
    """Return the second selection; refuse what is none, as any other filter."""
    if asked is None:
        return None
    face, unknown = read_face(asked, choices)
    if unknown:
        raise NetstatsError(f"--face {asked} : {unknown[0].reason}", 'Exemple : --face "departement=60&periode=2020".')
    return face


def _kept(database: Database, name: str, choices: Choices) -> Presentation:
    """Return a presentation that is kept; what of it is not known any more is told."""
    from netstats.share.plan import from_json  # noqa: PLC0415 - as in _deck

    kept = store.presentations.saved(database).set_index("name")["content"]
    if name not in kept:
        known = wording.listing(f"« {other} »" for other in kept.index) or "aucune"
        raise NetstatsError(f"La présentation « {name} » n’est pas enregistrée.", f"Présentations gardées : {known}.")
    found = from_json(str(kept[name]), choices)
    for notice in found.notices:
        print(notice, file=sys.stderr)
    return found


def _deck(options: argparse.Namespace, selection: Selection, kept: Plan | None) -> bytes:
    # Here: what draws takes a second to load, and other commands do without.
    from netstats.share.deck import LARGEST, to_pptx  # noqa: PLC0415
    from netstats.share.plan import Plan  # noqa: PLC0415

    plan = kept or Plan()
    model = None
    if options.modele:
        model, _ = read_bytes(options.modele, LARGEST, "modèle")
    return to_pptx(
        selection,
        plan.slides(selection, department_outlines()),
        title=options.presentation or selection.sentence,
        count=len(plan.shown),
        tell=progress,
        template=model,
    )


def _counted_parts(kind: str, content: bytes) -> str:
    """Return « 22 feuilles » or « 12 diapositives »."""
    place, name = _PARTS[kind]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return counted(sum(member.startswith(place) for member in archive.namelist()), name)


def _export_all(directory: Path) -> int:
    with bootstrap.open_or_build(read_only=True) as database:
        rows, names = snapshot.held_rows(database), snapshot.territory_names(database)
    paths = export.write_dataset(rows, names, directory)
    print(f"{counted(len(paths), 'fichier écrit', 'fichiers écrits')} dans {directory}.")
    return 0


def _template(options: argparse.Namespace) -> int:
    target: Path = options.target
    if target.suffix.lower() == ".xlsx":
        see_that_it_is_free(target)
        with bootstrap.open_or_build(read_only=True) as database:
            lists = template.known_lists(snapshot.held_rows(database))
        write_bytes(target, template.template_workbook(lists))
        print(f"Classeur à remplir : {target}.")
        return 0
    if target.suffix or target.is_file():
        raise NetstatsError(f"{target} n’est ni un fichier .xlsx ni un dossier.", "Nommez un classeur, ou un dossier.")
    forms = {target / f"{form.name}.csv": form for form in FORMS if form.in_template}
    for path in forms:
        see_that_it_is_free(path)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NetstatsError(
            f"Le dossier {target} ne peut pas être créé : {why(error)}.", "Nommez-en un autre."
        ) from error
    for path, form in forms.items():
        write_bytes(path, template.template_csv(form))
        print(f"Fichier à remplir : {path}.")
    return 0
