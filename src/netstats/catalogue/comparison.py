"""With which period a selection is compared, or why with none: decided once, for pages, slides and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from netstats import wording
from netstats.catalogue.figure import Figure
from netstats.catalogue.indicators import INDICATORS, MEASURES
from netstats.catalogue.measure import Answer, KeyFigure, Measure
from netstats.filters import Filters


@dataclass(frozen=True)
class Comparison:
    """The same selection in the period before; None where nothing can be compared, and then `why`, if there is any."""

    before: Filters | None = None
    why: str = ""

    @property
    def against(self) -> str:
        """With what, in French: « par rapport à 2019 »; empty with nothing."""
        return f"par rapport à {self.before.period}" if self.before else ""

    @property
    def sentence(self) -> str:
        """With what, or why with nothing; empty when the period has none before it."""
        return f"Évolution {self.against}." if self.before else self.why


Asked = Callable[[Figure, Filters], pd.DataFrame]
"""Answers a figure under a selection."""


def comparison(ask: Asked, filters: Filters, today: date) -> Comparison:
    """Return with what a selection is compared.

    Never with a period of which nothing is recorded, nor one where meetings without a date may lie, nor while the
    chosen one still runs.
    """
    before = filters.before(today)
    if before is None:
        is_running = filters.period.previous() is not None and filters.is_unfinished(today)
        return Comparison(why="Période en cours : elle n’est pas comparée à la précédente." if is_running else "")
    then = ask(INDICATORS, before).iloc[0]
    if then["meetings"] == 0 and then["uncertain_meetings"] > 0:
        undated = wording.counted(then["uncertain_meetings"], "autre a pu s’y tenir", "autres ont pu s’y tenir")
        return Comparison(why=f"{before.period} : aucune réunion datée, mais {undated} ; pas de comparaison.")
    if ask(INDICATORS, before.of_networks()).iloc[0]["meetings"] == 0:
        return Comparison(why=f"{before.period} : rien n’est enregistré ; pas de comparaison.")
    return Comparison(before)


def key_figures(
    ask: Asked, filters: Filters, base: Comparison = Comparison(), measures: Sequence[Measure] = MEASURES
) -> list[KeyFigure]:
    """Return key figures of a selection, with what has changed since what it is compared with."""
    now = ask(INDICATORS, filters).iloc[0]
    if base.before is None:
        return [measure.of(now, filters) for measure in measures]
    then = ask(INDICATORS, base.before).iloc[0]
    return [_compared(measure, now, then, filters, base.against) for measure in measures]


def _compared(measure: Measure, now: Answer, then: Answer, filters: Filters, against: str) -> KeyFigure:
    figure, difference = measure.of(now, filters), measure.difference(now[measure.name], then[measure.name])
    if difference is None:
        return figure
    direction = int(difference > 0) - int(difference < 0)
    return replace(figure, change=measure.write_difference(difference), direction=direction, against=against)
