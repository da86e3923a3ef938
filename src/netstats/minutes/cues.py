"""The words that tell how a sentence is meant: a meeting was held, somebody was excused, it is to come."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from netstats.minutes.prose import Prose, Sentence
from netstats.reference.vocabulary import Lexicon

MEETS = ("meets", "held")
LONGEST_CUE = 40
"""Words that a cue has at most, those between its own included."""


_FIRST = attrgetter("first")


class Cue(NamedTuple):
    """Words (`tokens[first:last]`) that play a role."""

    role: str
    first: int
    last: int


class Cues:
    """The cues of a text, by role.

    Of two, the one that covers the other alone counts: « prochaine réunion » is no meeting that is told.
    """

    def __init__(self, prose: Prose, lexicon: Lexicon) -> None:
        self._prose = prose
        self._by_role: dict[str, list[Cue]] = defaultdict(list)
        hits = [
            Cue(hit.code, hit.first, hit.last)
            for sentence in prose.sentences
            for hit in lexicon.find(prose.tokens, sentence.first, sentence.last)
        ]
        covering: dict[int, list[Cue]] = defaultdict(list)
        for cue in hits:
            for place in range(cue.first, cue.last):
                covering[place].append(cue)
        for cue in hits:
            if not any(_outweighs(other, cue) for other in covering[cue.first]):
                self._by_role[cue.role].append(cue)
        for cues in self._by_role.values():
            cues.sort(key=lambda cue: cue.first)

    def inside(self, roles: Iterable[str], first: int, last: int) -> Iterator[Cue]:
        """Yield the cues of some roles among tokens[first:last]."""
        for role in roles:
            cues = self._by_role.get(role, [])
            for place in range(bisect_left(cues, first, key=_FIRST), len(cues)):
                cue = cues[place]
                if cue.first >= last:
                    break
                if cue.last <= last:
                    yield cue

    def has(self, roles: Iterable[str], sentence: Sentence) -> bool:
        """Return whether a sentence plays one of these roles."""
        return any(True for _ in self.inside(roles, sentence.first, sentence.last))

    def distance(
        self, roles: Iterable[str], sentence: Sentence, first: int, last: int, *, before: int = 99, after: int = 99
    ) -> int | None:
        """Return how many words part tokens[first:last] from the nearest such cue of the sentence; None without one.

        A cue stands at most `before` words before them or `after` words after them; one that holds them is at distance
        nil.
        """
        best: int | None = None
        begin = max(sentence.first, first - before - LONGEST_CUE)
        end = min(sentence.last, last + after + LONGEST_CUE)
        for cue in self.inside(roles, begin, end):
            if cue.last <= first:
                away, limit = first - cue.last, before
            elif cue.first >= last:
                away, limit = cue.first - last, after
            else:
                away, limit = 0, 0
            if away <= limit and (best is None or away < best):
                best = away
        return best


# « prochaine réunion » is no meeting that is told: these count where others say as much.
_WEIGHTY = {"earlier", "next", "cancelled", "excused", "member", "open", "closed", "published"}
_BESIDE = {"label", "host", "domain", "open", "closed", "second"}  # what they say does not contradict the others


def _outweighs(cue: Cue, other: Cue) -> bool:
    """Return whether a cue takes the place of one that it covers."""
    if {cue.role, other.role} & _BESIDE and not (cue.role in _WEIGHTY and cue.last - cue.first > 1):
        return False
    longer = cue.last - cue.first > other.last - other.first
    if cue.last < other.last:  # « s’est donné rendez-vous au »: what was said first
        return longer and cue.first < other.first
    if cue.role == other.role or (cue.role in MEETS and other.role in MEETS):
        return False
    return longer or (cue.role in _WEIGHTY and other.role not in _WEIGHTY and cue[1:] == other[1:])
