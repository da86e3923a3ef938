"""What is wrong with a cell taken alone, and the marks of personal data that are refused at the door."""

from __future__ import annotations

import re
import unicodedata
from datetime import date as Date  # noqa: N812 - `date` is also the name of a kind of column

from netstats.intake.layout import Column
from netstats.wording import listing

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # fromisoformat also takes 20200506 and 2020-W19
_SHAPES = {
    "code": (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "un code (minuscules, chiffres et tirets attendus)"),
    "url": (
        re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?"),
        "une adresse web (http:// ou https:// attendu)",
    ),
    "int": (re.compile(r"-?[0-9]+"), "un nombre entier (chiffres sans espace attendus)"),
    "float": (re.compile(r"-?[0-9]+(?:\.[0-9]+)?"), "un nombre (chiffres et point décimal attendus)"),
    "bool": (re.compile(r"true|false"), "« true » ou « false »"),
    "coordinates": (
        re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?: -?[0-9]+(?:\.[0-9]+)?)*"),
        "une suite de nombres séparés par une espace",
    ),
}
_DAMAGED = re.compile("\ufffd|Ã[\u0080-\u00bf]|â€")
_INVISIBLE = re.compile("[\u0000-\u001f\u007f\u200b\ufeff]")

_NO_PERSONAL_DATA = "netstats ne garde que des organisations et des nombres"
_PERSONAL = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "une adresse électronique"),
    (
        re.compile(r"(?<!\d)(?:(?:\+|00)33[\s.-]?(?:\(0\))?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)"),
        "un numéro de téléphone",
    ),
    (re.compile(r"\b(?:MM?\.|M(?:lle|me)s?|Monsieur|Madame)\s+[A-ZÀ-Þ]"), "le nom d’une personne"),
)
_PERSONAL_WORDS = re.compile(
    r"(?<![a-z])(?:(?:pre|sur)?noms?|(?:first|last|sur)?names?|civilite|personnes?|contacts?|interlocuteurs?"
    r"|referents?|representants?|coordonnateurs?|directeurs?|animateurs?|elus?|maires?"
    r"|e?mails?|courriels?|tel|telephones?|phones?|mobiles?|portables?)(?![a-z])"
)


def flaw(column: Column, value: str, *, by_hand: bool) -> str | None:
    """Return what is wrong with a cell taken alone, or None; look for persons in what is written by hand."""
    if value == "":
        return "valeur obligatoire, la cellule est vide" if column.required else None
    if column.one_of:
        allowed = listing(column.one_of, "ou")
        return None if value in column.one_of else f"n’est pas une valeur permise ({allowed} attendu)"
    reason = _written_badly(value)
    if by_hand and reason is None and column.kind in {"text", "url"}:
        reason = personal(value, is_address=column.kind == "url")
    if reason is None and column.kind == "date":
        reason = _date_flaw(value)
    elif reason is None and column.kind in _SHAPES:
        shape, expected = _SHAPES[column.kind]
        reason = None if shape.fullmatch(value) else f"n’est pas {expected}"
    return reason or _out_of_bounds(column, value)


def _written_badly(value: str) -> str | None:
    if _DAMAGED.search(value):
        return "a été abîmé par un mauvais encodage ; retapez les accents et enregistrez en UTF-8"
    if value != value.strip():
        return "commence ou finit par une espace"
    return "contient un saut de ligne ou un caractère invisible" if _INVISIBLE.search(value) else None


def personal(value: str, *, is_address: bool = False) -> str | None:
    """Return why a text is refused when it holds a person's e-mail, telephone number or name, else None."""
    # An address may hold ten digits that are no telephone number, and never a form of address.
    for pattern, what in _PERSONAL[:1] if is_address else _PERSONAL:
        if pattern.search(value):
            return f"contient {what} ; {_NO_PERSONAL_DATA}"
    return None


def _date_flaw(value: str) -> str | None:
    day = as_date(value)
    if day is None:
        return "n’est pas une date (AAAA-MM-JJ attendu)"
    return None if 1990 <= day.year < 2100 else "n’est pas une date plausible (de 1990 à 2099)"


def as_date(value: str) -> Date | None:
    """Return the day written as YYYY-MM-DD, or None when it is none."""
    try:
        return Date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        return None


def _out_of_bounds(column: Column, value: str) -> str | None:
    if column.minimum is not None and float(value) < column.minimum:
        return f"est trop petit ({column.minimum} au moins)"
    if column.maximum is not None and float(value) > column.maximum:
        return f"est trop grand ({column.maximum} au plus)"
    if column.max_length is not None and len(value) > column.max_length:
        return f"est trop long ({len(value)} caractères, {column.max_length} au plus)"
    return None


def announces_persons(name: str) -> str | None:
    """Return why a column called `name` is refused when it seems to hold personal data, else None."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    if _PERSONAL_WORDS.search(plain):
        return f"colonne refusée, elle semble annoncer des personnes ; {_NO_PERSONAL_DATA}"
    return None
