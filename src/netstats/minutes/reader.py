"""From the text of minutes to drafts of meetings: rules over an official gazetteer and a curated vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from netstats.errors import NetstatsError
from netstats.intake.snapshot import Snapshot
from netstats.minutes import networks
from netstats.minutes.actions import Territories, read_actions
from netstats.minutes.attendance import AttendanceReader, evidence_of
from netstats.minutes.checks import no_meeting_found, see_that_it_is_french, see_that_it_tells_a_meeting
from netstats.minutes.combining import filled, left_out, unread_of
from netstats.minutes.confidences import measured
from netstats.minutes.cues import MEETS, Cues
from netstats.minutes.date_mentions import CANCELLED, EARLIER, MOVED, NEXT, WHY
from netstats.minutes.document_context import DocumentContext, Part
from netstats.minutes.documents import Document
from netstats.minutes.drafts import (
    DOUBTFUL,
    LIKELY,
    Draft,
    Extracted,
    Reading,
    SetAside,
    Span,
    TerritoryMention,
    When,
)
from netstats.minutes.facts import read_format, read_kind, read_openness, read_status
from netstats.minutes.headcount import read_headcount
from netstats.minutes.networks import NATIONAL, About, Networks
from netstats.minutes.places import Names, Places
from netstats.minutes.prose import Prose, Sentence, parse
from netstats.minutes.section_context import SectionContext
from netstats.minutes.subject import how_ours, is_one_sentence, read_network
from netstats.minutes.territory_index import TerritoryIndex
from netstats.minutes.themes import read_themes, themes_in
from netstats.minutes.venue import read_place
from netstats.minutes.when import other_dates, read_planned, read_when
from netstats.reference.fold import normalize
from netstats.reference.vocabulary import Vocabulary, load_vocabulary

_FEWEST_TO_DEDUCE = 3  # territories
_LEAST_NETWORK = 1.0  # weight
_FADES = 8  # blocks after which a network named again counts half


@dataclass(frozen=True)
class _Who:
    """Who met: the network, and the territories that were there, with the names that are none."""

    about: About | None
    territories: tuple[TerritoryMention, ...]
    aside: tuple[SetAside, ...]

    @property
    def regions(self) -> tuple[str, ...]:
        return self.about.regions if self.about else ()


class Reader:
    """Reads minutes; made once for what the database holds, with data/reference/vocabulary unless another is given."""

    def __init__(self, known: Snapshot, vocabulary: Vocabulary | None = None) -> None:
        names = {"themes": known.themes, "action_types": known.types, "audiences": known.audiences}
        self.vocabulary = vocabulary or load_vocabulary(names=names)
        foreign = self.vocabulary.cues.expressions.get("foreign", ())
        self._places = Places(TerritoryIndex(known), frozenset(map(normalize, foreign)), self.vocabulary.regions)
        self._networks = Networks(known, self.vocabulary.regions)
        self._known = known

    def finder(self, prose: Prose) -> Territories:
        """Return what finds the territories that a text names."""
        return _finder(self._places.on(prose))

    def communes(self, code: str) -> tuple[str, ...]:
        """Return the INSEE codes of the communes that a territory covers."""
        return self._known.gazetteer.communes(code)

    def themes_in(self, words: str) -> list[str]:
        """Return the themes that a few words name, in their order."""
        prose = parse(words)
        return [theme.value for theme in themes_in(prose, Span(0, len(prose.text)), self.vocabulary)]

    def read(self, document: Document, *, today: date | None = None) -> Reading:
        """Return the meetings that a text tells; a date without a year is none after `today` (the current day).

        NetstatsError when the text is not French, tells no meeting, or meets a fault of the reader.
        """
        try:
            return self._read(document, today or date.today())
        except NetstatsError:
            raise
        except Exception as error:  # one text that no test has foreseen must not stop a folder
            raise NetstatsError(
                f"Ce texte n’a pas pu être lu : le lecteur de netstats a un défaut ({type(error).__name__}).",
                "Saisissez la réunion à la main, et transmettez le texte à qui tient netstats.",
            ) from error

    def _read(self, document: Document, today: date) -> Reading:
        prose = parse(document.text, document.headings)
        see_that_it_is_french(prose)
        cues = Cues(prose, self.vocabulary.cues)
        context = DocumentContext(prose, cues, self._networks, today)
        see_that_it_tells_a_meeting(context)
        drafts, mentions, aside = self._drafts(context)
        if not any(draft.when or draft.network or draft.territories for draft in drafts):
            raise no_meeting_found()
        found = tuple(map(measured, (*drafts, *mentions)))
        left = left_out([*aside, *other_dates(context, drafts)], found)
        return Reading(document.text, found, tuple(left), unread_of(prose, found, left))

    def _drafts(self, context: DocumentContext) -> tuple[list[Draft], list[Draft], list[SetAside]]:
        """Return the meetings, those that are only mentioned, and what was left out."""
        parts = context.parts()
        networks_told = {part.about.code: part.about for part in parts if part.about}
        # « 1) le 15 mars … 2) le 23 juin … »: meetings of the one network that the text names.
        only = next(iter(networks_told.values())) if len(networks_told) == 1 and len(parts) > 1 else None
        common = self._common(context) if len(parts) > 1 and context.preamble else Draft(())
        drafts: list[Draft] = []
        mentions: list[Draft] = []
        aside: list[SetAside] = []
        for part in parts:
            draft, left = self._draft(context, part, only)
            mentions += self._mentions(context, part, draft)
            aside += left
            if draft.when or draft.territories or draft.headcount or len(parts) == 1:
                drafts.append(filled(draft, common, self._shared(context, draft)))
        held = [draft for draft in drafts if _is_recorded(draft)]
        # A meeting that is only to come, beside one that was held, is no meeting of the text.
        return held or [one for one in drafts if one.is_likely and one.when] or drafts[:1], mentions, aside

    # --- one meeting

    def _draft(self, context: DocumentContext, part: Part, only: About | None) -> tuple[Draft, list[SetAside]]:
        section = SectionContext(context, part.sentences)
        when = read_when(section)
        is_moved = MOVED in section.roles
        who = self._who(section, only, is_held=when is not None and not is_moved)
        status = read_status(section, is_held=(when is not None and not is_moved) or bool(who.territories))
        if when is not None and (when.value.first > context.today or (is_moved and not who.territories)):
            status = Extracted("announced", when.evidence, LIKELY)
        aside = [*who.aside]
        held = status.value == "held"
        if not held:
            when = read_planned(section) or when
            aside += [SetAside("territory", span, WHY[NEXT]) for one in who.territories for span in one.evidence]
        names = self._places.on(context.prose, who.regions)
        place = read_place(section, names, evidence_of(who.territories))
        headcount, numbers = read_headcount(section, self.vocabulary.units)
        about = who.about
        named = context.prose.span(about.first, about.last) if about and about.last else None
        ours = how_ours(section)
        network, kind = read_network(
            section,
            ours,
            about,
            [one.evidence[0] for one in who.territories],
            read_kind(section, self.vocabulary.kinds, named),
            has_national=NATIONAL in self._networks.known,
        )
        is_new = network is not None and network.value not in self._networks.known
        own = [one for one in part.sentences if not section.is_aside(one)]
        spans = Part(own).spans
        titles = tuple(context.prose.blocks[one.block].span for one in own if section.is_heading(one))
        draft = Draft(
            spans=part.spans,
            is_whole=is_one_sentence(section, network, when),
            network=network,
            network_name=self._networks.name_of(who.regions) if is_new else "",
            network_regions=who.regions if is_new else (),
            when=when,
            format=read_format(section, self.vocabulary.formats, place),
            place=place,
            kind=kind,
            status=status,
            headcount=headcount if held else None,
            open_to_non_members=read_openness(section),
            territories=who.territories if held else (),
            themes=read_themes(context.prose, spans, self.vocabulary, titles=titles),
            actions=read_actions(context.prose, spans, self.vocabulary, places=_finder(names)) if held else (),
        )
        is_ours = network is not None and max(network.step, ours or DOUBTFUL) >= LIKELY
        return draft if is_ours else _doubtful(draft), [*aside, *numbers]

    def _who(self, section: SectionContext, only: About | None, *, is_held: bool) -> _Who:
        planned = any(mention.role in {NEXT, CANCELLED, MOVED} for mention in section.dates)
        attendance = AttendanceReader(section, self._places, is_held or not planned)
        about = self._about(section) or only
        territories, aside = attendance.read(about.regions if about else ())
        deduced = None if about else self._deduced(territories)
        if deduced is not None:  # its regions settle homonyms
            territories, aside = attendance.read(deduced.regions)
        return _Who(about or deduced, territories, aside)

    def _about(self, section: SectionContext) -> About | None:
        """Return the network that a part of a text names most clearly."""
        found = [
            about._replace(weight=about.weight / (1 + section.depth(sentence) / _FADES))
            for sentence in section.own
            if not section.document.heading_roles[sentence.block]
            for about in section.document.abouts[sentence]
        ]
        best = networks.best(found)
        return best if best is not None and best.weight >= _LEAST_NETWORK else None

    def _deduced(self, territories: Sequence[TerritoryMention]) -> About | None:
        """Return the network of the only region where all those present are: three at least, else nobody can tell."""
        found = [self._known.gazetteer.candidate(one.code) for one in territories if one.code]
        regions = {one.region_codes[0] for one in found if one is not None}
        if len(found) < _FEWEST_TO_DEDUCE or len(regions) != 1:
            return None
        return self._networks.of_region(*regions)

    # --- what several meetings of one text have in common

    def _common(self, context: DocumentContext) -> Draft:
        section = SectionContext(context, context.preamble)
        spans = Part(context.preamble).spans
        return Draft(
            spans,
            format=read_format(section, self.vocabulary.formats, None, least=0.0),
            open_to_non_members=read_openness(section),
            themes=read_themes(context.prose, spans, self.vocabulary, titles=()),
        )

    def _shared(self, context: DocumentContext, draft: Draft) -> Iterator[Extracted[str]]:
        """Yield the themes that the text says once for several networks, this one among them."""
        for sentence in context.shared:
            if draft.network is not None and draft.network.value in context.named_in(sentence):
                yield from themes_in(context.prose, sentence.span, self.vocabulary)

    # --- other meetings

    def _mentions(self, context: DocumentContext, part: Part, draft: Draft) -> Iterator[Draft]:
        """Yield the earlier meetings that a part of the text mentions with their themes."""
        for sentence in part.sentences:
            themes = self._earlier_themes(context, sentence)
            if not themes:
                continue
            cue = next(context.cues.inside((EARLIER, *MEETS), sentence.first, sentence.last), None)
            span = context.prose.span(cue.first, cue.last) if cue else sentence.span
            yield Draft(
                (sentence.span,),
                is_mention=True,
                network=draft.network and replace(draft.network, step=LIKELY),
                network_name=draft.network_name,
                network_regions=draft.network_regions,
                when=_earlier_date(context, sentence),
                kind=draft.kind and Extracted(draft.kind.value, (span,), DOUBTFUL),
                status=Extracted("held", (span,), LIKELY),
                themes=themes,
            )

    def _earlier_themes(self, context: DocumentContext, sentence: Sentence) -> tuple[Extracted[str], ...]:
        """Return the themes of the earlier meeting that a sentence tells; none when it tells none."""
        role = context.heading_roles[sentence.block]
        elsewhere = not role and context.is_elsewhere(sentence) and context.cues.has((EARLIER,), sentence)
        is_text = not SectionContext(context, [sentence]).is_heading(sentence)
        if not is_text or not (role == EARLIER or elsewhere):
            return ()
        return themes_in(context.prose, sentence.span, self.vocabulary)


def _finder(names: Names) -> Territories:
    """Return what finds the territories that text[start:end] names, with their codes, empty in doubt."""

    def find(start: int, end: int) -> tuple[tuple[Span, str], ...]:
        named = names.mentioned(*names.prose.words(start, end))
        return tuple((one.mention.evidence[0], one.mention.code) for one in named)

    return find


def _earlier_date(context: DocumentContext, sentence: Sentence) -> Extracted[When] | None:
    for mention in context.dates_in(sentence):
        if mention.role == EARLIER and mention.resolved is not None:
            return Extracted(mention.resolved[0], (mention.dated.span,), mention.resolved[1])
    return None


def _is_recorded(draft: Draft) -> bool:
    """Return whether a meeting was held, or is told as one is that has a date of its own after the text."""
    status, when = draft.status, draft.when
    if status is None or status.value == "held":
        return status is not None
    return draft.is_likely and when is not None and (status.value == "cancelled" or when.evidence == status.evidence)


def _doubtful(draft: Draft) -> Draft:
    """Return a draft of which everything is to be looked at: nobody knows whether the meeting is one of ours."""
    return draft.each(lambda _, read: {"step": DOUBTFUL})


# --- all together
