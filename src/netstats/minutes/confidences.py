"""What a value that was read is worth: how often the rule that read it was right on the texts of the tests.

A rule is a fact of a meeting and how it was told: « date sure ». data/reference/confidences.csv counts how many values
each read, and how many were right; `python -m netstats minutes --evaluate DOSSIER --confidences FICHIER` writes it.
What a rule is worth changes nothing of what is read, only whether somebody must look at it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from netstats.errors import NetstatsError
from netstats.minutes.drafts import Draft, Step
from netstats.reference.geography import reference_directory

FILE = "confidences.csv"


class Rule(NamedTuple):
    """A fact of a meeting (`Fact.key`, territories, themes, actions), and how it was told."""

    key: str
    step: Step

    def __str__(self) -> str:
        return f"{self.key} {self.step.name.lower()}"


def measured(draft: Draft) -> Draft:
    """Return a draft whose values have the confidence of their rules; a rule that was never seen has none."""
    known = load_confidences()
    return draft.each(lambda key, read: {"confidence": known.get(str(Rule(key, read.step)), 0.0)})


@lru_cache(maxsize=1)
def load_confidences(directory: Path | None = None) -> dict[str, float]:
    """Return rule → share of times that it was right, from 0 to 1; NetstatsError when the file cannot be read.

    Every rule is counted wrong once more than it was: one that was seen twice and right twice is not sure.
    """
    path = (directory or reference_directory()) / FILE
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return {row["rule"]: round(int(row["right"]) / (int(row["seen"]) + 1), 3) for row in rows}
    except (OSError, ValueError, KeyError) as error:
        raise NetstatsError(
            f"Le fichier {path} manque ou ne se lit pas : sans lui, nul ne sait ce que vaut une lecture.",
            "Reprenez-le de la version publiée.",
        ) from error


def write_confidences(path: Path, counts: Mapping[Rule, Any]) -> None:
    """Write how often each rule was seen and right; `counts`: rule → the two numbers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("rule", "seen", "right"))
        lines.writerows((str(rule), *counts[rule]) for rule in sorted(counts))
