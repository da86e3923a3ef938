"""What the journal keeps of an entry: its kind, who put it in, from which file, and which text; no person."""

from __future__ import annotations

import re
from pathlib import PurePath

from netstats import choices, wording
from netstats.choices import BATCH_KINDS
from netstats.errors import NetstatsError
from netstats.intake.persons import looks_like_a_name, personal, signs_a_person

IMPORT, ENTRY, LISTS = choices.IMPORT, choices.ENTRY, choices.LISTS
MINUTES, WAITING, UNDO = choices.MINUTES, choices.WAITING, choices.UNDO

KINDS = BATCH_KINDS
"""Kind of an entry as it is stored → as people read it."""

_MOST_AUTHOR = 60

MOST_TEXT = 200_000
"""Longest text that is kept with an entry, in characters."""

_ADDRESS = re.compile(r"https?://[^\s@]+")


def author(text: str) -> str:
    """Return who puts something in, tidied; raise a NetstatsError when it is too long, or looks like personal data."""
    tidy = re.sub(r"\s+", " ", text).strip()
    reason = personal(tidy) or ("ressemble au nom d’une personne" if signs_a_person(tidy) else None)
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
