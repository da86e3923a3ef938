"""Actions that minutes tell: what territories did or do, rather than what is wished, feared or decided elsewhere.

A sentence is cut into clauses. In each, the verbs that do something (« a recruté », « organise », « continue de
tenir ») are looked for; what each of them bears on tells the type: the verb itself (« sensibilise »), its objects one
by one, its subject, and at last what only goes with it (« avec le parquet »). After a wish, or with the network as
subject, nothing is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from netstats.minutes.drafts import DOUBTFUL, LIKELY, SURE, Action, Span
from netstats.minutes.prose import ITEM, Prose, Sentence
from netstats.minutes.themes import Position, longest, outline, theme_hits
from netstats.reference.vocabulary import STRONG, Hit, Token, Vocabulary
from netstats.reference.words import word_set
from netstats.wording import MONTHS

Territories: TypeAlias = Callable[[int, int], tuple[tuple[Span, str], ...]]
"""The territories that `text[start:end]` names: where each stands, and its code."""

OTHER, EVERYBODY = "autre", "tout-public"
TYPES = ("information-prevention", "hebergement", "police-municipale", "partenariat", OTHER)
"""Types that some verbs tell alone: roles of the cues, by the types."""

_PROFESSIONALS = "professionnels"
_LONGEST = 500  # characters of a description
_REMOTE = "continuite-distance"
_INFORMS = "information-prevention"

# Types whose public may be professionals; elsewhere they are who acts: « les policiers municipaux patrouillent ».
_FOR_PROFESSIONALS = frozenset({_INFORMS, "soutien-psychologique", "accompagnement-victimes"})
# Types that go on about the public of the sentences before: « Plusieurs actions ont été initiées… »
_FOR_SOMEBODY = frozenset({"maintien-lien", "soutien-psychologique", "hebergement", "accompagnement-victimes"})
_THEME_OF = {
    "seniors-isoles": "seniors-isolement",
    "femmes-victimes": "violences-femmes",
    "publics-demunis": "publics-vulnerables",
    "usagers-drogues": "stupefiants",
}

_AUXILIARIES = word_set("a ont est sont été ayant")
_BEFORE_NOUN = word_set(
    "le la les l un une des du de d ce cette ces cet son sa ses leur leurs au aux en par pour sur sans avec "
    "chaque tout toute toutes tous à nos notre quel quelle dans sous chez vers"
)
# « tenue », not « distribue »; « prise », not « organise »; « réunie », not « publie » or « envoie »
_PARTICIPLE = re.compile(
    r"(?:[éu]s?|ées?|(?:[nçdv]|cl|cr)ues?|(?:m|pr|qu)ises?|erte?s?|ites?|its|is?"
    r"|(?:un|an|in|rn|rt|rv|rg|uiv|ill|is|ât|est|abl|mpl)ies?)$"
)
# « étendre », « conduire », not « mesure », « gère » or « délivre »
_INFINITIVE = re.compile(r"(?:er|ir|[nr]dre|ettre|attre|aître|uire|(?:d|l|cr)ire|faire|suivre|clure|ompre)$")
_PRESENT = re.compile(r"(?:[^éaiou]e|ent|[dt])$")
_SUBJECT = 25  # characters before a territory that is the subject: « L’agglomération de Lens »
_ADVERBS = word_set("desormais aussi egalement enfin ensuite elle")
_NOT_DOING = ("idle", "problem", "wish", "presence", "telling", "topic", "about")
_BREAKS = word_set("mais tandis alors cependant toutefois")
_ARTICLES = word_set("un une des deux trois quatre son sa ses leur leurs la les l")
_PREPOSITIONS = word_set("a au aux dans en chez pour sur entre depuis de d")
_SUBJECTS = word_set("la le l les elle elles il ils")
_DENYING = word_set("pas plus jamais guere rien aucun aucune")
_LINKS = word_set("et ou puis")
_ENUMERATING = word_set("entre notamment comme")
_GOES_ON = word_set("elle il elles ils son sa ses cette ce ces celle celui")
_SAME_BODY = word_set(
    "ville commune municipalité agglomération collectivité métropole mairie ccas dispositif équipe service"
)
# « a présenté sa cellule », not « a présenté la loi »
_ITS_OWN = word_set("son sa ses leur leurs un une")
_LONGEST_LABEL = 12  # words before the colon of a list of themes
# « la ville de Bondy, en lien avec le parquet de Bobigny, a … »: what an aside begins with.
_ASIDE = word_set("en avec aux sous par grace via pour chez dans aupres sur qui dont")
_PART = re.compile(r"[,;:()]")
_AT = word_set("a au aux")
_BODY_WORDS = word_set("association associations collectif federation fondation")  # bodies that are no territory
_OPENING = 4  # words within which a territory begins a sentence, or a noun an item of an enumeration


@dataclass(frozen=True, eq=False)
class _Clause:
    """A part of a sentence with verbs of its own.

    Attributes
    ----------
    sentence
        Its sentence.
    first, last
        Its words: tokens first to last.
    end
        Where what is wished or denied begins; `last` when nothing is.
    cues, types
        Role → words that play it; expressions of types of actions.
    named
        Territories that it names.
    label
        Codes of the territories that the label of its block names: « Lens : … ».
    goes_on
        Whether its sentence goes on about the territory of the one before.
    is_item
        Whether it stands in a list of what was done.
    """

    sentence: Sentence
    first: int
    last: int
    end: int
    cues: dict[str, list[Hit]]
    types: list[Hit]
    named: list[tuple[Span, str]]
    label: tuple[str, ...]
    goes_on: bool
    is_item: bool

    def has(self, *roles: str) -> bool:
        """Return whether words of it play one of these roles."""
        return any(self.cues[role] for role in roles)

    @property
    def verbs(self) -> list[Hit]:
        """Verbs that tell the type alone, whatever they bear on: « forme ses agents », « évalue »."""
        return [cue for role in TYPES for cue in self.cues[role]]

    @property
    def tells_who(self) -> bool:
        """Whether it says who did it, were it « certaines villes »."""
        return bool(self.named or self.label or self.goes_on or self.has("someone"))


class _Verb(NamedTuple):
    """A verb that does something: tokens first to last, and whether its subject is what is done (« a été créée »)."""

    first: int
    last: int
    is_passive: bool = False
    is_gerund: bool = False


class _Thing(NamedTuple):
    """What was done: its type, the words that tell it (tokens first to last), the expression that told the type."""

    type: str
    first: int
    last: int
    hit: Hit | None


@dataclass
class _Memory:
    """What a sentence may leave unsaid, since the ones before said it; `list_theme` is that of a whole list."""

    block: int = -1
    heading: int | None = None
    territory: str = ""
    audience: str = ""
    theme: str = ""
    list_theme: str = ""
    heading_territory: str = ""


def read_actions(
    prose: Prose, spans: Sequence[Span], vocabulary: Vocabulary, *, places: Territories
) -> tuple[Action, ...]:
    """Return what territories did, in the order of the text, one action for each thing done.

    Parameters
    ----------
    prose
        The text.
    spans
        The parts of it that are about the meeting.
    vocabulary
        Expressions of types, publics and themes, and the words that tell an action from a wish.
    places
        Names the territories of a part of the text.
    """
    return tuple(_Reader(prose, vocabulary, places).read(spans))


class _Reader:
    def __init__(self, prose: Prose, vocabulary: Vocabulary, places: Territories) -> None:
        self._prose = prose
        self._words = prose.tokens
        self._vocabulary = vocabulary
        self._places = places
        self._positions = outline(prose, vocabulary)
        self._memory = _Memory()

    def read(self, spans: Sequence[Span]) -> Iterator[Action]:
        for sentence in self._prose.sentences_in(spans):
            position = self._positions[sentence.block]
            self._turn_to(sentence, position)
            if not position.is_closed and not position.is_undone:
                yield from self._sentence(sentence, position)
            self._remember(sentence)

    # --- what the sentences before said

    def _turn_to(self, sentence: Sentence, position: Position) -> None:
        memory = self._memory
        if position.is_heading:
            codes = self._codes(self._places(sentence.start, sentence.end))
            length = sentence.last - sentence.first
            memory.heading_territory = codes[0] if len(codes) == 1 and length <= 2 * _OPENING else ""
        if sentence.block != memory.block:
            memory.territory = memory.heading_territory
            if position.heading != memory.heading or position.is_heading:
                memory.audience = memory.theme = memory.list_theme = ""
            if self._prose.blocks[sentence.block].kind == ITEM:
                memory.audience = ""
                memory.theme = memory.list_theme
            else:
                memory.theme = memory.list_theme = ""  # those of another paragraph
            memory.block, memory.heading = sentence.block, position.heading

    def _remember(self, sentence: Sentence) -> None:
        for hit in self._audiences(sentence.first, sentence.last, OTHER)[:1]:
            if hit.code != EVERYBODY:
                self._memory.audience = hit.code
        strong = [hit.code for hit in theme_hits(self._prose, sentence, self._vocabulary) if hit.strength == STRONG]
        if strong:
            self._memory.theme = strong[0]
            if self._prose.blocks[sentence.block].kind != ITEM:
                self._memory.list_theme = strong[0]

    # --- one sentence

    def _sentence(self, sentence: Sentence, position: Position) -> Iterator[Action]:
        text = self._prose.text[sentence.start : sentence.end]
        if text.rstrip(" »\u00a0").endswith("?"):
            return
        first = sentence.first
        label: tuple[str, ...] = ()
        if position.content > sentence.start:
            label = self._codes(self._places(sentence.start, position.content))
            first = self._prose.words(position.content, sentence.end)[0]
        if first >= sentence.last or (position.is_heading and not label):
            return
        cues = self._cues(sentence.first, sentence.last)
        if cues["presence"] or cues["elsewhere"] or (cues["meeting"] and self._is_dated(sentence)):
            return
        if self._is_agenda(sentence, cues["agenda"], is_listed=position.is_agenda and not label):
            return
        named = self._named(first, sentence)
        goes_on = self._goes_on(first)
        is_listed = first > sentence.first or self._prose.blocks[sentence.block].kind == ITEM
        found = False
        for begin, last in self._cut(first, sentence.last):
            inside = {role: [cue for cue in hits if begin <= cue.first < last] for role, hits in cues.items()}
            clause = _Clause(
                sentence,
                begin,
                last,
                self._undone(begin, last, [*inside.get("wish", ()), *self._reports(inside)]),
                defaultdict(list, inside),
                self._types(begin, last, cues["mask"]),
                [one for one in named if self._words[begin].start <= one[0].start < self._words[last - 1].end],
                label,
                goes_on,
                position.tells_facts and is_listed,
            )
            for action in self._clause(clause, is_first=not found):
                found = True
                yield action
            label = label or (self._codes(clause.named) if len(clause.named) == 1 else ())
        codes = self._codes(named) or label
        if codes or not goes_on:
            self._memory.territory = codes[0] if len(codes) == 1 else ""

    def _is_agenda(self, sentence: Sentence, cues: Sequence[Hit], *, is_listed: bool) -> bool:
        """Return whether a sentence only lists themes: « Parmi les thèmes : … », or an item after that."""
        words = range(sentence.first + 1, min(sentence.first + _LONGEST_LABEL, sentence.last))
        colon = next((place for place in words if ":" in self._prose.gap(place)), sentence.first)
        tells = any(token.text in {"a", "ont"} for token in self._words[colon : sentence.last])
        return not tells and (is_listed or any(cue.last <= colon for cue in cues))

    def _named(self, first: int, sentence: Sentence) -> list[tuple[Span, str]]:
        """Return the territories that a sentence names, without those in the name of an association.

        When an association is its subject, only a town after « à » is meant.
        """
        named = list(self._places(self._words[first].start, sentence.end))
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
        has_verb = any(self._words[one].text in _AUXILIARIES for one in words)
        return body < place <= body + 2 * _OPENING and goes_on and not has_verb and self._before(span) not in _AT

    def _before(self, span: Span) -> str:
        """Return the word before a name; none before the first."""
        place = self._prose.words(*span)[0]
        return self._words[place - 1].norm if place else ""

    def _is_dated(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells a day: with who met, it tells of the meeting."""
        words = self._words[sentence.first : sentence.last]
        return any(one.text.isdecimal() and two.text.casefold() in MONTHS for one, two in pairwise(words))

    def _cut(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the clauses: a semicolon parts them, and « , mais », « , tandis que »."""
        start = first
        for place in range(first + 1, last):
            gap = self._prose.gap(place)
            is_break = self._words[place].norm in _BREAKS and "," in gap
            if ";" in gap or is_break or (":" in gap and self._begins(place, last)):
                yield start, place
                start = place
        yield start, last

    def _begins(self, place: int, last: int) -> bool:
        """Return whether a sentence of its own begins after a colon, not an enumeration."""
        cues = self._cues(place, min(last, place + 2 * _OPENING))["doing"]
        return self._words[place].norm in _SUBJECTS and any(cue.first > place for cue in cues)

    def _clause(self, clause: _Clause, *, is_first: bool) -> Iterator[Action]:
        verbs = [verb for verb in self._verbs(clause) if verb.first < clause.end]
        if not (clause.named or clause.label) and clause.has("topic"):
            return
        if self._is_about_others(clause, verbs[0].first if verbs else clause.last):
            return
        if self._is_a_meeting(clause) or (not clause.tells_who and clause.has("problem")):
            return
        found = False
        for action in self._done(clause, verbs):
            found = True
            yield action
        if found:
            return
        is_led = bool(clause.label) or any(self._leads(span, clause) for span, _ in clause.named)
        if verbs:
            if is_first and (is_led or (clause.named and verbs[0].is_passive)):
                yield from self._hinted(clause, verbs[0])
        elif clause.end == clause.last:
            yield from self._nominal(clause, is_led=is_led)

    def _is_a_meeting(self, clause: _Clause) -> bool:
        """Return whether a clause only tells who met and why: « … dont Lille, pour parler de santé mentale »."""
        for cue in clause.cues["purpose"]:
            told = (*clause.cues["doing"], *(hit for hit in clause.types if hit.strength == STRONG))
            if not any(hit.first < cue.first for hit in told):
                return True
        return False

    def _done(self, clause: _Clause, verbs: Sequence[_Verb]) -> Iterator[Action]:
        """Yield what the verbs of a clause do."""
        reached = clause.first  # « accueille et oriente les victimes » is one thing, that of the first verb
        for number, verb in enumerate(verbs):
            if verb.first < reached:
                continue
            stop = verbs[number + 1].first if number + 1 < len(verbs) else clause.end
            start = verbs[number - 1].last if number else clause.first
            for thing in self._things(clause, verb, start, stop):
                last = thing.last
                if thing.hit is not None and thing.hit.last > stop:
                    reached = thing.hit.last
                    last = next((one.first for one in verbs[number + 1 :] if one.first >= reached), clause.end)
                yield from self._actions(clause, thing._replace(last=last), verb, start)

    def _hinted(self, clause: _Clause, verb: _Verb) -> Iterator[Action]:
        """Yield what a territory does that no strong expression tells."""
        before = [hit for hit in clause.types if hit.first < clause.end and not self._is_manner(hit)]
        if self._follows_se(verb.first) or any(hit.strength == STRONG for hit in before):
            return
        if before or (len(self._codes(clause.named)) == 1 and not clause.label):
            hit = before[0] if before else None
            thing = _Thing(hit.code if hit else OTHER, clause.first, clause.end, hit)
            yield from self._actions(clause, thing, verb, clause.first)

    def _nominal(self, clause: _Clause, *, is_led: bool) -> Iterator[Action]:
        """Yield what is told without a verb that we know: « Lens : recrutement de deux médiateurs »."""
        strong = [hit for hit in clause.types if hit.strength == STRONG]
        begins = bool(strong and clause.named) and strong[0].first - clause.first < _OPENING
        first = strong[0].first if strong else clause.last
        said = (*clause.cues["topic"], *clause.cues["idle"], *clause.cues["problem"], *clause.cues["network"])
        if not (is_led or clause.is_item or begins) or any(cue.first < first for cue in said):
            return
        if strong:
            things = list(self._objects(clause, strong, clause.first, clause.end))
            for thing in things or [_whole(strong[0], clause.first, clause.end)]:
                yield from self._actions(clause, thing, None, clause.first)
        elif clause.label and clause.is_item:
            hit = clause.types[0] if clause.types else None
            thing = _Thing(hit.code if hit else OTHER, clause.first, clause.end, hit)
            yield from self._actions(clause, thing, None, clause.first)

    def _is_about_others(self, clause: _Clause, verb: int) -> bool:
        """Return whether the subject of the verb is the network, a law or a person."""
        for cue in (*clause.cues["network"], *clause.cues["law"]):
            away = cue.first - clause.first
            is_named_before = any(span.start < self._words[cue.first].start for span, _ in clause.named)
            before = self._words[cue.first - 1].norm if away else ""
            told_us = is_named_before and self._words[min(cue.last, clause.last - 1)].text in _AUXILIARIES
            if before in _PREPOSITIONS or told_us:  # « plus près de nous, Lens… », « Lens nous a raconté »
                continue
            if cue.first < verb and away <= 2 * _OPENING and (away <= 2 or not is_named_before):
                return True
        return False

    def _undone(self, first: int, last: int, wishes: Sequence[Hit]) -> int:
        """Return where the first wish, report or « ne … pas » of a clause stands; its end without one."""
        for place in range(first, last):
            said = {token.norm for token in self._words[place : min(place + 6, last)]}
            is_denied = self._words[place].norm in {"ne", "n"} and not said.isdisjoint(_DENYING)
            is_wished = any(cue.first == place and self._is_wish(cue) for cue in wishes)
            if (is_denied or is_wished) and not self._is_said_aside(place, first, last):
                return place
        return last

    def _reports(self, cues: dict[str, list[Hit]]) -> Iterator[Hit]:
        """Yield the words that tell what somebody said: « rappelle que »."""
        for cue in (*cues.get("problem", ()), *cues.get("idle", ())):
            if self._words[cue.last - 1].norm in {"que", "qu"}:
                yield cue

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

    # --- verbs

    def _verbs(self, clause: _Clause) -> list[_Verb]:
        """Return the verbs of a clause that do something, in their order."""
        found: list[_Verb] = []
        idle = [*clause.cues["idle"], *clause.cues["topic"]]
        for cue in clause.cues["doing"]:
            if any(one.first <= cue.first < one.last for one in idle) or (found and cue.first < found[-1].last):
                continue
            verb = self._verb(cue, clause, found)
            if verb is None or self._is_aside(verb, clause) or (found and self._depends(verb, found[-1])):
                continue
            found.append(verb)
        for cue in clause.cues["telling"]:
            after = {token.norm for token in self._words[cue.last : min(cue.last + _OPENING + 1, clause.last)]}
            if (
                found
                or after.isdisjoint(_ITS_OWN)
                or any(one.first < cue.last and cue.first < one.last for one in idle)
            ):
                continue
            if clause.named or self._memory.heading_territory:
                found.append(_Verb(cue.first, cue.last))
        return found or [verb for verb in [self._after_a_territory(clause)] if verb is not None]

    def _after_a_territory(self, clause: _Clause) -> _Verb | None:
        """Return the verb that a territory at the beginning of a clause is the subject of, whatever verb it is."""
        if not clause.named or clause.named[0][0].start > self._words[clause.first].start + _SUBJECT:
            return None
        first, place = self._prose.words(*clause.named[0][0])
        if first > clause.first and self._words[clause.first].norm in _PREPOSITIONS:
            return None
        while place < clause.last and self._words[place].norm in _ADVERBS:
            place += 1
        end = min(place + 3, clause.last)
        said = [cue for role in _NOT_DOING for cue in clause.cues[role] if place <= cue.last - 1 and cue.first < end]
        if place >= clause.last - 1 or said or "," in self._prose.gap(place) or ":" in self._prose.gap(place):
            return None
        word = self._words[place].text
        if word in {"a", "ont"}:
            last = next((one for one in range(place + 1, end) if _PARTICIPLE.search(self._words[one].text)), None)
            return _Verb(place, last + 1) if last is not None and self._has_object(last + 1, clause) else None
        is_present = word.islower() and _PRESENT.search(word) is not None and self._has_object(place + 1, clause)
        return _Verb(place, place + 1) if is_present else None

    def _depends(self, verb: _Verb, before: _Verb) -> bool:
        """Return whether a verb only details the one before: « en développant… », « où un psychologue reçoit… »."""
        return verb.is_gerund or any(
            token.norm == "ou" and token.text == "où" for token in self._words[before.last : verb.first]
        )

    def _is_aside(self, verb: _Verb, clause: _Clause) -> bool:
        """Return whether a verb says more of a word (« un stand qui informe », « et l’a remise ») or reports words."""
        before = [token.norm for token in self._words[max(clause.first, verb.first - 2) : verb.first]]
        further = {token.norm for token in self._words[max(clause.first, verb.first - _OPENING) : verb.first]}
        after = self._words[verb.last].norm if verb.last < clause.last else ""
        is_said_of = "qui" in before or "dont" in further or before[-1:] == ["que"]
        has_pronoun = self._words[verb.first].text in _AUXILIARIES and before[-1:] in (["l"], ["les"], ["en"])
        return is_said_of or has_pronoun or after in {"que", "qu"}

    def _verb(self, cue: Hit, clause: _Clause, found: Sequence[_Verb]) -> _Verb | None:
        """Return the verb that a word is; None when it is a noun, an adjective or a bare infinitive."""
        is_name = self._words[cue.first].text.istitle() and not self._prose.gap(cue.first).strip()
        if is_name and cue.first > clause.first:
            return None  # « l’association Veille Citoyenne »
        word = self._words[cue.first].text.casefold()
        if word.endswith("ant"):
            is_gerund = "en" in {token.norm for token in self._words[max(clause.first, cue.first - 2) : cue.first]}
            return _Verb(cue.first, cue.last, is_gerund=True) if is_gerund else None
        if _INFINITIVE.search(word):
            is_led = any(0 <= cue.first - chain.last <= 2 for chain in clause.cues["chain"])
            return _Verb(cue.first, cue.last) if is_led else None
        auxiliary = self._auxiliary(cue.first, clause)
        if auxiliary is not None:
            return self._compound(cue, word, auxiliary)
        if word.startswith("présent"):
            return None
        return self._simple(cue, word, clause, found)

    def _compound(self, cue: Hit, word: str, auxiliary: int) -> _Verb | None:
        """Return a verb with its auxiliary: « a recruté », « s’est dotée », « ont été créées »."""
        between = [token.text for token in self._words[auxiliary : cue.first]]
        if "pas" in between:
            return None
        is_state = between[0] in {"est", "sont", "étaient", "était"} and _PARTICIPLE.search(word) is not None
        is_passive = "été" in between or is_state or self._follows_se(auxiliary)
        return _Verb(auxiliary, cue.last, is_passive)

    def _simple(self, cue: Hit, word: str, clause: _Clause, found: Sequence[_Verb]) -> _Verb | None:
        """Return a verb without auxiliary: « organise », or « ouvert » in « a recruté et ouvert »."""
        previous = self._words[cue.first - 1].norm if cue.first > clause.first else ""
        if _PARTICIPLE.search(word):
            is_joined = previous in _LINKS or "," in self._prose.gap(cue.first)
            is_joined = (
                is_joined
                and self._has_object(cue.last, clause)
                and any(_PARTICIPLE.search(self._words[one.last - 1].text) for one in found)
            )
            return _Verb(cue.first, cue.last) if is_joined else None
        if previous in _BEFORE_NOUN and not self._is_pronoun(cue.first - 1):
            return None
        is_noun = word.endswith("ement") or (cue.first == clause.first and word.endswith("e"))
        return None if is_noun else _Verb(cue.first, cue.last, previous in {"se", "s"})

    def _has_object(self, place: int, clause: _Clause) -> bool:
        """Return whether an article or a number follows: « et ouvert une permanence », not « , ouvert le soir »."""
        word = self._words[place].norm if place < clause.last else ""
        return word in _ARTICLES or word.isdecimal()

    def _auxiliary(self, place: int, clause: _Clause) -> int | None:
        """Return where the auxiliary of a participle stands: at most five words before, no comma between."""
        for back in range(place - 1, max(clause.first, place - 5) - 1, -1):
            word = self._words[back].text
            is_apart = "," in self._prose.gap(back + 1)
            if is_apart and word in _AUXILIARIES and "," in self._prose.gap(place):
                return back  # « ont, elles, mis en place »
            if is_apart or word.casefold() in _BEFORE_NOUN | _LINKS:
                return None
            if word in _AUXILIARIES and not (word == "été" and back > clause.first):
                return back
        return None

    def _is_pronoun(self, place: int) -> bool:
        """Return whether « le », « la », « les » stands for a name: « et les accueille », « elle l’organise »."""
        if place > 0 and self._words[place].norm == "en":
            return self._words[place - 1].is_capital  # « Lens en organise quatre »
        if place == 0 or self._words[place].norm not in {"l", "le", "la", "les"}:
            return False
        before, after = self._words[place - 1].norm, {token.norm for token in self._words[place + 2 : place + 3]}
        # « et les accueille », not « et les aides à domicile »
        return before in {"il", "elle", "on"} or (before == "et" and after.isdisjoint(_PREPOSITIONS | {"du", "des"}))

    def _follows_se(self, place: int) -> bool:
        return self._words[place].norm == "se" or (place > 0 and self._words[place - 1].norm in {"se", "s"})

    # --- what was done

    def _things(self, clause: _Clause, verb: _Verb, start: int, stop: int) -> list[_Thing]:
        """Return what a verb does: tokens start to stop are its subject, itself and what follows."""
        strong = [hit for hit in clause.types if hit.strength == STRONG and start <= hit.first < stop]
        goes_on = any(cue.first < verb.last and cue.last > verb.first - _OPENING for cue in clause.cues[_REMOTE])
        manner = [hit for hit in strong if self._is_manner(hit)]
        if not goes_on:  # « recense en ligne », « propose un entretien à distance »
            strong = [hit for hit in strong if hit not in manner]
        own = [hit for hit in strong if verb.first <= hit.first < verb.last]
        own += [cue for cue in clause.verbs if verb.first <= cue.first < verb.last]
        if own:
            return [_whole(own[-1], start, stop)]
        after = [hit for hit in strong if hit.first >= verb.last]
        before = [hit for hit in strong if hit.last <= verb.first]
        listed = self._enumerated(after, verb.last, stop)
        if listed:
            return listed
        objects = list(self._objects(clause, after, verb.last, stop, start))
        is_remote = goes_on and bool(manner) and manner[0].first >= verb.last
        if is_remote and [one.type for one in objects[:1]] != [_INFORMS]:
            return [_whole(manner[0], start, stop)]
        if before and (verb.is_passive or not objects):
            return self._subjects(before, verb, start, stop)
        if objects:
            return objects
        other = [hit for hit in clause.types if hit.code == OTHER and verb.last <= hit.first < stop]
        return [_whole(hit, start, stop) for hit in [*other, *after][:1]]

    def _is_manner(self, hit: Hit) -> bool:
        """Return whether it says how: « a basculé ses permanences juridiques en visioconférence »."""
        return hit.code == _REMOTE and self._words[hit.first].norm in {"en", "a", "par", "sur"}

    def _subjects(self, hits: Sequence[Hit], verb: _Verb, start: int, stop: int) -> list[_Thing]:
        """Return the subjects of a verb one by one, or its one subject in each place where it was done."""
        first = hits[0]
        items = list(self._items(hits, start, verb.first))
        if verb.is_passive and len(items) > 1:
            return items
        for hit in hits[1:]:
            between = {token.norm for token in self._words[first.last : hit.first]}
            is_near = first.last <= hit.first <= first.last + _OPENING
            if hit.code != first.code and is_near and not between.isdisjoint(_LINKS):
                return [_Thing(first.code, start, hit.first - 1, first), _Thing(hit.code, hit.first, stop, hit)]
        again = self._second_place(verb.last, stop) if verb.is_passive else None
        if again is not None:
            return [_Thing(first.code, start, again, first), _Thing(first.code, again, stop, first)]
        return [_whole(first, start, stop)]

    def _second_place(self, first: int, last: int) -> int | None:
        """Return where « dans les centres commerciaux et dans les pharmacies » names a second place."""
        places = [place for place in range(first, last) if self._words[place].norm == "dans"]
        return places[1] if len(places) == 2 and self._words[places[1] - 1].norm == "et" else None

    def _enumerated(self, hits: Sequence[Hit], first: int, last: int) -> list[_Thing]:
        """Return the items of « …entre appels téléphoniques, livraisons de repas ou cellule d’écoute »."""
        for place in range(first, last):
            is_word = self._words[place].norm in _ENUMERATING
            if is_word or (place > first and ":" in self._prose.gap(place)):
                begin = place + is_word
                items = list(self._items([hit for hit in hits if hit.first >= begin], begin, last))
                if len(items) > 1:
                    return items
        return []

    def _items(self, hits: Sequence[Hit], first: int, last: int) -> Iterator[_Thing]:
        for begin, end in self._segments(first, last):
            head = next((hit for hit in hits if begin <= hit.first < min(end, begin + _OPENING)), None)
            if head is not None:
                yield _Thing(head.code, begin, end, head)

    def _segments(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the parts between commas and « et », « ou », « puis »."""
        start = first
        for place in range(first + 1, last):
            is_link = self._words[place].norm in _LINKS
            if is_link or "," in self._prose.gap(place):
                if start < place:
                    yield start, place
                start = place + is_link
        if start < last:
            yield start, last

    def _objects(
        self, clause: _Clause, hits: Sequence[Hit], first: int, last: int, start: int | None = None
    ) -> Iterator[_Thing]:
        """Yield the objects of a verb, not what goes with them: « une brigade, avec la gendarmerie ».

        The first goes from `start` to the last word; each of the others is its own part.
        """
        goes_with = False
        seen: set[str] = set()
        for number, (begin, end) in enumerate(self._segments(first, last)):
            goes_with = goes_with and "," not in self._prose.gap(begin)
            limit = next((cue.first for cue in clause.cues["complement"] if begin <= cue.first < end), end)
            head = next((hit for hit in hits if begin <= hit.first < limit and not goes_with), None)
            goes_with = goes_with or limit < end
            if head is None:
                continue
            away = head.first - begin
            if seen and self._is_a_count(begin, head):
                continue
            if not seen:
                yield _Thing(head.code, first if start is None else start, last, head)
            elif away < _OPENING and (head.code not in seen or (number > 0 and away <= 2)):
                yield _Thing(head.code, begin, end, head)
            seen.add(head.code)

    def _is_a_count(self, begin: int, head: Hit) -> bool:
        """Return whether a part only counts what was done: « formation des agents, 45 agents formés »."""
        participle = _PARTICIPLE.search(self._words[head.first].text)
        return head.first > begin and self._words[begin].text.isdecimal() and participle is not None

    # --- an action

    def _actions(self, clause: _Clause, thing: _Thing, verb: _Verb | None, start: int) -> Iterator[Action]:
        """Yield a thing done, once for each territory of which the text says so."""
        sentence = clause.sentence
        is_whole = thing.first == clause.first
        audience, told = self._audience(clause, thing, verb)
        evidence = [self._prose.span(thing.first, max(thing.last, thing.first + 1))]
        if thing.hit is not None:
            evidence.append(self._prose.span(thing.hit.first, thing.hit.last))
        evidence += told
        alone = is_whole and self._stands_alone(clause)
        description = self._prose.quote(self._prose.span(clause.first, clause.last) if alone else sentence.span)
        theme, is_told = self._theme(sentence, thing, audience, is_public_told=bool(told))
        confidence = _confidence(thing, verb, tells_who=clause.tells_who, is_whole=is_whole)
        confidence = confidence if is_told else min(confidence, LIKELY)
        for span, code in self._doers(clause, verb, start):
            spans = (*evidence, span) if span is not None else tuple(evidence)
            yield Action(thing.type, _described(description), spans, confidence, audience, theme, code)

    def _stands_alone(self, clause: _Clause) -> bool:
        """Return whether a clause says enough without the rest of its sentence."""
        is_all = (clause.first, clause.last) == (clause.sentence.first, clause.sentence.last)
        return not is_all and self._words[clause.first].norm not in _BREAKS and clause.last - clause.first > _OPENING

    def _doers(self, clause: _Clause, verb: _Verb | None, start: int) -> list[tuple[Span | None, str]]:
        """Return who did it, one for each when the text says so (« ont chacune nommé »); nobody when in doubt."""
        limit = self._words[verb.first].start if verb is not None else self._words[clause.last - 1].end
        before = self._after_an_aside(clause, [one for one in clause.named if one[0].start < limit])
        before = self._without_asides(before, limit)
        near = [one for one in before if self._words[start].start <= one[0].start]
        for group in (near, before, clause.named):
            codes = self._codes(group)
            if len(codes) == 1:
                return [group[0]]
            if codes:
                is_each = self._are_subjects(clause, group, limit)
                return [next(one for one in group if one[1] == code) for code in codes] if is_each else [(None, "")]
        if clause.label:
            return [(None, clause.label[0] if len(clause.label) == 1 else "")]
        return [(None, self._memory.territory if clause.goes_on or self._memory.heading_territory else "")]

    def _after_an_aside(self, clause: _Clause, named: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
        """Return the territories that stand after what a clause begins with: « Avec Arras, la ville de Lens a … »."""
        start = self._words[clause.first].start
        comma = self._prose.text.find(",", start)
        after = [one for one in named if one[0].start > comma]
        return after if comma >= 0 and after and self._begins_an_aside(clause.first) else named

    def _without_asides(self, named: list[tuple[Span, str]], limit: int) -> list[tuple[Span, str]]:
        """Return the territories that stand before a verb, without those of an aside: « Lens, avec Arras, a … »."""
        text = self._prose.text
        kept = named[:1]
        for one in named[1:]:
            start = text.rfind(",", kept[0][0].end, one[0].start)
            is_between = start >= 0 and "," in text[one[0].end : limit]
            if not (is_between and self._begins_an_aside(self._prose.words(start, one[0].end)[0])):
                kept.append(one)
        return kept

    def _begins_an_aside(self, place: int) -> bool:
        word = self._words[place]
        return word.norm in _ASIDE or (not word.is_capital and _PARTICIPLE.search(word.text) is not None)

    def _are_subjects(self, clause: _Clause, named: Sequence[tuple[Span, str]], limit: int) -> bool:
        """Return whether each of several territories did it: « Rouen et Elbeuf ont formé », « ont chacune nommé »."""
        words = {token.norm for token in self._words[clause.first : clause.last]}
        opens = self._words[clause.first].norm not in _PREPOSITIONS
        is_short = opens and len(named) <= 3 and named[0][0].start <= self._words[clause.first].start + _OPENING
        return not words.isdisjoint({"chacun", "chacune"}) or (is_short and named[-1][0].start < limit)

    def _audience(self, clause: _Clause, thing: _Thing, verb: _Verb | None) -> tuple[str, list[Span]]:
        """Return the public of a thing done and the words that tell it, those that follow the verb first."""
        after = verb.first if verb is not None else thing.first
        for first, last in (
            (max(after, thing.first), thing.last),
            (thing.first, thing.last),
            (clause.first, clause.last),
            (clause.sentence.first, clause.sentence.last),
        ):
            hits = self._audiences(first, last, thing.type)
            if hits:
                return hits[0].code, [self._prose.span(hits[0].first, hits[0].last)]
        return (self._memory.audience if thing.type in _FOR_SOMEBODY else "") or EVERYBODY, []

    def _audiences(self, first: int, last: int, type_code: str) -> list[Hit]:
        hits = longest(self._vocabulary.audiences.find(self._words, first, last))
        return [hit for hit in hits if hit.code != _PROFESSIONALS or type_code in _FOR_PROFESSIONALS]

    def _theme(self, sentence: Sentence, thing: _Thing, audience: str, *, is_public_told: bool) -> tuple[str, bool]:
        """Return the theme of a thing done, and whether its own words tell it or no theme is told.

        Its words, its public or its sentence tell it, or else its heading or the sentences before.
        """
        hits = theme_hits(self._prose, sentence, self._vocabulary)
        inside = [hit for hit in hits if thing.first <= hit.first < thing.last]
        strong = [hit.code for hit in inside if hit.strength == STRONG]
        if audience in _THEME_OF and (not strong or _THEME_OF[audience] in strong):
            return _THEME_OF[audience], is_public_told or bool(strong)
        strong += [hit.code for hit in hits if hit.strength == STRONG]
        if strong:
            return strong[0], True
        inherited = self._heading_theme(self._positions[sentence.block].heading) or self._memory.theme
        if inherited:
            return inherited, any(hit.code == inherited for hit in inside)
        told = thing.hit.first if thing.hit is not None else thing.first
        weak = sorted(inside, key=lambda hit: (hit.first < told, hit.first))
        return (weak[0].code if weak else ""), True

    def _heading_theme(self, heading: int | None) -> str:
        """Return the theme of a heading, the first that says it plainly: « Prévenir les rixes » is about « rixes »."""
        if heading is None:
            return ""
        block = self._prose.blocks[heading]
        sentences = self._prose.sentences[block.first : block.last]
        hits = [hit for one in sentences for hit in theme_hits(self._prose, one, self._vocabulary)]
        return min(hits, key=lambda hit: (hit.strength != STRONG, hit.first)).code if hits else ""

    # --- words

    @staticmethod
    def _codes(named: Iterable[tuple[Span, str]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for _, code in named))

    def _cues(self, first: int, last: int) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = defaultdict(list)
        for cue in self._vocabulary.action_cues.find(self._words, first, last):
            found[cue.code].append(cue)
        return found

    def _types(self, first: int, last: int, masks: Iterable[Hit]) -> list[Hit]:
        hits = self._vocabulary.action_types.find(self._words, first, last)
        kept = longest(hits, [(mask.first, mask.last) for mask in masks])
        return sorted(kept, key=lambda hit: (hit.first, -hit.last))

    def _leads(self, span: Span, clause: _Clause) -> bool:
        """Return whether a territory stands where a sentence says who or where."""
        return span.start <= self._words[min(clause.first + _OPENING, clause.last - 1)].start

    def _goes_on(self, first: int) -> bool:
        """Return whether a sentence goes on about the same territory: « Elle a aussi… », « La ville… »."""
        words: Sequence[Token] = self._words[first : first + 2]
        opening = words[0].norm
        return opening in _GOES_ON or (len(words) > 1 and opening in {"la", "l", "le"} and words[1].text in _SAME_BODY)


def _whole(hit: Hit, first: int, last: int) -> _Thing:
    return _Thing(hit.code, first, last, hit)


def _confidence(thing: _Thing, verb: _Verb | None, *, tells_who: bool, is_whole: bool) -> float:
    if thing.type == OTHER:
        return DOUBTFUL
    if tells_who and verb is not None and thing.hit is not None and thing.hit.strength == STRONG:
        return SURE
    return LIKELY if tells_who or is_whole else (LIKELY + DOUBTFUL) / 2


def _described(text: str) -> str:
    """Return a description: what was quoted, begun with a capital, cut at a word when it is too long."""
    text = text[:1].upper() + text[1:]
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
