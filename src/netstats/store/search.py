"""The words of every action, kept beside the actions for the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from itertools import permutations
from pathlib import Path

import duckdb
import pandas as pd

from netstats.reference.words import sought, stems, words
from netstats.store.scripts import run

_SYNONYMS = """
SELECT group_code, word FROM read_csv($path, header = true, all_varchar = true, quote = '"', escape = '"')
"""


def index_actions(connection: duckdb.DuckDBPyConnection, codes: Collection[str] | None = None) -> None:
    """Write the words of actions anew, in the transaction that wrote what they are read from.

    `codes` are the actions to read again, gone ones included; None is all of them.
    """
    chosen = None if codes is None else list(codes)
    run(connection, "store/action_text.sql", codes=chosen)
    tokens = connection.execute("SELECT DISTINCT token FROM action_token").fetchall()
    # A word is read once, however many actions say it: 100,000 actions have some thousands of them.
    read = Counter((token, word.text) for (token,) in tokens for word in words(token))
    rows = [(token, word, stem, times) for (token, word), times in read.items() for stem in stems(word)]
    frame = pd.DataFrame(rows, columns=["token", "word", "stem", "times"])
    connection.register("token_word", frame.astype({"token": "str", "word": "str", "stem": "str", "times": "int64"}))
    run(connection, "store/action_words.sql", codes=chosen)
    connection.unregister("token_word")


def relate_words(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write which stems mean about the same as which other stems and plurals, from the file of synonyms."""
    groups: dict[str, set[str]] = {}
    for group, text in connection.execute(_SYNONYMS, {"path": path.as_posix()}).fetchall():
        groups.setdefault(group, set()).update(word.text for word in words(text))
    pairs = {
        (stem, related)
        for group in groups.values()
        for one, other in permutations(group, 2)
        for stem in stems(one)
        for related in sought(other)
    }
    if pairs:
        frame = pd.DataFrame(sorted(pairs), columns=["stem", "related"])
        connection.append("synonym", frame, by_name=True)
