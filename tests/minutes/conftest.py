"""What the tests of the reader share: a reader of the real data."""

from __future__ import annotations

import pytest

from netstats import store
from netstats.intake.files.known import Known, read_known
from netstats.minutes.reader import Reader


@pytest.fixture(scope="session")
def known(real_database: store.Database) -> Known:
    return read_known(real_database)


@pytest.fixture(scope="session")
def reader(known: Known) -> Reader:
    return Reader(known)
