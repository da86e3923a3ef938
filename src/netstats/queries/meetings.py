"""Figures of the page « meetings »: one meeting's own page, and its neighbours in its network."""

from __future__ import annotations

from netstats.queries.figure import Figure

FIGURES: tuple[Figure, ...] = ()
