"""Which meetings a text tells: its parts, one a meeting, with the networks and the dates that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from netstats.minutes import networks
from netstats.minutes.cues import MEETS, Cues
from netstats.minutes.date_mentions import CANCELLED, EARLIER, MEETING, MOVED, NEXT, DateMention, is_row
from netstats.minutes.dates import find_dates
from netstats.minutes.dating import BARE, SURE_NETWORK, read_dates
from netstats.minutes.drafts import Span, When
from netstats.minutes.networks import About, Networks
from netstats.minutes.prose import HEADING, ITEM, Block, Prose, Sentence
from netstats.reference.words import word_set

_OPENING = word_set("en dans le la les cote quant a pour du au reseau")  # « En Occitanie, … »
_LEADS = 2  # sentences of a paragraph, or its blocks, where a meeting is introduced
_PASSING, _LEAST_IN_HEADING, _CLEAR = 0.2, 1.0, 3.0  # weights of a network, or of a date, in the middle of a text
_LONGEST_HEADING, _LONGEST_VALUE = 8, 4  # words of a heading that tells of another meeting, of a date below it
_DATE_FIRST = 3  # words before the date of a heading that opens a meeting


@dataclass
class Part:
    """What a text says of one meeting: its sentences, the network and the date that introduce it."""

    sentences: list[Sentence] = field(default_factory=list)
    about: About | None = None
    when: DateMention | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands: one part of the text for sentences that follow each other."""
        spans: list[Span] = []
        number = -2
        for sentence in self.sentences:
            if spans and sentence.first == number:
                spans[-1] = Span(spans[-1].start, sentence.end)
            else:
                spans.append(sentence.span)
            number = sentence.last
        return tuple(spans)

    def follow(self, sentences: Sequence[Sentence], about: About | None, mention: DateMention | None) -> None:
        """Go on with a paragraph, and what it introduces that was not known yet."""
        self.sentences += sentences
        self.about = self.about or about
        # « Lettre de mai 2019 » gives way to « le vendredi 24 mai ».
        if mention is not None and (self.when is None or not _is_day(self.when)):
            self.when = mention


class DocumentContext:
    """The dates and the networks of a text, and its parts.

    `heading_roles`: for each block, the role that its heading gives it (`EARLIER`, `NEXT`, `CANCELLED`); mostly none.
    `abouts`: the networks that each sentence names. `preamble`: once cut into parts, the sentences before them, which
    are about all the meetings; `shared`, those that name several of their networks.
    """

    def __init__(self, prose: Prose, cues: Cues, finder: Networks, today: date) -> None:
        self.prose, self.cues, self.today = prose, cues, today
        self.heading_roles = _heading_roles(prose, cues)
        self.abouts = {sentence: list(finder.find(prose, cues, sentence)) for sentence in prose.sentences}
        self.dates = read_dates(prose, cues, self.heading_roles, self.abouts, today)
        self._by_sentence: dict[Sentence, list[DateMention]] = defaultdict(list)
        for mention in self.dates:
            self._by_sentence[mention.sentence].append(mention)
        self._weigh_those_that_open()
        self._has_meeting_date = any(mention.role == MEETING for mention in self.dates)
        self.preamble: list[Sentence] = []
        self.shared: list[Sentence] = []

    def dates_in(self, sentence: Sentence) -> list[DateMention]:
        """Return the dates of a sentence."""
        return self._by_sentence.get(sentence, [])

    def is_elsewhere(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells of another meeting than those of the text."""
        if sentence.block <= 1 and not self._has_meeting_date:
            return False  # « Dernière réunion en date … »: the text has no other
        if self._is_of_another_year(sentence):
            return True
        is_other = self.cues.has((EARLIER, NEXT, CANCELLED), sentence)
        return is_other and not any(mention.role in {MEETING, MOVED} for mention in self.dates_in(sentence))

    def _is_of_another_year(self, sentence: Sentence) -> bool:
        """Return whether a sentence begins with a year before those of the meetings: « En 2022, Lyon avait … »."""
        first = next(iter(self.dates_in(sentence)), None)
        if first is None or not first.dated.is_year or self.prose.words(*first.dated.span)[0] - sentence.first > 1:
            return False
        return bool(self._years) and (first.dated.days[0].year or 0) < min(self._years)

    @cached_property
    def _years(self) -> set[int]:
        held = (one.resolved[0] for one in self.dates if one.role == MEETING and one.resolved)
        return {when.first.year for when in held if when.precision == "day"}

    def is_bare(self, mention: DateMention, sentences: Sequence[Sentence]) -> bool:
        """Return whether a day that no word explains opens these sentences: it may be that of their meeting."""
        return mention.weight == BARE and _is_day(mention) and mention.sentence.block - sentences[0].block <= _LEADS

    # --- networks that open a paragraph

    def _weigh_those_that_open(self) -> None:
        """Let a network that begins a dated paragraph, or a line « IDF : », weigh as one that the text is about."""
        for sentence, abouts in self.abouts.items():
            self.abouts[sentence] = [
                about._replace(weight=max(about.weight, _CLEAR)) if self._opens(about, sentence) else about
                for about in abouts
            ]

    def _opens(self, about: About, sentence: Sentence) -> bool:
        """Return whether a network begins a paragraph that is dated: « En Occitanie, … », « IDF : le 22 novembre »."""
        before = self.prose.tokens[sentence.first : about.first]
        if about.weight <= _PASSING or any(word.norm not in _OPENING for word in before):
            return False
        labelled = self.prose.text[self.prose.tokens[about.last - 1].end :].lstrip(" \u00a0").startswith(":")
        following = self._next_of(sentence)
        return (
            self._is_dated(sentence)
            or (labelled and not before)
            or (bool(before) and following is not None and self._is_dated(following))
        )

    def _is_dated(self, sentence: Sentence) -> bool:
        return any(mention.role == MEETING for mention in self.dates_in(sentence))

    def _next_of(self, sentence: Sentence) -> Sentence | None:
        """Return the next sentence of the same paragraph."""
        block = self.prose.blocks[sentence.block]
        place = self.prose.sentences.index(sentence, block.first) + 1
        return self.prose.sentences[place] if place < block.last else None

    # --- parts

    def parts(self) -> list[Part]:
        """Return the parts of the text that tell a meeting each; one when the text tells one, or nothing to cut by."""
        parts = [Part()]
        anchor = 0  # block where the first meeting begins: what stands before may be about all of them
        several = self._names_several()
        for block in self.prose.blocks:
            sentences = self.prose.sentences[block.first : block.last]
            about, mention = self._introduced(sentences, block.kind)
            above = next((part for part in parts if about and part.about and part.about.code == about.code), None)
            if above is not None and above is not parts[-1] and mention is None:
                above.sentences += sentences  # goes on with one of the meetings above
                continue
            first_named = several and block.kind == HEADING and about and not parts[-1].about and parts[-1].sentences
            if first_named or self._is_another(parts[-1], about, mention, block):
                if len(parts) == 1:
                    parts = _cut(parts[0], anchor)
                parts.append(Part())
            elif len(parts) == 1 and not parts[0].about and not parts[0].when and (about or mention):
                number = sentences[0].block
                is_titled = number > 0 and self.prose.blocks[number - 1].kind == HEADING
                anchor = number - is_titled
            parts[-1].follow(sentences, about, mention)
        self.preamble, self.shared = [], []
        if sum(part.about is not None for part in parts) > 1:
            told = {part.about.code for part in parts if part.about}
            for part in parts:
                shared = dict.fromkeys(one for one in part.sentences if self._is_shared(one, told))
                self.shared += shared
                part.sentences = [one for one in part.sentences if one not in shared]
            while not parts[0].about:
                self.preamble += parts.pop(0).sentences
        return [part for part in parts if part.sentences]

    def _is_shared(self, sentence: Sentence, networks_told: set[str]) -> bool:
        """Return whether a sentence tells of several of these networks, and of none the date."""
        return len(self.named_in(sentence) & networks_told) > 1 and not self._is_dated(sentence)

    def _names_several(self) -> bool:
        """Return whether headings name several networks."""
        headings = (sentence for sentence in self.abouts if self.prose.blocks[sentence.block].kind == HEADING)
        abouts = [about for sentence in headings for about in self.abouts[sentence]]
        return len({about.code for about in abouts if about.weight >= _LEAST_IN_HEADING}) > 1

    def _introduced(self, sentences: Sequence[Sentence], kind: str) -> tuple[About | None, DateMention | None]:
        """Return the network and the date that a paragraph or a heading begins with."""
        about = mention = None
        least = _LEAST_IN_HEADING if kind in {HEADING, ITEM} else SURE_NETWORK
        for sentence in sentences[: 1 if kind == HEADING else _LEADS]:
            if self.heading_roles[sentence.block]:
                break
            named = [one for one in self.abouts[sentence] if one.weight >= least]
            if not self.is_elsewhere(sentence) and len(self.named_in(sentence)) <= 1:
                about = about or networks.best(named)
            dates = [one for one in self.dates_in(sentence) if one.role in {MEETING, MOVED} and one.resolved]
            mention = mention or max(dates, key=lambda one: one.weight, default=None)
        moved = (one for sentence in sentences for one in self.dates_in(sentence) if one.role == MOVED)
        return about, mention or next(moved, None)

    def named_in(self, sentence: Sentence) -> set[str]:
        """Return the networks that a sentence is about."""
        return {one.code for one in self.abouts[sentence] if one.weight >= SURE_NETWORK}

    def _is_another(self, current: Part, about: About | None, mention: DateMention | None, block: Block) -> bool:
        """Return whether a paragraph begins with another meeting than the one above."""
        sentence = self.prose.sentences[block.first]
        if about and current.about and about.code != current.about.code:
            clear = mention is not None and max(mention.weight, about.weight) >= _CLEAR
            return block.kind in {HEADING, ITEM} or clear or self.cues.has(("held", "present"), sentence)
        if mention is None or not self._is_another_date(current, mention):
            return False
        if is_row(self.prose, mention.dated, mention.sentence):
            return True
        if block.kind in {HEADING, ITEM}:  # « 2) Jeudi 23 juin 2022, La Rochelle », not « À bientôt, le 13 avril »
            first = self.prose.words(*mention.dated.span)[0]
            return first - mention.sentence.first <= _DATE_FIRST or self.cues.has(MEETS, mention.sentence)
        return about is not None and mention.weight >= _CLEAR

    def _is_another_date(self, current: Part, mention: DateMention) -> bool:
        """Return whether a date is that of another meeting: no other session of the one above, no more precise date."""
        if current.when is None or current.when.resolved is None or mention.resolved is None:
            return False
        if self.cues.has((EARLIER,), mention.sentence):
            return False
        if len(mention.dated.days) == 1 and self.cues.has(("second",), mention.sentence):
            return False
        here, there = mention.resolved[0], current.when.resolved[0]
        precise = _is_day(current.when) or is_row(self.prose, mention.dated, mention.sentence)
        return precise and here.first != there.first and not _is_within(here, there)


def _cut(part: Part, anchor: int) -> list[Part]:
    """Return a part without what stands before a block, and that."""
    if not anchor:
        return [part]
    before = Part([one for one in part.sentences if one.block < anchor])
    part.sentences = [one for one in part.sentences if one.block >= anchor]
    return [before, part]


def _is_day(mention: DateMention) -> bool:
    return mention.resolved is not None and mention.resolved[0].precision == "day"


def _is_within(inner: When, outer: When) -> bool:
    return outer.until is not None and outer.first <= inner.first <= outer.until


def _heading_roles(prose: Prose, cues: Cues) -> list[str]:
    """Return, for each block, the role that its heading gives it: « Retour sur la réunion précédente »; mostly none."""
    contexts = []
    role = ""
    for block in prose.blocks:
        sentence = prose.sentences[block.first]
        length = sentence.last - sentence.first
        if block.kind == HEADING:
            above, role = role, ""
            dated = bool(find_dates(prose.text[block.start : block.end]))
            if dated and above and length <= _LONGEST_VALUE:
                role = above  # « Prochaine réunion », and the date on the line below
            elif sentence.block and not dated and length <= _LONGEST_HEADING:
                role = next((one for one in (EARLIER, NEXT, CANCELLED) if cues.has((one,), sentence)), "")
        contexts.append(role)
    return contexts
