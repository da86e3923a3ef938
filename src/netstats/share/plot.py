"""A chart as an office program draws it, whatever the program: categories, series, colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Series:
    """The values of a native chart that share a name: one a category, None where unknown; a `#RRGGBB` for each."""

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """A chart as an office program draws it.

    `bars` are horizontal, the first category on top; `columns` vertical, side by side. `is_share`: the values are
    shares of 1, to be written as percentages.
    """

    kind: Literal["bars", "columns"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_share: bool = False
