"""`python -m netstats …`: the figures of the pages and the keeping of the data, without a browser."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from netstats import demonstration, store
from netstats.catalogue import overview
from netstats.cli import export, imports, journal, minutes
from netstats.cli.filters import add_filters, chosen_filters
from netstats.cli.shell import REFUSED, Parser, day, how_to_open, speak_french, whole
from netstats.errors import NetstatsError, why
from netstats.filters import Filters
from netstats.intake import bootstrap, data_files
from netstats.reference.geography import data_directory
from netstats.share import tables
from netstats.wording import counted, plural

FAULTY = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns 0 when all is well, 1 when `check` finds a fault, `import` leaves lines out or `minutes` something, 2 when
    the request is refused (with the reason in French).
    """
    speak_french()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a Windows console may speak cp1252, and the texts are French
            reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()  # a reader that has left is met here, not when Python ends
    except NetstatsError as error:
        print(f"netstats : {error}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be written goes nowhere
        if isinstance(error, BrokenPipeError):  # `… | head` has seen enough
            return 0
        done = "« netstats journal » dit ce qui est déjà enregistré."
        print(f"netstats : La commande s’est arrêtée ({why(error)}). {done}", file=sys.stderr)
        return REFUSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m netstats", description="L’activité des réseaux du FFSU, en chiffres.")
    commands = parser.add_subparsers(required=True, metavar="COMMANDE", parser_class=Parser)

    figures = commands.add_parser("figures", help="montrer le tableau derrière une figure")
    figures.add_argument("name", nargs="?", metavar="FIGURE", help="nom de la figure (voir --list)")
    figures.add_argument("--list", action="store_true", help="nommer les figures et leur définition")
    figures.add_argument("--format", choices=("table", "csv", "json"), default="table", help="forme de la réponse")
    add_filters(figures)
    figures.add_argument(
        "--sujet", metavar="VALEUR", default="", help="de quoi parle une fiche : code d’un territoire, d’un thème…"
    )
    figures.set_defaults(run=_figures)

    check = commands.add_parser("check", help="vérifier tous les fichiers de data/")
    check.set_defaults(run=_check)

    schema = commands.add_parser("schema", help="montrer le SQL qui fait, vérifie et écrit les tables")
    schema.set_defaults(run=_schema)

    demo = commands.add_parser(
        "demo", help="écrire un jeu de démonstration : une activité inventée, dans une autre base"
    )
    demo.add_argument("--meetings", type=whole, default=2000, metavar="NOMBRE", help="combien de réunions (2000)")
    demo.add_argument("--seed", type=whole, default=1, metavar="NOMBRE", help="un autre nombre, une autre activité (1)")
    demo.add_argument("--today", type=day, metavar="DATE", help="le dernier jour raconté (aujourd’hui)")
    demo.add_argument("--out", type=Path, default=Path("demo.duckdb"), metavar="FICHIER", help="où (demo.duckdb)")
    demo.add_argument("--force", action="store_true", help="remplacer un jeu de démonstration plus ancien")
    demo.set_defaults(run=_demo)
    for module in (imports, export, journal, minutes):
        module.add_commands(commands)
    return parser


def _figures(options: argparse.Namespace) -> int:
    if options.list:
        for known in overview.FIGURES.values():
            print(f"{known.name}\n    {known.title}. {known.definition}\n")
        return 0
    figure = overview.FIGURES.get(options.name)
    if figure is None:
        names = ", ".join(overview.FIGURES)
        raise NetstatsError(f"La figure « {options.name or ''} » n’existe pas.", f"Au choix : {names}.")
    if figure.subject and not options.sujet:
        raise NetstatsError(
            f"La figure « {figure.name} » demande de quoi elle parle.", f"Ajoutez --sujet ({figure.subject})."
        )
    if options.sujet and not figure.subject:
        raise NetstatsError(f"La figure « {figure.name} » n’a pas de sujet.", "Retirez --sujet.")
    with bootstrap.open_or_build(read_only=True) as database:
        choices = overview.choices(database)
        filters = chosen_filters(options, choices)
        frame = figure.ask(database, filters, options.sujet)
        version = database.version()
    context: tables.Context = {"filters": filters, "choices": choices, "version": version, "subject": options.sujet}
    if options.format == "csv":
        sys.stdout.flush()
        sys.stdout.buffer.write(tables.to_csv(figure, frame, **context))
    elif options.format == "json":
        print(tables.to_json(figure, frame, **context))
    else:
        print(tables.to_text(figure, frame, **context))
    return 0


def _demo(options: argparse.Namespace) -> int:
    demonstration.write(
        options.out,
        meetings=options.meetings,
        seed=options.seed,
        today=options.today,
        replace_older=options.force,
    )
    print(f"{counted(options.meetings, 'réunion inventée', 'réunions inventées')} dans {options.out}.")
    print(how_to_open(options.out))
    return 0


def _schema(_: argparse.Namespace) -> int:
    print(store.schema_sql(), end="")
    return 0


def _check(_: argparse.Namespace) -> int:
    issues = data_files.check(data_directory())
    for issue in issues:
        print(issue)
    if issues:
        print(f"{len(issues)} {plural(len(issues), 'anomalie')} dans {data_directory()}.", file=sys.stderr)
        return FAULTY
    print(f"Tout est en ordre dans {data_directory()}.")
    path, origin = bootstrap.find()
    if origin is not None and not origin.made.startswith(bootstrap.schema_digest()):
        print(f"La base {path} est d’une autre version : elle sera reprise quand une commande ou une page l’ouvrira.")
    elif origin is not None:
        with store.open_database(path, read_only=True) as database:
            store.verify(database)
            for figure in overview.FIGURES.values():  # an index is read by questions alone, never with its table
                figure.ask(database, Filters())
        print(f"Tout est en ordre dans {path}.")
    return 0
