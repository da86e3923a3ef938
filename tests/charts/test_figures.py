from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import plotly.tools
import pytest

from netstats.charts import (
    Chart,
    KeyEntry,
    meeting_calendar,
    meeting_density,
    meeting_timeline,
    paired_bars,
    ranked_bars,
    territory_map,
)
from netstats.charts.families import family_sign
from netstats.charts.palette import DARK, LIGHT, Palette
from netstats.reference.geography import Outline, department_outlines, mercator

NO_BREAK = "\u00a0"
THIN = "\u202f"


def themes() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": ["rixes", "stup", "espaces", "vie"],
            "label": ["Rixes", "Stupéfiants & trafics", "Espaces publics", "Vie associative"],
            "value": [2, 1234, 6, 2],
            "share": [0.15, 0.92, 0.46, 0.15],
            "family_rank": [7, 3, 6, 9],
            "family": ["Jeunesse", "Drogues", "Espaces", "Autres"],
            "detail": [None, "Consommation et trafics de stupéfiants", None, None],
        }
    )


def meetings() -> pd.DataFrame:
    rows = [
        ("m1", "Drogues <et> trafics", "Nord", "2019-12-04", "day", None, 3, "Drogues"),
        ("m2", "Confinement", "Nord", "2020-05-06", "day", "2020-06-03", 4, "Covid-19"),
        ("m2", "Confinement", "Nord", "2020-05-06", "day", "2020-06-03", 5, "Publics vulnérables"),
        ("m3", "Atelier", "Sud", "2023-05-01", "month", None, 3, "Drogues"),
        ("m4", "Réunion", "Sud", "2021-06-03", "day", None, None, None),
        ("m5", "Mesure", "Nord", None, "unknown", None, 1, "Mesure"),
        ("m5", "Mesure", "Nord", None, "unknown", None, 2, "Métier"),
    ]
    names = ["code", "title", "network", "held_on", "date_precision", "held_until", "family_rank", "family"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(
        held_on=pd.to_datetime(frame["held_on"]),
        held_until=pd.to_datetime(frame["held_until"]),
        family_rank=frame["family_rank"].astype("Int64"),
    )


def periods() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "network": ["Nord", "Nord", "Sud"],
            "period_start": pd.to_datetime(["2020-01-01", "2021-01-01", "2021-01-01"]),
            "period_label": ["2020", "2021", "2021"],
            "meetings": [3, 0, 12],
        }
    )


def pairs() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": ["rixes", "stup"],
            "label": ["Rixes & bandes", "Stupéfiants"],
            "count_1": [3, 0],
            "total_1": [4, 4],
            "share_1": [0.75, 0.0],
            "count_2": [0, 0],
            "total_2": [0, 0],
            "share_2": [float("nan")] * 2,
        }
    )


def square(code: str, x: float, y: float) -> Outline:
    return Outline(code, (((x, x + 1.0, x + 1.0, x, x), (y, y, y + 1.0, y + 1.0, y)),))


OUTLINES = (square("59", 3, 57), square("62", 2, 57), square("80", 2, 56), square("33", -1, 52))


def departments() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": ["59", "62", "80", "974"],
            "name": ["Nord", "Pas-de-Calais", "Somme", "La Réunion"],
            "attendances": [1212, 2, 0, 1],
            "territories": [9, 2, 0, 1],
            "share_covered": [0.18, 0.62, 0.0, float("nan")],
        }
    )


def territories() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": ["59350", "200093201", "cispd-x", "97411", "59999"],
            "name": ["Lille", "Métropole Européenne de Lille", "CISPD d’Anzin", "Saint-Denis", "Sans point"],
            "kind": ["commune", "METRO", "CISPD", "commune", "commune"],
            "lon": [3.07, 3.1, 3.5, 55.4, float("nan")],
            "lat": [50.63, 50.6, 50.37, -20.9, float("nan")],
            "population": [236_710, 1_182_250, float("nan"), 153_001, 10],
            "attendances": [3, 1, 1, 1, 1],
        }
    )


def bars(frame: pd.DataFrame, palette: Palette = LIGHT, **options: Any) -> Chart:
    options = {"title": "Thèmes abordés", "unit": ("réunion", "réunions"), "share_of": "du total"} | options
    return ranked_bars(frame, palette=palette, **options)


def drawn_map(frame: pd.DataFrame, palette: Palette = LIGHT, **options: Any) -> Chart:
    options = {"measure": "share_covered"} | options
    return territory_map(frame, territories(), OUTLINES, palette=palette, **options)


CHARTS: dict[str, tuple[Callable[[], pd.DataFrame], Callable[..., Chart]]] = {
    "bars": (themes, bars),
    "pairs": (
        pairs,
        lambda frame, palette=LIGHT: paired_bars(
            frame, palette=palette, title="Thèmes abordés", names=("Nord", "Oise"), unit=("réunion", "réunions")
        ),
    ),
    "timeline": (meetings, lambda frame, palette=LIGHT: meeting_timeline(frame, palette=palette)),
    "calendar": (
        lambda: pd.DataFrame({"year": [2020, 2021], "month": [5, None], "meetings": [2, 1]}),
        lambda frame, palette=LIGHT: meeting_calendar(frame, palette=palette),
    ),
    "density": (periods, lambda frame, palette=LIGHT: meeting_density(frame, palette=palette)),
    "map": (departments, drawn_map),
}
EVERY = pytest.mark.parametrize("name", CHARTS)


# What holds for every chart


@EVERY
def test_the_frame_is_left_as_it_was(name: str) -> None:
    make, draw = CHARTS[name]
    frame = make()
    draw(frame)
    pd.testing.assert_frame_equal(frame, make())


@EVERY
def test_the_same_frame_gives_the_same_figure(name: str) -> None:
    make, draw = CHARTS[name]
    assert draw(make()).figure.to_json() == draw(make()).figure.to_json()


@EVERY
def test_a_chart_is_plain_data_that_plotly_knows(name: str) -> None:
    make, draw = CHARTS[name]
    chart = draw(make())
    spec = json.loads(chart.to_json())
    assert spec == plotly.tools.return_figure_from_figure_or_data(chart.drawing(), validate_figure=True), "as Streamlit"
    assert len(chart.figure.data) == len(spec["data"]), "plotly refuses a word that it does not know"
    assert pickle.loads(pickle.dumps(chart)) == chart  # noqa: S301 - our own
    assert chart.with_layout(height=7).spec["layout"]["height"] == 7
    assert chart.spec["layout"]["height"] != 7


@EVERY
def test_an_empty_frame_is_refused(name: str) -> None:
    make, draw = CHARTS[name]
    with pytest.raises(ValueError, match="no rows"):
        draw(make().iloc[:0])


@EVERY
def test_a_missing_column_is_named(name: str) -> None:
    make, draw = CHARTS[name]
    frame = make()
    with pytest.raises(ValueError, match=frame.columns[0]):
        draw(frame.drop(columns=frame.columns[0]))


@EVERY
def test_nothing_points_to_another_host(name: str) -> None:
    make, draw = CHARTS[name]
    assert not re.search(r"https?:|//", draw(make()).figure.to_json())


@EVERY
def test_light_and_dark_differ_by_colours_only(name: str) -> None:
    make, draw = CHARTS[name]

    def bare(palette: Palette) -> tuple[Any, ...]:
        chart = draw(make(), palette)
        without_colours = re.sub(r"#[0-9A-F]{6}", "#", chart.figure.to_json())
        return json.loads(without_colours), chart.alt, chart.reading, [replace(k, colour="") for k in chart.key]

    assert bare(LIGHT) == bare(DARK)
    assert draw(make(), LIGHT).figure.to_json() != draw(make(), DARK).figure.to_json()


@EVERY
def test_no_text_is_smaller_than_twelve_pixels(name: str) -> None:
    make, draw = CHARTS[name]
    sizes: list[float] = []

    def walk(node: Any, key: str = "") -> None:
        if isinstance(node, dict):
            if "font" in key and "size" in node:
                sizes.append(node["size"])
            for name_of, child in node.items():
                walk(child, name_of)
        elif isinstance(node, list):
            for child in node:
                walk(child, key)

    walk(json.loads(draw(make()).figure.to_json()))
    assert sizes
    assert min(sizes) >= 12


@EVERY
def test_a_click_dims_nothing_and_nothing_zooms(name: str) -> None:
    make, draw = CHARTS[name]
    figure = draw(make()).figure
    assert figure.layout.dragmode == ("orbit" if name == "map" else False), "a map is not pushed away by a finger"
    assert figure.layout.xaxis.fixedrange
    assert figure.layout.yaxis.fixedrange
    clickable = [trace for trace in figure.data if trace.customdata is not None]
    assert clickable
    for trace in clickable:
        assert trace.unselected.marker.opacity == trace.selected.marker.opacity


@EVERY
def test_the_words_are_there(name: str) -> None:
    make, draw = CHARTS[name]
    chart = draw(make())
    assert chart.reading.startswith(f"Lecture{NO_BREAK}: ")
    assert chart.reading.endswith(".")
    assert chart.alt.endswith(".")
    assert "nan" not in (chart.alt + chart.reading).lower().split()


# Bars


def test_bars_are_sorted_by_value_then_label_and_start_at_zero() -> None:
    visible, rows = bars(themes()).figure.data
    assert [tuple(code) for code in rows.customdata] == [("stup",), ("espaces",), ("rixes",), ("vie",)]
    assert list(visible.x) == [1234, 6, 2, 2]
    figure = bars(themes()).figure
    assert tuple(figure.layout.xaxis.range) == (0, 1234)
    assert visible.text[0].startswith(f"1{THIN}234 ")
    assert f"(92{THIN}%)" in visible.text[0]


def test_bars_take_the_colour_of_their_family_and_the_selected_ones_stand_out() -> None:
    assert list(bars(themes()).figure.data[0].marker.color) == [
        LIGHT.families[2],
        LIGHT.families[5],
        LIGHT.families[6],
        LIGHT.rest,
    ]
    chosen = bars(themes(), selected=("rixes",)).figure.data[0].marker.color
    assert list(chosen) == [LIGHT.quiet, LIGHT.quiet, LIGHT.families[6], LIGHT.quiet]
    plain = bars(themes()[["code", "label", "value"]])
    assert set(plain.figure.data[0].marker.color) == {LIGHT.accent}
    assert plain.key == ()


def test_bars_words() -> None:
    chart = bars(themes())
    assert f"Stupéfiants & trafics, 1{THIN}234{NO_BREAK}réunions (92{THIN}%)" in chart.alt
    assert f"1{THIN}234{NO_BREAK}réunions, soit 92{THIN}% du total" in chart.reading
    assert chart.key[0] == KeyEntry("Drogues", LIGHT.families[2], "diamond")
    assert [entry.label for entry in chart.key] == ["Drogues", "Espaces", "Jeunesse", "Autres"]
    labels = [note.text for note in chart.figure.layout.annotations]
    assert f'<span style="color:{LIGHT.families[2]}">◆</span> Stupéfiants &amp; trafics' in labels
    hover = chart.figure.data[1].hovertext[0]
    assert "Consommation et trafics de stupéfiants" in hover
    assert "Famille" in hover


def test_bars_say_when_several_lead() -> None:
    chart = bars(themes().assign(value=[3, 3, 1, 1]).drop(columns="share"), unit=("action", "actions"))
    assert "arrivent en tête à égalité" in chart.reading
    assert "Rixes" in chart.reading
    assert "Stupéfiants & trafics" in chart.reading


def test_bars_of_nil_are_drawn() -> None:
    chart = bars(themes().assign(value=0))
    assert tuple(chart.figure.layout.xaxis.range) == (0, 1)
    assert list(chart.figure.data[0].x) == [0] * 4


def test_the_height_follows_the_rows_and_the_margin_the_longest_value() -> None:
    one, four = bars(themes().iloc[:1]).figure, bars(themes()).figure
    assert four.layout.height == 4 * one.layout.height
    assert four.layout.margin.r > one.layout.margin.r


# Timeline


def test_each_dated_meeting_has_a_dot_a_family_and_an_undated_one_none() -> None:
    chart = meeting_timeline(meetings(), palette=LIGHT)
    dots = chart.figure.data[-1]
    codes = [code for (code,) in dots.customdata]
    assert sorted(codes) == ["m1", "m2", "m2", "m3", "m4"]
    where = {code: (x, y) for code, x, y in zip(codes, dots.x, dots.y, strict=True)}
    assert where["m1"][0] == "2019-12-04"
    assert where["m2"][0] == "2020-05-06"  # a series is dated by its first session
    assert where["m3"][0] == "2023-05-16"  # the middle of a month whose day is unknown
    m2 = [(x, y) for code, x, y in zip(codes, dots.x, dots.y, strict=True) if code == "m2"]
    assert m2[0][0] == m2[1][0]
    assert m2[0][1] - m2[1][1] >= dots.marker.size  # piled up, not over one another
    assert f"4{NO_BREAK}réunions datées" in chart.alt
    assert f"1{NO_BREAK}réunion sans date n’est pas placée" in chart.alt
    assert "Mesure" not in [entry.label for entry in chart.key]


def test_a_family_is_told_by_its_shape_too() -> None:
    signs = [family_sign(rank) for rank in range(1, 9)]
    for told in ("shape", "symbol", "glyph"):
        assert len({getattr(sign, told) for sign in signs}) == 8
    assert family_sign(12) == family_sign(None) == signs[7]
    chart = meeting_timeline(meetings(), palette=LIGHT)
    dots = chart.figure.data[-1]
    drawn = dict(zip(dots.marker.color, dots.marker.symbol, strict=True))
    key = {entry.colour: entry.shape for entry in chart.key if entry.shape != "hollow"}
    assert len(key) == 3
    assert {colour: next(sign.symbol for sign in signs if sign.shape == shape) for colour, shape in key.items()} == {
        colour: symbol for colour, symbol in drawn.items() if symbol != "circle-open"
    }


def test_unknown_themes_are_hollow_and_grey() -> None:
    chart = meeting_timeline(meetings(), palette=LIGHT)
    dots = chart.figure.data[-1]
    index = [code for (code,) in dots.customdata].index("m4")
    assert dots.marker.symbol[index] == "circle-open"
    assert dots.marker.color[index] == LIGHT.rest
    assert "Thèmes inconnus" in dots.hovertext[index]
    assert chart.key[-1] == KeyEntry("Thèmes inconnus", LIGHT.rest, "hollow")


def test_a_series_is_a_bar_to_its_end() -> None:
    spans = meeting_timeline(meetings(), palette=LIGHT).figure.data[0]
    assert list(spans.x) == ["2020-05-06", "2020-06-03", None, "2023-05-01", "2023-05-31", None]


def test_a_timeline_says_dates_as_they_are_known_and_escapes_titles() -> None:
    chart = meeting_timeline(meetings(), palette=LIGHT)
    hovers = "|".join(chart.figure.data[-1].hovertext)
    assert "mai 2023" in hovers
    assert "1er mai 2023" not in hovers.replace(NO_BREAK, " ")
    assert "Drogues &lt;et&gt; trafics" in hovers
    assert f"le 6{NO_BREAK}mai 2020 (Nord)" in chart.reading
    assert "Covid-19, Publics vulnérables" in chart.reading


def test_a_timeline_without_any_date_is_refused() -> None:
    undated = meetings().query("date_precision == 'unknown'")
    with pytest.raises(ValueError, match="no rows"):
        meeting_timeline(undated, palette=LIGHT)


def test_a_timeline_of_one_meeting_has_an_axis() -> None:
    chart = meeting_timeline(meetings().iloc[:1], palette=LIGHT)
    low, high = chart.figure.layout.xaxis.range
    assert low < "2019-12-04" < high
    assert len(chart.figure.layout.xaxis.tickvals) >= 1


# Density


def test_density_counts_every_pair_and_fills_the_holes_with_nil() -> None:
    chart = meeting_density(periods(), palette=LIGHT)
    cells = chart.figure.data[0]
    colours = {tuple(key): colour for key, colour in zip(cells.customdata, cells.marker.color, strict=True)}
    texts = {tuple(key): text for key, text in zip(cells.customdata, cells.text, strict=True)}
    assert texts == {
        ("Sud", "2020-01-01"): "",
        ("Sud", "2021-01-01"): "12",
        ("Nord", "2020-01-01"): "3",
        ("Nord", "2021-01-01"): "",
    }
    assert colours["Sud", "2021-01-01"] == LIGHT.sequential[-1]
    assert colours["Nord", "2021-01-01"] == LIGHT.sequential[0]
    assert f"Sud, 12{NO_BREAK}réunions" in chart.alt
    assert "Sud" in chart.reading


def test_density_leaves_counts_that_would_not_fit_to_the_hover() -> None:
    starts = pd.date_range("2015-01-01", periods=40, freq="QS")
    labels = [f"T{start.quarter} {start.year}" for start in starts]
    frame = pd.DataFrame({"network": "Nord", "period_start": starts, "period_label": labels, "meetings": 7})
    chart = meeting_density(frame, palette=LIGHT)
    assert set(chart.figure.data[0].text) == {""}
    assert "T4 2024" in chart.figure.data[0].hovertext[-1]
    assert f"7{NO_BREAK}réunions" in chart.figure.data[0].hovertext[-1]
    # The first year and the latest are named, and none so near the first that the two would touch.
    assert list(chart.figure.layout.xaxis.ticktext) == ["2015", "2018", "2020", "2022", "2024"]


@pytest.mark.parametrize(
    ("label", "said"),
    [("T1 2021", "au 1er trimestre 2021"), ("S2 2021", "au 2e semestre 2021"), ("2021", "en 2021")],
)
def test_density_is_read_in_words(label: str, said: str) -> None:
    frame = periods().assign(period_label=label)
    length = {"T": "trimestre", "S": "semestre"}.get(label[0], "an")
    assert meeting_density(frame, palette=LIGHT).reading == (
        f"Lecture{NO_BREAK}: {said}, le réseau Sud a tenu 12{NO_BREAK}réunions{NO_BREAK}; "
        f"aucun n’en a tenu davantage en un {length}."
    )


# Map


def shapes(chart: Chart) -> dict[str, dict[str, Any]]:
    """Return the departments that are drawn: code → its colour, its edge, what it carries and says."""
    drawn: dict[str, dict[str, Any]] = {}
    for trace in chart.spec["data"]:
        if trace["type"] != "choropleth":
            continue
        low, high = trace["zmin"], trace["zmax"]
        for rank, (code, z) in enumerate(zip(trace["locations"], trace["z"], strict=True)):
            colour = next(c for step, c in trace["colorscale"][1::2] if (z - low) / (high - low) <= step)
            carried, hovers = trace.get("customdata"), trace.get("hovertext")
            drawn[code] = {
                "colour": colour,
                "edge": trace["marker"]["line"]["color"][rank],
                "carries": tuple(carried[rank]) if carried else (),
                "says": hovers[rank] if hovers else "",
            }
    return drawn


def geometry(chart: Chart) -> dict[str, list[Any]]:
    """Return the polygons of each department, in degrees, as GeoJSON has them."""
    return {
        feature["id"]: feature["geometry"]["coordinates"]
        for trace in chart.spec["data"]
        if trace["type"] == "choropleth"
        for feature in trace["geojson"]["features"]
    }


def turn(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def test_departments_take_the_colour_of_their_class() -> None:
    drawn = shapes(drawn_map(departments()))
    assert {code: shape["colour"] for code, shape in drawn.items()} == {
        "33": LIGHT.outside,  # out of the selection
        "974": LIGHT.outside,  # unknown
        "80": LIGHT.sequential[0],
        "59": LIGHT.sequential[2],
        "62": LIGHT.sequential[4],
    }


def test_a_department_says_its_numbers_and_carries_its_code() -> None:
    drawn = shapes(drawn_map(departments()))
    assert {code: shape["carries"] for code, shape in drawn.items()} == {
        "33": (),
        **{code: ("department", code) for code in ("59", "62", "80", "974")},
    }
    said = f"<b>Nord (59)</b><br>1{THIN}212 présences, 9 territoires, 18{THIN}%<br>de la population couverte"
    assert drawn["59"]["says"] == said
    assert "1 présence, 1 territoire, part inconnue" in drawn["974"]["says"]


def test_shapes_are_drawn_where_they_lie_and_wound_as_plotly_fills_them() -> None:
    """Wound the other way, a department is all the rest of the world."""
    outlines = department_outlines()
    codes = [outline.department_code for outline in outlines]
    frame = pd.DataFrame({"code": codes, "name": codes, "attendances": 1, "territories": 1, "share_covered": 0.5})
    chart = territory_map(frame, territories().iloc[:0], outlines, measure="share_covered", palette=LIGHT)
    drawn = geometry(chart)
    assert set(drawn) >= set(codes)
    assert len(chart.to_json()) < 220_000
    for polygons in drawn.values():
        for outer, *holes in polygons:
            assert turn(outer) < 0
            assert all(turn(hole) > 0 for hole in holes)
    (lille,) = [ring for ring, *_ in drawn["59"] if inside(np.array([[3.07, 50.63]]), [ring])]
    assert len(lille) > 50
    assert inside(np.array([[4.95, 44.38]]), drawn["84"][1]), "the enclave of Valréas"
    assert not inside(np.array([[4.95, 44.38]]), drawn["26"][0])


def inside(places: np.ndarray, rings: list[Any]) -> bool:
    return bool(within(places, rings).all())


def within(places: np.ndarray, rings: list[Any]) -> np.ndarray:
    """Return which places the rings hold, edge by edge; a ring in another is a hole."""
    odd = np.zeros(len(places), dtype=bool)
    x, y = places[:, 0], places[:, 1]
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if y1 != y2:
                odd ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return odd


PARIS = ("75", "92", "93", "94")
PARIS_REGION = (*PARIS, "77", "78", "91", "95")


def drawn_around_paris(focus: tuple[str, ...], codes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the traces that draw Paris enlarged, the frame first: `codes` are chosen, `focus` is in view."""
    frame = pd.DataFrame({"code": codes, "name": codes, "attendances": 1, "territories": 1, "share_covered": 0.5})
    outlines = department_outlines()
    chart = territory_map(frame, territories().iloc[:0], outlines, measure="share_covered", palette=LIGHT, focus=focus)
    assert chart.figure, "plotly takes it"
    drawn = [trace for trace in chart.spec["data"] if trace["type"] == "choropleth"]
    found = [drawn[rank:] for rank, trace in enumerate(drawn) if trace["locations"] == ["cadre"]]
    texts = [text for trace in chart.spec["data"] for text in trace.get("text", ())]
    assert ("Paris et petite couronne" in chart.alt) == ("Paris<br>et petite<br>couronne" in texts) == bool(found)
    return found[0] if found else []


def enclosing(rings: Sequence[Any]) -> tuple[np.ndarray, np.ndarray]:
    places = np.concatenate([np.asarray(ring) for ring in rings])
    return places.min(axis=0), places.max(axis=0)


@pytest.mark.parametrize(("focus", "larger"), [((), 6), ((*PARIS_REGION, "13"), 5)], ids=["country", "two regions"])
def test_around_paris_each_department_is_hit_where_it_is_drawn_enlarged(focus: tuple[str, ...], larger: float) -> None:
    official = {
        outline.department_code: [list(zip(*ring, strict=True)) for ring in outline.rings]
        for outline in department_outlines()
    }
    ground, *drawn = drawn_around_paris(focus, list(official))
    polygons = [  # what a click gives, and where, in Mercator degrees
        (tuple(carried), [[mercator(*place) for place in ring] for ring in rings])
        for trace in drawn
        for feature, carried in zip(trace["geojson"]["features"], trace["customdata"], strict=True)
        for rings in feature["geometry"]["coordinates"]
    ]
    # The box around the four lies in the inset as it does in the country, only larger.
    low, high = enclosing([ring for code in PARIS for ring in official[code]])
    inset_low, inset_high = enclosing([ring for (_, code), rings in polygons if code in PARIS for ring in rings])
    across, up = (inset_high - inset_low) / (high - low)
    assert across == pytest.approx(up, rel=0.01)
    assert across > larger

    places = np.random.default_rng(15).uniform(low, high, (2000, 2))
    here = inset_low + (places - low) * (across, up)
    answers: list[set[tuple[str, str]]] = [set() for _ in places]
    for carried, rings in polygons:
        for rank in np.flatnonzero(within(here, rings)):
            answers[rank].add(carried)
    for code in PARIS:
        own = np.flatnonzero(within(places, official[code]))
        right = [answers[rank] == {("department", code)} for rank in own]
        assert len(right) > 100
        assert np.mean(right) > 0.99, "but for the breadth of a hair along its border: a thousandth of a degree"
    assert sum(map(bool, answers)) > 0.99 * len(places), "those around them are there too"

    # All in the frame, under which the whole country has nothing.
    (ring,) = ground["geojson"]["features"][0]["geometry"]["coordinates"][0]
    bottom_left, top_right = enclosing([[mercator(*place) for place in ring]])
    for _, rings in polygons:
        left_below, right_above = enclosing(rings)
        assert (left_below > bottom_left).all()
        assert (right_above < top_right).all()
    country = np.concatenate([np.asarray(ring) for rings in official.values() for ring in rings])
    assert focus or not ((country > bottom_left) & (country < top_right)).all(axis=1).any()


@pytest.mark.parametrize(
    ("focus", "codes"),
    [
        (("59", "62", "80", "02", "60"), ["59", "62"]),  # far away
        (PARIS_REGION, ["75", "93"]),  # near enough to be large by itself
        ((), ["13"]),  # out of the selection: no click there
    ],
    ids=["elsewhere", "its own region", "not chosen"],
)
def test_paris_is_not_enlarged_without_need(focus: tuple[str, ...], codes: list[str]) -> None:
    assert drawn_around_paris(focus, codes) == []


def test_territories_have_a_shape_by_kind_and_an_area_by_population() -> None:
    trace = drawn_map(departments()).figure.data[2]
    points = {
        symbol: {"code": code, "size": size, "says": says}
        for symbol, (_, code), size, says in zip(
            trace.marker.symbol, trace.customdata, trace.marker.size, trace.hovertext, strict=True
        )
    }
    assert set(points) == {"circle", "diamond", "square"}
    assert len(trace.lon) == 3, "not overseas, not without a place"
    assert points["circle"]["code"] == "59350"
    assert {kind for kind, _ in trace.customdata} == {"territory"}
    ratio = (points["circle"]["size"] / points["diamond"]["size"]) ** 2
    assert ratio == pytest.approx(236_710 / 1_182_250, rel=0.02)
    assert points["square"]["size"] == 6
    assert f"236{THIN}710{NO_BREAK}habitants" in points["circle"]["says"]
    assert "population inconnue" in points["square"]["says"]
    assert "métropole" in points["diamond"]["says"]


def test_the_map_zooms_to_the_departments_concerned() -> None:
    geo = drawn_map(departments(), focus=("62", "59")).figure.layout.geo
    west, east = geo.lonaxis.range
    south, north = (mercator(0, lat)[1] for lat in geo.lataxis.range)
    assert 1.5 < west < 2
    assert 4 < east < 4.5
    assert 56.5 < south < 57
    assert 58 < north < 58.5
    whole = drawn_map(departments()).figure.layout.geo
    assert drawn_map(departments(), focus=("59", "974")).figure.layout.geo == whole
    zoomed = drawn_map(departments(), focus=("59",))
    assert "974" not in shapes(zoomed)
    assert "33" not in shapes(zoomed), "what is far away does not travel"


def test_a_high_window_is_widened_to_a_square() -> None:
    geo = drawn_map(departments(), focus=("62", "80")).figure.layout.geo
    south, north = (mercator(0, lat)[1] for lat in geo.lataxis.range)
    west, east = geo.lonaxis.range
    assert east - west == pytest.approx(north - south)
    assert (west + east) / 2 == pytest.approx(2.5)


def test_a_chosen_department_is_circled_and_its_neighbours_can_be_clicked() -> None:
    assert LIGHT.text not in {shape["edge"] for shape in shapes(drawn_map(departments())).values()}
    frame = departments()
    chart = drawn_map(frame[frame["code"] == "59"], neighbours=dict(zip(frame["code"], frame["name"], strict=True)))
    drawn = shapes(chart)
    assert [code for code, shape in drawn.items() if shape["edge"] == LIGHT.text] == ["59"]
    assert next(reversed(drawn)) == "59", "no neighbour is drawn over its edge"
    assert drawn["62"]["carries"] == ("department", "62")
    assert "hors de la sélection" in drawn["62"]["says"]
    assert "62" not in chart.alt
    assert "Pas-de-Calais" not in chart.reading


def test_the_map_says_its_numbers() -> None:
    chart = drawn_map(departments())
    assert f"Pas-de-Calais (62), 62{THIN}% de la population couverte" in chart.alt
    assert f"4{NO_BREAK}départements" in chart.alt
    assert "Pas-de-Calais (62)" in chart.reading
    counts = drawn_map(departments(), measure="attendances")
    assert f"Nord (59), 1{THIN}212{NO_BREAK}présences" in counts.alt
    assert "Nord (59)" in counts.reading


def test_the_classes_of_the_key() -> None:
    assert [entry.label for entry in drawn_map(departments()).key[:7]] == [
        f"0{THIN}%",
        f"moins de 10{THIN}%",
        f"10 à 25{THIN}%",
        f"25 à 50{THIN}%",
        f"50 à 75{THIN}%",
        f"75{THIN}% et plus",
        "inconnu",
    ]


@pytest.mark.parametrize(
    ("most", "classes"),
    [
        (7, ["0", "1", "2 à 4", "5 et plus"]),
        (1, ["0", "1", "2 et plus"]),
        (170, ["0", "1 à 9", "10 à 19", "20 à 49", "50 à 99", "100 et plus"]),
    ],
)
def test_the_classes_of_counts_are_round(most: int, classes: list[str]) -> None:
    chart = drawn_map(departments().assign(attendances=[most, 1, 0, 1]), measure="attendances")
    assert [entry.label for entry in chart.key if entry.shape == "square" and entry.colour != LIGHT.mark] == classes


class TestBarsBesideThePeriodBefore:
    ROWS = pd.DataFrame(
        {"code": ["a", "b"], "label": ["Un", "Deux"], "value": [3, 1], "before": [1, 4], "change": [2, -3]}
    )

    def bars(self, rows: pd.DataFrame) -> Chart:
        return ranked_bars(rows, palette=LIGHT, title="Thèmes", unit=("réunion", "réunions"))

    def test_the_value_before_is_a_tick_and_the_change_is_said(self) -> None:
        chart = self.bars(self.ROWS)
        assert list(chart.figure.data[2].x) == [1, 4]
        texts = chart.figure.data[3]
        assert list(texts.x) == [3, 4], "beyond the tick, where it lies beyond the bar"
        assert texts.text[0].strip().startswith("3")
        assert "+2" in texts.text[0]
        assert "\u22123" in texts.text[1]
        assert "évolution +2" in chart.alt
        assert [entry.label for entry in chart.key] == ["Période précédente"]
        assert chart.figure.layout.xaxis.range[1] >= 4, "what was more before stays within the chart"

    def test_nothing_is_compared_without_a_period_before(self) -> None:
        chart = self.bars(self.ROWS.assign(before=None, change=None))
        assert len(chart.figure.data) == 2
        assert not chart.key
        assert "évolution" not in chart.alt
