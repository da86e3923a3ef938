"""Rows under their own names: ranked bars, shares before and since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from netstats.charts import words
from netstats.charts.chart import Chart, KeyEntry, Row, require
from netstats.charts.palette import Palette
from netstats.charts.spec import CLEAR, FONT_SIZE, SMALL, Spec, bars, carrying, heading, labelled, layout, points
from netstats.charts.words import cut, named, plain, tinted
from netstats.charts.words.rows import Ranking, shift_counts, shift_hover, shift_item, shift_reading
from netstats.reference.fold import unaccented
from netstats.wording import percent

LONGEST_NAME = 44  # characters: what 330 px hold
LONGEST_NAME_BESIDE = 40  # beside a count

# Pixels. A row is the line that names it, then what is drawn.
RANKED_ROW, RANKED_NAME, RANKED_BAR, BAR = 42, 12, 28, 10  # the row, middle of its name, middle of its bar, the bar
SHIFT_ROW, SHIFT_NAME, SHIFT_MIDDLE, DOT = 46, 12, 32, 11
CHARACTER = 7.2  # of a digit, with some room


def _rows_over(top: float, height: int, rows: Sequence[Row], hovers: Sequence[str]) -> Spec:
    """Return what takes hover and clicks: a bar nobody sees over the whole width of each row, its name included."""
    middles = [(place + 0.5) * height for place in range(len(rows))]
    over = bars([top] * len(rows), middles, width=height, colour=CLEAR, orientation="h")
    return carrying(over, [[str(row["code"])] for row in rows], hovers)


def name_line(label: object, count: str, y: float, palette: Palette, *, shift: float) -> Spec:
    """Return the line that names a row, with a count beside it; `shift` pixels to the right."""
    return heading(named(cut(str(label), LONGEST_NAME_BESIDE), count, palette), y, shift=shift)


def ranked_bars(
    frame: pd.DataFrame,
    *,
    palette: Palette,
    title: str,
    unit: tuple[str, str] | None = None,
    row_name: tuple[str, str] = ("ligne", "lignes"),
    share_of: str = "",
    selected: Collection[str] = (),
    most: int | None = None,
) -> Chart:
    """Return horizontal bars sorted by value, each under its own label so that no width clips a name.

    Parameters
    ----------
    frame
        One row a bar: `code`, `label`, `value` (a count, known and not negative). Optional: `share` (0 to
        1, shown beside the value), `detail` (the full name, for the hover), `family` and `family_rank` (the
        bar takes the colour of its family, the key names the families), `before` and `change` (the value of the
        period before, marked by a tick on the bar, and what has changed since; missing: nothing is compared).
    palette
        Colours.
    title
        What is counted, for the alternative text: « Thèmes abordés ».
    unit
        The counted noun, singular and plural: ("réunion", "réunions"). None: the values are shares of 1, said as
        percentages of `share_of`, and a whole bar is 100 %.
    row_name
        What a bar is, singular and plural: ("thème", "thèmes").
    share_of
        What `share` is a share of: « des réunions dont les thèmes sont connus ».
    selected
        Codes to bring out; the others turn quiet. Empty: all count alike.
    most
        How many bars to draw; what is said of ties counts all rows.

    Returns
    -------
    Chart
        data[0] are the bars, data[1] one invisible bar a row over its whole width, label included, which
        takes hover and clicks: its customdata is `[code]`.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    require(frame, ("code", "label", "value"))
    every = ranked(frame)
    tied = int((every["value"] == every["value"].iloc[0]).sum())
    drawn = every.head(most) if most else every
    rows = drawn.to_dict("records")
    said = Ranking(unit, row_name, share_of, is_compared="change" in drawn and not drawn["change"].isna().any())

    values = [float(row["value"]) for row in rows]
    befores = [float(row["before"]) for row in rows] if said.is_compared else []
    top = max(*values, *befores, 1.0)
    texts = [said.value(row) + (f" {tinted(said.aside(row), palette)}" if said.aside(row) else "") for row in rows]
    longest = max(len(f"{said.value(row)} {said.aside(row)}".rstrip()) for row in rows)
    height = RANKED_ROW * len(rows)
    middles = [place * RANKED_ROW + RANKED_BAR for place in range(len(rows))]

    values_drawn = bars(
        values,
        middles,
        width=BAR,
        colour=_colours(rows, palette, selected),
        orientation="h",
        marker={"cornerradius": 2},
    )
    over = _rows_over(top, RANKED_ROW, rows, [said.hover(row) for row in rows])
    if said.is_compared:
        data = [values_drawn, over, *_before(values, befores, middles, texts, palette)]
    else:
        data = [labelled(values_drawn, texts, palette.text, size=FONT_SIZE), over]
    names = [
        heading(plain(cut(str(row["label"]), LONGEST_NAME)), place * RANKED_ROW + RANKED_NAME)
        for place, row in enumerate(rows)
    ]
    spec = {
        "data": data,
        "layout": layout(
            palette,
            height=height,
            margin=(0, round(longest * CHARACTER) + 8, 0, 0),
            annotations=names,
            xaxis={"range": [0, top]},
            yaxis={"range": [height, 0]},
        ),
    }
    families = () if selected else words.family_key(rows, palette)
    before = (KeyEntry("Période précédente", palette.text, "tick"),) if said.is_compared else ()
    alt = words.alternative(f"Barres horizontales. {title}", [said.item(row) for row in rows])
    return Chart(spec, alt, said.reading(rows[:tied], tied), families + before)


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the order of the bars: by `value`, the greatest first, then by `label` as French sorts."""
    rows = list(zip(frame["value"], frame["label"], strict=True))
    return frame.iloc[sorted(range(len(rows)), key=lambda place: (-rows[place][0], unaccented(str(rows[place][1]))))]


def _colours(rows: Sequence[Row], palette: Palette, selected: Collection[str]) -> list[str]:
    return [
        palette.quiet
        if selected and str(row["code"]) not in selected
        else palette.family_colour(row["family_rank"])
        if "family_rank" in row
        else palette.accent
        for row in rows
    ]


def _before(
    values: Sequence[float], befores: Sequence[float], middles: Sequence[float], texts: Sequence[str], palette: Palette
) -> tuple[Spec, Spec]:
    """Return the ticks of the period before, and the numbers, beyond the tick where it lies beyond the bar."""
    tick = {"symbol": "line-ns", "size": BAR + 1, "line": {"width": 2, "color": palette.text}}
    farthest = [max(pair) for pair in zip(values, befores, strict=True)]
    font = {"color": palette.text, "size": FONT_SIZE}
    beside = {"text": [f" {text}" for text in texts], "textposition": "middle right", "textfont": font}
    return (  # a tick at nil would be one more line at the foot of a bar
        points([before or None for before in befores], middles, mode="markers", marker=tick),
        points(farthest, middles, mode="text", **beside),
    )


def theme_shifts(frame: pd.DataFrame, *, palette: Palette, since: str) -> Chart:
    """Return, for each theme, its share in the older half of the meetings and in the newer one, and the line between.

    Parameters
    ----------
    frame
        One row a theme, in the order to show: `code`, `label`, `family_rank`, `early_meetings`, `early_total`,
        `share_early`, `late_meetings`, `late_total`, `share_late` (shares 0 to 1, all known), `trend` (French).
    palette
        Colours.
    since
        When the newer half begins, in French: « mars 2021 ».

    Returns
    -------
    Chart
        data[-1] is one invisible bar a row over its whole width, which takes hover and clicks: customdata `[code]`.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    halves = [f"{half}_{what}" for half in ("early", "late") for what in ("meetings", "total")]
    require(frame, ("code", "label", "family_rank", *halves, "share_early", "share_late", "trend"))
    rows = frame.to_dict("records")
    early, late = ([float(row[share]) for row in rows] for share in ("share_early", "share_late"))
    top = max(*early, *late, 1e-9)
    height = SHIFT_ROW * len(rows)
    middles = [place * SHIFT_ROW + SHIFT_MIDDLE for place in range(len(rows))]
    colours = [palette.family_colour(row["family_rank"]) for row in rows]
    between = [x for pair in zip(early, late, strict=True) for x in (*pair, None)]
    hollow = {"size": DOT, "symbol": "circle-open", "color": colours, "line": {"width": 2, "color": colours}}
    percents = {
        "text": [percent(share) for share in late],
        # Away from the line that comes to the dot.
        "textposition": ["middle right" if b >= a else "middle left" for a, b in zip(early, late, strict=True)],
        "textfont": {"color": palette.text, "size": SMALL},
    }
    data = [
        points(between, [y for m in middles for y in (m, m, None)], mode="lines", line=_line(palette)),
        points(early, middles, mode="markers", marker=hollow),
        points(late, middles, mode="markers+text", marker={"size": DOT, "color": colours}, **percents),
        _rows_over(top, SHIFT_ROW, rows, [shift_hover(row) for row in rows]),
    ]
    names = [
        name_line(row["label"], shift_counts(row), place * SHIFT_ROW + SHIFT_NAME, palette, shift=-DOT)
        for place, row in enumerate(rows)
    ]
    # Room left of nil for the text of a theme that fell.
    axes: dict[str, Any] = {"xaxis": {"range": [-0.12 * top, top]}, "yaxis": {"range": [height, 0]}}
    spec = {"data": data, "layout": layout(palette, height=height, margin=(DOT, 52, 0, 0), annotations=names, **axes)}
    alt = words.alternative(f"Parts avant et depuis {since}", [shift_item(row) for row in rows])
    key = (KeyEntry(f"avant {since}", palette.muted, "hollow"), KeyEntry("depuis", palette.muted, "circle"))
    return Chart(spec, alt, shift_reading(rows, since), key)


def _line(palette: Palette) -> Spec:
    return {"color": palette.quiet, "width": 3}
