"""What a deck is written into: the shipped template, or one that somebody gives and that has a layout « Titre seul ».

`template.pptx` is edited in an office program; tests hold its colours to those of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.presentation import Presentation
from pptx.slide import SlideLayout

from netstats.errors import NetstatsError
from netstats.share.deck.package import LARGEST, checked, damaged, refused
from netstats.share.deck.text import Area

__all__ = ["LARGEST", "TITLES", "Page", "Template", "opened"]

# What a deck needs; the rest (thumbnail, statistics, views, authors of comments…) tells of the template's own slides.
_KEPT_BY_PACKAGE = frozenset({RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES})
_KEPT_BY_DECK = frozenset({RT.SLIDE_MASTER, RT.NOTES_MASTER, RT.HANDOUT_MASTER, RT.THEME, RT.TABLE_STYLES, RT.FONT})
_ABOUT_SLIDES = ("p:sldIdLst/p:sldId", "p:custShowLst", "p:custDataLst", "p:smartTags", "p:modifyVerifier", "p:extLst")

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_AT_THE_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_POINT = 12_700
_FOOT_HEIGHT, _NUMBER_WIDTH, _GUTTER = 36.0, 48.0, 12.0  # points
_AIR = 20.0  # between the title and what it says


@dataclass(frozen=True)
class Page:
    """A layout with a title, and where things stand on it: the room in its placeholders, and the rest of the slide."""

    layout: SlideLayout
    title: Area
    subtitle: Area | None
    body: Area
    foot: Area
    number: Area


@dataclass(frozen=True)
class Template:
    """A presentation without slides, the layouts of the first and of all others, and how text is set in it.

    `scale` and `stretch` are those of `Typesetter`.
    """

    deck: Presentation
    cover: Page
    plain: Page
    scale: float
    stretch: float


def opened(content: bytes | None) -> Template:
    """Return a template to fill: a .pptx or .potx without its slides; our own when None.

    Raises NetstatsError when it is no presentation, too large, damaged, protected by a password, has macros, or no
    layout « Titre seul ».
    """
    if content is None:
        with files("netstats.share.deck").joinpath("template.pptx").open("rb") as own:
            return _template(pptx.Presentation(own), stretch=1.03)
    package = checked(content)
    try:
        return _template(pptx.Presentation(package), stretch=1.2)
    except NetstatsError:
        raise
    except Exception as error:  # python-pptx stumbles in many ways over a file that does not hold together
        raise damaged() from error


def _template(deck: Presentation, *, stretch: float) -> Template:
    _leave_slides_out(deck)
    sheet = Area(0, 0, (deck.slide_width or 0) / _POINT, (deck.slide_height or 0) / _POINT)
    scale = min(sheet.height / 540, sheet.width / 720)
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    plain = next(filter(None, (_plain(layout, sheet, scale) for layout in layouts)), None)
    if plain is None:
        raise refused(
            "n’a pas de disposition « Titre seul », avec un titre en haut et rien d’autre",
            "Dans PowerPoint, ajoutez-en une (Affichage, Masque des diapositives), ou donnez un autre modèle.",
        )
    covers = (_cover(layout, plain, sheet, scale) for layout in layouts)
    return Template(deck, next(filter(None, covers), plain), plain, scale, stretch)


def _plain(layout: SlideLayout, sheet: Area, scale: float) -> Page | None:
    """Return a layout « Titre seul » with what stands under its title; None for any other."""
    title = _room(layout, *TITLES)
    if title is None or _others(layout) or title.bottom > sheet.height * 0.4 or title.width < sheet.width / 2:
        return None
    column = title if title.width >= sheet.width * 0.6 else sheet.inside(sheet.width * 0.05, 0, sheet.width * 0.05, 0)
    height = max(_FOOT_HEIGHT * scale, 34.0)
    band = Area(column.left, _foot_bottom(layout, sheet, scale) - height, column.width, height)
    foot, number = band.split_right(_NUMBER_WIDTH * scale, _GUTTER * scale)
    top = title.bottom + _AIR * scale
    return Page(layout, title, None, Area(column.left, top, column.width, foot.top - 8 * scale - top), foot, number)


def _cover(layout: SlideLayout, plain: Page, sheet: Area, scale: float) -> Page | None:
    """Return a layout of a title and a subtitle as one that opens a deck; None where they lack room over the foot."""
    title, subtitle = _room(layout, *TITLES), _room(layout, PP_PLACEHOLDER.SUBTITLE)
    if title is None or subtitle is None or _others(layout) > 1:
        return None
    for room in (title, subtitle):
        if room.bottom > plain.foot.top or room.height < 30 * scale or room.width < sheet.width / 3:
            return None
    return Page(layout, title, subtitle, subtitle, plain.foot, plain.number)


def _room(layout: SlideLayout, *kinds: PP_PLACEHOLDER) -> Area | None:
    """Return the room for text in a placeholder of a layout; None without one that has a place."""
    holder = next((one for one in layout.placeholders if one.placeholder_format.type in kinds), None)
    if holder is None or None in (places := (holder.left, holder.top, holder.width, holder.height)):
        return None
    # A margin that a layout does not say is that of its master: the wider of both is safe.
    frames = [holder.text_frame]
    frames += [one.text_frame for one in layout.slide_master.placeholders if one.placeholder_format.type in kinds]
    margins = (
        max(getattr(frame, f"margin_{side}") for frame in frames) / _POINT
        for side in ("left", "top", "right", "bottom")
    )
    return Area(*(value / _POINT for value in places)).inside(*margins)


def _foot_bottom(layout: SlideLayout, sheet: Area, scale: float) -> float:
    """Return where the foot ends: where that of the layout does, or at the lower edge."""
    feet = [one for one in layout.placeholders if one.placeholder_format.type in _AT_THE_FOOT]
    ends = [(one.top + one.height) / _POINT for one in feet if one.top and one.top / _POINT > sheet.height * 0.75]
    return min(max(ends, default=sheet.height), sheet.height - 10 * scale)


def _others(layout: SlideLayout) -> int:
    """Return how many placeholders a layout has beside its title and its foot."""
    return sum(one.placeholder_format.type not in (*TITLES, *_AT_THE_FOOT) for one in layout.placeholders)


def _leave_slides_out(deck: Presentation) -> None:
    """Take out the slides, and whatever leads to them or tells of them: no part of them is written again."""
    for about in deck.element.xpath(" | ".join(_ABOUT_SLIDES)):
        about.getparent().remove(about)
    _drop(deck.part.package._rels, keep=_KEPT_BY_PACKAGE)
    _drop(deck.part.rels, keep=_KEPT_BY_DECK)
    for master in deck.slide_masters:
        for sheet in (master, *master.slide_layouts):
            for rank, relation in list(sheet.part.rels.items()):
                if relation.reltype == RT.SLIDE:
                    for link in sheet.element.xpath(f"//*[@r:id='{rank}']"):
                        link.getparent().remove(link)
                    sheet.part.rels.pop(rank)


def _drop(relations: Any, *, keep: frozenset[str]) -> None:
    for rank, relation in list(relations.items()):
        if relation.reltype not in keep:
            relations.pop(rank)
