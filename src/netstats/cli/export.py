"""The command that takes a selection away: a deck or a workbook, made as the page makes them."""

from __future__ import annotations

import argparse
import io
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from netstats import store, wording
from netstats.catalogue import overview
from netstats.cli.data import progress
from netstats.cli.filters import add_filters, chosen_filters
from netstats.errors import NetstatsError, why
from netstats.filters import Choices, Filters
from netstats.intake import bootstrap
from netstats.reference.geography import department_outlines
from netstats.share.selection import Selection, asked_of
from netstats.share.workbook import to_xlsx
from netstats.store import Database
from netstats.wording import counted

if TYPE_CHECKING:
    from netstats.share.plan import Plan

_DECK, _WORKBOOK = ".pptx", ".xlsx"
_PARTS = {_DECK: ("ppt/slides/slide", "diapositive"), _WORKBOOK: ("xl/worksheets/sheet", "feuille")}
"""Extension → where a file holds its parts, and what they are called."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Have the command that writes all the data into a folder write a selection into a file, too."""
    parser.description = (
        "FICHIER.pptx, FICHIER.xlsx : le diaporama ou le classeur d’une sélection. DOSSIER : toutes les données."
    )
    parser.usage = f"{parser.prog} FICHIER.pptx|FICHIER.xlsx|DOSSIER [options]"
    add_filters(parser)
    parser.add_argument("--modele", type=Path, metavar="FICHIER", help="modèle du diaporama (.potx ou .pptx)")
    parser.add_argument("--presentation", metavar="NOM", help="présentation gardée, pour le diaporama")
    parser.add_argument("--force", action="store_true", help="remplacer le fichier s’il existe")
    parser.set_defaults(run=partial(_export, parser.get_default("run")))


def _export(to_folder: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    target: Path = options.directory
    kind = target.suffix.lower()
    if os.path.isdir(target) or not kind:  # pathlib raises where a name cannot be that of a file
        given = [name for name, value in vars(options).items() if value and name not in {"directory", "run"}]
        if given:
            raise NetstatsError(
                f"--{given[0]} ne va pas avec un dossier : toutes les données y sont écrites.",
                "Nommez un fichier .pptx ou .xlsx, ou retirez cette option.",
            )
        return to_folder(options)
    _see_that_it_makes_sense(options, target, kind)
    database = bootstrap.open_or_build(read_only=True)
    try:
        choices, today = overview.choices(database), date.today()
        filters, plan = chosen_filters(options, choices), None
        if options.presentation:
            plan, kept = _kept(database, options.presentation, choices)
            filters = filters if filters.count() else kept
        selection = Selection(asked_of(database, today=today), filters, choices, database.version(), today)
        meetings = _see_that_it_is_not_empty(selection)
        content = _deck(options, selection, plan) if kind == _DECK else to_xlsx(selection, tell=progress)
    finally:
        database.close()
    _write_whole(target, content)
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
    for name in ("modele", "presentation"):
        if getattr(options, name) and kind != _DECK:
            raise NetstatsError(f"--{name} va avec un diaporama.", "Nommez un fichier .pptx, ou retirez cette option.")
    if os.path.exists(target) and not options.force:
        raise NetstatsError(
            f"{target} existe déjà : il n’est pas remplacé.", "Nommez un autre fichier, ou ajoutez --force."
        )
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


def _kept(database: Database, name: str, choices: Choices) -> tuple[Plan, Filters]:
    """Return the plan of a presentation that is kept, and the selection it was kept with."""
    from netstats.share.plan import from_json  # noqa: PLC0415 - as in _deck

    kept = store.presentations.saved(database).set_index("name")["content"]
    if name not in kept:
        known = wording.listing(f"« {other} »" for other in kept.index) or "aucune"
        raise NetstatsError(f"La présentation « {name} » n’est pas enregistrée.", f"Présentations gardées : {known}.")
    plan, filters, notices = from_json(str(kept[name]), choices)
    for notice in notices:
        print(notice, file=sys.stderr)
    return plan, filters


def _deck(options: argparse.Namespace, selection: Selection, kept: Plan | None) -> bytes:
    # Here: what draws takes a second to load, and other commands do without.
    from netstats.share.deck import LARGEST, to_pptx  # noqa: PLC0415
    from netstats.share.plan import Plan  # noqa: PLC0415

    plan = kept or Plan()
    template = None
    if options.modele:
        try:
            with options.modele.open("rb") as file:
                template = file.read(LARGEST + 1)
        except OSError as error:
            raise NetstatsError(
                f"Le modèle {options.modele} ne peut pas être lu : {why(error)}.", "Vérifiez son chemin."
            ) from error
    return to_pptx(
        selection,
        plan.slides(selection, department_outlines()),
        title=options.presentation or selection.sentence,
        count=len(plan.shown),
        tell=progress,
        template=template,
    )


def _counted_parts(kind: str, content: bytes) -> str:
    """Return « 22 feuilles » or « 12 diapositives »."""
    place, name = _PARTS[kind]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return counted(sum(member.startswith(place) for member in archive.namelist()), name)


def _write_whole(target: Path, content: bytes) -> None:
    """Write a file in one go: whoever looks sees the former one, or the whole of the new one."""
    part = target.with_name(f".{target.name}.part")
    try:
        try:
            part.write_bytes(content)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise NetstatsError(
            f"Le fichier {target} ne peut pas être écrit : {why(error)}.",
            "Fermez-le s’il est ouvert, ou choisissez un autre dossier.",
        ) from error
