"""Meetings in time, one by one, while they are few."""

from __future__ import annotations

import calendar
from datetime import date as Date  # noqa: N812 - as in netstats.wording
from datetime import timedelta
from typing import Any

import pandas as pd

from netstats.charts import words
from netstats.charts.chart import Chart, KeyEntry, Row, require
from netstats.charts.families import family_sign
from netstats.charts.palette import Palette
from netstats.charts.spec import Spec, carrying, from_the_top, hairline, heading, points, ticks
from netstats.charts.ticks import french_time_ticks
from netstats.charts.words.time import meeting_hover, network_count, timeline_alt, timeline_reading

# Pixels.
DOT = 10
PITCH = 11  # from one dot of a meeting to the next
NAME = 26  # the line that names a network
GAP = 12  # under a network
EDGE = 14  # left and right, for the half of a tick text
AXIS_LINE = 18  # a line of tick texts


def meeting_timeline(frame: pd.DataFrame, *, palette: Palette) -> Chart:
    """Return the meetings as dots on the line of their network, one dot a family of themes, piled up.

    For up to some sixty dated meetings; beyond, see `meeting_density`. `frame` has one row a (meeting, family of its
    themes), one row for a meeting without known themes: `code`, `title`, `network`, `held_on` (date, missing when
    unknown), `date_precision` (day, month, year, unknown), `family_rank` and `family` (missing when the themes are
    unknown). Optional: `held_until` (date: a series, drawn as a bar), `themes` and `participants` (texts, for the
    hover). A meeting without a date is counted in the alternative text, not drawn; there must be one with a date. A
    click gives `[meeting code]`.
    """
    columns = ("code", "title", "network", "held_on", "date_precision", "family_rank", "family")
    require(frame, columns)
    dated = frame[frame["held_on"].notna() & (frame["date_precision"] != "unknown")]
    require(dated, columns)
    dots = _dots(dated)
    meetings = dots.drop_duplicates("code")
    held, placed = _by_network(frame.drop_duplicates("code")), _by_network(meetings)
    held = {network: count for network, count in held.items() if network in placed}
    levels = {network: int(rows["level"].max()) for network, rows in dots.groupby("network", observed=True)}
    baselines, height = _baselines(held, levels)

    start, end = min(dots["first"]), max(dots["last"])
    air = timedelta(days=max((end - start).days // 25, 4))
    start, end = start - air, end + air
    places, texts = french_time_ticks(start, end)
    below = AXIS_LINE * (2 if any("<br>" in text for text in texts) else 1) + 6
    under = ticks(
        [place.isoformat() for place in places],
        texts,
        palette,
        type="date",
        range=[start.isoformat(), end.isoformat()],
        showgrid=True,
        gridcolor=palette.grid,
        gridwidth=1,
    )
    names = [
        heading(
            words.named(network, network_count(count, placed[network]), palette),
            baselines[network] - PITCH * levels[network] - DOT // 2 - NAME // 2,
            shift=-EDGE,
        )
        for network, count in held.items()
    ]
    spec = from_the_top(
        [_spans(dots, baselines, palette), _marks(dots, baselines, palette)],
        palette,
        height=height,
        margin=(EDGE, EDGE, 0, below),
        annotations=names,
        shapes=[hairline(baseline, palette) for baseline in baselines.values()],
        xaxis=under,
    )
    told = meetings.to_dict("records")
    alt = timeline_alt(placed, told[0], max(told, key=lambda row: row["last"]), frame["code"].nunique() - len(meetings))
    key = words.family_key(dots.to_dict("records"), palette)
    if dots["family_rank"].isna().any():
        key = (*key, KeyEntry("Thèmes inconnus", palette.rest, "hollow"))
    return Chart(spec, alt, timeline_reading(*_richest(dots)), key)


def _dots(dated: pd.DataFrame) -> pd.DataFrame:
    """Return one row a dot, in order of time: its `level` in the pile, the `first` and `last` day it may lie on."""
    dots = dated.sort_values(["held_on", "code", "family_rank"], kind="stable")
    extents = [_extent(row) for row in dots.to_dict("records")]
    return dots.assign(
        level=dots.groupby("code").cumcount(),
        first=[first for first, _ in extents],
        last=[last for _, last in extents],
    ).reset_index(drop=True)


def _extent(row: Row) -> tuple[Date, Date]:
    """Return the first and the last day on which the meeting may have been held, or was."""
    first = pd.Timestamp(row["held_on"]).date()
    if row["date_precision"] == "month":
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    elif row["date_precision"] == "year":
        last = first.replace(month=12, day=31)
    else:
        last = first
    until = row.get("held_until")
    return first, last if pd.isna(until) else max(last, pd.Timestamp(until).date())


def _by_network(meetings: pd.DataFrame) -> dict[Any, int]:
    """Return the number of meetings of each network, the most active first."""
    counts = meetings.groupby("network", observed=True)["code"].size().to_dict()
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _baselines(counts: dict[Any, int], levels: dict[Any, int]) -> tuple[dict[Any, int], int]:
    """Return the place of each network's line, and the height of all, in pixels from the top."""
    baselines, top = {}, 0
    for network in counts:
        top += NAME + PITCH * levels[network] + DOT // 2
        baselines[network] = top
        top += DOT // 2 + GAP
    return baselines, top


def _spans(dots: pd.DataFrame, baselines: dict[Any, int], palette: Palette) -> Spec:
    """Return what lasts: a series, a month without its day."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    for row in dots[(dots["level"] == 0) & (dots["first"] != dots["last"])].to_dict("records"):
        xs += [row["first"].isoformat(), row["last"].isoformat(), None]
        ys += [*[baselines[row["network"]]] * 2, None]
    return points(xs, ys, mode="lines", line={"color": palette.quiet, "width": 4})


def _marks(dots: pd.DataFrame, baselines: dict[Any, int], palette: Palette) -> Spec:
    """Return the dots; those of unknown themes are nothing but their rim, the others have one that parts neighbours."""
    rows = dots.to_dict("records")
    known = [not pd.isna(row["family_rank"]) for row in rows]
    marker = {
        "size": DOT,
        "color": [palette.family_colour(row["family_rank"]) for row in rows],
        "symbol": [
            family_sign(row["family_rank"]).symbol if is_known else "circle-open"
            for row, is_known in zip(rows, known, strict=True)
        ],
        "line": {
            "width": [1 if is_known else 2 for is_known in known],
            "color": [palette.surface if is_known else palette.rest for is_known in known],
        },
        "opacity": 1,
    }
    days = [_day(row).isoformat() for row in rows]
    heights = [baselines[row["network"]] - PITCH * row["level"] for row in rows]
    trace = points(days, heights, mode="markers", marker=marker)
    return carrying(trace, [[str(row["code"])] for row in rows], [meeting_hover(row) for row in rows])


def _day(row: Row) -> Date:
    """Return where a dot lies: a series on its first session, a date known to the month in its middle."""
    first: Date = row["first"]
    return first if row["date_precision"] == "day" else first + (row["last"] - first) / 2


def _richest(dots: pd.DataFrame) -> tuple[Row, list[str]]:
    """Return the meeting with the most families, the latest of them, and those families."""
    by_meeting = [rows for _, rows in dots.groupby("code", sort=False)]
    rows = max(by_meeting, key=lambda group: (group["family"].notna().sum(), group["first"].iloc[0]))
    return rows.iloc[0].to_dict(), [str(name) for name in rows["family"].dropna()]
