"""What the commands share: French for argparse, the files that they read and write, how far a long work is."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol

from netstats.errors import NetstatsError, why
from netstats.files import put_in_place, room, target, workshop

LEFT_OUT = 1
"""What a command answers when it has said lines that are not taken."""
REFUSED = 2
"""What a command answers when it does not do what was asked."""

_FRENCH = {
    "usage: ": "usage : ",
    "positional arguments": "arguments ",
    "options": "options ",
    "show this help message and exit": "montrer cette aide",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s %(message)s",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "option inconnue : %s",
    "expected one argument": "demande une valeur",
    "expected at least one argument": "demande une valeur au moins",
    "ignored explicit argument %r": "ne prend pas de valeur : %r",
    "invalid choice: %(value)r (choose from %(choices)s)": ": %(value)r n’existe pas (au choix : %(choices)s)",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s est ambigu : %(matches)s",
}


def speak_french() -> None:
    """Have argparse say what it says in French: it asks `gettext`, under the name `_`, for each of its messages."""
    setattr(argparse, "_", lambda message: _FRENCH.get(message, message))  # noqa: B010 - no stub knows it


class Parser(argparse.ArgumentParser):
    """An argument parser that refuses in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave."""
        self.exit(REFUSED, f"{self.prog} : {message}. Essayez « {self.prog} --help ».\n")


class Commands(Protocol):
    """What `add_parser` belongs to."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:  # noqa: A002 - argparse calls it so
        """Return the parser of one more command."""


def whole(text: str) -> int:
    """Read the value of an option."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f": '{text}' n’est pas un nombre entier") from None


def day(text: str) -> date:
    """Read the value of an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f": '{text}' n’est pas une date (AAAA-MM-JJ attendu)") from None


def add_author(parser: argparse.ArgumentParser) -> None:
    """Add the option that says who puts something in."""
    parser.add_argument(
        "--author", default="", metavar="QUI", help="service ou initiales, pour le journal ; jamais un nom de personne"
    )


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Add the option that shows without writing."""
    parser.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien écrire")


def progress(part: float, sentence: str) -> None:
    """Draw how much of a long work is done, from 0 to 1, where a person looks."""
    if sys.stderr.isatty():
        done = round(part * 30)
        end = "\n" if part >= 1 else ""
        print(f"\r[{'#' * done}{'.' * (30 - done)}] {sentence:<40}", end=end, file=sys.stderr, flush=True)


def print_visible(text: str) -> None:
    """Print a line that quotes a file: marks that turn the writing or move the cursor are written out."""
    print("".join(f"\\u{ord(one):04x}" if unicodedata.category(one) in {"Cc", "Cf"} else one for one in text))


def read_bytes(path: Path, most: int, called: str = "fichier") -> tuple[bytes, int]:
    """Return what a file holds, one byte beyond `most` at the most (enough to refuse it), and its size."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1), os.fstat(file.fileno()).st_size
    except OSError as error:
        raise NetstatsError(
            f"Le {called} {path} ne peut pas être lu : {why(error)}.", "Vérifiez son chemin et vos droits."
        ) from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file in one go: whoever looks sees the former one, or the whole of the new one."""
    there = target(path)
    try:
        with workshop(there.parent) as place:
            draft = place / there.name
            draft.write_bytes(content)
            put_in_place(draft, there)
    except OSError as error:
        raise NetstatsError(
            f"Le fichier {path} ne peut pas être écrit : {why(error)}.",
            f"{room(there.parent, len(content))} Fermez le fichier s’il est ouvert.",
        ) from error


def how_to_open(path: Path) -> str:
    """Return how one sets a database as that of the dashboard and the commands."""
    setting = f"NETSTATS_DATABASE={target(path)}"
    said = f'set "{setting}"' if sys.platform == "win32" else f"export {shlex.quote(setting)}"
    return f"Pour l’ouvrir, avant de lancer le tableau de bord ou une commande : {said}"


def see_that_it_is_free(path: Path, *, remedy: str = "Nommez un autre fichier.") -> None:
    """Raise a NetstatsError where there is a file already: nothing is replaced unasked."""
    if not path.name or os.path.exists(path):  # pathlib raises where a name cannot be that of a file
        raise NetstatsError(f"{path} existe déjà : il n’est pas remplacé.", remedy)
