"""Rows under their own names: ranked bars, shares before and since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from netstats.charts import words
from netstats.charts.chart import Chart, KeyEntry, Row, require
from netstats.charts.palette import Palette
from netstats.charts.spec import (
    CLEAR,
    FONT_SIZE,
    SMALL,
    Margin,
    Spec,
    bars,
    carrying,
    from_the_top,
    heading,
    labelled,
    points,
)
from netstats.charts.words import cut, named, plain, tinted
from netstats.charts.words.rows import (
    Ranking,
    pair_hover,
    pair_item,
    pair_of,
    pair_reading,
    shift_counts,
    shift_hover,
    shift_item,
    shift_reading,
)
from netstats.reference.fold import unaccented
from netstats.wording import percent

LONGEST_NAME = 44  # characters: what 330 px hold

# Pixels of a row: its height, the middle of its name, the middle of its bar or of its dots.
RANKED = (42, 12, 28)
SHIFTED = (46, 12, 32)
PAIRED = (60, 12, 28)
BAR, DOT = 10, 11
BETWEEN = 14  # from the bar of the first to that of the second
CHARACTER = 7.2  # of a digit, with some room


@dataclass(frozen=True)
class Rows:
    """Rows one under the other, each the line that names it and what is drawn under that; all in pixels."""

    count: int
    height: int  # of a row
    name: int  # from its top, the middle of its name
    drawn: int  # from its top, where what is drawn lies

    def places(self) -> list[int]:
        """Return where what is drawn lies, from the top of all rows."""
        return [rank * self.height + self.drawn for rank in range(self.count)]

    def names(self, texts: Iterable[str], *, shift: int = 0) -> list[Spec]:
        """Return the lines that name the rows, `shift` pixels to the right."""
        return [heading(text, rank * self.height + self.name, shift=shift) for rank, text in enumerate(texts)]

    def over(self, rows: Sequence[Row], hovers: Sequence[str], *, width: float) -> Spec:
        """Return what takes hover and clicks: a bar nobody sees over the whole of each row, its name included."""
        middles = [(rank + 0.5) * self.height for rank in range(self.count)]
        over = bars([width] * self.count, middles, width=self.height, colour=CLEAR, orientation="h")
        return carrying(over, [[str(row["code"])] for row in rows], hovers)

    def figure(self, data: Sequence[Spec], palette: Palette, *, margin: Margin, **others: Any) -> Spec:
        """Return the figure of all rows."""
        return from_the_top(data, palette, height=self.count * self.height, margin=margin, **others)


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

    `frame` has one row a bar: `code`, `label`, `value` (a count, known and not negative). Optional: `share` (0 to 1,
    shown beside the value), `detail` (the full name, for the hover), `family` and `family_rank` (the bar takes the
    colour of its family, the key names the families), `before` and `change` (the value of the period before, marked by
    a tick on the bar, and what has changed since; missing: nothing is compared).

    `title` says what is counted (« Thèmes abordés »), `unit` is the counted noun, `row_name` what a bar is. Without a
    unit, the values are shares of 1, said as percentages of `share_of`, which also says what `share` is a share of.
    `selected` codes are brought out, the others turn quiet; none: all count alike. `most` bars are drawn; what is said
    of ties counts all rows. A click gives `[code]`.
    """
    require(frame, ("code", "label", "value"))
    every = ranked(frame)
    tied = int((every["value"] == every["value"].iloc[0]).sum())
    drawn = every.head(most) if most else every
    rows = drawn.to_dict("records")
    said = Ranking(unit, row_name, share_of, is_compared="change" in drawn and not drawn["change"].isna().any())
    shape = Rows(len(rows), *RANKED)

    values = [float(row["value"]) for row in rows]
    befores = [float(row["before"]) for row in rows] if said.is_compared else []
    top = max(*values, *befores, 1.0)
    texts = [said.value(row) + (f" {tinted(said.aside(row), palette)}" if said.aside(row) else "") for row in rows]
    longest = max(len(f"{said.value(row)} {said.aside(row)}".rstrip()) for row in rows)
    colours = _colours(rows, palette, selected)
    rounded = {"cornerradius": 2}
    visible = bars(values, shape.places(), width=BAR, colour=colours, orientation="h", marker=rounded)
    over = shape.over(rows, [said.hover(row) for row in rows], width=top)
    if said.is_compared:
        data = [visible, over, *_before(values, befores, shape.places(), texts, palette)]
    else:
        data = [labelled(visible, texts, palette.text, size=FONT_SIZE), over]
    spec = shape.figure(
        data,
        palette,
        margin=(0, round(longest * CHARACTER) + 8, 0, 0),
        annotations=shape.names(
            ("" if selected else words.signed(row, palette)) + plain(cut(str(row["label"]), LONGEST_NAME))
            for row in rows
        ),
        xaxis={"range": [0, top]},
    )
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


def paired_bars(
    frame: pd.DataFrame, *, palette: Palette, title: str, names: tuple[str, str], unit: tuple[str, str]
) -> Chart:
    """Return, for each row, two bars one under the other: its share in one selection, and in another.

    `frame` has one row a pair, in the order to show: `code`, `label`, and of each selection (`_1`, `_2`) `count` of
    `unit`, `total` and `share` (0 to 1; missing where the total is nil, which is unknown). `names` are those of the
    selections, `title` says what is counted. A click gives `[code]`.
    """
    require(frame, ("code", "label", *(f"{what}_{side}" for side in (1, 2) for what in ("count", "total", "share"))))
    rows = frame.to_dict("records")
    shape = Rows(len(rows), *PAIRED)
    shares = [[float(row[f"share_{side}"]) if row[f"total_{side}"] else 0.0 for row in rows] for side in (1, 2)]
    top = max(*shares[0], *shares[1], 1e-9)
    traces = []
    for side, values, colour in zip((1, 2), shares, (palette.accent, palette.rest), strict=True):
        places = [middle + (side - 1) * BETWEEN for middle in shape.places()]
        drawn = bars(values, places, width=BAR, colour=colour, orientation="h", marker={"cornerradius": 2})
        traces.append(labelled(drawn, [tinted(pair_of(row, side), palette) for row in rows], palette.text))
    spec = shape.figure(
        [*traces, shape.over(rows, [pair_hover(row, names, unit) for row in rows], width=top)],
        palette,
        margin=(0, 118, 0, 0),
        annotations=shape.names(plain(cut(str(row["label"]), LONGEST_NAME)) for row in rows),
        xaxis={"range": [0, top]},
    )
    alt = words.alternative(f"Barres par paires, {names[0]} puis {names[1]}. {title}", [pair_item(row) for row in rows])
    key = (KeyEntry(names[0], palette.accent), KeyEntry(names[1], palette.rest))
    return Chart(spec, alt, pair_reading(rows, names, unit), key)


def theme_shifts(frame: pd.DataFrame, *, palette: Palette, since: str) -> Chart:
    """Return, for each theme, its share in the older half of the meetings and in the newer one, and the line between.

    `frame` has one row a theme, in the order to show: `code`, `label`, `family_rank`, `early_meetings`, `early_total`,
    `share_early`, `late_meetings`, `late_total`, `share_late` (shares 0 to 1, all known), `trend` (French). Optional:
    `family` (its sign stands before the name). `since` says when the newer half begins: « mars 2021 ». A click gives
    `[code]`.
    """
    halves = [f"{half}_{what}" for half in ("early", "late") for what in ("meetings", "total")]
    require(frame, ("code", "label", "family_rank", *halves, "share_early", "share_late", "trend"))
    rows = frame.to_dict("records")
    early, late = ([float(row[share]) for row in rows] for share in ("share_early", "share_late"))
    top = max(*early, *late, 1e-9)
    shape = Rows(len(rows), *SHIFTED)
    middles = shape.places()
    colours = [palette.family_colour(row["family_rank"]) for row in rows]
    between = [x for pair in zip(early, late, strict=True) for x in (*pair, None)]
    line = {"color": palette.quiet, "width": 3}
    hollow = {"size": DOT, "symbol": "circle-open", "color": colours, "line": {"width": 2, "color": colours}}
    percents = {
        "text": [percent(share) for share in late],
        # Away from the line that comes to the dot.
        "textposition": ["middle right" if b >= a else "middle left" for a, b in zip(early, late, strict=True)],
        "textfont": {"color": palette.text, "size": SMALL},
    }
    spec = shape.figure(
        [
            points(between, [y for m in middles for y in (m, m, None)], mode="lines", line=line),
            points(early, middles, mode="markers", marker=hollow),
            points(late, middles, mode="markers+text", marker={"size": DOT, "color": colours}, **percents),
            shape.over(rows, [shift_hover(row) for row in rows], width=top),
        ],
        palette,
        margin=(DOT, 52, 0, 0),
        annotations=shape.names(
            (named(row["label"], shift_counts(row), palette, sign=words.signed(row, palette)) for row in rows),
            shift=-DOT,
        ),
        xaxis={"range": [-0.12 * top, top]},  # room left of nil for the text of a theme that fell
    )
    alt = words.alternative(f"Parts avant et depuis {since}", [shift_item(row) for row in rows])
    key = (KeyEntry(f"avant {since}", palette.muted, "hollow"), KeyEntry("depuis", palette.muted, "circle"))
    return Chart(spec, alt, shift_reading(rows, since), key + words.family_key(rows, palette))
