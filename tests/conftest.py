"""What the tests share: the real activity and a made-up one, each as a database in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copy

import pandas as pd
import pytest

from netstats import cli, store
from netstats.intake.founding import founding_frames
from tests import activity, installations

DATA = Path(__file__).parents[1] / "data"
Command = Callable[..., tuple[int, str, str]]


@dataclass(frozen=True)
class Generated:
    """A made-up activity, and the rows that the database was built from."""

    database: store.Database
    frames: Mapping[str, pd.DataFrame]


@pytest.fixture(scope="session")
def real_database() -> Iterator[store.Database]:
    """The real activity of data/."""
    database = store.build(DATA / "reference", founding_frames(DATA), path=None)
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
