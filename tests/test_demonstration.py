"""The demonstration set has the shape of a real activity, says that it is none, and never takes its place."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from netstats import choices, demonstration, demonstration_world, store
from netstats.catalogue import quality
from netstats.demonstration_actions import ACTIONS, OTHER_ACTIONS
from netstats.demonstration_words import OWN_PARTNERS, PLACES, PUBLICS
from netstats.errors import NetstatsError
from netstats.filters import Filters
from netstats.intake import bootstrap
from tests.conftest import DATA

TODAY = date(2026, 11, 23)
Frames = Mapping[str, pd.DataFrame]
Shares = Mapping[str, Mapping[int, float]]


@pytest.fixture(scope="module")
def frames() -> Frames:
    return demonstration.frames(DATA, meetings=2000, seed=1, today=TODAY)


@pytest.fixture(scope="module")
def held(frames: Frames) -> pd.DataFrame:
    meetings = frames["meeting"]
    return meetings[meetings["status"] == "held"]


@pytest.fixture(scope="module")
def attendance(frames: Frames) -> pd.DataFrame:
    meetings = frames["meeting"][["code", "network_code", "held_on", "date_precision"]]
    return frames["attendance"].merge(meetings, left_on="meeting_code", right_on="code")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    demonstration.write(path, meetings=100, seed=1, today=TODAY)
    return path


@pytest.fixture(scope="module")
def years(frames: Frames) -> Shares:
    """Theme → year → share of the meetings of that year that discuss it."""
    meetings = frames["meeting"].dropna(subset="held_on")
    year_of = dict(zip(meetings["code"], meetings["held_on"].dt.year, strict=True))
    all_of = Counter(year_of.values())
    said = Counter(
        (theme, year_of[code])
        for code, theme in zip(
            frames["meeting_theme"]["meeting_code"], frames["meeting_theme"]["theme_code"], strict=True
        )
        if code in year_of
    )
    return {
        theme: {year: said[theme, year] / number for year, number in all_of.items()}
        for theme in frames["theme"]["code"]
    }


def mean(shares: Mapping[int, float], first: int, last: int) -> float:
    return sum(shares[year] for year in range(first, last + 1)) / (last + 1 - first)


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with duckdb.connect(path, read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {name: connection.sql(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


class TestShape:
    def test_as_many_meetings_as_asked_for(self, frames: Frames) -> None:
        assert len(frames["meeting"]) == 2000
        for seed in range(3):
            assert len(demonstration.frames(DATA, meetings=51, seed=seed, today=TODAY)["meeting"]) == 51

    @pytest.mark.parametrize(
        ("column", "value", "least", "most"),
        [
            ("date_precision", "unknown", 0.03, 0.07),
            ("date_precision", "month", 0.05, 0.1),
            ("date_precision", "year", 0.015, 0.05),
            ("format", "unknown", 0.05, 0.2),
            ("format", "présentiel", 0.4, 0.7),
            ("format", "visioconférence", 0.15, 0.35),
            ("format", "hybride", 0.03, 0.15),
            ("status", "cancelled", 0.01, 0.05),
            ("status", "announced", 0.004, 0.02),
        ],
    )
    def test_what_is_unknown_or_rare(self, frames: Frames, column: str, value: str, least: float, most: float) -> None:
        assert least < (frames["meeting"][column] == value).mean() < most

    def test_headcounts(self, held: pd.DataFrame) -> None:
        assert 0.35 < held["participants"].isna().mean() < 0.45
        known = held["participants_precision"].value_counts(normalize=True)
        assert known["exact"] > known["about"] > known["at_least"] > 0.05
        assert (held.loc[held["participants_precision"] != "exact", "participants"].dropna() % 5 == 0).all()

    def test_unknown_attendance_and_themes(self, frames: Frames, held: pd.DataFrame) -> None:
        assert 0.05 < (~held["code"].isin(frames["attendance"]["meeting_code"])).mean() < 0.15
        assert 0.02 < (~frames["meeting"]["code"].isin(frames["meeting_theme"]["meeting_code"])).mean() < 0.08

    def test_membership_is_known_or_not(self, frames: Frames) -> None:
        member = frames["attendance"]["member"]
        assert 0.2 < member.isna().mean() < 0.5
        assert 0.4 < member.mean() < 0.9

    def test_series_have_sessions(self, held: pd.DataFrame) -> None:
        series = held[held["held_until"].notna()]
        assert 0.02 < len(series) / len(held) < 0.1
        assert (series["sessions"] > 1).all()
        assert (series["date_precision"] == "day").all()

    def test_only_a_few_announced_meetings_are_to_come(self, frames: Frames) -> None:
        meetings = frames["meeting"]
        later = meetings[meetings["held_on"] > pd.Timestamp(TODAY)]
        assert 2 <= len(later) < 0.01 * len(meetings)
        assert set(later["status"]) == {"announced"}
        assert (meetings["held_until"].dropna() <= pd.Timestamp(TODAY)).all()
        assert meetings["held_on"].min().year == demonstration_world.FIRST_YEAR

    def test_working_days_and_few_in_august(self, held: pd.DataFrame) -> None:
        days = held.loc[held["date_precision"] == "day", "held_on"]
        assert days.dt.day_of_week.max() == 4
        by_month = days.dt.month.value_counts()
        assert by_month[8] < 0.25 * by_month.median()

    def test_every_region_has_a_network_and_territories(self, frames: Frames) -> None:
        regions = {code for network in demonstration_world.NETWORKS.values() for code in network.regions}
        assert len(regions) == 18
        assert set(frames["network_region"]["region_code"]) == regions
        small = store.build(
            DATA / "reference", demonstration.frames(DATA, meetings=300, seed=5, today=TODAY), path=None
        )
        came = small.ask(
            "SELECT DISTINCT d.region_code FROM attendance AS a "
            "JOIN territory AS t ON t.code = a.territory_code JOIN department AS d ON d.code = t.department_code"
        )
        small.close()
        assert set(came["region_code"]) == regions

    def test_every_kind_of_body_comes(self, frames: Frames) -> None:
        database = store.build(DATA / "reference", frames, path=None)
        kinds = database.ask("SELECT DISTINCT t.kind FROM attendance JOIN territory AS t ON t.code = territory_code")
        database.close()
        assert set(kinds["kind"]) == {"commune", "CC", "CA", "CU", "METRO", "EPT", "CISPD", "CLSPD", "department"}

    def test_some_come_always_some_once_some_stop_some_join(self, held: pd.DataFrame, attendance: pd.DataFrame) -> None:
        meetings = held.loc[held["network_code"] == "hauts-de-france"]
        known = attendance[(attendance["network_code"] == "hauts-de-france") & attendance["held_on"].notna()]
        days = known.groupby("territory_code")["held_on"]
        times, first, last = days.count(), days.min(), days.max()
        assert (times > 0.7 * len(meetings)).sum() >= 3
        assert (times == 1).sum() >= 3
        assert (last[times > 10] < pd.Timestamp(2023, 1, 1)).any()
        assert (first[times > 10] > pd.Timestamp(2020, 1, 1)).any()


class TestThemes:
    def test_covid_is_of_its_time(self, years: Shares) -> None:
        seen = {year for year, share in years["covid-19"].items() if share}
        assert seen == {2020, 2021}
        assert years["covid-19"][2020] > 0.25

    @pytest.mark.parametrize("code", ["stupefiants", "violences-femmes", "vie-nocturne", "sante-mentale"])
    def test_some_rise(self, years: Shares, code: str) -> None:
        assert mean(years[code], 2022, 2026) > 1.5 * mean(years[code], 2012, 2016)

    @pytest.mark.parametrize("code", ["mesure-delinquance", "vie-associative"])
    def test_some_fade(self, years: Shares, code: str) -> None:
        assert mean(years[code], 2022, 2026) < 0.5 * mean(years[code], 2012, 2016)

    def test_one_is_never_discussed_again(self, years: Shares) -> None:
        assert mean(years["vie-associative"], 2012, 2018) > 0
        assert mean(years["vie-associative"], 2020, 2026) == 0

    def test_all_of_the_real_taxonomy(self, frames: Frames) -> None:
        codes = set(frames["theme"]["code"])
        assert set(frames["meeting_theme"]["theme_code"]) == codes
        assert set(demonstration_world.THEMES) == set(ACTIONS) == codes


class TestActions:
    def test_the_words_fit_the_taxonomies(self, frames: Frames) -> None:
        actions = [pattern for found in ACTIONS.values() for pattern in found] + list(OTHER_ACTIONS)
        assert {pattern.type_code for pattern in actions} == set(frames["action_type"]["code"]) == set(OWN_PARTNERS)
        assert (
            {code for pattern in actions for code in pattern.audience_codes}
            == set(frames["audience"]["code"])
            == set(PUBLICS)
        )
        assert {pattern.where for pattern in actions} == {*PLACES, ""}
        assert len({pattern.text for pattern in actions}) == len(actions)

    def test_sentences_are_french_and_diverse(self, frames: Frames) -> None:
        said = frames["action"]["description"]
        assert said.nunique() > 0.7 * len(said)
        words = Counter(word for sentence in said for word in sentence.lower().split())
        assert len(words) > 600
        assert not said.str.contains(r"\b(?:à|de) les?\b|[{}]|  | ,|\.\.|,.* avec .* avec ").any()
        assert said.str.fullmatch(r"[A-ZÉÀÊ][^.]+\.").all()

    def test_a_share_names_no_territory(self, frames: Frames) -> None:
        assert 0.2 < frames["action"]["territory_code"].isna().mean() < 0.45

    def test_who_acted_was_there(self, frames: Frames) -> None:
        named = frames["action"].dropna(subset="territory_code")
        there = set(frames["attendance"][["meeting_code", "territory_code"]].itertuples(index=False, name=None))
        assert set(named[["meeting_code", "territory_code"]].itertuples(index=False, name=None)) <= there


class TestMadeUp:
    def test_no_real_source_is_cited(self, frames: Frames) -> None:
        assert frames["meeting"]["source_url"].isna().all()
        assert frames["action"]["source_url"].isna().all()
        assert not any(
            frame[column].astype("str").str.contains("http|www|ffsu", case=False).any()
            for name, frame in frames.items()
            if name in {"meeting", "action", "attendance", "batch"}
            for column in frame
        )

    def test_every_record_says_so(self, frames: Frames) -> None:
        assert frames["meeting"]["title"].str.contains("ficti(?:f|ve)").all()
        assert frames["meeting"]["code"].str.startswith("fictif-").all()
        assert frames["territory"]["name"].str.contains(" fictif ").all()
        assert list(frames["batch"]["kind"]) == [choices.DEMONSTRATION]
        assert "inventées" in frames["batch"]["label"].iloc[0]

    def test_the_version_says_so(self, demo: Path, real_database: store.Database) -> None:
        database = store.open_database(demo)
        version = database.version()
        database.close()
        assert version.fictional
        assert version.updated_on == TODAY
        assert not real_database.version().fictional


class TestSame:
    def test_arguments_same_content(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            demonstration.write(tmp_path / name, meetings=200, seed=7, today=TODAY)
        assert tables(tmp_path / "one") == tables(tmp_path / "two")

    @pytest.mark.parametrize("changed", [{"seed": 8}, {"meetings": 201}, {"today": date(2026, 11, 20)}])
    def test_not_with_another_argument(self, changed: dict[str, object]) -> None:
        arguments: dict[str, object] = {"meetings": 200, "seed": 7, "today": TODAY}
        first = demonstration.frames(DATA, **arguments)  # type: ignore[arg-type]
        other = demonstration.frames(DATA, **arguments | changed)  # type: ignore[arg-type]
        assert not first["meeting"].equals(other["meeting"])

    def test_a_cache_of_figures_is_not_good_for_another_one(self, tmp_path: Path) -> None:
        versions = []
        for seed in (1, 2):
            demonstration.write(tmp_path / "d", meetings=50, seed=seed, today=TODAY, replace_older=True)
            database = store.open_database(tmp_path / "d")
            versions.append(database.version())
            database.close()
        assert versions[0] != versions[1]


class TestRefusals:
    @pytest.mark.parametrize("meetings", [-1, 0, demonstration.FEWEST - 1, demonstration.MOST + 1])
    def test_out_of_bounds(self, tmp_path: Path, meetings: int) -> None:
        with pytest.raises(NetstatsError, match="réunions, pas"):
            demonstration.write(tmp_path / "d", meetings=meetings, seed=1)
        assert not list(tmp_path.iterdir())

    def test_before_its_own_beginning(self, tmp_path: Path) -> None:
        with pytest.raises(NetstatsError, match="commence en 2012"):
            demonstration.write(tmp_path / "d", meetings=50, seed=1, today=date(2011, 1, 1))

    def test_a_missing_folder(self, tmp_path: Path) -> None:
        with pytest.raises(NetstatsError, match="n’existe pas"):
            demonstration.write(tmp_path / "no" / "d", meetings=50, seed=1)
        assert not (tmp_path / "no").exists()

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(NetstatsError, match="est un dossier"):
            demonstration.write(tmp_path, meetings=50, seed=1)

    @pytest.mark.parametrize("forced", [False, True])
    def test_the_real_database(self, tmp_path: Path, forced: bool) -> None:
        path = tmp_path / "netstats.duckdb"
        store.build(DATA / "reference", bootstrap.network_frames(DATA), path=path).close()
        before = path.read_bytes()
        with pytest.raises(NetstatsError, match="n’est pas un jeu de démonstration"):
            demonstration.write(path, meetings=50, seed=1, replace_older=forced)
        assert path.read_bytes() == before

    @pytest.mark.parametrize("content", [b"", b"Notes de la reunion", b"x" * 100_000])
    def test_another_file(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "notes.txt"
        path.write_bytes(content)
        with pytest.raises(NetstatsError, match="--out"):
            demonstration.write(path, meetings=50, seed=1, replace_older=True)
        assert path.read_bytes() == content

    def test_the_place_of_the_real_database_even_when_it_is_free(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NETSTATS_DATA", str(tmp_path))
        with pytest.raises(NetstatsError, match="place de la base réelle"):
            demonstration.write(tmp_path / "netstats.duckdb", meetings=50, seed=1)

    def test_an_older_one_unless_told(self, demo: Path, tmp_path: Path) -> None:
        path = Path(shutil.copy(demo, tmp_path))
        with pytest.raises(NetstatsError, match="--force"):
            demonstration.write(path, meetings=50, seed=1)
        demonstration.write(path, meetings=50, seed=1, replace_older=True)
        assert len(tables(path)["meeting"]) == 50

    def test_taxonomies_that_are_not_in_order(self, tmp_path: Path) -> None:
        data = Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("*.duckdb*")))
        with (data / "network" / "themes.csv").open("a", encoding="utf-8") as stream:
            stream.write("Bad Code;nowhere;Un thème;Un thème\n")
        with pytest.raises(NetstatsError, match=r"network/themes\.csv, ligne 27"):
            demonstration.frames(data, meetings=50, seed=1, today=TODAY)


class TestOpening:
    def test_it_is_opened_as_it_is(self, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = Path(shutil.copy(demo, tmp_path))
        before = path.read_bytes()
        monkeypatch.setenv("NETSTATS_DATABASE", str(path))
        monkeypatch.setenv("NETSTATS_DATA", str(tmp_path / "elsewhere"))  # not even read
        database = bootstrap.open_or_build()
        assert database.version().fictional
        assert len(database.ask("FROM meeting")) == 100
        database.close()
        assert path.read_bytes() == before

    def test_one_of_another_schema_is_refused_and_stays(
        self, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = Path(shutil.copy(demo, tmp_path))
        monkeypatch.setenv("NETSTATS_DATABASE", str(path))
        monkeypatch.setattr(store, "schema_fingerprint", lambda: "another one")
        before = path.read_bytes()
        with pytest.raises(NetstatsError, match="autre version") as refused:
            bootstrap.open_or_build()
        assert f"python -m netstats demo --out {path} --force" in refused.value.remedy
        assert path.read_bytes() == before

    def test_one_of_another_schema_can_be_replaced(
        self, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = Path(shutil.copy(demo, tmp_path))
        monkeypatch.setattr(store, "schema_fingerprint", lambda: "another one")
        demonstration.write(path, meetings=50, seed=1, replace_older=True)
        assert len(tables(path)["meeting"]) == 50

    def test_the_real_one_is_still_built_and_built_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("NETSTATS_DATABASE", raising=False)
        monkeypatch.setattr(bootstrap, "DATABASE_NAME", str(tmp_path / "netstats.duckdb"))
        bootstrap.open_or_build().close()
        monkeypatch.setattr(bootstrap, "network_digest", lambda _: "data has changed")
        database = bootstrap.open_or_build()
        assert not database.version().fictional
        assert database.version().digest == "data has changed"
        database.close()

    def test_of_what_is_not_there_nothing_is_known(self, tmp_path: Path) -> None:
        assert store.inspect(tmp_path / "nothing.duckdb") is None

    def test_while_others_read_it(self, demo: Path) -> None:
        reader = store.open_database(demo, read_only=True)
        found: list[bool] = []

        def look() -> None:
            origin = store.inspect(demo)
            found.append(origin is not None and origin.fictional)

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        reader.close()
        assert found == [True]


def test_doubles_are_found_without_comparing_every_body_with_every_name(demo: Path) -> None:
    database = store.open_database(demo, read_only=True)
    begun = time.process_time()
    found = quality.DOUBLES.ask(database, Filters())
    spent = time.process_time() - begun
    database.close()
    assert not found.empty
    assert spent < 1  # seconds of computing: 0.3; all names against all bodies take 10
