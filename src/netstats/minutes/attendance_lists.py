"""Where a part of a text lists who was there: under a label, in a sentence that tells it, names in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from netstats.minutes.cues import Cues
from netstats.minutes.kinds import kind_at
from netstats.minutes.name_bounds import LINKS
from netstats.minutes.places import Named, Places
from netstats.minutes.prose import HEADING, ITEM, TEXT, Prose, Sentence
from netstats.minutes.section_context import SectionContext
from netstats.reference.words import word_set

JOINING = LINKS | {"et", "ainsi", "que", "puis"}
"""Words between two names of a list."""

# « Présents : », « Présents (5) : », « Présents – »
_LABEL_END = re.compile(r"\.?[\s\u00a0]*(?:\([^()\n]{1,30}\)[\s\u00a0]*)?:|[\s\u00a0]+[–—-][\s\u00a0]")
_LONGEST_LABEL = 9  # words
_LONGEST_ENTRY, _LONGEST_LIST = 14, 60  # words of a line under a label: of one name, of several
_COLLECTIVE = ("label", "meets", "held", "gathered", "people")
_INTRODUCTION = 4  # blocks
_ENUMERATED = 3  # names in a row
# « ont participé à une marche » is no attendance, « ont participé à la réunion » is.
_TAKES_PART = word_set("participe part participent assiste")
_OF_THE_MEETING = word_set(
    "reunion rencontre seance echange echanges travaux atelier journee webinaire visioconference discussion "
    "discussions debat debats assises session sessions table appel invitation rendez distance tour assemblee temps "
    "cette ces ce premiere deuxieme troisieme seconde edition matinee conference webconference"
)


@dataclass(frozen=True)
class Zone:
    """Words (`tokens[first:last]`) that list who was there; `is_list` when they do nothing else."""

    sentence: Sentence
    first: int
    last: int
    is_list: bool = False
    is_excused: bool = False
    is_weak: bool = False  # « ont échangé »: two names at least make a list


@dataclass(frozen=True)
class _Label:
    """« Présents : »: its role (empty: of something else) and where its words end."""

    role: str
    end: int


@dataclass(frozen=True, eq=False)
class AttendanceLists:
    """Finds those lists."""

    section: SectionContext
    places: Places

    @property
    def prose(self) -> Prose:
        """The text."""
        return self.section.prose

    @property
    def cues(self) -> Cues:
        """The words that tell how its sentences are meant."""
        return self.section.cues

    def zones(self) -> Iterator[Zone]:
        """Yield what stands under labels, and the sentences that tell who was there."""
        listing = ""  # role of the label that the lines below belong to
        for sentence in self.section.sentences:
            label = self._label(sentence)
            if label is not None and label.role == "area":  # « Gironde : Bordeaux, Mérignac »
                if listing and label.end < sentence.last:
                    is_excused = listing == "excused"
                    yield Zone(sentence, label.end, sentence.last, is_list=True, is_excused=is_excused)
            elif label is not None:
                if label.role and label.end < sentence.last:
                    yield self._after_label(sentence, label)
                    if not self._known_in(label.end, sentence.last):
                        listing = label.role  # « Présents (11) : coordonnateurs de », and the list below
                    elif label.role != "present":
                        listing = ""  # but « Les villes : … » under « Présents » does not end that list
                else:
                    listing = label.role
            elif listing and self._is_entry(sentence):
                yield Zone(sentence, sentence.first, sentence.last, is_list=True, is_excused=listing == "excused")
            else:
                listing = ""
                yield from self._presence(sentence)

    def _after_label(self, sentence: Sentence, label: _Label) -> Zone:
        if label.role == "excused":
            return Zone(sentence, label.end, sentence.last, is_list=True, is_excused=True)
        # « Les agglomérations : Pays de Montbéliard »: the kind is that of the list.
        kinds = [kind_at(self.prose, place, label.end) for place in range(sentence.first, label.end)]
        plural = [one for one in kinds if one is not None and one.is_plural]
        kind = plural[0] if len(plural) == 1 else None  # « Villes et agglomérations représentées » tells none
        return Zone(sentence, kind.first if kind else label.end, sentence.last, is_list=True)

    def _presence(self, sentence: Sentence) -> Iterator[Zone]:
        """Yield a sentence that tells who was there."""
        if self.prose.blocks[sentence.block].kind == HEADING or self.section.document.is_elsewhere(sentence):
            return
        cues = self.cues.inside(("present",), sentence.first, sentence.last)
        if any(self._is_attendance(sentence, cue.last) for cue in cues):
            yield Zone(sentence, sentence.first, sentence.last)
        elif self.cues.has(("gathered",), sentence):
            yield Zone(sentence, sentence.first, sentence.last, is_weak=True)

    def enumerations(self) -> Iterator[Zone]:
        """Yield the sentences of an introduction with territories in a row, when nothing says « présents »."""
        texts = sorted({one.block for one in self.section.sentences if self.prose.blocks[one.block].kind != HEADING})
        for before, sentence in zip([None, *self.section.sentences], self.section.sentences, strict=False):
            far = sentence.block not in texts[:_INTRODUCTION]
            if far or self.section.document.is_elsewhere(sentence) or self.prose.blocks[sentence.block].kind == HEADING:
                continue
            beside = before is not None and before.block == sentence.block and self.cues.has(_COLLECTIVE, before)
            named = self._known_in(sentence.first, sentence.last)
            collective = beside or self.cues.has(_COLLECTIVE, sentence)
            if len(named) >= (_ENUMERATED if collective else _ENUMERATED + 1):
                yield Zone(sentence, sentence.first, sentence.last, is_weak=True)

    def _label(self, sentence: Sentence) -> _Label | None:
        """Return the label that a line begins with, or is (« Collectivités représentées »)."""
        text, words = self.prose.text, self.prose.tokens
        is_text = self.prose.blocks[sentence.block].kind == TEXT
        begin = range(sentence.first, min(sentence.first + _LONGEST_LABEL + 1, sentence.last))
        marks = ((place, mark) for place in begin if (mark := _LABEL_END.match(text, words[place].end)))
        colon, mark = next(marks, (None, None))
        if mark is not None and ":" not in mark[0] and not self.cues.has(("present", "label"), sentence):
            colon = None
        if colon is None and (is_text or sentence.last - sentence.first > _LONGEST_LABEL):
            return None
        end = sentence.last if colon is None else colon + 1
        if colon is not None and self._is_area(sentence.first, end) and self._known_in(end, sentence.last):
            return _Label("area", end)
        if self._known_in(sentence.first, end):
            return None
        roles = self.cues.inside(("present", "label", "excused", "member", "next"), sentence.first, end)
        found = {cue.role for cue in roles}
        if "excused" in found:
            return _Label("excused", end)
        if not found and colon is not None and not is_text and end < sentence.last:
            return _Label("", end)  # « Lieu : … » ends a list
        return _Label("present", end) if found and not found & {"member", "next"} else None

    def _is_area(self, first: int, last: int) -> bool:
        """Return whether words are the name of a department, alone or with its number."""
        name = self.prose.text[self.prose.tokens[first].start : self.prose.tokens[last - 1].end]
        return self.places.index.is_department(name)

    def _is_entry(self, sentence: Sentence) -> bool:
        """Return whether a line under a label is one of its list."""
        length = sentence.last - sentence.first
        line = self.prose.quote(sentence.span)
        is_one = length <= _LONGEST_ENTRY and line[-1] not in ".!?"
        if not is_one and not (length <= _LONGEST_LIST and "," in line):
            return False
        is_item = self.prose.blocks[sentence.block].kind == ITEM and length <= 4
        return is_item or " ; " in line or bool(self._known_in(sentence.first, sentence.last))

    def _is_attendance(self, sentence: Sentence, place: int) -> bool:
        """Return whether « ont participé », which ends before `place`, goes on with the meeting, or with nothing."""
        words = self.prose.tokens
        if place >= sentence.last or words[place - 1].norm not in _TAKES_PART:
            return True
        if words[place].norm not in {"a", "au", "aux"}:
            return True
        after = words[place + 1 : min(place + 4, sentence.last)]
        return any(word.norm in _OF_THE_MEETING for word in after)

    def _known_in(self, first: int, last: int) -> list[Named]:
        found = self.places.on(self.prose).listed(first, last)
        return [named for named in found if named.is_known or named.is_foreign]

    def is_a_row(self, found: Sequence[Named]) -> bool:
        """Return whether two names at least stand beside each other."""
        words = self.prose.tokens
        return any(
            one.is_known and other.is_known and all(word.norm in JOINING for word in words[one.last : other.first])
            for one, other in pairwise(found)
        )
