"""The words that tell what a territory is: « la ville de », « les CA », « le CISPD », « le conseil départemental »."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from netstats.choices import INTERCOMMUNALITY_KINDS
from netstats.minutes.prose import Prose
from netstats.reference.names import KIND_NAMES

KIND_FORMS = {
    **KIND_NAMES,
    "ville": ("commune",),
    "villes": ("commune",),
    "communes": ("commune",),
    "mairie": ("commune",),
    "mairies": ("commune",),
    "municipalite": ("commune",),
    "municipalites": ("commune",),
    "communautes d agglomeration": ("CA",),
    "communautes d agglomerations": ("CA",),
    "agglomeration": ("CA",),
    "agglomerations": ("CA",),
    "agglo": ("CA",),
    "agglos": ("CA",),
    "communautes de communes": ("CC",),
    "communautes urbaines": ("CU",),
    "communaute": INTERCOMMUNALITY_KINDS,
    "communautes": INTERCOMMUNALITY_KINDS,
    "intercommunalite": INTERCOMMUNALITY_KINDS,
    "intercommunalites": INTERCOMMUNALITY_KINDS,
    "epci": INTERCOMMUNALITY_KINDS,
    "metropoles": ("METRO",),
    "eurometropole": ("METRO",),
    "etablissements publics territoriaux": ("EPT",),
    "conseil intercommunal de securite et de prevention de la delinquance": ("CISPD",),
    "conseil local de securite et de prevention de la delinquance": ("CLSPD",),
    "conseil departemental": ("department",),
    "conseils departementaux": ("department",),
    "departements": ("department",),
}
"""Normalised words → kinds that they tell, best first."""

_BY_FIRST_WORD: dict[str, list[list[str]]] = defaultdict(list)
for _form in sorted(KIND_FORMS, key=lambda form: -form.count(" ")):
    _BY_FIRST_WORD[_form.split(" ")[0]].append(_form.split(" "))
_ACRONYMS = frozenset({"ca", "cc", "cu"})  # « ca » is a word as well: these are written in capitals
_SAME = frozenset({"cispd", "clspd", "ca", "cc", "cu", "ept", "epci"})  # the same word for one and for several


class Kind(NamedTuple):
    """Words that tell a kind: `tokens[first:last]`."""

    first: int
    last: int
    kinds: tuple[str, ...]
    is_plural: bool


def kind_at(prose: Prose, place: int, last: int) -> Kind | None:
    """Return the words that tell a kind of territory at this place; None when there are none."""
    words = prose.tokens
    for form in _BY_FIRST_WORD.get(words[place].norm, ()) if place < last else ():
        end = place + len(form)
        if end > last or [word.norm for word in words[place:end]] != form:
            continue
        key = " ".join(form)
        kinds = KIND_FORMS[key]
        if key in _ACRONYMS and not words[place].text.isupper():
            return None
        article = words[place - 1].norm if place else ""
        is_plural = key.endswith(("s", "x")) or (key in _SAME and article in {"les", "des", "aux"})
        return Kind(place, end, kinds, is_plural)
    return None
