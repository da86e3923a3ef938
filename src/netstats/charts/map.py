"""The map of the departments, with the participating territories as points."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from netstats.charts.chart import Chart, KeyEntry, Row, Shape, require
from netstats.charts.palette import Palette
from netstats.charts.spec import SMALL, layout
from netstats.charts.words import first_few, plain, reading
from netstats.reference.geography import OVERSEAS_DEPARTMENTS, Outline, mercator
from netstats.wording import NO_BREAK, THIN_SPACE, counted, is_missing, number, percent

Measure = Literal["share_covered", "share_communes", "attendances"]
Ring = tuple[Sequence[float], Sequence[float]]
Window = tuple[tuple[float, float], tuple[float, float]]

WHOLE = ((-5.6, 10.0), (44.9, 59.9))  # Mercator degrees: metropolitan France, and room for the tiles
TILE = 1.45
TILE_GAP = 0.15
TILE_CORNER = (-5.4, 45.1)  # in the Bay of Biscay, where nothing else is drawn
SHARE_BREAKS = (0.10, 0.25, 0.50, 0.75)
COUNT_BREAKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
SMALLEST, LARGEST = 6.0, 24.0  # pixels, diameters of the points on a map of the usual height
HEIGHT = 420
CROWD = 150  # territories: beyond, the points shrink so that the country shows between them
CODES_UP_TO = 13  # departments: beyond, their codes would crowd a phone's map
SPACING = 1 / 40  # between the invisible points that catch the clicks, as a share of the window

_OF_WHAT: Mapping[Measure, str] = {
    "share_covered": "de la population couverte",
    "share_communes": "des communes couvertes",
}


@dataclass(frozen=True)
class _Sign:
    kinds: frozenset[str]
    label: str
    shape: Shape
    symbol: str


_SIGNS = (
    _Sign(frozenset({"commune"}), "Commune", "circle", "circle"),
    _Sign(frozenset({"CC", "CA", "CU", "METRO", "EPT"}), "Intercommunalité", "diamond", "diamond"),
    _Sign(frozenset({"CISPD", "CLSPD"}), "CISPD ou CLSPD", "square", "square"),
    _Sign(frozenset({"department"}), "Département", "triangle", "triangle-up"),
)
_SHAPES = {kind: sign.shape for sign in _SIGNS for kind in sign.kinds}


@dataclass(frozen=True, eq=False)
class MapParts:
    """What a map is made of, whoever draws it; places are in Mercator degrees.

    Attributes
    ----------
    window
        The ranges of x and y to show.
    shapes
        Code → rings of the departments, in the selection or not; of those overseas the tiles, when they are shown.
    tiles
        Codes of the departments that are tiles.
    breaks
        Where the classes part.
    classes
        Code → class of the departments of the selection that have a shape: 0 for nil, then 1 and up; None when
        unknown.
    marks
        The territories that have a place, the largest first: `code`, `name`, `kind`, `population`, `attendances`, `x`,
        `y`, `shape`, `diameter` (pixels, on a map of `HEIGHT`).
    labels
        Code → where the code of a department is written, away from border and marks; few departments, or tiles.
    """

    window: Window
    shapes: Mapping[str, tuple[Ring, ...]]
    tiles: Collection[str]
    breaks: tuple[float, ...]
    classes: Mapping[str, int | None]
    marks: pd.DataFrame
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
    breaks = SHARE_BREAKS if measure in _OF_WHAT else _count_breaks(departments["attendances"].max())
    marks = _placed(territories)
    points = marks[["x", "y"]].to_numpy(dtype=float)
    return MapParts(
        window=WHOLE if whole else _window([shapes[code] for code in focus if code in shapes]),
        shapes=shapes,
        tiles=frozenset(tiles),
        breaks=breaks,
        classes={code: _class(values[code], breaks) for code in drawn},
        marks=marks,
        labels={code: _roomiest(shapes[code], points) for code in drawn if code in tiles or len(drawn) <= CODES_UP_TO},
    )


def territory_map(
    departments: pd.DataFrame,
    territories: pd.DataFrame,
    outlines: Iterable[Outline],
    *,
    measure: Measure,
    palette: Palette,
    neighbours: Mapping[str, str] | None = None,
    focus: Collection[str] = (),
    height: int = HEIGHT,
) -> Chart:
    """Return the departments coloured by class, and the participating territories as points.

    Parameters
    ----------
    departments
        One row a department of the selection: `code`, `name`, `attendances`, `territories`, `share_covered`
        (0 to 1, missing when nothing is known). Departments that are not in it are drawn quiet.
    territories
        One row a participating territory, possibly none: `code`, `name`, `kind`, `lon`, `lat` (degrees),
        `population`, `attendances`. One without a place, or overseas, has no point.
    outlines
        Shapes of the metropolitan departments; the overseas ones are tiles at the bottom left.
    measure
        What the colour says: `share_covered`, `share_communes` (a column of `departments` then) or `attendances`.
    palette
        Colours.
    neighbours
        Code → name of departments out of the selection that can be clicked all the same; without any, those of the
        selection are not circled either.
    focus
        Codes of the departments to zoom to; empty, or with one overseas, for the whole country.
    height
        Pixels.

    Returns
    -------
    Chart
        Clicks give the customdata `["department", code]` or `["territory", code]`.

    Raises
    ------
    ValueError
        No department, or a column missing.

    Notes
    -----
    A click inside a filled shape selects nothing in plotly: only points can be selected. So each department
    is sown with invisible points, and the nearest one to the pointer speaks for its department.
    """
    require(departments, ("code", "name", "attendances", "territories", "share_covered"))
    rows = {str(row["code"]): row for row in departments.to_dict("records")}
    parts = map_parts(departments, territories, outlines, measure=measure, focus=focus)
    shapes, classes, drawn = parts.shapes, parts.classes, tuple(parts.classes)
    beside = {code: name for code, name in (neighbours or {}).items() if code in shapes and code not in rows}

    chart = go.Figure(layout=layout(palette, height=height))
    around = [shapes[code] for code in shapes if code not in rows and code not in parts.tiles]
    _fill(chart, [rings for rings in around if _near(rings, parts.window)], palette.outside, palette)
    for rank in (None, *range(len(palette.sequential))):
        members = [shapes[code] for code in drawn if classes[code] == rank]
        _fill(chart, members, palette.outside if rank is None else palette.sequential[rank], palette)
    if beside:
        _circle(chart, [shapes[code] for code in drawn], palette)

    spacing = SPACING * max(high - low for low, high in parts.window)
    _sow(
        chart,
        {code: _seeds(shapes[code], spacing) for code in drawn},
        names={code: str(rows[code]["name"]) for code in drawn},
        facts={code: _facts(rows[code]) for code in drawn},
        end="de la population couverte",
    )
    _sow(
        chart,
        {code: _seeds(shapes[code], spacing) for code in beside},
        names=beside,
        facts=dict.fromkeys(beside, ""),
        end="hors de la sélection",
    )
    signs = _mark(chart, parts.marks, palette)
    _name(chart, parts, palette)
    if any(code in parts.tiles for code in drawn):
        _name_tiles(chart, palette)

    chart.update_layout(hoverdistance=60)
    chart.update_xaxes(range=list(parts.window[0]))
    chart.update_yaxes(range=list(parts.window[1]), scaleanchor="x", scaleratio=1, constraintoward="top")

    key = [KeyEntry(label, palette.sequential[rank]) for rank, label in enumerate(_class_labels(measure, parts.breaks))]
    if None in classes.values():
        key.append(KeyEntry("inconnu", palette.outside))
    key += [KeyEntry(sign.label, palette.mark, sign.shape) for sign in signs]
    ranked = sorted(
        (row for row in rows.values() if not pd.isna(row[measure])),
        key=lambda row: (-row[measure], str(row["name"])),
    )
    return Chart(chart.to_dict(), _alt(ranked, rows, territories, measure), _reading(ranked), tuple(key))


def _tiles() -> dict[str, tuple[Ring, ...]]:
    """Return one square a overseas department, two a line, in Mercator degrees."""
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
    if value <= 0:
        return 0
    return 1 + sum(value >= limit for limit in breaks)


def _count_breaks(largest: float) -> tuple[int, ...]:
    """Return up to four round breaks that spread the counts from 1 to `largest` over classes."""
    below = [limit for limit in COUNT_BREAKS if 1 < limit <= max(largest, 2)]
    return tuple(below[-4:])


def _class_labels(measure: Measure, breaks: Sequence[float]) -> list[str]:
    if measure in _OF_WHAT:
        limits = [number(limit * 100) for limit in breaks]
        unit = f"{THIN_SPACE}%"
        between = [f"{low} à {high}{unit}" for low, high in itertools.pairwise(limits)]
        return [f"0{unit}", f"moins de {limits[0]}{unit}", *between, f"{limits[-1]}{unit} et plus"]
    labels = ["0"]
    for low, above in zip((1, *breaks), breaks, strict=False):
        high = int(above) - 1
        labels.append(number(low) if low == high else f"{number(low)} à {number(high)}")
    return [*labels, f"{number(breaks[-1])} et plus"]


def _joined(rings: Iterable[Ring]) -> tuple[np.ndarray, np.ndarray]:
    """Return all rings as two arrays, parted by NaN; single precision halves the bytes and costs a metre."""
    xs: list[float] = []
    ys: list[float] = []
    for ring_x, ring_y in rings:
        xs += [*ring_x, np.nan]
        ys += [*ring_y, np.nan]
    return np.array(xs[:-1], dtype=np.float32), np.array(ys[:-1], dtype=np.float32)


def _fill(chart: go.Figure, shapes: list[tuple[Ring, ...]], colour: str, palette: Palette) -> None:
    if not shapes:
        return
    xs, ys = _joined(ring for rings in shapes for ring in rings)
    chart.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        fillcolor=colour,
        hoverinfo="skip",
        line={"color": palette.surface, "width": 0.8},
    )


def _circle(chart: go.Figure, shapes: list[tuple[Ring, ...]], palette: Palette) -> None:
    if not shapes:
        return
    xs, ys = _joined(ring for rings in shapes for ring in rings)
    chart.add_scatter(x=xs, y=ys, mode="lines", hoverinfo="skip", line={"color": palette.text, "width": 1.6})


@lru_cache(maxsize=512)  # the same shapes at every run of a page, at a few zooms
def _seeds(rings: Sequence[Ring], spacing: float) -> np.ndarray:
    """Return points inside the rings such that the nearest seed of all shapes tells which one a place is in.

    A grid alone is wrong at one place in nine, near the borders. So seeds also follow the border, a little inside it;
    both neighbours choose the same vertices of their common border, which therefore runs half-way between their
    seeds.

    Returns
    -------
    numpy.ndarray
        Shape (n, 2), at least one point, the most central first.
    """
    xs, ys = _joined(rings)
    west, east, south, north = np.nanmin(xs), np.nanmax(xs), np.nanmin(ys), np.nanmax(ys)
    grid_x, grid_y = np.meshgrid(
        np.arange(west + spacing, east, 2 * spacing), np.arange(south + spacing, north, 2 * spacing)
    )
    grid = np.column_stack([grid_x.ravel(), grid_y.ravel(), np.full(grid_x.size, spacing / 2)])
    middle = [[(west + east) / 2, (south + north) / 2, 0.0]]
    # The last column is how far from the border a point has to be.
    points = np.concatenate([middle, grid, *(_along(ring, spacing) for ring in rings)])
    depth = np.sqrt(_squared_depth(points[:, :2], xs, ys))
    kept = _inside(points[:, :2], rings) & (depth >= points[:, 2])
    kept[0] |= not kept.any()
    order = np.argsort(-depth[kept], kind="stable")
    return points[kept, :2][order]


def _along(ring: Ring, spacing: float) -> np.ndarray:
    """Return points a third of `spacing` inside the ring, next to some of its vertices; shape (n, 3), the last nil.

    In each cell of a grid that all shapes share, the vertex nearest to the middle of the cell is taken.
    """
    vertices = np.column_stack(ring)[:-1]
    cells = np.floor(vertices / spacing)
    off_centre = ((vertices / spacing - cells - 0.5) ** 2).sum(axis=1)
    order = np.argsort(off_centre, kind="stable")
    _, first = np.unique(cells[order], axis=0, return_index=True)
    chosen = order[first]
    # Borders are jagged: their direction is taken over a few vertices.
    reach = max(min(4, len(vertices) // 4), 1)
    direction = np.roll(vertices, -reach, axis=0)[chosen] - np.roll(vertices, reach, axis=0)[chosen]
    length = np.hypot(direction[:, 0], direction[:, 1])
    length[length == 0] = 1.0
    inward = np.column_stack([-direction[:, 1], direction[:, 0]]) / length[:, None]
    points = vertices[chosen] + inward * spacing / 3
    return np.column_stack([points, np.zeros(len(points))])


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


def _squared_depth(points: np.ndarray, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Return the squared distance of each point to the nearest vertex of the outline."""
    known = ~np.isnan(xs)
    gaps = (points[:, :1] - xs[known]) ** 2 + (points[:, 1:] - ys[known]) ** 2
    nearest: np.ndarray = gaps.min(axis=1)
    return nearest


def _sow(
    chart: go.Figure, seeds: dict[str, np.ndarray], *, names: dict[str, str], facts: dict[str, str], end: str
) -> None:
    codes = [code for code, points in seeds.items() for _ in range(len(points))]
    if not codes:
        return
    places = np.concatenate(list(seeds.values())).astype(np.float32)
    chart.add_scatter(
        x=places[:, 0],
        y=places[:, 1],
        mode="markers",
        marker={"size": 6, "opacity": 0},
        # Arrays: plotly checks a list item by item, which took a third of the time of the whole map.
        customdata=np.array([["department", code] for code in codes], dtype=object),
        text=np.array([plain(names[code]) for code in codes], dtype=object),
        hovertext=np.array([facts[code] for code in codes], dtype=object),
        # What all have in common stands in the template: a thousand points repeat the rest.
        hovertemplate=("<b>%{text} (%{customdata[1]})</b><br>%{hovertext}" + f"<br>{end}<extra></extra>"),
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
    )


def _name(chart: go.Figure, parts: MapParts, palette: Palette) -> None:
    """Write the code of each department inside it, where no territory's point covers it."""
    if not parts.labels:
        return
    places = parts.labels.values()
    chart.add_scatter(
        x=[round(x, 3) for x, _ in places],
        y=[round(y, 3) for _, y in places],
        mode="text",
        text=list(parts.labels),
        textfont={"size": SMALL, "color": [palette.readable_on(parts.colour(code, palette)) for code in parts.labels]},
        hoverinfo="skip",
    )


def _roomiest(rings: Sequence[Ring], marks: np.ndarray) -> tuple[float, float]:
    """Return the point inside the rings that is the farthest from the border and from the marks."""
    xs, ys = _joined(rings)
    # An odd number of steps, so that the middle is among them.
    across, up = (np.linspace(np.nanmin(values), np.nanmax(values), 21) for values in (xs, ys))
    grid_x, grid_y = np.meshgrid(across, up)
    points = np.column_stack([grid_x.ravel(), grid_y.ravel()])
    points = points[_inside(points, rings)]
    gaps = ((points[:, None, :] - marks[None, :, :]) ** 2).sum(axis=2).min(axis=1, initial=np.inf)
    room = np.minimum(gaps, _squared_depth(points, xs, ys))
    x, y = points[room.argmax()]
    return float(x), float(y)


def _name_tiles(chart: go.Figure, palette: Palette) -> None:
    left, bottom = TILE_CORNER
    chart.add_annotation(
        x=left,
        y=bottom + 3 * (TILE + TILE_GAP),
        text="Outre-mer",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        borderpad=0,
        font={"size": SMALL, "color": palette.muted},
    )


def _placed(territories: pd.DataFrame) -> pd.DataFrame:
    """Return the territories that have a place on the map, the largest first, with `x`, `y`, `shape` and `diameter`."""
    metropolitan = territories["lat"].between(41, 52) & territories["lon"].between(-6, 10)
    placed = territories[metropolitan].sort_values("population", ascending=False, na_position="last")
    points = [mercator(float(lon), float(lat)) for lon, lat in zip(placed["lon"], placed["lat"], strict=True)]
    shares = (placed["population"] / placed["population"].max()).astype(float).fillna(0)
    return placed.assign(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        shape=placed["kind"].map(_SHAPES),
        # The area follows the population; the smallest stay large enough to be seen and touched.
        diameter=[round(_shrink(placed) * max(SMALLEST, LARGEST * share**0.5), 1) for share in shares],
    )


def _shrink(placed: pd.DataFrame) -> float:
    return float(min(1.0, CROWD / max(len(placed), 1)) ** 0.25)


def _mark(chart: go.Figure, placed: pd.DataFrame, palette: Palette) -> list[_Sign]:
    """Draw the territories, one trace a shape, the small above the large; return the signs that were used."""
    used = []
    for sign in _SIGNS:
        rows = placed[placed["shape"] == sign.shape]
        if rows.empty:
            continue
        used.append(sign)
        chart.add_scatter(
            x=rows["x"].to_numpy(dtype=np.float32),
            y=rows["y"].to_numpy(dtype=np.float32),
            mode="markers",
            marker={
                "size": rows["diameter"].tolist(),
                "symbol": sign.symbol,
                "color": palette.mark,
                "opacity": 0.9,
                "line": {"color": palette.surface, "width": 1 if _shrink(placed) == 1 else 0.5},
            },
            customdata=[["territory", str(code)] for code in rows["code"]],
            hovertext=[_territory_hover(row, sign) for row in rows.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 0.9}},
            unselected={"marker": {"opacity": 0.9}},
        )
    return used


def _window(shapes: list[tuple[Ring, ...]]) -> Window:
    """Return the ranges of x and y that hold the shapes, with a margin of 6 %."""
    if not shapes:
        return WHOLE
    xs, ys = _joined(ring for rings in shapes for ring in rings)
    west, east, south, north = (float(f(v)) for v in (xs, ys) for f in (np.nanmin, np.nanmax))
    margin = 0.06 * max(east - west, north - south)
    return (west - margin, east + margin), (south - margin, north + margin)


def _near(rings: tuple[Ring, ...], window: Window) -> bool:
    """Return whether a shape may be seen in a wide card that shows the window: the rest need not travel."""
    (west, east), (south, north) = window
    reach = 1.5 * max(east - west, north - south)
    xs, ys = _joined(rings)
    return bool(
        np.nanmax(xs) > west - reach
        and np.nanmin(xs) < east + reach
        and np.nanmax(ys) > south - reach
        and np.nanmin(ys) < north + reach
    )


def _activity(row: Row) -> str:
    attendances = counted(int(row["attendances"]), "présence")
    return f"{attendances}, {counted(int(row['territories']), 'territoire')}"


def _facts(row: Row) -> str:
    share = row["share_covered"]
    covered = "part inconnue" if is_missing(share) else percent(float(share))
    return f"{_activity(row).replace(NO_BREAK, ' ')}, {covered}"


def _coverage(row: Row, measure: Measure = "share_covered") -> str:
    if is_missing(row[measure]):
        return f"part {_OF_WHAT[measure]} inconnue"
    return f"{percent(float(row[measure]))} {_OF_WHAT[measure]}"


def _territory_hover(row: Row, sign: _Sign) -> str:
    kind = str(row["kind"]) if sign.shape in {"diamond", "square"} else sign.label.lower()
    kind = {"METRO": "métropole"}.get(kind, kind)
    population = row["population"]
    people = "population inconnue" if is_missing(population) else counted(int(population), "habitant")
    name = f"<b>{plain(row['name'])}</b> ({plain(kind)})"
    return f"{name}<br>{counted(int(row['attendances']), 'présence')}<br>{people}"


def _alt(ranked: list[Row], rows: dict[str, Row], territories: pd.DataFrame, measure: Measure) -> str:
    said = [
        f"{row['name']} ({row['code']}), "
        + (_coverage(row, measure) if measure in _OF_WHAT else counted(int(row["attendances"]), "présence"))
        for row in ranked
        if row[measure] > 0
    ]
    what = f"part {_OF_WHAT[measure]}" if measure in _OF_WHAT else "nombre de présences"
    text = f"Carte de {counted(len(rows), 'département')}{NO_BREAK}: {what}. "
    text += f"{first_few(said)}. " if said else "Aucun département n’a de participation. "
    nil = len(rows) - len(said)
    if said and nil:
        text += f"{counted(nil, 'département')} sans participation. "
    points = counted(len(territories), "territoire participant", "territoires participants")
    return f"{text}{points}."


def _reading(ranked: list[Row]) -> str:
    if not ranked or not ranked[0]["attendances"]:
        return reading("aucun territoire de ce département n’a participé.")
    top = ranked[0]
    return reading(f"{top['name']} ({top['code']}){NO_BREAK}: {_activity(top)}, {_coverage(top)}.")
