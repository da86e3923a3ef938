"""Figures of the page « themes »: how they rise and fade, where and together with which, and one theme's own sheet."""

from __future__ import annotations

from netstats.queries.figure import Figure

FIGURES: tuple[Figure, ...] = ()
