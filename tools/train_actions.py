"""Learn which sentences tell an action, and of which type: python -m tools.train_actions.

The texts are those of `TEXTS`, whose expected drafts say which of their words tell actions, and the sentences written
for this (sentences.csv). What is apart is never read: `held_out` and `wild_held_out`, and of `wild` the texts that a
number begins. `--check` first says how well a model does on a part of them when it has learnt from the others.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from netstats.errors import NetstatsError
from netstats.intake import bootstrap
from netstats.intake.snapshot import Snapshot, read_snapshot
from netstats.minutes.action_model import BUCKETS, ActionModel, Features, features, save_model
from netstats.minutes.actions import candidates
from netstats.minutes.documents import pasted
from netstats.minutes.drafts import Span
from netstats.minutes.evaluate import places_of
from netstats.minutes.outline import outline
from netstats.minutes.prose import parse
from netstats.minutes.reader import Reader
from netstats.reference.geography import reference_directory

TEXTS = Path(__file__).parents[1] / "tests" / "minutes"
_SOFTNESS = 16.0  # inverse of how much the weights are held back
_FOLDS = 6


class Example(NamedTuple):
    """A sentence: its text, what it is known by, whether it tells an action, and its types (none when it does not)."""

    text: str
    words: list[str]
    marks: list[str]
    types: tuple[str, ...]


def examples(known: Snapshot) -> Iterator[Example]:
    """Yield the sentences of the texts, but those that may be read either way."""
    reader = Reader(known)
    for path in sorted([*TEXTS.glob("development/*.txt"), *TEXTS.glob("wild/[a-z]*.txt")]):
        try:
            document = pasted(path.read_text(encoding="utf-8"))
        except NetstatsError:
            continue
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        drafts = [*told["drafts"], *told.get("may_drafts", ())]
        prose = parse(document.text, document.headings)
        sure = [
            (action["type"], words)
            for one in drafts
            for action in one.get("actions", ())
            for words in [action["words"]]
        ]
        free = [words for one in drafts for words in one.get("may", {}).get("actions", ())]
        positions = outline(prose, reader.vocabulary)
        for one in candidates(prose, [Span(0, len(prose.text))], positions, reader.finder(prose)):
            start, end = prose.span(one.first, one.last)
            types = [code for code, words in sure if _touches(prose.text, words, start, end)]
            if types or not any(_touches(prose.text, words, start, end) for words in free):
                yield Example(path.stem, one.words, one.marks, tuple(types))


def sentences(known: Snapshot) -> Iterator[Example]:
    """Yield sentences written for this, each alone; one that ends without a point is an item of a list."""
    reader = Reader(known)
    with (TEXTS / "sentences.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            item = row["sentence"][-1] not in ".?"
            prose = parse(f"- {row['sentence']}" if item else row["sentence"])
            positions = outline(prose, reader.vocabulary)
            for one in candidates(prose, [Span(0, len(prose.text))], positions, reader.finder(prose)):
                types = (row["type_code"],) if row["type_code"] else ()
                yield Example(row["sentence"], one.words, one.marks, types)


def _touches(text: str, words: str, start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in places_of(text, words))


def _matrix(rows: Sequence[Features]) -> Any:
    limits = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    buckets = np.concatenate([buckets for buckets, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, buckets, limits), shape=(len(rows), BUCKETS))


def learnt(told: Sequence[Example]) -> ActionModel:
    """Return the model that some sentences teach."""
    action = LogisticRegression(C=_SOFTNESS, max_iter=1000)
    action.fit(_matrix([features(one.words, one.marks) for one in told]), [bool(one.types) for one in told])
    typed = [one for one in told if len(set(one.types)) == 1]
    kind = LogisticRegression(C=_SOFTNESS, max_iter=1000)
    kind.fit(_matrix([features(one.words) for one in typed]), [one.types[0] for one in typed])
    weights = np.vstack([action.coef_, kind.coef_])
    return ActionModel(weights, np.concatenate([action.intercept_, kind.intercept_]), tuple(map(str, kind.classes_)))


def check(told: Sequence[Example]) -> str:
    """Return how well models do on texts that they have not learnt from, at several probabilities."""
    names = sorted({one.text for one in told})
    np.random.default_rng(0).shuffle(names)
    found: list[tuple[float, bool, bool, float]] = []  # probability, is an action, its type is right, how probable
    for fold in range(_FOLDS):
        apart = set(names[fold::_FOLDS])
        model = learnt([one for one in told if one.text not in apart])
        for one in told:
            if one.text in apart:
                code, likelihood = model.type(one.words)
                found.append((model.is_action(one.words, one.marks), bool(one.types), code in one.types, likelihood))
    lines = []
    for least in (0.4, 0.5, 0.6, 0.7):
        read = [one for one in found if one[0] >= least]
        right = [one for one in read if one[1]]
        sure = [one for one in right if one[3] >= 0.5]
        lines.append(
            f"{least}: {len(read)} read, {len(right)} right, {sum(one[1] for one in found) - len(right)} missed; types "
            f"{sum(one[2] for one in right)} right; of {len(sure)} sure ones {sum(one[2] for one in sure)} right"
        )
    return "\n".join(lines)


def main() -> None:
    """Learn from the texts, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="say first how well it does on texts kept apart in turn")
    arguments = parser.parse_args()
    with bootstrap.open_or_build(read_only=True) as database:
        known = read_snapshot(database)
    told = [*examples(known), *sentences(known)]
    print(f"{len(told)} sentences, {sum(bool(one.types) for one in told)} of them tell an action")
    if arguments.check:
        print(check(told))
    save_model(reference_directory() / "action_model.npz", learnt(told))


if __name__ == "__main__":
    main()
