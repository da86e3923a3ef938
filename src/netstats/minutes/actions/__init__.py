"""Actions that minutes tell: what territories did or do, rather than what is wished, feared or decided elsewhere.

A sentence is cut into clauses. In each, the verbs that do something (« a recruté », « organise », « continue de
tenir ») are looked for; what each of them bears on tells the type: the verb itself (« sensibilise »), its objects one
by one, its subject, and at last what only goes with it (« avec le parquet »). After a wish, or with the network as
subject, nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from netstats.minutes.actions.clauses import (
    AUXILIARIES,
    BREAKS,
    OPENING,
    OTHER,
    PREPOSITIONS,
    Clause,
    Clauses,
    Territories,
    codes_of,
)
from netstats.minutes.actions.details import Details
from netstats.minutes.actions.things import Thing, find_objects, find_things, is_manner, whole
from netstats.minutes.actions.verbs import Verb, find_verbs, follows_se
from netstats.minutes.drafts import DOUBTFUL, LIKELY, SURE, Action, Span
from netstats.minutes.outline import Position, outline
from netstats.minutes.prose import ITEM, Prose, Sentence
from netstats.reference.vocabulary import STRONG, Vocabulary

__all__ = ["read_actions"]

_LONGEST = 500  # characters of a description


def read_actions(
    prose: Prose, spans: Sequence[Span], vocabulary: Vocabulary, *, places: Territories
) -> tuple[Action, ...]:
    """Return what territories did in parts of a text, in its order, one action for each thing done."""
    return tuple(_Reader(prose, vocabulary, places).read(spans))


class _Reader:
    def __init__(self, prose: Prose, vocabulary: Vocabulary, places: Territories) -> None:
        self._prose = prose
        self._words = prose.tokens
        self._positions = outline(prose, vocabulary)
        self._clauses = Clauses(prose, vocabulary, places)
        self._details = Details(prose, vocabulary, self._positions)

    def read(self, spans: Sequence[Span]) -> Iterator[Action]:
        for sentence in self._prose.sentences_in(spans):
            position = self._positions[sentence.block]
            codes = self._clauses.codes(sentence.start, sentence.end) if position.is_heading else ()
            self._details.turn_to(sentence, codes)
            if not position.is_closed and not position.is_undone:
                yield from self._sentence(sentence, position)
            self._details.remember(sentence)

    def _sentence(self, sentence: Sentence, position: Position) -> Iterator[Action]:
        if self._prose.text[sentence.start : sentence.end].rstrip(" »\u00a0").endswith("?"):
            return
        first, clauses = sentence.first, self._clauses
        label: tuple[str, ...] = ()
        if position.content > sentence.start:
            label = clauses.codes(sentence.start, position.content)
            first = self._prose.words(position.content, sentence.end)[0]
        if first >= sentence.last or (position.is_heading and not label):
            return
        cues = clauses.cues(sentence.first, sentence.last)
        if cues["presence"] or cues["elsewhere"] or (cues["meeting"] and clauses.is_dated(sentence)):
            return
        if clauses.is_agenda(sentence, cues["agenda"], is_listed=position.is_agenda and not label):
            return
        named = clauses.named(first, sentence)
        is_listed = first > sentence.first or self._prose.blocks[sentence.block].kind == ITEM
        is_first = True
        for clause in clauses.cut(sentence, first, cues, named, label, is_item=position.tells_facts and is_listed):
            for action in self._clause(clause, is_first=is_first):
                is_first = False
                yield action
        if named or label or not clauses.goes_on(first):
            self._details.named(codes_of(named) or label)

    # --- one clause

    def _clause(self, clause: Clause, *, is_first: bool) -> Iterator[Action]:
        is_under_a_territory = self._details.is_under_a_territory
        verbs = [one for one in find_verbs(clause, is_under_a_territory=is_under_a_territory) if one.first < clause.end]
        if not (clause.named or clause.label) and clause.has("topic"):
            return
        if self._is_about_others(clause, verbs[0].first if verbs else clause.last):
            return
        if _is_a_meeting(clause) or (not clause.tells_who and clause.has("problem")):
            return
        done = list(self._done(clause, verbs))
        if done:
            yield from done
            return
        opening = self._words[min(clause.first + OPENING, clause.last - 1)].start
        is_led = bool(clause.label) or any(span.start <= opening for span, _ in clause.named)
        if verbs:
            if is_first and (is_led or (clause.named and verbs[0].is_passive)):
                yield from self._hinted(clause, verbs[0])
        elif clause.end == clause.last:
            yield from self._nominal(clause, is_led=is_led)

    def _is_about_others(self, clause: Clause, verb: int) -> bool:
        """Return whether the subject of the verb is the network, a law or a person."""
        for cue in (*clause.cues["network"], *clause.cues["law"]):
            away = cue.first - clause.first
            is_named_before = any(span.start < self._words[cue.first].start for span, _ in clause.named)
            before = self._words[cue.first - 1].norm if away else ""
            told_us = is_named_before and self._words[min(cue.last, clause.last - 1)].text in AUXILIARIES
            if before in PREPOSITIONS or told_us:  # « plus près de nous, Lens… », « Lens nous a raconté »
                continue
            if cue.first < verb and away <= 2 * OPENING and (away <= 2 or not is_named_before):
                return True
        return False

    def _done(self, clause: Clause, verbs: Sequence[Verb]) -> Iterator[Action]:
        """Yield what the verbs of a clause do."""
        reached = clause.first  # « accueille et oriente les victimes » is one thing, that of the first verb
        for number, verb in enumerate(verbs):
            if verb.first < reached:
                continue
            stop = verbs[number + 1].first if number + 1 < len(verbs) else clause.end
            start = verbs[number - 1].last if number else clause.first
            for thing in find_things(clause, verb, start, stop):
                last = thing.last
                if thing.hit is not None and thing.hit.last > stop:
                    reached = thing.hit.last
                    last = next((one.first for one in verbs[number + 1 :] if one.first >= reached), clause.end)
                yield from self._actions(clause, thing._replace(last=last), verb, start)

    def _hinted(self, clause: Clause, verb: Verb) -> Iterator[Action]:
        """Yield what a territory does that no strong expression tells."""
        before = [hit for hit in clause.types if hit.first < clause.end and not is_manner(clause, hit)]
        if follows_se(clause, verb.first) or any(hit.strength == STRONG for hit in before):
            return
        if before or (len(codes_of(clause.named)) == 1 and not clause.label):
            thing = whole(before[0] if before else None, clause.first, clause.end)
            yield from self._actions(clause, thing, verb, clause.first)

    def _nominal(self, clause: Clause, *, is_led: bool) -> Iterator[Action]:
        """Yield what is told without a verb that we know: « Lens : recrutement de deux médiateurs »."""
        strong = [hit for hit in clause.types if hit.strength == STRONG]
        begins = bool(strong and clause.named) and strong[0].first - clause.first < OPENING
        first = strong[0].first if strong else clause.last
        said = (cue for role in ("topic", "idle", "problem", "network") for cue in clause.cues[role])
        if not (is_led or clause.is_item or begins) or any(cue.first < first for cue in said):
            return
        things: list[Thing] = []
        if strong:
            things = list(find_objects(clause, strong, clause.first, clause.end))
            things = things or [whole(strong[0], clause.first, clause.end)]
        elif clause.label and clause.is_item:
            things = [whole(clause.types[0] if clause.types else None, clause.first, clause.end)]
        for thing in things:
            yield from self._actions(clause, thing, None, clause.first)

    # --- an action

    def _actions(self, clause: Clause, thing: Thing, verb: Verb | None, start: int) -> Iterator[Action]:
        """Yield a thing done, once for each territory of which the text says so."""
        sentence = clause.sentence
        is_whole = thing.first == clause.first
        audience, said = self._details.audience(clause, thing, verb)
        evidence = [self._prose.span(thing.first, max(thing.last, thing.first + 1))]
        if thing.hit is not None:
            evidence.append(self._prose.span(thing.hit.first, thing.hit.last))
        evidence += said
        stands_alone = is_whole and self._stands_alone(clause)
        quoted = self._prose.span(clause.first, clause.last) if stands_alone else sentence.span
        theme, is_said = self._details.theme(sentence, thing, audience, is_audience_said=bool(said))
        confidence = _confidence(thing, verb, tells_who=clause.tells_who, is_whole=is_whole)
        confidence = confidence if is_said else min(confidence, LIKELY)
        for span, code in self._details.doers(clause, verb, start):
            spans = (*evidence, span) if span is not None else tuple(evidence)
            yield Action(thing.type, _described(self._prose.quote(quoted)), spans, confidence, audience, theme, code)

    def _stands_alone(self, clause: Clause) -> bool:
        """Return whether a clause says enough without the rest of its sentence."""
        is_all = (clause.first, clause.last) == (clause.sentence.first, clause.sentence.last)
        return not is_all and self._words[clause.first].norm not in BREAKS and clause.last - clause.first > OPENING


def _is_a_meeting(clause: Clause) -> bool:
    """Return whether a clause only tells who met and why: « … dont Lille, pour parler de santé mentale »."""
    done = (*clause.cues["doing"], *(hit for hit in clause.types if hit.strength == STRONG))
    return any(not any(hit.first < cue.first for hit in done) for cue in clause.cues["purpose"])


def _confidence(thing: Thing, verb: Verb | None, *, tells_who: bool, is_whole: bool) -> float:
    if thing.type == OTHER:
        return DOUBTFUL
    if tells_who and verb is not None and thing.hit is not None and thing.hit.strength == STRONG:
        return SURE
    return LIKELY if tells_who or is_whole else (LIKELY + DOUBTFUL) / 2


def _described(text: str) -> str:
    """Return a description: what was quoted, begun with a capital, cut at a word when it is too long."""
    text = text[:1].upper() + text[1:]
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
