"""Databases on disk that a dashboard opens: the real activity, a large made-up one, and one that means harm."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from netstats import store
from netstats.intake import bootstrap
from tests import activity
from tests import hostile as harm

DATA = Path(__file__).parents[1] / "data"


def real(path: Path) -> Path:
    """Put the activity of data/ at `path`."""
    return put(path, bootstrap.network_frames(DATA))


def generated(path: Path, meetings: int = 2000) -> Path:
    """Put a made-up activity of that many meetings at `path`."""
    return put(path, activity.generate(seed=2, meetings=meetings))


def empty(path: Path) -> Path:
    """Put at `path` what `python -m netstats new` makes: the official geography, nothing of a network."""
    bootstrap.create(path)
    return path


def hostile(path: Path, *, codes: bool = False) -> Path:
    """Put the activity of data/ at `path`, where every text, and with `codes` every code of ours, means harm."""
    put(path, harm.spoilt(bootstrap.network_frames(DATA), codes=codes))
    harm.spoil_the_rest(path)
    return path


def put(path: Path, frames: dict[str, pd.DataFrame]) -> Path:
    """Build a database that the dashboard takes for up to date, whatever it holds."""
    store.build(
        DATA / "reference", frames, path=path, made=bootstrap.build_digest(DATA), digest=bootstrap.network_digest(DATA)
    ).close()
    return path
