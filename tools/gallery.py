"""Draw every chart, light and dark, for a phone and for a card: python -m tools.gallery DIRECTORY.

The data is made up: a small set in the shape of the real one, and a large one of 2,000 meetings. A Chrome
or Chromium takes the pictures; nothing is fetched from anywhere.
"""

from __future__ import annotations

import argparse
import html
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright
from plotly.offline import get_plotlyjs

from netstats import charts
from netstats.charts import CONFIG, Chart, Palette, palette
from netstats.reference.geography import department_outlines, reference_directory
from netstats.ui.base.signs import key_of
from tools.browser import NO_BROWSER, find_browser, launch

WIDTHS = (330, 700)
FAMILIES = {
    1: "Mesure et évaluation",
    2: "Métier et gouvernance locale",
    3: "Drogues et criminalité organisée",
    4: "Covid-19 et confinement",
    5: "Publics vulnérables et victimes",
    6: "Espaces publics et vie nocturne",
    7: "Jeunesse et rixes",
    8: "Numérique, vie associative et autres",
}
NETWORKS = (
    "National",
    "Hauts-de-France",
    "Auvergne-Rhône-Alpes",
    "Île-de-France",
    "Bretagne – Pays de la Loire",
    "Nouvelle-Aquitaine",
    "Provence-Alpes-Côte d’Azur et Corse",
)
SMALL_MEETINGS = (
    # network, held on, precision, until, families
    (0, "2018-03-20", "day", None, (3, 6)),
    (0, "2018-06-25", "day", None, (8,)),
    (0, "2019-03-21", "day", None, (2,)),
    (1, "2019-12-04", "day", None, (3,)),
    (1, "2020-05-06", "day", None, (4, 5, 8)),
    (2, "2020-05-07", "day", "2020-06-03", (4, 5, 7, 8)),
    (0, "2020-10-12", "day", "2020-10-16", (2, 3)),
    (0, "2021-03-11", "day", "2021-04-02", (1, 2, 6, 7)),
    (3, "2021-05-04", "day", None, (6,)),
    (0, "2021-05-18", "day", None, (7,)),
    (1, "2021-05-26", "day", None, (6,)),
    (4, "2021-05-27", "day", None, (6,)),
    (5, "2021-06-03", "day", None, ()),
    (2, "2021-06-04", "day", None, (6,)),
    (0, "2022-10-12", "day", "2022-10-13", (1, 2)),
    (0, "2023-03-06", "day", None, (2,)),
    (0, "2023-05-01", "month", None, (3,)),
    (1, None, "unknown", None, (1,)),
)
THEMES = (
    ("Espaces publics", 6, 6),
    ("Stupéfiants", 3, 4),
    ("Métier de coordonnateur", 2, 2),
    ("Covid-19 et confinement", 4, 2),
    ("Violences faites aux femmes", 5, 2),
    ("Seniors et isolement", 5, 2),
    ("Numérique et distance", 8, 3),
    ("Rixes", 7, 2),
    ("Mesure de la délinquance", 1, 2),
    ("Trafics & quartiers", 3, 1),
)


def timeline_frame() -> pd.DataFrame:
    """Return eighteen meetings in the shape of the real ones: a series, a month, an undated one."""
    title = "Réunion du réseau sur la tranquillité dans les espaces publics"
    rows = [
        (f"m{index}", title, NETWORKS[network], held_on, precision, until, rank, FAMILIES.get(rank or 0))
        for index, (network, held_on, precision, until, families) in enumerate(SMALL_MEETINGS)
        for rank in families or (None,)
    ]
    columns = ["code", "title", "network", "held_on", "date_precision", "held_until", "family_rank", "family"]
    frame = pd.DataFrame(rows, columns=columns)
    dates = {column: pd.to_datetime(frame[column]) for column in ("held_on", "held_until")}
    return frame.assign(**dates, family_rank=frame["family_rank"].astype("Int64"))


def dense_timeline_frame(random: np.random.Generator) -> pd.DataFrame:
    """Return sixty meetings in two years."""
    rows = []
    for index in range(60):
        network = NETWORKS[random.integers(len(NETWORKS))]
        held_on = pd.Timestamp(date(2024, 1, 1) + timedelta(days=int(random.integers(730))))
        ranks = sorted(random.choice(np.arange(1, 9), size=random.integers(1, 4), replace=False).tolist())
        rows += [(f"m{index}", "Réunion de réseau", network, held_on, "day", rank, FAMILIES[rank]) for rank in ranks]
    columns = ["code", "title", "network", "held_on", "date_precision", "family_rank", "family"]
    return pd.DataFrame(rows, columns=columns)


def density_frame(random: np.random.Generator, *, quarters: bool) -> pd.DataFrame:
    """Return 2,000 meetings by network and quarter of ten years, or some by network and year."""
    if quarters:
        periods = [(date(year, 3 * q + 1, 1), f"T{q + 1} {year}") for year in range(2015, 2025) for q in range(4)]
    else:
        periods = [(date(year, 1, 1), str(year)) for year in range(2017, 2025)]
    rows = [
        (network, start, label, int(random.poisson(2000 / len(periods) / len(NETWORKS) * (1 + index) / 4)))
        for index, network in enumerate(NETWORKS)
        for start, label in periods
    ]
    return pd.DataFrame(rows, columns=["network", "period_start", "period_label", "meetings"])


def themes_frame(scale: int) -> pd.DataFrame:
    """Return themes with their family and their share."""
    frame = pd.DataFrame(THEMES, columns=["label", "family_rank", "value"]).assign(
        value=lambda rows: rows["value"] * scale + scale // 7,
        code=lambda rows: rows["label"].str.casefold(),
        family=lambda rows: rows["family_rank"].map(FAMILIES),
    )
    return frame.assign(share=frame["value"] / (13 * scale))


def actions_frame() -> pd.DataFrame:
    """Return types of action."""
    labels = [
        "Accompagnement des victimes",
        "Maintien du lien",
        "Mise à l’abri et hébergement",
        "Présence de la police municipale",
        "Continuité du service à distance",
    ]
    return pd.DataFrame({"code": labels, "label": labels, "value": [3, 3, 1, 1, 2]})


def map_frames(random: np.random.Generator, regions: set[str], size: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return departments and `size` territories drawn among the towns of `regions` (all when empty)."""
    directory = reference_directory()
    text = dict.fromkeys(["code", "region_code", "department_code"], str)
    departments = pd.read_csv(directory / "departments.csv", dtype=text)
    communes = pd.read_csv(directory / "communes.csv", dtype=text).dropna(subset=["population", "lon"])
    kept = departments[departments["region_code"].isin(regions)] if regions else departments
    towns = communes[communes["department_code"].isin(kept["code"]) & (communes["population"] > 3000)]
    odds = (towns["population"] ** 0.7).to_numpy()
    chosen = towns.iloc[random.choice(len(towns), size=size, replace=False, p=odds / odds.sum())]
    chosen = chosen.assign(
        kind=random.choice(["commune", "commune", "commune", "CA", "METRO", "CISPD"], size=size),
        attendances=random.integers(1, 5, size=size),
    )
    by_department = chosen.groupby("department_code").agg(
        attendances=("attendances", "sum"),
        territories=("code", "size"),
        population_covered=("population", "sum"),
    )
    population = communes.groupby("department_code")["population"].sum().rename("population")
    counts = kept.set_index("code").join(by_department).fillna(dict.fromkeys(by_department, 0))
    counts = counts.join(population).reset_index(names="code")
    return counts.assign(share_covered=counts["population_covered"] / counts["population"]), chosen


def evolution_frame(random: np.random.Generator) -> pd.DataFrame:
    """Return families by quarter of two years."""
    starts = pd.date_range("2020-01-01", periods=8, freq="QS")
    rows = [
        (f"f{rank}", name, rank, name, start, f"T{start.quarter} {start.year}", int(random.integers(0, 6)), 6)
        for rank, name in FAMILIES.items()
        for start in starts
    ]
    columns = ["code", "label", "family_rank", "family", "period_start", "period_label", "meetings", "themed_meetings"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(share=frame["meetings"] / frame["themed_meetings"])


def shifts_frame() -> pd.DataFrame:
    """Return themes before and since."""
    frame = pd.DataFrame(THEMES, columns=["label", "family_rank", "late_meetings"]).assign(
        code=lambda rows: rows["label"], early_meetings=[1, 5, 2, 0, 3, 2, 4, 2, 1, 1], early_total=9, late_total=10
    )
    shares = {f"share_{half}": frame[f"{half}_meetings"] / frame[f"{half}_total"] for half in ("early", "late")}
    return frame.assign(**shares, trend="en hausse")


def periods_frame(random: np.random.Generator, count: int) -> pd.DataFrame:
    """Return quarters with a count of actions, of new territories and of known ones."""
    starts = pd.date_range("2019-01-01", periods=count, freq="QS")
    counts = {name: random.integers(0, 12, size=count) for name in ("value", "newcomers", "returning")}
    labels = [f"T{start.quarter} {start.year}" for start in starts]
    return pd.DataFrame({"period_start": starts, "period_label": labels, **counts})


def months_frame(random: np.random.Generator) -> pd.DataFrame:
    """Return five years of meetings by month, some of them known to the year alone."""
    rows = [(year, month, int(random.integers(0, 9))) for year in range(2018, 2023) for month in (*range(1, 13), None)]
    frame = pd.DataFrame(rows, columns=["year", "month", "meetings"]).astype({"month": "Int64"})
    return frame[frame["meetings"] > 0]


def crossed_frame(random: np.random.Generator) -> pd.DataFrame:
    """Return themes by network."""
    rows = [
        (label, label, rank, FAMILIES[rank], network, network, int(random.integers(0, 7)))
        for label, rank, _ in THEMES
        for network in NETWORKS
    ]
    names = ["row", "row_label", "row_family_rank", "row_family", "column", "column_label", "value"]
    return pd.DataFrame(rows, columns=names)


def drawings(palette: Palette) -> dict[str, Callable[[], Chart]]:
    """Return what draws every chart, by name: the frames are made already."""
    random = np.random.default_rng(5)
    outlines = department_outlines()
    few, many = map_frames(random, set(), 60), map_frames(random, set(), 1500)
    north, paris = map_frames(random, {"32"}, 24), map_frames(random, {"11"}, 30)
    names = dict(zip(north[0]["code"], north[0]["name"], strict=True))
    themes: dict[str, Any] = {
        "palette": palette,
        "title": "Thèmes abordés",
        "unit": ("réunion", "réunions"),
        "share_of": "des réunions dont les thèmes sont connus",
    }
    actions: dict[str, Any] = {"palette": palette, "title": "Actions", "unit": ("action", "actions")}
    crossed: dict[str, Any] = {"title": "Thèmes par réseau", "row_name": "thème", "column_name": "réseau"}
    compared = themes_frame(1).assign(before=[3, 6, 0, 2, 1, 2, 2, 4, 0, 1])
    compared = compared.assign(change=compared["value"] - compared["before"])

    def of_departments(frames: tuple[pd.DataFrame, pd.DataFrame], **options: Any) -> Callable[[], Chart]:
        coloured: dict[str, Any] = {"measure": "share_covered", "palette": palette} | options
        return partial(charts.territory_map, *frames, outlines, **coloured)

    return {
        "map": of_departments(few),
        "map-large": of_departments(many, measure="attendances"),
        "map-region": of_departments(
            (north[0][north[0]["code"] == "59"], north[1]), focus=list(north[0]["code"]), neighbours=names
        ),
        "map-paris": of_departments(paris, measure="attendances", focus=list(paris[0]["code"])),
        "timeline": partial(charts.meeting_timeline, timeline_frame(), palette=palette),
        "timeline-dense": partial(charts.meeting_timeline, dense_timeline_frame(random), palette=palette),
        "density": partial(charts.meeting_density, density_frame(random, quarters=True), palette=palette),
        "density-years": partial(charts.meeting_density, density_frame(random, quarters=False), palette=palette),
        "calendar": partial(charts.meeting_calendar, months_frame(random), palette=palette),
        "columns": partial(charts.period_columns, periods_frame(random, 12), **actions),
        "newcomers": partial(charts.newcomers_bars, periods_frame(random, 8), palette=palette),
        "themes": partial(charts.ranked_bars, themes_frame(1), **themes),
        "themes-large": partial(charts.ranked_bars, themes_frame(311), **themes),
        "themes-selected": partial(charts.ranked_bars, themes_frame(1), selected=("rixes",), **themes),
        "themes-compared": partial(charts.ranked_bars, compared, **themes),
        "actions": partial(charts.ranked_bars, actions_frame(), **actions),
        "evolution": partial(
            charts.evolution_bars, evolution_frame(random), palette=palette, title="Familles dans le temps"
        ),
        "shifts": partial(charts.theme_shifts, shifts_frame(), palette=palette, since="mars 2021"),
        "grid": partial(charts.value_grid, crossed_frame(random), unit=themes["unit"], palette=palette, **crossed),
    }


def page(chart: Chart, palette: Palette, width: int) -> str:
    """Return an HTML page with the chart as a card of that width would show it."""
    drawing = chart.figure.to_html(full_html=False, include_plotlyjs=False, config=CONFIG)
    return (
        f'<!doctype html><html lang="fr"><meta charset="utf-8">'
        f'<script src="plotly.min.js"></script>'
        f'<body style="margin:0;background:{palette.surface};color:{palette.text};font:14px sans-serif">'
        f'<div id="card" style="width:{width}px">{key_of(chart.key, palette)}{drawing}'
        f'<p style="color:{palette.muted};margin:4px 0">{html.escape(chart.reading)}</p></div></body></html>'
    )


def main() -> None:
    """Write the pictures, and print the size of each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--only", default="", help="names that hold this text")
    arguments = parser.parse_args()
    path = find_browser()
    if path is None:
        raise SystemExit(NO_BROWSER)
    arguments.directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        sheet = Path(scratch) / "page.html"
        sheet.with_name("plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
        browser = launch(playwright, path)
        for colours in map(palette, ("light", "dark")):
            for name, draw in drawings(colours).items():
                if arguments.only not in name:
                    continue
                chart = draw()
                print(f"{name} {colours.mode}: {len(chart.figure.to_json()) / 1000:.0f} kB. {chart.reading}")
                for width in WIDTHS:
                    tab = browser.new_page(viewport={"width": width, "height": 500})
                    sheet.write_text(page(chart, colours, width), encoding="utf-8")
                    tab.goto(sheet.as_uri())
                    tab.wait_for_selector(".plotly-graph-div .main-svg", state="attached")
                    tab.wait_for_timeout(200)
                    tab.locator("#card").screenshot(path=arguments.directory / f"{name}-{colours.mode}-{width}.png")
                    tab.close()
        browser.close()


if __name__ == "__main__":
    main()
