"""The chart of a figure, as the catalogue declares it: the one place where declarations and charts meet.

Pages, slides and the gallery draw here, so the same rows look and read the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd

from netstats import charts
from netstats.catalogue.chart import Bars, Drawn, Evolution, Grid, Periods, Shifts
from netstats.catalogue.figure import Figure
from netstats.catalogue.themes import clear_trends
from netstats.charts import Chart, Palette
from netstats.share import findings

_DRAWN: Mapping[str, Callable[..., Chart]] = {
    "calendar": charts.meeting_calendar,
    "density": charts.meeting_density,
    "newcomers": charts.newcomers_bars,
    "timeline": charts.meeting_timeline,
}


def draw(
    figure: Figure,
    rows: pd.DataFrame,
    palette: Palette,
    *,
    most: int | None = None,
    selected: Collection[str] = (),
    measure: charts.EvolutionMeasure = "share",
    label: str = "",
) -> Chart:
    """Return the chart that a figure declares of its rows, or of some of them (at least one).

    `most` is how many to draw where there is less room than on a card, `selected` the codes to bring out among ranked
    bars, `measure` what an evolution shows, `label` the column that names a bar where there is room for longer names.
    """
    match figure.chart:
        case Bars() as spec:
            return charts.ranked_bars(
                bars(spec, rows, label),
                palette=palette,
                title=spec.title,
                unit=spec.unit,
                row_name=spec.row,
                share_of=spec.share_of,
                selected=selected,
                most=most or spec.most,
            )
        case Grid() as spec:
            return charts.value_grid(
                cells(spec, rows),
                palette=palette,
                title=spec.title,
                unit=spec.unit,
                row_name=spec.row_name,
                column_name=spec.column_name,
                most_columns=spec.most_columns,
                by_total=spec.by_total,
            )
        case Evolution() as spec:
            labelled = rows.assign(label=rows[spec.label])
            options: dict[str, Any] = {} if most is None else {"most": most}
            return charts.evolution_bars(labelled, palette=palette, title=figure.title, measure=measure, **options)
        case Shifts() as spec:
            shown = clearest(rows, most or spec.most)
            return charts.theme_shifts(
                shown.assign(label=shown[spec.label]), palette=palette, since=findings.halfway(rows)
            )
        case Periods() as spec:
            by_period = rows.groupby(["period_start", "period_label"])[spec.value].sum().reset_index(name="value")
            return charts.period_columns(by_period, palette=palette, title=spec.title, unit=spec.unit)
        case Drawn() as spec:
            return _DRAWN[spec.kind](rows, palette=palette)
        case None:
            raise ValueError(f"{figure.name} declares no chart")


def bars_of(figure: Figure) -> Bars:
    """Return how a ranking is drawn."""
    if not isinstance(figure.chart, Bars):
        raise TypeError(f"{figure.name} is not drawn as ranked bars")
    return figure.chart


def bars(spec: Bars, rows: pd.DataFrame, label: str = "") -> pd.DataFrame:
    """Return rows as ranked bars draw them, in their order: `code`, `label`, `value` and what is known beside."""
    kept = [column for column in ("share", "family", "family_rank", "before", "change") if column in rows]
    labelled = rows[["code", *kept]].assign(label=rows[label or spec.label], value=rows[spec.value])
    return charts.ranked(labelled.assign(detail=rows[spec.detail]) if spec.detail else labelled)


def clearest(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the themes of « tendances-themes » that clearly rise or fall, the greatest changes, in their order."""
    clear = clear_trends(rows)
    change = (clear["share_late"] - clear["share_early"]).abs()
    return clear.loc[change.sort_values(ascending=False, kind="stable").index[:most]].sort_index()


def cells(spec: Grid, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of a grid as its chart takes them."""
    codes = (f"{spec.row}_code" if f"{spec.row}_code" in rows else "code", f"{spec.column}_code")
    crossed = rows.assign(row=rows[codes[0]], column=rows[codes[1]], value=rows[spec.value])
    crossed = crossed.assign(row_label=rows[spec.row], column_label=rows[spec.column])
    if "family_rank" in rows:
        crossed = crossed.assign(row_family=rows["family"], row_family_rank=rows["family_rank"])
    return crossed
