"""The words by which minutes tell a theme, an action, a format…: data/reference/vocabulary, editable without code.

A line of a file is a code and an expression: « stupefiants,trafic de drogue ». An expression is found whatever its
plurals, genders, conjugations, capitals and accents, and the small words between its own (« trafics de la drogue »).
In an expression `*` stands for up to three words of any sort: « ont * mis en place ».

The words that tell how a sentence is meant (`EXACT`) are found as they are written, capitals and accents apart, since
« présents » is not « présente son dispositif »: `~` stands for the endings of gender and number (« représenté~ »), `|`
separates words that may stand in one place (« a|ont participé »).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product, zip_longest
from pathlib import Path
from typing import NamedTuple

from netstats.errors import NetstatsError
from netstats.reference.fold import normalize
from netstats.reference.geography import reference_directory
from netstats.reference.words import stems, word_set

STRONG, WEAK = "fort", "faible"
"""Strength of an expression: says it alone, or only where the sentence or a heading is about it."""

# name of the lexicon (and of its file) -> columns
FILES = {
    "themes": ("theme_code", "expression", "strength"),
    "audiences": ("audience_code", "expression"),
    "topic_cues": ("role", "expression"),
    "formats": ("format", "expression"),
    "kinds": ("kind", "expression"),
    "units": ("unit", "expression"),
    "cues": ("role", "expression"),
    "regions": ("region_code", "expression"),
}

EXACT = frozenset({"formats", "kinds", "units", "cues", "regions", "topic_cues"})
"""Lexicons whose expressions are found as they are written."""

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("", "e", "s", "es")
_MOST_BETWEEN = 3  # words that `*` stands for
_MOST_SMALL = 6  # small words between two of an expression
# Small words that an expression need not have, and a text may have between its words.
_SMALL = word_set("de d du des la le les l un une au aux et ou en")
_ALWAYS_SMALL = _SMALL - {"et", "ou", "en", "au", "aux"}


def _slack(norm: str) -> str:
    """Return a normalised word as it may be misspelt: « coordonateurs », « professionels »."""
    return "~" + re.sub(r"([lmnprst])\1", r"\1", norm)


@lru_cache(maxsize=20_000)  # a text says the same few words again and again
def _forms(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
    """Return what each word that is written so has: see `Token`."""
    small, norm = text.casefold(), normalize(text)
    spellings = (small, _slack(norm)) if small.isascii() or text.isupper() else (small,)
    return norm, stems(text), spellings, text[0].isupper()


class Token(NamedTuple):
    """A word of a text: `text[start:end]`, as it is compared in names (`norm`), and its stems.

    `spellings`: how it is written; « présenté » is not « présente », but « presente » and « PRESENTE » may be either.
    `is_capital`: whether it begins with a capital letter.
    """

    start: int
    end: int
    text: str
    norm: str
    stems: tuple[str, ...]
    spellings: tuple[str, ...]
    is_capital: bool


class Hit(NamedTuple):
    """An expression that was found: tokens `first` to `last` (last not included) say `code`."""

    code: str
    first: int
    last: int
    strength: str


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words of a text, or of a part of it, in their order."""
    return [
        Token(found.start(), found.end(), found[0], *_forms(found[0]))
        for found in _WORD.finditer(text, start, len(text) if end is None else end)
    ]


def uncovered(hits: Iterable[Hit]) -> list[Hit]:
    """Return the expressions whose words no other one has too, in their order."""
    ordered = sorted(hits, key=lambda hit: (hit.first, -hit.last))
    kept, reach = [], 0
    for hit, after in zip_longest(ordered, ordered[1:]):
        is_twin = after is not None and after[1:3] == hit[1:3]
        if reach < hit.last and not is_twin:
            kept.append(hit)
        reach = max(reach, hit.last)
    return kept


@dataclass(eq=False)
class _Node:
    steps: dict[str, _Node] = field(default_factory=dict)
    gap: _Node | None = None  # after up to three words of any sort
    says: dict[str, str] = field(default_factory=dict)  # code -> strength


class Lexicon:
    """Expressions and what they say.

    Parameters
    ----------
    entries
        Code, expression, strength.
    exact
        Whether words are found as they are written, see `EXACT`.
    """

    def __init__(self, entries: Iterable[tuple[str, str, str]] = (), *, exact: bool = False) -> None:
        self._root = _Node()
        self._exact = exact
        self.expressions: dict[str, list[str]] = defaultdict(list)
        for code, expression, strength in entries:
            self._add(code, expression, strength)

    def _add(self, code: str, expression: str, strength: str) -> None:
        self.expressions[code].append(expression)
        for path in product(*(_exact_steps if self._exact else _steps)(expression)):
            node = self._root
            for step in path:
                if step == "*":
                    node.gap = node.gap or _Node()
                    node = node.gap
                else:
                    node = node.steps.setdefault(step, _Node())
            node.says[code] = STRONG if STRONG in {strength, node.says.get(code)} else strength

    def find(self, words: Sequence[Token], first: int = 0, last: int | None = None) -> Iterator[Hit]:
        """Yield the expressions among words[first:last]: at each word the longest one of each code."""
        last = len(words) if last is None else last
        begins, is_gap = self._root.steps.keys(), self._root.gap is not None
        for start in range(first, last):
            word = words[start]
            if not is_gap and begins.isdisjoint(word.spellings if self._exact else word.stems):
                continue
            found: dict[str, tuple[int, str]] = {}
            self._walk(self._root, words, start, last, found)
            for code, (end, strength) in found.items():
                yield Hit(code, start, end, strength)

    def _walk(
        self, node: _Node, words: Sequence[Token], place: int, last: int, found: dict[str, tuple[int, str]]
    ) -> None:
        for at in self._places(node, words, place, last):
            for stem in (words[at].spellings if self._exact else words[at].stems) if at < last else ():
                step = node.steps.get(stem)
                if step is None:
                    continue
                for code, strength in step.says.items():
                    if found.get(code, (0, ""))[0] < at + 1:
                        found[code] = at + 1, strength
                if step.steps or step.gap:
                    self._walk(step, words, at + 1, last, found)
            if node.gap is not None:
                for skipped in range(min(_MOST_BETWEEN, last - at) + 1):
                    self._walk(node.gap, words, at + skipped, last, found)

    def _places(self, node: _Node, words: Sequence[Token], place: int, last: int) -> Iterator[int]:
        """Yield where the next word of an expression may stand: here, or after the small words that follow."""
        yield place
        if self._exact or node is self._root:
            return
        for at in range(place, min(place + _MOST_SMALL, last)):
            if words[at].norm not in _SMALL:
                return
            yield at + 1


def _steps(expression: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\*|[^\W_]+", expression)
    kept = [word for place, word in enumerate(words) if place == 0 or normalize(word) not in _ALWAYS_SMALL]
    return [("*",) if word == "*" else stems(word) for word in kept]


def _exact_steps(expression: str) -> list[tuple[str, ...]]:
    """Return, for each place of an expression, the words that may stand there."""
    places: list[tuple[str, ...]] = []
    for place in re.sub(r"['’-]", " ", expression).split():
        if place == "*":
            places.append(("*",))
            continue
        words: list[str] = []
        for word in place.split("|"):
            forms = [f"{word[:-1]}{end}" for end in _ENDINGS] if word.endswith("~") else [word]
            words += [spelling for form in forms for spelling in (form.casefold(), _slack(normalize(form)))]
        places.append(tuple(words))
    return places


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The lexicons of `FILES`, by their names, and the names of types of action."""

    themes: Lexicon = field(default_factory=Lexicon)
    audiences: Lexicon = field(default_factory=Lexicon)
    topic_cues: Lexicon = field(default_factory=Lexicon)
    action_types: Lexicon = field(default_factory=Lexicon)
    formats: Lexicon = field(default_factory=Lexicon)
    kinds: Lexicon = field(default_factory=Lexicon)
    units: Lexicon = field(default_factory=Lexicon)
    cues: Lexicon = field(default_factory=Lexicon)
    regions: Lexicon = field(default_factory=Lexicon)


def load_vocabulary(
    directory: Path | None = None, names: Mapping[str, Mapping[str, Sequence[str]]] | None = None
) -> Vocabulary:
    """Read data/reference/vocabulary.

    Parameters
    ----------
    directory
        The directory of the files.
    names
        Name of a lexicon → code → names that say it, where the file has no expression for the code: the themes that
        users have added.

    Raises
    ------
    NetstatsError
        A file is missing, or has other columns, an empty cell or an unknown strength.
    """
    directory = directory or reference_directory() / "vocabulary"
    lexicons = {}
    for name, columns in FILES.items():
        entries = list(_entries(directory / f"{name}.csv", columns))
        told = {code for code, _, _ in entries}
        for code, others in (names or {}).get(name, {}).items():
            # A name alone may say too little: « Médiation » is no theme wherever it stands. The file knows better.
            entries += [(code, other, STRONG) for other in others if code not in told]
        lexicons[name] = Lexicon(entries, exact=name in EXACT)
    types = (names or {}).get("action_types", {})
    lexicons["action_types"] = Lexicon((code, name, STRONG) for code, told in types.items() for name in told)
    return Vocabulary(**lexicons)


def region_initials() -> dict[str, list[str]]:
    """Return INSEE code → the initials by which people name a region: « PACA »."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, expression, _ in _entries(reference_directory() / "vocabulary" / "regions.csv", FILES["regions"]):
        if expression.isalpha() and expression.isupper():
            found[code].append(expression)
    return found


def _entries(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            if tuple(next(reader, ())) != tuple(columns):
                raise NetstatsError(
                    f"La première ligne de {path} n’est pas celle attendue.", f"Écrivez : {','.join(columns)}"
                )
            for row in reader:
                strength = row[2] if len(row) == len(columns) == 3 else STRONG
                fits = len(row) == len(columns) and row[1].strip(" *") and strength in {STRONG, WEAK}
                if not fits or not (row[0] or path.stem == "units"):
                    raise NetstatsError(
                        f"Ligne {reader.line_num} de {path} : « {','.join(row)} » ne se lit pas.",
                        f"Il faut {len(columns)} colonnes remplies : {', '.join(columns)} (force : fort ou faible).",
                    )
                yield row[0], row[1], strength
    except FileNotFoundError as error:
        raise NetstatsError(
            f"Le fichier de vocabulaire {path} est introuvable.",
            "Vérifiez que le dossier data/reference/vocabulary est complet, ou la variable NETSTATS_DATA.",
        ) from error
