"""What the map says."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from netstats.charts.chart import Row
from netstats.charts.map_parts import Measure
from netstats.charts.words import first_few, plain, reading
from netstats.choices import TERRITORY_KINDS
from netstats.wording import NO_BREAK, THIN_SPACE, counted, is_missing, number, percent

INSET_LINES = ("Paris", "et petite", "couronne")

_OF_WHAT: Mapping[Measure, str] = {
    "share_covered": "de la population couverte",
    "share_communes": "des communes couvertes",
}


def class_labels(measure: Measure, breaks: Sequence[float]) -> list[str]:
    """Return what each class of colour stands for, nil first."""
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


def department_hover(row: Row) -> str:
    """Return a department, who came from there, and how much of it that covers."""
    covered = "part inconnue" if is_missing(row["share_covered"]) else percent(float(row["share_covered"]))
    facts = f"{_activity(row).replace(NO_BREAK, ' ')}, {covered}"
    return f"<b>{plain(row['name'])} ({row['code']})</b><br>{facts}<br>de la population couverte"


def neighbour_hover(code: str, name: str) -> str:
    """Return a department that is not in the selection."""
    return f"<b>{plain(name)} ({code})</b><br>hors de la sélection"


def territory_hover(row: Row) -> str:
    """Return a territory, how often it came and who lives there."""
    kind = TERRITORY_KINDS[row["kind"]].short_noun
    population = row["population"]
    people = "population inconnue" if is_missing(population) else counted(int(population), "habitant")
    name = f"<b>{plain(row['name'])}</b> ({plain(kind)})"
    return f"{name}<br>{counted(int(row['attendances']), 'présence')}<br>{people}"


def map_alt(
    ranked: Sequence[Row], departments: int, territories: int, measure: Measure, *, has_inset: bool = False
) -> str:
    """Return the alternative text: the departments that have something of the measure, the most first."""
    said = [
        f"{row['name']} ({row['code']}), "
        + (_coverage(row, measure) if measure in _OF_WHAT else counted(int(row["attendances"]), "présence"))
        for row in ranked
        if row[measure] > 0
    ]
    what = f"part {_OF_WHAT[measure]}" if measure in _OF_WHAT else "nombre de présences"
    text = f"Carte de {counted(departments, 'département')}{NO_BREAK}: {what}. "
    text += f"{first_few(said)}. " if said else "Aucun département n’a de participation. "
    nil = departments - len(said)
    if said and nil:
        text += f"{counted(nil, 'département')} sans participation. "
    inset = f" {' '.join(INSET_LINES)}{NO_BREAK}: agrandis dans un coin." if has_inset else ""
    return f"{text}{counted(territories, 'territoire participant', 'territoires participants')}.{inset}"


def map_reading(ranked: Sequence[Row]) -> str:
    """Return the department with the most of the measure."""
    if not ranked or not ranked[0]["attendances"]:
        return reading("aucun territoire de ce département n’a participé.")
    top = ranked[0]
    return reading(f"{top['name']} ({top['code']}){NO_BREAK}: {_activity(top)}, {_coverage(top)}.")


def _activity(row: Row) -> str:
    attendances = counted(int(row["attendances"]), "présence")
    return f"{attendances}, {counted(int(row['territories']), 'territoire')}"


def _coverage(row: Row, measure: Measure = "share_covered") -> str:
    if is_missing(row[measure]):
        return f"part {_OF_WHAT[measure]} inconnue"
    return f"{percent(float(row[measure]))} {_OF_WHAT[measure]}"
