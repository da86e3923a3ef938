"""The map as native shapes, each with a name of its own, in one group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from netstats.charts.map_parts import (
    HEIGHT,
    TILE,
    TILE_CORNER,
    TILE_GAP,
    Inset,
    MapParts,
    Point,
    Ring,
    clipped,
    map_parts,
)
from netstats.charts.palette import LIGHT
from netstats.charts.words.map import INSET_LINES
from netstats.share.bodies import Map
from netstats.share.deck import shapes as native
from netstats.share.deck.text import LINE, Area, Typesetter
from netstats.wording import NO_BREAK, is_missing, percent

_LABEL = 11.0  # points
_GRID = native.PATH_UNIT

_Cell = tuple[int, int]


@dataclass(frozen=True)
class _Sheet:
    """Where the map lies: `area` in points of the slide shows the window from `west` and `north`, at `scale`."""

    area: Area
    west: float
    north: float
    scale: float

    @classmethod
    def of(cls, parts: MapParts, room: Area) -> _Sheet:
        """Return the largest sheet; around a part of the country, it shows as much as the room holds."""
        (west, east), (south, north) = parts.window
        scale = min(room.width / (east - west), room.height / (north - south))
        if parts.tiles:
            return cls(Area(room.left, room.top, (east - west) * scale, (north - south) * scale), west, north, scale)
        middle_x, middle_y = (west + east) / 2, (south + north) / 2
        return cls(room, middle_x - room.width / 2 / scale, middle_y + room.height / 2 / scale, scale)

    def place(self, x: float, y: float) -> Point:
        """Return where a place is on the slide, in points."""
        return self.area.left + (x - self.west) * self.scale, self.area.top + (self.north - y) * self.scale


def draw(shapes: Any, room: Area, body: Map, description: str, setter: Typesetter) -> Area:
    """Add the map to a slide as one group of named shapes; return where it lies."""
    parts = map_parts(body.departments, body.territories, body.outlines, measure="share_covered", focus=body.focus)
    sheet = _Sheet.of(parts, room)
    shapes.turbo_add_enabled = True  # they are hundreds
    members = [
        *_departments(shapes, body, parts, sheet),
        *(_inset(shapes, body, parts, parts.inset, sheet) if parts.inset else ()),
        *_marks(shapes, parts, sheet),
        *_labels(shapes, parts, sheet, setter),
    ]
    shapes.turbo_add_enabled = False
    native.group(shapes, "Carte", description, members)
    return sheet.area


def _departments(shapes: Any, body: Map, parts: MapParts, sheet: _Sheet) -> Iterator[Any]:
    """Draw the departments, those out of the selection below the others."""
    names = _names(body)
    around = [code for code in parts.shapes if code not in names and code not in parts.tiles]
    for code in (*around, *parts.classes):
        yield from _department(shapes, _name(code, names), parts.colour(code, LIGHT), parts.shapes[code], sheet)


def _inset(shapes: Any, body: Map, parts: MapParts, inset: Inset, sheet: _Sheet) -> Iterator[Any]:
    """Draw Paris and its suburbs enlarged, in a frame."""
    (west, east), (south, north) = inset.frame
    left, top = sheet.place(west, north)
    area = Area(left, top, (east - west) * sheet.scale, (north - south) * sheet.scale)
    yield native.sign(shapes, " ".join(INSET_LINES), area, "square", LIGHT.surface, border=LIGHT.muted)
    names = _names(body)
    for code, rings in inset.shapes.items():
        name = f"{_name(code, names)}, agrandi"
        yield from _department(shapes, name, parts.colour(code, LIGHT), rings, sheet)


def _names(body: Map) -> dict[str, str]:
    return {
        str(row["code"]): f"{row['name']} ({row['code']}){NO_BREAK}: {_share(row['share_covered'])}"
        for row in body.departments.to_dict("records")
    }


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, f"{code}, hors de la sélection")


def _department(shapes: Any, name: str, colour: str, outline: Sequence[Ring], sheet: _Sheet) -> Iterator[Any]:
    """Draw a department, unless none of it is on the sheet."""
    area = sheet.area
    window = (area.left, area.right), (area.top, area.bottom)
    places = ([sheet.place(x, y) for x, y in zip(*ring, strict=True)] for ring in outline)
    rings = [ring for place in places if len(ring := _on_grid(clipped(place, window))) > 2]
    if rings:
        xs, ys = zip(*(cell for ring in rings for cell in ring), strict=True)
        left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
        box = Area(*(cells * _GRID for cells in (left, top, width, height)))
        shape = native.sign(shapes, name, box, "square", colour, border=LIGHT.surface)
        native.outline(shape, [[(x - left, y - top) for x, y in ring] for ring in rings], width, height)
        yield shape


def _marks(shapes: Any, parts: MapParts, sheet: _Sheet) -> Iterator[Any]:
    """Draw the territories, the small above the large."""
    for row in parts.marks.to_dict("records"):
        x, y = sheet.place(row["x"], row["y"])
        half = row["diameter"] / 2 * sheet.area.height / HEIGHT
        mark = Area(x - half, y - half, 2 * half, 2 * half)
        if sheet.area.holds(mark):
            yield native.sign(shapes, str(row["name"]), mark, row["shape"], LIGHT.mark, border=LIGHT.surface)


def _labels(shapes: Any, parts: MapParts, sheet: _Sheet, setter: Typesetter) -> Iterator[Any]:
    """Write the codes of the departments, and what the tiles are."""
    size = setter.pt(_LABEL)
    width, height = setter.width("888", size), size * LINE
    for code, (x, y) in (*parts.labels.items(), *(parts.inset.labels.items() if parts.inset else ())):
        left, top = sheet.place(x, y)
        ink = LIGHT.readable_on(parts.colour(code, LIGHT))
        yield native.label(shapes, code, Area(left - width / 2, top - height / 2, width, height), size, ink)
    if parts.tiles:
        left, top = sheet.place(TILE_CORNER[0], TILE_CORNER[1] + 3 * (TILE + TILE_GAP))
        area = Area(left, top - height, setter.width("Outre-mer", size), height)
        yield native.label(shapes, "Outre-mer", area, size, in_the_middle=False)
    if parts.inset:
        left, top = sheet.place(*parts.inset.words)
        for rank, line in enumerate(INSET_LINES):
            area = Area(left, top + rank * height, setter.width(line, size), height)
            yield native.label(shapes, line, area, size, in_the_middle=False)


def _share(covered: float) -> str:
    return "part inconnue" if is_missing(covered) else percent(covered)


def _on_grid(ring: Sequence[Point]) -> list[_Cell]:
    """Return a ring on a grid that all shapes share, so that neighbours keep one border."""
    cells = [(round(x / _GRID), round(y / _GRID)) for x, y in ring]
    return [cell for cell, after in zip(cells, (*cells[1:], *cells[:1]), strict=True) if cell != after]
