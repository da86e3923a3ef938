"""What the tests of the reader share: a reader of the real data."""

from __future__ import annotations

import pytest

from netstats import store
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.minutes.reader import Reader


@pytest.fixture(scope="session")
def known(real_database: store.Database) -> Snapshot:
    return read_snapshot(real_database)


@pytest.fixture(scope="session")
def reader(known: Snapshot) -> Reader:
    return Reader(known)
