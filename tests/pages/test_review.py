"""The review that file, form, minutes and undo share: previewed once for the same inputs, written as it was shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from netstats.intake import changes, journal
from netstats.intake.changes import ChangeSet
from netstats.store import Batch
from netstats.ui.base import data
from netstats.ui.review.review import Preview, Review

CODE = "hauts-de-france-2020-05-06"


@pytest.fixture(autouse=True)
def own(databases: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real activity, that the test may change."""
    path = Path(shutil.copy(databases("real"), tmp_path / "netstats.duckdb"))
    monkeypatch.setenv("NETSTATS_DATABASE", str(path))
    monkeypatch.setattr(data, "version", lambda: data.database().version())  # no run of a page is under way
    return path


def meeting(**values: int | str) -> ChangeSet:
    rows = data.database().ask("SELECT * EXCLUDE (batch_id) FROM meeting WHERE code = $code", {"code": CODE})
    return ChangeSet({"meeting": rows.assign(**values)})


def written_by_another(**values: int | str) -> None:
    assert changes.commit(data.database(), meeting(**values), Batch(journal.ENTRY, "Correction")) is not None


class Counted:
    """A check that counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[str, ChangeSet | None]:
        self.times += 1
        return "found", meeting(participants=44)


def test_the_same_inputs_are_checked_once() -> None:
    review, check = Review[str](), Counted()
    first = review.look(("typed",), check)
    assert review.look(("typed",), check) is first
    assert first.result == "found"
    assert first.diff is not None
    assert list(first.diff.rows["table_name"]) == ["meeting"]
    review.look(("typed otherwise",), check)
    review.answers["question"] = "option"
    review.look(("typed otherwise",), check)
    assert check.times == 3


def test_another_difference_for_the_same_inputs_is_said() -> None:
    review, check = Review[str](), Counted()
    review.look(("typed",), check)
    written_by_another(note="Sans rapport.", participants=12)
    review.look(("typed",), check)
    assert check.times == 2
    assert review.outdated is not None
    assert "ont changé" in review.outdated.what


def test_nothing_is_written_over_what_another_has_just_written() -> None:
    review, check = Review[str](), Counted()
    shown = review.look(("typed",), check)
    written_by_another(participants=12)
    assert review.commit(shown, Batch(journal.ENTRY, "Correction")) is None
    assert review.outdated is not None
    assert review.preview is None, "it is previewed again"
    again = review.look(("typed",), check)
    assert review.commit(again, Batch(journal.ENTRY, "Correction")) == 3


def test_what_cannot_be_written_has_no_difference() -> None:
    preview: Preview[str] = Review[str]().look((), lambda: ("something is wrong", None))
    assert (preview.change_set, preview.diff, preview.error) == (None, None, None)
