"""Two selections side by side: their key figures, and what both rank, as shares since their sizes differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from netstats import charts, wording
from netstats.catalogue import comparison, overview
from netstats.catalogue.figure import Figure
from netstats.catalogue.measure import KeyFigure
from netstats.share import drawing
from netstats.share.bodies import ENOUGH_FOR_SHARES, Pairs, Rows, Slide, slide_of
from netstats.share.selection import Selection
from netstats.wording import NO_BREAK, counted, number, percent

_TOTALS = {overview.THEMES.name: "themed_meetings", overview.ACTION_TYPES.name: "actions"}
"""Ranking → the key figure that its counts are a share of."""


Maker = Callable[[Selection, Selection], Slide | None]


def names(first: Selection, second: Selection) -> tuple[str, str]:
    """Return what tells the selections from each other, in short: « Nord », « Oise »."""
    return (
        first.filters.apart(second.filters, first.choices),
        second.filters.apart(first.filters, first.choices),
    )


def key_figures(first: Selection, second: Selection) -> Sequence[tuple[KeyFigure, KeyFigure]]:
    """Return each key figure of both."""
    figures = (comparison.key_figures(one.ask, one.filters) for one in (first, second))
    return list(zip(*figures, strict=True))


def pairs(figure: Figure, first: Selection, second: Selection) -> pd.DataFrame:
    """Return a ranking of both, the greatest share of either first: themes, or types of action.

    Columns: `code`, `label`, and of each selection (`_1`, `_2`) `count`, `total` and `share` (0 to 1, missing where the
    total is nil). What one alone has is nil in the other.
    """
    spec = drawing.bars_of(figure)
    totals = [int(one.rows(overview.INDICATORS)[_TOTALS[figure.name]].iloc[0]) for one in (first, second)]
    counts = []
    for side, one in enumerate((first, second), start=1):
        rows = one.rows(figure, compared=False)
        named = pd.DataFrame({"code": rows["code"], "label": rows[spec.label], f"count_{side}": rows[spec.value]})
        counts.append(named.set_index(["code", "label"]))
    found = counts[0].join(counts[1], how="outer").fillna(0).astype("int64").reset_index()
    for side, total in enumerate(totals, start=1):
        found[f"total_{side}"] = total
        found[f"share_{side}"] = found[f"count_{side}"] / total if total else float("nan")
    found["value"] = found[["share_1", "share_2"]].max(axis=1)
    return charts.ranked(found).drop(columns="value").reset_index(drop=True)


def ranking(figure: Figure, first: Selection, second: Selection) -> Pairs | None:
    """Return what draws a ranking of both; None when neither has anything."""
    found = pairs(figure, first, second)
    return None if found.empty else Pairs(found, names(first, second), drawing.bars_of(figure))


def over_years(rows: pd.DataFrame, both: pd.DataFrame) -> pd.DataFrame:
    """Return rows of « evolution-familles-par-an » over the families and the years of both selections.

    The family most often met by the two comes first, so that both sides face each other. A year that one alone has is a
    year of the other without any meeting whose themes are known; a family that one alone has is nil in the other.
    """
    years = both[["period_start", "period_label"]].drop_duplicates().sort_values("period_start")
    families = both.assign(total=-both.groupby("code")["meetings"].transform("sum")).sort_values(["total", "code"])
    whole = families[["code", "label", "family_rank"]].drop_duplicates().merge(years, how="cross")
    themed = rows[["period_start", "themed_meetings"]].drop_duplicates()
    known = rows[["code", "period_start", "meetings"]]
    found = whole.merge(known, on=["code", "period_start"], how="left").merge(themed, on="period_start", how="left")
    counts = {"meetings": 0, "themed_meetings": 0}
    found = found.fillna(counts).astype(dict.fromkeys(counts, int))
    return found.assign(share=found["meetings"] / found["themed_meetings"].where(found["themed_meetings"] > 0))


# --- the slides


def _sizes(first: Selection, second: Selection) -> Slide:
    called = names(first, second)
    rows = tuple((one.label, _noted(one), _noted(other)) for one, other in key_figures(first, second))
    said = f"{NO_BREAK}; ".join(_size(one, name) for one, name in zip((first, second), called, strict=True))
    return slide_of(first, "face-chiffres", said, Rows(("", *called), rows), overview.INDICATORS, scope=first.scope)


def _size(selection: Selection, name: str) -> str:
    """Return how many meetings a selection has, and who came: « Nord : 8 réunions, 13 territoires »."""
    row = selection.rows(overview.INDICATORS).iloc[0]
    pieces = [counted(row["meetings"], "réunion")]
    if not wording.is_missing(row["territories"]):
        pieces.append(counted(row["territories"], "territoire"))
    return f"{name}{NO_BREAK}: {', '.join(pieces)}"


def _noted(figure: KeyFigure) -> str:
    return f"{figure.value} ({figure.note})" if figure.note else figure.value


def _rankings(kind: str, figure: Figure, of: str) -> Maker:
    """Return what makes the slide of a ranking of two selections, shares of `of`."""

    def make(first: Selection, second: Selection) -> Slide | None:
        body = ranking(figure, first, second)
        if body is None:
            return None
        return slide_of(first, kind, _farthest_apart(body, of), body, figure, scope=first.scope)

    return make


def _farthest_apart(body: Pairs, of: str) -> str:
    """Return the row whose shares differ most; empty where one side knows none."""
    known = body.frame[(body.frame["total_1"] > 0) & (body.frame["total_2"] > 0)]
    if known.empty:
        return ""
    apart = (known["share_1"] - known["share_2"]).abs()
    if not apart.max():
        return f"Les mêmes parts {of} des deux côtés"
    row = known.iloc[int(apart.argmax())]
    are_enough = min(row["total_1"], row["total_2"]) >= ENOUGH_FOR_SHARES
    said = [
        percent(row[f"share_{side}"]) + (f" {of}" if side == 1 else "")
        if are_enough
        else f"{counted(row[f'count_{side}'], *(body.spec.unit or body.spec.row))} sur {number(row[f'total_{side}'])}"
        for side in (1, 2)
    ]
    return f"«{NO_BREAK}{row['label']}{NO_BREAK}»{NO_BREAK}: {said[0]} ({body.names[0]}), {said[1]} ({body.names[1]})"


MAKERS: Mapping[str, Maker] = {
    "face-chiffres": _sizes,
    "face-themes": _rankings("face-themes", overview.THEMES, "des réunions"),
    "face-actions": _rankings("face-actions", overview.ACTION_TYPES, "des actions"),
}
"""Kind of slide → what makes it of two selections; None when there is nothing to show."""
