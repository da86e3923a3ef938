"""Files that take their name only once they are whole."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from netstats.cli.shell import write_bytes
from netstats.files import put_in_place, target, workshop
from tests.hazards import CONTEXT


def test_what_is_not_put_in_place_goes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before", encoding="utf-8")
    with workshop(tmp_path) as place:
        (place / "a.csv").write_text("after", encoding="utf-8")
        (place / "b.csv").write_text("never finished", encoding="utf-8")
        put_in_place(place / "a.csv", tmp_path / "a.csv")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a.csv", "after")]


@pytest.fixture
def links(tmp_path: Path) -> dict[str, Path]:
    """Links to a file in another folder: its whole path, from where the link is, through another link."""
    (tmp_path / "there").mkdir()
    file = tmp_path / "there" / "a.csv"
    file.write_text("before", encoding="utf-8")
    led = {"whole": file, "near": Path("there") / "a.csv", "chain": tmp_path / "near"}
    for name, where in led.items():
        (tmp_path / name).symlink_to(where)
    return {name: tmp_path / name for name in led}


def test_a_link_stays_one_and_what_it_leads_to_is_written(links: dict[str, Path]) -> None:
    for name, link in links.items():
        write_bytes(link, name.encode())
        assert link.is_symlink()
        assert (link.parent / "there" / "a.csv").read_bytes() == name.encode()
        assert [file.name for file in (link.parent / "there").iterdir()] == ["a.csv"]


def test_a_link_that_leads_to_no_file_yet_makes_it_there(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "new" / "a.csv")
    write_bytes(tmp_path / "link", b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new" / "a.csv").read_bytes() == b"after"


def test_a_file_is_where_it_was_asked_for_wherever_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: dict[str, Path]
) -> None:
    monkeypatch.chdir(tmp_path)
    places = {name: target(Path(link.name)) for name, link in links.items()} | {"file": target(Path("there/a.csv"))}
    monkeypatch.chdir("/")
    assert {place.read_text(encoding="utf-8") for place in places.values()} == {"before"}


def test_a_work_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before", encoding="utf-8")

    def work() -> None:
        with workshop(tmp_path) as place:
            (place / "a.csv").write_text("half", encoding="utf-8")
            raise OSError("plus de place")

    with pytest.raises(OSError, match="plus de place"):
        work()
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a.csv", "before")]


def killed_in(folder: Path) -> Path:
    """Have a program die in a workshop of that folder; return what it has left."""
    dies = "import os, sys, pathlib; from netstats.files import workshop; work = workshop(pathlib.Path(sys.argv[1]));"
    dies += "place = work.__enter__(); (place / 'netstats.duckdb').write_bytes(b'half'); os._exit(1)"
    subprocess.run([sys.executable, "-c", dies, str(folder)], check=False)
    (left,) = (place for place in folder.iterdir() if place.is_dir())
    assert (left / "netstats.duckdb").read_bytes() == b"half"
    return left


def test_what_a_killed_program_left_goes_and_what_another_one_makes_stays(tmp_path: Path) -> None:
    left = killed_in(tmp_path)
    with workshop(tmp_path) as mine:
        assert not left.exists()
        with workshop(tmp_path) as theirs:
            assert mine != theirs
            assert mine.is_dir()
            assert theirs.is_dir()
        assert mine.is_dir()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_somebody_else_named_like_ours_stays(tmp_path: Path) -> None:
    theirs = tmp_path / ".netstats-notes"
    theirs.mkdir()
    (theirs / "notes.txt").write_text("gardées", encoding="utf-8")
    with workshop(tmp_path):
        pass
    assert [file.name for file in tmp_path.rglob("*")] == [".netstats-notes", "notes.txt"]


def work_often(folder: Path, name: str) -> None:
    for turn in range(150):
        with workshop(folder) as place:
            (place / name).write_text(str(turn), encoding="utf-8")
            put_in_place(place / name, folder / name)


def test_programs_that_work_in_one_folder_leave_each_other_alone(tmp_path: Path) -> None:
    people = [CONTEXT.Process(target=work_often, args=(tmp_path, name)) for name in "abc"]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert [one.exitcode for one in people] == [0, 0, 0]
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == dict.fromkeys("abc", "149")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has locks of its own")
def test_on_a_disk_without_locks_the_work_is_done_and_nothing_is_cleaned_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, stack = killed_in(tmp_path), ExitStack()

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with monkeypatch.context() as without:
        without.setattr("fcntl.flock", refuse)
        mine = stack.enter_context(workshop(tmp_path))
    assert left.is_dir()
    with workshop(tmp_path):
        assert mine.is_dir(), "who has locks takes what has none for no leftover"
        assert not left.exists()
    stack.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there, no folder is opened")
def test_a_folder_that_cannot_be_synchronized_has_the_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synchronize = os.fsync

    def refuse(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        synchronize(handle)

    monkeypatch.setattr("os.fsync", refuse)
    with workshop(tmp_path) as place:
        (place / "a.csv").write_text("after", encoding="utf-8")
        put_in_place(place / "a.csv", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "after"
