"""The words that mean the same are one word each, and every group says something."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from netstats.intake import official
from netstats.reference.words import stems
from tests.conftest import DATA

FILE = "reference/synonyms.csv"


def rows() -> list[dict[str, str]]:
    with (DATA / FILE).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_group_has_two_words_or_more_that_are_not_the_same() -> None:
    assert min(Counter(row["group_code"] for row in rows()).values()) >= 2
    for group in {row["group_code"] for row in rows()}:
        assert len({stems(row["word"]) for row in rows() if row["group_code"] == group}) > 1, group


@pytest.mark.parametrize("word", ["aide aux victimes", "sans-abri", "les", "l’écoute", "a"])
def test_a_synonym_is_one_word_that_is_read(tmp_path: Path, word: str) -> None:
    (tmp_path / "reference").mkdir()
    (tmp_path / FILE).write_text(f"group_code,word\naccueil,guichet\naccueil,{word}\n", encoding="utf-8")
    found = [issue for issue in official.check(tmp_path, {}) if issue.where.column == "word"]
    assert found
    assert all((issue.where.line, issue.found) == (3, word) for issue in found)
