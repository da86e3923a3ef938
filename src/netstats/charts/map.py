"""The map of the departments, with the participating territories as points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd

from netstats.charts.chart import Chart, KeyEntry, require
from netstats.charts.map_parts import (
    CROWD,
    HEIGHT,
    SIGNS,
    TILE,
    TILE_CORNER,
    TILE_GAP,
    Inset,
    MapParts,
    Measure,
    Ring,
    Window,
    map_parts,
)
from netstats.charts.palette import Palette
from netstats.charts.spec import CLEAR, SMALL, Spec, carrying, layout
from netstats.charts.words.map import (
    INSET_LINES,
    class_labels,
    department_hover,
    map_alt,
    map_reading,
    neighbour_hover,
    territory_hover,
)
from netstats.reference.geography import Outline, latitude

REACH = 5  # pixels around a point that are the point's; beyond, one is in the department
_SIDE = 24  # points
_GROUND = "cadre"  # of the inset, among the departments
DECIMALS = 3  # of a degree: about a hundred metres


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

    `departments` has one row a department of the selection: `code`, `name`, `attendances`, `territories`,
    `share_covered` (0 to 1, missing when nothing is known) and what the colour stands for (`measure`); those that are
    not in it are drawn quiet. `territories` has one row a participating territory, possibly none: `code`, `name`,
    `kind`, `lon`, `lat` (degrees), `population`, `attendances`; one without a place, or overseas, has no point.
    `outlines` are the shapes of the metropolitan departments; the overseas ones are tiles at the bottom left.

    `neighbours` (code → name) are departments out of the selection that can be clicked all the same; without any, those
    of the selection are not circled either. `focus` are the codes of the departments to zoom to; empty, or with one
    overseas, the whole country. A click gives `["department", code]` or `["territory", code]`.
    """
    require(departments, ("code", "name", "attendances", "territories", "share_covered"))
    rows = {str(row["code"]): row for row in departments.to_dict("records")}
    parts = map_parts(departments, territories, outlines, measure=measure, focus=focus)
    window = _widened(parts.window)
    beside = {code: name for code, name in (neighbours or {}).items() if code in parts.shapes and code not in rows}
    quiet = [code for code in parts.shapes if code not in rows and code not in beside and code not in parts.tiles]
    hovers = {code: neighbour_hover(code, name) for code, name in beside.items()}
    hovers |= {code: department_hover(rows[code]) for code in parts.classes}  # above: a border may be circled

    def departments_of(shapes: Mapping[str, tuple[Ring, ...]]) -> list[Spec]:
        below = [code for code in quiet if code in shapes and _is_near(shapes[code], window)]
        above = {code: hover for code, hover in hovers.items() if code in shapes}
        drawn = _departments(parts, shapes, list(above), palette, circled=parts.classes if beside else ())
        return [
            _departments(parts, shapes, below, palette),
            carrying(drawn, [["department", code] for code in above], list(above.values())),
        ]

    data = [
        *departments_of(parts.shapes),
        *([_frame(parts.inset, palette), *departments_of(parts.inset.shapes)] if parts.inset else []),
        _territories(parts, palette),
        _codes(parts, palette),
    ]
    (west, east), (south, north) = window
    spec = {
        "data": [trace for trace in data if trace.get("locations", trace.get("lon"))],
        "layout": layout(
            palette,
            height=height,
            # Streamlit lets a finger push away a chart that can be clicked, where dragging is forbidden; this way of
            # dragging is that of solids, and does nothing to a map.
            dragmode="orbit",
            hoverdistance=REACH,
            geo={
                "visible": False,
                "bgcolor": CLEAR,
                "projection": {"type": "mercator"},
                # By default the middle is that of the degrees, which lies south of it: the north would be cut.
                "center": {"lon": (west + east) / 2, "lat": latitude((south + north) / 2)},
                "lonaxis": {"range": [west, east]},
                "lataxis": {"range": [latitude(south), latitude(north)]},
            },
        ),
    }
    labels = class_labels(measure, parts.breaks)
    key = [KeyEntry(label, palette.sequential[rank]) for rank, label in enumerate(labels)]
    if None in parts.classes.values():
        key.append(KeyEntry("inconnu", palette.outside))
    used = set(parts.marks["shape"])
    key += [KeyEntry(sign.label, palette.mark, sign.shape) for sign in SIGNS if sign.shape in used]
    known = [row for row in rows.values() if not pd.isna(row[measure])]
    ranked = sorted(known, key=lambda row: (-row[measure], str(row["name"])))
    alt = map_alt(ranked, len(rows), len(territories), measure, has_inset=parts.inset is not None)
    return Chart(spec, alt, map_reading(ranked), tuple(key))


def _widened(window: Window) -> Window:
    """Return the window at least as wide as it is high, around its middle: a map shows nothing beyond its window."""
    (west, east), (south, north) = window
    more = max((north - south) - (east - west), 0) / 2
    return (west - more, east + more), (south, north)


def _is_near(rings: Sequence[Ring], window: Window) -> bool:
    """Return whether a shape may be seen in the window: the rest need not travel."""
    return all(
        max(rings[0][axis]) >= low and min(rings[0][axis]) <= high
        for axis, (low, high) in zip((0, 1), window, strict=True)
    )


@lru_cache(maxsize=512)  # the same shapes at every run of a page
def _feature(code: str, rings: tuple[Ring, ...]) -> Spec:
    """Return a department as GeoJSON, its holes in its largest ring: what lies left of a line is outside for plotly."""
    turned = [
        [[round(x, DECIMALS), round(latitude(y), DECIMALS)] for x, y in zip(*ring, strict=True)][::-1] for ring in rings
    ]
    outer = [[ring] for ring in turned if _area(ring) < 0]
    outer[0] += [ring for ring in turned if _area(ring) >= 0]
    return {"type": "Feature", "id": code, "geometry": {"type": "MultiPolygon", "coordinates": outer}}


def _area(ring: Sequence[Sequence[float]]) -> float:
    """Return twice the area of a closed ring, negative where it turns clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _departments(
    parts: MapParts,
    shapes: Mapping[str, tuple[Ring, ...]],
    codes: Sequence[str],
    palette: Palette,
    *,
    circled: Collection[str] = (),
) -> Spec:
    """Return departments in the colour of their class."""
    colours = [palette.outside, *palette.sequential]
    ranks = [parts.classes.get(code) for code in codes]
    steps = [[place / len(colours), colour] for rank, colour in enumerate(colours) for place in (rank, rank + 1)]
    return {
        "type": "choropleth",
        "geojson": {
            "type": "FeatureCollection",
            "features": [_feature(code, tuple(shapes[code])) for code in codes],
        },
        "locations": list(codes),
        "z": [0 if rank is None else rank + 1 for rank in ranks],
        "zmin": -0.5,
        "zmax": len(colours) - 0.5,
        "colorscale": steps,
        "showscale": False,
        "marker": {
            "line": {
                "color": [palette.text if code in circled else palette.surface for code in codes],
                "width": [1.6 if code in circled else 0.8 for code in codes],
            }
        },
        "hoverinfo": "skip",
    }


def _frame(inset: Inset, palette: Palette) -> Spec:
    """Return the ground of the inset, with a thin line around it."""
    (west, east), (south, north) = inset.frame
    # Points enough on each side: between two far ones the browser draws a great circle, which bends.
    across, up = tuple(np.linspace(west, east, _SIDE).tolist()), tuple(np.linspace(south, north, _SIDE).tolist())
    ring = (
        (*across, *(east,) * _SIDE, *across[::-1], *(west,) * _SIDE),
        (*(south,) * _SIDE, *up, *(north,) * _SIDE, *up[::-1]),
    )
    return {
        "type": "choropleth",
        "geojson": {"type": "FeatureCollection", "features": [_feature(_GROUND, (ring,))]},
        "locations": [_GROUND],
        "z": [0],
        "zmin": -1,
        "zmax": 1,
        "colorscale": [[0, palette.surface], [1, palette.surface]],
        "showscale": False,
        "marker": {"line": {"color": [palette.muted], "width": [1]}},
        "hoverinfo": "skip",
    }


def _territories(parts: MapParts, palette: Palette) -> Spec:
    """Return the territories as points, the small above the large."""
    rows = parts.marks.to_dict("records")
    symbols = {sign.shape: sign.symbol for sign in SIGNS}
    trace = {
        "type": "scattergeo",
        "lon": [round(row["lon"], DECIMALS) for row in rows],
        "lat": [round(row["lat"], DECIMALS) for row in rows],
        "mode": "markers",
        "marker": {
            "size": [row["diameter"] for row in rows],
            "symbol": [symbols[row["shape"]] for row in rows],
            "color": palette.mark,
            "opacity": 0.9,
            "line": {"color": palette.surface, "width": 1 if len(rows) <= CROWD else 0.5},
        },
    }
    carried = [["territory", str(row["code"])] for row in rows]
    return carrying(trace, carried, [territory_hover(row) for row in rows], opacity=0.9)


def _codes(parts: MapParts, palette: Palette) -> Spec:
    """Return the code of each department inside it, where no territory's point covers it, and what the tiles are."""
    places = {**parts.labels, **(parts.inset.labels if parts.inset else {})}
    inks = [palette.readable_on(parts.colour(code, palette)) for code in places]
    positions = ["middle center"] * len(places)
    if any(code in parts.tiles for code in parts.classes):
        left, bottom = TILE_CORNER
        places["Outre-mer"] = (left, bottom + 3 * (TILE + TILE_GAP))
        inks.append(palette.muted)
        positions.append("top right")
    if parts.inset:
        places["<br>".join(INSET_LINES)] = parts.inset.words
        inks.append(palette.muted)
        positions.append("bottom right")
    return {
        "type": "scattergeo",
        "lon": [round(x, DECIMALS) for x, _ in places.values()],
        "lat": [round(latitude(y), DECIMALS) for _, y in places.values()],
        "mode": "text",
        "text": list(places),
        "textposition": positions,
        "textfont": {"size": SMALL, "color": inks},
        "hoverinfo": "skip",
    }
