from __future__ import annotations

import math
from pathlib import Path

import pytest

from netstats.errors import NetstatsError
from netstats.reference import geography


def test_mercator_is_in_degrees_and_symmetric() -> None:
    assert geography.mercator(3.06, 0.0) == pytest.approx((3.06, 0.0), abs=1e-12)
    # The same projection by its other formula, asinh(tan(latitude)).
    other = math.degrees(math.asinh(math.tan(math.radians(48.86))))
    assert geography.mercator(0.0, 48.86)[1] == pytest.approx(other)
    assert geography.mercator(0.0, -20.88)[1] == pytest.approx(-geography.mercator(0.0, 20.88)[1])


def test_mercator_keeps_angles() -> None:
    """Near Lille, a degree of latitude is drawn 1 / cos(latitude) times as long as one of longitude."""
    x, y = geography.mercator(3.06, 50.63)
    _, higher = geography.mercator(x, 50.631)
    assert (higher - y) / 0.001 == pytest.approx(1.5765, abs=1e-3)


def test_data_directory_is_that_of_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETSTATS_DATA", raising=False)
    root = Path(__file__).parents[2]
    assert geography.data_directory() == root / "data"
    assert geography.reference_directory() == root / "data" / "reference"


def test_data_directory_can_be_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETSTATS_DATA", str(tmp_path))
    assert geography.reference_directory() == tmp_path / "reference"
    with pytest.raises(NetstatsError, match="contours"):
        geography.department_outlines()


def test_outlines_of_another_file(tmp_path: Path) -> None:
    path = tmp_path / "outlines.csv"
    path.write_text(
        "department_code,xs,ys\n59,0 1 1 0,0 0 1 0\n59,5 6 6 5,5 5 6 5\n62,2 3 3 2,2 2 3 2\n",
        encoding="utf-8",
        newline="\n",
    )
    nord, pas_de_calais = geography.department_outlines(path)
    assert nord.department_code == "59"
    assert nord.rings == (((0, 1, 1, 0), (0, 0, 1, 0)), ((5, 6, 6, 5), (5, 5, 6, 5)))
    assert pas_de_calais.department_code == "62"
