"""What meetings that wait for a person name of the lists: kept as JSON in « draft », it follows a merge as rows do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from netstats.model import ACTION_TYPE, AUDIENCE, TERRITORY, THEME

_NAMED: Mapping[str, str] = {
    "themes": THEME.name,
    "theme": THEME.name,
    "type": ACTION_TYPE.name,
    "audience": AUDIENCE.name,
    "territories": TERRITORY.name,
    "territory": TERRITORY.name,
}
"""Key of what a reading names by `code` → the list that it is of; the network is a column of its own."""


def named(drafts: pd.DataFrame, table: str) -> Counter[str]:
    """Return how many meetings that wait name each row of a list, by code."""
    found: Counter[str] = Counter()
    for content in drafts["content"]:
        codes: dict[str, None] = {}

        def see(code: str, codes: dict[str, None] = codes) -> str:
            codes[code] = None
            return code

        _walk(json.loads(content), table, see)
        found.update(codes.keys())
    return found


def moved(drafts: pd.DataFrame, table: str, code: str, into: str) -> pd.DataFrame:
    """Return the meetings that wait which name a row of a list, as they are once another has taken its place."""
    contents = drafts["content"].map(
        lambda content: json.dumps(
            _walk(json.loads(content), table, lambda one: into if one == code else one), ensure_ascii=False
        )
    )
    return drafts.assign(content=contents)[contents != drafts["content"]]


def _walk(told: Any, table: str, change: Callable[[str], str], key: str = "") -> Any:
    """Return what was told, the codes of a list changed."""
    if isinstance(told, list):
        return [_walk(one, table, change, key) for one in told]
    if not isinstance(told, dict):
        return told
    walked = {name: _walk(value, table, change, name) for name, value in told.items()}
    if _NAMED.get(key) == table and walked.get("code"):
        walked["code"] = change(walked["code"])
    return walked
