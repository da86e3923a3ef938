"""Files that take their name only once they are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from netstats.files import put_in_place, workshop


def test_what_is_not_put_in_place_goes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before", encoding="utf-8")
    with workshop(tmp_path) as place:
        (place / "a.csv").write_text("after", encoding="utf-8")
        (place / "b.csv").write_text("never finished", encoding="utf-8")
        put_in_place(place / "a.csv", tmp_path / "a.csv")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a.csv", "after")]


def test_a_work_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before", encoding="utf-8")

    def work() -> None:
        with workshop(tmp_path) as place:
            (place / "a.csv").write_text("half", encoding="utf-8")
            raise OSError("plus de place")

    with pytest.raises(OSError, match="plus de place"):
        work()
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a.csv", "before")]


def test_what_a_killed_program_left_goes_and_what_another_one_makes_stays(tmp_path: Path) -> None:
    (tmp_path / ".netstats-killed").mkdir()
    (tmp_path / ".netstats-killed" / "netstats.duckdb").write_bytes(b"half")
    with workshop(tmp_path) as mine:
        assert not (tmp_path / ".netstats-killed").exists()
        with workshop(tmp_path) as theirs:
            assert mine != theirs
            assert mine.is_dir()
            assert theirs.is_dir()
        assert mine.is_dir()
    assert not list(tmp_path.iterdir())
