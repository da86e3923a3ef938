"""The slides: every number on them is that of its figure, and nothing empty is shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from netstats.catalogue import actions, overview, participation, themes
from netstats.catalogue.column import Format
from netstats.catalogue.figure import Figure
from netstats.charts import palette
from netstats.filters import Filters
from netstats.period import Period
from netstats.reference.geography import department_outlines
from netstats.share.bodies import Bars, Cover, Evolution, Map, Numbers, Rows, Shifts, Slide
from netstats.share.findings import latest_families
from netstats.share.names import MOST_LINES, Names
from netstats.share.selection import Selection, asked_of
from netstats.share.slides import KINDS, slides
from netstats.store import Database
from netstats.wording import number, percent, typeset
from tests.conftest import Generated

TODAY = date(2026, 11, 23)
OUTLINES = department_outlines()
UNTIL_2021 = Filters(period=Period.parse("jusqu’à fin 2021"))
SELECTIONS = {
    "all": Filters(),
    "network": Filters(networks=("hauts-de-france",)),
    "department": Filters(departments=("59",)),
    "period": Filters(period=Period.parse("2020")),
    "until": UNTIL_2021,
    "theme": Filters(themes=("stupefiants",)),
    "nothing": Filters(period=Period.parse("1990")),
}


def selection(database: Database, filters: Filters) -> Selection:
    return Selection(asked_of(database, today=TODAY), filters, overview.choices(database), database.version(), TODAY)


def made(database: Database, filters: Filters) -> dict[str, Slide]:
    return {slide.kind: slide for slide in slides(selection(database, filters), OUTLINES)}


@pytest.fixture(params=list(SELECTIONS.values()), ids=list(SELECTIONS))
def filters(request: pytest.FixtureRequest) -> Filters:
    chosen: Filters = request.param
    return chosen


@pytest.mark.parametrize("data", ["real", "generated"])
def test_every_drawn_value_is_that_of_its_figure(
    data: str, filters: Filters, real_database: Database, generated: Generated
) -> None:
    database = real_database if data == "real" else generated.database
    found = made(database, filters)
    for kind, figure, label, value in (
        ("participation", overview.TERRITORIES, "name", "attendances"),
        ("themes", overview.THEMES, "short_name", "meetings"),
        ("actions", overview.ACTION_TYPES, "name", "actions"),
    ):
        rows = figure.ask(database, filters, today=TODAY)
        rows = rows[~rows["code"].isin(filters.themes)]  # that a chosen theme is met would say nothing
        assert (kind in found) == (not rows.empty)
        if kind in found:
            body = found[kind].body
            assert isinstance(body, Bars)
            plot = body.plot(palette("light"))
            (series,) = plot.series
            known = dict(zip(rows[label], rows[value], strict=True))
            # Before a theme stands the sign of its family.
            drawn = [one.split(" ", 1)[1] if kind == "themes" else one for one in plot.categories]
            assert dict(zip(drawn, series.values, strict=True)) == {name: known[name] for name in drawn}
            assert min(value for value in series.values if value is not None) >= max(
                [v for n, v in known.items() if n not in drawn], default=0
            )
            assert list(body.chart(palette("light")).figure.data[0].x) == list(series.values)
            left_out = re.sub(r"\D", "", body.rest()) or "0"
            assert len(plot.categories) + int(left_out) == len(rows)


@pytest.mark.parametrize("data", ["real", "generated"])
def test_evolution_and_trends_are_those_of_their_figures(
    data: str, filters: Filters, real_database: Database, generated: Generated
) -> None:
    database = real_database if data == "real" else generated.database
    found = made(database, filters)
    if "evolution" in found:
        body = found["evolution"].body
        assert isinstance(body, Evolution)
        plot = body.plot(palette("light"))
        rows = themes.FAMILY_EVOLUTION.ask(database, filters, today=TODAY)
        column = "share" if plot.is_share else "meetings"
        for series in plot.series:
            own = rows[rows["name"] == series.name].set_index("period_label")
            for label, value in zip(plot.categories, series.values, strict=True):
                row = own.loc[label]
                assert (value is None) == (row["themed_meetings"] == 0)
                assert value is None or value == pytest.approx(row[column])
    rows = themes.TRENDS.ask(database, filters, today=TODAY)
    clear = rows[rows["trend"].isin(["en hausse", "en baisse"])].set_index("short_name")
    assert ("tendances" in found) == (not clear.empty)
    if "tendances" in found:
        shifts = found["tendances"].body
        assert isinstance(shifts, Shifts)
        plot = shifts.plot(palette("light"))
        for name, early, late in zip(plot.categories, plot.series[0].values, plot.series[1].values, strict=True):
            assert (early, late) == (clear.loc[name, "share_early"], clear.loc[name, "share_late"])


def test_the_generated_activity_has_every_slide(generated: Generated) -> None:
    assert {"evolution", "carte", "derniere", "relancer", "participation"} <= set(made(generated.database, UNTIL_2021))


def test_key_figures_are_those_of_the_overview(real_database: Database, filters: Filters) -> None:
    found = made(real_database, filters)
    row = overview.INDICATORS.ask(real_database, filters, today=TODAY).iloc[0]
    if not row["meetings"]:
        assert found == {}
        return
    body = found["chiffres"].body
    assert isinstance(body, Numbers)
    for item, measure in zip(body.items, overview.MEASURES, strict=True):
        assert item.value == measure.write(row[measure.name])
        if measure.format is Format.COUNT and not pd.isna(row[measure.name]):
            assert int(re.sub(r"\D", "", item.value)) == row[measure.name]


def test_a_title_is_a_sentence_and_a_foot_defends_it(real_database: Database, filters: Filters) -> None:
    chosen = selection(real_database, filters)
    for slide in slides(chosen, OUTLINES):
        assert slide.title
        is_untold = slide.kind == "evolution" and not latest_families(chosen.rows(themes.FAMILY_EVOLUTION))
        assert (slide.title in KINDS.values()) == is_untold
        told = slide.body.finding if isinstance(slide.body, Cover) else slide.title
        assert is_untold or re.search(r"\d|«", told), told
        assert chosen.sentence.replace("'", "’") in slide.foot
        assert "Source" in slide.foot
        assert "Données au" in slide.foot
        assert slide.kind == "ouverture" or all(definition for _, definition in slide.definitions)


def test_key_figures_say_what_has_changed(real_database: Database) -> None:
    body = made(real_database, Filters(period=Period.parse("2021")))["chiffres"].body
    assert isinstance(body, Numbers)
    now, then = (
        overview.INDICATORS.ask(real_database, Filters(period=Period.parse(year))).iloc[0] for year in ("2021", "2020")
    )
    for item, measure in zip(body.items, overview.MEASURES, strict=True):
        change = measure.write_difference(measure.difference(now[measure.name], then[measure.name]) or 0)
        assert item.evolution == f"{change} par rapport à 2020"
    # Nothing is recorded before the first meeting.
    body = made(real_database, Filters(period=Period.parse("2019")))["chiffres"].body
    assert isinstance(body, Numbers)
    assert not [item for item in body.items if item.evolution]


def test_made_up_data_says_so_first(generated: Generated) -> None:
    chosen = selection(generated.database, Filters())
    chosen = replace(chosen, version=replace(chosen.version, fictional=True))
    assert all(slide.foot.startswith("Données fictives") for slide in slides(chosen, OUTLINES))


def test_who_is_missing_is_said_in_the_order_of_the_figure(real_database: Database) -> None:
    assert "relancer" not in made(real_database, Filters()), "the activity stopped: that is nobody’s absence"
    body = made(real_database, UNTIL_2021)["relancer"].body
    assert isinstance(body, Rows)
    lapsed = participation.LAPSED.ask(real_database, UNTIL_2021, today=TODAY)
    assert [row[0] for row in body.rows] == list(lapsed["name"].head(len(body.rows)).str.replace("'", "’"))
    assert body.rest == f"et {len(lapsed) - len(body.rows)}\xa0autres territoires"


@pytest.mark.parametrize("data", ["real", "generated"])
def test_who_came_is_named_by_department(
    data: str, filters: Filters, real_database: Database, generated: Generated
) -> None:
    database = real_database if data == "real" else generated.database
    found = made(database, filters)
    rows = overview.TERRITORIES.ask(database, filters, today=TODAY)
    assert ("participants" in found) == (not rows.empty)
    if rows.empty:
        return
    body = found["participants"].body
    assert isinstance(body, Names)
    for most in (MOST_LINES, 20, 10**6):
        groups = body.groups(most)
        named = {(group.heading, name, times) for group in groups for name, times in group.names}
        shown = rows.head(len(named))
        assert named == {
            (
                typeset(f"{row['department']} ({row['department_code']})"),
                typeset(row["name"]),
                number(row["attendances"]),
            )
            for row in shown.to_dict("records")
        }
        assert len({group.heading for group in groups}) == len(groups)
        left_out = len(rows) - len(named)
        if left_out:
            assert len(named) + len(groups) <= most
            assert f"et {number(left_out)}\xa0autre" in body.rest(most)
            assert f"{number(rows['attendances'][len(named)])}\xa0fois au plus" in body.rest(most)
        else:
            assert "autre" not in body.rest(most)
    assert len(named) == len(rows), "with room for all, all are named"


def test_the_map_stands_beside_its_table(real_database: Database, filters: Filters) -> None:
    found = made(real_database, filters)
    if "carte" not in found:
        return
    body = found["carte"].body
    assert isinstance(body, Map)
    rows = overview.DEPARTMENTS.ask(real_database, filters, today=TODAY)
    for most in (5, 200):
        table = body.table(most)
        numbers = {
            typeset(f"{row['name']}\xa0({row['code']})"): (number(row["territories"]), percent(row["share_covered"]))
            for row in rows.to_dict("records")
        }
        assert all(numbers[name] == tuple(said) for name, *said in table.rows)
        shares = [rows["share_covered"][list(numbers).index(name)] for name, *_ in table.rows]
        assert shares == sorted(shares, reverse=True)
        counted = len(rows) if len(rows) <= most else int((rows["share_covered"] > 0).sum())
        assert len(table.rows) + int(re.sub(r"\D", "", table.rest) or 0) == counted


@pytest.mark.parametrize("data", ["real", "generated"])
def test_the_latest_actions_are_told(
    data: str, filters: Filters, real_database: Database, generated: Generated
) -> None:
    database = real_database if data == "real" else generated.database
    found = made(database, filters)
    rows = actions.LIST.ask(database, filters, today=TODAY)
    assert ("dernieres-actions" in found) == (not rows.empty)
    if rows.empty:
        return
    slide = found["dernieres-actions"]
    assert isinstance(slide.body, Rows)
    assert [row[1] for row in slide.body.rows] == list(rows["description"].head(7).map(typeset))
    for row, (who, *_, when) in zip(rows.head(7).to_dict("records"), slide.body.rows, strict=True):
        unnamed = f"Non nommé, réseau {row['network']}"
        assert who == typeset(row["territory"] if isinstance(row["territory"], str) else unnamed)
        assert (when == "date inconnue") == pd.isna(row["held_on"])
    assert re.sub(r"\D", "", slide.body.rest) == (str(len(rows) - 7) if len(rows) > 7 else "")
    assert slide.title.startswith(number(len(rows)))
    latest = int((rows["held_on"] == rows["held_on"].iloc[0]).sum())
    told = re.search(r"dont (\d+) ", slide.title)
    assert told is None or int(told[1]) <= latest < len(rows)


def test_the_latest_meeting_is_told_as_it_is_known(real_database: Database) -> None:
    body = made(real_database, Filters(networks=("auvergne-rhone-alpes",)))["derniere"].body
    assert isinstance(body, Rows)
    facts = {row[0]: row[1] for row in body.rows}
    assert facts["Réseau"] == "Auvergne-Rhône-Alpes, en visioconférence"
    assert "Participants" not in facts  # unknown is not nil
    assert facts["Présents"].count(",") == 4


@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_date_half_known_may_be_the_latest(precision: str, real_database: Database) -> None:
    """Held on the 1st of a month that is known alone, a meeting may be later than the one of the 26th."""

    def ask(figure: Figure, filters: Filters, subject: str = "", *, compared: bool = True) -> pd.DataFrame:
        rows = figure.ask(real_database, filters, subject, today=TODAY, compared=compared)
        if figure is overview.MEETINGS:
            second = rows.index[1]
            rows.loc[second, "held_on"] = rows["held_on"].iloc[0].replace(day=1)
            rows.loc[second, "date_precision"] = precision
        return rows

    chosen = selection(real_database, Filters(networks=("hauts-de-france",)))
    (latest,) = slides(replace(chosen, ask=ask), OUTLINES, ["derniere"])
    assert latest.title.startswith("Une des dernières réunions")
    (latest,) = slides(chosen, OUTLINES, ["derniere"])
    assert latest.title.startswith("Dernière réunion, le 26")


def test_a_title_names_only_families_that_are_drawn(generated: Generated) -> None:
    named = 0
    for department in generated.database.ask("SELECT code FROM department")["code"]:
        for slide in slides(
            selection(generated.database, Filters(departments=(str(department),))), OUTLINES, ["evolution"]
        ):
            assert isinstance(slide.body, Evolution)
            drawn = {series.name for series in slide.body.plot(palette("light")).series}
            families = set(re.findall("«\xa0(.*?)\xa0»", slide.title))
            assert families <= drawn
            named += len(families)
    assert named > 10
