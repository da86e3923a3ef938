"""The database is built whole or not at all, says in French what is wrong with it, and answers many at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from netstats import store
from netstats.catalogue import overview
from netstats.errors import NetstatsError
from netstats.filters import Filters
from tests import activity
from tests.conftest import Generated

Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def frames() -> Frames:
    return activity.generate(seed=3, meetings=20)


@pytest.fixture(scope="module")
def built(frames: Frames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "netstats.duckdb"
    store.build(activity.REFERENCE, frames, path=path, made="def", digest="abc").close()
    return path


@pytest.fixture
def database(built: Path) -> Iterator[store.Database]:
    opened = store.open_database(built, read_only=True)
    yield opened
    opened.close()


def with_row(frames: Mapping[str, pd.DataFrame], table: str, **changed: str) -> Frames:
    """The rows, with one more of a table: a copy of its first one but for what is changed."""
    first = frames[table].iloc[[0]].assign(**changed).astype(frames[table].dtypes.to_dict())
    return {**frames, table: pd.concat([frames[table], first], ignore_index=True)}


class TestBuild:
    def test_leaves_one_file_and_answers_as_one_in_memory(self, generated: Generated, tmp_path: Path) -> None:
        path = tmp_path / "new" / "folder" / "n.duckdb"
        database = store.build(activity.REFERENCE, generated.frames, path=path)
        assert [file.name for file in path.parent.iterdir()] == ["n.duckdb"]
        for figure in overview.FIGURES.values():
            pd.testing.assert_frame_equal(figure.ask(database, Filters()), figure.ask(generated.database, Filters()))
        database.close()

    def test_a_refused_build_leaves_nothing(self, frames: Frames, tmp_path: Path) -> None:
        with pytest.raises(NetstatsError, match="ne se tiennent pas"):
            store.build(
                activity.REFERENCE,
                with_row(frames, "attendance", meeting_code="nowhere"),
                path=tmp_path / "n.duckdb",
            )
        assert not list(tmp_path.iterdir())

    def test_a_refused_build_leaves_the_former_file(self, frames: Frames, built: Path, tmp_path: Path) -> None:
        path = Path(shutil.copy(built, tmp_path / "n.duckdb"))
        before = path.read_bytes()
        with pytest.raises(NetstatsError):
            store.build(activity.REFERENCE, with_row(frames, "meeting", network_code="nowhere"), path=path)
        assert path.read_bytes() == before
        assert [file.name for file in tmp_path.iterdir()] == ["n.duckdb"]

    def test_a_build_cut_short_leaves_nothing(
        self, frames: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("netstats.files.os.replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            store.build(activity.REFERENCE, frames, path=tmp_path / "n.duckdb")
        assert not list(tmp_path.iterdir())

    def test_missing_reference_files_are_named(self, frames: Frames, tmp_path: Path) -> None:
        shutil.copytree(activity.REFERENCE, tmp_path / "reference")
        (tmp_path / "reference" / "communes.csv").unlink()
        (tmp_path / "reference" / "aliases.csv").unlink()
        with pytest.raises(NetstatsError, match=r"communes\.csv, aliases\.csv"):
            store.build(tmp_path / "reference", frames, path=None)

    def test_a_place_that_cannot_be_written_is_said(self, frames: Frames, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        with pytest.raises(NetstatsError, match="n’a pas pu être écrite") as refusal:
            store.build(activity.REFERENCE, frames, path=tmp_path / "file" / "n.duckdb")
        assert "NETSTATS_DATABASE" in refusal.value.remedy

    def test_a_folder_in_place_of_the_file_is_said(self, frames: Frames, tmp_path: Path) -> None:
        (tmp_path / "n.duckdb").mkdir()
        with pytest.raises(NetstatsError, match="n’a pas pu être écrite"):
            store.build(activity.REFERENCE, frames, path=tmp_path / "n.duckdb")

    def test_what_is_unknown_is_null_and_never_a_word(self, generated: Generated) -> None:
        columns = generated.database.ask(
            "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'VARCHAR' "
            "AND table_schema = 'main' AND table_name <> 'build'"
        )
        assert len(columns) > 30
        for table, column in columns.itertuples(index=False):
            found = generated.database.ask(
                f'SELECT count(*) AS n FROM "{table}" '  # noqa: S608 - names come from the database itself
                f"""WHERE lower("{column}") IN ('nan', 'none', 'nat', '<na>', 'null', '')"""
            )
            assert found["n"].iloc[0] == 0, (table, column)
        unknown = generated.database.ask(
            "SELECT count(*) - count(held_on) AS held_on, count(*) - count(participants) AS participants, "
            "count(*) - count(place) AS place FROM meeting"
        ).iloc[0]
        rows = generated.frames["meeting"]
        for column in ("held_on", "participants", "place"):
            assert unknown[column] == rows[column].isna().sum() > 0

    def test_inhabitants_of_what_is_not_official_are_those_of_its_communes(self, generated: Generated) -> None:
        found = generated.database.ask("SELECT * FROM territory WHERE code IN ('cispd-lys', '59', '59017', '62120')")
        population = found.set_index("code")["population"]
        assert population["cispd-lys"] == population["59017"] + population["62120"]
        assert population["59"] == sum(
            int(row["population"]) for row in activity.read_reference("communes") if row["department_code"] == "59"
        )


DANGLING = (
    ("territory_commune", "territory_code", "territoire inconnu"),
    ("territory_commune", "commune_code", "commune inconnue"),
    ("network_region", "network_code", "réseau inconnu"),
    ("network_region", "region_code", "région inconnue"),
    ("theme", "family_code", "famille inconnue"),
    ("meeting", "network_code", "réseau inconnu"),
    ("meeting", "batch_id", "entrée inconnue"),
    ("attendance", "meeting_code", "réunion inconnue"),
    ("attendance", "territory_code", "territoire inconnu"),
    ("attendance", "batch_id", "entrée inconnue"),
    ("meeting_theme", "meeting_code", "réunion inconnue"),
    ("meeting_theme", "theme_code", "thème inconnu"),
    ("meeting_theme", "batch_id", "entrée inconnue"),
    ("action", "meeting_code", "réunion inconnue"),
    ("action", "territory_code", "territoire inconnu"),
    ("action", "type_code", "type inconnu"),
    ("action", "audience_code", "public inconnu"),
    ("action", "theme_code", "thème inconnu"),
    ("action", "batch_id", "entrée inconnue"),
)


def refuse(frames: Frames, reason: str) -> None:
    with pytest.raises(NetstatsError, match=reason) as refusal:
        store.build(activity.REFERENCE, frames, path=None)
    assert "netstats check" in refusal.value.remedy


class TestRowsThatDoNotHoldTogether:
    @pytest.mark.parametrize(
        "table",
        [
            *("network", "network_region", "theme_family", "theme", "action_type", "audience", "batch", "territory"),
            *("territory_commune", "meeting", "attendance", "meeting_theme", "action"),
        ],
    )
    def test_a_doubled_key_is_refused(self, frames: Frames, table: str) -> None:
        refuse(with_row(frames, table), f"{table} : « [^»]* » en double")

    @pytest.mark.parametrize(("table", "column", "fault"), DANGLING)
    def test_a_reference_to_nothing_is_refused(self, frames: Frames, table: str, column: str, fault: str) -> None:
        dangling = frames[table].copy()
        dangling.loc[0, column] = 7 if column == "batch_id" else "zz"
        refuse({**frames, table: dangling}, f"{table} : « [^»]* » {fault}")

    def test_an_own_body_with_the_code_of_a_town_is_refused(self, frames: Frames) -> None:
        twice = with_row(frames, "territory", code="59350")
        refuse(with_row(twice, "territory_commune", territory_code="59350"), "territory : « 59350 » en double")

    def test_a_body_of_no_commune_is_refused(self, frames: Frames) -> None:
        refuse(with_row(frames, "territory", code="cispd-vide"), "territory : « cispd-vide » sans commune")

    def test_a_union_in_place_of_a_commune_is_refused(self, frames: Frames) -> None:
        refuse(
            with_row(frames, "territory_commune", commune_code="200044618"),
            "territory_commune : « 200044618 » commune inconnue",
        )


def test_a_region_that_is_missing_from_the_reference_is_refused(frames: Frames, tmp_path: Path) -> None:
    reference = Path(shutil.copytree(activity.REFERENCE, tmp_path / "reference"))
    lines = (reference / "regions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (reference / "regions.csv").write_text(
        "".join(line for line in lines if not line.startswith("76,")), encoding="utf-8"
    )
    with pytest.raises(NetstatsError, match="department : « 76 » région inconnue"):
        store.build(reference, frames, path=None)


class TestOpen:
    def test_a_missing_file_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(NetstatsError, match="n’existe pas"):
            store.open_database(tmp_path / "n.duckdb")

    @pytest.mark.parametrize(
        "content", [b"ceci n'est pas une base\n" * 1000, b"SQLite format 3\x00" + bytes(4096), b"\x00" * 64, b"x"]
    )
    def test_a_file_that_is_no_database_is_said(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "n.duckdb"
        path.write_bytes(content)
        with pytest.raises(NetstatsError, match="n’est pas une base netstats lisible"):
            store.open_database(path)

    @pytest.mark.parametrize("kept", [0.9, 0.5, 0.01])
    def test_a_truncated_database_is_said(self, tmp_path: Path, built: Path, kept: float) -> None:
        path = tmp_path / "n.duckdb"
        content = built.read_bytes()
        path.write_bytes(content[: int(len(content) * kept)])
        with pytest.raises(NetstatsError):  # at the latest when it is asked
            with_closed(store.open_database(path), lambda opened: overview.INDICATORS.ask(opened, Filters()))

    def test_one_open_for_writing_elsewhere_is_said(self, tmp_path: Path, built: Path) -> None:
        path = Path(shutil.copy(built, tmp_path / "n.duckdb"))
        writing = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", writing, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as writer:
            try:
                assert writer.stdout is not None
                assert writer.stdout.readline().strip() == b"open"
                with pytest.raises(NetstatsError, match="ouverte par un autre programme") as refusal:
                    store.open_database(path)
                assert refusal.value.remedy
            finally:
                writer.communicate()
        store.open_database(path).close()

    def test_several_programs_read_at_once(self, database: store.Database) -> None:
        assert database.path is not None
        reading = (
            "import pathlib, sys; from netstats import store;"
            "opened = store.open_database(pathlib.Path(sys.argv[1]), read_only=True);"
            "print(opened.ask('SELECT count(*) AS n FROM meeting')['n'].iloc[0])"
        )
        answer = subprocess.run(
            [sys.executable, "-c", reading, str(database.path)], capture_output=True, check=True, timeout=60
        )
        assert int(answer.stdout) == database.ask("SELECT count(*) AS n FROM meeting")["n"].iloc[0]

    def test_it_can_be_opened_twice_and_again(self, built: Path, tmp_path: Path) -> None:
        path = Path(shutil.copy(built, tmp_path / "n.duckdb"))
        first = store.open_database(path)
        second = store.open_database(path)
        assert store.inspect(path) == store.Origin("def", "abc", fictional=False, kept=False)
        first.close()
        assert second.ask("SELECT 1 AS one")["one"].iloc[0] == 1
        second.close()
        store.open_database(path).close()

    def test_the_digest_tells_what_it_was_built_from(self, built: Path, tmp_path: Path) -> None:
        assert store.inspect(built) == store.Origin("def", "abc", fictional=False, kept=False)
        assert store.inspect(tmp_path / "n.duckdb") is None

    def test_the_database_of_something_else_is_refused_and_kept(self, tmp_path: Path) -> None:
        with duckdb.connect(tmp_path / "other.duckdb") as other:
            other.execute("CREATE TABLE build (digest VARCHAR)")
        with pytest.raises(NetstatsError, match="n’est pas une base netstats"):
            store.inspect(tmp_path / "other.duckdb")
        assert (tmp_path / "other.duckdb").is_file()

    def test_the_version_is_the_last_batch(self, database: store.Database) -> None:
        version = database.version()
        assert (version.batch, version.updated_on.isoformat()) == (1, "2026-11-22")


def with_closed(database: store.Database, ask: Callable[[store.Database], object]) -> None:
    try:
        ask(database)
    finally:
        database.close()


class TestAsk:
    def test_threads_ask_at_once(self, database: store.Database) -> None:
        expected = {
            region: overview.INDICATORS.ask(database, Filters(regions=(region,))).to_dict("records")
            for region in activity.REGIONS
        }
        wrong: list[object] = []

        def ask(region: str) -> None:
            try:
                for _ in range(4):
                    answer = overview.INDICATORS.ask(database, Filters(regions=(region,)))
                    if repr(answer.to_dict("records")) != repr(expected[region]):
                        wrong.append((region, answer))
            except Exception as error:  # or the thread would swallow it
                wrong.append(error)

        threads = [threading.Thread(target=ask, args=(region,)) for region in activity.REGIONS]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong

    def test_an_unknown_whole_number_leaves_the_others_whole(self, database: store.Database) -> None:
        frame = database.ask("SELECT * FROM (VALUES (3), (NULL)) AS t(n)")
        assert pd.api.types.is_integer_dtype(frame["n"])
        assert frame["n"].iloc[0] == 3
        assert frame["n"].iloc[1] is pd.NA

    def test_a_share_stays_a_fraction(self, database: store.Database) -> None:
        assert database.ask("SELECT 0.5::DOUBLE AS s")["s"].iloc[0] == 0.5

    def test_values_that_are_not_named_are_left_out(self, database: store.Database) -> None:
        assert database.ask("SELECT $a AS a", {"a": "x", "b": "y"})["a"].iloc[0] == "x"

    def test_a_value_that_is_missing_is_not_the_word_nan(self, database: store.Database) -> None:
        assert database.ask("SELECT $a::VARCHAR IS NULL AS missing", {"a": None})["missing"].iloc[0]

    @pytest.mark.parametrize(
        "sql",
        [
            "FROM read_csv('{file}')",
            "FROM '{file}'",
            "FROM read_text('{file}')",
            "FROM glob('{folder}/*')",
            "COPY meeting TO '{folder}/out.csv'",
            "ATTACH '{folder}/other.duckdb'",
            "EXPORT DATABASE '{folder}/all'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET enable_external_access = true",
            "SET threads = 1",
            "SET lock_configuration = false",
        ],
    )
    @pytest.mark.parametrize("in_memory", [True, False], ids=["memory", "file"])
    def test_other_files_and_settings_are_out_of_reach(
        self, database: store.Database, generated: Generated, tmp_path: Path, sql: str, in_memory: bool
    ) -> None:
        file = tmp_path / "secret.csv"
        file.write_text("a,b\n1,2\n", encoding="utf-8")
        asked = generated.database if in_memory else database
        with pytest.raises(duckdb.Error):
            asked.ask(sql.format(file=file.as_posix(), folder=tmp_path.as_posix()))
        assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]

    def test_an_opened_database_is_for_reading(self, database: store.Database) -> None:
        with pytest.raises(duckdb.Error, match="read-only"):
            database.ask("DELETE FROM meeting")

    def test_a_frame_of_the_program_is_no_table(self, database: store.Database) -> None:
        secret = pd.DataFrame({"a": [1]})
        assert len(secret)
        with pytest.raises(duckdb.Error):
            database.ask("FROM secret")
