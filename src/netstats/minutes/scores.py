"""Right, wrong and missed: the figures of how well minutes are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from netstats import wording
from netstats.minutes.drafts import FACTS


@dataclass
class Score:
    """Right, wrong and missed items."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, expected: Iterable[str], found: Iterable[str]) -> None:
        """Count the items of one draft."""
        here, there = Counter(expected), Counter(found)
        both = (here & there).total()
        self.right += both
        self.wrong += there.total() - both
        self.missed += here.total() - both

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None when nothing was."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of what is expected that was found; None when nothing is expected."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass
class Report:
    """Scores over some texts; an action is found when its words overlap those expected.

    `fields`: name → drafts where it is as expected, and where it is not; so do `action_types`, for the actions found.
    `mismatches`: what differs, one line each: file, what, expected, found.
    """

    texts: int = 0
    drafts: int = 0
    territories: Score = field(default_factory=Score)
    themes: Score = field(default_factory=Score)
    actions: Score = field(default_factory=Score)
    drafts_found: Score = field(default_factory=Score)
    fields: dict[str, list[int]] = field(default_factory=lambda: {fact.key: [0, 0] for fact in FACTS})
    action_types: list[int] = field(default_factory=lambda: [0, 0])
    mismatches: list[str] = field(default_factory=list)

    def json(self) -> dict[str, Any]:
        """Return the figures, shares from 0 to 1, None where there is nothing to count."""
        scores = {"territories": self.territories, "themes": self.themes, "actions": self.actions}
        return {
            "texts": self.texts,
            "drafts": self.drafts,
            **{
                name: {"precision": score.precision, "recall": score.recall, "f1": score.f1}
                for name, score in {**scores, "drafts_found": self.drafts_found}.items()
            },
            **{name: _share(counts[0], sum(counts)) for name, counts in self.fields.items()},
            "action_types": _share(self.action_types[0], sum(self.action_types)),
        }

    def text(self, *, mismatches: bool = False) -> str:
        """Return the figures as a person reads them; with every difference when `mismatches`."""
        texts = wording.counted(self.texts, "texte")
        lines = [f"{texts}, {wording.counted(self.drafts, 'réunion attendue', 'réunions attendues')}", ""]
        lines.append(f"{'':24}précision  rappel      F1")
        for title, score in (
            ("Réunions", self.drafts_found),
            ("Territoires", self.territories),
            ("Thèmes", self.themes),
            ("Actions", self.actions),
        ):
            lines.append(f"{title:24}{_shown(score.precision)}  {_shown(score.recall)}  {_shown(score.f1)}")
        lines += ["", f"{'':24}exactitude"]
        for fact in FACTS:
            right, total = self.fields[fact.key][0], sum(self.fields[fact.key])
            lines.append(f"{fact.title:24}{_shown(_share(right, total))}  ({right} sur {total})")
        lines.append(f"{'Type des actions':24}{_shown(_share(self.action_types[0], sum(self.action_types)))}")
        return "\n".join([*lines, *(["", *self.mismatches] if mismatches else [])])


def _shown(share: float | None) -> str:
    return f"{'—' if share is None else wording.number(share, 3):>9}"
