"""Actions that minutes tell, for a person to tick: the sentences that `action_model` takes for one.

Each is one, but for an enumeration and what a semicolon parts; with its type when that is sure, the territory and the
public that it names, and its theme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from netstats.minutes.action_model import LEAST, MOST_WORDS, NUMBER, PLACE, load_model, model_words
from netstats.minutes.drafts import DOUBTFUL, LIKELY, SURE, Action, Span
from netstats.minutes.outline import OPENING, Position, outline
from netstats.minutes.prose import ITEM, Prose, Sentence
from netstats.minutes.themes import longest, theme_hits
from netstats.reference.vocabulary import STRONG, Vocabulary
from netstats.reference.words import word_set

Named: TypeAlias = tuple[Span, str]
"""A territory that the text names: where, and its code."""
Territories: TypeAlias = Callable[[int, int], tuple[Named, ...]]
"""The territories that `text[start:end]` names."""

_LEAST_TYPE, _SURELY, _SURE_ITEM = 0.35, 0.9, 0.65  # probabilities
_LONGEST = 500  # characters of a description

_GOES_ON = word_set("elle il elles ils son sa ses cette ce ces celle celui la l le")
_JOINS = word_set("et ou comme")
_ASIDE = word_set("en avec sous par grace via pour chez")  # words that what goes with an action begins with
_PARTING = word_set("et ou puis entre")  # words that an item of an enumeration begins with
_SHORT = 4  # words of an item
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


class Candidate(NamedTuple):
    """A part of a sentence, all of it but where a semicolon parts it (`tokens[first:last]`), that may tell an action.

    Its words and marks are those that the model wants.
    """

    sentence: Sentence
    first: int
    last: int
    words: list[str]
    marks: list[str]
    named: tuple[Named, ...]


def candidates(
    prose: Prose, spans: Sequence[Span], positions: Sequence[Position], places: Territories
) -> Iterator[Candidate]:
    """Yield what stands where an action may be told, in the order of the text."""
    for sentence in prose.sentences_in(spans):
        position, block = positions[sentence.block], prose.blocks[sentence.block]
        is_labelled = sentence.start < position.content < sentence.end
        is_asked = prose.text[sentence.start : sentence.end].rstrip(" »\u00a0").endswith("?")
        is_unsaid = (position.is_heading or position.is_agenda) and not is_labelled
        if position.is_closed or position.is_undone or is_asked or is_unsaid:
            continue
        after_label = prose.words(position.content, sentence.end)[0] if is_labelled else sentence.first
        stops = [at for at in range(after_label + 1, sentence.last) if ";" in prose.gap(at)]
        for first, last in pairwise([sentence.first, *stops, sentence.last]):
            named = places(prose.tokens[first].start, prose.tokens[last - 1].end)
            marks = [block.kind, f"{min(len(_codes(named)), 2)} places", prose.text[sentence.end - 1]]
            marks += [mark for mark, is_so in (("label", is_labelled), ("facts", position.tells_facts)) if is_so]
            yield Candidate(sentence, first, last, model_words(prose, first, last, named), marks, named)


def read_actions(
    prose: Prose, spans: Sequence[Span], vocabulary: Vocabulary, *, places: Territories
) -> tuple[Action, ...]:
    """Return what parts of a text may tell as an action, in its order, one a sentence."""
    return tuple(_Reader(prose, vocabulary, places).read(spans))


@dataclass
class _Before:
    """What the sentences before said, which one may leave unsaid; `list_theme` is that of a whole list."""

    block: int = -1
    heading: int | None = None
    territory: str = ""
    heading_territory: str = ""
    audience: str = ""
    theme: str = ""
    list_theme: str = ""


class _Reader:
    def __init__(self, prose: Prose, vocabulary: Vocabulary, places: Territories) -> None:
        self._prose = prose
        self._places = places
        self._positions = outline(prose, vocabulary)
        self._before = _Before()
        self._model = load_model()
        self._types = vocabulary.action_types
        # Each action asks them of its sentence and its heading again.
        self._themes = lru_cache(64)(lambda sentence: theme_hits(prose, sentence, vocabulary))
        self._audiences = lru_cache(64)(lambda first, last: longest(prose.find(vocabulary.audiences, first, last)))

    def read(self, spans: Sequence[Span]) -> Iterator[Action]:
        found: dict[Sentence, list[Candidate]] = defaultdict(list)
        for one in candidates(self._prose, spans, self._positions, self._places):
            found[one.sentence].append(one)
        for sentence in self._prose.sentences_in(spans):
            self._turn_to(sentence)
            for one in found[sentence]:
                probability = self._model.is_action(one.words, one.marks)
                territory = self._territory(one)
                if probability >= LEAST:
                    for first, last in self._items(one):
                        yield self._action(one, first, last, probability, territory)
                if one.named or not self._goes_on(one):
                    self._before.territory = territory[1]
            self._remember(sentence)

    def _items(self, one: Candidate) -> list[tuple[int, int]]:
        """Return the items of « entre appels téléphoniques, livraisons de repas ou cellule d’écoute »; else the whole.

        Each is sure of its type and names no territory; all but the last are short.
        """
        words, gap = self._prose.tokens, self._prose.gap
        inner = range(one.first + 1, one.last) if len(one.words) < MOST_WORDS else ()
        starts = [at for at in inner if words[at].norm in _PARTING or "," in gap(at) or ":" in gap(at)]
        items: list[tuple[int, int]] = []
        for first, last in pairwise([one.first, *starts, one.last]):
            begin = first + (words[first].norm in _PARTING)
            known = model_words(self._prose, begin, last, one.named)
            is_item = last - begin > 1 and known[0] not in _ASIDE | {NUMBER} and PLACE not in known
            if is_item and self._model.type(known)[1] >= _SURE_ITEM:
                items.append((begin, last))
        is_list = len(items) > 1 and all(last - first <= _SHORT for first, last in items[:-1])
        return items if is_list else [(one.first, one.last)]

    def _turn_to(self, sentence: Sentence) -> None:
        """Begin a sentence: forget what the ones before said of another part of the text."""
        before, position = self._before, self._positions[sentence.block]
        if position.is_heading:
            codes = _codes(self._places(sentence.start, sentence.end))
            is_short = sentence.last - sentence.first <= 2 * OPENING
            before.heading_territory = codes[0] if len(codes) == 1 and is_short else ""
        if sentence.block == before.block:
            return
        before.territory = before.heading_territory
        if position.heading != before.heading or position.is_heading:
            before.audience = before.list_theme = ""
        if self._prose.blocks[sentence.block].kind == ITEM:
            before.audience = ""
        else:
            before.list_theme = ""  # that of another paragraph
        before.theme = before.list_theme
        before.block, before.heading = sentence.block, position.heading

    def _remember(self, sentence: Sentence) -> None:
        for hit in self._audiences(sentence.first, sentence.last)[:1]:
            if hit.code not in {_EVERYBODY, _PROFESSIONALS}:
                self._before.audience = hit.code
        strong = [hit.code for hit in self._themes(sentence) if hit.strength == STRONG]
        if strong:
            self._before.theme = strong[0]
            if self._prose.blocks[sentence.block].kind != ITEM:
                self._before.list_theme = strong[0]

    def _action(
        self, one: Candidate, first: int, last: int, probability: float, doer: tuple[Span | None, str]
    ) -> Action:
        code, is_sure = self._type(one, first, last)
        audience, told = self._audience(one, first, last, code)
        theme, is_said = self._theme(one.sentence, first, last, audience, code, is_audience_said=bool(told))
        step = SURE if probability >= _SURELY and is_sure and is_said else LIKELY if is_sure else DOUBTFUL
        is_part = one.last - one.first < one.sentence.last - one.sentence.first
        quoted = self._prose.span(one.first, one.last) if is_part else one.sentence.span
        evidence = [self._prose.span(first, last), *told, *([doer[0]] if doer[0] is not None else [])]
        return Action(
            type=code if is_sure else "",
            description=_described(self._prose.quote(quoted)),
            evidence=tuple(evidence),
            step=step,
            audience=audience,
            theme=theme,
            territory=doer[1],
        )

    def _type(self, one: Candidate, first: int, last: int) -> tuple[str, bool]:
        """Return the type of an action, and whether it is sure; one that users have added is known by its name."""
        code, likelihood = self._model.type(model_words(self._prose, first, last, one.named))
        named = (hit.code for hit in self._prose.find(self._types, first, last))
        added = next((added for added in named if added not in self._model.codes), "")
        return added or code, bool(added) or likelihood >= _LEAST_TYPE

    # --- for whom

    def _audience(self, one: Candidate, first: int, last: int, type_code: str) -> tuple[str, list[Span]]:
        """Return the public of an action, and the words that tell it."""
        for begin, end in ((first, last), (one.sentence.first, one.sentence.last)):
            hits = sorted(self._audiences(begin, end), key=lambda hit: hit.code == _PROFESSIONALS)
            if hits and (hits[0].code != _PROFESSIONALS or type_code in _FOR_PROFESSIONALS):
                return hits[0].code, [self._prose.span(hits[0].first, hits[0].last)]
        return (self._before.audience if type_code in _FOR_SOMEBODY else "") or _EVERYBODY, []

    # --- who

    def _territory(self, one: Candidate) -> tuple[Span | None, str]:
        """Return who did it: the one territory that is named, or that the sentence begins with; none in doubt."""
        named = one.named
        if self._prose.tokens[one.first].norm in _ASIDE:  # « En lien avec le parquet d’Arras, la ville de Lens a… »
            comma = self._prose.text.find(",", self._prose.tokens[one.first].start)
            named = tuple(other for other in named if other[0].start > comma) or named
        codes = _codes(named)
        if len(codes) == 1:
            return named[0]
        if not codes:
            is_known = self._goes_on(one) or self._before.heading_territory
            return None, self._before.territory if is_known else ""
        first, second = named[0], next(other for other in named if other[1] != codes[0])
        begin, end = self._prose.words(*first[0])
        between = self._prose.tokens[end : self._prose.words(*second[0])[0]]
        is_joined = any(token.norm in _JOINS for token in between[:2])
        return first if begin - one.first < OPENING and len(between) > 2 and not is_joined else (None, "")

    def _goes_on(self, one: Candidate) -> bool:
        """Return whether it goes on about the same: « Elle a aussi… », « La ville… »."""
        return self._prose.tokens[one.first].norm in _GOES_ON

    # --- on which theme

    def _theme(
        self, sentence: Sentence, first: int, last: int, audience: str, type_code: str, *, is_audience_said: bool
    ) -> tuple[str, bool]:
        """Return the theme of an action, and whether its own words tell it or no theme is told.

        Its words, its public, its sentence, its heading or the sentences before tell it.
        """
        hits = self._themes(sentence)
        inside = [hit for hit in hits if first <= hit.first < last]
        strong = [hit.code for hit in inside if hit.strength == STRONG]
        if audience in _THEME_OF and (not strong or _THEME_OF[audience] in strong):
            return _THEME_OF[audience], is_audience_said or bool(strong)
        strong += [hit.code for hit in hits if hit.strength == STRONG]
        if strong:
            return strong[0], True
        inherited = self._heading_theme(self._positions[sentence.block].heading) or self._before.theme
        if inherited:
            return inherited, any(hit.code == inherited for hit in inside)
        weak = min(inside, key=lambda hit: (hit.code != type_code, hit.first), default=None)
        return weak.code if weak else "", True

    def _heading_theme(self, heading: int | None) -> str:
        """Return the theme of a heading, the first that says it plainly: « Prévenir les rixes » is about « rixes »."""
        if heading is None:
            return ""
        block = self._prose.blocks[heading]
        hits = [hit for one in self._prose.sentences[block.first : block.last] for hit in self._themes(one)]
        return min(hits, key=lambda hit: (hit.strength != STRONG, hit.first)).code if hits else ""


def _codes(named: Iterable[Named]) -> tuple[str, ...]:
    """Return the codes of territories, each once."""
    return tuple(dict.fromkeys(code for _, code in named))


def _described(text: str) -> str:
    """Return a description: what was quoted, begun with a capital, cut at a word when it is too long."""
    text = text[:1].upper() + text[1:]
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
