"""Right, invented and missed: the figures of how well minutes are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from netstats import wording
from netstats.minutes.confidences import Rule
from netstats.minutes.drafts import FACTS, Evident

LISTS = {"territories": "Territoires", "themes": "Thèmes", "actions": "Actions"}
"""What a meeting has several of → what people call it."""


@dataclass
class Score:
    """Values read and expected: those that are right, that are invented without or with a flag, and that are missed.

    An invention is a value that is not expected; with a flag, somebody is asked to look at it (« à vérifier »).
    """

    right: int = 0
    invented: int = 0
    flagged: int = 0
    missed: int = 0

    def add(self, expected: Iterable[object], found: Collection[object], flagged: Collection[object] = ()) -> None:
        """Count the values of one meeting; `flagged` are those of `found` that somebody is to look at."""
        wanted, seen = set(expected), set(found)
        self.right += len(wanted & seen)
        self.invented += len(seen - wanted - set(flagged))
        self.flagged += len((seen - wanted) & set(flagged))
        self.missed += len(wanted - seen)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None when nothing was."""
        return _share(self.right, self.right + self.invented + self.flagged)

    @property
    def recall(self) -> float | None:
        """Share of what is expected that was found; None when nothing is expected."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.invented + self.flagged + self.missed)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass
class Report:
    """Scores over some texts, by fact (`FACTS`) and list (`LISTS`); an action is found when its words overlap.

    `as_expected`: fact → meetings where it is as expected, none where none is among them. `dates_right_or_flagged`:
    of `dates_read`. `let_in`: meetings that nobody would have had to look at, and those of them where something is
    invented. `action_types`: actions that were found, and those of them whose type is right. `mismatches`: what
    differs, one line each: text, what, expected, found. `rules`: rule → values that it read, and those that are right.
    """

    texts: int = 0
    meetings: int = 0
    meetings_found: Score = field(default_factory=Score)
    scores: defaultdict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    as_expected: dict[str, int] = field(default_factory=lambda: {fact.key: 0 for fact in FACTS})
    dates_read: int = 0
    dates_right_or_flagged: int = 0
    let_in: list[int] = field(default_factory=lambda: [0, 0])
    action_types: list[int] = field(default_factory=lambda: [0, 0])
    mismatches: list[str] = field(default_factory=list)
    rules: defaultdict[Rule, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def count(self, key: str, read: Evident, *, is_right: bool) -> None:
        """Count a value for the rule that read it."""
        counts = self.rules[Rule(key, read.step)]
        counts[0] += 1
        counts[1] += is_right

    def json(self) -> dict[str, Any]:
        """Return the figures; shares go from 0 to 1, None where there is nothing to count."""
        figures: dict[str, Any] = {"texts": self.texts, "meetings": self.meetings}
        for name, score in {"meetings_found": self.meetings_found, **self._scores()}.items():
            figures[name] = {
                **{share: getattr(score, share) for share in ("precision", "recall", "f1")},
                **{count: getattr(score, count) for count in ("right", "invented", "flagged", "missed")},
            }
        for name, count in self.as_expected.items():
            figures[name]["accuracy"] = _share(count, self.meetings)
        return {
            **figures,
            "dates_right_or_flagged": _share(self.dates_right_or_flagged, self.dates_read),
            "action_types": _share(self.action_types[1], self.action_types[0]),
            "let_in": self.let_in[0],
            "let_in_wrong": self.let_in[1],
        }

    def _scores(self) -> dict[str, Score]:
        return {name: self.scores[name] for name in (*self.as_expected, *LISTS)}

    def text(self, *, mismatches: bool = False) -> str:
        """Return the figures as a person reads them; with every difference when `mismatches`."""
        texts = wording.counted(self.texts, "texte")
        titles = {**{fact.key: fact.title for fact in FACTS}, **LISTS}
        lines = [
            f"{texts}, {wording.counted(self.meetings, 'réunion attendue', 'réunions attendues')}",
            "",
            f"{'':24}précision  rappel      F1  justes  inventés  à vérifier  manqués",
            _line("Réunions", self.meetings_found),
            *(_line(titles[name], score) for name, score in self._scores().items()),
            _line("Ensemble", _together(self._scores().values())),
            "",
            f"{'':24}exactitude",
        ]
        for fact in FACTS:
            right = self.as_expected[fact.key]
            lines.append(f"{fact.title:24}{_shown(_share(right, self.meetings))}  ({right} sur {self.meetings})")
        lines.append(f"{'Date juste, ou signalée':24}{_shown(_share(self.dates_right_or_flagged, self.dates_read))}")
        lines.append(f"{'Type des actions':24}{_shown(_share(self.action_types[1], self.action_types[0]))}")
        let_in = wording.counted(self.let_in[0], "réunion nouvelle", "réunions nouvelles")
        lines += ["", f"Sans personne (--save), entreraient {let_in}, dont à tort {wording.number(self.let_in[1])}."]
        return "\n".join([*lines, *(["", *self.mismatches] if mismatches else [])])


def _together(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        for count in ("right", "invented", "flagged", "missed"):
            setattr(total, count, getattr(total, count) + getattr(score, count))
    return total


def _line(title: str, score: Score) -> str:
    shares = "  ".join(_shown(share) for share in (score.precision, score.recall, score.f1))
    return f"{title:24}{shares}{score.right:8}{score.invented:10}{score.flagged:12}{score.missed:9}"


def _shown(share: float | None) -> str:
    return f"{'—' if share is None else wording.number(share, 3):>9}"
