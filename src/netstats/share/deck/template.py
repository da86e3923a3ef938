"""What a deck is written into: our own template, or one that somebody gives, whatever its size and its layouts."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import SlideLayout

from netstats.errors import NetstatsError
from netstats.share.deck.own import own_template
from netstats.share.deck.text import Area
from netstats.wording import number

LARGEST = 20 * 1024**2
_MOST_UNPACKED = 200 * 1024**2
_MOST_XML, _MOST_XML_PART = 20 * 1024**2, 8 * 1024**2  # in memory it takes 25 times its size
_MOST_MEMBERS = 5_000
_TYPES = "[Content_Types].xml"
_PRESENTATION = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_ALIKE = tuple(_PRESENTATION.replace(b"presentation.main", kind) for kind in (b"template.main", b"slideshow.main"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # byte order marks, halves of letters, air
_XML_STARTS = (b"<", "<".encode("cp037"))
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_PLAIN = (b"utf-8", b"us-ascii", b"ascii")
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)

# What a deck needs; the rest (thumbnail, statistics, views, authors of comments…) tells of the template's own slides.
_KEPT_BY_PACKAGE = frozenset({RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES})
_KEPT_BY_DECK = frozenset({RT.SLIDE_MASTER, RT.NOTES_MASTER, RT.HANDOUT_MASTER, RT.THEME, RT.TABLE_STYLES, RT.FONT})
_ABOUT_SLIDES = ("p:sldIdLst/p:sldId", "p:custShowLst", "p:custDataLst", "p:smartTags", "p:modifyVerifier", "p:extLst")

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_AT_THE_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_POINT = 12_700
_MARGINS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}  # points, where no placeholder says otherwise
_FOOT_HEIGHT, _NUMBER_WIDTH = 36.0, 48.0
_AIR = 20.0  # between the title and what it says


@dataclass(frozen=True)
class Slot:
    """A placeholder.

    Attributes
    ----------
    box
        Where it stands.
    text
        The room in it, without its margins.
    size
        Of its text, in points; None when the template does not say.
    moved
        Whether it does not stand where its layout has it.
    """

    box: Area
    text: Area
    size: float | None
    moved: bool = False


@dataclass(frozen=True)
class Page:
    """A layout, and where things stand on it.

    Attributes
    ----------
    layout
        It has a title.
    title, subtitle
        Its placeholders; `subtitle` is None where there is none.
    body, foot, number
        The rest of the slide.
    """

    layout: SlideLayout
    title: Slot
    subtitle: Slot | None
    body: Area
    foot: Area
    number: Area


@dataclass(frozen=True)
class Template:
    """A presentation without slides, the two layouts that are used, and how text is set in it.

    Attributes
    ----------
    deck
        What slides are added to.
    cover, plain
        The first slide; all others.
    scale
        How large a slide is beside one of 13.33 × 7.5 inches.
    stretch
        How much wider than Arial its font may be.
    """

    deck: Presentation
    cover: Page
    plain: Page
    scale: float
    stretch: float


def opened(content: bytes | None) -> Template:
    """Return a template to fill.

    Parameters
    ----------
    content
        A .pptx or .potx, whose slides are left out; None for our own template.

    Raises
    ------
    NetstatsError
        It is no presentation, too large, damaged, protected by a password, has macros, or no layout with a title.
    """
    if content is None:
        return _template(own_template(), stretch=1.03)
    package = _as_presentation(content)
    try:
        return _template(pptx.Presentation(package), stretch=1.2)
    except NetstatsError:
        raise
    except Exception as error:  # python-pptx stumbles in many ways over a file that does not hold together
        raise _damaged() from error


def _template(deck: Presentation, *, stretch: float) -> Template:
    _leave_slides_out(deck)
    sheet = Area(0, 0, (deck.slide_width or 0) / _POINT, (deck.slide_height or 0) / _POINT)
    scale = min(sheet.height / 540, sheet.width / 720)
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    pages = [page for layout in layouts if (page := _plain(layout, sheet, scale))]
    if not pages:
        raise _refused(
            "n’a aucune disposition avec un titre",
            "Dans PowerPoint, ajoutez-en une (Affichage, Masque des diapositives), ou donnez un autre modèle.",
        )
    plain = min(pages, key=lambda page: (page.title.moved, _others(page.layout)))
    covers = [page for layout in layouts if (page := _cover(layout, sheet, scale))]
    cover = min(covers, key=lambda page: _others(page.layout), default=plain)
    return Template(deck, cover, plain, scale, stretch)


# ---------------------------------------------------------------- where things stand


def _plain(layout: SlideLayout, sheet: Area, scale: float) -> Page | None:
    """Return a layout as one that has room under its title; None without a title."""
    title = _slot(layout, *TITLES)
    if title is None:
        return None
    low = title.box.bottom > sheet.height * 0.4
    if low or title.box.width < sheet.width / 2 or title.box.height < 24 * scale:
        margins = (sheet.width * 0.05, sheet.height * 0.05, sheet.width * 0.05, sheet.height * 0.81)
        title = _moved(title, sheet.inside(*margins))
    column = _column(layout, title, sheet)
    foot, number = _foot(layout, column, sheet, scale)
    top, bottom = title.box.bottom + _AIR * scale, foot.top - 8 * scale
    # Where the master has its text, nothing else is drawn; but a slide needs room.
    inner_top, inner_bottom = max(top, column.top), min(bottom, column.bottom)
    if inner_bottom - inner_top >= sheet.height * 0.45:
        top, bottom = inner_top, inner_bottom
    body = Area(column.left, top, column.width, bottom - top)
    return Page(layout, title, None, body, foot, number)


def _cover(layout: SlideLayout, sheet: Area, scale: float) -> Page | None:
    """Return a layout as one that opens a deck; None without a title, a subtitle and room for both over the foot."""
    title, subtitle = _slot(layout, *TITLES), _slot(layout, PP_PLACEHOLDER.SUBTITLE)
    if title is None or subtitle is None:
        return None
    foot, number = _foot(layout, _column(layout, title, sheet), sheet, scale)
    slots = [
        _moved(slot, replace(slot.box, height=foot.top - slot.box.top)) if slot.box.bottom > foot.top else slot
        for slot in (title, subtitle)
    ]
    if any(slot.text.height < 30 * scale or slot.text.width < sheet.width / 3 for slot in slots):
        return None
    return Page(layout, slots[0], slots[1], slots[1].text, foot, number)


def _column(layout: SlideLayout, title: Slot, sheet: Area) -> Area:
    """Return the column of what is under the title: that of the text of the master, where it is a wide one."""
    wide = sheet.width * 0.6
    text = _slot(layout.slide_master, PP_PLACEHOLDER.BODY)
    if text is None or text.text.width < max(wide, title.text.width):
        text = title
    return text.text if text.text.width >= wide else sheet.inside(sheet.width * 0.05, 0, sheet.width * 0.05, 0)


def _slot(sheet: Any, *kinds: PP_PLACEHOLDER) -> Slot | None:
    holder = next((one for one in sheet.placeholders if one.placeholder_format.type in kinds), None)
    box = _area(holder)
    if holder is None or box is None:
        return None
    margins = [_inherited(holder, f".//{qn('a:bodyPr')}", side) for side in _MARGINS]
    inside = [
        usual if given is None else int(given) / _POINT for given, usual in zip(margins, _MARGINS.values(), strict=True)
    ]
    master = getattr(sheet, "slide_master", sheet)
    style = "titleStyle" if kinds == TITLES else "bodyStyle"
    levels = master.element.find(f"{qn('p:txStyles')}/{qn(f'p:{style}')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    size = _inherited(holder, f".//{qn('a:lstStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}", "sz")
    size = size or (levels.get("sz") if levels is not None else None)
    return Slot(box, box.inside(*inside), int(size) / 100 if size else None)


def _moved(slot: Slot, box: Area) -> Slot:
    margins = (
        slot.text.left - slot.box.left,
        slot.text.top - slot.box.top,
        slot.box.right - slot.text.right,
        slot.box.bottom - slot.text.bottom,
    )
    return replace(slot, box=box, text=box.inside(*margins), moved=True)


def _foot(layout: SlideLayout, column: Area, sheet: Area, scale: float) -> tuple[Area, Area]:
    """Return where the foot and the number of a slide stand: where the layout has its own, or at the lower edge."""
    places = {one.placeholder_format.type: _area(one) for one in layout.placeholders}
    low = [place.bottom for kind in _AT_THE_FOOT if (place := places.get(kind)) and place.top > sheet.height * 0.75]
    bottom = min(max(low, default=sheet.height), sheet.height - 10 * scale)
    height, width = max(_FOOT_HEIGHT * scale, 34.0), _NUMBER_WIDTH * scale
    band = Area(column.left, bottom - height, column.width, height)
    number = places.get(PP_PLACEHOLDER.SLIDE_NUMBER) or band
    on_the_right = number.left + number.width / 2 >= sheet.width / 2
    number = replace(number, left=number.right - width if on_the_right else number.left, width=width)
    if number.bottom <= band.top:
        return band, number
    if on_the_right:
        return replace(band, width=number.left - 12 * scale - band.left), number
    start = number.right + 12 * scale
    return replace(band, left=start, width=band.right - start), number


def _others(layout: SlideLayout) -> int:
    """Return how many placeholders would stay empty."""
    return sum(one.placeholder_format.type not in (*TITLES, *_AT_THE_FOOT) for one in layout.placeholders)


def _area(holder: Any) -> Area | None:
    """Return where a placeholder stands, as its layout or its master says."""
    if holder is None or None in (places := (holder.left, holder.top, holder.width, holder.height)):
        return None
    return Area(*(value / _POINT for value in places))


def _inherited(holder: Any, path: str, attribute: str) -> str | None:
    """Return an attribute of a placeholder of a layout, or of the one of the master that it follows."""
    for one in filter(None, (holder, getattr(holder, "_base_placeholder", None))):
        found = one.element.find(path)
        if found is not None and found.get(attribute) is not None:
            return str(found.get(attribute))
    return None


# ---------------------------------------------------------------- what is left of a file


def _as_presentation(content: bytes) -> io.BytesIO:
    """Return a file that python-pptx takes: a template is a presentation under another content type."""
    if len(content) > LARGEST:
        raise _refused(
            f"pèse {number(len(content) / 1024**2, 1)} Mo, {LARGEST // 1024**2} au plus sont acceptés",
            "Supprimez ses diapositives et compressez ses images, puis recommencez.",
        )
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _refused("est protégé par un mot de passe", "Enregistrez-le sans mot de passe, puis recommencez.")
        raise _refused("n’est pas au format .pptx ou .potx", "Ouvrez-le dans PowerPoint et enregistrez-le ainsi.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = dict(_members(archive))
    except _ZIP_ERRORS as error:
        raise _damaged() from error
    types = members.get(_TYPES, b"")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise _refused("contient des macros", "Enregistrez-le au format .pptx ou .potx, sans macros, puis recommencez.")
    for kind in _ALIKE:
        types = types.replace(kind, _PRESENTATION)
    if _PRESENTATION not in types:
        raise _refused("n’est pas une présentation PowerPoint", "Donnez un fichier .pptx ou .potx.")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as copy:
        for name, member in members.items():
            copy.writestr(name, types if name == _TYPES else member)
    written.seek(0)
    return written


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Unpack an archive, counting as it grows: never more than a template needs."""
    members = archive.infolist()
    room, xml_room = _MOST_UNPACKED, _MOST_XML
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > room:
        raise _too_large(f"{_MOST_UNPACKED // 1024**2} Mo")
    for member in members:
        with archive.open(member) as part:
            content = part.read(1024)
            is_xml = _is_xml(member.filename, content)
            most = min(room, xml_room, _MOST_XML_PART) if is_xml else room
            content += part.read(max(0, most + 1 - len(content)))
        room -= len(content)
        if is_xml:
            xml_room -= len(content)
            if len(content) > most:
                each, whole = (limit // 1024**2 for limit in (_MOST_XML_PART, _MOST_XML))
                raise _too_large(f"{each} Mo de mise en forme en une partie, ou {whole} Mo en tout,")
            _check_xml(content)
        yield member.filename, content


def _is_xml(name: str, start: bytes) -> bool:
    """Return whether a part may be read as XML: the name alone would not say, any type can be declared for any name."""
    after = start.lstrip(_BEFORE_XML)
    return name.lower().endswith((".xml", ".rels")) or (bool(start) and not after) or after.startswith(_XML_STARTS)


def _check_xml(content: bytes) -> None:
    """Refuse a document type, which a presentation never needs and which unfolds into billions of letters.

    In another encoding than UTF-8 it would not be seen: that is refused too.
    """
    content.decode()  # its error is one of `_ZIP_ERRORS`
    declared = _ENCODING.match(content.removeprefix(codecs.BOM_UTF8))
    if b"\0" in content or b"<!DOCTYPE" in content or (declared and declared[1].lower() not in _PLAIN):
        raise _damaged()


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


def _damaged() -> NetstatsError:
    return _refused("est abîmé ou incomplet", "Ouvrez-le dans PowerPoint, enregistrez-le de nouveau, puis recommencez.")


def _too_large(what: str) -> NetstatsError:
    return _refused(
        f"contient plus de {what} une fois décompressé",
        "Supprimez ses diapositives et compressez ses images, puis recommencez.",
    )


def _refused(what: str, remedy: str) -> NetstatsError:
    return NetstatsError(f"Ce modèle {what}.", remedy)
