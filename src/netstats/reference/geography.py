"""Where the data lies, and the shapes of the map: outlines of the departments in Mercator coordinates."""

from __future__ import annotations

import csv
import math
import os
from dataclasses import dataclass
from pathlib import Path

from netstats.errors import NetstatsError

OVERSEAS_DEPARTMENTS = ("971", "972", "973", "974", "976")
"""Departments without an outline (too far for one map): charts draw them as labelled tiles."""


@dataclass(frozen=True)
class Outline:
    """The shape of a department.

    Attributes
    ----------
    department_code
        INSEE code, `59` or `2A`.
    rings
        Closed rings (the first point comes again at the end), the largest first, each the pair (xs, ys) in
        Mercator degrees, see `mercator`. Outer rings turn anticlockwise, holes (a neighbour's enclaves)
        clockwise.
    """

    department_code: str
    rings: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]


def data_directory() -> Path:
    """Return the directory of `network/` and `reference/`: NETSTATS_DATA, else data/ of the checkout."""
    named = os.environ.get("NETSTATS_DATA")
    return Path(named) if named else Path(__file__).parents[3] / "data"


def reference_directory() -> Path:
    """Return the directory of the official geography, see its README.md."""
    return data_directory() / "reference"


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Return the Mercator coordinates (x, y) in degrees of a longitude and a latitude in degrees.

    x is the longitude; y is deg(ln(tan(45° + lat/2))), so that shapes keep their angles where one unit of x
    is drawn as long as one unit of y (`scaleanchor="x"`).
    """
    return lon, math.degrees(math.log(math.tan(math.radians(45 + lat / 2))))


def latitude(y: float) -> float:
    """Return the latitude, in degrees, of a Mercator coordinate: the way back from `mercator`."""
    return math.degrees(2 * math.atan(math.exp(math.radians(y)))) - 90


def department_outlines(path: Path | None = None) -> tuple[Outline, ...]:
    """Return the outlines of the 96 metropolitan departments, in the order of their codes.

    Parameters
    ----------
    path
        Another department_outlines.csv than that of `reference_directory()`.

    Raises
    ------
    NetstatsError
        The file is missing.
    """
    path = path or reference_directory() / "department_outlines.csv"
    rings: dict[str, list[tuple[tuple[float, ...], tuple[float, ...]]]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                ring = (tuple(map(float, row["xs"].split())), tuple(map(float, row["ys"].split())))
                rings.setdefault(row["department_code"], []).append(ring)
    except FileNotFoundError as error:
        raise NetstatsError(
            f"Le fichier des contours des départements est introuvable : {path}.",
            "Vérifiez que le dossier data/reference est complet, ou la variable NETSTATS_DATA.",
        ) from error
    return tuple(Outline(code, tuple(found)) for code, found in rings.items())
