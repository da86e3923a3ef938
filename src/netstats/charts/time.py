"""What went on, period by period: columns of one count, of new and known territories, rows of bars of themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from netstats.charts import words
from netstats.charts.chart import Chart, KeyEntry, Row, require
from netstats.charts.palette import Palette
from netstats.charts.rows import Rows
from netstats.charts.spec import CLEAR, FONT_SIZE, Spec, bars, carrying, hairline, labelled, layout, ticks
from netstats.charts.ticks import period_ticks
from netstats.charts.words.rows import evolution_hover, evolution_reading
from netstats.charts.words.time import column_hover, columns_reading, newcomers_hover, newcomers_item, newcomers_reading
from netstats.wording import counted, number, percent, plural

EvolutionMeasure = Literal["share", "count"]
"""What the height of a bar is: the share of the meetings whose themes are known, or the number of meetings."""

COLUMN = 0.72  # of the width of a period
NUMBERED_COLUMNS = 16  # beyond, the numbers would overlap on a phone
NUMBERED_PARTS = 8

# Pixels.
AXIS = 40  # under columns
TEXT, BARS = 16, 34  # of a row of bars: their values, the highest
THEME = (80, 11, 72)  # its height, the middle of its name, the foot of its bars
EDGE = 12  # left and right, for the half of a text wider than its bar
AXIS_LINE = 24  # under rows of bars

NUMBERED_BARS = 8  # periods: beyond, only the highest bar of a row is labelled, the others are left to the hover
TWO_LINES_FROM = 6  # names of periods: « T4 » over « 2019 »


def _over_periods(
    data: Sequence[Spec],
    frame: pd.DataFrame,
    hovers: Sequence[str],
    *,
    top: float,
    palette: Palette,
    height: int,
    above: int,
    most_ticks: int = 7,
    barmode: str = "overlay",
) -> Spec:
    """Return a figure of columns (at 0, 1, 2 …) with what takes hover and clicks over them, and the periods under them.

    `frame` has one row a column: `period_start` (date) and `period_label`, which a click gives as `[label]`; `top` is
    the height of the highest column, `height` and `above` are the pixels of all and of what is above the columns.
    """
    labels = [str(label) for label in frame["period_label"]]
    places = list(range(len(labels)))
    over = bars(places, [top] * len(places), width=1, colour=CLEAR, base=0, offset=-0.5)
    named, texts = period_ticks(list(frame["period_start"]), labels, most=most_ticks)
    span = [-0.6, max(len(labels), 4) - 0.4]  # one or two columns stay columns, not walls
    return {
        "data": [*data, carrying(over, [[label] for label in labels], hovers)],
        "layout": layout(
            palette,
            height=height,
            margin=(0, 0, above, AXIS),
            barmode=barmode,
            xaxis=ticks(named, texts, palette, size=FONT_SIZE, range=span),
            yaxis={"range": [0, top * 1.04]},
        ),
    }


def period_columns(frame: pd.DataFrame, *, palette: Palette, title: str, unit: tuple[str, str]) -> Chart:
    """Return one column a period, with its number where there is room.

    `frame` has one row a period, nil included, in order: `period_start` (date), `period_label` (« T2 2021 »), `value`
    (a count of `unit`, a noun in singular and plural). `title` says what is counted: « Actions dans le temps ». A click
    gives `[label of the period]`.
    """
    require(frame, ("period_start", "period_label", "value"))
    values = [int(value) for value in frame["value"]]
    labels = [str(label) for label in frame["period_label"]]
    places = list(range(len(labels)))
    columns = bars(places, values, width=COLUMN, colour=palette.accent, marker={"cornerradius": 2})
    numbered = len(labels) <= NUMBERED_COLUMNS
    texts = [number(value) if numbered and value else "" for value in values]
    said = [(label, counted(value, *unit)) for label, value in zip(labels, values, strict=True)]
    spec = _over_periods(
        [labelled(columns, texts, palette.text)],
        frame,
        [column_hover(label, count) for label, count in said],
        top=max(*values, 1),
        palette=palette,
        height=280,
        above=24,
    )
    alt = words.alternative(f"Colonnes. {title}", [f"{label}, {count}" for label, count in said])
    most = max(places, key=lambda place: (values[place], place))
    return Chart(spec, alt, columns_reading(*said[most], is_alone=len(labels) == 1))


def newcomers_bars(frame: pd.DataFrame, *, palette: Palette) -> Chart:
    """Return one column a period: the new territories at the foot, quiet above them those who had come before.

    `frame` has one row a period, nil included, in order: `period_start` (date), `period_label` (« T2 2021 »),
    `newcomers`, `returning` (counts of territories). A click gives `[label of the period]`.
    """
    require(frame, ("period_start", "period_label", "newcomers", "returning"))
    new, again = ([int(count) for count in frame[name]] for name in ("newcomers", "returning"))
    labels = [str(label) for label in frame["period_label"]]
    numbered = len(labels) <= NUMBERED_PARTS
    parts = []
    for counts, colour in ((new, palette.accent), (again, palette.quiet)):
        texts = [number(count) if numbered and count else "" for count in counts]
        part = bars(list(range(len(labels))), counts, width=COLUMN, colour=colour)
        parts.append(labelled(part, texts, palette.readable_on(colour), inside=True))
    said = list(zip(labels, new, again, strict=True))
    spec = _over_periods(
        parts,
        frame,
        [newcomers_hover(*period) for period in said],
        top=max(a + b for _, a, b in said) or 1,
        palette=palette,
        height=260,
        above=22,
        most_ticks=4,
        barmode="stack",
    )
    items = [newcomers_item(*period) for period in said if any(period[1:])]
    most = max(range(len(said)), key=lambda place: (new[place], place))
    return Chart(
        spec,
        words.alternative("Territoires présents par période", items),
        newcomers_reading(*said[most][:2]),
        (KeyEntry("Nouveaux territoires", palette.accent), KeyEntry("Territoires déjà venus", palette.quiet)),
    )


def evolution_bars(
    frame: pd.DataFrame,
    *,
    palette: Palette,
    title: str,
    measure: EvolutionMeasure = "share",
    most: int = 10,
    highest: float | None = None,
    as_given: bool = False,
) -> Chart:
    """Return one row of bars a theme (or family), all on the same scale, one bar a period.

    `frame` has one row a (theme, period), nil included: `code`, `label`, `family_rank`, `period_start` (date),
    `period_label` (« T2 2021 »), `meetings` (count), `themed_meetings` (count of those whose themes are known) and
    `share` (0 to 1, missing where `themed_meetings` is nil). Optional: `family`. `title` says what is counted (« Thèmes
    dans le temps »). The `most` frequent rows are drawn, the most frequent first, or the first ones `as_given`; the
    reading says when there are more. `highest` is the value of a bar as high as can be, that of the highest by default.
    A click gives `[code]`.
    """
    told = ("period_start", "period_label", "meetings", "themed_meetings", "share")
    require(frame, ("code", "label", "family_rank", *told))
    totals = frame.groupby("code", sort=False)["meetings"].sum()
    totals = totals if as_given else totals.sort_values(ascending=False, kind="stable")
    rank = {code: place for place, code in enumerate(totals.index[:most])}
    first = frame.drop_duplicates("code").set_index("code").loc[list(rank)]
    axis = frame.drop_duplicates("period_start").sort_values("period_start")
    starts, labels = list(axis["period_start"]), [str(label) for label in axis["period_label"]]
    column = {start: place for place, start in enumerate(starts)}
    cells = sorted(
        frame[frame["code"].isin(rank)].to_dict("records"), key=lambda row: (rank[row["code"]], row["period_start"])
    )
    values = [_value(row, measure) for row in cells]
    highest = highest or max(*(value or 0 for value in values), 1e-9)

    shape = Rows(len(rank), *THEME)
    floors = shape.places()
    places = [column[row["period_start"]] for row in cells]
    base = [floors[rank[row["code"]]] for row in cells]
    # Upwards on an axis that counts pixels down; a bar that is not nil is never invisible.
    heights = [-max((value or 0) / highest * BARS, 1.5 if value else 0) for value in values]
    colours = [palette.family_colour(row["family_rank"]) for row in cells]
    texts = _texts(cells, values, measure, few=len(starts) <= NUMBERED_BARS)
    over = bars(places, [-(TEXT + BARS)] * len(cells), width=1, colour=CLEAR, base=base)
    counts = [int(totals[code]) for code in rank]
    under, below = _periods_under(starts, labels, palette)
    spec = shape.figure(
        [
            labelled(bars(places, heights, width=0.82, colour=colours, base=base), texts, palette.text),
            carrying(over, [[str(row["code"])] for row in cells], [evolution_hover(row) for row in cells]),
        ],
        palette,
        margin=(EDGE, EDGE, 0, below),
        annotations=shape.names(
            (
                words.named(row["label"], number(count), palette, sign=words.signed(row, palette))
                for row, count in zip(first.to_dict("records"), counts, strict=True)
            ),
            shift=-EDGE,
        ),
        shapes=[hairline(floor, palette) for floor in floors],
        xaxis=under,
    )
    items = [f"{name}, {counted(count, 'réunion')}" for name, count in zip(first["label"], counts, strict=True)]
    alt = words.alternative(f"Petites barres de {labels[0]} à {labels[-1]}. {title}", items)
    left_out = len(totals) - len(rank)
    more = f" {number(left_out)} {plural(left_out, 'autre est', 'autres sont')} dans les données." if left_out else ""
    most_said = max(range(len(cells)), key=lambda place: (values[place] or 0, cells[place]["period_start"]))
    return Chart(spec, alt, evolution_reading(cells[most_said]) + more, words.family_key(cells, palette))


def _value(row: Mapping[Any, Any], measure: EvolutionMeasure) -> float | None:
    """Return the height of a bar; None where the meetings of the period do not say their themes."""
    if not row["themed_meetings"]:
        return None
    return float(row["share"] if measure == "share" else row["meetings"])


def _texts(cells: Sequence[Row], values: Sequence[float | None], measure: EvolutionMeasure, *, few: bool) -> list[str]:
    """Return the label of each bar: every one while the periods are few, else that of the highest of each row."""
    said = percent if measure == "share" else number
    if few:  # unknown is not nil
        return ["–" if value is None else said(value) if value else "" for value in values]
    highest: dict[Any, int] = {}
    for place, (row, value) in enumerate(zip(cells, values, strict=True)):
        if (value or 0) > (values[highest[row["code"]]] or 0 if row["code"] in highest else 0):
            highest[row["code"]] = place
    return [said(value) if place in highest.values() else "" for place, value in enumerate(values)]


def _periods_under(starts: Sequence[Any], labels: list[str], palette: Palette) -> tuple[Spec, int]:
    """Return the axis of the periods, and how many pixels its texts need."""
    places, texts = period_ticks(list(starts), labels)
    in_two = len(texts) >= TWO_LINES_FROM and any(" " in text for text in texts)
    if in_two:
        texts = [text.replace(" ", "<br>") for text in texts]
    return ticks(places, texts, palette, range=[-0.5, len(starts) - 0.5]), AXIS_LINE + (14 if in_two else 0)
