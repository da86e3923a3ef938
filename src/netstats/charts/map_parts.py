"""What a map is made of, whoever draws it: shapes, classes, signs and labels, in Mercator degrees."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from netstats.charts.chart import Shape
from netstats.charts.palette import Palette
from netstats.choices import INTERCOMMUNALITY_KINDS, KIND_GROUPS, OWN_KINDS
from netstats.reference.geography import OVERSEAS_DEPARTMENTS, Outline, mercator

Measure = Literal["share_covered", "share_communes", "attendances"]
Ring = tuple[Sequence[float], Sequence[float]]
Window = tuple[tuple[float, float], tuple[float, float]]

WHOLE = ((-5.6, 10.0), (44.9, 59.9))  # metropolitan France, and room for the tiles
TILE = 1.45
TILE_GAP = 0.15
TILE_CORNER = (-5.4, 45.1)  # in the Bay of Biscay, where nothing else is drawn
SHARE_BREAKS = (0.10, 0.25, 0.50, 0.75)
COUNT_BREAKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
SMALLEST, LARGEST = 6.0, 24.0  # pixels, diameters of the points on a map of the usual height
HEIGHT = 420
CROWD = 150  # territories: beyond, the points shrink so that the country shows between them
CODES_UP_TO = 13  # departments: beyond, their codes would crowd a phone's map


@dataclass(frozen=True)
class Sign:
    """What the territories of some kinds look like."""

    kinds: frozenset[str]
    label: str
    shape: Shape
    symbol: str


SIGNS = (
    Sign(frozenset(KIND_GROUPS["Communes"]), "Commune", "circle", "circle"),
    Sign(frozenset(INTERCOMMUNALITY_KINDS), "Intercommunalité", "diamond", "diamond"),
    Sign(frozenset(OWN_KINDS), "CISPD ou CLSPD", "square", "square"),
    Sign(frozenset(KIND_GROUPS["Départements"]), "Département", "triangle", "triangle-up"),
)
SIGN_OF = {kind: sign for sign in SIGNS for kind in sign.kinds}


@dataclass(frozen=True, eq=False)
class MapParts:
    """What a map is made of; places are in Mercator degrees."""

    window: Window  # the ranges of x and y to show
    shapes: Mapping[str, tuple[Ring, ...]]  # code → rings, in the selection or not; with the tiles, when they are shown
    tiles: Collection[str]  # codes of the departments that are tiles
    breaks: tuple[float, ...]  # where the classes part
    # Code → class of the departments of the selection that have a shape: 0 for nil, then 1 and up; None when unknown.
    classes: Mapping[str, int | None]
    # The territories that have a place, the largest first: `code`, `name`, `kind`, `population`, `attendances`, `x`,
    # `y`, `shape`, `diameter` (pixels, on a map of `HEIGHT`).
    marks: pd.DataFrame
    # Code → where the code of a department is written, away from border and marks; few departments, or tiles.
    labels: Mapping[str, tuple[float, float]]

    def colour(self, code: str, palette: Palette) -> str:
        """Return the colour of a department: that of its class, or the quiet one."""
        rank = self.classes.get(code)
        return palette.outside if rank is None else palette.sequential[rank]


def map_parts(
    departments: pd.DataFrame,
    territories: pd.DataFrame,
    outlines: Iterable[Outline],
    *,
    measure: Measure,
    focus: Collection[str] = (),
) -> MapParts:
    """Return what a map is made of; see `territory_map` for the parameters."""
    shapes: dict[str, tuple[Ring, ...]] = {outline.department_code: outline.rings for outline in outlines}
    whole = not focus or any(code in OVERSEAS_DEPARTMENTS for code in focus)
    tiles = _tiles() if whole else {}
    shapes |= tiles
    values = {str(code): value for code, value in zip(departments["code"], departments[measure], strict=True)}
    drawn = [code for code in values if code in shapes]
    breaks = _count_breaks(departments["attendances"].max()) if measure == "attendances" else SHARE_BREAKS
    marks = _placed(territories)
    places = marks[["x", "y"]].to_numpy(dtype=float)
    return MapParts(
        window=WHOLE if whole else _window([shapes[code] for code in focus if code in shapes]),
        shapes=shapes,
        tiles=frozenset(tiles),
        breaks=breaks,
        classes={code: _class(values[code], breaks) for code in drawn},
        marks=marks,
        labels={code: _roomiest(shapes[code], places) for code in drawn if code in tiles or len(drawn) <= CODES_UP_TO},
    )


def _tiles() -> dict[str, tuple[Ring, ...]]:
    """Return one square a overseas department, two a line."""
    left, bottom = TILE_CORNER
    step = TILE + TILE_GAP
    tiles: dict[str, tuple[Ring, ...]] = {}
    for index, code in enumerate(OVERSEAS_DEPARTMENTS):
        x = left + step * (index % 2)
        y = bottom + step * (2 - index // 2)
        tiles[code] = (((x, x + TILE, x + TILE, x, x), (y, y, y + TILE, y + TILE, y)),)
    return tiles


def _class(value: float, breaks: Sequence[float]) -> int | None:
    """Return 0 for nil, then 1 and up, a value on a break being in the class above; None when unknown."""
    if pd.isna(value):
        return None
    return 0 if value <= 0 else 1 + sum(value >= limit for limit in breaks)


def _count_breaks(largest: float) -> tuple[int, ...]:
    """Return up to four round breaks that spread the counts from 1 to `largest` over classes."""
    below = [limit for limit in COUNT_BREAKS if 1 < limit <= max(largest, 2)]
    return tuple(below[-4:])


def _placed(territories: pd.DataFrame) -> pd.DataFrame:
    """Return the territories that have a place on the map, the largest first, with `x`, `y`, `shape` and `diameter`."""
    metropolitan = territories["lat"].between(41, 52) & territories["lon"].between(-6, 10)
    placed = territories[metropolitan].sort_values("population", ascending=False, na_position="last")
    places = [mercator(float(lon), float(lat)) for lon, lat in zip(placed["lon"], placed["lat"], strict=True)]
    shares = (placed["population"] / placed["population"].max()).astype(float).fillna(0)
    shrunk = min(1.0, CROWD / max(len(placed), 1)) ** 0.25
    return placed.assign(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        shape=[SIGN_OF[kind].shape for kind in placed["kind"]],
        # The area follows the population; the smallest stay large enough to be seen and touched.
        diameter=[round(shrunk * max(SMALLEST, LARGEST * share**0.5), 1) for share in shares],
    )


def _window(shapes: list[tuple[Ring, ...]]) -> Window:
    """Return the ranges of x and y that hold the shapes, with a margin of 6 %."""
    if not shapes:
        return WHOLE
    xs, ys = (list(itertools.chain.from_iterable(ring[axis] for rings in shapes for ring in rings)) for axis in (0, 1))
    margin = 0.06 * max(max(xs) - min(xs), max(ys) - min(ys))
    return (min(xs) - margin, max(xs) + margin), (min(ys) - margin, max(ys) + margin)


def _roomiest(rings: Sequence[Ring], marks: np.ndarray) -> tuple[float, float]:
    """Return the point inside the rings that is the farthest from the border and from the marks."""
    border = np.concatenate([np.column_stack(ring) for ring in rings])
    # An odd number of steps, so that the middle is among them.
    across, up = (np.linspace(min(values), max(values), 21) for values in border.T)
    grid = np.column_stack([axis.ravel() for axis in np.meshgrid(across, up)])
    grid = grid[_inside(grid, rings)]
    low, high = border.min(axis=0), border.max(axis=0)
    own = marks[((marks >= low) & (marks <= high)).all(axis=1)]  # those elsewhere take no room here
    taken = np.concatenate([border, own])
    room = ((grid[:, :1] - taken[:, 0]) ** 2 + (grid[:, 1:] - taken[:, 1]) ** 2).min(axis=1)
    x, y = grid[room.argmax()]
    return float(x), float(y)


def _inside(points: np.ndarray, rings: Sequence[Ring]) -> np.ndarray:
    """Return which points lie inside the rings, by the even-odd rule, so that a hole is outside."""
    inside = np.zeros(len(points), dtype=bool)
    px, py = points[:, :1], points[:, 1:]
    for ring_x, ring_y in rings:
        xs, ys = np.asarray(ring_x), np.asarray(ring_y)
        x1, y1, x2, y2 = xs[:-1], ys[:-1], xs[1:], ys[1:]
        crosses = (y1 > py) != (y2 > py)
        with np.errstate(divide="ignore", invalid="ignore"):  # a level edge crosses nothing
            left_of = px < (x2 - x1) * (py - y1) / (y2 - y1) + x1
        inside ^= (crosses & left_of).sum(axis=1) % 2 == 1
    return inside
