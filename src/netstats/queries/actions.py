"""Figures of the page « actions »: what was done, for whom, where, and who already did it."""

from __future__ import annotations

from netstats.queries.figure import Figure

FIGURES: tuple[Figure, ...] = ()
