"""What goes with a thing done: who did it, for whom, on which theme, and what the sentences before leave unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from netstats.minutes.actions.clauses import (
    OPENING,
    OTHER,
    PARTICIPLE,
    PREPOSITIONS,
    Clause,
    Named,
    codes_of,
)
from netstats.minutes.actions.things import Thing
from netstats.minutes.actions.verbs import Verb
from netstats.minutes.drafts import Span
from netstats.minutes.outline import Position
from netstats.minutes.prose import ITEM, Prose, Sentence
from netstats.minutes.themes import longest, theme_hits
from netstats.reference.vocabulary import STRONG, Hit, Vocabulary
from netstats.reference.words import word_set

_EVERYBODY, _PROFESSIONALS = "tout-public", "professionnels"
# Types whose public may be professionals; elsewhere they are who acts: « les policiers municipaux patrouillent ».
_FOR_PROFESSIONALS = frozenset({"information-prevention", "soutien-psychologique", "accompagnement-victimes"})
# Types that go on about the public of the sentences before: « Plusieurs actions ont été initiées… »
_FOR_SOMEBODY = frozenset({"maintien-lien", "soutien-psychologique", "hebergement", "accompagnement-victimes"})
_THEME_OF = {
    "seniors-isoles": "seniors-isolement",
    "femmes-victimes": "violences-femmes",
    "publics-demunis": "publics-vulnerables",
    "usagers-drogues": "stupefiants",
}
# « la ville de Bondy, en lien avec le parquet de Bobigny, a … »: what an aside begins with.
_ASIDE = word_set("en avec aux sous par grace via pour chez dans aupres sur qui dont")


@dataclass
class _Memory:
    """What a sentence may leave unsaid, since the ones before said it; `list_theme` is that of a whole list."""

    block: int = -1
    heading: int | None = None
    territory: str = ""
    audience: str = ""
    theme: str = ""
    list_theme: str = ""
    heading_territory: str = ""


class Details:
    """Tells what goes with the things done, sentence after sentence in the order of the text."""

    def __init__(self, prose: Prose, vocabulary: Vocabulary, positions: Sequence[Position]) -> None:
        self._prose = prose
        self._words = prose.tokens
        self._positions = positions
        self._memory = _Memory()
        # Each thing done asks them of its clause and its sentence again.
        self._theme_hits = lru_cache(64)(lambda sentence: theme_hits(prose, sentence, vocabulary))
        self._audience_hits = lru_cache(64)(
            lambda first, last: longest(vocabulary.audiences.find(self._words, first, last))
        )

    # --- what the sentences before said

    @property
    def is_under_a_territory(self) -> bool:
        """Whether the heading above is a territory."""
        return bool(self._memory.heading_territory)

    def turn_to(self, sentence: Sentence, codes: Sequence[str]) -> None:
        """Begin a sentence, which names territories: forget what the ones before said of another part of the text."""
        memory, position = self._memory, self._positions[sentence.block]
        if position.is_heading:
            is_short = sentence.last - sentence.first <= 2 * OPENING
            memory.heading_territory = codes[0] if len(codes) == 1 and is_short else ""
        if sentence.block == memory.block:
            return
        memory.territory = memory.heading_territory
        if position.heading != memory.heading or position.is_heading:
            memory.audience = memory.theme = memory.list_theme = ""
        if self._prose.blocks[sentence.block].kind == ITEM:
            memory.audience = ""
            memory.theme = memory.list_theme
        else:
            memory.theme = memory.list_theme = ""  # those of another paragraph
        memory.block, memory.heading = sentence.block, position.heading

    def named(self, codes: Sequence[str]) -> None:
        """Keep in mind whom a sentence named, for those that go on about the same."""
        self._memory.territory = codes[0] if len(codes) == 1 else ""

    def remember(self, sentence: Sentence) -> None:
        """Keep in mind the public and the theme of a sentence."""
        for hit in self._audiences(sentence.first, sentence.last, OTHER)[:1]:
            if hit.code != _EVERYBODY:
                self._memory.audience = hit.code
        strong = [hit.code for hit in self._theme_hits(sentence) if hit.strength == STRONG]
        if strong:
            self._memory.theme = strong[0]
            if self._prose.blocks[sentence.block].kind != ITEM:
                self._memory.list_theme = strong[0]

    # --- who

    def doers(self, clause: Clause, verb: Verb | None, start: int) -> list[tuple[Span | None, str]]:
        """Return who did it, one for each when the text says so (« ont chacune nommé »); nobody when in doubt."""
        limit = self._words[verb.first].start if verb is not None else self._words[clause.last - 1].end
        before = self._after_an_aside(clause, [one for one in clause.named if one[0].start < limit])
        before = self._without_asides(before, limit)
        near = [one for one in before if self._words[start].start <= one[0].start]
        for group in (near, before, clause.named):
            codes = codes_of(group)
            if len(codes) == 1:
                return [group[0]]
            if codes:
                is_each = self._are_subjects(clause, group, limit)
                return [next(one for one in group if one[1] == code) for code in codes] if is_each else [(None, "")]
        if clause.label:
            return [(None, clause.label[0] if len(clause.label) == 1 else "")]
        return [(None, self._memory.territory if clause.goes_on or self._memory.heading_territory else "")]

    def _after_an_aside(self, clause: Clause, named: list[Named]) -> list[Named]:
        """Return the territories that stand after what a clause begins with: « Avec Arras, la ville de Lens a … »."""
        comma = self._prose.text.find(",", self._words[clause.first].start)
        after = [one for one in named if one[0].start > comma]
        return after if comma >= 0 and after and self._begins_an_aside(clause.first) else named

    def _without_asides(self, named: list[Named], limit: int) -> list[Named]:
        """Return the territories that stand before a verb, without those of an aside: « Lens, avec Arras, a … »."""
        text = self._prose.text
        kept = named[:1]
        for one in named[1:]:
            start = text.rfind(",", kept[0][0].end, one[0].start)
            is_between = start >= 0 and "," in text[one[0].end : limit]
            if not (is_between and self._begins_an_aside(self._prose.words(start, one[0].end)[0])):
                kept.append(one)
        return kept

    def _begins_an_aside(self, place: int) -> bool:
        word = self._words[place]
        return word.norm in _ASIDE or (not word.is_capital and PARTICIPLE.search(word.text) is not None)

    def _are_subjects(self, clause: Clause, named: Sequence[Named], limit: int) -> bool:
        """Return whether each of several territories did it: « Rouen et Elbeuf ont formé », « ont chacune nommé »."""
        words = {token.norm for token in self._words[clause.first : clause.last]}
        opens = self._words[clause.first].norm not in PREPOSITIONS
        is_short = opens and len(named) <= 3 and named[0][0].start <= self._words[clause.first].start + OPENING
        return not words.isdisjoint({"chacun", "chacune"}) or (is_short and named[-1][0].start < limit)

    # --- for whom

    def audience(self, clause: Clause, thing: Thing, verb: Verb | None) -> tuple[str, list[Span]]:
        """Return the public of a thing done and the words that tell it, those that follow the verb first."""
        after = verb.first if verb is not None else thing.first
        for first, last in (
            (max(after, thing.first), thing.last),
            (thing.first, thing.last),
            (clause.first, clause.last),
            (clause.sentence.first, clause.sentence.last),
        ):
            hits = self._audiences(first, last, thing.type)
            if hits:
                return hits[0].code, [self._prose.span(hits[0].first, hits[0].last)]
        return (self._memory.audience if thing.type in _FOR_SOMEBODY else "") or _EVERYBODY, []

    def _audiences(self, first: int, last: int, type_code: str) -> list[Hit]:
        hits: list[Hit] = self._audience_hits(first, last)
        return [hit for hit in hits if hit.code != _PROFESSIONALS or type_code in _FOR_PROFESSIONALS]

    # --- on which theme

    def theme(self, sentence: Sentence, thing: Thing, audience: str, *, is_audience_said: bool) -> tuple[str, bool]:
        """Return the theme of a thing done, and whether its own words tell it or no theme is told.

        Its words, its public or its sentence tell it, or else its heading or the sentences before.
        """
        hits: list[Hit] = self._theme_hits(sentence)
        inside = [hit for hit in hits if thing.first <= hit.first < thing.last]
        strong = [hit.code for hit in inside if hit.strength == STRONG]
        if audience in _THEME_OF and (not strong or _THEME_OF[audience] in strong):
            return _THEME_OF[audience], is_audience_said or bool(strong)
        strong += [hit.code for hit in hits if hit.strength == STRONG]
        if strong:
            return strong[0], True
        inherited = self._heading_theme(self._positions[sentence.block].heading) or self._memory.theme
        if inherited:
            return inherited, any(hit.code == inherited for hit in inside)
        type_at = thing.hit.first if thing.hit is not None else thing.first
        weak = sorted(inside, key=lambda hit: (hit.first < type_at, hit.first))
        return (weak[0].code if weak else ""), True

    def _heading_theme(self, heading: int | None) -> str:
        """Return the theme of a heading, the first that says it plainly: « Prévenir les rixes » is about « rixes »."""
        if heading is None:
            return ""
        block = self._prose.blocks[heading]
        sentences = self._prose.sentences[block.first : block.last]
        hits = [hit for one in sentences for hit in self._theme_hits(one)]
        return min(hits, key=lambda hit: (hit.strength != STRONG, hit.first)).code if hits else ""
