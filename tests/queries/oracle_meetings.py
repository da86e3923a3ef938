"""The figures of netstats.queries.meetings computed a second time, in plain Python: see oracle.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.queries.oracle import Oracle, Row


def figures(oracle: Oracle) -> dict[str, Callable[..., list[Row]]]:
    """Return figure → what computes its rows from a selection (and a subject, where it has one)."""
    return {}
