"""Names of territories in prose: in the lists of those who came, and in passing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from netstats.minutes.drafts import SURE, Span, TerritoryMention
from netstats.minutes.kinds import KIND_FORMS, Kind, kind_at
from netstats.minutes.prose import Prose, Sentence
from netstats.minutes.territory_index import Meaning, TerritoryIndex
from netstats.model import INTERCOMMUNALITY_KINDS, OWN_KINDS
from netstats.reference.fold import normalize
from netstats.reference.vocabulary import Lexicon
from netstats.reference.words import word_set

LINKS = word_set("le la les l de du des d a au aux en")
"""Small words before a name or inside it, normalised."""

_INSIDE_NAMES = LINKS | word_set("sur sous lès lez les saint sainte")
_ARTICLE_IN = {"du": "le", "des": "les", "la": "la", "le": "le", "les": "les", "au": "le", "aux": "les", "l": "l"}
_CONTRACTED = word_set("du des au aux")
_BEFORE_A_TOWN = word_set("a de d du des sur dans pour vers avec par chez au aux depuis rejoint")
_NO_LAST_WORD = LINKS | word_set("et ou ainsi que")
_AFTER_A_NAME = word_set("ainsi etait etaient ont a")
# A name with one of these is that of an intercommunality, whatever its other words.
_OF_GROUPS = word_set("metropole agglo agglomeration communaute eurometropole")
_GROUPS_BEGIN = word_set("grand pays val coeur porte portes communaute vallee")
# ISO 3166 codes as minutes write them after a foreign town; « CA » is a kind of territory.
_COUNTRIES = word_set("AT BE CH CZ DE DK ES FI GB GR HU IE IT LU MA NL NO PL PT RO SE SK TN UK US")
_A_COMMUNE_ALL_THE_SAME = "y"  # « Y participaient … »
# What a list may begin with, or a person be addressed by, resembles names of communes.
_NO_NAME = word_set(
    "tous toutes tout toute chaque plusieurs certains certaines aucun aucune m mm mr mme mmes monsieur madame "
    "fonction nombre nom prenom qualite structure organisme service charge chargee chef cheffe responsable directeur "
    "directrice coordonnateur coordonnatrice coordinateur coordinatrice agent agents total qui etaient "
    "enfin outre puis forum teams zoom"
)

_PARTS = re.compile(r"[,;:•()\t|/–—«»\"“”.!?]|\s-\s")
_DATELINE = re.compile(r"\s*\.?\s*[—–-]\s")
_DASH = re.compile(r"[\s\u00a0][–—-][\s\u00a0]")
_JOINS_COUNCIL = re.compile(r"[ \u00a0]*[-–/][ \u00a0\n]*|[ \u00a0\n’']+")
_NOTE = re.compile(r"[\s\u00a0]*\(([^()\n]{1,60})\)")
_CELL = re.compile(r"[\s\u00a0]*[\t;][\s\u00a0]*([^\t;\n]{2,40})(?=[\t;\n]|$)")
_POSSESSIVE = re.compile(
    r"[\s\u00a0]+et[\s\u00a0]+(?:sa|son)[\s\u00a0]+(métropole|agglomération|agglo|intercommunalité|communauté)", re.I
)
_LONGEST_NAME = 12  # words
_SMALLEST_SUBJECT = 1_000  # inhabitants of a town that a sentence begins with: « Sens », « Bien »


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

    Attributes
    ----------
    index
        What names mean.
    foreign
        Normalised names of countries, which tell that a town is none of ours.
    regions
        Names of regions, which are no towns: « Bourgogne-Franche-Comté ».
    """

    index: TerritoryIndex
    foreign: frozenset[str]
    regions: Lexicon

    def on(self, prose: Prose, regions: Collection[str] = ()) -> Names:
        """Return what finds the names of a text; the INSEE codes of the network's regions settle homonyms."""
        return Names(self, prose, regions)


@dataclass(frozen=True, eq=False)
class Names:
    """Finds the names of territories of one text, see `Places.on`."""

    places: Places
    prose: Prose
    regions: Collection[str]

    # --- lists

    def listed(self, first: int, last: int) -> Iterator[Named]:
        """Yield the names of the list tokens[first:last], in their order, those that are none we know included."""
        words = self.prose.tokens
        regions = {hit.first: hit.last for hit in self.places.regions.find(words, first, last)}
        header: Kind | None = None
        place = first
        while place < last:
            while place < last and words[place].norm in LINKS and not self._is_whole(place, last):
                place += 1
            if place >= last:
                return
            after = regions.get(place)
            if after and words[place].is_capital and not self._is_longer(place, after, last):
                place = after
                continue
            kind = kind_at(self.prose, place, last)
            if kind is not None and (kind.is_plural or not self._is_whole(place, last)):
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

    def _is_longer(self, place: int, after: int, last: int) -> bool:
        """Return whether a name of more words than that of a region begins here: « Bretagne Porte de Loire »."""
        return any(self._key(place, end) in self.places.index for end in self._ends(place, last) if end > after)

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
        while place < last and words[place].norm in LINKS and not self._breaks(place):
            if self._is_whole(place, last):
                break
            place += 1
        if place >= last or self._breaks(place):
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
        for end in self._ends(place, last):
            if not self._may_be_a_name(place, end, kinds):
                continue
            begin = self._with_article(place, self._key(place, end))
            # « du Blanc-Mesnil » is written « Blanc-Mesnil »: the preposition is the sentence's.
            contracted = self.prose.tokens[begin].norm in _CONTRACTED
            first = start if start is not None else place if contracted else begin
            found = self._with_note(first, begin, end, kinds)
            if any(one.is_known or one.is_foreign for one in found):
                return found
        return []

    def _may_be_a_name(self, place: int, end: int, kinds: tuple[str, ...]) -> bool:
        """Return whether these words are a name, or written as that of an intercommunality."""
        words = self.prose.tokens[place:end]
        leads = words[0].norm in LINKS and len(words) > 1 and words[1].is_capital
        if len(words) == 1 and words[0].norm in _NO_NAME:
            return False  # « Chargé de mission »
        if words[-1].norm in _NO_LAST_WORD or not (words[0].is_capital or leads):
            return False
        after = self.prose.tokens[end] if end < len(self.prose.tokens) else None
        if after is not None and self.prose.gap(end) == "-" and not after.is_capital:
            return False  # « Quarante-deux »
        key = self._key(place, end)
        if key in self.places.index:
            return key != _A_COMMUNE_ALL_THE_SAME
        if any(word.norm in {"et", "ou"} for word in words):
            return False
        return (
            self._with_article(place, key) < place
            or (bool(kinds) and kinds[0] in (*INTERCOMMUNALITY_KINDS, "department"))
            or any(word.norm in _OF_GROUPS and word.is_capital for word in words[1:])
            or (len(words) > 1 and words[0].norm in _GROUPS_BEGIN and words[-1].is_capital)
        )

    def _with_article(self, place: int, key: str) -> int:
        """Return where a name begins that the article before is a part of: « de la Courneuve », « du Blanc-Mesnil »."""
        if not place or self._breaks(place):
            return place
        article = _ARTICLE_IN.get(self.prose.tokens[place - 1].norm)
        return place - 1 if article and f"{article} {key}" in self.places.index else place

    def _ends(self, place: int, last: int) -> list[int]:
        """Return where a name that begins here may end, the longest first."""
        words = self.prose.tokens
        ends = []
        dashed = False
        for end in range(place + 1, min(place + _LONGEST_NAME, last) + 1):
            if end - 1 > place and self._breaks(end - 1):
                if not _DASH.fullmatch(self.prose.gap(end - 1)):
                    break
                dashed = True  # « Vallée Sud – Grand Paris »
            if not dashed or self._key(place, end) in self.places.index:
                ends.append(end)
            if end < last and words[end].norm in _AFTER_A_NAME and not words[end].is_capital:
                break
        return ends[::-1]

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
        if self.places.index.is_department(note[1]):
            name = text[self.prose.tokens[place].start : stop]
            noted = self.places.index.in_department(name, note[1], kinds, self.regions)
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
        meaning = self.places.index.meaning(name, kinds, self.regions)
        council = kinds[0] if kinds and kinds[0] in OWN_KINDS else ""
        return self._as_named(first, end if last is None else last, span, meaning, council)

    def _as_named(self, first: int, last: int, span: Span, meaning: Meaning, kind: str = "") -> Named:
        territory = meaning.territory
        mention = TerritoryMention(
            self.prose.quote(span),
            (span,),
            meaning.confidence,
            territory.code if territory else "",
            meaning.choices,
            meaning.communes,
            "" if territory else kind,
        )
        return Named(first, last, mention, territory.population if territory else 0)

    def _council(self, kind: Kind, last: int) -> list[Named]:
        """Return the council named after its word."""
        words = self.prose.tokens
        end = kind.last
        while end < last and (end == kind.last or _JOINS_COUNCIL.fullmatch(self.prose.gap(end))):
            if not words[end].is_capital and words[end].norm not in _INSIDE_NAMES:
                break
            end += 1
        while end > kind.last and words[end - 1].norm in LINKS:
            end -= 1
        if end == kind.last:
            return []
        name = self.prose.text[words[kind.last].start : words[end - 1].end]
        meaning = self.places.index.council(kind.kinds[0], name, self.regions)
        return [self._as_named(kind.first, end, self.prose.span(kind.first, end), meaning, kind.kinds[0])]

    def _unknown(self, place: int, last: int) -> list[Named]:
        """Return the words written as a name that begin here: with what they may mean in the regions, if anything."""
        words = self.prose.tokens
        if not words[place].is_capital or words[place].norm in _NO_NAME:
            return []
        end = place + 1
        while end < last and not self._breaks(end) and (words[end].is_capital or "-" in self.prose.gap(end)):
            end += 1
        end = next((stop for stop in range(min(end + 3, last), end, -1) if self._goes_on(end, stop)), end)
        span = self.prose.span(place, end)
        name = self.prose.text[span.start : span.end]
        return [self._as_named(place, end, span, self.places.index.guess(name, self.regions))]

    def _goes_on(self, end: int, stop: int) -> bool:
        """Return whether an unknown name goes on: « Chennevière sur Marne », not « les Français de Dijon »."""
        words = self.prose.tokens
        return (
            words[stop - 1].is_capital
            and words[stop - 1].norm not in self.places.index
            and all(word.text.casefold() in _INSIDE_NAMES for word in words[end : stop - 1])
            and not any(self._breaks(place) for place in range(end, stop))
        )

    # --- in passing

    def mentioned(self, first: int, last: int) -> Iterator[Named]:
        """Yield the territories that tokens[first:last] name: after a preposition or a kind, or as the subject."""
        place = first
        while place < last:
            kind = kind_at(self.prose, place, last)
            found = self._after([kind], last) if kind is not None else []
            found = found or self._told(place, first, last)
            yield from found
            place = max([place + 1, *(one.last for one in found)])

    def _told(self, place: int, first: int, last: int) -> list[Named]:
        words = self.prose.tokens
        word = words[place]
        if not word.is_capital or word.norm in LINKS or word.norm not in self.places.index.first_words:
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
        return before in _BEFORE_A_TOWN or (is_subject and named.population >= _SMALLEST_SUBJECT)

    def dateline(self, sentence: Sentence) -> Named | None:
        """Return the town that an article begins with, as in the press: « NICE. — La salle … »; None without one."""
        found = self._at(sentence.first, sentence.last)
        if not found or not found[0].mention.code:
            return None
        alone = found[0].last == sentence.last and self.prose.text[sentence.end - 1] == "."  # « Reims. Ils étaient … »
        return found[0] if alone or _DATELINE.match(self.prose.text, self.prose.tokens[found[0].last - 1].end) else None

    # --- words

    def _is_whole(self, place: int, last: int) -> bool:
        """Return whether a name of several words begins here with a link or a word that tells a kind.

        « Le Havre », « La Rochelle », « Métropole Européenne de Lille », « Ville-d’Avray » are names as they stand.
        """
        words = self.prose.tokens
        if not words[place].is_capital or words[place].norm not in self.places.index.first_words:
            return False
        for end in self._ends(place, last):
            if end - place < 2:
                return False
            if self._key(place, end) in self.places.index and words[end - 1].is_capital:
                return kind_at(self.prose, place, end) is None or self.places.index.is_complete(self._key(place, end))
        return False

    def _key(self, place: int, end: int) -> str:
        return " ".join(word.norm for word in self.prose.tokens[place:end])

    def _breaks(self, place: int) -> bool:
        """Return whether a name cannot go on to this word."""
        return bool(_PARTS.search(self.prose.gap(place)))
