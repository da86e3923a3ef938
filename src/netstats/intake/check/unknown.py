"""Words that say that a value is not known, « NC », « à définir »: where it may be so, they are an empty cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from netstats.intake.forms import Field, Form
from netstats.intake.read.grids import quoted
from netstats.reference.fold import normalize
from netstats.wording import NO_BREAK, counted, listing

_UNKNOWN = frozenset(
    f"{word}{ending}"
    for word, endings in {
        "non communique|non connu|non renseigne|non precise|non determine|non defini|inconnu|indetermine": "|e|s|es",
        "nc|n c|nd|n d|nr|n r|np|n p|n a|nsp|neant|vide|null|none|nan|tbd|tbc|non disponible|sans objet": "",
        "a definir|a preciser|a completer|a determiner|a confirmer|a renseigner|a venir|ne sait pas|pas connu": "",
    }.items()
    for word in word.split("|")
    for ending in endings.split("|")
)
_SIGNS = re.compile(r"[\s?./…_–—-]+")
_NIL = frozenset({"neant"})
"""What says of a number that it is nil, which is not unknown."""
_LONGEST = 20
_COUNTS, _CODES = frozenset({"headcount", "number"}), frozenset({"code", "meeting"})


def without_unknown(form: Form, columns: Mapping[str, list[object]]) -> dict[str, dict[int, str]]:
    """Empty the cells that say that their field is not known; return field → rank → what was written there.

    A field that an empty cell gives a value (« tenue ») keeps them: it would be made known.
    """
    unknown: dict[str, dict[int, str]] = {}
    for name, cells in columns.items():
        field = form.field(name)
        short = {cell for cell in set(cells) if isinstance(cell, str) and len(cell) <= _LONGEST}
        words = {cell for cell in short if field.empty in {None, "unknown"} and _is_unknown(field, cell)}
        for rank, cell in enumerate(cells) if words else ():
            if cell in words:
                unknown.setdefault(name, {})[rank] = str(cell)
                cells[rank] = None
    return unknown


def _is_unknown(field: Field, cell: str) -> bool:
    word = normalize(cell)
    if _SIGNS.fullmatch(cell):
        return True
    is_value = field.kind in _CODES or word in map(normalize, field.choices) or (field.kind in _COUNTS and word in _NIL)
    return word in _UNKNOWN and not is_value


def unknown_said(form: Form, place: str, unknown: Mapping[str, Mapping[int, str]]) -> tuple[str, ...]:
    """Return the sentence that says what was read as an empty cell, but where that is refused; none without."""
    found = {name: cells for name, cells in unknown.items() if not form.field(name).required}
    if not found:
        return ()
    words = Counter(word.strip() for cells in found.values() for word in cells.values())
    number = counted(words.total(), "cellule qui dit", "cellules qui disent")
    columns = listing(quoted(form.field(name).header) for name in found)
    said = listing([quoted(word) for word, _ in words.most_common(5)], "ou")
    return (f"{place}{NO_BREAK}: {number} {said} ({columns}){NO_BREAK}: lues comme vides, la valeur est inconnue.",)
