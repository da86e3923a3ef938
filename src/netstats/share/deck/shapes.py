"""Native shapes as the XML they are in a file: python-pptx has no call for most of this, and is slow for a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from netstats.charts.chart import Shape
from netstats.share.deck.text import Area, clean

Ring = Iterable[tuple[int, int]]

PRESETS: Mapping[Shape, str] = {"square": "rect", "circle": "ellipse", "diamond": "diamond", "triangle": "triangle"}
"""Sign of a chart → the shape that every program knows."""

PATH_UNIT = 0.1  # points: finer than any screen or printer shows
_EMU = 12_700  # a point
_NAMESPACES = nsdecls("a", "p", "r")
_NUMBER_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
_FREE = '<p:cNvSpPr txBox="1"/><p:nvPr/>'
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def colour(code: str, alpha: float = 1) -> str:
    """Return the fill of a colour: `#RRGGBB`, or the name of one of the theme's (« accent1 »)."""
    opacity = f'<a:alpha val="{round(alpha * 100_000)}"/>' if alpha < 1 else ""
    kind, value = ("srgbClr", code[1:]) if code.startswith("#") else ("schemeClr", code)
    return f'<a:solidFill><a:{kind} val="{value}">{opacity}</a:{kind}></a:solidFill>'


def preset(name: str) -> str:
    """Return the geometry of a shape that every program knows: « rect », « ellipse », « diamond », « triangle »."""
    return f'<a:prstGeom prst="{name}"><a:avLst/></a:prstGeom>'


def outline(rings: Iterable[Ring], width: int, height: int) -> str:
    """Return the geometry of closed rings, in units of `PATH_UNIT` from the corner of their shape."""
    drawn = []
    for ring in rings:
        first, *others = (f'<a:pt x="{x}" y="{y}"/>' for x, y in ring)
        lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in others)
        drawn.append(f"<a:moveTo>{first}</a:moveTo>{lines}<a:close/>")
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}">{"".join(drawn)}</a:path></a:pathLst></a:custGeom>'
    )


def shape(
    name: str,
    area: Area,
    *,
    identity: int,
    geometry: str,
    fill: str,
    line: str = "",
    line_width: float = 0.0,
    decorative: bool = False,
) -> str:
    """Return a shape without text; sizes in points, `fill` and `line` as `colour` gives them."""
    border = f'<a:ln w="{round(line_width * _EMU)}">{line}</a:ln>' if line else "<a:ln><a:noFill/></a:ln>"
    return (
        f"<p:sp><p:nvSpPr>{_known(identity, name, _DECORATIVE if decorative else '')}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{_place(area)}{geometry}{fill}{border}</p:spPr>"
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="fr-FR"/></a:p></p:txBody></p:sp>'
    )


def label(text: str, area: Area, *, identity: int, size: float, fill: str, align: str = "ctr") -> str:
    """Return a line of text without a box around it, in the middle of an area."""
    return (
        f'<p:sp><p:nvSpPr>{_known(identity, f"Étiquette {text}")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{_place(area)}{preset('rect')}<a:noFill/></p:spPr>"
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle/><a:p><a:pPr algn="{align}"/><a:r><a:rPr lang="fr-FR" sz="{round(size * 100)}">{fill}</a:rPr>'
        f"<a:t>{escape(clean(text))}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def group(identity: int, name: str, description: str, area: Area, members: Iterable[str]) -> Any:
    """Return the element of a group of shapes that are placed on the slide already."""
    place = _place(area)
    inner = place.replace("a:off", "a:chOff").replace("a:ext ", "a:chExt ").split("<a:xfrm>")[1]
    return parsed(
        f"<p:grpSp><p:nvGrpSpPr>{_known(identity, name, descr=description)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr>{place.removesuffix('</a:xfrm>')}{inner}</p:grpSpPr>{''.join(members)}</p:grpSp>"
    )


def placeholder(
    identity: int,
    name: str,
    area: Area,
    kind: str,
    *,
    number: str = "",
    anchor: str = "t",
) -> Any:
    """Return the element of a text shape without margins.

    Parameters
    ----------
    kind
        Attributes of its `p:ph`: what it takes its look from; empty: nothing, it is a box of its own.
    number
        That of the slide, which programs write anew; empty: no text.
    """
    field = f'<a:fld id="{_NUMBER_FIELD}" type="slidenum"><a:rPr lang="fr-FR"/><a:t>{number}</a:t></a:fld>'
    what = f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr>'
    return parsed(
        f"<p:sp><p:nvSpPr>{_known(identity, name)}{what if kind else _FREE}</p:nvSpPr>"
        f"<p:spPr>{_place(area)}{preset('rect')}</p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/>'
        f"</a:bodyPr><a:lstStyle/><a:p>{field if number else ''}</a:p></p:txBody></p:sp>"
    )


def parsed(xml: str) -> Any:
    """Return the element that a text of XML stands for."""
    tag, rest = xml.split(">", 1)
    return parse_xml(f"{tag} {_NAMESPACES}>{rest}")


def next_identity(shapes: Any) -> int:
    """Return a number that no shape of the slide has yet."""
    return 1 + max(int(found) for found in shapes.element.xpath("//p:cNvPr/@id"))


def _known(identity: int, name: str, inner: str = "", *, descr: str = "") -> str:
    said = f" descr={quoteattr(clean(descr))}" if descr else ""
    return f'<p:cNvPr id="{identity}" name={quoteattr(clean(name))}{said}>{inner}</p:cNvPr>'


def _place(area: Area) -> str:
    left, top, width, height = (round(value * _EMU) for value in (area.left, area.top, area.width, area.height))
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
