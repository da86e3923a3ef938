from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from netstats.charts.chart import Chart, KeyEntry
from netstats.charts.grid import value_grid
from netstats.charts.palette import LIGHT

NO_BREAK = "\u00a0"
LONG = "Prévention de la délinquance des mineurs et des jeunes majeurs dans l’espace public"


def cells() -> pd.DataFrame:
    rows = [
        ("stup", "Stupéfiants", 3, "Drogues", "59", "Nord", 4),
        ("stup", "Stupéfiants", 3, "Drogues", "80", "Somme", 1),
        ("long", LONG, 7, "Jeunesse", "80", "Somme", 2),
    ]
    names = ["row", "row_label", "row_family_rank", "row_family", "column", "column_label", "value"]
    return pd.DataFrame(rows, columns=names)


def grid(frame: pd.DataFrame, **options: int) -> Chart:
    return value_grid(
        frame,
        palette=LIGHT,
        title="Thèmes par département",
        unit=("réunion", "réunions"),
        row_name="thème",
        column_name="département",
        **options,  # type: ignore[arg-type]
    )


def test_each_cell_says_its_number_and_a_missing_one_is_empty_but_seen() -> None:
    bars = grid(cells()).figure.data[0]
    texts = {tuple(codes): text for codes, text in zip(bars.customdata, bars.text, strict=True)}
    assert texts == {("stup", "59"): "4", ("stup", "80"): "1", ("long", "59"): "", ("long", "80"): "2"}
    colours = {tuple(codes): colour for codes, colour in zip(bars.customdata, bars.marker.color, strict=True)}
    assert colours["stup", "59"] == LIGHT.sequential[4]
    assert colours["stup", "80"] == LIGHT.sequential[1]
    assert colours["long", "59"] == LIGHT.surface
    assert bars.marker.line.color[2] == LIGHT.grid


def test_the_shades_go_up_to_the_most() -> None:
    bars = grid(cells().assign(value=[100, 21, 1])).figure.data[0]
    assert list(bars.marker.color) == [LIGHT.sequential[5], LIGHT.sequential[2], LIGHT.surface, LIGHT.sequential[1]]


def test_rows_and_columns_come_in_the_order_of_the_frame() -> None:
    bars = grid(cells().iloc[::-1]).figure.data[0]
    assert [tuple(codes) for codes in bars.customdata] == [
        ("long", "80"),
        ("long", "59"),
        ("stup", "80"),
        ("stup", "59"),
    ]


def test_rows_and_columns_can_come_by_their_total() -> None:
    frame = pd.concat([cells(), cells().iloc[2:].assign(value=40)])
    bars = grid(frame.iloc[::-1], by_total=True).figure.data[0]
    assert [tuple(codes) for codes in bars.customdata][:2] == [("long", "80"), ("long", "59")]
    assert list(bars.text) == ["42", "", "1", "4"]


def shown(note: Any) -> str:
    """Return a text as it is read: the sign of a family has its colour around it."""
    return re.sub(r"</?span[^>]*>", "", note.text)


def test_long_names_are_cut_beside_the_cells_and_whole_in_the_hover() -> None:
    chart = grid(cells())
    names = [shown(note) for note in chart.figure.layout.annotations]
    assert all(len(line) <= 22 for name in names for line in name.split("<br>"))
    assert any(name.endswith("…") for name in names)
    assert LONG in chart.figure.data[0].hovertext[-1].replace("<br>", " ")
    assert f"<b>2{NO_BREAK}réunions</b>" in chart.figure.data[0].hovertext[-1]


def test_words() -> None:
    chart = grid(cells())
    assert f"Stupéfiants et Nord, 4{NO_BREAK}réunions" in chart.alt
    assert f"1{NO_BREAK}case vide." in chart.alt
    assert "« Stupéfiants » et « Nord » : 4 réunions, le maximum." in chart.reading.replace(NO_BREAK, " ")
    assert chart.key == (
        KeyEntry("Drogues", LIGHT.families[2], "diamond"),
        KeyEntry("Jeunesse", LIGHT.families[6], "cross"),
    )


def test_several_cells_with_the_most_are_said() -> None:
    chart = grid(cells().assign(value=2))
    assert "comme dans 2 autres cases." in chart.reading.replace(NO_BREAK, " ")


def test_what_is_not_drawn_is_said() -> None:
    chart = grid(cells(), most_rows=1, most_columns=1)
    assert len(chart.figure.data[0].text) == 1
    assert "La grille montre 1 ligne sur 2 et 1 colonne sur 2" in chart.reading.replace(NO_BREAK, " ")


def test_numbers_that_would_run_together_on_a_phone_are_left_to_the_hover() -> None:
    frame = pd.DataFrame(
        [("a", "A", str(i), f"Colonne {i}", 100 + i) for i in range(40)],
        columns=["row", "row_label", "column", "column_label", "value"],
    )
    assert set(grid(frame, most_columns=40).figure.data[0].text) == {""}
    assert set(grid(frame, most_columns=11).figure.data[0].text) == {str(100 + i) for i in range(11)}


def test_a_grid_of_nothing_but_nil_is_drawn() -> None:
    chart = grid(cells().assign(value=0))
    assert set(chart.figure.data[0].text) == {""}
    assert "toutes les cases sont vides" in chart.reading


def test_a_name_of_one_endless_word_is_cut() -> None:
    chart = grid(cells().assign(row_label="x" * 80))
    assert max(len(line) for note in chart.figure.layout.annotations for line in shown(note).split("<br>")) <= 22


def test_an_empty_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        grid(cells().iloc[:0])


def test_a_name_that_means_harm_is_text() -> None:
    chart = grid(cells().assign(row_label="<b>x</b>"))
    assert "<b>x</b>" not in chart.figure.to_json()
