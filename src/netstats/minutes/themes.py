"""Themes of a meeting: what it was about, rather than every word of the field that its minutes say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from netstats.minutes.action_model import LEAST, load_model, model_words
from netstats.minutes.drafts import DOUBTFUL, LIKELY, PLAIN, SURE, Extracted, Span, Step
from netstats.minutes.outline import OPENING, is_row_of_cells, outline
from netstats.minutes.prose import ITEM, Prose, Sentence
from netstats.reference.vocabulary import STRONG, Hit, Vocabulary
from netstats.reference.words import word_set

# What a sentence is worth to a theme that it names. A heading or words that say what was discussed settle it alone, two
# sentences do, one that begins with it does; a mention at the end of a sentence does not.
_IN_HEADING, _DISCUSSED, _NEAR_A_CUE, _FOCUS, _NAMED, _IN_AN_ACTION = 3.0, 3.0, 1.6, 1.5, 1.0, 0.8
_SUBJECT, _HINT = 0.5, 0.3  # for an expression that says little alone: as the subject of the sentence, or in it
# Where the opening of the text tells its themes, others need more than one sentence that begins with them.
_ENOUGH, _ENOUGH_BESIDE = 1.5, 1.6
_FAR = 80  # words after which what announces a subject bears on nothing
_FIRST = 2  # paragraphs: the opening of a text
_MOST_EVIDENCE = 4

_SMALL = word_set("le la les l de du des d un une et a au aux en son sa ses leur leurs ont ete est sur enfin aussi")
_PARTS, _LINKS = frozenset(",;:"), frozenset({"et", "ou", "puis"})  # of an enumeration
_OF = word_set("de d du des le la les l un une")  # « prévention de la radicalisation », « prévenir les rixes »
_SAME_STEM = word_set("egalement rassemble rassemblee rassembles rassemblees")  # not « égalité », « rassemblement »
_PARTING = frozenset({"qui", "dont", "car", "parce", "puisque"})


def longest(hits: Iterable[Hit], masks: Sequence[tuple[int, int]] = ()) -> list[Hit]:
    """Return the hits that stand: not those inside a mask, nor those that a longer one overlaps."""
    kept = [hit for hit in hits if not any(first <= hit.first and hit.last <= last for first, last in masks)]
    ordered = sorted(kept, key=lambda hit: hit.first)
    starts = [hit.first for hit in ordered]
    widest = max((hit.last - hit.first for hit in kept), default=0)

    def near(hit: Hit) -> Iterable[Hit]:
        """Return the hits that may overlap one: a long sentence has hundreds."""
        return ordered[bisect_left(starts, hit.first - widest) : bisect_left(starts, hit.last)]

    return [hit for hit in kept if not any(_outweighs(other, hit) for other in near(hit))]


def _outweighs(other: Hit, hit: Hit) -> bool:
    if other.last - other.first <= hit.last - hit.first:
        return False
    if other.code == hit.code:
        return other.first <= hit.first and hit.last <= other.last
    return other.first < hit.last and hit.first < other.last


def theme_hits(prose: Prose, sentence: Sentence, vocabulary: Vocabulary) -> list[Hit]:
    """Return the expressions of themes in a sentence, without the names of services and bodies that hold one."""
    hits = prose.find(vocabulary.themes, sentence.first, sentence.last)
    if not hits:
        return []
    masks = [
        (cue.first, cue.last)
        for cue in prose.find(vocabulary.topic_cues, sentence.first, sentence.last)
        if cue.code == "mask"
    ]
    return longest([hit for hit in hits if not _says_something_else(prose, hit)], masks)


def _says_something_else(prose: Prose, hit: Hit) -> bool:
    """Return whether words only look like those of a theme: « également », « prévention de la radicalisation »."""
    word = prose.tokens[hit.first].norm
    after = prose.tokens[hit.last].norm if hit.last < len(prose.tokens) else ""
    is_of_another = word in {"prevention", "prevenir"} and hit.last == hit.first + 1 and after in _OF
    return word in _SAME_STEM or is_of_another


class _Tally:
    """What speaks for each theme."""

    def __init__(self) -> None:
        self.score: dict[str, float] = defaultdict(float)
        self._places: dict[str, list[tuple[float, Span]]] = defaultdict(list)

    def add(self, code: str, worth: float, span: Span) -> None:
        self.score[code] += worth
        self._places[code].append((worth, span))

    def reads(self, least: float, step: Step | None = None) -> tuple[Extracted[str], ...]:
        found = []
        for code, score in self.score.items():
            if score < least or max(worth for worth, _ in self._places[code]) < _SUBJECT:
                continue
            best = sorted(self._places[code], key=lambda one: -one[0])[:_MOST_EVIDENCE]
            spans = tuple(sorted(span for _, span in best))
            found.append(Extracted(code, spans, step or _step(score)))
        return tuple(sorted(found, key=lambda read: read.evidence[0]))


def _step(score: float) -> Step:
    if score >= _DISCUSSED:
        return PLAIN if score >= _DISCUSSED + _NAMED else SURE
    return LIKELY if score >= _ENOUGH + _NAMED / 2 else DOUBTFUL


def read_themes(
    prose: Prose, spans: Sequence[Span], vocabulary: Vocabulary, *, titles: Sequence[Span] = ()
) -> tuple[Extracted[str], ...]:
    """Return the themes of a meeting, in the order of the text; some parts are titles, whatever they look like.

    Expressions of strength `faible` count in a heading or where the text says what was discussed.
    """
    scale = _Scale(prose, vocabulary, titles)
    for sentence in prose.sentences_in(spans):
        scale.weigh(sentence)
    found = scale.about.reads(_ENOUGH_BESIDE if scale.is_declared else _ENOUGH)
    # A meeting that is only announced is told as others are announced; a short text may name its theme once.
    return found or scale.apart.reads(_DISCUSSED, LIKELY) or scale.about.reads(_IN_AN_ACTION, DOUBTFUL)


class _Scale:
    """Weighs what each sentence says for the themes of the meeting (`about`), or of others or of wishes (`apart`).

    `is_declared`: the title or the opening says what the meeting was about.
    """

    def __init__(self, prose: Prose, vocabulary: Vocabulary, titles: Sequence[Span]) -> None:
        self.about, self.apart = _Tally(), _Tally()
        self.is_declared = False
        self._prose = prose
        self._vocabulary = vocabulary
        self._titles = titles
        self._positions = outline(prose, vocabulary)
        self._opening: set[int] = set()  # numbers of the first paragraphs
        self._sections: dict[int | None, set[str]] = {}  # number of a heading inside the text -> themes that it names

    def weigh(self, sentence: Sentence) -> None:
        """Add what a sentence says."""
        position = self._positions[sentence.block]
        is_title = position.is_heading or self._is_a_title(sentence)
        if not is_title and not position.is_closed:
            self._opening.add(sentence.block)
        hits = theme_hits(self._prose, sentence, self._vocabulary)
        if not hits:
            return
        cues = self._cues(sentence)
        is_apart = self._is_apart(sentence, cues, is_title=is_title)
        heads = is_title or _is_run_in_heading(self._prose, sentence)
        named = {hit.code for hit in hits if hit.strength == STRONG} or {hit.code for hit in hits}
        if heads and self._opening and not is_apart:
            self._sections[sentence.block] = named
        best: dict[str, tuple[float, Hit]] = {}
        for hit in hits:
            if heads:
                is_sure = hit.strength == STRONG or (is_title and hit.code in named)
                worth = _IN_HEADING if is_sure else _FOCUS
            else:
                worth = self._worth(sentence, hit, cues, hits)
            if hit.strength != STRONG and self.is_declared and not self._is_opening():
                worth = min(worth, _FOCUS)
            if worth > best.get(hit.code, (0.0, hit))[0]:
                best[hit.code] = worth, hit
        for code, (worth, hit) in best.items():
            # An action whose words say a theme twice is given to it.
            times = sum(1 for other in hits if other.code == code and other.strength == STRONG)
            given = _FOCUS if worth == _IN_AN_ACTION and times > 1 else worth
            (self.apart if is_apart else self.about).add(code, given, self._prose.span(hit.first, hit.last))
            self.is_declared |= not is_apart and worth >= _DISCUSSED and self._is_opening()

    def _is_opening(self) -> bool:
        return len(self._opening) <= _FIRST

    def _is_a_title(self, sentence: Sentence) -> bool:
        is_known = any(title.start <= sentence.start and sentence.end <= title.end for title in self._titles)
        return is_known and not is_row_of_cells(self._prose, self._prose.blocks[sentence.block])

    def _cues(self, sentence: Sentence) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = defaultdict(list)
        for cue in self._prose.find(self._vocabulary.topic_cues, sentence.first, sentence.last):
            found[cue.code].append(cue)
        return found

    def _is_apart(self, sentence: Sentence, cues: dict[str, list[Hit]], *, is_title: bool) -> bool:
        """Return whether a sentence tells of another meeting, of a wish, or names a theme in passing."""
        block, position = self._prose.blocks[sentence.block], self._positions[sentence.block]
        is_listed = is_title or position.content > block.start or block.kind == ITEM
        is_undone = position.is_closed or (position.is_undone and is_listed)
        return is_undone or bool(cues["elsewhere"] or cues["passing"])

    def _worth(self, sentence: Sentence, hit: Hit, cues: dict[str, list[Hit]], hits: Sequence[Hit]) -> float:
        position = self._positions[sentence.block]
        is_strong = hit.strength == STRONG
        if position.tells_facts and is_strong:
            return _IN_AN_ACTION
        if _is_discussed(self._prose, sentence, hit, cues["topic"], hits):
            return _DISCUSSED
        section = self._sections.get(position.heading, {hit.code})
        if is_strong and hit.code not in section:
            return _IN_AN_ACTION
        if _is_discussed(self._prose, sentence, hit, cues["about"], hits):
            return _NEAR_A_CUE if is_strong else _HINT * 2
        if not is_strong:
            return _SUBJECT if hit.first - sentence.first <= 2 else _HINT
        words = model_words(self._prose, sentence.first, sentence.last)
        if load_model().is_action(words, ()) >= LEAST:
            return _IN_AN_ACTION
        return _FOCUS if hit.first - sentence.first < OPENING else _NAMED


def _is_run_in_heading(prose: Prose, sentence: Sentence) -> bool:
    """Return whether a sentence is the title of its paragraph: « a) Polices municipales. Les conséquences… »."""
    block = prose.blocks[sentence.block]
    return sentence.start == block.start and block.last - block.first > 1 and sentence.last - sentence.first <= 4


def _is_discussed(prose: Prose, sentence: Sentence, hit: Hit, cues: Sequence[Hit], hits: Sequence[Hit]) -> bool:
    """Return whether words that tell what was discussed bear on an expression."""
    near = bisect_left(cues, hit.first - _FAR, key=lambda cue: cue.first)
    for cue in cues[near : bisect_left(cues, hit.last + OPENING, key=lambda cue: cue.first)]:
        if cue.last <= hit.first:
            is_parted = not _PARTING.isdisjoint(token.norm for token in prose.tokens[cue.last : hit.first])
            is_object = hit.strength == STRONG or _is_object(prose, cue, hit, hits)
            if is_object and not is_parted and not _details(prose, cue, hit, hits):
                return True
            continue
        is_subject = hit.first - sentence.first < OPENING and 0 <= cue.first - hit.last < OPENING
        if is_subject or cue.first <= hit.first:
            return True
    return False


def _details(prose: Prose, cue: Hit, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Return whether an expression only details a theme that stands before a colon: « la vie nocturne : bruit… »."""
    colon = next((place for place in range(cue.last + 1, hit.first + 1) if ":" in prose.gap(place)), None)
    return colon is not None and any(other.first < colon and other.code != hit.code for other in hits)


def _is_object(prose: Prose, cue: Hit, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Return whether an expression is what a cue bears on, or one of several: « la médiation, puis les rodéos »."""
    start = hit.first
    while start > cue.last and not (_PARTS & set(prose.gap(start)) or prose.tokens[start - 1].norm in _LINKS):
        start -= 1
    words = [token for token in prose.tokens[start : hit.first] if token.norm not in _SMALL]
    return len(words) <= 1 and not any(start <= other.first and other.last <= hit.first for other in hits)


def themes_in(prose: Prose, span: Span, vocabulary: Vocabulary) -> tuple[Extracted[str], ...]:
    """Return every theme that a part of the text names, in its order."""
    found: dict[str, tuple[Span, ...]] = {}
    for first, last in _parts(prose, span):
        sentence = Sentence(span.start, span.end, first, last, 0)
        for hit in sorted(theme_hits(prose, sentence, vocabulary), key=lambda hit: hit.first):
            found.setdefault(hit.code, (prose.span(hit.first, hit.last),))
    return tuple(Extracted(code, evidence) for code, evidence in found.items())


def _parts(prose: Prose, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the words of the sentences in a part of the text: no expression goes from one to the next."""
    first, last = prose.words(span.start, span.end)
    place = max(0, bisect_right(prose.sentences, first, key=lambda sentence: sentence.first) - 1)
    while place < len(prose.sentences) and (sentence := prose.sentences[place]).first < last:
        place += 1
        begin, end = max(first, sentence.first), min(last, sentence.last)
        if begin < end:
            yield begin, end
