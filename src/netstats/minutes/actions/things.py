"""What the verb of a clause bears on, which tells the type of the action: the verb itself, its objects, its subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from netstats.minutes.actions.clauses import OPENING, OTHER, TYPES, Clause
from netstats.minutes.actions.verbs import LINKS, Verb
from netstats.reference.vocabulary import STRONG, Hit
from netstats.reference.words import word_set

_REMOTE = "continuite-distance"
_ENUMERATING = word_set("entre notamment comme")


class Thing(NamedTuple):
    """What was done: its type, the words that tell it (tokens first to last), the expression that told the type."""

    type: str
    first: int
    last: int
    hit: Hit | None


def find_things(clause: Clause, verb: Verb, start: int, stop: int) -> list[Thing]:
    """Return what a verb does: tokens start to stop are its subject, itself and what follows."""
    strong = [hit for hit in clause.types if hit.strength == STRONG and start <= hit.first < stop]
    goes_on = any(cue.first < verb.last and cue.last > verb.first - OPENING for cue in clause.cues[_REMOTE])
    manner = [hit for hit in strong if is_manner(clause, hit)]
    if not goes_on:  # « recense en ligne », « propose un entretien à distance »
        strong = [hit for hit in strong if hit not in manner]
    # Some verbs tell the type alone, whatever they bear on: « forme ses agents », « évalue ».
    alone = [cue for role in TYPES for cue in clause.cues[role]]
    own = [hit for hit in (*strong, *alone) if verb.first <= hit.first < verb.last]
    if own:
        return [whole(own[-1], start, stop)]
    after = [hit for hit in strong if hit.first >= verb.last]
    before = [hit for hit in strong if hit.last <= verb.first]
    listed = _enumerated(clause, after, verb.last, stop)
    if listed:
        return listed
    objects = list(find_objects(clause, after, verb.last, stop, start))
    is_remote = goes_on and bool(manner) and manner[0].first >= verb.last
    if is_remote:
        return [whole(manner[0], start, stop)]
    if before and (verb.is_passive or not objects):
        return _subjects(clause, before, verb, start, stop)
    if objects:
        return objects
    other = [hit for hit in clause.types if hit.code == OTHER and verb.last <= hit.first < stop]
    return [whole(hit, start, stop) for hit in [*other, *after][:1]]


def whole(hit: Hit | None, first: int, last: int) -> Thing:
    """Return what tokens first to last tell as one thing, of another type when no expression tells it."""
    return Thing(hit.code if hit else OTHER, first, last, hit)


def is_manner(clause: Clause, hit: Hit) -> bool:
    """Return whether it says how: « a basculé ses permanences juridiques en visioconférence »."""
    return hit.code == _REMOTE and clause.words[hit.first].norm in {"en", "a", "par", "sur"}


def find_objects(
    clause: Clause, hits: Sequence[Hit], first: int, last: int, start: int | None = None
) -> Iterator[Thing]:
    """Yield the objects of a verb, not what goes with them: « une brigade, avec la gendarmerie ».

    The first goes from `start` to the last word; each of the others is its own part.
    """
    goes_with = False
    seen: set[str] = set()
    for number, (begin, end) in enumerate(_segments(clause, first, last)):
        goes_with = goes_with and "," not in clause.prose.gap(begin)
        limit = next((cue.first for cue in clause.cues["complement"] if begin <= cue.first < end), end)
        head = next((hit for hit in hits if begin <= hit.first < limit and not goes_with), None)
        goes_with = goes_with or limit < end
        if head is None or (seen and clause.words[begin].text.isdecimal()):
            continue  # « formation des agents, 45 agents formés » only counts what was done
        away = head.first - begin
        if not seen:
            yield whole(head, first if start is None else start, last)
        elif away < OPENING and (head.code not in seen or (number > 0 and away <= 2)):
            yield whole(head, begin, end)
        seen.add(head.code)


def _subjects(clause: Clause, hits: Sequence[Hit], verb: Verb, start: int, stop: int) -> list[Thing]:
    """Return the subjects of a verb one by one, or its one subject in each place where it was done."""
    first = hits[0]
    items = list(_items(clause, hits, start, verb.first))
    if verb.is_passive and len(items) > 1:
        return items
    for hit in hits[1:]:
        between = {token.norm for token in clause.words[first.last : hit.first]}
        is_near = first.last <= hit.first <= first.last + OPENING
        if hit.code != first.code and is_near and not between.isdisjoint(LINKS):
            return [whole(first, start, hit.first - 1), whole(hit, hit.first, stop)]
    again = _second_place(clause, verb.last, stop) if verb.is_passive else None
    if again is not None:
        return [whole(first, start, again), whole(first, again, stop)]
    return [whole(first, start, stop)]


def _second_place(clause: Clause, first: int, last: int) -> int | None:
    """Return where « dans les centres commerciaux et dans les pharmacies » names a second place."""
    places = [place for place in range(first, last) if clause.words[place].norm == "dans"]
    return places[1] if len(places) == 2 and clause.words[places[1] - 1].norm == "et" else None


def _enumerated(clause: Clause, hits: Sequence[Hit], first: int, last: int) -> list[Thing]:
    """Return the items of « …entre appels téléphoniques, livraisons de repas ou cellule d’écoute »."""
    for place in range(first, last):
        is_word = clause.words[place].norm in _ENUMERATING
        if is_word or (place > first and ":" in clause.prose.gap(place)):
            begin = place + is_word
            items = list(_items(clause, [hit for hit in hits if hit.first >= begin], begin, last))
            if len(items) > 1:
                return items
    return []


def _items(clause: Clause, hits: Sequence[Hit], first: int, last: int) -> Iterator[Thing]:
    for begin, end in _segments(clause, first, last):
        head = next((hit for hit in hits if begin <= hit.first < min(end, begin + OPENING)), None)
        if head is not None:
            yield whole(head, begin, end)


def _segments(clause: Clause, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the parts between commas and « et », « ou », « puis »."""
    start = first
    for place in range(first + 1, last):
        is_link = clause.words[place].norm in LINKS
        if is_link or "," in clause.prose.gap(place):
            if start < place:
                yield start, place
            start = place + is_link
    if start < last:
        yield start, last
