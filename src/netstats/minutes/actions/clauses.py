"""The clauses of a sentence that may tell actions: their words, the territories they name, where a wish begins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from netstats.minutes.drafts import Span
from netstats.minutes.prose import Prose, Sentence
from netstats.minutes.themes import longest
from netstats.reference.vocabulary import Hit, Token, Vocabulary
from netstats.reference.words import word_set
from netstats.wording import MONTHS

Named: TypeAlias = tuple[Span, str]
"""A territory that the text names: where, and its code."""
Territories: TypeAlias = Callable[[int, int], tuple[Named, ...]]
"""The territories that `text[start:end]` names."""
Cues: TypeAlias = dict[str, list[Hit]]
"""Role → words that play it (`defaultdict`)."""

OTHER = "autre"
TYPES = ("information-prevention", "hebergement", "police-municipale", "partenariat", OTHER)
"""Types that some verbs tell alone: roles of the cues, by the types."""

OPENING = 4  # words within which a territory begins a sentence, or a noun an item of an enumeration
AUXILIARIES = word_set("a ont est sont été ayant")
BREAKS = word_set("mais tandis alors cependant toutefois")
PREPOSITIONS = word_set("a au aux dans en chez pour sur entre depuis de d")
# « tenue », not « distribue »; « prise », not « organise »; « réunie », not « publie » or « envoie »
PARTICIPLE = re.compile(
    r"(?:[éu]s?|ées?|(?:[nçdv]|cl|cr)ues?|(?:m|pr|qu)ises?|erte?s?|ites?|its|is?"
    r"|(?:un|an|in|rn|rt|rv|rg|uiv|ill|is|ât|est|abl|mpl)ies?)$"
)

_SUBJECTS = word_set("la le l les elle elles il ils")
_DENYING = word_set("pas plus jamais guere rien aucun aucune")
_GOES_ON = word_set("elle il elles ils son sa ses cette ce ces celle celui")
_SAME_BODY = word_set(
    "ville commune municipalité agglomération collectivité métropole mairie ccas dispositif équipe service"
)
_LONGEST_LABEL = 12  # words before the colon of a list of themes
_PART = re.compile(r"[,;:()]")
_AT = word_set("a au aux")
_BODY_WORDS = word_set("association associations collectif federation fondation")  # bodies that are no territory


@dataclass(frozen=True, eq=False)
class Clause:
    """A part of a sentence (tokens first to last) with verbs of its own.

    What is wished or denied begins at `end`; `last` when nothing is. `label` holds the codes of the territories that
    the label of its block names: « Lens : … ». `goes_on`: its sentence goes on about the territory of the one before.
    `is_item`: it stands in a list of what was done.
    """

    prose: Prose
    sentence: Sentence
    first: int
    last: int
    end: int
    cues: Cues
    types: list[Hit]
    named: list[Named]
    label: tuple[str, ...]
    goes_on: bool
    is_item: bool

    def has(self, *roles: str) -> bool:
        """Return whether words of it play one of these roles."""
        return any(self.cues[role] for role in roles)

    @property
    def words(self) -> tuple[Token, ...]:
        """The words of the text."""
        return self.prose.tokens

    @property
    def tells_who(self) -> bool:
        """Whether it says who did it, were it « certaines villes »."""
        return bool(self.named or self.label or self.goes_on or self.has("someone"))


def codes_of(named: Iterable[Named]) -> tuple[str, ...]:
    """Return the codes of territories, each once."""
    return tuple(dict.fromkeys(code for _, code in named))


class Clauses:
    """Cuts the sentences of a text into clauses, with what they name."""

    def __init__(self, prose: Prose, vocabulary: Vocabulary, territories: Territories) -> None:
        self._prose = prose
        self._words = prose.tokens
        self._vocabulary = vocabulary
        self._territories = territories

    # --- a sentence

    def cues(self, first: int, last: int) -> Cues:
        """Return the words of tokens[first:last] that play a role."""
        found: Cues = defaultdict(list)
        for cue in self._vocabulary.action_cues.find(self._words, first, last):
            found[cue.code].append(cue)
        return found

    def codes(self, start: int, end: int) -> tuple[str, ...]:
        """Return the codes of the territories that text[start:end] names."""
        return codes_of(self._territories(start, end))

    def is_dated(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells a day: with who met, it tells of the meeting."""
        words = self._words[sentence.first : sentence.last]
        return any(one.text.isdecimal() and two.text.casefold() in MONTHS for one, two in pairwise(words))

    def is_agenda(self, sentence: Sentence, cues: Sequence[Hit], *, is_listed: bool) -> bool:
        """Return whether a sentence only lists themes: « Parmi les thèmes : … », or an item after that."""
        words = range(sentence.first + 1, min(sentence.first + _LONGEST_LABEL, sentence.last))
        colon = next((place for place in words if ":" in self._prose.gap(place)), sentence.first)
        tells = any(token.text in {"a", "ont"} for token in self._words[colon : sentence.last])
        return not tells and (is_listed or any(cue.last <= colon for cue in cues))

    def goes_on(self, first: int) -> bool:
        """Return whether a sentence goes on about the same territory: « Elle a aussi… », « La ville… »."""
        words: Sequence[Token] = self._words[first : first + 2]
        opening = words[0].norm
        return opening in _GOES_ON or (len(words) > 1 and opening in {"la", "l", "le"} and words[1].text in _SAME_BODY)

    def named(self, first: int, sentence: Sentence) -> list[Named]:
        """Return the territories that a sentence names, without those in the name of an association.

        When an association is its subject, only a town after « à » is meant.
        """
        named = list(self._territories(self._words[first].start, sentence.end))
        bodies = [place for place in range(first, sentence.last) if self._words[place].norm in _BODY_WORDS]
        if bodies and bodies[0] - first <= 1:
            stop = self._words[next(self._cut(first, sentence.last))[1] - 1].end
            return [one for one in named if one[0].start >= stop or self._before(one[0]) in _AT]
        return [one for one in named if not any(self._is_part_of(body, one[0]) for body in bodies)]

    def _is_part_of(self, body: int, span: Span) -> bool:
        """Return whether a name belongs to that of an association: « l’association Aide aux familles de Lens »."""
        place = self._prose.words(*span)[0]
        words = range(body + 1, place)
        goes_on = not any(_PART.search(self._prose.gap(one)) for one in (*words, place))
        return body < place <= body + 2 * OPENING and goes_on

    def _before(self, span: Span) -> str:
        """Return the word before a name; none before the first."""
        place = self._prose.words(*span)[0]
        return self._words[place - 1].norm if place else ""

    # --- its clauses

    def cut(
        self, sentence: Sentence, first: int, cues: Cues, named: list[Named], label: tuple[str, ...], *, is_item: bool
    ) -> Iterator[Clause]:
        """Yield the clauses from tokens[first]; the one territory that one names is the label of those that follow."""
        goes_on = self.goes_on(first)
        for begin, last in self._cut(first, sentence.last):
            inside: Cues = defaultdict(list)
            for role, hits in cues.items():
                inside[role] = [cue for cue in hits if begin <= cue.first < last]
            start, end = self._words[begin].start, self._words[last - 1].end
            here = [one for one in named if start <= one[0].start < end]
            stop = self._undone(begin, last, inside)
            types = self._types(begin, last, cues["mask"])
            yield Clause(self._prose, sentence, begin, last, stop, inside, types, here, label, goes_on, is_item)
            label = label or (codes_of(here) if len(here) == 1 else ())

    def _cut(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the words of the clauses: a semicolon parts them, and « , mais », « , tandis que »."""
        start = first
        for place in range(first + 1, last):
            gap = self._prose.gap(place)
            is_break = self._words[place].norm in BREAKS and "," in gap
            if ";" in gap or is_break or (":" in gap and self._begins(place, last)):
                yield start, place
                start = place
        yield start, last

    def _begins(self, place: int, last: int) -> bool:
        """Return whether a sentence of its own begins after a colon, not an enumeration."""
        if self._words[place].norm not in _SUBJECTS:
            return False
        return any(cue.first > place for cue in self.cues(place, min(last, place + 2 * OPENING))["doing"])

    def _types(self, first: int, last: int, masks: Iterable[Hit]) -> list[Hit]:
        hits = self._vocabulary.action_types.find(self._words, first, last)
        kept = longest(hits, [(mask.first, mask.last) for mask in masks])
        return sorted(kept, key=lambda hit: (hit.first, -hit.last))

    # --- where it tells no more what was done

    def _undone(self, first: int, last: int, cues: Cues) -> int:
        """Return where the first wish, report or « ne … pas » of a clause stands; its end without one."""
        # « rappelle que » tells what somebody said
        reports = [cue for cue in (*cues["problem"], *cues["idle"]) if self._words[cue.last - 1].norm in {"que", "qu"}]
        wishes = {cue.first for cue in (*cues["wish"], *reports) if self._is_wish(cue)}
        for place in range(first, last):
            said = {token.norm for token in self._words[place : min(place + 6, last)]}
            is_denied = self._words[place].norm in {"ne", "n"} and not said.isdisjoint(_DENYING)
            if (is_denied or place in wishes) and not self._is_said_aside(place, first, last):
                return place
        return last

    def _is_wish(self, cue: Hit) -> bool:
        """Return whether it is a wish: « à la demande des bailleurs » is none."""
        before = self._words[cue.first - 1].norm if cue.first else ""
        is_noun = self._words[cue.first].norm.startswith(("demande", "attente"))
        return not (is_noun and before in {"la", "les", "des", "leur", "leurs", "sa", "ses", "une"})

    def _is_said_aside(self, place: int, first: int, last: int) -> bool:
        """Return whether a word stands between commas after « où », « qui » or « dont »."""
        begin = place
        while begin > first and "," not in self._prose.gap(begin):
            begin -= 1
        goes_on = any("," in self._prose.gap(after) for after in range(place + 1, last))
        return begin > first and goes_on and self._words[begin].norm in {"ou", "qui", "dont"}
