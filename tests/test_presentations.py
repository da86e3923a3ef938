"""Presentations are kept under a name, whatever becomes of the file, and change nothing of the data."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shutil import copytree, ignore_patterns

import pandas as pd
import pytest

from netstats import demonstration, store
from netstats.catalogue import journal as questions
from netstats.catalogue import overview
from netstats.errors import NetstatsError
from netstats.filters import Filters
from netstats.intake import bootstrap, changes, journal
from netstats.intake.bootstrap import network_frames
from netstats.store import presentations
from tests.conftest import DATA

CONTENT = """{"slides": ["titre", "carte"], "texte": "L’été, d'un « mot » ; $name ? {0} -- \\u0000 'fin'"}"""


@pytest.fixture
def database(path: Path) -> Iterator[store.Database]:
    opened = store.open_database(path)
    yield opened
    opened.close()


def kept(database: store.Database) -> dict[str, str]:
    return dict(presentations.saved(database)[["name", "content"]].itertuples(index=False))


def save_into(path: Path, name: str, content: str) -> None:
    database = store.open_database(path)
    presentations.save(database, name, content)
    database.close()


def enter(path: Path) -> None:
    """Put something in, so that the file is no longer built again from data/."""
    database = store.open_database(path)
    rows = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting").assign(title="Saisie")
    changes.commit(database, changes.ChangeSet({"meeting": rows}), store.Batch(journal.ENTRY, "Une saisie"))
    database.close()


def make_older(path: Path) -> None:
    """Make the file one of a version that had no presentations."""
    database = store.open_database(path)
    with database.cursor() as cursor:
        cursor.execute("DROP TABLE presentation")
        cursor.execute("DROP TABLE presentation_draft")
        cursor.execute("UPDATE build SET made = 'une version plus ancienne'")
    database.close()


class TestKeeping:
    def test_there_are_none_at_first(self, database: store.Database) -> None:
        assert presentations.saved(database).empty
        assert list(presentations.saved(database)) == ["name", "content", "saved_at"]

    def test_what_is_saved_is_found_as_it_was_and_when(self, database: store.Database) -> None:
        before = pd.Timestamp.now().floor("s")
        assert presentations.save(database, "Oise", CONTENT) == "Oise"
        assert kept(database) == {"Oise": CONTENT}
        assert presentations.saved(database)["saved_at"].between(before, pd.Timestamp.now()).all()

    def test_a_long_one_is_kept_whole(self, database: store.Database) -> None:
        content = '"' + "commentaire é " * 200_000 + '"'
        presentations.save(database, "Longue", content)
        assert kept(database) == {"Longue": content}

    def test_the_same_name_replaces_and_others_stay(self, database: store.Database) -> None:
        presentations.save(database, "Oise", '"ancienne"')
        presentations.save(database, "Nord", '"autre"')
        with database.cursor() as cursor:
            cursor.execute("UPDATE presentation SET saved_at = '2020-01-01'")
        for content in ('"nouvelle"', CONTENT):
            presentations.save(database, "Oise", content)
        assert kept(database) == {"Nord": '"autre"', "Oise": CONTENT}
        assert list(presentations.saved(database)["saved_at"].dt.year > 2020) == [False, True]

    def test_a_deleted_one_is_gone_and_can_come_back(self, database: store.Database) -> None:
        for name in ("Nord", "Oise"):
            presentations.save(database, name, "1")
        presentations.delete(database, "Oise")
        presentations.delete(database, "Oise")  # by somebody else, meanwhile
        assert kept(database) == {"Nord": "1"}
        presentations.save(database, "Oise", "2")
        assert kept(database) == {"Nord": "1", "Oise": "2"}

    def test_they_are_listed_as_in_french(self, database: store.Database) -> None:
        ordered = ["2026", "cœur de ville", "COG", "Écart", "écoute", "Été", "Œuvre", "Oise", "zèbre", "Zone"]
        for name in reversed(ordered):
            presentations.save(database, name, "1")
        assert list(presentations.saved(database)["name"]) == ordered

    def test_spaces_around_and_the_way_an_accent_is_typed_make_no_other_name(self, database: store.Database) -> None:
        presentations.save(database, "Été 2026 : bilan", "1")
        decomposed = unicodedata.normalize("NFD", "Été 2026 : bilan")
        assert presentations.save(database, f" \t{decomposed}\u00a0\n", "2") == "Été 2026 : bilan"
        assert kept(database) == {"Été 2026 : bilan": "2"}

    @pytest.mark.parametrize(
        "name", ["é" * 80, f" {'é' * 80} ", "e\u0301" * 80, "Bilan\u202f: 1\u00a0234", "«\u00a0!\u00a0»"]
    )
    def test_a_name_of_eighty_letters_and_of_french_spaces_will_do(self, database: store.Database, name: str) -> None:
        tidy = presentations.save(database, name, "1")
        assert kept(database) == {tidy: "1"}
        assert len(tidy) <= 80

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("", "pas de nom"),
            (" \t\n\u00a0", "pas de nom"),
            ("é" * 81, r"trop long \(81 caractères\)"),
            *((f"Bilan{mark}2026", "invisible") for mark in "\n\r\t\0\x1b\x7f\x85\u200b\u202e\u2028\u2029\ufeff\ud800"),
        ],
    )
    def test_a_name_that_will_not_do_is_refused(self, database: store.Database, name: str, reason: str) -> None:
        presentations.save(database, "Oise", "1")
        with pytest.raises(NetstatsError, match=reason) as refusal:
            presentations.save(database, name, "2")
        assert "80 caractères" in refusal.value.remedy
        assert kept(database) == {"Oise": "1"}

    def test_several_at_once_are_all_kept(self, database: store.Database) -> None:
        failed: list[BaseException] = []

        def work(number: int) -> None:
            try:
                for turn in range(5):
                    presentations.save(database, f"La mienne {number}", str(turn))
                    presentations.save(database, "La nôtre", str(number))
            except Exception as error:  # or the thread would swallow it
                failed.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failed
        found = kept(database)
        assert found.pop("La nôtre") in {"0", "1", "2", "3"}
        assert found == {f"La mienne {number}": "4" for number in range(4)}

    def test_a_database_for_reading_says_so_and_still_lists(self, path: Path) -> None:
        save_into(path, "Oise", CONTENT)
        database = store.open_database(path, read_only=True)
        with pytest.raises(NetstatsError, match="lecture seule"):
            presentations.save(database, "Nord", "1")
        with pytest.raises(NetstatsError, match="lecture seule"):
            presentations.delete(database, "Oise")
        assert kept(database) == {"Oise": CONTENT}
        database.close()

    def test_a_name_kept_twice_is_no_database_that_is_built(self) -> None:
        one = pd.DataFrame({"name": ["Oise"], "content": ["1"], "saved_at": [pd.Timestamp("2026-11-23")]})
        frames = {**network_frames(DATA), "presentation": pd.concat([one, one])}
        with pytest.raises(NetstatsError, match="presentation : « Oise » en double"):
            store.build(DATA / "reference", frames, path=None)

    def test_saving_one_leaves_the_data_its_version_and_its_journal(self, path: Path) -> None:
        database = store.open_database(path)
        version, entries = database.version(), questions.entries(database)
        figures = overview.INDICATORS.ask(database, Filters())
        presentations.save(database, "Oise", CONTENT)
        assert database.version() == version
        assert questions.entries(database).equals(entries)
        assert overview.INDICATORS.ask(database, Filters()).equals(figures)
        store.verify(database)
        database.close()
        origin = store.inspect(path)
        assert origin is not None
        assert not origin.kept, "the file would no longer follow data/"


class TestDrafts:
    def test_one_is_kept_replaced_and_let_go(self, database: store.Database) -> None:
        before = datetime.now()
        assert presentations.draft(database, "", "reseau=x") is None
        for content in ("1", CONTENT):
            presentations.keep_draft(database, "", "reseau=x", content)
        presentations.keep_draft(database, "Oise", "reseau=x", "3")
        found = presentations.draft(database, "", "reseau=x")
        assert found is not None
        assert found[0] == CONTENT
        assert before <= found[1] <= datetime.now()
        presentations.drop_draft(database, "", "reseau=x")
        assert presentations.draft(database, "", "reseau=x") is None
        presentations.save(database, "Oise", "1")
        presentations.delete(database, "Oise")
        assert presentations.draft(database, "Oise", "reseau=x") is None

    def test_they_are_bounded_in_number_and_size(self, database: store.Database) -> None:
        for rank in range(presentations.MOST_DRAFTS + 3):
            presentations.keep_draft(database, "", f"departement={rank}", str(rank))
        kept = database.ask("SELECT content FROM presentation_draft")["content"].astype(int)
        assert sorted(kept) == list(range(3, presentations.MOST_DRAFTS + 3))
        with pytest.raises(NetstatsError, match="trop long"):
            presentations.keep_draft(database, "", "", "x" * (presentations.LONGEST_DRAFT + 1))

    def test_a_database_for_reading_keeps_none(self, path: Path) -> None:
        with store.open_database(path, read_only=True) as database:
            with pytest.raises(NetstatsError, match="lecture seule"):
                presentations.keep_draft(database, "", "", "1")
            assert presentations.draft(database, "", "") is None

    def test_another_version_takes_them_over(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with store.open_database(path) as database:
            presentations.keep_draft(database, "Oise", "reseau=x", CONTENT)
            kept_at = presentations.draft(database, "Oise", "reseau=x")
        enter(path)
        monkeypatch.setattr(bootstrap, "build_digest", lambda _: "made otherwise")
        with bootstrap.open_or_build() as database:
            assert presentations.draft(database, "Oise", "reseau=x") == kept_at


class TestWhateverBecomesOfTheFile:
    """The conftest's `path` is the database that NETSTATS_DATABASE names."""

    @pytest.fixture
    def changed_data(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        """A data/ of one's own, in which a network has another name: that name."""
        data = copytree(DATA, tmp_path / "data", ignore=ignore_patterns("*.duckdb*", "sauvegardes"))
        networks = data / "network" / "reseaux.csv"
        text = networks.read_text(encoding="utf-8")
        assert "Hauts-de-France" in text
        networks.write_text(text.replace("Hauts-de-France", "Le Nord"), encoding="utf-8")
        monkeypatch.setenv("NETSTATS_DATA", str(data))
        return "Le Nord"

    def networks(self, database: store.Database) -> set[str]:
        return set(database.ask("SELECT name FROM network")["name"])

    @pytest.mark.parametrize("read_only", [False, True])
    def test_a_rebuild_from_changed_data_keeps_them(self, path: Path, changed_data: str, read_only: bool) -> None:
        save_into(path, "Oise", CONTENT)
        older = store.open_database(path, read_only=True)
        before = presentations.saved(older)
        older.close()
        for _ in range(2):  # built again, then opened
            database = bootstrap.open_or_build(read_only=read_only)
            assert changed_data in self.networks(database)
            assert presentations.saved(database).equals(before)
            database.close()
        assert [file.name for file in path.parent.glob("*netstats*")] == [path.name]

    def test_a_rebuild_of_a_file_without_a_place_for_them_has_none(self, path: Path, changed_data: str) -> None:
        make_older(path)
        database = bootstrap.open_or_build()
        assert changed_data in self.networks(database)
        assert kept(database) == {}
        presentations.save(database, "Oise", CONTENT)
        assert kept(database) == {"Oise": CONTENT}
        database.close()

    def test_a_rebuild_that_is_refused_leaves_them(self, path: Path, changed_data: str) -> None:
        save_into(path, "Oise", CONTENT)
        (Path(os.environ["NETSTATS_DATA"]) / "network" / "reunions.csv").write_text("code\n", encoding="utf-8")
        with pytest.raises(NetstatsError):
            bootstrap.open_or_build()
        database = store.open_database(path)
        assert kept(database) == {"Oise": CONTENT}
        assert changed_data not in self.networks(database)
        database.close()

    def test_one_saved_just_before_the_program_was_killed_is_kept(self, path: Path, changed_data: str) -> None:
        killed = (
            "import os, sys, duckdb; c = duckdb.connect(sys.argv[1]);"  # in the log, as an older version left it
            "c.execute(\"INSERT INTO presentation VALUES ('Oise', ?, now()::TIMESTAMP)\", [sys.argv[2]]); os._exit(1)"
        )
        done = subprocess.run([sys.executable, "-c", killed, str(path), "[1, 2]"], check=False)
        assert done.returncode == 1
        assert path.with_name(path.name + ".wal").exists()
        database = bootstrap.open_or_build()
        assert changed_data in self.networks(database)
        assert kept(database) == {"Oise": "[1, 2]"}
        database.close()

    def test_another_version_takes_them_over_with_what_was_entered(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save_into(path, "Oise", CONTENT)
        enter(path)
        monkeypatch.setattr(bootstrap, "build_digest", lambda _: "made otherwise")
        database = bootstrap.open_or_build()
        assert kept(database) == {"Oise": CONTENT}
        assert set(database.ask("SELECT title FROM meeting")["title"]) == {"Saisie"}
        presentations.save(database, "Oise", "1")
        assert kept(database) == {"Oise": "1"}
        database.close()

    def test_what_was_entered_with_a_version_that_had_none_is_taken_over(self, path: Path) -> None:
        enter(path)
        make_older(path)
        database = bootstrap.open_or_build()
        assert kept(database) == {}
        assert set(database.ask("SELECT title FROM meeting")["title"]) == {"Saisie"}
        presentations.save(database, "Oise", CONTENT)
        assert kept(database) == {"Oise": CONTENT}
        database.close()

    def test_a_copy_has_them_and_brings_them_back(self, path: Path) -> None:
        save_into(path, "Oise", CONTENT)
        database = store.open_database(path)
        copied = store.back_up(database)
        assert copied is not None
        presentations.delete(database, "Oise")
        presentations.save(database, "Nord", "1")
        database.close()
        former = store.restore(path, copied)
        assert former is not None
        for file, expected in ((path, {"Oise": CONTENT}), (former, {"Nord": "1"})):
            database = store.open_database(file)
            assert kept(database) == expected
            presentations.save(database, "Oise", "2")
            assert kept(database) == {**expected, "Oise": "2"}
            database.close()

    def test_a_copy_from_before_can_be_put_back(self, path: Path) -> None:
        database = store.open_database(path)
        copied = store.back_up(database)
        assert copied is not None
        presentations.save(database, "Oise", CONTENT)
        database.close()
        make_older(copied)
        store.restore(path, copied)
        database = bootstrap.open_or_build()
        assert kept(database) == {}
        database.close()

    def test_a_demonstration_set_keeps_them_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        demo = tmp_path / "demo.duckdb"
        demonstration.write(demo, meetings=50, seed=1)
        monkeypatch.setenv("NETSTATS_DATABASE", str(demo))
        database = bootstrap.open_or_build()
        presentations.save(database, "Oise", CONTENT)
        database.close()
        monkeypatch.setattr(bootstrap, "network_digest", lambda _: "data has changed")
        database = bootstrap.open_or_build()
        assert database.version().fictional
        assert kept(database) == {"Oise": CONTENT}
        database.close()
