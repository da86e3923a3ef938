"""Which field of a form a header names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from netstats.intake.forms import Field, Form
from netstats.intake.read.grids import letters, quoted
from netstats.reference.fold import normalize
from netstats.wording import listing

MENDED = "a corriger"
"""Header of the column of reasons in a file of rejects, which nothing reads."""
_RANKS = {"header": 3, "synonym": 2, "near": 1}
_PARENTHESES = re.compile(r"\([^()]*\)")
_OTHERS = re.compile(
    r"(?!.*\b(?:hors|sans)\b)"
    r".*\b(?:invit|prevue?s?\b|prevision|excus|absen|attendu|inscri|convie|convoque|objectif|non (?:pre|repre)sen)"
)
"""What parentheses say when a column is of others than its header names: those invited, not those present."""
_LISTS_ANSWERS = frozenset({"choice", "yes_no"})
"""Kinds of fields whose parentheses may list what to answer: « Statut (tenue, prévue) »."""


@cache
def _keys(form: Form) -> dict[str, tuple[Field, str]]:
    """Return the field and how it is named, by normalised header or synonym."""
    keys = {normalize(name): (field, "synonym") for field in form.fields for name in field.synonyms}
    return keys | {normalize(field.header): (field, "header") for field in form.fields}


@cache
def _near_keys(form: Form) -> tuple[str, ...]:
    return tuple(key for key in _keys(form) if len(key) >= 4)


def named_exactly(header: str, form: Form) -> bool:
    """Return whether a header is one of a form or a synonym of it."""
    return normalize(header) in _keys(form)


def meaning_of(header: object, form: Form) -> tuple[Field, str] | None:
    """Return the field that a header names and how: « header », « synonym » or « near »; None when it names none."""
    if not isinstance(header, str) or len(header) > 100:
        return None
    keys = _keys(form)
    if found := keys.get(normalize(header)):
        return found
    found = keys.get(normalize(_PARENTHESES.sub(" ", header)))
    notes = () if not found or found[0].kind in _LISTS_ANSWERS else _PARENTHESES.findall(header)
    if any(_OTHERS.match(normalize(note)) for note in notes):
        return None
    return found or _near(normalize(header), form)


def _near(header: str, form: Form) -> tuple[Field, str] | None:
    """Return the only field whose name is a typing slip away: one letter, two when it has eight or more."""
    allowed = 0 if len(header) < 5 else 1 if len(header) < 8 else 2
    if not allowed:
        return None
    found = process.extract(header, _near_keys(form), scorer=OSA.distance, score_cutoff=allowed, limit=None)
    nearest = {_keys(form)[key][0].name for key, distance, _ in found if distance == found[0][1]}
    return (form.field(nearest.pop()), "near") if len(nearest) == 1 else None


def columns_of(
    headers: Sequence[str], form: Form, *, without: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, str]]:
    """Return the column of each field, and why others are refused: two that name a field equally well.

    « Participants » names it better than « Participants (adultes) ».
    """
    claims: dict[str, list[tuple[tuple[int, bool], int]]] = defaultdict(list)
    for rank, header in enumerate(headers):
        meaning = None if header in without or normalize(header) == MENDED else meaning_of(header, form)
        if meaning:
            how = _RANKS[meaning[1]], not _PARENTHESES.search(header)
            claims[meaning[0].name].append((how, rank))
    columns: dict[str, int] = {}
    refused: dict[str, str] = {}
    for name, claimed in claims.items():
        best = max(how for how, _ in claimed)
        ranks = [rank for how, rank in claimed if how == best]
        if len(ranks) == 1:
            columns[name] = ranks[0]
            continue
        named = listing(letters(rank) for rank in ranks)
        for rank in ranks:
            refused[headers[rank]] = (
                f"les colonnes {named} disent toutes {quoted(form.field(name).header)} ; gardez-en une seule"
            )
    return columns, refused
