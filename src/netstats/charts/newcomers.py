"""Who came, period by period: for the first time, or again."""

from __future__ import annotations

import pandas as pd

from netstats.charts.chart import SMALL, Chart, KeyEntry, figure, first_few, plain, reading, require
from netstats.charts.columns import over_periods
from netstats.charts.palette import Palette
from netstats.charts.ticks import spoken_period
from netstats.wording import NO_BREAK, counted, number

_HEIGHT = 260
_TEXTS_UP_TO = 8  # columns: beyond, the numbers would overlap


def newcomers_bars(frame: pd.DataFrame, *, palette: Palette) -> Chart:
    """Return one column a period: the new territories at the foot, those who had come before above them.

    Parameters
    ----------
    frame
        One row a period, nil included, in order: `period_start` (date), `period_label` (« T2 2021 »), `newcomers`,
        `returning` (counts of territories).
    palette
        Colours: the new ones in the accent, the others quiet.

    Returns
    -------
    Chart
        data[0] are the new ones, data[1] the others, data[2] takes hover and clicks over the whole column: its
        customdata is `[label of the period]`.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    require(frame, ("period_start", "period_label", "newcomers", "returning"))
    new = [int(count) for count in frame["newcomers"]]
    again = [int(count) for count in frame["returning"]]
    labels = [str(label) for label in frame["period_label"]]
    columns = list(range(len(labels)))
    told = len(labels) <= _TEXTS_UP_TO
    top = max(a + b for a, b in zip(new, again, strict=True)) or 1
    chart = figure(palette, height=_HEIGHT, margin=(0, 0, 22, 40))
    for counts, colour in ((new, palette.accent), (again, palette.quiet)):
        chart.add_bar(
            x=columns,
            y=counts,
            width=0.72,
            marker={"color": colour, "line": {"width": 0}},
            text=[number(count) if told and count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"size": SMALL, "color": palette.readable_on(colour)},
            textangle=0,
            constraintext="none",
            hoverinfo="skip",
        )
    hovers = [
        f"<b>{plain(label)}</b><br>{counted(a, 'nouveau territoire', 'nouveaux territoires')}<br>"
        f"{counted(b, 'territoire déjà venu', 'territoires déjà venus')}"
        for label, a, b in zip(labels, new, again, strict=True)
    ]
    chart.update_layout(barmode="stack")
    over_periods(chart, frame, hovers, top=top, palette=palette, most_ticks=4)
    items = [
        f"{label}, {counted(a, 'nouveau', 'nouveaux')} et {counted(b, 'déjà venu', 'déjà venus')}"
        for label, a, b in zip(labels, new, again, strict=True)
        if a or b
    ]
    most = max(columns, key=lambda column: (new[column], column))
    came = counted(new[most], "territoire est venu", "territoires sont venus")
    return Chart(
        chart,
        f"Territoires présents par période{NO_BREAK}: {first_few(items)}.",
        reading(f"{spoken_period(labels[most])[0]}, {came} pour la première fois."),
        (KeyEntry("Nouveaux territoires", palette.accent), KeyEntry("Territoires déjà venus", palette.quiet)),
    )
