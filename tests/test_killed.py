"""What is killed at any moment is all done or not at all, and leaves a database that opens."""

from __future__ import annotations

import random
import time
from pathlib import Path
from shutil import copy

import pandas as pd
import pytest

from netstats import store
from netstats.files import workshop
from netstats.intake import changes, journal
from netstats.store import records_frame
from tests import hazards
from tests.hazards import CONTEXT

MEETINGS, TOWNS = 150, ("59350", "59512", "60057", "80021", "62193")


def edit_of(attempt: int) -> changes.ChangeSet:
    """Return meetings, attendances, themes and actions that only this attempt brings."""
    codes = [f"tuee-{attempt}-{number}" for number in range(MEETINGS)]
    meeting = {
        "network_code": "hauts-de-france",
        "kind": "atelier",
        "date_precision": "unknown",
        "sessions": 1,
        "format": "unknown",
        "status": "held",
        "title": "Réunion d’un essai",
    }
    unknown = dict.fromkeys(
        (
            *("held_on", "held_until", "place", "participants", "participants_precision", "participants_unit"),
            *("open_to_non_members", "note", "source_url"),
        )
    )
    action = {"type_code": "mediation", "description": "Envoyer des médiateurs.", "audience_code": None}
    return changes.ChangeSet(
        {
            "meeting": records_frame("meeting", [{"code": code, **meeting, **unknown} for code in codes]),
            "attendance": records_frame(
                "attendance",
                [
                    {"meeting_code": code, "territory_code": town, "printed_name": "Ville", "member": None}
                    for code in codes
                    for town in TOWNS
                ],
            ),
            "meeting_theme": records_frame(
                "meeting_theme", [{"meeting_code": code, "theme_code": "rixes"} for code in codes]
            ),
            "action": records_frame(
                "action",
                [
                    {
                        "code": f"{code}-a1",
                        "meeting_code": code,
                        "territory_code": None,
                        "theme_code": None,
                        "source_url": None,
                        **action,
                    }
                    for code in codes
                ],
            ),
        }
    )


def bring(path: Path, attempt: int) -> None:
    """Import, as the command does: the copy, then the entry."""
    database = store.open_database(path)
    changes.commit(database, edit_of(attempt), store.Batch(journal.IMPORT, f"Essai {attempt}"))
    database.close()


def found(database: store.Database, attempt: int) -> dict[str, int]:
    """Return how many rows of an attempt each table holds, the journal included."""
    counts = database.ask(
        """
        SELECT
            (SELECT count(*) FROM meeting WHERE starts_with(code, $mine)) AS meetings,
            (SELECT count(*) FROM attendance WHERE starts_with(meeting_code, $mine)) AS attendances,
            (SELECT count(*) FROM meeting_theme WHERE starts_with(meeting_code, $mine)) AS themes,
            (SELECT count(*) FROM action WHERE starts_with(code, $mine)) AS actions,
            (SELECT count(DISTINCT action_code) FROM action_word WHERE starts_with(action_code, $mine)) AS indexed,
            (SELECT count(*) FROM batch WHERE label = $label) AS batches,
            (SELECT count(*) FROM change WHERE starts_with(key, $mine)) AS changes
        """,
        {"mine": f"tuee-{attempt}-", "label": f"Essai {attempt}"},
    )
    return {str(name): int(value) for name, value in counts.iloc[0].items()}


WHOLE = {
    "meetings": MEETINGS,
    "attendances": MEETINGS * len(TOWNS),
    "themes": MEETINGS,
    "actions": MEETINGS,
    "indexed": MEETINGS,
    "batches": 1,
    "changes": MEETINGS * (3 + len(TOWNS)),
}
NONE = dict.fromkeys(WHOLE, 0)


@pytest.fixture
def path(real_path: Path, tmp_path: Path) -> Path:
    return Path(copy(real_path, tmp_path / "netstats.duckdb"))


@pytest.mark.parametrize("kills", [8, pytest.param(100, marks=pytest.mark.long)])
def test_killed_at_any_moment_it_is_all_there_or_not_at_all(path: Path, kills: int) -> None:
    begun = time.monotonic()
    whole = CONTEXT.Process(target=bring, args=(path, 0))
    whole.start()
    whole.join()
    lasting = time.monotonic() - begun
    assert whole.exitcode == 0
    outcomes = []
    chance = random.Random()  # noqa: S311 - another moment each time it is run
    for attempt in range(1, kills + 1):
        process = CONTEXT.Process(target=bring, args=(path, attempt))
        process.start()
        moment = 0.2 + (attempt - 1 + chance.uniform(-0.4, 0.4)) / kills
        process.join(moment * lasting if attempt < kills else None)  # the last one is left to finish
        process.kill()
        process.join()
        database = store.open_database(path)
        counts = found(database, attempt)
        assert counts in (WHOLE, NONE), attempt
        assert found(database, 0) == WHOLE
        database.close()
        outcomes.append(counts == WHOLE)
    assert {True, False} == set(outcomes), "moments before and after the entry was whole"
    assert not list(path.parent.glob("*.wal"))
    bring(path, kills + 1)  # whole: it also lets go of the copies that the killed ones had no time for
    copies = store.backups(path)
    assert 0 < len(copies) <= 20
    assert {file.suffix for file in copies[0].parent.iterdir()} == {".duckdb"}, "none that was cut short"
    for kept in copies:  # each has its name only since it was whole
        database = store.open_database(kept, read_only=True)
        assert len(database.ask("SELECT code FROM meeting")) >= 21
        database.close()


@pytest.fixture(scope="module")
def prepared(real_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hazards.prepare(real_path, tmp_path_factory.mktemp("prepared"))


@pytest.mark.parametrize("kills", [1, pytest.param(10, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", hazards.ACTIONS)
def test_whatever_is_killed_is_done_or_not_begun(prepared: Path, tmp_path: Path, name: str, kills: int) -> None:
    base = hazards.ACTIONS[name].base
    done = hazards.again(prepared, tmp_path / "done")
    begun = time.monotonic()
    assert hazards.whole(name, done) == (0, "")
    lasting = time.monotonic() - begun
    before, after = hazards.state(prepared / base), hazards.state(done / base)
    chance = random.Random()  # noqa: S311 - another moment each time it is run
    for attempt in range(kills):
        folder = hazards.again(prepared, tmp_path / str(attempt))
        process, _ = hazards.start(name, folder)
        process.join((attempt + chance.random()) / kills * lasting)
        process.kill()
        process.join()
        assert hazards.state(folder / base) in (before, after), attempt
        for copied in store.backups(folder / base):  # each has its name only since it was whole
            assert hazards.state(copied) == before
        for written in folder.glob("out/*.csv"):
            assert written.read_bytes() == (done / "out" / written.name).read_bytes()
        hazards.whole(name, folder)  # once more, to its end
        assert hazards.state(folder / base) == after
        for place in (folder, folder / "sauvegardes", folder / "out"):
            with workshop(place):
                pass
        assert not hazards.left_behind(folder)


def test_two_at_once_come_one_after_the_other(path: Path) -> None:
    """Two people of one application: the second waits, and neither is lost."""
    from threading import Barrier, Thread

    database = store.open_database(path)
    ready = Barrier(2)
    numbers: list[int | None] = []

    def person(attempt: int) -> None:
        change_set = edit_of(attempt)
        ready.wait()
        numbers.append(changes.commit(database, change_set, store.Batch(journal.IMPORT, f"Essai {attempt}")))

    people = [Thread(target=person, args=(attempt,)) for attempt in (1, 2)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(number or 0 for number in numbers) == [2, 3]
    assert found(database, 1) == WHOLE
    assert found(database, 2) == WHOLE
    database.close()


def test_what_was_shown_is_what_is_written_or_nothing(path: Path) -> None:
    database = store.open_database(path)
    mine = database.ask("SELECT * EXCLUDE (batch_id) FROM meeting WHERE code = 'hauts-de-france-2020-05-06'")
    theirs = mine.assign(place="Ailleurs")
    seen = changes.preview(database, changes.ChangeSet({"meeting": mine.assign(place="Lille")}))
    assert changes.commit(database, changes.ChangeSet({"meeting": theirs}), store.Batch(journal.ENTRY, "Autre")) == 2
    with pytest.raises(store.OutdatedError, match="rien n’a été enregistré"):
        changes.commit(
            database,
            changes.ChangeSet({"meeting": mine.assign(place="Lille")}),
            store.Batch(journal.ENTRY, "Moi"),
            expected=seen,
        )
    places = database.ask("SELECT place FROM meeting WHERE code = 'hauts-de-france-2020-05-06'")
    assert list(places["place"]) == ["Ailleurs"]
    assert database.version().batch == 2
    database.close()


def test_questions_are_answered_while_somebody_writes(path: Path) -> None:
    """A page that is drawn during an import shows the data before it or after it, never a part."""
    from threading import Event, Thread

    database = store.open_database(path)
    done = Event()
    seen: list[tuple[int, int]] = []

    def look() -> None:
        while not done.is_set():
            row: pd.Series = database.ask(
                "SELECT (SELECT count(*) FROM meeting) AS meetings, (SELECT max(id) FROM batch) AS last"
            ).iloc[0]
            seen.append((int(row["meetings"]), int(row["last"])))

    reader = Thread(target=look)
    reader.start()
    for attempt in range(1, 4):
        changes.commit(database, edit_of(attempt), store.Batch(journal.IMPORT, f"Essai {attempt}"))
    done.set()
    reader.join()
    assert set(seen) <= {(21 + MEETINGS * entries, 1 + entries) for entries in range(4)}
    assert len(set(seen)) > 1
    database.close()
