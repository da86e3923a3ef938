"""What is shown at a meeting, one message a slide: the same slides are projected, written as .pptx and printed.

A slide is made from rows: its title is what they show, its body what is drawn. One that has nothing to show is left
out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from netstats import charts, wording
from netstats.catalogue import actions, overview, participation, themes
from netstats.catalogue.figure import Figure
from netstats.charts import Chart, Palette
from netstats.charts.chart import KeyEntry
from netstats.reference.geography import Outline
from netstats.share import findings
from netstats.share.headlines import Headline, headlines
from netstats.share.selection import Selection
from netstats.wording import counted, number, percent

MOST_ROWS = 7  # what a slide has room for, at a size that the back of a room can read
_MOST_FAMILIES = 4
_MOST_SHIFTS = 6
_MOST_NAMES = 24
_MOST_ACTIONS = 3
_ENOUGH_FOR_SHARES = 20  # meetings: of fewer, a share says less than their number

_STATED = {"présentiel": "en présentiel", "visioconférence": "en visioconférence", "hybride": "en format hybride"}


# ---------------------------------------------------------------- what is drawn


@dataclass(frozen=True)
class Series:
    """The values of a native chart that share a name.

    Attributes
    ----------
    name
        French.
    values
        One a category; None where it is unknown.
    colours
        `#RRGGBB`, one a value.
    """

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """A chart as an office program draws it: categories, series, and what the values are.

    Attributes
    ----------
    kind
        `bars`: horizontal, the first category on top. `columns`: vertical, side by side.
    is_share
        Whether the values are shares of 1, to be written as percentages.
    """

    kind: Literal["bars", "columns"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_share: bool = False


@dataclass(frozen=True)
class Cover:
    """The first slide: lines of text, the most important first."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Numbers:
    """Key figures."""

    items: tuple[Headline, ...]


@dataclass(frozen=True, eq=False)
class Bars:
    """Ranked bars.

    Attributes
    ----------
    frame
        `code`, `label`, `value`, sorted; optional `share`, `family`, `family_rank`: see `charts.ranked_bars`.
    title, unit, row_name, share_of
        As there.
    """

    frame: pd.DataFrame
    title: str
    unit: tuple[str, str]
    row_name: tuple[str, str]
    share_of: str = ""

    def chart(self, palette: Palette, *, most: int = MOST_ROWS) -> Chart:
        """Return the chart of the screen."""
        return charts.ranked_bars(
            self.frame,
            palette=palette,
            title=self.title,
            unit=self.unit,
            row_name=self.row_name,
            share_of=self.share_of,
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
        series = Series(self.unit[1].capitalize(), tuple(map(float, rows["value"])), colours)
        return Plot("bars", tuple(map(str, rows["label"])), (series,))

    def rest(self, *, most: int = MOST_ROWS) -> str:
        """Return how many rows are not drawn; empty when all are."""
        left_out = len(self.frame) - most
        return f"et {number(left_out)} {'autre' if left_out == 1 else 'autres'}" if left_out > 0 else ""


@dataclass(frozen=True, eq=False)
class Evolution:
    """Families of themes over time.

    Attributes
    ----------
    frame
        Rows of « evolution-familles », with `label`.
    measure
        Whether a bar is a share or a number of meetings.
    named
        Codes of the families that the title names: they are drawn first of all.
    undated
        Number of meetings whose themes are known and that no period has.
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
class Map:
    """The departments by share of the population covered, and the territories that came.

    Attributes
    ----------
    departments, territories
        Rows of « departements » and « territoires ».
    outlines
        Shapes of the departments.
    focus
        Codes of the departments to zoom to; empty for the whole country.
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

    def leaders(self) -> Rows:
        """Return the departments that are covered best: a map alone does not say their names."""
        reached = self.departments[self.departments["share_covered"].fillna(0) > 0]
        first = reached.sort_values(["share_covered", "code"], ascending=[False, True]).head(MOST_ROWS)
        names = (f"{name} ({code})" for name, code in zip(first["name"], first["code"], strict=True))
        rows = tuple(zip(names, map(percent, first["share_covered"]), strict=True))
        left_out = len(reached) - len(first)
        rest = f"et {counted(left_out, 'autre département', 'autres départements')}" if left_out else ""
        return Rows(("Département", "Part"), rows, rest)


@dataclass(frozen=True)
class Rows:
    """A table of texts.

    Attributes
    ----------
    header
        French; empty for a table of two columns that needs none: what, and its value.
    rows
        As many texts a row as there are columns.
    rest
        What is not in it, in words; empty when nothing is missing.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rest: str = ""


Drawing = Bars | Evolution | Shifts | Map
"""A body that is a chart."""

Body = Cover | Numbers | Drawing | Rows


@dataclass(frozen=True, eq=False)
class Slide:
    """One message.

    Attributes
    ----------
    kind
        What it is about: a key of `KINDS`.
    title
        What it says: a finding computed from its rows, or what somebody has written in its place.
    body
        What it shows.
    definitions
        (what is counted, its definition), for the notes and the paper.
    foot
        Scope, source and date of the data, in one line; that it is made up, first of all.
    commentary
        What somebody has added; may be empty.
    """

    kind: str
    title: str
    body: Body
    definitions: tuple[tuple[str, str], ...]
    foot: str
    commentary: str = ""

    def alternative(self, palette: Palette) -> str:
        """Return what the body shows, in words made from its data; empty where it is text already."""
        return self.body.chart(palette).alt if isinstance(self.body, Drawing) else ""


# ---------------------------------------------------------------- from rows to slides


def slides(selection: Selection, outlines: Iterable[Outline], kinds: Iterable[str] | None = None) -> Iterable[Slide]:
    """Make the slides of a selection, one after the other; those with nothing to show are left out.

    Parameters
    ----------
    selection
        What they are about.
    outlines
        Shapes of the departments.
    kinds
        Which, in that order; all of `KINDS` when None.
    """
    shapes = tuple(outlines)
    for kind in KINDS if kinds is None else kinds:
        made = _MAKERS[kind](selection, shapes)
        if made is not None and made.title:
            yield made


def _slide(kind: str, selection: Selection, title: str, body: Body, *figures: Figure) -> Slide:
    source = selection.source(figures[0] if figures else overview.MEETINGS)
    foot = f"Champ : {selection.sentence}. Source : {source}. Données au {selection.updated}."
    warned = f"{selection.warning} {foot}" if selection.warning else foot
    return Slide(
        kind,
        wording.typeset(title),
        body,
        tuple((figure.title, figure.definition) for figure in figures),
        wording.typeset(warned),
    )


def _cover(selection: Selection, _: tuple[Outline, ...]) -> Slide:
    indicators, meetings = selection.rows(overview.INDICATORS).iloc[0], selection.rows(overview.MEETINGS)
    filters = selection.filters
    met = selection.rows(overview.THEMES)
    # That chosen themes lead would say nothing.
    title = findings.activity(
        indicators, met.iloc[:0] if filters.themes else met, meetings, filters.period, selection.today
    )
    dated = meetings.loc[meetings["status"] == "held", ["held_on", "date_precision"]].dropna(subset=["held_on"])
    lines = [selection.sentence]
    if not filters.period and not dated.empty:
        lines.append(f"Réunions datées : {_from_to(dated.iloc[-1], dated.iloc[0])}")
    lines.append(wording.date(selection.today))
    return _slide("ouverture", selection, title, Cover(tuple(map(wording.typeset, lines))))


def _from_to(first: pd.Series, last: pd.Series) -> str:
    """Return « du 6 mai 2020 au 4 juin 2021 », « de mai 2020 à 2021 », or the one date there is."""
    since, until = (wording.date(row["held_on"], str(row["date_precision"])) for row in (first, last))
    if since == until:
        return since
    from_day, to_day = (row["date_precision"] == "day" for row in (first, last))
    return f"{'du' if from_day else 'de'} {since} {'au' if to_day else 'à'} {until}"


def _key_figures(selection: Selection, _: tuple[Outline, ...]) -> Slide:
    row = selection.rows(overview.INDICATORS).iloc[0]
    body = Numbers(headlines(row, selection.filters))
    is_whole = _is_whole(selection, selection.rows(overview.DEPARTMENTS))
    place = findings.place_of(selection.filters, selection.choices, is_whole=is_whole)
    made = _slide("chiffres", selection, findings.key_figures(row, place), body, overview.INDICATORS)
    definitions = tuple((headline.label, headline.definition) for headline in body.items)
    return Slide(made.kind, made.title, body, definitions, made.foot)


def _map(selection: Selection, outlines: tuple[Outline, ...]) -> Slide | None:
    departments = selection.rows(overview.DEPARTMENTS)
    title = findings.covered_departments(departments)
    if not title:
        return None
    territories = selection.rows(overview.TERRITORIES)
    is_whole = _is_whole(selection, departments)
    body = Map(departments, territories, outlines, () if is_whole else tuple(departments["code"]))
    return _slide("carte", selection, title, body, overview.DEPARTMENTS)


def _is_whole(selection: Selection, departments: pd.DataFrame) -> bool:
    """Return whether the rows of « departements » are those of the whole country."""
    return len(departments) == len(selection.choices["departement"])


def _participation(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    rows = selection.rows(overview.TERRITORIES, compared=False)
    if rows.empty:
        return None
    body = Bars(
        _bars(rows, "name", "attendances"),
        "Territoires les plus présents",
        ("présence", "présences"),
        ("territoire", "territoires"),
    )
    return _slide("participation", selection, findings.most_present(rows), body, overview.TERRITORIES)


def _themes(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    chosen = selection.filters.themes
    rows = selection.rows(overview.THEMES, compared=False)
    rows = rows[~rows["code"].isin(chosen)]
    if rows.empty:
        return None
    body = Bars(
        _bars(rows, "short_name", "meetings"),
        "Thèmes abordés",
        ("réunion", "réunions"),
        ("thème", "thèmes"),
        share_of="des réunions dont les thèmes sont connus",
    )
    return _slide("themes", selection, findings.most_met_themes(rows, beside=bool(chosen)), body, overview.THEMES)


def _evolution(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    rows = selection.rows(themes.FAMILY_EVOLUTION)
    title = findings.latest_families(rows)
    if not title:
        return None
    known = rows.drop_duplicates("period_start")["themed_meetings"].sum()
    measure: charts.EvolutionMeasure = "share" if known >= _ENOUGH_FOR_SHARES else "count"
    meetings = selection.rows(overview.MEETINGS)
    undated = meetings[(meetings["status"] == "held") & meetings["held_on"].isna() & meetings["themes"].notna()]
    body = Evolution(rows.assign(label=rows["name"]), measure, findings.named_families(rows), len(undated))
    return _slide("evolution", selection, title, body, themes.FAMILY_EVOLUTION)


def _trends(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    rows = selection.rows(themes.TRENDS)
    clear = findings.clear_trends(rows)
    if clear.empty:
        return None
    change = (clear["share_late"] - clear["share_early"]).abs()
    shown = clear.loc[change.sort_values(ascending=False, kind="stable").index[:_MOST_SHIFTS]].sort_index()
    body = Shifts(shown.assign(label=shown["short_name"]))
    return _slide("tendances", selection, findings.trend(rows), body, themes.TRENDS)


def _actions(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    rows = selection.rows(overview.ACTION_TYPES, compared=False)
    if rows.empty:
        return None
    body = Bars(_bars(rows, "name", "actions"), "Types d’action", ("action", "actions"), ("type", "types"))
    return _slide("actions", selection, findings.most_told_actions(rows), body, overview.ACTION_TYPES)


def _latest(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    meetings = selection.rows(overview.MEETINGS)
    held = meetings[(meetings["status"] == "held") & meetings["held_on"].notna()]
    if held.empty:
        return None
    # A series lasts until its last session; a date known to the month or the year may be its last day.
    known = held["held_until"].fillna(held["held_on"])
    latest = known.sort_values(ascending=False, kind="stable").index
    meeting = held.loc[latest[0]]
    others = [_last_possible(row) for row in held.loc[latest[1:]].to_dict("records")]
    is_surely = meeting["date_precision"] == "day" and all(day < known[latest[0]] for day in others)
    told = selection.rows(actions.LIST)
    told = told[told["meeting_code"] == meeting["code"]]
    body = Rows((), tuple(_facts(meeting, told)))
    return _slide(
        "derniere",
        selection,
        findings.latest_meeting(meeting, is_surely=is_surely or not others),
        body,
        overview.MEETINGS,
    )


def _last_possible(row: Mapping[Hashable, Any]) -> pd.Timestamp:
    """Return the last day on which a meeting may have been held."""
    first = pd.Timestamp(row["held_on"])
    ends = {"month": first + pd.offsets.MonthEnd(0), "year": first + pd.offsets.YearEnd(0)}
    last = ends.get(str(row["date_precision"]), first)
    return last if wording.is_missing(row["held_until"]) else max(last, pd.Timestamp(row["held_until"]))


def _facts(meeting: pd.Series, told: pd.DataFrame) -> Iterable[tuple[str, str]]:
    yield "Réunion", wording.typeset(str(meeting["title"]))
    where = [str(meeting["network"]), _STATED.get(str(meeting["format"]), "")]
    where += [str(meeting["place"])] if isinstance(meeting["place"], str) else []
    yield "Réseau", ", ".join(filter(None, where))
    yield "Thèmes", str(meeting["themes"]) if isinstance(meeting["themes"], str) else "non dits par la source"
    if isinstance(meeting["names"], str):
        names = str(meeting["names"]).split(" ; ")
        others = len(names) - _MOST_NAMES
        more = f" et {counted(others, 'autre')}" if others > 0 else ""
        total = meeting["territories_all"]
        of = f" (de la sélection, sur {number(total)})" if total != meeting["territories"] else ""
        yield f"Présents{of}", wording.typeset(", ".join(names[:_MOST_NAMES])) + more
    if not wording.is_missing(meeting["participants"]):
        yield "Participants", wording.approximate(meeting["participants"], meeting["participants_precision"])
    if not told.empty:
        said = " ; ".join(str(text).rstrip(".") for text in told["description"].head(_MOST_ACTIONS))
        more = f" ; et {counted(len(told) - _MOST_ACTIONS, 'autre')}" if len(told) > _MOST_ACTIONS else ""
        yield counted(len(told), "action"), wording.typeset(said + more)


def _missing(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    rows = selection.rows(participation.LAPSED)
    if rows.empty:
        return None
    shown = tuple(
        (
            wording.typeset(str(row["name"])),
            wording.spoken_date(row["last_seen"]) if isinstance(row["last_seen"], str) else "à une date inconnue",
            number(row["attendances"]),
            _first_themes(row["themes"]),
        )
        for row in rows.head(MOST_ROWS).to_dict("records")
    )
    others = len(rows) - len(shown)
    body = Rows(
        ("Territoire", "Dernière présence", "Présences", "Thèmes de cette réunion"),
        shown,
        f"et {counted(others, 'autre territoire', 'autres territoires')}" if others > 0 else "",
    )
    return _slide("relancer", selection, findings.to_call_back(rows), body, participation.LAPSED)


def _first_themes(themes: object) -> str:
    if not isinstance(themes, str):
        return "non dits par la source"
    first, *others = themes.split(" · ")
    return f"{first} et {counted(len(others), 'autre')}" if others else first


def _sources(selection: Selection, _: tuple[Outline, ...]) -> Slide:
    row = selection.rows(overview.INDICATORS).iloc[0]
    lines = tuple((known.label, wording.typeset(known.definition)) for known in overview.MEASURES)
    body = Rows((), (("Source", wording.typeset(selection.source(overview.INDICATORS))), *lines))
    return _slide("sources", selection, findings.known_from(row), body, overview.INDICATORS)


def _bars(rows: pd.DataFrame, label: str, value: str) -> pd.DataFrame:
    """Return the rows as ranked bars draw them, in the order in which they do."""
    kept = [column for column in ("code", "share", "family", "family_rank") if column in rows]
    made = rows[kept].assign(label=rows[label], value=rows[value])
    return charts.ranked(made)


_MAKERS: Mapping[str, Callable[[Selection, tuple[Outline, ...]], Slide | None]] = {
    "ouverture": _cover,
    "chiffres": _key_figures,
    "carte": _map,
    "participation": _participation,
    "themes": _themes,
    "evolution": _evolution,
    "tendances": _trends,
    "actions": _actions,
    "derniere": _latest,
    "relancer": _missing,
    "sources": _sources,
}

KINDS: Mapping[str, str] = {
    "ouverture": "Ouverture",
    "chiffres": "Chiffres clés",
    "carte": "Carte",
    "participation": "Participation",
    "themes": "Thèmes",
    "evolution": "Thèmes dans le temps",
    "tendances": "Thèmes en hausse et en baisse",
    "actions": "Actions",
    "derniere": "Dernière réunion",
    "relancer": "À relancer",
    "sources": "Sources et définitions",
}
"""What a slide may be about → how that is called, in the order of a presentation."""
