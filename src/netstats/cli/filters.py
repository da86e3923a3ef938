"""The filters of the pages as options of a command."""

from __future__ import annotations

import argparse
from dataclasses import replace

from netstats.errors import NetstatsError
from netstats.filters import DIMENSIONS, Choices, Filters, read_address
from netstats.period import Period


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the filters to the options of a command."""
    parser.add_argument("--periode", metavar="TEXTE", help="« 2020 », « 1er semestre 2020 », « 2019 à 2021 »")
    parser.add_argument("--depuis", metavar="DATE", help="premier mois, jour ou année : 2019-01")
    parser.add_argument("--jusqua", metavar="DATE", help="dernier mois, jour ou année : 2021-12")
    for dimension in DIMENSIONS:
        parser.add_argument(
            f"--{dimension.parameter}",
            action="append",
            default=[],
            metavar="VALEUR",
            help=f"{dimension.label.lower()}, par code ou par nom ; répétable",
        )


def chosen_filters(options: argparse.Namespace, choices: Choices) -> Filters:
    """Return the selection asked for; what is not known is refused, never left out.

    Raises
    ------
    NetstatsError
        A value is not known, or the period is given twice or is none.
    """
    address = {dimension.parameter: getattr(options, dimension.parameter) for dimension in DIMENSIONS}
    bounds = [f"depuis {options.depuis}"] if options.depuis else []
    bounds += [f"jusqu’à {options.jusqua}"] if options.jusqua else []
    if options.periode and bounds:
        raise NetstatsError("La période est donnée deux fois.", "Gardez --periode, ou --depuis et --jusqua.")
    filters, unknown = read_address(address, choices)
    if unknown:
        known = [
            f"{dimension.label} : "
            + ", ".join(f"{code} ({label})" for code, label in choices[dimension.parameter].items())
            for dimension in DIMENSIONS
            if any(one.dimension == dimension for one in unknown)
        ]
        raise NetstatsError(" ".join(one.reason for one in unknown), "\n".join(["Au choix :", *known]))
    if options.periode:
        period = Period.parse(options.periode)
    else:
        parts = [Period.parse(bound) for bound in bounds]
        period = Period(
            since=next((part.since for part in parts if part.since), None),
            until=next((part.until for part in parts if part.until), None),
        )
    return replace(filters, period=period)
