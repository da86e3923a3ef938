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
Point = tuple[float, float]
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
PARIS = ("75", "92", "93", "94")  # so small that a map of the country has a dozen pixels for each
_AROUND_PARIS = ("77", "78", "91", "95")
_HIGH = 3.0  # degrees: on a map of less, they are large enough
_INSET_ON_WHOLE = ((-5.5, -2.1), (56.25, 59.8))  # in the Channel, where nothing else is drawn
_INSET_SHARE = 0.3  # of the height of another window, which it stands beside
_INSET_GAP = 0.02
_INSET_MARGIN = 0.02


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
class Inset:
    """Paris and its suburbs enlarged in a corner of the map; places are in the Mercator degrees of the map."""

    frame: Window
    words: Point  # the top left corner of its name
    shapes: Mapping[str, tuple[Ring, ...]]  # code → rings, cut at the frame
    labels: Mapping[str, Point]  # code → where it is written


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
    labels: Mapping[str, Point]
    inset: Inset | None  # where the map shows too little of Paris, and the selection has some of it

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
    window = WHOLE if whole else _window([shapes[code] for code in focus if code in shapes])
    inset = _inset(shapes, drawn, window)
    if inset and not whole:
        window = (inset.frame[0][0], window[0][1]), window[1]
    enlarged = inset.labels if inset else ()
    return MapParts(
        window=window,
        shapes=shapes,
        tiles=frozenset(tiles),
        breaks=breaks,
        classes={code: _class(values[code], breaks) for code in drawn},
        marks=marks,
        labels={
            code: _roomiest(shapes[code], places)
            for code in drawn
            if code in tiles or (len(drawn) <= CODES_UP_TO and code not in enlarged)
        },
        inset=inset,
    )


def _inset(shapes: Mapping[str, tuple[Ring, ...]], drawn: Collection[str], window: Window) -> Inset | None:
    """Return Paris enlarged, in the empty corner of the whole map or at the left of another; None without need."""
    (west, _), (south, north) = window
    if not any(code in drawn for code in PARIS) or any(code not in shapes for code in PARIS) or north - south < _HIGH:
        return None
    side, gap = _INSET_SHARE * (north - south), _INSET_GAP * (north - south)
    frame = _INSET_ON_WHOLE if window == WHOLE else ((west - gap - side, west - gap), (north - gap - side, north - gap))
    (left, right), (bottom, top) = frame
    (near_west, near_east), (near_south, near_north) = _window([shapes[code] for code in PARIS], margin=_INSET_MARGIN)
    scale = min((right - left) / (near_east - near_west), (top - bottom) / (near_north - near_south))
    middle_x, middle_y = (near_west + near_east) / 2, (near_south + near_north) / 2

    def enlarged(ring: Ring) -> list[Point]:
        xs, ys = np.asarray(ring[0]), np.asarray(ring[1])
        x, y = (left + right) / 2 + (xs - middle_x) * scale, (bottom + top) / 2 + (ys - middle_y) * scale
        return list(zip(x.tolist(), y.tolist(), strict=True))

    hair = 0.01 * (top - bottom)  # between what is cut and the line around
    inner = (left + hair, right - hair), (bottom + hair, top - hair)
    near = {code: _cut(map(enlarged, shapes.get(code, ())), inner) for code in (*_AROUND_PARIS, *PARIS)}
    found = {code: rings for code, rings in near.items() if rings}
    return Inset(
        frame=frame,
        words=(right + gap, top - gap) if window == WHOLE else (left, bottom - gap),
        shapes=found,
        labels={code: _roomiest(found[code], np.empty((0, 2))) for code in PARIS},
    )


def _cut(rings: Iterable[Sequence[Point]], window: Window) -> tuple[Ring, ...]:
    """Return what lies of closed rings in a window, closed again."""
    kept = (list(clipped(ring, window)) for ring in rings)
    closed = (ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in kept if len(ring) > 2)
    return tuple((tuple(x for x, _ in ring), tuple(y for _, y in ring)) for ring in closed)


def clipped(ring: Sequence[Point], window: Window) -> Sequence[Point]:
    """Return the part of a ring that lies in a window (Sutherland and Hodgman, 1974)."""
    for axis, limit, sign in ((axis, window[axis][end], (1, -1)[end]) for axis in (0, 1) for end in (0, 1)):
        depths = [sign * (point[axis] - limit) for point in ring]
        if min(depths, default=0) >= 0:
            continue
        kept: list[Point] = []
        for (here, depth), (after, next_depth) in itertools.pairwise(
            zip((*ring, *ring[:1]), (*depths, *depths[:1]), strict=True)
        ):
            if depth >= 0:
                kept.append(here)
            if (depth < 0) != (next_depth < 0):
                share = depth / (depth - next_depth)
                kept.append((here[0] + share * (after[0] - here[0]), here[1] + share * (after[1] - here[1])))
        ring = kept
    return ring


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


def _window(shapes: list[tuple[Ring, ...]], *, margin: float = 0.06) -> Window:
    """Return the ranges of x and y that hold the shapes, with a margin around."""
    if not shapes:
        return WHOLE
    xs, ys = (list(itertools.chain.from_iterable(ring[axis] for rings in shapes for ring in rings)) for axis in (0, 1))
    more = margin * max(max(xs) - min(xs), max(ys) - min(ys))
    return (min(xs) - more, max(xs) + more), (min(ys) - more, max(ys) + more)


def _roomiest(rings: Sequence[Ring], marks: np.ndarray) -> Point:
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
