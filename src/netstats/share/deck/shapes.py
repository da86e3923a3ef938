"""Native shapes, each with a name: signs, lines of text, outlines, groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from netstats.charts.chart import Shape
from netstats.share.deck.text import TEXT, Area, Ink, Piece, bare, clean, describe, paint, write

Ring = Iterable[tuple[int, int]]

PRESETS: Mapping[Shape, MSO_SHAPE] = {
    "square": MSO_SHAPE.RECTANGLE,
    "circle": MSO_SHAPE.OVAL,
    "diamond": MSO_SHAPE.DIAMOND,
    "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE,
    "wedge": MSO_SHAPE.FLOWCHART_MERGE,
    "star": MSO_SHAPE.STAR_5_POINT,
    "cross": MSO_SHAPE.CROSS,
    "hexagon": MSO_SHAPE.HEXAGON,
}
"""Sign of a chart → the shape that every program knows."""

PATH_UNIT = 0.1  # points: finer than any screen or printer shows
_BORDER = 0.75  # points
_DECORATIVE = (
    f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def sign(shapes: Any, name: str, area: Area, kind: Shape, fill: Ink | str, *, border: str = "") -> Any:
    """Add a shape without text to a slide; return it."""
    shape = shapes.add_shape(PRESETS[kind], *area.emu)
    describe(shape, name)
    shape.element.remove(shape.element.find(qn("p:style")))  # a theme may give it a shadow
    shape.fill.solid()
    paint(shape.fill.fore_color, fill)
    if border:
        paint(shape.line.color, border)
        shape.line.width = Pt(_BORDER)
    else:
        shape.line.fill.background()
    return shape


def decorative(shape: Any) -> Any:
    """Say that a shape tells nothing to who does not see it; return it."""
    shape.element.find(f"./*/{qn('p:cNvPr')}").append(parse_xml(_DECORATIVE))
    return shape


def label(shapes: Any, text: str, area: Area, size: float, ink: Ink | str = TEXT, *, in_the_middle: bool = True) -> Any:
    """Add a line of text without a box around it, halfway up an area; return it."""
    shape = shapes.add_textbox(*area.emu)
    describe(shape, f"Étiquette {text}")
    bare(shape.text_frame, MSO_ANCHOR.MIDDLE)
    shape.text_frame.word_wrap = False
    write(shape.text_frame, [Piece(clean(text), size, size, ink=ink)])
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER if in_the_middle else PP_ALIGN.LEFT
    return shape


def outline(shape: Any, rings: Iterable[Ring], width: int, height: int) -> None:
    """Give a shape the form of closed rings, in units of `PATH_UNIT` from its corner.

    python-pptx has a builder of such forms, which takes a second for a map of France.
    """
    drawn = []
    for ring in rings:
        first, *others = (f'<a:pt x="{x}" y="{y}"/>' for x, y in ring)
        lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in others)
        drawn.append(f"<a:moveTo>{first}</a:moveTo>{lines}<a:close/>")
    geometry = (
        f'<a:custGeom {nsdecls("a")}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}">{"".join(drawn)}</a:path></a:pathLst></a:custGeom>'
    )
    preset = shape.element.find(f".//{qn('a:prstGeom')}")
    preset.getparent().replace(preset, parse_xml(geometry))


def group(shapes: Any, name: str, description: str, members: Iterable[Any]) -> None:
    """Make shapes of a slide one group, with what it shows in words."""
    describe(shapes.add_group_shape(list(members)), name, description)
