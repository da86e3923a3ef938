"""What is shown at a meeting, one message a slide: the same slides are projected, written as .pptx and printed.

A slide is made from rows: its title is what they show, its body what is drawn. One that has nothing to show is left
out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pandas as pd

from netstats import charts, wording
from netstats.catalogue import overview, themes
from netstats.catalogue.comparison import comparison, key_figures
from netstats.catalogue.figure import Figure
from netstats.reference.geography import Outline
from netstats.share import drawing, findings, lists, side_by_side
from netstats.share.bodies import (
    ENOUGH_FOR_SHARES,
    Bars,
    Cover,
    Evolution,
    Map,
    Numbers,
    Rows,
    Shifts,
    Slide,
    slide_of,
)
from netstats.share.selection import Selection

_MOST_SHIFTS = 6

_Maker = Callable[[Selection, tuple[Outline, ...]], Slide | None]


def slides(selection: Selection, outlines: Iterable[Outline], kinds: Iterable[str] | None = None) -> Iterable[Slide]:
    """Make the slides of these kinds, all of `KINDS` when None; those with nothing to show are left out.

    `outlines` are the shapes of the departments.
    """
    shapes = tuple(outlines)
    for kind in KINDS if kinds is None else kinds:
        made = _MAKERS[kind](selection, shapes)
        if made is not None and made.title:
            yield made


def _cover(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    indicators, meetings = selection.rows(overview.INDICATORS).iloc[0], selection.rows(overview.MEETINGS)
    filters = selection.filters
    met = selection.rows(overview.THEMES)
    # That chosen themes lead would say nothing.
    finding = findings.activity(
        indicators, met.iloc[:0] if filters.themes else met, meetings, filters.period, selection.today
    )
    if not finding:
        return None
    dated = meetings.loc[meetings["status"] == "held", ["held_on", "date_precision", "held_until"]]
    dated = dated.dropna(subset=["held_on"])
    lines = []
    if not filters.period and not dated.empty:
        lines.append(f"Réunions datées : {_from_to(dated.iloc[-1], _last_session(dated))}")
    lines.append(wording.date(selection.today))
    body = Cover(wording.typeset(finding), tuple(map(wording.typeset, lines)))
    return slide_of(selection, "ouverture", selection.scope, body, scope=selection.scope)


def _last_session(dated: pd.DataFrame) -> pd.Series:
    """Return when the last session of some meetings was: a series may end after one that began later."""
    ends = dated.assign(held_on=dated["held_until"].fillna(dated["held_on"]))
    return ends.sort_values("held_on", kind="stable").iloc[-1]


def _from_to(first: pd.Series, last: pd.Series) -> str:
    """Return « du 6 mai 2020 au 4 juin 2021 », « de mai 2020 à 2021 », or the one date there is."""
    since, until = (wording.date(row["held_on"], str(row["date_precision"])) for row in (first, last))
    if since == until:
        return since
    from_day, to_day = (row["date_precision"] == "day" for row in (first, last))
    return f"{'du' if from_day else 'de'} {since} {'au' if to_day else 'à'} {until}"


def _key_figures(selection: Selection, _: tuple[Outline, ...]) -> Slide:
    row = selection.rows(overview.INDICATORS).iloc[0]
    base = comparison(selection.ask, selection.filters, selection.today)
    body = Numbers(tuple(key_figures(selection.ask, selection.filters, base)))
    is_whole = _is_whole(selection, selection.rows(overview.DEPARTMENTS))
    place = findings.place_of(selection.filters, selection.choices, is_whole=is_whole)
    made = slide_of(selection, "chiffres", findings.key_figures(row, place), body, overview.INDICATORS)
    definitions = tuple((item.label, item.definition) for item in body.items)
    return Slide(made.kind, made.title, body, definitions, made.foot)


def _map(selection: Selection, outlines: tuple[Outline, ...]) -> Slide | None:
    departments = selection.rows(overview.DEPARTMENTS)
    title = findings.covered_departments(departments)
    if not title:
        return None
    territories = selection.rows(overview.TERRITORIES)
    is_whole = _is_whole(selection, departments)
    body = Map(departments, territories, outlines, () if is_whole else tuple(departments["code"]))
    return slide_of(selection, "carte", title, body, overview.DEPARTMENTS)


def _is_whole(selection: Selection, departments: pd.DataFrame) -> bool:
    """Return whether the rows of « departements » are those of the whole country."""
    return len(departments) == len(selection.choices["departement"])


def _ranking(kind: str, figure: Figure, finding: Callable[[pd.DataFrame], str]) -> _Maker:
    """Return what makes the slide of a figure that is drawn as ranked bars, under what `finding` says of its rows."""
    spec = drawing.bars_of(figure)

    def make(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
        rows = selection.rows(figure, compared=False)
        if figure is overview.THEMES:  # that a chosen one is met would say nothing
            rows = rows[~rows["code"].isin(selection.filters.themes)]
        if rows.empty:
            return None
        return slide_of(selection, kind, finding(rows), Bars(drawing.bars(spec, rows), spec), figure)

    return make


def _themes(selection: Selection, outlines: tuple[Outline, ...]) -> Slide | None:
    finding = partial(findings.most_met_themes, beside=bool(selection.filters.themes))
    return _ranking("themes", overview.THEMES, finding)(selection, outlines)


def _evolution(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    rows = selection.rows(themes.FAMILY_EVOLUTION)
    known = rows.drop_duplicates("period_start")["themed_meetings"]
    if (known > 0).sum() < 2:
        return None
    measure: charts.EvolutionMeasure = "share" if known.sum() >= ENOUGH_FOR_SHARES else "count"
    meetings = selection.rows(overview.MEETINGS)
    undated = meetings[(meetings["status"] == "held") & meetings["held_on"].isna() & meetings["themes"].notna()]
    body = Evolution(rows.assign(label=rows["name"]), measure, findings.named_families(rows), len(undated))
    title = findings.latest_families(rows) or KINDS["evolution"]
    return slide_of(selection, "evolution", title, body, themes.FAMILY_EVOLUTION)


def _trends(selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    rows = selection.rows(themes.TRENDS)
    if themes.clear_trends(rows).empty:
        return None
    shown = drawing.clearest(rows, _MOST_SHIFTS)
    body = Shifts(shown.assign(label=shown["short_name"]))
    return slide_of(selection, "tendances", findings.trend(rows), body, themes.TRENDS)


def _listed(make: lists.Maker, selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    return make(selection)


def _beside(make: side_by_side.Maker, selection: Selection, _: tuple[Outline, ...]) -> Slide | None:
    return make(selection, selection.beside) if selection.beside else None


def _sources(selection: Selection, _: tuple[Outline, ...]) -> Slide:
    row = selection.rows(overview.INDICATORS).iloc[0]
    lines = tuple((known.label, wording.typeset(known.definition)) for known in overview.MEASURES)
    body = Rows((), (("Source", wording.typeset(selection.source(overview.INDICATORS))), *lines))
    return slide_of(selection, "sources", findings.known_from(row), body, overview.INDICATORS)


_MAKERS: Mapping[str, _Maker] = {
    "ouverture": _cover,
    "chiffres": _key_figures,
    "carte": _map,
    "participation": _ranking("participation", overview.TERRITORIES, findings.most_present),
    "themes": _themes,
    "evolution": _evolution,
    "tendances": _trends,
    "actions": _ranking("actions", overview.ACTION_TYPES, findings.most_frequent_actions),
    **{kind: partial(_listed, make) for kind, make in lists.MAKERS.items()},
    **{kind: partial(_beside, make) for kind, make in side_by_side.MAKERS.items()},
    "sources": _sources,
}

KINDS: Mapping[str, str] = {
    "ouverture": "Ouverture",
    "chiffres": "Chiffres clés",
    "carte": "Carte",
    "participation": "Participation",
    "participants": "Tous les participants",
    "themes": "Thèmes",
    "evolution": "Thèmes dans le temps",
    "tendances": "Thèmes en hausse et en baisse",
    "actions": "Actions",
    "dernieres-actions": "Dernières actions",
    "derniere": "Dernière réunion",
    "relancer": "À relancer",
    "face-chiffres": "Côte à côte : chiffres clés",
    "face-themes": "Côte à côte : thèmes",
    "face-actions": "Côte à côte : types d’action",
    "sources": "Sources et définitions",
}
"""What a slide may be about → how that is called, in the order of a presentation."""

HIDDEN = frozenset({"relancer"})
"""Those that nobody sees unless somebody asks: it names people to those who are in the room."""
