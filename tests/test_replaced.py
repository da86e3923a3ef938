"""A file that another program replaces or removes while it is open: noticed, said, and nothing written into it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copy
from threading import Barrier, Event, Thread

import duckdb
import pytest

from netstats import store
from netstats.errors import NetstatsError
from netstats.intake import bootstrap, changes, journal
from tests import installations

ROOT = Path(__file__).parents[1]
SAID = "a été remplacée pendant que netstats l’avait ouverte"


def other(path: Path, title: str = "De l’autre base") -> None:
    """Put another database in the place of the one at `path`, as a program that synchronizes folders does."""
    there = Path(copy(path, path.with_name("other.duckdb")))
    with closing(store.open_database(there)) as database:
        changes.commit(database, renamed(database, title), store.Batch(journal.ENTRY, title))
    os.replace(there, path)


def renamed(database: store.Database, title: str) -> changes.ChangeSet:
    return changes.ChangeSet({"meeting": database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title=title)})


def see_that_the_other_is_untouched(path: Path) -> None:
    with closing(store.open_database(path)) as database:
        assert titles(database) == {"De l’autre base"}
        assert store.presentations.saved(database).empty


def titles(database: store.Database) -> set[str]:
    return set(database.ask("SELECT title FROM meeting")["title"])


def test_nothing_is_written_into_a_file_that_is_gone(path: Path) -> None:
    with closing(store.open_database(path)) as database:
        change_set = renamed(database, "Perdue")
        other(path)
        for kind in (journal.ENTRY, journal.IMPORT):
            with pytest.raises(NetstatsError, match=f"{SAID} : rien n’a été enregistré"):
                changes.commit(database, change_set, store.Batch(kind, "Perdue"))
        with pytest.raises(NetstatsError, match=SAID):
            store.presentations.save(database, "perdue", "{}")
        with pytest.raises(NetstatsError, match=f"{SAID} : rien n’a été lu"):
            database.version()
    assert store.backups(path) == []
    see_that_the_other_is_untouched(path)


def test_a_file_that_goes_while_something_is_written_is_said(path: Path) -> None:
    def write(database: store.Database) -> None:
        with database.transaction() as cursor:
            cursor.execute("INSERT INTO presentation VALUES ('perdue', '{}', now()::TIMESTAMP)")
            other(path)

    said = f"{SAID} : ce qui vient d’être écrit n’y est pas"
    with closing(store.open_database(path)) as database, pytest.raises(NetstatsError, match=said):
        write(database)
    see_that_the_other_is_untouched(path)


def test_what_fails_once_the_file_is_gone_is_said(path: Path) -> None:
    def write(database: store.Database) -> None:
        with database.transaction() as cursor:
            path.unlink()
            cursor.execute("FROM nothing_of_that_name")

    said = "(?s)L’enregistrement a échoué.*rien n’a été écrit"
    with closing(store.open_database(path)) as database, pytest.raises(NetstatsError, match=said):
        write(database)


def test_a_file_that_is_copied_over_the_open_one_is_noticed_and_stays_as_it_is(path: Path) -> None:
    """As `cp` does, which people put a copy back with: the file is the same, what is in it is not."""
    database = bootstrap.open_or_build()
    change_set = renamed(database, "Perdue")
    changes.commit(database, renamed(database, "Première"), store.Batch(journal.ENTRY, "Première"))
    assert database.is_in_place()
    content = store.backups(path)[0].read_bytes()
    path.write_bytes(content)
    with pytest.raises(NetstatsError, match=f"{SAID} : rien n’a été lu"):
        database.version()
    with pytest.raises(NetstatsError, match=f"{SAID} : rien n’a été enregistré"):
        changes.commit(database, change_set, store.Batch(journal.ENTRY, "Perdue"))
    with closing(bootstrap.open_or_build()) as again:
        assert "Première" not in titles(again)
        assert changes.commit(again, change_set, store.Batch(journal.ENTRY, "Gardée")) == 2
    with closing(store.open_database(path)) as again:
        store.verify(again)
        assert titles(again) == {"Perdue"}


@pytest.mark.parametrize("kept", [0, 4096, 12_288, 300_000, 0.5, 0.99])
@pytest.mark.parametrize("moment", ["before", "within"])
def test_a_file_that_is_cut_short_takes_nothing_in(path: Path, kept: float, moment: str) -> None:
    """By another program, just before one saves, or as what is saved is being put together."""
    length = int(kept * path.stat().st_size) if kept < 1 else int(kept)

    def write(database: store.Database) -> None:
        with database.transaction() as cursor:
            cursor.execute("INSERT INTO presentation VALUES ('perdue', '{}', now()::TIMESTAMP)")
            os.truncate(path, length)

    with closing(store.open_database(path)) as database:
        changes.commit(database, renamed(database, "Gardée"), store.Batch(journal.ENTRY, "Gardée"))
        change_set = renamed(database, "Perdue")
        if moment == "before":
            os.truncate(path, length)
            with pytest.raises(NetstatsError, match=f"{SAID} : rien n’a été enregistré"):
                changes.commit(database, change_set, store.Batch(journal.ENTRY, "Perdue"))
        else:
            with pytest.raises(NetstatsError, match=f"{SAID} : rien n’a été enregistré"):
                write(database)
    (copied,) = store.backups(path)
    elsewhere = run_elsewhere("from netstats import cli; sys.exit(cli.main(['journal']))", path)
    assert elsewhere.returncode == 2
    assert "python -m netstats restore" in elsewhere.stderr
    store.restore(path, copied)
    with closing(store.open_database(path)) as again:
        store.verify(again)


def run_elsewhere(script: str, path: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NETSTATS_DATABASE": str(path), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", f"import sys; {script}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_time_of_a_file_alone_says_nothing(path: Path) -> None:
    """Some network disks round it, or set it again once the server has what was written."""
    with closing(store.open_database(path)) as database:
        for moved in (1, 10**9, -(10**12)):
            there = path.stat()
            os.utime(path, ns=(there.st_atime_ns, there.st_mtime_ns + moved))
            assert database.is_in_place()
            title = f"Fois {moved}"
            os.utime(path, ns=(there.st_atime_ns, there.st_mtime_ns - moved))
            assert changes.commit(database, renamed(database, title), store.Batch(journal.ENTRY, title))
    with closing(store.open_database(path)) as database:
        assert titles(database) == {"Fois -1000000000000"}


def test_a_twin_that_is_copied_over_the_open_one_is_noticed(path: Path) -> None:
    """Of one length, written as many times, at one moment: only what it holds is other."""
    twin = Path(copy(path, path.with_name("twin.duckdb")))
    for there, title in ((twin, "De l’un"), (path, "De l’autre")):
        with closing(store.open_database(there)) as database:
            changes.commit(database, renamed(database, title), store.Batch(journal.ENTRY, title))
    with closing(store.open_database(path)) as database:
        before = path.stat()
        content = twin.read_bytes()
        assert len(content) == before.st_size
        path.write_bytes(content)
        with pytest.raises(NetstatsError, match=SAID):
            database.version()


def test_another_program_stays_out_while_one_of_two_is_open(path: Path) -> None:
    """Whoever closes a file gives up, on POSIX, the lock that DuckDB has on it."""
    tried = f"from netstats import store; from pathlib import Path; store.open_database(Path({str(path)!r}))"
    with closing(store.open_database(path)) as first:
        store.open_database(path).close()
        with closing(store.open_database(path)) as second:
            assert second.is_in_place()
        changes.commit(first, renamed(first, "Gardée"), store.Batch(journal.ENTRY, "Gardée"))
        assert first.is_in_place()
        assert "ouverte par un autre programme" in run_elsewhere(tried, path).stderr
    assert run_elsewhere(tried, path).returncode == 0


def test_a_file_has_one_name_whatever_folders_lead_to_it(path: Path) -> None:
    """DuckDB knows it by one: what it has open of a file that was replaced it would give back under the other."""
    folder = path.with_name("folder")
    folder.symlink_to(path.parent, target_is_directory=True)
    first = store.open_database(path)
    other(path)
    with closing(store.open_database(folder / path.name)) as second:
        changes.commit(second, renamed(second, "Gardée"), store.Batch(journal.ENTRY, "Gardée"))
    first.close()
    with closing(store.open_database(path)) as again:
        assert titles(again) == {"Gardée"}


def test_what_two_write_through_two_openings_is_all_there(path: Path) -> None:
    """As two sessions that opened it each for itself: what is said to be written is, and nobody is turned away."""
    ready = Barrier(2)
    faults: list[BaseException] = []

    def person(database: store.Database, name: str) -> None:
        ready.wait()
        try:
            for number in range(8):
                store.presentations.save(database, f"{name} {number}", "{}")
                database.version()
                journaled = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting LIMIT 1").assign(
                    title=f"{name} {number}"
                )
                assert changes.commit(
                    database, changes.ChangeSet({"meeting": journaled}), store.Batch(journal.ENTRY, f"{name} {number}")
                )
        except BaseException as error:
            faults.append(error)

    with closing(store.open_database(path)) as first, closing(store.open_database(path)) as second:
        people = [Thread(target=person, args=(base, name)) for base, name in ((first, "Une"), (second, "Deux"))]
        for one in people:
            one.start()
        for one in people:
            one.join()
    assert not faults
    expected = {f"{name} {number}" for name in ("Une", "Deux") for number in range(8)}
    with closing(store.open_database(path)) as again:
        store.verify(again)
        assert set(store.presentations.saved(again)["name"]) == expected
        assert set(again.ask("SELECT label FROM batch WHERE id > 1")["label"]) == expected


def test_what_is_written_here_is_never_taken_for_another_program_s(path: Path) -> None:
    """While one writes, others ask which version there is."""
    done = Event()
    seen: list[bool] = []
    with closing(store.open_database(path)) as database:

        def look() -> None:
            while not done.is_set():
                seen.append(database.is_in_place())
                database.version()

        reader = Thread(target=look)
        reader.start()
        for number in range(5):
            changes.preview(database, renamed(database, f"Essai {number}"))
            changes.commit(database, renamed(database, f"Fois {number}"), store.Batch(journal.ENTRY, "Saisie"))
            store.presentations.save(database, "Essai", "{}" * number)
        done.set()
        reader.join()
    assert seen
    assert all(seen)


def test_the_new_file_is_opened_and_keeps_what_is_written(path: Path) -> None:
    first = bootstrap.open_or_build()
    other(path)
    second = bootstrap.open_or_build()
    assert not first.is_in_place()
    assert titles(second) == {"De l’autre base"}
    store.presentations.save(second, "gardée", "{}")
    with pytest.raises(NetstatsError, match=SAID):
        titles(first)
    first.close()
    second.close()
    with closing(store.open_database(path)) as again:
        assert list(store.presentations.saved(again)["name"]) == ["gardée"]


def test_it_waits_for_who_still_asks_the_former_file(path: Path) -> None:
    first = store.open_database(path)
    with first.cursor() as cursor:
        cursor.execute("FROM meeting")
        other(path)
        with pytest.raises(NetstatsError, match="l’ancienne sert encore"):
            store.open_database(path)
    with closing(store.open_database(path)) as second:
        assert titles(second) == {"De l’autre base"}


def test_a_file_that_was_removed_is_not_built_again_unsaid(path: Path) -> None:
    with closing(bootstrap.open_or_build()) as database:
        path.rename(path.with_name("elsewhere.duckdb"))
        removed = SAID.replace("remplacée", "retirée")
        with pytest.raises(NetstatsError, match=removed):
            database.version()
        with pytest.raises(NetstatsError, match=f"{removed}.*Remettez-la à sa place"):
            bootstrap.open_or_build()
        assert not path.exists()
        path.with_name("elsewhere.duckdb").rename(path)
        assert database.version().batch == 1


def test_what_was_written_is_in_the_file_for_who_copies_it(path: Path) -> None:
    with closing(store.open_database(path)) as database:
        changes.commit(database, renamed(database, "Copiée"), store.Batch(journal.ENTRY, "Copiée"))
        store.presentations.save(database, "copiée", "{}")
        copied = Path(copy(path, path.with_name("copied.duckdb")))
        assert not path.with_name(path.name + ".wal").exists() or not path.with_name(path.name + ".wal").stat().st_size
    with closing(store.open_database(copied)) as database:
        assert titles(database) == {"Copiée"}
        assert list(store.presentations.saved(database)["name"]) == ["copiée"]


def test_two_files_that_are_alike_are_two_versions(path: Path) -> None:
    """As many entries, of one day, from the same beginnings: yet no figure of one is shown for the other."""
    versions: list[store.Version] = []
    for title in ("De l’une", "De l’autre"):
        there = Path(copy(path, path.with_name(f"{len(versions)}.duckdb")))
        with closing(store.open_database(there)) as database:
            changes.commit(database, renamed(database, title), store.Batch(journal.ENTRY, title))
            versions.append(database.version())
    assert len(set(versions)) == 2
    assert len({(version.batch, version.digest, version.updated_on) for version in versions}) == 1


def test_what_was_shown_of_one_file_is_not_written_into_another(path: Path) -> None:
    with closing(store.open_database(path)) as database:
        change_set = renamed(database, "Montrée ailleurs")
        shown = changes.preview(database, change_set)
    Path(copy(path, path.with_name("same.duckdb"))).replace(path)
    batch = store.Batch(journal.ENTRY, "Montrée ailleurs")
    with closing(store.open_database(path)) as database:
        with pytest.raises(store.OutdatedError):
            changes.commit(database, change_set, batch, expected=shown)
        assert "Montrée ailleurs" not in titles(database)
        assert changes.commit(database, change_set, batch, expected=changes.preview(database, change_set))


# A log that a killed program has left


def killed_while_writing(path: Path) -> Path:
    """Leave the log of a program that is killed before what it wrote is in the file; return where."""
    written = "INSERT INTO presentation VALUES (?, ?, now())"
    opened = f"import duckdb, os; opened = duckdb.connect({str(path)!r})"
    script = f"{opened}; opened.execute({written!r}, ['tuée', '{{}}']); os._exit(9)"
    assert run_elsewhere(script, path).returncode == 9
    log = path.with_name(f"{path.name}.wal")
    assert log.stat().st_size
    return log


def test_what_was_written_before_a_kill_is_there(path: Path) -> None:
    killed_while_writing(path)
    with closing(store.open_database(path)) as database:
        assert list(store.presentations.saved(database)["name"]) == ["tuée"]
    assert not path.with_name(f"{path.name}.wal").exists()


@pytest.mark.parametrize("which", ["a copy of before", "a copy of netstats", "another base", "an older format"])
def test_the_log_of_another_file_is_put_aside_and_said(path: Path, which: str) -> None:
    there = Path(copy(path, path.with_name("there.duckdb")))
    with closing(store.open_database(path)) as database:
        changes.commit(database, renamed(database, "Après"), store.Batch(journal.ENTRY, "Après"))
        if which == "a copy of netstats":
            there = store.back_up(database) or there
    if which == "another base":
        there = installations.empty(path.with_name("another.duckdb"))
    if which == "an older format":
        with duckdb.connect(path.with_name("old.duckdb")) as old:
            old.execute("CREATE TABLE presentation (name VARCHAR, content VARCHAR, saved_at TIMESTAMP)")
        log = killed_while_writing(path.with_name("old.duckdb"))
        os.replace(log, path.with_name(f"{path.name}.wal"))
    else:
        killed_while_writing(path)
        copy(there, path)
    content = path.with_name(f"{path.name}.wal").read_bytes()
    with pytest.raises(NetstatsError, match="journal d’écritures d’un autre fichier : il n’a pas été lu"):
        store.open_database(path)
    (aside,) = path.parent.glob("*.wal.ecarte-*")
    assert aside.read_bytes() == content
    with closing(store.open_database(path)) as database:
        assert store.presentations.saved(database).empty
        store.verify(database)


def test_a_log_that_cannot_be_put_aside_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(store.open_database(path)) as database:
        made = store.back_up(database)
    killed_while_writing(path)
    assert made
    copy(made, path)
    held = path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    for ask in (store.open_database, lambda there: store.restore(there, made)):
        with pytest.raises(NetstatsError, match=f"Déplacez {path}.wal, puis recommencez"):
            ask(path)
    assert path.read_bytes() == held


def test_a_copy_is_put_back_whatever_log_lies_there(path: Path) -> None:
    with closing(store.open_database(path)) as database:
        made = store.back_up(database)
        changes.commit(database, renamed(database, "Après"), store.Batch(journal.ENTRY, "Après"))
    killed_while_writing(path)
    assert made
    copy(made, path)
    assert store.restore(path, made)
    with closing(store.open_database(path)) as database:
        assert "Après" not in titles(database)
        assert store.presentations.saved(database).empty
