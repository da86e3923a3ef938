"""What the text of minutes was read for: its marks, and the words behind each value of the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from netstats.intake.entry import DEFAULTS, Present
from netstats.minutes.drafts import FACTS, Action, Extracted, Reading, Span
from netstats.minutes.drafts import Draft as Extract
from netstats.minutes.serialize import how_sure
from netstats.ui.base import html
from netstats.ui.data import minutes_text, snapshot
from netstats.ui.data.entry_form import Words
from netstats.ui.data.minutes_meeting import Meeting
from netstats.ui.data.minutes_text import Mark

_ATTRIBUTES = {fact.field: fact.name for fact in FACTS}

# --- what each part of the text was read for


def marks(reading: Reading, shown: int) -> list[Mark]:
    """Return the marks of the text while one of its meetings is on the screen: the others' lead nowhere."""
    found = [Mark(span, minutes_text.UNREAD, "rien n’en a été lu") for span in reading.unread]
    for rank, draft in enumerate(reading.drafts):
        if rank != shown:
            found += [Mark(span, minutes_text.OTHER, "lu pour une autre réunion") for _, span in draft.evidence()]
    here = list(_marks(reading.drafts[shown])) if reading.drafts else []
    taken = {mark.span for mark in here}
    found = [mark for mark in found if mark.span not in taken]
    found += [*here, *(Mark(one.span, minutes_text.ASIDE, one.why) for one in reading.set_aside)]
    once: dict[tuple[Span, str], Mark] = {}
    for mark in found:  # the same words may tell two fields: they carry one mark, which says both
        first = once.setdefault((mark.span, mark.sort), mark)
        if mark.says not in first.says:
            once[mark.span, mark.sort] = replace(first, says=f"{first.says} ; {mark.says}")
    return list(once.values())


def _marks(draft: Extract) -> Iterator[Mark]:
    known = snapshot.known()
    for fact, read in draft.facts():
        for span in read.evidence:
            yield Mark(span, minutes_text.MEETING, fact.title, f"lu-{fact.field}")
    for rank, mention in enumerate(draft.territories):
        said = snapshot.places().label(mention.code) if mention.code else mention.written
        for span in mention.evidence:
            yield Mark(span, minutes_text.TERRITORY, f"Présent : {said}", f"lu-present-{rank}")
    for theme in draft.themes:
        for span in theme.evidence:
            yield Mark(
                span, minutes_text.THEME, f"Thème : {known.themes.get(theme.value, (theme.value,))[0]}", "lu-themes"
            )
    for rank, action in enumerate(draft.actions):
        for span in _of_action(action):
            said = known.types.get(action.type, (action.type,))[0]
            yield Mark(span, minutes_text.ACTION, f"Action : {said}", f"lu-action-{rank}")


# --- under each field


class Evidence(Words):
    """The words that the values of a meeting were read from."""

    def __init__(self, text: str, meeting: Meeting) -> None:
        self._text = text
        self._meeting = meeting

    def field(self, name: str, value: str) -> str:
        """Return where the value of a field of the meeting comes from."""
        if name not in _ATTRIBUTES:
            return ""
        identifier = f"lu-{name}"
        read: Extracted[object] | None = getattr(self._meeting.read, _ATTRIBUTES[name])
        if read is None:
            opened = self._meeting.form.opened
            if opened and opened.meeting[name] == value and value:
                return minutes_text.said(identifier, "Déjà dans la base ; le texte ne le dit pas.")
            default = value and not opened and value == DEFAULTS.get(name)
            said = "Valeur habituelle ; le texte ne le dit pas." if default else "Le texte ne le dit pas."
            return minutes_text.said(identifier, said)
        as_read = value == self._meeting.proposal.entry.meeting[name]
        tag = how_sure(read.confidence) if as_read else "corrigé"
        return minutes_text.read_from(identifier, self._text, read.evidence, tag)

    def themes(self, chosen: Sequence[str]) -> str:
        """Return where the themes come from."""
        read = self._meeting.read.themes
        if not read:
            return minutes_text.said("lu-themes", "Le texte n’en dit aucun.")
        names = {code: called[0] for code, called in snapshot.known().themes.items()}
        themes = [
            (
                names.get(theme.value, theme.value),
                minutes_text.words(
                    self._text, theme.evidence, how_sure(theme.confidence) if theme.value in chosen else "retiré"
                ),
            )
            for theme in read
        ]
        return html.render("minutes-themes", themes=themes)

    def absent(self, present: Sequence[Present]) -> str:
        """Return who is read in the text and is not in the form any more."""
        here = [self._meeting.mention(one) for one in present]
        return Markup("").join(
            minutes_text.read_from(f"lu-present-{rank}", self._text, one.evidence, "retiré", lead=f"{one.written} :")
            for rank, one in enumerate(self._meeting.read.territories)
            if one not in here
        )

    def other_actions(self, numbers: Sequence[int]) -> str:
        """Return what the text tells that is no action of the form."""
        here = [self._meeting.action(number) for number in numbers]
        return Markup("").join(
            minutes_text.read_from(
                f"lu-action-{rank}",
                self._text,
                _of_action(action),
                "retiré" if action in self._meeting.proposed else "déjà dans la base",
                lead="Aussi dans le texte :",
            )
            for rank, action in enumerate(self._meeting.read.actions)
            if action not in here
        )

    def present(self, one: Present) -> str:
        """Return where a territory that was there comes from."""
        called = self._meeting.form.label(one.code) if one.code else one.name
        mention = self._meeting.mention(one)
        if mention is None:
            opened = self._meeting.form.opened
            was_there = opened is not None and one.code in {other.code for other in opened.present}
            said = "déjà dans la base" if was_there else "ajouté par vous"
            return minutes_text.said("", f"{called} : {said}")
        rank = self._meeting.read.territories.index(mention)
        tag = how_sure(mention.confidence)
        if not mention.code and not mention.communes:
            tag = "à choisir" if mention.choices else "inconnu"
            tag = "choisi par vous" if one.code else tag
        return minutes_text.read_from(f"lu-present-{rank}", self._text, mention.evidence, tag, lead=f"{called} :")

    def action(self, number: int) -> str:
        """Return where an action comes from."""
        action = self._meeting.action(number)
        if action is None:
            return ""
        rank = self._meeting.read.actions.index(action)
        return minutes_text.read_from(
            f"lu-action-{rank}",
            self._text,
            _of_action(action),
            how_sure(action.confidence),
        )


def _of_action(action: Action) -> Sequence[Span]:
    """Return the part that tells it: the words that told its type and audience lie within, most often."""
    first, *others = action.evidence
    return [first, *(span for span in others if not first.start <= span.start < first.end)]
