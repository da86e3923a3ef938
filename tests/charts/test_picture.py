"""A picture says by itself what it shows: title, scope, key, reading and source, on white, around the same drawing."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from netstats.charts import Chart, KeyEntry, picture
from netstats.charts.chart import Shape
from netstats.charts.palette import LIGHT
from netstats.charts.picture import SCALE, WIDTH
from netstats.charts.spec import from_the_top, note

TITLE, SCOPE, SOURCE = "Thèmes <b>abordés</b> & autres", "Nord, 2020", "Source : FFSU."
SHAPES: tuple[Shape, ...] = get_args(Shape)
KEY = tuple(KeyEntry(f"Famille {rank} <i>&", f"#00000{rank}", shape) for rank, shape in enumerate(SHAPES))


def drawn(key: tuple[KeyEntry, ...] = KEY) -> Chart:
    figure = from_the_top([], LIGHT, height=100, margin=(40, 10, 5, 30), annotations=[note("déjà là", 0, 0)])
    return Chart(figure, "ce qu’on voit", "Lecture : rien.", key)


def made(chart: Chart, *, title: str = TITLE, scope: str = SCOPE) -> Chart:
    return picture(chart, LIGHT, title=title, scope=scope, notes=[SOURCE])


def test_all_words_are_on_it_as_text() -> None:
    layout = made(drawn()).spec["layout"]
    already, title, scope, foot = (annotation["text"] for annotation in layout["annotations"])
    assert already == "déjà là"
    assert title == "<b>Thèmes &lt;b&gt;abordés&lt;/b&gt; &amp; autres</b>"
    assert scope == SCOPE
    lines = foot.split("<br>")
    assert lines[-2:] == ["Lecture : rien.", SOURCE]
    assert re.findall(r'color:(#\d+)">.</span> (Famille \d &lt;i&gt;&amp;)', foot) == [
        (f"#00000{rank}", f"Famille {rank} &lt;i&gt;&amp;") for rank in range(len(SHAPES))
    ]
    made(drawn()).figure.to_dict()  # plotly checks every value


@pytest.mark.parametrize("words", [1, 12, 200])
@pytest.mark.parametrize("key", [(), KEY], ids=["no key", "a key"])
def test_nothing_runs_out_of_it_and_the_drawing_keeps_its_size(words: int, key: tuple[KeyEntry, ...]) -> None:
    chart = drawn(key)
    layout = made(chart, title="Thèmes abordés " * words, scope="Pas-de-Calais, " * words).spec["layout"]
    assert layout["paper_bgcolor"] == "#FFFFFF"
    assert layout["width"] * SCALE >= 1600
    margin, before = layout["margin"], chart.spec["layout"]["margin"]
    assert abs(layout["height"] - margin["t"] - margin["b"] - 100) <= 1
    _, title, scope, foot = layout["annotations"]
    edges = []  # top and bottom of each text, in pixels from the top of the picture
    for text, start in ((title, margin["t"]), (scope, margin["t"]), (foot, margin["t"] + 100)):
        lines = text["text"].split("<br>")
        top = start - text["yshift"]
        edges += [top, top + len(lines) * text["font"]["size"] * 1.3]
        assert text["xshift"] == -before["l"]
        longest = max(len(re.sub("<[^>]+>|&\\w+;", "x", line)) for line in lines)
        assert longest * text["font"]["size"] * 0.6 <= WIDTH
    assert edges == sorted(edges)
    assert edges[0] >= 30
    assert edges[3] <= margin["t"] - before["t"]  # the head ends before the drawing begins
    assert edges[-1] <= layout["height"] - 30
