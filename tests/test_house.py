"""The house keeps its size and its words: CONTRIBUTING.md says both, and this holds the source to them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "netstats"
MOST_LINES = 300

LONGER = {
    "model.py": 755,  # plain data: the whole declaration, to be read in one place
}
"""File over `MOST_LINES` → its lines when this was written. The list may only shrink, and so may each of its files."""

OLD_NAMES: dict[str, set[str]] = {}
"""File → names in words of the left column that it still has. The list may only shrink."""

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def sources() -> dict[str, str]:
    return {path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}


def test_no_file_is_long() -> None:
    lengths = {name: text.count("\n") for name, text in sources().items()}
    assert {name: n for name, n in lengths.items() if n > LONGER.get(name, MOST_LINES)} == {}


def test_the_list_of_long_files_only_shrinks() -> None:
    lengths = {name: text.count("\n") for name, text in sources().items()}
    assert [name for name in LONGER if lengths.get(name, 0) <= MOST_LINES] == [], "short now: take them off the list"


def avoided() -> dict[str, str]:
    """Word on the left of the glossary → the word to say instead."""
    _, table = CONTRIBUTING.split("| not | but |\n|---|---|\n")
    rows = [row.strip("| ").split(" | ") for row in table.split("\n\n")[0].splitlines()]
    return {word.strip(): instead for left, instead in rows for word in left.split(",")}


def declared(text: str) -> Iterator[str]:
    """Names of the classes and functions that a module declares."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


def words(name: str) -> list[str]:
    """`_HouseRules` and `house_rules` → house, rules."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def test_the_glossary_is_read() -> None:
    assert avoided()["verdict"] == "check result"
    assert words("_AlreadyToldError") == ["already", "told", "error"]


@pytest.mark.parametrize("name", sorted(sources()))
def test_names_say_the_words_of_the_glossary(name: str) -> None:
    names = [*declared(sources()[name]), *Path(name).with_suffix("").parts]
    found = {one for one in names for word in words(one) if word in avoided()}
    assert found == OLD_NAMES.get(name, set()), "the glossary of CONTRIBUTING.md has another word"
