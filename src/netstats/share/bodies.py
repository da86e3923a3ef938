"""What a slide may show, drawn twice from the same rows: as the chart of the screen and as a native one of a deck."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from netstats import charts, wording
from netstats.catalogue import chart, overview, themes
from netstats.catalogue.figure import Figure
from netstats.catalogue.measure import KeyFigure
from netstats.charts import Chart, Palette
from netstats.charts.chart import KeyEntry
from netstats.charts.families import family_sign
from netstats.reference.geography import Outline
from netstats.share import findings
from netstats.share.names import Names
from netstats.share.plot import Plot, Series
from netstats.share.selection import Selection
from netstats.wording import NO_BREAK, counted, number, percent

MOST_ROWS = 7  # what a slide has room for, at a size that the back of a room can read
MOST_MAPPED = 11  # beside a map, in smaller letters
ENOUGH_FOR_SHARES = 20  # meetings: of fewer, a share says less than their number
_MOST_FAMILIES = 4


@dataclass(frozen=True)
class Cover:
    """The first slide, which the selection titles: what it shows in one line, then when it was and is."""

    finding: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Numbers:
    """Key figures."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, eq=False)
class Bars:
    """Ranked bars: rows as `drawing.bars` gives them, and what the catalogue says of them."""

    frame: pd.DataFrame
    spec: chart.Bars

    def chart(self, palette: Palette, *, most: int = MOST_ROWS) -> Chart:
        """Return the chart of the screen."""
        return charts.ranked_bars(
            self.frame,
            palette=palette,
            title=self.spec.title,
            unit=self.spec.unit,
            row_name=self.spec.row,
            share_of=self.spec.share_of,
            most=most,
        )

    def plot(self, palette: Palette, *, most: int = MOST_ROWS) -> Plot:
        """Return the native chart: the same rows, values and colours."""
        rows = self.frame.head(most)
        colours = (
            tuple(palette.family_colour(rank) for rank in rows["family_rank"])
            if "family_rank" in rows
            else (palette.accent,) * len(rows)
        )
        series = Series((self.spec.unit or self.spec.row)[1].capitalize(), tuple(map(float, rows["value"])), colours)
        labels = tuple(map(str, rows["label"]))
        if "family_rank" in rows:  # as its key, and for who does not tell the colours apart
            labels = tuple(
                f"{family_sign(rank).glyph} {one}" for rank, one in zip(rows["family_rank"], labels, strict=True)
            )
        return Plot("bars", labels, (series,))

    def rest(self, *, most: int = MOST_ROWS) -> str:
        """Return how many rows are not drawn; empty when all are."""
        return _others(len(self.frame) - most)


def _others(left_out: int) -> str:
    return f"et {number(left_out)} {wording.plural(left_out, 'autre')}" if left_out > 0 else ""


@dataclass(frozen=True, eq=False)
class Evolution:
    """Families of themes over time.

    `frame` has the rows of « evolution-familles », with `label`; `named` the codes of the families of the title, which
    are drawn first of all; `undated` is how many meetings have themes and no period.
    """

    frame: pd.DataFrame
    measure: charts.EvolutionMeasure
    named: frozenset[str] = frozenset()
    undated: int = 0

    def chart(self, palette: Palette, *, most: int = _MOST_FAMILIES) -> Chart:
        """Return the chart of the screen."""
        title = themes.FAMILY_EVOLUTION.title
        kept = self.frame[self.frame["code"].isin(self._kept(most))]
        return charts.evolution_bars(kept, palette=palette, title=title, measure=self.measure, most=most)

    def plot(self, palette: Palette, *, most: int = _MOST_FAMILIES) -> Plot:
        """Return the native chart: a series a family, the most frequent ones; unknown where no theme is known."""
        periods = self.frame.drop_duplicates("period_start").sort_values("period_start")
        series = []
        for code in self._kept(most):
            rows = self.frame[self.frame["code"] == code].sort_values("period_start")
            column = "share" if self.measure == "share" else "meetings"
            values = tuple(
                float(value) if known else None
                for value, known in zip(rows[column], rows["themed_meetings"] > 0, strict=True)
            )
            colour = palette.family_colour(rows["family_rank"].iloc[0])
            series.append(Series(str(rows["label"].iloc[0]), values, (colour,) * len(values)))
        return Plot("columns", tuple(map(str, periods["period_label"])), tuple(series), self.measure == "share")

    def _kept(self, most: int) -> list[str]:
        """Return the codes of the families to draw, the most frequent ones first."""
        totals = self.frame.groupby("code", sort=False)["meetings"].sum().sort_values(ascending=False, kind="stable")
        ranked = [str(code) for code in totals.index]
        drawn = sorted(ranked, key=lambda code: code not in self.named)[:most]
        return [code for code in ranked if code in drawn]

    def rest(self, *, most: int = _MOST_FAMILIES) -> str:
        """Return what is not drawn, in words: families, periods without themes, meetings without a date."""
        left_out = self.frame["code"].nunique() - most
        said = [f"et {counted(left_out, 'autre famille', 'autres familles')}"] if left_out > 0 else []
        if (self.frame["themed_meetings"] == 0).any():
            said.append("– : aucune réunion datée dont les thèmes sont connus")
        if self.undated:
            said.append(f"{counted(self.undated, 'réunion')} sans date, hors de ces barres")
        return wording.typeset(" ; ".join(said))


@dataclass(frozen=True, eq=False)
class Shifts:
    """Themes that rise and fade: rows of « tendances-themes » with `label`, the clearest ones."""

    frame: pd.DataFrame

    def chart(self, palette: Palette) -> Chart:
        """Return the chart of the screen."""
        return charts.theme_shifts(
            self.frame, palette=palette, since=wording.spoken_date(str(self.frame["late_since"].iloc[0]))
        )

    def plot(self, palette: Palette) -> Plot:
        """Return the native chart: two bars a theme, before and since."""
        before, since = (
            Series(
                name,
                tuple(map(float, self.frame[column])),
                tuple(palette.quiet if column == "share_early" else palette.accent for _ in range(len(self.frame))),
            )
            for name, column in ((f"Avant {findings.halfway(self.frame)}", "share_early"), ("Depuis", "share_late"))
        )
        return Plot("bars", tuple(map(str, self.frame["label"])), (before, since), is_share=True)

    def rest(self) -> str:
        """Return nothing: those that are left out change less clearly."""
        return ""


@dataclass(frozen=True, eq=False)
class Pairs:
    """A ranking of two selections: rows as `side_by_side.pairs` gives them, and what the catalogue says of them."""

    frame: pd.DataFrame
    names: tuple[str, str]
    spec: chart.Bars

    def chart(self, palette: Palette, *, most: int = MOST_ROWS) -> Chart:
        """Return the chart of the screen."""
        return charts.paired_bars(
            self.frame.head(most),
            palette=palette,
            title=self.spec.title,
            names=self.names,
            unit=self.spec.unit or self.spec.row,
        )

    def plot(self, palette: Palette) -> Plot:
        """Return the native chart: two bars a row."""
        rows = self.frame.head(MOST_ROWS)
        series = tuple(
            Series(
                name,
                tuple(None if pd.isna(share) else float(share) for share in rows[f"share_{side}"]),
                (palette.accent if side == 1 else palette.rest,) * len(rows),
            )
            for side, name in enumerate(self.names, start=1)
        )
        return Plot("bars", tuple(map(str, rows["label"])), series, is_share=True)

    def rest(self, *, most: int = MOST_ROWS) -> str:
        """Return how many rows are not drawn; empty when all are."""
        return _others(len(self.frame) - most)


@dataclass(frozen=True, eq=False)
class Map:
    """The departments by share of the population covered, and the territories that came.

    Rows of « departements » and « territoires »; `focus` has the codes of the departments to zoom to, or none.
    """

    departments: pd.DataFrame
    territories: pd.DataFrame
    outlines: tuple[Outline, ...]
    focus: tuple[str, ...]

    def chart(self, palette: Palette, *, height: int = 420) -> Chart:
        """Return the chart of the screen."""
        return charts.territory_map(
            self.departments,
            self.territories,
            self.outlines,
            measure="share_covered",
            palette=palette,
            focus=self.focus,
            height=height,
        )

    def keys(self, chart: Chart, palette: Palette) -> tuple[tuple[KeyEntry, ...], tuple[KeyEntry, ...]]:
        """Return the key of its chart in two: the classes of the departments, the signs of the territories."""
        signs = tuple(entry for entry in chart.key if entry.colour == palette.mark)
        return tuple(entry for entry in chart.key if entry not in signs), signs

    def table(self, most: int = MOST_MAPPED) -> Rows:
        """Return the departments with their numbers, the best covered first: all, or those that somebody came from."""
        known = self.departments
        if len(known) > most:
            known = known[known["share_covered"].fillna(0) > 0]
        first = known.sort_values(["share_covered", "code"], ascending=[False, True]).head(most)
        rows = tuple(
            (wording.typeset(f"{name}{NO_BREAK}({code})"), number(came), percent(share))
            for name, code, came, share in zip(
                *(first[column] for column in ("name", "code", "territories", "share_covered")), strict=True
            )
        )
        left_out = len(known) - len(first)
        rest = f"et {counted(left_out, 'autre département', 'autres départements')}" if left_out else ""
        return Rows(("Département", "Territoires", "Population couverte"), rows, rest)


@dataclass(frozen=True)
class Rows:
    """A table of texts; without a header, of two columns: what, and its value. `rest` says what is not in it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rest: str = ""


Drawing = Bars | Evolution | Shifts | Pairs | Map
"""A body that is a chart."""

Body = Cover | Numbers | Drawing | Rows | Names


@dataclass(frozen=True, eq=False)
class Slide:
    """One message: a finding, or what somebody has written in its place, over what shows it.

    `kind` is a key of `KINDS`; `definitions` are pairs (what is counted, its definition) for the notes and the paper;
    `foot` is scope, source and date of the data, and first of all that it is made up; `commentary` what was added.
    """

    kind: str
    title: str
    body: Body
    definitions: tuple[tuple[str, str], ...]
    foot: str
    commentary: str = ""


def slide_of(selection: Selection, kind: str, title: str, body: Body, *figures: Figure, scope: str = "") -> Slide:
    """Return the slide of a selection, with the definitions of figures, and the source of the first of them.

    `scope` takes the place of the sentence of the selection.
    """
    source = selection.source(figures[0] if figures else overview.MEETINGS)
    foot = f"Champ : {scope or selection.sentence}. Source : {source}. Données au {selection.updated}."
    warned = f"{selection.warning} {foot}" if selection.warning else foot
    return Slide(
        kind,
        wording.typeset(title),
        body,
        tuple((figure.title, figure.definition) for figure in figures),
        wording.typeset(warned),
    )
