"""Which field of a form a header names."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from netstats.intake.forms import Field, Form
from netstats.reference.fold import normalize

_PARENTHESES = re.compile(r"\([^()]*\)")


@cache
def _keys(form: Form) -> dict[str, tuple[Field, str]]:
    """Return the field and how it is named, by normalised header or synonym."""
    keys = {normalize(name): (field, "synonym") for field in form.fields for name in field.synonyms}
    return keys | {normalize(field.header): (field, "header") for field in form.fields}


@cache
def _near_keys(form: Form) -> tuple[str, ...]:
    return tuple(key for key in _keys(form) if len(key) >= 4)


def meaning_of(header: object, form: Form) -> tuple[Field, str] | None:
    """Return the field that a header names and how: « header », « synonym » or « near »; None when it names none."""
    if not isinstance(header, str) or len(header) > 100:
        return None
    keys = _keys(form)
    for reading in (normalize(header), normalize(_PARENTHESES.sub(" ", header))):
        if reading in keys:
            return keys[reading]
    return _near(normalize(header), form)


def _near(header: str, form: Form) -> tuple[Field, str] | None:
    """Return the only field whose name is a typing slip away: one letter, two when it has eight or more."""
    allowed = 0 if len(header) < 5 else 1 if len(header) < 8 else 2
    if not allowed:
        return None
    found = process.extract(header, _near_keys(form), scorer=OSA.distance, score_cutoff=allowed, limit=None)
    nearest = {_keys(form)[key][0].name for key, distance, _ in found if distance == found[0][1]}
    return (form.field(nearest.pop()), "near") if len(nearest) == 1 else None
