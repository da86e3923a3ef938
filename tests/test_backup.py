"""Copies: whole or not at all, the last twenty, put back without losing what was there."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest

from netstats import cli, store
from netstats.catalogue import overview
from netstats.errors import NetstatsError
from netstats.filters import Filters
from netstats.intake import bootstrap, changes, journal
from netstats.reference.geography import data_directory
from netstats.store import backup


def no_links(*_: object) -> None:
    raise OSError


@pytest.fixture
def path(real_path: Path, tmp_path: Path) -> Path:
    return Path(copy(real_path, tmp_path / "d'été à Lille.duckdb"))  # names that no script may break on


class Clock(datetime):
    """A clock that a test sets."""

    year_now, day_now = 2026, 1

    @classmethod
    def now(cls, tz: object = None) -> Clock:
        return cls(cls.year_now, 1, cls.day_now)


def rename(path: Path, title: str) -> None:
    database = store.open_database(path)
    rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title=title)
    changes.commit(database, changes.ChangeSet({"meeting": rows}), store.Batch(journal.ENTRY, title))
    database.close()


def titles(path: Path) -> set[str]:
    database = store.open_database(path, read_only=True)
    found = set(database.ask("SELECT title FROM meeting")["title"])
    database.close()
    return found


def test_a_copy_is_the_same_database(path: Path) -> None:
    database = store.open_database(path)
    copied = store.back_up(database)
    assert copied is not None
    twin = store.open_database(copied)
    tables = database.ask("SELECT table_name FROM duckdb_tables() ORDER BY ALL")["table_name"]
    for table in tables:
        counted = f"SELECT count(*) AS n, bit_xor(hash(t)) AS all_of_it FROM {table} AS t"  # noqa: S608
        assert twin.ask(counted).equals(database.ask(counted)), table
    for figure in overview.FIGURES.values():
        if not figure.subject:
            assert figure.ask(twin, Filters()).equals(figure.ask(database, Filters())), figure.name
    keys = "SELECT table_name, constraint_type FROM duckdb_constraints() ORDER BY ALL"
    assert twin.ask(keys).equals(database.ask(keys))
    twin.close()
    database.close()


def test_an_import_leaves_a_copy_and_so_does_what_is_written_first_on_a_day(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = titles(path)
    monkeypatch.setattr(backup, "datetime", Clock)
    for day in (1, 2):
        monkeypatch.setattr(Clock, "day_now", day)
        rename(path, f"À la main, le {day}")
        rename(path, f"Une fois de plus, le {day}")
    assert list(map(titles, store.backups(path))) == [{"Une fois de plus, le 1"}, before]
    database = store.open_database(path)
    rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title="Importée")
    for label in ("Import", "Le même, qui ne change rien"):
        changes.commit(database, changes.ChangeSet({"meeting": rows}), store.Batch(journal.IMPORT, label))
    monkeypatch.setattr(Clock, "day_now", 3)
    store.presentations.save(database, "Gardée", "{}")
    store.presentations.delete(database, "Gardée")
    database.close()
    assert list(map(titles, store.backups(path)[:2])) == [{"Importée"}, {"Une fois de plus, le 2"}]
    assert len(store.backups(path)) == 4


def test_copies_are_listed_in_words_even_those_that_cannot_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "datetime", Clock)
    rename(path, "À la main")
    with closing(store.open_database(path)) as database:
        last = store.back_up(database)
    assert last is not None
    copies = store.backups(path)
    newer, older = store.listed(copies).to_dict("records")
    assert (newer["Dernière entrée"], older["Dernière entrée"]) == ("n° 2", "n° 1")
    assert older["Faite le"].replace("\xa0", " ") == "1er janvier 2026 à 00:00"
    assert older["Copie"] == f"{path.stem}-2026-01-01-000000-n1.duckdb"
    assert re.fullmatch(r"1\d,\d Mo", older["Taille"])
    last.write_bytes(b"damaged")
    assert list(store.listed(copies)["Réunions"]) == ["illisible", "21"]


@pytest.mark.usefixtures("few")
def test_the_last_copies_are_kept(path: Path) -> None:
    database = store.open_database(path)
    made = [store.back_up(database) for _ in range(backup.KEPT + 2)]
    rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title="Importée")
    for _ in range(3):  # the second and third change nothing
        changes.commit(database, changes.ChangeSet({"meeting": rows}), store.Batch(journal.IMPORT, "Import"))
    database.close()
    made.insert(0, store.backups(path)[0])
    assert titles(path) == {"Importée"}
    assert titles(store.backups(path)[0]) != {"Importée"}
    assert store.backups(path) == [made[0], *made[: -backup.KEPT : -1]]


def test_a_copy_cut_short_has_no_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise OSError("plus de place")

    database = store.open_database(path)
    monkeypatch.setattr("netstats.files.os.replace", interrupt)
    change_set = changes.ChangeSet(
        {"meeting": database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title="x")}
    )
    with pytest.raises(NetstatsError, match=r"écrite.*plus de place.*rien n’a été changé.*Il faut environ 1[0-9] Mo"):
        changes.commit(database, change_set, store.Batch(journal.IMPORT, "Import"))
    assert database.version().batch == 1
    database.close()
    assert store.backups(path) == []


def test_putting_back_keeps_what_was_there(path: Path) -> None:
    database = store.open_database(path)
    first = store.back_up(database)
    assert first is not None
    database.close()
    before = titles(path)
    rename(path, "Changée")
    former = store.restore(path, first)
    assert titles(path) == before
    assert former is not None
    assert titles(former) == {"Changée"}
    store.restore(path, former)
    assert titles(path) == {"Changée"}


def test_what_is_put_back_is_copied_before_it_is_first_written_into(path: Path) -> None:
    """What it took the place of is kept too, made today: that is no copy of it."""
    before = titles(path)
    rename(path, "À la main")
    (first,) = store.backups(path)
    elsewhere = first.rename(path.with_name("ailleurs.duckdb"))
    former = store.restore(path, elsewhere)
    for title in ("Changée", "Changée encore"):
        rename(path, title)
    assert store.backups(path)[1:] == [former]
    assert titles(store.backups(path)[0]) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_who_may_read_a_base_may_read_its_copies_and_no_other_does(
    path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path.chmod(0o600)
    if not links:
        monkeypatch.setattr("os.link", no_links)
    with closing(store.open_database(path)) as database:
        first = store.back_up(database)
    assert first
    former = store.restore(path, first)
    assert former
    assert [stat.S_IMODE(file.stat().st_mode) for file in (path, first, former)] == [0o600] * 3
    path.unlink()
    store.restore(path, first)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    store.restore(path, former)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("damage", ["all", "header", "block", "rows"])
def test_putting_back_in_the_place_of_a_damaged_file(path: Path, damage: str) -> None:
    database = store.open_database(path)
    first = store.back_up(database)
    assert first is not None
    database.close()
    damaged = bytearray(path.read_bytes())
    start = {"all": 0, "header": 4096, "block": 12288, "rows": len(damaged) * 7 // 10}[damage]
    end = start + 64 if damage in {"header", "block"} else None
    damaged[start:end] = bytes(byte ^ 255 for byte in damaged[start:end]) if end else b"damaged"
    path.write_bytes(damaged)
    log = path.with_name(path.name + ".wal")
    if damage != "rows":  # the others do not even open: what is in the log stays there
        log.write_bytes(b"what was not yet in it")
    said = "est abîmée" if damage == "rows" else "n’est pas une base netstats lisible"
    with pytest.raises(NetstatsError, match=said), closing(store.open_database(path)) as database:
        store.verify(database)
    former = store.restore(path, first)
    assert former is not None
    assert former.read_bytes() == damaged
    assert "illisible" in former.name
    assert store.backups(path) == [first], "what cannot be read is no copy"
    if damage != "rows":
        assert former.with_name(former.name + ".wal").read_bytes() == b"what was not yet in it"
    assert not log.exists()
    assert len(titles(path)) > 1
    path.unlink()
    assert store.restore(path, first) is None
    assert len(titles(path)) > 1


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("readable", [True, False], ids=["readable", "damaged"])
def test_putting_back_that_fails_leaves_all_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, links: bool, readable: bool
) -> None:
    with closing(store.open_database(path)) as database:
        first = store.back_up(database)
    assert first is not None
    if not readable:
        path.write_bytes(b"damaged")
        path.with_name(path.name + ".wal").write_bytes(b"what was not yet in it")
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if target == path:
            raise PermissionError(13, "refusé")
        replace(source, target)

    monkeypatch.setattr("os.replace", refuse)
    if not links:
        monkeypatch.setattr("os.link", no_links)
    with pytest.raises(NetstatsError, match="remise en place") as refused:
        store.restore(path, first)
    assert "est gardé dans" not in str(refused.value)
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before
    assert path.stat().st_nlink == 1
    assert store.backups(path) == [first]


def test_a_copy_that_is_still_the_database_itself_is_none(path: Path) -> None:
    """A program killed while it puts a copy back may leave one: what is written later would be in it as well."""
    with closing(store.open_database(path)) as database:
        first = store.back_up(database)
    assert first is not None
    half_way = first.with_name(f"{path.stem}-2026-01-01-120000-n2.duckdb")
    os.link(path, half_way)
    assert half_way.stat().st_ino == path.stat().st_ino
    assert store.backups(path) == [first]
    former = store.restore(path, first)
    assert former is not None
    assert half_way.stat().st_ino == former.stat().st_ino != path.stat().st_ino
    assert former in store.backups(path), "it is one once something else has taken its place"


def test_a_damaged_copy_is_refused_and_nothing_changes(path: Path) -> None:
    with closing(store.open_database(path)) as database:
        first = store.back_up(database)
    assert first is not None
    content = first.read_bytes()
    first.write_bytes(content[: len(content) * 7 // 10])
    before = path.read_bytes()
    with pytest.raises(NetstatsError, match=r"est abîmée : rien n’a été changé.*liste des copies"):
        store.restore(path, first)
    assert path.read_bytes() == before
    assert store.backups(path) == [first]


@pytest.mark.usefixtures("few")
def test_copies_follow_each_other_whatever_the_clock_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that was once ahead made copies of a later day: the newer ones are still those that stay."""

    monkeypatch.setattr(Clock, "year_now", 2099)
    monkeypatch.setattr(backup, "datetime", Clock)
    with closing(store.open_database(path)) as database:
        ahead = [store.back_up(database) for _ in range(3)]
        for copied in ahead:
            os.utime(str(copied), (4e9, 4e9))
        monkeypatch.setattr(Clock, "year_now", 2026)
        made = [store.back_up(database) for _ in range(2)]
        store.forget_oldest(path)
    assert store.backups(path) == [*reversed(made), ahead[-1]]
    assert [store.restore(path, copied) is not None for copied in store.backups(path)] == [True] * 3


def test_copies_of_an_older_version_come_after_those_that_say_their_number(path: Path) -> None:
    with closing(store.open_database(path)) as database:
        made = store.back_up(database)
    assert made is not None
    older = [made.with_name(f"{path.stem}-20{year}-01-01-120000-123456.duckdb") for year in (31, 30)]
    for one in older:
        copy(made, one)
    assert store.backups(path) == [made, *older]


@pytest.mark.parametrize("content", [None, b"no database", b""])
def test_what_is_no_copy_is_refused_and_nothing_changes(path: Path, tmp_path: Path, content: bytes | None) -> None:
    other = tmp_path / "other"
    if content is not None:
        other.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(NetstatsError):
        store.restore(path, other)
    assert path.read_bytes() == before


def test_while_another_program_has_it_open_nothing_is_put_back(path: Path) -> None:
    database = store.open_database(path)
    first = store.back_up(database)
    database.close()
    held = "import sys, pathlib; from netstats import store; d = store.open_database(pathlib.Path(sys.argv[1]));"
    held += "print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", held, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        assert first is not None
        before = path.read_bytes()
        with pytest.raises(NetstatsError, match="ouverte par un autre programme"):
            store.restore(path, first)
        assert path.read_bytes() == before
        other.communicate()


class TestWhatPeopleHavePutInIsNeverBuiltAway:
    """A new version, or new data in data/, never costs what was put in."""

    @pytest.fixture
    def installed(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("NETSTATS_DATABASE", str(path))
        return path

    def test_new_founding_data_does_not_replace_it(self, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        rename(installed, "Gardée")
        kept = store.backups(installed)
        monkeypatch.setattr(bootstrap, "network_digest", lambda _: "data has changed")
        bootstrap.open_or_build().close()
        assert titles(installed) == {"Gardée"}
        assert store.backups(installed) == kept

    def test_it_is_carried_over_to_another_schema(self, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        rename(installed, "Gardée")
        database = store.open_database(installed)
        body = store.records_frame("territory", [{"code": "cispd-essai", "kind": "CISPD", "name": "CISPD Essai"}])
        commune = store.records_frame("territory_commune", [{"territory_code": "cispd-essai", "commune_code": "59350"}])
        changes.commit(
            database,
            changes.ChangeSet({"territory": body, "territory_commune": commune}),
            store.Batch(journal.ENTRY, "Un organisme"),
        )
        rows = {table: database.ask(f"FROM {table} ORDER BY ALL") for table in (*store.KEYS, "batch", "change")}
        database.close()
        monkeypatch.setattr(bootstrap, "build_digest", lambda _: "made otherwise")
        database = bootstrap.open_or_build()
        for table, frame in rows.items():
            assert database.ask(f"FROM {table} ORDER BY ALL").equals(frame), table
        assert store.inspect(installed) == store.Origin("made otherwise", database.version().digest, False, True)
        database.close()
        copied, of_the_day = store.backups(installed)
        assert titles(copied) == {"Gardée"} != titles(of_the_day)

    @pytest.mark.parametrize("entered", [True, False], ids=["carried over", "built again"])
    def test_what_another_program_has_open_stays_as_it_is_and_is_not_taken_for_the_new_one(
        self, installed: Path, monkeypatch: pytest.MonkeyPatch, entered: bool
    ) -> None:
        """On Windows an open file is not replaced."""
        if entered:
            rename(installed, "Gardée")
        before, replace = installed.read_bytes(), os.replace
        for name in ("build_digest", "schema_digest"):
            monkeypatch.setattr(bootstrap, name, lambda *_: "made otherwise")

        def held(source: Path, target: Path) -> None:
            if target == installed:
                raise PermissionError(13, "refusé")
            replace(source, target)

        monkeypatch.setattr("os.replace", held)
        with pytest.raises(NetstatsError, match=r"un autre programme l’a ouverte\. Fermez le tableau de bord"):
            bootstrap.open_or_build()
        assert installed.read_bytes() == before

    def test_what_another_program_has_just_built_is_opened(
        self, installed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        installed.unlink()
        monkeypatch.delenv("NETSTATS_DATABASE")
        monkeypatch.setattr(bootstrap, "DATABASE_NAME", str(installed))

        def first(source: Path, target: Path) -> None:
            copy(source, target)
            raise PermissionError(13, "refusé")

        monkeypatch.setattr("os.replace", first)
        with closing(bootstrap.open_or_build()) as database:
            assert database.version().batch == 1

    def test_what_does_not_fit_a_new_geography_keeps_the_old_one(
        self, installed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        rename(installed, "Gardée")
        kept = store.backups(installed)
        reference = tmp_path / "data" / "reference"
        reference.mkdir(parents=True)
        for file in store.REFERENCE_FILES:
            copy(data_directory() / "reference" / file, reference)
        communes = reference / "communes.csv"
        lines = communes.read_text(encoding="utf-8").splitlines()
        others = [line for line in lines if not line.startswith("59350,")]
        communes.write_text("\n".join(others), encoding="utf-8")
        monkeypatch.setenv("NETSTATS_DATA", str(tmp_path / "data"))
        database = bootstrap.open_or_build()
        assert list(database.ask("SELECT name FROM territory WHERE code = '59350'")["name"]) == ["Lille"]
        database.close()
        rename(installed, "Encore")
        assert titles(installed) == {"Encore"}
        assert store.backups(installed) == kept, "nothing was replaced"
        before = installed.read_bytes()
        monkeypatch.setattr(bootstrap, "schema_digest", lambda: "another schema")
        with pytest.raises(NetstatsError, match=r"reprise par cette version.*59350"):
            bootstrap.open_or_build()
        assert installed.read_bytes() == before
        assert store.backups(installed) == kept


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three copies instead of twenty are kept: each takes a second to make."""
    assert backup.KEPT == 20
    monkeypatch.setattr(backup, "KEPT", 3)


@pytest.mark.usefixtures("few")
def test_each_database_has_its_own_copies(path: Path) -> None:
    others = [path.with_name(f"{path.stem}{end}.duckdb") for end in ("-demo", "[1]", "-2026")]
    for other in others:
        copy(path, other)
    database = store.open_database(path)
    mine = store.back_up(database)
    database.close()
    for other in others:
        database = store.open_database(other)
        for _ in range(backup.KEPT + 1):
            store.back_up(database)
        database.close()
        store.forget_oldest(other)
        assert len(store.backups(other)) == backup.KEPT
    store.forget_oldest(path)
    assert store.backups(path) == [mine]


def test_copies_that_may_not_be_looked_at_are_said_and_nothing_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(path, "Avant")
    iterdir = Path.iterdir

    def forbidden(folder: Path) -> Iterator[Path]:
        if folder.name == "sauvegardes":
            raise PermissionError(13, "refusé")
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", forbidden)
    with pytest.raises(NetstatsError, match=r"Vous n’avez pas le droit de lire .*sauvegardes"):
        rename(path, "Après")
    monkeypatch.undo()
    assert titles(path) == {"Avant"}


def test_a_base_that_is_open_for_reading_only_says_so_when_it_is_copied(path: Path) -> None:
    with (
        closing(store.open_database(path, read_only=True)) as database,
        pytest.raises(NetstatsError, match="ouverte en lecture seule"),
    ):
        store.back_up(database)


def test_where_capitals_do_not_count_copies_are_found_under_any(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(store.open_database(path)) as database:
        copied = store.back_up(database)
    other = path.with_name(path.name.upper())
    assert store.backups(other) == []
    monkeypatch.setattr("os.path.normcase", str.lower)  # as on Windows
    assert store.backups(other) == [copied]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_the_database_may_be_a_link_and_a_relative_path(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """The link stays one; what is carried over, put back and kept aside is what it leads to."""
    link = tmp_path / "elsewhere" / "netstats.duckdb"
    link.parent.mkdir()
    link.symlink_to(Path("..") / path.name)
    monkeypatch.chdir(link.parent)
    monkeypatch.setenv("NETSTATS_DATABASE", link.name)
    if not links:
        monkeypatch.setattr("os.link", no_links)
    before = titles(path)
    database = bootstrap.open_or_build()
    monkeypatch.chdir(tmp_path)
    rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title="Gardée")
    changes.commit(database, changes.ChangeSet({"meeting": rows}), store.Batch(journal.ENTRY, "Gardée"))
    database.close()
    monkeypatch.chdir(link.parent)
    monkeypatch.setattr(bootstrap, "build_digest", lambda _: "made otherwise")
    bootstrap.open_or_build().close()
    assert titles(path) == {"Gardée"}
    carried, first = store.backups(path)
    assert (titles(carried), titles(first)) == ({"Gardée"}, before)
    assert cli.main(["restore", first.name]) == 0
    assert titles(path) == before
    former = store.backups(path)[0]
    assert titles(former) == {"Gardée"}
    assert not former.is_symlink()
    assert link.is_symlink()
    assert not path.is_symlink()
    assert list(link.parent.iterdir()) == [link]


def test_a_link_into_a_folder_that_is_not_there_is_no_first_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "netstats.duckdb"
    link.symlink_to(tmp_path / "disque" / "netstats.duckdb")
    monkeypatch.setenv("NETSTATS_DATABASE", str(link))
    with pytest.raises(NetstatsError, match=r"est un lien vers .*, dont le dossier n’existe pas"):
        bootstrap.open_or_build()
    assert list(tmp_path.iterdir()) == [link]


def test_what_is_in_the_log_of_a_copy_comes_along(path: Path, tmp_path: Path) -> None:
    killed = (
        "import os, sys, duckdb; c = duckdb.connect(sys.argv[1]);"
        "c.execute(\"UPDATE meeting SET title = 'Dans le journal'\"); os._exit(1)"
    )
    other = Path(copy(path, tmp_path / "other.duckdb"))
    subprocess.run([sys.executable, "-c", killed, str(other)], check=False)
    assert other.with_name(other.name + ".wal").exists()
    store.restore(path, other)
    assert titles(path) == {"Dans le journal"}


def test_a_log_without_its_database_is_not_played_into_another(path: Path) -> None:
    database = store.open_database(path)
    first = store.back_up(database)
    database.close()
    assert first is not None
    path.unlink()
    path.with_name(path.name + ".wal").write_bytes(b"of a database that is gone")
    with pytest.raises(NetstatsError, match=r"à l’abri"):
        store.restore(path, first)
    assert not path.exists()


@pytest.mark.usefixtures("few")
def test_an_old_copy_that_cannot_go_does_not_undo_an_import(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = store.open_database(path)
    for _ in range(backup.KEPT + 1):
        store.back_up(database)

    def held(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", held)
    rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title="Importée")
    change_set = changes.ChangeSet({"meeting": rows})
    assert changes.commit(database, change_set, store.Batch(journal.IMPORT, "Import")) == 2
    assert changes.commit(database, change_set, store.Batch(journal.IMPORT, "Import")) is None
    database.close()
