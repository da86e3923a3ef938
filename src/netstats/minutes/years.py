"""The year of a date that does not say it: from the dates beside it, its heading, the meetings before and after."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from netstats.minutes.date_mentions import CANCELLED, LAW, OTHER, DateMention
from netstats.minutes.dates import Dated, resolve
from netstats.minutes.drafts import LIKELY, Step, When
from netstats.minutes.prose import HEADING, Prose

# What a year of the text is worth for a date without one, by the role of the date where it stands.
_WORTH_OF_YEARS = {CANCELLED: 0.2}
_YEAR_ALONE, _OTHER_DATE, _IN_TITLE = -0.5, -2.0, 2.0

_MOST_DATES, _FIRST_DATES = 100, 10  # looked at on each side of one, and at the beginning


@dataclass(frozen=True, eq=False)
class Years:
    """Tells the year of each of the dates that were found in a text; after `today`, none is tried for a weekday."""

    prose: Prose
    found: Sequence[DateMention]
    today: date

    def resolve(self, read: DateMention) -> tuple[When, Step] | None:
        """Return the date with its year, from what the text says elsewhere when it must."""
        dated = read.dated if _tells_year(read.dated) else self._better_said(read.dated)
        resolved = resolve(dated, () if dated.year else self._years(read), self.today)
        if (
            resolved is not None
            and not _tells_year(dated)
            and resolved[0].first.year in self._years_of_headings[read.sentence.block]
        ):
            resolved = resolved[0], LIKELY
        return resolved

    def _better_said(self, dated: Dated) -> Dated:
        """Return the same days where the text says more of them: « le 13 juin », elsewhere « jeudi 13 juin »."""
        days = [day[:2] for day in dated.days]
        return self._with_years.get(tuple(days), dated)

    @cached_property
    def _with_years(self) -> dict[tuple[tuple[int | None, ...], ...], Dated]:
        """Days and months of the dates that tell their year → the first of these."""
        found: dict[tuple[tuple[int | None, ...], ...], Dated] = {}
        for one in self.found:
            if _tells_year(one.dated):
                found.setdefault(tuple(day[:2] for day in one.dated.days), one.dated)
        return found

    def _years(self, read: DateMention) -> list[int]:
        """Return the years that the text names, those that most likely are that of a date first."""
        weighed: dict[int, float] = {}
        for other in self._nearest(read):
            if other.role == LAW:
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

    @cached_property
    def _years_of_headings(self) -> list[set[int]]:
        """For each block, the years that the heading above it says."""
        said: dict[int, set[int]] = defaultdict(set)
        for one in self.found:
            said[one.sentence.block] |= {day.year for day in one.dated.days if day.year}
        years, above = list[set[int]](), set[int]()
        for number, block in enumerate(self.prose.blocks):
            years.append(above)
            if block.kind == HEADING:
                above = said[number]
        return years

    @cached_property
    def _saying_years(self) -> list[DateMention]:
        return [one for one in self.found if one.dated.year]

    def _nearest(self, read: DateMention) -> Sequence[DateMention]:
        """Return the dates beside one that say a year, and those of the title: thousands are read in time too."""
        told = self._saying_years
        if len(told) <= 2 * _MOST_DATES:
            return told
        place = bisect_left(told, read.dated.span, key=lambda one: one.dated.span)
        return [*told[:_FIRST_DATES], *told[max(_FIRST_DATES, place - _MOST_DATES) : place + _MOST_DATES]]


def _tells_year(dated: Dated) -> bool:
    """Return whether a date says its year, or a weekday that settles it."""
    return any(day.year or day.weekday is not None for day in dated.days)


def whole_day(dated: Dated) -> date | None:
    """Return the first day of a date that tells its year and its month."""
    day = dated.days[0]
    return date(day.year, day.month, day.day or 1) if day.year and day.month else None
