"""What grids of cells say: two classifications crossed, months, networks by period."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from netstats.charts.ticks import spoken_period
from netstats.charts.words import alternative, plain, quoted, reading, wrapped
from netstats.wording import MONTHS, NO_BREAK, counted, listing, number

UNKNOWN = 13  # the place of a month that is not known, after December

Crossed = Sequence[tuple[str, str, int]]
"""Code of a row, code of a column, count."""


@dataclass(frozen=True)
class Sides:
    """The rows and columns of a grid (code → label), how many are drawn, and what they and the counts are called."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    most_rows: int
    most_columns: int
    row_name: str
    column_name: str
    unit: tuple[str, str]

    @property
    def drawn_rows(self) -> dict[str, str]:
        """The rows that are drawn."""
        return dict(islice(self.rows.items(), self.most_rows))

    @property
    def drawn_columns(self) -> dict[str, str]:
        """The columns that are drawn."""
        return dict(islice(self.columns.items(), self.most_columns))

    def hover(self, row: str, column: str, count: int) -> str:
        """Return what a cell counts."""
        names = ((self.row_name, self.rows[row]), (self.column_name, self.columns[column]))
        said = [wrapped(f"{name.capitalize()}{NO_BREAK}: {label}") for name, label in names]
        return "<br>".join([*said, f"<b>{counted(count, *self.unit)}</b>"])

    def alt(self, title: str, crossed: Crossed) -> str:
        """Return the alternative text: the size of the grid, its fullest cells, how many are empty."""
        fullest = sorted((cell for cell in crossed if cell[2]), key=lambda cell: -cell[2])
        said = [
            f"{self.rows[row]} et {self.columns[column]}, {counted(count, *self.unit)}"
            for row, column, count in fullest
        ]
        size = f"{number(len(self.drawn_rows))} × {number(len(self.drawn_columns))}"
        text = alternative(f"Grille de {size} cases. {title}", said or ["aucune case remplie"])
        empty = len(crossed) - len(said)
        return f"{text} {counted(empty, 'case vide', 'cases vides')}." if empty and said else text

    def reading(self, crossed: Crossed) -> str:
        """Return the fullest cell, and what is not drawn."""
        row, column, most = max(crossed, key=lambda cell: cell[2])
        if not most:
            return reading("toutes les cases sont vides.") + self._left_out()
        same = sum(count == most for *_, count in crossed) - 1
        beside = f", comme dans {counted(same, 'autre case', 'autres cases')}" if same else ""
        where = f"{quoted(self.rows[row])} et {quoted(self.columns[column])}"
        return reading(f"{where}{NO_BREAK}: {counted(most, *self.unit)}, le maximum{beside}.") + self._left_out()

    def _left_out(self) -> str:
        sides = (
            ("ligne", len(self.drawn_rows), len(self.rows)),
            ("colonne", len(self.drawn_columns), len(self.columns)),
        )
        said = [f"{counted(drawn, name)} sur {number(every)}" for name, drawn, every in sides if drawn < every]
        return f" La grille montre {' et '.join(said)} ; les autres sont dans les données." if said else ""


def lines(label: str, width: int, most: int) -> list[str]:
    """Return the label in at most `most` lines of `width` characters, an ellipsis where that cuts it."""
    cut = textwrap.wrap(label, width, max_lines=most, placeholder="…")
    # A first word that does not fit leaves nothing but the placeholder: cut it by hand.
    return cut if cut and cut != ["…"] else [f"{label[: width - 1]}…"]


# ---------------------------------------------------------------- month by month


def held(count: int) -> str:
    """Return how many meetings were held."""
    return counted(count, "réunion tenue", "réunions tenues") if count else "aucune réunion tenue"


def month(of: tuple[int, int]) -> str:
    """Return a month in the words that the period filter reads; the year when the month is not known."""
    year, place = of
    return str(year) if place == UNKNOWN else f"{MONTHS[place - 1]} {year}"


def month_hover(of: tuple[int, int], count: int) -> str:
    """Return a month and its meetings."""
    when = f"{of[0]}, mois inconnu" if of[1] == UNKNOWN else month(of)
    return f"<b>{when}</b><br>{held(count)}"


def calendar_alt(totals: Mapping[int, int]) -> str:
    """Return the alternative text: the meetings of each year."""
    first, last = min(totals), max(totals)
    span = str(first) if first == last else f"{first} à {last}"
    items = [f"{year}, {counted(total, 'réunion')}" for year, total in totals.items()]
    return alternative(f"Calendrier des réunions, année par année et mois par mois, {span}", items)


def calendar_reading(counts: Mapping[tuple[int, int], int]) -> str:
    """Return the busiest months, or how many there are of them, and what stands beside the months."""
    known = {of: count for of, count in counts.items() if of[1] != UNKNOWN}
    if not known:
        (year, _), count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        return reading(f"en {year}, {held(count)}, sans que le mois soit connu.")
    aside = f" La colonne {quoted('?')} compte celles dont on ne connaît que l’année."
    return reading(_busiest(known)) + (aside if len(known) < len(counts) else "")


def _busiest(counts: Mapping[tuple[int, int], int]) -> str:
    most = max(counts.values())
    busiest = [month(of) for of, count in sorted(counts.items()) if count == most]
    if len(busiest) == 1:
        return f"{busiest[0]} est le mois le plus chargé, avec {held(most)}."
    if len(busiest) <= 3:
        return f"{listing(busiest)} sont les mois les plus chargés, avec {held(most)} chacun."
    return f"{held(most)} au plus par mois, ce qui s’est vu {len(busiest)} fois."


# ---------------------------------------------------------------- networks by period


def density_hover(network: str, period: str, count: int) -> str:
    """Return the meetings of a network in a period."""
    return f"<b>{plain(network)}</b><br>{plain(period)}{NO_BREAK}: {counted(count, 'réunion')}"


def density_alt(totals: Mapping[str, int], periods: Sequence[str]) -> str:
    """Return the alternative text: the meetings of each network."""
    items = [f"{network}, {counted(total, 'réunion')}" for network, total in totals.items()]
    return alternative(f"Réunions par réseau, de {periods[0]} à {periods[-1]}", items)


def density_reading(network: str, period: str, count: int) -> str:
    """Return the fullest cell."""
    when, length = spoken_period(period)
    said = f"{when}, le réseau {network} a tenu {counted(count, 'réunion')}"
    return reading(f"{said}{NO_BREAK}; aucun n’en a tenu davantage en un {length}.")
