"""What the text of minutes was read for: its marks, each linked to a field, and under each field the words behind it.

The text is anybody's: the templates escape every part of it, nothing of it is markup.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import streamlit as st
from markupsafe import Markup

from netstats.charts import Palette
from netstats.intake import standard
from netstats.intake.entry import DEFAULTS, Present
from netstats.intake.forms import ACTIONS, ATTENDANCE, MEETINGS
from netstats.minutes.drafts import FACTS, Action, Extracted, Reading, Span, TerritoryMention
from netstats.minutes.drafts import Draft as Extract
from netstats.minutes.persons import tidy
from netstats.minutes.prose import HEADING, ITEM, Prose, parse
from netstats.minutes.serialize import TO_CHECK
from netstats.ui.base import html, page
from netstats.ui.data import snapshot
from netstats.ui.data.entry_form import Place
from netstats.ui.data.minutes import Meeting, Work

MEETING, TERRITORY, THEME, ACTION = "reunion", "territoire", "theme", "action"
OTHER, ASIDE, UNREAD = "autre", "laisse", "non-lu"

SORTS = {
    MEETING: "La réunion : quand, où, comment, combien",
    TERRITORY: "Territoire présent",
    THEME: "Thème",
    ACTION: "Action",
    OTHER: "Autre réunion du texte",
    ASIDE: "Laissé de côté, avec la raison",
    UNREAD: "Rien n’en a été lu",
}
"""Sort of a mark → what the legend says."""

_HUES = {MEETING: 0, TERRITORY: 5, THEME: 1, ACTION: 3}  # ranks of family colours, far from each other in both modes
_LONGEST_QUOTE = 90

_READ = {fact.field: fact.name for fact in FACTS}
"""Field of the form → attribute of what is read."""


@dataclass(frozen=True)
class Mark:
    """Words that something was read from: what it says, in French, and the element that shows it in the form."""

    span: Span
    sort: str
    says: str = ""
    target: str = ""

    @property
    def id(self) -> str:
        """Identifier of the marked words: links lead to it."""
        return _mark_id(self.span)


def _mark_id(span: Span) -> str:
    return f"mot-{span.start}-{span.end}"


# --- the marks


def marks(reading: Reading, shown: int) -> list[Mark]:
    """Return the marks of the text while one of its meetings is on the screen: the others' lead nowhere."""
    here = list(_marks(reading.drafts[shown])) if reading.drafts else []
    taken = {mark.span for mark in here}
    beside = [Mark(span, UNREAD, "rien n’en a été lu") for span in reading.unread]
    for rank, draft in enumerate(reading.drafts):
        if rank != shown:
            beside += [Mark(span, OTHER, "lu pour une autre réunion") for _, span in draft.evidence()]
    set_aside = [Mark(one.span, ASIDE, one.why) for one in reading.set_aside]
    return [*(mark for mark in beside if mark.span not in taken), *here, *set_aside]


def _marks(draft: Extract) -> Iterator[Mark]:
    known, places = snapshot.known(), snapshot.places()
    for fact, read in draft.facts():
        for span in read.evidence:
            yield Mark(span, MEETING, fact.title, f"lu-{fact.field}")
    for rank, mention in enumerate(draft.territories):
        said = places.label(mention.code) if mention.code else mention.written
        for span in mention.evidence:
            yield Mark(span, TERRITORY, f"Présent : {said}", f"lu-present-{rank}")
    for rank, theme in enumerate(draft.themes):
        for span in theme.evidence:
            yield Mark(span, THEME, f"Thème : {standard.name(known.rows, 'theme', theme.value)}", f"lu-theme-{rank}")
    for rank, action in enumerate(draft.actions):
        for span in of_action(action):
            said = standard.name(known.rows, "action_type", action.type) if action.type else "type à choisir"
            yield Mark(span, ACTION, f"Action : {said}", f"lu-action-{rank}")


def of_action(action: Action) -> Sequence[Span]:
    """Return the part that tells it: the words that told its type and audience lie within, most often."""
    first, others = action.evidence[:1], action.evidence[1:]
    return [*first, *(span for span in others if not first[0].start <= span.start < first[0].end)]


def legend(marks: Iterable[Mark]) -> Markup:
    """Return the HTML of the legend: the sorts that are there, each as it is marked, with how many there are.

    What is shown in the form counts once, however many words it was read from.
    """
    things = {(mark.sort, (mark.target, mark.says) if mark.target else mark.span) for mark in marks}
    counts = Counter(sort for sort, _ in things)
    sorts = [(sort, label, counts[sort]) for sort, label in SORTS.items() if counts[sort]]
    return html.render("minutes-legend", sorts=sorts)


def render(prose: Prose, marks: Sequence[Mark]) -> Markup:
    """Return the HTML of the text, its words marked.

    Words that several things were read from look as the shortest of them, say all of them, and lead to its field.
    """
    within: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        for rank in range(prose.block_of(mark.span.start), prose.block_of(max(mark.span.end - 1, 0)) + 1):
            within[rank].append(mark)
    blocks = [
        {
            "tag": "h3" if block.kind == HEADING else "p",
            "is_item": block.kind == ITEM,
            "pieces": list(_pieces(prose.text, block.span, within[rank])),
        }
        for rank, block in enumerate(prose.blocks)
    ]
    return html.render("minutes-text", blocks=blocks)


def _pieces(text: str, block: Span, marks: Iterable[Mark]) -> Iterator[dict[str, object]]:
    """Yield one paragraph cut where a mark begins or ends: words, and what the marks around them say."""
    inside = sorted(
        (mark for mark in marks if mark.span.start < block.end and mark.span.end > block.start),
        key=lambda mark: (mark.sort != ASIDE, mark.span.end - mark.span.start, list(SORTS).index(mark.sort)),
    )
    edges = {block.start, block.end}
    for mark in inside:
        edges |= {max(mark.span.start, block.start), min(mark.span.end, block.end)}
    for left, right in pairwise(sorted(edges)):
        around = [mark for mark in inside if mark.span.start <= left and right <= mark.span.end]
        yield {
            "text": text[left:right],
            "sort": around[0].sort if around else "",
            "ids": dict.fromkeys(mark.id for mark in around),
            "says": list(dict.fromkeys(mark.says for mark in around if mark.says)),
            "target": next((mark.target for mark in around if mark.target), ""),
            "why": next((mark.says for mark in around if mark.sort == ASIDE and mark.span.end == right), ""),
        }


def coloured(content: Markup, palette: Palette) -> Markup:
    """Return the HTML of the text or its legend with the colours of its marks."""
    hues = [f"--{sort}:{palette.accent if sort == MEETING else palette.families[hue]}" for sort, hue in _HUES.items()]
    return html.render("minutes-colours", hues=";".join(hues), content=content)


def text_beside(work: Work, reading: Reading, rank: int) -> None:
    """Draw the text with the marks of the meeting on the screen, and the legend."""
    if not reading.text:
        st.info("Le texte n’a pas été gardé : reprenez-le à sa source pour vérifier ce qui y a été lu.")
        return
    if rank not in work.drawn:
        found = marks(reading, rank)
        prose = parse(reading.text, work.document.headings if work.document else ())
        work.drawn[rank] = legend(found), render(prose, found)
    key, text = (coloured(part, page.colours()) for part in work.drawn[rank])
    with st.container(border=True, key="card-texte-marque", gap="small"):
        st.header("Le texte", anchor=False)
        st.html(key)
        with st.container(key="texte-lu"):
            st.html(text)


# --- under the fields


class Line(NamedTuple):
    """What is said under a field: a lead, words of the text that lead to their marks, then what they are worth."""

    lead: str
    spans: Sequence[Span] = ()
    tag: str = ""
    id: str = ""
    rest: str = ""


def lines(text: str, *said: Line) -> Markup:
    """Return the HTML of lines under a field, each word of the text linked to its mark."""
    shown = [
        {
            "line": line,
            "links": [(_mark_id(span), quoted(text, span)) for span in dict.fromkeys(line.spans)],
            "is_doubtful": line.tag == TO_CHECK,
        }
        for line in said
    ]
    return html.render("minutes-read", lines=shown)


def quoted(text: str, span: Span) -> str:
    """Return words of the text on one line, cut when they are long."""
    quote = " ".join(text[span.start : span.end].split())
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1].rstrip() + "…"


def notes(meeting: Meeting) -> Iterator[tuple[Place, list[Line]]]:
    """Yield what to say under each field of the form: where its value comes from, what is read and not in it."""
    read, entry = meeting.read, meeting.form.entry
    for name in _READ:
        yield (MEETINGS.name, 0, name), [_of_field(meeting, name)]
    themes = [
        Line(
            f"{snapshot.known().themes.get(theme.value, (theme.value,))[0]} :",
            theme.evidence,
            _of_theme(meeting, theme),
            f"lu-theme-{rank}",
        )
        for rank, theme in enumerate(read.themes)
    ]
    yield (MEETINGS.name, 0, "themes"), themes or [Line("Le texte n’en dit aucun.")]

    here = [meeting.mention(one) for one in entry.present]
    for rank, (one, mention) in enumerate(zip(entry.present, here, strict=True)):
        yield (ATTENDANCE.name, rank, None), [_of_present(meeting, one, mention)]
    absent = [
        Line(f"{one.written} :", one.evidence, "retiré", f"lu-present-{rank}")
        for rank, one in enumerate(read.territories)
        if one not in here
    ]
    yield (MEETINGS.name, 0, "present"), absent

    told = [meeting.actions.get(number) for number in meeting.form.actions]
    for rank, action in enumerate(told):
        if action is not None:
            yield (ACTIONS.name, rank, None), [Line("Lu :", of_action(action))]
    proposed = [action for action, _ in meeting.proposal.actions]
    others = [
        Line("Aussi dans le texte :", of_action(action), "déjà dans la base", f"lu-action-{rank}")
        for rank, action in enumerate(read.actions)
        if action not in proposed
    ]
    yield (MEETINGS.name, 0, "actions"), others


def _of_theme(meeting: Meeting, theme: Extracted[str]) -> str:
    if theme.value in meeting.form.entry.themes:
        return meeting.worth("themes", theme.value, theme)
    return "retiré" if theme.value in snapshot.known().themes else "pas dans vos thèmes"


def _of_field(meeting: Meeting, name: str) -> Line:
    value, opened = meeting.form.entry.meeting[name], meeting.form.opened
    read: Extracted[object] | None = getattr(meeting.read, _READ[name])
    if read is not None:
        as_read = value == meeting.proposal.entry.meeting[name]
        tag = meeting.worth(name, value, read) if as_read else "corrigé"
        return Line("Lu :", read.evidence, tag, f"lu-{name}")
    said = "Le texte ne le dit pas."
    if value is not None and opened and opened.meeting[name] == value:
        said = "Déjà dans la base ; le texte ne le dit pas."
    elif value is not None and not opened and value == DEFAULTS.get(name):
        said = "Valeur habituelle ; le texte ne le dit pas."
    return Line(said, id=f"lu-{name}")


def _of_present(meeting: Meeting, one: Present, mention: TerritoryMention | None) -> Line:
    called, opened = meeting.form.label(one), meeting.form.opened
    if mention is None:
        was_there = opened is not None and one.code in {other.code for other in opened.present}
        return Line(f"{called} : {'déjà dans la base' if was_there else 'ajouté par vous'}")
    tag = meeting.worth("present", tidy(mention.written), mention)
    if not mention.code and not mention.communes:
        tag = "choisi par vous" if one.code else "à choisir" if mention.choices else "inconnu"
    rank = meeting.read.territories.index(mention)
    return Line(f"{called} :", mention.evidence, tag, f"lu-present-{rank}")
