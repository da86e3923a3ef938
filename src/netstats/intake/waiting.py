"""What meetings that wait for a person name of the lists: kept as JSON in « draft », it follows a merge as rows do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
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
    told = map(json.loads, drafts["content"])
    return Counter(code for one in told for code in {str(name["code"]) for name in _naming(one, table)})


def moved(drafts: pd.DataFrame, table: str, code: str, into: str) -> pd.DataFrame:
    """Return the meetings that wait which name a row of a list, as they are once another has taken its place."""

    def renamed(content: str) -> str:
        told = json.loads(content)
        for one in _naming(told, table):
            if one["code"] == code:
                one["code"] = into
        return json.dumps(told, ensure_ascii=False)

    contents = drafts["content"].map(renamed)
    return drafts.assign(content=contents)[contents != drafts["content"]]


def _naming(told: Any, table: str, key: str = "") -> Iterator[dict[str, Any]]:
    """Yield what names a row of a list in what was told under a key."""
    if isinstance(told, dict):
        if _NAMED.get(key) == table and told.get("code"):
            yield told
        for name, value in told.items():
            yield from _naming(value, table, name)
    elif isinstance(told, list):
        for one in told:
            yield from _naming(one, table, key)
