"""How the demonstration set draws: by weights, which may change with the years."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from itertools import accumulate, pairwise
from typing import TypeVar

from netstats.demonstration_world import Curve

_T = TypeVar("_T")


def drawn(chance: random.Random, weights: Mapping[_T, float]) -> _T:
    """Return one, the heavier the likelier."""
    bounds = list(accumulate(weights.values()))
    return list(weights)[min(bisect_left(bounds, chance.random() * bounds[-1]), len(bounds) - 1)]


def several(chance: random.Random, weights: Mapping[_T, float], count: int) -> list[_T]:
    """Return up to `count` different ones, the heavier the likelier (Efraimidis and Spirakis, 2006)."""
    ranks = {one: chance.random() ** (1 / weight) for one, weight in weights.items() if weight > 0}
    return sorted(ranks, key=ranks.__getitem__, reverse=True)[:count]


def decimal_year(day: date) -> float:
    """Return a day as a year with decimals."""
    return day.year + (day.timetuple().tm_yday - 1) / 365


def weight_at(curve: Curve, year: float) -> float:
    """Return the weight of a curve at a moment: straight between its points, level before and after them."""
    for (left, low), (right, high) in pairwise(curve):
        if left <= year <= right:
            return low + (high - low) * (year - left) / (right - left)
    return curve[0][1] if year < curve[0][0] else curve[-1][1]
