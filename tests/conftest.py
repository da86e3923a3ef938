"""What the tests share: the real activity and a made-up one, each as a database in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby, zip_longest
from pathlib import Path
from shutil import copy

import pandas as pd
import pytest

from netstats import cli, store
from netstats.intake.bootstrap import network_frames
from tests import activity, installations

DATA = Path(__file__).parents[1] / "data"
Command = Callable[..., tuple[int, str, str]]


def pytest_xdist_auto_num_workers() -> int:
    """Two a core, four at most: a browser test waits most of its time."""
    return min(4, 2 * (os.cpu_count() or 1))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let browser tests, which wait, and others, which compute, take turns file by file, the longest first."""
    files = [list(tests) for _, tests in groupby(items, lambda item: item.path)]
    files.sort(key=len, reverse=True)
    waiting = [tests for tests in files if tests[0].path.parent.name == "browser"]
    computing = [tests for tests in files if tests[0].path.parent.name != "browser"]
    items[:] = chain.from_iterable(chain.from_iterable(zip_longest(waiting, computing, fillvalue=[])))


@dataclass(frozen=True)
class Generated:
    """A made-up activity, and the rows that the database was built from."""

    database: store.Database
    frames: Mapping[str, pd.DataFrame]


@pytest.fixture(scope="session")
def real_database() -> Iterator[store.Database]:
    """The real activity of data/."""
    database = store.build(DATA / "reference", network_frames(DATA), path=None)
    yield database
    database.close()


@pytest.fixture(scope="session")
def real_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real activity as a file, to copy: a test that writes has its own."""
    return installations.real(tmp_path_factory.mktemp("real") / "netstats.duckdb")


@pytest.fixture(scope="session")
def generated() -> Iterator[Generated]:
    """A made-up activity, see tests/activity.py."""
    frames = activity.generate(seed=2)
    database = store.build(DATA / "reference", frames, path=None)
    yield Generated(database, frames)
    database.close()


@pytest.fixture
def path(real_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real activity as a file of one's own, which NETSTATS_DATABASE names."""
    there = Path(copy(real_path, tmp_path / "netstats.duckdb"))
    monkeypatch.setenv("NETSTATS_DATABASE", str(there))
    return there


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """A command typed on that file: its exit code, what it printed and what it complained of."""

    def command(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out.replace("\xa0", " "), said.err.replace("\xa0", " ")

    return command
