"""What a person makes of the slides: which, in what order, with which words; kept under a name as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from netstats.errors import NetstatsError
from netstats.filters import Choices, Filters, read_address
from netstats.reference.geography import Outline
from netstats.share.bodies import Slide
from netstats.share.selection import Selection
from netstats.share.slides import HIDDEN, KINDS, slides

LONGEST_TITLE = 120
LONGEST_COMMENTARY = 280
"""Letters: what a slide has room for, at a size that is read from afar."""


@dataclass(frozen=True)
class Wording:
    """What somebody wrote on a slide: a title in the place of the finding, a commentary under what it shows.

    `found` is the finding that stood there then: another one since tells that the title is to be read again.
    """

    title: str = ""
    found: str = ""
    commentary: str = ""


@dataclass(frozen=True)
class Plan:
    """Which slides, in what order (every kind of `slides.KINDS` once), with which words (kind → what was written)."""

    order: tuple[str, ...] = tuple(KINDS)
    hidden: frozenset[str] = HIDDEN
    wordings: Mapping[str, Wording] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[str, ...]:
        """The kinds to show, in order."""
        return tuple(kind for kind in self.order if kind not in self.hidden)

    def toggled(self, kind: str) -> Plan:
        """Return the plan with a slide shown, or hidden when it was shown."""
        return replace(self, hidden=self.hidden ^ {kind})

    def moved(self, kind: str, by: int, among: Collection[str] = frozenset(KINDS)) -> Plan:
        """Return the plan with a slide that many places later (or earlier, below nil) `among` those that count."""
        places = [other for other in self.order if other in among or other == kind]
        there = places[min(max(places.index(kind) + by, 0), len(places) - 1)]
        others = [other for other in self.order if other != kind]
        place = self.order.index(there) if there == kind else others.index(there) + (by > 0)
        return replace(self, order=(*others[:place], kind, *others[place:]))

    def worded(self, kind: str, wording: Wording) -> Plan:
        """Return the plan with what somebody wrote on a slide; nothing written is nothing kept."""
        kept = {other: words for other, words in self.wordings.items() if other != kind}
        if wording.title.strip() or wording.commentary.strip():
            kept[kind] = Wording(
                wording.title.strip()[:LONGEST_TITLE], wording.found, wording.commentary.strip()[:LONGEST_COMMENTARY]
            )
        return replace(self, wordings=kept)

    def slides(self, selection: Selection, outlines: Iterable[Outline]) -> Iterator[Slide]:
        """Make the slides to show, with the words of this plan; those with nothing to show are left out."""
        return map(self._with_words, slides(selection, outlines, self.shown))

    def arranged(self, made: Iterable[Slide]) -> list[Slide]:
        """Return those of slides that are to be shown, in order, with the words of this plan."""
        found = {slide.kind: slide for slide in made}
        return [self._with_words(found[kind]) for kind in self.shown if kind in found]

    def _with_words(self, slide: Slide) -> Slide:
        words = self.wordings.get(slide.kind, Wording())
        return replace(slide, title=words.title or slide.title, commentary=words.commentary)


@dataclass(frozen=True)
class Presentation:
    """A presentation as it is kept: its plan, the selection it was made for, and the one that was set beside.

    `notices` has a French sentence for each filter that is not known any more.
    """

    plan: Plan
    filters: Filters
    face: Filters | None = None
    notices: tuple[str, ...] = ()


def to_json(kept: Presentation) -> str:
    """Return a presentation as JSON."""
    content = {
        "format": "netstats-presentation/1",
        "filters": kept.filters.to_address(),
        "face": kept.face.to_address() if kept.face else None,
        "order": list(kept.plan.order),
        "hidden": sorted(kept.plan.hidden),
        "wordings": {kind: vars(words) for kind, words in kept.plan.wordings.items()},
    }
    return json.dumps(content, ensure_ascii=False)


def from_json(content: str, choices: Choices) -> Presentation:
    """Return a presentation that was kept.

    Kinds of slides that this version does not know are left out; those that are new come last, hidden. Raises
    NetstatsError when it is no presentation.
    """
    try:
        read: dict[str, Any] = json.loads(content)
        if not isinstance(read["filters"], dict):
            raise TypeError("filters")
        order = [kind for kind in dict.fromkeys(read["order"]) if kind in KINDS]
        new = [kind for kind in KINDS if kind not in order]
        hidden = frozenset(kind for kind in (*read["hidden"], *new) if kind in KINDS)
        plan = Plan((*order, *new), hidden)
        for kind, words in read["wordings"].items():
            if kind in KINDS:
                plan = plan.worded(kind, Wording(**{part: str(said) for part, said in words.items()}))
        filters, unknown = read_address(read["filters"], choices)
        face = read.get("face")
        second, others = (None, []) if face is None else read_address(face, choices)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NetstatsError(
            "Cette présentation ne peut pas être lue.", "Supprimez-la, puis enregistrez-en une nouvelle."
        ) from error
    return Presentation(plan, filters, second, tuple(map(str, (*unknown, *others))))
