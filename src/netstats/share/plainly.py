"""What a chart would say no better than a sentence: values all alike, one lone bar, one lone period, a grid of ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from netstats.catalogue.chart import Bars, Drawn, Evolution, Grid, Periods
from netstats.catalogue.figure import Figure
from netstats.charts.ticks import spoken_period
from netstats.charts.words.rows import Ranking
from netstats.share import drawing
from netstats.wording import NO_BREAK, counted, number, percent, plural


@dataclass(frozen=True)
class Sentence:
    """A sentence, and what it names."""

    text: str
    named: Mapping[str, str] = field(default_factory=dict)  # code → what it is called, after the sentence
    lines: Sequence[tuple[str, Sequence[str]]] = ()  # under it: what a line is about, and what belongs to it


def instead(figure: Figure, rows: pd.DataFrame, *, label: str = "") -> Sentence | None:
    """Return what to say in the place of the chart that `drawing.draw` would make; None where a chart says more."""
    match figure.chart:
        case Bars() as spec:
            return _alike(spec, drawing.bars(spec, rows, label))
        case Grid() as spec:
            return _ones(spec, drawing.cells(spec, rows))
        case Evolution() as spec:
            return _one_period(rows.assign(label=rows[spec.label]))
        case Periods() as spec if rows["period_label"].nunique() == 1:
            said = counted(int(rows[spec.value].sum()), *spec.unit)
            return Sentence(f"{_when(rows)}, {said}.")
        case Drawn("newcomers") if len(rows) == 1:
            new, again = (int(rows[column].iloc[0]) for column in ("newcomers", "returning"))
            came = counted(new, "territoire est venu", "territoires sont venus")
            known = f" ; {number(again)} {plural(again, 'était déjà venu', 'étaient déjà venus')}" if again else ""
            return Sentence(f"{_when(rows)}, {came} pour la première fois{known}.")
    return None


def _alike(spec: Bars, bars: pd.DataFrame) -> Sentence | None:
    """Say a ranking whose values are all the same; what has changed in it stands in the data."""
    if bars["value"].nunique() > 1:
        return None
    said = Ranking(spec.unit, spec.row, spec.share_of, is_compared=False)
    first, *others = bars.to_dict("records")
    alone = f"{counted(1, *spec.row)} seulement{NO_BREAK}: {said.with_share(first)}."
    return Sentence(
        said.tied(first, len(bars)) if others else alone, dict(zip(bars["code"], bars["label"], strict=True))
    )


def _ones(spec: Grid, cells: pd.DataFrame) -> Sentence | None:
    """Say a grid whose cells hold one or nothing: what goes with what, a line for each of the shorter side."""
    filled = cells[cells["value"] > 0]
    if filled.empty or filled["value"].max() > 1:
        return None
    about, what = ("column", "row") if filled["column"].nunique() <= filled["row"].nunique() else ("row", "column")
    lines = [
        (str(of[f"{about}_label"].iloc[0]), [str(one) for one in of[f"{what}_label"]])
        for _, of in filled.groupby(about, sort=False)
    ]
    return Sentence(f"{counted(1, *spec.unit).capitalize()}, pas davantage, pour chacun de ces couples.", lines=lines)


def _one_period(rows: pd.DataFrame) -> Sentence | None:
    """Say what was discussed in the only period whose themes are known."""
    known = rows[rows["themed_meetings"] > 0]
    if known["period_label"].nunique() != 1:
        return None
    met = known[known["meetings"] > 0].sort_values("meetings", ascending=False, kind="stable")
    meetings = counted(int(known["themed_meetings"].iloc[0]), "réunion")
    named = {row["code"]: f"{row['label']} ({percent(row['share'])})" for row in met.to_dict("records")}
    return Sentence(f"{_when(known)}, {meetings} dont les thèmes sont connus, et aucune autre période.", named)


def _when(rows: pd.DataFrame) -> str:
    said, _ = spoken_period(str(rows["period_label"].iloc[0]))
    return said[0].upper() + said[1:]
