"""The key figures in words: value, and what it is known from; the same on screen, on a slide and on paper."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from netstats.catalogue.indicators import MEASURES
from netstats.filters import Filters


@dataclass(frozen=True)
class Headline:
    """A measure in French words: `value` is how much it is (« 6,4 % »), `note` what it is known from, or empty."""

    name: str
    label: str
    value: str
    definition: str
    note: str


def headlines(row: pd.Series, filters: Filters) -> tuple[Headline, ...]:
    """Return the key figures of a selection from its row of the figure « indicateurs »."""
    return tuple(
        Headline(
            measure.name,
            measure.label,
            measure.write(row[measure.name]),
            measure.definition,
            measure.said_of(row, filters),
        )
        for measure in MEASURES
    )
