"""Names of territories in prose: in the lists of those who came, and in passing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from netstats.choices import INTERCOMMUNALITY_KINDS, OWN_KINDS
from netstats.minutes.drafts import SURE, Span, TerritoryMention
from netstats.minutes.kinds import KIND_FORMS, Kind, kind_at
from netstats.minutes.name_bounds import INSIDE_NAMES, LINKS, NO_NAME, NameBounds
from netstats.minutes.prose import Prose, Sentence
from netstats.minutes.territory_index import Meaning, TerritoryIndex
from netstats.reference.fold import normalize
from netstats.reference.vocabulary import Lexicon
from netstats.reference.words import word_set

_CONTRACTED = word_set("du des au aux")
_BEFORE_A_TOWN = word_set("a de d du des sur dans pour vers avec par chez au aux depuis rejoint")
# ISO 3166 codes as minutes write them after a foreign town; « CA » is a kind of territory.
_COUNTRIES = word_set("AT BE CH CZ DE DK ES FI GB GR HU IE IT LU MA NL NO PL PT RO SE SK TN UK US")

_DATELINE = re.compile(r"\s*\.?\s*[—–-]\s")
_JOINS_COUNCIL = re.compile(r"[ \u00a0]*[-–/][ \u00a0\n]*|[ \u00a0\n’']+")
_NOTE = re.compile(r"[\s\u00a0]*\(([^()\n]{1,60})\)")
_CELL = re.compile(r"[\s\u00a0]*[\t;][\s\u00a0]*([^\t;\n]{2,40})(?=[\t;\n]|$)")
_POSSESSIVE = re.compile(
    r"[\s\u00a0]+et[\s\u00a0]+(?:sa|son)[\s\u00a0]+(métropole|agglomération|agglo|intercommunalité|communauté)", re.I
)
_LONGEST_COUNCIL = 60  # words of « CISPD Abscon-Douchy les Mines-… »
SMALLEST_SUBJECT = 1_000
"""Inhabitants of a town that a sentence begins with: « Sens », « Bien »."""


@dataclass(frozen=True)
class Named:
    """A name in the text: its words (`tokens[first:last]`), those that tell the kind included, and what it means.

    The mention is without code nor choices when it is none that we know; the population is 0 in doubt.
    """

    first: int
    last: int
    mention: TerritoryMention
    population: int = 0
    is_foreign: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it is a territory, settled or not."""
        return bool(self.mention.code or self.mention.choices or self.mention.communes)


@dataclass(frozen=True, eq=False)
class Places:
    """What names of territories are found with; made once for what the database holds.

    `foreign` are normalised names of countries, which tell that a town is none of ours; `regions` names that are no
    towns: « Bourgogne-Franche-Comté ».
    """

    index: TerritoryIndex
    foreign: frozenset[str]
    regions: Lexicon

    def on(self, prose: Prose, regions: tuple[str, ...] = ()) -> Names:
        """Return what finds the names of a text; the INSEE codes of the network's regions settle homonyms."""
        return Names(self.index, prose, self, regions)


@dataclass(frozen=True, eq=False)
class Names(NameBounds):
    """Finds the names of territories of one text, see `Places.on`."""

    places: Places
    regions: tuple[str, ...]

    # --- lists

    def listed(self, first: int, last: int) -> Iterator[Named]:
        """Yield the names of the list tokens[first:last], in their order, those that are none we know included."""
        words = self.prose.tokens
        regions = {hit.first: hit.last for hit in self.prose.find(self.places.regions, first, last)}
        header: Kind | None = None
        place = first
        while place < last:
            while place < last and words[place].norm in LINKS and not self.is_whole(place, last):
                place += 1
            if place >= last:
                return
            after = regions.get(place)
            if after and words[place].is_capital and not self.is_longer(place, after, last):
                place = after
                continue
            kind = kind_at(self.prose, place, last)
            if kind is not None and (kind.is_plural or not self.is_whole(place, last)):
                kinds = [kind, *self._more_kinds(kind.last, last)]
                found = self._after(kinds, last)
                header = kinds[-1] if kinds[-1].is_plural else None
                place = kinds[-1].last
            else:
                # « les villes de … et l’Eurométropole de Strasbourg »: a name that tells its kind is of that kind.
                found = self._at(place, last, header.kinds if header and kind is None else ())
                found = found or self._unknown(place, last)
                place += 1
            yield from found
            place = max([place, *(one.last for one in found)])

    def _more_kinds(self, place: int, last: int) -> Iterator[Kind]:
        """Yield the kinds joined to the one before: « Métropole et Ville de Nice »."""
        words = self.prose.tokens
        while place < last and (words[place].norm == "et" or "/" in self.prose.gap(place)):
            place += words[place].norm == "et"
            while place < last and words[place].norm in {"la", "le", "l", "les", "de", "d"}:
                place += 1
            kind = kind_at(self.prose, place, last) if place < last else None
            if kind is None:
                return
            yield kind
            place = kind.last

    def _after(self, kinds: Sequence[Kind], last: int) -> list[Named]:
        """Return what is named after words that tell its kind; the same name of each kind when there are several."""
        place = kinds[-1].last
        words = self.prose.tokens
        while place < last and words[place].norm in LINKS and not self.breaks(place):
            if self.is_whole(place, last):
                break
            place += 1
        if place >= last or self.breaks(place):
            return []
        if kinds[-1].kinds[0] in OWN_KINDS:
            return self._with_others(kinds[:-1], place, self._council(kinds[-1], last))
        # « les villes de Lille … »: the words say more than the name of this one.
        alone = kinds[-1].is_plural or kinds[-1].kinds == ("commune",)
        found = self._at(place, last, kinds[-1].kinds, start=None if alone else kinds[-1].first)
        return self._with_others(kinds[:-1], place, found)

    def _with_others(self, kinds: Sequence[Kind], place: int, found: list[Named]) -> list[Named]:
        """Return what is named with that of the other kinds: « Ville et CLSPD d’Albi »."""
        if not found:
            return []
        end = found[0].last
        others = [self._named(kind.first, place, end, kind.kinds, self.prose.span(place, end)) for kind in kinds]
        return [*(one for one in others if one.is_known), *found]

    def _at(self, place: int, last: int, kinds: tuple[str, ...] = (), *, start: int | None = None) -> list[Named]:
        """Return the territory whose name begins here: two when the text says « ville et agglomération »."""
        if not (self.prose.tokens[place].is_capital or self.prose.tokens[place].norm in LINKS):
            return []
        for end in self.ends(place, last):
            if not self.may_be_a_name(place, end, kinds):
                continue
            begin = self.with_article(place, self.key(place, end))
            # « du Blanc-Mesnil » is written « Blanc-Mesnil »: the preposition is the sentence's.
            contracted = self.prose.tokens[begin].norm in _CONTRACTED
            first = start if start is not None else place if contracted else begin
            found = self._with_note(first, begin, end, kinds)
            if any(one.is_known or one.is_foreign for one in found):
                return found
        return []

    def _with_note(self, first: int, place: int, end: int, kinds: tuple[str, ...]) -> list[Named]:
        """Return what a name means with what stands in parentheses, or in the next cell, after it."""
        text, stop = self.prose.text, self.prose.tokens[end - 1].end
        span = Span(self.prose.tokens[first].start, stop)
        note = _NOTE.match(text, stop) or self._cell_of_kinds(stop)
        if note is None:
            return [self._named(first, place, end, kinds, span), *self._possessed(place, end, span)]
        last = self.prose.words(0, note.end())[1]
        whole = Span(span.start, note.end())
        told = [KIND_FORMS[part] for part in re.split(r" et | ", normalize(note[1])) if part in KIND_FORMS]
        if told:
            return [self._named(first, place, end, kind, whole, last=last) for kind in told]
        if normalize(note[1]) in self.places.foreign or note[1] in _COUNTRIES:
            return [Named(first, last, TerritoryMention(self.prose.quote(whole), (whole,)), is_foreign=True)]
        if self.index.is_department(note[1]):
            name = text[self.prose.tokens[place].start : stop]
            noted = self.index.in_department(name, note[1], kinds, self.regions)
            if noted is not None:
                return [self._as_named(first, last, whole, Meaning(noted, SURE))]
        return [self._named(first, place, end, kinds, span)]

    def _possessed(self, place: int, end: int, span: Span) -> Iterator[Named]:
        """Yield what a town has, said after it: « Nantes et sa métropole »."""
        other = _POSSESSIVE.match(self.prose.text, self.prose.tokens[end - 1].end)
        if other:
            told = KIND_FORMS.get(normalize(other[1]), INTERCOMMUNALITY_KINDS)
            kinds = INTERCOMMUNALITY_KINDS if told == ("CA",) else told
            last = self.prose.words(0, other.end())[1]
            yield self._named(end, place, end, kinds, Span(span.start, other.end()), last=last)

    def _cell_of_kinds(self, offset: int) -> re.Match[str] | None:
        """Return the cell after a name when it only tells the kind: « Saint-Dié-des-Vosges ; ville et CA »."""
        cell = _CELL.match(self.prose.text, offset)
        if cell is None:
            return None
        words = [word for word in normalize(cell[1]).split() if word not in {"et", *LINKS}]
        return cell if words and all(word in KIND_FORMS for word in words) else None

    def _named(
        self, first: int, place: int, end: int, kinds: tuple[str, ...], span: Span, *, last: int | None = None
    ) -> Named:
        """Return what tokens[place:end] means, written in `span`."""
        name = self.prose.text[self.prose.tokens[place].start : self.prose.tokens[end - 1].end]
        meaning = self.index.meaning(name, kinds, self.regions)
        council = kinds[0] if kinds and kinds[0] in OWN_KINDS else ""
        return self._as_named(first, end if last is None else last, span, meaning, council)

    def _as_named(self, first: int, last: int, span: Span, meaning: Meaning, kind: str = "") -> Named:
        territory = meaning.territory
        mention = TerritoryMention(
            self.prose.quote(span),
            (span,),
            meaning.step,
            territory.code if territory else "",
            meaning.choices,
            meaning.communes,
            "" if territory else kind,
        )
        return Named(first, last, mention, territory.population if territory else 0)

    def _council(self, kind: Kind, last: int) -> list[Named]:
        """Return the council named after its word."""
        words = self.prose.tokens
        end, last = kind.last, min(last, kind.last + _LONGEST_COUNCIL)
        while end < last and (end == kind.last or _JOINS_COUNCIL.fullmatch(self.prose.gap(end))):
            if not words[end].is_capital and words[end].norm not in INSIDE_NAMES:
                break
            end += 1
        while end > kind.last and words[end - 1].norm in LINKS:
            end -= 1
        if end == kind.last:
            return []
        name = self.prose.text[words[kind.last].start : words[end - 1].end]
        meaning = self.index.council(kind.kinds[0], name, self.regions)
        return [self._as_named(kind.first, end, self.prose.span(kind.first, end), meaning, kind.kinds[0])]

    def _unknown(self, place: int, last: int) -> list[Named]:
        """Return the words written as a name that begin here: with what they may mean in the regions, if anything."""
        words = self.prose.tokens
        if not words[place].is_capital or words[place].norm in NO_NAME:
            return []
        end = place + 1
        while end < last and not self.breaks(end) and (words[end].is_capital or "-" in self.prose.gap(end)):
            end += 1
        end = next((stop for stop in range(min(end + 3, last), end, -1) if self.goes_on_unknown(end, stop)), end)
        span = self.prose.span(place, end)
        name = self.prose.text[span.start : span.end]
        return [self._as_named(place, end, span, self.index.guess(name, self.regions))]

    # --- in passing

    def mentioned(self, first: int, last: int) -> Iterator[Named]:
        """Yield the territories that tokens[first:last] name: after a preposition or a kind, or as the subject."""
        place = first
        while place < last:
            kind = kind_at(self.prose, place, last)
            found = self._after([kind], last) if kind is not None else []
            found = found or self._named_in_passing(place, first, last)
            yield from found
            place = max([place + 1, *(one.last for one in found)])

    def _named_in_passing(self, place: int, first: int, last: int) -> list[Named]:
        words = self.prose.tokens
        word = words[place]
        if not word.is_capital or word.norm in LINKS or word.norm not in self.index.first_words:
            return []
        before = words[place - 1] if place else None
        if before and before.norm in LINKS and "-" in self.prose.gap(place):
            return []  # « Pas-de-Calais »
        if before and before.norm in {"le", "la", "les", "l"} and before.is_capital:
            before = words[place - 2] if place > 1 else None
        return [one for one in self._at(place, last) if self._is_meant(one, first, before.norm if before else "")]

    def _is_meant(self, named: Named, first: int, before: str) -> bool:
        """Return whether a name in passing is that of a territory: « Nice » rather than « nice », « Sens »."""
        if not named.mention.code:
            return False
        is_subject = named.first == first or before in {"et", "comme"} or "," in self.prose.gap(named.first)
        return before in _BEFORE_A_TOWN or (is_subject and named.population >= SMALLEST_SUBJECT)

    def councils(self, first: int, last: int) -> Iterator[Named]:
        """Yield the councils (CISPD, CLSPD) that tokens[first:last] name: « le CLSPD d’Alençon s’est réuni »."""
        place = first
        while place < last:
            kind = kind_at(self.prose, place, last)
            found = self._council(kind, last) if kind is not None and kind.kinds[0] in OWN_KINDS else []
            known = [named for named in found if named.is_known]
            yield from known
            place = max([place + 1, *(one.last for one in known)])

    def dateline(self, sentence: Sentence) -> Named | None:
        """Return the town that an article begins with, as in the press: « NICE. — La salle … »; None without one."""
        found = self._at(sentence.first, sentence.last)
        if not found or not found[0].mention.code:
            return None
        alone = found[0].last == sentence.last and self.prose.text[sentence.end - 1] == "."  # « Reims. Ils étaient … »
        return found[0] if alone or _DATELINE.match(self.prose.text, self.prose.tokens[found[0].last - 1].end) else None
