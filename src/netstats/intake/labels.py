"""How a stored value is written in a cell, and read back: the one place where both directions stand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from netstats.model import WRITTEN

_CHOICES = [column for table in WRITTEN.values() for column in table.columns if column.choices]

LABELS: Mapping[str, Mapping[str, str]] = {
    column.name: column.choices for column in _CHOICES if any(value != label for value, label in column.choices.items())
}
"""Name of a field → value as it is stored → label, one of the `choices` of the field, in their order."""

YES, NO = "oui", "non"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that starts so is run as a formula by a spreadsheet."""

_GUARDED = re.compile(f"'+[{re.escape(''.join(FORMULA_STARTS))}]")


def label(field: str, value: str) -> str:
    """Return the French label of a stored value; a field without labels stores what people read."""
    return LABELS[field][value] if field in LABELS else value


def guarded(text: str) -> str:
    """Return a text as a .csv carries it: an apostrophe keeps a spreadsheet from running it as a formula.

    A text that looks guarded already gets one more, so that `unguarded` gives back any text as it was.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """Return a text of a .csv without the apostrophe that `guarded` put before it: « '=1+1 » → « =1+1 »."""
    return text[1:] if _GUARDED.match(text) else text
