"""The map of who takes part, and what a click on it does."""

from __future__ import annotations

from functools import partial

import pandas as pd

from netstats import charts
from netstats.catalogue.overview import DEPARTMENTS
from netstats.filters import Filters
from netstats.ui.base import cards, data, filter_bar, links

_MEASURES: dict[charts.Measure, str] = {
    "share_covered": "Population couverte",
    "share_communes": "Communes couvertes",
    "attendances": "Présences",
}


def measure_choice() -> charts.Measure:
    """Offer what colours the departments; return which is chosen."""
    return cards.one_of("Couleur des départements", _MEASURES, key="mesure")


def show(filters: Filters, territories: pd.DataFrame, measure: charts.Measure) -> None:
    """Draw the map of a selection, with the rows of the figure « territoires ».

    A click on a department keeps it alone, or lets it go when it was; a click on a territory opens its sheet.
    """
    cards.draw(partial(map_of, filters, territories, measure), key="carte", on_click=_open)


def map_of(
    filters: Filters, territories: pd.DataFrame, measure: charts.Measure, colours: charts.Palette
) -> charts.Chart:
    """Return the map of a selection, zoomed to its departments and their regions when some are chosen."""
    departments = data.ask(DEPARTMENTS, filters)
    # The other departments of its region stay one click away, without a colour: they are not in the selection.
    around = data.ask(DEPARTMENTS, Filters()) if filters.departments else departments
    in_view = around[around["region_code"].isin(departments["region_code"])] if filters.departments else around
    whole_country = len(in_view) == len(data.choices()["departement"])
    return charts.territory_map(
        departments,
        territories,
        data.outlines(),
        measure=measure,
        palette=colours,
        neighbours=dict(zip(in_view["code"], in_view["name"], strict=True)) if filters.departments else None,
        focus=() if whole_country else tuple(in_view["code"]),
    )


def _open(kind: str, code: str) -> None:
    if kind == "department":
        filter_bar.toggle("departement", code)
    else:
        links.open_later("territoire", code)
