"""Text documents (.docx, .odt) to blocks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

from netstats.archives import FOLDED, Archive, Bounds, Unsafe
from netstats.errors import NetstatsError
from netstats.minutes.formats.blocks import (
    CUT,
    EXPECTED,
    MOST_UNPACKED,
    Document,
    Writer,
    damaged,
    document,
    protected,
    refused,
    spreadsheet,
)
from netstats.minutes.formats.trees import Tree, local, walk

_ARCHIVED = (  # what a zip holds, and what it then is
    ("ppt/presentation.xml", "une présentation PowerPoint"),
    ("META-INF/container.xml", "un livre numérique"),
)
_RELATIONS = "_rels/.rels"
_WORD_SKIPPED = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sectPr", "sdtPr", "tblPr", "tblGrid", "tcPr")
)
_WORD_PARTS = {"p": "paragraph", "tr": "row", "tc": "cell"}
_WORD_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HEADING_STYLE = re.compile(r"heading \d|title|subtitle|titre(?: \d)?|sous-titre", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list (?:bullet|number)|liste à (?:puces|numéros)", re.IGNORECASE)
_OFF = frozenset(("0", "false", "off"))


class _Text:
    """The blocks of a text document, as its elements open and close: `paragraph`, `row`, `cell` or nothing."""

    def __init__(self, name: str) -> None:
        self.writer = Writer(name)
        self._paragraphs: list[list[str]] = []  # a text box holds paragraphs inside one

    def open(self, part: str) -> None:
        if part == "paragraph":
            self._paragraphs.append([])
        elif part == "row":
            self.writer.open_row()
        elif part == "cell":
            self.writer.open_cell()

    def write(self, text: str) -> None:
        if self._paragraphs and text:
            self._paragraphs[-1].append(text)

    def close(self, part: str, kind: str) -> None:
        if part == "paragraph":
            self.writer.block(kind, "".join(self._paragraphs.pop()))
        elif part == "row":
            self.writer.close_row()


def read_archive(name: str, data: bytes) -> Document:
    """Return the text of a document that is a zip; NetstatsError when it is damaged, too large or of another kind."""
    try:
        archive = Archive(data, Bounds(4 * MOST_UNPACKED, xml_part=MOST_UNPACKED))
        names = set(archive.names)
        if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
            raise spreadsheet(name)
        if "[Content_Types].xml" in names and any(member.startswith("word/") for member in names):
            return _read_docx(name, archive)
        kind = archive.read("mimetype").strip() if "mimetype" in names else b""
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            raise spreadsheet(name)
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            return _read_odt(name, archive)
    except Unsafe as error:
        raise _unsafe(name, error) from error
    if kind.startswith(b"application/vnd.oasis.opendocument.presentation"):
        raise refused(name, "est une présentation .odp", EXPECTED)
    what = next((what for member, what in _ARCHIVED if member in names), "une archive .zip")
    raise refused(name, f"est {what}, pas un document texte", EXPECTED)


def _unsafe(name: str, error: Unsafe) -> NetstatsError:
    if error.code == "protected":
        return protected(name)
    if error.code == "folded":
        return refused(name, FOLDED, CUT)
    if error.code in {"size", "xml"}:
        return refused(name, f"contient plus de {MOST_UNPACKED // 1024**2} Mo de texte une fois décompressé", CUT)
    return damaged(name)


def _parsed(archive: Archive, path: str) -> Tree:
    """Return the root of an XML file, no deeper than 256 elements."""
    return etree.fromstring(archive.read(path), _parser())


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )


def _attribute(element: Tree, wanted: str) -> str:
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), "")


def _child(element: Tree, *path: str) -> Tree:
    """Return the first descendant along these tags, whatever their namespace (Word has two); None without one."""
    for wanted in path:
        element = next((child for child in element if local(child) == wanted), None) if element is not None else None
    return element


def _read_docx(name: str, archive: Archive) -> Document:
    """Read what a reader of the final version sees: neither deletions, comments, notes, headers nor footers."""
    main = "word/document.xml"
    for relation in _parsed(archive, _RELATIONS):
        if _attribute(relation, "Type").endswith("/officeDocument"):
            main = posixpath.normpath(_attribute(relation, "Target").lstrip("/"))
    sheet = posixpath.join(posixpath.dirname(main), "styles.xml")
    styles = _styles(_parsed(archive, sheet)) if sheet in archive.names else {}
    text = _Text(name)
    for event, tag, element in walk(name, _parsed(archive, main), _is_skipped_of_word):
        if event == "open":
            text.open(_WORD_PARTS.get(tag, ""))
            text.write((element.text or "") if tag == "t" else _WORD_BLANKS.get(tag, ""))
        elif event == "close":
            kind = _kind_of_word(element, styles) if tag == "p" else ""
            text.close(_WORD_PARTS.get(tag, ""), kind)
    return document(name, text.writer.blocks)


def _is_skipped_of_word(tag: str, element: Tree) -> bool:
    if tag == "r":
        hidden = _child(element, "rPr", "vanish")
        return hidden is not None and _attribute(hidden, "val") not in _OFF
    if tag == "tr":
        return _child(element, "trPr", "del") is not None
    return tag in _WORD_SKIPPED


def _styles(root: Tree) -> dict[str, str]:
    """Return the kind of block of each style of paragraphs, its own or that of the style it is based on."""
    own: dict[str, tuple[str, str]] = {}
    for style in root:
        if local(style) == "style":
            called = _attribute(_child(style, "name"), "val")
            kind = "heading" if _HEADING_STYLE.fullmatch(called) else _own_kind(_child(style, "pPr"))
            if not kind and _LIST_STYLE.match(called):
                kind = "item"
            own[_attribute(style, "styleId")] = (kind, _attribute(_child(style, "basedOn"), "val"))
    for _ in range(10):  # styles may be based on each other in a circle
        own = {style: (kind, base) if kind else own.get(base, ("", "")) for style, (kind, base) in own.items()}
    return {style: kind for style, (kind, _) in own.items()}


def _own_kind(properties: Tree) -> str:
    """Return the kind that the properties of a paragraph tell by themselves; empty when they tell none."""
    if properties is None:
        return ""
    level = _attribute(_child(properties, "outlineLvl"), "val")
    if level.isdecimal() and int(level[:3]) < 9:  # 9 is the text
        return "heading"
    numbering = _child(properties, "numPr")
    if numbering is None:
        return ""
    return "paragraph" if _attribute(_child(numbering, "numId"), "val") == "0" else "item"


def _kind_of_word(paragraph: Tree, styles: Mapping[str, str]) -> str:
    properties = _child(paragraph, "pPr")
    style = styles.get(_attribute(_child(properties, "pStyle"), "val"), "")
    return style if style == "heading" else _own_kind(properties) or style or "paragraph"


_OPEN_SKIPPED = frozenset(("tracked-changes", "annotation", "note", "automatic-styles", "forms", "title", "desc"))
_OPEN_PARTS = {"p": "paragraph", "h": "paragraph", "table-row": "row", "table-cell": "cell"}
_OPEN_BLANKS = {"tab": "\t", "line-break": "\n", "s": " "}


def _read_odt(name: str, archive: Archive) -> Document:
    """Read what `_read_docx` reads; deletions are kept apart in this format."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.read(manifest):
        raise protected(name)
    body = _child(_parsed(archive, "content.xml"), "body", "text")
    if body is None:
        raise damaged(name)
    text = _Text(name)
    items = 0
    for event, tag, element in walk(name, body, lambda tag, _: tag in _OPEN_SKIPPED):
        if event == "open":
            items += tag == "list-item"
            text.open(_OPEN_PARTS.get(tag, ""))
            text.write(_OPEN_BLANKS.get(tag, "") + (element.text or ""))
            continue
        if event == "close":
            text.close(_OPEN_PARTS.get(tag, ""), "heading" if tag == "h" else "item" if items else "paragraph")
            items -= tag == "list-item"
        if element is not body:
            text.write(element.tail or "")
    return document(name, text.writer.blocks)
