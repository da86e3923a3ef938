"""How far a long piece of work is, as it tells whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Called with the part that is done (0 to 1) and what is being done, in French."""


def silent(_part: float, _sentence: str) -> None:
    """Tell nobody."""
