"""Databases on disk that a dashboard opens: the real activity, a large made-up one, and one that means harm."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from netstats import store
from netstats.intake import bootstrap
from tests import activity

DATA = Path(__file__).parents[1] / "data"

HOSTILE = (
    "<script>pwned=1</script><img src='http://evil.example/a.png' onerror='pwned=1'>"
    "![x](http://evil.example/b.png) [lien](http://evil.example) :red[x] $x^2$ **gras** :material/home: :smile:"
)
"""A label that is a script, an image, a link, a colour, a formula, bold type and icons where it is taken for markup."""


def real(path: Path) -> Path:
    """Put the activity of data/ at `path`."""
    return put(path, bootstrap.network_frames(DATA))


def generated(path: Path, meetings: int = 2000) -> Path:
    """Put a made-up activity of that many meetings at `path`."""
    return put(path, activity.generate(seed=2, meetings=meetings))


def empty(path: Path) -> Path:
    """Put at `path` what `python -m netstats new` makes: the official geography, nothing of a network."""
    bootstrap.create_empty(path)
    return path


def hostile(path: Path) -> Path:
    """Put the activity of data/ at `path`, where every text that a person may have written is HOSTILE."""
    frames = bootstrap.network_frames(DATA)
    for table, columns in {
        "network": ["name"],
        "theme_family": ["name"],
        "theme": ["name", "short_name"],
        "action_type": ["name"],
        "territory": ["name"],
        "meeting": ["title", "place", "participants_unit", "note"],
        "action": ["description"],
    }.items():
        # The code makes each one different: labels are told apart in the filter bar.
        keys = frames[table]["code"]
        frames[table] = frames[table].assign(**dict.fromkeys(columns, HOSTILE + " " + keys))
    for table in ("meeting", "action"):
        frames[table] = frames[table].assign(source_url="javascript:pwned=1")
    return put(path, frames)


def put(path: Path, frames: dict[str, pd.DataFrame]) -> Path:
    """Build a database that the dashboard takes for up to date, whatever it holds."""
    store.build(
        DATA / "reference", frames, path=path, made=bootstrap.build_digest(DATA), digest=bootstrap.network_digest(DATA)
    ).close()
    return path
