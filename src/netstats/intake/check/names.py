"""Codes of a list by code and name: networks, themes, types, those of the database and then those of the file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from netstats.intake.issues import Issue, issue
from netstats.intake.near import near
from netstats.intake.values import Labels, as_text
from netstats.reference.fold import normalize

LONGEST_NAME = 200


class Names:
    """Codes of a list (networks, themes …) by code and name: those of the database, then those of the file.

    `additions` says what can be answered about a name that is unknown, and adds it; `unknown` are those asked about,
    `added` the codes added so. `meant` says which codes a name may be a slip for; None for any.
    """

    def __init__(self, none: str, names: Mapping[str, Iterable[str]], *, prefixes: Iterable[str] = ()) -> None:
        self._none = none  # « aucun thème »
        self._prefixes = tuple(prefixes)
        self._labels = Labels()
        self._not_taken: dict[str, Issue] = {}
        self._found: dict[str, str | Issue] = {}
        self._offered: dict[str, Callable[[], str]] = {}
        self.additions: Callable[[str], Mapping[str, Callable[[], str]]] = lambda _: {}
        self.meant: Callable[[str], Collection[str] | None] = lambda _: None
        self.unknown: set[str] = set()
        self.added: set[str] = set()
        for code, own in names.items():
            self.add(code, own)

    def add(self, code: str, names: Iterable[str]) -> None:
        """Let these names mean a code."""
        self._found.clear()
        self._labels.add(code, code)
        for name in names:
            self._labels.add(name, code)
            for prefix in self._prefixes:
                self._labels.add(f"{prefix} {name}", code)

    def not_taken(self, names: Iterable[object], why: Issue) -> None:
        """Remember that these names are those of a line that is not taken."""
        self._found.clear()
        self._not_taken.update((normalize(str(name)), why) for name in names if name)

    def name(self, code: str) -> str:
        """Return the name of a code."""
        return self._labels.names.get(code, code)

    def find(self, text: str) -> str | Issue:
        """Return the code that a text means."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> str | Issue:
        found = self._labels.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            return issue("ambiguous", found, count=len(found))
        if why := self._not_taken.get(normalize(text)):
            return why
        if add := self._offered.get(text):
            return add()
        offered = self.additions(text)
        self._offered.update(offered)
        meant, names = self.meant(text), self._labels.names
        known = [name for code, name in names.items() if code not in self.added and (meant is None or code in meant)]
        nearest = near(text[:LONGEST_NAME], known)
        if meant:  # « HDF » resembles nothing, and is the region of « Hauts-de-France »
            nearest = tuple(dict.fromkeys([*nearest, *known]))
        wrong = issue("unknown-name", nearest, none=self._none)
        # What an answer has just added comes last: another new name is no slip for it, most often.
        added = near(text[:LONGEST_NAME], (names[code] for code in self.added))
        return replace(wrong, additions=(*offered, *added))

    def read(self, cell: object) -> str | Issue:
        """Read a cell that names one of them."""
        text = as_text(cell)
        return text if isinstance(text, Issue) else self.find(text)
