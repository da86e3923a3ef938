"""Meetings in time: one by one while they are few, counted by period when they are many."""

from __future__ import annotations

import calendar
from datetime import date as Date  # noqa: N812 - as in netstats.wording
from datetime import timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

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
from netstats.charts.ticks import french_time_ticks, period_ticks, spoken_period
from netstats.wording import NO_BREAK, counted, date, is_missing, number

DOT = 10  # pixels
PITCH = 11  # from one dot of a meeting to the next
HEADING = 26  # the line that names a network
GAP = 12  # under a network
EDGE = 14  # left and right, for the half of a tick text
AXIS_LINE = 18  # a line of tick texts
TEXTS_UP_TO = 14  # periods: beyond, the counts would not fit a phone and are left to the hover
CELL = 24


def meeting_timeline(frame: pd.DataFrame, *, palette: Palette) -> Chart:
    """Return the meetings as dots on the line of their network, one dot a family of themes, piled up.

    For up to some sixty dated meetings; beyond, see `meeting_density`.

    Parameters
    ----------
    frame
        One row a (meeting, family of its themes), one row for a meeting without known themes: `code`,
        `title`, `network`, `held_on` (date, missing when unknown), `date_precision` (day, month, year,
        unknown), `family_rank` and `family` (missing when the themes are unknown). Optional: `held_until`
        (date: a series, drawn as a bar), `themes` and `participants` (texts, for the hover).
    palette
        Colours.

    Returns
    -------
    Chart
        data[-1] are the dots, customdata `[meeting code]`. A meeting without a date is counted in `alt`,
        not drawn.

    Raises
    ------
    ValueError
        No row, a column missing, or no meeting with a date.
    """
    columns = ("code", "title", "network", "held_on", "date_precision", "family_rank", "family")
    require(frame, columns)
    dated = frame[frame["held_on"].notna() & (frame["date_precision"] != "unknown")]
    require(dated, columns)
    undated = frame["code"].nunique() - dated["code"].nunique()

    dots = dated.sort_values(["held_on", "code", "family_rank"], kind="stable").assign(
        level=lambda rows: rows.groupby("code").cumcount()
    )
    extents = [_extent(row) for row in dots.to_dict("records")]
    dots = dots.assign(first=[first for first, _ in extents], last=[last for _, last in extents])
    meetings = dots.drop_duplicates("code")
    counts = _by_network(frame.drop_duplicates("code"))
    counts = {network: count for network, count in counts.items() if network in set(meetings["network"])}
    dated_counts = _by_network(meetings)

    levels = {network: int(rows["level"].max()) for network, rows in dots.groupby("network", observed=True)}
    baselines, height = _baselines(counts, levels)
    start, end = min(dots["first"]), max(dots["last"])
    air = timedelta(days=max((end - start).days // 25, 4))
    start, end = start - air, end + air
    places, texts = french_time_ticks(start, end)
    axis = AXIS_LINE * (2 if any("<br>" in text for text in texts) else 1) + 6
    chart = figure(palette, height=height + axis, margin=(EDGE, EDGE, 0, axis))
    _draw_lines(chart, dots, baselines, palette)
    base = [baselines[network] for network in dots["network"]]
    known = dots["family_rank"].notna()
    chart.add_scatter(
        mode="markers",
        # A date known to the month lies in its middle; a series is dated by its first session.
        x=[
            first.isoformat() if precision == "day" else _middle(first, last)
            for first, last, precision in zip(dots["first"], dots["last"], dots["date_precision"], strict=True)
        ],
        y=[start - PITCH * level for start, level in zip(base, dots["level"], strict=True)],
        marker={
            "size": DOT,
            "color": [palette.family_colour(rank) for rank in dots["family_rank"]],
            "symbol": ["circle" if is_known else "circle-open" for is_known in known],
            "line": {"width": [1 if is_known else 2 for is_known in known], "color": _rims(dots, palette)},
            "opacity": 1,
        },
        customdata=[[code] for code in dots["code"].astype(str)],
        hovertext=[_hover(row) for row in dots.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
    )
    headings = []
    for network, count in counts.items():
        top = baselines[network] - PITCH * levels[network] - DOT // 2
        said = number(count)  # short: it has to fit beside the longest network on a phone
        if count > dated_counts[network]:
            said += f" (dont {number(count - dated_counts[network])} sans date)"
        headings.append(_heading(network, said, top - HEADING // 2, shift=-EDGE, palette=palette))
    chart.update_layout(annotations=headings)

    chart.update_xaxes(
        visible=True,
        type="date",
        range=[start.isoformat(), end.isoformat()],
        tickmode="array",
        tickvals=[place.isoformat() for place in places],
        ticktext=texts,
        tickangle=0,
        tickfont={"size": SMALL, "color": palette.muted},
        showgrid=True,
        gridcolor=palette.grid,
        gridwidth=1,
        showline=False,
        ticks="",
    )
    chart.update_yaxes(range=[height, 0])
    return Chart(chart, _alt(dated_counts, meetings, undated), _reading(dots), _key(dots, palette))


def meeting_density(frame: pd.DataFrame, *, palette: Palette) -> Chart:
    """Return the number of meetings of each network and period, as squares the darker the more there were.

    Parameters
    ----------
    frame
        One row a (network, period): `network`, `period_start` (date), `period_label` (French: « T2 2021 »),
        `meetings` (count). A pair that is not there is drawn as nil; a period without any meeting must be
        there with a nil for at least one network, or the axis would skip it.
    palette
        Colours.

    Returns
    -------
    Chart
        data[0] are the squares, customdata `[network, first day of the period in ISO form]`.

    Raises
    ------
    ValueError
        The frame is empty or lacks a column.
    """
    require(frame, ("network", "period_start", "period_label", "meetings"))
    table = frame.pivot_table(
        index="network", columns="period_start", values="meetings", aggfunc="sum", fill_value=0, observed=True
    )
    table = table.assign(_total=table.sum(axis=1)).sort_values(["_total", "network"], ascending=[False, True])
    totals = table.pop("_total")
    labels = frame.drop_duplicates("period_start").set_index("period_start")["period_label"]
    periods = [str(labels[start]) for start in table.columns]
    days = [_day(start).isoformat() for start in table.columns]

    most = int(table.to_numpy().max())
    row_height = HEADING + CELL + 8
    height = row_height * len(table)
    cells = [
        (column, row, int(count)) for row, counts in enumerate(table.to_numpy()) for column, count in enumerate(counts)
    ]
    colours = [palette.sequential[_step(count, most)] for *_, count in cells]
    chart = figure(palette, height=height + AXIS_LINE + 6, margin=(0, 0, 0, AXIS_LINE + 6))
    chart.add_bar(
        x=[column for column, _, _ in cells],
        y=[CELL] * len(cells),
        base=[row * row_height + HEADING for _, row, _ in cells],
        width=1,
        marker={"color": colours, "line": {"color": palette.surface, "width": 1}},
        text=[number(count) if count and len(periods) <= TEXTS_UP_TO else "" for *_, count in cells],
        textposition="inside",
        constraintext="none",
        insidetextanchor="middle",
        insidetextfont={"color": [palette.readable_on(colour) for colour in colours], "size": SMALL},
        textangle=0,
        customdata=[[str(table.index[row]), days[column]] for column, row, _ in cells],
        hovertext=[
            f"<b>{plain(table.index[row])}</b><br>{plain(periods[column])}{NO_BREAK}: {counted(count, 'réunion')}"
            for column, row, count in cells
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    headings = [
        _heading(str(network), number(int(total)), row * row_height + HEADING // 2, shift=0, palette=palette)
        for row, (network, total) in enumerate(totals.items())
    ]
    places, texts = period_ticks(list(table.columns), periods)
    chart.update_layout(barmode="overlay", annotations=headings)
    chart.update_xaxes(
        visible=True,
        range=[-0.5, len(periods) - 0.5],
        tickmode="array",
        tickvals=places,
        ticktext=texts,
        tickangle=0,
        tickfont={"size": SMALL, "color": palette.muted},
        ticks="",
    )
    chart.update_yaxes(range=[height, 0])

    items = [f"{network}, {counted(int(total), 'réunion')}" for network, total in totals.items()]
    alt = f"Réunions par réseau, de {periods[0]} à {periods[-1]}{NO_BREAK}: {first_few(items)}."
    column, row, count = max(cells, key=lambda cell: (cell[2], cell[0]))
    when, length = spoken_period(periods[column])
    held = f"{when}, le réseau {table.index[row]} a tenu {counted(count, 'réunion')}"
    return Chart(chart, alt, reading(f"{held}{NO_BREAK}; aucun n’en a tenu davantage en un {length}."))


def _by_network(meetings: pd.DataFrame) -> dict[Any, int]:
    """Return the number of meetings of each network, the most active first."""
    counts = meetings.groupby("network", observed=True)["code"].size().to_dict()
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _baselines(counts: dict[Any, int], levels: dict[Any, int]) -> tuple[dict[Any, int], int]:
    """Return the place of each network's line, and the height of all, in pixels from the top."""
    baselines, top = {}, 0
    for network in counts:
        top += HEADING + PITCH * levels[network] + DOT // 2
        baselines[network] = top
        top += DOT // 2 + GAP
    return baselines, top


def _extent(row: Row) -> tuple[Date, Date]:
    """Return the first and the last day on which the meeting may have been held, or was."""
    first = _day(row["held_on"])
    if row["date_precision"] == "month":
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    elif row["date_precision"] == "year":
        last = first.replace(month=12, day=31)
    else:
        last = first
    until = row.get("held_until")
    return first, last if is_missing(until) else max(last, _day(until))


def _day(value: Any) -> Date:
    day: Date = pd.Timestamp(value).date()
    return day


def _middle(first: Date, last: Date) -> str:
    return (first + (last - first) / 2).isoformat()


def _rims(dots: pd.DataFrame, palette: Palette) -> list[str]:
    # A rim in the colour of the card keeps neighbours apart; a hollow dot is nothing but its rim.
    return [palette.surface if known else palette.rest for known in dots["family_rank"].notna()]


def _draw_lines(chart: go.Figure, dots: pd.DataFrame, baselines: dict[Any, int], palette: Palette) -> None:
    """Draw the lines of the networks, and over them what lasts: a series, a month without its day."""
    for baseline in baselines.values():
        chart.add_shape(
            type="line",
            xref="paper",
            x0=0,
            x1=1,
            y0=baseline,
            y1=baseline,
            layer="below",
            line={"color": palette.grid, "width": 1},
        )
    xs: list[str | None] = []
    ys: list[float | None] = []
    for row in dots[(dots["level"] == 0) & (dots["first"] != dots["last"])].to_dict("records"):
        xs += [row["first"].isoformat(), row["last"].isoformat(), None]
        ys += [*[baselines[row["network"]]] * 2, None]
    chart.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": palette.quiet, "width": 4},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _heading(name: str, count: str, y: float, *, shift: int, palette: Palette) -> dict[str, Any]:
    """Return the annotation that names a network."""
    return {
        "xref": "paper",
        "x": 0,
        "y": y,
        "xshift": shift,
        "text": f"{plain(name)}  {tinted(count, palette)}",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "borderpad": 0,
        "font": {"size": FONT_SIZE},
    }


def _moment(row: Row) -> str:
    start = date(_day(row["held_on"]), str(row["date_precision"]))
    until = row.get("held_until")
    return start if is_missing(until) else f"{start} – {date(_day(until))}"


def _hover(row: Row) -> str:
    lines = [f"<b>{wrapped(row['title'])}</b>", wrapped(f"{row['network']}, {_moment(row)}")]
    themes = row.get("themes")
    if not is_missing(themes) and themes:
        lines.append(wrapped(f"Thèmes{NO_BREAK}: {themes}"))
    elif is_missing(row["family"]):
        lines.append("Thèmes inconnus")
    else:
        lines.append(wrapped(row["family"]))
    participants = row.get("participants")
    if not is_missing(participants) and participants:
        lines.append(wrapped(f"Participants{NO_BREAK}: {participants}"))
    return "<br>".join(lines)


def _alt(counts: dict[Any, int], meetings: pd.DataFrame, undated: int) -> str:
    rows = meetings.to_dict("records")
    first, last = rows[0], max(rows, key=lambda row: row["last"])
    items = [f"{network}, {counted(count, 'réunion datée', 'réunions datées')}" for network, count in counts.items()]
    text = (
        f"Frise chronologique de {counted(len(meetings), 'réunion datée', 'réunions datées')}, "
        f"de {_moment(first)} à {_moment(last)}{NO_BREAK}: {first_few(items)}."
    )
    if undated:
        left_out = "n’est pas placée" if undated == 1 else "ne sont pas placées"
        text += f" {counted(undated, 'réunion')} sans date {left_out}."
    return text


def _reading(dots: pd.DataFrame) -> str:
    """Say aloud the meeting with the most families, the latest of them."""
    by_meeting = list(dots.groupby("code", sort=False))
    _, rows = max(by_meeting, key=lambda pair: (pair[1]["family"].notna().sum(), pair[1]["first"].iloc[0]))
    row = rows.iloc[0].to_dict()
    when = {"month": "en ", "year": "en "}.get(str(row["date_precision"]), "le ")
    moment = f"{when}{date(_day(row['held_on']), str(row['date_precision']))} ({row['network']})"
    families = [str(name) for name in rows["family"].dropna()]
    if not families:
        return reading(f"{moment}, une réunion dont les thèmes sont inconnus.")
    count = "une famille" if len(families) == 1 else f"{number(len(families))} familles"
    each = "un point" if len(families) == 1 else "un point pour chacune"
    return reading(f"{moment}, une réunion a abordé {count} de thèmes, {each}{NO_BREAK}: {', '.join(families)}.")


def _key(dots: pd.DataFrame, palette: Palette) -> tuple[KeyEntry, ...]:
    families = dots[["family_rank", "family"]].dropna().drop_duplicates().sort_values("family_rank")
    key = [
        KeyEntry(str(name), palette.family_colour(rank), "circle") for rank, name in families.itertuples(index=False)
    ]
    if dots["family_rank"].isna().any():
        key.append(KeyEntry("Thèmes inconnus", palette.rest, "hollow"))
    return tuple(key)


def _step(count: int, most: int) -> int:
    """Return the class, 0 to 5, of a count among counts up to `most`."""
    return 0 if count == 0 else 1 + min(4, (count - 1) * 5 // max(most, 5))
