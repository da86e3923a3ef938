"""A chart as an office program draws it, whatever the program: categories, series, colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Series:
    """The values of a native chart that share a name.

    Attributes
    ----------
    name
        French.
    values
        One a category; None where it is unknown.
    colours
        `#RRGGBB`, one a value.
    """

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """A chart as an office program draws it: categories, series, and what the values are.

    Attributes
    ----------
    kind
        `bars`: horizontal, the first category on top. `columns`: vertical, side by side.
    is_share
        Whether the values are shares of 1, to be written as percentages.
    """

    kind: Literal["bars", "columns"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_share: bool = False
