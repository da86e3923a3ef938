"""What is said in the place of a chart: only where all that the chart shows is in the sentence."""

from __future__ import annotations

import pandas as pd
import pytest

from netstats.catalogue import actions, overview, participation, themes
from netstats.catalogue.figure import Figure
from netstats.share.plainly import instead
from netstats.wording import NO_BREAK


def types(*counts: int, **others: object) -> pd.DataFrame:
    names = [f"Type {rank}" for rank, _ in enumerate(counts, start=1)]
    return pd.DataFrame({"code": [name.lower() for name in names], "name": names, "actions": counts, **others})


def crossed(*cells: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["short_name", "network", "meetings"])
    return frame.assign(code=frame["short_name"], network_code=frame["network"])


def periods(*labels: str, **others: object) -> pd.DataFrame:
    starts = pd.date_range("2020-01-01", periods=len(labels), freq="QS")
    return pd.DataFrame({"period_start": starts, "period_label": labels, **others})


def families(*shares: float, periods_known: int = 1) -> pd.DataFrame:
    met = periods("T1 2020", "T2 2020", themed_meetings=[2, 2 if periods_known > 1 else 0])
    rows = [
        met.assign(code=f"f{rank}", name=f"Famille {rank}", meetings=[int(share * 2), 0], share=[share, float("nan")])
        for rank, share in enumerate(shares, start=1)
    ]
    return pd.concat(rows, ignore_index=True)


@pytest.mark.parametrize(
    ("figure", "rows", "text", "named"),
    [
        (overview.ACTION_TYPES, types(1), "1 type seulement : 1 action.", ["Type 1"]),
        (overview.ACTION_TYPES, types(3, 3), "2 types à égalité, 3 actions pour chacun.", ["Type 1", "Type 2"]),
        (overview.ACTION_TYPES, types(3, 3, before=[2, 4], change=[1, -1]), "2 types à égalité, 3 actions", ["Type 1"]),
        (actions.ACTIVITY, periods("T2 2020", "T2 2020", actions=[4, 9]), "Au 2e trimestre 2020, 13 actions.", []),
        (
            participation.NEWCOMERS,
            periods("2021", newcomers=[1], returning=[2]),
            "En 2021, 1 territoire est venu pour la première fois ; 2 étaient déjà venus.",
            [],
        ),
        (
            themes.FAMILY_EVOLUTION,
            families(0.5, 1.0),
            "Au 1er trimestre 2020, 2 réunions dont les thèmes sont connus, et aucune autre période.",
            ["Famille 2 (100 %)", "Famille 1 (50 %)"],
        ),
    ],
)
def test_what_a_chart_says_no_better_is_a_sentence(
    figure: Figure, rows: pd.DataFrame, text: str, named: list[str]
) -> None:
    said = instead(figure, rows)
    assert said is not None
    assert _readable(said.text).startswith(text)
    assert [_readable(name) for name in said.named.values()][: len(named)] == named


@pytest.mark.parametrize(
    ("figure", "rows"),
    [
        (overview.ACTION_TYPES, types(3, 2)),
        (actions.ACTIVITY, periods("T1 2020", "T2 2020", actions=[4, 4])),
        (participation.NEWCOMERS, periods("2020", "2021", newcomers=[1, 1], returning=[0, 0])),
        (themes.FAMILY_EVOLUTION, families(0.5, 1.0, periods_known=2)),
        (themes.NETWORKS, crossed(("Rixes", "Bretagne", 2), ("Rixes", "Normandie", 1))),
        (themes.NETWORKS, crossed(("Rixes", "Bretagne", 0))),
    ],
)
def test_what_differs_is_drawn(figure: Figure, rows: pd.DataFrame) -> None:
    assert instead(figure, rows) is None


def test_a_grid_of_ones_is_a_line_for_each_of_its_shorter_side() -> None:
    cells = crossed(("Rixes", "Bretagne", 1), ("Vie nocturne", "Bretagne", 1), ("Rixes", "Normandie", 0))
    said = instead(themes.NETWORKS, cells)
    assert said is not None
    assert _readable(said.text) == "1 réunion, pas davantage, pour chacun de ces couples."
    assert said.lines == [("Bretagne", ["Rixes", "Vie nocturne"])]


def _readable(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace("\u202f", " ")
