"""Whether a sentence tells an action, and of which type: two logistic regressions on its words and their letters.

`tools/train_actions.py` learns the weights from texts whose actions are known: data/reference/action_model.npz.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np

from netstats.errors import NetstatsError
from netstats.minutes.drafts import Span
from netstats.minutes.prose import Prose
from netstats.reference.fold import normalize
from netstats.reference.geography import reference_directory

BUCKETS = 4096
"""Features that are told apart: each falls into one by its sum."""
NUMBER, PLACE = "0", "@"
"""What stands for a number and for the name of a territory."""
MOST_WORDS = 120
"""That a sentence is known by: the first ones."""

LEAST = 0.45
"""The probability from which a sentence is taken for an action."""

_GRAM = 4  # letters in a row
_OPENING = 3  # words

Features: TypeAlias = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]
"""Buckets, and what each weighs."""


def model_words(prose: Prose, first: int, last: int, named: Iterable[tuple[Span, str]] = ()) -> list[str]:
    """Return words as the model knows them: what a territory or a number is called says nothing."""
    inside = {place for span, _ in named for place in range(*prose.words(*span))}
    words: list[str] = []
    for place in range(first, min(last, first + MOST_WORDS)):
        text = prose.tokens[place].text
        word = PLACE if place in inside else NUMBER if text.isdecimal() else text.casefold()
        if word != PLACE or words[-1:] != [PLACE]:
            words.append(word)
    return words


def features(words: Sequence[str], marks: Iterable[str] = ()) -> Features:
    """Return what a sentence is known by: its words, pairs of them, its first ones, letters in a row, and marks."""
    found = [bucket for word in words for bucket in _letters(word)]
    found += [_bucket(f"{one} {two}") for one, two in pairwise(["^", *words, "$"])]
    found += [_bucket(f"^{word}") for word in words[:_OPENING]]
    found += [_bucket(f"#{mark}") for mark in marks]
    buckets, counts = np.unique(np.array(found, dtype=np.int64), return_counts=True)
    weights = np.sqrt(counts)
    return buckets, weights / max(float(np.linalg.norm(weights)), 1e-9)


@lru_cache(maxsize=20_000)
def _letters(word: str) -> tuple[int, ...]:
    """Return the buckets of a word and of the letters in a row that it has, whatever its accents."""
    if not word[0].isalpha():
        return (_bucket(word),)
    bounded = f"<{normalize(word)}>"
    return _bucket(word), *map(_bucket, (bounded[at : at + _GRAM] for at in range(max(len(bounded) - _GRAM + 1, 1))))


def _bucket(feature: str) -> int:
    return crc32(feature.encode()) % BUCKETS


@dataclass(frozen=True, eq=False)
class ActionModel:
    """The weights: a row says whether it is an action, then a row for each of the types (`codes`)."""

    weights: np.ndarray[Any, Any]
    biases: np.ndarray[Any, Any]
    codes: tuple[str, ...]

    def is_action(self, words: Sequence[str], marks: Iterable[str]) -> float:
        """Return how probably a sentence tells an action."""
        buckets, values = features(words, marks)
        return float(1 / (1 + np.exp(-(self.weights[0, buckets] @ values + self.biases[0]))))

    def type(self, words: Sequence[str]) -> tuple[str, float]:
        """Return the most probable type of an action, and how probable it is."""
        buckets, values = features(words)
        scores = np.exp(self.weights[1:, buckets] @ values + self.biases[1:])
        best = int(scores.argmax())
        return self.codes[best], float(scores[best] / scores.sum())


def save_model(path: Path, model: ActionModel) -> None:
    """Write weights as a small file: whole numbers of one byte, and the scale of each row."""
    scales = np.abs(model.weights).max(axis=1, keepdims=True) / 127
    small = np.round(model.weights / scales).astype(np.int8)
    np.savez_compressed(
        path,
        weights=small,
        scales=scales.astype(np.float32),
        biases=model.biases.astype(np.float32),
        codes=np.array(model.codes),
    )


@lru_cache(maxsize=1)
def load_model(directory: Path | None = None) -> ActionModel:
    """Return the weights of data/reference, or of another directory. NetstatsError when they cannot be read."""
    path = (directory or reference_directory()) / "action_model.npz"
    try:
        with np.load(path, allow_pickle=False) as told:
            weights = told["weights"].astype(np.float32) * told["scales"]
            return ActionModel(weights, told["biases"], tuple(map(str, told["codes"])))
    except (OSError, ValueError, KeyError) as error:
        raise NetstatsError(
            f"Le fichier {path} manque ou ne se lit pas : sans lui, aucune action n’est proposée.",
            "Reprenez-le de la version publiée, ou lancez python -m tools.train_actions.",
        ) from error
