"""What is wrong with a text taken alone: how it is written, what it should be, whom it names."""

from __future__ import annotations

import re
from typing import Literal

from netstats.intake.persons import personal
from netstats.wording import TURNS

_SHAPES = {
    "code": (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "un code (minuscules, chiffres et tirets attendus)"),
    "url": (
        re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?"),
        "une adresse web (http:// ou https:// attendu)",
    ),
}
_DAMAGED = re.compile("\ufffd|Ã[\u0080-\u00bf]|â€")
_INVISIBLE = re.compile(f"[\u0000-\u001f\u007f\u200b{TURNS}\ufeff]")


def text_error(value: str, kind: Literal["text", "url", "code"] = "text", maximum: int | None = None) -> str | None:
    """Return what is wrong with a text that is not empty, or None: it continues a sentence after the value."""
    reason = badly_written(value)
    if reason is None and kind != "code":
        reason = personal(value, is_address=kind == "url")
    if reason is None and kind in _SHAPES:
        shape, expected = _SHAPES[kind]
        reason = None if shape.fullmatch(value) else f"n’est pas {expected}"
    if reason is None and maximum is not None and len(value) > maximum:
        reason = f"est trop long ({len(value)} caractères, {maximum} au plus)"
    return reason


def badly_written(value: str) -> str | None:
    """Return why a text cannot be kept as it is written, whatever it says, or None."""
    if _DAMAGED.search(value):
        return "a été abîmé par un mauvais encodage ; retapez les accents et enregistrez en UTF-8"
    if value != value.strip():
        return "commence ou finit par une espace"
    return "contient un saut de ligne ou un caractère invisible" if _INVISIBLE.search(value) else None
