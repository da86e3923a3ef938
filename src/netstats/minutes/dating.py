"""What the dates of a text are the dates of: of the meeting, an earlier or a next one, a law, a publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from netstats.intake.dates import WEEKDAYS
from netstats.minutes.cues import MEETS, Cues
from netstats.minutes.date_mentions import (
    CANCELLED,
    EARLIER,
    LAW,
    MEETING,
    MOVED,
    NEXT,
    OTHER,
    PUBLISHED,
    DateMention,
    is_row,
)
from netstats.minutes.dates import LAST_WEEKDAY, Dated, Day, exists, find_dates, month_number
from netstats.minutes.drafts import DOUBTFUL, Span
from netstats.minutes.networks import About
from netstats.minutes.prose import HEADING, Prose, Sentence
from netstats.minutes.years import Years, whole_day
from netstats.reference.fold import normalize

SURE_NETWORK = 2.0
"""Weight of a network that a sentence is about."""

BARE = 0.5
"""Weight of a date that no word explains."""

# role, the cues that tell it, how many words may stand between: after the cue, before it; of equals, the first
_CUES = (
    (MOVED, "moved", 6, 0),
    (CANCELLED, "moved", 0, 6),  # « la réunion du 6 mars est repoussée au … »
    (LAW, "law", 6, 2),
    (PUBLISHED, "published", 4, 0),
    (OTHER, "other_date", 3, 0),
    (CANCELLED, "cancelled", 14, 12),
    (NEXT, "next", 14, 8),
    (EARLIER, "earlier", 10, 8),
)
_OF_ANOTHER_MEETING = frozenset({CANCELLED, NEXT, EARLIER})
_FAR = 99
_INTRODUCTION, _OPENING_BLOCKS, _TITLES = 4, 2, 1  # last block
_HELD, _MEETS, _IN_HEADING, _EARLY, _OPENS, _IN_ROW, _BY_NETWORK, _YEAR = 3.0, 2.0, 2.0, 1.0, 1.0, 1.5, 1.5, -2.0
_MONTH_ALONE = re.compile(r"([^\W\d_]+)(?:[\s\u00a0]+((?:19|20)\d\d))?")
_DAY_ALONE = re.compile(r"[Ll]e (\d{1,2})(?:er)?(?=,| )(?! \w+ (?:19|20)\d\d)")
_QUOTES = re.compile(r"Le [^\n]{8,30} (?:à )?\d{1,2}[:h]\d\d,?[^\n]{0,120}\sa\sécrit\s?:")
_DATE_LINE = re.compile(r"(?:date|envoyé|le)[\s\u00a0]*:", re.IGNORECASE)
# « Paris, le 9 octobre », « Fait à Lille, le », « Publié le »
_LONGEST_DATELINE = 80  # characters
_DATELINE = re.compile(r"(?:[A-ZÀ-Þ][\w’' -]{1,30},[ \u00a0]*)?(?:(?:[Pp]ublié |[Mm]is en ligne )?[Ll]e[ \u00a0]+)?")
_CAPTION = re.compile(r"\b(?:illustration|photo|photographie|crédits?|légende|archives?)\b[ \u00a0]*:|©", re.IGNORECASE)
_LETTER_LINE = re.compile(r"(?:de|à|from|to|cc|expéditeur|destinataires?)[\s\u00a0]*:", re.IGNORECASE)


def read_dates(
    prose: Prose, cues: Cues, heading_roles: Sequence[str], abouts: Mapping[Sentence, Sequence[About]], today: date
) -> list[DateMention]:
    """Return the dates of a text, in their order, with what they are the dates of.

    `heading_roles` are the roles that its heading gives each block; after `today`, no year is tried for a weekday.
    """
    return _Dates(prose, cues, heading_roles, abouts, today).read()


@dataclass(frozen=True, eq=False)
class _Dates:
    prose: Prose
    cues: Cues
    heading_roles: Sequence[str]
    abouts: Mapping[Sentence, Sequence[About]]
    today: date

    def read(self) -> list[DateMention]:
        years = Years(self.prose, self._found, self.today)
        mentions = [one if one.dated.is_year else replace(one, resolved=years.resolve(one)) for one in self._found]
        roles: dict[date, set[str]] = defaultdict(set)
        for one in mentions:
            if one.resolved:
                roles[one.resolved[0].first].add(one.role)
        mentions = [self._as_elsewhere(one, roles) for one in mentions]
        told = [
            one
            for one in mentions
            if one.role == MEETING and self.cues.has((*MEETS, "present", "gathered"), one.sentence)
        ]
        days = {one.resolved[0].first for one in told if one.resolved}
        mentions = [self._as_published(one, told, days) for one in mentions] if told else mentions
        if any(one.role in {MEETING, NEXT, CANCELLED, MOVED} and not one.dated.is_year for one in mentions):
            return mentions
        # No word tells of a meeting: the first date that is no other's is the one, to be looked at.
        bare = next((one for one in mentions if _is_bare_day(one)), None)
        if bare is not None and bare.resolved is not None:
            doubtful = replace(bare, role=MEETING, weight=1.0, resolved=(bare.resolved[0], DOUBTFUL))
            mentions = [doubtful if one is bare else one for one in mentions]
        return mentions

    @cached_property
    def _found(self) -> list[DateMention]:
        found = []
        for dated in find_dates(self.prose.text):
            sentence = self._sentence_at(dated.span.start)
            if sentence is not None and dated.span.end <= sentence.end:
                found.append(DateMention(dated, sentence, *self._role(dated, sentence)))
        found += [*self._under_months(), *self._last_weekdays(found)]
        return sorted(found, key=lambda one: one.dated.span)

    def _sentence_at(self, offset: int) -> Sentence | None:
        place = bisect_right(self.prose.sentences, offset, key=lambda sentence: sentence.start) - 1
        return self.prose.sentences[place] if place >= 0 else None

    def _under_months(self) -> Iterator[DateMention]:
        """Yield the days whose month is the heading above: « SEPTEMBRE », « Le 16, le réseau … »."""
        month = year = None
        for block in self.prose.blocks:
            sentence = self.prose.sentences[block.first]
            if block.kind == HEADING:
                found = _MONTH_ALONE.fullmatch(self.prose.text[block.start : block.end].strip())
                month = month_number(found[1]) if found else None
                year = int(found[2]) if found and found[2] else None
            elif (
                month
                and (day := _DAY_ALONE.match(self.prose.text, sentence.start))
                and exists(int(day[1]), month, year or 2000)
            ):
                yield DateMention(
                    Dated(Span(*day.span(1)), (Day(int(day[1]), month, year),)), sentence, MEETING, _MEETS
                )

    def _last_weekdays(self, found: Iterable[DateMention]) -> Iterator[DateMention]:
        """Yield « mercredi dernier », counted from the day when the text was written, if it says so."""
        written = {whole_day(one.dated) for one in found if one.role == PUBLISHED and one.dated.days[0].day}
        if len(written) != 1:
            return
        (reference,) = written
        for match in LAST_WEEKDAY.finditer(self.prose.text) if reference else ():
            sentence = self._sentence_at(match.start())
            if sentence is None or reference is None:
                continue
            back = (reference.weekday() - WEEKDAYS.index(normalize(match[1])) - 1) % 7 + 1
            on = reference - timedelta(days=back)
            dated = Dated(Span(*match.span()), (Day(on.day, on.month, on.year),))
            yield DateMention(dated, sentence, *self._role(dated, sentence))

    # --- what a date is the date of

    @cached_property
    def _is_caption(self) -> dict[Sentence, bool]:
        """Whether a sentence is the caption of a picture."""
        text, sentences = self.prose.text, self.prose.sentences
        return {one: _CAPTION.search(text, one.start, one.end) is not None for one in sentences}

    def _role(self, dated: Dated, sentence: Sentence) -> tuple[str, float]:
        first, last = self.prose.words(*dated.span)

        def away(roles: Sequence[str], before: int, after: int) -> int:
            distance = self.cues.distance(roles, sentence, first, last, before=before, after=after)
            return _FAR if distance is None else distance

        near = [(away((cue,), before, after), role) for role, cue, before, after in _CUES]
        distance, role = min(near, key=lambda one: one[0])
        meets = away((*MEETS, "present", "gathered"), 16, 12)
        held = away(("held",), 12, 9)
        if role == MOVED and distance < _FAR:
            return (MOVED, _MEETS) if held == _FAR else (MEETING, _HELD)
        if role == CANCELLED and held < distance:  # « prévue d’abord le 12, s’est finalement tenue le 16 »
            return MEETING, _HELD
        if distance < _FAR and (distance <= meets or role in _OF_ANOTHER_MEETING):
            return role, 0.0
        if self.heading_roles[sentence.block]:
            return self.heading_roles[sentence.block], 0.0
        if self._is_letterhead(sentence):
            return PUBLISHED, 0.0
        if self._is_caption[sentence]:
            return OTHER, 0.0
        weight = 0.0 if meets == _FAR else _HELD if held < _FAR else _MEETS
        weight += self._weight_of_place(dated, sentence, first)
        if not weight:
            abouts = self.abouts[sentence]
            weight = _BY_NETWORK * any(one.weight >= SURE_NETWORK or one.first == sentence.first for one in abouts)
        weight += _YEAR * dated.is_year
        return (MEETING, weight) if weight > 0 else (OTHER, BARE)

    def _weight_of_place(self, dated: Dated, sentence: Sentence, first: int) -> float:
        opens = first - sentence.first <= 2 and self.prose.tokens[sentence.first].norm in {"date", "le", "ce"}
        return (
            _IN_HEADING * (self.prose.blocks[sentence.block].kind == HEADING)
            + _EARLY * (sentence.block <= _OPENING_BLOCKS)
            + _OPENS * opens
            + _IN_ROW * is_row(self.prose, dated, sentence)
        )

    def _is_letterhead(self, sentence: Sentence) -> bool:
        """Return whether a line is that of a letter: « Date : » beside « De : », « À : », « Objet : »."""
        if _QUOTES.match(self.prose.text, sentence.start):  # « Le ven. 17 mars 2023 à 16:48, … a écrit : »
            return True
        if not _DATE_LINE.match(self.prose.text, sentence.start):
            return False
        near = self.prose.blocks[max(0, sentence.block - 3) : sentence.block + 4]
        return any(_LETTER_LINE.match(self.prose.text, block.start) for block in near)

    def _as_elsewhere(self, mention: DateMention, roles: Mapping[date, set[str]]) -> DateMention:
        """Return a date with the role that the text gives it elsewhere: an invitation says « se tiendra » once."""
        if mention.role != MEETING or mention.resolved is None or self.cues.has(("held",), mention.sentence):
            return mention
        same = roles[mention.resolved[0].first]
        role = next((role for role in (MOVED, CANCELLED, NEXT) if role in same), NEXT if self._is_to_come else None)
        return replace(mention, role=role, weight=0.0) if role else mention

    def _as_published(self, mention: DateMention, told: Sequence[DateMention], days: Container[date]) -> DateMention:
        """Return a date that stands alone under the title as that of the text, if a sentence tells a meeting's."""
        sentence = mention.sentence
        if mention.role != MEETING or sentence.block > _OPENING_BLOCKS or not self._stands_alone(mention):
            return mention
        here = [one for one in told if one.sentence == sentence]
        if len(here) == len(told) or (mention.resolved and mention.resolved[0].first in days and not here):
            return mention
        return replace(mention, role=PUBLISHED, weight=0.0)

    def _stands_alone(self, mention: DateMention) -> bool:
        """Return whether a date is a line of its own, or opens one as in the press: « Paris, le 9 octobre – … »."""
        if mention.dated.span.start - mention.sentence.start > _LONGEST_DATELINE:
            return False
        before = self.prose.text[mention.sentence.start : mention.dated.span.start]
        after = self.prose.text[mention.dated.span.end : mention.sentence.end].strip(" \u00a0.")
        return _DATELINE.fullmatch(before) is not None and (not after or after[0] in "–—-")

    @cached_property
    def _is_to_come(self) -> bool:
        """Whether a text begins with an invitation and says nowhere that a meeting was held."""
        begins = [sentence for sentence in self.prose.sentences if sentence.block <= _TITLES]
        return any(self.cues.has((NEXT,), sentence) for sentence in begins) and not any(
            self.cues.has(("held", "present"), sentence) and not self.cues.has((NEXT, EARLIER), sentence)
            for sentence in self.prose.sentences
        )


def _is_bare_day(mention: DateMention) -> bool:
    is_day = mention.resolved is not None and mention.resolved[0].precision == "day"
    return mention.weight == BARE and is_day and mention.sentence.block <= _INTRODUCTION
