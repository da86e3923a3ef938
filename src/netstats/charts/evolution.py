"""What rises and what fades: one row of bars a theme over the periods, and the share of each theme before and since."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from netstats.charts.chart import (
    FONT_SIZE,
    SMALL,
    Chart,
    KeyEntry,
    Row,
    figure,
    first_few,
    plain,
    reading,
    require,
    tinted,
    wrapped,
)
from netstats.charts.palette import Palette
from netstats.charts.ticks import period_ticks, spoken_period
from netstats.wording import NO_BREAK, counted, is_missing, number, percent, plural

EvolutionMeasure = Literal["share", "count"]
"""What the height of a bar is: the share of the meetings whose themes are known, or the number of meetings."""

NAME_LINE = 22  # pixels: the line that names a row
BARS = 34  # pixels: the highest bar
TEXT = 16  # pixels over the bars, for their values
GAP = 8
EDGE = 12  # left and right, for the half of a text wider than its bar
AXIS_LINE = 24
TEXTS_UP_TO = 8  # periods: beyond, only the highest bar of a row is labelled, the others are left to the hover
LONGEST_NAME = 40  # characters, beside a count, on a phone

SHIFT_ROW = 46  # pixels
DOT = 11


def evolution_bars(
    frame: pd.DataFrame,
    *,
    palette: Palette,
    title: str,
    measure: EvolutionMeasure = "share",
    most: int = 10,
) -> Chart:
    """Return one row of bars a theme (or family), all on the same scale, one bar a period.

    Parameters
    ----------
    frame
        One row a (theme, period), nil included: `code`, `label`, `family_rank`, `period_start` (date), `period_label`
        (French: « T2 2021 »), `meetings` (count), `themed_meetings` (count of those whose themes are known) and
        `share` (0 to 1, missing where `themed_meetings` is nil). Optional: `family`.
    palette
        Colours.
    title
        What is counted, for the alternative text: « Thèmes dans le temps ».
    measure
        Whether the bars are the share or the number of meetings.
    most
        How many rows are drawn, the most frequent ones; the reading says when there are more.

    Returns
    -------
    Chart
        data[0] are the bars, data[1] one invisible bar a row and period over its whole height, which takes hover and
        clicks: its customdata is `[code]`.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    require(
        frame,
        ("code", "label", "family_rank", "period_start", "period_label", "meetings", "themed_meetings", "share"),
    )
    totals = frame.groupby("code", sort=False)["meetings"].sum()
    kept = totals.sort_values(ascending=False, kind="stable").index[:most]
    first = frame.drop_duplicates("code").set_index("code")
    periods = frame.drop_duplicates("period_start").sort_values("period_start")
    starts, labels = list(periods["period_start"]), [str(label) for label in periods["period_label"]]
    column = {start: place for place, start in enumerate(starts)}
    rows = frame[frame["code"].isin(kept)]
    band = {code: place for place, code in enumerate(kept)}
    cells = sorted(rows.to_dict("records"), key=lambda row: (band[row["code"]], row["period_start"]))
    values = [_value(row, measure) for row in cells]
    top = max(*(value or 0 for value in values), 1e-9)

    step = NAME_LINE + TEXT + BARS + GAP
    height = step * len(kept)
    floors = [band[row["code"]] * step + NAME_LINE + TEXT + BARS for row in cells]
    places = [column[row["period_start"]] for row in cells]
    chart = figure(palette, height=height + AXIS_LINE, margin=(EDGE, EDGE, 0, AXIS_LINE))
    chart.add_bar(
        x=places,
        # Upwards on an axis that counts pixels down; a bar that is not nil is never invisible.
        y=[-max((value or 0) / top * BARS, 1.5 if value else 0) for value in values],
        base=floors,
        width=0.82,
        marker={"color": [palette.family_colour(row["family_rank"]) for row in cells], "line": {"width": 0}},
        text=_texts(cells, values, measure, few=len(starts) <= TEXTS_UP_TO),
        textposition="outside",
        textangle=0,
        textfont={"color": palette.text, "size": SMALL},
        constraintext="none",
        cliponaxis=False,
        hoverinfo="skip",
    )
    chart.add_bar(
        x=places,
        y=[-(TEXT + BARS)] * len(cells),
        base=floors,
        width=1,
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[[str(row["code"])] for row in cells],
        hovertext=[_hover(row) for row in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    names = [
        _name(str(first["label"][code]), number(int(totals[code])), place * step + NAME_LINE / 2, palette, -EDGE)
        for code, place in band.items()
    ]
    lines = [_floor(place * step + NAME_LINE + TEXT + BARS, palette) for place in band.values()]
    ticks, texts = period_ticks(starts, labels)
    chart.update_layout(barmode="overlay", annotations=names, shapes=lines)
    chart.update_xaxes(
        visible=True,
        range=[-0.5, len(starts) - 0.5],
        tickmode="array",
        tickvals=ticks,
        ticktext=[text.replace(" ", "<br>") for text in texts] if len(texts) > 5 else texts,
        tickangle=0,
        tickfont={"size": SMALL, "color": palette.muted},
        ticks="",
    )
    if len(texts) > 5 and any(" " in text for text in texts):  # two lines: « T4 » over « 2019 »
        chart.update_layout(height=height + AXIS_LINE + 14, margin_b=AXIS_LINE + 14)
    chart.update_yaxes(range=[height, 0])

    items = [f"{first['label'][code]}, {counted(int(totals[code]), 'réunion')}" for code in kept]
    alt = f"Petites barres de {labels[0]} à {labels[-1]}. {title}{NO_BREAK}: {first_few(items)}."
    left_out = len(totals) - len(kept)
    more = f" {number(left_out)} {plural(left_out, 'autre est', 'autres sont')} dans les données." if left_out else ""
    return Chart(chart, alt, _reading(cells, values) + more, _key(first.loc[kept], palette))


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
    require(
        frame,
        (
            "code",
            "label",
            "family_rank",
            "early_meetings",
            "early_total",
            "share_early",
            "late_meetings",
            "late_total",
            "share_late",
            "trend",
        ),
    )
    rows = frame.to_dict("records")
    top = max(*(max(row["share_early"], row["share_late"]) for row in rows), 1e-9)
    height = SHIFT_ROW * len(rows)
    chart = figure(palette, height=height, margin=(DOT, 52, 0, 0))
    middles = [place * SHIFT_ROW + 32 for place in range(len(rows))]
    colours = [palette.family_colour(row["family_rank"]) for row in rows]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row, y in zip(rows, middles, strict=True):
        xs += [row["share_early"], row["share_late"], None]
        ys += [y, y, None]
    chart.add_scatter(x=xs, y=ys, mode="lines", line={"color": palette.quiet, "width": 3}, hoverinfo="skip")
    chart.add_scatter(
        x=[row["share_early"] for row in rows],
        y=middles,
        mode="markers",
        marker={"size": DOT, "symbol": "circle-open", "color": colours, "line": {"width": 2, "color": colours}},
        cliponaxis=False,
        hoverinfo="skip",
    )
    chart.add_scatter(
        x=[row["share_late"] for row in rows],
        y=middles,
        mode="markers+text",
        marker={"size": DOT, "color": colours, "line": {"width": 0}},
        # Away from the line that comes to the dot.
        text=[percent(row["share_late"]) for row in rows],
        textposition=["middle right" if row["share_late"] >= row["share_early"] else "middle left" for row in rows],
        textfont={"color": palette.text, "size": SMALL},
        cliponaxis=False,
        hoverinfo="skip",
    )
    chart.add_bar(
        orientation="h",
        x=[top] * len(rows),
        y=[place * SHIFT_ROW + SHIFT_ROW / 2 for place in range(len(rows))],
        width=SHIFT_ROW,
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[[str(row["code"])] for row in rows],
        hovertext=[_shift_hover(row) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    names = [
        _name(str(row["label"]), _counts(row), place * SHIFT_ROW + 12, palette, -DOT) for place, row in enumerate(rows)
    ]
    chart.update_layout(annotations=names)
    # Room left of nil for the text of a theme that fell.
    chart.update_xaxes(range=[-0.12 * top, top])
    chart.update_yaxes(range=[height, 0])
    items = [f"{row['label']} {_shift(row)}" for row in rows]
    alt = f"Parts avant et depuis {since}{NO_BREAK}: {first_few(items)}."
    lead = max(rows, key=lambda row: abs(row["share_late"] - row["share_early"]))
    said = (
        f"«{NO_BREAK}{lead['label']}{NO_BREAK}» était abordé à {_of(lead, 'early')} réunions "
        f"({percent(lead['share_early'])}) avant {since}, et à {_of(lead, 'late')} "
        f"({percent(lead['share_late'])}) depuis."
    )
    key = (KeyEntry(f"avant {since}", palette.muted, "hollow"), KeyEntry("depuis", palette.muted, "circle"))
    return Chart(chart, alt, reading(said), key)


def _value(row: Row, measure: EvolutionMeasure) -> float | None:
    """Return the height of a bar; None where the meetings of the period do not say their themes."""
    if not row["themed_meetings"]:
        return None
    return float(row["share"] if measure == "share" else row["meetings"])


def _texts(cells: list[Row], values: list[float | None], measure: EvolutionMeasure, *, few: bool) -> list[str]:
    """Return the label of each bar: every one while the periods are few, else that of the highest of each row."""
    highest: dict[Any, int] = {}
    for place, (row, value) in enumerate(zip(cells, values, strict=True)):
        if value and value > (values[highest[row["code"]]] or 0 if row["code"] in highest else 0):
            highest[row["code"]] = place
    texts = []
    for place, (row, value) in enumerate(zip(cells, values, strict=True)):
        if value is None:
            texts.append("–" if few else "")  # unknown is not nil
        elif value and (few or highest[row["code"]] == place):
            texts.append(percent(value) if measure == "share" else number(value))
        else:
            texts.append("")
    return texts


def _hover(row: Row) -> str:
    lines = [f"<b>{wrapped(row['label'])}</b>", plain(row["period_label"])]
    if not row["themed_meetings"]:
        return "<br>".join([*lines, "aucune réunion dont les thèmes sont connus"])
    known = counted(int(row["themed_meetings"]), "réunion")
    return "<br>".join(
        [*lines, f"{number(int(row['meetings']))} sur {known} aux thèmes connus ({percent(row['share'])})"]
    )


def _name(name: str, count: str, y: float, palette: Palette, shift: int = 0) -> dict[str, Any]:
    cut = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    return {
        "xref": "paper",
        "x": 0,
        "y": y,
        "xshift": shift,
        "text": f"{plain(cut)}  {tinted(count, palette)}",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "borderpad": 0,
        "font": {"size": FONT_SIZE},
    }


def _floor(y: float, palette: Palette) -> dict[str, Any]:
    line = {"color": palette.grid, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line, "layer": "below"}


def _key(rows: pd.DataFrame, palette: Palette) -> tuple[KeyEntry, ...]:
    if "family" not in rows:
        return ()
    families = rows[["family_rank", "family"]].dropna().drop_duplicates().sort_values("family_rank")
    return tuple(KeyEntry(str(name), palette.family_colour(rank)) for rank, name in families.itertuples(index=False))


def _reading(cells: list[Row], values: list[float | None]) -> str:
    """Say aloud the highest bar, the latest of them."""
    place = max(range(len(cells)), key=lambda index: (values[index] or 0, cells[index]["period_start"]))
    row = cells[place]
    when, _ = spoken_period(str(row["period_label"]))
    known = counted(int(row["themed_meetings"]), "réunion")
    share = "" if is_missing(row["share"]) else f", soit {percent(row['share'])}"
    return reading(
        f"{when}, «{NO_BREAK}{row['label']}{NO_BREAK}» a été abordé dans {number(int(row['meetings']))} réunion"
        f"{'s' if row['meetings'] > 1 else ''} sur {known.split(NO_BREAK)[0]} dont les thèmes sont connus{share}."
    )


def _of(row: Row, half: str) -> str:
    return f"{number(int(row[f'{half}_meetings']))} sur {number(int(row[f'{half}_total']))}"


def _counts(row: Row) -> str:
    """Return both counts as short as a phone needs: « 4/80 → 12/81 »."""
    return " → ".join(
        f"{number(int(row[f'{h}_meetings']))}/{number(int(row[f'{h}_total']))}" for h in ("early", "late")
    )


def _shift(row: Row) -> str:
    return f"({row['trend']}{NO_BREAK}: {percent(row['share_early'])} puis {percent(row['share_late'])})"


def _shift_hover(row: Row) -> str:
    return "<br>".join(
        [
            f"<b>{wrapped(row['label'])}</b>",
            f"avant{NO_BREAK}: {_of(row, 'early')} ({percent(row['share_early'])})",
            f"depuis{NO_BREAK}: {_of(row, 'late')} ({percent(row['share_late'])})",
            plain(row["trend"]),
        ]
    )
