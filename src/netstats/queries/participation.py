"""Figures of the page « participation »: who comes, who is new, who stopped coming, and one territory's own sheet."""

from __future__ import annotations

from netstats.queries.figure import Figure

FIGURES: tuple[Figure, ...] = ()
