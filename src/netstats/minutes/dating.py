"""What the dates of a text are the dates of: of the meeting, an earlier or a next one, a law, a publication."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from netstats.intake.dates import WEEKDAYS
from netstats.minutes.cues import MEETS, Cues
from netstats.minutes.dates import LAST_WEEKDAY, Dated, Day, exists, find_dates, month_number, resolve
from netstats.minutes.drafts import DOUBTFUL, Span, When
from netstats.minutes.networks import About
from netstats.minutes.prose import HEADING, Prose, Sentence
from netstats.reference.fold import normalize

MEETING, EARLIER, NEXT, CANCELLED, OTHER = "meeting", "earlier", "next", "cancelled", "other"
LAW, PUBLISHED = "law", "published"

WHY = {
    EARLIER: "date d’une autre réunion",
    NEXT: "réunion à venir",
    CANCELLED: "réunion annulée ou reportée",
    LAW: "date d’un texte de loi",
    PUBLISHED: "date de publication",
    OTHER: "pas une date de réunion",
}
"""Role of a date → why it is none of the meeting's."""

SURE_NETWORK = 2.0
"""Weight of a network that a sentence is about."""

BARE = 0.5
"""Weight of a date that no word explains."""

# role -> the cues that tell it, and how many words may stand between: after the cue, before it
_CUES = {
    LAW: ("law", 6, 2),
    PUBLISHED: ("published", 4, 0),
    OTHER: ("other_date", 3, 0),
    CANCELLED: ("cancelled", 14, 12),
    NEXT: ("next", 14, 8),
    EARLIER: ("earlier", 10, 8),
}
_OF_ANOTHER_MEETING = frozenset({CANCELLED, NEXT, EARLIER})
_FAR = 99
_INTRODUCTION, _OPENING_BLOCKS, _TITLES = 4, 2, 1  # last block
_HELD, _MEETS, _IN_HEADING, _EARLY, _OPENS, _IN_ROW, _BY_NETWORK, _YEAR = 3.0, 2.0, 2.0, 1.0, 1.0, 1.5, 1.5, -2.0
# What a year of the text is worth for a date without one, by the role of the date where it stands.
_WORTH_OF_YEARS = {CANCELLED: 0.2}
_YEAR_ALONE, _OTHER_DATE, _IN_TITLE = -0.5, -2.0, 2.0

_MOST_DATES, _FIRST_DATES = 100, 10  # looked at on each side of one, and at the beginning

_MONTH_ALONE = re.compile(r"([^\W\d_]+)(?:[\s\u00a0]+((?:19|20)\d\d))?")
_DAY_ALONE = re.compile(r"[Ll]e (\d{1,2})(?:er)?(?=,| )(?! \w+ (?:19|20)\d\d)")
_DATE_LINE = re.compile(r"(?:date|envoyé|le)[\s\u00a0]*:", re.IGNORECASE)
_LETTER_LINE = re.compile(r"(?:de|à|from|to|cc|expéditeur|destinataires?)[\s\u00a0]*:", re.IGNORECASE)


@dataclass(frozen=True)
class DateMention:
    """A date of the text and what it is the date of: its role is `MEETING` or one of `WHY`.

    `weight`: of a meeting's date, how clearly it is one. `resolved`: when that was and how sure it is; None when the
    year is not told.
    """

    dated: Dated
    sentence: Sentence
    role: str
    weight: float
    resolved: tuple[When, float] | None = None


def is_row(prose: Prose, dated: Dated, sentence: Sentence) -> bool:
    """Return whether a line is that of a table of meetings: « 8 mars 2022 ; visioconférence ; … »."""
    cells = prose.text[dated.span.end : sentence.end]
    is_first = prose.words(*dated.span)[0] == sentence.first
    return is_first and any(mark in cells for mark in (" ; ", "\t", " | "))


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
        mentions = [one if one.dated.is_year else replace(one, resolved=self._resolve(one)) for one in self._found]
        roles: dict[date, set[str]] = defaultdict(set)
        for one in mentions:
            if one.resolved:
                roles[one.resolved[0].first].add(one.role)
        mentions = [self._as_elsewhere(one, roles) for one in mentions]
        if any(one.role in {MEETING, NEXT, CANCELLED} and not one.dated.is_year for one in mentions):
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
        written = {_whole(one.dated) for one in found if one.role == PUBLISHED and one.dated.days[0].day}
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

    def _role(self, dated: Dated, sentence: Sentence) -> tuple[str, float]:
        first, last = self.prose.words(*dated.span)

        def away(roles: Sequence[str], before: int, after: int) -> int:
            distance = self.cues.distance(roles, sentence, first, last, before=before, after=after)
            return _FAR if distance is None else distance

        others = {role: away((cue,), before, after) for role, (cue, before, after) in _CUES.items()}
        role = min(others, key=lambda name: others[name])
        meets = away((*MEETS, "present", "gathered"), 16, 12)
        if others[role] < _FAR and (others[role] <= meets or role in _OF_ANOTHER_MEETING):
            return role, 0.0
        if self.heading_roles[sentence.block]:
            return self.heading_roles[sentence.block], 0.0
        if self._is_letterhead(sentence):
            return PUBLISHED, 0.0
        weight = 0.0 if meets == _FAR else _HELD if away(("held",), 12, 9) < _FAR else _MEETS
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
        if not _DATE_LINE.match(self.prose.text, sentence.start):
            return False
        near = self.prose.blocks[max(0, sentence.block - 3) : sentence.block + 4]
        return any(_LETTER_LINE.match(self.prose.text, block.start) for block in near)

    def _as_elsewhere(self, mention: DateMention, roles: Mapping[date, set[str]]) -> DateMention:
        """Return a date with the role that the text gives it elsewhere: an invitation says « se tiendra » once."""
        if mention.role != MEETING or mention.resolved is None or self.cues.has(("held",), mention.sentence):
            return mention
        same = roles[mention.resolved[0].first]
        role = next((role for role in (CANCELLED, NEXT) if role in same), NEXT if self._is_to_come else None)
        return replace(mention, role=role, weight=0.0) if role else mention

    @cached_property
    def _is_to_come(self) -> bool:
        """Whether a text begins with an invitation and says nowhere that a meeting was held."""
        begins = [sentence for sentence in self.prose.sentences if sentence.block <= _TITLES]
        return any(self.cues.has((NEXT,), sentence) for sentence in begins) and not any(
            self.cues.has(("held", "present"), sentence) and not self.cues.has((NEXT, EARLIER), sentence)
            for sentence in self.prose.sentences
        )

    # --- its year

    def _resolve(self, read: DateMention) -> tuple[When, float] | None:
        """Return the date with its year, from what the text says elsewhere when it must."""
        dated = read.dated if _tells_year(read.dated) else self._better_said(read.dated)
        resolved = resolve(dated, self._years(read), self.today)
        if resolved is None or _tells_year(dated) or read.role != MEETING:
            return resolved
        return self._between(read, dated, resolved)

    def _better_said(self, dated: Dated) -> Dated:
        """Return the same days where the text says more of them: « le 13 juin », elsewhere « jeudi 13 juin »."""
        days = [day[:2] for day in dated.days]
        return self._with_years.get(tuple(days), dated)

    @cached_property
    def _with_years(self) -> dict[tuple[tuple[int | None, ...], ...], Dated]:
        """Days and months of the dates that tell their year → the first of these."""
        found: dict[tuple[tuple[int | None, ...], ...], Dated] = {}
        for one in self._found:
            if _tells_year(one.dated):
                found.setdefault(tuple(day[:2] for day in one.dated.days), one.dated)
        return found

    def _years(self, read: DateMention) -> list[int]:
        """Return the years that the text names, those that most likely are that of a date first."""
        weighed: dict[int, float] = {}
        for other in self._nearest(read):
            if other.dated is read.dated or other.role == LAW:
                continue
            if other.role == OTHER:
                worth = _YEAR_ALONE if other.dated.is_year else _OTHER_DATE
            else:
                worth = _WORTH_OF_YEARS.get(other.role, 1.0)
            block = other.sentence.block
            worth += 1 / (1 + abs(block - read.sentence.block))
            worth += _IN_TITLE * (block == 0 or self.prose.blocks[block].kind == HEADING)
            for year in {day.year for day in other.dated.days if day.year}:
                weighed[year] = max(weighed.get(year, worth), worth)
        ranked = sorted(weighed.items(), key=lambda pair: -pair[1])
        return [year for year, weight in ranked if weight > 0]

    def _nearest(self, read: DateMention) -> Sequence[DateMention]:
        """Return the dates beside one, and those of the title: a text of thousands is read in time too."""
        place = bisect_left(self._found, read.dated.span, key=lambda one: one.dated.span)
        near = slice(max(0, place - _MOST_DATES), place + _MOST_DATES)
        return self._found if len(self._found) <= 2 * _MOST_DATES else [*self._found[:_FIRST_DATES], *self._found[near]]

    def _between(self, read: DateMention, dated: Dated, resolved: tuple[When, float]) -> tuple[When, float]:
        """Return a date whose year was understood, after the earlier meetings and before the next ones."""
        told = [(other.role, day) for other in self._nearest(read) if (day := _whole(other.dated)) is not None]
        before = max((day for role, day in told if role == EARLIER), default=date.min)
        after = min((day for role, day in told if role in {NEXT, PUBLISHED}), default=date.max)
        for shift in (0, -1, 1):
            moved = resolve(dated, [resolved[0].first.year + shift], self.today)
            if moved is not None and before <= moved[0].first <= after:
                return moved[0], resolved[1]
        return resolved


def _tells_year(dated: Dated) -> bool:
    """Return whether a date says its year, or a weekday that settles it."""
    return any(day.year or day.weekday is not None for day in dated.days)


def _is_bare_day(mention: DateMention) -> bool:
    is_day = mention.resolved is not None and mention.resolved[0].precision == "day"
    return mention.weight == BARE and is_day and mention.sentence.block <= _INTRODUCTION


def _whole(dated: Dated) -> date | None:
    """Return the first day of a date that tells its year and its month."""
    day = dated.days[0]
    return date(day.year, day.month, day.day or 1) if day.year and day.month else None
