"""Our own template: 16:9, the colours of the house, two layouts, a rule between the title and what it says."""

from __future__ import annotations

from typing import Any

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.util import Pt

from netstats.charts.palette import LIGHT
from netstats.share.deck.shapes import colour, parsed, placeholder, preset, shape
from netstats.share.deck.text import MUTED, Area

FONT = "Arial"  # every program has it, or Liberation Sans, which is as wide
_WIDTH, _HEIGHT, _MARGIN = 960, 540, 44  # points
_SHEET = Area(_MARGIN, 0, _WIDTH - 2 * _MARGIN, _HEIGHT)
_TITLE = _SHEET.inside(0, 24, 0, 440)
_RULE = _SHEET.inside(0, 106, 0, 432.5)
_BODY = _SHEET.inside(0, 124, 0, 56)
_FOOT, _NUMBER = _SHEET.inside(0, 492, 0, 12).split_right(48, gap=12)
_COVER_BAND = Area(0, 0, 22, _HEIGHT)
_COVER_TITLE = _SHEET.inside(0, 96, 0, 292)
_COVER_RULE = Area(_MARGIN, 262, 120, 3)
_COVER_LINES = _SHEET.inside(0, 282, 0, 88)

_TITLE_SIZE, _COVER_SIZE, _LINES_SIZE, _FOOT_SIZE, _NUMBER_SIZE = 28, 38, 20, 10, 12


def own_template() -> Presentation:
    """Return our template: that of python-pptx, of which only what makes a valid file is left."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
    deck.element.sldSz.attrib.pop("type")
    master, layouts = deck.slide_master, deck.slide_layouts
    cover, plain = (layouts.get_by_name(name) for name in ("Title Slide", "Title Only"))
    for layout in list(layouts):
        if layout not in (cover, plain):
            layouts.remove(layout)
    master.part.part_related_by(RT.THEME).blob = _theme().encode()
    title_style = master.element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title_style.set("algn", "l")
    title_style.find(qn("a:defRPr")).set("sz", f"{_TITLE_SIZE}00")
    title_style.find(qn("a:defRPr")).set("b", "1")
    _fill(master, "", _title("title", _TITLE), _body(), *_foot(3, 4, styled=True))
    _fill(plain, "Titre seul", _title("title", _TITLE), *_foot(11, 12), _bar(6, "Filet", _RULE))
    _fill(
        cover,
        "Ouverture",
        _title("ctrTitle", _COVER_TITLE, _style(_COVER_SIZE)),
        _lines(),
        *_foot(11, 12),
        _bar(6, "Filet", _COVER_RULE),
        _bar(7, "Bandeau", _COVER_BAND),
    )
    for element in (deck.element, master.element, cover.element, plain.element):
        for run in element.xpath("//*[@lang]"):
            run.set("lang", "fr-FR")
    return deck


def _fill(sheet: Any, name: str, *members: Any) -> None:
    """Put these shapes in the place of those of a master or a layout."""
    tree = sheet.shapes._spTree
    for member in list(tree)[2:]:
        tree.remove(member)
    tree.extend(members)
    if name:
        sheet.element.cSld.set("name", name)


def _title(kind: str, area: Area, style: str = "") -> Any:
    return placeholder(2, "Titre", area, f'type="{kind}"', prompt="Modifiez le titre", style=style, anchor="b")


def _body() -> Any:
    return placeholder(3, "Texte", _BODY, 'type="body" idx="1"', prompt="Modifiez le texte")


def _lines() -> Any:
    style = _style(_LINES_SIZE, MUTED)
    return placeholder(
        3, "Sous-titre", _COVER_LINES, 'type="subTitle" idx="1"', prompt="Modifiez le texte", style=style
    )


def _foot(foot: int, number: int, *, styled: bool = False) -> tuple[Any, Any]:
    """Return the placeholders of the foot and of the number, under these indices.

    Only those of the master say their style: LibreOffice lightens a colour once more at each level that says it.
    """
    style, numbers = (_style(_FOOT_SIZE, MUTED), _style(_NUMBER_SIZE, MUTED, "r")) if styled else ("", "")
    like = 'type="{}" sz="quarter" idx="{}"'
    return (
        placeholder(4, "Pied de page", _FOOT, like.format("ftr", foot), style=style, anchor="b"),
        placeholder(5, "Numéro", _NUMBER, like.format("sldNum", number), style=numbers, anchor="b", number="‹N°›"),
    )


def _bar(identity: int, name: str, area: Area) -> Any:
    return parsed(
        shape(name, area, identity=identity, geometry=preset("rect"), fill=colour("accent1"), decorative=True)
    )


def _style(size: float, fill: str = "", align: str = "l") -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{size * 100:.0f}">{fill}</a:defRPr></a:lvl1pPr>'
    )


def _theme() -> str:
    """Return the theme: our colours and font, and flat shapes for what is added by hand."""
    colours = {
        "dk1": LIGHT.text,
        "lt1": LIGHT.surface,
        "dk2": LIGHT.accent,
        "lt2": LIGHT.outside,
        "accent1": LIGHT.accent,
        **{f"accent{rank}": family for rank, family in enumerate(LIGHT.families[:5], start=2)},
        "hlink": LIGHT.accent,
        "folHlink": LIGHT.muted,
    }
    scheme = "".join(f'<a:{name}><a:srgbClr val="{code[1:]}"/></a:{name}>' for name, code in colours.items())
    latin = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6_350, 12_700, 19_050))
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a:theme {nsdecls("a")} name="netstats">'
        f'<a:themeElements><a:clrScheme name="netstats">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="netstats"><a:majorFont>{latin}</a:majorFont><a:minorFont>{latin}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="netstats"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
