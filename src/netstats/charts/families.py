"""The sign of each family of themes: a shape that says it without its colour, the same in every chart and key."""

from __future__ import annotations

from dataclasses import dataclass

from netstats.charts.chart import Shape
from netstats.charts.palette import family_place


@dataclass(frozen=True)
class FamilySign:
    """A shape, as a key, plotly and a line of text have it."""

    shape: Shape
    symbol: str
    glyph: str


SIGNS = (
    FamilySign("circle", "circle", "●"),
    FamilySign("square", "square", "■"),
    FamilySign("diamond", "diamond", "◆"),
    FamilySign("triangle", "triangle-up", "▲"),
    FamilySign("wedge", "triangle-down", "▼"),
    FamilySign("star", "star", "★"),
    FamilySign("cross", "cross", "✚"),
)
"""Those of the families of rank 1 to 7, as the palette has their colours."""

REST = FamilySign("hexagon", "hexagon", "⬢")
"""That of the grey families, and of none."""


def family_sign(rank: object) -> FamilySign:
    """Return the sign of the theme family of that rank."""
    place = family_place(rank)
    return REST if place is None else SIGNS[place]
