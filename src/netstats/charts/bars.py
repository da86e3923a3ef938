"""Ranked bars: themes, types of action."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

import pandas as pd

from netstats.charts.chart import (
    FONT_SIZE,
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
from netstats.wording import NO_BREAK, counted, is_missing, listing, number, percent, signed

ROW = 42  # pixels: a line for the label, the bar, the air before the next row
BAR = 10
LABEL_CENTRE = 12  # from the top of the row
BAR_CENTRE = 28
LONGEST_LABEL = 44  # characters: what 330 px hold
CHARACTER = 7.2  # pixels, of a digit, with some room


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
    rows = ranked(frame)
    tied = int((rows["value"] == rows["value"].iloc[0]).sum())
    rows = rows.head(most) if most else rows
    codes = [str(code) for code in rows["code"]]
    labels = [str(label) for label in rows["label"]]
    values = [float(value) for value in rows["value"]]
    shares = [percent(share) for share in rows["share"]] if "share" in rows else [""] * len(rows)
    compared = "change" in rows and not rows["change"].isna().any()
    befores = [float(value) for value in rows["before"]] if compared else []
    changes = [signed(value) for value in rows["change"]] if compared else [""] * len(rows)
    write = number if unit else percent
    texts = [
        write(value)
        + (f" {tinted(f'({share})', palette)}" if share else "")
        + (f"  {tinted(change, palette)}" if change else "")
        for value, share, change in zip(values, shares, changes, strict=True)
    ]
    said = [counted(value, *unit) if unit else f"{percent(value)} {share_of}".rstrip() for value in values]

    top = max(*values, *befores, 1.0)
    height = ROW * len(rows)
    longest = max(
        len(write(v)) + (len(s) + 3 if s else 0) + (len(c) + 2 if c else 0)
        for v, s, c in zip(values, shares, changes, strict=True)
    )
    chart = figure(palette, height=height, margin=(0, round(longest * CHARACTER) + 8, 0, 0))
    tops = [index * ROW for index in range(len(rows))]
    chart.add_bar(
        orientation="h",
        x=values,
        y=[start + BAR_CENTRE for start in tops],
        width=BAR,
        marker={"color": _colours(rows, codes, palette, selected), "line": {"width": 0}, "cornerradius": 2},
        text=[] if compared else texts,
        textposition="outside",
        textfont={"color": palette.text, "size": FONT_SIZE},
        textangle=0,
        constraintext="none",
        cliponaxis=False,
        hoverinfo="skip",
    )
    chart.add_bar(
        orientation="h",
        x=[top] * len(rows),
        y=[start + ROW / 2 for start in tops],
        width=ROW,
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[[code] for code in codes],
        hovertext=[
            _hover(row, what, share, share_of)
            for row, what, share in zip(rows.to_dict("records"), said, shares, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    if befores:
        chart.add_scatter(
            x=[before or None for before in befores],  # a tick at nil would be one more line at the foot of a bar
            y=[start + BAR_CENTRE for start in tops],
            mode="markers",
            marker={"symbol": "line-ns", "size": BAR + 1, "line": {"width": 2, "color": palette.text}},
            hoverinfo="skip",
            cliponaxis=False,
        )
        chart.add_scatter(  # after the tick where it lies beyond the bar, or it would cross the number
            x=[max(pair) for pair in zip(values, befores, strict=True)],
            y=[start + BAR_CENTRE for start in tops],
            mode="text",
            text=[f" {text}" for text in texts],
            textposition="middle right",
            textfont={"color": palette.text, "size": FONT_SIZE},
            hoverinfo="skip",
            cliponaxis=False,
        )
    # All at once: plotly checks the whole list again at each annotation that is added to it.
    names = [
        {
            "x": 0,
            "y": start + LABEL_CENTRE,
            "xref": "x",
            "yref": "y",
            "text": plain(label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"),
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "middle",
            "borderpad": 0,
            "align": "left",
        }
        for start, label in zip(tops, labels, strict=True)
    ]
    chart.update_layout(barmode="overlay", annotations=names, xaxis_range=[0, top], yaxis_range=[height, 0])

    items = [
        f"{label}, {what}" + (f" ({share})" if share else "") + (f", évolution {change}" if change else "")
        for label, what, share, change in zip(labels, said, shares, changes, strict=True)
    ]
    alt = f"Barres horizontales. {title}{NO_BREAK}: {first_few(items)}."
    return Chart(
        chart,
        alt,
        _reading(labels[:tied], tied, said[0], shares[0], share_of=share_of, row_name=row_name),
        _key(rows, palette, selected),
    )


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the order of the bars: by `value`, the greatest first, then by `label` as French sorts."""
    sorted_labels = frame.assign(_label=frame["label"].map(_sorting))
    return sorted_labels.sort_values(["value", "_label"], ascending=[False, True], kind="stable").drop(columns="_label")


def _sorting(label: object) -> str:
    """Return what sorts a label as French does: « Évaluation » with the E."""
    return unicodedata.normalize("NFKD", str(label)).encode("ascii", "ignore").decode().casefold()


def _colours(rows: pd.DataFrame, codes: list[str], palette: Palette, selected: Collection[str]) -> list[str]:
    if "family_rank" in rows:
        own = [palette.family_colour(rank) for rank in rows["family_rank"]]
    else:
        own = [palette.accent] * len(rows)
    return [
        colour if not selected or code in selected else palette.quiet for code, colour in zip(codes, own, strict=True)
    ]


def _hover(row: Row, what: str, share: str, share_of: str) -> str:
    detail = row.get("detail")
    name = row["label"] if is_missing(detail) or not detail else detail
    lines = [f"<b>{wrapped(name)}</b>", what]
    if share:
        lines.append(wrapped(f"{share} {share_of}".strip()))
    if not is_missing(row.get("change")):
        earlier = f"Période précédente{NO_BREAK}: {number(row['before'])} ({signed(row['change'])})"
        lines.append(wrapped(earlier))
    if not is_missing(row.get("family")):
        lines.append(wrapped(f"Famille{NO_BREAK}: {row['family']}"))
    return "<br>".join(lines)


def _key(rows: pd.DataFrame, palette: Palette, selected: Collection[str]) -> tuple[KeyEntry, ...]:
    before = (
        (KeyEntry("Période précédente", palette.text, "tick"),)
        if "change" in rows and not rows["change"].isna().any()
        else ()
    )
    if selected or not {"family", "family_rank"} <= set(rows.columns):
        return before
    families = rows[["family_rank", "family"]].dropna().drop_duplicates().sort_values("family_rank")
    named = tuple(KeyEntry(str(name), palette.family_colour(rank)) for rank, name in families.itertuples(index=False))
    return (*named, *before)


def _reading(leaders: list[str], tied: int, said: str, share: str, *, share_of: str, row_name: tuple[str, str]) -> str:
    """Return what comes first; `tied` rows may be more than the `leaders` that are drawn."""
    named = [f"«{NO_BREAK}{label}{NO_BREAK}»" for label in leaders]
    beside = f", soit {share} {share_of}".rstrip() if share else ""
    if tied == 1:
        return reading(f"{named[0]} arrive en tête avec {said}{beside}.")
    if tied > 3:
        return reading(f"{number(tied)} {row_name[1]} à égalité, {said} pour chacun{beside}.")
    return reading(f"{listing(named)} arrivent en tête à égalité, {said} pour chacun{beside}.")
