"""Slides into a presentation that an office program opens and edits."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.slide import Slide as NativeSlide
from pptx.util import Pt

from netstats.errors import NetstatsError
from netstats.progress import Progress, silent
from netstats.share.bodies import Cover, Slide
from netstats.share.deck import bodies, titles
from netstats.share.deck import shapes as native
from netstats.share.deck.template import TITLES, Page, Template, opened
from netstats.share.deck.text import ACCENT, MUTED, TEXT, Area, Piece, Typesetter, bare, clean, describe, write
from netstats.share.selection import Selection
from netstats.wording import NO_BREAK

_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
_PRODUCT = "netstats"
_KEYWORDS = "FFSU, prévention, sécurité, réseaux, réunions, participation, thèmes, actions"
_COVER_LINE = 20.0
_FOOT, _LEAST_FOOT = 10.0, 9.0
_COMMENTARY, _LEAST_COMMENTARY = 16.0, 11.0
_MOST_COMMENTARY = 0.25  # of the room under the title
_BAR, _INDENT, _GAP = 3.0, 14.0, 12.0  # points, of the commentary


def to_pptx(
    selection: Selection,
    slides: Iterable[Slide],
    *,
    title: str,
    count: int,
    tell: Progress = silent,
    template: bytes | None = None,
) -> bytes:
    """Write slides as a .pptx: native charts, tables and shapes, real text.

    Each slide is asked for when the one before is written; `tell` is called before, and `count` is how many there may
    be, to say how much is done. `title` is that of the whole, for the properties of the file. `template` is a .pptx or
    .potx to write into, without its own slides; None for that of the house.

    Raises NetstatsError when there is no slide, or the template cannot be used: see `template.opened`.
    """
    tell(0.0, "Ouverture du modèle")
    used = opened(template)
    for rank, slide in enumerate(slides, start=1):
        tell(rank / (count + 2), f"Diapositive {rank}{NO_BREAK}: {slide.title}")
        _add(used, slide)
    if not len(used.deck.slides):
        raise NetstatsError(
            "Cette présentation n’a aucune diapositive.", "Affichez-en au moins une, ou élargissez la sélection."
        )
    tell((count + 1) / (count + 2), "Écriture du fichier")
    _sign(used.deck, selection, title)
    written = io.BytesIO()
    used.deck.save(written)
    return written.getvalue()


def _sign(deck: Presentation, selection: Selection, title: str) -> None:
    """Say what the file is; nobody's name stays in it."""
    known = deck.core_properties
    known.title, known.subject, known.keywords = title[:255], selection.sentence[:255], _KEYWORDS
    known.author = known.last_modified_by = _PRODUCT
    known.comments, known.language, known.revision = selection.warning, "fr-FR", 1
    known.category = known.content_status = known.identifier = known.version = ""
    known.created = known.modified = datetime.combine(selection.today, time())


def _add(used: Template, slide: Slide) -> None:
    """Add a slide, its texts in the order in which they are read out."""
    page = used.cover if isinstance(slide.body, Cover) else used.plain
    setter = Typesetter(used.scale, used.stretch)
    made = used.deck.slides.add_slide(page.layout)
    for holder in list(made.placeholders):
        if holder.placeholder_format.type not in (*TITLES, *((PP_PLACEHOLDER.SUBTITLE,) if page.subtitle else ())):
            holder.element.getparent().remove(holder.element)
    titles.write_title(made, page, slide, setter)
    reading = ""
    if isinstance(slide.body, Cover):
        _write_cover(made, page, slide.body, slide.commentary, setter)
    else:
        room = _write_commentary(made, page.body, slide.commentary, setter)
        reading = bodies.draw(made.shapes, room, slide.body, setter)
    _write_foot(made, page, slide.foot, setter)
    _write_number(made, page, len(used.deck.slides), setter)
    _write_notes(made, slide, reading, setter)


def _write_cover(made: NativeSlide, page: Page, body: Cover, commentary: str, setter: Typesetter) -> None:
    """Write the lines of the cover and what somebody has added, in the subtitle where there is one."""
    ink = None if page.subtitle else TEXT
    pieces = [
        setter.piece(body.finding, _COVER_LINE, 11, ink=ink),
        *(setter.piece(line, _COVER_LINE * 0.8, 10, before=4, ink=ink) for line in body.lines),
        *(replace(piece, ink=ink, before=setter.pt(10)) for piece in _paragraphs(commentary, setter)),
    ]
    holder = next((one for one in made.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE), None)
    if page.subtitle is None or holder is None:
        setter.box(made.shapes, page.body, pieces, "Sous-titre")
        return
    describe(holder, "Sous-titre")
    write(holder.text_frame, setter.fitted(pieces, setter.within(page.subtitle)))


def _paragraphs(commentary: str, setter: Typesetter) -> list[Piece]:
    lines = [line for line in commentary.splitlines() if line.strip()]
    return [setter.piece(line, _COMMENTARY, _LEAST_COMMENTARY) for line in lines]


def _write_commentary(made: NativeSlide, room: Area, commentary: str, setter: Typesetter) -> Area:
    """Write what somebody has added, beside a bar that sets it apart from what is computed; return the room over it."""
    pieces = _paragraphs(commentary, setter)
    if not pieces:
        return room
    height = min(setter.height(pieces, room.width - setter.pt(_INDENT)), room.height * _MOST_COMMENTARY)
    over, strip = room.split_below(height, setter.pt(_GAP))
    bar = native.sign(made.shapes, "Filet", replace(strip, width=setter.pt(_BAR)), "square", ACCENT)
    native.decorative(bar)
    setter.box(made.shapes, strip.inside(setter.pt(_INDENT), 0, 0, 0), pieces, "Commentaire")
    return over


def _write_foot(made: NativeSlide, page: Page, foot: str, setter: Typesetter) -> None:
    """Write the foot; its middle goes first, since the warning starts it and the source ends it."""
    shape, follows = _at_the_foot(made, "Pied de page", page, PP_PLACEHOLDER.FOOTER, page.foot)
    largest, least = max(setter.pt(_FOOT), _LEAST_FOOT), max(setter.pt(_LEAST_FOOT), _LEAST_FOOT)
    piece = Piece(clean(foot), largest, least, ink=None if follows else MUTED)
    write(shape.text_frame, setter.fitted([piece], setter.within(page.foot), in_the_middle=True))
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _write_number(made: NativeSlide, page: Page, number: int, setter: Typesetter) -> None:
    """Write the number of the slide as a field: it follows when slides are moved."""
    shape, follows = _at_the_foot(made, "Numéro", page, PP_PLACEHOLDER.SLIDE_NUMBER, page.number)
    if not follows:
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
        shape.text_frame.paragraphs[0].font.size = Pt(setter.pt(_FOOT))
    field = f'<a:fld {nsdecls("a")} id="{_FIELD}" type="slidenum"><a:rPr lang="fr-FR"/><a:t>{number}</a:t></a:fld>'
    shape.element.find(f".//{qn('a:p')}").append(parse_xml(field))


def _at_the_foot(made: NativeSlide, name: str, page: Page, kind: PP_PLACEHOLDER, area: Area) -> tuple[Any, bool]:
    """Add what python-pptx leaves out of a slide; return it, and whether it follows the layout or is a box."""
    like = next((one for one in page.layout.placeholders if one.placeholder_format.type == kind), None)
    if like is None:
        shape = made.shapes.add_textbox(*area.emu)
    else:
        made.shapes.clone_placeholder(like)
        shape = made.shapes[-1]
        shape.left, shape.top, shape.width, shape.height = area.emu
    describe(shape, name)
    bare(shape.text_frame, MSO_ANCHOR.BOTTOM)
    return shape, like is not None


def _write_notes(made: NativeSlide, slide: Slide, reading: str, setter: Typesetter) -> None:
    """Write what defends the slide, and in full what was too long for it."""
    lines = [f"{what}{NO_BREAK}: {definition}" for what, definition in slide.definitions]
    lines += [reading] if reading else []
    lines += [f"Texte entier{NO_BREAK}: {text}" for text in dict.fromkeys(setter.cut) if text != clean(slide.foot)]
    lines += [slide.foot]
    frame = made.notes_slide.notes_text_frame
    if frame is not None:
        write(frame, [Piece(clean(line), 0, 0, ink=None) for line in lines], sized=False)
