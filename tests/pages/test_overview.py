"""The overview as Streamlit runs it, without a browser: its figures, its filters, and what it says in trouble."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from netstats import store, wording
from netstats.catalogue import overview
from netstats.catalogue.column import Format
from netstats.filters import Filters
from netstats.period import Period
from tests import activity
from tests.conftest import Generated
from tests.hostile import HOSTILE
from tests.installations import DATA

ROOT = Path(__file__).parents[2]
NOTHING = "Aucune réunion dans cette sélection."
YEAR_2020 = Period(date(2020, 1, 1), date(2020, 12, 31))

Address = Mapping[str, Sequence[str]]


def visit(address: Address | None = None) -> AppTest:
    """Return the page as a visitor of that address first sees it."""
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=20)
    for parameter, values in (address or {}).items():
        page.query_params[parameter] = list(values)
    return at_rest(page.run())


def at_rest(page: AppTest) -> AppTest:
    assert not page.exception
    assert not page.error
    return page


def figures(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def expected(database: store.Database, filters: Filters) -> dict[str, str]:
    """The key figures of a selection, from the catalogue."""
    row = overview.INDICATORS.ask(database, filters).iloc[0]
    return {measure.label: measure.write(row[measure.name]) for measure in overview.MEASURES}


def heading(page: AppTest) -> str:
    """The sentence over the page, without the backslashes that keep Markdown from reading it."""
    return page.title[0].value.replace("\\", "")


def notices(page: AppTest) -> list[str]:
    return [told.value.replace("\\", "").replace(wording.NO_BREAK, " ") for told in (*page.info, *page.warning)]


def charts(page: AppTest) -> dict[str, dict[str, Any]]:
    """Key → figure of each chart."""
    return {str(chart.key): json.loads(chart.proto.spec) for chart in page.get("plotly_chart")}


def html(page: AppTest) -> str:
    return "\n".join(block.proto.body for block in page.get("html"))


# ---------------------------------------------------------------- the figures


@pytest.mark.usefixtures("real")
def test_all_regional_networks_are_what_is_first_seen() -> None:
    page = visit()
    assert heading(page) == "Tous les réseaux régionaux"
    shown = figures(page)
    assert (shown["Réunions"], shown["Territoires participants"], shown["Présences"]) == ("11", "58", "66")
    assert list(shown) == [measure.label for measure in overview.MEASURES]
    assert all(metric.help for metric in page.metric), "each figure has its (i)"
    assert set(charts(page)) == {"chart-carte", "chart-frise", "chart-themes", "chart-actions"}


@pytest.mark.usefixtures("real")
def test_hauts_de_france_has_five_meetings_two_of_them_undated() -> None:
    page = visit({"region": ["32"]})
    shown = figures(page)
    assert heading(page) == "Hauts-de-France"
    assert (shown["Réunions"], shown["Territoires participants"], shown["Présences"]) == ("5", "23", "28")
    assert "2 sans date" in html(page).replace(wording.NO_BREAK, " ")
    assert "2\u00a0réunions sans date, hors de la frise" in html(page)


@pytest.mark.usefixtures("real")
def test_towns_of_the_nord_are_named() -> None:
    page = visit({"departement": ["59"]})
    named = re.sub(r"<[^>]+>", "", html(page))  # the names are links
    for town in ("Lille (2 fois)", "Fourmies", "Hazebrouck", "Ronchin"):
        assert town in named
    assert "Amiens" not in named


@pytest.mark.usefixtures("real")
def test_what_was_discussed_in_2020_is_shown() -> None:
    page = visit({"periode": ["2020"]})
    bars = charts(page)["chart-themes"]
    labels = [re.sub("<[^>]+>.</[^>]+> ", "", note["text"]) for note in bars["layout"]["annotations"]]
    assert "Covid-19 : confinement et déconfinement" in labels
    assert "Seniors et isolement" in labels
    assert "Stupéfiants" not in labels, "that was in 2019"


# ---------------------------------------------------------------- each filter


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("parameter", "code", "filters", "sentence"),
    [
        ("region", "32", Filters(regions=("32",)), "Hauts-de-France"),
        ("departement", "59", Filters(departments=("59",)), "Nord"),
        ("reseau", "national", Filters(networks=("national",)), "Réseau National"),
        (
            "theme",
            "stupefiants",
            Filters(themes=("stupefiants",)),
            "Tous les réseaux régionaux, thème Stupéfiants",
        ),
        (
            "modalite",
            "présentiel",
            Filters(formats=("présentiel",)),
            "Tous les réseaux régionaux, format présentiel",
        ),
        ("nature", "CA", Filters(kinds=("CA",)), None),
    ],
)
def test_a_filter_alone_rules_the_figures(
    parameter: str, code: str, filters: Filters, sentence: str | None, real_database: store.Database
) -> None:
    everything = expected(real_database, Filters())
    page = visit()
    assert figures(page) == everything
    at_rest(page.multiselect(key=parameter).set_value([code]).run())
    assert figures(page) == expected(real_database, filters) != everything
    assert sentence is None or heading(page) == sentence


@pytest.mark.usefixtures("real")
def test_a_period_alone_is_compared_with_the_one_before(real_database: store.Database) -> None:
    page = visit()
    at_rest(page.selectbox(key="periode").set_value("2020").run())
    assert figures(page) == expected(real_database, Filters(period=YEAR_2020))
    now, then = (
        overview.INDICATORS.ask(real_database, Filters(period=period)).iloc[0]
        for period in (YEAR_2020, Period(date(2019, 1, 1), date(2019, 12, 31)))
    )
    assert html(page).count("par rapport à 2019") == len(overview.MEASURES)
    for metric, measure in zip(page.metric, overview.MEASURES, strict=True):
        change = (now[measure.name] - then[measure.name]) * (100 if measure.format is Format.SHARE else 1)
        said = metric.delta.replace(wording.MINUS, "-").split()[0].replace(",", ".")
        assert float(said) == (change if measure.format is Format.COUNT else pytest.approx(change, abs=0.05))


@pytest.mark.usefixtures("real")
def test_a_year_of_which_nothing_is_recorded_is_no_base(real_database: store.Database) -> None:
    page = visit(address={"periode": ["2021"], "reseau": ["ile-de-france"]})
    assert any("rien n’est enregistré" in text for text in (caption.value for caption in page.caption))
    assert not any(metric.delta for metric in page.metric)
    filters = Filters(period=Period.parse("2021"), networks=("ile-de-france",))
    assert overview.TERRITORIES.ask(real_database, filters)["change"].isna().all()


@pytest.mark.usefixtures("real")
def test_without_a_period_nothing_is_compared_and_the_years_are_drawn(real_database: store.Database) -> None:
    page = visit()
    years = overview.YEARLY_INDICATORS.ask(real_database, Filters())
    drawn = re.findall(r'aria-label="Par année : ([^"]+)"', html(page))
    for metric, measure, said in zip(page.metric, overview.MEASURES, drawn, strict=True):
        assert not metric.delta
        asked = zip(years["year"], years[measure.name], strict=True)
        assert said.split("; ") == [f"{year}{wording.NO_BREAK}: {measure.write(value)}" for year, value in asked]


@pytest.mark.usefixtures("real")
def test_previous_and_next_move_by_the_length_of_the_period(real_database: store.Database) -> None:
    page = visit({"periode": ["2020"]})
    at_rest(page.button(key="periode-avant").click().run())
    assert heading(page).endswith("2019")
    assert figures(page) == expected(real_database, Filters(period=Period(date(2019, 1, 1), date(2019, 12, 31))))
    at_rest(page.button(key="periode-apres").click().run())
    assert figures(page) == expected(real_database, Filters(period=YEAR_2020))


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("address", [{}, {"periode": ["depuis 2020"]}])
def test_a_period_without_length_has_no_neighbours(address: Address) -> None:
    page = visit(address)
    assert page.button(key="periode-avant").disabled
    assert page.button(key="periode-apres").disabled


@pytest.mark.usefixtures("real")
def test_one_click_clears_every_filter() -> None:
    page = visit({"periode": ["2020"], "region": ["32"], "theme": ["covid-19"], "modalite": ["visioconférence"]})
    assert page.button(key="filtres").label == "Filtrer (4)"
    at_rest(page.button(key="effacer").click().run())
    assert heading(page) == "Tous les réseaux régionaux"
    assert figures(page)["Réunions"] == "11"
    assert page.button(key="filtres").label == "Filtrer"
    assert page.button(key="effacer").disabled


@pytest.mark.usefixtures("real")
def test_the_national_activity_is_one_click_away(real_database: store.Database) -> None:
    page = visit()
    at_rest(page.button(key="national").click().run())
    assert figures(page) == expected(real_database, Filters(networks=("national",)))


# ---------------------------------------------------------------- nothing, and nonsense


@pytest.mark.usefixtures("real")
def test_an_empty_selection_says_so_and_offers_each_way_back(real_database: store.Database) -> None:
    page = visit({"departement": ["971"], "periode": ["2019"], "theme": ["stupefiants"]})
    assert page.info[0].proto.title == NOTHING
    assert not page.metric
    assert not charts(page), "never a blank chart"
    offered = {str(button.key): button.label for button in page.button if str(button.key).startswith("sans-")}
    without = Filters(period=Period(date(2019, 1, 1), date(2019, 12, 31)), themes=("stupefiants",))
    count = overview.INDICATORS.ask(real_database, without).iloc[0]["meetings"]
    assert count
    assert offered["sans-departement"] == f"Sans le filtre département : {wording.counted(count, 'réunion')}"
    at_rest(page.button(key="sans-departement").click().run())
    assert figures(page) == expected(real_database, without)


@pytest.mark.usefixtures("real")
def test_an_empty_selection_of_one_filter_offers_to_clear_it() -> None:
    page = visit({"departement": ["971"]})
    assert page.info[0].proto.title == NOTHING
    at_rest(page.button(key="sans-tout").click().run())
    assert figures(page)["Réunions"] == "11"


@pytest.mark.usefixtures("real")
def test_what_an_address_asks_in_vain_is_said_once_and_left_aside() -> None:
    page = visit({"departement": ["59", "xyz"], "theme": ["nope"], "autre": ["garde"]})
    assert heading(page) == "Nord"
    assert notices(page) == [
        "Département : « xyz » n’est pas connu, ce filtre est laissé de côté.",
        "Thème : « nope » n’est pas connu, ce filtre est laissé de côté.",
    ]
    assert page.query_params["autre"] in ("garde", ["garde"]), "a parameter of someone else stays"
    assert not notices(at_rest(page.run())), "said once"


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("text", ["la semaine des quatre jeudis", "2021 à 2019", "13/2020", "<script>1</script>"])
def test_an_unreadable_period_is_told_with_what_would_be_read(text: str) -> None:
    page = visit({"periode": [text]})
    (notice,) = notices(page)
    assert "Écrivez par exemple « 2020 »" in notice or "Inversez les deux dates" in notice
    assert figures(page)["Réunions"] == "11", "an unreadable period is no condition"


@pytest.mark.usefixtures("real")
def test_options_as_the_browser_writes_them_are_read_like_codes(real_database: store.Database) -> None:
    page = visit({"departement": ["Nord (59)"], "theme": ["Stupéfiants"]})
    assert not any("laissé de côté" in notice for notice in notices(page))
    assert figures(page) == expected(real_database, Filters(departments=("59",), themes=("stupefiants",)))


# ---------------------------------------------------------------- any selection


def somewhere(database: store.Database, seed: int) -> Filters:
    """A selection of what can be chosen, drawn at random."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    choices = overview.choices(database)

    def some(parameter: str, most: int = 2) -> tuple[str, ...]:
        codes = list(choices[parameter])
        return tuple(chance.sample(codes, chance.randint(1, most))) if chance.random() < 0.35 else ()

    year = chance.randint(2018, 2022)
    return Filters(
        period=Period(date(year, 1, 1), date(year + chance.randint(0, 2), 12, 31))
        if chance.random() < 0.5
        else Period(),
        regions=some("region", 4),
        departments=some("departement", 6),
        networks=some("reseau"),
        kinds=some("nature", 4),
        themes=some("theme", 5),
        formats=some("modalite", 3),
    )


def assert_true_to(page: AppTest, database: store.Database, filters: Filters) -> None:
    assert heading(page) == wording.typeset(filters.sentence(overview.choices(database), whole=False))
    assert not any("laissé de côté" in notice for notice in notices(page))
    row = overview.INDICATORS.ask(database, filters).iloc[0]
    if row["meetings"] or row["actions"]:
        assert figures(page) == expected(database, filters)
    else:
        assert page.info[0].proto.title == NOTHING


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("seed", range(12))
def test_any_selection_of_the_real_data_is_shown(seed: int, real_database: store.Database) -> None:
    filters = somewhere(real_database, seed)
    assert_true_to(visit(filters.to_address()), real_database, filters)


@pytest.fixture(scope="module")
def thousands() -> Iterator[Generated]:
    """The rows of the database `large`, asked apart from the page."""
    frames = activity.generate(seed=2, meetings=2000)
    database = store.build(DATA / "reference", frames, path=None)
    yield Generated(database, frames)
    database.close()


@pytest.mark.usefixtures("large")
def test_thousands_of_meetings_are_counted_not_drawn_one_by_one(thousands: Generated) -> None:
    page = visit()
    assert figures(page) == expected(thousands.database, Filters())
    assert html(page).count('class="when"') == 8, "the latest meetings only"
    assert sum(len(chart.proto.spec) for chart in page.get("plotly_chart")) < 400_000


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("filters", activity.selections(seed=5)[::8], ids=activity.name)
def test_any_selection_of_thousands_of_meetings_is_shown(filters: Filters, thousands: Generated) -> None:
    assert_true_to(visit(filters.to_address()), thousands.database, filters)


# ---------------------------------------------------------------- what means harm, and what is broken


def strings(value: Any) -> Iterator[str]:
    """Every text in a figure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def marked_up(page: AppTest) -> Iterator[str]:
    """Every text of the page that Streamlit reads as Markdown, without what a backslash takes from it."""
    return (re.sub(r"\\.", "", text) for text in _marked_up(page))


def _marked_up(page: AppTest) -> Iterator[str]:
    for heading_ in (*page.title, *page.header, *page.subheader):
        yield heading_.value
        yield heading_.proto.help
    for element in (*page.caption, *page.markdown):
        yield element.value
    for alert in (*page.info, *page.error, *page.warning):
        yield alert.value
        yield alert.proto.title
    for button in page.button:
        yield button.label
        yield button.help or ""
    for metric in page.metric:
        yield from (metric.label, metric.value, metric.delta, metric.help, metric.proto.delta_description)


@pytest.mark.parametrize(
    "address", [{}, {"reseau": ["hauts-de-france"], "theme": ["stupefiants"]}, {"theme": ["rixes"], "region": ["32"]}]
)
def test_a_label_that_means_harm_is_shown_as_it_is_written(
    address: Address, databases: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETSTATS_DATABASE", str(databases("hostile")))
    page = visit(address)
    for text in marked_up(page):
        for markup in ("<script", "<img", "![x](", "[lien](", ":red[", "$x^", "**gras"):
            assert markup not in text, "Markdown would read it"
    written = html(page)
    for markup in ("<script>pwned", "<img", 'href="javascript:', "onerror='"):
        assert markup not in written, "the browser would run it"
    if charts(page):
        assert "&lt;script&gt;pwned" in written, "it is shown"
    for chart in charts(page).values():
        for text in strings(chart):
            assert "<img" not in text
            assert "<a " not in text
            assert "<script" not in text


@pytest.mark.usefixtures("real")
def test_an_address_that_means_harm_is_shown_as_it_is_written() -> None:
    page = visit({"theme": [HOSTILE], "periode": [HOSTILE]})
    assert len(notices(page)) == 2
    for text in marked_up(page):
        assert "![x](" not in text
        assert ":red[" not in text


@pytest.fixture
def broken_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of data/ where the date of the fourth line of reunions.csv is no date."""
    directory = tmp_path / "data"
    for folder in ("network", "reference"):
        shutil.copytree(DATA / folder, directory / folder)
    file = directory / "network" / "reunions.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    rows[3][rows[0].index("Date")] = "2019-13-45"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";", lineterminator="\n").writerows(rows)
    monkeypatch.setenv("NETSTATS_DATA", str(directory))
    monkeypatch.delenv("NETSTATS_DATABASE", raising=False)
    return file


def test_broken_data_is_told_in_french_with_file_and_line(broken_data: Path) -> None:
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=20).run()
    assert not page.exception, "no traceback"
    (error,) = page.error
    said = f"{error.proto.title} {error.value}".replace("\\", "")
    assert "Les données ne peuvent pas être lues" in said
    assert "reunions.csv" in said
    assert "4" in said
    assert "2019-13-45" in said
    assert "netstats check" in said
    assert "Traceback" not in said
    # Once mended, the next visit works: the failure has not been kept.
    shutil.copy(DATA / "network" / "reunions.csv", broken_data)
    assert figures(visit())["Réunions"] == "11"


def test_a_database_that_is_none_is_told_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "netstats.duckdb"
    path.write_text("this is no database", encoding="utf-8")
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=20).run()
    assert not page.exception
    (error,) = page.error
    assert "n’est pas une base netstats lisible" in error.proto.title.replace("\\", "")


def test_an_unforeseen_error_is_told_without_its_details(real: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> pd.DataFrame:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(overview.Figure, "ask", fail)
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=20).run()
    assert not page.exception
    (error,) = page.error
    assert error.proto.title == "Cette page n’a pas pu être affichée."
    assert "secret" not in error.value


def test_a_chart_can_be_taken_away_as_a_picture_and_a_list_cannot() -> None:
    page = visit()
    for key in ("themes", "reunions"):
        page.session_state[f"table-{key}"] = True
    page = at_rest(page.run())
    assert "png-reunions" not in [button.key for button in page.button]
    assert "drawn-themes" not in charts(page)
    page = at_rest(page.button(key="png-themes").click().run())
    layout = charts(page)["drawn-themes"]["layout"]
    said = " ".join(annotation["text"] for annotation in layout["annotations"])
    for words in ("<b>Thèmes abordés</b>", "Tous les réseaux régionaux", "Lecture", "Source", "Mis à jour le 22"):
        assert words in said
    (chart,) = [chart for chart in page.get("plotly_chart") if chart.key == "drawn-themes"]
    options = json.loads(chart.proto.config)["toImageButtonOptions"]
    assert options["filename"] == "netstats_themes"
    assert (options["width"], options["height"]) == (layout["width"], layout["height"])
    assert "drawn-themes" not in charts(at_rest(page.run()))


@pytest.mark.usefixtures("large")
def test_the_search_says_which_meetings_it_has_more_than_the_figures() -> None:
    (label,) = (link.proto.label for link in visit().get("page_link") if link.proto.label.startswith("Chercher parmi"))
    assert label.endswith("autres réunions, annoncées et annulées comprises")
