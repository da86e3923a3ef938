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
_MAIL = re.compile(r"[\w.+-]@[\w-]+(?:\.[\w-]+)+")
_DISGUISED_MAIL = re.compile(
    r"\w\s*(?:\s@\s?|@\s|[\[({]\s*(?:at|arobase|a|@)\s*[\])}]|\barobase\b)\s*[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_DAY_BEFORE = r"(?!\d{2}([-/.])\d{2}\1(?:19|20)\d{2}(?!\d))"  # « 06/12/2034 14 h » is a day and an hour
_PHONE = re.compile(
    rf"(?<!\d){_DAY_BEFORE}(?:(?:\+|00)33[\s./-]?(?:\(0\))?|\(?0)[1-9]\)?"
    r"(?:(?:[\s.-]?\d{2}){4}|(?:\s?[-./,_·•–—|\\]\s?\d{2}){4}|\d{2}(?:[\s./-]\d{3}){2}|(?:[\s./-]\d{3}){2}[\s./-]?\d{2})"
    r"(?!\d)"
)
# « Mme la maire », « M. et Mme », « Madame, Monsieur » name nobody.
_NOBODY = (
    r"(?!(?:l[ea]s?|d[eu]s?|une?|et|ou|en|aux?|qui|que|dont|par|pour|sur|dans|maires?|adjointe?s?|présidente?s?"
    r"|préfète?s?|élue?s?|ministres?|députée?s?|directeurs?|directrices?)\b|[ld]['’])"
)
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
_ADDRESSED = re.compile(
    rf"(?<![\w’'-])(?:(?i:mlles?|mmes?|mr|madame|mademoiselle|monsieur)\b\.?|MM?\.|(?<!\d )(?<!\d)mm?\.)"
    rf"\s*(?<=[\s.]){_NOBODY}[{_LETTER}]"
    # « M » alone may be a letter of a plan; where a sentence begins a person, it is not.
    r"|(?:^|[,;:(/]\s?|\b(?:par|avec|de|et|chez|à)\s)MM?\s+[A-ZÀ-ÖØ-Þ][\w’'-]"
)
_TITLED = re.compile(
    rf"(?<![\w’'-])(?:(?i:dr)\b\.?\s*(?<=[\s.]){_NOBODY}[{_LETTER}]"
    r"|(?:Me|M[aà]ître|MA[IÎ]TRE|Pr|Professeure?|[Dd]octeur|DOCTEUR|Doctoresse|Mesdames|Messieurs)\b\.?\s+[A-ZÀ-ÖØ-ÞŒ])"
)
# « rue du Dr Roux » is a place.
_NAMES_A_PLACE = re.compile(
    r"\b(?:rue|avenue|av\.?|boulevard|bd|place|square|quai|allée|impasse|chemin|parc|jardin|salle|espace|centre"
    r"|hôpital|clinique|école|collège|lycée|gymnase|stade|complexe|maison|résidence|amphithéâtre|auditorium|bâtiment)"
    r"\s+(?:hospitalier\s+|social\s+|culturel\s+)?(?:d[eu]s?\s+)?$",
    re.IGNORECASE,
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
    what = _MAIL.search(value) and "une adresse électronique" if is_address else _person_in(value)
    return f"contient {what} ; {_NO_PERSONAL_DATA}" if what else None


def _person_in(value: str) -> str | None:
    plain = unicodedata.normalize("NFKC", value)  # « Mᵐᵉ », no-break spaces, wide digits
    # The marks first: on texts that have none, as most, the search takes long.
    may_hold_a_mail = any(mark in plain for mark in "@[({") or "arobase" in plain.lower()
    if may_hold_a_mail and (_MAIL.search(plain) or _DISGUISED_MAIL.search(plain)):
        return "une adresse électronique"
    if _PHONE.search(plain):
        return "un numéro de téléphone"
    of_a_place = (
        bool(_NAMES_A_PLACE.search(plain, max(0, found.start() - 60), found.start()))
        for found in _TITLED.finditer(plain)
    )
    return "le nom d’une personne" if _ADDRESSED.search(plain) or not all(of_a_place) else None


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


_BODIES = (
    r"(?:communes?|communautes?(?: d[e' ]+\w+)?|collectivites?|organismes?|organisations?|epci|territoires?|villes?"
    r"|structures?|intercommunalites?|agglomerations?|metropoles?|departements?|regions?|cispd|clspd|associations?"
    r"|institutions?|reseaux?|reunions?|rencontres?|themes?|actions?|dispositifs?)(?![a-z])"
)
_NAME_OF_A_BODY = re.compile(
    rf"(?<![a-z])noms?(?: officiels?| complets?| courts?)?(?: de| du| des| d)?(?: la| les?| l)? {_BODIES}"
)
_COUNT = re.compile(r"(?<![a-z])(?:nombre|nbre|nb|effectif)s?(?![a-z])")
_COUNTED = re.compile(
    r"(?<![a-z])(?:personnes|contacts|interlocuteurs|referents|representants|coordonnateurs|directeurs|animateurs|elus"
    r"|maires)(?![a-z])"
)


def announces_persons(name: str, *, by_hand: bool = False) -> str | None:
    """Return why a column called `name` is refused when it seems to hold personal data, else None.

    With `by_hand`, the name is one that people gave: that of a body (« Nom de la commune ») and a count (« Nombre
    d’élus ») announce nobody.
    """
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    if by_hand:
        words = " ".join(re.sub(r"[\s_’'-]+", " ", unicodedata.normalize("NFKD", name.lower())).split())
        plain = _NAME_OF_A_BODY.sub("", words.encode("ascii", "ignore").decode())
        plain = _COUNTED.sub("", plain) if _COUNT.search(plain) else plain
    if _PERSONAL_WORDS.search(plain):
        return f"colonne refusée, elle semble annoncer des personnes ; {_NO_PERSONAL_DATA}"
    return None
